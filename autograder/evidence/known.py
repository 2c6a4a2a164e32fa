"""Weights that need no carrying: those of pretrained files that executor and judge both have.

A folder of pretrained files gets an index, `known.json`, which says of each large array what its hash is and
where its bytes lie. The kernel is told the hashes alone; of a weight whose hash is among them only that hash
crosses, and the judge reads the array from its own copy of the file. A path never comes from evidence.

    write_index(folder)                     after files were added below `folder`; returns the index
    known = KnownArrays.load(index)         executor: `known.hashes`; judge: `Bundle(path, known=known)`

Indexed are the arrays of .safetensors and .h5 files of at least `KNOWN_AT_LEAST` bytes, where they lie in one piece.
"""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.errors import CourseError, EvidenceError
from autograder.evidence.encoder import KNOWN_AT_LEAST, array_sha256
from autograder.files import write_atomically

__all__ = ["INDEX", "KNOWN_AT_LEAST", "NOTHING_KNOWN", "KnownArrays", "array_sha256", "write_index"]

INDEX = "known.json"
# As safetensors calls them; what NumPy lacks (bfloat16) does not cross at all.
_DTYPES = {"F16": "float16", "F32": "float32", "F64": "float64", "I8": "int8", "I32": "int32", "I64": "int64"}
_MAX_HEADER_BYTES = 100 * 2**20


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Place(_Record):
    """Where an array's bytes lie: `offset` bytes into `file`, which is named from the index's folder."""

    file: str
    name: str
    offset: int = Field(ge=0)
    dtype: Literal["float16", "float32", "float64", "int8", "int32", "int64"]
    shape: tuple[int, ...]


class _Index(_Record):
    format: Literal[1] = 1
    arrays: dict[str, _Place]


@dataclass(frozen=True)
class KnownArrays:
    """The arrays of an index, by hash. Reading one checks its hash, once for each object of this class."""

    folder: Path
    digest: str
    places: Mapping[str, _Place]
    is_as_recorded: bool = True
    _checked: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, index: Path) -> "KnownArrays":
        """Read an index that `write_index` made.

        Raises:
            CourseError: it cannot be read.
        """
        try:
            content = index.read_bytes()
            places = _Index.model_validate_json(content).arrays
        except (OSError, ValidationError) as error:
            raise CourseError(f"{index}: cannot be read; run `autograder prefetch` again: {error}") from None
        return cls(index.parent, hashlib.sha256(content).hexdigest(), places)

    @property
    def hashes(self) -> list[str]:
        """What the kernel is told."""
        return sorted(self.places)

    def as_recorded_with(self, digest: str | None) -> "KnownArrays":
        """The same, for evidence that was recorded while the index had this digest.

        A hash that is not there means hostile evidence only while the index is the one of that time.
        """
        return replace(self, is_as_recorded=digest in (None, self.digest))

    def described(self, sha256: str) -> tuple[str, tuple[int, ...]]:
        """The dtype and shape of an array.

        Raises:
            EvidenceError: no array has this hash.
            CourseError: the same, and the index is not the one that the evidence was recorded with.
        """
        place = self.places.get(sha256)
        if place is not None:
            return place.dtype, place.shape
        if self.is_as_recorded:
            raise EvidenceError("it names pretrained weights by a hash that none has")
        raise CourseError(
            "recorded with other pretrained weights than are in the cache; run this submission again"
        )

    def read(self, sha256: str) -> NDArray[Any]:
        """The array, mapped from its file: what is written to it is the caller's own and reaches no file.

        Raises:
            EvidenceError: no array has this hash.
            CourseError: its file is gone, or holds something else by now.
        """
        dtype, shape = self.described(sha256)
        place = self.places[sha256]
        path = self.folder / place.file
        try:
            array = np.asarray(np.memmap(path, dtype, mode="c", offset=place.offset, shape=shape))
        except (OSError, ValueError) as error:
            raise CourseError(f"{path}: {place.name} cannot be read; {_AGAIN}: {error}") from None
        if sha256 not in self._checked:
            if array_sha256(array) != sha256:
                raise CourseError(f"{path}: {place.name} is not what it was; {_AGAIN}")
            self._checked.add(sha256)
        return array


_AGAIN = "run `autograder prefetch` again"
NOTHING_KNOWN = KnownArrays(Path(), "", {})


def write_index(folder: Path) -> Path:
    """Write `folder/known.json` over all .safetensors and .h5 files below `folder`; returns its path.

    Half-downloaded files must have another ending. The same files give the same bytes, wherever the folder is.

    Raises:
        CourseError: a file is not of the format that its name says.
    """
    found: dict[str, _Place] = {}
    for path in sorted(folder.rglob("*")):
        listed = _LISTED.get(path.suffix)
        if listed is None or not path.is_file():
            continue
        try:
            for place in listed(path, path.relative_to(folder).as_posix()):
                if math.prod(place.shape) * np.dtype(place.dtype).itemsize >= KNOWN_AT_LEAST:
                    array = np.memmap(path, place.dtype, mode="r", offset=place.offset, shape=place.shape)
                    found.setdefault(array_sha256(array), place)
        except (OSError, ValueError, KeyError) as error:
            raise CourseError(f"{path}: cannot be read; fetch it again: {error}") from None
    index = folder / INDEX
    write_atomically(index, _Index(arrays=dict(sorted(found.items()))).model_dump_json(indent=1) + "\n")
    return index


def _in_safetensors(path: Path, file: str) -> Iterator[_Place]:
    with path.open("rb") as opened:
        size = int.from_bytes(opened.read(8), "little")
        if size > _MAX_HEADER_BYTES:
            raise ValueError("its header is too long")
        header = json.loads(opened.read(size))
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] in _DTYPES:
            offset = 8 + size + entry["data_offsets"][0]
            yield _Place(
                file=file,
                name=name,
                offset=offset,
                dtype=_DTYPES[entry["dtype"]],
                shape=tuple(entry["shape"]),
            )


def _in_hdf5(path: Path, file: str) -> Iterator[_Place]:
    import h5py

    places: list[_Place] = []

    def visit(name: str, entry: Any) -> None:
        if isinstance(entry, h5py.Dataset) and entry.dtype.name in _DTYPES.values():
            offset = entry.id.get_offset()  # None where the data lie in chunks
            if offset is not None and entry.dtype.isnative:
                places.append(
                    _Place(file=file, name=name, offset=offset, dtype=entry.dtype.name, shape=entry.shape)
                )

    with h5py.File(path, "r") as opened:
        opened.visititems(visit)
    yield from places


_LISTED = {".safetensors": _in_safetensors, ".h5": _in_hdf5}
