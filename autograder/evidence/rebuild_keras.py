"""Rebuilds Keras models, histories, and tensors; works on the TensorFlow and the torch backend.

A config can claim a layer of any size. While a model is built, every weight must therefore be one that the
evidence holds, by shape, before memory is taken for it. Not covered: activations that are huge when the
model is called; the judge's own limits hold those.
"""

import json
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from autograder.errors import EvidenceError
from autograder.evidence.documents import one_line
from autograder.evidence.encode_models import layers_of
from autograder.evidence.keras_config import build_steps, checked_config
from autograder.evidence.nodes import Decode, Decoder, Node, shown

MAX_BUILD_STEPS = 20_000  # some 10 s; a DenseNet of 700 layers within a Sequential takes 3,000
MAX_METRIC_SIZE = 10_000  # thresholds and labels: a metric takes memory for them as soon as it is made
_FRAMEWORKS = ("tensorflow", "torch")


class NotRestoredWarning(UserWarning):
    """Part of a model's compile settings did not cross; the model is usable without."""


def _model(decoder: Decoder, node: Node) -> Any:
    config = checked_config(_json_object(decoder, decoder.text(node, "config")))
    if config.get("class_name") not in ("Sequential", "Model"):
        raise decoder.wrong(f"{shown(config.get('class_name'))} is not a model")
    if build_steps(config) > MAX_BUILD_STEPS:
        raise decoder.wrong("a model of too many layers, or of layers in layers, to be rebuilt in time")
    weights = None
    if node.get("weights") is not None:
        weights = [decoder.weight(one) for one in decoder.items(node, "weights")]
    import keras

    budget = _WeightBudget([weight.shape for weight in weights or ()])
    try:
        with (
            _no_registered_names(),
            budget.held(keras.layers.Layer),
            _built_once(keras.Sequential),
            warnings.catch_warnings(action="ignore"),  # what Keras says of settings, it said in the notebook
        ):
            model = keras.saving.deserialize_keras_object(config, safe_mode=True)
        if weights is not None:
            budget.expect_all_used()
            model.set_weights(weights)
    except Exception as error:  # a config can make Keras raise anything
        reason = budget.problem or one_line(str(error), 300)
        raise decoder.wrong(f"the model cannot be rebuilt: {reason}") from None
    _set_trainable(decoder, node, model)
    if node.get("compiled") is not None:
        _compile(decoder, _json_object(decoder, decoder.text(node, "compiled")), model)
    return model


def _json_object(decoder: Decoder, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise decoder.wrong("a Keras config is not JSON, or nested too deep") from None
    if not isinstance(found, dict):
        raise decoder.wrong(f"a Keras config must be an object, found {shown(found)}")
    return found


@contextmanager
def _no_registered_names() -> Iterator[None]:
    """While inside, no string of a config finds what some library has registered with Keras."""
    import keras

    registered = keras.saving.get_custom_objects()
    kept = dict(registered)
    registered.clear()
    try:
        yield
    finally:
        registered.update(kept)


@contextmanager
def _built_once(sequential: Any) -> Iterator[None]:
    """While inside, a Sequential that is read from a config is built when it has all its layers, not with each."""
    original = sequential.add

    def add(model: Any, layer: Any, rebuild: bool = False) -> None:  # what Keras itself gives for a list
        original(model, layer, rebuild=rebuild)

    sequential.add = add
    try:
        yield
    finally:
        sequential.add = original


class _WeightBudget:
    """The shapes of the weights that the evidence holds; each can be asked for once."""

    def __init__(self, shapes: list[tuple[int, ...]]) -> None:
        self._left = Counter(shapes)
        self.problem: str | None = None

    @contextmanager
    def held(self, layer_class: Any) -> Iterator[None]:
        """While inside, each new weight must be within the budget, and starts as zeros.

        `add_weight` is replaced for that time: all built-in layers make their weights through it. Zeros,
        because the values are set afterwards and drawing random ones takes time and random state.
        """
        original = layer_class.add_weight

        def add_weight(
            layer: Any, shape: Any = None, initializer: Any = None, *args: Any, **kwargs: Any
        ) -> Any:
            del initializer
            self._take(shape)
            return original(layer, shape, "zeros", *args, **kwargs)

        layer_class.add_weight = add_weight
        try:
            yield
        finally:
            layer_class.add_weight = original

    def _take(self, shape: Any) -> None:
        wanted = tuple(shape) if isinstance(shape, tuple | list) else () if shape is None else (shape,)
        if self._left[wanted] <= 0:
            self.problem = f"its config asks for a weight of shape {wanted}, which the evidence does not hold"
            raise EvidenceError(self.problem)
        self._left[wanted] -= 1

    def expect_all_used(self) -> None:
        """Raise unless every weight of the evidence has found its place."""
        if self._left.total():
            self.problem = f"the evidence holds {self._left.total()} weights more than its config asks for"
            raise EvidenceError(self.problem)


def _set_trainable(decoder: Decoder, node: Node, model: Any) -> None:
    """Set the flag of each layer, outer before inner: setting a model's sets all of its layers'."""
    flags, layers = decoder.items(node, "trainable"), layers_of(model)
    if len(flags) != len(layers):
        raise decoder.wrong(f"{len(flags)} trainable flags for {len(layers)} layers")
    for flag, layer in zip(flags, layers, strict=True):
        if not isinstance(flag, list) or len(flag) != 2 or flag[0] != layer.name or type(flag[1]) is not bool:
            raise decoder.wrong(f"{shown(flag)} is not the trainable flag of layer {shown(layer.name)}")
        if layer.trainable != flag[1]:
            layer.trainable = flag[1]


def _compile(decoder: Decoder, settings: dict[str, Any], model: Any) -> None:
    """Compile as recorded; what is not Keras's own (a student's loss, say) is left out, with a warning."""
    import keras

    kept: dict[str, Any] = {}
    for part in ("optimizer", "loss", "loss_weights", "metrics", "weighted_metrics"):
        try:
            config = checked_config(settings.get(part))
            _refuse_in_settings(config, part)
            with _no_registered_names():
                kept[part] = keras.saving.deserialize_keras_object(config, safe_mode=True)
        except Exception as error:  # a config can make Keras raise anything
            reason = one_line(str(error), 200)
            warnings.warn(
                f"{decoder.name}: {part} left out of compile: {reason}", NotRestoredWarning, stacklevel=2
            )
    if "optimizer" not in kept:
        return
    try:
        model.compile(**kept)
    except Exception as error:
        reason = one_line(str(error), 200)
        warnings.warn(f"{decoder.name}: left uncompiled: {reason}", NotRestoredWarning, stacklevel=2)


def _refuse_in_settings(config: Any, part: str) -> None:
    """Refuse names that Keras would look up among registered code when the model is trained, and huge metrics."""
    import keras

    if isinstance(config, dict | list):
        for one in config.values() if isinstance(config, dict) else config:
            _refuse_in_settings(one, part)
    elif isinstance(config, str) and config in keras.saving.get_custom_objects():
        raise EvidenceError(f"{shown(config)} is none of Keras's own")
    elif isinstance(config, int) and "metrics" in part and abs(config) > MAX_METRIC_SIZE:
        raise EvidenceError(f"a metric of size {shown(config)}; at most {MAX_METRIC_SIZE:,} cross")


def _history(decoder: Decoder, node: Node) -> Any:
    import keras

    history = keras.callbacks.History()
    history.history = decoder.decode(node.get("history"))
    history.epoch = decoder.decode(node.get("epoch"))
    history.set_params(decoder.decode(node.get("params")))
    if not isinstance(history.history, dict) or not all(
        isinstance(one, list) for one in history.history.values()
    ):
        raise decoder.wrong("a training history must map names to lists")
    return history


def _tensor(decoder: Decoder, node: Node) -> Any:
    framework, array = decoder.text(node, "framework"), decoder.array(node.get("array"))
    if framework not in _FRAMEWORKS or array.dtype.kind not in "biuf":
        raise decoder.wrong(f"{shown(framework)} is not a framework whose tensors cross")
    if framework == "tensorflow":
        import tensorflow

        return tensorflow.constant(array)
    import torch

    tensor = torch.from_numpy(array)
    return (
        tensor.requires_grad_() if node.get("requires_grad") is True and array.dtype.kind == "f" else tensor
    )


KERAS_KINDS: dict[str, Decode] = {"keras_model": _model, "keras_history": _history, "tensor": _tensor}
