"""Rebuilds plain values from nodes: scalars, containers, NumPy arrays; each field is checked by hand.

Each kind has one function; `decode.py` puts those of all modules into one table. A rule that is broken
raises `EvidenceError`, whatever was sent.
"""

import re
from binascii import Error as _Base64Error
from binascii import a2b_base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.errors import EvidenceError
from autograder.evidence.documents import Arrays
from autograder.evidence.encoder import MAX_DEPTH, MAX_DIGITS, MAX_ITEMS, MAX_NODES, MAX_STRING
from autograder.evidence.known import NOTHING_KNOWN, KnownArrays
from autograder.evidence.standins import Caller

# Of one variable; NumPy gives each string of an array the width of the longest.
MAX_STRING_ARRAY_BYTES = 256 * 2**20
MAX_KNOWN_BYTES = 2**30  # of one variable: what crosses as a hash costs the kernel nothing
_NUMBERS = frozenset(
    (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64"),
    )
)
_TIMES = re.compile(r"(datetime64|timedelta64)\[(Y|M|W|D|h|m|s|ms|us|ns)\]")

Node = dict[str, Any]
Decode = Callable[["Decoder", Node], object]


@dataclass
class Decoder:
    """One decoding of one variable: what it may read, and how much it has used up.

    `name` is the variable, for messages; `kinds` the table of functions; `known` the pretrained arrays that
    evidence may name by their hash.
    """

    name: str
    arrays: Arrays
    kinds: Mapping[str, Decode]
    question: str = ""
    caller: Caller | None = None
    known: KnownArrays = NOTHING_KNOWN
    _depth: int = 0
    _nodes: int = 0
    _used: set[str] = field(default_factory=set)
    _string_bytes: int = 0
    _known_bytes: int = 0

    def decode(self, node: object) -> Any:
        """The value of a node.

        Raises:
            EvidenceError: the node breaks a rule.
        """
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self.wrong(f"more than {MAX_NODES:,} values")
        if self._depth > MAX_DEPTH + 4:  # frames and models are a few levels deeper inside than they look
            raise self.wrong(f"nested deeper than {MAX_DEPTH} levels")
        if not isinstance(node, dict):
            raise self.wrong(f"a value must be a JSON object, found {shown(node)}")
        kind = node.get("kind")
        if not isinstance(kind, str) or kind not in self.kinds:
            raise self.wrong(f"unknown kind {shown(kind)}")
        self._depth += 1
        try:
            return self.kinds[kind](self, node)
        finally:
            self._depth -= 1

    def wrong(self, sentence: str) -> EvidenceError:
        """The error to raise when the evidence breaks a rule."""
        return EvidenceError(f"{self.name}: malformed evidence: {sentence}")

    def text(self, node: Node, key: str) -> str:
        """A field that is a string."""
        found = node.get(key)
        if not isinstance(found, str) or len(found) > MAX_STRING:
            raise self.wrong(
                f"{key} must be a string of at most {MAX_STRING:,} characters, found {shown(found)}"
            )
        if not found.isascii():
            try:
                found.encode()
            except UnicodeEncodeError:
                raise self.wrong(f"{key} holds a lone surrogate, which is no text") from None
        return found

    def items(self, node: Node, key: str, *, at_most: int = MAX_ITEMS) -> list[Any]:
        """A field that is a list."""
        found = node.get(key)
        if not isinstance(found, list) or len(found) > at_most:
            raise self.wrong(f"{key} must be a list of at most {at_most:,} items, found {shown(found)}")
        return found

    def shape(self, node: Node) -> tuple[int, ...]:
        """The field `shape`."""
        found = self.items(node, "shape", at_most=32)
        if not all(type(size) is int and 0 <= size < 2**48 for size in found):
            raise self.wrong(f"{shown(found)} is not a shape")
        return tuple(found)

    def array(self, node: object) -> NDArray[Any]:
        """A node that must be of kind `array`."""
        if not isinstance(node, dict) or node.get("kind") != "array":
            raise self.wrong(f"expected an array, found {shown(node)}")
        return _array(self, node)

    def weight(self, node: object) -> NDArray[Any]:
        """An array of a model's: one of the document's, or a pretrained one that is named by its hash."""
        if not isinstance(node, dict) or "known" not in node:
            return self.array(node)
        sha256 = self.text(node, "known")
        if node.get("kind") != "array":
            raise self.wrong(f"expected an array, found {shown(node.get('kind'))}")
        dtype, shape = self._described(sha256)
        if (dtype, shape) != (self.text(node, "dtype"), self.shape(node)):
            raise self.wrong(
                f"a pretrained array is {dtype} of shape {shape}, and its description says otherwise"
            )
        self._known_bytes += prod(shape) * np.dtype(dtype).itemsize
        if self._known_bytes > MAX_KNOWN_BYTES:
            raise self.wrong(f"pretrained weights of more than {MAX_KNOWN_BYTES:,} bytes")
        return self.known.read(sha256)

    def _described(self, sha256: str) -> tuple[str, tuple[int, ...]]:
        try:
            return self.known.described(sha256)
        except EvidenceError as error:
            raise self.wrong(str(error)) from None

    def take(self, name: str) -> NDArray[Any]:
        """One of the document's arrays; each can be taken once, so that little data cannot become much."""
        if name not in self.arrays or name in self._used:
            raise self.wrong(f"array {shown(name)} is not there, or is used twice")
        self._used.add(name)
        return self.arrays[name]

    def spend_on_strings(self, size: int) -> None:
        """Count the bytes of an array of strings before it is made."""
        self._string_bytes += size
        if self._string_bytes > MAX_STRING_ARRAY_BYTES:
            raise self.wrong("arrays of strings would take too much memory; use lists or object arrays")


def shown(found: object) -> str:
    """What was found, short and in plain characters."""
    if isinstance(found, dict | list):
        return f"a {type(found).__name__} of {len(found)} items"
    if isinstance(found, int):
        return str(found) if abs(found) < 10**20 else "a very large integer"
    if isinstance(found, str):
        return ascii(found) if len(found) < 60 else ascii(found[:60]) + "…"
    return (
        repr(found)
        if found is None or isinstance(found, float)
        else f"a value of type {type(found).__name__}"
    )


def _bool(decoder: Decoder, node: Node) -> bool:
    found = node.get("value")
    if not isinstance(found, bool):
        raise decoder.wrong(f"{shown(found)} is not a bool")
    return found


def _int(decoder: Decoder, node: Node) -> int:
    found = node.get("value")
    if type(found) is int and abs(found) <= 2**53:
        return found
    if isinstance(found, str) and len(found) <= MAX_DIGITS + 1 and re.fullmatch(r"-?[1-9][0-9]*", found):
        return int(found)
    raise decoder.wrong(f"{shown(found)} is not an integer of at most {MAX_DIGITS:,} digits")


def _float(decoder: Decoder, node: Node) -> float:
    found = node.get("value")
    try:
        if isinstance(found, str) and len(found) < 40:
            return float(found)
    except ValueError:
        pass
    raise decoder.wrong(f"{shown(found)} is not a float")


def _list(decoder: Decoder, node: Node) -> list[Any]:
    return [decoder.decode(item) for item in decoder.items(node, "items")]


def _dict(decoder: Decoder, node: Node) -> dict[Any, Any]:
    rebuilt = {}
    for pair in decoder.items(node, "items"):
        if not isinstance(pair, list) or len(pair) != 2:
            raise decoder.wrong(f"expected a key and a value, found {shown(pair)}")
        key = decoder.decode(pair[0])
        if not _is_key(key):
            raise decoder.wrong(f"a {type(key).__name__} cannot be a key")
        rebuilt[key] = decoder.decode(pair[1])
    return rebuilt


def _set(decoder: Decoder, node: Node) -> set[Any]:
    items = _list(decoder, node)
    if not all(map(_is_key, items)):
        raise decoder.wrong("a set holds something that cannot be in one")
    rebuilt = set(items)
    if len(rebuilt) != len(items):
        raise decoder.wrong("a set holds something twice")
    return rebuilt


def _is_key(key: object) -> bool:
    if type(key) is tuple or type(key) is frozenset:
        return all(map(_is_key, key))
    return type(key) in (str, bytes, int, float, bool, type(None), type(...)) or isinstance(key, np.generic)


def _bytes(decoder: Decoder, node: Node) -> bytes:
    try:
        return a2b_base64(decoder.text(node, "value"), strict_mode=True)
    except (_Base64Error, ValueError):
        raise decoder.wrong("bytes must be written in base64") from None


def _array(decoder: Decoder, node: Node) -> NDArray[Any]:
    stored, dtype = decoder.take(decoder.text(node, "array")), decoder.text(node, "dtype")
    if stored.shape != decoder.shape(node):
        raise decoder.wrong(f"an array's shape is {stored.shape}, and its description says otherwise")
    if _TIMES.fullmatch(dtype) and stored.dtype == np.int64:
        return stored.astype(dtype)
    if dtype not in _NUMBERS or stored.dtype != dtype:
        raise decoder.wrong(f"an array's dtype is {stored.dtype}, and its description says {shown(dtype)}")
    return stored.copy()


def _array_of_str(decoder: Decoder, node: Node) -> NDArray[Any]:
    values, shape = decoder.items(node, "values", at_most=2**22), decoder.shape(node)
    dtype = decoder.text(node, "dtype")
    # NumPy multiplies the sizes above 0 of an empty array too, and refuses what overflows.
    if dtype not in ("str", "object") or prod(shape) != len(values) or prod(filter(None, shape)) >= 2**48:
        raise decoder.wrong(f"an array of strings of dtype {shown(dtype)} and shape {shape} does not add up")
    widest = 1
    for value in values:
        if value is not None or dtype == "str":
            widest = max(widest, len(decoder.text({"value": value}, "value")))
    if dtype == "object":
        return np.array(values, dtype=object).reshape(shape)
    decoder.spend_on_strings(4 * widest * len(values))
    return np.array(values, dtype=str).reshape(shape)


def _numpy_scalar(decoder: Decoder, node: Node) -> Any:
    dtype, value = decoder.text(node, "dtype"), decoder.decode(node.get("value"))
    if dtype == "str" and type(value) is str:
        return np.str_(value)
    wanted = (
        int if _TIMES.fullmatch(dtype) else type(np.zeros((), dtype).item()) if dtype in _NUMBERS else None
    )
    if wanted is None or type(value) is not wanted:
        raise decoder.wrong(f"{shown(dtype)} with {shown(value)} is not a NumPy scalar")
    try:
        if wanted is int and dtype not in _NUMBERS:
            return np.int64(value).astype(dtype)
        with np.errstate(over="raise"):
            return np.dtype(dtype).type(value)
    except (OverflowError, FloatingPointError):
        raise decoder.wrong(f"{shown(value)} does not fit into {dtype}") from None


PLAIN_KINDS: dict[str, Decode] = {
    "none": lambda _decoder, _node: None,
    "ellipsis": lambda _decoder, _node: ...,
    "bool": _bool,
    "int": _int,
    "float": _float,
    "str": lambda decoder, node: decoder.text(node, "value"),
    "list": _list,
    "tuple": lambda decoder, node: tuple(_list(decoder, node)),
    "dict": _dict,
    "set": _set,
    "frozenset": lambda decoder, node: frozenset(_set(decoder, node)),
    "bytes": _bytes,
    "array": _array,
    "array_of_str": _array_of_str,
    "numpy_scalar": _numpy_scalar,
}
