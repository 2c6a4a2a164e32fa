"""Grades the course's references, as canaries, and a class; and puts the record of the run together."""

import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder import __version__
from autograder.authoring.build import build_exercise
from autograder.batch import BatchOptions, BatchReport, Problem, Progress, Results, grade_batch
from autograder.batch.cards import package_versions
from autograder.batch.processes import Processes, modules_of
from autograder.batch.unplaced import UNKNOWN
from autograder.ci.metrics import Metrics
from autograder.course import BuiltExercise, Course, Exercise
from autograder.course.backend import keras_backend, missing_modules
from autograder.errors import UsageError
from autograder.reports import render_feedback
from autograder.reports.rows import row_of
from autograder.runs import Device, Entry, NotRun, Role, RunScorecard
from autograder.scorecard import Scorecard
from autograder.submissions import Submission, find_submissions

CANARY = "reference"
CANARIES, CLASS = "canaries", "class"  # the folders of results within --out


@dataclass(frozen=True)
class Asked:
    """What a run is to do: which exercises, each in its profile, whose submissions, where the files go.

    `not_run` are those that this machine cannot run.
    """

    course: Course
    exercises: Sequence[Exercise]
    submissions: Sequence[Path]
    out: Path
    not_run: tuple[NotRun, ...] = ()


def split_by_installed(exercises: Sequence[Exercise]) -> tuple[list[Exercise], tuple[NotRun, ...]]:
    """The exercises that can run here, and those that need a package which is not installed."""
    missing = {one.id: missing_modules(one.preload) for one in exercises}
    not_run = tuple(
        NotRun(exercise=one, reason=f"not installed here: {', '.join(names)}")
        for one, names in missing.items()
        if names
    )
    return [one for one in exercises if not missing[one.id]], not_run


@dataclass(frozen=True)
class Ran:
    """A run that ended: its record, every scorecard with its folder, and what could not be graded."""

    run: RunScorecard
    filed: tuple[tuple[Role, Scorecard, Path], ...]
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]


async def run_course(asked: Asked, options: BatchOptions, device: Device, progress: Progress) -> Ran:
    """Grade the canaries, then the submissions to the chosen exercises.

    Raises:
        CourseError: an exercise cannot be built, or its weights or thresholds are not there.
        HarnessError: the results cannot be written.
        UsageError: `out` holds something else, or another run is writing there.
    """
    began = time.monotonic()
    if asked.out.is_dir() and any(asked.out.iterdir()) and not (asked.out / CANARIES).is_dir():
        raise UsageError(f"{asked.out}: not empty and not of an earlier run; give a new folder as --out")
    built = {exercise.id: (exercise, build_exercise(exercise)) for exercise in asked.exercises}
    metrics = {one: Metrics(*pair) for one, pair in built.items()}
    prepared = {one: (exercise, metrics[one].collecting(made)) for one, (exercise, made) in built.items()}
    canaries = _canaries(asked, prepared)
    chosen, ignored = _submissions(asked)
    async with Processes(options.isolation, modules_of(asked.exercises)) as processes:
        grading = _Grading(prepared, options, processes, progress)
        graded = await grading.grade(asked.out / CANARIES, "canary", canaries)
        if asked.submissions:
            more = await grading.grade(asked.out / CLASS, "submission", chosen)
            graded = _Graded((*graded.filed, *more.filed), (*graded.problems, *more.problems))
    run = RunScorecard(
        course=asked.course.title.en,
        engine=f"autograder {__version__}",
        finished_at=datetime.now(UTC),
        wall_s=time.monotonic() - began,
        profile=device.kind,
        device=device,
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
        backend=keras_backend(),
        packages=package_versions(),
        kernel=options.kernel,
        isolation=options.sandbox,
        seed=options.seed,
        jobs=options.jobs,
        entries=tuple(_entry(role, card, folder, metrics) for role, card, folder in graded.filed),
        not_run=asked.not_run,
    )
    return Ran(run, graded.filed, graded.problems, ignored)


@dataclass(frozen=True)
class _Graded:
    filed: tuple[tuple[Role, Scorecard, Path], ...]
    problems: tuple[Problem, ...]


def _canaries(asked: Asked, prepared: Mapping[str, tuple[Exercise, BuiltExercise]]) -> list[Submission]:
    """The reference solutions, handed in like a student's notebook."""
    handed_in = asked.out / CANARIES / "handed-in"
    found: list[Submission] = []
    for one, (_exercise, built) in prepared.items():
        folder = handed_in / one
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{CANARY}.ipynb").write_bytes(built.reference.read_bytes())
        found += find_submissions([folder], asked.course, exercise_id=one).submissions
    return found


def _submissions(asked: Asked) -> tuple[list[Submission], tuple[str, ...]]:
    """What was handed in to the chosen exercises, and a line for each file that is left out."""
    if not asked.submissions:
        return [], ()
    found = find_submissions(asked.submissions, asked.course)
    others = asked.course.by_id.keys() - {exercise.id for exercise in asked.exercises}
    left_out = [one for one in found.submissions if one.exercise_id in others]
    not_run = {one.exercise for one in asked.not_run}
    why = {one: "cannot run here" if one in not_run else "was not asked for" for one in others}
    lines = (f"{one.source}: of {one.exercise_id}, which {why[one.exercise_id or '']}" for one in left_out)
    return [one for one in found.submissions if one not in left_out], (*found.ignored, *lines)


@dataclass(frozen=True)
class _Grading:
    """What the batches of a run share: exercises, options, and one server that has imported their libraries."""

    prepared: Mapping[str, tuple[Exercise, BuiltExercise]]
    options: BatchOptions
    processes: Processes
    progress: Progress

    async def grade(self, folder: Path, role: Role, submissions: Sequence[Submission]) -> _Graded:
        with Results.open(folder / "results") as results:
            report: BatchReport = await grade_batch(
                results,
                self.prepared,
                submissions,
                self.options,
                render_feedback=render_feedback,
                progress=self.progress,
                processes=self.processes,
            )
            asked_for = {
                (one.student, one.exercise_id if one.exercise_id in self.prepared else UNKNOWN)
                for one in submissions
            }
            filed = tuple(
                (role, card, path)
                for path, card in results.scorecards()
                if (card.student, card.exercise) in asked_for
            )
        return _Graded(filed, tuple(report.problems))


def _entry(role: Role, card: Scorecard, folder: Path, metrics: Mapping[str, Metrics]) -> Entry:
    row = row_of(card)
    return Entry(
        role=role,
        student=card.student,
        exercise=card.exercise,
        status=card.status,
        score=row.score,
        max_score=card.max_score,
        reason=row.reason,
        wall_s=card.execution.wall_s,
        cpu_s=card.execution.cpu_s,
        profile=card.profile,
        peak_memory_bytes=card.execution.peak_memory_bytes,
        peak_device_bytes=card.execution.peak_device_bytes,
        metrics=metrics[card.exercise].values(folder / "evidence") if card.exercise in metrics else (),
        hashes=card.hashes,
        datasets=card.environment.datasets if card.environment else (),
        pretrained=card.environment.pretrained if card.environment else (),
    )
