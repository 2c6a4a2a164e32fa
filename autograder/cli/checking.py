"""`autograder check`: a student's own notebook on a clean run, with the public tests only."""

import asyncio
import shutil
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text as Line

from autograder.authoring.build import build_exercise
from autograder.authoring.public import public_exercise
from autograder.batch import Results, grade_batch
from autograder.batch.display import TerminalProgress
from autograder.ci import GithubStep
from autograder.cli.isolation import own_notebook_options
from autograder.cli.options import GATE_NOT_MET
from autograder.cli.tables import print_check
from autograder.course import BuiltExercise, Course, Dataset, Exercise, Text, find_course
from autograder.errors import HarnessError, SubmissionError, UsageError
from autograder.files import digest_of
from autograder.reports.annotations import render_check_annotations
from autograder.reports.check_summary import render_check_summary
from autograder.scorecard import Scorecard
from autograder.submissions import find_submissions, read_notebook
from autograder.text import log_line, number


def check_notebook(
    notebook: Path, course_folder: Path, *, percent: float | None = None, step: GithubStep | None = None
) -> int:
    """Carry out `autograder check`; returns the exit status."""
    if not notebook.is_file():
        raise UsageError(f"{notebook}: no such file; name your notebook (.ipynb)")
    console = Console()
    with tempfile.TemporaryDirectory(prefix="ag-check-") as name:
        folder = Path(name)
        try:
            exercise, built = _own_exercise(notebook, course_folder, folder)
        except SubmissionError as error:
            raise UsageError(f"{notebook}: {error}") from None
        course = Course(root=folder, title=exercise.title, exercises=(exercise,))
        found = find_submissions([notebook], course, exercise_id=exercise.id)
        with Results.open(folder / "results") as results, TerminalProgress(console) as progress:
            report = asyncio.run(
                grade_batch(
                    results,
                    {exercise.id: (exercise, built)},
                    found.submissions,
                    own_notebook_options(),
                    render_feedback=lambda _card: "",
                    progress=progress,
                )
            )
            ((_path, card),) = results.scorecards()
    print_check(console, card)
    if report.problems:
        raise HarnessError(report.problems[0].error)
    _print_rest(console, card)
    missed = _missed(card, percent)
    if missed:
        click.echo(f"NOT MET: {log_line(missed)}")
    if step is not None:
        click.echo(render_check_annotations(card, missed), nl=False)
        step.leave(summary=render_check_summary(card))
    return GATE_NOT_MET if missed else 0


def _missed(card: Scorecard, percent: float | None) -> str | None:
    """Why the score is not enough; None where it is, or where none is asked for."""
    if percent is None:
        return None
    earned = 100 * (card.score or 0) / card.max_score if card.max_score else 0
    if earned < percent:
        return f"{card.exercise}: {number(earned, digits=1)} % of the public points, {number(percent)} % asked for"
    return None


def _print_rest(console: Console, card: Scorecard) -> None:
    console.print()
    if card.error:
        console.print(Line(f"stopped early: {log_line(card.error)}", style="bold red"))
    for warning in card.warnings:
        console.print(Line(f"warning: {log_line(warning)}", style="yellow"))
    if card.execution.first_error:
        console.print(Line(f"first error: {log_line(card.execution.first_error)}", style="yellow"))
    open_questions = sum(question.earned < question.points for question in card.questions)
    click.echo(
        f"공개 검사 {card.score:g} / {card.max_score:g}점, 남은 문제 {open_questions}개. "
        "채점에는 숨은 검사가 더 있습니다.\n"
        f"Public tests: {card.score:g} of {card.max_score:g} points, {open_questions} questions to go. "
        "Grading adds hidden tests."
    )


def _own_exercise(notebook: Path, course_folder: Path, folder: Path) -> tuple[Exercise, BuiltExercise]:
    """The notebook's exercise with its public tests: from the course where there is one, else from itself.

    Raises:
        SubmissionError: it is not a notebook, or holds no tests.
    """
    handed_in = read_notebook(notebook.read_bytes())
    exercise_id = str(handed_in.metadata.get("autograder", {}).get("exercise", notebook.stem))
    exercise = _course_exercise(course_folder, exercise_id)
    if exercise is not None:
        starter = build_exercise(exercise).starter
        return exercise, public_exercise(exercise.id, starter.read_bytes(), folder)
    exercise = Exercise(
        root=folder,
        id=exercise_id,
        title=Text(ko=exercise_id, en=exercise_id),
        files=_files_beside(notebook, handed_in.metadata.get("autograder", {}).get("files", []), folder),
    )
    return exercise, public_exercise(exercise_id, notebook.read_bytes(), folder)


def _course_exercise(course_folder: Path, exercise_id: str) -> Exercise | None:
    try:
        return find_course(course_folder).by_id.get(exercise_id)
    except UsageError:
        return None


def _files_beside(notebook: Path, names: list[str], folder: Path) -> tuple[Dataset, ...]:
    """The data files that the starter names, copied from beside the notebook to where a course has them."""
    datasets = []
    (folder / "datasets").mkdir()
    for name in map(str, names):
        source = notebook.parent / Path(name).name
        if not source.is_file():
            click.echo(f"warning: {name} is not beside the notebook; download it from the course", err=True)
            continue
        copied = Path(shutil.copy(source, folder / "datasets"))
        sha256 = digest_of(copied)
        datasets.append(Dataset(file=name, source="yours", licence="", sha256=sha256, description=""))
    return tuple(datasets)
