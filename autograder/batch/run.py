"""Grades a class: which submissions need it, so many at a time, each in a slot of its own."""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from autograder.batch.grading import GradingContext, grade_submission
from autograder.batch.inputs import hashes_for
from autograder.batch.processes import Isolation, Processes, modules_of
from autograder.batch.progress import Progress
from autograder.batch.reference import Reference, references_of
from autograder.batch.results import Results
from autograder.batch.unplaced import store_unplaced
from autograder.batch.weights import provide_weights
from autograder.course import BuiltExercise, Exercise
from autograder.course.calibration import read_calibration
from autograder.devices import Gpu
from autograder.kernels import KernelKind, Level
from autograder.scorecard import Scorecard
from autograder.submissions import Submission

# A harness error is tried again once before it is reported.
ATTEMPTS = 2


@dataclass(frozen=True)
class BatchOptions:
    """How a batch runs; `jobs` is the number of slots, `sandbox` the level of warm kernels and judges.

    `gpus` has a GPU for each slot, for exercises in their GPU profile; none where all compute on processors.
    """

    jobs: int
    seed: int
    kernel: KernelKind
    sandbox: Level
    gpus: tuple[Gpu, ...] = ()

    def with_gpus(self, gpus: Sequence[Gpu]) -> "BatchOptions":
        """These options with no more slots than there are GPUs for; as they are where there is none."""
        if not gpus:
            return self
        jobs = min(self.jobs, len(gpus))
        return replace(self, jobs=jobs, gpus=tuple(gpus[:jobs]))

    @property
    def isolation(self) -> Isolation:
        """How student code is run."""
        return Isolation(self.kernel, self.sandbox)


@dataclass(frozen=True)
class Problem:
    """A submission that could not be graded for a reason of ours."""

    student: str
    exercise: str
    error: str


class Key(NamedTuple):
    """Which scorecard of the results; a whole class's scorecards are not kept in memory."""

    student: str
    exercise: str


@dataclass
class BatchReport:
    """What a batch did. `kept` were graded before and have not changed."""

    graded: list[Key] = field(default_factory=list)
    kept: list[Key] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Task:
    submission: Submission
    exercise: Exercise
    built: BuiltExercise


async def grade_batch(
    results: Results,
    exercises: Mapping[str, tuple[Exercise, BuiltExercise]],
    submissions: Sequence[Submission],
    options: BatchOptions,
    *,
    render_feedback: Callable[[Scorecard], str],
    progress: Progress,
    processes: Processes | None = None,
) -> BatchReport:
    """Grade each submission whose content, tests, data, limits or seed are not those of its stored scorecard.

    `exercises` are those of the course, by id; a submission to none of them gets a scorecard that says so. With
    `processes`, which the caller ends, several batches have their libraries imported once.

    Raises:
        HarnessError: the results cannot be written; what was graded before that is safe.
        CourseError: weights or thresholds that an exercise needs are not there.
    """
    report = BatchReport()
    named = {submission.exercise_id for submission in submissions}
    used = [exercise for one, (exercise, _) in exercises.items() if one in named]
    provide_weights(used, progress.note)
    for exercise in used:
        read_calibration(exercise)  # without thresholds nothing is graded
    tasks: list[_Task] = []
    for submission in submissions:
        placed = exercises.get(submission.exercise_id or "")
        if placed is None:
            _record(report, store_unplaced(results, submission, render_feedback))
            continue
        task = _Task(submission, *placed)
        if _is_unchanged(results, task, options.seed):
            report.kept.append(Key(submission.student, task.exercise.id))
        else:
            tasks.append(task)
    progress.begin(total=len(tasks) + len(report.kept), kept=len(report.kept), jobs=options.jobs)
    if not tasks:
        return report
    own = Processes(options.isolation, modules_of(task.exercise for task in tasks))
    async with own if processes is None else nullcontext(processes) as running:
        tested = {task.exercise.id: (task.exercise, task.built) for task in tasks}
        references = await references_of(running, tested, jobs=options.jobs, gpus=options.gpus)
        cpus = processors(options.jobs)
        context = GradingContext(
            results, running, cpus, options.gpus, options.seed, render_feedback, progress
        )
        await _run_slots(context, tasks, references, options.jobs, report)
    report.graded.sort()
    return report


def processors(jobs: int) -> tuple[int, ...]:
    """A processor for each of `jobs` slots; none where there are too few, or the system cannot pin."""
    if not hasattr(os, "sched_getaffinity"):
        return ()
    available = sorted(os.sched_getaffinity(0))
    return tuple(available[:jobs]) if jobs <= len(available) else ()


def _is_unchanged(results: Results, task: _Task, seed: int) -> bool:
    stored = results.scorecard_of(task.submission.student, task.exercise.id)
    if stored is None or not stored.is_settled or task.submission.harness_problem is not None:
        return False
    return stored.hashes == hashes_for(task.exercise, task.built, task.submission.sha256 or "", seed=seed)


def _record(report: BatchReport, card: Scorecard) -> None:
    report.graded.append(Key(card.student, card.exercise))
    if not card.is_settled:
        error = card.error or "some test cases could not be graded"
        report.problems.append(Problem(card.student, card.exercise, error))


async def _run_slots(
    context: GradingContext,
    tasks: Sequence[_Task],
    references: Mapping[str, Reference],
    jobs: int,
    report: BatchReport,
) -> None:
    waiting = iter(tasks)

    async def slot(number: int) -> None:
        for task in waiting:
            context.progress.start(number, task.submission.student, task.exercise.id)
            card = await _grade_with_retry(context, task, references[task.exercise.id], number)
            _record(report, card)
            context.progress.finish(number, card)

    async with asyncio.TaskGroup() as group:
        for number in range(min(jobs, len(tasks))):
            group.create_task(slot(number))


async def _grade_with_retry(
    context: GradingContext, task: _Task, reference: Reference, slot: int
) -> Scorecard:
    for _attempt in range(ATTEMPTS):
        card = await grade_submission(context, task.exercise, task.built, reference, task.submission, slot)
        if card.is_settled:
            break
    return card
