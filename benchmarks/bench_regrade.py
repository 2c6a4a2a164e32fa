"""Grades a class, then judges its stored evidence again, and compares the two times.

By default the class is one of the course's `11_airpassengers_lstm`, whose submissions train: what a regrade saves is
the running of notebooks. With `--course benchmarks/course --exercise 01_build_lstm` nothing trains, judging is half of
the grading, and so the ratio says little. What was graded once can be used again by `--results`.
"""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from autograder.authoring.answers import load_answers
from autograder.authoring.sample_class import write_sample_class
from autograder.scorecard import read_scorecard, without_times
from grade_command import grade_command, scorecard_paths
from meter import Ended, Metered, adopt_orphans
from results_file import RESULTS, write_section
from tables import print_targets
from targets import Target, at_most
from workload import Workload, program

REAL_COURSE = Path(__file__).parents[1]
EXERCISE = "11_airpassengers_lstm"
ENOUGH = 100
MOST_SECONDS = 30.0
MOST_OF_GRADING = 0.1

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--students", default=100, help="How many.")
@click.option("--jobs", default=2, help="How many at a time.")
@click.option("--course", type=_FOLDER, default=REAL_COURSE, help="The course.")
@click.option("--exercise", default=EXERCISE, help="The exercise; its answers are the class.")
@click.option(
    "--results", type=_FOLDER, default=None, help="Keep the class and its results here; used again."
)
@click.option("--sandbox", default="auto", help="Isolation level of the grading.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=RESULTS)
def main(
    students: int, jobs: int, course: Path, exercise: str, results: Path | None, sandbox: str, out: Path
) -> None:
    """Grade, regrade, and write the figures into `--out`."""
    adopt_orphans()
    workload = Workload.of(exercise, course.absolute())
    with tempfile.TemporaryDirectory(prefix="ag-bench-") as name:
        folder = (results or Path(name)).absolute()
        graded_s = _graded(workload, folder, students, jobs, sandbox)
        before = _cards(folder)
        command = [program("autograder"), "regrade", str(folder / "results"), "--jobs", str(jobs)]
        log = folder / "regrade.log"
        ended = Metered([*command, "--course", str(workload.course.root)], cwd=folder, log=log).wait()
        _expect_success(ended, log)
        after = _cards(folder)
    changed = [student for student, card in before.items() if after.get(student) != card]
    # In a small class the start is most of the time, and decides nothing.
    is_enough = len(before) >= ENOUGH
    seconds = ended.wall_s * ENOUGH / len(before) if is_enough else None
    ratio = ended.wall_s / graded_s if is_enough else None
    targets = [
        at_most(f"regrade of {ENOUGH}", seconds, MOST_SECONDS, " s"),
        at_most("regrade over grading", ratio, MOST_OF_GRADING, " x"),
        Target("regraded scorecards equal to the graded ones", "all", f"{len(changed)} differ", not changed),
    ]
    print(f"\n{exercise}, {len(before)} submissions, {jobs} at a time")
    print(f"  graded in {graded_s:.1f} s, regraded in {ended.wall_s:.1f} s ({ended.cpu_s:.1f} CPU s)")
    for student in changed[:20]:
        print(f"  differs: {student}")
    print_targets(targets)
    content: dict[str, Any] = {
        "students": len(before),
        "jobs": jobs,
        "graded_wall_s": graded_s,
        "regraded_wall_s": ended.wall_s,
        "regraded_cpu_s": ended.cpu_s,
        "changed": changed,
        "targets": [asdict(target) for target in targets],
    }
    write_section(out, f"regrade of {exercise}", content)


def _graded(workload: Workload, folder: Path, students: int, jobs: int, sandbox: str) -> float:
    """Wall seconds of grading the class, now or when it was graded into this folder."""
    timing = folder / "graded.json"
    if timing.is_file():
        graded_s: float = json.loads(timing.read_text(encoding="utf-8"))["wall_s"]
        return graded_s
    answers = load_answers(workload.exercise, workload.built)
    write_sample_class(workload.built, answers, folder / "class", students=students, seed=1)
    command = grade_command(
        [folder / "class"],
        folder / "results",
        workload.course.root,
        jobs=jobs,
        kernel="warm",
        sandbox=sandbox,
    )
    command += ["--exercise", workload.exercise.id]
    ended = Metered(command, cwd=folder, log=folder / "grade.log").wait()
    _expect_success(ended, folder / "grade.log")
    timing.write_text(json.dumps({"wall_s": ended.wall_s, "cpu_s": ended.cpu_s}), encoding="utf-8")
    return ended.wall_s


def _cards(folder: Path) -> dict[str, dict[str, object]]:
    cards = map(read_scorecard, scorecard_paths(folder / "results"))
    return {card.student: without_times(card) for card in cards}


def _expect_success(ended: Ended, log: Path) -> None:
    if ended.status != 0:
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise click.ClickException(f"ended with status {ended.status}:\n{tail}")


if __name__ == "__main__":
    main()
