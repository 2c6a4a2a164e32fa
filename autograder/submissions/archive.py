"""Notebooks inside a zip file that nobody vouches for.

Covered: names that lead outside, links, devices, passwords, damaged or overlapping members, zip
bombs (by size, by ratio and in sum, counted while unpacking), and names in the code pages of Korean
Windows. Nothing is written to the disk. bzip2 and LZMA members are refused, since Python unpacks those
without a bound. Not covered: the zip's own table of contents is held in memory, so a zip of gigabytes
of names needs as much.
"""

import errno
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from autograder.errors import HarnessError, SubmissionError, UsageError
from autograder.submissions.names import one_line, readable
from autograder.submissions.sources import IS_A_LINK, MAX_NOTEBOOK_BYTES, read_capped, unreadable

MAX_MEMBERS = 100_000
MAX_TOTAL_BYTES = 8 * 2**30
MAX_RATIO = 200
_FREE_OF_RATIO = 16 * 2**20  # a notebook of this size is harmless, however well it was packed
_UTF8_FLAG = 0x800
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# All that zipfile is known to raise over a damaged or forged member.
_DAMAGED = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error,
    EOFError, ValueError, OverflowError, struct.error,
)  # fmt: skip


@dataclass(frozen=True)
class ZipMember:
    """A notebook inside a zip, known by its place in the table of contents: names may occur twice."""

    archive: Path
    index: int
    name: str

    def read(self) -> bytes:
        """See `sources.Source.read`; opens the zip for this one member."""
        try:
            with Archive(self.archive) as archive:
                return archive.read(self)
        except UsageError as error:
            raise HarnessError(f"cannot be read any more: {error}") from None


class Archive:
    """An open zip; keeps count of all that it has unpacked."""

    def __init__(self, path: Path) -> None:
        """Open the zip.

        Raises:
            UsageError: it is no zip, is damaged as a whole, or has too many members.
        """
        self.path = path
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UsageError(f"{shown(path)}: cannot be opened ({reason}); check the file") from None
        except _DAMAGED as error:
            raise UsageError(
                f"{shown(path)}: is not a zip that can be read ({_reason(error)}); "
                "download it again, or unpack it and give the folder"
            ) from None
        if len(self._zip.infolist()) > MAX_MEMBERS:
            self._zip.close()
            raise UsageError(f"{shown(path)}: holds more than {MAX_MEMBERS:,} files; zip the notebooks alone")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def members(self) -> list[tuple[ZipMember, str | None]]:
        """Every file in it, in the zip's order, each with what forbids opening it, if anything does."""
        return [
            (ZipMember(self.path, index, name), _objection(info, name))
            for index, info in enumerate(self._zip.infolist())
            if not (name := _name(info)).endswith("/")
        ]

    def read(self, member: ZipMember) -> bytes:
        """Unpack one member, counting while it is read; headers are not trusted.

        Raises:
            SubmissionError: a bomb, too large, damaged, or of a kind that is not opened.
            HarnessError: the zip changed or cannot be read, or has unpacked to too much already.
        """
        infos = self._zip.infolist()
        if member.index >= len(infos) or _name(infos[member.index]) != member.name:
            raise HarnessError("is no longer where it was in the zip; run again with the zip as it is now")
        info = infos[member.index]
        if objection := _objection(info, member.name):
            raise SubmissionError(objection)
        if self._unpacked > MAX_TOTAL_BYTES:
            raise HarnessError(
                f"comes after the first {MAX_TOTAL_BYTES // 2**30} GB of notebooks in this zip; "
                "unpack the zip and give the folder"
            )
        content = self._unpack(info)
        self._unpacked += len(content)
        return content

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        allowed = max(_FREE_OF_RATIO, MAX_RATIO * info.compress_size)
        try:
            with self._zip.open(info) as file:
                return read_capped(file, min(allowed, MAX_NOTEBOOK_BYTES))
        except SubmissionError:
            self._unpacked += allowed
            if allowed < MAX_NOTEBOOK_BYTES:
                raise SubmissionError(
                    f"unpacks to more than {MAX_RATIO} times its size, as a zip bomb does; "
                    "clear all outputs and hand in the notebook itself"
                ) from None
            raise
        except _DAMAGED as error:
            raise _damaged(error) from None
        except OSError as error:
            # Seeking to an impossible place is the zip's fault; anything else is the machine's.
            raise (_damaged(error) if error.errno == errno.EINVAL else unreadable(error)) from None


def shown(path: Path) -> str:
    """A path as messages show it."""
    return one_line(readable(str(path)))


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name as its author read it, with `/` between folders.

    Without the UTF-8 flag zipfile reads code page 437; macOS means UTF-8 then, and Korean Windows 949.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            break
    return unicodedata.normalize("NFC", name).replace("\\", "/")


def _objection(info: zipfile.ZipInfo, name: str) -> str | None:
    """Why a member is not to be opened."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if (
        name.startswith("/")
        or re.match("[A-Za-z]:", name)
        or ".." in PurePosixPath(name).parts
        or "\0" in name
    ):
        return "has a name that leads out of the zip; zip it again with plain folder names"
    if kind == stat.S_IFLNK:
        return IS_A_LINK
    if kind not in (0, stat.S_IFREG):
        return "is not an ordinary file; hand in the notebook itself"
    if info.flag_bits & _ENCRYPTED:
        return "is protected by a password; zip it again without one"
    if info.compress_type not in _METHODS:
        return (
            f"is packed by method {info.compress_type}, which is not opened here; zip it again the usual way"
        )
    return None


def _damaged(error: Exception) -> SubmissionError:
    return SubmissionError(f"is damaged inside the zip ({_reason(error)}); hand it in again")


def _reason(error: Exception) -> str:
    return one_line(" ".join(str(error).split()))[:200] or type(error).__name__
