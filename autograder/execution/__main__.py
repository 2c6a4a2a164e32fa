"""A cold executor: `python -m autograder.execution`, spoken to over its stdin and stdout; see `protocol`."""

import asyncio
import contextlib
import os
import signal
import sys

from autograder.execution.serving import serve
from autograder.kernels.syscalls import PR_SET_CHILD_SUBREAPER, prctl
from autograder.kernels.tree import descendants


def main() -> None:
    """Serve over stdin and stdout; what a library prints goes to stderr."""
    if sys.platform == "linux":
        prctl(PR_SET_CHILD_SUBREAPER, 1)
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        asyncio.run(serve(sys.stdin, events))
    finally:
        for pid in descendants(os.getpid()):  # what a cold kernel left behind has become ours
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
