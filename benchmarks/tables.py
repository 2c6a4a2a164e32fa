"""Prints what was measured, as text that can go into a document as it is."""

from collections.abc import Sequence
from statistics import median
from typing import Any

from peers import Cost
from targets import Costs, Target, paired_ratio


def print_targets(targets: Sequence[Target]) -> None:
    """One line per target: PASS, FAIL, or OPEN where nothing was measured."""
    print("\ntargets")
    words = {True: "PASS", False: "FAIL", None: "OPEN"}
    for target in targets:
        print(
            f"  {words[target.holds]}  {target.name:<66} {target.measured:>14}  (must be {target.required})"
        )


def print_costs(costs: Costs, notebook: str, jobs: int, peers: Sequence[str]) -> None:
    """One table: every peer on one notebook, so many at a time."""
    rows = summary(costs, notebook, jobs, peers)
    if not rows:
        return
    rounds = max(row["rounds"] for row in rows.values())
    print(f"\n{notebook}, {jobs} at a time; medians of {rounds} rounds, per submission")
    head = ("seconds", "CPU s", "start s", "an hour", "x ours", "above floor")
    print(f"  {'':<12}" + "".join(f"{name:>13}" for name in head))
    for name, row in rows.items():
        cells = (
            f"{row['wall_s']:.2f}",
            f"{row['cpu_s']:.2f}",
            f"{row['start_s']:.1f}",
            f"{row['per_hour']:.0f}",
            "" if row["times_ours"] is None else f"{row['times_ours']:.2f}",
            "" if row["share_above_floor"] is None else f"{row['share_above_floor']:.0%}",
        )
        print(f"  {name:<12}" + "".join(f"{cell:>13}" for cell in cells) + f"   {row['how']}")
    for name, row in rows.items():
        for kind in ("phases", "cpu_phases"):
            if row[kind]:
                unit = "seconds" if kind == "phases" else "CPU s"
                listed = "  ".join(f"{phase} {value:.2f}" for phase, value in row[kind].items())
                print(f"  {name}, {unit} by phase: {listed}")
        if row["end_cpu_s"]:
            end = f"{row['end_s']:.1f} s, {row['end_cpu_s']:.1f} CPU s"
            print(f"  {name}, after the last submission (counted above, shared among them): {end}")


def summary(costs: Costs, notebook: str, jobs: int, peers: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Medians over the rounds, by peer. `share_above_floor` is the part of the seconds that the lower floor has not."""
    found = {name: costs[notebook, jobs, name] for name in peers if costs.get((notebook, jobs, name))}
    ours, floor = found.get("ours warm", ()), found.get("lower floor", ())
    rows = {}
    for name, rounds in found.items():
        times_floor = paired_ratio(floor, rounds)
        wall_s = median(cost.wall_s for cost in rounds)
        rows[name] = {
            "rounds": len(rounds),
            "wall_s": wall_s,
            "cpu_s": median(cost.cpu_s for cost in rounds),
            "start_s": median(cost.start_s for cost in rounds),
            "end_s": median(cost.end_s for cost in rounds),
            "end_cpu_s": median(cost.end_cpu_s for cost in rounds),
            "per_hour": 3600 / wall_s,
            "times_ours": paired_ratio(rounds, ours),
            "share_above_floor": None if times_floor is None else 1 - times_floor,
            "phases": _phases(rounds, "phases"),
            "cpu_phases": _phases(rounds, "cpu_phases"),
            "how": rounds[0].how,
        }
    return rows


def _phases(rounds: Sequence[Cost], field: str) -> dict[str, float]:
    names = getattr(rounds[0], field)
    return {name: median(getattr(cost, field)[name] for cost in rounds) for name in names}
