"""On the torch backend these run once more, from test_on_torch.py."""

from collections.abc import Callable

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from autograder import checks  # noqa: E402
from checks.zoo import X, base, nested, two_dense  # noqa: E402

Message = Callable[..., str]
ROWS = np.random.default_rng(1).random((600, 3))


def test_outputs_are_those_of_predict_without_dropout() -> None:
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dropout(0.9), keras.layers.Dense(2)])
    np.testing.assert_allclose(checks.outputs(model, ROWS), model.predict(ROWS, verbose=0), atol=1e-6)


def test_many_rows_go_in_parts_and_come_out_in_order() -> None:
    model = two_dense()
    whole = checks.outputs(model, ROWS)
    assert whole.shape == (600, 1)
    np.testing.assert_allclose(whole[300:301], checks.outputs(model, ROWS[300:301]), atol=1e-6)


def test_the_same_question_is_worked_out_once_and_any_other_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.checks import metrics

    asked: list[int] = []
    real = metrics._call_keras

    def counted(model: object, inputs: np.ndarray) -> np.ndarray:
        asked.append(len(inputs))
        return real(model, inputs)

    monkeypatch.setattr(metrics, "_call_keras", counted)
    model, rows = two_dense(), ROWS[:5]
    first = checks.outputs(model, rows)
    kept = first.copy()
    first[:] = 0
    np.testing.assert_array_equal(checks.outputs(model, rows), kept)
    assert len(asked) == 1, "asked again for nothing; or given away what is kept"
    checks.outputs(model, rows[::-1])
    assert len(asked) == 2, "other rows"
    model.layers[0].set_weights([one * 2 for one in model.layers[0].get_weights()])
    assert not np.array_equal(checks.outputs(model, rows), kept)
    model.layers[-1].activation = keras.activations.tanh
    checks.outputs(model, rows)
    assert len(asked) == 4, "another activation"


def test_named_inputs_go_in_by_name() -> None:
    one, other = keras.Input((3,), name="one"), keras.Input((3,), name="other")
    model = keras.Model({"one": one, "other": other}, keras.layers.Subtract()([one, other]))
    np.testing.assert_allclose(checks.outputs(model, {"other": ROWS, "one": 2 * ROWS}), ROWS, atol=1e-6)


def test_inputs_of_another_shape_are_named(message: Message) -> None:
    said = message(checks.outputs, two_dense(), np.zeros((5, 4)))
    assert "expected: (4,)" in said
    assert "got: (3,)" in said
    message(checks.outputs, nested(base()), X[0])  # no batch axis


def test_ids_stay_whole_numbers() -> None:
    model = keras.Sequential([keras.Input((4,), dtype="int32"), keras.layers.Embedding(9, 2)])
    assert checks.outputs(model, [[1, 2, 3, 8]]).shape == (1, 4, 2)


def test_accuracy_takes_the_largest_column_or_a_half() -> None:
    several = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
    rows = np.eye(3)
    assert checks.accuracy(several, rows, [0, 1, 1]) == pytest.approx(2 / 3)
    assert checks.accuracy(several, rows, [[0], [1], [2]]) == 1
    assert checks.accuracy(several, rows, rows) == 1
    single = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
    assert checks.accuracy(single, [[0.2], [0.9], [0.4]], [0, 1, 1]) == pytest.approx(2 / 3)


def test_accuracy_counts_every_step_of_a_sequence() -> None:
    steps = keras.Sequential([keras.Input((4, 3)), keras.layers.Identity()])
    rows = np.eye(3)[[[0, 1, 2, 2], [1, 1, 0, 2]]]
    assert checks.accuracy(steps, rows, [[0, 1, 2, 0], [1, 0, 0, 2]]) == 0.75
    assert checks.accuracy(steps, rows, rows) == 1


def test_a_softmax_of_one_unit_is_right_for_one_class_only() -> None:
    model = two_dense(activation="softmax")
    assert checks.accuracy(model, ROWS[:4], [1, 0, 0, 0]) == 0.25


def test_labels_of_another_number_are_no_accuracy(message: Message) -> None:
    assert "got: shape (4,)" in message(checks.accuracy, two_dense(), ROWS[:4], [1, 0, 0])


@pytest.mark.parametrize(
    ("layer", "loss"),
    [
        (keras.layers.Dense(1, activation="sigmoid"), "binary_crossentropy"),
        (keras.layers.Dense(4, activation="softmax"), "sparse_categorical_crossentropy"),
    ],
    ids=["one column", "four classes"],
)
def test_cross_entropy_is_the_loss_that_keras_reports(layer: object, loss: str) -> None:
    model = keras.Sequential([keras.Input((3,)), layer])
    model.compile(loss=loss)
    labels = np.arange(600) % 2
    assert checks.cross_entropy(model, ROWS, labels) == pytest.approx(
        model.evaluate(ROWS, labels, verbose=0), abs=1e-4
    )


def test_a_probability_of_zero_costs_much_and_not_everything() -> None:
    certain = keras.Sequential([keras.Input((2,)), keras.layers.Identity()])
    assert checks.cross_entropy(certain, np.eye(2), [0, 1]) == 0
    assert checks.cross_entropy(certain, np.eye(2), [1, 0]) == pytest.approx(-np.log(1e-7))


@pytest.mark.parametrize("labels", [[0, 1, 2], [0, 1]], ids=["too few classes", "too few labels"])
def test_answers_that_are_no_row_per_label_are_a_fault(labels: list[int], message: Message) -> None:
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="softmax")])
    said = message(checks.cross_entropy, model, ROWS[:3], labels)
    assert f"expected: ({len(labels)}, " in said
    assert "got: (3, 2)" in said
