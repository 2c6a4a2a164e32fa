"""`calibration.json`: the thresholds that `autograder calibrate` measured.

Data of another kind give other thresholds: beside those measured on the course's own files the document may hold those
measured on the real file that was put in a stand-in's place. Larger sizes give others again: where an exercise has
other settings for a GPU, the document holds what was measured with those, too.
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
    """The thresholds of one exercise on data of one kind, measured with these settings."""

    format: Literal[1] = 1
    exercise: str
    seeds: tuple[int, ...]
    settings: dict[str, int] = {}
    metrics: dict[str, Metric]
    versions: dict[str, str]
    reference_hash: str

    @property
    def thresholds(self) -> dict[str, float]:
        """What tests read: the threshold of each metric."""
        return {name: metric.threshold for name, metric in self.metrics.items()}


class ProfileCalibration(Calibration):
    """What was measured in one profile: on the course's own data, and on another kind of it."""

    others: dict[Kind, Calibration] = {}

    @property
    def own(self) -> Calibration:
        """What was measured on the course's own data."""
        return Calibration(**{name: getattr(self, name) for name in Calibration.model_fields})


class CalibrationFile(ProfileCalibration):
    """calibration.json: what was measured with the CPU's settings, and with the GPU's where those are others."""

    gpu: ProfileCalibration | None = None

    def to_json(self) -> str:
        """As it is written: a part that there is nothing of is left out."""
        absent = {name for name in ("others", "gpu") if not getattr(self, name)}
        return self.model_dump_json(indent=1, exclude=absent) + "\n"

    def measured_for(self, exercise: Exercise) -> ProfileCalibration | None:
        """What holds for the exercise in its profile."""
        return self.gpu if exercise.has_own_thresholds else self


def calibrate_command(exercise: Exercise) -> str:
    """What to type to measure the exercise in its profile."""
    return f"autograder calibrate {exercise.id}" + (" --profile gpu" if exercise.has_own_thresholds else "")


def read_calibration(exercise: Exercise) -> Calibration | None:
    """The thresholds for the profile and the kind of data in use, or None where nothing has been calibrated.

    Raises:
        CourseError: the file is malformed, or has thresholds for other settings or the other kind of data only.
    """
    file = read_calibration_file(exercise)
    if file is None:
        return None
    measured = file.measured_for(exercise)
    if measured is None:
        raise CourseError(
            f"{exercise.calibration}: no thresholds for the settings of the profile {exercise.profile}; run "
            f"`{calibrate_command(exercise)}`, or use the profile cpu"
        )
    if exercise.data_kind == exercise.registered_kind:
        return measured.own
    if exercise.data_kind not in measured.others:
        raise CourseError(
            f"{exercise.calibration}: no thresholds for {exercise.data_kind} data, which {exercise.id} has in use; run "
            f"`{calibrate_command(exercise)}`, or go back with `autograder datasets use NAME --stand-in`"
        )
    return measured.others[exercise.data_kind]


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
