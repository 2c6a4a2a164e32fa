"""Rebuilds pandas frames, series and indexes.

Column types: NumPy's numbers, bools and times without a zone, pandas' `str`, `string` and `category`, and `object`
columns of plain values. An index loses its frequency.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from autograder.errors import EvidenceError
from autograder.evidence.documents import one_line
from autograder.evidence.nodes import Decode, Decoder, Node, shown

_STRINGS = ("str", "string")
_T = TypeVar("_T")


def _made(decoder: Decoder, make: Callable[[], _T]) -> _T:
    try:
        return make()
    except EvidenceError:
        raise
    except Exception as error:  # pandas checks what it is given, with errors of many types
        raise decoder.wrong(f"pandas cannot hold this: {one_line(str(error), 200)}") from None


def _column(decoder: Decoder, node: object) -> tuple[Any, str]:
    """A column's values and dtype; the values are checked to be what the dtype says."""
    if not isinstance(node, dict):
        raise decoder.wrong(f"expected a column, found {shown(node)}")
    dtype, values = decoder.text(node, "dtype"), decoder.decode(node.get("values"))
    if dtype == "object" and isinstance(values, list):
        if all(isinstance(one, str | int | float | tuple | list | dict | None) for one in values):
            return values, dtype
    elif dtype == "category" and type(values).__name__ == "Categorical":
        return values, dtype
    else:
        stored = "object" if dtype in _STRINGS else dtype
        if type(values) is np.ndarray and values.ndim == 1 and str(values.dtype) == stored:
            return values, dtype
    raise decoder.wrong(f"a column of dtype {shown(dtype)} does not hold such values")


def _categorical(decoder: Decoder, node: Node) -> Any:
    import pandas as pd

    codes, categories = decoder.array(node.get("codes")), _index_of(decoder, node.get("categories"))
    ordered = node.get("ordered")
    if codes.ndim != 1 or codes.dtype.kind != "i" or type(ordered) is not bool:
        raise decoder.wrong("categories need whole numbers in a row as codes, and an order or none")
    return _made(decoder, lambda: pd.Categorical.from_codes(codes, categories=categories, ordered=ordered))


def _name(decoder: Decoder, node: Node) -> Any:
    name = decoder.decode(node.get("name"))
    try:
        hash(name)
    except TypeError:
        raise decoder.wrong(f"a {type(name).__name__} cannot be a name") from None
    return name


def _index_of(decoder: Decoder, node: object) -> Any:
    import pandas as pd

    index = decoder.decode(node)
    if not isinstance(index, pd.Index):
        raise decoder.wrong(f"expected an index, found {shown(index)}")
    return index


def _index(decoder: Decoder, node: Node) -> Any:
    import pandas as pd

    values, dtype = _column(decoder, node)
    name = _name(decoder, node)
    # Without tupleize_cols=False an index of tuples would become one of several levels.
    return _made(decoder, lambda: pd.Index(values, dtype=dtype, name=name, tupleize_cols=False))


def _range_index(decoder: Decoder, node: Node) -> Any:
    import pandas as pd

    bounds = [node.get(key) for key in ("start", "stop", "step")]
    start, stop, step = (bound if type(bound) is int and abs(bound) < 2**48 else None for bound in bounds)
    if start is None or stop is None or not step:
        raise decoder.wrong(f"{shown(bounds)} are not the bounds of a range")
    return pd.RangeIndex(start, stop, step, name=_name(decoder, node))


def _series(decoder: Decoder, node: Node) -> Any:
    import pandas as pd

    (values, dtype), index = _column(decoder, node), _index_of(decoder, node.get("index"))
    if len(values) != len(index):
        raise decoder.wrong(f"a series of {len(values)} values has {len(index)} labels")
    name = _name(decoder, node)
    return _made(decoder, lambda: pd.Series(values, index=index, dtype=dtype, name=name))


def _dataframe(decoder: Decoder, node: Node) -> Any:
    import pandas as pd

    columns, index = _index_of(decoder, node.get("columns")), _index_of(decoder, node.get("index"))
    found = [_column(decoder, one) for one in decoder.items(node, "data")]
    if len(found) != len(columns) or any(len(values) != len(index) for values, _ in found):
        raise decoder.wrong("a frame's columns, labels and data are not of the same number")

    def make() -> Any:
        data = {at: pd.Series(values, index=index, dtype=dtype) for at, (values, dtype) in enumerate(found)}
        frame = pd.DataFrame(data, index=index)
        frame.columns = columns
        return frame

    return _made(decoder, make)


PANDAS_KINDS: dict[str, Decode] = {
    "index": _index,
    "range_index": _range_index,
    "series": _series,
    "dataframe": _dataframe,
    "categorical": _categorical,
}
