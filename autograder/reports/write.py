"""Reports onto disk; each file appears whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from autograder.files import write_atomically
from autograder.reports.index import Filed, Run, render_index
from autograder.reports.table import write_grades_csv

GRADES = "grades.csv"
INDEX = "index.html"


def write_reports(results: Path, filed: Sequence[Filed], run: Run) -> Path:
    """Write grades.csv and the class page, and return the path of the page.

    Raises:
        HarnessError: a file cannot be written; those already there stay as they were.
    """
    write_atomically(results / GRADES, write_grades_csv(one.card for one in filed))
    page = results / INDEX
    write_atomically(page, render_index(filed, run))
    return page
