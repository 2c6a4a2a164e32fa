"""The client's end of a warm server: start it on demand, ask it for children, hold each by its lifeline."""

import atexit
import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.cache import cache_root
from autograder.errors import HarnessError
from autograder.kernels import messages
from autograder.kernels.environment import clean_environment
from autograder.kernels.sandbox import Sandbox

START_S = 180.0
CHILD_S = 60.0

# What a server imports whose children are kernels, besides the course's libraries.
# The second line is what a kernel imports by itself while it starts.
KERNEL_MODULES = (
    "autograder.kernels.kernel",
    *("ipykernel.debugger", "IPython.core.completerlib", "IPython.core.oinspect", "IPython.core.debugger"),
    *("IPython.extensions.storemagic", "sqlite3", "faulthandler", "tornado.platform.asyncio"),
)


@dataclass
class Child:
    """A confined child that was asked for. Its end is told by `poll`; closing the lifeline ends it.

    `home`, `drop` and `connection` are descriptors of its folders, wherever they are; `log` is its output.
    """

    lifeline: socket.socket
    pid: int
    monitor: int
    home: int
    drop: int
    connection: int
    log: int
    folders: dict[str, str]
    told: dict[str, Any]
    ended: dict[str, Any] | None = field(default=None)

    def poll(self) -> dict[str, Any] | None:
        """How it ended (`status`, `is_out_of_memory`, `cpu_s`), or None while it runs."""
        if self.ended is None and _is_readable(self.lifeline, 0):
            said = messages.receive(self.lifeline)
            # A monitor that is gone without a word was killed together with its child.
            self.ended = said[0] if said else {"status": 9, "is_out_of_memory": False, "cpu_s": 0.0}
        return self.ended

    def wait(self, timeout_s: float) -> None:
        """Wait until it has ended and is cleared away, for so long at most."""
        if self.ended is None:
            _is_readable(self.lifeline, timeout_s)

    def send_signal(self, number: int) -> None:
        """Send a signal to the child's process group."""
        with contextlib.suppress(OSError):
            messages.send(self.lifeline, {"signal": number})

    def close(self) -> None:
        """End the child, if it still runs, with everything it started."""
        with contextlib.suppress(OSError):
            self.lifeline.shutdown(socket.SHUT_WR)
        # The monitor closes its end when all is cleared away.
        while self.lifeline.fileno() >= 0 and _is_readable(self.lifeline, CHILD_S):
            said = messages.receive(self.lifeline)
            if said is None:
                break
            self.ended = said[0]
        self.lifeline.close()
        for fd in (self.home, self.drop, self.connection, self.log):
            with contextlib.suppress(OSError):
                os.close(fd)


class WarmServer:
    """Asks one warm server for children; starts it when the first is wanted, again when it has died."""

    def __init__(self, modules: Sequence[str], *, standalone: Mapping[str, Path] | None = None) -> None:
        """`modules` are imported; `standalone` are files loaded under a name of their own."""
        self._modules = list(modules)
        self._standalone = {name: str(path) for name, path in (standalone or {}).items()}
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._runtime = Path()
        self._starting = threading.Lock()  # several slots may want the first child at once
        self.start_s = 0.0

    @classmethod
    def adopt(cls, control: socket.socket) -> "WarmServer":
        """A server that somebody else has started and ends."""
        server = cls(())
        server._control = control
        return server

    @property
    def pid(self) -> int | None:
        """The server's process, where it was started from here and runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def log(self) -> Path:
        """What the server, and executors forked from it, print."""
        return self._runtime / "log"

    @property
    def control(self) -> socket.socket:
        """The end to ask through; may be handed to another process.

        Raises:
            HarnessError: the server does not start.
        """
        with self._starting:
            if self._process is not None and self._process.poll() is not None:
                self.close()
            if self._control is None:
                self._start()
            assert self._control is not None
            return self._control

    def fork(
        self, role: str, options: Mapping[str, Any], sandbox: Sandbox | None, fds: Sequence[int]
    ) -> socket.socket:
        """Ask for a child; returns its lifeline, which a child without a sandbox does not use.

        Raises:
            HarnessError: the server cannot be reached.
        """
        return self._ask(role, options, sandbox, fds, standby=False)

    def child(self, role: str, options: Mapping[str, Any], sandbox: Sandbox, *, standby: bool) -> Child:
        """Ask for a confined child and wait until it has its assignment.

        Raises:
            HarnessError: it does not start, with the reason.
        """
        lifeline = self._ask(role, options, sandbox, (), standby=standby)
        try:
            return receive_child(lifeline)
        except HarnessError:
            if not self._has_just_ended():
                raise
        return receive_child(self._ask(role, options, sandbox, (), standby=standby))

    def _has_just_ended(self) -> bool:
        """Whether the server, if it is ours, is gone; its sockets close a moment before it can be waited for."""
        process = self._process
        if process is None:
            return False
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2)
        return process.poll() is not None

    def _ask(
        self,
        role: str,
        options: Mapping[str, Any],
        sandbox: Sandbox | None,
        fds: Sequence[int],
        *,
        standby: bool,
    ) -> socket.socket:
        ours, theirs = messages.pair()
        request = {
            "role": role,
            "options": dict(options),
            "sandbox": sandbox.to_json() if sandbox else None,
            "standby": standby,
        }
        with theirs:
            for attempt in (1, 2):
                control = self.control
                try:
                    messages.send(control, request, (theirs.fileno(), *fds))
                    return ours
                except OSError as error:
                    if attempt == 2 or self._process is None:
                        raise HarnessError(f"the warm server has ended: {error}") from error
                    self._let_go(control)  # it died: start another
        raise AssertionError

    def _let_go(self, control: socket.socket) -> None:
        """Close what is left of a dead server, unless somebody has started another meanwhile."""
        with self._starting:
            if self._control is control:
                self.close()

    def _start(self) -> None:
        began = time.perf_counter()
        self._runtime = Path(tempfile.mkdtemp(prefix="ag-"))
        # A child may be another user, who passes through to its own folder and can list nothing here.
        self._runtime.chmod(0o711)
        for name in ("root", "home", "tmp"):
            (self._runtime / name).mkdir()
        ours, theirs = messages.pair()
        environment = clean_environment(str(self._runtime / "home"), str(self._runtime / "tmp"))
        # Matplotlib's list of fonts takes seconds to make and is the same for all.
        environment["MPLCONFIGDIR"] = str(cache_root() / "matplotlib")
        setup = {"modules": self._modules, "standalone": self._standalone}
        with theirs, (self._runtime / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-P", "-m", "autograder.kernels.server"),
                    *(str(self._runtime), str(os.getpid()), json.dumps(setup)),
                ],
                stdin=theirs.fileno(),
                stdout=log,
                stderr=log,
                env=environment,
            )
        atexit.register(self.close)
        said = messages.receive(ours) if _is_readable(ours, START_S) else None
        if said is None:
            words = self._last_words()
            ours.close()
            self.close()
            raise HarnessError(f"the warm server did not start; its last words: {words}")
        self._control = ours
        self.start_s = time.perf_counter() - began

    def close(self) -> None:
        """End the server, if it was started from here, and every child; safe to call twice."""
        if self._control is not None:
            if self._process is not None:
                with contextlib.suppress(OSError):
                    self._control.shutdown(socket.SHUT_RDWR)  # for all who hold it
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
            shutil.rmtree(self._runtime, ignore_errors=True)
            atexit.unregister(self.close)

    def __enter__(self) -> "WarmServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _last_words(self) -> str:
        lines = (self._runtime / "log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "none"


def receive_child(lifeline: socket.socket) -> Child:
    """Wait for a child's first word on its lifeline.

    Raises:
        HarnessError: it failed, ended, or gave no word.
    """
    said = messages.receive(lifeline) if _is_readable(lifeline, CHILD_S) else None
    if said is None:
        lifeline.close()
        raise HarnessError("a child of the warm server ended, or gave no word, before it was ready")
    message, fds = said
    if message["event"] == "failed":
        lifeline.close()
        raise HarnessError(f"a child of the warm server could not be confined: {message['reason']}")
    home, drop, connection, log = fds
    facts = {name: message[name] for name in ("pid", "monitor", "folders", "told")}
    return Child(lifeline=lifeline, home=home, drop=drop, connection=connection, log=log, **facts)


def _is_readable(end: socket.socket, timeout_s: float) -> bool:
    poll = select.poll()
    poll.register(end, select.POLLIN)
    return bool(poll.poll(timeout_s * 1000))
