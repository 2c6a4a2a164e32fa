import csv
from collections import Counter
from pathlib import Path

import pytest

from autograder.authoring.answers import Answer, load_answers
from autograder.authoring.sample_class import EXPECTED, write_sample_class
from autograder.course import BuiltExercise, Course
from autograder.errors import UsageError
from autograder.scorecard import Status


@pytest.fixture
def answers(course: Course, built: BuiltExercise) -> list[Answer]:
    """The answers of the docs, and one more of each kind of trouble."""

    def wrong(name: str, source: str, status: Status = Status.GRADED) -> Answer:
        score = {"q1": 0.0}
        return Answer(name=name, title=name, kind="wrong", score=score, status=status, cells={"q1": source})

    return [
        *load_answers(course.exercises[0], built),
        wrong("exits", "import os; os._exit(1)", Status.KILLED),
        wrong("syntax", "passengers = ("),
        *(wrong(f"wrong_{number}", f"passengers = {number}") for number in range(12)),
    ]


def read_expected(folder: Path) -> list[dict[str, str]]:
    with (folder / EXPECTED).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("seed", range(5))
def test_twelve_students_are_a_good_mix(
    built: BuiltExercise, answers: list[Answer], tmp_path: Path, seed: int
) -> None:
    folder = write_sample_class(built, answers, tmp_path / "class", students=12, seed=seed)
    rows = read_expected(folder)
    count = Counter(row["answer"] for row in rows)
    assert {"endless", "exits", "syntax", "starter"} <= set(count)
    assert count["reference"] + count["numpy"] == 5
    assert {row["status"] for row in rows} == {"graded", "timeout", "killed"}
    assert {path.stem for path in folder.glob("*.ipynb")} == {row["student"] for row in rows}
    assert len(rows) == 12


def test_names_are_distinct_and_of_several_scripts(
    built: BuiltExercise, answers: list[Answer], tmp_path: Path
) -> None:
    folder = write_sample_class(built, answers, tmp_path / "class", students=360, seed=0)
    students = [row["student"] for row in read_expected(folder)]
    assert len(set(students)) == 360 == len(list(folder.glob("*.ipynb")))
    assert any(" " in student for student in students)
    assert any(student.isascii() for student in students)
    assert any(not student.isascii() for student in students)


def test_the_same_seed_writes_the_same_class(
    built: BuiltExercise, answers: list[Answer], tmp_path: Path
) -> None:
    one, two, other = (
        write_sample_class(built, answers, tmp_path / name, students=13, seed=seed)
        for name, seed in (("one", 1), ("two", 1), ("other", 2))
    )

    def contents(folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    assert contents(one) == contents(two)
    assert contents(one) != contents(other)


def test_expected_scores_are_the_totals(built: BuiltExercise, answers: list[Answer], tmp_path: Path) -> None:
    folder = write_sample_class(built, answers, tmp_path / "class", students=20, seed=3)
    scores = {row["answer"]: row["score"] for row in read_expected(folder)}
    assert scores["starter"] == "0"
    assert scores["endless"] == "8"
    assert scores["syntax"] == "7"


def test_a_folder_with_something_in_it_is_refused(
    built: BuiltExercise, answers: list[Answer], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(UsageError, match="not an empty folder"):
        write_sample_class(built, answers, tmp_path, students=3, seed=0)
    assert [path.name for path in tmp_path.glob("*.ipynb")] == []


@pytest.mark.parametrize("students", [-1, 0, 361])
def test_an_impossible_number_of_students_is_refused(
    built: BuiltExercise, answers: list[Answer], tmp_path: Path, students: int
) -> None:
    with pytest.raises(UsageError, match="give a number from 1 to 360"):
        write_sample_class(built, answers, tmp_path / "class", students=students, seed=0)


@pytest.mark.parametrize("students", [1, 2, 5])
def test_small_classes_work_too(
    built: BuiltExercise, answers: list[Answer], tmp_path: Path, students: int
) -> None:
    folder = write_sample_class(built, answers, tmp_path / "class", students=students, seed=0)
    assert len(read_expected(folder)) == students
