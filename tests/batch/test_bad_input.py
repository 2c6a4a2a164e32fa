"""Whatever is handed in gives one clear line and a scorecard, and the rest of the class is graded."""

import errno
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.batch import Results
from autograder.errors import HarnessError, UsageError
from autograder.scorecard import Scorecard, Status
from mini import MiniCourse


def changed(mini: MiniCourse, **metadata: object) -> str:
    notebook = json.loads(mini.notebook())
    notebook["metadata"].update(metadata)
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> MiniCourse:
    folder = tmp_path_factory.mktemp("bad")
    mini = MiniCourse.copy(folder)
    handed_in = mini.hand_in(folder / "class", honest={})
    old = nbformat.v3.new_notebook(
        worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell("1")])]
    )
    no_code = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
    in_r = {"name": "ir", "language": "R", "display_name": "R"}
    files = {
        "not_json": "{",
        "format_3": json.dumps(old),
        "no_code": json.dumps(no_code),
        "in_r": changed(mini, kernelspec=in_r, language_info={"name": "R"}),
        "elsewhere": changed(mini, autograder={"exercise": "99_other", "format": 1}),
        "김서연, 2반": mini.notebook().decode(),
        "two\nlines": mini.notebook().decode(),
        "up%2F..%2Fup": mini.notebook().decode(),
        "twice": mini.notebook().decode(),
    }
    for name, text in files.items():
        (handed_in / f"{name}.ipynb").write_text(text, encoding="utf-8")
    (handed_in / "twice").mkdir()
    (handed_in / "twice" / "again.ipynb").write_bytes(mini.notebook())
    secret = folder / "secret.ipynb"
    secret.write_bytes(mini.notebook())
    (handed_in / "linked.ipynb").symlink_to(secret)
    with zipfile.ZipFile(folder / "late.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zipped.ipynb", mini.notebook())
        archive.writestr("../../escaped.ipynb", mini.notebook())
        archive.writestr("bomb.ipynb", b"0" * 300_000_000)
    mini.grade(handed_in, folder / "late.zip")
    return mini


def card_of(mini: MiniCourse, student: str) -> Scorecard:
    (card,) = [card for _path, card in Results(mini.results).scorecards() if card.student == student]
    return card


@pytest.mark.parametrize("student", ["honest", "김서연, 2반", "two\nlines", "up%2F..%2Fup", "zipped"])
def test_the_rest_of_the_class_is_graded(graded: MiniCourse, student: str) -> None:
    assert card_of(graded, student).score == 10


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("not_json", "JSON"),
        ("format_3", "old format 3"),
        ("no_code", "no code cells"),
        ("in_r", "R"),
        ("elsewhere", "not one of this course"),
        ("twice", "keep one of them"),
        ("linked", "link"),
        ("bomb", ""),
    ],
)
def test_a_scorecard_says_what_is_wrong_in_one_line(graded: MiniCourse, student: str, words: str) -> None:
    card = card_of(graded, student)
    assert card.status is Status.INVALID_NOTEBOOK
    assert card.score == 0
    assert card.error is not None
    assert words in card.error
    assert "\n" not in card.error


def test_nothing_is_written_outside_the_results(graded: MiniCourse) -> None:
    top = graded.results.parent
    assert {path.name for path in top.iterdir()} == {"course", "class", "results", "secret.ipynb", "late.zip"}
    assert not list(top.parent.glob("escaped*"))


def test_a_file_that_vanishes_is_our_fault_and_no_zero(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={}, lee={})
    from autograder.submissions import find_submissions

    found = find_submissions([folder], mini.course)
    (folder / "kim.ipynb").unlink()
    with Results.open(mini.results) as results:
        import asyncio

        from autograder.batch import BatchOptions, SilentProgress, grade_batch

        report = asyncio.run(
            grade_batch(
                results,
                {mini.exercise.id: (mini.exercise, mini.built)},
                found.submissions,
                BatchOptions(jobs=1, seed=0, kernel="warm", sandbox="none"),
                render_feedback=lambda _card: "",
                progress=SilentProgress(),
            )
        )
    assert [problem.student for problem in report.problems] == ["kim"]
    assert mini.card("kim").status is Status.HARNESS_ERROR
    assert mini.card("kim").score is None
    assert mini.card("lee").score == 10


def test_a_harness_error_leaves_an_earlier_grade_standing(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={})
    mini.grade(folder)
    text = mini.exercise.master.read_text(encoding="utf-8")
    (mini.course.root / "datasets" / "numbers.csv").write_text("number\n5\n")  # not the registered file
    mini.hand_in(folder, kim={"q1": "total = 0"})
    report = mini.grade(folder)
    assert "sha256" in report.problems[0].error
    assert mini.card("kim").score == 10
    assert text == mini.exercise.master.read_text(encoding="utf-8")


def test_results_of_another_version_are_refused(tmp_path: Path) -> None:
    (tmp_path / "submissions").mkdir()
    (tmp_path / ".lock").touch()
    (tmp_path / "run.json").write_text('{"format": 0}')
    with pytest.raises(UsageError, match="another version"), Results.open(tmp_path):
        pass


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(UsageError, match="not a results folder"), Results.open(tmp_path):
        pass


def test_two_runs_never_write_the_same_folder(tmp_path: Path) -> None:
    with (
        Results.open(tmp_path / "results"),
        pytest.raises(UsageError, match="another run"),
        Results.open(tmp_path / "results"),
    ):
        pass


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of 300 kB; only root can make one."""
    if os.geteuid() != 0:
        pytest.skip("needs the right to mount")
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine forbids mounting")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_ends_in_one_clear_line(mini: MiniCourse, tmp_path: Path, small_disk: Path) -> None:
    students = {f"s{number}": {"q3": f"print('{number}' * 200_000)\nsquares = {{}}"} for number in range(3)}
    folder = mini.hand_in(tmp_path / "class", **students)
    options = ["--out", str(small_disk / "r"), "--sandbox", "none", "--course", str(mini.course.root)]
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", str(folder), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert os.strerror(errno.ENOSPC) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_may_not_be_written_ends_in_one_clear_line(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        with pytest.raises(HarnessError, match="cannot be written"), Results.open(Path("/proc/results")):
            pass
        return
    tmp_path.chmod(0o500)
    with pytest.raises(HarnessError, match="cannot be written"), Results.open(tmp_path / "results"):
        pass
