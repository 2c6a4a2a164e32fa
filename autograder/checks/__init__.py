"""The words hidden test cases are written in: each says expected, got, likely cause and a hint.

Light to import: nothing but NumPy. Keras objects are recognised by what they have, so one check
serves a live model and one rebuilt from evidence, on every backend.
"""

from autograder.checks.arrays import expect_below, expect_close, expect_shape, expect_within
from autograder.checks.forecasts import (
    expect_windows,
    forecast_rmse,
    predictions,
    root_mean_squared_error,
)
from autograder.checks.models import (
    expect_all_trainable,
    expect_layers,
    expect_loss,
    expect_optimizer,
    expect_parameters,
    expect_setting,
    layer_names,
    parameters_by_layer,
)
from autograder.checks.training import curve, expect_loss_fell, expect_steps_per_epoch

__all__ = [
    "curve",
    "expect_all_trainable",
    "expect_below",
    "expect_close",
    "expect_layers",
    "expect_loss",
    "expect_loss_fell",
    "expect_optimizer",
    "expect_parameters",
    "expect_setting",
    "expect_shape",
    "expect_steps_per_epoch",
    "expect_windows",
    "expect_within",
    "forecast_rmse",
    "layer_names",
    "parameters_by_layer",
    "predictions",
    "root_mean_squared_error",
]
