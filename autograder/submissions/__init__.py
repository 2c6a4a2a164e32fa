"""What was handed in: notebooks in files, folders and zips, read within limits and never trusted."""

from autograder.submissions.advice import warn_about
from autograder.submissions.discovery import find_submissions
from autograder.submissions.names import folder_name
from autograder.submissions.notebook import clean_copy, read_notebook
from autograder.submissions.python_cells import check_cells, is_bare_check
from autograder.submissions.sources import MAX_NOTEBOOK_BYTES
from autograder.submissions.submission import Found, Submission

__all__ = [
    "MAX_NOTEBOOK_BYTES",
    "Found",
    "Submission",
    "check_cells",
    "clean_copy",
    "find_submissions",
    "folder_name",
    "is_bare_check",
    "read_notebook",
    "warn_about",
]
