"""A profile is a set of sizes and limits: the CPU's stand in the manifest, and of the GPU's what differs."""

import pytest

from autograder.course import Exercise, Limits, load_course
from autograder.errors import CourseError
from mini import MiniCourse

SIZES = """
settings = { EPOCHS = 2, BATCH_SIZE = 10 }
gpu = { settings = { EPOCHS = 30 }, limits = { cell_s = 50, device_memory_mb = 4096 } }
"""


def with_sizes(mini: MiniCourse, sizes: str = SIZES) -> Exercise:
    with (mini.course.root / "solutions" / "course.toml").open("a", encoding="utf-8") as file:
        file.write(sizes)
    return load_course(mini.course.root).exercises[0]


def test_an_exercise_is_in_the_cpu_s_profile_unless_asked_otherwise(mini: MiniCourse) -> None:
    exercise = with_sizes(mini)
    assert exercise.profile == "cpu"
    assert exercise.settings == {"EPOCHS": 2, "BATCH_SIZE": 10}
    assert exercise.in_profile("cpu") == exercise


def test_the_gpu_s_profile_replaces_what_it_names_and_keeps_the_rest(mini: MiniCourse) -> None:
    exercise = with_sizes(mini)
    gpu = exercise.in_profile("gpu")
    assert gpu.profile == "gpu"
    assert gpu.settings == {"EPOCHS": 30, "BATCH_SIZE": 10}
    assert (gpu.limits.cell_s, gpu.limits.device_memory_mb) == (50, 4096)
    assert gpu.limits.notebook_s == exercise.limits.notebook_s
    assert gpu.cpu_settings == exercise.settings


def test_any_profile_leads_to_any_other(mini: MiniCourse) -> None:
    exercise = with_sizes(mini)
    assert exercise.in_profile("gpu").in_profile("cpu") == exercise
    assert exercise.in_profile("gpu").in_profile("gpu") == exercise.in_profile("gpu")


def test_an_exercise_without_a_gpu_s_part_differs_in_the_name_of_the_profile_only(mini: MiniCourse) -> None:
    gpu = mini.exercise.in_profile("gpu")
    assert (gpu.profile, gpu.settings, gpu.limits) == ("gpu", {}, mini.exercise.limits)
    assert not gpu.has_own_thresholds


def test_thresholds_are_measured_for_other_sizes_and_not_for_other_limits(mini: MiniCourse) -> None:
    exercise = with_sizes(mini, "settings = { EPOCHS = 2 }\ngpu = { limits = { cell_s = 50 } }\n")
    assert not exercise.in_profile("gpu").has_own_thresholds


def test_device_memory_has_a_default() -> None:
    assert Limits().device_memory_mb == 8192


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ("gpu = { settings = { EPOCHS = 30 } }", "gpu.settings has EPOCHS, which settings lacks"),
        ("gpu = { limits = { cell_seconds = 5 } }", "cell_seconds"),
        ("gpu = { limits = { cell_s = -1 } }", "greater than 0"),
        ("settings = { epochs = 2 }", "settings.epochs"),
        ("settings = { EPOCHS = 0 }", "settings.EPOCHS"),
        ("settings = { EPOCHS = 'many' }", "settings.EPOCHS"),
    ],
)
def test_a_mistake_in_the_manifest_is_named(mini: MiniCourse, sizes: str, words: str) -> None:
    with pytest.raises(CourseError, match=words):
        with_sizes(mini, sizes + "\n")
