"""The Python in code cells, and the check cells among them; nothing here runs what it reads."""

import ast
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache

from nbformat import NotebookNode

# The syntax tree of a cell takes hundreds of times the memory of its text.
MAX_PARSED_CHARS = 256 * 1024
_MAGIC_WITH_PYTHON = re.compile(r"\s*%%(?:time|timeit|capture|prun)\b[^\n]*")
_OTHER_LANGUAGE = re.compile(r"\s*%%\w")
_MAGIC_LINE = re.compile(r"[ \t]*+(?:[%!?]|.*\?[ \t]*$)")
_MAGIC_ASSIGNED = re.compile(r"([^=!%#'\"]*=[ \t]*)[%!]")
_CHECK_LINE = re.compile(
    r"^[^#\n]*\bgrader[ \t]*\.[ \t]*check[ \t]*\([ \t]*(?:question[ \t]*=[ \t]*)?(['\"])([^'\"\n]+)\1",
    re.MULTILINE,
)


def parse_cell(source: str) -> ast.Module | None:
    """The syntax tree of a code cell, IPython's magics left out; None where Python cannot read it.

    A cell that a magic hands to another language has an empty tree.
    """
    if len(source) > MAX_PARSED_CHARS:
        return None
    if wrapped := _MAGIC_WITH_PYTHON.match(source):
        source = "\n" + source[wrapped.end() :]
    elif _OTHER_LANGUAGE.match(source):
        return ast.Module(body=[], type_ignores=[])
    tree = _parse(source)
    return tree if tree is not None else _parse(_without_magics(source))


def check_calls(notebook: NotebookNode) -> dict[str, list[int]]:
    """For each question the indexes of all cells that call `grader.check("question")`, in order.

    A cell that Python cannot read is searched as text, and counts only for questions that no readable
    cell checks: it would not run as it stands.
    """
    seen: dict[str, list[int]] = {}
    guessed: dict[str, list[int]] = {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not _may_name_grader(cell.source):
            continue
        questions = _checked_by(cell.source)
        found = guessed if questions is None else seen
        if questions is None:
            questions = tuple(match[2] for match in _CHECK_LINE.finditer(cell.source))
        for question in dict.fromkeys(questions):
            found.setdefault(question, []).append(index)
    return {**guessed, **seen}


def check_cells(notebook: NotebookNode) -> dict[str, int]:
    """For each question the index of the last cell that calls `grader.check("question")`, which wins."""
    return {question: indexes[-1] for question, indexes in check_calls(notebook).items()}


def is_bare_check(source: str) -> bool:
    """Whether a cell holds one call of `grader.check("question")` and nothing else."""
    tree = parse_cell(source) if _may_name_grader(source) else None
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return False
    call = tree.body[0].value
    return isinstance(call, ast.Call) and len(calls_in(tree)) == 1 and any(_checked_in(tree))


def calls_in(tree: ast.Module) -> list[ast.Call]:
    """Every call in the cell, in the order of the text."""
    return calls_and_texts_in(tree)[0]


def calls_and_texts_in(tree: ast.Module) -> tuple[list[ast.Call], list[str]]:
    """Every call in the cell, in the order of the text, and every string literal."""
    calls: list[ast.Call] = []
    texts: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            calls.append(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset)), texts


def text_of(node: ast.expr | None) -> str | None:
    """The text of a string literal; None for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _may_name_grader(source: str) -> bool:
    """Whether a cell is worth parsing for `grader`, which other letters than these may spell, too."""
    return "grader" in source or not source.isascii()


@lru_cache(maxsize=64)  # a class has most of these cells in common
def _checked_by(source: str) -> tuple[str, ...] | None:
    """The questions that a cell checks; None where Python cannot read it."""
    tree = parse_cell(source)
    return None if tree is None else tuple(_checked_in(tree))


def _checked_in(tree: ast.Module) -> Iterator[str]:
    for call in calls_in(tree):
        match call.func:
            case ast.Attribute(value=ast.Name(id="grader"), attr="check"):
                keyword = next((word.value for word in call.keywords if word.arg == "question"), None)
                question = text_of(call.args[0] if call.args else keyword)
                if question is not None:
                    yield question


def _parse(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _without_magics(source: str) -> str:
    """The source with every line that only IPython understands made harmless; the line count stays."""
    lines = []
    goes_on = False
    for line in source.split("\n"):
        if goes_on:
            lines.append("")
        elif _MAGIC_LINE.match(line):
            lines.append(line[: len(line) - len(line.lstrip())] + "pass")
        elif assigned := _MAGIC_ASSIGNED.match(line):
            lines.append(assigned[1] + "None")
        else:
            lines.append(line)
        is_magic = lines[-1] != line
        goes_on = is_magic and line.endswith("\\")
    return "\n".join(lines)
