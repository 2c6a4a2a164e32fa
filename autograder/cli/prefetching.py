"""`autograder prefetch`: pretrained weights into the cache, from the net or as stand-ins."""

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from autograder.batch.weights import index_weights
from autograder.course import Course, find_course
from autograder.course.datasets import Kind
from autograder.course.pretrained import Pretrained, Stored, locked, pretrained_root
from autograder.course.pretrained_fetch import fetch_real
from autograder.course.pretrained_stand_ins import build_stand_in


def prefetch(exercise_ids: Sequence[str], kind: Kind, course_folder: Path) -> int:
    """Carry out `autograder prefetch`; returns the exit status."""
    course = find_course(course_folder)
    weights = _wanted(course, exercise_ids)
    if not weights:
        click.echo("no exercise here loads pretrained weights; there is nothing to fetch")
        return 0
    with locked():
        try:
            for one in weights:
                record = (
                    build_stand_in(one, course.root / "datasets", click.echo)
                    if kind == "stand-in"
                    else _fetch_showing(one)
                )
                _say(one, kind, record)
        finally:
            index_weights()  # also over what came before something failed
    click.echo(f"{len(weights)} models in {pretrained_root()}, in use from now on")
    return 0


def _wanted(course: Course, exercise_ids: Sequence[str]) -> list[Pretrained]:
    exercises = [course.exercise(one) for one in exercise_ids] or course.exercises
    return list({one.id: one for exercise in exercises for one in exercise.weights}.values())


def _fetch_showing(weights: Pretrained) -> Stored:
    """Fetch with a bar for each file; where nobody watches, with a line."""
    columns = (TextColumn("  {task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    console = Console()
    bars: dict[str, TaskID] = {}
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:

        def progress(name: str, done: int, total: int | None) -> None:
            if name not in bars:
                bars[name] = shown.add_task(name)
                if not console.is_terminal:
                    click.echo(f"  {name}: {_size(total)} to fetch, {_size(done)} of it there")
            shown.update(bars[name], completed=done, total=total)

        return fetch_real(weights, progress)


def _say(weights: Pretrained, kind: Kind, record: Stored) -> None:
    click.echo(f"{weights.id}: {kind}, {weights.model}")
    for file in record.files:
        click.echo(f"  {file.file}, {_size(file.bytes)}, sha256 {file.sha256[:12]}…, {file.verified_by}")


def _size(count: int | None) -> str:
    return "an unknown size" if count is None else f"{count / 1e6:.1f} MB"
