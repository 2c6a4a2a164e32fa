"""The judges' server process: `python -m autograder.judge SOCKET PARENT_PID MODULE...`."""

import sys
from pathlib import Path

from autograder.judge.server import serve

if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
