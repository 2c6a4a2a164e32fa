"""Rebuilt models are used again, and only those that are as good as new."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from autograder.evidence import collector  # noqa: E402
from autograder.evidence.bundle import Bundle, BundleWriter, QuestionEvidence, read_drop  # noqa: E402
from autograder.judge.shelf import Shelf  # noqa: E402

X = np.zeros((4, 3, 1), "float32")


@pytest.fixture
def evidence(tmp_path: Path) -> QuestionEvidence:
    """A compiled recurrent model, as it comes from a notebook."""
    model = recurrent()
    model.compile(optimizer="adam", loss="mse")
    return evidence_of(tmp_path, model)


def recurrent() -> Any:
    return keras.Sequential([keras.Input((3, 1)), keras.layers.LSTM(2), keras.layers.Dense(1)])


def evidence_of(folder: Path, model: Any) -> QuestionEvidence:
    collector.collect("q1", ["model"], str(folder / "q1"), namespace={"model": model})
    BundleWriter(folder / "evidence").add_question("q1", 0, ["model"], read_drop(folder / "q1"))
    return Bundle(folder / "evidence").question("q1")


def lent(shelf: Shelf, evidence: QuestionEvidence) -> Any:
    """What one test case gets."""
    shelf.take_back()
    return shelf.value(evidence, "model", None)


def test_a_model_that_was_only_asked_is_handed_out_again(evidence: QuestionEvidence) -> None:
    shelf = Shelf()
    model = lent(shelf, evidence)
    model(X, training=False)
    model.summary(print_fn=lambda *_: None)
    assert lent(shelf, evidence) is model


def test_so_is_one_that_was_never_compiled(tmp_path: Path) -> None:
    shelf, evidence = Shelf(), evidence_of(tmp_path, recurrent())
    model = lent(shelf, evidence)
    model(X, training=False)
    assert lent(shelf, evidence) is model
    model.compile(optimizer="sgd", loss="mse")
    assert lent(shelf, evidence) is not model


@pytest.mark.parametrize(
    "change",
    [
        lambda model: model.train_on_batch(X, np.ones((4, 1))),
        lambda model: model.layers[0].set_weights([one + 1 for one in model.layers[0].get_weights()]),
        lambda model: setattr(model.layers[0], "trainable", False),
        lambda model: model.compile(optimizer="sgd", loss="mse"),
        lambda model: setattr(model.layers[1], "remark", "mine"),
        lambda model: model.add(keras.layers.Dense(1)),
        lambda model: setattr(model.layers[1], "activation", keras.activations.relu),
    ],
    ids=["a step", "weights", "frozen", "compiled again", "an attribute", "a layer more", "activation"],
)
def test_a_model_that_was_changed_is_not(evidence: QuestionEvidence, change: Callable[[Any], object]) -> None:
    shelf = Shelf()
    model = lent(shelf, evidence)
    change(model)
    assert lent(shelf, evidence) is not model


def test_two_that_are_asked_for_at_once_are_two(evidence: QuestionEvidence) -> None:
    shelf = Shelf()
    shelf.take_back()
    assert shelf.value(evidence, "model", None) is not shelf.value(evidence, "model", None)
