"""An executor as a child of the warm server; speaks with the recorder over the stream it is given."""

import asyncio
import os
import socket
from typing import Any

import nbformat
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from autograder.execution.serving import serve
from autograder.kernels.environment import collect_rarely
from autograder.kernels.provisioner import adopt_server
from autograder.kernels.warm import WarmServer

# Done once in the server, not in each executor: compile what notebooks are checked with, and look through all
# installed packages for kernel provisioners.
nbformat.validate(nbformat.v4.new_notebook())
KernelProvisionerFactory.instance()


def main(_options: dict[str, Any], fds: list[int]) -> None:
    """Take a job from the stream `fds[1]`, run it in a kernel asked for through `fds[2]`, answer calls."""
    collect_rarely()
    _lifeline, stream, control = fds
    adopt_server(WarmServer.adopt(socket.socket(fileno=control)))
    lines = os.fdopen(os.dup(stream), "r", encoding="utf-8")
    events = os.fdopen(stream, "w", encoding="utf-8")
    asyncio.run(serve(lines, events))
