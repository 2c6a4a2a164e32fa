"""What a confined process tries against its own sandbox; `conformance` makes the attempts and tells.

Each attempt returns what it found, or None where it was stopped.
"""

import ctypes
import errno
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.kernels import syscalls
from autograder.kernels.sandbox import Resources

RESOURCES = Resources(memory_bytes=500_000_000, disk_bytes=8_000_000, max_files=500, processes=40)
MARK = "AUTOGRADER_CONFORMANCE_MARK"  # a variable of the caller's environment


@dataclass(frozen=True)
class Target:
    """What the probe is told about the machine outside, so that its attempts are real ones."""

    secret: str
    folder: str
    tcp_port: int
    abstract: str
    pid: int
    stream: int


Attempt = Callable[[Target], str | None]
ATTEMPTS: dict[str, Attempt] = {}


def _claim(text: str) -> Callable[[Attempt], Attempt]:
    def register(attempt: Attempt) -> Attempt:
        ATTEMPTS[text] = attempt
        return attempt

    return register


def _stopped(action: Callable[[], object]) -> bool:
    """Whether the system refuses."""
    try:
        action()
    except OSError:
        return True
    return False


@_claim("reads no file outside")
def _read(target: Target) -> str | None:
    return None if _stopped(Path(target.secret).read_bytes) else f"{target.secret} could be read"


@_claim("lists no folder outside")
def _list(target: Target) -> str | None:
    folders = (target.folder, f"/proc/1/root{target.folder}", f"/proc/{target.pid}/root{target.folder}")
    listed = [path for path in folders if not _stopped(lambda: os.listdir(path))]  # noqa: B023, PTH208
    return f"{listed} could be listed" if listed else None


@_claim("writes nothing outside its own folders")
def _write(target: Target) -> str | None:
    for folder in (target.folder, sys.prefix, "/usr", "/etc", "/", "/proc/sys/kernel"):
        path = Path(folder, "ag-written")
        if not _stopped(lambda: path.write_text("x")):  # noqa: B023
            path.unlink()
            return f"{folder} could be written to"
    return None


@_claim("reaches no network")
def _network(target: Target) -> str | None:
    def connect() -> None:
        with socket.create_connection(("127.0.0.1", target.tcp_port), timeout=2):
            pass

    def datagram() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"x", ("127.0.0.1", target.tcp_port))

    if not _stopped(connect):
        return "a TCP connection could be made"
    return None if _stopped(datagram) else "a datagram could be sent"


@_claim("opens no raw or packet socket")
def _raw(_target: Target) -> str | None:
    kinds = ((socket.AF_INET, socket.SOCK_RAW), (socket.AF_PACKET, socket.SOCK_RAW), (40, socket.SOCK_STREAM))
    opened = [kind for kind in kinds if not _stopped(lambda: socket.socket(*kind))]  # noqa: B023
    return f"{opened} could be opened" if opened else None


@_claim("reaches no abstract unix socket outside")
def _abstract(target: Target) -> str | None:
    with socket.socket(socket.AF_UNIX) as end:
        return None if _stopped(lambda: end.connect("\0" + target.abstract)) else "it could be connected to"


@_claim("signals no process outside")
def _signal(target: Target) -> str | None:
    return None if _stopped(lambda: os.kill(target.pid, 0)) else f"process {target.pid} could be signalled"


@_claim("traces nothing and makes no namespace, mount or key")
def _calls(_target: Target) -> str | None:
    numbers = {"x86_64": (101, 272, 165, 250, 321, 323), "aarch64": (117, 97, 40, 219, 280, 282)}
    names = ("ptrace", "unshare", "mount", "keyctl", "bpf", "userfaultfd")
    allowed = []
    for name, number in zip(names, numbers[syscalls.MACHINE], strict=True):
        if _errno_of(number, _FIRST_ARGUMENT.get(name, 0)) != errno.EPERM:
            allowed.append(name)
    return f"the system answers to {', '.join(allowed)}" if allowed else None


# PTRACE_SETOPTIONS: fails harmlessly where it is not refused.
_FIRST_ARGUMENT = {"ptrace": 0x4200, "unshare": syscalls.CLONE_NEWUSER}


def _errno_of(number: int, first: int) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_long(0)
    if libc.syscall(ctypes.c_long(number), ctypes.c_long(first), zero, zero, zero, zero) >= 0:
        return 0
    return ctypes.get_errno()


@_claim("changes no file outside, nor what the system says of it")
def _metadata(target: Target) -> str | None:
    path = Path(target.secret)

    def facts() -> tuple[int, int]:
        return path.stat().st_mode, path.stat().st_mtime_ns

    try:
        before = facts()
    except OSError:
        return None  # it is not to be seen
    for change in (lambda: path.chmod(0o600), lambda: os.utime(path, (0, 0))):
        _stopped(change)
    return None if facts() == before else "its permissions or times could be changed"


@_claim("changes no limit of a process outside")
def _limits(target: Target) -> str | None:
    asked = (target.pid, resource.RLIMIT_CORE)
    return (
        None if _stopped(lambda: resource.prlimit(*asked)) else f"those of process {target.pid} are in reach"
    )


@_claim("has no capability and can get none")
def _capabilities(_target: Target) -> str | None:
    lines = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())
    held = {name: lines[name] for name in ("CapInh", "CapPrm", "CapEff", "CapAmb") if int(lines[name], 16)}
    if held:
        return f"it has {held}"
    return None if lines["NoNewPrivs"] == "1" else "a program could give it new privileges"


@_claim("holds no descriptor but its own")
def _descriptors(target: Target) -> str | None:
    own = {0, 1, 2, target.stream}
    links = {fd: _link(fd) for fd in range(3, 1024)}
    foreign = {fd: link for fd, link in links.items() if link is not None and fd not in own}
    return f"{foreign} are open" if foreign else None


def _link(fd: int) -> str | None:
    try:
        return os.readlink(f"/proc/self/fd/{fd}")  # noqa: PTH115
    except OSError:
        return None


@_claim("inherits nothing of the environment")
def _environment(_target: Target) -> str | None:
    return "a variable of the caller's is there" if MARK in os.environ else None


@_claim("fills no disk")
def _disk(_target: Target) -> str | None:
    def fill() -> None:
        with Path("filler").open("wb", buffering=0) as file:
            for _ in range(RESOURCES.disk_bytes // 1_000_000 + 2):
                if file.write(b"x" * 1_000_000) < 1_000_000:
                    raise OSError

    try:
        return None if _stopped(fill) else "more than the limit could be written"
    finally:
        Path("filler").unlink()


@_claim("starts no more processes than allowed")
def _processes(_target: Target) -> str | None:
    started: list[int] = []
    try:
        for _ in range(RESOURCES.processes + 20):
            pid = os.fork()
            if pid == 0:
                signal.pause()
                os._exit(0)
            started.append(pid)
        return f"{len(started)} could be started"
    except OSError:
        return None
    finally:
        for pid in started:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
