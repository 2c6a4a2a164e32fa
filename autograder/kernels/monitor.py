"""The process between the warm server and a confined child: starts it, passes messages on, sees it end.

One monitor per child. It stays outside the sandbox and runs nothing of a student's; when it ends, however it
ends, the child and all that the child started end with it. It holds three sockets:

    leash     from the server: the assignment (options, and descriptors: the lifeline, then the child's own)
    inner     to the child: "enter", then the assignment; from it: its folders, or why it failed
    lifeline  to whoever asked: started, ended; from them: signals. Closed by them: kill everything.

SIGTERM, which the system sends when the server ends, ends it at any point as the lifeline's closing does.
"""

import contextlib
import os
import resource
import select
import signal
import socket
import time
from pathlib import Path
from typing import Any, NoReturn

from autograder.kernels import cgroups, messages, sandbox, shared_memory, syscalls, tree, view
from autograder.kernels.inside import Prepare, live

_REAP_EVERY_MS = 1000


class _ServerEndedError(BaseException):
    """Raised by SIGTERM, wherever the monitor is."""


class Monitor:
    """Runs in a process of its own, forked from the server: make one and call `run`."""

    def __init__(
        self, leash: socket.socket, confinement: sandbox.Sandbox, prepare: Prepare, runtime: Path
    ) -> None:
        self._leash = leash
        self._confinement = confinement
        self._prepare = prepare
        self._folder = str(runtime / str(os.getpid()))
        self._mount_point = str(runtime / "root")
        self._group: cgroups.ControlGroup | None = None
        self._inner: socket.socket
        self._child = 0
        self._user: int | None = None
        self._began = time.time()

    def run(self) -> NoReturn:
        """Start the child, serve until it ends or nobody wants it, clear everything away, and end."""
        try:
            signal.signal(signal.SIGTERM, _stop)
            syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGTERM)
            self._serve()
        except _ServerEndedError:
            pass
        self._end_all()
        self._clear_away()
        os._exit(0)

    def _serve(self) -> None:
        failure: str | None = None
        message: dict[str, Any] = {}
        fds: list[int] = []
        try:
            self._start_child()
            message, fds = self._wait_until_prepared()
        except (OSError, RuntimeError) as error:
            failure = str(error)
        assignment = messages.receive(self._leash)
        if assignment is None:
            return
        options, (lifeline_fd, *passed) = assignment
        with socket.socket(fileno=lifeline_fd) as lifeline:
            if failure is None:
                message = {"event": "started", "pid": self._child, "monitor": os.getpid(), **message}
                _say(lifeline, message, fds)
                self._hand_over(options, passed)
                self._follow(lifeline)
                ended = {"event": "ended", "status": self._end_all(), **self._facts()}
                self._clear_away()
                _say(lifeline, ended)
            else:
                self._end_all()
                _say(lifeline, {"event": "failed", "reason": failure})

    def _start_child(self) -> None:
        """Fork the child into its namespaces and its control group."""
        syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
        spec = self._confinement
        if spec.level != "none":
            self._group = cgroups.create(
                memory_bytes=spec.resources.memory_bytes, processes=spec.resources.processes
            )
        user = self._user = sandbox.other_user(spec)
        if spec.level == "namespaces":
            self._enter_namespaces(user)
        self._inner, childs_end = messages.pair()
        monitor = os.getpid()
        # Libraries have functions run around a fork, and Python drops what is raised in one of these.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
            self._leash.close()
            self._inner.close()
            with contextlib.suppress(BaseException):
                messages.receive(childs_end)  # the control group is ready
                live(
                    childs_end,
                    self._prepare,
                    lambda: sandbox.enter(
                        spec, folder=self._folder, mount_point=self._mount_point, user=user
                    ),
                    parent=None if spec.level == "namespaces" else monitor,
                )
            os._exit(1)
        self._child = child
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        childs_end.close()
        if self._group is not None:
            try:
                self._group.add(child)
            except OSError:
                self._group.remove()
                self._group = None
        messages.send(self._inner, {"event": "enter"})

    def _enter_namespaces(self, user: int | None) -> None:
        """The server, which has the right to, writes the map of users where there is one to write."""
        try:
            sandbox.unshare_namespaces(is_mapped_outside=user is not None)
        except OSError:
            if user is not None:
                messages.send(self._leash, {"map": None})  # it waits for our word
            raise
        if user is not None:
            messages.send(self._leash, {"map": user})
            messages.receive(self._leash)

    def _wait_until_prepared(self) -> tuple[dict[str, Any], list[int]]:
        said = messages.receive(self._inner)
        if said is None:
            raise RuntimeError(f"the child ended before it was ready, wait status {self._end_all()}")
        message, fds = said
        if "failed" in message:
            raise RuntimeError(message["failed"])
        return message, fds

    def _hand_over(self, options: dict[str, Any], passed: list[int]) -> None:
        cpu = options.pop("cpu", None)
        if cpu is not None:
            for thread in Path(f"/proc/{self._child}/task").iterdir():
                with contextlib.suppress(OSError):
                    os.sched_setaffinity(int(thread.name), {cpu})
        with contextlib.suppress(OSError):  # a child that has ended is noticed next
            messages.send(self._inner, options, passed)
        for fd in passed:
            os.close(fd)
        self._inner.close()

    def _follow(self, lifeline: socket.socket) -> None:
        """Pass signals on until the child ends, or nobody wants it any more."""
        child = os.pidfd_open(self._child)
        poll = select.poll()
        poll.register(lifeline.fileno(), select.POLLIN)
        poll.register(child, select.POLLIN)
        while True:
            ready = {fd for fd, _event in poll.poll(_REAP_EVERY_MS)}
            if child in ready:
                return
            self._reap_orphans()
            if lifeline.fileno() in ready:
                asked = messages.receive(lifeline)
                if asked is None:
                    return
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._child, asked[0]["signal"])

    def _reap_orphans(self) -> None:
        """What a student's process left behind becomes ours where there is no pid namespace."""
        for pid in tree.descendants(os.getpid()):
            if pid != self._child and tree.is_zombie(pid):
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)

    def _end_all(self) -> int:
        """Kill whatever runs and take leave of each process; returns the child's wait status.

        Killed again after each that has gone: one may have started another meanwhile, which is then ours.
        """
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is ending already
        status = 0
        while True:
            for pid in tree.descendants(os.getpid()):
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            try:
                pid, how = os.waitpid(-1, 0)
            except ChildProcessError:
                return status
            if pid == self._child:
                status = how

    def _facts(self) -> dict[str, Any]:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            "is_out_of_memory": self._group is not None and self._group.was_out_of_memory(),
            "cpu_s": used.ru_utime + used.ru_stime,
        }

    def _clear_away(self) -> None:
        if self._group is not None:
            self._group.remove()
        if Path(self._folder).exists():
            view.remove(self._folder)
        if self._confinement.level != "namespaces":
            shared_memory.clear_since(self._began, os.geteuid() if self._user is None else self._user)


def _stop(_number: int, _frame: object) -> NoReturn:
    raise _ServerEndedError


def _say(lifeline: socket.socket, message: dict[str, Any], fds: list[int] | None = None) -> None:
    """Tell whoever asked, if they still listen."""
    with contextlib.suppress(OSError):
        messages.send(lifeline, message, fds or [])
    for fd in fds or []:
        os.close(fd)
