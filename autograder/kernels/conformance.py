"""Attacks that a confined process makes on its own sandbox: what a level is worth on this machine.

A light warm server forks a probe at the level; the probe tries each of ATTEMPTS and tells what it found.
A level holds when every attempt is stopped. The same suite runs in the tests, in `autograder doctor`, and
before a level is used.
"""

import contextlib
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.errors import HarnessError
from autograder.kernels import messages
from autograder.kernels.attempts import ATTEMPTS, MARK, RESOURCES, Target
from autograder.kernels.inside import Prepared
from autograder.kernels.sandbox import Level, Sandbox
from autograder.kernels.view import Folders
from autograder.kernels.warm import WarmServer, receive_child

_ANSWER_S = 30.0


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
    sandbox = Sandbox(level, RESOURCES)
    os.environ[MARK] = "1"
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
        del os.environ[MARK]


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
