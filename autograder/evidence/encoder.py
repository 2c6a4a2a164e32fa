"""Turns the values of a notebook into nodes (JSON) and arrays; runs in the student's kernel and in the judge.

Like the collector, which loads it by its path, it imports nothing of ours and no library that the notebook
has not imported: a value can only be of a library's type when that library is in `sys.modules`. What belongs to
libraries is in the `encode_*` modules beside it, loaded by path as well. The format is described in
docs/evidence-format.md; `nodes.py` and the `rebuild_*` modules are the other half.
"""

import builtins
import inspect
import sys
from base64 import b64encode
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from json import dumps
from pathlib import Path
from types import MethodType
from typing import Any

# Functions look names up in the `__builtins__` of their module: a copy of its own keeps `open = None` out.
globals()["__builtins__"] = dict(vars(builtins))

MAX_BYTES = 64 * 2**20  # arrays of one question
MAX_TEXT = 8 * 2**20  # bytes of text of one question, as JSON
MAX_NODES = 100_000
MAX_DEPTH = 20
MAX_ITEMS = 10_000
MAX_STRING = 1_000_000
MAX_REASON = 500
MAX_DIGITS = 1_000
KNOWN_AT_LEAST = 64 * 2**10  # bytes of an array that is worth a hash
DICTS = (dict, OrderedDict, defaultdict, Counter)
# Kinds of what a set may hold.
HASHABLE = frozenset(("none", "ellipsis", "bool", "int", "float", "str", "bytes", "numpy_scalar"))
Node = dict[str, Any]


class _TooMuchError(Exception):
    """A limit is reached: the whole variable is not carried."""


class Encoder:
    """Turns values into nodes; their arrays gather in `arrays` under the names that the nodes give.

    `known` are the hashes of pretrained arrays that the judge has; a weight among them crosses as its hash.
    """

    def __init__(self, max_bytes: int = MAX_BYTES, *, known: Collection[str] = ()) -> None:
        self.arrays: dict[str, Any] = {}
        self._known = known
        self._left = {"bytes in arrays": max_bytes, "bytes of text": MAX_TEXT, "values": MAX_NODES}

    def variable(self, value: object) -> Node:
        """The node of one whole variable; where a limit is reached, nothing of it stays behind."""
        arrays, left = dict(self.arrays), dict(self._left)
        try:
            return self.node(value)
        except _TooMuchError as limit:
            self.arrays, self._left = arrays, left
            return unsupported(value, str(limit))

    def node(self, value: object, depth: int = 0) -> Node:
        """The node of a value, and of all that is in it; `unsupported` where it cannot be carried."""
        self.spend("values", 1)
        if depth > MAX_DEPTH:
            raise _TooMuchError(f"nested deeper than {MAX_DEPTH} levels")
        try:
            encode = _PLAIN.get(type(value))
            found = encode(self, value, depth) if encode else self._other(value, depth)
        except _TooMuchError:
            raise
        except BaseException as error:  # a lying object may raise anything, SystemExit included
            return unsupported(value, "reading it raised {type}: {message}".format(**described(error)))
        return found or unsupported(value, "values of this type do not cross")

    def _other(self, value: object, depth: int) -> Node | None:
        families = {str(base.__module__).partition(".")[0] for base in type(value).__mro__}
        for family, encode in _FAMILIES.items():
            if family in families and family in sys.modules:
                found = encode(self, sys.modules[family], value, depth)
                if found is not None or family in _NEVER_FUNCTIONS:
                    return found
        if depth == 0 and callable(value):
            return _function(self, value)
        return None

    def spend(self, what: str, amount: int) -> None:
        """Count against a limit."""
        self._left[what] -= amount
        if self._left[what] < 0:
            raise _TooMuchError(f"more {what} than a question's evidence may hold")

    def text(self, value: str) -> str:
        """The string itself, counted; a lone surrogate is no text and raises."""
        if len(value) > MAX_STRING:
            raise _TooMuchError(f"a string of more than {MAX_STRING:,} characters")
        self.spend("bytes of text", len(dumps(value, ensure_ascii=False).encode()))
        return value

    def items(self, values: Iterable[object], count: int, depth: int) -> list[Node]:
        """The nodes of what a container holds."""
        if count > MAX_ITEMS:
            raise _TooMuchError(f"a container of more than {MAX_ITEMS:,} items")
        return [self.node(value, depth + 1) for value in values]

    def array(self, value: Any) -> Node:
        """The node of a NumPy array; its data are copied, in this machine's byte order."""
        dtype, shape = value.dtype, list(value.shape)
        if dtype.kind in "UOT":
            kind = "str" if dtype.kind == "U" else "object"
            return self.strings(value.ravel().tolist(), kind, shape)
        if not self.carries(dtype):
            raise TypeError(f"arrays of dtype {dtype} do not cross")
        self.spend("bytes in arrays", value.nbytes)
        data = value.astype("int64") if dtype.kind in "mM" else value
        name = f"a{len(self.arrays)}"
        self.arrays[name] = data.astype(data.dtype.newbyteorder("="), order="C", copy=True)
        return {"kind": "array", "array": name, "dtype": dtype.name, "shape": shape}

    def weight(self, value: Any) -> Node:
        """The node of an array of a model's: its hash alone where the judge has it."""
        if self._known and value.nbytes >= KNOWN_AT_LEAST and self.carries(value.dtype):
            found = array_sha256(value)
            if found in self._known:
                return {
                    "kind": "array",
                    "known": found,
                    "dtype": value.dtype.name,
                    "shape": list(value.shape),
                }
        return self.array(value)

    def carries(self, dtype: Any) -> bool:
        """Whether arrays of a dtype cross as numbers."""
        return dtype.kind in "biufmM" and dtype.itemsize <= 8

    def strings(self, values: list[Any], dtype: str, shape: list[int]) -> Node:
        """The node of an array of strings, with None in the gaps."""
        self.spend("bytes of text", 6 * len(values))
        texts = [None if one is None else self.text(_string(one)) for one in values]
        return {"kind": "array_of_str", "dtype": dtype, "shape": shape, "values": texts}

    def vocabulary(self, words: dict[str, int]) -> Node:
        """A dict from words to numbers, which may be longer than other containers, as an array of each."""
        ids = sys.modules["numpy"].array(list(words.values()), dtype="int64")
        return {"words": self.strings(list(words), "object", [len(words)]), "ids": self.array(ids)}


def array_sha256(value: Any) -> str:
    """The hash that a known array goes by: of its dtype, its shape, and its bytes in this machine's order."""
    digest = sha256(f"{value.dtype.name} {list(value.shape)}\n".encode())
    digest.update(
        value.astype(value.dtype.newbyteorder("="), order="C", copy=False).reshape(-1).view("uint8")
    )
    return digest.hexdigest()


def _int(_encoder: Encoder, value: int, _depth: int) -> Node:
    if value.bit_length() > 3 * MAX_DIGITS:
        raise TypeError("an integer too large to write down")
    return {"kind": "int", "value": value if abs(value) <= 2**53 else str(value)}


def _dict(encoder: Encoder, value: dict[Any, Any], depth: int) -> Node:
    keys = encoder.items(dict.keys(value), len(value), depth)
    values = encoder.items(dict.values(value), len(value), depth)
    return {"kind": "dict", "items": [list(pair) for pair in zip(keys, values, strict=True)]}


def _list(encoder: Encoder, value: list[Any] | tuple[Any, ...], depth: int) -> Node:
    kind = "list" if type(value) is list else "tuple"
    return {"kind": kind, "items": encoder.items(value, len(value), depth)}


def _set(encoder: Encoder, value: set[Any] | frozenset[Any], depth: int) -> Node:
    items = encoder.items(value, len(value), depth)
    if not all(map(_is_hashable, items)):
        raise TypeError("sets of anything but text, numbers and tuples of them do not cross")
    kind = "set" if type(value) is set else "frozenset"
    return {
        "kind": kind,
        "items": sorted(items, key=dumps),
    }  # their own order changes from process to process


def _is_hashable(node: Node) -> bool:
    return node["kind"] in HASHABLE or (
        node["kind"] in ("tuple", "frozenset") and all(map(_is_hashable, node["items"]))
    )


def _bytes(encoder: Encoder, value: bytes, _depth: int) -> Node:
    return {"kind": "bytes", "value": encoder.text(b64encode(value).decode())}


def _method(encoder: Encoder, value: MethodType, depth: int) -> Node | None:
    return _text.method(encoder, value, depth) or (_function(encoder, value) if depth == 0 else None)


_PLAIN: dict[type, Callable[[Encoder, Any, int], Node | None]] = {
    type(None): lambda _encoder, _value, _depth: {"kind": "none"},
    type(...): lambda _encoder, _value, _depth: {"kind": "ellipsis"},
    bool: lambda _encoder, value, _depth: {"kind": "bool", "value": value},
    int: _int,
    float: lambda _encoder, value, _depth: {"kind": "float", "value": repr(value)},
    str: lambda encoder, value, _depth: {"kind": "str", "value": encoder.text(value)},
    list: _list,
    tuple: _list,
    set: _set,
    frozenset: _set,
    bytes: _bytes,
    MethodType: _method,
    **dict.fromkeys(DICTS, _dict),
}


def _function(encoder: Encoder, value: Callable[..., Any]) -> Node:
    try:
        found = inspect.signature(value).parameters.values()
    except (TypeError, ValueError):  # many builtins have no signature
        return {"kind": "function", "parameters": None}
    parameters = [
        {"name": encoder.text(p.name), "kind": p.kind.name, "has_default": p.default is not p.empty}
        for p in found
    ]
    return {"kind": "function", "parameters": parameters}


def _beside(name: str) -> Any:
    """A module of this folder, loaded by its path."""
    spec = spec_from_file_location(f"_autograder_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_data, _text, _models = _beside("encode_data"), _beside("encode_text"), _beside("encode_models")
_huggingface = _beside("encode_huggingface")


def _first(*families: Callable[..., Node | None]) -> Callable[..., Node | None]:
    """The first node that one of them has for a value."""
    return lambda *asked: next(filter(None, (family(*asked) for family in families)), None)


# Who is asked for the node of a value whose class, or a base of it, comes from a library.
_FAMILIES: dict[str, Callable[[Encoder, Any, Any, int], Node | None]] = {
    "keras": _models.keras_value,
    "peft": _models.peft_value,
    "transformers": _first(_models.transformers_value, _huggingface.huggingface_value),
    "torch": _first(_data.tensor, _models.torch_layers),
    "tensorflow": _data.tensor,
    "pandas": _data.table,
    "scipy": _data.sparse,
    "sklearn": _text.estimator,
    "nltk": _text.tokenizer,
    "PIL": _data.picture,
    "numpy": _data.array_or_scalar,
}
# Models and layers can be called, and are more than functions: one that does not cross is `unsupported`.
_NEVER_FUNCTIONS = frozenset({"keras", "torch", "sklearn"})


def unsupported(value: object, reason: str) -> Node:
    """The node of what does not cross: its type and why."""
    try:
        name = f"{type(value).__module__}.{type(value).__qualname__}"
    except BaseException:
        name = "a type without a name"
    return {"kind": "unsupported", "type": _shortened(name), "reason": _shortened(reason)}


def described(error: BaseException) -> dict[str, str]:
    """An exception's type and message; both may be a student's, and lie or raise."""
    try:
        return {"type": _shortened(type(error).__name__), "message": _shortened(str(error))}
    except BaseException:
        return {"type": "Exception", "message": "(its message cannot be read)"}


def _shortened(text: str) -> str:
    return str.encode(text[:MAX_REASON], errors="replace").decode()


def _string(value: object) -> str:
    if not issubclass(type(value), str):
        raise TypeError("an array of strings that holds something else")
    return str.__str__(value)
