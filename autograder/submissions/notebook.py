"""The bytes of a submitted file as a notebook, format 4.5, with what is broken but harmless repaired.

What a hostile file can cost is bounded before it is parsed: bytes, nesting, and the number of JSON
values (a value takes far more memory than the two bytes that can write it).
"""

import copy
import json
import re
from types import UnionType
from typing import Any

from nbformat import NotebookNode

from autograder.errors import SubmissionError
from autograder.submissions.names import one_line
from autograder.submissions.repair import repaired_cells
from autograder.submissions.sources import MAX_NOTEBOOK_BYTES, too_large

MAX_DEPTH = 100
MAX_VALUES = 2_000_000
MAX_CODE_CHARS = 1_000_000  # Python needs seconds for it each time that the cells are looked through
_UNCOUNTED_BYTES = 2**20  # below this no file can hold enough values to matter
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udfff]")
# Tags by which a cell would tell the runner to skip it or to let an error pass.
_RUNNER_TAGS = frozenset({"raises-exception", "skip-execution"})
# What the format wants of these, where a notebook has them.
_LANGUAGE: dict[str, type | UnionType] = {
    "codemirror_mode": str | dict, "file_extension": str, "mimetype": str, "pygments_lexer": str,
}  # fmt: skip
_PYTHON = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}


def read_notebook(content: bytes) -> NotebookNode:
    """The notebook in a file's bytes, as format 4.5, outputs kept.

    Repaired: cell ids, missing keys, sources as lists, cells of unknown types (become raw),
    malformed outputs and metadata (dropped), lone surrogates (become U+FFFD).

    Raises:
        SubmissionError: it is no Python notebook of format 4 with code cells; the message names no file.
    """
    data = _parsed(content)
    if not isinstance(data, dict) or not ("cells" in data or "worksheets" in data or "nbformat" in data):
        raise SubmissionError("is not a notebook; hand in the .ipynb file that Jupyter saved")
    if data.get("nbformat") == 3 or "worksheets" in data:
        raise SubmissionError("is a notebook of the old format 3; open it in Jupyter and save it again")
    if data.get("nbformat") != 4:
        shown = one_line(str(data.get("nbformat", "none")))[:20]
        raise SubmissionError(
            f"has notebook format {shown}, not 4; open it in Jupyter or Colab and save it again"
        )
    metadata = _node(_notebook_metadata(data.get("metadata")))
    _refuse_other_languages(metadata)
    cells = repaired_cells(_node(data.get("cells")))
    if not any(cell.cell_type == "code" for cell in cells):
        raise SubmissionError("has no code cells; hand in the notebook with your answers")
    code = sum(len(cell.source) for cell in cells if cell.cell_type == "code")
    if code > MAX_CODE_CHARS:
        raise SubmissionError(
            f"holds {code:,} characters of code, more than {MAX_CODE_CHARS:,}; keep data in files, not in cells"
        )
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=metadata, cells=cells)


def clean_copy(notebook: NotebookNode) -> NotebookNode:
    """The notebook as it is judged: no outputs, counts or widget states, and a plain Python kernel.

    Takes a notebook from `read_notebook`. Tags that would tell the runner to skip a cell or to let an
    error pass are taken off.
    """
    cells = []
    for cell in notebook.cells:
        kept = {key: value for key, value in cell.items() if key not in ("outputs", "execution_count")}
        clean = NotebookNode(copy.deepcopy(kept))
        if clean.cell_type == "code":
            clean.update(outputs=[], execution_count=None)
        if "tags" in clean.metadata:
            clean.metadata["tags"] = [tag for tag in clean.metadata["tags"] if tag not in _RUNNER_TAGS]
        cells.append(clean)
    metadata = {key: value for key, value in notebook.metadata.items() if key != "widgets"}
    metadata = NotebookNode(copy.deepcopy({**metadata, **_PYTHON}))
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=_node(metadata), cells=cells)


def named_exercise(notebook: NotebookNode) -> str | None:
    """The exercise that the notebook's own metadata names (`metadata.autograder.exercise`)."""
    ours = notebook.metadata.get("autograder")
    named = ours.get("exercise") if isinstance(ours, dict) else None
    return named if isinstance(named, str) else None


def _parsed(content: bytes) -> Any:
    if len(content) > MAX_NOTEBOOK_BYTES:
        raise too_large(MAX_NOTEBOOK_BYTES)
    if not content.strip():
        raise SubmissionError("is empty; save the notebook and hand it in again")
    _refuse_too_many_values(content)
    try:
        # Not strict: control characters inside strings harm nobody.
        return json.loads(content.decode("utf-8-sig"), strict=False)
    except UnicodeDecodeError as error:
        raise SubmissionError(
            f"is not UTF-8 text (byte {error.start + 1}); open it in Jupyter and save it again"
        ) from None
    except json.JSONDecodeError as error:
        raise SubmissionError(
            f"is not JSON (line {error.lineno}: {error.msg}); download the notebook again and hand that in"
        ) from None
    except ValueError:
        raise SubmissionError(
            "holds a number of thousands of digits; clear all outputs and save it again"
        ) from None
    except RecursionError:
        raise _too_deep() from None


def _refuse_too_many_values(content: bytes) -> None:
    if len(content) < _UNCOUNTED_BYTES:
        return
    structure = _STRING.sub(b"", content)
    values = sum(structure.count(mark) for mark in (b",", b"[", b"{"))
    if values > MAX_VALUES:
        raise SubmissionError(
            f"holds {values:,} values, more than {MAX_VALUES:,}; clear all outputs and save it again"
        )


def _too_deep() -> SubmissionError:
    return SubmissionError(
        f"is nested more than {MAX_DEPTH} levels deep; open it in Jupyter, clear all outputs, save it again"
    )


def _node(value: Any, depth: int = 0) -> Any:
    """JSON data as nbformat's nodes, with text that can be written as UTF-8 again."""
    if depth > MAX_DEPTH:
        raise _too_deep()
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATES.sub("\ufffd", value)
    if isinstance(value, dict):
        return NotebookNode({_node(key): _node(item, depth + 1) for key, item in value.items()})
    if isinstance(value, list):
        return [_node(item, depth + 1) for item in value]
    return value


def _notebook_metadata(metadata: Any) -> dict[str, Any]:
    """The notebook's metadata, less entries that readers of notebooks would stumble over."""
    metadata = metadata if isinstance(metadata, dict) else {}
    kept = {key: metadata[key] for key in metadata if key not in ("orig_nbformat", "title", "authors")}
    if not _has_texts(kept.get("kernelspec"), "name", "display_name"):
        kept["kernelspec"] = _language_only(kept.get("kernelspec"))
    language = kept.pop("language_info", None)
    if _has_texts(language, "name"):
        kept["language_info"] = {
            key: value for key, value in language.items() if isinstance(value, _LANGUAGE.get(key, object))
        }
    return kept


def _has_texts(entry: Any, *keys: str) -> bool:
    return isinstance(entry, dict) and all(isinstance(entry.get(key), str) for key in keys)


def _language_only(kernelspec: Any) -> dict[str, str]:
    """A whole kernelspec for one that lacks its names; it states no language that was not stated."""
    language = kernelspec.get("language") if isinstance(kernelspec, dict) else None
    stated = {"language": language} if isinstance(language, str) else {}
    return {"name": "python3", "display_name": "Python 3", **stated}


def _refuse_other_languages(metadata: NotebookNode) -> None:
    """Refuse a notebook that names a language, and nowhere Python."""
    stated = [
        metadata.get("language_info", {}).get("name"),
        metadata.kernelspec.get("language"),
    ]
    languages = [language for language in stated if isinstance(language, str) and language]
    if languages and not any("python" in language.lower() for language in languages):
        raise SubmissionError(
            f"is a notebook in {one_line(languages[0])[:40]}, not Python; "
            "choose a Python kernel in Jupyter and save it again"
        )
