"""What a command costs: wall seconds, and CPU seconds of every process that descends from it.

CPU time is counted by a `perf` event that children inherit. `wait4` alone misses what nobody waits for: judges
whose server ignores SIGCHLD, processes that left their parent. Where the system has no perf events, figures
come from `wait4`, and `METHOD` says so.
"""

import ctypes
import os
import struct
import subprocess
import threading
import time
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_SYS_PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241}
_SOFTWARE, _TASK_CLOCK, _INHERIT = 1, 1, 2
# A task clock counts time in the system all the same; without this only root may open it.
_EXCLUDE_KERNEL = 32
_PR_SET_CHILD_SUBREAPER = 36
_ATTR_BYTES = 128
SAMPLE_S = 0.02

# Waits for a line before it becomes the command, so that counting starts before the command does.
_GATE = ("/bin/sh", "-c", 'read _ && exec "$@" </dev/null', "sh")


def _open_counter(pid: int) -> int | None:
    number = _SYS_PERF_EVENT_OPEN.get(os.uname().machine)
    if number is None:
        return None
    attributes = bytearray(_ATTR_BYTES)
    struct.pack_into("=IIQ", attributes, 0, _SOFTWARE, _ATTR_BYTES, _TASK_CLOCK)
    struct.pack_into("=Q", attributes, 40, _INHERIT | _EXCLUDE_KERNEL)
    buffer = (ctypes.c_char * _ATTR_BYTES).from_buffer(attributes)
    descriptor = ctypes.CDLL(None, use_errno=True).syscall(number, buffer, pid, -1, -1, 0)
    return descriptor if descriptor >= 0 else None


def method() -> str:
    """How CPU seconds are counted on this system."""
    descriptor = _open_counter(0)
    if descriptor is None:
        return "wait4: processes that nobody waits for are missed"
    os.close(descriptor)
    return "perf task-clock, inherited by every descendant"


def adopt_orphans() -> None:
    """Make this process the parent of every descendant that loses its own, so that strays can be found."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def strays() -> list[psutil.Process]:
    """Living descendants of this process; what has ended is reaped first.

    Call it only when nothing started here should be running.
    """
    for child in psutil.Process().children():
        try:
            os.waitpid(child.pid, os.WNOHANG)
        except ChildProcessError:
            continue
    return [one for one in psutil.Process().children(recursive=True) if one.status() != psutil.STATUS_ZOMBIE]


@dataclass
class Ended:
    """A command that has ended. `cpu_at` gives CPU seconds used up to a moment of `time.time()`."""

    began: float
    ended: float
    cpu_s: float
    status: int
    moments: list[float] = field(repr=False)
    counts: list[float] = field(repr=False)

    @property
    def wall_s(self) -> float:
        """Wall seconds from start to end."""
        return self.ended - self.began

    def cpu_at(self, moment: float) -> float:
        """CPU seconds used up to `moment`, interpolated between two samples."""
        after = bisect_right(self.moments, moment)
        if after == 0:
            return 0.0
        if after == len(self.moments):
            return self.cpu_s
        left, right = self.moments[after - 1], self.moments[after]
        share = (moment - left) / (right - left)
        return self.counts[after - 1] + share * (self.counts[after] - self.counts[after - 1])


class Metered:
    """A running command. `wait` ends it in the ordinary way, `kill` with SIGKILL to it alone."""

    def __init__(
        self, command: Sequence[str], *, cwd: Path, log: Path, env: Mapping[str, str] | None = None
    ) -> None:
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [*_GATE, *command],
                cwd=cwd,
                env=env,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
            )
        self._counter = _open_counter(self._process.pid)
        self._moments: list[float] = []
        self._counts: list[float] = []
        self._is_over = threading.Event()
        self.pid = self._process.pid
        self.began = time.time()
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")
        self._process.stdin.close()
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self._sampler.start()

    @property
    def is_running(self) -> bool:
        """Whether the command itself has not ended."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def cpu_s(self) -> float:
        """CPU seconds used so far."""
        if self._counter is None:
            return _tree_cpu_s(self.tree())
        return float(struct.unpack("=Q", os.read(self._counter, 8))[0]) / 1e9

    def tree(self) -> list[psutil.Process]:
        """The command and all that descend from it."""
        root = psutil.Process(self.pid)
        return [root, *root.children(recursive=True)]

    def kill(self) -> Ended:
        """SIGKILL to the command alone: what it started has to notice by itself."""
        os.kill(self.pid, 9)
        return self.wait()

    def wait(self) -> Ended:
        """Wait until the command has ended."""
        _pid, status, usage = os.wait4(self.pid, 0)
        ended = time.time()
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._is_over.set()
        self._sampler.join()
        cpu_s = usage.ru_utime + usage.ru_stime
        if self._counter is not None:
            cpu_s = self.cpu_s()
            os.close(self._counter)
        return Ended(self.began, ended, cpu_s, self._process.returncode, self._moments, self._counts)

    def _sample(self) -> None:
        while not self._is_over.wait(SAMPLE_S):
            try:
                count = self.cpu_s()
            except psutil.Error:
                continue
            self._moments.append(time.time())
            self._counts.append(count)


def _tree_cpu_s(tree: Sequence[psutil.Process]) -> float:
    total = 0.0
    for process in tree:
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total
