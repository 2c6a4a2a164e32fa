"""nbgrader in an environment of its own, and the benchmark's exercise as an nbgrader assignment.

nbgrader itself runs in its environment; the kernel it starts is this environment's Python, which has
TensorFlow and the rest.
"""

import ast
import copy
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.course import Question
from autograder.course.cache import cache_root
from autograder.submissions import is_bare_check
from workload import THREADS, Notebook, Workload, code_cell, source_of

REQUIREMENT = "nbgrader==0.9.*"
ASSIGNMENT = "ps1"
KERNEL = "autograder-bench"


def ensure_nbgrader() -> Path:
    """The folder of the environment; made and filled from the package index on first use (minutes)."""
    folder = cache_root() / "bench" / "nbgrader"
    installed = folder / ".installed"
    if not installed.is_file() or installed.read_text() != REQUIREMENT:
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, REQUIREMENT], check=True)
        installed.write_text(REQUIREMENT)
    _write_kernel(folder / "share" / "jupyter" / "kernels" / KERNEL)
    return folder


def _write_kernel(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python of the benchmark",
        "language": "python",
    }
    (folder / "kernel.json").write_text(json.dumps(spec))


def environment(nbgrader: Path) -> Mapping[str, str]:
    """The environment of nbgrader and its kernels; nbgrader starts `alembic` by name, so PATH has to have it."""
    path = f"{nbgrader / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, **THREADS, "PATH": path, "JUPYTER_PREFER_ENV_PATH": "1"}


def make_course(workload: Workload, nbgrader: Path, folder: Path, students: int) -> Path:
    """An nbgrader course with one assignment and `students` submissions, the reference each."""
    notebook = _assignment(workload)
    workload.work_folder(folder / "source" / ASSIGNMENT, notebook)
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        f"c.CourseDirectory.root = {str(folder)!r}\n"
        "c.ExecutePreprocessor.timeout = 300\n"
        "c.ClearSolutions.enforce_metadata = False\n"
    )
    command = [str(nbgrader / "bin" / "nbgrader"), "generate_assignment", ASSIGNMENT]
    made = subprocess.run(command, cwd=folder, env=environment(nbgrader), capture_output=True, text=True)
    if made.returncode != 0:
        raise RuntimeError(f"nbgrader generate_assignment failed:\n{made.stderr[-2000:]}")
    for number in range(students):
        workload.work_folder(folder / "submitted" / f"student_{number:03}" / ASSIGNMENT, notebook)
    return folder


def autograde_command(nbgrader: Path) -> list[str]:
    """The command that grades all submissions of the course it is run in."""
    return [str(nbgrader / "bin" / "nbgrader"), "autograde", ASSIGNMENT]


def graded_notebooks(course: Path) -> list[Path]:
    """What `autograde` wrote, in the order in which it did.

    Raises:
        RuntimeError: a test cell ended with an error, so the grader did not do its work.
    """
    found = sorted(course.glob(f"autograded/*/{ASSIGNMENT}/*.ipynb"), key=lambda path: path.stat().st_mtime)
    for path in found:
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], 1):
            errors = [one for one in cell.get("outputs", []) if one["output_type"] == "error"]
            if errors:
                raise RuntimeError(f"{path.name}, cell {number}: {errors[0]['ename']}: {errors[0]['evalue']}")
    return found


def _assignment(workload: Workload) -> Notebook:
    """The reference notebook with a graded cell for each test case in place of its check cell."""
    notebook = copy.deepcopy(workload.reference)
    questions = {f'grader.check("{one.name}")': one for one in workload.built.questions}
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        source = source_of(cell)
        if cell["cell_type"] == "code" and is_bare_check(source):
            question = questions[source.strip()]
            cells += _graded_cells(workload, question)
        else:
            cells.append({**cell, "metadata": {}})
    kernel = {"name": KERNEL, "display_name": "Python of the benchmark", "language": "python"}
    return {**notebook, "cells": cells, "metadata": {"kernelspec": kernel}}


def _graded_cells(workload: Workload, question: Question) -> Iterator[dict[str, Any]]:
    """Test cases that ask for what only our judge supplies are left out, to nbgrader's advantage."""
    cases = {case.name: case for case in question.cases}
    tree = ast.parse(workload.built.test_file(question.name).read_text(encoding="utf-8"))
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or cases[node.name].needs != cases[node.name].evidence:
            continue
        case = cases[node.name]
        node.decorator_list = []
        call = f"{node.name}({', '.join(case.needs)})"
        cell = code_cell(node.name[:60], f"{ast.unparse(node)}\n\n\n{call}")
        cell["metadata"]["nbgrader"] = {
            "grade": True,
            "grade_id": node.name[:60],
            "locked": True,
            "points": case.points,
            "schema_version": 3,
            "solution": False,
            "task": False,
        }
        yield cell
