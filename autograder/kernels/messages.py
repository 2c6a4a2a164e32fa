"""Messages with file descriptors over unix sockets that keep message boundaries (SEQPACKET)."""

import array
import json
import os
import socket
from collections.abc import Sequence
from typing import Any

MAX_MESSAGE = 131_072
MAX_FDS = 16


def pair() -> tuple[socket.socket, socket.socket]:
    """Two connected ends; neither survives an exec."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(end: socket.socket, message: dict[str, Any], fds: Sequence[int] = ()) -> None:
    """Send one message.

    Raises:
        OSError: nobody listens any more, or the message is larger than MAX_MESSAGE.
    """
    data = json.dumps(message).encode()
    if len(data) > MAX_MESSAGE:
        raise OSError(f"a message of {len(data)} bytes is over the limit of {MAX_MESSAGE}")
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
    end.sendmsg([data], rights)


def receive(end: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """The next message and the descriptors that came with it, or None when the other end is closed."""
    try:
        data, ancillary, _flags, _address = end.recvmsg(MAX_MESSAGE, socket.CMSG_SPACE(4 * MAX_FDS))
    except ConnectionError:
        return None
    fds = array.array("i")
    for level, kind, content in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            fds.frombytes(content[: len(content) - len(content) % fds.itemsize])
    for fd in fds:
        os.set_inheritable(fd, False)
    if not data:
        return None
    message: dict[str, Any] = json.loads(data)
    return message, list(fds)
