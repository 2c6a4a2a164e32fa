"""Every kind of value crosses and comes back as the real thing."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_np
from scipy import sparse

from autograder.evidence.bundle import parse_drop
from autograder.evidence.calls import encode_call
from autograder.evidence.decode import decode
from autograder.evidence.encode_data import SPARSE

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.binary(max_size=9) | st.just(...)
)
KEYS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT | st.binary(max_size=9)
MEMBERS = KEYS | st.tuples(KEYS, KEYS) | st.frozensets(KEYS, max_size=3)
PLAIN = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(KEYS | st.tuples(KEYS, KEYS), inner, max_size=4)
        | st.sets(MEMBERS, max_size=4)
        | st.frozensets(MEMBERS, max_size=4)
    ),
    max_leaves=20,
)
NUMBERS = (
    st_np.boolean_dtypes()
    | st_np.integer_dtypes(endianness="?")
    | st_np.unsigned_integer_dtypes(endianness="?")
    | st_np.floating_dtypes(endianness="?", sizes=(16, 32, 64))
)


def across(value: object) -> object:
    """A value after it was written to bytes and read again."""
    sent = encode_call("q1", "f", (value,), {})
    read = parse_drop(sent.json_bytes, sent.tensor_bytes, what="test")
    return decode(read.tree["args"], read.arrays, name="x")[0]


def is_same(found: object, sent: object) -> bool:
    if type(found) is not type(sent):
        return False
    if isinstance(sent, float):
        if math.isnan(sent):  # a NaN's sign means nothing and does not cross
            return math.isnan(found)
        return math.copysign(1, found) == math.copysign(1, sent) and found == sent
    if isinstance(sent, list | tuple):
        return len(found) == len(sent) and all(map(is_same, found, sent))
    if isinstance(sent, dict):
        return is_same(list(found.items()), list(sent.items()))
    return found == sent


def test_the_order_of_a_set_does_not_show():
    """A call's key is made of its arguments, and must be the same in every process."""
    asked = [encode_call("q1", "f", (made,), {}) for made in ({"a", "b", "c", 1}, {1, "c", "b", "a"})]
    assert asked[0].json_bytes == asked[1].json_bytes


@pytest.mark.parametrize("value", [{len}, {object()}, {(1, len)}, frozenset([np.dtype("int8")])])
def test_a_set_of_other_things_does_not_cross(collected, value):
    assert collected({"x": value}).status("x") == "unsupported"


DENSE = np.array([[0, 2.5, 0], [0, 0, 0], [-1, 0, 3]])


@pytest.mark.parametrize("name", sorted(SPARSE))
@pytest.mark.parametrize("dtype", ["int64", "float32", "float64", "bool"])
def test_sparse_matrices_come_back_in_their_format(name, dtype):
    matrix = getattr(sparse, name)(DENSE.astype(dtype))
    found = across(matrix)
    assert type(found) is type(matrix)
    assert (found.dtype, found.shape, found.nnz) == (matrix.dtype, matrix.shape, matrix.nnz)
    np.testing.assert_array_equal(found.toarray(), matrix.toarray())
    np.testing.assert_array_equal((found @ np.eye(3)), matrix.toarray() * 1.0)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (5, 2)])
def test_sparse_matrices_of_nothing_come_back(shape):
    for name in SPARSE:
        assert across(getattr(sparse, name)(shape)).shape == shape


@pytest.mark.parametrize("make", [lambda: sparse.dok_matrix((2, 2)), lambda: sparse.coo_array(np.arange(3))])
def test_other_sparse_matrices_do_not_cross(collected, make):
    assert collected({"x": make()}).status("x") == "unsupported"


@given(PLAIN)
@settings(max_examples=150, deadline=None)
def test_plain_values_come_back_as_they_were(value):
    assert is_same(across(value), value)


@given(st_np.arrays(NUMBERS, st_np.array_shapes(min_dims=0, min_side=0, max_dims=4)))
@settings(max_examples=80, deadline=None)
def test_arrays_come_back_bit_for_bit(value):
    found = across(value)
    assert found.dtype == value.dtype.newbyteorder("=")
    assert found.shape == value.shape
    assert found.tobytes() == value.astype(found.dtype).tobytes()
    assert found.flags.writeable


@pytest.mark.parametrize(
    "value",
    [
        np.array(["2020-01-01", "NaT"], dtype="datetime64[D]"),
        np.array([1, 2], dtype="timedelta64[ms]"),
        np.array(["가", "bc", ""]),
        np.array([["a", None]], dtype=object),
        np.arange(12).reshape(3, 4)[:, ::2],
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    ],
)
def test_other_arrays_come_back(value):
    found = across(value)
    assert found.dtype == value.dtype
    np.testing.assert_array_equal(found, value)


@pytest.mark.parametrize(
    "value",
    [
        np.float32(0.1),
        np.int8(-3),
        np.uint64(2**64 - 1),
        np.bool_(True),
        np.float64("nan"),
        np.str_("a"),
        np.datetime64("2020-01-01", "ns"),
        np.timedelta64(3, "s"),
    ],
)
def test_numpy_scalars_keep_their_type(value):
    found = across(value)
    assert type(found) is type(value)
    assert found.dtype == value.dtype
    assert found == value or value != value


FRAME = pd.DataFrame(
    {
        "Month": pd.date_range("1949-01-01", periods=3, freq="MS"),
        "#Passengers": [112, 118, 132],
        "ratio": [0.5, np.nan, -0.0],
        "text": ["가", None, "c"],
        "mixed": pd.Series([1, "a", None], dtype=object),
        "ok": [True, False, True],
        "size": pd.Categorical(["M", None, "S"], categories=["S", "M", "L"], ordered=True),
        "code": pd.Series([3, 1, 3]).astype("category"),
    },
    index=pd.Index([5, 6, 7], name="id"),
)


@pytest.mark.parametrize(
    "frame",
    [
        FRAME,
        FRAME.reset_index(drop=True),
        FRAME.set_index("Month"),
        FRAME.set_index("size"),
        FRAME["code"].value_counts().to_frame(),
        FRAME[["#Passengers", "ratio"]].describe(),
        FRAME.iloc[:0],
        FRAME[[]],
        pd.DataFrame(),
        pd.DataFrame([[1, 2.0], [3, 4.0]], columns=["same", "same"]),
        pd.DataFrame(np.eye(3)),
    ],
)
def test_frames_come_back(frame):
    pd.testing.assert_frame_equal(across(frame), frame, check_freq=False)


@pytest.mark.parametrize(
    "series", [*(FRAME[name] for name in FRAME), FRAME.groupby("ok").size(), FRAME.dtypes == 1]
)
def test_series_and_their_indexes_come_back(series):
    pd.testing.assert_series_equal(across(series), series, check_freq=False)
    pd.testing.assert_index_equal(across(series.index), series.index)


def test_an_index_of_tuples_stays_of_one_level(collected):
    index = pd.Index([(1, "a"), (2, "b")], name="pairs", tupleize_cols=False)
    found = collected({"x": index}).value("x")
    assert type(found) is pd.Index
    assert (found.tolist(), found.name) == ([(1, "a"), (2, "b")], "pairs")


def test_each_value_is_fresh(collected):
    evidence = collected({"x": np.zeros(3), "d": {"a": [1]}})
    evidence.value("x")[:] = 9
    evidence.value("d")["a"].append(2)
    assert evidence.value("x").tolist() == [0, 0, 0]
    assert evidence.value("d") == {"a": [1]}
