"""The words hidden test cases are written in: each says expected, got, likely cause and a hint.

Light to import: nothing but NumPy. Models of Keras and torch are recognised by what they have, so one check
serves a live model and one rebuilt from evidence, on every backend. docs/checks.md shows each with an example.
"""

from autograder.checks.arrays import as_array, expect_close, expect_dtype, expect_shape
from autograder.checks.comparison import expect_same_weights, same_structure
from autograder.checks.compiled import (
    expect_learning_rate,
    expect_loss,
    expect_metrics,
    expect_optimizer,
)
from autograder.checks.exact import expect_equal
from autograder.checks.forecasts import (
    expect_windows,
    forecast_rmse,
    predictions,
    root_mean_squared_error,
)
from autograder.checks.labels import accuracy_of, expect_labels, expect_probabilities
from autograder.checks.metrics import accuracy, cross_entropy, outputs
from autograder.checks.models import (
    expect_activation,
    expect_layers,
    expect_parameter_total,
    expect_parameters,
    expect_setting,
    layer_names,
    parameters_by_layer,
)
from autograder.checks.steps import expect_step_moves, step_changes
from autograder.checks.tables import expect_columns, expect_index
from autograder.checks.thresholds import (
    expect_above,
    expect_below,
    expect_better,
    expect_monotone,
    expect_within,
)
from autograder.checks.trainable import (
    expect_all_trainable,
    expect_layer_trainable,
    expect_trainable_tensors,
    trainable_by_layer,
)
from autograder.checks.training import curve, expect_epochs, expect_loss_fell, expect_steps_per_epoch

__all__ = [
    "accuracy",
    "accuracy_of",
    "as_array",
    "cross_entropy",
    "curve",
    "expect_above",
    "expect_activation",
    "expect_all_trainable",
    "expect_below",
    "expect_better",
    "expect_close",
    "expect_columns",
    "expect_dtype",
    "expect_epochs",
    "expect_equal",
    "expect_index",
    "expect_labels",
    "expect_layer_trainable",
    "expect_layers",
    "expect_learning_rate",
    "expect_loss",
    "expect_loss_fell",
    "expect_metrics",
    "expect_monotone",
    "expect_optimizer",
    "expect_parameter_total",
    "expect_parameters",
    "expect_probabilities",
    "expect_same_weights",
    "expect_setting",
    "expect_shape",
    "expect_step_moves",
    "expect_steps_per_epoch",
    "expect_trainable_tensors",
    "expect_windows",
    "expect_within",
    "forecast_rmse",
    "layer_names",
    "outputs",
    "parameters_by_layer",
    "predictions",
    "root_mean_squared_error",
    "same_structure",
    "step_changes",
    "trainable_by_layer",
]
