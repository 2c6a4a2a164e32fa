"""Answers: notebooks a student could hand in, each with the score it must get."""

import copy
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.authoring.notebook import Notebook, answer_cells, notebook_bytes, read_notebook
from autograder.course import PROFILES, BuiltExercise, Exercise, Profile
from autograder.errors import CourseError
from autograder.scorecard import Status

STARTER = "starter"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _AnswerFile(_Record):
    title: str
    kind: Literal["reference", "right", "wrong"]
    status: Status = Status.GRADED
    profiles: tuple[Profile, ...] = PROFILES
    score: dict[str, float] = {}
    cells: dict[str, str] = {}


class Answer(_AnswerFile):
    """One answer. `score` has the questions without full marks, `cells` the sources that differ.

    It is declared for these `profiles`: one that types the CPU's numbers is right there only.
    """

    name: str


def load_answers(exercise: Exercise, built: BuiltExercise) -> tuple[Answer, ...]:
    """The exercise's answers in its profile, sorted by name.

    Raises:
        CourseError: a file cannot be read or contradicts the exercise, or there is no reference.
    """
    folder = exercise.folder / "answers"
    keys = answer_cells(_starter(built))
    answers = []
    for path in sorted(folder.glob("*.toml")):
        answer = _read(path)
        _check(path, answer, built, keys)
        answers.append(answer)
    references = [answer.name for answer in answers if answer.kind == "reference"]
    if len(references) != 1:
        raise CourseError(
            f"{folder}: needs exactly one answer of kind `reference`, not {len(references)}; "
            "write reference.toml with a title, the kind and no cells"
        )
    return tuple(answer for answer in answers if exercise.profile in answer.profiles)


def starter_answer(built: BuiltExercise) -> Answer:
    """The starter handed in as it is: nothing in any question."""
    notebook = _starter(built)
    cells = {key: notebook["cells"][index]["source"] for key, index in answer_cells(notebook).items()}
    score = {question.name: 0.0 for question in built.questions}
    return Answer(name=STARTER, title="The blank starter", kind="wrong", score=score, cells=cells)


def answer_notebook(built: BuiltExercise, answer: Answer) -> bytes:
    """The notebook file a student with this answer hands in: public tests only, always the same bytes."""
    reference = read_notebook(built.reference.read_bytes())
    return notebook_bytes(_fill_in(reference, answer.cells))


def expected_scores(built: BuiltExercise, answer: Answer) -> dict[str, float]:
    """What the answer must get, question by question in course order; the total is their sum."""
    return {
        question.name: float(answer.score.get(question.name, question.points)) for question in built.questions
    }


def _fill_in(notebook: Notebook, sources: Mapping[str, str]) -> Notebook:
    filled = copy.deepcopy(notebook)
    index = answer_cells(filled)
    for key, source in sources.items():
        filled["cells"][index[key]]["source"] = source.strip("\n")
    return filled


def _starter(built: BuiltExercise) -> Notebook:
    return read_notebook(built.starter.read_bytes())


def _read(path: Path) -> Answer:
    try:
        content = _AnswerFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        detail = " ".join(str(error).split())
        raise CourseError(f"{path}: cannot be read as an answer: {detail}") from None
    return Answer(name=path.stem, **dict(content))


def _check(path: Path, answer: Answer, built: BuiltExercise, keys: Mapping[str, int]) -> None:
    points = {question.name: question.points for question in built.questions}
    if answer.name == STARTER:
        raise CourseError(f"{path}: `{STARTER}` stands for the blank starter; choose another file name")
    for question, score in answer.score.items():
        if question not in points:
            raise CourseError(f"{path}: [score] names {question}; the questions are {', '.join(points)}")
        if not 0 <= score <= points[question]:
            raise CourseError(
                f"{path}: [score] gives {question} {score:g}; it is worth 0 to {points[question]:g}"
            )
    for key in answer.cells:
        if key not in keys:
            raise CourseError(f"{path}: [cells] names {key}; the answer cells are {', '.join(keys)}")
    if answer.kind == "reference" and answer.cells:
        raise CourseError(f"{path}: the reference has no cells of its own; remove [cells] or change the kind")
    if answer.kind == "reference" and set(answer.profiles) != set(PROFILES):
        raise CourseError(f"{path}: the reference is right in every profile; remove profiles")
    is_full = all(score == points[question] for question, score in answer.score.items())
    if answer.kind == "wrong" and is_full:
        raise CourseError(f"{path}: a wrong answer loses points; say where under [score]")
    if answer.kind != "wrong" and not is_full:
        raise CourseError(f"{path}: an answer of kind `{answer.kind}` gets full marks; empty [score]")
