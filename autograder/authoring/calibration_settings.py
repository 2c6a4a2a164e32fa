"""`calibrate.toml`: which variables of an exercise are metrics, and which answers each must keep out."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from autograder.authoring.answers import Answer
from autograder.course import BuiltExercise, Exercise
from autograder.errors import CourseError

SETTINGS = "calibrate.toml"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MetricSettings(_Record):
    """One metric: the variable `name`, as it is at the check cell of `question`.

    `weak` names answers that must not pass, `fixed` values that must not (a forecast that needs no learning);
    `seen` holds honest values from elsewhere (before a change that drew other random numbers, on another
    machine), which count as honest runs. `place` says where the threshold lies between honest and weak runs; `digits`
    are its decimals.
    """

    question: str
    name: str
    better: Literal["lower", "higher"]
    scale: Literal["log", "linear"] = "log"
    weak: tuple[str, ...] = ()
    fixed: dict[str, FiniteFloat] = {}
    seen: tuple[FiniteFloat, ...] = ()
    place: Literal["strictest", "middle"] = "strictest"
    digits: int = Field(1, alias="round", ge=0, le=9)


class _File(_Record):
    metric: dict[str, MetricSettings] = Field(min_length=1)


def load_settings(
    exercise: Exercise, built: BuiltExercise, answers: Sequence[Answer]
) -> dict[str, MetricSettings]:
    """The metrics of an exercise by name.

    Raises:
        CourseError: the file is missing or malformed, or names a question or an answer that is not there.
    """
    path = exercise.folder / SETTINGS
    try:
        metrics = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).metric
    except FileNotFoundError:
        raise CourseError(
            f"{path}: no such file; say in it which variables to calibrate, see docs/calibration.md"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise CourseError(f"{path}: cannot be read: {' '.join(str(error).split())}") from None
    for metric, settings in metrics.items():
        _check(path, metric, settings, built, answers)
    return metrics


def _check(
    path: Path, metric: str, settings: MetricSettings, built: BuiltExercise, answers: Sequence[Answer]
) -> None:
    where = f"{path}: [metric.{metric}]"
    questions = [question.name for question in built.questions]
    wrong = [answer.name for answer in answers if answer.kind == "wrong"]
    if settings.question not in questions:
        raise CourseError(f"{where} names {settings.question}; the questions are {', '.join(questions)}")
    for name in settings.weak:
        if name not in wrong:
            raise CourseError(f"{where} names the weak answer {name}; the wrong ones are {', '.join(wrong)}")
    if not settings.weak and not settings.fixed:
        raise CourseError(
            f"{where}: a threshold needs something to keep out; name answers under weak, or values under fixed"
        )
    if set(settings.weak) & set(settings.fixed):
        raise CourseError(f"{where}: weak and fixed share a name; rename the one under fixed")
    if settings.scale == "log" and any(value <= 0 for value in settings.fixed.values()):
        raise CourseError(f'{where}: a fixed value of 0 or less has no logarithm; set scale = "linear"')
