import math
import random
import statistics

import pytest

from autograder.authoring.distributions import (
    Better,
    Scale,
    chance_of_failing,
    chance_of_passing,
    choose_threshold,
    predict,
    straightness,
)

BETTER: tuple[Better, ...] = ("lower", "higher")


def bell(rng: random.Random, count: int, scale: Scale) -> list[float]:
    values = [rng.gauss(3.2, 0.12) for _ in range(count)]
    return [math.exp(value) for value in values] if scale == "log" else values


@pytest.mark.parametrize("scale", ["log", "linear"])
@pytest.mark.parametrize("better", BETTER)
def test_the_next_honest_run_fails_as_often_as_promised(scale: Scale, better: Better) -> None:
    rng = random.Random(1)
    allowed, classes, failed = 0.02, 2000, 0
    for _ in range(classes):
        threshold = choose_threshold(predict(bell(rng, 20, scale), scale), better, allowed=allowed, digits=9)
        (future,) = bell(rng, 1, scale)
        failed += future > threshold if better == "lower" else future < threshold
    sd = math.sqrt(allowed * (1 - allowed) / classes)
    assert abs(failed / classes - allowed) < 4 * sd


def test_a_bell_fitted_to_the_runs_would_break_the_promise() -> None:
    rng = random.Random(2)
    classes, failed = 4000, 0
    for _ in range(classes):
        seen = bell(rng, 20, "linear")
        fitted = statistics.NormalDist(statistics.fmean(seen), statistics.stdev(seen))
        failed += bell(rng, 1, "linear")[0] > fitted.inv_cdf(0.98)
    assert failed / classes > 0.026


def test_fewer_runs_ask_for_a_wider_threshold() -> None:
    few, many = ([20.0, 22.0, 24.0, 26.0] * times for times in (2, 20))
    wide, narrow = (
        choose_threshold(predict(seen, "log"), "lower", allowed=0.001, digits=1) for seen in (few, many)
    )
    assert wide > narrow > 26


@pytest.mark.parametrize("better", BETTER)
@pytest.mark.parametrize("digits", [0, 1, 3])
def test_rounding_keeps_the_promise(better: Better, digits: int) -> None:
    prediction = predict(bell(random.Random(3), 20, "log"), "log")
    threshold = choose_threshold(prediction, better, allowed=0.0005, digits=digits)
    assert threshold == round(threshold, digits)
    assert 0 < chance_of_failing(prediction, threshold, better) <= 0.0005


@pytest.mark.parametrize("better", BETTER)
def test_failing_and_passing_are_all_there_is(better: Better) -> None:
    prediction = predict([20.0, 23.0, 25.0, 31.0], "log")
    chances = chance_of_failing(prediction, 27, better), chance_of_passing(prediction, 27, better)
    assert math.isclose(sum(chances), 1)
    assert (chances[1] > 0.5) == (better == "lower")


@pytest.mark.parametrize("scale", ["log", "linear"])
def test_a_fixed_value_passes_surely_or_never(scale: Scale) -> None:
    fixed = predict([42.15], scale)
    assert [chance_of_passing(fixed, at, "lower") for at in (40, 42.15, 45)] == [0, 1, 1]
    assert [chance_of_passing(fixed, at, "higher") for at in (40, 42.15, 45)] == [1, 1, 0]


def test_no_run_on_the_log_scale_falls_below_nothing() -> None:
    prediction = predict([1.0, 2.0, 4.0], "log")
    assert prediction.chance_below(-1) == 0
    assert prediction.chance_above(0) == 1


def test_curve_and_quantiles_belong_together() -> None:
    prediction = predict([20.0, 23.0, 25.0, 31.0], "linear")
    low, high = prediction.quantile(0.1), prediction.quantile(0.6)
    step = (high - low) / 1000
    heights = prediction.density([low + step * (number + 0.5) for number in range(1000)])
    assert math.isclose(sum(heights) * step, 0.5, rel_tol=1e-5)


def test_a_skewed_metric_is_straighter_on_the_log_scale() -> None:
    rng = random.Random(4)
    skewed = [math.exp(rng.gauss(4, 0.6)) for _ in range(40)]
    assert straightness(skewed, "linear") < 0.97 < straightness(skewed, "log") <= 1
