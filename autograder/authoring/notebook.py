"""Notebooks as plain JSON: reading, writing byte-stably, and which cells check and answer what."""

import copy
import hashlib
import json
import re
from collections import Counter
from typing import Any

Cell = dict[str, Any]
Notebook = dict[str, Any]

END = "end"  # stands for a question's name where an answer cell follows the last check cell

_CHECK = re.compile(r"^\s*grader\.check\(\s*[\"']([^\"']+)[\"']\s*\)", re.MULTILINE)


def read_notebook(data: bytes | str) -> Notebook:
    """A notebook of nbformat 4 whose sources are strings, whichever way the file splits them."""
    notebook: Notebook = json.loads(data)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def notebook_bytes(notebook: Notebook) -> bytes:
    """The file: sorted keys, one line of text per line of source, so that a change is a small diff."""
    lines = copy.deepcopy(notebook)
    for cell in lines["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return (json.dumps(lines, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def checked_question(cell: Cell) -> str | None:
    """The question that a cell checks, or None for any other cell."""
    if cell["cell_type"] != "code":
        return None
    found = _CHECK.search(cell["source"])
    return found.group(1) if found else None


def questions_ahead(notebook: Notebook) -> list[str]:
    """For each cell, the question whose check cell comes next; `END` after the last one."""
    ahead, question = [], END
    for cell in reversed(notebook["cells"]):
        question = checked_question(cell) or question
        ahead.append(question)
    return ahead[::-1]


def answer_cells(notebook: Notebook) -> dict[str, int]:
    """Answer cells by key: `q4` is the first one of question 4, `q4:2` its second."""
    cells: dict[str, int] = {}
    count: Counter[str] = Counter()
    for index, cell in enumerate(notebook["cells"]):
        question = cell["metadata"].get("autograder", {}).get("answer")
        if question is not None:
            count[question] += 1
            nth = count[question]
            cells[question if nth == 1 else f"{question}:{nth}"] = index
    return cells


def derive_cell_ids(notebook: Notebook) -> None:
    """Give each cell an id made of its content, so that building twice gives the same bytes."""
    seen: Counter[str] = Counter()
    for cell in notebook["cells"]:
        digest = hashlib.sha256(f"{cell['cell_type']}\0{cell['source']}".encode()).hexdigest()[:12]
        seen[digest] += 1
        cell["id"] = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
