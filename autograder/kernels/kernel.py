"""What a warm child becomes: an IPython kernel that is ready before anyone has asked for it.

Everything that does not depend on the submission happens in `prepare`: sockets, threads, the shell. The
assignment brings weights, the notebook's sizes and the seed, which is set last, since starting a kernel draws random
numbers, too.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import zmq
import zmq.eventloop.zmqstream
from ipykernel import ipkernel
from ipykernel.iostream import IOPubThread
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from autograder.devices import DeviceShare
from autograder.kernels.device import take
from autograder.kernels.environment import forget_autograder, move_in, seed_everything, tell_settings
from autograder.kernels.inside import Prepared
from autograder.kernels.pretrained import Weights, show
from autograder.kernels.view import Folders

# Sockets lie at SOCKET-1 to SOCKET-5 in the connection folder, in the order of PORTS.
SOCKET = "k"
PORTS = {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "hb_port": 4, "control_port": 5}
# What `%reset aggressive` keeps, listed before any fork; see `_modules_unlisted`.
_LOADED = set(sys.modules)
_WORKERS = "w"  # where forked processes of the notebook's own send what they print


class _Output(IOPubThread):  # type: ignore[misc]
    """ipykernel's output thread, with a unix socket for forked processes: there is no network."""

    def _setup_pipe_in(self) -> None:
        self._pipe_uuid = os.urandom(16)
        self._workers = f"ipc://{Path.cwd()}/{_WORKERS}"
        socket = self.socket.context.socket(zmq.PULL)
        socket.linger = 0
        socket.bind(f"ipc://{_WORKERS}")
        self._pipe_in = zmq.eventloop.zmqstream.ZMQStream(socket, self.io_loop)
        self._pipe_in.on_recv(self._handle_pipe_msg)

    def _setup_pipe_out(self) -> tuple[zmq.Context[Any], zmq.Socket[Any]]:
        context = zmq.Context()  # the one from before the fork is not usable
        socket = context.socket(zmq.PUSH)
        socket.linger = 3000
        socket.connect(self._workers)
        return context, socket


class _Kernel(IPKernelApp):  # type: ignore[misc]
    """IPython's kernel without a connection file: whoever asked for it knows where its sockets are."""

    def init_connection_file(self) -> None:
        """Nothing to read."""

    def write_connection_file(self, **_: Any) -> None:
        """Nothing to write."""

    def init_iopub(self, context: "zmq.Context[Any]") -> None:
        """Called while the sockets are made."""
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_socket.linger = 1000
        self._bind_socket(self.iopub_socket, self.iopub_port)
        self.configure_tornado_logger()
        self.iopub_thread = _Output(self.iopub_socket, pipe=True, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_code(self) -> None:
        """Nothing runs before the first cell."""
        self.shell._sys_modules_keys = _LOADED

    def log_connection_info(self) -> None:
        """Nobody reads this log."""


@contextmanager
def _modules_unlisted() -> Iterator[None]:
    """While inside, a new IPython kernel finds no module to list for its debugger, which nobody uses here.

    Asking each of thousands of modules for its file makes a forked process copy most of the pages that they are on:
    30 MB, and a third of the time that a kernel takes to start.
    """
    vars(ipkernel)["sys"] = SimpleNamespace(**{**vars(sys), "modules": {}})
    try:
        yield
    finally:
        vars(ipkernel)["sys"] = sys


def prepare(folders: Folders) -> Prepared:
    """Start a kernel in this process up to the point where it would take its first message."""
    move_in(folders.home, folders.tmp)
    # Relative: at most 107 bytes of path can be bound.
    os.chdir(folders.connection)
    config = Config()
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.enable_tip = False  # choosing one draws a random number
    kernel = _Kernel.instance(config=config, transport="ipc", ip=SOCKET, **PORTS)
    with _modules_unlisted():
        kernel.initialize([])
    os.chdir(folders.home)

    def start(options: dict[str, Any], _fds: list[int]) -> None:
        # Last, so that `%%writefile helper.py` and `import helper` work while no file of a student's shadows
        # a library.
        sys.path.append(folders.home)
        show(Weights.from_json(options.get("weights", {})))
        tell_settings(options.get("settings", {}))
        if options.get("device"):
            take(DeviceShare.from_json(options["device"]))
        forget_autograder()
        seed_everything(options["seed"])
        kernel.start()

    return Prepared({"key": kernel.session.key.decode(), "socket": SOCKET, "ports": PORTS}, start)
