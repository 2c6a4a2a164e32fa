"""`sample-class`: a folder of invented students, each with one of the exercise's answers."""

import ast
import csv
import random
from collections.abc import Sequence
from pathlib import Path

from autograder.authoring.answers import STARTER, Answer, answer_notebook, expected_scores, starter_answer
from autograder.course import BuiltExercise
from autograder.errors import HarnessError, UsageError
from autograder.scorecard import Status

EXPECTED = "expected.csv"

_RIGHT_SHARE = 0.4
_FAMILY = (
    ("김", "kim"), ("이", "lee"), ("박", "park"), ("최", "choi"), ("정", "jung"), ("강", "kang"),
    ("조", "cho"), ("윤", "yoon"), ("장", "jang"), ("임", "lim"), ("한", "han"), ("오", "oh"),
    ("서", "seo"), ("신", "shin"), ("권", "kwon"), ("황", "hwang"), ("안", "ahn"), ("송", "song"),
)  # fmt: skip
_GIVEN = (
    ("서연", "seoyeon"), ("민준", "minjun"), ("지우", "jiwoo"), ("서준", "seojun"), ("하은", "haeun"),
    ("도윤", "doyoon"), ("수아", "sua"), ("예준", "yejun"), ("지민", "jimin"), ("현우", "hyunwoo"),
    ("유진", "yujin"), ("시우", "siwoo"), ("다은", "daeun"), ("준호", "junho"), ("은서", "eunseo"),
    ("태윤", "taeyoon"), ("소율", "soyul"), ("건우", "gunwoo"), ("나연", "nayeon"), ("승현", "seunghyun"),
)  # fmt: skip


def write_sample_class(
    built: BuiltExercise, answers: Sequence[Answer], folder: Path, *, students: int, seed: int
) -> Path:
    """Write `students` notebooks and `expected.csv`; the same seed writes the same bytes.

    About two in five are right, and with 12 or more there is at least one of each kind of trouble
    the answers have: a timeout, a killed kernel, a syntax error, a blank starter.

    Raises:
        UsageError: the folder is not empty, or the number of students is out of range.
        HarnessError: the folder cannot be written.
    """
    most = len(_FAMILY) * len(_GIVEN)
    if not 1 <= students <= most:
        raise UsageError(f"--students {students}: give a number from 1 to {most}")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: not an empty folder; name a new one, nothing was written")
    rng = random.Random(seed)  # noqa: S311 - a class to try things on, no secret
    names = _student_names(students, rng)
    chosen = choose_answers((*answers, starter_answer(built)), students, rng)
    try:
        _write(built, dict(zip(names, chosen, strict=True)), folder)
    except OSError as error:
        raise HarnessError(
            f"{folder}: cannot be written ({error.strerror}); check its permissions and the free space"
        ) from None
    return folder


def choose_answers(answers: Sequence[Answer], students: int, rng: random.Random) -> list[Answer]:
    """One answer for each student, in random order; each is used once before any is used again."""
    right = [answer for answer in answers if answer.kind != "wrong"]
    troubles = _one_of_each_trouble(answers, rng)
    other = [answer for answer in answers if answer.kind == "wrong" and answer not in troubles]
    for group in (right, troubles, other):
        rng.shuffle(group)
    right_count = max(1, round(students * _RIGHT_SHARE))
    chosen = _take(right, right_count) + _take(troubles + other, students - right_count)
    rng.shuffle(chosen)
    return chosen


def _one_of_each_trouble(answers: Sequence[Answer], rng: random.Random) -> list[Answer]:
    kinds: dict[str, list[Answer]] = {}
    for answer in answers:
        trouble = _trouble(answer)
        if trouble:
            kinds.setdefault(trouble, []).append(answer)
    return [rng.choice(kinds[kind]) for kind in sorted(kinds)]


def _trouble(answer: Answer) -> str | None:
    if answer.status is not Status.GRADED:
        return answer.status
    if answer.name == STARTER:
        return "starter"
    return None if all(_is_python(source) for source in answer.cells.values()) else "syntax error"


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def _take(answers: Sequence[Answer], count: int) -> list[Answer]:
    return [answers[number % len(answers)] for number in range(count)]


def _student_names(count: int, rng: random.Random) -> list[str]:
    pairs = rng.sample([(family, given) for family in _FAMILY for given in _GIVEN], count)
    styles = (
        lambda family, given: f"{family[0]}{given[0]}",
        lambda family, given: f"{family[1]}_{given[1]}",
        lambda family, given: f"{given[1].title()} {family[1].title()}",
        lambda family, given: f"{family[0]} {given[0]}",
    )
    return [styles[number % len(styles)](*pair) for number, pair in enumerate(pairs)]


def _write(built: BuiltExercise, handed_in: dict[str, Answer], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / EXPECTED).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["student", "answer", "score", "status"])
        for student, answer in sorted(handed_in.items()):
            (folder / f"{student}.ipynb").write_bytes(answer_notebook(built, answer))
            total = sum(expected_scores(built, answer).values())
            table.writerow([student, answer.name, f"{total:g}", answer.status])
