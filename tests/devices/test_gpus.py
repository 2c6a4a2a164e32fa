"""What `nvidia-smi` says, read; who computes where."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course import Exercise, Text
from autograder.course.manifest import GpuProfile, Limits
from autograder.devices import Gpu, find_gpus, place, placing, used_bytes
from autograder.devices.gpus import read_gpus
from autograder.devices.shares import DeviceShare, slots
from autograder.errors import HarnessError, UsageError
from devices.fake_gpu import MIB, FakeGpus


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is first on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def test_a_machine_without_the_program_has_no_gpu(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_gpus() == ()


def test_a_program_without_a_driver_has_no_gpu(path: Path) -> None:
    """It says so on stdout and ends with a status of its own."""
    program = path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho NVIDIA-SMI has failed\nexit 9\n")
    program.chmod(0o755)
    assert find_gpus() == ()


def test_a_gpu_is_found_with_all_that_is_told_of_it(path: Path) -> None:
    fake = FakeGpus(count=2)
    fake.install(path)
    first, second = find_gpus()
    assert (first.name, first.memory_bytes, first.driver, first.cuda) == (
        "NVIDIA Paper 100",
        100 * MIB,
        "570.86.15",
        "12.8",
    )
    assert (first.uuid, second.uuid) == tuple(fake.uuids)


@pytest.mark.parametrize(
    "answer",
    ["", "<nvidia_smi_log>", "<nvidia_smi_log/>", FakeGpus().xml.replace("MiB", "GB")],
    ids=["nothing", "cut off", "no driver", "another unit"],
)
def test_an_answer_that_cannot_be_read_is_said(answer: str) -> None:
    with pytest.raises(HarnessError, match="not as expected"):
        read_gpus(answer.encode(), "nvidia-smi")


def test_a_gpu_that_is_cut_up_is_refused() -> None:
    with pytest.raises(HarnessError, match="switch MIG off"):
        read_gpus(FakeGpus(mig="Enabled").xml.encode(), "nvidia-smi")


def test_memory_is_told_by_process_or_in_sum(tmp_path: Path) -> None:
    (gpu,) = FakeGpus().found(tmp_path)
    held = os.memfd_create(gpu.uuid)
    try:
        os.ftruncate(held, 20 * MIB)
        own = [os.getpid()]
        by_process = replace(gpu, tells_processes=True)
        assert asyncio.run(used_bytes(by_process, own)) == 20 * MIB
        assert asyncio.run(used_bytes(by_process, ())) == 0
        assert asyncio.run(used_bytes(replace(gpu, tells_processes=False), own)) == 27 * MIB
    finally:
        os.close(held)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo '[N/A]'", "does not tell"),
        ("exit 3", "exit status 3"),
    ],
)
def test_memory_that_is_not_told_is_an_error_of_the_machine(tmp_path: Path, script: str, said: str) -> None:
    (gpu,) = FakeGpus().found(tmp_path)
    Path(gpu.program).write_text(f"#!/bin/sh\n{script}\n")
    with pytest.raises(HarnessError, match=said):
        asyncio.run(used_bytes(replace(gpu, tells_processes=False), ()))


def test_a_share_survives_being_written_down(tmp_path: Path) -> None:
    (gpu,) = FakeGpus().found(tmp_path)
    share = DeviceShare(gpu, 10**9, ("tensorflow", "torch"))
    assert DeviceShare.from_json(share.to_json()) == share


def test_a_backend_gets_less_than_the_share_but_half_at_least(tmp_path: Path) -> None:
    (gpu,) = FakeGpus().found(tmp_path)
    assert DeviceShare(gpu, 8 * 2**30, ()).for_arrays == 8 * 2**30 - 768 * MIB
    assert DeviceShare(gpu, 2**30, ()).for_arrays == 2**29


@pytest.mark.parametrize(
    ("share_mib", "tells", "numbers"),
    [
        (100, True, [0, 1]),
        (40, True, [0, 1, 0, 1]),
        (30, True, [0, 1, 0, 1, 0, 1]),
        (30, False, [0, 1]),
    ],
)
def test_slots_take_the_gpus_in_turns(
    tmp_path: Path, share_mib: int, tells: bool, numbers: list[int]
) -> None:
    gpus = [replace(gpu, tells_processes=tells) for gpu in FakeGpus(count=2).found(tmp_path)]
    assert slots(gpus, share_mib * MIB) == tuple(gpus[number] for number in numbers)


def test_a_share_that_no_gpu_has_room_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="device_memory_mb"):
        slots(FakeGpus().found(tmp_path), 200 * MIB)


@pytest.fixture
def gpu(tmp_path: Path) -> Iterator[Gpu]:
    (found,) = FakeGpus(mib=10_000).found(tmp_path)
    return replace(found, tells_processes=True)


def exercise(name: str, *preload: str) -> Exercise:
    return Exercise(
        id=name,
        title=Text(ko=name, en=name),
        root=Path("/none"),
        preload=preload,
        limits=Limits(device_memory_mb=4000),
        settings={"EPOCHS": 1},
        gpu=GpuProfile(settings={"EPOCHS": 9}),
    )


COURSE = (exercise("1", "numpy"), exercise("2", "numpy", "keras"), exercise("3", "torch", "transformers"))


@pytest.mark.parametrize(
    ("seeing", "profiles", "blind"),
    [
        (("tensorflow", "torch"), ["cpu", "gpu", "gpu"], []),
        (("torch",), ["cpu", "cpu", "gpu"], ["tensorflow"]),
        ((), ["cpu", "cpu", "cpu"], ["tensorflow", "torch"]),
    ],
)
def test_an_exercise_is_placed_where_its_backend_sees_the_gpu(
    gpu: Gpu,
    monkeypatch: pytest.MonkeyPatch,
    seeing: tuple[str, ...],
    profiles: list[str],
    blind: list[str],
) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    monkeypatch.setattr(placing, "backends_with_device", lambda _gpu, _wanted: seeing)
    placed = place(COURSE, [gpu])
    assert [one.profile for one in placed.exercises] == profiles
    assert [one.settings["EPOCHS"] for one in placed.exercises] == [9 if p == "gpu" else 1 for p in profiles]
    assert len(placed.gpus) == (2 if "gpu" in profiles else 0)
    assert [note.split()[0] for note in placed.notes] == blind


def test_where_processes_are_not_told_there_is_one_slot_and_it_is_said(
    gpu: Gpu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "backends_with_device", lambda _gpu, wanted: tuple(wanted))
    placed = place(COURSE, [replace(gpu, tells_processes=False)])
    assert len(placed.gpus) == 1
    assert "--pid=host" in placed.notes[-1]
