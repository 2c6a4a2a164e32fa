"""Looks for what no student may get: canaries of hidden tests, of the reference, of other students, of the grader."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from hostile.grading import NEIGHBOUR, TOKEN

# Written into hidden tests and the reference solution of the course, and nowhere else.
SECRETS = ("AG-CANARY-HIDDEN-", "AG-CANARY-MESSAGE-", "AG-CANARY-REFERENCE-", NEIGHBOUR, TOKEN)
# Hidden inputs that the judge sends to a student's function: in the record of calls, and nowhere else.
SENT = ("90071.25", "31337.0625", "271.828125", "2.09245", "4.66693", "5.3183")
# Hidden inputs that never leave the judge.
KEPT = ("0.734375", "1.515625", "0.707406", "1.98549", "1.038534")
# When a cell ran, to a millionth of a second, in the executed notebook: 15.318342 s is no 5.3183.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+")


def leaks_to_the_student(folder: Path) -> list[str]:
    """Canaries on the page that a student is handed."""
    return sorted(_found(folder / "feedback.html", (*SECRETS, *SENT, *KEPT)))


def leaks_from_the_kernel(folder: Path) -> list[str]:
    """Canaries that the kernel got hold of: in what it printed, and in its evidence."""
    found = list(_found(folder / "executed.ipynb", (*SECRETS, *SENT, *KEPT)))
    for path in (folder / "evidence").rglob("*"):
        if path.is_file():
            is_call = path.parent.name == "calls"
            found += _found(path, (*SECRETS, *KEPT) if is_call else (*SECRETS, *SENT, *KEPT))
    return sorted(found)


def outputs_of(folder: Path) -> str:
    """All that the executed notebook shows below its cells, as one text."""
    path = folder / "executed.ipynb"
    if not path.exists():
        return ""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return json.dumps([cell.get("outputs", []) for cell in cells], ensure_ascii=False)


def _found(path: Path, canaries: tuple[str, ...]) -> Iterator[str]:
    if path.exists():
        text = _TIME.sub("", path.read_bytes().decode("utf-8", "replace"))
        yield from (f"{path.name}: {canary}" for canary in canaries if canary in text)
