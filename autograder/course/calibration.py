"""`calibration.json`: the thresholds that `autograder calibrate` measured.

Data of another kind give other thresholds: beside those measured on the course's own files the document may hold those
measured on the real file that was put in a stand-in's place.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError

from autograder.course.datasets import Kind
from autograder.course.manifest import Exercise
from autograder.errors import CourseError


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measured(_Record):
    """An answer's values of a metric, one per seed (or one fixed value), and the chance of an event.

    Mean and standard deviation are of the values as they are, also where the scale is `log`.
    """

    values: tuple[FiniteFloat, ...]
    mean: FiniteFloat
    sd: FiniteFloat
    chance: FiniteFloat


class Metric(_Record):
    """A metric and its threshold.

    `honest.chance` is the chance that an honest run fails the threshold, `weak[...].chance` that a weak
    answer passes it; both are predictions for a seed that was not measured, made on `scale`.
    """

    better: Literal["lower", "higher"]
    scale: Literal["log", "linear"]
    threshold: FiniteFloat
    honest: Measured
    weak: dict[str, Measured]


class Calibration(_Record):
    """The thresholds of one exercise on data of one kind."""

    format: Literal[1] = 1
    exercise: str
    seeds: tuple[int, ...]
    metrics: dict[str, Metric]
    versions: dict[str, str]
    reference_hash: str

    @property
    def thresholds(self) -> dict[str, float]:
        """What tests read: the threshold of each metric."""
        return {name: metric.threshold for name, metric in self.metrics.items()}


class CalibrationFile(Calibration):
    """calibration.json: what was measured on the course's own data, and on another kind of it."""

    others: dict[Kind, Calibration] = {}

    @property
    def own(self) -> Calibration:
        """What was measured on the course's own data."""
        return Calibration(**{name: getattr(self, name) for name in Calibration.model_fields})

    def to_json(self) -> str:
        """As it is written."""
        return self.model_dump_json(indent=1, exclude=None if self.others else {"others"}) + "\n"


def read_calibration(exercise: Exercise) -> Calibration | None:
    """The thresholds for the kind of data in use, or None where the exercise has not been calibrated.

    Raises:
        CourseError: the file is malformed, or has thresholds for the other kind of data only.
    """
    file = read_calibration_file(exercise)
    if file is None:
        return None
    if exercise.data_kind == exercise.registered_kind:
        return file.own
    if exercise.data_kind not in file.others:
        raise CourseError(
            f"{exercise.calibration}: no thresholds for {exercise.data_kind} data, which {exercise.id} has in use; run "
            f"`autograder calibrate {exercise.id}`, or go back with `autograder datasets use NAME --stand-in`"
        )
    return file.others[exercise.data_kind]


def read_calibration_file(exercise: Exercise) -> CalibrationFile | None:
    """The whole file, or None where there is none.

    Raises:
        CourseError: it is malformed.
    """
    try:
        return CalibrationFile.model_validate_json(exercise.calibration.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        detail = " ".join(str(error).split())[:300]
        raise CourseError(
            f"{exercise.calibration}: {detail}; run `autograder calibrate {exercise.id}`"
        ) from None
