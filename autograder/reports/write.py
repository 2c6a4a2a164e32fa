"""Reports onto disk; each file appears whole or not at all."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from autograder.errors import HarnessError
from autograder.reports.feedback import render_feedback
from autograder.reports.index import Filed, Run, render_index
from autograder.reports.table import write_grades_csv
from autograder.scorecard import Scorecard

FEEDBACK = "feedback.html"
GRADES = "grades.csv"
INDEX = "index.html"


def write_feedback(folder: Path, card: Scorecard) -> Path:
    """Write a student's page into the folder of the submission.

    Raises:
        HarnessError: the file cannot be written.
    """
    return _replace(folder / FEEDBACK, render_feedback(card))


def write_reports(results: Path, filed: Sequence[Filed], run: Run) -> Path:
    """Write grades.csv and the class page, and return the path of the page.

    Raises:
        HarnessError: a file cannot be written; those already there stay as they were.
    """
    _replace(results / GRADES, write_grades_csv(one.card for one in filed))
    return _replace(results / INDEX, render_index(filed, run))


def _replace(path: Path, text: str) -> Path:
    partial = path.with_name(f".{path.name}.part")  # one name, so that what a killed run left is reused
    try:
        partial.write_text(text, encoding="utf-8", newline="")
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise HarnessError(
            f"{path}: cannot be written ({error.strerror or error}); "
            "check space and permissions, then run the same command again"
        ) from error
    return path
