"""Pretrained weights: what the registry says of them, and where they lie in the cache.

    <cache>/pretrained/in_use.json               which kind an exercise gets: {"vgg16_notop": "stand-in"}
    <cache>/pretrained/real/keras/models/        as Keras lays its own cache out
    <cache>/pretrained/real/huggingface/hub/     as the Hugging Face libraries do
    <cache>/pretrained/real/vgg16_notop.json     hash, size and origin of each file, written last
    <cache>/pretrained/stand-in/...              the same for stand-ins

So `KERAS_HOME=<cache>/pretrained/real/keras` and `HF_HOME=<cache>/pretrained/real/huggingface` give any program
the real files. Both kinds can be there at once; a file that is not on the record is not there.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.course.cache import cache_root
from autograder.course.datasets import Kind
from autograder.errors import CourseError
from autograder.files import write_atomically, write_error

_IN_USE = "in_use.json"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PretrainedFile(_Record):
    """One file of a registered model. What is not known beforehand is left out; docs/datasets.md says what then."""

    file: str = Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$")
    source: str = Field(pattern=r"^https?://")
    bytes: int | None = Field(None, gt=0)
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")
    md5: str | None = Field(None, pattern=r"^[0-9a-f]{32}$")


class PretrainedEntry(_Record):
    """Weights that exercises load by name, as `datasets/registry.toml` has them.

    `model` is what the student's code names. `revision` is the commit of a repository of the Hub.
    `stand_in_sha256` is the hash of the stand-in's tensors, the same on every machine.
    """

    library: Literal["keras", "huggingface"]
    model: str
    revision: str | None = Field(None, pattern=r"^[0-9a-f]{40}$")
    licence: str
    description: str
    stand_in_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    files: tuple[PretrainedFile, ...] = Field(min_length=1)


class Pretrained(PretrainedEntry):
    """Registered weights; `id` is their name in the registry."""

    id: str

    @property
    def weights_file(self) -> PretrainedFile:
        """The file with the weights, which is listed last."""
        return self.files[-1]


class StoredFile(_Record):
    """A file in the cache. `sha256` is the file's; `verified_by` says in words what vouches for it."""

    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int
    mtime_ns: int
    verified_by: str


class Stored(_Record):
    """What the cache has of one model and kind; `sha256` is what a scorecard says of it."""

    format: Literal[1] = 1
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    files: tuple[StoredFile, ...]


class _InUse(_Record):
    format: Literal[1] = 1
    kinds: dict[str, Kind] = {}


@dataclass(frozen=True)
class Ready:
    """Weights that an exercise can be run with: of which kind, and where their files are."""

    weights: Pretrained
    kind: Kind
    sha256: str
    folder: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file of it."""
        return tuple(self.folder / file.file for file in self.weights.files)


def pretrained_root() -> Path:
    """Where all pretrained weights lie."""
    return cache_root() / "pretrained"


def folder_of(weights: Pretrained, kind: Kind) -> Path:
    """The folder with the model's files, laid out as its library lays out its own cache."""
    home = pretrained_root() / kind
    if weights.library == "keras":
        return home / "keras" / "models"
    return repository_of(weights, kind) / "snapshots" / revision_of(weights)


def repository_of(weights: Pretrained, kind: Kind) -> Path:
    """The folder of a repository of the Hub."""
    name = "models--" + weights.model.replace("/", "--")
    return pretrained_root() / kind / "huggingface" / "hub" / name


def revision_of(weights: Pretrained) -> str:
    """The commit whose files are taken.

    Raises:
        CourseError: the registry does not name one.
    """
    if weights.revision is None:
        raise CourseError(
            f"datasets/registry.toml: [pretrained.{weights.id}] needs a revision, a commit of the Hub"
        )
    return weights.revision


def stored(weights: Pretrained, kind: Kind) -> Stored | None:
    """What the cache has, or None where a file is missing, or was changed since it was verified."""
    try:
        record = Stored.model_validate_json(_record(weights, kind).read_bytes())
        for file in record.files:
            found = (folder_of(weights, kind) / file.file).stat()
            if (found.st_size, found.st_mtime_ns) != (file.bytes, file.mtime_ns):
                return None
    except (OSError, ValidationError):
        return None
    return record if {file.file for file in record.files} == {file.file for file in weights.files} else None


def store(weights: Pretrained, kind: Kind, record: Stored) -> None:
    """Put the model's files, which are in place, on the record, and into use.

    Raises:
        HarnessError: the cache cannot be written.
    """
    if weights.library == "huggingface":  # a model that is loaded by name is looked for at its main revision
        reference = repository_of(weights, kind) / "refs" / "main"
        try:
            reference.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_error(reference, error) from error
        write_atomically(reference, revision_of(weights))
    write_atomically(_record(weights, kind), record.model_dump_json(indent=1) + "\n")
    put_into_use(weights, kind)


def stored_file(path: Path, *, sha256: str, verified_by: str) -> StoredFile:
    """A file that is in place, for the record."""
    found = path.stat()
    return StoredFile(
        file=path.name,
        sha256=sha256,
        bytes=found.st_size,
        mtime_ns=found.st_mtime_ns,
        verified_by=verified_by,
    )


def put_into_use(weights: Pretrained, kind: Kind) -> None:
    """Have exercises get this kind from now on.

    Raises:
        HarnessError: the cache cannot be written.
    """
    kinds = {**_in_use().kinds, weights.id: kind}
    write_atomically(pretrained_root() / _IN_USE, _InUse(kinds=kinds).model_dump_json(indent=1) + "\n")


def kind_in_use(weights: Pretrained) -> Kind | None:
    """The kind that exercises get, or None where the cache has neither."""
    chosen = _in_use().kinds.get(weights.id)
    kinds: tuple[Kind, ...] = get_args(Kind)
    wanted = kinds if chosen is None else (chosen, *kinds)
    return next((kind for kind in wanted if stored(weights, kind) is not None), None)


def ready(weights: Pretrained) -> Ready:
    """The weights as an exercise gets them.

    Raises:
        CourseError: the cache has neither the real files nor a stand-in.
    """
    kind = kind_in_use(weights)
    record = None if kind is None else stored(weights, kind)
    if kind is None or record is None:
        raise CourseError(
            f"{weights.id}: neither the real weights nor a stand-in are in the cache; run `autograder prefetch`, or "
            "`autograder prefetch --stand-ins` where there is no network"
        )
    return Ready(weights, kind, record.sha256, folder_of(weights, kind))


@contextmanager
def locked() -> Iterator[None]:
    """Only one process at a time changes the cache of weights; the others wait.

    Raises:
        HarnessError: the cache cannot be written.
    """
    path = pretrained_root() / ".lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened = path.open("w")
    except OSError as error:
        raise write_error(path, error) from error
    with opened:
        if os.name == "posix":
            import fcntl

            fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _record(weights: Pretrained, kind: Kind) -> Path:
    return pretrained_root() / kind / f"{weights.id}.json"


def _in_use() -> _InUse:
    try:
        return _InUse.model_validate_json((pretrained_root() / _IN_USE).read_bytes())
    except (OSError, ValidationError):
        return _InUse()
