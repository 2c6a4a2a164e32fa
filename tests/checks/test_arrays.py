import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from autograder import checks

SERIES = np.array([112.0, 118.0, 132.0, 129.0, 121.0])
SCALED = (SERIES - SERIES.min()) / np.ptp(SERIES)


def message(check, *arguments, **options) -> str:
    with pytest.raises(AssertionError) as caught:
        check(*arguments, **options)
    return str(caught.value)


def test_every_message_says_expected_got_cause_and_hint_in_both_languages() -> None:
    said = message(checks.expect_shape, np.zeros((132, 1, 12)), (132, 12, 1), "X")
    for part in (
        "기댓값 expected: (132, 12, 1)",
        "실제값 got: (132, 1, 12)",
        "짐작되는 원인:",
        "likely cause:",
    ):
        assert part in said
    assert "힌트:" in said
    assert "hint:" in said


@pytest.mark.parametrize(
    ("shape", "cause"),
    [
        ((132, 1, 12), "another order"),
        ((132, 12), "number of axes"),
        ((131, 12, 1), "off by one"),
        ((132, 24, 1), "length of an axis"),
    ],
)
def test_a_wrong_shape_names_its_cause(shape: tuple[int, ...], cause: str) -> None:
    assert cause in message(checks.expect_shape, np.zeros(shape), (132, 12, 1), "X")


@pytest.mark.parametrize(
    ("value", "expected", "cause"),
    [
        (SERIES[::-1], SERIES, "shuffled"),
        (np.roll(SERIES, 1), np.append(SERIES[:4], 7.0), "shifted by one"),
        (SCALED, SERIES, "still scaled"),
        (SERIES, SCALED, "were not scaled"),
        (SERIES * np.nan, SERIES, "NaN"),
        (SERIES * 2, SERIES, "another formula"),
        (SERIES[:3], SERIES, "too few"),
    ],
)
def test_wrong_values_name_their_cause(value: object, expected: object, cause: str) -> None:
    assert cause in message(checks.expect_close, value, expected, "Y")


def test_wrong_values_say_where_they_begin() -> None:
    said = message(checks.expect_close, SERIES + np.array([0, 0, 5, 0, 1]), SERIES, "actual")
    assert "2 of 5 values differ, the first at 2" in said
    assert "expected: 132" in said
    assert "got: 137" in said


def test_close_values_pass_in_any_shape_and_precision() -> None:
    checks.expect_close(SCALED.astype(np.float32).reshape(-1, 1), SCALED, "Y")
    checks.expect_close(list(SERIES), SERIES.astype(int), "Y")


@pytest.mark.parametrize("value", [..., None, "115", [[1.0], [1.0, 2.0]], object(), {"a": 1}, 1 + 2j])
def test_what_is_not_numbers_fails_and_names_its_type(value: object) -> None:
    said = message(checks.expect_close, value, SERIES, "Y")
    assert type(value).__name__ in said


@pytest.mark.parametrize(
    ("shape", "wanted", "cause"),
    [
        ((224, 224, 3), (1, 224, 224, 3), "batch of one"),
        ((1, 224, 224, 3), (1, 3, 224, 224), "another order"),
    ],
)
def test_a_missing_batch_axis_is_told_from_axes_in_another_order(
    shape: tuple[int, ...], wanted: tuple[int, ...], cause: str
) -> None:
    assert cause in message(checks.expect_shape, np.zeros(shape), wanted, "pixel_values")


def test_shapes_are_read_off_tables_tensors_texts_and_sparse_matrices() -> None:
    checks.expect_shape(pd.DataFrame({"phrase": ["a", "b"]}), (2, 1), "table")
    checks.expect_shape(np.array(["a", "b"]), (2,), "tokens")
    checks.expect_shape(sparse.csr_matrix((4, 9)), (4, 9), "text_counts")
    checks.expect_shape(7, (), "total")


def test_sparse_counts_are_compared_by_value() -> None:
    counts = np.array([[0, 1, 2], [1, 0, 0]])
    checks.expect_close(sparse.csr_matrix(counts), counts, "text_counts")
    assert "shuffled" in message(checks.expect_close, sparse.csr_matrix(counts[::-1]), counts, "text_counts")


def test_tensors_leave_their_graph_to_be_compared() -> None:
    torch = pytest.importorskip("torch")
    checks.expect_close(torch.tensor([1.0, 2.0], requires_grad=True), [1, 2], "logits")
    checks.expect_shape(torch.zeros(1, 3), (1, 3), "logits")
    checks.expect_dtype(torch.zeros(1), "float32", "logits")
    checks.expect_dtype(torch.zeros(1), torch.float32, "logits")


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        (np.zeros(2, np.float32), "float32"),
        (np.zeros(2, np.float32), np.float32),
        (np.zeros(2, np.float32), np.dtype("float32")),
        (np.zeros(2), ("float32", "float64")),
        (np.zeros(2, np.float16), "floating"),
        (np.zeros(2, np.uint8), "integer"),
        ([1, 2], "integer"),
        ([0.5], float),
        (pd.DataFrame({"a": [1], "b": [2]}), "int64"),
        (pd.Series([1.0]), "floating"),
        (np.array([True]), "bool"),
    ],
)
def test_a_type_is_met_by_name_by_class_and_by_kind(value: object, dtype: object) -> None:
    checks.expect_dtype(value, dtype, "X")


@pytest.mark.parametrize(
    ("value", "dtype", "cause"),
    [
        (np.zeros(2), "float32", "still float64"),
        (np.zeros(2), "int64", "Whole numbers became floats"),
        (np.zeros(2, int), "floating", "still integers"),
        (np.array(["1"]), "int64", "texts"),
        (pd.DataFrame({"a": [1], "b": ["x"]}), "int64", "another type"),
        (np.zeros(2, np.int32), "int64", "another type"),
        (3, "int64", "no array"),
    ],
)
def test_another_type_names_its_cause(value: object, dtype: str, cause: str) -> None:
    assert cause in message(checks.expect_dtype, value, dtype, "X")


@pytest.mark.parametrize(("value", "cause"), [(-SERIES, "sign"), (SERIES + 1, "off by one")])
def test_a_turned_sign_and_a_count_from_one_are_named(value: object, cause: str) -> None:
    assert cause in message(checks.expect_close, value, SERIES, "Y")
