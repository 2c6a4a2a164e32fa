"""One kernel from start to end: started through its provisioner, watched, interrupted, killed."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager

from autograder.devices import used_bytes
from autograder.errors import EvidenceError, HarnessError
from autograder.kernels.provisioner import WarmProvisioner
from autograder.kernels.settings import KernelKind, KernelSettings, OneKernelSpec, kernel_spec
from autograder.kernels.watch import Ceilings, LimitReached, Usage, Watch

START_S = 120.0
HEARD_S = 5.0
END_S = 10.0


class KernelSession:
    """A started kernel. Make one with `await KernelSession.start(settings)`; end it with `close`.

    `home` and `drop` are its folders as they are reached from here, `drop_inside` as the kernel names it.
    """

    def __init__(self, settings: KernelSettings) -> None:
        # Short on purpose: the path of a unix socket ends at 107 bytes.
        self._runtime = Path(tempfile.mkdtemp(prefix="ag-"))
        self._settings = settings
        spec = kernel_spec(settings, self._runtime)
        self.manager = AsyncKernelManager(
            kernel_name=spec.metadata["kernel_provisioner"]["provisioner_name"],
            kernel_spec_manager=OneKernelSpec(spec),
            transport="ipc",
            connection_file=str(self._runtime / "k.json"),
        )
        self.client: AsyncKernelClient
        self.home = self._runtime / "work"
        self.drop = self._runtime / "drop"
        self.drop_inside = str(self.drop)
        self._held: list[int] = []
        self._watch: Watch
        self._device_before = 0
        self.start_s = 0.0
        self.imports_s = 0.0

    @classmethod
    async def start(cls, settings: KernelSettings) -> "KernelSession":
        """Start a kernel and wait until it answers.

        Raises:
            HarnessError: it did not answer within START_S; student code has not run yet.
        """
        session = cls(settings)
        began = time.perf_counter()
        try:
            await session._start()
        except (RuntimeError, OSError, ValueError, HarnessError) as error:
            log = session._last_words()
            await session.close()
            raise HarnessError(f"the kernel did not start: {error}; its last words: {log}") from error
        session.start_s = time.perf_counter() - began - session.imports_s
        return session

    async def _start(self) -> None:
        if self.kind == "cold":
            for name in ("work", "drop", "tmp"):
                (self._runtime / name).mkdir()
            self.home, self.drop = self._hold(self.home), self._hold(self.drop)
        if self._settings.device is not None:
            self._device_before = await used_bytes(self._settings.device.gpu, ())
        await self.manager.start_kernel()
        child = self._child
        if child is not None:
            self.home, self.drop = _through(child.home), _through(child.drop)
            self.drop_inside = child.folders["drop"]
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.allow_stdin = False
        await self._wait_for_answer()
        self._watch = Watch(self._watched(), self._ceilings(), with_root=child is None)
        if child is None:
            self.imports_s = json.loads((self._runtime / "started.json").read_text())["imports_s"]

    @property
    def isolation(self) -> str:
        """The isolation level that is in force for this kernel."""
        return self._settings.sandbox.level if self.kind == "warm" else "none"

    @property
    def kind(self) -> KernelKind:
        """How it was started: `warm`, forked from a server, or `cold`, a fresh interpreter."""
        return self._settings.kind

    @property
    def limit_reached(self) -> LimitReached | None:
        """The limit for which it was killed, by the accounts of the system or of the watch."""
        child = self._child
        if child is not None and (ended := child.poll()) and ended["is_out_of_memory"]:
            return "memory"
        return self._watch.reached

    @property
    def end_signal(self) -> str | None:
        """The name of the signal that ended the kernel, where one did."""
        if self._child is not None:
            ended = self._child.poll()
            code = os.waitstatus_to_exitcode(ended["status"]) if ended else None
        else:
            code = getattr(getattr(self.manager.provisioner, "process", None), "returncode", None)
        if code is None or code >= 0:
            return None
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"  # most of the real-time signals have no name

    async def is_alive(self) -> bool:
        """Whether the kernel's process still runs."""
        return bool(await self.manager.is_alive())

    async def interrupt(self) -> None:
        """Send SIGINT to the kernel's process group."""
        with contextlib.suppress(RuntimeError, OSError):
            await self.manager.interrupt_kernel()

    def kill(self) -> None:
        """SIGKILL the kernel and every process that descends from it."""
        self._watch.kill()

    async def wait_for_end(self) -> None:
        """Wait until a killed kernel is known to be dead, with the reason."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_S):
                while await self.is_alive():
                    await asyncio.sleep(0.02)

    @property
    def cpu_s(self) -> float:
        """CPU seconds of the kernel's own process up to now; 0 where the system does not tell."""
        pid: int | None = getattr(self._child or self.manager.provisioner, "pid", None)
        if pid is None or not hasattr(time, "clock_gettime"):
            return 0.0
        with contextlib.suppress(OSError):
            return time.clock_gettime((~pid << 3) | 2)  # another process's clock: clock_getcpuclockid(3)
        return 0.0

    def put_file(self, name: str, content: bytes) -> None:
        """Put a file into the kernel's work folder, as one of the student's own."""
        _put(self.home, name, content)

    def put_in_drop(self, name: str, content: bytes) -> None:
        """Put a file into the drop, for the collector to read.

        Raises:
            EvidenceError: something that cannot be written over is in the way.
        """
        try:
            _put(self.drop, name, content)
        except OSError as error:
            raise EvidenceError(f"{name} could not be put into the kernel's drop: {error.strerror}") from None

    async def usage(self) -> Usage:
        """CPU and memory used up to now."""
        await self._watch.sample_device()
        return self._watch.sample()

    async def close(self) -> None:
        """Kill the kernel if it still runs and remove its folders; safe to call twice."""
        if hasattr(self, "_watch"):
            self.kill()
            await self._watch.stop()
        if hasattr(self, "client"):
            self.client.stop_channels()
        with contextlib.suppress(RuntimeError, OSError):
            await self.manager.shutdown_kernel(now=True)
        if hasattr(self, "_watch"):
            await self._watch.wait_for_device()
        while self._held:
            os.close(self._held.pop())
        shutil.rmtree(self._runtime, ignore_errors=True)

    @property
    def _child(self) -> Any:
        provisioner = self.manager.provisioner
        return provisioner.child if isinstance(provisioner, WarmProvisioner) else None

    def _watched(self) -> int:
        """The process whose descendants are the kernel's: its monitor, or a cold kernel itself."""
        if self._child is not None:
            return int(self._child.monitor)
        return int(getattr(self.manager.provisioner, "pid", None) or 0)

    def _ceilings(self) -> Ceilings:
        folders: tuple[Path, ...] = ()
        if self.isolation != "namespaces":  # else its file system has limits of its own
            child = self._child
            tmp = Path(child.folders["tmp"]) if child is not None else self._runtime / "tmp"
            folders = (self.home, self.drop, tmp)
        settings = self._settings
        return Ceilings(
            settings.sandbox.resources, settings.cpu_s, folders, settings.device, self._device_before
        )

    def _hold(self, folder: Path) -> Path:
        """The folder through a descriptor of ours: it stays the same whatever is put in its place."""
        if sys.platform != "linux":
            return folder
        self._held.append(os.open(folder, os.O_RDONLY | os.O_DIRECTORY))
        return _through(self._held[-1])

    async def _wait_for_answer(self) -> None:
        """Ask who it is until it says so and is heard; a kernel that has ended says why in its log.

        Asked once: each answer draws one of Python's random numbers, for IPython's tip. The subscription to its
        output takes effect a moment after it is made, which the kernel confirms with a message; what it showed
        before would be lost.
        """
        asked = self.client.kernel_info()
        deadline = asyncio.get_running_loop().time() + START_S
        while asyncio.get_running_loop().time() < deadline:
            with contextlib.suppress(Empty, TimeoutError):
                reply = await self.client.get_shell_msg(timeout=1)
                if reply["parent_header"].get("msg_id") == asked:
                    break
            if not await self.is_alive():
                raise RuntimeError("it ended")
        else:
            raise RuntimeError(f"no answer within {START_S:g} s")
        with contextlib.suppress(Empty, TimeoutError):
            await self.client.get_iopub_msg(timeout=HEARD_S)

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            if self._child is not None:
                text = os.pread(self._child.log, 100_000, 0).decode(errors="replace")
            else:
                text = (self._runtime / "log").read_text(errors="replace")
            lines = text.strip().splitlines()
            return lines[-1] if lines else "none"
        return "none"


def _through(fd: int) -> Path:
    return Path(f"/proc/{os.getpid()}/fd/{fd}")


def _put(folder: Path, name: str, content: bytes) -> None:
    """Write a new file that belongs to whom the folder belongs to; follows no link that lies there."""
    owner = folder.stat()
    (folder / name).unlink(missing_ok=True)
    fd = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(content)
        if sys.platform == "linux" and os.geteuid() == 0:
            os.fchown(fd, owner.st_uid, owner.st_gid)
