"""The arithmetic behind the benchmarks: what is counted as the cost of a submission, and when a target holds."""

import sys
from pathlib import Path

import pytest

# Burns half a CPU second in a process that has left its parent, whose parent ignores its end.
DETACHED = """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
read, write = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while time.process_time() < 0.5:
            pass
        os.write(write, b"x")
    os._exit(0)
os.close(write)
os.read(read, 1)
"""


def test_cpu_of_a_process_that_nobody_waits_for_is_counted(tmp_path: Path) -> None:
    from meter import Metered, method

    if method().startswith("wait4"):
        pytest.skip("no perf events here, and the benchmark says so in its results")
    ended = Metered([sys.executable, "-c", DETACHED], cwd=tmp_path, log=tmp_path / "log").wait()
    assert ended.status == 0
    assert ended.cpu_s >= 0.5


def test_cpu_up_to_a_moment_lies_between_the_samples_around_it() -> None:
    from meter import Ended

    ended = Ended(100.0, 104.0, 8.0, 0, moments=[101.0, 103.0], counts=[1.0, 5.0])
    assert [ended.cpu_at(moment) for moment in (100.5, 102.0, 103.5)] == [0.0, 3.0, 8.0]


def test_the_one_off_start_is_told_apart_from_the_cost_of_a_submission() -> None:
    from meter import Ended
    from peers import _steady

    # two slots: a start of 5 s, then each slot takes 2 s per submission, and the end takes 1 s
    finished = [107.0, 107.0, 109.0, 109.0, 111.0, 111.0]
    ended = Ended(100.0, 112.0, 20.0, 0, moments=[107.0, 110.0], counts=[12.0, 15.0])
    cost = _steady(ended, finished, 2)
    assert (cost.submissions, cost.wall_s, cost.cpu_s) == (4, 1.25, 2.0)
    assert cost.start_s == 7 - 2 * 1.25


def test_a_slow_grader_fails_its_targets_and_an_unmeasured_one_passes_none() -> None:
    from peers import Cost
    from targets import throughput_targets

    def targets(ours_s: float, kernel_s: float) -> dict[str, bool | None]:
        ours = Cost(wall_s=ours_s, cpu_s=ours_s, submissions=4, cpu_phases={"kernel_start": kernel_s})
        costs = {
            ("01_build_lstm", 2, "ours warm"): [ours],
            ("01_build_lstm", 2, "otter run"): [Cost(wall_s=8.0, cpu_s=8.0, submissions=2)],
            ("01_build_lstm", 2, "floor"): [Cost(wall_s=0.2, cpu_s=0.2, submissions=4)],
            ("02_train_lstm", 2, "ours warm"): [Cost(wall_s=ours_s, cpu_s=ours_s, submissions=4)],
            ("02_train_lstm", 2, "floor"): [Cost(wall_s=0.75, cpu_s=0.75, submissions=4)],
        }
        return {target.name: target.holds for target in throughput_targets(costs, [2])}

    assert set(targets(0.8, 0.2).values()) == {True}
    assert set(targets(1.0, 0.4).values()) == {False}
    assert {target.holds for target in throughput_targets({}, [2])} == {None}


def test_cold_kernels_decide_nothing_about_the_memory_of_warm_ones() -> None:
    from targets import memory_targets

    held = {"extra_slot_bytes": 100e6, "server_rss_bytes": 2e9}
    assert [target.holds for target in memory_targets({"kernel": "warm", **held})] == [True, False]
    assert [target.holds for target in memory_targets({"kernel": "cold", **held})] == [None, None]


def test_last_fifth_above_the_first_by_more_than_a_tenth_is_not_flat() -> None:
    from bench_class import Block, _flat_targets

    def flat(*last: float) -> list[bool | None]:
        return [target.holds for target in _flat_targets([Block(1.0, 1.0, 1.0, 1.0, 1.0, 1.0), Block(*last)])]

    seconds, yardsticks, memory = [True] * 2, [True] * 2, [True] * 3
    no_seconds, no_yardsticks, no_memory = [False] * 2, [False] * 2, [False] * 3
    assert flat(1.05, 1.05, 1.0, 1.05, 1.05, 1.05) == seconds + yardsticks + memory
    assert flat(1.2, 1.2, 1.0, 1.2, 1.2, 1.2) == no_seconds + no_yardsticks + no_memory
    assert flat(0.8, 0.8, 1.0, 0.8, 0.8, 0.8) == no_seconds + no_yardsticks + memory
    assert flat(1.2, 1.2, 1.2, 1.0, 1.0, 1.0) == no_seconds + yardsticks + memory, "a slower machine"
    assert flat(1.0, 1.0, 1.2, 1.0, 1.0, 1.0) == seconds + no_yardsticks + memory, "a faster grader on it"
    assert flat(1.0, 1.0, 0.0, 1.0, 1.0, 1.0) == seconds + no_yardsticks + memory, "no yardstick: no pass"


def test_the_page_shows_the_figures_of_the_file() -> None:
    import json

    from results_file import RESULTS
    from results_page import PAGE, with_figures

    page = PAGE.read_text(encoding="utf-8")
    sections = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert with_figures(page, sections) == page, "run `python benchmarks/results_page.py`"
