"""Pretrained files from the net: resumed where they were interrupted, verified before they have their name.

A file that is being fetched is called `.<name>.part`; the next attempt asks for the rest of it. What vouches for a
file, in this order: the sha256 of the registry; its md5 there (Keras's own source knows no more); what the server of
the Hub says of it in `X-Linked-ETag` or `ETag` (a sha256 of a large file, git's hash of a small one). A file for which
nothing does is refused.
"""

import hashlib
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO, Any

from autograder.course.pretrained import PretrainedFile, StoredFile, stored_file
from autograder.errors import HarnessError
from autograder.files import digest_of, write_error

ATTEMPTS = 4
TIMEOUT_S = 60.0
PAUSE_S = 0.5
_CHUNK = 2**20
_PARTIAL_CONTENT, _RANGE_NOT_SATISFIABLE, _SERVER_ERROR = 206, 416, 500
_SHA256, _GIT = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{40}")

# Bytes that are there, and bytes in all where that is known.
Progress = Callable[[int, int | None], None]


@dataclass
class _Told:
    """What the server said of the file, on the way to it, too."""

    tags: list[str] = field(default_factory=list)
    total: int | None = None

    def hear(self, headers: Message) -> None:
        """Note a response's headers; the first tag is the one of the server that was asked."""
        for name in ("X-Linked-ETag", "ETag"):
            tag = headers.get(name, "").removeprefix("W/").strip('"')
            if tag:
                self.tags.append(tag)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects and hears what they say: the Hub tells a file's hash only there."""

    def __init__(self, told: _Told) -> None:
        self._told = told

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Called by urllib for each redirect."""
        self._told.hear(headers)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(file: PretrainedFile, folder: Path, progress: Progress) -> StoredFile:
    """Download a file into `folder`, or what is missing of it.

    Raises:
        HarnessError: the net, the disk, or the file is not what it should be; what came is kept for the next
            attempt, unless it is wrong.
    """
    target = folder / file.file
    partial = target.with_name(f".{target.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_resumed = _size(partial) > 0
        told = _download(file, partial, progress)
        verified_by = _verify(file, partial, told)
        if verified_by is None and is_resumed:  # the part may have been of another file
            partial.unlink()
            told = _download(file, partial, progress)
            verified_by = _verify(file, partial, told)
        if verified_by is None:
            partial.unlink()
            raise HarnessError(_refusal(file))
        digest = digest_of(partial)
        partial.chmod(0o644)
        partial.replace(target)
    except OSError as error:
        raise write_error(target, error) from error
    return stored_file(target, sha256=digest, verified_by=verified_by)


def _download(file: PretrainedFile, partial: Path, progress: Progress) -> _Told:
    """Bring `partial` to its full length.

    Raises:
        HarnessError: the server cannot be reached, refuses, or breaks off again and again without sending anything.
    """
    failures = 0
    while True:
        before, told = _size(partial), _Told()
        reason = _attempt(file, partial, told, progress)
        if reason is None:
            return told
        failures = 0 if _size(partial) > before else failures + 1
        if failures == ATTEMPTS:
            raise HarnessError(
                f"{file.source}: cannot be downloaded ({reason}); what came is kept, run the same command to go on, or "
                "`autograder prefetch --stand-ins` to do without"
            )
        time.sleep(failures * PAUSE_S)


def _attempt(file: PretrainedFile, partial: Path, told: _Told, progress: Progress) -> str | None:
    """Ask once for what is missing; returns why something still is, or None."""
    try:
        _append(file, partial, told, progress)
    except urllib.error.HTTPError as error:
        if error.code == _RANGE_NOT_SATISFIABLE and _size(partial):
            told.hear(error.headers)
            return None  # all of it is there already
        if error.code < _SERVER_ERROR:
            raise HarnessError(f"{file.source}: the server answers {error.code} {error.reason}") from None
        return f"{error.code} {error.reason}"
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        return str(getattr(error, "reason", None) or error)
    if told.total is not None and _size(partial) < told.total:
        return "the server broke off"
    return None


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _append(file: PretrainedFile, partial: Path, told: _Told, progress: Progress) -> None:
    there = _size(partial)
    headers = {"User-Agent": "autograder", "Accept-Encoding": "identity"}
    if there:
        headers["Range"] = f"bytes={there}-"
    opener = urllib.request.build_opener(_Redirects(told))
    request = urllib.request.Request(file.source, headers=headers)  # noqa: S310 - from the course's registry
    response: HTTPResponse
    with opener.open(request, timeout=TIMEOUT_S) as response:
        told.hear(response.headers)
        if response.status != _PARTIAL_CONTENT:
            there = 0  # the server sends all of it
        length = response.headers.get("Content-Length")
        told.total = there + int(length) if length else None
        with partial.open("ab" if there else "wb") as out:
            progress(there, told.total)
            while chunk := response.read(_CHUNK):
                out.write(chunk)
                there += len(chunk)
                progress(there, told.total)


def _verify(file: PretrainedFile, path: Path, told: _Told) -> str | None:
    """What vouches for the file, in words; None where it is not the right one, or nothing does."""
    if file.bytes is not None and path.stat().st_size != file.bytes:
        return None
    if file.sha256 is not None:
        return "sha256 of the registry" if digest_of(path) == file.sha256 else None
    if file.md5 is not None:
        return "md5 of the registry" if digest_of(path, "md5") == file.md5 else None
    for tag in told.tags:
        if _SHA256.fullmatch(tag):
            return "sha256 told by the server" if digest_of(path) == tag else None
        if _GIT.fullmatch(tag):
            return "git's hash told by the server" if _git_hash(path) == tag else None
    return None


def _refusal(file: PretrainedFile) -> str:
    known = [name for name in ("sha256", "md5", "bytes") if getattr(file, name) is not None]
    said = f"{' or '.join(known)} of datasets/registry.toml" if known else "a hash told by the server"
    return f"{file.source}: what came is not the registered file ({said} does not agree); nothing was kept"


def _git_hash(path: Path) -> str:
    """The hash under which git, and so the Hub, knows a small file."""
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
