"""Models that the tests of the checks look at, in every way a student may build them."""

from typing import Any

import keras
import numpy as np
from keras import layers

X = np.random.default_rng(0).random((6, 8, 8, 3)).astype(np.float32)
Y = np.array([0, 1, 0, 1, 1, 0])


def base() -> Any:
    """Two convolutions around a BatchNormalization: 8 tensors, 2 of them statistics; 84 + 12 + 112 parameters."""
    image = keras.Input((8, 8, 3))
    features = layers.Conv2D(3, 3, name="block1_conv1")(image)
    features = layers.BatchNormalization(name="block1_bn")(features)
    features = layers.Conv2D(4, 3, activation="relu", name="block2_conv1")(features)
    return keras.Model(image, features, name="base")


def nested(inner: Any, *, units: int = 1, activation: str = "sigmoid") -> Any:
    """The base as one layer of a Sequential."""
    head = [layers.Flatten(), layers.Dense(5, activation="relu"), layers.Dense(units, activation=activation)]
    return keras.Sequential([inner, *head])


def built_upon(inner: Any) -> Any:
    """The head upon the base's output: the base's layers are the model's own."""
    features = layers.Dense(5, activation="relu")(layers.Flatten()(inner.output))
    return keras.Model(inner.input, layers.Dense(1, activation="sigmoid")(features))


def called(inner: Any) -> Any:
    """The base called on an input of the model's own."""
    image = keras.Input((8, 8, 3))
    features = layers.Dense(5, activation="relu")(layers.Flatten()(inner(image, training=False)))
    return keras.Model(image, layers.Dense(1, activation="sigmoid")(features))


def two_dense(units: int = 1, activation: str = "sigmoid") -> Any:
    """20 + 6 parameters."""
    return keras.Sequential(
        [keras.Input((3,)), layers.Dense(5, activation="relu"), layers.Dense(units, activation=activation)]
    )


WAYS = (nested, built_upon, called)


def compiled(model: Any, rate: float = 1e-3, loss: str = "binary_crossentropy") -> Any:
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"])
    return model
