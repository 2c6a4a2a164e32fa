"""A cold judge: `python -m autograder.judge`, spoken to over its stdin and stdout; see `protocol`."""

import os
import sys

from autograder.judge.serving import serve


def main() -> None:
    """Serve over stdin and stdout; what a library or a test prints goes to stderr."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, out)


if __name__ == "__main__":
    main()
