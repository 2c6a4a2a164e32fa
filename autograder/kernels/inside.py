"""The child's own part of its start: into the sandbox, ready, and then what it was made for."""

import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.kernels import messages, syscalls, view

LOG = "log"


@dataclass(frozen=True)
class Prepared:
    """A child that waits: what to tell whoever asks for it, and what it does with its assignment.

    `start` gets the assignment's options and descriptors; when it returns, the child ends.
    """

    told: dict[str, Any]
    start: Callable[[dict[str, Any], list[int]], None]


Prepare = Callable[[view.Folders], Prepared]


def live(
    monitor: socket.socket, prepare: Prepare, enter: Callable[[], view.Folders], *, parent: int | None
) -> None:
    """Enter the sandbox, prepare, say so to the monitor with the folders' descriptors, await the assignment.

    `parent` is the monitor's process where this one can see it; it may have ended already.
    """
    os.setsid()
    try:
        folders = enter()
        # After the change of user, which takes it back.
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
        if parent is not None and os.getppid() != parent:
            return
        log = os.open(f"{folders.connection}/{LOG}", os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        prepared = prepare(folders)
    except BaseException as error:
        messages.send(monitor, {"failed": f"{type(error).__name__}: {error}"[:2000]})
        return
    shared = (folders.home, folders.drop, folders.connection)
    opened = [os.open(path, os.O_RDONLY | os.O_DIRECTORY) for path in shared]
    messages.send(monitor, {"folders": vars(folders), "told": prepared.told}, [*opened, log])
    for fd in (*opened, log):
        os.close(fd)
    assignment = messages.receive(monitor)
    monitor.close()
    if assignment is None:
        return
    try:
        prepared.start(*assignment)
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)
