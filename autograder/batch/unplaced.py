"""The scorecard of a submission that belongs to no exercise of the course: it says so, and costs nothing."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime

from autograder import __version__
from autograder.batch.results import Results
from autograder.files import write_atomically
from autograder.scorecard import SCORECARD, Execution, Hashes, Provenance, Scorecard, Status
from autograder.submissions import Submission

UNKNOWN = "unknown"


def store_unplaced(
    results: Results, submission: Submission, render_feedback: Callable[[Scorecard], str]
) -> Scorecard:
    """Write the scorecard of a submission whose exercise cannot be told.

    Raises:
        HarnessError: the results cannot be written.
    """
    is_ours = submission.harness_problem is not None
    card = Scorecard(
        student=submission.student,
        exercise=UNKNOWN,
        status=Status.HARNESS_ERROR if is_ours else Status.INVALID_NOTEBOOK,
        score=None if is_ours else 0.0,
        max_score=0.0,
        error=submission.harness_problem or submission.problem,
        warnings=submission.warnings,
        questions=(),
        hashes=Hashes(submission=submission.sha256, execution="none", tests="none"),
        execution=Execution(),
        environment=None,
        provenance=Provenance(
            engine=f"autograder {__version__}", graded_at=datetime.now(UTC), source=submission.source
        ),
    )
    prepared = results.work / UNKNOWN
    shutil.rmtree(prepared, ignore_errors=True)
    prepared.mkdir(parents=True)
    write_atomically(prepared / "feedback.html", render_feedback(card))
    write_atomically(prepared / SCORECARD, card.model_dump_json(indent=2) + "\n")
    results.put(prepared, submission.student, UNKNOWN)
    return card
