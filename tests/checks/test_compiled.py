from collections.abc import Callable
from typing import Any

import pytest

keras = pytest.importorskip("keras")

from autograder import checks  # noqa: E402
from checks.zoo import compiled, two_dense  # noqa: E402

Message = Callable[..., str]


@pytest.mark.parametrize("rate", [1e-4, 1e-3, 0.01, 0.5])
def test_a_learning_rate_passes_at_the_precision_keras_keeps(rate: float) -> None:
    checks.expect_learning_rate(compiled(two_dense(), rate), rate)


def test_a_schedule_counts_by_its_present_value() -> None:
    model = two_dense()
    schedule = keras.optimizers.schedules.ExponentialDecay(0.01, decay_steps=10, decay_rate=0.5)
    model.compile(keras.optimizers.SGD(schedule), "mse")
    checks.expect_learning_rate(model, 0.01)
    model.optimizer.iterations.assign(10)
    checks.expect_learning_rate(model, 0.005)


@pytest.mark.parametrize(
    ("rate", "cause"), [("adam", "default of Adam"), (1e-3, "factor of ten"), (3e-4, "compiled again")]
)
def test_another_learning_rate_names_its_cause(rate: float | str, cause: str, message: Message) -> None:
    model = two_dense()
    model.compile("adam" if rate == "adam" else keras.optimizers.Adagrad(rate), "mse")
    said = message(checks.expect_learning_rate, model, 1e-4)
    assert "expected: 0.0001" in said
    assert cause in said


@pytest.mark.parametrize(
    "metrics",
    [
        ["accuracy"],
        ["acc"],
        ["mae", "accuracy"],
        [keras.metrics.BinaryAccuracy(name="mine")],
        [keras.metrics.SparseCategoricalAccuracy()],
        [keras.metrics.binary_accuracy],
        [["accuracy"]],
        {"out": "accuracy"},
    ],
    ids=lambda metrics: type(metrics).__name__,
)
def test_accuracy_passes_by_any_of_its_names(metrics: Any) -> None:
    model = two_dense()
    model.layers[-1].name = "out"
    model.compile("adam", "binary_crossentropy", metrics=metrics)
    checks.expect_metrics(model, "accuracy")


def test_other_metrics_pass_by_their_own_names() -> None:
    model = two_dense()
    model.compile("adam", "mse", metrics=["mae", keras.metrics.RootMeanSquaredError()])
    checks.expect_metrics(model, "mean_absolute_error", "root_mean_squared_error")
    checks.expect_metrics(model, "mae")


@pytest.mark.parametrize(
    ("metrics", "got"),
    [
        (None, "no metrics"),
        (["mse"], "mse"),
        ([keras.metrics.Accuracy()], "Accuracy object"),
        (["AUC"], "AUC"),
    ],
)
def test_missing_metrics_are_named(metrics: Any, got: str, message: Message) -> None:
    model = two_dense()
    model.compile("adam", "binary_crossentropy", metrics=metrics)
    said = message(checks.expect_metrics, model, "accuracy")
    assert "expected: accuracy" in said
    assert f"got: {got}" in said


def test_what_was_never_compiled_is_said_to_be_so(message: Message) -> None:
    assert "got: not compiled" in message(checks.expect_metrics, two_dense(), "accuracy")
    assert "got: not compiled" in message(checks.expect_learning_rate, two_dense(), 1e-4)


@pytest.mark.parametrize(
    ("units", "loss", "right", "cause"),
    [
        (5, "binary_crossentropy", "sparse_categorical_crossentropy", "the last layer has 5 units"),
        (1, "sparse_categorical_crossentropy", "binary_crossentropy", "the last layer has one unit"),
        (5, "categorical_crossentropy", "sparse_categorical_crossentropy", "need the sparse one"),
        (1, "mse", "binary_crossentropy", "given something else"),
    ],
)
def test_a_loss_that_does_not_go_with_the_output_is_explained(
    units: int, loss: str, right: str, cause: str, message: Message
) -> None:
    model = compiled(two_dense(units), loss=loss)
    said = message(checks.expect_loss, model, right)
    assert f"got: {loss}" in said
    assert cause in said
