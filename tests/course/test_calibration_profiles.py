"""Thresholds belong to sizes: where a GPU's profile has others than the CPU's, it has thresholds of its own."""

from pathlib import Path

import pytest

from autograder.authoring.calibrate import write_calibration
from autograder.course import Exercise, load_course
from autograder.course.calibration import read_calibration
from autograder.errors import CourseError
from course.real_numbers import REAL
from course.test_calibration_kinds import calibration, threshold
from course.test_calibration_kinds import exercise as on_data
from course.test_profiles import with_sizes
from mini import MiniCourse


@pytest.fixture
def exercise(mini: MiniCourse) -> Exercise:
    return with_sizes(mini)


def test_each_profile_reads_its_own_thresholds(exercise: Exercise) -> None:
    gpu = exercise.in_profile("gpu")
    write_calibration(exercise, calibration(0.4))
    write_calibration(gpu, calibration(0.7))
    assert (threshold(exercise), threshold(gpu)) == (0.4, 0.7)
    write_calibration(exercise, calibration(0.5))
    assert (threshold(exercise), threshold(gpu)) == (0.5, 0.7)  # not lost by measuring the other again
    pictures = {path.name for path in exercise.folder.glob("*.svg")}
    assert pictures == {"calibration.svg", "calibration.gpu.svg"}


def test_without_thresholds_for_its_sizes_nothing_is_graded(exercise: Exercise) -> None:
    write_calibration(exercise, calibration(0.4))
    with pytest.raises(CourseError, match="run `autograder calibrate 01_numbers --profile gpu`"):
        read_calibration(exercise.in_profile("gpu"))


def test_the_cpu_s_thresholds_come_first(exercise: Exercise) -> None:
    with pytest.raises(CourseError, match="the CPU's settings come first"):
        write_calibration(exercise.in_profile("gpu"), calibration(0.7))


def test_where_the_sizes_are_the_same_one_calibration_holds_for_both(mini: MiniCourse) -> None:
    write_calibration(mini.exercise.in_profile("gpu"), calibration(0.4))
    assert threshold(mini.exercise) == threshold(mini.exercise.in_profile("gpu")) == 0.4


def test_kinds_of_data_are_kept_apart_in_each_profile(
    mini: MiniCourse, own_cache: Path, tmp_path: Path
) -> None:
    with_sizes(mini)
    root = mini.course.root
    registry = root / "datasets" / "registry.toml"
    registry.write_text(registry.read_text(encoding="utf-8") + REAL, encoding="utf-8")
    write_calibration(load_course(root).exercises[0], calibration(0.4))
    real = on_data(root, "real", tmp_path).in_profile("gpu")
    with pytest.raises(CourseError, match="data of the course come first"):
        write_calibration(real, calibration(0.8))
    write_calibration(on_data(root, "stand-in", tmp_path).in_profile("gpu"), calibration(0.7))
    with pytest.raises(CourseError, match="no thresholds for real data"):
        read_calibration(real)
    write_calibration(real, calibration(0.8))
    assert threshold(on_data(root, "real", tmp_path).in_profile("gpu")) == 0.8
    assert threshold(on_data(root, "stand-in", tmp_path).in_profile("gpu")) == 0.7
    assert (real.folder / "calibration.gpu.real.svg").is_file()
