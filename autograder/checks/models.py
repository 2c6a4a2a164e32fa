"""Checks on a model: its layers in order, their settings, and how many parameters they hold."""

import math
from collections.abc import Sequence
from typing import Any

from autograder.checks.messages import Said, fault
from autograder.checks.weights import (
    child_layers,
    expect_model,
    find_layer,
    is_keras,
    layer_weights,
    parameter_count,
    weights_of,
)

READ_THE_SUMMARY = Said(
    "model.summary()의 각 줄을 본문의 손계산과 비교하세요.",
    "Compare each line of model.summary() with the calculation by hand in the text.",
)
NOT_BUILT = Said(
    "입력 모양을 몰라 가중치가 아직 없습니다.",
    "The model does not know its input shape yet, so it has no weights.",
)


def layers_of(model: Any) -> list[Any]:
    """The model's layers, less an InputLayer, which only some ways of building leave behind; torch's children."""
    expect_model(model)
    return [layer for layer in child_layers(model) if type(layer).__name__ != "InputLayer"]


def layer_names(model: Any) -> list[str]:
    """The class name of each layer, in order."""
    return [type(layer).__name__ for layer in layers_of(model)]


def parameters_by_layer(model: Any) -> list[tuple[str, int]]:
    """Class name and number of parameters of each layer, counted from its weights."""
    return [(type(layer).__name__, _count(layer_weights(layer))) for layer in layers_of(model)]


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
                f"빠진 층: {missing}, 더 있는 층: {extra}"
                if missing or extra
                else "층의 순서나 개수가 다릅니다.",
                f"Missing: {missing}, not asked for: {extra}"
                if missing or extra
                else "The layers are in another order, or there are more or fewer of a kind.",
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
            cause=_why_parameters_differ(model, found, list(expected)),
            hint=READ_THE_SUMMARY,
        )


def expect_parameter_total(model: Any, total: int, *, trainable: int | None = None) -> None:
    """The model has this many parameters in all, and this many that training changes, where that is given.

    Counted from the weights, as `model.summary()` and PEFT's `print_trainable_parameters()` do; without the
    optimizer's own. Weights that two layers share count once.
    """
    weights = weights_of(model)
    found = parameter_count(weights)
    if found != total:
        raise fault(
            "parameters in all",
            expected=f"{total:,}",
            got=f"{found:,}",
            cause=_why_total_differs(model, found, total),
            hint=READ_THE_SUMMARY,
        )
    moving = parameter_count([weight for weight in weights if weight.is_trainable])
    if trainable is not None and moving != trainable:
        raise fault(
            "trainable parameters",
            expected=f"{trainable:,} of {total:,}",
            got=f"{moving:,} of {total:,}",
            cause=_why_trainable_differs(moving, trainable, total),
            hint=READ_THE_SUMMARY,
        )


def expect_setting(model: Any, layer: int | str, setting: str, expected: object) -> None:
    """A layer was made with this setting; floats may differ by 1e-9.

    `layer` is a class (the first of that class is meant), a name, or a place in `model.layers`.
    """
    expect_model(model)
    found = find_layer(model, layer)
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
            cause=Said("그런 층이 없습니다.", "There is no such layer.")
            if found is None
            else Said(
                f"그 층을 만들 때 {setting}에 다른 값을 주었거나 주지 않았습니다.",
                f"The layer was made with another {setting}, or without saying it.",
            ),
            hint=READ_THE_SUMMARY,
        )


def expect_activation(model: Any, layer: int | str, expected: str) -> None:
    """A layer of a Keras model ends in this activation: its own, or that of an activation layer right after it.

    `layer` is a place in `model.layers` (-1 is the last), a name, or a class. An InputLayer has a place where the
    model was built by the functional API, so count from the end where both ways are right.
    """
    expect_model(model)
    found = find_layer(model, layer) if is_keras(model) else None
    got = "no such layer" if found is None else _activation_of(model, found)
    if got != expected:
        raise fault(
            f"activation of layer {layer}",
            expected=expected,
            got=got,
            cause=_why_activations_differ(found, got, expected),
            hint=Said(
                "층을 만들 때 준 activation을 본문과 비교하세요.",
                "Compare the activation given to the layer with the text.",
            ),
        )


def _activation_of(model: Any, layer: Any) -> str:
    """The name of a layer's activation; what follows it may supply it."""
    own = _own_activation(layer)
    if own != "linear":
        return own
    layers = child_layers(model)
    at = layers.index(layer) + 1 if layer in layers else len(layers)
    following = layers[at] if at < len(layers) else None
    is_activation = type(following).__name__ in ("Activation", "ReLU", "Softmax")
    return _own_activation(following) if is_activation else own


def _own_activation(layer: Any) -> str:
    kind = type(layer).__name__
    if kind in ("ReLU", "Softmax"):
        return kind.lower()
    activation = getattr(layer, "activation", None)
    return "linear" if activation is None else str(getattr(activation, "__name__", type(activation).__name__))


def _why_activations_differ(layer: Any, got: str, expected: str) -> Said:
    if layer is None:
        return Said("그런 층이 없습니다.", "There is no such layer.")
    if got == "softmax" and getattr(layer, "units", None) == 1:
        return Said(
            "유닛이 하나인 softmax는 언제나 1을 냅니다.",
            "A softmax over one unit always gives 1; it cannot tell anything apart.",
        )
    if got == "linear":
        return Said(
            "activation을 주지 않았습니다.",
            "No activation was given, so the layer passes its sums on as they are.",
        )
    if {got, expected} == {"sigmoid", "softmax"}:
        return Said(
            "sigmoid는 유닛 하나(둘 중 하나), softmax는 유닛 여럿(여럿 중 하나)에 씁니다.",
            "sigmoid is for one unit (yes or no), softmax for several (one of many).",
        )
    return Said("다른 활성화 함수입니다.", "It is another activation.")


def _why_parameters_differ(model: Any, found: list[tuple[str, int]], wanted: list[tuple[str, int]]) -> Said:
    if not found and not getattr(model, "built", True):
        return NOT_BUILT
    if sorted(found) == sorted(wanted):
        return Said("층의 순서가 다릅니다.", "The layers are in another order.")
    return Said(
        "층의 종류, 유닛 수, 또는 입력 특성의 수가 다릅니다.",
        "The kind of a layer, its number of units, or the number of input features differs.",
    )


def _why_total_differs(model: Any, found: int, total: int) -> Said:
    if not found and not getattr(model, "built", True):
        return NOT_BUILT
    layers = [(type(layer).__name__, _count(layer_weights(layer))) for layer in layers_of(model)]
    spare = next((name for name, count in layers if count and count == found - total), None)
    if spare is not None:
        return Said(
            f"{spare} 층 하나만큼 많습니다.", f"There are too many by just one layer of the model, {spare}."
        )
    detail = _listed([pair for pair in layers if pair[1]]) or "-"
    more = found > total
    return Said(
        f"{abs(found - total):,}개 {'많습니다' if more else '적습니다'}. 층별: {detail}",
        f"{abs(found - total):,} too {'many' if more else 'few'}. By layer: {detail}",
    )


def _why_trainable_differs(moving: int, wanted: int, total: int) -> Said:
    if moving == total:
        return Said("아무것도 얼리지 않았습니다.", "Nothing is frozen: trainable was never set to False.")
    if not moving:
        return Said(
            "모두 얼었습니다. 새로 붙인 층도 배우지 않습니다.",
            "Everything is frozen, the new layers, too.",
        )
    if moving == total - wanted:
        return Said(
            "얼릴 것과 배울 것이 뒤바뀌었습니다.",
            "What should be frozen is trained, and the other way round.",
        )
    if moving > wanted:
        return Said(
            "덜 얼렸습니다.", "Too little is frozen, or the new parts are larger than they should be."
        )
    return Said("더 얼렸습니다.", "Too much is frozen, or the new parts are smaller than they should be.")


def _count(weights: Sequence[Any]) -> int:
    return sum(math.prod(int(length) for length in weight.shape) for weight in weights)


def _listed(pairs: Sequence[tuple[str, int]]) -> str:
    return " + ".join(f"{name} {count:,}" for name, count in pairs)
