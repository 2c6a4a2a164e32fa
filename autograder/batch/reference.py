"""The reference solution's evidence: made once per code, versions and data, then read from the cache."""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.batch.inputs import hashes_for
from autograder.batch.jobs import execution_job
from autograder.batch.processes import Processes
from autograder.course import BuiltExercise, Exercise
from autograder.course.cache import cache_root
from autograder.devices import Gpu, gpu_of
from autograder.errors import CourseError, HarnessError
from autograder.evidence.bundle import Bundle

# One seed for every batch: two classes graded with different seeds are compared with the same reference.
REFERENCE_SEED = 0


@dataclass(frozen=True)
class Reference:
    """The folder of a reference's evidence, if any test asks for one; or why there is none."""

    folder: Path | None
    problem: CourseError | HarnessError | None = None

    @property
    def evidence(self) -> Path | None:
        """The folder, for a judge.

        Raises:
            CourseError: the reference solution does not run to its end.
            HarnessError: its executor failed.
        """
        if self.problem is not None:
            raise self.problem
        return self.folder


async def references_of(
    processes: Processes,
    exercises: Mapping[str, tuple[Exercise, BuiltExercise]],
    *,
    jobs: int,
    gpus: Sequence[Gpu] = (),
) -> dict[str, Reference]:
    """The evidence of each exercise's reference; `jobs` are made at a time, the nth of them with `gpus[n]`.

    A reference that does not run costs its own exercise and no other.
    """
    waiting = iter(exercises.items())
    made: dict[str, Reference] = {}

    async def slot(number: int) -> None:
        gpu = gpu_of(number, gpus)
        for name, (exercise, built) in waiting:
            try:
                made[name] = Reference(await _evidence(processes, exercise, built, gpu))
            except (CourseError, HarnessError) as error:
                made[name] = Reference(None, error)

    async with asyncio.TaskGroup() as group:
        for number in range(jobs):
            group.create_task(slot(number))
    return made


async def _evidence(
    processes: Processes, exercise: Exercise, built: BuiltExercise, gpu: Gpu | None
) -> Path | None:
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
            gpu=gpu,
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
