"""Evidence: documents from the real encoder, nodes made from the grammar of the format, and safetensors that lie."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from nltk.tokenize import RegexpTokenizer
from PIL import Image
from safetensors.numpy import save
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import LabelEncoder, MinMaxScaler, StandardScaler

from autograder.evidence.collector import NO_ARRAYS
from autograder.evidence.decode import _KINDS
from autograder.evidence.encoder import Encoder, Node
from fuzz.strategies_json import HURTFUL, NUMBERS, VALUES, at, changed, paths, written


@dataclass(frozen=True)
class Document:
    """What an encoder made: the tree of `q1.json`, and the bytes beside it."""

    tree: Node
    tensors: bytes


def document(**variables: object) -> Document:
    """The document of some variables, as the collector writes it."""
    encoder = Encoder()
    nodes = {name: encoder.variable(value) for name, value in variables.items()}
    assert all(node["kind"] != "unsupported" or name == "own" for name, node in nodes.items()), nodes
    tensors = save(encoder.arrays) if encoder.arrays else NO_ARRAYS
    return Document(json.loads(json.dumps({"format": 1, "question": "q1", "names": nodes})), tensors)


def _function(data: Any, seq_len: int = 3, /, *more: int, key: str, **others: object) -> None:
    """A function of a student's, with parameters of every kind."""


_TEXTS = ["Think and wonder", "wonder and think again"]
_TOKENS = RegexpTokenizer("[a-z]+")
_DATA = np.array([[112.0], [432], [622]])
_FRAME = pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [0.5, float("nan")], "d": [True, False]})
DOCUMENTS = [
    document(
        n=None, e=..., b=True, i=3, big=10**40, f=0.5, nan=float("nan"), s="가나다", t=(1, [2, {"k": "v"}])
    ),
    document(d={"a": [1, 2], (1, "x"): None, 2.5: {"b": ()}}, own=object()),
    document(a=np.arange(6.0).reshape(2, 3), i=np.arange(3), b=np.array([True, False]), z=np.zeros((0, 2))),
    document(
        s=np.array([["a", "bb"]]), o=np.array(["x", None], dtype=object), h=np.float16(2), u=np.uint8(7)
    ),
    document(
        w=np.array(["2020-01-01"], "datetime64[D]"), t=np.timedelta64(3, "s"), x=np.str_("q"), f=_function
    ),
    document(frame=_FRAME, series=pd.Series([1.5, 2.5], name="x"), columns=_FRAME.columns),
    document(
        air=pd.Series([1, 2], index=pd.date_range("1949-01", periods=2)),
        r=pd.RangeIndex(1, 9, 2, name=("a", 1)),
    ),
    document(
        scaler=MinMaxScaler().fit(_DATA),
        standard=StandardScaler().fit(_DATA),
        e=LabelEncoder().fit(["b", "a"]),
    ),
    document(counts=CountVectorizer(ngram_range=(1, 2)).fit(_TEXTS), weights=TfidfVectorizer().fit(_TEXTS)),
    document(
        frame=pd.DataFrame({"a": pd.Categorical(["x", None]), "b": pd.Categorical([2, 1], ordered=True)})
    ),
    document(s={"a", 1, (2.5, None)}, f=frozenset(["x", frozenset([1])]), b=b"bytes"),
    document(tokens=_TOKENS, v=CountVectorizer(tokenizer=_TOKENS.tokenize, token_pattern=None).fit(_TEXTS)),
    document(
        csr=sparse.csr_matrix(np.eye(3)), csc=sparse.csc_array(np.eye(2)), coo=sparse.coo_matrix([[0, 2]])
    ),
    document(picture=Image.new("RGB", (3, 2)), grey=Image.new("L", (2, 2))),
]
KINDS = sorted(_KINDS)
_DTYPES = (
    *(
        "bool",
        "int8",
        "int64",
        "uint16",
        "float16",
        "float32",
        "float64",
        "complex64",
        "str",
        "string",
        "object",
    ),
    *("datetime64[ns]", "datetime64[D]", "datetime64[Y]", "timedelta64[us]", "timedelta64[M]", "category"),
    *("torch.float32", "<dtype: 'float32'>", "<class 'numpy.int64'>", "float32", "O", "V8", "S5"),
)
WORDS = (
    *KINDS,
    *_DTYPES,
    "MinMaxScaler",
    "TfidfVectorizer",
    "torch",
    "tensorflow",
    "VAR_POSITIONAL",
    "KEYWORD_ONLY",
    "csr_matrix",
    "coo_array",
    "RGB",
)

CHANGED_TREES = changed([one.tree for one in DOCUMENTS], words=WORDS)


@st.composite
def changed_documents(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """An encoder's document with its tree changed; the arrays are its own, or another's."""
    own, other = draw(st.sampled_from(DOCUMENTS)), draw(st.sampled_from(DOCUMENTS))
    tree = draw(changed([own.tree], words=WORDS))
    return as_bytes(tree), (own if draw(st.integers(0, 4)) else other).tensors


def as_bytes(tree: Any) -> bytes:
    """A tree as the bytes of a JSON file; what no UTF-8 can say is left as an escape."""
    return written(tree).encode()


ARRAYS: dict[str, Any] = {
    "a0": np.arange(6.0).reshape(2, 3),
    "a1": np.arange(3),
    "a2": np.ones(3, dtype="float32"),
    "a3": np.array([True, False, True]),
    "a4": np.full(3, -(2**63)),
    "a5": np.ones(3, dtype="float16"),
    "a6": np.array(7),
    "a7": np.zeros((0, 3)),
    "a8": np.array([0.5, np.nan, np.inf]),
}


def _sometimes(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A field's usual values, and now and then anything at all."""
    return st.one_of(usual, usual, usual, usual, VALUES)


def _of_array(name: str, dtype: str | None = None) -> Node:
    array = ARRAYS[name]
    return {"kind": "array", "array": name, "dtype": dtype or array.dtype.name, "shape": list(array.shape)}


_ARRAY_NODES = st.one_of(
    st.sampled_from([_of_array(name) for name in ARRAYS]),
    st.builds(
        _of_array,
        st.sampled_from(["a1", "a4"]),
        st.sampled_from(
            ["datetime64[ns]", "datetime64[D]", "timedelta64[Y]", "timedelta64[s]", "datetime64[s]"]
        ),
    ),
)
_STRINGS = st.one_of(st.none(), st.text(max_size=4), st.sampled_from(["", "x" * 3000, "\ud800", "\0"]))


def _nodes_of(kinds: Mapping[str, Callable[..., Any]]) -> st.SearchStrategy[Any]:
    """Nodes whose fields are mostly of the right type, and rarely fit together."""
    any_node: st.SearchStrategy[Any] = st.deferred(lambda: nodes)
    sizes = st.lists(st.one_of(st.integers(-1, 4), st.sampled_from([2**40, 2**47])), max_size=4)
    values = st.lists(_STRINGS, max_size=4)
    column = st.one_of(
        st.builds(lambda node: {"dtype": node["dtype"], "values": node}, _ARRAY_NODES),
        st.fixed_dictionaries({"dtype": st.sampled_from(_DTYPES), "values": any_node}),
        st.builds(
            lambda items: {"dtype": "object", "values": {"kind": "list", "items": items}},
            st.lists(any_node, max_size=4),
        ),
    )
    fields: dict[str, st.SearchStrategy[Any]] = {
        "value": st.one_of(
            any_node, NUMBERS, st.sampled_from(HURTFUL), st.integers(-(10**30), 10**30).map(str)
        ),
        "items": st.lists(st.one_of(any_node, st.lists(any_node, min_size=2, max_size=2)), max_size=4),
        "values": st.one_of(values, any_node),
        "array": st.one_of(st.sampled_from(sorted(ARRAYS)), _ARRAY_NODES),
        "dtype": st.sampled_from(_DTYPES),
        "shape": sizes,
        "name": any_node,
        "index": any_node,
        "columns": any_node,
        "data": st.lists(column, max_size=3),
        **{bound: st.integers(-2, 4) for bound in ("start", "stop", "step")},
        "framework": st.sampled_from(["torch", "tensorflow", "os"]),
        "requires_grad": st.booleans(),
        "class": st.sampled_from(
            [
                *("MinMaxScaler", "StandardScaler", "CountVectorizer", "TfidfVectorizer", "LabelEncoder"),
                *("csr_matrix", "csc_array", "coo_matrix", "BatchFeature", "MaskedLMOutput"),
            ]
        ),
        **dict.fromkeys(("params", "fitted", "history", "epoch"), any_node),
        "parameters": st.lists(
            st.fixed_dictionaries(
                {
                    "name": st.sampled_from(["a", "b", "class", "a b", ""]),
                    "kind": st.sampled_from(WORDS),
                    "has_default": st.booleans(),
                }
            ),
            max_size=3,
        ),
        "pattern": st.sampled_from(["[a-z]+", "(", "(a+)+$", ""]),
        "flags": st.integers(-1, 512),
        **dict.fromkeys(("gaps", "ordered"), st.booleans()),
        "categories": any_node,
        "discard_empty": st.booleans(),
        "of": any_node,
        "mode": st.sampled_from(["L", "RGB", "RGBA", "P"]),
        **dict.fromkeys(("pixels", "indices", "indptr", "row", "col", "codes"), _ARRAY_NODES),
        "type": st.text(max_size=4),
        "reason": _STRINGS,
    }
    wanted = {
        "none": (), "ellipsis": (), "bool": ("value",), "int": ("value",), "float": ("value",), "str": ("value",),
        "list": ("items",), "tuple": ("items",), "dict": ("items",), "array": ("array", "dtype", "shape"),
        "array_of_str": ("values", "dtype", "shape"), "numpy_scalar": ("dtype", "value"),
        "index": ("name", "dtype", "values"), "range_index": ("start", "stop", "step", "name"),
        "series": ("name", "index", "dtype", "values"), "dataframe": ("columns", "index", "data"),
        "sklearn": ("class", "params", "fitted"), "tensor": ("framework", "array", "requires_grad"),
        "set": ("items",), "frozenset": ("items",), "bytes": ("value",),
        "sparse": ("class", "shape", "data", "indices", "indptr", "row", "col"), "picture": ("mode", "pixels"),
        "regexp_tokenizer": ("pattern", "flags", "gaps", "discard_empty"), "regexp_tokenize": ("of",),
        "record": ("class", "items"), "categorical": ("codes", "categories", "ordered"),
        "keras_history": ("history", "epoch", "params"), "function": ("parameters",), "unsupported": ("type", "reason"),
    }  # fmt: skip
    made = [
        st.fixed_dictionaries(
            {"kind": st.just(kind), **{key: _sometimes(fields[key]) for key in wanted[kind]}}
        )
        for kind in sorted(kinds)
        if kind in wanted
    ]
    plain = st.sampled_from([{"kind": "none"}, {"kind": "int", "value": 1}, {"kind": "str", "value": "k"}])
    labelled = st.builds(
        lambda node: {"kind": "index", "dtype": node["dtype"], "values": node, "name": {"kind": "none"}},
        _ARRAY_NODES,
    )
    nodes: st.SearchStrategy[Any] = st.one_of(plain, plain, _ARRAY_NODES, labelled, *made)
    return nodes


NODES = _nodes_of(_KINDS)


def safetensors(header: str, data: bytes, claimed: int | None = None) -> bytes:
    """A safetensors file; `claimed` is the length that its first bytes say the header has."""
    encoded = header.encode()
    length = len(encoded) if claimed is None else claimed
    return length.to_bytes(8, "little") + encoded + data


_HEADERS = [
    {
        name: {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}
        for name, dtype, shape, start, end in entries
    }
    for entries in (
        [("a0", "F64", [2, 3], 0, 48), ("a1", "I64", [3], 48, 72)],
        [("a0", "BOOL", [8], 0, 8), ("a1", "F16", [], 8, 10), ("a2", "U16", [0, 2**40], 10, 10)],
        [("a0", "U8", [2, 5], 0, 10), ("a3", "F32", [1, 2], 12, 20), ("a4", "I16", [], 10, 12)],
        [("a7", "U8", [72], 0, 72), ("a8", "I64", [0], 72, 72)],
        [("a0", "BF16", [4], 0, 8), ("a1", "F8_E4M3", [2, 2], 8, 12)],
        [("a0", "I64", [2**61], 0, 8), ("a1", "U8", [2**32, 2**32], 8, 8)],
    )
]
_HEADER_WORDS = (
    *("F64", "F32", "F16", "BF16", "I64", "U8", "BOOL", "F4", "F6_E2M3", "F8_E5M2", "F8_E8M0", "C64", "U64"),
    *("a0", "a999999", "a9999999", "__metadata__", "dtype", "shape", "data_offsets", "../a0"),
)


@st.composite
def lying_tensors(draw: st.DrawFn) -> bytes:
    """A safetensors file whose header says something else than what follows it."""
    header = draw(st.one_of(st.sampled_from(_HEADERS), changed(_HEADERS, words=_HEADER_WORDS, most=2)))
    amiss = st.sampled_from([bytes(72), bytes(range(80)), b"\x02" * 10, b"", bytes(12), b"\xff" * 48])
    data = (
        draw(amiss)
        if draw(st.integers(0, 3)) == 0
        else draw(st.sampled_from([b"\0", b"\1", b"\xff"])) * _extent(header)
    )
    claimed = draw(st.sampled_from([None] * 9 + [0, 1, 2**20, 2**63, 2**64 - 1]))
    return safetensors(written(header), data, claimed)


def _extent(header: Any) -> int:
    """How many bytes a header speaks of, where it does in a way that is understood."""
    ends = [
        one
        for path in paths(header)
        if path[-2:-1] == ("data_offsets",) and type(one := at(header, path)) is int
    ]
    return min(max([0, *ends]), 4096)
