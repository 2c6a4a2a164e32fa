"""Grades a large class with one in ten hostile, once without a break and once killed three times and resumed.

Shows that a submission costs the same and memory stays the same from the first block of the class to the
last, that nothing is lost, that no process is left behind, and that a run resumed three times ends with the same
scorecards as one without a break.

A shared machine can change its speed within minutes by more than the 10 % that are allowed. So a fixed piece of
work, the yardstick, is timed on the way, and what a submission costs in a block is divided by what the yardstick cost
in that block. The plain seconds must be flat as well; where they alone are not, it was the machine.
"""

import tempfile
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import click
import psutil

from autograder.kernels import choose_level
from autograder.scorecard import Scorecard, read_scorecard, without_times
from class_folder import ClassFolder, make_class
from grade_command import grade_command, scorecard_paths
from memory import end_strays, held_by, server_of, total_pss
from meter import Ended, Metered, adopt_orphans
from results_file import RESULTS, write_section
from tables import print_targets
from targets import Target

BLOCKS = 5
KILLS = 3
FLAT = 0.10
SAMPLE_EVERY_S = 5.0
RESULTS_FOLDER = "results"
YARDSTICK_ITEMS = 100_000
LINES = 40


@dataclass(frozen=True)
class Sample:
    """One moment of `time.time()`: CPU seconds of the yardstick, memory of the whole tree, recorder, largest server."""

    moment: float
    yardstick_s: float
    tree_pss_bytes: int
    recorder_rss_bytes: int
    server_rss_bytes: int


@dataclass(frozen=True)
class Block:
    """One fifth of the class. Seconds and CPU seconds are per submission, yardstick and memory are medians."""

    wall_s: float
    cpu_s: float
    yardstick_s: float
    tree_pss_bytes: float
    recorder_rss_bytes: float
    server_rss_bytes: float


@dataclass(frozen=True)
class ClassRuns:
    """What came of the two runs. The lists name what is not as it must be."""

    wall_s: float
    cpu_s: float
    killed_wall_s: list[float]
    blocks: list[Block]
    surprises: list[str]
    different: list[str]
    left_behind: list[str]


@click.command()
@click.option("--students", default=500, help="How many; a multiple of 50, so that blocks are alike.")
@click.option("--jobs", default=2, help="How many at a time.")
@click.option("--sandbox", default="auto", help="Isolation level.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=RESULTS)
def main(students: int, jobs: int, sandbox: str, out: Path) -> None:
    """Run both classes and write the figures into `--out`."""
    if students % (10 * BLOCKS):
        raise click.UsageError(f"--students {students}: give a multiple of {10 * BLOCKS}")
    adopt_orphans()
    level = _level(sandbox)
    with tempfile.TemporaryDirectory(prefix="ag-bench-") as name:
        run = _run_both(Path(name), students, jobs, sandbox, level)
    targets = [
        *_flat_targets(run.blocks),
        _none("nothing lost, every score as expected", run.surprises),
        _none("no process left behind", run.left_behind),
        _none(f"killed {KILLS} times and resumed: equal to the run without a break", run.different),
    ]
    _print(run)
    print_targets(targets)
    content: dict[str, Any] = {
        "students": students,
        "jobs": jobs,
        "level": level,
        "kernel": "warm",
        **asdict(run),
        "targets": [asdict(target) for target in targets],
    }
    write_section(out, "class", content)


def _run_both(folder: Path, students: int, jobs: int, sandbox: str, level: str) -> ClassRuns:
    school = make_class(folder, students, students // BLOCKS, level=level)
    command = _command(school, jobs, sandbox)
    whole, killed = folder / "whole", folder / "killed"
    ended, samples = _uninterrupted(command, whole)
    left = end_strays()
    killed_left, seconds = _killed(command, killed, students)
    cards = _cards(whole)
    surprises = school.surprises(cards)
    if ended.status != 0:
        surprises.append(f"the command ended with status {ended.status}: {_last_line(whole / 'log')}")
    return ClassRuns(
        wall_s=ended.wall_s,
        cpu_s=ended.cpu_s,
        killed_wall_s=seconds,
        blocks=_blocks(ended, samples, scorecard_paths(whole / RESULTS_FOLDER), jobs),
        surprises=surprises,
        different=_different(cards, _cards(killed), school.races()),
        left_behind=left + killed_left,
    )


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def _level(sandbox: str) -> str:
    """The level that will be in force: the strongest that holds where none was named."""
    return choose_level(sandbox)


def _command(school: ClassFolder, jobs: int, sandbox: str) -> list[str]:
    return grade_command(
        [school.folder], Path(RESULTS_FOLDER), school.course, jobs=jobs, kernel="warm", sandbox=sandbox
    )


def _uninterrupted(command: list[str], folder: Path) -> tuple[Ended, list[Sample]]:
    folder.mkdir()
    running = Metered(command, cwd=folder, log=folder / "log")
    samples: list[Sample] = []
    is_over = threading.Event()

    def sample() -> None:
        while not is_over.wait(SAMPLE_EVERY_S):
            try:
                tree = held_by(running.tree())
                held = (total_pss(tree), tree[0].rss_bytes, server_of(tree).rss_bytes)
                samples.append(Sample(time.time(), _yardstick_s(), *held))
            except (psutil.Error, ValueError, IndexError):  # the run is just ending
                continue

    sampler = threading.Thread(target=sample, daemon=True)
    sampler.start()
    ended = running.wait()
    is_over.set()
    sampler.join()
    return ended, samples


def _yardstick_s() -> float:
    """CPU seconds of a fixed piece of work in Python, some tens of milliseconds: how fast the machine is now."""
    began = time.thread_time()
    words = sorted(str(number) for number in range(YARDSTICK_ITEMS))
    counts = {word: len(word) for word in words}
    assert len(counts) == YARDSTICK_ITEMS
    return time.thread_time() - began


def _killed(command: list[str], folder: Path, students: int) -> tuple[list[str], list[float]]:
    """SIGKILL to the command each time another quarter of the class is graded; processes left 10 s later."""
    folder.mkdir()
    left, seconds = [], []
    for number in range(1, KILLS + 1):
        running = Metered(command, cwd=folder, log=folder / "log")
        enough = students * number // (KILLS + 1)
        while running.is_running and len(scorecard_paths(folder / RESULTS_FOLDER)) < enough:
            time.sleep(0.2)
        if not running.is_running:
            raise RuntimeError(f"the run ended before it could be killed; see {folder / 'log'}")
        seconds.append(running.kill().wall_s)
        left += end_strays()
    seconds.append(Metered(command, cwd=folder, log=folder / "log").wait().wall_s)
    return left + end_strays(), seconds


def _cards(folder: Path) -> dict[str, Scorecard]:
    paths = scorecard_paths(folder / RESULTS_FOLDER)
    return {card.student: card for card in map(read_scorecard, paths)}


def _different(
    whole: dict[str, Scorecard], resumed: dict[str, Scorecard], races: Collection[str]
) -> list[str]:
    """One line for each student whose two scorecards differ, with the fields; of `races` the points count."""
    lines = []
    for student in sorted(whole.keys() | resumed.keys()):
        if student not in whole or student not in resumed:
            lines.append(f"{student}: in one of the two runs only")
            continue
        one, other = without_times(whole[student]), without_times(resumed[student])
        if student in races:
            one["questions"], other["questions"] = _points(whole[student]), _points(resumed[student])
        fields = [name for name in one if one[name] != other[name]]
        if fields:
            lines.append(f"{student}: {', '.join(fields)} differ")
    return lines


def _points(card: Scorecard) -> dict[str, float | None]:
    return {question.name: question.earned for question in card.questions}


def _blocks(ended: Ended, samples: Sequence[Sample], paths: Sequence[Path], jobs: int) -> list[Block]:
    """The first block begins when every slot has finished one submission: the start is not a submission's."""
    moments = [path.stat().st_mtime for path in paths]
    size = len(moments) // BLOCKS
    edges = [jobs - 1, *(size * number - 1 for number in range(1, BLOCKS + 1))]
    blocks = []
    for first, last in pairwise(edges):
        began, end = moments[first], moments[last]
        inside = [sample for sample in samples if began <= sample.moment <= end]
        names = ("yardstick_s", "tree_pss_bytes", "recorder_rss_bytes", "server_rss_bytes")
        held = {name: median([getattr(one, name) for one in inside] or [0]) for name in names}
        cpu_s = ended.cpu_at(end) - ended.cpu_at(began)
        blocks.append(Block(wall_s=(end - began) / (last - first), cpu_s=cpu_s / (last - first), **held))
    return blocks


def _compared(block: Block) -> dict[str, float]:
    """What must stay the same from block to block; 0 where it was not measured."""
    unit = block.yardstick_s
    return {
        "wall time": block.wall_s,
        "CPU time": block.cpu_s,
        "wall time in yardsticks": block.wall_s / unit if unit else 0,
        "CPU time in yardsticks": block.cpu_s / unit if unit else 0,
        "memory of all processes": block.tree_pss_bytes,
        "memory of the recorder": block.recorder_rss_bytes,
        "memory of the server": block.server_rss_bytes,
    }


def _flat_targets(blocks: Sequence[Block]) -> list[Target]:
    """Each figure of the last block against that of the first."""
    targets = []
    last_of = _compared(blocks[-1])
    for name, first in _compared(blocks[0]).items():
        change = last_of[name] / first - 1 if first else None
        # Less in the end is as good as flat for memory; for time it would mean that the start was counted.
        holds = None if change is None else change <= FLAT and (change >= -FLAT or "memory" in name)
        measured = "not measured" if change is None else f"{change:+.1%}"
        targets.append(Target(f"last fifth against the first: {name}", "within 10 %", measured, holds))
    return targets


def _none(name: str, found: Sequence[str]) -> Target:
    return Target(name, "none otherwise", f"{len(found)} otherwise", not found)


def _print(run: ClassRuns) -> None:
    print(
        f"\n{run.wall_s:.0f} s without a break; killed and resumed: {[round(s) for s in run.killed_wall_s]} s"
    )
    print(
        f"  {'fifth':<8}{'s each':>10}{'CPU s each':>12}{'yardstick ms':>14}"
        f"{'tree MB':>10}{'recorder MB':>13}{'server MB':>11}"
    )
    for number, block in enumerate(run.blocks, 1):
        held = (block.tree_pss_bytes, block.recorder_rss_bytes, block.server_rss_bytes)
        pss, recorder, server = (value / 1e6 for value in held)
        print(
            f"  {number:<8}{block.wall_s:>10.2f}{block.cpu_s:>12.2f}{block.yardstick_s * 1000:>14.1f}"
            f"{pss:>10.0f}{recorder:>13.0f}{server:>11.0f}"
        )
    for line in (run.surprises + run.different + run.left_behind)[:LINES]:
        print(f"  {line}")


if __name__ == "__main__":
    main()
