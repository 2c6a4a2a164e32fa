"""Scorecards made up for the reports' tests."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from autograder.scorecard import (
    CaseResult,
    Execution,
    Hashes,
    Outcome,
    Provenance,
    QuestionResult,
    Scorecard,
    Status,
)

WHEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def make_case(name: str = "test_shape", outcome: Outcome = Outcome.PASSED, **fields: object) -> CaseResult:
    earned = 1.0 if outcome is Outcome.PASSED else 0.0
    return CaseResult.model_validate(
        {"name": name, "hidden": False, "points": 1.0, "earned": earned, "outcome": outcome} | fields
    )


def make_question(name: str, *cases: CaseResult) -> QuestionResult:
    return QuestionResult(
        name=name,
        points=sum(case.points for case in cases),
        earned=sum(case.earned for case in cases),
        cases=cases,
    )


def make_card(student: str = "kim", **fields: object) -> Scorecard:
    """A graded scorecard of one question, two of two points; any field can be given."""
    questions = fields.pop("questions", None) or (
        make_question("q1", make_case(), make_case("test_hidden_values", hidden=True)),
    )
    total = {"score": sum(one.earned for one in questions), "max_score": sum(one.points for one in questions)}
    plain = {
        "student": student,
        "exercise": "11_airpassengers_lstm",
        "status": Status.GRADED,
        "questions": questions,
        "hashes": Hashes(submission="ab" * 32, tests="cd" * 32, execution="ef" * 32),
        "execution": Execution(wall_s=12.3, cells_run=20, cells_total=20),
        "environment": None,
        "provenance": Provenance(engine="autograder 0.1.0", graded_at=WHEN, source=f"{student}.ipynb"),
    }
    return Scorecard.model_validate(plain | total | fields)


@pytest.fixture
def card() -> Callable[..., Scorecard]:
    return make_card


@pytest.fixture
def case() -> Callable[..., CaseResult]:
    return make_case


@pytest.fixture
def question() -> Callable[..., QuestionResult]:
    return make_question
