"""One kernel from start to end: started through its provisioner, watched, interrupted, killed."""

import contextlib
import json
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from autograder.errors import HarnessError
from autograder.kernels.provisioner import ISOLATION, launch_command
from autograder.kernels.watch import Usage, Watch, kill_tree

KERNEL_NAME = "autograder-cold"
START_TIMEOUT_S = 120


@dataclass(frozen=True)
class KernelSettings:
    """How a kernel is started.

    `work` is its home and current folder, `collector` the source file of the evidence collector.
    """

    work: Path
    collector: Path
    preload: tuple[str, ...]
    seed: int
    max_memory_bytes: int


class KernelSession:
    """A started kernel. Make one with `await KernelSession.start(settings)`; end it with `close`."""

    def __init__(self, settings: KernelSettings) -> None:
        # Short on purpose: the path of a unix socket ends at 107 bytes.
        self._runtime = Path(tempfile.mkdtemp(prefix="ag-"))
        self._started_file = self._runtime / "started.json"
        self._settings = settings
        self.manager = AsyncKernelManager(
            kernel_name=KERNEL_NAME,
            kernel_spec_manager=_OneKernelSpec(self._spec()),
            transport="ipc",
            connection_file=str(self._runtime / "k.json"),
        )
        self.client: AsyncKernelClient
        self._watch: Watch
        self.start_s = 0.0
        self.imports_s = 0.0

    @classmethod
    async def start(cls, settings: KernelSettings) -> "KernelSession":
        """Start a kernel and wait until it answers.

        Raises:
            HarnessError: it did not answer within START_TIMEOUT_S; student code has not run yet.
        """
        session = cls(settings)
        began = time.perf_counter()
        try:
            await session.manager.start_kernel()
            session._watch = Watch(session._pid, max_memory_bytes=settings.max_memory_bytes)
            session.client = session.manager.client()
            session.client.start_channels()
            await session.client.wait_for_ready(timeout=START_TIMEOUT_S)
            session.client.allow_stdin = False
            session.imports_s = json.loads(session._started_file.read_text())["imports_s"]
        except (RuntimeError, OSError, ValueError) as error:
            log = session._log_tail()
            await session.close()
            raise HarnessError(f"the kernel did not start: {error}; its last words: {log}") from error
        session.start_s = time.perf_counter() - began - session.imports_s
        return session

    @property
    def isolation(self) -> str:
        """The isolation level that is in force for this kernel."""
        return ISOLATION

    @property
    def kind(self) -> str:
        """How it was started: `cold`, a fresh interpreter."""
        return "cold"

    @property
    def is_over_memory(self) -> bool:
        """Whether it was killed for holding more memory than allowed."""
        return self._watch.is_over_memory

    async def is_alive(self) -> bool:
        """Whether the kernel's process still runs."""
        return bool(await self.manager.is_alive())

    async def interrupt(self) -> None:
        """Send SIGINT to the kernel's process group."""
        with contextlib.suppress(RuntimeError, OSError):
            await self.manager.interrupt_kernel()

    def kill(self) -> None:
        """SIGKILL the kernel and every process that descends from it."""
        with contextlib.suppress(psutil.Error):
            kill_tree(psutil.Process(self._pid))

    def usage(self) -> Usage:
        """CPU and memory used up to now."""
        return self._watch.sample()

    async def close(self) -> None:
        """Kill the kernel if it still runs and remove its runtime folder; safe to call twice."""
        if hasattr(self, "_watch"):
            self.kill()
            await self._watch.stop()
        if hasattr(self, "client"):
            self.client.stop_channels()
        with contextlib.suppress(RuntimeError, OSError):
            await self.manager.shutdown_kernel(now=True)
        shutil.rmtree(self._runtime, ignore_errors=True)

    @property
    def _pid(self) -> int:
        return int(getattr(self.manager.provisioner, "pid", None) or 0)

    def _spec(self) -> KernelSpec:
        settings = self._settings
        options = {
            "parent": os.getpid(),
            "preload": list(settings.preload),
            "seed": settings.seed,
            "collector": str(settings.collector),
            "started_file": str(self._started_file),
        }
        config = {
            "home": str(settings.work),
            "launch_options": options,
            "log_file": str(self._runtime / "log"),
        }
        return KernelSpec(
            argv=launch_command(),
            display_name="autograder, cold",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": KERNEL_NAME, "config": config}},
        )

    def _log_tail(self) -> str:
        with contextlib.suppress(OSError):
            lines = (self._runtime / "log").read_text(errors="replace").strip().splitlines()
            return lines[-1] if lines else "none"
        return "none"


class _OneKernelSpec(KernelSpecManager):
    """Knows one kernel spec, made in memory; none is looked up on disk, where one could be planted."""

    def __init__(self, spec: KernelSpec) -> None:
        super().__init__()
        self._spec = spec

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002
        return self._spec
