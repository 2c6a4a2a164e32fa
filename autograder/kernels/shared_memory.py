"""What a child without a file system of its own leaves in the machine's shared memory.

Worker processes need semaphores and shared arrays there. Whatever a child's user made since the child began
and no process has open is taken away after it; what another program of the same user left there within that
time and does not use would go, too.
"""

import contextlib
import os
from pathlib import Path

FOLDER = "/dev/shm"  # noqa: S108


def clear_since(began: float, user: int) -> None:
    """Remove files of `user` that were made after `began`, a time as in `time.time()`, and are not in use."""
    with contextlib.suppress(OSError):
        left = [entry for entry in os.scandir(FOLDER) if _is_left(entry, began, user)]
        used = _used_files() if left else set()
        for entry in left:
            if entry.path not in used:
                os.unlink(entry.path)  # noqa: PTH108


def _is_left(entry: "os.DirEntry[str]", began: float, user: int) -> bool:
    found = entry.stat(follow_symlinks=False)
    return found.st_uid == user and found.st_ctime >= began and not entry.is_dir(follow_symlinks=False)


def _used_files() -> set[str]:
    """Files in the folder that some process has open or mapped."""
    used: set[str] = set()
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            for line in (process / "maps").read_text().splitlines():
                if FOLDER in line:
                    used.add(line.split(maxsplit=5)[5])
            for link in (process / "fd").iterdir():
                with contextlib.suppress(OSError):
                    used.add(os.readlink(link))  # noqa: PTH115
    return used
