"""Checks on what training may change: frozen and trainable layers and tensors.

All of them ask the model that is given. A layer that is switched on inside a model that is switched off counts as
frozen, since that is what training makes of it.

Flags tell what is, not when it was set. A freeze after `compile` and before the first `fit` holds all the same. Between
two `fit`s with no `compile` it depends: on torch it holds; on TensorFlow the step that the first `fit` traced goes on
and the frozen layers move. Keras 3.15 says nothing to it. What moved shows in the weights: `expect_same_weights`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.checks.messages import Said, fault, some
from autograder.checks.models import READ_THE_SUMMARY, layers_of
from autograder.checks.weights import (
    child_layers,
    find_layer,
    is_keras,
    layer_weights,
    parameter_count,
    weights_of,
)

PRINT_THE_FLAGS = Said(
    "for layer in model.layers: print(layer.name, layer.trainable)로 확인하고, 바꾼 뒤 다시 compile하세요.",
    "Print layer.name and layer.trainable for each of model.layers, and compile again after a change.",
)


def trainable_by_layer(model: Any) -> list[tuple[str, bool]]:
    """Name of each layer that has weights, and whether training changes any of them."""
    moving = _moving(model)
    names = _names(model)
    return [
        (names[id(layer)], any(id(value) in moving for value in layer_weights(layer)))
        for layer in child_layers(model)
        if layer_weights(layer)
    ]


def expect_all_trainable(model: Any, expected: int) -> None:
    """All of the model's parameters are trainable, and there are `expected` of them."""
    weights = weights_of(model)
    trainable = parameter_count([weight for weight in weights if weight.is_trainable])
    frozen = parameter_count(weights) - trainable
    if (trainable, frozen) != (expected, 0):
        raise fault(
            "trainable, non-trainable",
            expected=f"{expected:,}, 0",
            got=f"{trainable:,}, {frozen:,}",
            cause=Said(
                "어떤 층의 trainable이 False이거나 층의 크기가 다릅니다.",
                "Some layer has trainable set to False, or a layer is of another size.",
            ),
            hint=READ_THE_SUMMARY,
        )


def expect_trainable_tensors(model: Any, *, trainable: int, frozen: int) -> None:
    """Training may change this many weight tensors and leaves this many alone.

    A kernel and its bias are two; a Keras BatchNormalization has two that are never trainable.
    """
    weights = weights_of(model)
    moving = sum(weight.is_trainable for weight in weights)
    still = len(weights) - moving
    if (moving, still) != (trainable, frozen):
        raise fault(
            "weight tensors: trainable, frozen",
            expected=f"{trainable}, {frozen}",
            got=f"{moving}, {still}",
            cause=_why_tensors_differ(moving, still, trainable, frozen),
            hint=PRINT_THE_FLAGS,
        )


def expect_layer_trainable(model: Any, expected: Mapping[int | str, bool]) -> None:
    """Training changes these layers, or leaves them alone, as given: `{0: False, "block5_conv1": True}`.

    A key is a place in `model.layers`, a name, a path in nested models (`vgg16/block5_conv1`), or a class. A layer
    without weights has nothing to train, so its flag is not looked at.
    """
    layers_of(model)
    moving = _moving(model)
    missing, wrong = [], []
    for which, wanted in expected.items():
        layer = find_layer(model, which)
        if layer is None:
            missing.append(which)
        elif layer_weights(layer) and wanted != any(id(value) in moving for value in layer_weights(layer)):
            wrong.append(which)
    if missing or wrong:
        first = (missing or wrong)[0]
        raise fault(
            "model"
            if missing
            else f"trainable, {len(wrong)} of {len(expected)} layers differ: {some(wrong)}",
            expected=f"layer {first}" if missing else f"{first}: {expected[first]}",
            got=some(name for name, _ in trainable_by_layer(model))
            if missing
            else f"{first}: {not expected[first]}",
            cause=_why_flags_differ(model, expected, missing, wrong),
            hint=PRINT_THE_FLAGS,
        )


def _moving(model: Any) -> set[int]:
    return {id(weight.value) for weight in weights_of(model) if weight.is_trainable}


def _names(model: Any) -> dict[int, str]:
    if is_keras(model):
        return {id(layer): str(layer.name) for layer in child_layers(model)}
    return {id(layer): name for name, layer in model.named_children()}


def _why_tensors_differ(moving: int, still: int, trainable: int, frozen: int) -> Said:
    if moving + still != trainable + frozen:
        return Said(
            "층의 종류나 개수가 다릅니다.",
            "The model has other layers, or more or fewer of them.",
        )
    if frozen and not still:
        return Said(
            "아무것도 얼리지 않았습니다. trainable을 다른 모델에 정했거나 잊었습니다.",
            "Nothing is frozen: trainable was not set, or on another model than the one inside this one.",
        )
    if trainable and not moving:
        return Said(
            "모두 얼었습니다. base_model이 아니라 model 전체의 trainable을 껐습니다.",
            "Everything is frozen: trainable was switched off for the whole model, not for its base only.",
        )
    if still == trainable and moving == frozen:
        return Said("True와 False가 뒤바뀌었습니다.", "True and False are swapped.")
    if moving > trainable:
        return Said(
            "더 적게 얼렸습니다. 어느 층부터인지 보세요.", "Too few layers are frozen; see from which one on."
        )
    return Said(
        "더 많이 얼렸습니다. 어느 층부터인지 보세요.", "Too many layers are frozen; see from which one on."
    )


def _why_flags_differ(
    model: Any, expected: Mapping[int | str, bool], missing: list[int | str], wrong: list[int | str]
) -> Said:
    if missing:
        return Said("그런 층이 없습니다.", "There is no such layer.")
    if len(wrong) == len(expected) > 1 and len(set(expected.values())) == 2:
        return Said("True와 False가 뒤바뀌었습니다.", "True and False are swapped.")
    if not any(expected[which] for which in wrong):
        return Said("얼려야 할 층이 그대로 배웁니다.", "Layers that should be frozen are still trained.")
    if any(getattr(find_layer(model, which), "trainable", False) for which in wrong if expected[which]):
        return Said(
            "층은 켰지만 그 층을 담은 모델의 trainable이 False입니다.",
            "The layer is switched on, but a model that contains it has trainable False.",
        )
    if all(expected[which] for which in wrong):
        return Said("배워야 할 층이 얼어 있습니다.", "Layers that should be trained are still frozen.")
    return Said(
        "어느 층부터 켜는지가 하나 이상 어긋났습니다 (off by one).",
        "The place from which layers are trained is off by one or more.",
    )
