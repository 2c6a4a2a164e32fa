from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder import checks

ROW = np.array([3.0, 1.0, 4.0, 1.5, 9.0, 2.0])
COLUMN = ROW.reshape(-1, 1)


def windows_of(data: Any, seq_len: int) -> Any:
    count = len(data) - seq_len
    return np.array([data[i : i + seq_len] for i in range(count)]), np.array(data[seq_len:])


def message(function: Callable[..., Any], data: Any = COLUMN, seq_len: int = 2) -> str:
    with pytest.raises(AssertionError) as caught:
        checks.expect_windows(function, data, seq_len)
    return str(caught.value)


@pytest.mark.parametrize("data", [ROW, COLUMN])
def test_arrays_lists_and_tuples_of_windows_pass(data: Any) -> None:
    checks.expect_windows(windows_of, data, 2)
    checks.expect_windows(lambda d, n: [part.tolist() for part in windows_of(d, n)], data, 2)
    checks.expect_windows(lambda d, n: (tuple(windows_of(d, n)[0]), tuple(windows_of(d, n)[1])), data, 2)


def test_a_function_that_changes_its_input_cannot_move_the_expected_windows() -> None:
    def spoil(data: Any, seq_len: int) -> Any:
        data[:] = 0
        return windows_of(data, seq_len)

    assert "X, create_sequences" in message(spoil)


@pytest.mark.parametrize("result", [None, np.zeros((4, 2, 1)), (1, 2, 3)])
def test_anything_but_a_pair_fails(result: object) -> None:
    assert "expected: X, Y" in message(lambda data, seq_len: result)


def test_one_window_too_few_fails() -> None:
    said = message(lambda data, n: tuple(part[:-1] for part in windows_of(data, n)))
    assert "expected: (4, 2, 1)" in said
    assert "got: (3, 2, 1)" in said


def test_sizes_fixed_inside_the_function_fail() -> None:
    assert "fixed inside" in message(lambda data, n: windows_of(data, 3))


def test_a_target_inside_its_window_fails() -> None:
    assert "Y, create_sequences" in message(lambda data, n: (windows_of(data, n)[0], data[n - 1 : -1]))


def test_windows_in_another_order_fail() -> None:
    assert "shuffled" in message(lambda data, n: tuple(part[::-1] for part in windows_of(data, n)))


def test_rmse_is_in_the_unit_of_the_values_and_takes_a_part() -> None:
    assert checks.root_mean_squared_error([[1], [2], [3]], [1, 2, 5]) == pytest.approx((4 / 3) ** 0.5)
    assert checks.root_mean_squared_error([1, 2, 3], [1, 2, 5], part=slice(2, None)) == 2
    assert checks.root_mean_squared_error([1, 2, 3], [1, 2, 5], part=slice(None, 2)) == 0


def test_rmse_never_stretches_a_shorter_forecast() -> None:
    with pytest.raises(AssertionError, match="got: 1 values"):
        checks.root_mean_squared_error([1, 2, 3], [1])
