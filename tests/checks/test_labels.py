from collections.abc import Callable

import numpy as np
import pytest

from autograder import checks

Message = Callable[..., str]
LABELS = np.array([0, 2, 1, 2])
ROWS = np.array([[0.7, 0.2, 0.1], [0.1, 0.2, 0.7], [0.2, 0.6, 0.2], [0.3, 0.3, 0.4]])
LOGITS = np.log(ROWS) + 1


def softmax(scores: np.ndarray, axis: int) -> np.ndarray:
    powers = np.exp(scores)
    return powers / powers.sum(axis=axis, keepdims=True)


@pytest.mark.parametrize(
    "value", [ROWS, ROWS.astype(np.float32), ROWS.tolist(), [[0.2], [0.9]], [0.2, 0.9], 0.5]
)
def test_probabilities_pass(value: object) -> None:
    checks.expect_probabilities(value, "probs")


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (LOGITS, "logits"),
        ([[1.5], [-2.0]], "logits"),
        (softmax(LOGITS, 0), "wrong axis"),
        (1 / (1 + np.exp(-LOGITS)), "sigmoid each"),
        (np.zeros((4, 3)), "row of zeros"),
        (np.ones((4, 1)), "softmax over one unit"),
        (np.full((4, 1), 1 - 6e-8, np.float32), "softmax over one unit"),
        ([[0.5, np.nan]], "NaN"),
        (np.empty((0, 3)), "empty"),
    ],
)
def test_what_are_no_probabilities_names_its_cause(value: object, cause: str, message: Message) -> None:
    assert cause in message(checks.expect_probabilities, value, "probs")


@pytest.mark.parametrize("value", [LABELS, LABELS.reshape(-1, 1), LABELS.tolist(), LABELS.astype(float)])
def test_labels_pass_as_column_row_or_list(value: object) -> None:
    checks.expect_labels(value, LABELS, "y_pred")
    assert checks.accuracy_of(value, LABELS) == 1


def test_labels_may_be_texts_and_only_a_share_of_them_right() -> None:
    checks.expect_labels(np.array(["cat", "dog"]), ["cat", "dog"], "names")
    checks.expect_labels(["cat", "dog"], ["cat", "cat"], "names", at_least=0.5)
    assert checks.accuracy_of(["cat", "dog"], ["cat", "cat"]) == 0.5


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (ROWS, "still probabilities or one-hot"),
        (ROWS.argmax(axis=0), "batch axis"),
        (ROWS.argmax(), "without an axis"),
        (LABELS + 1, "off by one"),
        (LABELS[::-1], "another order"),
        ([0, 0, 0, 0], "All labels are the same"),
        ([0.2, 0.9, 0.4, 0.6], "still probabilities"),
        (["a", "b", "c", "d"], "Texts where numbers"),
        ([0, 1, 1, 2], "other ones"),
        ([0, 2, 1, 2, 2], "too many"),
    ],
)
def test_wrong_labels_name_their_cause(value: object, cause: str, message: Message) -> None:
    assert cause in message(checks.expect_labels, value, LABELS, "y_pred")


def test_two_classes_the_wrong_way_round_are_noticed(message: Message) -> None:
    assert "swapped" in message(checks.expect_labels, [1, 0, 1], [0, 1, 0], "y_pred")


def test_the_share_and_the_first_wrong_label_are_said(message: Message) -> None:
    said = message(checks.expect_labels, [0, 1, 1, 2], LABELS, "y_pred", at_least=0.9)
    assert "75.0% of 4 labels are right, the first wrong one at 1" in said
    assert "expected: at least 90.0%" in said
    said = message(checks.expect_labels, [0, 1, 1, 2], LABELS, "y_pred")
    assert "expected: at least 100.0%, 2 at 1" in said
    assert "got: 75.0%, 1 at 1" in said


def test_labels_are_never_stretched_to_the_length_of_others(message: Message) -> None:
    for found in ([0], [0, 0], [[0, 0, 0]], []):
        message(checks.accuracy_of, found, [0, 0, 0])
