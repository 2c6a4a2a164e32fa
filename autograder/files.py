"""Files that are written whole or not at all, also where the power goes in the middle; and their hashes."""

import contextlib
import hashlib
from pathlib import Path

from autograder.errors import HarnessError


def write_atomically(path: Path, content: str | bytes) -> None:
    """Put `content` into `path`; text is written as UTF-8 with its line ends as they are.

    Raises:
        HarnessError: the disk is full or may not be written; what was there before still is.
    """
    data = content.encode() if isinstance(content, str) else content
    partial = path.with_name(f".{path.name}.part")  # one name, so that what a killed run left is reused
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise write_error(path, error) from error


def write_error(path: Path, error: OSError) -> HarnessError:
    """The error for a write that failed; what was finished before it is safe."""
    reason = error.strerror or str(error)
    return HarnessError(
        f"{path}: cannot be written ({reason}); make room or get the rights, then run the command again"
    )


def digest_of(path: Path, algorithm: str = "sha256") -> str:
    """The hash of a file's content, in hexadecimal; the file is read piece by piece.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, algorithm).hexdigest()
