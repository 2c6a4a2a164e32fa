"""Which backend Keras runs on: told to every process by Keras's own environment variable."""

import importlib.util
import os
from collections.abc import Collection
from functools import cache
from typing import Literal, get_args

from autograder.errors import UsageError

Backend = Literal["tensorflow", "torch"]
BACKENDS: tuple[Backend, ...] = get_args(Backend)
VARIABLE = "KERAS_BACKEND"


def keras_backend() -> Backend:
    """The backend that kernels and judges use from here on.

    Unless something else was chosen it is tensorflow, and on a machine without it torch.

    Raises:
        UsageError: what was chosen is not installed, or is none that the course runs on.
    """
    installed = _installed()
    named = os.environ.get(VARIABLE) or [*installed, *BACKENDS][0]
    for backend in BACKENDS:
        if named == backend:
            if backend not in installed and installed:
                raise UsageError(f"{backend} is not installed here; say --backend {installed[0]}")
            return backend
    raise UsageError(f"{VARIABLE} is {named!r}; the course runs on {' and '.join(BACKENDS)}")


def use_keras_backend(backend: Backend) -> None:
    """Choose the backend for every process that is started after this."""
    os.environ[VARIABLE] = backend


@cache
def _installed() -> tuple[Backend, ...]:
    return tuple(backend for backend in BACKENDS if importlib.util.find_spec(backend) is not None)


def backends_of(preload: Collection[str]) -> tuple[Backend, ...]:
    """What computes in a notebook that imports these modules: Keras's backend, torch by itself, or nothing of both."""
    named = {name.partition(".")[0] for name in preload}
    used = {keras_backend()} if "keras" in named else set()
    return tuple(backend for backend in BACKENDS if backend in used | (named & set(BACKENDS)))


def missing_modules(preload: Collection[str]) -> tuple[str, ...]:
    """The packages that a notebook with these modules needs and that are not installed."""
    packages = list(dict.fromkeys(name.partition(".")[0] for name in preload))
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if "keras" in packages and not _installed():
        missing.append(" or ".join(BACKENDS))
    return tuple(missing)
