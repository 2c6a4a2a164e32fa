"""Scorecards to pages and files; every report is a pure function of scorecards."""

from autograder.reports.feedback import render_feedback
from autograder.reports.index import Filed, Run, render_index
from autograder.reports.rows import QuestionCell, Row, class_rows
from autograder.reports.table import write_grades_csv
from autograder.reports.words import OUTCOMES, STATUSES, Tone, Words
from autograder.reports.write import write_reports

__all__ = [
    "OUTCOMES",
    "STATUSES",
    "Filed",
    "QuestionCell",
    "Row",
    "Run",
    "Tone",
    "Words",
    "class_rows",
    "render_feedback",
    "render_index",
    "write_grades_csv",
    "write_reports",
]
