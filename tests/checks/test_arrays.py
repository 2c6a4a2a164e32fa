import numpy as np
import pytest

from autograder import checks

SERIES = np.array([112.0, 118.0, 132.0, 129.0, 121.0])
SCALED = (SERIES - SERIES.min()) / np.ptp(SERIES)


def message(check, *arguments, **options) -> str:
    with pytest.raises(AssertionError) as caught:
        check(*arguments, **options)
    return str(caught.value)


def test_every_message_says_expected_got_cause_and_hint_in_both_languages() -> None:
    said = message(checks.expect_shape, np.zeros((132, 1, 12)), (132, 12, 1), "X")
    for part in (
        "기댓값 expected: (132, 12, 1)",
        "실제값 got: (132, 1, 12)",
        "짐작되는 원인:",
        "likely cause:",
    ):
        assert part in said
    assert "힌트:" in said
    assert "hint:" in said


@pytest.mark.parametrize(
    ("shape", "cause"),
    [
        ((132, 1, 12), "another order"),
        ((132, 12), "number of axes"),
        ((131, 12, 1), "off by one"),
        ((132, 24, 1), "length of an axis"),
    ],
)
def test_a_wrong_shape_names_its_cause(shape: tuple[int, ...], cause: str) -> None:
    assert cause in message(checks.expect_shape, np.zeros(shape), (132, 12, 1), "X")


@pytest.mark.parametrize(
    ("value", "expected", "cause"),
    [
        (SERIES[::-1], SERIES, "shuffled"),
        (np.roll(SERIES, 1), np.append(SERIES[:4], 7.0), "shifted by one"),
        (SCALED, SERIES, "still scaled"),
        (SERIES, SCALED, "were not scaled"),
        (SERIES * np.nan, SERIES, "NaN"),
        (SERIES * 2, SERIES, "another formula"),
        (SERIES[:3], SERIES, "too few"),
    ],
)
def test_wrong_values_name_their_cause(value: object, expected: object, cause: str) -> None:
    assert cause in message(checks.expect_close, value, expected, "Y")


def test_wrong_values_say_where_they_begin() -> None:
    said = message(checks.expect_close, SERIES + np.array([0, 0, 5, 0, 1]), SERIES, "actual")
    assert "2 of 5 values differ, the first at 2" in said
    assert "expected: 132" in said
    assert "got: 137" in said


def test_close_values_pass_in_any_shape_and_precision() -> None:
    checks.expect_close(SCALED.astype(np.float32).reshape(-1, 1), SCALED, "Y")
    checks.expect_close(list(SERIES), SERIES.astype(int), "Y")


@pytest.mark.parametrize("value", [..., None, "115", [[1.0], [1.0, 2.0]], object(), {"a": 1}, 1 + 2j])
def test_what_is_not_numbers_fails_and_names_its_type(value: object) -> None:
    said = message(checks.expect_close, value, SERIES, "Y")
    assert type(value).__name__ in said


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 42.0, 41.0, [1.0, 2.0], []])
def test_nothing_but_a_smaller_number_is_below_a_threshold(value: object) -> None:
    assert "< 41" in message(checks.expect_below, value, 41.0, "train_rmse")


def test_a_smaller_number_is_below_a_threshold() -> None:
    checks.expect_below(np.float32(22.5), 41.0, "train_rmse")
    checks.expect_below([[22.5]], 41, "train_rmse")


@pytest.mark.parametrize("value", [SERIES, [0.5, np.nan], [-0.1], []])
def test_values_outside_the_range_fail(value: object) -> None:
    assert "[0, 1]" in message(checks.expect_within, value, 0, 1, "X")


def test_rounding_does_not_put_a_value_outside_the_range() -> None:
    checks.expect_within(np.array([0.0, 1.0000001], dtype=np.float32), 0, 1, "X")
