"""Nodes of arrays and tables: NumPy, SciPy's sparse matrices, pandas, tensors, pictures.

Loaded by `encoder.py` from this file, beside student code: it imports nothing of ours and no library.
"""

import builtins
import sys
from typing import Any

# Functions look names up in the `__builtins__` of their module: a copy of its own keeps `open = None` out.
globals()["__builtins__"] = dict(vars(builtins))

Node = dict[str, Any]
# Class -> the arrays that it is made of, besides its data.
SPARSE = {
    **dict.fromkeys(("csr_matrix", "csr_array", "csc_matrix", "csc_array"), ("indices", "indptr")),
    **dict.fromkeys(("coo_matrix", "coo_array"), ("row", "col")),
}
PICTURE_MODES = ("L", "RGB", "RGBA")


def array_or_scalar(encoder: Any, numpy: Any, value: Any, depth: int) -> Node | None:
    """An array, of a subclass too: the numbers that it holds; or a scalar."""
    if issubclass(type(value), numpy.ma.MaskedArray):
        return None  # without its mask it would be another value
    if issubclass(type(value), numpy.ndarray):
        node: Node = encoder.array(numpy.ndarray.view(value, numpy.ndarray))
        return node
    if not issubclass(type(value), numpy.generic) or not (
        value.dtype.kind == "U" or encoder.carries(value.dtype)
    ):
        return None
    plain = value.astype("int64").item() if value.dtype.kind in "mM" else value.item()
    name = "str" if value.dtype.kind == "U" else value.dtype.name
    return {"kind": "numpy_scalar", "dtype": name, "value": encoder.node(plain, depth + 1)}


def sparse(encoder: Any, _scipy: Any, value: Any, _depth: int) -> Node | None:
    """A sparse matrix or array of two dimensions, in the format that it has."""
    name = type(value).__name__
    if name not in SPARSE or not type(value).__module__.startswith("scipy.sparse") or value.ndim != 2:
        return None
    parts = {part: encoder.array(getattr(value, part)) for part in ("data", *SPARSE[name])}
    return {"kind": "sparse", "class": name, "shape": [int(size) for size in value.shape], **parts}


def table(encoder: Any, pandas: Any, value: Any, depth: int) -> Node | None:
    """A frame, a series or an index."""
    below = depth + 1
    if type(value) is pandas.RangeIndex:
        bounds = {"start": value.start, "stop": value.stop, "step": value.step}
        return {"kind": "range_index", **bounds, "name": encoder.node(value.name, below)}
    if type(value) in (pandas.Index, pandas.DatetimeIndex, pandas.CategoricalIndex):
        return {"kind": "index", "name": encoder.node(value.name, below), **_column(encoder, value, below)}
    if type(value) is pandas.Series:
        named = {"name": encoder.node(value.name, below), "index": encoder.node(value.index, below)}
        return {"kind": "series", **named, **_column(encoder, value, below)}
    if type(value) is pandas.DataFrame:
        encoder.items((), value.shape[1], below)
        data = [_column(encoder, value.iloc[:, at], below) for at in range(value.shape[1])]
        axes = {"columns": encoder.node(value.columns, below), "index": encoder.node(value.index, below)}
        return {"kind": "dataframe", **axes, "data": data}
    return None


def _column(encoder: Any, column: Any, depth: int) -> Node:
    dtype = str(column.dtype)
    if dtype == "category":
        return {"dtype": dtype, "values": _categorical(encoder, column.array, depth)}
    if dtype in ("str", "string"):
        texts = column.astype(object).where(column.notna(), None).tolist()
        return {"dtype": dtype, "values": encoder.strings(texts, "object", [len(texts)])}
    if dtype == "object":
        values = encoder.node(column.tolist(), depth)
        if "unsupported" not in {node["kind"] for node in values["items"]}:
            return {"dtype": dtype, "values": values}
    elif column.dtype.kind in "biufmM" and type(column.dtype).__module__.startswith("numpy"):
        return {"dtype": dtype, "values": encoder.array(column.to_numpy())}
    raise TypeError(f"columns of dtype {dtype} with such values do not cross")


def _categorical(encoder: Any, values: Any, depth: int) -> Node:
    codes, categories = encoder.array(values.codes), encoder.node(values.categories, depth + 1)
    if categories["kind"] == "unsupported":
        raise TypeError("categories that do not cross")
    return {"kind": "categorical", "codes": codes, "categories": categories, "ordered": bool(values.ordered)}


def tensor(encoder: Any, framework: Any, value: Any, _depth: int) -> Node | None:
    """A tensor of torch's or TensorFlow's, wherever it lies."""
    name, wants_gradient = framework.__name__, False
    if name == "torch":
        if not issubclass(type(value), framework.Tensor):
            return None
        wants_gradient, value = bool(value.requires_grad), value.detach().cpu()
    elif not issubclass(type(value), (framework.Tensor, framework.Variable)):
        return None
    array = encoder.array(value.numpy())
    return {"kind": "tensor", "framework": name, "array": array, "requires_grad": wants_gradient}


def picture(encoder: Any, pillow: Any, value: Any, _depth: int) -> Node | None:
    """A picture, whatever file it came from, as its pixels."""
    if not issubclass(type(value), pillow.Image.Image) or value.mode not in PICTURE_MODES:
        return None
    pixels = sys.modules["numpy"].array(value)
    return {"kind": "picture", "mode": value.mode, "pixels": encoder.array(pixels)}
