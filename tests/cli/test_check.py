"""`autograder check`, as a student runs it: with the starter and the data file, and no course."""

import subprocess
from pathlib import Path

import pytest

from command_line import run
from mini import MiniCourse


@pytest.fixture
def desk(mini: MiniCourse, tmp_path: Path) -> Path:
    """A student's folder: the data file, and nothing else of the course."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "numbers.csv").write_bytes((mini.course.root / "datasets" / "numbers.csv").read_bytes())
    return folder


def check(
    notebook: Path, *options: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return run("check", notebook.name, *options, cwd=notebook.parent, env=env)


def test_public_tests_only_with_what_failed_and_why(mini: MiniCourse, desk: Path) -> None:
    notebook = desk / "my homework.ipynb"
    notebook.write_bytes(
        mini.notebook({"q1": "total = 'ten'", "q2": "def double(values):\n    return values"})
    )
    done = check(notebook)
    assert done.returncode == 0, done.stderr
    assert "total is str, expected int" in done.stdout
    assert "double([1, 2]) must be [2, 4]" in done.stdout
    assert "Public tests: 1 of 3 points, 2 questions to go" in done.stdout
    assert "secret" not in done.stdout
    lines = done.stdout.splitlines()
    assert [line[:2] for line in lines if line.startswith("q")] == ["q1", "q2", "q3"]


def test_warnings_of_what_will_break_at_grading(mini: MiniCourse, desk: Path) -> None:
    notebook = desk / "hw.ipynb"
    source = "data = open('/home/kim/other.csv') if False else None\ntotal = 10"
    notebook.write_bytes(mini.notebook({"q1": source}))
    done = check(notebook)
    assert "warning: " in done.stdout
    assert "/home/kim/other.csv" in done.stdout


def test_a_missing_data_file_is_named(mini: MiniCourse, desk: Path) -> None:
    (desk / "numbers.csv").unlink()
    notebook = desk / "hw.ipynb"
    notebook.write_bytes(mini.notebook())
    done = check(notebook)
    assert "numbers.csv is not beside the notebook" in done.stderr
    assert "FileNotFoundError" in done.stdout


def test_a_notebook_without_its_tests_says_where_to_get_them(mini: MiniCourse, desk: Path) -> None:
    notebook = desk / "hw.ipynb"
    notebook.write_text(
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ['
        '{"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": null,'
        ' "source": "1"}]}'
    )
    done = check(notebook)
    assert done.returncode == 2
    assert "no longer holds its public tests" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_step_of_github_actions_has_annotations_and_a_summary(mini: MiniCourse, desk: Path) -> None:
    notebook = desk / "hw.ipynb"
    notebook.write_bytes(mini.notebook({"q1": "print('::error::x')\ntotal = 'ten'"}))
    files = {name: str(desk / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    done = check(notebook, "--require-score", "67", "--github", env=files)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "NOT MET: 01_numbers: 66.7 % of the public points, 67 % asked for" in done.stdout
    said = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert [line.partition("::")[2].partition("::")[0] for line in said] == [
        "error title=Not enough points",
        "error title=01_numbers q1",
    ]
    assert "total is str, expected int" in said[1]
    summary = (desk / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    assert "- ❌ `q1` 0 of 1 points" in summary
    assert "- ✅ `q2` 1 of 1 points" in summary
    assert "secret" not in summary + done.stdout


def test_annotations_need_a_step_of_github_actions(mini: MiniCourse, desk: Path) -> None:
    notebook = desk / "hw.ipynb"
    notebook.write_bytes(mini.notebook())
    done = check(notebook, "--github", env={"GITHUB_STEP_SUMMARY": "", "GITHUB_OUTPUT": ""})
    assert done.returncode == 2
    assert "there is no $GITHUB_STEP_SUMMARY" in done.stderr
