"""Compares graders on the same notebooks in one run, in turns, and says which targets hold.

Two notebooks, the same network: one trains nothing, so that it shows what grading itself costs; one trains.
What counts as the cost of a submission is in `peers`. A full run takes about an hour; nothing else should run.
"""

import shutil
import tempfile
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from memory import measure_memory
from meter import adopt_orphans
from nbgrader_env import ensure_nbgrader
from peers import PEERS, Cost, PeerFailedError, Prepared
from results_file import RESULTS, write_section
from tables import print_costs, print_targets, summary
from targets import memory_targets, throughput_targets
from workload import NO_TRAINING, TRAINING, Workload

# How often each slot grades the notebook after its first: more where a submission takes less than a second.
WAVES = {
    NO_TRAINING: {"ours warm": 16, "floor": 8, "lower floor": 8},
    TRAINING: {"ours warm": 2, "floor": 2, "lower floor": 2},
}

# Other graders sometimes lose a run by themselves, as when two kernels choose the same port; ours may not.
MAX_LOST = 5

Measured = dict[tuple[str, int, str], list[Cost]]


@click.command()
@click.option("--rounds", default=5, help="How often each peer has its turn.")
@click.option("--jobs", multiple=True, type=int, default=(1, 2), help="How many at a time; repeat.")
@click.option("--peers", multiple=True, type=click.Choice(list(PEERS)), help="Only these; repeat.")
@click.option("--notebooks", multiple=True, type=click.Choice(list(WAVES)), help="Only these; repeat.")
@click.option("--sandbox", default="auto", help="Isolation level of our own grader.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=RESULTS)
@click.option("--quick", is_flag=True, help="One round, one wave: shows that it works, decides nothing.")
@click.option("--memory/--no-memory", default=True, help="Also measure memory per slot.")
def main(
    rounds: int,
    jobs: tuple[int, ...],
    peers: tuple[str, ...],
    notebooks: tuple[str, ...],
    sandbox: str,
    out: Path,
    quick: bool,
    memory: bool,
) -> None:
    """Run the comparison and write its figures into `--out`."""
    chosen = [name for name in PEERS if name in (peers or PEERS)]
    exercises = list(notebooks or WAVES)
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="ag-bench-") as name:
        folder = Path(name)
        lost: Counter[str] = Counter()
        costs = _measure(
            exercises, jobs, chosen, 1 if quick else rounds, sandbox, folder, lost, is_quick=quick
        )
        targets = throughput_targets(costs, jobs)
        held = None
        if memory:
            held = measure_memory(folder / "memory", kernel="warm", sandbox=sandbox)
            targets += memory_targets(held)
    for exercise in exercises:
        for number in jobs:
            print_costs(costs, exercise, number, chosen)
    if held is not None:
        _print_memory(held)
    for peer, count in lost.items():
        print(f"\n{peer} lost {count} of its runs by itself; they were repeated")
    print_targets(targets)
    summaries = {
        exercise: {str(number): summary(costs, exercise, number, chosen) for number in jobs}
        for exercise in exercises
    }
    raw = [
        {"notebook": exercise, "jobs": number, "peer": peer, "rounds": [asdict(cost) for cost in rounds_of]}
        for (exercise, number, peer), rounds_of in costs.items()
    ]
    content: dict[str, Any] = {
        "rounds": 1 if quick else rounds,
        "summary": summaries,
        "costs": raw,
        "lost_runs": lost,
        "memory": held,
        "targets": [asdict(target) for target in targets],
    }
    write_section(out, "comparison", content)


def _measure(
    exercises: list[str],
    jobs: tuple[int, ...],
    chosen: list[str],
    rounds: int,
    sandbox: str,
    folder: Path,
    lost: Counter[str],
    *,
    is_quick: bool,
) -> Measured:
    """Every peer once per round on each notebook; who goes first changes from round to round.

    `lost` counts the runs that had to be repeated.
    """
    prepared = {name: _prepare(name, chosen, sandbox, folder / name) for name in exercises}
    costs: Measured = defaultdict(list)
    for number in range(rounds):
        for exercise in exercises:
            for at_a_time in jobs:
                shift = number % len(chosen)
                for peer in chosen[shift:] + chosen[:shift]:
                    waves = 1 if is_quick else WAVES[exercise].get(peer, 1)
                    cost = _run(peer, prepared[exercise], at_a_time, waves, folder / "scratch", lost)
                    costs[exercise, at_a_time, peer].append(cost)
                    click.echo(
                        f"round {number + 1}, {exercise}, {at_a_time} at a time, {peer}: "
                        f"{cost.wall_s:.2f} s, {cost.cpu_s:.2f} CPU s"
                    )
    return costs


def _run(
    peer: str, prepared: Prepared, at_a_time: int, waves: int, scratch: Path, lost: Counter[str]
) -> Cost:
    while True:
        scratch.mkdir()
        try:
            return PEERS[peer](prepared, at_a_time, waves, scratch)
        except PeerFailedError as error:
            if peer.startswith("ours") or lost[peer] == MAX_LOST:
                raise
            lost[peer] += 1
            click.echo(f"{peer} lost a run, which is repeated: {str(error).splitlines()[-1]}")
        finally:
            shutil.rmtree(scratch)


def _prepare(exercise: str, chosen: list[str], sandbox: str, folder: Path) -> Prepared:
    """Build the exercise for each peer and grade it once, so that caches are filled before the first round."""
    workload = Workload.of(exercise)
    folder.mkdir()
    prepared = Prepared(
        workload=workload,
        sandbox=sandbox,
        otter_archive=workload.otter_archive(folder / "otter") if "otter run" in chosen else None,
        nbgrader=ensure_nbgrader() if "nbgrader" in chosen else None,
    )
    ours = [name for name in chosen if name.startswith("ours")]
    if ours:
        (folder / "first").mkdir()
        PEERS[ours[0]](prepared, 1, 1, folder / "first")
    return prepared


def _print_memory(held: dict[str, Any]) -> None:
    print(f"\nmemory with {held['kernel']} kernels, MB")
    for name in ("one_slot", "two_slots", "extra_slot", "server_rss", "server_pss"):
        print(f"  {name.replace('_', ' '):<12} {held[f'{name}_bytes'] / 1e6:8.0f}")


if __name__ == "__main__":
    main()
