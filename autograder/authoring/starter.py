"""From what Otter Assign wrote to the two notebooks we keep: the starter, and the reference.

The reference is the starter with other sources in its answer cells and differs in nothing else, so a
reference that is graded looks like a student's notebook.
"""

import copy
import re

from autograder.authoring.assign import KERNELSPEC, Assigned
from autograder.authoring.notebook import (
    Notebook,
    derive_cell_ids,
    questions_ahead,
)
from autograder.authoring.setup_cell import setup_cell, sizes_cell
from autograder.course import Exercise
from autograder.errors import CourseError

FORMAT = 1

_IMPORT = re.compile(r"^\s*(?:import|from)\s+(\w+)", re.MULTILINE)
_SOLUTION_TAG = "otter_assign_solution_cell"
_PROMPT = re.compile(r"^[^\n]*# BEGIN PROMPT[ \t]*\n.*?# END PROMPT[ \t]*$\n?", re.MULTILINE | re.DOTALL)
_MARKER_LINE = re.compile(r"^[ \t]*# (?:BEGIN SOLUTION(?: NO PROMPT)?|END SOLUTION)[ \t]*$\n?", re.MULTILINE)
_MARKER = re.compile(r"[ \t]*# ?SOLUTION(?: NO PROMPT)?[ \t]*$", re.MULTILINE)


def make_notebooks(exercise: Exercise, course_title: str, assigned: Assigned) -> tuple[Notebook, Notebook]:
    """The starter and the reference.

    Raises:
        CourseError: the two do not have the same cells, or a solution is left in the starter.
    """
    _compare(exercise, assigned)
    starter = copy.deepcopy(assigned.starter)
    solutions = [solution_source(cell["source"]) for cell in assigned.reference["cells"]]
    for cell, solution, question in zip(starter["cells"], solutions, questions_ahead(starter), strict=True):
        if cell["source"] != solution:
            cell["metadata"]["autograder"] = {"answer": question}
        cell["metadata"].pop("lines_to_next_cell", None)  # jupytext's note on the master's layout
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    derive_cell_ids(starter)
    starter |= {"nbformat": 4, "nbformat_minor": 5}
    starter["metadata"] = {
        "autograder": {
            "course": course_title,
            "exercise": exercise.id,
            "files": [dataset.file for dataset in exercise.files],
            "format": FORMAT,
        },
        "kernelspec": KERNELSPEC,
        "language_info": {"name": "python"},
        "otter": assigned.starter["metadata"]["otter"],
    }
    reference = copy.deepcopy(starter)
    for cell, solution in zip(reference["cells"], solutions, strict=True):
        cell["source"] = solution
    for notebook in (starter, reference):
        _insert_setup(notebook, exercise, assigned.public_tests)
    return starter, reference


def solution_source(source: str) -> str:
    """A solution as a student would have typed it: without Otter's markers and prompts."""
    return _MARKER.sub("", _MARKER_LINE.sub("", _PROMPT.sub("", source))).rstrip("\n")


def _compare(exercise: Exercise, assigned: Assigned) -> None:
    starter, reference = assigned.starter["cells"], assigned.reference["cells"]
    kinds = [cell["cell_type"] for cell in starter]
    if kinds != [cell["cell_type"] for cell in reference]:
        raise CourseError(
            f"{exercise.master}: starter and reference do not have the same cells (a markdown solution, or a "
            "manual question?); put every solution into a code cell"
        )
    ahead = questions_ahead(assigned.reference)
    for blank, solved, question in zip(starter, reference, ahead, strict=True):
        is_solution = _SOLUTION_TAG in solved["metadata"].get("tags", [])
        if is_solution and blank["source"] == solved["source"] and blank["cell_type"] == "code":
            first = next(iter(solved["source"].splitlines()), "")
            raise CourseError(
                f"{exercise.master}: {question}: the starter shows the solution cell that begins {first!r}; "
                "mark its lines with `# SOLUTION` or `# BEGIN SOLUTION` … `# END SOLUTION`"
            )


def _insert_setup(notebook: Notebook, exercise: Exercise, tests: dict[str, str]) -> None:
    kinds = [cell["cell_type"] for cell in notebook["cells"]]
    position = kinds.index("code") if "code" in kinds else len(kinds)
    code = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    imported = {name for source in code for name in _IMPORT.findall(source)}
    files = [dataset.file for dataset in exercise.files]
    generated = [setup_cell(exercise.notebook_name, files, tests, imported)]
    if exercise.cpu_settings:
        generated.append(sizes_cell(exercise.cpu_settings))
    notebook["cells"][position:position] = generated
