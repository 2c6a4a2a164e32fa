"""Two runs side by side: which notebook gained or lost what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from autograder.runs.record import Entry, RunScorecard

What = Literal["score", "metric", "seconds"]


@dataclass(frozen=True)
class Change:
    """One figure of one notebook in both runs; None where a run does not have it.

    `score` is in percent. `is_better_higher` says which direction is good.
    """

    student: str
    exercise: str
    what: What
    name: str
    before: float | None
    after: float | None
    is_better_higher: bool

    @property
    def loss(self) -> float | None:
        """By how much it got worse; below 0 where it got better. None where one of the two is not there."""
        if self.before is None or self.after is None:
            return None
        return self.before - self.after if self.is_better_higher else self.after - self.before

    @property
    def ratio(self) -> float | None:
        """After over before, where that means anything."""
        return None if not self.before or self.after is None else self.after / self.before


@dataclass(frozen=True)
class Comparison:
    """The notebooks that both runs have, figure by figure, and those that only one has."""

    before: RunScorecard
    after: RunScorecard
    changes: tuple[Change, ...]
    only_before: tuple[Entry, ...]
    only_after: tuple[Entry, ...]


def compare(before: RunScorecard, after: RunScorecard) -> Comparison:
    """Pair the notebooks by role, student and exercise."""
    earlier = {_key(entry): entry for entry in before.entries}
    later = {_key(entry): entry for entry in after.entries}
    changes = [change for key in later if key in earlier for change in _changes(earlier[key], later[key])]
    return Comparison(
        before,
        after,
        tuple(changes),
        tuple(entry for key, entry in earlier.items() if key not in later),
        tuple(entry for key, entry in later.items() if key not in earlier),
    )


def _key(entry: Entry) -> tuple[str, str, str]:
    return (entry.role, entry.student, entry.exercise)


def _changes(before: Entry, after: Entry) -> Iterator[Change]:
    where = (after.student, after.exercise)
    yield Change(*where, "score", "score", before.percent, after.percent, is_better_higher=True)
    values = {metric.name: metric.value for metric in before.metrics}
    names = dict.fromkeys([*values, *(metric.name for metric in after.metrics)])
    later = {metric.name: metric for metric in (*before.metrics, *after.metrics)}
    found = {metric.name: metric.value for metric in after.metrics}
    for name in names:
        is_better_higher = later[name].band.better == "higher"
        yield Change(*where, "metric", name, values.get(name), found.get(name), is_better_higher)
    yield Change(*where, "seconds", "seconds", before.wall_s, after.wall_s, is_better_higher=False)
