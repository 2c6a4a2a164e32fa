"""The reference solution's evidence: made once per code, versions and data, then read from the cache."""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from autograder.batch.inputs import hashes_for
from autograder.batch.jobs import execution_job
from autograder.batch.processes import Processes
from autograder.course import BuiltExercise, Exercise
from autograder.course.cache import cache_root
from autograder.errors import CourseError
from autograder.evidence.bundle import Bundle

# One seed for every batch: two classes graded with different seeds are compared with the same reference.
REFERENCE_SEED = 0


async def references_of(
    processes: Processes, exercises: Mapping[str, tuple[Exercise, BuiltExercise]], *, jobs: int
) -> dict[str, Path | None]:
    """The evidence of each exercise's reference, by the exercise's id; `jobs` are made at a time.

    Raises:
        CourseError: a reference solution does not run to its end; the others have been stored.
        HarnessError: an executor failed.
    """
    free = asyncio.Semaphore(jobs)
    evidence: dict[str, Path | None] = {}

    async def make(name: str, exercise: Exercise, built: BuiltExercise) -> None:
        async with free:
            evidence[name] = await reference_evidence(processes, exercise, built)

    # All are waited for, since their executors end with them.
    ended = await asyncio.gather(
        *(make(name, *pair) for name, pair in exercises.items()), return_exceptions=True
    )
    for problem in ended:
        if problem is not None:
            raise problem
    return evidence


async def reference_evidence(processes: Processes, exercise: Exercise, built: BuiltExercise) -> Path | None:
    """The folder of the reference's evidence, or None where no test asks for it.

    Raises:
        CourseError: the reference solution does not run to its end.
        HarnessError: the executor failed.
    """
    if not built.needs_reference:
        return None
    key = hashes_for(exercise, built, built.reference_hash, seed=REFERENCE_SEED).execution
    kept = cache_root() / "reference" / key
    if kept.is_dir():
        return kept / "evidence"
    with tempfile.TemporaryDirectory(prefix="ag-reference-") as folder:
        scratch = Path(folder)
        out = scratch / "out"
        out.mkdir()
        job = execution_job(
            exercise,
            built,
            processes.isolation,
            notebook=built.reference,
            scratch=scratch,
            out=out,
            seed=REFERENCE_SEED,
        )
        async with processes.executor(job) as executor:
            executed = await executor.run(lambda _cell: None)
        problem = executed.limit or executed.first_error or _missing(out / "evidence", built)
        if problem is not None:
            raise CourseError(f"{exercise.master}: the reference solution does not run: {problem}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            shutil.copytree(out, kept.with_suffix(".new"), dirs_exist_ok=True)
            kept.with_suffix(".new").rename(kept)
    return kept / "evidence"


def _missing(evidence: Path, built: BuiltExercise) -> str | None:
    """Why a question has no evidence, or None where all have."""
    bundle = Bundle(evidence)
    reasons = [bundle.question(question.name).missing_reason for question in built.questions]
    return next((reason for reason in reasons if reason is not None), None)
