"""Watches a kernel from outside: memory and CPU of its process tree, by the kernel's own accounts.

Facts for the scorecard come from here and from exit statuses, never from what a student printed.
A process that leaves the tree (double fork) is not seen at this level.
"""

import asyncio
import contextlib
from dataclasses import dataclass

import psutil

POLL_S = 0.2


@dataclass
class Usage:
    """What a kernel has used so far, over all of its processes."""

    cpu_s: float = 0.0
    memory_bytes: int = 0
    peak_memory_bytes: int = 0


class Watch:
    """Samples one kernel's process tree; kills it the moment it holds more than `max_memory_bytes`."""

    def __init__(self, pid: int, *, max_memory_bytes: int) -> None:
        self.usage = Usage()
        self.is_over_memory = False
        self._max_memory_bytes = max_memory_bytes
        self._root = psutil.Process(pid)
        self._task = asyncio.ensure_future(self._poll())

    async def _poll(self) -> None:
        while True:
            self.sample()
            if self.usage.memory_bytes > self._max_memory_bytes:
                self.is_over_memory = True
                kill_tree(self._root)
                return
            await asyncio.sleep(POLL_S)

    def sample(self) -> Usage:
        """Bring `usage` up to date; a process that has just ended keeps its last figures."""
        memory, cpu = 0, 0.0
        for process in _tree(self._root):
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                cpu += times.user + times.system + times.children_user + times.children_system
                memory += process.memory_info().rss
        self.usage.memory_bytes = memory
        self.usage.peak_memory_bytes = max(self.usage.peak_memory_bytes, memory)
        self.usage.cpu_s = max(self.usage.cpu_s, cpu)
        return self.usage

    async def stop(self) -> None:
        """End the sampling."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task


def kill_tree(root: psutil.Process) -> None:
    """Kill a process and all that descend from it, youngest last so that none is missed while forking."""
    for process in _tree(root):
        with contextlib.suppress(psutil.Error):
            process.kill()


def _tree(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []
