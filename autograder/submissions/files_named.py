"""Files that a notebook names: paths that exist on one machine only, and files that nobody else has."""

import ast
import posixpath
import re
from collections.abc import Collection, Iterator

from nbformat import NotebookNode

from autograder.submissions.names import one_line
from autograder.submissions.python_cells import calls_and_texts_in, parse_cell, text_of

_ABSOLUTE = re.compile(
    r"/(?:home|content|root|Users|Volumes|mnt|media|kaggle|gdrive|drive|data|tmp|var|opt|srv|workspace|workspaces)"
    r"(?:/|\Z)|[A-Za-z]:[\\/]\w|\\\\\w|~\w*/"
)
_READING = re.compile(
    r"open|imread|load|loadtxt|genfromtxt|fromfile|load_model|load_weights|load_img"
    r"|read_(?:csv|table|excel|json|parquet|pickle|feather|hdf|fwf|text)"
)
_WRITING = re.compile(
    r"to_\w+|save\w*|write_\w+|dump|imsave|urlretrieve|get_file|touch|ModelCheckpoint|CSVLogger"
)
_PATH_KEYWORDS = frozenset({"filepath_or_buffer", "file", "fname", "filename", "filepath", "path", "io"})
_MAX_NAME = 255


def file_warnings(notebook: NotebookNode, data_files: Collection[str]) -> Iterator[str]:
    """A sentence for each absolute path, and each file read that is neither given nor written before."""
    known = set(data_files)
    instead = f"use {_listed(data_files)}" if data_files else "the exercise has no data files"
    for number, cell in enumerate(notebook.cells, 1):
        has_texts = cell.cell_type == "code" and ("'" in cell.source or '"' in cell.source)
        tree = parse_cell(cell.source) if has_texts else None
        if tree is None:
            continue
        calls, texts = calls_and_texts_in(tree)
        for text in dict.fromkeys(texts):
            if _is_absolute(text):
                yield (
                    f"Cell {number} names {_shown(text)}, which exists on your machine only: "
                    "name the file alone, without folders."
                )
        for call in calls:
            name = _file_named(call)
            if name is None:
                continue
            if not _reads(call):
                known.add(posixpath.normpath(name))
            elif "://" in name:
                yield f"Cell {number} reads {_shown(name)}, but grading has no network: {instead}."
            elif posixpath.normpath(name) not in known:
                yield f"Cell {number} reads {_shown(name)}, which is not there at grading: {instead}."


def _file_named(call: ast.Call) -> str | None:
    """The relative file name or address in a call that reads or writes a file."""
    called = _name_called(call)
    if not (_READING.fullmatch(called) or _WRITING.fullmatch(called)):
        return None
    texts = [text_of(arg) for arg in call.args[:2]]
    texts += [text_of(word.value) for word in call.keywords if word.arg in _PATH_KEYWORDS]
    if called == "open" or _READING.fullmatch(called):
        texts = [text_of(call.args[0])] if call.args else texts
    name = next((text for text in texts if text), None)
    if name is None or len(name) > _MAX_NAME or set(name) & set("\n{}<>") or _is_absolute(name):
        return None
    return name


def _reads(call: ast.Call) -> bool:
    if _name_called(call) != "open":
        return _READING.fullmatch(_name_called(call)) is not None
    keyword = next((word.value for word in call.keywords if word.arg == "mode"), None)
    mode = text_of(call.args[1] if len(call.args) > 1 else keyword) or "r"
    return not set(mode) & set("wax")


def _name_called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _is_absolute(text: str) -> bool:
    return len(text) <= _MAX_NAME and "\n" not in text and _ABSOLUTE.match(text) is not None


def _shown(text: str) -> str:
    text = one_line(text)
    return f'"{text}"' if len(text) <= 80 else f'"{text[:79]}…"'


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names))
