"""On the torch backend these run once more, from test_on_torch.py."""

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("keras")

from autograder import checks
from checks.zoo import WAYS, base, nested, two_dense

Message = Callable[..., str]
Way = Callable[[Any], Any]


@pytest.mark.parametrize("way", WAYS)
def test_a_frozen_base_leaves_the_head(way: Way) -> None:
    inner = base()
    inner.trainable = False
    model = way(inner)
    checks.expect_trainable_tensors(model, trainable=4, frozen=8)
    checks.expect_parameter_total(model, 208 + 331, trainable=331)
    checks.expect_layer_trainable(model, {-1: True, -2: True, -3: False})  # Flatten has nothing to train


def test_names_paths_classes_and_places_find_layers() -> None:
    inner = base()
    inner.trainable = False
    model = nested(inner)
    checks.expect_layer_trainable(
        model,
        {"base": False, 0: False, "base/block1_conv1": False, "Dense": True, model.layers[-1].name: True},
    )
    assert checks.trainable_by_layer(inner) == [
        ("block1_conv1", False),
        ("block1_bn", False),
        ("block2_conv1", False),
    ]


def test_layers_are_unfrozen_from_one_on() -> None:
    inner = base()
    for layer in inner.layers[:3]:
        layer.trainable = False
    checks.expect_layer_trainable(
        inner, {0: True, 1: False, 2: False, 3: True}
    )  # an InputLayer is never wrong
    checks.expect_trainable_tensors(inner, trainable=2, frozen=6)


def test_a_layer_switched_on_inside_a_frozen_model_is_frozen(message: Message) -> None:
    inner = base()
    inner.trainable = False
    inner.get_layer("block2_conv1").trainable = True
    said = message(checks.expect_layer_trainable, inner, {"block1_conv1": False, "block2_conv1": True})
    assert "block2_conv1: True" in said
    assert "a model that contains it has trainable False" in said


@pytest.mark.parametrize(
    ("flags", "wanted", "cause"),
    [
        ((True, True, True), {1: False, 3: True}, "still trained"),
        ((False, False, False), {1: False, 3: True}, "still frozen"),
        ((True, True, False), {1: False, 3: True}, "swapped"),
        ((True, True, False), {1: False, 2: True, 3: True}, "off by one"),
        ((True, True, True), {"block9": True}, "no such layer"),
        ((True, True, True), {9: True}, "no such layer"),
    ],
)
def test_other_flags_name_their_cause(
    flags: tuple[bool, ...], wanted: dict[int | str, bool], cause: str, message: Message
) -> None:
    inner = base()
    for layer, flag in zip(inner.layers[1:], flags, strict=True):
        layer.trainable = flag
    assert cause in message(checks.expect_layer_trainable, inner, wanted)


def test_wrong_counts_of_tensors_name_their_cause(message: Message) -> None:
    inner = base()
    model = nested(inner)
    check = checks.expect_trainable_tensors
    checks.expect_trainable_tensors(model, trainable=10, frozen=2)  # the statistics of the BatchNormalization
    assert "Too few layers are frozen" in message(check, model, trainable=4, frozen=8)
    inner.trainable = False
    assert "True and False are swapped" in message(check, model, trainable=8, frozen=4)
    assert "Too many layers are frozen" in message(check, model, trainable=10, frozen=2)
    assert "other layers" in message(check, model, trainable=4, frozen=26)
    model.trainable = False
    said = message(check, model, trainable=4, frozen=8)
    assert "expected: 4, 8" in said
    assert "got: 0, 12" in said
    assert "for the whole model" in said


@pytest.mark.parametrize(
    ("flags", "got", "cause"),
    [
        ((True, True), 26, "Nothing is frozen"),
        ((False, False), 0, "Everything is frozen"),
        ((True, False), 20, "the other way round"),
    ],
)
def test_the_trainable_total_names_its_cause(
    flags: tuple[bool, bool], got: int, cause: str, message: Message
) -> None:
    model = two_dense()
    for layer, flag in zip(model.layers, flags, strict=True):
        layer.trainable = flag
    said = message(checks.expect_parameter_total, model, 26, trainable=6)
    assert f"got: {got} of 26" in said
    assert cause in said


def test_too_much_and_too_little_frozen_are_told_apart(message: Message) -> None:
    model = nested(base())
    assert "Too little is frozen" in message(checks.expect_parameter_total, model, 539, trainable=331)
    model.layers[0].trainable = False
    assert "Too much is frozen" in message(checks.expect_parameter_total, model, 539, trainable=443)


def test_all_trainable_counts_the_frozen_ones_apart(message: Message) -> None:
    model = two_dense()
    checks.expect_all_trainable(model, 26)
    model.layers[0].trainable = False
    assert "got: 6, 20" in message(checks.expect_all_trainable, model, 26)
