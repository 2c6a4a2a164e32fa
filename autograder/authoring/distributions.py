"""What a future run will score, predicted from the runs that were measured.

The scores of n seeds do not tell the true mean and spread, and a threshold far out in the tail feels both
errors. Student's t with n - 1 degrees of freedom around the mean, widened by sqrt(1 + 1/n), takes them
into account: it is the distribution of the next run, not of those already seen. Where the scores have
heavier tails than a bell (now and then a run ends on a bad step), a second t, with as many degrees of
freedom as their kurtosis says, is asked as well, and the more careful of the two answers counts.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any, Literal

Scale = Literal["log", "linear"]
Better = Literal["lower", "higher"]

# A spread below this share of the mean is rounding, not chance.
_NO_SPREAD = 1e-9
# With fewer values than this nothing can be said of their tails.
_ENOUGH_FOR_TAILS = 10


@dataclass(frozen=True)
class Prediction:
    """The distribution of the next run. `centre` and `spread` are on the scale, everything else is not.

    Values that never vary have a spread of 0: the next run is the same again.
    """

    scale: Scale
    centre: float
    spread: float
    freedom: float

    def chance_below(self, value: float) -> float:
        """The chance that the next run's value is at most `value`."""
        if self.scale == "log" and value <= 0:
            return 0.0
        distance = _to_scale(value, self.scale) - self.centre
        if self.spread == 0:
            return 1.0 if distance >= 0 else 0.0
        return float(_t().cdf(distance / self.spread, self.freedom))

    def chance_above(self, value: float) -> float:
        """The chance that the next run's value is at least `value`."""
        if self.scale == "log" and value <= 0:
            return 1.0
        distance = _to_scale(value, self.scale) - self.centre
        if self.spread == 0:
            return 1.0 if distance <= 0 else 0.0
        return float(_t().sf(distance / self.spread, self.freedom))

    def quantile(self, chance: float) -> float:
        """The value that the next run stays below with this chance."""
        at = self.centre + self.spread * float(_t().ppf(chance, self.freedom))
        return math.exp(at) if self.scale == "log" else at

    def density(self, values: Sequence[float]) -> list[float]:
        """How dense the next run's value is at each of `values`, per unit of the scale."""
        steps = [(_to_scale(value, self.scale) - self.centre) / self.spread for value in values]
        return [float(height) / self.spread for height in _t().pdf(steps, self.freedom)]


def predict(values: Sequence[float], scale: Scale) -> Prediction:
    """The distribution of the next run after these; on the log scale all values must be above 0."""
    scaled = [_to_scale(value, scale) for value in values]
    centre, count = fmean(scaled), len(scaled)
    sd = stdev(scaled) if count > 1 else 0.0
    if sd <= _NO_SPREAD * max(1.0, abs(centre)):
        return Prediction(scale, centre, 0.0, max(1, count - 1))
    return Prediction(scale, centre, sd * math.sqrt(1 + 1 / count), count - 1)


def predictions(values: Sequence[float], scale: Scale) -> tuple[Prediction, ...]:
    """The next run as a bell would have it, and with the tails that the values themselves have.

    Student's t with f degrees of freedom has an excess kurtosis of 6 / (f - 4) and a variance of f / (f - 2).
    """
    bell = predict(values, scale)
    count = len(values)
    if bell.spread == 0 or count < _ENOUGH_FOR_TAILS:
        return (bell,)
    scaled = [_to_scale(value, scale) for value in values]
    variance = fmean((value - bell.centre) ** 2 for value in scaled)
    excess = fmean((value - bell.centre) ** 4 for value in scaled) / variance**2 - 3
    if excess <= 0:
        return (bell,)
    freedom = min(count - 1, 4 + 6 / excess)
    return (bell, Prediction(scale, bell.centre, bell.spread * math.sqrt((freedom - 2) / freedom), freedom))


def choose_threshold(honest: Prediction, better: Better, *, allowed: float, digits: int) -> float:
    """The strictest threshold that the next honest run fails with a chance of at most `allowed`.

    Rounded to `digits` decimals, away from the honest runs, so that rounding keeps the promise.
    """
    unit = 10.0**digits
    if better == "lower":
        return math.ceil(honest.quantile(1 - allowed) * unit) / unit
    return math.floor(honest.quantile(allowed) * unit) / unit


def is_beyond(value: float, threshold: float, better: Better) -> bool:
    """Whether a measured value is on the wrong side of the threshold."""
    return value > threshold if better == "lower" else value < threshold


def chance_of_failing(prediction: Prediction, threshold: float, better: Better) -> float:
    """The chance that the next run is on the wrong side of the threshold."""
    if better == "lower":
        return prediction.chance_above(threshold)
    return prediction.chance_below(threshold)


def chance_of_passing(prediction: Prediction, threshold: float, better: Better) -> float:
    """The chance that the next run is on the right side of the threshold, or on it."""
    if better == "lower":
        return prediction.chance_below(threshold)
    return prediction.chance_above(threshold)


def straightness(values: Sequence[float], scale: Scale) -> float:
    """How straight the normal quantile plot of the values is: its correlation, 1 for a perfect bell."""
    from scipy import stats

    _, (_, _, correlation) = stats.probplot([_to_scale(value, scale) for value in values])
    return float(correlation)


def _to_scale(value: float, scale: Scale) -> float:
    return math.log(value) if scale == "log" else value


def _t() -> Any:
    from scipy import stats

    return stats.t
