"""`autograder datasets list` and `use`: which data files and weights exercises get, real or stand-in."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.course import Course, Dataset, find_course
from autograder.course.datasets import in_use, use_real, use_stand_in
from autograder.course.pretrained import kind_in_use, stored
from autograder.errors import UsageError


def list_data(course_folder: Path) -> int:
    """Carry out `autograder datasets list`; returns the exit status."""
    course = find_course(course_folder)
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for heading in ("name", "file or model", "in use", "sha256", "exercises"):
        table.add_column(heading, overflow="fold")
    for name, registered in course.registry.dataset.items():
        used = in_use(name, registered)
        users = [one.id for one in course.exercises if name in one.datasets]
        _add(table, name, registered.file, used.kind, used.sha256, users)
    for name in course.registry.pretrained:
        weights = course.registry.weights(name)
        kind = kind_in_use(weights)
        record = None if kind is None else stored(weights, kind)
        users = [one.id for one in course.exercises if name in one.pretrained]
        _add(table, name, weights.model, kind or "not in the cache", record.sha256 if record else "", users)
    Console().print(table)
    for name, registered in course.registry.dataset.items():
        if registered.real is not None and in_use(name, registered).kind == "stand-in":
            click.echo(f"{name}: the real file is {registered.real.name}, {registered.real.source}; with it:")
            click.echo(f"  autograder datasets use {name} PATH")
    return 0


def use_data(name: str, path: Path | None, back: bool, course_folder: Path) -> int:
    """Carry out `autograder datasets use`; returns the exit status."""
    course = find_course(course_folder)
    registered = _registered(course, name)
    if (path is None) is not back:
        raise UsageError(f"{name}: name the real file's PATH, or say --stand-in to go back, one of the two")
    used = use_stand_in(name, registered) if path is None else use_real(name, registered, path)
    click.echo(f"{name}: {used.file} is the {used.kind} file now, sha256 {used.sha256}")
    if used.cached is not None:
        click.echo(f"  kept in {used.cached}; the course's folder and what students get are unchanged")
    users = [one for one in course.exercises if name in one.datasets and one.calibration.is_file()]
    for exercise in users:
        click.echo(f"  {exercise.id} has thresholds: they must have been measured on {used.kind} data, see")
        click.echo(f"  `autograder calibrate {exercise.id}`")
    return 0


def _registered(course: Course, name: str) -> Dataset:
    known = course.registry.dataset
    if name not in known:
        with_stand_in = ", ".join(one for one, dataset in known.items() if dataset.real) or "none"
        raise UsageError(f"{name!r} is no dataset of this course; those with a stand-in: {with_stand_in}")
    return known[name]


def _add(table: Table, name: str, what: str, kind: str, sha256: str, users: list[str]) -> None:
    table.add_row(Text(name), Text(what), kind, sha256[:12], Text(", ".join(users) or "-"))
