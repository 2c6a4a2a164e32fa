"""The graders that are compared, one function each: grade some copies of one notebook, so many at a time.

What counts: everything from the moment every slot has finished its first submission to the end of the
command, shared among the submissions in between. What came before, less one submission per slot, is the
one-off start, shown apart. A peer that starts anew for every submission has no one-off start: all counts.
A peer without parallelism of its own runs as several processes side by side, on different submissions.
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

import nbgrader_env
from grade_command import Kernel, grade_command, scorecard_paths, scorecards
from meter import Ended, Metered
from workload import THREADS, Workload, program


@dataclass(frozen=True)
class Prepared:
    """What is made once per notebook, before anything is measured."""

    workload: Workload
    sandbox: str
    otter_archive: Path | None = None
    nbgrader: Path | None = None


@dataclass(frozen=True)
class Cost:
    """One submission's share. `wall_s` is the time between two finished ones, so 1 / `wall_s` is throughput.

    `start_s`, `end_s` and `end_cpu_s` are of the whole command; the end is counted in every share, too.
    """

    wall_s: float
    cpu_s: float
    submissions: int
    start_s: float = 0.0
    end_s: float = 0.0
    end_cpu_s: float = 0.0
    phases: dict[str, float] = field(default_factory=dict)
    cpu_phases: dict[str, float] = field(default_factory=dict)
    how: str = ""


Peer = Callable[[Prepared, int, int, Path], Cost]


class PeerFailedError(RuntimeError):
    """A peer did not grade what it was given, so its time means nothing."""


def _steady(ended: Ended, finished: Sequence[float], jobs: int, **more: Any) -> Cost:
    """The cost in the steady state, from the moments at which submissions were finished."""
    first = finished[jobs - 1]
    counted = len(finished) - jobs
    wall_s = (ended.ended - first) / counted
    return Cost(
        wall_s=wall_s,
        cpu_s=(ended.cpu_s - ended.cpu_at(first)) / counted,
        submissions=counted,
        start_s=first - ended.began - wall_s * jobs,
        end_s=ended.ended - finished[-1],
        end_cpu_s=ended.cpu_s - ended.cpu_at(finished[-1]),
        **more,
    )


def _ours(kernel: Kernel) -> Peer:
    def run(prepared: Prepared, jobs: int, waves: int, folder: Path) -> Cost:
        workload = prepared.workload
        submissions = workload.hand_in(folder / "class", jobs * (1 + waves))
        command = grade_command(
            submissions,
            folder / "results",
            workload.course.root,
            jobs=jobs,
            kernel=kernel,
            sandbox=prepared.sandbox,
        )
        ended = Metered(command, cwd=folder, log=folder / "log").wait()
        _expect_success(ended, folder / "log", "autograder grade")
        cards = scorecards(folder / "results")
        _expect_full_marks(cards, len(submissions))
        finished = [path.stat().st_mtime for path in scorecard_paths(folder / "results")]
        counted = cards[jobs:]
        where = counted[0]["environment"]
        return _steady(
            ended,
            finished,
            jobs,
            phases=_mean_phases([card["execution"]["phases"] for card in counted]),
            cpu_phases=_mean_phases([card["execution"].get("cpu_phases") or {} for card in counted]),
            how=f"{where['kernel']}, {where['isolation']}",
        )

    return run


def _mean_phases(cards: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: mean(card[name] for card in cards) for name in cards[0]}


def _expect_full_marks(cards: Sequence[dict[str, Any]], count: int) -> None:
    if len(cards) != count:
        raise PeerFailedError(f"autograder grade: {count} submissions, {len(cards)} scorecards")
    for card in cards:
        if card["status"] != "graded" or card["score"] != card["max_score"]:
            said = [case["message"] for question in card["questions"] for case in question["cases"]]
            raise PeerFailedError(
                f"autograder grade: {card['student']} is {card['status']} with {card['score']} of "
                f"{card['max_score']}: {next(filter(None, said), card['error'])}"
            )


def _expect_success(ended: Ended, log: Path, name: str) -> None:
    if ended.status != 0:
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise PeerFailedError(f"{name} ended with status {ended.status}:\n{tail}")


def _side_by_side(commands: Sequence[tuple[list[str], Path]], name: str) -> tuple[float, list[Ended]]:
    """Wall seconds until all of them have ended."""
    environment = {**os.environ, **THREADS}
    began = time.time()
    running = [Metered(command, cwd=cwd, log=cwd / "log", env=environment) for command, cwd in commands]
    ended = [one.wait() for one in running]
    for one, (_command, cwd) in zip(ended, commands, strict=True):
        _expect_success(one, cwd / "log", name)
    return time.time() - began, ended


def _otter_run(prepared: Prepared, jobs: int, waves: int, folder: Path) -> Cost:  # noqa: ARG001 - all count
    workload = prepared.workload
    assert prepared.otter_archive is not None
    submissions = workload.hand_in(folder / "class", jobs)
    commands = []
    for path in submissions:
        own = folder / path.stem
        own.mkdir()
        shutil.copy(path, own / workload.exercise.notebook_name)
        name = workload.exercise.notebook_name
        command = [program("otter"), "run", name, "-a", str(prepared.otter_archive), "-o", ".", "--no-logo"]
        commands.append((command, own))
    wall_s, ended = _side_by_side(commands, "otter run")
    for _command, own in commands:
        tests = json.loads((own / "results.json").read_text(encoding="utf-8"))["tests"]
        score = sum(test.get("score", 0.0) for test in tests)
        if score < workload.points_without_reference - 1e-6:
            raise PeerFailedError(
                f"otter run: {score:g} points, expected {workload.points_without_reference:g}: {tests}"
            )
    return _whole(wall_s, ended)


def _nbclient(prepared: Prepared, jobs: int, waves: int, folder: Path) -> Cost:  # noqa: ARG001 - all count
    commands = []
    for number in range(jobs):
        notebook = prepared.workload.work_folder(folder / str(number), prepared.workload.without_checks())
        command = [program("jupyter"), "execute", notebook.name, "--kernel_name", "python3"]
        commands.append((command, notebook.parent))
    wall_s, ended = _side_by_side(commands, "jupyter execute")
    return _whole(wall_s, ended)


def _whole(wall_s: float, ended: Sequence[Ended]) -> Cost:
    """The cost where each process graded one submission."""
    return Cost(wall_s=wall_s / len(ended), cpu_s=mean(one.cpu_s for one in ended), submissions=len(ended))


def _nbgrader(prepared: Prepared, jobs: int, waves: int, folder: Path) -> Cost:
    assert prepared.nbgrader is not None
    command = nbgrader_env.autograde_command(prepared.nbgrader)
    courses = []
    for number in range(jobs):
        course = folder / str(number)
        courses.append(nbgrader_env.make_course(prepared.workload, prepared.nbgrader, course, 1 + waves))
    environment = nbgrader_env.environment(prepared.nbgrader)
    running = [Metered(command, cwd=course, log=course / "log", env=environment) for course in courses]
    costs = []
    for course, one in zip(courses, running, strict=True):
        ended = one.wait()
        _expect_success(ended, course / "log", "nbgrader autograde")
        finished = [path.stat().st_mtime for path in nbgrader_env.graded_notebooks(course)]
        if len(finished) != 1 + waves:
            raise PeerFailedError(f"nbgrader autograde: {1 + waves} submissions, {len(finished)} graded")
        costs.append(_steady(ended, finished, 1))
    return Cost(
        wall_s=mean(cost.wall_s for cost in costs) / jobs,
        cpu_s=mean(cost.cpu_s for cost in costs),
        submissions=sum(cost.submissions for cost in costs),
        start_s=mean(cost.start_s for cost in costs),
    )


def _floor(prepared: Prepared, jobs: int, waves: int, folder: Path, *, as_kernels: bool = False) -> Cost:
    workload = prepared.workload
    notebook = workload.work_folder(folder / "work", workload.without_checks())
    options = [option for name in workload.exercise.preload for option in ("--preload", name)]
    script = str(Path(__file__).with_name("floor.py"))
    python = program("python")
    command = [
        python,
        "-P",
        script,
        str(notebook),
        *options,
        "--jobs",
        str(jobs),
        "--count",
        str(jobs * waves),
        *(["--as-kernels"] if as_kernels else []),
    ]
    _wall_s, (ended,) = _side_by_side([(command, folder)], "the floor")
    said = json.loads((folder / "log").read_text(encoding="utf-8").strip().splitlines()[-1])
    children = said["children"]
    return Cost(
        wall_s=said["wall_s"] / len(children),
        cpu_s=mean(child["cpu_s"] for child in children),
        submissions=len(children),
        start_s=said["start_s"],
        how=f"whole command {ended.cpu_s:.1f} CPU s",
    )


PEERS: dict[str, Peer] = {
    "ours warm": _ours("warm"),
    "ours cold": _ours("cold"),
    "otter run": _otter_run,
    "nbgrader": _nbgrader,
    "nbclient": _nbclient,
    "floor": _floor,
    "lower floor": partial(_floor, as_kernels=True),
}
