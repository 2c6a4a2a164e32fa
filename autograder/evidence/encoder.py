"""Turns the values of a notebook into nodes (JSON) and arrays; runs in the student's kernel and in the judge.

Like the collector, which loads it by its path, it imports nothing of ours and no library that the notebook
has not imported: a value can only be of a library's type when that library is in `sys.modules`. The format
is described in docs/evidence-format.md; `nodes.py` and the `rebuild_*` modules are the other half.
"""

import builtins
import inspect
import sys
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from json import dumps
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
DICTS = (dict, OrderedDict, defaultdict, Counter)
ESTIMATORS = ("MinMaxScaler", "StandardScaler", "CountVectorizer", "TfidfVectorizer", "LabelEncoder")
Node = dict[str, Any]


class _TooMuchError(Exception):
    """A limit is reached: the whole variable is not carried."""


class Encoder:
    """Turns values into nodes; their arrays gather in `arrays` under the names that the nodes give."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.arrays: dict[str, Any] = {}
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
        if not _is_carried(dtype):
            raise TypeError(f"arrays of dtype {dtype} do not cross")
        self.spend("bytes in arrays", value.nbytes)
        data = value.astype("int64") if dtype.kind in "mM" else value
        name = f"a{len(self.arrays)}"
        self.arrays[name] = data.astype(data.dtype.newbyteorder("="), order="C", copy=True)
        return {"kind": "array", "array": name, "dtype": dtype.name, "shape": shape}

    def strings(self, values: list[Any], dtype: str, shape: list[int]) -> Node:
        """The node of an array of strings, with None in the gaps."""
        self.spend("bytes of text", 6 * len(values))
        texts = [None if one is None else self.text(_string(one)) for one in values]
        return {"kind": "array_of_str", "dtype": dtype, "shape": shape, "values": texts}


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


_PLAIN: dict[type, Callable[[Encoder, Any, int], Node]] = {
    type(None): lambda _encoder, _value, _depth: {"kind": "none"},
    type(...): lambda _encoder, _value, _depth: {"kind": "ellipsis"},
    bool: lambda _encoder, value, _depth: {"kind": "bool", "value": value},
    int: _int,
    float: lambda _encoder, value, _depth: {"kind": "float", "value": repr(value)},
    str: lambda encoder, value, _depth: {"kind": "str", "value": encoder.text(value)},
    list: _list,
    tuple: _list,
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


def _numpy(encoder: Encoder, numpy: Any, value: Any, depth: int) -> Node | None:
    if issubclass(type(value), numpy.ma.MaskedArray):
        return None  # without its mask it would be another value
    if issubclass(type(value), numpy.ndarray):
        return encoder.array(numpy.ndarray.view(value, numpy.ndarray))
    if not issubclass(type(value), numpy.generic) or not (
        value.dtype.kind == "U" or _is_carried(value.dtype)
    ):
        return None
    plain = value.astype("int64").item() if value.dtype.kind in "mM" else value.item()
    name = "str" if value.dtype.kind == "U" else value.dtype.name
    return {"kind": "numpy_scalar", "dtype": name, "value": encoder.node(plain, depth + 1)}


def _pandas(encoder: Encoder, pandas: Any, value: Any, depth: int) -> Node | None:
    below = depth + 1
    if type(value) is pandas.RangeIndex:
        bounds = {"start": value.start, "stop": value.stop, "step": value.step}
        return {"kind": "range_index", **bounds, "name": encoder.node(value.name, below)}
    if type(value) in (pandas.Index, pandas.DatetimeIndex):
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


def _column(encoder: Encoder, column: Any, depth: int) -> Node:
    dtype = str(column.dtype)
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


def _tensor(encoder: Encoder, framework: Any, value: Any, _depth: int) -> Node | None:
    name, wants_gradient = framework.__name__, False
    if name == "torch":
        if not issubclass(type(value), framework.Tensor):
            return None
        wants_gradient, value = bool(value.requires_grad), value.detach().cpu()
    elif not issubclass(type(value), (framework.Tensor, framework.Variable)):
        return None
    array = encoder.array(value.numpy())
    return {"kind": "tensor", "framework": name, "array": array, "requires_grad": wants_gradient}


def _keras(encoder: Encoder, keras: Any, value: Any, depth: int) -> Node | None:
    below, exact = depth + 1, type(value)
    if exact is keras.callbacks.History:
        parts = {
            name: encoder.node(getattr(value, name, None), below) for name in ("history", "epoch", "params")
        }
        return {"kind": "keras_history", **parts}
    if not (exact.__name__ in ("Sequential", "Functional") and exact.__module__.startswith("keras.")):
        return None
    compiled = None
    if value.compiled:
        compiled = {**value.get_compile_config(), "optimizer": keras.optimizers.serialize(value.optimizer)}
    return {
        "kind": "keras_model",
        "config": encoder.text(value.to_json()),
        "weights": [encoder.array(one) for one in value.get_weights()] if value.built else None,
        "trainable": [[encoder.text(one.name), bool(one.trainable)] for one in layers_of(value)],
        "compiled": compiled and encoder.text(dumps(compiled)),
    }


def layers_of(layer: Any) -> list[Any]:
    """A model and all its layers, outer before inner, those of nested models included."""
    return [layer, *(deeper for one in getattr(layer, "layers", ()) for deeper in layers_of(one))]


def _estimator(encoder: Encoder, _sklearn: Any, value: Any, depth: int) -> Node | None:
    name = type(value).__name__
    if name not in ESTIMATORS or not type(value).__module__.startswith("sklearn."):
        return None
    # scikit-learn takes NumPy's scalar types for `dtype`; their names cross
    params = {k: p.__name__ if type(p) is type else p for k, p in value.get_params(deep=False).items()}
    fitted = {k: found for k, found in vars(value).items() if k.endswith("_") and not k.startswith("_")}
    if "_tfidf" in vars(value) and hasattr(value, "idf_"):
        fitted["idf_"] = value.idf_
    parts = {"params": encoder.node(params, depth + 1), "fitted": encoder.node(fitted, depth + 1)}
    return {"kind": "sklearn", "class": name, **parts}


_FAMILIES: dict[str, Callable[[Encoder, Any, Any, int], Node | None]] = {
    "keras": _keras,
    "torch": _tensor,
    "tensorflow": _tensor,
    "pandas": _pandas,
    "sklearn": _estimator,
    "numpy": _numpy,
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


def _is_carried(dtype: Any) -> bool:
    return dtype.kind in "biufmM" and dtype.itemsize <= 8


def _shortened(text: str) -> str:
    return str.encode(text[:MAX_REASON], errors="replace").decode()


def _string(value: object) -> str:
    if not issubclass(type(value), str):
        raise TypeError("an array of strings that holds something else")
    return str.__str__(value)
