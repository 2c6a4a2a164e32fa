"""Runs inside the student's kernel: writes notebook variables down as data, and calls functions.

Loaded from this file as `_autograder_collector` before any student code, so it imports nothing of ours; the
encoder beside it is loaded by path. It shares a process with the student's code and is never believed:
whoever patches or deceives it changes what is written and nothing else, and the reader checks every byte.
What it promises is never to raise, to stay within its limits, and to say why a value was not carried.
"""

import builtins
from binascii import a2b_base64
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from json import dumps, loads
from os import replace
from pathlib import Path
from typing import Any

# Functions look names up in the `__builtins__` of their module: a copy of its own keeps `open = None` out.
globals()["__builtins__"] = dict(vars(builtins))

MAX_BYTES = 64 * 2**20  # arrays of one question
NO_ARRAYS = b"\x02\0\0\0\0\0\0\0{}"  # an empty safetensors file
Node = dict[str, Any]

_kept: dict[tuple[str, str], Callable[..., Any]] = {}


def collect(
    question: str,
    names: Iterable[str],
    target: str,
    *,
    namespace: Mapping[str, Any] | None = None,
    max_bytes: int = MAX_BYTES,
    known: Iterable[str] = (),
) -> None:
    """Write the named variables to `target + ".json"` and `target + ".safetensors"`; never raises.

    `namespace` is the notebook's own unless given; `max_bytes` bounds the arrays of all names together; `known`
    are the hashes of pretrained weights that the judge has.
    """
    with suppress(BaseException):
        variables = _notebook() if namespace is None else namespace
        encoder = _encoder.Encoder(max_bytes, known=frozenset(known))
        nodes = {}
        for name in names:
            nodes[name] = encoder.variable(variables[name]) if name in variables else {"kind": "absent"}
            if nodes[name]["kind"] == "function":
                _kept[question, name] = variables[name]
        _write(target, {"format": 1, "question": question, "names": nodes}, encoder.arrays)


def call(
    request_path: str, reply_path: str, *, max_bytes: int = MAX_BYTES, known: Iterable[str] = ()
) -> None:
    """Call a function that `collect` kept, with the arguments of the request; never raises.

    Both paths are those of a JSON file, with or without its suffix; arrays lie beside it as `.safetensors`.
    """
    encoder = _encoder.Encoder(max_bytes, known=frozenset(known))
    try:
        request, arrays = _read(request_path.removesuffix(".json"))
        function = _kept[request["question"], request["name"]]
        args, kwargs = _decode(request["args"], arrays), _decode(request["kwargs"], arrays)
        reply = {"format": 1, "ok": True, "value": encoder.variable(function(*args, **kwargs))}
    except BaseException as error:  # the student's code ends here, whatever it raised
        encoder.arrays.clear()
        reply = {"format": 1, "ok": False, "error": _encoder.described(error)}
    with suppress(BaseException):
        _write(reply_path.removesuffix(".json"), reply, encoder.arrays)


def _notebook() -> Mapping[str, Any]:
    from IPython import get_ipython

    namespace: Mapping[str, Any] = get_ipython().user_ns
    return namespace


def _write(stem: str, document: Node, arrays: Mapping[str, Any]) -> None:
    """Write the arrays and then the document, which tells by being there that both are complete."""
    tensors = NO_ARRAYS
    if arrays:
        from safetensors.numpy import save

        tensors = save(dict(arrays))
    text = dumps(document, ensure_ascii=False, allow_nan=False).encode()
    for suffix, data in ((".safetensors", tensors), (".json", text)):
        with open(stem + suffix + ".part", "wb") as file:  # noqa: PTH123 - pathlib's builtins are not ours
            file.write(data)
        replace(stem + suffix + ".part", stem + suffix)  # noqa: PTH105


def _read(stem: str) -> tuple[Node, Mapping[str, Any]]:
    with open(stem + ".json", "rb") as file:  # noqa: PTH123
        document = loads(file.read())
    with open(stem + ".safetensors", "rb") as file:  # noqa: PTH123
        tensors = file.read()
    if tensors == NO_ARRAYS:
        return document, {}
    from safetensors.numpy import load

    return document, load(tensors)


def _decode(node: Node, arrays: Mapping[str, Any]) -> Any:
    """A call's argument; plain kinds only, and unchecked, since the judge wrote them."""
    kind = node["kind"]
    if kind in _SCALARS:
        return _SCALARS[kind](node.get("value"))
    if kind in _CONTAINERS:
        return _CONTAINERS[kind](_decode(item, arrays) for item in node["items"])
    if kind == "dict":
        return {_decode(key, arrays): _decode(value, arrays) for key, value in node["items"]}
    if kind in ("array", "array_of_str", "numpy_scalar"):
        return _decode_numpy(node, arrays)
    if kind in ("sparse", "tensor", "picture"):
        return _decode_other(node, arrays)
    return _decode_pandas(node, arrays)


_SCALARS: dict[str, Callable[[Any], Any]] = {
    "none": lambda _value: None,
    "ellipsis": lambda _value: ...,
    "bool": bool,
    "int": int,
    "float": float,
    "str": str,
    "bytes": a2b_base64,
}
_CONTAINERS: dict[str, Callable[[Iterable[Any]], Any]] = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
}
# What a test may pass to a function.
ARGUMENTS = frozenset(
    (
        *(
            *_SCALARS,
            *_CONTAINERS,
            "dict",
            "array",
            "array_of_str",
            "numpy_scalar",
            "sparse",
            "tensor",
            "picture",
        ),
        *("index", "range_index", "series", "dataframe", "categorical"),
    )
)


def _decode_numpy(node: Node, arrays: Mapping[str, Any]) -> Any:
    import numpy

    if node["kind"] == "array":
        return arrays[node["array"]].astype(node["dtype"])  # a copy: the arguments are the function's own
    if node["kind"] == "array_of_str":
        dtype = str if node["dtype"] == "str" else object
        return numpy.array(node["values"], dtype=dtype).reshape(node["shape"])
    return numpy.array(_decode(node["value"], arrays)).astype(node["dtype"])[()]


def _decode_other(node: Node, arrays: Mapping[str, Any]) -> Any:
    if node["kind"] == "tensor":
        array = _decode_numpy(node["array"], arrays)
        if node["framework"] == "tensorflow":
            return import_module("tensorflow").constant(array)
        return import_module("torch").from_numpy(array).requires_grad_(node["requires_grad"])
    if node["kind"] == "picture":
        return import_module("PIL.Image").fromarray(_decode_numpy(node["pixels"], arrays))
    sparse = import_module("scipy.sparse")
    is_pairs = node["class"].startswith("coo")
    names = ("data", "row", "col") if is_pairs else ("data", "indices", "indptr")
    data, first, second = (_decode_numpy(node[name], arrays) for name in names)
    parts = (data, (first, second)) if is_pairs else (data, first, second)
    return getattr(sparse, node["class"])(parts, shape=node["shape"])


def _decode_pandas(node: Node, arrays: Mapping[str, Any]) -> Any:
    import pandas

    kind = node["kind"]
    if kind == "dataframe":
        columns, index = _decode(node["columns"], arrays), _decode(node["index"], arrays)
        data = [pandas.Series(_decode(one["values"], arrays), index, one["dtype"]) for one in node["data"]]
        frame = pandas.concat(data, axis=1) if data else pandas.DataFrame(index=index)
        return frame.set_axis(columns, axis=1)
    if kind == "range_index":
        return pandas.RangeIndex(
            node["start"], node["stop"], node["step"], name=_decode(node["name"], arrays)
        )
    if kind == "categorical":
        codes, categories = _decode_numpy(node["codes"], arrays), _decode(node["categories"], arrays)
        return pandas.Categorical.from_codes(codes, categories=categories, ordered=node["ordered"])
    values, name = _decode(node["values"], arrays), _decode(node["name"], arrays)
    if kind == "index":
        return pandas.Index(values, dtype=node["dtype"], name=name)
    return pandas.Series(values, _decode(node["index"], arrays), node["dtype"], name=name)


def _load_encoder() -> Any:
    spec = spec_from_file_location("_autograder_encoder", Path(__file__).with_name("encoder.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_encoder = _load_encoder()
