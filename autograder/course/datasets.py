"""Data files: what `datasets/registry.toml` says of each, and the real file that somebody put in a stand-in's place.

A real file is kept in the cache, never in the course: it may not be handed on, or is too large.

    <cache>/datasets/<name>/<file>      the real file, under the name that notebooks read
    <cache>/datasets/<name>/use.json    its hash, and what it was called
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.course.cache import cache_root
from autograder.errors import CourseError, HarnessError, UsageError
from autograder.files import digest_of, write_atomically, write_error

Kind = Literal["real", "stand-in"]

_RECORD = "use.json"
# Of a file without a header so many lines are looked at.
_LINES = 1000


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RealFile(_Record):
    """The real file that a stand-in stands for: where it is had, and how to know it.

    `name` is what its source calls it. `columns` are the first line's where there is a `header`, else the names
    that the notebook gives them; only their number is checked then.
    """

    name: str
    source: str
    licence: str
    columns: tuple[str, ...]
    separator: str = ","
    header: bool = True


class Dataset(_Record):
    """One data file; `file` is its name in `datasets/` and beside the notebook.

    In an exercise it is the file in use: where a real one took a stand-in's place, `kind` and `sha256` are the real
    one's and `cached` is where it lies.
    """

    file: str
    source: str
    licence: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    description: str
    kind: Kind = "real"
    real: RealFile | None = None
    cached: Path | None = None


class _Use(_Record):
    format: Literal[1] = 1
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int
    original_name: str
    put_in_place_at: datetime


def in_use(name: str, registered: Dataset) -> Dataset:
    """The dataset as grading takes it: the registered one, or the real file that was put in its place.

    Raises:
        CourseError: the record of a real file cannot be read.
    """
    if registered.real is None:
        return registered
    record = _folder(name) / _RECORD
    try:
        use = _Use.model_validate_json(record.read_bytes())
    except FileNotFoundError:
        return registered
    except (OSError, ValidationError) as error:
        detail = " ".join(str(error).split())[:200]
        raise CourseError(
            f"{record}: cannot be read ({detail}); run `autograder datasets use {name} PATH` again"
        ) from None
    cached = _folder(name) / registered.file
    return registered.model_copy(update={"kind": "real", "sha256": use.sha256, "cached": cached})


def use_real(name: str, registered: Dataset, path: Path) -> Dataset:
    """Put a copy of the real file at `path` into the cache, in place of the stand-in; returns the file in use.

    Raises:
        UsageError: the dataset has no stand-in, or the file is missing or does not have the real one's columns.
        HarnessError: the cache cannot be written.
    """
    if registered.real is None:
        raise UsageError(f"{name}: the course has the real file; there is no stand-in to replace")
    if not path.is_file():
        raise UsageError(f"{path}: no such file; name the real file, from {registered.real.source}")
    _check_columns(name, registered.real, path)
    folder = _folder(name)
    target = folder / registered.file
    partial = target.with_name(f".{target.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, partial)
        digest = digest_of(partial)
        partial.chmod(0o644)
        partial.replace(target)
    except OSError as error:
        raise write_error(target, error) from error
    use = _Use(
        sha256=digest,
        bytes=target.stat().st_size,
        original_name=path.name,
        put_in_place_at=datetime.now(UTC),
    )
    write_atomically(folder / _RECORD, use.model_dump_json(indent=1) + "\n")
    return in_use(name, registered)


def use_stand_in(name: str, registered: Dataset) -> Dataset:
    """Go back to the stand-in; the copy of the real file is removed from the cache.

    Raises:
        UsageError: the dataset has no stand-in.
        HarnessError: the cache cannot be written.
    """
    if registered.real is None:
        raise UsageError(f"{name}: there is no stand-in for it; the course has the real file")
    folder = _folder(name)
    try:
        # The record first: it says that the file is there.
        for path in (folder / _RECORD, folder / registered.file):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise HarnessError(f"{folder}: cannot be cleared ({error.strerror}); check its permissions") from None
    return registered


def checked_path(dataset: Dataset, root: Path, exercise_id: str) -> Path:
    """Where the file in use lies, after a look at its hash; `root` is the course's folder.

    Raises:
        CourseError: it is missing or is not the registered one.
    """
    path = dataset.cached or root / "datasets" / dataset.file
    if not path.is_file():
        raise CourseError(f"{path}: data file of {exercise_id} is missing; {_remedy(dataset)}")
    found = digest_of(path)
    if found != dataset.sha256:
        says = "the record beside it" if dataset.cached else "datasets/registry.toml"
        raise CourseError(
            f"{path}: sha256 is {found[:12]}…, {says} says {dataset.sha256[:12]}…; {_remedy(dataset)}"
        )
    return path


def _remedy(dataset: Dataset) -> str:
    if dataset.cached:
        return "put the real file in place again with `autograder datasets use`, or go back with --stand-in"
    return f"restore it from {dataset.source}, or register the new one"


def _folder(name: str) -> Path:
    return cache_root() / "datasets" / name


def _check_columns(name: str, real: RealFile, path: Path) -> None:
    """Raises UsageError where the file does not begin as the real one does."""
    expected = list(real.columns)
    where = f"{path}: not the real file of {name}"
    try:
        with path.open(encoding="utf-8-sig") as file:
            lines = [line.rstrip("\r\n") for line, _ in zip(file, range(_LINES), strict=False)]
    except UnicodeDecodeError:
        raise UsageError(f"{where}: it is not text in UTF-8; take {real.name} from {real.source}") from None
    rows = [line.split(real.separator) for line in lines if line]
    if len(rows) < 1 + real.header:
        raise UsageError(f"{where}: it has no rows; take {real.name} from {real.source}")
    if real.header:
        if [column.strip().strip('"') for column in rows[0]] != expected:
            raise UsageError(
                f"{where}: its first line is {lines[0][:80]!r}, expected the columns {', '.join(expected)}"
            )
        return
    for number, row in enumerate(rows, 1):
        if len(row) != len(expected):
            raise UsageError(
                f"{where}: line {number} has {len(row)} columns, expected {len(expected)} ({', '.join(expected)}) "
                f"separated by {real.separator!r}"
            )
