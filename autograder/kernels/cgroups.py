"""A control group for one child: memory and processes counted and limited by the system itself.

Found by trying, below the group this process is in, or beside it: version 2 where a memory controller is
handed down, else version 1. Where neither can be written the caller watches from outside instead.
"""

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_PREFIX = "autograder-"


@dataclass(frozen=True)
class ControlGroup:
    """The folders of one child's group: one in version 2, one per controller in version 1."""

    folders: tuple[Path, ...]
    is_version_2: bool

    def add(self, pid: int) -> None:
        """Put a process, and all it will start, into the group.

        Raises:
            OSError: the system refuses.
        """
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(pid))

    def was_out_of_memory(self) -> bool:
        """Whether the system has killed a process of the group for want of memory."""
        name = "memory.events" if self.is_version_2 else "memory.oom_control"
        for folder in self.folders:
            with contextlib.suppress(OSError, ValueError):
                facts = dict(line.split() for line in (folder / name).read_text().splitlines())
                return int(facts.get("oom_kill", "0")) > 0
        return False

    def remove(self) -> None:
        """Remove the group once its processes have ended."""
        for folder in self.folders:
            for _attempt in range(300):
                try:
                    folder.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.01)  # the last process is still being taken down


def create(*, memory_bytes: int, processes: int) -> ControlGroup | None:
    """A new group with these limits, or None where none can be had."""
    limits_2 = {"memory.max": memory_bytes, "memory.swap.max": 0, "pids.max": processes}
    for parent in _parents_2():
        group = _make((parent,), limits_2, ("memory.max",), is_version_2=True)
        if group is not None:
            return group
    limits_1 = {"memory.limit_in_bytes": memory_bytes, "pids.max": processes}
    limits_1["memory.memsw.limit_in_bytes"] = memory_bytes
    needed = ("memory.limit_in_bytes",)
    return _make(_parents_1(), limits_1, needed, is_version_2=False)


def remove_stale() -> None:
    """Remove groups whose monitor was killed before it could."""
    for parent in (*_parents_2(), *_parents_1()):
        for folder in parent.glob(f"{_PREFIX}*"):
            if not Path("/proc", folder.name.removeprefix(_PREFIX)).exists():
                with contextlib.suppress(OSError):
                    folder.rmdir()


def _make(
    parents: tuple[Path, ...], limits: dict[str, int], needed: tuple[str, ...], *, is_version_2: bool
) -> ControlGroup | None:
    folders = tuple(parent / f"{_PREFIX}{os.getpid()}" for parent in parents)
    group = ControlGroup(folders, is_version_2)
    try:
        for folder in folders:
            folder.mkdir()
        for name, value in limits.items():
            for folder in folders:
                if (folder / name).exists():
                    (folder / name).write_text(str(value))
        if folders and all(any((folder / name).exists() for folder in folders) for name in needed):
            return group
    except OSError:
        pass
    group.remove()
    return None


def _own_groups() -> dict[str, str]:
    """Controller (empty for version 2) to the path of the group that this process is in."""
    groups = {}
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _number, controllers, path = line.split(":", 2)
            groups.update(dict.fromkeys(controllers.split(","), path))
    return groups


def _parents_2() -> tuple[Path, ...]:
    """Where a group of version 2 can be tried: below the own one, then beside it."""
    if not (_ROOT / "cgroup.controllers").exists():
        return ()
    own = _ROOT / _own_groups().get("", "/").lstrip("/")
    return (own, own.parent) if own != _ROOT else (own,)


def _parents_1() -> tuple[Path, ...]:
    """The own groups of the controllers that are there, each in its hierarchy."""
    groups = _own_groups()
    parents = []
    for controller in ("memory", "pids"):
        root = _ROOT / controller
        own = root / groups.get(controller, "/").lstrip("/")
        if (root / "cgroup.procs").exists():
            parents.append(own if own.is_dir() else root)
    return tuple(parents)
