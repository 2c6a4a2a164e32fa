"""`fetch_real`: the real files of registered weights, from the net into the cache."""

from collections.abc import Callable
from functools import partial

from autograder.course.pretrained import (
    Pretrained,
    Stored,
    StoredFile,
    folder_of,
    store,
    stored,
)
from autograder.course.pretrained_download import fetch
from autograder.errors import HarnessError
from autograder.files import digest_of

# File, bytes that are there, bytes in all where that is known.
Progress = Callable[[str, int, int | None], None]


def fetch_real(weights: Pretrained, progress: Progress) -> Stored:
    """Fetch what the cache lacks of the real files, and put them into use.

    What is there already is hashed again and must be what it was. Needs the caller to hold `locked()`.

    Raises:
        HarnessError: a file cannot be downloaded, is not the registered one, or has changed in the cache.
    """
    record = stored(weights, "real")
    if record is not None:
        for file in record.files:
            _check(weights, file)
        store(weights, "real", record)
        return record
    folder = folder_of(weights, "real")
    files = tuple(fetch(file, folder, partial(progress, file.file)) for file in weights.files)
    record = Stored(sha256=files[-1].sha256, files=files)
    store(weights, "real", record)
    return record


def _check(weights: Pretrained, file: StoredFile) -> None:
    path = folder_of(weights, "real") / file.file
    try:
        found = digest_of(path)
    except OSError as error:
        raise HarnessError(
            f"{path}: cannot be read ({error.strerror}); delete it and run the command again"
        ) from None
    if found != file.sha256:
        raise HarnessError(f"{path}: has changed since it was fetched; delete it and run the command again")
