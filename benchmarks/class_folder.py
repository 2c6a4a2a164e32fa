"""Makes a class of any size whose parts are alike: the same mix of answers in every block, one in ten hostile.

Ordinary students hand in `01_build_lstm`; the hostile ones hand in cases of tests/hostile to that folder's own
exercises. Both courses are put together into one, so that one command grades them all.
"""

import importlib.util
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.authoring.answers import Answer, answer_notebook, expected_scores, load_answers
from autograder.authoring.build import build_exercise
from autograder.course import BuiltExercise, load_course
from autograder.scorecard import Scorecard
from workload import COURSE, NO_TRAINING

HOSTILE = Path(__file__).parents[1] / "tests" / "hostile"
HOSTILE_EVERY = 10


@dataclass(frozen=True)
class Student:
    """One student and what must become of the submission: an answer, or a case of tests/hostile."""

    name: str
    exercise: str
    answer: Answer | None
    case: Any


@dataclass(frozen=True)
class ClassFolder:
    """The course, the folder of submissions, and who is in it."""

    course: Path
    folder: Path
    students: tuple[Student, ...]
    built: dict[str, BuiltExercise]
    level: str

    def surprises(self, cards: dict[str, Scorecard]) -> list[str]:
        """What is not as it must be, one line each: a lost submission, a wrong score, a fault of ours."""
        lines = []
        for student in self.students:
            card = cards.get(student.name)
            if card is None:
                lines.append(f"{student.name}: no scorecard")
            elif student.answer is not None:
                wanted = expected_scores(self.built[student.exercise], student.answer)
                found = {question.name: question.earned for question in card.questions}
                if found != wanted:
                    lines.append(f"{student.name}: earned {found}, expected {wanted}: {card.error}")
            else:
                said = _cases().differences(student.case, self.level, card, self.built[student.exercise])
                lines += [f"{student.name}: {line}" for line in said]
        return lines

    def races(self) -> set[str]:
        """Students who hand in a case that runs a race against the grader."""
        return {student.name for student in self.students if student.case and student.case.file.race}


def make_class(folder: Path, students: int, block: int, *, level: str) -> ClassFolder:
    """Write the course and `students` submissions; every `block` of them has the same mix.

    `level` is the isolation level that will be in force: some cases do harm, or end otherwise, at a weaker one.
    """
    root = _joined_course(folder / "course")
    course = load_course(root)
    built = {exercise.id: build_exercise(exercise) for exercise in course.exercises}
    answers = load_answers(course.exercise(NO_TRAINING), built[NO_TRAINING])
    hostile = [
        case for case in _cases().load_cases() if case.file.suffix == ".ipynb" and level in case.file.levels
    ]
    chosen = [hostile[i * HOSTILE_EVERY * len(hostile) // block] for i in range(block // HOSTILE_EVERY)]
    handed_in = []
    for number in range(students):
        place = number % block
        if place % HOSTILE_EVERY == HOSTILE_EVERY - 1:
            case = chosen[place // HOSTILE_EVERY]
            student = Student(f"s{number:04}-hostile-{case.name}", case.file.exercise, None, case)
            content = case.content(course.exercise(student.exercise), built[student.exercise])
        else:
            answer = answers[place % len(answers)]
            student = Student(f"s{number:04}-{answer.name}", NO_TRAINING, answer, None)
            content = answer_notebook(built[NO_TRAINING], answer)
        home = folder / "class" / student.name / student.exercise
        home.mkdir(parents=True)
        (home / "notebook.ipynb").write_bytes(content)
        for path in student.case.beside() if student.case else ():
            shutil.copyfile(path, home / path.name)
        handed_in.append(student)
    return ClassFolder(root, folder / "class", tuple(handed_in), built, level)


def _joined_course(root: Path) -> Path:
    """One course with the exercises of both."""
    shutil.copytree(COURSE, root, ignore=shutil.ignore_patterns("exercises"))
    for part in ("solutions", "datasets"):
        for path in (HOSTILE / "course" / part).iterdir():
            if path.is_dir():
                shutil.copytree(path, root / part / path.name)
            elif path.suffix != ".toml":
                shutil.copy(path, root / part)
    for file, table in (("solutions/course.toml", "[[exercise]]"), ("datasets/registry.toml", "[dataset.")):
        text = (HOSTILE / "course" / file).read_text(encoding="utf-8")
        entries = text[re.search(rf"^{re.escape(table)}", text, re.MULTILINE).start() :]  # type: ignore[union-attr]
        with (root / file).open("a", encoding="utf-8") as joined:
            joined.write(f"\n{entries}")
    return root


def _cases() -> ModuleType:
    """The loader of tests/hostile, which lies outside of this folder's import path."""
    name = "hostile_case"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HOSTILE / "case.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]
