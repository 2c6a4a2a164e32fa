"""Kernels as `jupyter_client` provisioners: any Jupyter client can start one, by entry point.

`autograder-warm` asks a warm server for a kernel that is confined and has its libraries imported;
`autograder-cold` starts a plain interpreter, portable, slow and at level `none`. A client other than ours needs
no more than a kernel spec that names one of them; the warm kernel then works in the client's folder, confined
as strongly as the system allows.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Bool, Dict, Integer, List, Unicode

from autograder.kernels.environment import clean_environment
from autograder.kernels.levels import strongest_level
from autograder.kernels.sandbox import Resources, Sandbox
from autograder.kernels.warm import KERNEL_MODULES, Child, WarmServer

WARM, COLD = "autograder-warm", "autograder-cold"
_POLL_S = 0.02
_END_S = 5.0
# The limits of a kernel that another client started without saying any.
_DEFAULT = Resources(memory_bytes=8 * 10**9, disk_bytes=2 * 10**9, max_files=100_000, processes=256)

_servers: dict[tuple[str, ...], WarmServer] = {}
_adopted: WarmServer | None = None


def adopt_server(server: WarmServer) -> None:
    """Have every warm kernel of this process come from a server that is there already."""
    global _adopted
    _adopted = server


def server_for(modules: tuple[str, ...]) -> WarmServer:
    """The adopted server, or one of this process's own that has `modules` imported."""
    if _adopted is not None:
        return _adopted
    if modules not in _servers:
        _servers[modules] = WarmServer([*KERNEL_MODULES, *modules])
    return _servers[modules]


class WarmProvisioner(KernelProvisionerBase):
    """One kernel forked from a warm server; configured by its kernel spec, all of it optional."""

    sandbox = Dict(
        help="a Sandbox as JSON; default: the strongest level, working in the client's folder"
    ).tag(config=True)
    preload: List[str] = List(help="modules that the server imports, where one has to be started").tag(
        config=True
    )
    seed = Integer(0, help="for Python, NumPy, Keras, torch").tag(config=True)
    cpu = Integer(None, allow_none=True, help="the processor to run on").tag(config=True)
    weights = Dict(help="a Weights as JSON; default: none").tag(config=True)
    settings = Dict(help="sizes that the notebook reads, by name; default: none").tag(config=True)
    device = Dict(help="a DeviceShare as JSON; default: no device").tag(config=True)
    standby = Bool(False, help="prepare another kernel of the same kind meanwhile").tag(config=True)

    child: Child | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Called by the kernel manager before `launch_kernel`, which must be given a command line."""
        return {**await super().pre_launch(**kwargs), "cmd": []}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ARG002
        """Called by the kernel manager; the command line is not used, nothing is executed."""
        sandbox = self._sandbox(kwargs.get("cwd"))
        server = server_for(tuple(self.preload))
        options = {
            "seed": self.seed,
            "cpu": self.cpu,
            "weights": dict(self.weights),
            "settings": dict(self.settings),
            "device": dict(self.device),
        }
        child = await asyncio.to_thread(server.child, "kernel", options, sandbox, standby=self.standby)
        self.child = child
        ports = child.told["ports"]
        self.connection_info = KernelConnectionInfo(
            transport="ipc",
            # Through our descriptor of the folder: it may lie in a file system that has no name here.
            ip=f"/proc/{os.getpid()}/fd/{child.connection}/{child.told['socket']}",
            key=child.told["key"].encode(),
            signature_scheme="hmac-sha256",
            kernel_name=WARM,
            shell_port=ports["shell_port"],
            iopub_port=ports["iopub_port"],
            stdin_port=ports["stdin_port"],
            hb_port=ports["hb_port"],
            control_port=ports["control_port"],
        )
        return self.connection_info

    def _sandbox(self, cwd: str | None) -> Sandbox:
        if self.sandbox:
            return Sandbox.from_json(dict(self.sandbox))
        work = str(Path(cwd or Path.cwd()).resolve())
        return Sandbox(strongest_level(), _DEFAULT, as_student=False, work=work)

    @property
    def has_process(self) -> bool:
        """Called by the kernel manager: whether a kernel was started and not cleaned up."""
        return self.child is not None

    async def poll(self) -> int | None:
        """Called by the kernel manager: None while the kernel runs, else its exit status."""
        if self.child is None:
            return 0
        ended = self.child.poll()
        return None if ended is None else os.waitstatus_to_exitcode(ended["status"])

    async def wait(self) -> int | None:
        """Called by the kernel manager after a kill or a request to shut down."""
        while (status := await self.poll()) is None:
            await asyncio.sleep(_POLL_S)
        return status

    async def send_signal(self, signum: int) -> None:
        """Called by the kernel manager to interrupt; reaches the kernel's process group."""
        if self.child is not None and self.child.poll() is None:
            self.child.send_signal(signum)

    async def kill(self, restart: bool = False) -> None:  # noqa: ARG002
        """Called by the kernel manager; the monitor ends whatever the kernel started, too.

        Returns when it has: the manager, which asks next, would look again only after a tenth of a second.
        """
        await self.send_signal(signal.SIGKILL)
        if self.child is not None:
            await asyncio.to_thread(self.child.wait, _END_S)

    async def terminate(self, restart: bool = False) -> None:
        """Called by the kernel manager when a kernel does not shut down by itself."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:  # noqa: ARG002
        """Called by the kernel manager at the end."""
        if self.child is not None:
            child, self.child = self.child, None
            await asyncio.to_thread(child.close)


class ColdProvisioner(LocalProvisioner):
    """Starts `launch` in a fresh interpreter; configured by the kernel spec that `session` makes.

    A clean environment, its own session (so that interrupt and kill reach the whole group), an end with
    the executor; nothing is confined.
    """

    home = Unicode(help="the submission's work folder").tag(config=True)
    tmp = Unicode(help="a folder for what is not the student's").tag(config=True)
    launch_options = Dict(help="what `launch` reads from AUTOGRADER_KERNEL").tag(config=True)
    log_file = Unicode(help="where the kernel's own stdout and stderr go").tag(config=True)

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Called by the kernel manager before `launch_kernel`; swaps the environment for a clean one."""
        kwargs = await super().pre_launch(**kwargs)
        kwargs["env"] = clean_environment(self.home, self.tmp)
        kwargs["env"]["AUTOGRADER_KERNEL"] = json.dumps(self.launch_options)
        kwargs["cwd"] = self.home
        return kwargs

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Called by the kernel manager; the kernel's own output goes to a file that is thrown away."""
        with Path(self.log_file).open("ab") as log:
            return await super().launch_kernel(cmd, stdout=log.fileno(), stderr=log.fileno(), **kwargs)


def launch_command() -> list[str]:
    """The command line of a cold kernel; -P keeps its work folder off the head of `sys.path`."""
    return [sys.executable, "-P", "-m", "autograder.kernels.launch", "-f", "{connection_file}"]
