"""`find_leaks`: lines of hidden tests and of solutions that stand in a starter.

Covers every string of the file: cells, outputs, metadata, the set-up cell, attachments (decoded).
Spacing, kind of quote and escapes do not hide a line. Does not find paraphrase or renamed variables.
"""

import ast
import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any

from autograder.authoring.notebook import Notebook, answer_cells, read_notebook
from autograder.authoring.setup_cell import SETUP_ID, SIZES_ID
from autograder.course import BuiltExercise

# Shorter lines (`else:`, `return x`, `plt.show()`) stand in too many places to mean anything.
_SHORTEST = 16
_NOISE = re.compile(r"[\s\\]+")


def find_leaks(built: BuiltExercise, starter_text: str) -> list[str]:
    """One sentence for each leak: which line, of what, where it stands; empty where there is none."""
    secrets = _secrets(built)
    allowed = _squash(_public_text(built))
    found = []
    for where, text in _strings(json.loads(starter_text), "the notebook"):
        squashed = _squash(text)
        for line, origin in secrets.items():
            if line in squashed and line not in allowed:
                found.append(f"{where}: a line of {origin} stands there: {_excerpt(text, line)}")
    return found


def _secrets(built: BuiltExercise) -> dict[str, str]:
    """Squashed lines that students must not get, and where each comes from."""
    secrets: dict[str, str] = {}
    for question in built.questions:
        source = built.test_file(question.name).read_text(encoding="utf-8")
        for name, text in _cases(source, hidden=True):
            _add_lines(secrets, text, f"hidden test {question.name}/{name}")
    starter, reference = _both(built)
    for key, index in answer_cells(reference).items():
        blank = _squash(starter["cells"][index]["source"])
        solution: dict[str, str] = {}
        _add_lines(solution, reference["cells"][index]["source"], f"the solution of {key}")
        secrets.update({line: origin for line, origin in solution.items() if line not in blank})
    return secrets


def _cases(source: str, *, hidden: bool) -> Iterator[tuple[str, str]]:
    """Each hidden or public case's name, and its text: code lines, then each of its strings by itself."""
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        settings = [word for call in node.decorator_list for word in getattr(call, "keywords", [])]
        is_hidden = any(word.arg == "hidden" and ast.literal_eval(word.value) is True for word in settings)
        if is_hidden is hidden:
            parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
            yield (
                node.name,
                "\n".join([ast.unparse(node), *(part for part in parts if isinstance(part, str))]),
            )


def _public_text(built: BuiltExercise) -> str:
    """What students may read anyway: given code, prompts, public tests. Prose is not among it."""
    starter, _ = _both(built)
    parts = [
        cell["source"]
        for cell in starter["cells"]
        if cell["cell_type"] == "code" and cell["id"] not in (SETUP_ID, SIZES_ID)
    ]
    for question in built.questions:
        source = built.test_file(question.name).read_text(encoding="utf-8")
        parts += [text for _, text in _cases(source, hidden=False)]
    return "\n".join(parts)


def _both(built: BuiltExercise) -> tuple[Notebook, Notebook]:
    return read_notebook(built.starter.read_bytes()), read_notebook(built.reference.read_bytes())


def _add_lines(secrets: dict[str, str], text: str, origin: str) -> None:
    for line in text.splitlines():
        for form in (line, line.split("  #")[0]):
            squashed = _squash(form)
            if len(squashed) >= _SHORTEST:
                secrets.setdefault(squashed, origin)


def _squash(text: str) -> str:
    """Without spacing and backslashes, all quotes alike: how a line is recognised wherever it stands."""
    return _NOISE.sub("", text).replace('"', "'")


def _strings(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every string below a JSON value and where it stands; a list of strings counts as one text."""
    if isinstance(value, str):
        yield where, value
        if "attachments" in where:
            yield where, _decoded(value)
    elif isinstance(value, list):
        if value and all(isinstance(part, str) for part in value):
            yield where, "".join(value)
        else:
            for number, part in enumerate(value, 1):
                yield from _strings(part, f"{where} {number}")
    elif isinstance(value, dict):
        for name, part in value.items():
            yield where, name
            is_cells = where == "the notebook" and name == "cells"
            yield from _strings(part, "cell" if is_cells else f"{where}, {name}")


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value, validate=False).decode(errors="ignore")
    except (binascii.Error, ValueError):
        return ""


def _excerpt(text: str, squashed: str) -> str:
    """The line as it stands in the text, as far as one line holds it."""
    for line in text.splitlines():
        if squashed in _squash(line):
            return repr(line.strip()[:100])
    return repr(squashed[:100])
