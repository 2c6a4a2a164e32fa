"""What a graded class leaves behind on the machine: processes, files, messages."""

import contextlib
import hashlib
import os
import select
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

MARK = "ag-hostile"
# Where the cases' own text says that home is; whoever hands them in puts the listener's address in its place.
HOME_PORT = "47391"
HOME_NAME = "ag-hostile-home"
# What was killed or closed needs a moment to disappear.
SETTLE_S = 3.0


@dataclass
class Footprint:
    """What is there before a class is graded, and what is new or different afterwards."""

    watched: dict[str, str]
    temporary: Path
    folders: Sequence[Path]
    marked_before: frozenset[Path]
    changed: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    planted: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    @classmethod
    def before(cls, folders: Sequence[Path], temporary: Path) -> "Footprint":
        """Remember every file in these folders by its hash."""
        return cls(_hashes(folders), temporary, folders, _marked())

    def after(self) -> None:
        """Fill in what has changed: watched files, our temporary folder, marked files and processes."""
        now = _hashes(self.folders)
        paths = sorted(now.keys() | self.watched.keys())
        self.changed = [path for path in paths if now.get(path) != self.watched.get(path)]
        self.strays = _settled(_marked_processes)
        self.left_over = _settled(lambda: sorted(str(path) for path in self.temporary.iterdir()))
        self.planted = sorted(str(path) for path in _marked() - self.marked_before)


def _hashes(folders: Sequence[Path]) -> dict[str, str]:
    files = {path for folder in folders for path in (folder, *folder.rglob("*")) if not path.is_dir()}
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _marked() -> frozenset[Path]:
    """Files whose name says that an attack made them, in the places where one would try."""
    found: set[Path] = set()
    for top in (Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"), Path.home()):
        for pattern in (f"*{MARK}*", f"*/*{MARK}*"):
            with contextlib.suppress(OSError):
                found.update(top.glob(pattern))
    return frozenset(path for path in found if "pytest" not in str(path))


def _settled(look: Callable[[], list[str]]) -> list[str]:
    """What is still there after a moment."""
    deadline = time.monotonic() + SETTLE_S
    while (found := look()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


def _marked_processes() -> list[str]:
    """Processes that attacks have started and that still run; they bear the mark on their command line."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                line = " ".join(process.cmdline())
                if f"{MARK}-child" in line:
                    found.append(f"{process.pid}: {line[:200]}")
    return found


class Listener:
    """Somebody outside who waits for a call: on a TCP port of this machine and on an abstract unix socket."""

    def __enter__(self) -> "Listener":
        tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        tcp.bind(("127.0.0.1", 0))
        self._port = str(tcp.getsockname()[1])
        unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        unix.bind(f"\0{HOME_NAME}-{self._port}")
        self._sockets = [tcp, unix]
        for one in self._sockets:
            one.listen(16)
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._sockets:
            one.close()

    def addressed(self, content: bytes) -> bytes:
        """A submission that calls this listener."""
        content = content.replace(HOME_PORT.encode(), self._port.encode())
        return content.replace(HOME_NAME.encode(), f"{HOME_NAME}-{self._port}".encode())

    def heard(self) -> bytes:
        """All that was said to it; whoever called has said it by now."""
        text = b""
        while ready := select.select(self._sockets, [], [], 0.2)[0]:
            for one in ready:
                connection, _ = one.accept()
                with connection, contextlib.suppress(OSError):
                    connection.settimeout(0.5)
                    text += connection.recv(4096) + b"\n"
        return text
