"""`autograder grade` and `regrade`: put the stages together and say what came of it."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from autograder import __version__
from autograder.authoring.build import build_exercise
from autograder.batch import BatchOptions, Problem, Results, grade_batch, regrade
from autograder.batch.display import TerminalProgress
from autograder.batch.results import ProblemRecord, RunRecord
from autograder.cli.isolation import default_jobs, judging_only
from autograder.cli.tables import class_table
from autograder.course import BuiltExercise, Course, Exercise, find_course
from autograder.reports import Filed, Run, render_feedback, write_reports
from autograder.submissions import find_submissions
from autograder.text import log_line


def build_all(course: Course) -> dict[str, tuple[Exercise, BuiltExercise]]:
    """Every exercise of the course with its built form."""
    return {exercise.id: (exercise, build_exercise(exercise)) for exercise in course.exercises}


def grade_class(
    submissions: tuple[Path, ...],
    results: Path,
    exercise_id: str | None,
    options: BatchOptions,
    course_folder: Path,
) -> int:
    """Carry out `autograder grade`; returns the exit status."""
    course = find_course(course_folder)
    found = find_submissions(submissions, course, exercise_id=exercise_id)
    console = Console()
    for line in found.ignored:
        console.print(f"left out: {log_line(line)}", markup=False, highlight=False)
    began = time.monotonic()
    with Results.open(results) as folder:
        exercises = build_all(course)
        with TerminalProgress(console) as progress:
            report = asyncio.run(
                grade_batch(
                    folder,
                    exercises,
                    found.submissions,
                    options,
                    render_feedback=render_feedback,
                    progress=progress,
                )
            )
        record = RunRecord(
            engine=f"autograder {__version__}",
            command="grade",
            course=course.title.en,
            finished_at=datetime.now(UTC),
            seed=options.seed,
            jobs=options.jobs,
            isolation=options.sandbox,
            graded=len(report.graded),
            kept=len(report.kept),
            ignored=found.ignored,
            problems=_records(report.problems),
        )
        folder.write_run(record)
        _report(console, folder, results, record, time.monotonic() - began)
    _say_problems(report.problems, "could not be graded, through no fault of the student's")
    return 1 if report.problems else 0


def regrade_class(results: Path, jobs: int | None, course_folder: Path) -> int:
    """Carry out `autograder regrade`; returns the exit status."""
    course = find_course(course_folder)
    before = Results.existing(results).read_run()
    console = Console()
    began = time.monotonic()
    with Results.open(results) as folder:
        report = asyncio.run(
            regrade(
                folder,
                build_all(course),
                jobs=jobs or default_jobs(),
                isolation=judging_only(),
                render_feedback=render_feedback,
                say=click.echo,
            )
        )
        took_s = time.monotonic() - began
        record = before.model_copy(
            update={
                "command": "regrade",
                "finished_at": datetime.now(UTC),
                "graded": len(report.regraded),
                "kept": 0,
                "problems": _records(report.run_again),
            }
        )
        folder.write_run(record)
        _report(console, folder, results, record, took_s)
    for old, new in report.changed:
        click.echo(f"{log_line(new.student)}, {log_line(new.exercise)}: {old.score} is now {new.score}")
    click.echo(f"{len(report.regraded)} regraded in {took_s:.1f} s, {len(report.changed)} scores changed")
    _say_problems(report.run_again, "must be run again (`autograder grade`); the earlier score stands")
    return 0


def _records(problems: list[Problem]) -> tuple[ProblemRecord, ...]:
    return tuple(
        ProblemRecord(student=one.student, exercise=one.exercise, error=one.error) for one in problems
    )


def _report(console: Console, folder: Results, typed: Path, record: RunRecord, wall_s: float) -> None:
    stored = folder.scorecards()
    console.print(class_table(card for _path, card in stored))
    filed = [Filed(card, path.parent.name) for path, card in stored]
    run = Run(title=record.course, finished_at=record.finished_at, wall_s=wall_s, jobs=record.jobs)
    page = typed / write_reports(folder.root, filed, run).name
    click.echo(f"\n{len(stored)} scorecards, {record.graded} of them from this run ({wall_s:.0f} s)")
    click.echo(f"open {page}")


def _say_problems(problems: list[Problem], what: str) -> None:
    if problems:
        click.echo(f"\n{len(problems)} {what}:", err=True)
    for problem in problems:
        where = f"{log_line(problem.student)}, {log_line(problem.exercise)}"
        click.echo(f"  {where}: {log_line(problem.error)}", err=True)
