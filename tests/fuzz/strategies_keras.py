"""Keras models from the real encoder, their configs changed: other names, other modules, other and larger numbers."""

import json
from collections.abc import Callable
from typing import Any

import keras
from hypothesis import strategies as st
from keras import layers

from autograder.evidence.encoder import Encoder, Node
from autograder.evidence.keras_config import FUNCTIONS, GROUPS
from fuzz import canary
from fuzz.strategies_json import at, change, changed, copied, paths, written

keras.saving.register_keras_serializable("course", "Canary")(canary.Canary)
keras.saving.register_keras_serializable("course", "fire")(canary.fire)
# As older versions of Keras registered them, by the bare name.
keras.saving.get_custom_objects().update(fire=canary.fire, Canary=canary.Canary)


def _sequential(shape: tuple[int, ...], *inside: Any, **settings: Any) -> keras.Model:
    model = keras.Sequential([keras.Input(shape), *inside])
    if settings:
        model.compile(**settings)
    return model


def _functional() -> keras.Model:
    base = keras.Sequential(
        [keras.Input((8, 8, 3)), layers.Conv2D(2, 3), layers.BatchNormalization()], name="base"
    )
    base.trainable = False
    inputs = keras.Input((8, 8, 3))
    x = layers.Flatten()(base(inputs, training=False))
    left, right = layers.Dense(2, activation="relu")(x), layers.Dense(2, kernel_regularizer="l2")(x)
    outputs = layers.Dense(2, activation=keras.activations.softmax)(layers.Concatenate()([left, right]))
    model = keras.Model(inputs, outputs)
    schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    model.compile(
        keras.optimizers.SGD(schedule),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return model


def _attention() -> keras.Model:
    inputs = keras.Input((4, 6))
    x = layers.MultiHeadAttention(2, 3)(inputs, inputs)
    x = layers.Add()([x, inputs])
    return keras.Model(inputs, [layers.Dot(axes=1)([x, inputs]), layers.GlobalAveragePooling1D()(x)])


_METRICS = [
    keras.metrics.AUC(num_thresholds=20),
    keras.metrics.Precision(thresholds=[0.1]),
    keras.metrics.F1Score(),
]
MODELS: list[Callable[[], keras.Model]] = [
    lambda: _sequential(
        (12, 1),
        layers.LSTM(4, activation="tanh"),
        layers.Dropout(0.2),
        layers.Dense(1),
        optimizer="adam",
        loss="mse",
    ),
    lambda: _sequential(
        (3,),
        layers.Dense(2, activation="sigmoid"),
        optimizer=keras.optimizers.AdamW(),
        loss="hinge",
        metrics=_METRICS,
    ),
    _functional,
    _attention,
    lambda: _sequential(
        (6,),
        layers.Embedding(5, 2),
        layers.Bidirectional(layers.LSTM(2, return_sequences=True)),
        layers.TimeDistributed(layers.Dense(3)),
        layers.GRU(2, unroll=True),
    ),
    lambda: _sequential(
        (6, 2),
        layers.SimpleRNN(2, return_sequences=True),
        layers.RNN([layers.LSTMCell(2), layers.GRUCell(2)]),
        layers.RepeatVector(3),
        layers.Permute((2, 1)),
    ),
    lambda: _sequential(
        (6, 2),
        layers.Conv1D(2, 2, padding="causal"),
        layers.MaxPooling1D(),
        layers.UpSampling1D(2),
        layers.ZeroPadding1D(1),
        layers.Cropping1D(1),
        layers.Reshape((2, -1)),
        layers.PReLU(shared_axes=[1]),
    ),
    lambda: _sequential(
        (8, 8, 3),
        layers.RandomFlip(),
        layers.RandomRotation(0.1),
        layers.Rescaling(2.0),
        layers.Resizing(6, 6),
        layers.CenterCrop(4, 4),
        layers.DepthwiseConv2D(2),
        layers.SeparableConv2D(2, 2),
        layers.GlobalMaxPooling2D(),
    ),
    lambda: _sequential(
        (4, 4, 4),
        layers.GroupNormalization(2),
        layers.LayerNormalization(),
        layers.UnitNormalization(),
        layers.GaussianNoise(0.1),
        layers.SpatialDropout2D(0.1),
        layers.UpSampling2D(2, interpolation="bilinear"),
        layers.ConvLSTM1D(2, 2),
    ),
    lambda: _sequential(
        (4, 6),
        layers.EinsumDense("abc,cd->abd", (None, 3), bias_axes="d"),
        layers.Masking(),
        layers.ActivityRegularization(0.1),
        layers.ReLU(2.0),
        layers.Softmax(),
    ),
]


def node_of(model: keras.Model) -> tuple[Node, dict[str, Any]]:
    """A model's node and arrays, as a kernel would send them."""
    encoder = Encoder()
    return encoder.variable(model), encoder.arrays


NODES = [node_of(make()) for make in MODELS]
assert all(node["kind"] == "keras_model" for node, _ in NODES)
CONFIGS: list[Any] = [
    json.loads(node[part]) for node, _ in NODES for part in ("config", "compiled") if node[part]
]
WORDS = (
    *canary.NAMES,
    *(name for names in GROUPS.values() for name in sorted(names)),
    *sorted(FUNCTIONS),
    *GROUPS,
    *(
        "Lambda",
        "TFSMLayer",
        "TorchModuleWrapper",
        "StringLookup",
        "TextVectorization",
        "Functional",
        "function",
    ),
    *("__lambda__", "__typespec__", "__numpy__", "__tensor__", "__keras_tensor__", "__slice__", "__bytes__"),
    *(
        "os",
        "os.path",
        "builtins",
        "keras.src.models.functional",
        "keras.src.layers",
        "keras.utils",
        "keras.saving",
    ),
    *(
        "system",
        "exec",
        "get_file",
        "float32",
        "int8_from_float32",
        "mixed_float16",
        "causal",
        "same",
        "bilinear",
    ),
    *(
        "class_name",
        "config",
        "module",
        "registered_name",
        "shared_object_id",
        "build_config",
        "stateful",
        "unroll",
    ),
)
CHANGED_CONFIGS = changed(CONFIGS, words=WORDS)
_LARGE = st.sampled_from(
    [-1, 0, 1, 3, 1000, 10**5, 10**6, 10**7, 10**8, 2**31 - 1, 2**31, 10**12, 1e9, 10**40]
)


def _enlarge(draw: st.DrawFn, tree: Any) -> None:
    """Overwrite a number of the config, or a shape, which is what memory and time depend on."""
    ways = [path for path in paths(tree) if isinstance(at(tree, path), int | float | list | None)]
    path = ways[draw(st.integers(0, len(ways) - 1))]
    large = draw(_LARGE)
    old = at(tree, path)
    at(tree, path[:-1])[path[-1]] = (
        [large] * len(old) if isinstance(old, list) and old and draw(st.booleans()) else large
    )


@st.composite
def changed_models(draw: st.DrawFn) -> tuple[Node, dict[str, Any]]:
    """A model's node with its config, its compile settings or its other fields changed."""
    node, arrays = draw(st.sampled_from(NODES))
    node = copied(node)
    part = draw(st.sampled_from(["config", "config", "config", "compiled", "node"]))
    if part == "node":
        return change(draw, node, words=WORDS), arrays
    if not node[part]:
        part = "config"
    tree = json.loads(node[part])
    for _ in range(draw(st.integers(1, 2))):
        if draw(st.booleans()):
            _enlarge(draw, tree)
        else:
            tree = change(draw, tree, words=WORDS, graft=draw(st.sampled_from(CONFIGS)))
    node[part] = written(tree)
    return node, arrays
