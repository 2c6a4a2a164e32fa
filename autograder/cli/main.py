"""The command line: parse, call one function, print. Heavy libraries are imported inside the commands."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder import __version__
from autograder.cli.options import (
    ANY_PATH,
    FOLDER,
    command,
    course_option,
    github_option,
    jobs_option,
    profile_option,
    run_options,
)

if TYPE_CHECKING:
    from autograder.ci.device import AskedProfile
    from autograder.course import Profile


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="autograder")
def main() -> None:
    """Grade a course of deep-learning notebooks.

    \b
    Students:     autograder check NOTEBOOK
    Instructors:  autograder grade SUBMISSIONS... --out RESULTS, autograder doctor
    CI:           autograder scorecard, autograder compare
    Authors:      autograder new-exercise, build, calibrate, verify-course
    Data:         autograder prefetch, autograder datasets list, autograder datasets use

    Exit status: 0 done, 1 the harness or the course failed, 2 the command cannot be carried out as given,
    3 a gate is not met, of `scorecard` or `check --require-score`.
    """


@main.command()
@click.argument("submissions", nargs=-1, required=True, type=ANY_PATH)
@click.option("--out", "results", required=True, type=FOLDER, help="The results folder, new or continued.")
@click.option("--exercise", "exercise_id", help="The exercise, where the notebooks do not say.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed for Python, NumPy, Keras, torch.")
@run_options
@command
def grade(jobs: int | None, kernel: str | None, sandbox: str, seed: int, **where: Any) -> int:
    """Grade notebooks, folders of notebooks, or zips of either.

    Running the same command again grades only what is new or has changed.
    """
    from autograder.cli.grading import grade_class
    from autograder.cli.isolation import batch_options

    return grade_class(**where, options=batch_options(kernel, sandbox, jobs=jobs, seed=seed))


@main.command()
@click.argument("results", type=FOLDER)
@jobs_option
@course_option
@command
def regrade(**options: Any) -> int:
    """Judge stored evidence again, after a change to tests, points or thresholds. No kernel is started."""
    from autograder.cli.grading import regrade_class

    return regrade_class(**options)


@main.command()
@click.argument("notebook", type=ANY_PATH)
@click.option(
    "--require-score",
    "percent",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="End with 3 where the public tests earn a smaller share of their points.",
)
@github_option
@course_option
@command
def check(notebook: Path, percent: float | None, is_on_github: bool, course_folder: Path) -> int:
    """Run your notebook from top to bottom in a fresh kernel and try the public tests.

    For your own notebooks: where this machine cannot confine it, the code runs with your rights.
    """
    from autograder.ci import GithubStep
    from autograder.cli.checking import check_notebook

    step = GithubStep.of_this_process() if is_on_github else None
    return check_notebook(notebook, course_folder, percent=percent, step=step)


@main.command()
@course_option
@command
def doctor(course_folder: Path) -> int:
    """Try what this machine can do: isolation levels, attacked from inside, and the warm server."""
    from autograder.cli.doctor import examine

    return examine(course_folder)


@main.command()
@click.option("--check", "check_only", is_flag=True, help="Write nothing; fail on stale files and on leaks.")
@course_option
@command
def build(course_folder: Path, check_only: bool) -> int:
    """Make `exercises/` from the masters in `solutions/`."""
    from autograder.authoring.publish import find_stale, publish
    from autograder.course import find_course

    course = find_course(course_folder)
    if check_only:
        problems = find_stale(course)
        for problem in problems:
            click.echo(problem, err=True)
        click.echo(f"{len(problems)} problems in {len(course.exercises)} exercises")
        return 1 if problems else 0
    changed = publish(course)
    for path in changed:
        click.echo(f"wrote {path}" if path.exists() else f"removed {path}")
    click.echo(f"{len(course.exercises)} exercises, {len(changed)} files changed")
    return 0


@main.command("new-exercise")
@click.argument("exercise_id", metavar="ID")
@click.option("--title-ko", help="Its title in Korean; default: the English one.")
@click.option("--title-en", help="Its title in English; default: made from the ID.")
@course_option
@command
def new_exercise(exercise_id: str, title_ko: str | None, title_en: str | None, course_folder: Path) -> int:
    """Write a small exercise that passes as it is: master, answers, and its entry in the manifest."""
    from autograder.authoring.new_exercise import new_exercise

    written = new_exercise(course_folder, exercise_id, title_ko=title_ko, title_en=title_en)
    for path in written[:-1]:
        click.echo(f"wrote {path}")
    click.echo(f"added {exercise_id} to {written[-1]}")
    click.echo(f"next: autograder build, then autograder verify-course {exercise_id}")
    return 0


@main.command("sample-class")
@click.argument("folder", type=FOLDER)
@click.option("--students", type=click.IntRange(1), default=12, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--exercise", "exercise_id", help="Which exercise; default: the course's first.")
@course_option
@command
def sample_class(folder: Path, students: int, seed: int, exercise_id: str | None, course_folder: Path) -> int:
    """Write a class of submissions with known scores, for demos and load tests."""
    from autograder.authoring.answers import load_answers
    from autograder.authoring.build import build_exercise
    from autograder.authoring.sample_class import write_sample_class
    from autograder.course import find_course

    course = find_course(course_folder)
    exercise = course.exercise(exercise_id) if exercise_id else course.exercises[0]
    built = build_exercise(exercise)
    write_sample_class(built, load_answers(exercise, built), folder, students=students, seed=seed)
    click.echo(f"{students} submissions in {folder}; the scores they must get are in expected.csv there")
    return 0


@main.command("verify-course")
@click.argument("exercises", nargs=-1)
@profile_option
@run_options
@command
def verify_course(exercises: tuple[str, ...], profile: "Profile", course_folder: Path, **how: Any) -> int:
    """Grade every answer of every exercise through the real path and compare with what it declares."""
    from autograder.cli.isolation import batch_options
    from autograder.cli.verifying import VERIFY_SEED, verify

    return verify(exercises, profile, batch_options(**how, seed=VERIFY_SEED), course_folder)


@main.command()
@click.argument("exercise")
@click.option("--seeds", type=click.IntRange(20), default=40, show_default=True, help="How many seeds.")
@profile_option
@run_options
@command
def calibrate(exercise: str, seeds: int, profile: "Profile", course_folder: Path, **how: Any) -> int:
    """Measure an exercise's thresholds over many seeds and write calibration.json."""
    from autograder.cli.isolation import batch_options
    from autograder.cli.verifying import calibrate_exercise

    return calibrate_exercise(exercise, seeds, profile, batch_options(**how, seed=0), course_folder)


@main.command()
@click.argument("exercises", nargs=-1)
@click.option(
    "--submissions", type=ANY_PATH, multiple=True, help="Also grade these, as `grade` does; may be repeated."
)
@click.option(
    "--out", type=FOLDER, required=True, help="Where the files go; a folder of an earlier run goes on."
)
@click.option(
    "--require-score",
    "scores",
    multiple=True,
    metavar="[EXERCISE=]PERCENT",
    help="Gate: every notebook has at least this share of its points.",
)
@click.option(
    "--require-metric",
    "metrics",
    multiple=True,
    metavar="EXERCISE.METRIC[<LIMIT]",
    help="Gate: beyond its calibrated threshold, or beyond a limit (<, <=, >, >=).",
)
@click.option("--baseline", type=ANY_PATH, help="Gate: nothing is worse than in this earlier run.")
@click.option("--score-tolerance", type=float, default=0.0, show_default=True, help="In percentage points.")
@click.option(
    "--metric-tolerance", type=float, default=0.1, show_default=True, help="As a share of the value."
)
@click.option("--time-tolerance", type=float, default=1.5, show_default=True, help="As a ratio of seconds.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed for Python, NumPy, Keras, torch.")
@click.option(
    "--profile",
    type=click.Choice(["auto", "cpu", "gpu"]),
    default="auto",
    show_default=True,
    help="What to compute on; auto: a GPU where there is one.",
)
@github_option
@run_options
@command
def scorecard(
    exercises: tuple[str, ...],
    submissions: tuple[Path, ...],
    out: Path,
    scores: tuple[str, ...],
    metrics: tuple[str, ...],
    baseline: Path | None,
    score_tolerance: float,
    metric_tolerance: float,
    time_tolerance: float,
    profile: "AskedProfile",
    is_on_github: bool,
    course_folder: Path,
    **how: Any,
) -> int:
    """Run the course for CI: references as canaries, then submissions; record, JUnit XML, summary and page."""
    from autograder.ci import GithubStep
    from autograder.cli.isolation import batch_options
    from autograder.cli.scorecards import parse_gates, publish_scorecard
    from autograder.runs import Tolerance

    tolerance = Tolerance(score_tolerance, metric_tolerance, time_tolerance)
    gates = parse_gates(scores, metrics, baseline, tolerance)
    step = GithubStep.of_this_process() if is_on_github else None
    options = batch_options(**how)
    return publish_scorecard(exercises, submissions, out, gates, options, profile, course_folder, step=step)


@main.command("compare")
@click.argument("before", type=ANY_PATH)
@click.argument("after", type=ANY_PATH)
@command
def compare_two(before: Path, after: Path) -> int:
    """Show two runs of `scorecard` side by side: files, or their --out folders."""
    from autograder.cli.scorecards import compare_runs

    return compare_runs(before, after)


@main.command()
@click.argument("exercises", nargs=-1)
@click.option("--stand-ins", is_flag=True, help="Build stand-ins under the same names; needs no network.")
@course_option
@command
def prefetch(exercises: tuple[str, ...], stand_ins: bool, course_folder: Path) -> int:
    """Put pretrained weights into the cache: of these exercises, or of all.

    What was interrupted goes on; what is there is verified again. Real files and stand-ins can both be there; those
    asked for last are in use.
    """
    from autograder.cli.prefetching import prefetch

    return prefetch(exercises, "stand-in" if stand_ins else "real", course_folder)


@main.group()
def datasets() -> None:
    """See and choose the data that exercises run with: real files or stand-ins."""


@datasets.command("list")
@course_option
@command
def datasets_list(course_folder: Path) -> int:
    """Show every data file and model, which kind of it is in use, and by which exercises."""
    from autograder.cli.data import list_data

    return list_data(course_folder)


@datasets.command("use")
@click.argument("name")
@click.argument("path", type=ANY_PATH, required=False)
@click.option("--stand-in", "back", is_flag=True, help="Go back to the stand-in; the copy is removed.")
@course_option
@command
def datasets_use(name: str, path: Path | None, back: bool, course_folder: Path) -> int:
    """Put the real file at PATH in place of a stand-in: copied into the cache, its columns checked."""
    from autograder.cli.data import use_data

    return use_data(name, path, back, course_folder)
