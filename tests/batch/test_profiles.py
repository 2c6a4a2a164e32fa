"""What a profile's sizes do to a submission: the notebook runs with them, and the scorecard says so."""

import asyncio
from pathlib import Path

import pytest

from autograder.authoring.build import build_exercise
from autograder.authoring.verify import verify_exercises
from autograder.batch import BatchOptions, Results, SilentProgress, regrade
from autograder.batch.inputs import hashes_for
from autograder.batch.processes import Isolation
from autograder.course import Course, Profile, load_course
from autograder.kernels import KernelKind
from autograder.reports import render_feedback
from mini import MiniCourse

SIZES = """
settings = { ROUNDS = 2 }
gpu = { settings = { ROUNDS = 5 } }
"""
USES_THE_NAME = "total = 10\nprint('rounds', ROUNDS)"


def in_profile(mini: MiniCourse, profile: Profile) -> MiniCourse:
    course = load_course(mini.course.root)
    exercises = tuple(exercise.in_profile(profile) for exercise in course.exercises)
    return MiniCourse(course.model_copy(update={"exercises": exercises}), mini.results)


@pytest.fixture
def sized(mini: MiniCourse) -> MiniCourse:
    with (mini.course.root / "solutions" / "course.toml").open("a", encoding="utf-8") as file:
        file.write(SIZES)
    return in_profile(mini, "cpu")


def rounds(mini: MiniCourse) -> str:
    executed = (mini.folder("kim") / "executed.ipynb").read_text(encoding="utf-8")
    return next(number for number in ("2", "5") if f"rounds {number}" in executed)


@pytest.mark.parametrize("kernel", ["warm", "cold"])
def test_a_submission_runs_with_the_sizes_of_the_profile(
    sized: MiniCourse, tmp_path: Path, kernel: KernelKind
) -> None:
    folder = sized.hand_in(tmp_path / "class", kim={"q1": USES_THE_NAME})
    sizes: dict[Profile, str] = {"cpu": "2", "gpu": "5"}
    for profile, expected in sizes.items():
        mini = in_profile(sized, profile)
        assert len(mini.grade(folder, kernel=kernel).graded) == 1  # another profile is another run
        card = mini.card("kim")
        assert card.environment is not None
        assert card.environment.profile == profile
        assert rounds(mini) == expected
        assert card.score == card.max_score
    assert len(mini.grade(folder, kernel=kernel).kept) == 1


def test_the_starter_is_the_same_in_every_profile(sized: MiniCourse) -> None:
    gpu = in_profile(sized, "gpu")
    assert gpu.built == sized.built
    assert "ROUNDS = 2" in gpu.built.starter.read_text(encoding="utf-8")


def test_the_profile_is_part_of_what_decides_a_result_also_without_sizes(mini: MiniCourse) -> None:
    exercise, built = mini.exercise, mini.built
    on_cpu = hashes_for(exercise, built, "x", seed=0)
    assert hashes_for(exercise.in_profile("gpu"), built, "x", seed=0).execution != on_cpu.execution


def test_what_ran_with_a_gpu_s_sizes_is_judged_again_by_that_profile(
    sized: MiniCourse, tmp_path: Path
) -> None:
    gpu = in_profile(sized, "gpu")
    gpu.grade(gpu.hand_in(tmp_path / "class", kim={}))
    before = gpu.card("kim")
    exercise = sized.exercise
    with Results.open(sized.results) as results:
        report = asyncio.run(
            regrade(
                results,
                {exercise.id: (exercise, build_exercise(exercise))},
                jobs=1,
                isolation=Isolation("warm", "none"),
                render_feedback=render_feedback,
            )
        )
    (card,) = report.regraded
    assert (card.score, card.hashes.tests) == (before.score, before.hashes.tests)
    assert card.environment == before.environment


def verify(course: Course) -> tuple[set[str], list[str]]:
    options = BatchOptions(jobs=2, seed=0, kernel="warm", sandbox="none")
    (found,) = asyncio.run(verify_exercises(course, course.exercises, options, SilentProgress()))
    return set(found.cards), [line for line in found.problems if "autograder build" not in line]


def test_an_answer_is_held_to_its_score_in_the_profiles_that_it_is_declared_for(sized: MiniCourse) -> None:
    answer = (
        'title = "Types the number"\nkind = "right"\nprofiles = ["cpu"]\n\n'
        "[cells]\nq1 = '''\ntotal = 10 if ROUNDS == 2 else 0\n'''\n"
    )
    (sized.exercise.folder / "answers" / "number.toml").write_text(answer, encoding="utf-8")
    names, problems = verify(sized.course)
    assert "number" in names
    assert problems == []
    names, problems = verify(in_profile(sized, "gpu").course)
    assert "number" not in names
    assert problems == []
