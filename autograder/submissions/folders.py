"""Listing what lies in a folder or a zip: the notebooks, and a line for everything that is none."""

import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograder.errors import UsageError
from autograder.submissions.archive import Archive, shown
from autograder.submissions.layout import Parts
from autograder.submissions.names import one_line, readable
from autograder.submissions.sources import IS_A_LINK, DiskFile, Source, unreadable

_NESTED_ZIP = "is a zip inside a folder or zip, which is not opened; unpack it or name it on the command line"


@dataclass(frozen=True)
class Entry:
    """A notebook as listed: its path inside what was given, and either where to read it or why not."""

    parts: Parts
    source: str
    file: Source | None = None
    problem: str | None = None
    harness_problem: str | None = None


@dataclass
class Listing:
    """What a folder or zip holds."""

    entries: list[Entry] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def ignore(self, source: str, why: str) -> None:
        """Note something left out."""
        self.ignored.append(f"{source}: {why}")


def list_folder(root: Path) -> Listing:
    """Everything below a folder; links are never followed.

    Raises:
        UsageError: the folder itself cannot be listed.
    """
    listing, failures = Listing(), list[OSError]()
    for folder, subfolders, names in os.walk(root, onerror=failures.append):
        here = Path(folder)
        for name in sorted(subfolders):
            if is_hidden(name):
                listing.ignore(shown(here / name), "hidden")
            elif _is_link(here / name):
                listing.ignore(shown(here / name), "a link to a folder; links are not followed")
        subfolders[:] = sorted(name for name in subfolders if not is_hidden(name))
        for name in sorted(names):
            _add_file(listing, root, here / name)
    for failure in failures:
        _add_unlisted(listing, root, failure)
    return listing


def list_zip(archive: Archive) -> Listing:
    """Every file in a zip."""
    listing = Listing()
    for member, objection in archive.members():
        source = f"{shown(archive.path)}!{one_line(member.name)}"
        parts = tuple(part for part in member.name.split("/") if part not in ("", "."))
        hidden = next((i for i, part in enumerate(parts) if is_hidden(part)), None)
        kind = PurePosixPath(parts[-1]).suffix.lower() if parts else ""
        if hidden is not None and ".." not in parts:
            listing.ignore(f"{shown(archive.path)}!{one_line('/'.join(parts[: hidden + 1]))}", "hidden")
        elif kind not in (".ipynb", ".zip"):
            listing.ignore(source, "not a notebook")
        elif objection:
            # Where the folders cannot be trusted, only the file's own name tells the student.
            is_outside = (
                ".." in parts or member.name.startswith("/") or ":" in parts[0] or "\0" in member.name
            )
            listing.entries.append(Entry(parts[-1:] if is_outside else parts, source, problem=objection))
        elif kind == ".zip":
            listing.entries.append(Entry(parts, source, problem=_NESTED_ZIP))
        else:
            listing.entries.append(Entry(parts, source, file=member))
    return listing


def list_notebook(path: Path) -> Listing:
    """A notebook that was named by itself."""
    listing = Listing()
    _add_file(listing, path.parent, path)
    return listing


def is_hidden(name: str) -> bool:
    """Whether a file or folder is one that programs keep for themselves."""
    return name.startswith(".") or name == "__MACOSX"


def _add_file(listing: Listing, root: Path, path: Path) -> None:
    source, parts = shown(path), _parts(root, path)
    kind = path.suffix.lower()
    if is_hidden(path.name):
        listing.ignore(source, "hidden")
    elif kind == ".zip":
        listing.entries.append(Entry(parts, source, problem=_NESTED_ZIP))
    elif kind != ".ipynb":
        listing.ignore(source, "not a notebook")
    elif _is_link(path):
        listing.entries.append(Entry(parts, source, problem=IS_A_LINK))
    else:
        listing.entries.append(Entry(parts, source, file=DiskFile(path)))


def _add_unlisted(listing: Listing, root: Path, failure: OSError) -> None:
    """A folder that may not be listed stands for a submission that this machine could not read."""
    folder = Path(failure.filename)
    if folder == root:
        raise UsageError(f"{shown(root)}: cannot be listed ({failure.strerror}); check its permissions")
    parts = (*_parts(root, folder), "")
    listing.entries.append(Entry(parts, shown(folder), harness_problem=str(unreadable(failure))))


def _is_link(path: Path) -> bool:
    """Whether it is a link; what may not even be looked at says so when it is read."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def _parts(root: Path, path: Path) -> Parts:
    return tuple(readable(part) for part in path.relative_to(root).parts)
