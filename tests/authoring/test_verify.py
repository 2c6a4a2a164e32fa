"""verify-course: every answer through the real path, and a planted error never goes unnoticed."""

import asyncio

import pytest

from autograder.authoring.calibrate import write_calibration
from autograder.authoring.publish import publish
from autograder.authoring.verify import Verification, verify_exercises
from autograder.batch import BatchOptions, SilentProgress
from autograder.course import load_course
from autograder.course.calibration import Calibration, Measured, Metric
from autograder.scorecard import Outcome
from mini import MiniCourse


def verify(mini: MiniCourse) -> Verification:
    options = BatchOptions(jobs=2, seed=0, kernel="warm", sandbox="none")
    [verification] = asyncio.run(verify_exercises(mini.course, [mini.exercise], options, SilentProgress()))
    return verification


def test_a_sound_course_has_no_problems(mini: MiniCourse) -> None:
    publish(mini.course)
    verification = verify(mini)
    assert verification.problems == []
    assert verification.cards["reference"].score == 10
    assert verification.cards["starter"].score == 0
    hidden = verification.matrix["q1/test_total_of_the_file"]
    assert hidden["reference"] is Outcome.PASSED
    assert hidden["wrong_sum"] is Outcome.FAILED


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("assert total == 10, ", "assert total >= 0, ", "wrong_sum: q1 gets 3, declared 1"),
        ("assert total == 10, ", "assert total == 11, ", "reference: q1 gets 1, declared 3"),
        (
            "[7001, -7002]) == [14002, -14004]",
            "[7001, -7002])",
            "adds_instead_of_doubling: q2 gets 3, declared 0",
        ),
        ("assert squares[2] == 4", "assert squares[2] == 5", "reference: q3 gets 2, declared 3"),
    ],
)
def test_a_planted_error_in_a_test_case_is_found(mini: MiniCourse, old: str, new: str, words: str) -> None:
    mini.edit_master(old, new)
    publish(mini.course)
    problems = verify(mini).problems
    assert any(words in problem for problem in problems), problems


def test_a_hidden_case_that_no_wrong_answer_fails_is_named(mini: MiniCourse) -> None:
    (mini.exercise.folder / "answers" / "wrong_sum.toml").unlink()
    publish(mini.course)
    assert [problem for problem in verify(mini).problems if "no wrong answer fails" in problem] == [
        "q1/test_total_of_the_file: no wrong answer fails this hidden test case; add one that does"
    ]


def test_thresholds_measured_with_other_sizes_are_a_problem(mini: MiniCourse) -> None:
    measured = Measured(values=(0.5, 0.6), mean=0.55, sd=0.07, chance=0.001)
    metric = Metric(better="higher", scale="linear", threshold=0.4, honest=measured, weak={"guess": measured})
    with (mini.course.root / "solutions" / "course.toml").open("a", encoding="utf-8") as file:
        file.write("settings = { EPOCHS = 2 }\n")
    sized = MiniCourse(load_course(mini.course.root), mini.results)
    for epochs, expected in ((1, 1), (2, 0)):
        calibration = Calibration(
            exercise="01_numbers",
            seeds=(0, 1),
            settings={"EPOCHS": epochs},
            metrics={"accuracy": metric},
            versions={},
            reference_hash=sized.built.reference_hash,
        )
        write_calibration(sized.exercise, calibration)
        problems = [line for line in verify(sized).problems if "measured with other settings" in line]
        assert len(problems) == expected


def test_stale_exercises_are_a_problem(mini: MiniCourse) -> None:
    assert any("missing; run `autograder build`" in problem for problem in verify(mini).problems)
