"""Checks on a Keras model: its layers, its parameters, and how it was compiled."""

import math
from collections.abc import Sequence
from typing import Any

from autograder.checks.messages import Said, fault

READ_THE_SUMMARY = Said(
    "model.summary()의 각 줄을 본문의 손계산과 비교하세요.",
    "Compare each line of model.summary() with the calculation by hand in the text.",
)


def layers_of(model: Any) -> list[Any]:
    """The model's layers, less an InputLayer, which only some ways of building leave behind."""
    layers = getattr(model, "layers", None)
    if layers is None:
        raise fault(
            "model",
            expected="Keras model",
            got=type(model).__name__,
            cause=Said("model을 아직 만들지 않았습니다.", "model has not been made yet."),
            hint=READ_THE_SUMMARY,
        )
    return [layer for layer in layers if type(layer).__name__ != "InputLayer"]


def layer_names(model: Any) -> list[str]:
    """The class name of each layer, in order."""
    return [type(layer).__name__ for layer in layers_of(model)]


def parameters_by_layer(model: Any) -> list[tuple[str, int]]:
    """Class name and number of parameters of each layer, counted from its weights."""
    return [(type(layer).__name__, _count(layer.weights)) for layer in layers_of(model)]


def expect_layers(model: Any, expected: Sequence[str]) -> None:
    """The layers are of these classes, in this order."""
    found = layer_names(model)
    if found != list(expected):
        missing = [name for name in expected if name not in found]
        extra = [name for name in found if name not in expected]
        raise fault(
            "model.layers",
            expected=" → ".join(expected),
            got=" → ".join(found) or "-",
            cause=Said(
                f"빠진 층: {missing}, 더 있는 층: {extra}" if missing or extra else "층의 순서가 다릅니다.",
                f"Missing: {missing}, not asked for: {extra}"
                if missing or extra
                else "The layers are in another order.",
            ),
            hint=READ_THE_SUMMARY,
        )


def expect_parameters(model: Any, expected: Sequence[tuple[str, int]]) -> None:
    """The layers that have weights are these, with these numbers of parameters."""
    found = [(name, count) for name, count in parameters_by_layer(model) if count]
    if found != list(expected):
        raise fault(
            "parameters by layer",
            expected=_listed(expected),
            got=_listed(found) or "0",
            cause=Said(
                "층의 종류, 유닛 수, 또는 입력 특성의 수가 다릅니다.",
                "The kind of a layer, its number of units, or the number of input features differs.",
            ),
            hint=READ_THE_SUMMARY,
        )


def expect_all_trainable(model: Any, expected: int) -> None:
    """All of the model's parameters are trainable, and there are `expected` of them."""
    layers_of(model)
    trainable, frozen = _count(model.trainable_weights), _count(model.non_trainable_weights)
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


def expect_setting(model: Any, layer: str, setting: str, expected: object) -> None:
    """The first layer of class `layer` was made with this setting; floats may differ by 1e-9."""
    found = next((one for one in layers_of(model) if type(one).__name__ == layer), None)
    got = getattr(found, setting, None)
    is_same = (
        math.isclose(got, expected, abs_tol=1e-9)
        if isinstance(expected, float) and isinstance(got, int | float)
        else got == expected
    )
    if found is None or not is_same:
        raise fault(
            f"{layer}.{setting}",
            expected=expected,
            got="no such layer" if found is None else got,
            cause=Said(
                f"{layer} 층이 없거나 {setting} 값이 다릅니다.",
                f"There is no {layer} layer, or its {setting} differs.",
            ),
            hint=READ_THE_SUMMARY,
        )


def expect_optimizer(model: Any, expected: str) -> None:
    """The model was compiled with an optimizer of this class."""
    layers_of(model)
    optimizer = getattr(model, "optimizer", None)
    found = "not compiled" if optimizer is None else type(optimizer).__name__
    if found != expected:
        raise _compile_fault("optimizer", expected, found)


def expect_loss(model: Any, *names: str) -> None:
    """The model was compiled with this loss, given by name, as a function or as an object."""
    layers_of(model)
    found = _loss_name(getattr(model, "loss", None))
    if _plain(found) not in {_plain(name) for name in names}:
        raise _compile_fault("loss", names[0], found)


def _compile_fault(what: str, expected: str, found: str) -> AssertionError:
    return fault(
        f"model.{what}",
        expected=expected,
        got=found,
        cause=Said(
            "compile을 실행하지 않았거나 다른 값을 주었습니다.",
            "compile did not run, or it was given something else.",
        ),
        hint=Said(
            "모델을 다시 만들면 compile도 다시 실행해야 합니다.",
            "A model that is built again has to be compiled again.",
        ),
    )


def _loss_name(loss: Any) -> str:
    if isinstance(loss, list | tuple) and len(loss) == 1:
        return _loss_name(loss[0])
    if loss is None:
        return "not compiled"
    return loss if isinstance(loss, str) else getattr(loss, "__name__", type(loss).__name__)


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _count(weights: Sequence[Any]) -> int:
    return sum(math.prod(int(length) for length in weight.shape) for weight in weights)


def _listed(pairs: Sequence[tuple[str, int]]) -> str:
    return " + ".join(f"{name} {count:,}" for name, count in pairs)
