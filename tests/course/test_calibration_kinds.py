"""Thresholds belong to a kind of data: a class graded on the other kind is not measured by them."""

from pathlib import Path

import pytest

from autograder.authoring.calibrate import write_calibration
from autograder.course import Exercise, load_course
from autograder.course.calibration import Calibration, Measured, Metric, read_calibration
from autograder.course.datasets import use_real, use_stand_in
from autograder.errors import CourseError
from course.real_numbers import REAL
from mini import MiniCourse


def calibration(threshold: float) -> Calibration:
    measured = Measured(values=(0.5, 0.6, 0.7), mean=0.6, sd=0.1, chance=0.001)
    metric = Metric(
        better="higher", scale="linear", threshold=threshold, honest=measured, weak={"guess": measured}
    )
    return Calibration(
        exercise="01_numbers", seeds=(0, 1, 2), metrics={"accuracy": metric}, versions={}, reference_hash="x"
    )


@pytest.fixture
def root(mini: MiniCourse, own_cache: Path) -> Path:
    registry = mini.course.root / "datasets" / "registry.toml"
    registry.write_text(registry.read_text(encoding="utf-8") + REAL, encoding="utf-8")
    return mini.course.root


def exercise(root: Path, kind: str, tmp_path: Path) -> Exercise:
    """The exercise as it is with this kind of data in use."""
    registered = load_course(root).registry.dataset["numbers"]
    if kind == "real":
        path = tmp_path / "real.csv"
        path.write_text("number\n7\n", encoding="utf-8")
        use_real("numbers", registered, path)
    else:
        use_stand_in("numbers", registered)
    return load_course(root).exercises[0]


def threshold(exercise: Exercise) -> float:
    found = read_calibration(exercise)
    assert found is not None
    return found.thresholds["accuracy"]


def test_each_kind_has_thresholds_of_its_own(root: Path, tmp_path: Path) -> None:
    write_calibration(exercise(root, "stand-in", tmp_path), calibration(0.4))
    write_calibration(exercise(root, "real", tmp_path), calibration(0.2))
    assert threshold(exercise(root, "real", tmp_path)) == 0.2
    assert threshold(exercise(root, "stand-in", tmp_path)) == 0.4
    write_calibration(exercise(root, "stand-in", tmp_path), calibration(0.5))
    assert threshold(exercise(root, "real", tmp_path)) == 0.2  # not lost by measuring the other kind again


def test_without_thresholds_for_the_kind_in_use_nothing_is_graded(
    root: Path, tmp_path: Path, mini: MiniCourse
) -> None:
    write_calibration(exercise(root, "stand-in", tmp_path), calibration(0.4))
    used = exercise(root, "real", tmp_path)
    with pytest.raises(CourseError, match="no thresholds for real data"):
        read_calibration(used)
    with_real = MiniCourse(load_course(root), mini.results)
    with pytest.raises(CourseError, match="autograder calibrate 01_numbers"):
        with_real.grade(with_real.hand_in(tmp_path / "class", kim={}))


def test_the_course_s_own_data_are_calibrated_first(root: Path, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="come first"):
        write_calibration(exercise(root, "real", tmp_path), calibration(0.2))


def test_an_exercise_without_thresholds_runs_on_any_data(root: Path, tmp_path: Path) -> None:
    assert read_calibration(exercise(root, "real", tmp_path)) is None


def test_a_file_for_one_kind_is_written_as_before(root: Path, tmp_path: Path) -> None:
    used = exercise(root, "stand-in", tmp_path)
    write_calibration(used, calibration(0.4))
    assert used.calibration.read_text(encoding="utf-8") == calibration(0.4).model_dump_json(indent=1) + "\n"
