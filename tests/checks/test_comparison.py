"""On the torch backend these run once more, from test_on_torch.py."""

from collections.abc import Callable

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from autograder import checks  # noqa: E402
from checks.zoo import WAYS, X, Y, base, built_upon, compiled, nested, two_dense  # noqa: E402

Message = Callable[..., str]


@pytest.mark.parametrize("way", WAYS)
def test_the_base_inside_a_model_is_compared_with_the_base_alone(
    way: Callable[..., object], message: Message
) -> None:
    inner = base()
    model = way(inner)
    checks.expect_same_weights(model, inner, but=(-1, -2))
    checks.expect_same_weights(model, inner.get_weights(), but=(-1, -2))
    said = message(checks.expect_same_weights, model, base(), but=(-1, -2))
    assert "other weights from the start" in said


def test_names_do_not_matter_and_order_does(message: Message) -> None:
    one, other = two_dense(), two_dense()
    other.set_weights(one.get_weights())
    checks.expect_same_weights(one, other)
    assert [layer.name for layer in one.layers] != [layer.name for layer in other.layers]
    assert "built differently" in message(checks.expect_same_weights, one, other.get_weights()[::-1])


def test_structure_is_shapes_in_order() -> None:
    inner = base()
    assert checks.same_structure(nested(inner), built_upon(base()))
    assert not checks.same_structure(nested(inner), inner)
    assert not checks.same_structure(two_dense(), two_dense(2))


def test_a_base_that_was_trained_is_told_from_another_one(message: Message) -> None:
    inner = base()
    before = inner.get_weights()
    compiled(nested(inner)).fit(X, Y, epochs=2, verbose=0)
    said = message(checks.expect_same_weights, inner, before)
    assert "8 of 8 tensors differ" in said
    assert "All of it was trained" in said


def test_a_freeze_between_two_fits_without_compile_shows_in_the_weights(message: Message) -> None:
    if keras.config.backend() != "tensorflow":
        pytest.skip("only TensorFlow goes on with the step that the first fit traced")
    inner = base()
    model = compiled(nested(inner))
    model.fit(X, Y, verbose=0)
    inner.trainable = False
    before = inner.get_weights()
    model.fit(X, Y, verbose=0)
    checks.expect_trainable_tensors(model, trainable=4, frozen=8)  # the flags are as they should be
    assert "frozen with no compile after it" in message(checks.expect_same_weights, inner, before)


def test_some_layers_that_were_trained_are_named(message: Message) -> None:
    inner = base()
    before = inner.get_weights()
    inner.get_layer("block1_conv1").trainable = inner.get_layer("block1_bn").trainable = False
    compiled(nested(inner)).fit(X, Y, verbose=0)
    said = message(checks.expect_same_weights, inner, before)
    assert "2 of 8 tensors differ: block2_conv1/kernel, block2_conv1/bias" in said
    assert "Some layers were trained" in said
    checks.expect_same_weights(inner, before, tolerance=1.0)
    assert "within 1e-09" in message(checks.expect_same_weights, inner, before, tolerance=1e-9)


def test_what_is_left_out_is_left_out_of_both_where_both_have_it(message: Message) -> None:
    one, other = two_dense(), two_dense()
    other.layers[0].set_weights(one.layers[0].get_weights())
    checks.expect_same_weights(one, other, but=(-1,))
    assert "1 of 4 tensors" in message(checks.expect_same_weights, one, other)


def test_nan_is_no_weight_that_stayed_the_same(message: Message) -> None:
    model = two_dense()
    weights = [np.full_like(one, np.nan) for one in model.get_weights()]
    model.set_weights(weights)
    message(checks.expect_same_weights, model, weights)
