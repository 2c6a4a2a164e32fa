"""`calibration.json`: the thresholds that `autograder calibrate` measured."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError

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
    """calibration.json of one exercise."""

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


def read_calibration(exercise: Exercise) -> Calibration | None:
    """The exercise's calibration, or None where it has not been calibrated.

    Raises:
        CourseError: the file is malformed.
    """
    try:
        return Calibration.model_validate_json(exercise.calibration.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        detail = " ".join(str(error).split())[:300]
        raise CourseError(
            f"{exercise.calibration}: {detail}; run `autograder calibrate {exercise.id}`"
        ) from None
