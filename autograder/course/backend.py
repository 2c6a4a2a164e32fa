"""Which backend Keras runs on: told to every process by Keras's own environment variable."""

import os
from typing import Literal, get_args

from autograder.errors import UsageError

Backend = Literal["tensorflow", "torch"]
BACKENDS: tuple[Backend, ...] = get_args(Backend)
VARIABLE = "KERAS_BACKEND"


def keras_backend() -> Backend:
    """The backend that kernels and judges use from here on; tensorflow unless something else was chosen.

    Raises:
        UsageError: the environment names a backend that the course does not run on.
    """
    named = os.environ.get(VARIABLE) or BACKENDS[0]
    for backend in BACKENDS:
        if named == backend:
            return backend
    raise UsageError(f"{VARIABLE} is {named!r}; the course runs on {' and '.join(BACKENDS)}")


def use_keras_backend(backend: Backend) -> None:
    """Choose the backend for every process that is started after this."""
    os.environ[VARIABLE] = backend
