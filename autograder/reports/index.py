"""The class page, for the instructor: what needs attention, who got what, which test cases fail most.

Unlike a feedback page it shows the names of hidden test cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from autograder.reports.pages import render
from autograder.reports.rows import QuestionCell, Row, exercises_of, questions_of, row_of
from autograder.reports.tallies import Averages, CaseTally, attention_rank, averages, most_failed
from autograder.scorecard import Scorecard


@dataclass(frozen=True)
class Filed:
    """A scorecard and the student's folder under `submissions/` that it lies in."""

    card: Scorecard
    folder: str


@dataclass(frozen=True)
class Run:
    """What the page says about the grading run; `wall_s` and `jobs` where they are known."""

    title: str
    finished_at: datetime
    wall_s: float | None = None
    jobs: int | None = None


@dataclass(frozen=True)
class Line:
    """One submission on the class page; `cells` follow the exercise's questions, None where unknown."""

    row: Row
    link: str
    cells: tuple[QuestionCell | None, ...]


@dataclass(frozen=True)
class Column:
    """A question's column: its name, what it is worth, and the class's mean percentage."""

    name: str
    points: float
    mean: float | None


@dataclass(frozen=True)
class Section:
    """One exercise on the class page."""

    exercise: str
    averages: Averages
    questions: tuple[Column, ...]
    lines: tuple[Line, ...]
    tallies: tuple[CaseTally, ...]


def render_index(filed: Sequence[Filed], run: Run) -> str:
    """The class page, self-contained but for its links to the feedback pages."""
    placed = sorted(((row_of(one.card), one) for one in filed), key=lambda pair: pair[0].order)
    rows = [row for row, _ in placed]
    ranked = [
        (rank, row, feedback_link(one))
        for row, one in placed
        if (rank := attention_rank(one.card)) is not None
    ]
    levels = {one.card.environment.isolation for one in filed if one.card.environment}
    return render(
        "index.html.j2",
        run=run,
        totals=averages(rows),
        attention=[(row, link) for _, row, link in sorted(ranked, key=lambda entry: entry[0])],
        sections=[_section(exercise, placed) for exercise in exercises_of(rows)],
        isolation=sorted(levels),
        heat=heat,
    )


def feedback_link(filed: Filed) -> str:
    """The address of a feedback page, relative to the class page."""
    # A name that is not UTF-8 on disk reaches us with surrogates in it; the address needs its bytes.
    parts = ("submissions", filed.folder, filed.card.exercise, "feedback.html")
    return "/".join(quote(part, safe="", errors="surrogateescape") for part in parts)


def heat(cell: QuestionCell) -> str:
    """The shade of a question's cell: from h0, nothing earned, to h4, all of it."""
    if cell.earned is None:
        return "open"
    share = cell.earned / cell.points if cell.points > 0 else 1.0
    if 0 < share < 1:
        return f"h{1 + min(2, int(share * 3))}"
    return "h4" if share >= 1 else "h0"


def _section(exercise: str, placed: Sequence[tuple[Row, Filed]]) -> Section:
    ours = [(row, one) for row, one in placed if row.exercise == exercise]
    rows = [row for row, _ in ours]
    names = questions_of(rows, exercise)
    return Section(
        exercise=exercise,
        averages=averages(rows),
        questions=tuple(_column(name, rows) for name in names),
        lines=tuple(_line(row, one, names) for row, one in ours),
        tallies=tuple(most_failed(one.card for _, one in ours)),
    )


def _line(row: Row, filed: Filed, names: tuple[str, ...]) -> Line:
    cells = {cell.name: cell for cell in row.questions}
    return Line(row, feedback_link(filed), tuple(cells.get(name) for name in names))


def _column(name: str, rows: Sequence[Row]) -> Column:
    cells = [cell for row in rows for cell in row.questions if cell.name == name]
    shares = [
        100 * cell.earned / cell.points for cell in cells if cell.earned is not None and cell.points > 0
    ]
    # After a change of points, scorecards of before and after may stand side by side.
    return Column(name, max(cell.points for cell in cells), sum(shares) / len(shares) if shares else None)
