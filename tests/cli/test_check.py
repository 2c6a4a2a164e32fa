"""`autograder check`, as a student runs it: with the starter and the data file, and no course."""

import subprocess
import sys
from pathlib import Path

import pytest

from mini import MiniCourse


@pytest.fixture
def desk(mini: MiniCourse, tmp_path: Path) -> Path:
    """A student's folder: the data file, and nothing else of the course."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "numbers.csv").write_bytes((mini.course.root / "datasets" / "numbers.csv").read_bytes())
    return folder


def check(notebook: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "check", notebook.name]
    return subprocess.run(command, cwd=notebook.parent, capture_output=True, text=True, check=False)


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
