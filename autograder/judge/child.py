"""A judge as a confined child of the warm server; speaks with the recorder over the stream it is given."""

import os
from typing import Any

from autograder.judge.serving import serve
from autograder.kernels.environment import collect_rarely, move_in
from autograder.kernels.inside import Prepared
from autograder.kernels.view import Folders


def prepare(folders: Folders) -> Prepared:
    """A judge that waits for its stream."""
    move_in(folders.home, folders.tmp)
    collect_rarely()

    def start(_options: dict[str, Any], fds: list[int]) -> None:
        (stream,) = fds
        with (
            os.fdopen(os.dup(stream), "r", encoding="utf-8") as lines,
            os.fdopen(stream, "w", encoding="utf-8") as out,
        ):
            serve(lines, out)

    return Prepared({}, start)
