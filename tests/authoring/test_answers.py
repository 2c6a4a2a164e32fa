import json
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.answers import (
    answer_notebook,
    expected_scores,
    load_answers,
    starter_answer,
)
from autograder.authoring.notebook import answer_cells, read_notebook
from autograder.course import BuiltExercise, Course
from autograder.errors import CourseError
from autograder.scorecard import Status


def answers_folder(course: Course) -> Path:
    return course.exercises[0].folder / "answers"


def by_name(course: Course, built: BuiltExercise) -> dict:
    return {answer.name: answer for answer in load_answers(course.exercises[0], built)}


def test_the_answers_of_the_docs_load(course: Course, built: BuiltExercise) -> None:
    answers = by_name(course, built)
    assert sorted(answers) == ["divides_by_max", "endless", "numpy", "reference", "sorted"]
    assert answers["endless"].status is Status.TIMEOUT
    assert expected_scores(built, answers["divides_by_max"]) == {"q1": 3.0, "q2": 0.0}
    assert expected_scores(built, answers["reference"]) == {"q1": 3.0, "q2": 7.0}


def test_an_answer_is_the_reference_with_its_cells_replaced(course: Course, built: BuiltExercise) -> None:
    answers = by_name(course, built)
    assert answer_notebook(built, answers["reference"]) == built.reference.read_bytes()
    notebook = read_notebook(answer_notebook(built, answers["endless"]))
    reference = read_notebook(built.reference.read_bytes())
    changed = answer_cells(notebook)["q2:2"]
    assert notebook["cells"][changed]["source"] == "while True:\n    pass"
    for index, cell in enumerate(notebook["cells"]):
        assert index == changed or cell == reference["cells"][index]


def test_an_answer_holds_no_hidden_test_and_no_other_solution(course: Course, built: BuiltExercise) -> None:
    text = answer_notebook(built, by_name(course, built)["numpy"]).decode()
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert "test_values_below_zero" not in text
    assert "low, high = min(values), max(values)" not in text
    assert json.loads(text)["metadata"] == json.loads(built.starter.read_text(encoding="utf-8"))["metadata"]


def test_the_starter_answer_is_the_starter_and_gets_nothing(built: BuiltExercise) -> None:
    answer = starter_answer(built)
    assert answer_notebook(built, answer) == built.starter.read_bytes()
    assert expected_scores(built, answer) == {"q1": 0.0, "q2": 0.0}


HEAD = 'title = "x"\nkind = "wrong"\n'
BROKEN = {
    "unknown question": (HEAD + "[score]\nq9 = 0\n", "[score] names q9; the questions are q1, q2"),
    "too many points": (HEAD + "[score]\nq1 = 3.5\n", "[score] gives q1 3.5; it is worth 0 to 3"),
    "negative points": (HEAD + "[score]\nq1 = -1\n", "it is worth 0 to 3"),
    "unknown profile": (HEAD + "profiles = ['tpu']\n[score]\nq1 = 0\n", "'cpu' or 'gpu'"),
    "not a number": (HEAD + "[score]\nq1 = nan\n", "it is worth 0 to 3"),
    "unknown cell": (
        HEAD + "[score]\nq1 = 0\n[cells]\n'q1:2' = ''\n",
        "[cells] names q1:2; the answer cells are q1, q2, q2:2",
    ),
    "unknown setting": (HEAD + "points = 3\n", "points Extra inputs are not permitted"),
    "unknown kind": ('title = "x"\nkind = "good"\n', "kind Input should be"),
    "unknown status": (HEAD + 'status = "slow"\n', "status Input should be"),
    "not TOML": ("title = ", "cannot be read as an answer"),
    "wrong with full marks": (HEAD, "a wrong answer loses points"),
    "right without full marks": ('title = "x"\nkind = "right"\n[score]\nq1 = 0\n', "gets full marks"),
    "second reference": (
        'title = "x"\nkind = "reference"\n',
        "exactly one answer of kind `reference`, not 2",
    ),
    "reference with cells": (
        'title = "x"\nkind = "reference"\n[cells]\nq1 = ""\n',
        "the reference has no cells of its own",
    ),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_refused_in_one_line(
    course: Course, built: BuiltExercise, text: str, message: str
) -> None:
    path = answers_folder(course) / "odd.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load_answers(course.exercises[0], built)
    assert message in str(caught.value)
    assert str(path.parent) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_reference_is_named(course: Course, built: BuiltExercise) -> None:
    (answers_folder(course) / "reference.toml").unlink()
    with pytest.raises(CourseError, match="exactly one answer of kind `reference`, not 0"):
        load_answers(course.exercises[0], built)


def test_no_answer_takes_the_name_of_the_starter(course: Course, built: BuiltExercise) -> None:
    (answers_folder(course) / "starter.toml").write_text(HEAD + "[score]\nq1 = 0\n", encoding="utf-8")
    with pytest.raises(CourseError, match="choose another file name"):
        load_answers(course.exercises[0], built)
