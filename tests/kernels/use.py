"""Kernels of every kind and level, driven from plain test code."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.devices import DeviceShare
from autograder.kernels import (
    KernelKind,
    KernelSession,
    KernelSettings,
    Level,
    Resources,
    Sandbox,
    Usage,
    Weights,
    levels,
)
from autograder.kernels.provisioner import WarmProvisioner

Kind = tuple[KernelKind, Level]
KINDS: tuple[Kind, ...] = (("warm", "namespaces"), ("warm", "landlock"), ("warm", "none"), ("cold", "none"))
RESOURCES = Resources(memory_bytes=10**9, disk_bytes=50_000_000, max_files=2000, processes=256)
MISSING_MODULE = "no_such_module_anywhere"
TOKEN = "hunter2"  # a secret in the environment of whoever starts a kernel
# Far more than anything here takes on a slow machine; no test waits for it to pass.
PATIENCE_S = 60.0

each_kind = pytest.mark.parametrize("kind", KINDS, ids="-".join)


def skip_unless_held(level: Level) -> None:
    reason = levels.levels_that_hold()[level]
    if reason is not None:
        pytest.skip(f"level {level} does not hold on this machine: {reason}")


@dataclass
class Kernel:
    """A running kernel, and the event loop that its session lives in."""

    session: KernelSession
    runner: asyncio.Runner

    def run(self, source: str) -> str:
        """What a cell prints, to stdout or stderr, and the last line of its traceback if it has one."""
        texts: list[str] = []

        def note(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                texts.append(content["text"])
            elif message["msg_type"] == "error":
                texts.append(f"{content['ename']}: {content['evalue']}")

        self.runner.run(self.session.client.execute_interactive(source, output_hook=note, timeout=PATIENCE_S))
        return "".join(texts).strip()

    def mime_types(self, source: str) -> set[str]:
        """The kinds of rich output that a cell shows."""
        kinds: set[str] = set()

        def note(message: dict[str, Any]) -> None:
            kinds.update(message["content"].get("data", {}))

        self.runner.run(self.session.client.execute_interactive(source, output_hook=note, timeout=PATIENCE_S))
        return kinds

    def run_to_the_end(self, source: str) -> None:
        """Run a cell that the kernel does not survive; fails if it does."""

        async def run() -> None:
            self.session.client.execute(source)
            async with asyncio.timeout(PATIENCE_S):
                while await self.session.is_alive():
                    await asyncio.sleep(0.05)

        self.runner.run(run())

    def usage(self) -> Usage:
        return self.runner.run(self.session.usage())

    @property
    def is_alive(self) -> bool:
        return self.runner.run(self.session.is_alive())

    @property
    def monitor(self) -> int | None:
        """The process of a warm kernel's monitor."""
        provisioner = self.session.manager.provisioner
        child = provisioner.child if isinstance(provisioner, WarmProvisioner) else None
        return None if child is None else int(child.monitor)


@contextlib.contextmanager
def started(
    kind: Kind,
    collector: Path,
    *,
    resources: Resources = RESOURCES,
    cpu_s: float = 300.0,
    seed: int = 0,
    standby: bool = False,
    preload: tuple[str, ...] = ("numpy", MISSING_MODULE),
    weights: Weights | None = None,
    settings: Mapping[str, int] | None = None,
    device: DeviceShare | None = None,
) -> Iterator[Kernel]:
    """A kernel of this kind; closed, with its loop, when the block is left."""
    shown = weights or Weights()
    settings = KernelSettings(
        kind=kind[0],
        sandbox=Sandbox(
            kind[1], resources, readable=shown.readable, devices=device.gpu.nodes if device else ()
        ),
        cpu_s=cpu_s,
        seed=seed,
        preload=preload,
        collector=collector,
        weights=shown,
        settings=settings or {},
        device=device,
        standby=standby,
    )
    with asyncio.Runner() as runner:
        session = runner.run(KernelSession.start(settings))
        try:
            yield Kernel(session, runner)
        finally:
            runner.run(session.close())


def processes_with(mark: str) -> list[int]:
    """The processes that have `mark` on their command line, seen from this machine."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if any(mark in word for word in process.cmdline()):
                found.append(process.pid)
    return found


def wait_until(is_so: Callable[[], bool]) -> bool:
    """Whether it became so; asked again and again for a generous while."""
    deadline = time.monotonic() + PATIENCE_S / 2
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_running(pid: int) -> bool:
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def open_descriptors() -> list[str]:
    """What each descriptor of this process leads to."""
    links = []
    for fd in list(Path("/proc/self/fd").iterdir()):
        with contextlib.suppress(OSError):
            links.append(str(fd.readlink()))
    return sorted(links)
