"""A kernel's part of a GPU: shown to it alone, after the fork, and held to from outside.

The GPU is one of paper (tests/devices/fake_gpu.py): only the program that is asked about it is not the real one.
"""

import asyncio
import contextlib
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.devices import DeviceShare, Gpu, used_bytes
from autograder.errors import HarnessError
from autograder.kernels import device
from devices.fake_gpu import ALLOCATE, MIB, FakeGpus
from kernels.use import KINDS, Kind, each_kind, skip_unless_held, started

SLEEP = "import time; time.sleep(600)"
SEE = "import os; print(os.environ['CUDA_VISIBLE_DEVICES'])"
IN_A_CHILD = "import os, time\nif os.fork() == 0:\n    time.sleep(600)\n"

pytestmark = pytest.mark.usefixtures("server")


@pytest.fixture
def gpu(tmp_path: Path) -> Gpu:
    (found,) = FakeGpus().found(tmp_path)
    return replace(found, tells_processes=True)


def share(gpu: Gpu, mib: int = 20) -> DeviceShare:
    return DeviceShare(gpu, mib * MIB, ())


def held(gpu: Gpu) -> int:
    """What anybody holds there, besides what others do."""
    return asyncio.run(used_bytes(replace(gpu, tells_processes=False), ())) - 7 * MIB


@each_kind
def test_a_kernel_sees_the_device_it_was_given_and_no_other(kind: Kind, collector: Path, gpu: Gpu) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        assert kernel.run(SEE) == "-1"
    with started(kind, collector, device=share(gpu)) as kernel:
        assert kernel.run(SEE) == gpu.uuid


@pytest.mark.parametrize("kind", KINDS[:2], ids="-".join)
def test_within_its_share_it_is_left_alone_and_measured(kind: Kind, collector: Path, gpu: Gpu) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector, device=share(gpu)) as kernel:
        kernel.run(ALLOCATE.format(mib=15) + "import time; time.sleep(2.5)")
        assert kernel.is_alive
        assert kernel.usage().peak_device_bytes == 15 * MIB
    assert held(gpu) == 0


@each_kind
@pytest.mark.parametrize("tells", [True, False], ids=["by process", "in sum"])
def test_over_its_share_it_is_stopped_for_that(kind: Kind, tells: bool, collector: Path, gpu: Gpu) -> None:
    skip_unless_held(kind[1])
    gpu = replace(gpu, tells_processes=tells)
    with started(kind, collector, device=share(gpu)) as kernel:
        kernel.run_to_the_end(ALLOCATE.format(mib=30) + SLEEP)
        assert kernel.session.limit_reached == "device"
    assert held(gpu) == 0


@pytest.mark.parametrize("kind", KINDS[:1], ids="-".join)
def test_what_its_children_hold_is_its_own(kind: Kind, collector: Path, gpu: Gpu) -> None:
    skip_unless_held(kind[1])
    allocate = "    ".join(ALLOCATE.format(mib=30).splitlines(keepends=True))
    in_a_child = f"import os, time\nif os.fork() == 0:\n    os.setsid()\n{allocate}    time.sleep(600)\n"
    with started(kind, collector, device=share(gpu)) as kernel:
        kernel.run_to_the_end(in_a_child + SLEEP)
        assert kernel.session.limit_reached == "device"
    assert held(gpu) == 0


@pytest.mark.parametrize("kind", KINDS[:2], ids="-".join)
def test_a_crash_with_memory_held_is_a_crash(kind: Kind, collector: Path, gpu: Gpu) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector, device=share(gpu)) as kernel:
        kernel.run_to_the_end(ALLOCATE.format(mib=15) + "import ctypes; ctypes.string_at(0)")
        assert kernel.session.limit_reached is None
        assert kernel.session.end_signal == "SIGSEGV"
    assert held(gpu) == 0


@pytest.mark.parametrize("kind", KINDS[:2], ids="-".join)
def test_what_it_leaves_behind_is_gone_before_the_next_begins(kind: Kind, collector: Path, gpu: Gpu) -> None:
    """A child that left its session holds memory when the kernel is closed."""
    skip_unless_held(kind[1])
    with started(kind, collector, device=share(gpu)) as kernel:
        kernel.run(ALLOCATE.format(mib=15) + IN_A_CHILD.replace("    time", "    os.setsid(); time"))
        assert held(gpu) == 30 * MIB  # both count, as with a process that inherits what its parent had
    assert held(gpu) == 0


@pytest.mark.parametrize("kind", KINDS[:1], ids="-".join)
def test_a_neighbour_on_the_same_gpu_is_not_charged(kind: Kind, collector: Path, gpu: Gpu) -> None:
    skip_unless_held(kind[1])
    with (
        started(kind, collector, device=share(gpu)) as kernel,
        started(kind, collector, device=share(gpu)) as other,
    ):
        other.run(ALLOCATE.format(mib=15))
        kernel.run("import time; time.sleep(1.5)")
        assert kernel.usage().peak_device_bytes == 0
        other.run_to_the_end(ALLOCATE.format(mib=30) + SLEEP)
        assert kernel.run("print('still here')") == "still here"


def test_a_machine_that_does_not_tell_is_at_fault_before_any_student_code(collector: Path, gpu: Gpu) -> None:
    Path(gpu.program).write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(HarnessError, match="exit status 3"), started(KINDS[2], collector, device=share(gpu)):
        pass


@pytest.fixture
def node(gpu: Gpu) -> Iterator[Gpu]:
    """A GPU with a file in /dev, behind which is the system's /dev/zero."""
    path = Path("/dev/autograder-test")
    try:
        os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 5))
        path.chmod(0o666)
    except OSError as error:
        pytest.skip(f"no device file can be made here: {error}")
    yield replace(gpu, nodes=(str(path),))
    with contextlib.suppress(OSError):
        path.unlink()


@pytest.mark.parametrize("kind", KINDS[:2], ids="-".join)
def test_the_files_of_a_device_are_usable_for_those_who_have_it(
    kind: Kind, collector: Path, node: Gpu
) -> None:
    skip_unless_held(kind[1])
    use = f"file = open({node.nodes[0]!r}, 'r+b', buffering=0); print(file.write(b'x'), file.read(2))"
    with started(kind, collector, device=share(node)) as kernel:
        assert kernel.run(use) == "1 b'\\x00\\x00'"
    with started(kind, collector) as kernel:
        assert kernel.run(use).split(":")[0] in ("FileNotFoundError", "PermissionError")


class _Config:
    """TensorFlow's `tf.config` with one GPU, as far as `take` uses it."""

    def __init__(self, devices: list[str]) -> None:
        self.devices = devices
        self.limited: list[tuple[str, int]] = []

    def list_physical_devices(self, kind: str) -> list[str]:
        assert kind == "GPU"
        return self.devices

    def LogicalDeviceConfiguration(self, *, memory_limit: int) -> int:
        return memory_limit

    def set_logical_device_configuration(self, device: str, parts: list[int]) -> None:
        (part,) = parts
        self.limited.append((device, part))


class _Cuda:
    def __init__(self, *, is_available: bool) -> None:
        self._is_available = is_available
        self.fractions: list[float] = []

    def is_available(self) -> bool:
        return self._is_available

    def set_per_process_memory_fraction(self, fraction: float) -> None:
        self.fractions.append(fraction)


class _Module:
    def __init__(self, **members: object) -> None:
        vars(self).update(members)


@pytest.fixture
def large(gpu: Gpu) -> Gpu:
    return replace(gpu, memory_bytes=80 * 2**30)


def test_backends_are_told_of_their_share(large: Gpu, monkeypatch: pytest.MonkeyPatch) -> None:
    config, cuda = _Config(["GPU:0"]), _Cuda(is_available=True)
    core = _Module(DEFAULT_DEVICE="cpu")
    monkeypatch.setitem(device.sys.modules, "tensorflow", _Module(config=config))  # type: ignore[arg-type]
    monkeypatch.setitem(device.sys.modules, "torch", _Module(cuda=cuda))  # type: ignore[arg-type]
    monkeypatch.setitem(device.sys.modules, "keras.src.backend.torch.core", core)  # type: ignore[arg-type]
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    device.take(DeviceShare(large, 8 * 2**30, ("tensorflow", "torch")))
    assert config.limited == [("GPU:0", 8192 - 768)]
    assert cuda.fractions == [(8192 - 768) / 81920]
    assert core.DEFAULT_DEVICE == "cuda"  # type: ignore[attr-defined]
    assert os.environ["CUDA_VISIBLE_DEVICES"] == large.uuid


@pytest.mark.parametrize("backend", ["tensorflow", "torch"])
def test_a_backend_that_sees_no_gpu_does_not_go_on_without(
    backend: str, large: Gpu, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind = {"tensorflow": _Module(config=_Config([])), "torch": _Module(cuda=_Cuda(is_available=False))}
    monkeypatch.setitem(device.sys.modules, backend, blind[backend])  # type: ignore[arg-type]
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    with pytest.raises(RuntimeError, match="does not see the GPU"):
        device.take(DeviceShare(large, 8 * 2**30, (backend,)))  # type: ignore[arg-type]
