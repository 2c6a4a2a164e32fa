"""docs/writing-an-exercise.md, followed from its first command to its last, in a course that has no exercise yet."""

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from autograder.kernels import levels
from autograder.reports.write import GRADES

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs" / "writing-an-exercise.md"
HEAD = 'format = 1\ntitle = { ko = "작은 강의", en = "A small course" }\n'
EXERCISE = Path("solutions") / "01_scaling"
GRADING = ("verify-course", "grade")

_BLOCK = re.compile(
    r"^(?P<lead>(?:[^\n]+\n)+)\n```(?P<kind>console|toml|python)\n(?P<text>.*?)^```", re.M | re.S
)
_FILE = re.compile(r"`([\w./]+\.(?:toml|py))`")


class Step(NamedTuple):
    """A command to type, or a file to write: then `file` says which."""

    text: str
    file: str | None = None


def steps() -> Iterator[Step]:
    for block in _BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        if block["kind"] == "console":
            yield from (
                Step(line.removeprefix("$ ")) for line in block["text"].splitlines() if line.startswith("$ ")
            )
        else:
            named = _FILE.match(block["lead"])
            assert named is not None, (
                f"what stands above a file has to begin with its name: {block['lead']!r}"
            )
            yield Step(block["text"], named[1])


def write(root: Path, step: Step) -> None:
    assert step.file is not None
    if step.file == "solutions/course.toml":  # one block of it
        path = root / step.file
        kept = path.read_text(encoding="utf-8").partition("[[exercise]]")[0]
        path.write_text(kept + step.text, encoding="utf-8")
        return
    path = root / (EXERCISE / step.file if step.file.startswith("answers/") else Path(step.file))
    assert path.parent.is_dir()
    path.write_text(step.text, encoding="utf-8")


def unconfined() -> list[str]:
    """What has to be said on a machine where nothing confines student code."""
    held = [level for level, reason in levels.levels_that_hold().items() if reason is None]
    return [] if {"namespaces", "landlock"} & set(held) else ["--sandbox", "none"]


def type_in(root: Path, line: str) -> None:
    name, *arguments = shlex.split(line)
    if name == "rm":
        for pattern in arguments:
            found = list(root.glob(pattern))
            assert found, line
            for path in found:
                path.unlink()
        return
    assert name == "autograder"
    options = unconfined() if arguments[0] in GRADING else []
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *arguments, *options],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "160", "PYTHONSAFEPATH": "1"},
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    if arguments[0] == "verify-course":
        assert "1 exercises verified, 0 problems" in done.stdout


@pytest.mark.slow
def test_the_page_can_be_followed_from_its_first_command_to_its_last(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "datasets", tmp_path / "datasets")
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "course.toml").write_text(HEAD, encoding="utf-8")
    for step in steps():
        if step.file is None:
            type_in(tmp_path, step.text)
        else:
            write(tmp_path, step)
    expected = read(tmp_path / "class" / "expected.csv")
    grades = read(tmp_path / "results" / GRADES)
    assert {row["student"]: float(row["score"]) for row in grades} == {
        row["student"]: float(row["score"]) for row in expected
    }
    assert len(grades) == 5


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_page_begins_and_ends_as_its_test_believes() -> None:
    found = list(steps())
    assert found[0].text.startswith("autograder new-exercise 01_scaling ")
    assert found[-1].text.startswith("autograder grade ")
    assert [step.file for step in found if step.file][:2] == [
        "solutions/course.toml",
        "solutions/01_scaling/master.py",
    ]
    shown = PAGE.read_text(encoding="utf-8")
    assert len(re.findall(r"^```(?:console|toml|python)$", shown, re.M)) == len(list(_BLOCK.finditer(shown)))
