"""Pretrains a small convolutional network on the handwritten digits 0 to 4, for exercise 02 to fine-tune on 5 to 9.

    python datasets/generators/small_digits.py

writes small_digits.safetensors beside the registry and prints its sha256; it takes about two minutes on one core. On
the same kind of machine with the versions of constraints.txt the bytes are the same every time; elsewhere the last
digits of the weights may differ.

Five digits would teach a network little more than to tell five shapes apart. So each is shown turned by quarters and
mirrored, and every way it can stand is a class of its own: 40 classes, which take features that are of use for other
shapes, too.
"""

import hashlib
from pathlib import Path

import keras
import numpy as np
from keras.layers import Conv2D, Dense, Dropout, GlobalAveragePooling2D, MaxPooling2D
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.datasets import load_digits

OUT = Path(__file__).resolve().parents[1] / "small_digits.safetensors"
SEED = 0
DIGITS = 5  # 0 to 4
EPOCHS = 60
BATCH = 128

Pictures = NDArray[np.float32]
Labels = NDArray[np.int64]


def pictures_to_learn_from() -> tuple[Pictures, Labels]:
    """The digits 0 to 4 in eight positions, (n, 8, 8, 1) from 0 to 1, and their classes 0 to 39."""
    digits = load_digits()
    chosen = digits.target < DIGITS
    upright = (digits.images[chosen] / 16).astype(np.float32)[..., np.newaxis]
    turned = [np.rot90(upright, quarters, axes=(1, 2)) for quarters in range(4)]
    positions = [*turned, *(pictures[:, :, ::-1] for pictures in turned)]
    labels = [digits.target[chosen] + DIGITS * position for position in range(len(positions))]
    return np.concatenate(positions), np.concatenate(labels).astype(np.int64)


def shifted(pictures: Pictures, draw: np.random.Generator) -> Pictures:
    """Each picture moved by at most one pixel each way; what leaves on one side comes in on the other."""
    moves = draw.integers(-1, 2, size=(len(pictures), 2))
    return np.stack(
        [np.roll(picture, tuple(move), axis=(0, 1)) for picture, move in zip(pictures, moves, strict=True)]
    )


def build_base() -> keras.Model:
    """The network without its head; exercise 02 builds the same one."""
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            Conv2D(32, 3, padding="same", activation="relu"),
            Conv2D(32, 3, padding="same", activation="relu"),
            MaxPooling2D(),
            Conv2D(64, 3, padding="same", activation="relu"),
            Conv2D(64, 3, padding="same", activation="relu"),
            GlobalAveragePooling2D(),
        ]
    )


def pretrain() -> keras.Model:
    """The trained network without the head of 40 classes that it was trained with."""
    keras.utils.set_random_seed(SEED)
    draw = np.random.default_rng(SEED)
    pictures, labels = pictures_to_learn_from()
    base = build_base()
    model = keras.Sequential([base, Dropout(0.2), Dense(int(labels.max()) + 1, activation="softmax")])
    steps = EPOCHS * -(-len(pictures) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(2e-3, steps)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    for epoch in range(1, EPOCHS + 1):
        history = model.fit(shifted(pictures, draw), labels, batch_size=BATCH, verbose=0)
        if epoch % 10 == 0:
            print(f"epoch {epoch} of {EPOCHS}: accuracy {history.history['accuracy'][0]:.3f}")
    return base


def main() -> None:
    """Write the weights under the names conv1.kernel, conv1.bias, … conv4.bias."""
    names = [f"conv{layer}.{part}" for layer in (1, 2, 3, 4) for part in ("kernel", "bias")]
    weights = [np.ascontiguousarray(weight) for weight in pretrain().get_weights()]
    save_file(dict(zip(names, weights, strict=True)), OUT)
    print(hashlib.sha256(OUT.read_bytes()).hexdigest(), OUT.name)


if __name__ == "__main__":
    main()
