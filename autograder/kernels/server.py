"""The warm server: imports a course's libraries once and forks a child for each request.

    python -m autograder.kernels.server RUNTIME PARENT_PID SETUP < control

SETUP is JSON: `modules` to import, `standalone` files to load under a name of their own. Standard input is one
end of a socket pair; whoever holds the other end may ask. A request names what the child is to be (`role`, one
of ROLES), how it is confined, and brings descriptors: a lifeline, and what the child itself needs. The server
opens no device, starts no thread and holds no secret: its memory is in every child. It ends when nobody holds
the other end of the control socket, or when the process PARENT_PID ends.

When it ends, its children are given a moment to clear their folders and control groups away; then they are
killed, too. The end of PARENT_PID is watched, not signalled: a signal would come with the end of the one thread
that started the server.

A confined child gets a monitor; one with `"sandbox": null` (an executor) is forked as it is. With `"standby"`
one more child of the same kind is prepared for the next request while this one works.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from autograder.kernels import cgroups, messages, sandbox, syscalls
from autograder.kernels.environment import load_standalone, preload
from autograder.kernels.inside import Prepare
from autograder.kernels.monitor import Monitor
from autograder.kernels.rehearsal import rehearse

# What a child can be: a function of `Folders` for a confined one, of a list of descriptors for an executor.
ROLES = {
    "kernel": "autograder.kernels.kernel:prepare",
    "judge": "autograder.judge.child:prepare",
    "executor": "autograder.execution.child:main",
    "probe": "autograder.kernels.conformance:prepare",
}


# A standby is prepared when nothing was asked for this long: the child that is wanted now goes first.
STANDBY_AFTER_S = 0.3
# How long children may take to clear away after the end of whoever wanted them.
END_S = 10.0


@dataclass
class _Standby:
    """A prepared monitor with its child, waiting for an assignment."""

    key: str
    leash: socket.socket


class Server:
    """One warm server; `run` serves until nobody can ask any more. `parent` is a descriptor of a process."""

    def __init__(self, control: socket.socket, runtime: Path, parent: int) -> None:
        self._control = control
        self._parent = parent
        self._runtime = runtime
        self._standby: _Standby | None = None
        self._children: set[int] = set()

    def run(self) -> None:
        """Serve requests until the control socket is closed by all who held it, or the parent has ended."""
        wanted: dict[str, Any] | None = None
        while True:
            ready = self._wait(None if wanted is None else STANDBY_AFTER_S)
            if self._parent in ready:
                return
            if not ready and wanted is not None:
                self._prepare_standby(wanted)
                wanted = None
                continue
            request = messages.receive(self._control)
            if request is None:
                return
            message, fds = request
            if message["standby"]:
                wanted = message
            try:
                self._serve(message, fds)
            except OSError as error:
                lifeline = socket.socket(fileno=os.dup(fds[0]))
                with lifeline, contextlib.suppress(OSError):
                    messages.send(lifeline, {"event": "failed", "reason": str(error)})
            finally:
                for fd in fds:
                    os.close(fd)
            self._reap()

    def end(self) -> None:
        """Tell the children to end, and wait a moment for it."""
        self._control.close()
        if self._standby is not None:
            self._standby.leash.close()
        self._reap()
        for pid in self._children:
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + END_S
        while self._children and time.monotonic() < deadline:
            time.sleep(0.01)
            self._reap()

    def _wait(self, timeout_s: float | None) -> set[int]:
        """Which of the control socket and the parent has something to tell, after at most `timeout_s`."""
        poll = select.poll()
        poll.register(self._control.fileno(), select.POLLIN)
        poll.register(self._parent, select.POLLIN)
        return {fd for fd, _event in poll.poll(None if timeout_s is None else timeout_s * 1000)}

    def _serve(self, message: dict[str, Any], fds: list[int]) -> None:
        if message["sandbox"] is None:
            self._fork_plain(message, fds)
            return
        leash = self._take_standby(_key(message)) or self._fork_monitor(message)
        with leash:
            messages.send(leash, message["options"], fds)

    def _take_standby(self, key: str) -> socket.socket | None:
        standby, self._standby = self._standby, None
        if standby is None:
            return None
        if standby.key == key and not _is_closed(standby.leash):
            return standby.leash
        standby.leash.close()
        return None

    def _prepare_standby(self, message: dict[str, Any]) -> None:
        if self._standby is not None:
            self._standby.leash.close()
        with contextlib.suppress(OSError):  # whoever needs a child next will hear of it
            self._standby = _Standby(_key(message), self._fork_monitor(message))

    def _fork_monitor(self, message: dict[str, Any]) -> socket.socket:
        prepare: Prepare = _role(message["role"])
        confinement = sandbox.Sandbox.from_json(message["sandbox"])
        ours, theirs = messages.pair()
        pid = os.fork()
        if pid == 0:
            try:
                _become_child([theirs.fileno()])
                Monitor(theirs, confinement, prepare, self._runtime).run()
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        self._children.add(pid)
        theirs.close()
        if os.geteuid() == 0 and confinement.level == "namespaces" and confinement.as_student:
            asked = messages.receive(ours)
            if asked is not None and asked[0]["map"] is not None:
                sandbox.write_user_maps(pid, asked[0]["map"])
                messages.send(ours, {"event": "mapped"})
        return ours

    def _fork_plain(self, message: dict[str, Any], fds: list[int]) -> None:
        main = _role(message["role"])
        pid = os.fork()
        if pid == 0:
            with contextlib.suppress(BaseException):
                _become_child(fds)
                main(message["options"], fds)
            os._exit(0)
        self._children.add(pid)

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                self._children.discard(pid)


def _role(name: str) -> Any:
    module, function = ROLES[name].split(":")
    return getattr(importlib.import_module(module), function)


def _is_closed(end: socket.socket) -> bool:
    poll = select.poll()
    poll.register(end, 0)  # hang-ups are always reported
    return bool(poll.poll(0))


def _key(message: dict[str, Any]) -> str:
    return json.dumps([message["role"], message["sandbox"]])


def _become_child(keep: list[int]) -> None:
    """Let go of what is the server's, and end when it ends."""
    server = os.getppid()
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    first = 3
    for fd in sorted(keep):
        os.closerange(first, fd)
        first = fd + 1
    os.closerange(first, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.close(nowhere)


def main() -> NoReturn:
    """Start as the module's docstring says."""
    runtime, parent, setup = sys.argv[1:]
    options = json.loads(setup)
    if os.getppid() != int(parent):
        sys.exit("whoever asked for a warm server has ended")
    parent_fd = os.pidfd_open(int(parent))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-C at the terminal is for the recorder
    preload(options["modules"])
    for name, path in options["standalone"].items():
        load_standalone(name, path)
    rehearse()
    threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    if threads > 1:
        sys.exit(f"{threads} threads run after the imports; a process is forked safely with one only")
    control = socket.socket(fileno=os.dup(0))
    messages.send(control, {"event": "ready"})
    gc.collect()
    gc.freeze()  # what is loaded stays in shared pages
    syscalls.collapse_heap()
    cgroups.remove_stale()
    server = Server(control, Path(runtime), parent_fd)
    server.run()
    server.end()
    if os.getppid() != int(parent):  # nobody else will
        shutil.rmtree(runtime, ignore_errors=True)
    os._exit(0)  # nothing is worth tearing down


if __name__ == "__main__":
    main()
