from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder import checks

Message = Callable[..., str]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 42.0, 41.0, [1.0, 2.0], []])
def test_nothing_but_a_smaller_number_is_below_a_threshold(value: object, message: Message) -> None:
    assert "< 41" in message(checks.expect_below, value, 41.0, "train_rmse")


def test_a_smaller_number_is_below_a_threshold() -> None:
    checks.expect_below(np.float32(22.5), 41.0, "train_rmse")
    checks.expect_below([[22.5]], 41, "train_rmse")


@pytest.mark.parametrize("value", [0.85, np.float32(0.85), [[0.9]], 1, 0.8499999])
def test_the_threshold_itself_and_more_is_above_it(value: object) -> None:
    checks.expect_above(value, 0.85, "accuracy")


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (0.849, "has not learnt"),
        (np.nan, "NaN"),
        (np.inf, "NaN"),
        ([0.9, 0.9], "not one number"),
        ([], "not one"),
    ],
)
def test_what_does_not_reach_the_threshold_names_its_cause(
    value: object, cause: str, message: Message
) -> None:
    said = message(checks.expect_above, value, 0.85, "accuracy")
    assert ">= 0.85" in said
    assert cause in said


def test_a_share_where_a_percentage_is_asked_for_is_named(message: Message) -> None:
    assert "not a percentage" in message(checks.expect_above, 0.9, 85, "accuracy")


def test_better_than_a_baseline_has_a_direction_and_a_margin() -> None:
    checks.expect_better(0.7, 0.51, "accuracy")
    checks.expect_better(0.7, 0.51, "accuracy", by=0.1)
    checks.expect_better(20.0, 50.74, "rmse", lower_is_better=True, by=10)


@pytest.mark.parametrize(
    ("value", "options", "expected", "cause"),
    [
        (0.51, {}, "> 0.51", "exactly the baseline"),
        (0.4, {}, "> 0.51", "worse than the baseline"),
        (0.55, {"by": 0.1}, "> 0.61", "hardly better"),
        (0.7, {"lower_is_better": True}, "< 0.51", "worse than the baseline"),
        (np.nan, {}, "> 0.51", "NaN"),
        ([0.7, 0.7], {}, "> 0.51", "not one number"),
    ],
)
def test_no_better_than_a_baseline_names_its_cause(
    value: object, options: dict[str, Any], expected: str, cause: str, message: Message
) -> None:
    said = message(checks.expect_better, value, 0.51, "accuracy", **options)
    assert f"expected: {expected}, baseline 0.51" in said
    assert cause in said


@pytest.mark.parametrize("baseline", [np.nan, [0.1, 0.2]])
def test_nothing_is_better_than_a_baseline_that_is_no_number(baseline: object, message: Message) -> None:
    message(checks.expect_better, 0.9, baseline, "accuracy")


def test_monotone_values_may_rest_on_the_way() -> None:
    checks.expect_monotone([0.1, 0.05, 0.05, 0.025], "rates")
    checks.expect_monotone(np.array([[1], [2], [2], [3]]), "counts", falling=False)


@pytest.mark.parametrize(
    ("values", "got", "cause"),
    [
        ([3, 2, 2.5, 1], "2 → 2.5 at 1", "up and down"),
        ([1, 2, 3], "1 → 2 at 0", "other way"),
        ([2, 2, 2], "constant", "never changes"),
        ([3, np.nan, 1], "3 → nan at 0", "NaN"),
        ([3], "1 values", "fewer than two"),
        ([], "0 values", "fewer than two"),
    ],
)
def test_values_that_do_not_fall_name_the_place_and_the_cause(
    values: object, got: str, cause: str, message: Message
) -> None:
    said = message(checks.expect_monotone, values, "rates")
    assert f"got: {got}" in said
    assert cause in said


@pytest.mark.parametrize("value", [[0.5, np.nan], [-0.1], [], [112.0]])
def test_values_outside_the_range_fail(value: object, message: Message) -> None:
    assert "[0, 1]" in message(checks.expect_within, value, 0, 1, "X")


def test_rounding_does_not_put_a_value_outside_the_range() -> None:
    checks.expect_within(np.array([0.0, 1.0000001], dtype=np.float32), 0, 1, "X")
