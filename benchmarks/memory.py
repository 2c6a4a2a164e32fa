"""Proportional memory (PSS) of a grading run: what one more slot adds, and what the warm server holds.

Measured while every slot stands still at the end of the notebook that trains nothing, in a cell that sleeps.
Shared pages count once over the whole tree, so a slot's cost is the difference between two whole trees.
"""

import contextlib
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from grade_command import Kernel, grade_command
from meter import Metered, strays
from workload import NO_TRAINING, Workload

PAUSE_S = 50
START_LIMIT_S = 120.0
# The last cell gives its thread a name that can be seen from outside, and sleeps.
MARK = "ag-bench-pause"
_PAUSE = f"""\
import ctypes, time
ctypes.CDLL(None).prctl(15, b"{MARK}")
time.sleep({PAUSE_S})
"""
SETTLE_S = 3.0
STRAY_LIMIT_S = 10.0


@dataclass(frozen=True)
class Held:
    """Memory of one process. `parent` is 0 for the command itself."""

    pid: int
    parent: int
    name: str
    rss_bytes: int
    pss_bytes: int


def held_by(tree: list[psutil.Process]) -> list[Held]:
    """The memory of these processes, those left out that end meanwhile.

    Raises:
        PermissionError: one may not be looked at; a sum without it would mean nothing.
    """
    found = []
    for process in tree:
        with contextlib.suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
            rollup = _rollup(process.pid)
            parent = process.ppid() if process.pid != tree[0].pid else 0
            name = " ".join(Path(word).name for word in process.cmdline()[:6])
            found.append(Held(process.pid, parent, name, rollup["Rss"], rollup["Pss"]))
    return found


def _rollup(pid: int) -> dict[str, int]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    pairs = (line.split() for line in lines)
    return {words[0].rstrip(":"): int(words[1]) * 1024 for words in pairs}


def measure_memory(folder: Path, *, kernel: Kernel, sandbox: str) -> dict[str, Any]:
    """Bytes per extra slot and of the server, and every process of the run with two slots."""
    one = _paused(folder / "1", 1, kernel, sandbox)
    two = _paused(folder / "2", 2, kernel, sandbox)
    server = server_of(two)
    return {
        "kernel": kernel,
        "one_slot_bytes": total_pss(one),
        "two_slots_bytes": total_pss(two),
        "extra_slot_bytes": total_pss(two) - total_pss(one),
        "server_rss_bytes": server.rss_bytes,
        "server_pss_bytes": server.pss_bytes,
        "processes": [asdict(held) for held in two],
    }


def total_pss(tree: list[Held]) -> int:
    """Proportional memory of all of them."""
    return sum(held.pss_bytes for held in tree)


def server_of(tree: list[Held]) -> Held:
    """The server that the others are forked from: the largest direct child of the command."""
    root = tree[0].pid
    return max((held for held in tree if held.parent == root), key=lambda held: held.rss_bytes)


def _paused(folder: Path, slots: int, kernel: Kernel, sandbox: str) -> list[Held]:
    """The processes of a run in which every slot sleeps in its last cell; the run is ended afterwards."""
    workload = Workload.of(NO_TRAINING)
    submissions = workload.hand_in(folder / "class", slots, extra_cell=_PAUSE)
    command = grade_command(
        submissions, folder / "results", workload.course.root, jobs=slots, kernel=kernel, sandbox=sandbox
    )
    running = Metered(command, cwd=folder, log=folder / "log")
    try:
        _wait_for_pause(running, slots)
        return held_by(running.tree())
    finally:
        running.kill()
        end_strays()


def _wait_for_pause(running: Metered, slots: int) -> None:
    """Wait until this many kernels sleep, and a little more: for what may be prepared meanwhile."""
    deadline = time.monotonic() + START_LIMIT_S
    while sum(_is_paused(process.pid) for process in running.tree()) < slots:
        if time.monotonic() > deadline or not running.is_running:
            raise RuntimeError("the run with a sleeping notebook never came to its sleep; see its log")
        time.sleep(0.5)
    time.sleep(SETTLE_S)


def _is_paused(pid: int) -> bool:
    try:
        names = [path.read_text().strip() for path in Path(f"/proc/{pid}/task").glob("*/comm")]
    except OSError:  # it has just ended
        return False
    return MARK in names


def end_strays() -> list[str]:
    """Wait until all that a killed run started has ended; what has not is killed, and named."""
    deadline = time.monotonic() + STRAY_LIMIT_S
    while (left := strays()) and time.monotonic() < deadline:
        time.sleep(0.2)
    names = []
    for process in left:
        with contextlib.suppress(psutil.Error):
            names.append(" ".join(process.cmdline()[:6]) or process.name())
            process.kill()
    return names
