"""The processes that descend from one, and what they hold: read from /proc, where there is one.

A watch looks several times a second while a notebook runs: asking for every process of the machine each time
would cost some percent of the processor that the notebook has.
"""

import contextlib
import os
from pathlib import Path

import psutil

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_HAS_CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children").exists()


def descendants(pid: int) -> list[int]:
    """Every process that `pid` started, directly or not, and that nobody else has adopted."""
    if not _HAS_CHILDREN:
        with contextlib.suppress(psutil.Error):
            return [process.pid for process in psutil.Process(pid).children(recursive=True)]
        return []
    found, waiting = [], [pid]
    while waiting:  # not by recursion: a student decides how deep it goes
        for path in _threads(waiting.pop()):
            with contextlib.suppress(OSError), open(f"{path}/children", "rb") as file:  # noqa: PTH123 - often
                children = [int(child) for child in file.read().split()]
                found += children
                waiting += children
    return found


def _threads(pid: int) -> list[str]:
    """The folder of each thread; one may have ended by now, and the others may have children yet."""
    with contextlib.suppress(OSError):
        return [f"/proc/{pid}/task/{thread}" for thread in os.listdir(f"/proc/{pid}/task")]  # noqa: PTH208 - often
    return []


def is_zombie(pid: int) -> bool:
    """Whether a process has ended and waits for its parent to take notice."""
    with contextlib.suppress(psutil.Error):
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    return False


def resident_bytes(pids: list[int]) -> int:
    """The memory that the processes have in RAM; pages that several share count for each."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
            continue
        with contextlib.suppress(psutil.Error):
            total += psutil.Process(pid).memory_info().rss
    return total


def proportional_bytes(pids: list[int]) -> int | None:
    """As `resident_bytes`, with shared pages divided among those who share them; None where it is not told.

    Takes some ms for a process with large libraries: not for every look.
    """
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended; a zombie has no memory to tell of
        except OSError:
            return None
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def cpu_seconds(pids: list[int]) -> float:
    """The processor time of the processes, and of children they have taken leave of."""
    total = 0.0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            # After the name, which may hold anything: utime, stime, cutime, cstime are fields 14 to 17.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15])) / _TICKS
            continue
        with contextlib.suppress(psutil.Error):
            times = psutil.Process(pid).cpu_times()
            total += times.user + times.system
    return total
