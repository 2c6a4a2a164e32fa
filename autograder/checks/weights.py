"""The weights of a model, Keras or torch, each under a path, and whether training may change them.

A path runs from the outermost layer inwards: `vgg16/block1_conv1/kernel` for Keras, whatever a nested model
calls its own weights, and `bert.encoder.layer.0.output.dense.weight` for torch. A weight counts as trainable
where the model *given* would train it: a layer switched on inside a model that is switched off is not.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks.messages import NOT_FILLED_IN, Said, fault, is_blank


@dataclass(frozen=True)
class Weight:
    """One weight tensor; `value` is the framework's own variable or parameter."""

    path: str
    value: Any
    is_trainable: bool

    @property
    def count(self) -> int:
        """How many parameters it holds."""
        return math.prod(int(length) for length in self.value.shape)

    @property
    def layer(self) -> str:
        """The path without the weight's own name."""
        return re.split(r"[./](?=[^./]*$)", self.path)[0]

    def array(self) -> NDArray[Any]:
        """A copy of its values."""
        value = self.value.detach().cpu() if hasattr(self.value, "detach") else self.value
        return np.array(value.numpy(), copy=True)


def is_keras(model: object) -> bool:
    """Whether this is a Keras model or layer; on the torch backend it is a torch module as well."""
    return _is_of("keras", model) and hasattr(model, "weights")


def is_torch(model: object) -> bool:
    """Whether this is a torch module that is not Keras's."""
    return not is_keras(model) and _is_of("torch", model) and hasattr(model, "named_parameters")


def expect_model(model: object, name: str = "model") -> None:
    """`model` is a Keras model or a torch module."""
    if not is_keras(model) and not is_torch(model):
        raise fault(
            name,
            expected="Keras or torch model",
            got=type(model).__name__,
            cause=NOT_FILLED_IN
            if is_blank(model)
            else Said(
                f"{name}을 아직 만들지 않았거나 다른 것을 담았습니다.",
                f"{name} has not been made yet, or the variable holds something else.",
            ),
            hint=Said("모델을 만드는 칸을 다시 실행하세요.", "Run the cell that builds the model again."),
        )


def weights_of(model: Any) -> list[Weight]:
    """All weights in the order of the layers, each once; of torch, parameters only."""
    expect_model(model)
    if is_torch(model):
        return [Weight(path, value, bool(value.requires_grad)) for path, value in model.named_parameters()]
    trainable = {id(weight) for weight in model.trainable_weights}
    found: dict[str, Weight] = {}
    seen: set[int] = set()
    for path, value in _keras_weights(model, ""):
        if id(value) not in seen:
            seen.add(id(value))
            unique = path if path not in found else f"{path}_{len(found)}"
            found[unique] = Weight(unique, value, id(value) in trainable)
    return list(found.values())


def buffers_of(model: Any) -> list[Weight]:
    """What a torch module keeps beside its parameters (a BatchNorm's statistics); Keras counts these as weights."""
    if not is_torch(model):
        return []
    return [Weight(path, value, False) for path, value in model.named_buffers()]


def parameter_count(weights: Sequence[Weight]) -> int:
    """How many parameters these weights hold together."""
    return sum(weight.count for weight in weights)


def layer_weights(layer: Any) -> list[Any]:
    """The weights of one layer: Keras variables or torch parameters."""
    return list(layer.weights) if is_keras(layer) else list(layer.parameters())


def child_layers(model: Any) -> list[Any]:
    """The layers directly below: Keras's `model.layers` as it stands, torch's children."""
    expect_model(model)
    return list(model.children()) if is_torch(model) else list(getattr(model, "layers", ()))


def find_layer(model: Any, which: int | str) -> Any | None:
    """A layer by its place in `model.layers`, its name, its path in nested models, or its class; None if absent."""
    layers = child_layers(model)
    if isinstance(which, int):
        return layers[which] if -len(layers) <= which < len(layers) else None
    if is_torch(model):
        by_path = dict(model.named_modules())
        return by_path.get(which) or _first(layers, which)
    head, _, rest = which.partition("/")
    for layer in layers:
        if layer.name == which:
            return layer
        if rest and layer.name == head:
            return find_layer(layer, rest)
    return _first(layers, which)


def chosen(model: Any, weights: Sequence[Weight], which: int | str) -> list[Weight]:
    """The weights that `which` names.

    A number is a place in `model.layers`. A text is one or more whole parts of a path, anywhere in it, with `*` for
    any letters: `vgg16`, `block5_conv*`, `dense/kernel`, `lora_B`.
    """
    if isinstance(which, int):
        layer = find_layer(model, which)
        inside = {id(value) for value in layer_weights(layer)} if layer is not None else set()
        return [weight for weight in weights if id(weight.value) in inside]
    pattern = re.split(r"[./]", which)
    return [weight for weight in weights if _has_run(re.split(r"[./]", weight.path), pattern)]


def _has_run(parts: list[str], pattern: list[str]) -> bool:
    starts = range(len(parts) - len(pattern) + 1)
    return any(
        all(fnmatchcase(part, one) for part, one in zip(parts[start:], pattern, strict=False))
        for start in starts
    )


def _is_of(family: str, model: object) -> bool:
    if isinstance(model, type):
        return False
    return any(str(base.__module__).partition(".")[0] == family for base in type(model).__mro__)


def _keras_weights(layer: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for inner in getattr(layer, "layers", None) or ():
        yield from _keras_weights(inner, f"{prefix}{inner.name}/")
    for value in layer.weights:
        parts = str(getattr(value, "path", value.name)).split("/")
        # a wrapper names the layers within: lstm/lstm_cell/kernel
        own = parts[len(parts) - parts[::-1].index(layer.name) :] if layer.name in parts else parts[-1:]
        yield prefix + "/".join(own or parts[-1:]), value


def _first(layers: Sequence[Any], class_name: str) -> Any | None:
    return next((layer for layer in layers if type(layer).__name__ == class_name), None)
