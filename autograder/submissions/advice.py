"""What will break when a notebook is graded on a clean run, said before it is handed in."""

from collections.abc import Callable, Collection, Iterator
from itertools import pairwise

from nbformat import NotebookNode

from autograder.submissions.files_named import file_warnings
from autograder.submissions.names import one_line
from autograder.submissions.python_cells import check_calls

MAX_WARNINGS = 50
_RUN_ALL = "restart the kernel, run all cells and check again"


def warn_about(
    notebook: NotebookNode, starter: NotebookNode, data_files: Collection[str] = ()
) -> tuple[str, ...]:
    """One sentence for each thing likely to break at grading; cells are counted from 1, of every kind.

    `data_files` are the names of the files that lie beside the notebook while it is graded.
    """
    kinds: list[Callable[[], Iterator[str]]] = [
        lambda: _order_warnings(notebook),
        lambda: _check_warnings(notebook, starter),
        lambda: _gone_warnings(notebook, starter),
        lambda: file_warnings(notebook, data_files),
    ]
    lines = list(dict.fromkeys(line for kind in kinds for line in kind()))
    if len(lines) > MAX_WARNINGS:
        lines[MAX_WARNINGS - 1 :] = [
            f"There are {len(lines) - MAX_WARNINGS + 1} more warnings; mend these first."
        ]
    return tuple(lines)


def _order_warnings(notebook: NotebookNode) -> Iterator[str]:
    """The first cell out of order, or else the first gap, and every cell that was left out."""
    ran = [
        (number, cell.execution_count)
        for number, cell in enumerate(notebook.cells, 1)
        if cell.cell_type == "code" and cell.source.strip()
    ]
    if not any(count for _, count in ran):
        return
    previous, before = 0, 0
    is_in_order, gap = True, None
    for number, count in ran:
        if not count:
            yield f"Cell {number} was not run, though others were: {_RUN_ALL}."
            continue
        if count <= previous and is_in_order:
            is_in_order = False
            yield f"Cell {number} [{count}] was run before cell {before} [{previous}] above it: {_RUN_ALL}."
        if count > previous + 1 and gap is None:
            gap = f"Before cell {number} [{count}] something was run that is no longer there: {_RUN_ALL}."
        previous, before = count, number
    if is_in_order and gap:
        yield gap


def _check_warnings(notebook: NotebookNode, starter: NotebookNode) -> Iterator[str]:
    calls = check_calls(notebook)
    order = list(check_calls(starter))
    for question in order:
        if question not in calls:
            yield (
                f"Nothing checks {question} any more, so it is judged on the notebook's end: "
                f'put grader.check("{question}") back in a cell after your answer.'
            )
        elif len(calls[question]) > 1:
            cells = _numbered([index + 1 for index in calls[question]])
            yield (
                f'grader.check("{question}") is in cells {cells} and only the last one counts: '
                "delete the others."
            )
    present = [question for question in order if question in calls]
    for earlier, later in pairwise(present):
        if calls[earlier][-1] > calls[later][-1]:
            yield (
                f"{later} is checked in cell {calls[later][-1] + 1}, before {earlier} in cell "
                f"{calls[earlier][-1] + 1}: put the cells back in the starter's order."
            )


def _gone_warnings(notebook: NotebookNode, starter: NotebookNode) -> Iterator[str]:
    """Code cells of the starter that are gone, by id; no word where an editor gave every cell a new id."""
    ids = {cell.id for cell in notebook.cells}
    sources = {cell.source.strip() for cell in notebook.cells}
    checking = {index for indexes in check_calls(starter).values() for index in indexes}
    if not ids & {cell.id for cell in starter.cells}:
        return
    for index, cell in enumerate(starter.cells):
        is_gone = cell.id not in ids and cell.source.strip() not in sources
        if is_gone and cell.cell_type == "code" and index not in checking:
            yield (
                f"The starter's cell {index + 1} ({_first_line(cell.source)}) is gone: "
                "copy it back from the starter."
            )


def _first_line(source: str) -> str:
    line = next((line.strip() for line in source.splitlines() if line.strip()), "empty")
    return one_line(line)[:60]


def _numbered(numbers: list[int]) -> str:
    shown = [str(number) for number in numbers[:10]] + (["others"] if len(numbers) > 10 else [])
    return ", ".join(shown[:-1]) + " and " + shown[-1]
