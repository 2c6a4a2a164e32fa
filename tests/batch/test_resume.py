"""A run that was killed goes on where it was, and ends with what an uninterrupted one gives."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from autograder.batch import Results
from autograder.scorecard import without_times
from mini import MiniCourse

CLASS = {f"student{number}": {"q1": f"total = {number}"} for number in range(8, 14)}


def command(mini: MiniCourse, results: Path, folder: Path) -> list[str]:
    options = ["--out", str(results), "--sandbox", "none", "--jobs", "2", "--course", str(mini.course.root)]
    return [sys.executable, "-m", "autograder", "grade", str(folder), *options]


def stored(results: Path) -> dict[str, object]:
    return {card.student: without_times(card) for _folder, card in Results(results).scorecards()}


def wait_for_scorecards(results: Path, count: int) -> None:
    deadline = time.monotonic() + 120
    while len(list(results.glob("submissions/*/*/scorecard.json"))) < count:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def descendants_of(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def test_a_run_killed_in_the_middle_resumes_to_the_same_end(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", **CLASS)
    whole = tmp_path / "whole"
    subprocess.run(command(mini, whole, folder), check=True, capture_output=True)

    process = subprocess.Popen(command(mini, mini.results, folder), stdout=subprocess.DEVNULL)
    wait_for_scorecards(mini.results, 2)
    children = descendants_of(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    _gone, alive = psutil.wait_procs(children, timeout=10)
    assert not alive  # executors, kernels and judges end with the recorder

    graded_before = len(stored(mini.results))
    assert graded_before < len(CLASS)
    resumed = subprocess.run(command(mini, mini.results, folder), check=True, capture_output=True, text=True)
    assert f"{len(CLASS)} submissions, {graded_before} of them unchanged" in resumed.stdout
    assert stored(mini.results) == stored(whole)
    assert not (mini.results / ".work").exists()


def test_only_what_changed_is_graded_again(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={}, lee={"q1": "total = 1"})
    mini.grade(folder)
    mini.hand_in(folder, lee={})
    report = mini.grade(folder)
    assert [card.student for card in report.graded] == ["lee"]
    assert [card.student for card in report.kept] == ["kim"]
    assert mini.card("lee").score == 10


def test_another_seed_grades_again(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={})
    mini.grade(folder)
    assert len(mini.grade(folder, seed=1).graded) == 1


def test_a_kill_between_two_renames_loses_nothing(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={})
    mini.grade(folder)
    target = mini.folder("kim")
    target.rename(target.with_name(target.name + ".old"))
    assert not mini.grade(folder).graded
    assert mini.card("kim").score == 10
