"""`autograder verify-course` and `calibrate`: run an author's checks and say what they found."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from autograder.authoring.answers import load_answers
from autograder.authoring.build import build_exercise
from autograder.authoring.verify import Verification, verify_exercises
from autograder.batch import BatchOptions
from autograder.batch.display import TerminalProgress
from autograder.course import Exercise, Profile, find_course
from autograder.devices import Placement, find_gpus, place
from autograder.errors import UsageError
from autograder.scorecard import Outcome

VERIFY_SEED = 0
_MARKS = {
    Outcome.PASSED: "+",
    Outcome.FAILED: "F",
    Outcome.ERRORED: "E",
    Outcome.MISSING: ".",
    Outcome.UNGRADED: "?",
}
_GROUP = 10


def verify(
    exercise_ids: tuple[str, ...], profile: Profile, options: BatchOptions, course_folder: Path
) -> int:
    """Carry out `autograder verify-course`; returns the exit status."""
    course = find_course(course_folder)
    asked = [course.exercise(one) for one in exercise_ids] or list(course.exercises)
    chosen, options = _in_profile(profile, asked, options)
    console = Console()
    problems: list[str] = []
    with TerminalProgress(console) as progress:
        verifications = asyncio.run(verify_exercises(course, chosen, options, progress))
    for verification in verifications:
        console.print(f"[bold]{verification.exercise}[/bold]")
        _print_matrix(verification)
        problems += [f"{verification.exercise}: {problem}" for problem in verification.problems]
    for problem in problems:
        click.echo(problem, err=True)
    click.echo(f"{len(chosen)} exercises verified, {len(problems)} problems")
    return 1 if problems else 0


def _in_profile(
    profile: Profile, exercises: Sequence[Exercise], options: BatchOptions
) -> tuple[tuple[Exercise, ...], BatchOptions]:
    """The exercises in that profile, and the GPUs for it where there are any."""
    if profile == "cpu":
        return tuple(exercises), options
    gpus = find_gpus()
    placement = place(exercises, gpus) if gpus else Placement(tuple(exercises))
    for note in placement.notes:
        click.echo(note)
    if not placement.gpus:
        click.echo("no GPU that can be used: the GPU's sizes, on the processor")
        return tuple(exercise.in_profile(profile) for exercise in exercises), options
    return placement.exercises, options.with_gpus(placement.gpus)


def calibrate_exercise(
    exercise_id: str, seeds: int, profile: Profile, options: BatchOptions, course_folder: Path
) -> int:
    """Carry out `autograder calibrate`; returns the exit status."""
    from autograder.authoring.calibrate import calibrate, write_calibration

    (exercise,), options = _in_profile(profile, [find_course(course_folder).exercise(exercise_id)], options)
    if profile != "cpu" and not exercise.has_own_thresholds:
        raise UsageError(
            f"{exercise_id} has the same settings on every machine, so that one calibration holds for all; leave out "
            "--profile"
        )
    built = build_exercise(exercise)
    calibration = asyncio.run(
        calibrate(
            exercise,
            built,
            load_answers(exercise, built),
            seeds=range(seeds),
            jobs=options.jobs,
            isolation=options.isolation,
            gpus=options.gpus,
            say=click.echo,
        )
    )
    write_calibration(exercise, calibration)
    for name, metric in calibration.metrics.items():
        weak = ", ".join(f"{one} {measured.chance:.2g}" for one, measured in metric.weak.items())
        click.echo(
            f"{name}: threshold {metric.threshold:g}; an honest run fails it with a chance of "
            f"{metric.honest.chance:.2g}; a weak one passes it: {weak}"
        )
    click.echo(f"wrote {exercise.calibration}")
    return 0


def _print_matrix(verification: Verification) -> None:
    """Test cases by answers, a character each, so that it can be read in any window and any log."""
    names = list(verification.cards)
    for number, name in enumerate(names, 1):
        click.echo(f"  {number:>2}  {name}")
    click.echo("  + passed, F failed, E errored, . no evidence, ? ungraded; in the order above, by tens")
    for case, outcomes in verification.matrix.items():
        marks = "".join(_MARKS[outcomes[name]] for name in names)
        groups = (marks[start : start + _GROUP] for start in range(0, len(marks), _GROUP))
        click.echo(f"  {' '.join(groups)}  {case}")
