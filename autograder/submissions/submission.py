"""One submission: whose it is, which exercise, and either a notebook to read or why there is none.

The notebook is read and hashed when it is found, and read again when it is graded, so that hundreds of
large files never lie in memory together.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.errors import HarnessError, SubmissionError
from autograder.submissions.sources import Source

_MOST_NAMED = 5


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one exercise.

    `problem` says what keeps it from being graded; `harness_problem` says the same where the fault is
    this machine's and the student is not to be blamed. `student` is the name as it was found (NFC) and
    may hold any character; `source`, like every message, is one printable line. `sha256` is that of the
    file, or of the problem where no file could be read.
    """

    student: str
    exercise_id: str | None
    source: str
    sha256: str
    file: Source | None = None
    problem: str | None = None
    harness_problem: str | None = None
    warnings: tuple[str, ...] = ()

    def read(self) -> bytes:
        """The file's bytes, the same as when it was found; also those of a file with a `problem`.

        Raises:
            SubmissionError: there was no readable file from the start.
            HarnessError: the file vanished or changed since, or could never be read for our own fault.
        """
        if self.harness_problem is not None:
            raise HarnessError(self.harness_problem)
        if self.file is None:
            raise SubmissionError(self.problem or f"{self.source}: no file; hand in the notebook")
        try:
            content = self.file.read()
        except HarnessError as error:
            raise HarnessError(f"{self.source}: {error}") from None
        except SubmissionError:
            content = b""  # it was acceptable when found, so it is another file now
        if hash_of(content) != self.sha256:
            raise HarnessError(f"{self.source}: has changed since it was listed; run again")
        return content


@dataclass(frozen=True)
class Found:
    """All that was found: submissions by student and exercise, and a line for each thing left out."""

    submissions: tuple[Submission, ...]
    ignored: tuple[str, ...]


def hash_of(content: bytes | str) -> str:
    """sha256 in hex."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def merge(rivals: Sequence[Submission]) -> Submission:
    """One submission for all that one student handed in for one exercise; more than one cannot be graded."""
    first = rivals[0]
    if len(rivals) == 1:
        return first
    sources = [rival.source for rival in rivals]
    named = " and ".join(sources[:_MOST_NAMED])
    more = f" and {len(sources) - _MOST_NAMED} more" if len(sources) > _MOST_NAMED else ""
    if first.exercise_id is None:
        # Perhaps for different exercises: then what is wrong with each matters, not that there are two.
        problem = _joined([rival.problem for rival in rivals])
    else:
        problem = (
            f"{named}{more}: are for one student and one exercise ({first.exercise_id}); keep one of them"
        )
    return replace(
        first,
        source=f"{named}{more}",
        sha256=hash_of("".join(rival.sha256 for rival in rivals)),
        file=None,
        problem=problem,
        harness_problem=None if problem else _joined([rival.harness_problem for rival in rivals]),
        warnings=tuple(dict.fromkeys(line for rival in rivals for line in rival.warnings)),
    )


def _joined(lines: Sequence[str | None]) -> str | None:
    return " | ".join(line for line in lines if line) or None
