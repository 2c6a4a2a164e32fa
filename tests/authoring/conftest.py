"""A small course, taken word for word from docs/writing-an-exercise.md."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.build import build_exercise
from autograder.course import BuiltExercise, Course, load_course

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "writing-an-exercise.md").read_text(encoding="utf-8")
MASTER = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[0]
MANIFEST, *_ = TOML = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
ANSWERS = dict(zip(re.findall(r"^`answers/(\w+)\.toml`", PAGE, re.MULTILINE), TOML[1:], strict=True))

CourseMaker = Callable[..., Course]


@pytest.fixture
def make_course(tmp_path: Path) -> CourseMaker:
    """The course of the page; each pair of texts is one edit of its master."""

    def make(*edits: tuple[str, str]) -> Course:
        root = tmp_path / "course"
        folder = root / "solutions" / "01_scaling"
        (folder / "answers").mkdir(parents=True)
        shutil.copytree(PROJECT / "datasets", root / "datasets")
        head = 'format = 1\ntitle = { ko = "작은 강의", en = "A small course" }\n'
        (root / "solutions" / "course.toml").write_text(head + MANIFEST, encoding="utf-8")
        (folder / "master.py").write_text(MASTER, encoding="utf-8")
        for name, text in ANSWERS.items():
            (folder / "answers" / f"{name}.toml").write_text(text, encoding="utf-8")
        course = load_course(root)
        for old, new in edits:
            edit(course.exercises[0].master, old, new)
        return course

    return make


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def course(make_course: CourseMaker) -> Course:
    return make_course()


@pytest.fixture
def built(course: Course) -> BuiltExercise:
    return build_exercise(course.exercises[0])
