"""Checks that do the student's work again: windows, predictions, and the error of a forecast."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.arrays import Numbers, as_numbers, expect_close
from autograder.checks.messages import Said, fault
from autograder.checks.metrics import fits, outputs
from autograder.checks.weights import expect_model

EVERYTHING = slice(None)


def expect_windows(create_sequences: Callable[..., Any], data: Numbers, seq_len: int) -> None:
    """`create_sequences(data, seq_len)` gives all windows of `data` and the value after each.

    `data` is (n,) or (n, 1). Windows may come as (n - seq_len, seq_len) or with a last axis of
    length one, as an array or as nested lists.
    """
    series = data.ravel()
    count = series.size - seq_len
    what = f"create_sequences on {series.size} values of shape {data.shape}, seq_len {seq_len}"
    result = create_sequences(data.copy(), seq_len)
    if not isinstance(result, list | tuple) or len(result) != 2:
        raise fault(
            what,
            expected="X, Y",
            got=type(result).__name__,
            cause=Said("return이 없거나 하나만 돌려줍니다.", "There is no return, or only one value."),
            hint=Said("두 값을 돌려주세요: X와 Y.", "Return both X and Y."),
        )
    windows, targets = (as_numbers(part, what) for part in result)
    if windows.shape not in {(count, seq_len), (count, seq_len, 1)}:
        raise fault(
            what,
            expected=(count, seq_len, 1),
            got=windows.shape,
            cause=Said(
                "반복 횟수나 창의 길이가 다르거나, 값이 함수 안에 고정되어 있습니다.",
                "The number of rounds or the window's length is off, or fixed inside the function.",
            ),
            hint=Said(
                "창은 len(data) - seq_len개입니다. 12나 144를 함수 안에 적지 마세요.",
                "There are len(data) - seq_len windows. Write neither 12 nor 144 inside the function.",
            ),
        )
    expect_close(windows, [series[i : i + seq_len] for i in range(count)], f"X, {what}")
    expect_close(targets, series[seq_len:], f"Y, {what}")


def predictions(model: Any, windows: object) -> Numbers:
    """What the model says for each window, as a flat row, computed here and now without dropout."""
    expect_model(model)
    inputs = as_numbers(windows, "X").astype(np.float32)
    accepted = getattr(model, "input_shape", None)
    if not isinstance(accepted, tuple) or not fits(accepted, inputs.shape):
        raise fault(
            "model input",
            expected=inputs.shape[1:],
            got=accepted[1:] if isinstance(accepted, tuple) else type(model).__name__,
            cause=Said(
                "모델이 [samples, time steps, features] 모양의 창을 받지 않습니다.",
                "The model does not take windows of shape [samples, time steps, features].",
            ),
            hint=Said(
                "첫 층 앞의 Input 모양을 확인하세요.", "Look at the Input shape before the first layer."
            ),
        )
    return as_numbers(outputs(model, inputs), "model output").ravel()


def root_mean_squared_error(actual: object, predicted: object, *, part: slice = EVERYTHING) -> float:
    """The root of the mean squared difference, over a part of the values or over all."""
    wanted, found = as_numbers(actual, "actual").ravel(), as_numbers(predicted, "predicted").ravel()
    _expect_same_length(wanted, found)
    return float(np.sqrt(np.mean((wanted[part] - found[part]) ** 2)))


def _expect_same_length(actual: Numbers, predicted: Numbers) -> None:
    """One prediction for each actual value."""
    if actual.size != predicted.size:
        raise fault(
            "predicted",
            expected=f"{actual.size} values",
            got=f"{predicted.size} values",
            cause=Said(
                "return_sequences가 True이거나 창의 개수가 다릅니다.",
                "return_sequences is True, or the number of windows differs.",
            ),
            hint=Said("창마다 예측은 하나입니다.", "There is one forecast for each window."),
        )


def forecast_rmse(
    model: Any, windows: object, actual: object, *, low: float, high: float, part: slice
) -> float:
    """The error, in passengers, of the model's own forecasts on a part of the windows.

    The model's output is scaled to [0, 1]; `low` and `high` are what 0 and 1 stand for.
    """
    found = predictions(model, windows) * (high - low) + low
    return root_mean_squared_error(actual, found, part=part)
