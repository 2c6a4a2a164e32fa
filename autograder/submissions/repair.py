"""Cells as format 4.5 wants them, whatever the program that saved them left out."""

import itertools
import re
from typing import Any

from nbformat import NotebookNode

from autograder.errors import SubmissionError

MAX_CELLS = 10_000
_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NAME = re.compile(r"^.+$")
_JSON = re.compile(r"application/(?:.*\+)?json")


def repaired_cells(cells: Any) -> list[NotebookNode]:
    """Every cell, repaired, each with an id of its own. The same cells always get the same ids.

    Raises:
        SubmissionError: `cells` is no list of cells, or a cell's source is no text.
    """
    if not isinstance(cells, list):
        raise SubmissionError("has no list of cells; open it in Jupyter and save it again")
    if len(cells) > MAX_CELLS:
        raise SubmissionError(f"has more than {MAX_CELLS:,} cells; hand in the notebook of the exercise")
    repaired = [_repaired(cell, number) for number, cell in enumerate(cells, 1)]
    stated = {cell.id for cell in repaired}
    used: set[str] = set()
    for number, cell in enumerate(repaired, 1):
        if cell.id is None or cell.id in used:
            cell.id = _new_id(number, stated, used)
        used.add(cell.id)
    return repaired


def _repaired(cell: Any, number: int) -> NotebookNode:
    if not isinstance(cell, dict):
        raise SubmissionError(f"is broken at cell {number}; open it in Jupyter and save it again")
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else NotebookNode()
    kind = cell.get("cell_type")
    kind = kind if kind in ("code", "markdown") else "raw"
    fixed = NotebookNode(
        id=_stated_id(cell, metadata),
        cell_type=kind,
        metadata=_cell_metadata(metadata),
        source=_source(cell, number),
    )
    if kind == "code":
        fixed.execution_count = _count(cell.get("execution_count"))
        fixed.outputs = _outputs(cell.get("outputs"))
    elif isinstance(attachments := cell.get("attachments"), dict):
        fixed.attachments = NotebookNode({name: _bundle(data) for name, data in attachments.items()})
    return fixed


def _stated_id(cell: dict[str, Any], metadata: dict[str, Any]) -> str | None:
    """The cell's id; Colab keeps it in the metadata."""
    for stated in (cell.get("id"), metadata.get("id")):
        if isinstance(stated, str) and _CELL_ID.fullmatch(stated):
            return stated
    return None


def _new_id(number: int, stated: set[str], used: set[str]) -> str:
    names = itertools.chain([f"cell-{number}"], (f"cell-{number}-{i}" for i in itertools.count(2)))
    return next(name for name in names if name not in stated and name not in used)


def _cell_metadata(metadata: dict[str, Any]) -> NotebookNode:
    """The cell's metadata, less what has another type than readers of notebooks count on."""
    kinds = {
        "tags": list, "jupyter": dict, "execution": dict,
        "collapsed": bool, "deletable": bool, "editable": bool, "format": str, "name": str,
    }  # fmt: skip
    kept = NotebookNode(
        {key: value for key, value in metadata.items() if isinstance(value, kinds.get(key, object))}
    )
    if "tags" in kept:
        kept["tags"] = list(dict.fromkeys(tag for tag in kept["tags"] if _is_tag(tag)))
    if "execution" in kept:
        kept["execution"] = NotebookNode({k: v for k, v in kept["execution"].items() if isinstance(v, str)})
    if not _NAME.search(kept.get("name", "-")):
        del kept["name"]
    if not isinstance(kept.get("scrolled", True), bool) and kept["scrolled"] != "auto":
        del kept["scrolled"]
    return kept


def _is_tag(tag: Any) -> bool:
    return isinstance(tag, str) and tag != "" and "," not in tag


def _source(cell: dict[str, Any], number: int) -> str:
    text = _text(cell.get("source", ""))
    if text is None:
        raise SubmissionError(f"has no text in cell {number}; open it in Jupyter and save it again")
    return text


def _text(value: Any) -> str | None:
    """Text that may be kept as a list of lines."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return value if isinstance(value, str) else None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _bundle(data: Any) -> NotebookNode:
    """Data by media type; what is not text stays only where the type is JSON."""
    kept = NotebookNode()
    for media_type, value in data.items() if isinstance(data, dict) else ():
        text = _text(value)
        if text is not None:
            kept[media_type] = text
        elif _JSON.fullmatch(media_type):
            kept[media_type] = value
    return kept


def _outputs(outputs: Any) -> list[NotebookNode]:
    known = [output for output in outputs if isinstance(output, dict)] if isinstance(outputs, list) else []
    return [fixed for output in known if (fixed := _output(output)) is not None]


def _output(output: dict[str, Any]) -> NotebookNode | None:
    """One output with all its keys; None for a kind that format 4 does not know."""
    kind = output.get("output_type")
    if kind == "stream":
        stream = {"name": "stderr" if output.get("name") == "stderr" else "stdout"}
        return NotebookNode(output_type=kind, **stream, text=_text(output.get("text")) or "")
    if kind == "error":
        trace = output.get("traceback")
        lines = [line for line in trace if isinstance(line, str)] if isinstance(trace, list) else []
        texts = {key: _text(output.get(key)) or "" for key in ("ename", "evalue")}
        return NotebookNode(output_type=kind, **texts, traceback=lines)
    if kind not in ("display_data", "execute_result"):
        return None
    metadata = output.get("metadata")
    fixed = NotebookNode(
        output_type=kind,
        data=_bundle(output.get("data")),
        metadata=metadata if isinstance(metadata, dict) else NotebookNode(),
    )
    if kind == "execute_result":
        fixed.execution_count = _count(output.get("execution_count"))
    return fixed
