"""Attacks that a confined process makes on its own sandbox: what a level is worth on this machine.

A light warm server forks a probe at the level; the probe tries each of ATTEMPTS and tells what it found.
A level holds when every attempt is stopped. The same suite runs in the tests, in `autograder doctor`, and
before a level is used.
"""

import contextlib
import ctypes
import errno
import json
import os
import resource
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import HarnessError
from autograder.kernels import messages, syscalls
from autograder.kernels.inside import Prepared
from autograder.kernels.sandbox import Level, Resources, Sandbox
from autograder.kernels.view import Folders
from autograder.kernels.warm import WarmServer, receive_child

_RESOURCES = Resources(memory_bytes=500_000_000, disk_bytes=8_000_000, max_files=500, processes=40)
_MARK = "AUTOGRADER_CONFORMANCE_MARK"
_ANSWER_S = 30.0


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
    return "a variable of the caller's is there" if _MARK in os.environ else None


@_claim("fills no disk")
def _disk(_target: Target) -> str | None:
    def fill() -> None:
        with Path("filler").open("wb", buffering=0) as file:
            for _ in range(_RESOURCES.disk_bytes // 1_000_000 + 2):
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
        for _ in range(_RESOURCES.processes + 20):
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


def prepare(_folders: Folders) -> Prepared:
    """The probe, as a warm server's child: makes every attempt, and answers on its stream."""

    def start(options: dict[str, Any], fds: list[int]) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        target = Target(**options, stream=fds[0])
        found = {}
        for claim, attempt in ATTEMPTS.items():
            try:
                found[claim] = attempt(target)
            except Exception as error:  # an attempt that cannot be made proves nothing
                found[claim] = f"could not be tried: {error!r}"
        if os.fork() == 0:
            os.setsid()
            if os.fork() != 0:
                os._exit(0)
            signal.pause()  # holds the stream open for as long as it lives
        os.write(fds[0], json.dumps(found).encode())

    return Prepared({}, start)


ENDS = "leaves no process behind"


def run_suite(level: Level) -> dict[str, str | None]:
    """Every claim about `level`, with None where it holds and what was found where it does not.

    Raises:
        HarnessError: a process cannot be confined at this level at all; the message says why.
    """
    sandbox = Sandbox(level, _RESOURCES)
    os.environ[_MARK] = "1"
    try:
        with _outside() as target, WarmServer([__name__]) as server:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                lifeline = server.fork("probe", target, sandbox, [theirs.fileno()])
            child = receive_child(lifeline)
            with ours:
                ours.settimeout(_ANSWER_S)
                found: dict[str, str | None] = json.loads(ours.recv(messages.MAX_MESSAGE) or b"{}")
                child.close()
                ours.settimeout(1)
                try:
                    is_gone = ours.recv(1) == b""
                except TimeoutError:
                    is_gone = False
            if not found:
                raise HarnessError(f"the probe at level {level} ended without an answer")
            return {**found, ENDS: None if is_gone else "a detached process lives on"}
    except TimeoutError:
        raise HarnessError(f"the probe at level {level} gave no answer within {_ANSWER_S:g} s") from None
    finally:
        del os.environ[_MARK]


def first_failure(level: Level) -> str | None:
    """Why `level` does not hold on this machine, or None where it does."""
    if sys.platform != "linux":
        return "it needs Linux"
    try:
        found = run_suite(level)
    except HarnessError as error:
        return str(error)
    return next((f"{claim}: {what}" for claim, what in found.items() if what is not None), None)


@contextlib.contextmanager
def _outside() -> Iterator[dict[str, Any]]:
    """Real things for the probe to reach for: a file, a folder, listeners, a process."""
    name = f"autograder-conformance-{os.getpid()}"
    with (
        tempfile.TemporaryDirectory(prefix="ag-outside-") as folder,
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_UNIX) as abstract,
    ):
        Path(folder).chmod(0o777)
        secret = Path(folder, "secret")
        secret.write_text("secret")
        secret.chmod(0o666)
        abstract.bind("\0" + name)
        abstract.listen()
        yield {
            "secret": str(secret),
            "folder": folder,
            "tcp_port": tcp.getsockname()[1],
            "abstract": name,
            "pid": os.getpid(),
        }
