"""Reads documents (a JSON tree and its arrays) that code of a student's may have written.

Covered: links, FIFOs, devices, hard links, files that are too large, JSON that is malformed, too deep or not
a number, tensors of other types, arrays that are used twice. Not covered: what the values say.
"""

import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from autograder.errors import EvidenceError
from autograder.evidence.collector import MAX_BYTES

MAX_JSON_BYTES = 24 * 2**20  # above what an encoder within its own limits writes
MAX_HEADER_BYTES = 8 * 2**20  # names and shapes at the head of a safetensors file
MAX_ARRAYS = 20_000
_ARRAY_NAME = re.compile(r"a\d{1,6}")

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Drop:
    """One document: its two files as bytes, and what they say."""

    json_bytes: bytes
    tensor_bytes: bytes
    tree: dict[str, Any]
    arrays: Arrays


def read_drop(stem: Path, *, max_bytes: int = MAX_BYTES) -> Drop:
    """Read `stem + ".json"` and `stem + ".safetensors"`; `max_bytes` bounds the arrays.

    Raises:
        EvidenceError: a file is missing, is no plain file, is too large, or breaks the format.
    """
    json_bytes = _read_plain_file(stem.parent, stem.name + ".json", MAX_JSON_BYTES)
    tensor_bytes = _read_plain_file(stem.parent, stem.name + ".safetensors", max_bytes + MAX_HEADER_BYTES)
    return parse_drop(json_bytes, tensor_bytes, what=stem.name)


def parse_drop(json_bytes: bytes, tensor_bytes: bytes, *, what: str) -> Drop:
    """Check a document that is in memory already; `what` names it in messages.

    Raises:
        EvidenceError: it breaks the format.
    """
    return Drop(json_bytes, tensor_bytes, _parse_json(json_bytes, what), _parse_tensors(tensor_bytes, what))


def _read_plain_file(folder: Path, name: str, max_bytes: int) -> bytes:
    """The bytes of a regular file that has one name only and is no link.

    The folder is the caller's to vouch for: a drop is reached through a descriptor that was opened before any
    student code ran.
    """
    try:
        # Without O_NONBLOCK, opening a FIFO would wait for ever.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        handle = os.open(folder / name, flags)
    except FileNotFoundError:
        raise EvidenceError(f"{name}: the kernel wrote no such file") from None
    except (OSError, ValueError) as error:
        raise EvidenceError(f"{name}: cannot be opened as a plain file: {error}") from None
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        os.close(handle)
        raise EvidenceError(f"{name}: evidence must be a plain file of its own, and this is none")
    with os.fdopen(handle, "rb") as file:
        # No more than it holds: memory for all that is asked for is taken before a byte is read.
        data = file.read(min(max_bytes, found.st_size) + 1)
    if len(data) > max_bytes:
        raise EvidenceError(f"{name}: holds more than the {max_bytes:,} bytes that evidence may have")
    return data


def _parse_json(data: bytes, what: str) -> dict[str, Any]:
    try:
        tree = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError:
        raise EvidenceError(f"{what}: its JSON is nested too deep") from None
    except ValueError as error:
        raise EvidenceError(f"{what}: cannot be read as JSON: {str(error)[:200]}") from None
    if not isinstance(tree, dict) or tree.get("format") != 1:
        raise EvidenceError(f"{what}: is not an evidence document of format 1; collect it again")
    return tree


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _parse_tensors(data: bytes, what: str) -> Arrays:
    try:
        arrays = load(data)
    except Exception as error:  # the library raises types of its own, and KeyError for dtypes NumPy lacks
        raise EvidenceError(f"{what}: cannot be read as safetensors: {one_line(str(error), 200)}") from None
    if len(arrays) > MAX_ARRAYS or not all(map(_ARRAY_NAME.fullmatch, arrays)):
        raise EvidenceError(f"{what}: holds more than {MAX_ARRAYS:,} arrays, or arrays under unknown names")
    if any(array.dtype.kind not in "biuf" or array.dtype.itemsize > 8 for array in arrays.values()):
        raise EvidenceError(f"{what}: holds arrays of a type that does not cross")
    if any(array.dtype.kind == "b" and array.view("uint8").max(initial=0) > 1 for array in arrays.values()):
        raise EvidenceError(f"{what}: holds bools that are neither true nor false")
    return {name: np.asarray(array) for name, array in arrays.items()}


def one_line(text: str, max_chars: int) -> str:
    """A text that may be a student's, as one line of printable characters."""
    words = " ".join(text[:max_chars].split())
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in words)
