"""Starters and answers in real kernels: as Jupyter runs them, and as Colab does."""

import json
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.course import BuiltExercise, Course

# Colab's shell is known by the name of its class; nothing else of it matters to Otter or to us.
COLAB_LAUNCHER = """
import importlib.util
import os
from pathlib import Path

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets import Type


class Shell(ZMQInteractiveShell):
    __module__ = "google.colab._shell"

    def run_line_magic(self, name, line, *args, **kwargs):
        if name != "pip":
            return super().run_line_magic(name, line, *args, **kwargs)
        Path("installed.txt").write_text(line)


class Kernel(IPythonKernel):
    shell_class = Type(Shell)


if os.environ.get("WITHOUT_OTTER"):
    importlib.util.find_spec = lambda name: None
IPKernelApp.launch_instance(kernel_class=Kernel)
"""


@pytest.fixture
def colab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    kernel = tmp_path / "jupyter" / "kernels" / "colab"
    kernel.mkdir(parents=True)
    (kernel / "launch.py").write_text(COLAB_LAUNCHER, encoding="utf-8")
    argv = [sys.executable, "-P", str(kernel / "launch.py"), "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Colab", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    return "colab"


@pytest.fixture
def work(tmp_path: Path, course: Course) -> Path:
    """A folder that holds the data file and nothing else."""
    folder = tmp_path / "work"
    folder.mkdir()
    for path in course.exercises[0].data_paths():
        shutil.copy(path, folder)
    return folder


def run(path: Path, folder: Path, kernel: str = "python3") -> dict[str, str]:
    """Run all cells; what each printed or displayed, by the cell's source."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name=kernel,
        allow_errors=True,
        timeout=60,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    return {cell.source: shown(cell) for cell in notebook.cells if cell.cell_type == "code"}


def shown(cell: nbformat.NotebookNode) -> str:
    parts = [
        output.get("text") or output.get("evalue") or output["data"]["text/plain"] for output in cell.outputs
    ]
    return "\n".join(parts)


def set_up(outputs: dict[str, str]) -> str:
    return next(output for source, output in outputs.items() if source.startswith("# @title"))


def check(outputs: dict[str, str], question: str) -> str:
    return outputs[f'grader.check("{question}")']


PASSED = "results: All test cases passed!"


def test_the_reference_passes_its_public_tests_in_jupyter(built: BuiltExercise, work: Path) -> None:
    shutil.copy(built.reference, work / "01_scaling.ipynb")
    outputs = run(built.reference, work)
    assert set_up(outputs) == ""
    assert check(outputs, "q1") == f"q1 {PASSED}"
    assert check(outputs, "q2") == f"q2 {PASSED}"
    assert sorted(path.name for path in work.iterdir()) == [
        ".OTTER_LOG",
        "01_scaling.ipynb",
        "AirPassengers.csv",
    ]


def test_the_blank_starter_runs_to_its_end_and_is_told_what_is_missing(
    built: BuiltExercise, work: Path
) -> None:
    shutil.copy(built.starter, work / "01_scaling.ipynb")
    outputs = run(built.starter, work)
    assert "expected a list, got ellipsis" in check(outputs, "q1")
    assert "expected [0.0, 0.5, 1.0], got None" in check(outputs, "q2")


def test_a_renamed_notebook_beside_a_folder_named_tests_still_checks(
    built: BuiltExercise, work: Path
) -> None:
    shutil.copy(built.reference, work / "01_scaling (1).ipynb")
    (work / "tests").mkdir()
    outputs = run(built.reference, work)
    assert check(outputs, "q1") == f"q1 {PASSED}"


def test_colab_checks_with_the_data_file_alone(built: BuiltExercise, work: Path, colab: str) -> None:
    outputs = run(built.reference, work, colab)
    assert set_up(outputs) == ""
    assert check(outputs, "q1") == f"q1 {PASSED}"
    assert check(outputs, "q2") == f"q2 {PASSED}"
    assert sorted(path.name for path in (work / "tests").glob("*.py")) == ["q1.py", "q2.py"]
    assert "hidden=True" not in (work / "tests" / "q2.py").read_text(encoding="utf-8")


def test_colab_starter_asks_for_the_data_file_and_installs_otter(
    built: BuiltExercise, tmp_path: Path, colab: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WITHOUT_OTTER", "1")
    empty = tmp_path / "empty"
    empty.mkdir()
    outputs = run(built.starter, empty, colab)
    assert "데이터 파일 AirPassengers.csv이(가) 없습니다. 왼쪽 파일 창에 올려 주세요." in set_up(outputs)
    assert "The data file AirPassengers.csv is missing: upload it" in set_up(outputs)
    assert (empty / "installed.txt").read_text() == "install -q otter-grader==7.0.*"
    assert "expected a list, got ellipsis" in check(outputs, "q1")
