"""Watches a kernel from outside: memory, CPU and disk of all its processes, by the system's own accounts.

Facts for the scorecard come from here and from exit statuses, never from what a student printed. Memory is
what the processes hold beyond what the kernel held before its first cell, so that the same limit means the
same with libraries shared (warm) and with its own (cold).
"""

import asyncio
import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.kernels import tree
from autograder.kernels.sandbox import Resources

LimitReached = Literal["memory", "cpu", "disk"]

POLL_S = 0.2
DISK_EVERY_S = 1.0


@dataclass
class Usage:
    """What a kernel has used so far, over all of its processes."""

    cpu_s: float = 0.0
    memory_bytes: int = 0
    peak_memory_bytes: int = 0


@dataclass(frozen=True)
class Ceilings:
    """What is enough. `folders` are looked at where no file system limits them."""

    resources: Resources
    cpu_s: float
    folders: tuple[Path, ...] = ()


class Watch:
    """Samples the processes below `root` (with it, if `with_root`); kills them at the first ceiling reached.

    `reached` then says which.
    """

    def __init__(self, root: int, ceilings: Ceilings, *, with_root: bool) -> None:
        self.usage = Usage()
        self.reached: LimitReached | None = None
        self._ceilings = ceilings
        self._root = root
        self._with_root = with_root
        self._baseline = tree.resident_bytes(self.processes())
        # A forked kernel begins with little that is not shared; a cold one with libraries of its own.
        self._own_baseline = (tree.proportional_bytes(self.processes()) or 0) if with_root else 0
        self._task = asyncio.ensure_future(self._poll())

    def processes(self) -> list[int]:
        """Everything that is watched, as far as it still runs."""
        below = tree.descendants(self._root)
        return [self._root, *below] if self._with_root else below

    def kill(self) -> None:
        """Kill everything that is watched."""
        for pid in self.processes():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)

    def sample(self) -> Usage:
        """Bring `usage` up to date; a process that has just ended keeps its last figures."""
        pids = self.processes()
        memory = max(0, tree.resident_bytes(pids) - self._baseline)
        self.usage.memory_bytes = memory
        self.usage.peak_memory_bytes = max(self.usage.peak_memory_bytes, memory)
        self.usage.cpu_s = max(self.usage.cpu_s, tree.cpu_seconds(pids))
        return self.usage

    async def stop(self) -> None:
        """End the sampling."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _poll(self) -> None:
        since_disk_s = 0.0
        while self.reached is None:
            await asyncio.sleep(POLL_S)
            self.sample()
            since_disk_s += POLL_S
            if self._is_memory_full():
                self.reached = "memory"
            elif self.usage.cpu_s > self._ceilings.cpu_s:
                self.reached = "cpu"
            elif since_disk_s >= DISK_EVERY_S:
                since_disk_s = 0.0
                if self._is_disk_full():
                    self.reached = "disk"
        self.kill()

    def _is_memory_full(self) -> bool:
        """Looks twice: forked workers share most of what each of them seems to hold."""
        allowed = self._ceilings.resources.memory_bytes
        if self.usage.memory_bytes <= allowed:
            return False
        held = tree.proportional_bytes(self.processes())
        return held is None or held - self._own_baseline > allowed

    def _is_disk_full(self) -> bool:
        used, files, allowed = 0, 0, self._ceilings.resources
        for folder in self._ceilings.folders:
            for path, folders, names in os.walk(folder):
                files += len(folders) + len(names)
                for name in names:
                    with contextlib.suppress(OSError):
                        used += os.lstat(os.path.join(path, name)).st_blocks * 512  # noqa: PTH118
                if used > allowed.disk_bytes or files > allowed.max_files:
                    return True
        return False
