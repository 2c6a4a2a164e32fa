"""Rebuilds sparse matrices and pictures from plain arrays.

SciPy believes what it is given, and reads memory where an index says: each is checked here first. A matrix may
be no larger than a test can make dense.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.evidence.documents import one_line
from autograder.evidence.encode_data import PICTURE_MODES, SPARSE
from autograder.evidence.nodes import Decode, Decoder, Node, shown

MAX_DENSE_BYTES = 2**30
_INDEX_DTYPES = ("int32", "int64")


def _sparse(decoder: Decoder, node: Node) -> Any:
    name, shape = decoder.text(node, "class"), decoder.shape(node)
    if name not in SPARSE or len(shape) != 2:
        raise decoder.wrong(f"{shown(name)} of {len(shape)} dimensions is not a sparse matrix that crosses")
    data = decoder.array(node.get("data"))
    if data.ndim != 1 or data.dtype.kind not in "biuf":
        raise decoder.wrong("the data of a sparse matrix must be numbers in a row")
    rows, columns = shape
    # Sums over an empty side take memory too, and results are mostly of 8 bytes each.
    if max(1, rows) * max(1, columns) * 8 > MAX_DENSE_BYTES:
        raise decoder.wrong(f"a sparse matrix of shape {shape} would be too large for a test to use")
    first, second = (_indices(decoder, node.get(part)) for part in SPARSE[name])
    from scipy import sparse

    if name.startswith("coo"):
        _check_range(decoder, first, rows)
        _check_range(decoder, second, columns)
        if not len(data) == len(first) == len(second):
            raise decoder.wrong("a sparse matrix needs a row and a column for each value")
        return _made(decoder, lambda: getattr(sparse, name)((data, (first, second)), shape=shape))
    lines, others = (rows, columns) if name.startswith("csr") else (columns, rows)
    _check_range(decoder, first, others)
    _check_pointers(decoder, second, lines=lines, values=len(data))
    if len(first) != len(data):
        raise decoder.wrong("a sparse matrix needs an index for each value")
    return _made(decoder, lambda: getattr(sparse, name)((data, first, second), shape=shape))


def _made(decoder: Decoder, make: Callable[[], Any]) -> Any:
    try:
        return make()
    except (TypeError, ValueError) as error:  # there are dtypes that SciPy does not take
        raise decoder.wrong(f"SciPy cannot hold this: {one_line(str(error), 200)}") from None


def _indices(decoder: Decoder, node: object) -> NDArray[Any]:
    found = decoder.array(node)
    if found.ndim != 1 or found.dtype.name not in _INDEX_DTYPES:
        raise decoder.wrong("the indices of a sparse matrix must be whole numbers in a row")
    return found


def _check_range(decoder: Decoder, indices: NDArray[Any], size: int) -> None:
    if len(indices) and not (indices.min() >= 0 and indices.max() < size):
        raise decoder.wrong(f"a sparse matrix has an index outside of its {size} places")


def _check_pointers(decoder: Decoder, pointers: NDArray[Any], *, lines: int, values: int) -> None:
    """The places where each line begins, and where the last ends: from 0 on, never falling."""
    if len(pointers) != lines + 1 or pointers[0] != 0 or pointers[-1] != values:
        raise decoder.wrong(
            f"the pointers of a sparse matrix do not fit its {lines} lines and {values} values"
        )
    if (pointers[1:] < pointers[:-1]).any():
        raise decoder.wrong("the pointers of a sparse matrix go backwards")


def _picture(decoder: Decoder, node: Node) -> Any:
    mode, pixels = decoder.text(node, "mode"), decoder.array(node.get("pixels"))
    if mode not in PICTURE_MODES or pixels.dtype != np.uint8 or 0 in pixels.shape:
        raise decoder.wrong(f"a picture of mode {shown(mode)} and {pixels.dtype} of shape {pixels.shape}")
    if pixels.shape[2:] != (() if mode == "L" else (len(mode),)) or pixels.ndim < 2:
        raise decoder.wrong(f"a picture of mode {mode} cannot have the shape {pixels.shape}")
    from PIL import Image

    return Image.fromarray(pixels)


ARRAY_KINDS: dict[str, Decode] = {"sparse": _sparse, "picture": _picture}
