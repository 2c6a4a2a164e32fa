"""Gates: what a run must reach for CI to go on. Each says what it asked for and what it found."""

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from autograder.errors import UsageError
from autograder.runs.comparison import Change, compare
from autograder.runs.record import Entry, GateResult, RunScorecard

MAX_NAMED = 5  # notebooks named in a gate's detail
MIN_SECONDS = 1.0  # of more, for a notebook to count as slower
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_METRIC = re.compile(r"(?P<exercise>[\w-]+)\.(?P<metric>\w+)(?:(?P<sign><=|>=|<|>)(?P<limit>[-+\d.eE]+))?")


class Gate(Protocol):
    """What a run must reach."""

    def judge(self, run: RunScorecard) -> GateResult:
        """Whether it does, and why not."""
        ...


@dataclass(frozen=True)
class ScoreGate:
    """Every notebook of the run, or of one exercise, has at least this percentage of its points."""

    percent: float
    exercise: str | None = None

    def judge(self, run: RunScorecard) -> GateResult:
        """Not met where there is no such notebook, or one without a score."""
        asked = f"score >= {self.percent:g} %" + (f" in {self.exercise}" if self.exercise else "")
        chosen = _of(run, self.exercise)
        below = [entry for entry in chosen if entry.percent is None or entry.percent < self.percent]
        if not chosen:
            return GateResult(gate=asked, is_met=False, detail="no notebook of it was run")
        worst = [f"{entry.student} in {entry.exercise}: {_percent(entry.percent)}" for entry in below]
        return _result(asked, worst, f"all {len(chosen)} notebooks")


@dataclass(frozen=True)
class MetricGate:
    """A metric of every notebook of an exercise is beyond a limit; without one, beyond its calibrated threshold."""

    exercise: str
    metric: str
    sign: str | None = None
    limit: float | None = None

    def judge(self, run: RunScorecard) -> GateResult:
        """Not met where a notebook does not have the metric."""
        bound = (
            f" {self.sign} {self.limit:g}" if self.sign and self.limit is not None else " meets its threshold"
        )
        asked = f"{self.exercise}.{self.metric}{bound}"
        chosen = _of(run, self.exercise)
        if not chosen:
            return GateResult(gate=asked, is_met=False, detail="no notebook of it was run")
        missed = [missed for entry in chosen if (missed := self._missed(entry)) is not None]
        return _result(asked, missed, f"all {len(chosen)} notebooks")

    def _missed(self, entry: Entry) -> str | None:
        metric = next((metric for metric in entry.metrics if metric.name == self.metric), None)
        if metric is None or metric.value is None:
            return f"{entry.student}: no value"
        if self.sign is not None and self.limit is not None:
            is_met, limit = _COMPARE[self.sign](metric.value, self.limit), self.limit
        else:
            is_met, limit = metric.is_met, metric.band.threshold
        return None if is_met else f"{entry.student}: {metric.value:g} (limit {limit:g})"


@dataclass(frozen=True)
class Tolerance:
    """How much worse than a baseline is still no regression.

    `score` in percentage points, `metric` as a share of the earlier value, `time` as the ratio of seconds.
    """

    score: float = 0.0
    metric: float = 0.1
    time: float = 1.5


@dataclass(frozen=True)
class BaselineGate:
    """Nothing is worse than in an earlier run, beyond a tolerance, and nothing of it is missing."""

    baseline: RunScorecard
    tolerance: Tolerance = Tolerance()

    def judge(self, run: RunScorecard) -> GateResult:
        """Also not met where the two runs have no notebook in common."""
        found = compare(self.baseline, run)
        asked = f"no regression since {self.baseline.finished_at:%Y-%m-%d %H:%M}"
        if not found.changes:
            return GateResult(gate=asked, is_met=False, detail="the two runs have no notebook in common")
        worse = [sentence for change in found.changes if (sentence := self._worse(change)) is not None]
        worse += [f"{entry.student} in {entry.exercise}: not run" for entry in found.only_before]
        return _result(asked, worse, f"{len(found.changes)} figures compared")

    def _worse(self, change: Change) -> str | None:
        where = f"{change.student} in {change.exercise}: {change.name}"
        if change.before is None:
            return None
        if change.after is None or change.loss is None:
            return f"{where} {change.before:g}, now none"
        if change.what == "seconds":
            is_worse = change.loss > MIN_SECONDS and (change.ratio or 0) > self.tolerance.time
        elif change.what == "metric":
            is_worse = change.loss > self.tolerance.metric * abs(change.before)
        else:
            is_worse = change.loss > self.tolerance.score + 1e-9
        return f"{where} {change.before:.4g}, now {change.after:.4g}" if is_worse else None


def parse_score_gate(text: str) -> ScoreGate:
    """`90`, `90%` or `11_airpassengers_lstm=90`.

    Raises:
        UsageError: it is none of these.
    """
    exercise, _, percent = text.rpartition("=")
    try:
        value = float(percent.strip().removesuffix("%"))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise UsageError(f"--require-score {text}: say a percentage, as in 90 or 11_airpassengers_lstm=90")
    return ScoreGate(value, exercise.strip() or None)


def parse_metric_gate(text: str) -> MetricGate:
    """`EXERCISE.METRIC` or, with a limit, `EXERCISE.METRIC<60` (`<`, `<=`, `>`, `>=`).

    Raises:
        UsageError: it is neither.
    """
    parts = _METRIC.fullmatch(text.replace(" ", ""))
    try:
        limit = float(parts["limit"]) if parts and parts["limit"] else None
    except ValueError:
        parts = None
    if parts is None:
        raise UsageError(
            f"--require-metric {text}: say EXERCISE.METRIC, or with a limit '11_airpassengers_lstm.test_rmse<60'"
        )
    return MetricGate(parts["exercise"], parts["metric"], parts["sign"], limit)


def _of(run: RunScorecard, exercise: str | None) -> list[Entry]:
    return [entry for entry in run.entries if exercise is None or entry.exercise == exercise]


def _percent(value: float | None) -> str:
    return "no score" if value is None else f"{value:.1f} %"


def _result(asked: str, missed: Iterable[str], met: str) -> GateResult:
    missed = list(missed)
    more = f"; and {len(missed) - MAX_NAMED} more" if len(missed) > MAX_NAMED else ""
    return GateResult(
        gate=asked, is_met=not missed, detail="; ".join(missed[:MAX_NAMED]) + more if missed else met
    )
