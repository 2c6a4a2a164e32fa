"""Code that must never run: everything here can be named by an input, and reports when it is reached."""

import builtins
import io
import marshal
import pickle
from base64 import b64encode

import numpy as np

fired: list[str] = []


def fire(*args: object, **_kwargs: object) -> object:
    """What every planted name, pickle and lambda leads to."""
    fired.append("fire")
    return args[0] if args else None


class Canary:
    """A class that reports when it is made, unpickled or rebuilt from a config."""

    def __init__(self, *_args: object, **_kwargs: object) -> None:
        fired.append("Canary")

    @classmethod
    def from_config(cls, _config: object) -> object:
        fired.append("Canary.from_config")
        return object.__new__(cls)

    def get_config(self) -> dict[str, object]:
        return {}

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return fire, ("unpickled",)


def _npy_of_objects() -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.array([object.__new__(Canary)], dtype=object), allow_pickle=True)
    return stream.getvalue()


PICKLE = pickle.dumps(object.__new__(Canary))
NPY = _npy_of_objects()
BUILTINS_PICKLE = pickle.dumps((builtins.eval, "1"))
LAMBDA = {
    "class_name": "__lambda__",
    "config": {"value": b64encode(marshal.dumps(fire.__code__)).decode(), "defaults": None, "closure": None},
}
NAMES = (
    "fuzz.canary",
    "fuzz.canary.fire",
    "fuzz.canary:fire",
    "course>Canary",
    "course>fire",
    "Canary",
    "fire",
    "__import__('fuzz.canary').canary.fire()",
    b64encode(PICKLE).decode(),
)
