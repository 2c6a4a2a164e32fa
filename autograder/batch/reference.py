"""The reference solution's evidence: made once per master, versions and data, then read from the cache."""

import shutil
import tempfile
from pathlib import Path

from autograder.batch.executor import ExecutorProcess
from autograder.batch.inputs import hashes_for
from autograder.batch.jobs import execution_job
from autograder.course import BuiltExercise, Exercise
from autograder.course.cache import cache_root
from autograder.errors import CourseError

# One seed for every batch: two classes graded with different seeds are compared with the same reference.
REFERENCE_SEED = 0


async def reference_evidence(exercise: Exercise, built: BuiltExercise) -> Path | None:
    """The folder of the reference's evidence, or None where no test asks for it.

    Raises:
        CourseError: the reference solution does not run to its end.
        HarnessError: the executor failed.
    """
    if not built.needs_reference:
        return None
    key = hashes_for(exercise, built, built.master_hash, seed=REFERENCE_SEED).execution
    kept = cache_root() / "reference" / key
    if kept.is_dir():
        return kept / "evidence"
    with tempfile.TemporaryDirectory(prefix="ag-reference-") as folder:
        scratch = Path(folder)
        out = scratch / "out"
        out.mkdir()
        job = execution_job(
            exercise, built, notebook=built.reference, scratch=scratch, out=out, seed=REFERENCE_SEED
        )
        async with ExecutorProcess(job, scratch / "executor.log") as executor:
            executed = await executor.run(lambda _cell: None)
        if executed.status != "graded" or executed.first_error is not None:
            raise CourseError(
                f"{exercise.master}: the reference solution does not run: "
                f"{executed.limit or executed.first_error}"
            )
        kept.parent.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            shutil.copytree(out, kept.with_suffix(".new"), dirs_exist_ok=True)
            kept.with_suffix(".new").rename(kept)
    return kept / "evidence"
