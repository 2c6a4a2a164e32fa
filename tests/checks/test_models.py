"""Against real Keras models, since what a check relies on is theirs, not ours."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder import checks

keras = pytest.importorskip("keras")
RIGHT = [("LSTM", 16896), ("Dense", 65)]


def sequential(recurrent: Any = None, rate: float | None = 0.2) -> Any:
    layers = [keras.Input((12, 1)), recurrent or keras.layers.LSTM(64)]
    layers += [] if rate is None else [keras.layers.Dropout(rate)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])


def functional() -> Any:
    months = keras.Input((12, 1))
    memory = keras.layers.Dropout(0.2)(keras.layers.LSTM(64)(months))
    return keras.Model(months, keras.layers.Dense(1)(memory))


def message(check: Callable[..., Any], *arguments: Any) -> str:
    with pytest.raises(AssertionError) as caught:
        check(*arguments)
    return str(caught.value)


@pytest.mark.parametrize("build", [sequential, functional])
def test_a_model_passes_however_it_was_built(build: Callable[[], Any]) -> None:
    model = build()
    checks.expect_layers(model, ["LSTM", "Dropout", "Dense"])
    checks.expect_parameters(model, RIGHT)
    checks.expect_all_trainable(model, 16961)
    checks.expect_setting(model, "Dropout", "rate", 0.2)
    checks.expect_setting(model, "LSTM", "return_sequences", False)
    assert checks.predictions(model, np.zeros((3, 12, 1))).shape == (3,)


def test_a_wrong_count_shows_every_layer() -> None:
    said = message(checks.expect_parameters, sequential(keras.layers.LSTM(65)), RIGHT)
    assert "expected: LSTM 16,896 + Dense 65" in said
    assert "got: LSTM 17,420 + Dense 66" in said


def test_another_kind_of_layer_is_named() -> None:
    model = sequential(keras.layers.GRU(64))
    assert "GRU 12,864" in message(checks.expect_parameters, model, RIGHT)
    said = message(checks.expect_layers, model, ["LSTM", "Dropout", "Dense"])
    assert "Missing: ['LSTM'], not asked for: ['GRU']" in said


def test_layers_in_another_order_fail() -> None:
    assert "another order" in message(checks.expect_layers, sequential(), ["Dropout", "LSTM", "Dense"])


def test_a_frozen_layer_fails() -> None:
    model = sequential()
    model.layers[0].trainable = False
    assert "got: 65, 16,896" in message(checks.expect_all_trainable, model, 16961)


def test_a_missing_layer_or_another_setting_fails() -> None:
    assert "no such layer" in message(checks.expect_setting, sequential(rate=None), "Dropout", "rate", 0.2)
    assert "got: 0.5" in message(checks.expect_setting, sequential(rate=0.5), "Dropout", "rate", 0.2)


@pytest.mark.parametrize("loss", ["mse", "MSE", "mean_squared_error"])
def test_a_loss_passes_by_any_of_its_names(loss: str) -> None:
    model = sequential()
    model.compile("adam", loss)
    checks.expect_loss(model, "mse", "mean_squared_error")


def test_a_loss_passes_as_object_function_or_list() -> None:
    for loss in (
        keras.losses.MeanSquaredError(name="my_loss"),
        keras.losses.mean_squared_error,
        ["mse"],
    ):
        model = sequential()
        model.compile(keras.optimizers.Adam(1e-3), loss)
        checks.expect_loss(model, "mse", "mean_squared_error")
        checks.expect_optimizer(model, "Adam")


def test_another_loss_or_optimizer_is_named() -> None:
    model = sequential()
    model.compile("sgd", "mae")
    assert "got: mae" in message(checks.expect_loss, model, "mse")
    assert "got: SGD" in message(checks.expect_optimizer, model, "Adam")


def test_a_model_that_was_never_compiled_fails() -> None:
    assert "not compiled" in message(checks.expect_loss, sequential(), "mse")
    assert "not compiled" in message(checks.expect_optimizer, sequential(), "Adam")


@pytest.mark.parametrize("model", [..., None, 3])
def test_what_is_no_model_fails_every_check(model: object) -> None:
    name = type(model).__name__
    for check, *arguments in (
        (checks.layer_names,),
        (checks.parameters_by_layer,),
        (checks.expect_all_trainable, 16961),
        (checks.expect_optimizer, "Adam"),
        (checks.expect_loss, "mse"),
        (checks.expect_setting, "LSTM", "units", 64),
    ):
        assert f"got: {name}" in message(check, model, *arguments)
    assert name in message(checks.predictions, model, np.zeros((1, 12, 1)))


def test_predictions_are_those_of_the_model_without_dropout() -> None:
    model, windows = sequential(), np.random.default_rng(0).random((5, 12, 1))
    wanted = model.predict(windows, verbose=0).ravel()
    np.testing.assert_allclose(checks.predictions(model, windows), wanted, atol=1e-6)


def test_windows_of_another_shape_than_the_model_reads_fail() -> None:
    said = message(checks.predictions, sequential(), np.zeros((5, 1, 12)))
    assert "expected: (1, 12)" in said
    assert "got: (12, 1)" in said


def test_one_output_per_month_is_not_one_forecast_per_window() -> None:
    model = sequential(keras.layers.LSTM(64, return_sequences=True))
    with pytest.raises(AssertionError, match="return_sequences"):
        checks.forecast_rmse(model, np.zeros((5, 12, 1)), np.zeros(5), low=104, high=622, part=slice(None, 3))


def test_the_forecast_error_is_in_passengers() -> None:
    model = sequential()
    model.set_weights([np.zeros_like(weight) for weight in model.get_weights()])  # always forecasts 0
    error = checks.forecast_rmse(
        model, np.zeros((3, 12, 1)), [104, 104, 114], low=104, high=622, part=slice(2, None)
    )
    assert error == pytest.approx(10)


def test_importing_the_checks_imports_no_heavy_library() -> None:
    code = (
        "import sys, autograder.checks; print({'keras', 'tensorflow', 'torch', 'pandas'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
