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

from autograder.devices import DeviceShare, used_bytes, wait_until_released
from autograder.errors import HarnessError
from autograder.kernels import tree
from autograder.kernels.sandbox import Resources

LimitReached = Literal["memory", "cpu", "disk", "device"]

POLL_S = 0.2
DISK_EVERY_S = 1.0
DEVICE_EVERY_S = 1.0


@dataclass
class Usage:
    """What a kernel has used so far, over all of its processes; None: it has no device, or nobody tells."""

    cpu_s: float = 0.0
    memory_bytes: int = 0
    peak_memory_bytes: int = 0
    peak_device_bytes: int | None = None


@dataclass(frozen=True)
class Ceilings:
    """What is enough. `folders` are looked at where no file system limits them.

    `device_before` is what was in use on the device before the kernel began, where only the sum is told.
    """

    resources: Resources
    cpu_s: float
    folders: tuple[Path, ...] = ()
    device: DeviceShare | None = None
    device_before: int = 0


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
        self._on_device: set[int] = set()  # every process that may have held memory there
        self._tasks = [asyncio.ensure_future(self._poll())]
        if ceilings.device is not None:
            self._tasks.append(asyncio.ensure_future(self._poll_device(ceilings.device)))

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
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

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

    async def wait_for_device(self) -> None:
        """Of processes that have ended: wait until what they held on the device is free."""
        share = self._ceilings.device
        if share is not None and self.usage.peak_device_bytes:
            await wait_until_released(share.gpu, self._on_device, self._ceilings.device_before)

    async def _poll_device(self, share: DeviceShare) -> None:
        while self.reached is None:
            if await self.sample_device() > share.memory_bytes:
                self.reached = "device"
                self.kill()
            await asyncio.sleep(DEVICE_EVERY_S)

    async def sample_device(self) -> int:
        """Bring `usage` up to date with what is held on the device, which is returned; 0 where nobody tells now."""
        share = self._ceilings.device
        if share is None:
            return 0
        running = self.processes()
        self._on_device.update(running)
        try:
            used = max(0, await used_bytes(share.gpu, running) - self._ceilings.device_before)
        except HarnessError:
            return 0
        self.usage.peak_device_bytes = max(self.usage.peak_device_bytes or 0, used)
        return used

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
