"""The page that one student is handed.

The template is given views, not the scorecard: the name of a hidden test case and the instructor's
message are not in them, so no change to the template can show either.
"""

from dataclasses import dataclass

from autograder.reports.pages import render
from autograder.reports.rows import earned_in, row_of
from autograder.reports.words import OUTCOMES, Words
from autograder.scorecard import CaseResult, Outcome, QuestionResult, Scorecard, Status


@dataclass(frozen=True)
class CaseView:
    """A test case as the student sees it; `name` is empty for a hidden one, which has a number instead."""

    name: str
    hidden_number: int | None
    words: Words
    earned: float | None
    points: float
    message: str


@dataclass(frozen=True)
class QuestionView:
    """A question as the student sees it."""

    name: str
    earned: float | None
    points: float
    cases: tuple[CaseView, ...]


def render_feedback(card: Scorecard) -> str:
    """A self-contained HTML page with one student's result in one exercise; safe to hand out."""
    row = row_of(card)
    return render(
        "feedback.html.j2",
        row=row,
        error=None if row.is_pending or card.error == card.execution.limit else card.error,
        questions=[_question(card, question) for question in card.questions],
        limit=card.execution.limit,
        # After a fault of ours, an error in a cell may be its consequence.
        first_error=None if card.status is Status.HARNESS_ERROR else card.execution.first_error,
        warnings=card.warnings,
        stand_ins=_stand_ins(card),
        submission_hash=card.hashes.submission[:12],
        graded_at=card.provenance.graded_at,
        engine=card.provenance.engine,
    )


def _stand_ins(card: Scorecard) -> list[str]:
    """The data files and weights of this run that were not the real ones."""
    if card.environment is None:
        return []
    files = [one.file for one in card.environment.datasets if one.kind == "stand-in"]
    return files + [one.name for one in card.environment.pretrained if one.kind == "stand-in"]


def _question(card: Scorecard, question: QuestionResult) -> QuestionView:
    views = []
    hidden_so_far = 0
    for case in question.cases:
        hidden_so_far += case.hidden
        views.append(_case(card, case, hidden_so_far if case.hidden else None))
    return QuestionView(question.name, earned_in(card, question), question.points, tuple(views))


def _case(card: Scorecard, case: CaseResult, hidden_number: int | None) -> CaseView:
    is_open = card.status is Status.HARNESS_ERROR or case.outcome is Outcome.UNGRADED
    return CaseView(
        name="" if case.hidden else case.name,
        hidden_number=hidden_number,
        words=OUTCOMES[Outcome.UNGRADED if is_open else case.outcome],
        earned=None if is_open else case.earned,
        points=case.points,
        message="" if is_open else case.student_message.rstrip(),
    )
