"""Where a submitted notebook lies on the disk, and reading it with a cap and without following links.

`SubmissionError` says that the file itself is not acceptable; `HarnessError` that this machine could
not read it. Neither message names the file: whoever asked knows what to call it.
"""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from autograder.errors import HarnessError, SubmissionError

MAX_NOTEBOOK_BYTES = 200 * 2**20
_CHUNK_BYTES = 2**20
IS_A_LINK = "is a link to another file; hand in the notebook itself"
# A pipe that is called kim.ipynb must not block us, and a link not lead us elsewhere.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Source(Protocol):
    """Somewhere that a notebook's bytes can be read from, as often as needed."""

    def read(self) -> bytes:
        """The notebook's bytes.

        Raises:
            SubmissionError: too large, a link, damaged.
            HarnessError: vanished, or may not be read.
        """


@dataclass(frozen=True)
class DiskFile:
    """A notebook that lies on the disk by itself."""

    path: Path

    def read(self) -> bytes:
        """See `Source.read`."""
        try:
            with os.fdopen(os.open(self.path, _FLAGS), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise SubmissionError("is not an ordinary file; hand in the notebook itself")
                return read_capped(file)
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise SubmissionError(IS_A_LINK) from None
            raise unreadable(error) from None


def read_capped(file: IO[bytes], max_bytes: int = MAX_NOTEBOOK_BYTES) -> bytes:
    """All of the file.

    Raises:
        SubmissionError: it holds more than `max_bytes`, whatever any header says.
    """
    chunks, left = [], max_bytes
    # Piece by piece: a file object takes memory for as much as it is asked for before it reads.
    while chunk := file.read(min(_CHUNK_BYTES, left + 1)):
        left -= len(chunk)
        if left < 0:
            raise too_large(max_bytes)
        chunks.append(chunk)
    return b"".join(chunks)


def too_large(max_bytes: int) -> SubmissionError:
    """What to say of a notebook over the cap."""
    return SubmissionError(f"is larger than {max_bytes // 2**20} MB; clear all outputs and save it again")


def unreadable(error: OSError) -> HarnessError:
    """What to say of a file that this machine does not let us read."""
    if isinstance(error, FileNotFoundError):
        return HarnessError("has vanished since it was listed; put it back and run again")
    reason = error.strerror or type(error).__name__
    return HarnessError(f"cannot be read ({reason}); check its permissions and run again")
