"""Pretrained weights in a kernel: Keras and the Hugging Face libraries find them where they look for their own.

A kernel sees, read-only, the files of what its exercise declares. Its libraries' caches are folders of its own with
links to them, since Keras takes a cache that it may not write to for none at all.

Keras compares a file with the md5 that it knows for it, which a stand-in cannot have. For exactly the stand-ins'
paths that the grader names, the comparison is left out; they lie where a confined kernel cannot write. Every other
file is compared as ever, a student's own under the same name, too.
"""

import importlib
import os
import sys
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Weights:
    """What is shown to one kernel: Keras's files, and folders of repositories of the Hub.

    `stand_ins` are those of Keras's files that are stand-ins. Paths are absolute and without links.
    """

    keras_files: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()

    @property
    def readable(self) -> tuple[str, ...]:
        """What the kernel must be able to read."""
        return (*self.keras_files, *self.repositories)

    def to_json(self) -> dict[str, Any]:
        """As plain data; `from_json` reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Weights":
        """The weights that `to_json` wrote down."""
        return cls(**{name: tuple(paths) for name, paths in data.items()})


def cache_places(tmp: str) -> dict[str, str]:
    """Where a kernel with the folder `tmp` has its libraries' caches, as environment variables."""
    return {"KERAS_HOME": f"{tmp}/.keras", "HF_HOME": f"{tmp}/.huggingface"}


def point_at(places: dict[str, str]) -> None:
    """Have libraries that were imported with other places use these; call it before the environment is changed."""
    for variable, loaded in (
        ("KERAS_HOME", ("keras.src.backend.config",)),
        ("HF_HOME", ("huggingface_hub.constants", "transformers.utils.hub")),
    ):
        old, new = os.environ.get(variable), places[variable]
        for module in (sys.modules[name] for name in loaded if name in sys.modules):
            for name, value in vars(module).copy().items():
                if old and isinstance(value, str) and (value == old or value.startswith(old + "/")):
                    setattr(module, name, new + value[len(old) :])


def show(weights: Weights) -> None:
    """Put links to the weights into this process's caches, and have Keras accept the stand-ins among them."""
    links = [(Path(os.environ["KERAS_HOME"], "models"), path) for path in weights.keras_files]
    links += [(Path(os.environ["HF_HOME"], "hub"), path) for path in weights.repositories]
    for folder, path in links:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / Path(path).name).symlink_to(path)
    if weights.stand_ins:
        _accept(frozenset(weights.stand_ins))


def _accept(stand_ins: Collection[str]) -> None:
    files: Any = importlib.import_module("keras.src.utils.file_utils")
    has_hash = files.validate_file

    def validate_file(fpath: str, *args: Any, **options: Any) -> bool:
        return os.path.realpath(fpath) in stand_ins or bool(has_hash(fpath, *args, **options))

    files.validate_file = validate_file
