"""The judges' server process: `python -m autograder.judge SOCKET MODULE...`."""

import sys
from pathlib import Path

from autograder.judge.server import serve

if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2:])
