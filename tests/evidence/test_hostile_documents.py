"""Nothing but EvidenceError comes out of a document, whatever is in it."""

import contextlib
import json
import os
import pickle
import random
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save

from autograder.errors import EvidenceError
from autograder.evidence.bundle import parse_drop, read_drop
from autograder.evidence.collector import NO_ARRAYS
from autograder.evidence.decode import _KINDS, decode

GOOD = json.dumps({"format": 1, "names": {"x": {"kind": "none"}}}).encode()
ARRAYS = {
    "a0": np.arange(6.0).reshape(2, 3),
    "a1": np.arange(3),
    "a2": np.array([0, 2, 1]),  # as columns of a sparse matrix
    "a3": np.array([0, 1, 3]),  # as the places where its two rows begin, and the end
    "a4": np.arange(3.0),
    "a5": np.array([0, -1, 1]),
    "a6": np.arange(2),
    "a7": np.array([0, 4, 3]),
    "a8": np.array([1, 1, 3]),
    "a9": np.array([0, 1, 2]),
    "a10": np.array([0, 2, 1]),
    "a11": np.array([5, 5, 5]),
}


def write(folder: Path, json_bytes: bytes = GOOD, tensors: bytes = NO_ARRAYS) -> Path:
    (folder / "q1.json").write_bytes(json_bytes)
    (folder / "q1.safetensors").write_bytes(tensors)
    return folder / "q1"


def test_a_good_document_is_read(tmp_path):
    assert read_drop(write(tmp_path, GOOD, save(ARRAYS))).arrays["a1"].tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": 2}',
        b'{"format": NaN}',
        GOOD[:-3],
        b"[" * 200_000,
        b'{"format":' * 100_000,
        b'{"format": 1, "x": ' + b"9" * 5000 + b"}",
        pickle.dumps(print),
        b"\x93NUMPY",
    ],
)
def test_what_is_not_our_json_is_refused(tmp_path, data):
    with pytest.raises(EvidenceError, match="q1"):
        read_drop(write(tmp_path, data))


def huge_header() -> bytes:
    header = json.dumps({"a0": {"dtype": "F32", "shape": [2**40], "data_offsets": [0, 2**42]}}).encode()
    return len(header).to_bytes(8, "little") + header


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff" * 64,
        save(ARRAYS)[:-1],
        save(ARRAYS) + b"x",
        huge_header(),
        (2**63).to_bytes(8, "little") + b"{}",
        save({"../../etc": np.zeros(1)}),
        save({"a0": np.zeros(1, dtype=np.complex64)}),
        pickle.dumps({"a0": print}),
    ],
)
def test_what_is_not_our_safetensors_is_refused(tmp_path, data):
    with pytest.raises(EvidenceError, match="q1"):
        read_drop(write(tmp_path, GOOD, data))


@given(st.binary(max_size=200), st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_random_bytes_are_refused(json_bytes, tensors):
    with pytest.raises(EvidenceError):
        parse_drop(json_bytes, tensors, what="q1")


def test_flipped_bytes_never_escape():
    chance = random.Random(7)
    tensors = save(ARRAYS)
    tree = {"kind": "list", "items": [{"kind": "array", "array": "a0", "dtype": "float64", "shape": [2, 3]}]}
    text = json.dumps({"format": 1, "names": {"x": tree}}).encode()
    for _ in range(500):
        broken = [bytearray(text), bytearray(tensors)]
        for data in broken:
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            drop = parse_drop(bytes(broken[0]), bytes(broken[1]), what="q1")
            decode(drop.tree.get("names"), drop.arrays, name="x")
        except EvidenceError:
            pass


def test_links_fifos_folders_and_second_names_are_refused(tmp_path):
    stem = write(tmp_path)
    secret = tmp_path / "secret.json"
    secret.write_bytes(GOOD)
    target = tmp_path / "q1.json"
    for plant in (
        lambda: target.symlink_to(secret),
        lambda: os.link(secret, target),
        lambda: os.mkfifo(target),
        lambda: target.mkdir(),
        lambda: None,
    ):
        target.unlink(missing_ok=True)
        plant()
        with pytest.raises(EvidenceError, match=r"q1\.json"):
            read_drop(stem)
        if target.is_dir():
            target.rmdir()


def test_files_over_the_limit_are_refused_unread(tmp_path):
    stem = write(tmp_path)
    for name in ("q1.json", "q1.safetensors"):
        with (tmp_path / name).open("r+b") as file:
            file.truncate(2**40)
        with pytest.raises(EvidenceError, match="holds more than"):
            read_drop(stem, max_bytes=1000)
        write(tmp_path)


A0 = {"kind": "array", "array": "a0", "dtype": "float64", "shape": [2, 3]}
A1 = {"kind": "array", "array": "a1", "dtype": "int64", "shape": [3]}
A2 = {"kind": "array", "array": "a2", "dtype": "int64", "shape": [3]}
A3 = {"kind": "array", "array": "a3", "dtype": "int64", "shape": [3]}
CSR = {"kind": "sparse", "class": "csr_matrix", "shape": [2, 3], "data": A1, "indices": A2, "indptr": A3}
COO = {
    "kind": "sparse",
    "class": "coo_array",
    "shape": [3, 3],
    "data": A1,
    "row": A2,
    "col": {**A2, "array": "a10"},
}
# 120 MB in memory, and a few thousand bytes in a file.
WIDE = {"kind": "array_of_str", "dtype": "str", "shape": [3000], "values": ["x" * 10_000] + [""] * 2999}
SAME = {"kind": "array", "array": "a11", "dtype": "int64", "shape": [3]}
RANGE = {"kind": "range_index", "start": 0, "stop": 3, "step": 1, "name": {"kind": "none"}}
CATEGORIES = {"kind": "categorical", "codes": A1, "categories": RANGE, "ordered": False}


@pytest.mark.parametrize(
    "node",
    [
        None,
        [],
        "none",
        {},
        {"kind": "nothing"},
        {"kind": ["list"]},
        {"kind": "__import__"},
        {"kind": "pickle", "value": "gASVAA=="},
        {"kind": "bool", "value": 1},
        {"kind": "int", "value": True},
        {"kind": "int", "value": 1.5},
        {"kind": "int", "value": "9" * 2000},
        {"kind": "int", "value": "0x10"},
        {"kind": "float", "value": 1.0},
        {"kind": "float", "value": "__import__('os')"},
        {"kind": "str", "value": None},
        {"kind": "str", "value": "\ud800"},
        {"kind": "list", "items": None},
        {"kind": "list", "items": [{"kind": "none"}] * 10_001},
        {"kind": "list", "items": [{"kind": "list", "items": [{"kind": "none"}] * 5_000}] * 100},
        {"kind": "dict", "items": [[{"kind": "list", "items": []}, {"kind": "none"}]]},
        {"kind": "dict", "items": [[{"kind": "unsupported", "type": "a", "reason": "b"}, {"kind": "none"}]]},
        {"kind": "dict", "items": [["a"]]},
        {"kind": "list", "items": [A0, A0]},
        {**A0, "array": "a99"},
        {**A0, "shape": [3, 2]},
        {**A0, "shape": [-1]},
        {**A0, "shape": [2.0, 3]},
        {**A0, "shape": [True, 6]},
        {**A0, "dtype": "object"},
        {**A0, "dtype": "O"},
        {**A0, "dtype": "float32"},
        {**A0, "dtype": "datetime64[ns]"},
        {**A1, "dtype": "datetime64[ns],O"},
        {**A1, "dtype": "datetime64"},
        {"kind": "array_of_str", "dtype": "str", "shape": [10**12], "values": []},
        {"kind": "array_of_str", "dtype": "str", "shape": [0, 2**47, 2**47], "values": []},
        {"kind": "array_of_str", "dtype": "str", "shape": [1], "values": [None]},
        {"kind": "array_of_str", "dtype": "object", "shape": [1], "values": [{"kind": "none"}]},
        {"kind": "array_of_str", "dtype": "S5", "shape": [0], "values": []},
        {"kind": "array_of_str", "dtype": "str", "shape": [9999], "values": ["x" * 999_999] + [""] * 9998},
        {"kind": "numpy_scalar", "dtype": "int8", "value": {"kind": "int", "value": 300}},
        {"kind": "numpy_scalar", "dtype": "int8", "value": {"kind": "float", "value": "1"}},
        {"kind": "numpy_scalar", "dtype": "float16", "value": {"kind": "float", "value": "1e300"}},
        {"kind": "numpy_scalar", "dtype": "O", "value": {"kind": "none"}},
        {"kind": "numpy_scalar", "dtype": "datetime64[s]", "value": {"kind": "int", "value": str(2**70)}},
        {**RANGE, "step": 0},
        {**RANGE, "stop": 10**30},
        {**RANGE, "name": {"kind": "list", "items": []}},
        {"kind": "series", "name": {"kind": "none"}, "index": RANGE, "dtype": "float64", "values": A1},
        {"kind": "series", "name": {"kind": "none"}, "index": A1, "dtype": "int64", "values": A1},
        {
            "kind": "series",
            "name": {"kind": "none"},
            "index": {**RANGE, "stop": 2},
            "dtype": "int64",
            "values": A1,
        },
        {"kind": "dataframe", "columns": RANGE, "index": RANGE, "data": []},
        {"kind": "dataframe", "columns": RANGE, "index": RANGE, "data": [None, None, None]},
        {"kind": "index", "name": {"kind": "none"}, "dtype": "category", "values": A1},
        {
            "kind": "index",
            "name": {"kind": "none"},
            "dtype": "datetime64[D]",
            "values": {**A1, "dtype": "datetime64[D]"},
        },
        {
            "kind": "index",
            "name": {"kind": "none"},
            "dtype": "torch.int64",
            "values": {"kind": "tensor", "framework": "torch", "array": A1},
        },
        {"kind": "list", "items": [WIDE] * 3},
        {**CATEGORIES, "codes": None},
        {**CATEGORIES, "codes": A0},
        {**CATEGORIES, "codes": {**A3, "array": "a4", "dtype": "float64"}},
        {**CATEGORIES, "codes": {**A3, "array": "a7"}},
        {**CATEGORIES, "categories": None},
        {**CATEGORIES, "categories": A2},
        {
            **CATEGORIES,
            "categories": {"kind": "index", "name": {"kind": "none"}, "dtype": "int64", "values": SAME},
        },
        {**CATEGORIES, "ordered": None},
        {"kind": "series", "name": {"kind": "none"}, "index": RANGE, "dtype": "int64", "values": CATEGORIES},
        {"kind": "series", "name": {"kind": "none"}, "index": RANGE, "dtype": "category", "values": A1},
        {"kind": "set", "items": None},
        {"kind": "set", "items": [{"kind": "list", "items": []}]},
        {"kind": "set", "items": [{"kind": "set", "items": []}]},
        {"kind": "set", "items": [A1]},
        {"kind": "set", "items": [{"kind": "unsupported", "type": "a", "reason": "b"}]},
        {"kind": "set", "items": [{"kind": "int", "value": 1}, {"kind": "bool", "value": True}]},
        {"kind": "frozenset", "items": [{"kind": "tuple", "items": [{"kind": "list", "items": []}]}]},
        {"kind": "frozenset", "items": [{"kind": "none"}] * 2},
        {"kind": "bytes"},
        {"kind": "bytes", "value": "YQ"},
        {"kind": "bytes", "value": "YQ==="},
        {"kind": "bytes", "value": " YQ=="},
        {"kind": "bytes", "value": "가"},
        {"kind": "array", "known": "0" * 64, "dtype": "float64", "shape": [2, 3]},
        {**CSR, "class": None},
        {**CSR, "class": "dok_matrix"},
        {**CSR, "class": "spmatrix"},
        {**CSR, "shape": [3]},
        {**CSR, "shape": [2, 3, 1]},
        {**CSR, "shape": [2**40, 2]},
        {**CSR, "shape": [3, 0]},
        {**CSR, "shape": [2, 2**30]},
        {**CSR, "class": "coo_matrix", "row": A2, "col": A3, "shape": [0, 2**40]},
        {**CSR, "data": None},
        {**CSR, "data": A0},
        {**CSR, "data": {**A2, "dtype": "datetime64[s]"}},
        {**CSR, "data": {**A3, "array": "a6", "shape": [2]}},
        {**CSR, "indices": {"kind": "none"}},
        {**CSR, "indices": A0},
        {**CSR, "indices": {"kind": "array", "array": "a4", "dtype": "float64", "shape": [3]}},
        {**CSR, "indices": {**A2, "array": "a5"}},
        {**CSR, "shape": [2, 2]},
        {**CSR, "indptr": {**A3, "array": "a2"}},
        {**CSR, "indptr": {**A3, "array": "a6", "shape": [2]}},
        {**CSR, "indptr": {**A3, "array": "a7"}},
        {**CSR, "indptr": {**A3, "array": "a8"}},
        {**CSR, "indptr": {**A3, "array": "a9"}},
        {**CSR, "class": "csc_matrix"},
        {**COO, "row": {**A2, "array": "a5"}},
        {**COO, "col": {**A2, "array": "a6", "shape": [2]}},
        {**COO, "shape": [2, 3]},
        {**COO, "shape": [3, 2]},
        {**COO, "row": None},
        {"kind": "function", "parameters": [{"name": "not a name", "kind": "KEYWORD_ONLY"}]},
        {"kind": "function", "parameters": [{"name": "", "kind": "KEYWORD_ONLY"}]},
        {"kind": "function", "parameters": [{"name": "a", "kind": "eval"}]},
        {"kind": "function", "parameters": {"a": 1}},
        {"kind": "unsupported"},
        {"kind": "tensor", "framework": "os", "array": A0},
        {"kind": "sklearn", "class": "FunctionTransformer", "params": A0, "fitted": A0},
        {"kind": "sklearn", "class": "MinMaxScaler", "params": None, "fitted": None},
    ],
    ids=lambda node: json.dumps(node)[:60],
)
def test_a_node_that_breaks_a_rule_is_refused(node):
    with pytest.raises(EvidenceError, match=r"x: malformed evidence|x: expected data"):
        decode(node, ARRAYS, name="x")


@pytest.mark.parametrize("node", [CSR, COO, CATEGORIES])
def test_the_nodes_that_are_broken_above_are_right(node):
    assert decode(node, ARRAYS, name="x") is not None


def test_a_refusal_is_one_line_whatever_was_found():
    with pytest.raises(EvidenceError, match="expected an index, found a value of type ndarray") as caught:
        decode({"kind": "dataframe", "columns": A0, "index": RANGE, "data": []}, ARRAYS, name="x")
    assert str(caught.value).isprintable()


def test_bools_that_are_neither_true_nor_false_are_refused():
    tensors = save({"a0": np.array([True, False])})
    with pytest.raises(EvidenceError, match="bools"):
        parse_drop(GOOD, tensors[:-1] + b"\x02", what="q1")


def test_memory_is_taken_for_what_a_file_holds_and_not_for_what_it_might(tmp_path):
    stem = write(tmp_path, GOOD, save(ARRAYS))
    tracemalloc.start()
    try:
        read_drop(stem, max_bytes=2**30)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_deep_nesting_is_refused():
    node: dict = {"kind": "none"}
    for _ in range(900):
        node = {"kind": "list", "items": [node]}
    with pytest.raises(EvidenceError, match="nested deeper"):
        decode(node, {}, name="x")


FIELDS = st.sampled_from(
    [
        *("array", "dtype", "shape", "value", "values", "items", "name"),
        *("index", "columns", "data", "start", "stop"),
    ]
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["a0", "a1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=5),
    max_leaves=15,
)


@given(st.sampled_from(sorted(set(_KINDS) - {"keras_model", "keras_history", "tensor"})), st.data())
@settings(max_examples=200, deadline=None)
def test_arbitrary_fields_raise_nothing_else(kind, data):
    node = {**data.draw(st.dictionaries(FIELDS, JSON, max_size=6)), "kind": kind}
    with contextlib.suppress(EvidenceError):
        decode(node, ARRAYS, name="x")
