"""On the torch backend these run once more, from test_on_torch.py."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from autograder import checks  # noqa: E402
from checks.zoo import WAYS, X, Y, base, compiled, nested, two_dense  # noqa: E402

Message = Callable[..., str]
HEAD, BASE = (-1, -2), ("block*",)


def frozen(inner: Any) -> Any:
    inner.trainable = False
    return inner


@pytest.mark.parametrize("way", WAYS)
def test_the_head_moves_and_the_frozen_base_does_not(way: Callable[[Any], Any]) -> None:
    checks.expect_step_moves(compiled(way(frozen(base()))), X, Y, moved=HEAD, still=BASE)


@pytest.mark.parametrize("way", WAYS)
def test_a_base_that_is_not_frozen_moves(way: Callable[[Any], Any], message: Message) -> None:
    model = compiled(way(base()))
    checks.expect_step_moves(model, X, Y, moved=("block1_conv1", "block2_conv1", *HEAD))
    said = message(checks.expect_step_moves, model, X, Y, moved=HEAD, still=BASE)
    assert "The base was not frozen" in said
    assert "block1_conv1/kernel" in said


def test_paths_run_from_the_outside_in() -> None:
    model = nested(base())
    changes = checks.step_changes(model, X, Y)
    assert list(changes)[:3] == ["base/block1_conv1/kernel", "base/block1_conv1/bias", "base/block1_bn/gamma"]
    assert len(changes) == 12
    assert all(changes.values())


@pytest.mark.parametrize("is_compiled", [True, False])
def test_the_model_comes_out_as_it_went_in(is_compiled: bool) -> None:
    model = keras.Sequential(
        [base(), keras.layers.Flatten(), keras.layers.Dropout(0.5), keras.layers.Dense(1)]
    )
    if is_compiled:
        compiled(model, loss="mse").fit(X, Y, verbose=0)
    variables = [*model.variables, *(model.optimizer.variables if is_compiled else ())]
    before = [np.array(keras.ops.convert_to_numpy(one)) for one in variables]
    assert any(checks.step_changes(model, X, Y).values())
    after = [keras.ops.convert_to_numpy(one) for one in variables]
    for one, other in zip(before, after, strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_learning_rate_of_the_model_counts(message: Message) -> None:
    said = message(
        checks.expect_step_moves, compiled(two_dense(), 0.0), np.ones((4, 3)), [0, 1, 0, 1], moved=(-1,)
    )
    assert "the learning rate is" in said


def test_labels_may_be_a_list_a_row_or_a_column() -> None:
    model = compiled(two_dense(3, "softmax"), loss="sparse_categorical_crossentropy")
    for labels in ([0, 1, 2, 1], np.array([0, 1, 2, 1]), np.array([[0], [1], [2], [1]])):
        checks.expect_step_moves(model, np.eye(4, 3), labels, moved=HEAD)


@pytest.mark.parametrize(
    ("freeze", "cause"),
    [
        ("all", "whole model is frozen"),
        ("head", "Layers that should learn are frozen"),
        ("swap", "other way round"),
    ],
)
def test_what_stands_still_names_its_cause(freeze: str, cause: str, message: Message) -> None:
    model = compiled(nested(base()))
    if freeze == "all":
        model.trainable = False
    for layer in model.layers[1:] if freeze != "all" else ():
        layer.trainable = False
    still = BASE if freeze == "swap" else ()
    assert cause in message(checks.expect_step_moves, model, X, Y, moved=HEAD, still=still)


def test_every_layer_that_is_named_has_to_move(message: Message) -> None:
    inner = base()
    inner.get_layer("block1_conv1").trainable = False
    said = message(checks.expect_step_moves, compiled(nested(inner)), X, Y, moved=("block*_conv1",))
    assert "stayed: base/block1_conv1;" in said


def test_statistics_that_move_in_a_frozen_base_are_told_from_weights(message: Message) -> None:
    inner = base()
    for layer in inner.layers:
        if "conv" in layer.name:
            layer.trainable = False
    model = compiled(nested(inner))
    assert "The base was not frozen" in message(checks.expect_step_moves, model, X, Y, still=("base",))
    said = message(checks.expect_step_moves, model, X, Y, still=("moving_mean", "moving_variance"))
    assert "Statistics of a BatchNormalization" in said


@pytest.mark.parametrize("which", ["block9_conv1", 17, "base/conv"])
def test_a_layer_that_is_not_there_is_no_layer_that_stood_still(which: int | str, message: Message) -> None:
    said = message(checks.expect_step_moves, compiled(nested(base())), X, Y, still=(which,))
    assert "no such layer" in said
    assert f"expected: weights of {which}" in said


def test_an_output_that_leads_nowhere_is_named(message: Message) -> None:
    image = keras.Input((3,))
    keras.layers.Dense(5, name="aside")(image)
    model = compiled(keras.Model(image, keras.layers.Dense(1, activation="sigmoid", name="out")(image)))
    assert "no such layer" in message(
        checks.expect_step_moves, model, np.ones((2, 3)), [0, 1], moved=("aside",)
    )


def test_dead_units_get_no_gradient(message: Message) -> None:
    model = compiled(two_dense())
    model.layers[0].set_weights([np.zeros((3, 5)), np.full(5, -1.0)])  # relu of these is 0 for every row
    said = message(checks.expect_step_moves, model, np.ones((4, 3)), [0, 1, 1, 1], moved=(0,))
    assert "No gradient reaches them" in said


def test_an_lstm_and_what_a_wrapper_wraps_have_paths() -> None:
    model = keras.Sequential(
        [
            keras.Input((4, 2)),
            keras.layers.Bidirectional(keras.layers.LSTM(3, return_sequences=True), name="both"),
            keras.layers.TimeDistributed(keras.layers.Dense(1), name="each"),
        ]
    )
    changes = checks.step_changes(
        compiled(model, loss="mse"), np.random.default_rng(0).random((2, 4, 2)), np.zeros((2, 4, 1))
    )
    assert len(changes) == 8
    assert all(changes.values())
    assert all(path.startswith(("both/", "each/")) for path in changes)
    checks.expect_step_moves(model, np.ones((2, 4, 2)), np.zeros((2, 4, 1)), moved=("both", "each"))


def test_a_model_that_does_not_know_its_input_yet_learns_it_here() -> None:
    model = keras.Sequential([keras.layers.Dense(2), keras.layers.Dense(1)])
    assert all(checks.step_changes(model, np.ones((2, 3)), None).values())
