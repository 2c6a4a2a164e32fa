"""A judge that does not survive a test case costs that case, and nothing else."""

from pathlib import Path

import pytest

from autograder.batch import judging
from autograder.scorecard import Outcome, Scorecard
from mini import MiniCourse

# The judge meets these in a test; evidence that has the same effect is not easy to make on purpose.
ENDS = "import os; os._exit(3)"
CRASHES = "import ctypes; ctypes.string_at(0)"
HANGS = "import time; time.sleep(600)"
TEST = "assert double([7001, -7002]) == [14002, -14004]"


def graded_with(folder: Path, body: str) -> Scorecard:
    folder.mkdir()
    mini = MiniCourse.copy(folder)
    mini.edit_master(TEST, body)
    report = mini.grade(mini.hand_in(folder / "in", honest={}))
    assert not report.problems
    return mini.card("honest")


def outcomes(card: Scorecard) -> dict[str, Outcome]:
    return {case.name: case.outcome for question in card.questions for case in question.cases}


@pytest.mark.parametrize("body", [ENDS, CRASHES])
def test_a_judge_that_ends_in_a_case_costs_that_case(tmp_path: Path, body: str) -> None:
    card = graded_with(tmp_path / "course", body)
    found = outcomes(card)
    assert found.pop("test_double_of_secret_numbers") is Outcome.ERRORED
    assert set(found.values()) == {Outcome.PASSED}
    assert card.score == card.max_score - 3


def test_a_judge_that_falls_silent_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "SILENCE_S", 3.0)
    card = graded_with(tmp_path / "course", HANGS)
    found = outcomes(card)
    assert found.pop("test_double_of_secret_numbers") is Outcome.ERRORED
    assert set(found.values()) == {Outcome.PASSED}


def test_after_several_lost_judges_the_rest_is_not_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "MAX_LOST", 1)
    card = graded_with(tmp_path / "course", ENDS)
    found = outcomes(card)
    assert found["test_total_of_the_file"] is Outcome.PASSED  # public ones came first
    assert found["test_double_of_secret_numbers"] is Outcome.ERRORED
    assert found["test_squares_are_those_of_the_reference"] is Outcome.ERRORED
    messages = [case.message for question in card.questions for case in question.cases]
    assert any("not tried" in message for message in messages)
