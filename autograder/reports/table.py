"""grades.csv: the class table for a spreadsheet or a learning management system.

A spreadsheet runs a cell that starts like a formula, so such text gets a leading apostrophe. All text is
quoted, so that a semicolon in a name does not open a new cell where semicolons separate; numbers are not.
"""

import csv
import io
from collections.abc import Iterable

from autograder.reports.rows import Row, class_rows, exercises_of, questions_of
from autograder.scorecard import Scorecard

BYTE_ORDER_MARK = "\ufeff"  # Excel reads a CSV file as UTF-8, Korean included, only where it starts so
_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")

_Cell = str | int | float


def write_grades_csv(cards: Iterable[Scorecard]) -> str:
    """The text of grades.csv: one line per submission, sorted by student; blank where there is no grade."""
    rows = class_rows(cards)
    exercises = exercises_of(rows)
    columns = [(exercise, name) for exercise in exercises for name in questions_of(rows, exercise)]
    titles = [name if len(exercises) == 1 else f"{exercise}/{name}" for exercise, name in columns]
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    header = ["student", "exercise", "status", "score", "max_score", "percent", *titles, "error"]
    writer.writerow([defused(title) for title in header])
    writer.writerows(_cells(row, columns) for row in rows)
    return out.getvalue()


def defused(text: str) -> str:
    """The text as a spreadsheet shows it, never runs it."""
    starts = (text[:1], text.lstrip()[:1])  # some spreadsheets skip the spaces
    return f"'{text}" if any(start in _FORMULA_STARTS for start in starts) else text


def _cells(row: Row, columns: list[tuple[str, str]]) -> list[_Cell]:
    earned = {(row.exercise, cell.name): cell.earned for cell in row.questions}
    return [
        defused(row.student),
        defused(row.exercise),
        row.status.value,
        _number(row.score),
        _number(row.max_score),
        _number(row.percent),
        *(_number(earned.get(column)) for column in columns),
        defused(row.reason),
    ]


def _number(value: float | None) -> _Cell:
    if value is None:
        return ""
    return int(value) if value == int(value) else round(value, 4)
