"""Many submissions: slots, resume, regrade, and the results folder they end up in."""

from autograder.batch.processes import Isolation
from autograder.batch.progress import Progress, SilentProgress
from autograder.batch.regrade import RegradeReport, regrade
from autograder.batch.results import Results
from autograder.batch.run import BatchOptions, BatchReport, Problem, grade_batch

__all__ = [
    "BatchOptions",
    "BatchReport",
    "Isolation",
    "Problem",
    "Progress",
    "RegradeReport",
    "Results",
    "SilentProgress",
    "grade_batch",
    "regrade",
]
