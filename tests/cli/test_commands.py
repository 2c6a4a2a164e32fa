"""The command line as its users type it."""

import subprocess
import sys
from pathlib import Path

import pytest

from command_line import run
from mini import MiniCourse

HEAVY = ("tensorflow", "torch", "keras", "transformers", "sklearn", "pandas", "otter")


def test_help_imports_no_heavy_library() -> None:
    code = (
        "import sys; from autograder.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "grade" in done.stdout


def test_grading_without_isolation_has_to_be_asked_for_by_name(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={})
    done = run("grade", folder, "--out", mini.results, "--course", mini.course.root, "--kernel", "cold")
    assert done.returncode == 2
    assert "--sandbox none" in done.stderr
    assert not mini.results.exists()


def test_a_class_is_graded_reported_and_regraded(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={}, lee={"q1": "total = 1"})
    (folder / "notes.txt").write_text("not a notebook")
    course = ("--course", mini.course.root)
    # typed as one would: paths relative to where one stands
    options = ("--out", "results", "--sandbox", "none", "--jobs", "2", *course)
    done = run("grade", "class", *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "10 / 10" in done.stdout
    assert "8 / 10" in done.stdout
    assert "notes.txt" in done.stdout  # nothing disappears silently
    assert "open results/index.html" in done.stdout
    assert "kim" in (mini.results / "index.html").read_text(encoding="utf-8")
    assert '"lee"' in (mini.results / "grades.csv").read_text(encoding="utf-8-sig")

    mini.edit_master("assert total == 10, ", "assert total in (1, 10), ")
    done = run("regrade", mini.results, *course)
    assert done.returncode == 0, done.stderr
    assert "8.0 is now 10.0" in done.stdout
    assert mini.card("lee").score == 10


def test_an_open_submission_ends_with_status_1(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={})
    (mini.course.root / "datasets" / "numbers.csv").unlink()
    options = ("--out", mini.results, "--sandbox", "none", "--course", mini.course.root)
    done = run("grade", folder, *options)
    assert done.returncode == 1
    assert "numbers.csv" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("grade", "nowhere", "--out", "r", "--sandbox", "none"), "nowhere: does not exist"),
        (
            ("grade", ".", "--out", "r", "--sandbox", "none", "--exercise", "99"),
            "not an exercise of this course",
        ),
        (("regrade", "nowhere"), "not a results folder"),
        (("check", "nowhere.ipynb"), "no such file"),
        (("calibrate", "99"), "not an exercise of this course"),
        (("calibrate", "01_numbers", "--profile", "gpu"), "has the same settings on every machine"),
    ],
)
def test_a_command_that_cannot_be_carried_out_says_so_in_one_line(
    mini: MiniCourse, args: tuple[str, ...], words: str
) -> None:
    done = run(*args, cwd=mini.course.root)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_outside_a_course_the_message_says_what_to_name(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "--course" in done.stderr


def test_build_check_finds_what_is_stale(mini: MiniCourse) -> None:
    course = ("--course", mini.course.root)
    assert run("build", "--check", *course).returncode == 1
    assert run("build", *course).returncode == 0
    assert run("build", "--check", *course).returncode == 0
    mini.edit_master("# # 숫자 / Numbers", "# # 수 / Numbers")
    done = run("build", "--check", *course)
    assert done.returncode == 1
    assert "out of date" in done.stderr


def test_sample_class_writes_a_class_that_gets_what_it_expects(mini: MiniCourse, tmp_path: Path) -> None:
    done = run("sample-class", tmp_path / "class", "--students", "4", "--course", mini.course.root)
    assert done.returncode == 0, done.stderr
    mini.grade(tmp_path / "class")
    lines = (tmp_path / "class" / "expected.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) == 4
    for line in lines:
        student, _answer, score, status = line.split(",")
        card = mini.card(student)
        assert (card.score, card.status) == (float(score), status)
