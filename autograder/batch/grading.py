"""Grades one submission in one slot: executor, judge, scorecard, and the folder they end up in."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nbformat import NotebookNode

from autograder.batch import cards
from autograder.batch.inputs import hashes_for
from autograder.batch.jobs import CallCarrier, execution_job, judge_job
from autograder.batch.processes import Processes
from autograder.batch.progress import Progress
from autograder.batch.reference import Reference
from autograder.batch.results import Results
from autograder.course import BuiltExercise, Exercise
from autograder.devices import Gpu, gpu_of
from autograder.errors import CourseError, HarnessError, SubmissionError
from autograder.execution import CellStarted
from autograder.files import write_atomically, write_error
from autograder.scorecard import SCORECARD, Environment, Execution, Outcome, Scorecard, Status
from autograder.submissions import Submission, read_notebook, warn_about

FEEDBACK = "feedback.html"


@dataclass(frozen=True)
class GradingContext:
    """What every submission of a batch shares; slot n runs on `cpus[n]` and `gpus[n]`, if there is one."""

    results: Results
    processes: Processes
    cpus: tuple[int, ...]
    gpus: tuple[Gpu, ...]
    seed: int
    render_feedback: Callable[[Scorecard], str]
    progress: Progress


async def grade_submission(
    context: GradingContext,
    exercise: Exercise,
    built: BuiltExercise,
    reference: Reference,
    submission: Submission,
    slot: int,
) -> Scorecard:
    """Grade one submission and put its folder into the results.

    The scorecard of a harness error is returned and not stored where an earlier grade stands.

    Raises:
        HarnessError: the results cannot be written.
    """
    scratch = context.results.work / f"slot-{slot}"
    grading = _Grading(context, exercise, built, submission, slot, scratch, scratch / "out")
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        grading.out.mkdir(parents=True)
    except OSError as error:
        raise write_error(grading.out, error) from error
    card = await _settle(grading, reference)
    earlier = context.results.scorecard_of(submission.student, exercise.id)
    if card.is_settled or earlier is None or not earlier.is_settled:
        write_atomically(grading.out / FEEDBACK, context.render_feedback(card))
        write_atomically(grading.out / SCORECARD, card.model_dump_json(indent=2) + "\n")
        context.results.put(grading.out, submission.student, exercise.id)
    shutil.rmtree(scratch, ignore_errors=True)
    return card


async def _settle(grading: "_Grading", reference: Reference) -> Scorecard:
    """The submission's card, whatever became of it."""
    try:
        return await grading.run(reference)
    except SubmissionError as error:
        return grading.card(Status.INVALID_NOTEBOOK, Outcome.MISSING, str(error))
    except (HarnessError, CourseError, OSError) as error:
        return grading.card(Status.HARNESS_ERROR, Outcome.UNGRADED, str(error))


@dataclass(frozen=True)
class _Grading:
    context: GradingContext
    exercise: Exercise
    built: BuiltExercise
    submission: Submission
    slot: int
    scratch: Path
    out: Path

    @property
    def cpu(self) -> int | None:
        """The processor of this slot, where there is one for each."""
        cpus = self.context.cpus
        return cpus[self.slot] if self.slot < len(cpus) else None

    @property
    def gpu(self) -> Gpu | None:
        """The GPU of this slot, where there is one for each."""
        return gpu_of(self.slot, self.context.gpus)

    async def run(self, reference: Reference) -> Scorecard:
        """Execute and judge.

        Raises:
            SubmissionError: what was handed in is not a notebook that can run.
            HarnessError, CourseError: not the student's fault.
        """
        content = self.submission.read()
        submitted = self.out / "submitted.ipynb"
        submitted.write_bytes(content)
        if self.submission.problem is not None:
            raise SubmissionError(self.submission.problem)
        warnings = self._warnings(content)
        reference_evidence = reference.evidence
        job = execution_job(
            self.exercise,
            self.built,
            self.context.processes.isolation,
            notebook=submitted,
            scratch=self.scratch,
            out=self.out,
            seed=self.context.seed,
            cpu=self.cpu,
            standby=True,
            gpu=self.gpu,
        )
        evidence = self.out / "evidence"
        processes = self.context.processes
        async with processes.executor(job) as executor:
            executed = await executor.run(self._say_cell)
            self.context.progress.stage(self.slot, "judging")
            began = time.perf_counter()
            carrier = CallCarrier(
                executor, evidence, self.scratch, max_bytes=self.exercise.limits.evidence_mb * 1_000_000
            )
            to_judge = judge_job(
                self.exercise, self.built, evidence=evidence, reference=reference_evidence, may_call=True
            )
            verdict, judge_cpu_s = await processes.judge(
                to_judge, carrier.forward, scratch=self.scratch, cpu=self.cpu
            )
            judge_s = time.perf_counter() - began
        facts = cards.execution_facts(executed)
        facts.phases["judge"] = judge_s
        facts.cpu_phases["judge"] = judge_cpu_s
        return self._card(
            Status(executed.status),
            cards.judged(verdict),
            execution=facts,
            environment=cards.environment(self.exercise, executed, seed=self.context.seed, device=job.device),
            warnings=warnings,
            error=executed.limit,
        )

    def card(self, status: Status, outcome: Outcome, error: str) -> Scorecard:
        """The card of a submission that did not get as far as a verdict."""
        return self._card(status, cards.unjudged(outcome, error), error=error)

    def _card(
        self,
        status: Status,
        result: cards.Judged,
        *,
        execution: Execution | None = None,
        environment: Environment | None = None,
        warnings: tuple[str, ...] | None = None,
        error: str | None = None,
    ) -> Scorecard:
        return cards.scorecard(
            built=self.built,
            student=self.submission.student,
            source=self.submission.source,
            status=status,
            questions=cards.question_results(self.built, result),
            hashes=hashes_for(
                self.exercise, self.built, self.submission.sha256 or "", seed=self.context.seed
            ),
            execution=execution or Execution(),
            environment=environment,
            error=error,
            warnings=self.submission.warnings if warnings is None else warnings,
        )

    def _warnings(self, content: bytes) -> tuple[str, ...]:
        """Raises SubmissionError where the notebook cannot be read, before any process is started."""
        notebook, starter = read_notebook(content), _read_starter(self.built.starter)
        files = tuple(dataset.file for dataset in self.exercise.files)
        return (*self.submission.warnings, *warn_about(notebook, starter, files))

    def _say_cell(self, cell: CellStarted) -> None:
        self.context.progress.stage(self.slot, f"cell {cell.number} of {cell.total}")


@lru_cache(maxsize=16)
def _read_starter(path: Path) -> NotebookNode:
    """A starter, whose folder is named by its content; read once for the whole class."""
    return read_notebook(path.read_bytes())
