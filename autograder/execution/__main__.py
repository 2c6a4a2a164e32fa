"""A cold executor: `python -m autograder.execution`, spoken to over its stdin and stdout; see `protocol`."""

import asyncio
import os
import sys

from autograder.execution.serving import serve


def main() -> None:
    """Serve over stdin and stdout; what a library prints goes to stderr."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    asyncio.run(serve(sys.stdin, events))


if __name__ == "__main__":
    main()
