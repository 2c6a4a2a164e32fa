"""Every check, given what a student leaves behind who has not come to that step: it fails and names the type."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder import checks

CALLS: dict[str, Callable[[Any], object]] = {
    "accuracy": lambda v: checks.accuracy(v, np.zeros((2, 3)), [0, 1]),
    "accuracy_of": lambda v: checks.accuracy_of(v, [0, 1]),
    "cross_entropy": lambda v: checks.cross_entropy(v, np.zeros((2, 3)), [0, 1]),
    "curve": lambda v: checks.curve(v, "loss"),
    "expect_above": lambda v: checks.expect_above(v, 0.8, "accuracy"),
    "expect_activation": lambda v: checks.expect_activation(v, -1, "softmax"),
    "expect_all_trainable": lambda v: checks.expect_all_trainable(v, 10),
    "expect_below": lambda v: checks.expect_below(v, 0.8, "rmse"),
    "expect_better": lambda v: checks.expect_better(v, 0.5, "accuracy"),
    "expect_close": lambda v: checks.expect_close(v, [1.0], "Y"),
    "expect_columns": lambda v: checks.expect_columns(v, ["a"], "air"),
    "expect_dtype": lambda v: checks.expect_dtype(v, "float32", "X"),
    "expect_epochs": lambda v: checks.expect_epochs(v, 3),
    "expect_equal": lambda v: checks.expect_equal(v, [1, 2], "tokens"),
    "expect_index": lambda v: checks.expect_index(v, ["a"], "air"),
    "expect_labels": lambda v: checks.expect_labels(v, [0, 1], "y_pred"),
    "expect_layer_trainable": lambda v: checks.expect_layer_trainable(v, {0: False}),
    "expect_layers": lambda v: checks.expect_layers(v, ["Dense"]),
    "expect_learning_rate": lambda v: checks.expect_learning_rate(v, 1e-4),
    "expect_loss": lambda v: checks.expect_loss(v, "mse"),
    "expect_loss_fell": lambda v: checks.expect_loss_fell(v, to_fraction=0.5),
    "expect_metrics": lambda v: checks.expect_metrics(v, "accuracy"),
    "expect_monotone": lambda v: checks.expect_monotone(v, "rates"),
    "expect_optimizer": lambda v: checks.expect_optimizer(v, "Adam"),
    "expect_parameter_total": lambda v: checks.expect_parameter_total(v, 10),
    "expect_parameters": lambda v: checks.expect_parameters(v, [("Dense", 10)]),
    "expect_probabilities": lambda v: checks.expect_probabilities(v, "probs"),
    "expect_same_weights": lambda v: checks.expect_same_weights(v, [np.zeros(3)]),
    "expect_setting": lambda v: checks.expect_setting(v, "Dense", "units", 3),
    "expect_shape": lambda v: checks.expect_shape(v, (3,), "X"),
    "expect_step_moves": lambda v: checks.expect_step_moves(v, np.zeros((2, 3)), [0, 1], moved=(-1,)),
    "expect_steps_per_epoch": lambda v: checks.expect_steps_per_epoch(v, 7),
    "expect_trainable_tensors": lambda v: checks.expect_trainable_tensors(v, trainable=2, frozen=0),
    "expect_windows": lambda v: checks.expect_windows(lambda data, n: v, np.arange(5.0), 2),
    "expect_within": lambda v: checks.expect_within(v, 0, 1, "X"),
    "forecast_rmse": lambda v: checks.forecast_rmse(
        v, np.zeros((2, 3, 1)), [1, 2], low=0, high=1, part=slice(2)
    ),
    "layer_names": checks.layer_names,
    "outputs": lambda v: checks.outputs(v, np.zeros((2, 3))),
    "parameters_by_layer": checks.parameters_by_layer,
    "predictions": lambda v: checks.predictions(v, np.zeros((2, 3, 1))),
    "root_mean_squared_error": lambda v: checks.root_mean_squared_error([1, 2], v),
    "same_structure": lambda v: checks.same_structure(v, v),
    "step_changes": lambda v: checks.step_changes(v, np.zeros((2, 3)), [0, 1]),
    "trainable_by_layer": checks.trainable_by_layer,
}
SAYS_NO_TYPE = {"expect_steps_per_epoch"}  # says `None` batches, whatever the value was


def test_every_word_of_the_vocabulary_is_tried_here() -> None:
    assert set(CALLS) == set(checks.__all__) - {
        "as_array"
    }  # which turns one value into another and checks nothing


@pytest.mark.parametrize(
    "value",
    [..., None, "text", object(), {"a": 1}, [[1.0], [1.0, 2.0]], len],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_blank_or_foreign_value_fails_and_is_named(
    name: str, value: object, message: Callable[..., str]
) -> None:
    if name == "expect_windows" and isinstance(value, list):
        pytest.skip("a pair of lists is what such a function may return")
    said = message(CALLS[name], value)
    got = said.partition("실제값 got: ")[2].partition("\n")[0]
    shown = repr(value.tolist() if isinstance(value, np.ndarray) else value)
    assert type(value).__name__ in got or got == shown or name in SAYS_NO_TYPE, said


@pytest.mark.parametrize(
    "name", sorted(name for name in CALLS if name not in SAYS_NO_TYPE | {"expect_windows"})
)
def test_a_step_that_was_left_out_is_said_to_be_one(name: str, message: Callable[..., str]) -> None:
    said = message(CALLS[name], ...)
    assert "not filled in yet" in said or "not been made yet" in said or "did not run" in said, said
