"""What the commands have in common: options, and how our errors become a line and an exit status."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from autograder.errors import AutograderError
from autograder.text import log_text

GATE_NOT_MET = 3  # an exit status, as those of `errors`
FOLDER = click.Path(path_type=Path, file_okay=False)
ANY_PATH = click.Path(path_type=Path)

course_option = click.option(
    "--course", "course_folder", type=FOLDER, default=Path(), help="The course's folder; default: here."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=None, help="How many at a time; default: one per core."
)
kernel_option = click.option(
    "--kernel",
    type=click.Choice(["warm", "cold"]),
    default=None,
    help="warm (on Linux, the default): forked with the libraries imported; cold: a fresh interpreter each.",
)
sandbox_option = click.option(
    "--sandbox",
    type=click.Choice(["auto", "namespaces", "landlock", "none"]),
    default="auto",
    show_default=True,
    help="Isolation level; auto: the strongest that holds here. `none`: student code runs with your rights.",
)


github_option = click.option(
    "--github",
    "is_on_github",
    is_flag=True,
    help="In a step of GitHub Actions: also as annotations, step summary and outputs.",
)


def _use_backend(_context: click.Context, _option: click.Parameter, backend: Any) -> None:
    if backend is not None:
        from autograder.course.backend import use_keras_backend

        use_keras_backend(backend)


backend_option = click.option(
    "--backend",
    type=click.Choice(["tensorflow", "torch"]),
    default=None,
    callback=_use_backend,
    expose_value=False,
    help="What Keras runs on; default: $KERAS_BACKEND, else tensorflow where it is installed, else torch.",
)


profile_option = click.option(
    "--profile",
    type=click.Choice(["cpu", "gpu"]),
    default="cpu",
    show_default=True,
    help="Whose sizes and limits of the manifest; gpu: on a GPU where there is one, else on the processor.",
)


def run_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that runs notebooks: how many at a time, how confined, on what, of which course."""
    for option in (course_option, backend_option, sandbox_option, kernel_option, jobs_option):
        function = option(function)
    return function


def command(function: Callable[..., int | None]) -> Callable[..., None]:
    """Turn our errors into one line on stderr and an exit status; anything else is a bug and shows itself."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            status = function(*args, **kwargs)
        except ExceptionGroup as group:
            _end(_first_of_ours(group))
        except AutograderError as error:
            _end(error)
        except KeyboardInterrupt:
            click.echo("stopped; what was finished is stored, run the same command to go on", err=True)
            sys.exit(130)
        sys.exit(status or 0)

    return run


def _first_of_ours(group: BaseExceptionGroup[BaseException]) -> AutograderError:
    """The error of ours that ended a task group; a group without one is a bug and goes on upwards."""
    ours = group.subgroup(AutograderError)
    if ours is None:
        raise group
    error: BaseException = ours
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, AutograderError)
    return error


def _end(error: AutograderError) -> None:
    click.echo(f"autograder: {log_text(str(error))}", err=True)
    sys.exit(error.exit_status)
