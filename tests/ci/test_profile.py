"""`autograder scorecard --profile` on the small course, with a GPU of paper.

Replaced is what asks the machine: `nvidia-smi`, whether backends see a GPU, whether process ids are the driver's. The
small course trains nothing; it is said to, so that it is placed on the GPU.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from autograder.batch import jobs
from autograder.cli.main import main
from autograder.course import load_course
from autograder.devices import gpus, placing
from autograder.runs import RunScorecard, read_run_scorecard
from devices.fake_gpu import ALLOCATE, MIB, FakeGpus
from mini import MiniCourse

GPU_PROFILE = """
[exercise.gpu]
limits = { device_memory_mb = 25, cell_s = 60, notebook_s = 120 }
"""


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeGpus:
    """A GPU of 100 MiB, that every backend sees."""
    fake = FakeGpus()
    program = fake.install(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(gpus, "tells_processes", lambda: True)
    monkeypatch.setattr(placing, "backends_with_device", lambda _gpu, wanted: tuple(wanted))
    for module in (placing, jobs):
        monkeypatch.setattr(module, "backends_of", lambda _preload: ("torch",))
    return fake


@pytest.fixture
def course(mini: MiniCourse) -> MiniCourse:
    manifest = mini.course.root / "solutions" / "course.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + GPU_PROFILE, encoding="utf-8")
    return MiniCourse(load_course(mini.course.root), mini.results)


def scorecard(course: MiniCourse, *args: str | Path) -> Result:
    out = course.results.parent / "out"
    common = ("--out", out, "--course", course.course.root, "--sandbox", "none", "--jobs", "2")
    return CliRunner().invoke(main, ["scorecard", *map(str, (*common, *args))], catch_exceptions=False)


def record(course: MiniCourse) -> RunScorecard:
    return read_run_scorecard(course.results.parent / "out")


def card(course: MiniCourse, student: str) -> Any:
    folder = course.results.parent / "out" / "class" / "results" / "submissions" / student / "01_numbers"
    return json.loads((folder / "scorecard.json").read_bytes())


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("profile", ["auto", "gpu"])
def test_a_gpu_is_taken_and_told_of(course: MiniCourse, tmp_path: Path, profile: str) -> None:
    folder = course.hand_in(tmp_path / "class", kim={"q1": "total = 10\n" + ALLOCATE.format(mib=10)})
    done = scorecard(course, "--profile", profile, "--submissions", folder)
    assert done.exit_code == 0, done.output
    run = record(course)
    assert (run.profile, str(run.device)) == ("gpu", "NVIDIA Paper 100, 0 GiB, driver 570.86.15, CUDA 12.8")
    assert [(entry.student, entry.profile, entry.percent) for entry in run.entries] == [
        ("reference", "gpu", 100),
        ("kim", "gpu", 100),
    ]
    assert all(entry.peak_device_bytes is not None for entry in run.entries)
    environment = card(course, "kim")["environment"]
    assert (environment["profile"], environment["device"]) == ("gpu", "NVIDIA Paper 100")
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "NVIDIA Paper 100" in page


@pytest.mark.usefixtures("paper")
def test_who_takes_too_much_is_stopped_and_nobody_else(course: MiniCourse, tmp_path: Path) -> None:
    """In two slots on one GPU: one that hogs, one that crashes with memory held, two that are honest."""
    hog = ALLOCATE.format(mib=40) + "import time; time.sleep(50)\ntotal = 10"
    crash = ALLOCATE.format(mib=10) + "import ctypes; ctypes.string_at(0)"
    honest = ALLOCATE.format(mib=20) + "import time; time.sleep(1.5)\ntotal = 10"
    folder = course.hand_in(
        tmp_path / "class",
        a_hog={"q1": hog},
        b_crash={"q1": crash},
        c_kim={"q1": honest},
        d_lee={"q1": honest},
    )
    done = scorecard(course, "--profile", "gpu", "--submissions", folder)
    assert done.exit_code == 0, done.output
    run = record(course)
    assert run.jobs == 2
    found = {
        entry.student: (str(entry.status), entry.is_full, entry.peak_device_bytes)
        for entry in run.submissions
    }
    assert found["a_hog"] == ("out_of_memory", False, 40 * MIB)
    assert found["b_crash"][:2] == ("killed", False)
    assert found["c_kim"] == found["d_lee"] == ("graded", True, 20 * MIB)
    assert "over 25 MB of the device's memory" in card(course, "a_hog")["error"]
    assert "SIGSEGV" in card(course, "b_crash")["error"]


def test_slots_are_no_more_than_the_gpu_has_room_for(
    course: MiniCourse, paper: FakeGpus, tmp_path: Path
) -> None:
    FakeGpus(mib=40, uuid=paper.uuid).install(tmp_path / "bin")
    assert scorecard(course, "--profile", "gpu").exit_code == 0
    assert record(course).jobs == 1


@pytest.mark.usefixtures("paper")
def test_with_the_profile_cpu_nobody_asks_for_a_gpu(course: MiniCourse, tmp_path: Path) -> None:
    (tmp_path / "bin" / "nvidia-smi").write_text("#!/bin/sh\necho never called; exit 0\n")
    assert scorecard(course, "--profile", "cpu").exit_code == 0
    run = record(course)
    assert (run.profile, run.entries[0].profile, run.entries[0].peak_device_bytes) == ("cpu", "cpu", None)


def test_another_profile_is_graded_again_and_regraded_in_its_own(
    course: MiniCourse, paper: FakeGpus, tmp_path: Path
) -> None:
    assert paper.count == 1
    folder = course.hand_in(tmp_path / "class", kim={})
    assert scorecard(course, "--profile", "gpu", "--submissions", folder).exit_code == 0
    done = scorecard(course, "--profile", "gpu", "--submissions", folder)
    assert "1 submissions, 1 of them unchanged" in done.output
    done = scorecard(course, "--profile", "cpu", "--submissions", folder)
    assert "unchanged" not in done.output
    assert [entry.profile for entry in record(course).entries] == ["cpu", "cpu"]


def test_a_gpu_that_is_not_there_can_be_asked_for_in_vain(
    course: MiniCourse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = scorecard(course, "--profile", "gpu")
    assert done.exit_code == 2
    assert "say --profile cpu or auto" in done.stderr
    assert scorecard(course, "--profile", "auto").exit_code == 0
    assert record(course).profile == "cpu"


@pytest.mark.usefixtures("paper")
def test_a_gpu_that_no_backend_sees_is_said(course: MiniCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "backends_with_device", lambda _gpu, _wanted: ())
    done = scorecard(course, "--profile", "gpu")
    assert done.exit_code == 2
    assert "torch sees no GPU here" in done.stderr
    done = scorecard(course, "--profile", "auto")
    assert done.exit_code == 0
    assert "torch sees no GPU here: what runs on it stays on the processor" in done.output


def test_an_exercise_that_cannot_run_here_is_not_run(course: MiniCourse) -> None:
    manifest = course.course.root / "solutions" / "course.toml"
    second = manifest.read_text(encoding="utf-8").split("[[exercise]]")[1]
    second = second.replace("01_numbers", "02_more").replace('["otter"]', '["otter", "no_such_library.part"]')
    manifest.write_text(f"{manifest.read_text(encoding='utf-8')}\n[[exercise]]{second}", encoding="utf-8")
    assert scorecard(course, "--profile", "cpu").exit_code == 0
    (missing,) = record(course).not_run
    assert (missing.exercise, missing.reason) == ("02_more", "not installed here: no_such_library")
    done = scorecard(course, "02_more")
    assert done.exit_code == 2
    assert "none of these exercises can run here" in done.stderr


def test_a_reference_that_does_not_run_is_a_record_all_the_same(course: MiniCourse, tmp_path: Path) -> None:
    course.edit_master("total = sum(numbers)", "total = sum(nothing)")
    folder = course.hand_in(tmp_path / "class", kim={})
    done = scorecard(course, "--profile", "cpu", "--submissions", folder)
    assert done.exit_code == 1
    run = record(course)
    assert [(entry.student, entry.score) for entry in run.entries] == [("reference", None), ("kim", None)]
    assert not run.is_sound
    assert "the reference solution does not run" in run.entries[0].reason
