"""Whatever a kernel wrote, reading and rebuilding it gives a value or an `EvidenceError`."""

from collections.abc import Iterator, Mapping
from types import MethodType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import EvidenceError
from autograder.evidence.bundle import parse_drop, read_reply
from autograder.evidence.decode import decode
from autograder.evidence.nodes import MAX_STRING_ARRAY_BYTES
from autograder.evidence.standins import FunctionStandIn, StudentFunctionError, UnsupportedStandIn
from fuzz import canary
from fuzz.guard import REFUSED, answer_to
from fuzz.strategies_bytes import RANDOM_BYTES, broken
from fuzz.strategies_evidence import (
    ARRAYS,
    DOCUMENTS,
    NODES,
    WORDS,
    Document,
    as_bytes,
    changed_documents,
    lying_tensors,
)
from fuzz.strategies_json import HURTFUL, RANDOM_TREES, changed, written

fuzzed = settings.get_profile("fuzz")

# What a document may cost: its JSON as Python's objects, its arrays three times, and a library's small change.
PER_JSON_BYTE = 64
PER_ARRAY_BYTE = 24
FIXED_BYTES = 16 * 2**20


def allowance(json_bytes: bytes, tensors: bytes) -> int:
    return FIXED_BYTES + PER_JSON_BYTE * len(json_bytes) + PER_ARRAY_BYTE * len(tensors)


def rebuilt(json_bytes: bytes, tensors: bytes) -> object:
    """Every value of a document, as a judge would read it."""

    def read() -> object:
        drop = parse_drop(json_bytes, tensors, what="q1")
        names = drop.tree.get("names")
        if not isinstance(names, dict):
            raise EvidenceError("no names")
        values, refused = [], None
        for node in names.values():
            try:
                values.append(decode(node, drop.arrays, name="x", question="q1"))
            except EvidenceError as error:
                refused = error
        if refused and not values:
            raise refused
        return values

    return answer_to(read, refuses_with=EvidenceError, max_bytes=allowance(json_bytes, tensors))


_PLAIN = (type(None), type(...), bool, int, float, str, bytes)
_LIBRARIES = ("sklearn", "torch", "tensorflow", "keras", "scipy", "nltk", "PIL", "transformers", "peft")


def foreign(value: object, depth: int = 0) -> Iterator[str]:
    """Names of types in a value that no evidence may hold."""
    if type(value) is MethodType:
        yield from foreign(value.__self__)
    elif type(value) in (list, tuple, dict, set, frozenset):
        pairs = value.items() if isinstance(value, dict) else ()
        inside = [one for pair in pairs for one in pair] or ([] if isinstance(value, dict) else list(value))
        for one in inside:
            yield from foreign(one, depth + 1)
    elif type(value) is np.ndarray:
        if value.dtype.hasobject and not all(one is None or type(one) is str for one in value.ravel()):
            yield "an array of objects"
    elif not (
        type(value) in _PLAIN
        or issubclass(type(value), np.generic | pd.Index | pd.Series | pd.DataFrame)
        or type(value) in (FunctionStandIn, UnsupportedStandIn)
        or type(value).__module__.split(".")[0] in _LIBRARIES
    ):
        yield repr(type(value))


def expect_data(values: object) -> None:
    assert values is REFUSED or not list(foreign(values))


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """What is imported late is imported before anything is measured."""
    nodes = [
        {
            "kind": "tensor",
            "framework": framework,
            "array": {"kind": "array", "array": "a2", "dtype": "float32", "shape": [3]},
        }
        for framework in ("tensorflow", "torch")
    ]
    for node in [
        *nodes,
        {
            "kind": "keras_history",
            **{key: {"kind": "dict", "items": []} for key in ("epoch", "params", "history")},
        },
        *(
            {"kind": "record", "class": name, "items": {"kind": "dict", "items": []}}
            for name in ("BatchFeature", "BatchEncoding", "MaskedLMOutput")
        ),
    ]:
        decode(node, ARRAYS, name="x")
    for one in DOCUMENTS:
        drop = parse_drop(as_bytes(one.tree), one.tensors, what="q1")
        for node in drop.tree["names"].values():
            decode(node, drop.arrays, name="x")


@pytest.mark.parametrize("one", DOCUMENTS, ids=lambda one: ",".join(one.tree["names"]))
def test_the_documents_that_inputs_are_made_from_are_right(one: Document) -> None:
    values = rebuilt(as_bytes(one.tree), one.tensors)
    assert isinstance(values, list)
    assert len(values) == len(one.tree["names"])


def test_the_canary_sings_when_it_is_reached() -> None:
    with pytest.raises(AssertionError, match="code was run"):
        answer_to(lambda: canary.fire(), refuses_with=EvidenceError, max_bytes=10**6)
    with pytest.raises(AssertionError, match="code was run"):
        answer_to(
            lambda: __import__("pickle").loads(canary.PICKLE), refuses_with=EvidenceError, max_bytes=10**6
        )
    with pytest.raises(AssertionError, match="something was touched"):
        answer_to(
            lambda: __import__("pickle").loads(canary.BUILTINS_PICKLE),
            refuses_with=EvidenceError,
            max_bytes=10**6,
        )
    with pytest.raises(AssertionError, match="bytes of memory"):
        answer_to(lambda: bytearray(10**7), refuses_with=EvidenceError, max_bytes=10**6)


@given(changed_documents())
@fuzzed
def test_a_changed_document_is_a_value_or_refused(drop: tuple[bytes, bytes]) -> None:
    expect_data(rebuilt(*drop))


@given(NODES)
@fuzzed
def test_a_made_up_node_is_a_value_or_refused(node: Any) -> None:
    def read() -> object:
        return decode(node, ARRAYS, name="x", question="q1")

    size = len(written(node)) * PER_JSON_BYTE + FIXED_BYTES
    expect_data(answer_to(read, refuses_with=EvidenceError, max_bytes=size))


@given(broken([as_bytes(one.tree) for one in DOCUMENTS]), st.sampled_from(DOCUMENTS))
@fuzzed
def test_json_with_broken_bytes_is_a_value_or_refused(json_bytes: bytes, other: Any) -> None:
    expect_data(rebuilt(json_bytes, other.tensors))


@given(st.sampled_from(DOCUMENTS), st.data())
@fuzzed
def test_arrays_with_broken_bytes_are_values_or_refused(one: Any, data: st.DataObject) -> None:
    expect_data(rebuilt(as_bytes(one.tree), data.draw(broken([one.tensors]))))


def _described(tensors: bytes) -> Mapping[str, Any]:
    return parse_drop(b'{"format": 1}', tensors, what="q1").arrays


@given(lying_tensors())
@fuzzed
def test_a_header_that_lies_is_refused_or_tells_no_more_than_is_there(tensors: bytes) -> None:
    found = answer_to(
        lambda: _described(tensors),
        refuses_with=EvidenceError,
        max_bytes=FIXED_BYTES + PER_ARRAY_BYTE * len(tensors),
    )
    if found is not REFUSED:
        assert isinstance(found, dict)
        assert sum(array.nbytes for array in found.values()) <= len(tensors)
        assert all(array.dtype.kind in "biuf" for array in found.values())


@given(st.one_of(RANDOM_BYTES, RANDOM_TREES.map(as_bytes)), RANDOM_BYTES)
@fuzzed
def test_bytes_out_of_nowhere_are_refused(json_bytes: bytes, tensors: bytes) -> None:
    assert rebuilt(json_bytes, tensors) is REFUSED


REPLIES = [
    {"format": 1, "ok": True, "value": one.tree["names"][name]}
    for one in DOCUMENTS[:4]
    for name in one.tree["names"]
] + [{"format": 1, "ok": False, "error": {"type": "ValueError", "message": "no"}}]


@given(changed(REPLIES, words=WORDS), st.sampled_from(DOCUMENTS))
@fuzzed
def test_a_changed_reply_is_a_value_or_refused(tree: Any, other: Any) -> None:
    json_bytes = as_bytes(tree)

    def read() -> object:
        return read_reply(parse_drop(json_bytes, other.tensors, what="the result of f"), "f")

    found = answer_to(
        read,
        refuses_with=(EvidenceError, StudentFunctionError),
        max_bytes=allowance(json_bytes, other.tensors),
    )
    expect_data(found if found is REFUSED else [found])


@st.composite
def swollen(draw: st.DrawFn) -> Any:
    """Much of one thing: what is small in a file and large in memory."""
    many = draw(st.integers(1, 600))
    wide = {"kind": "array_of_str", "dtype": "str", "shape": [], "values": []}
    values = ["x" * draw(st.sampled_from([1, 1000, 16_000]))] + [""] * draw(st.sampled_from([0, 100, 4095]))
    kinds = [
        {**wide, "shape": [len(values)], "values": values},
        {"kind": "list", "items": []},
        {"kind": "dict", "items": []},
        {
            "kind": "dict",
            "items": [
                [{"kind": "int", "value": str((2**61 - 1) * (at + 2))}, {"kind": "none"}]
                for at in range(many)
            ],
        },
        {"kind": "range_index", "start": 0, "stop": 2**47, "step": 1, "name": {"kind": "none"}},
        {
            "kind": "dataframe",
            **{
                key: {"kind": "range_index", "start": 0, "stop": stop, "step": 1, "name": {"kind": "none"}}
                for key, stop in (("columns", 0), ("index", 2**47))
            },
            "data": [],
        },
        {
            "kind": "sklearn",
            "class": "CountVectorizer",
            **{key: {"kind": "dict", "items": []} for key in ("params", "fitted")},
        },
        *DOCUMENTS[draw(st.integers(0, len(DOCUMENTS) - 1))].tree["names"].values(),
    ]
    return {"kind": "list", "items": [draw(st.sampled_from(kinds))] * min(many, 40)}


@given(swollen())
@settings(fuzzed, max_examples=max(20, fuzzed.max_examples // 10))
def test_what_is_small_in_a_file_stays_small_in_memory(node: Any) -> None:
    def read() -> object:
        return decode(node, ARRAYS, name="x")

    # NumPy gives each string the width of the longest: that much is allowed for all of them together, twice.
    allowed = 2 * MAX_STRING_ARRAY_BYTES + FIXED_BYTES + PER_JSON_BYTE * len(written(node))
    answer_to(read, refuses_with=EvidenceError, max_bytes=allowed)


@pytest.mark.parametrize("value", HURTFUL, ids=lambda value: ascii(value)[:30])
@pytest.mark.parametrize("place", ["format", "names", "tree"])
def test_hurtful_values_at_the_top_are_a_value_or_refused(value: Any, place: str) -> None:
    tree = value if place == "tree" else {**DOCUMENTS[0].tree, place: value}
    rebuilt(as_bytes(tree), DOCUMENTS[0].tensors)
