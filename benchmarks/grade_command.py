"""The command line of our own grader, and the scorecards it leaves."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from workload import program

Kernel = Literal["warm", "cold"]


def grade_command(
    submissions: Sequence[Path], out: Path, course: Path, *, jobs: int, kernel: Kernel, sandbox: str
) -> list[str]:
    """`autograder grade` with these options."""
    # A cold kernel is never confined, and has to be asked for by both names.
    chosen = ["--kernel", kernel, "--sandbox", sandbox if kernel == "warm" else "none"]
    return [
        *(program("autograder"), "grade", *map(str, submissions), "--out", str(out)),
        *("--course", str(course), "--jobs", str(jobs), *chosen),
    ]


def scorecard_paths(results: Path) -> list[Path]:
    """The stored scorecards, in the order in which they were written."""
    found = results.glob("submissions/*/*/scorecard.json")
    return sorted(found, key=lambda path: path.stat().st_mtime)


def scorecards(results: Path) -> list[dict[str, Any]]:
    """The stored scorecards as plain data, in the order in which they were written."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in scorecard_paths(results)]
