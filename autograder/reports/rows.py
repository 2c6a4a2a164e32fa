"""Scorecards as the rows of a class table, for whatever prints one: a terminal, a CSV file, a page.

All text in a row has been through `safe_line`; what a format treats as its own (rich's square
brackets, HTML's angle brackets) is still there. A number is None where there is nothing to show, which
is never the same as 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.reports.words import Words, is_pending, standing
from autograder.scorecard import Outcome, QuestionResult, Scorecard, Status
from autograder.text import safe_line


@dataclass(frozen=True)
class QuestionCell:
    """One question of one student; `earned` is None while a test case of it is ungraded."""

    name: str
    earned: float | None
    points: float


@dataclass(frozen=True)
class Row:
    """One submission. `reason` says why there is no ordinary grade, and is empty where there is one."""

    student: str
    exercise: str
    status: Status
    standing: Words
    is_pending: bool
    score: float | None
    max_score: float
    questions: tuple[QuestionCell, ...]
    wall_s: float
    reason: str

    @property
    def percent(self) -> float | None:
        """The score as a percentage, to one decimal."""
        if self.score is None or self.max_score <= 0:
            return None
        return round(100 * self.score / self.max_score, 1)

    @property
    def order(self) -> tuple[str, str, str]:
        """What rows are sorted by: the student, then the exercise."""
        return (self.student.casefold(), self.student, self.exercise)


def class_rows(cards: Iterable[Scorecard]) -> list[Row]:
    """One row per scorecard, sorted by student and exercise."""
    return sorted((row_of(card) for card in cards), key=lambda row: row.order)


def row_of(card: Scorecard) -> Row:
    """The scorecard as one row."""
    pending = is_pending(card)
    return Row(
        student=safe_line(card.student),
        exercise=safe_line(card.exercise),
        status=card.status,
        standing=standing(card),
        is_pending=pending,
        score=None if pending else card.score,
        max_score=card.max_score,
        questions=tuple(
            QuestionCell(safe_line(question.name), earned_in(card, question), question.points)
            for question in card.questions
        ),
        wall_s=card.execution.wall_s,
        reason=_reason(card),
    )


def earned_in(card: Scorecard, question: QuestionResult) -> float | None:
    """The points of a question, or None where our fault left it open."""
    is_open = card.status is Status.HARNESS_ERROR or any(
        case.outcome is Outcome.UNGRADED for case in question.cases
    )
    return None if is_open else question.earned


def exercises_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """The exercises that occur, sorted."""
    return tuple(sorted({row.exercise for row in rows}))


def questions_of(rows: Iterable[Row], exercise: str) -> tuple[str, ...]:
    """The questions of an exercise in course order; an unreadable submission may know none of them."""
    return tuple(
        dict.fromkeys(cell.name for row in rows if row.exercise == exercise for cell in row.questions)
    )


def _reason(card: Scorecard) -> str:
    if card.error or card.execution.limit:
        return safe_line(card.error or card.execution.limit or "")
    if not is_pending(card):
        return ""
    ungraded = sum(case.outcome is Outcome.UNGRADED for question in card.questions for case in question.cases)
    return f"{ungraded} test cases could not be graded, which is not the student's fault; grade again"
