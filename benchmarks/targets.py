"""What the benchmarks must show, each figure beside what was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from peers import Cost
from workload import NO_TRAINING, TRAINING

# By notebook, number at a time, peer: one cost for each round.
Costs = Mapping[tuple[str, int, str], Sequence[Cost]]

OURS = "ours warm"
LEAST_TIMES_OTTER, AIM_TIMES_OTTER = 10.0, 15.0
MOST_KERNEL_CPU_S = 0.3
MOST_CPU_S_ABOVE_FLOOR = 0.7
MOST_TIMES_FLOOR = 1.10
MOST_SLOT_BYTES = 250e6
MOST_SERVER_BYTES = 1.2e9


@dataclass(frozen=True)
class Target:
    """One claim. `holds` is None where nothing was measured that could decide it."""

    name: str
    required: str
    measured: str
    holds: bool | None


def at_most(name: str, value: float | None, limit: float, unit: str) -> Target:
    """A figure that must not be above `limit`."""
    if value is None:
        return Target(name, f"<= {limit:g}{unit}", "not measured", None)
    return Target(name, f"<= {limit:g}{unit}", f"{value:.3g}{unit}", value <= limit)


def paired_ratio(over: Sequence[Cost], under: Sequence[Cost], field: str = "wall_s") -> float | None:
    """The median over rounds of one peer's figure over another's in the same round."""
    ratios = [getattr(a, field) / getattr(b, field) for a, b in zip(over, under, strict=False)]
    return median(ratios) if ratios else None


def throughput_targets(costs: Costs, jobs: Sequence[int]) -> list[Target]:
    """The targets on seconds and CPU seconds."""
    at = max(jobs)
    ratio = paired_ratio(
        costs.get((NO_TRAINING, at, "otter run"), ()), costs.get((NO_TRAINING, at, OURS), ())
    )
    name = f"no training, {at} at a time: throughput over otter run's (aim {AIM_TIMES_OTTER:g})"
    required = f">= {LEAST_TIMES_OTTER:g} x"
    if ratio is None:
        targets = [Target(name, required, "not measured", None)]
    else:
        targets = [Target(name, required, f"{ratio:.1f} x", ratio >= LEAST_TIMES_OTTER)]
    for number in jobs:
        where = f"{number} at a time"
        ours = costs.get((NO_TRAINING, number, OURS), ())
        floor = costs.get((NO_TRAINING, number, "floor"), ())
        above = [a.cpu_s - b.cpu_s for a, b in zip(ours, floor, strict=False)]
        kernel = [cost.cpu_phases["kernel_start"] for cost in ours if "kernel_start" in cost.cpu_phases]
        targets += [
            at_most(f"no training, {where}: kernel ready, CPU", _median(kernel), MOST_KERNEL_CPU_S, " s"),
            at_most(
                f"no training, {where}: CPU above the floor", _median(above), MOST_CPU_S_ABOVE_FLOOR, " s"
            ),
        ]
        ours, floor = costs.get((TRAINING, number, OURS), ()), costs.get((TRAINING, number, "floor"), ())
        targets += [
            at_most(
                f"training, {where}: {what} over the floor's",
                paired_ratio(ours, floor, field),
                MOST_TIMES_FLOOR,
                " x",
            )
            for field, what in (("wall_s", "seconds"), ("cpu_s", "CPU seconds"))
        ]
    return targets


def memory_targets(memory: Mapping[str, Any]) -> list[Target]:
    """The targets on memory; those of a run with cold kernels decide nothing."""
    is_warm = memory["kernel"] == "warm"
    slot = memory["extra_slot_bytes"] / 1e6 if is_warm else None
    server = memory["server_rss_bytes"] / 1e6 if is_warm else None
    return [
        at_most("PSS of one more slot, before training", slot, MOST_SLOT_BYTES / 1e6, " MB"),
        at_most("warm server, resident", server, MOST_SERVER_BYTES / 1e6, " MB"),
    ]


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None
