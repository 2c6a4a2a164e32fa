"""The calibrated metrics of an exercise: collected with the evidence, read back as numbers, set beside their bands."""

from pathlib import Path

from autograder.authoring.answers import load_answers
from autograder.authoring.calibration_settings import MetricSettings, load_settings
from autograder.course import BuiltExercise, Exercise
from autograder.course.calibration import Metric, read_calibration
from autograder.errors import EvidenceError
from autograder.evidence.bundle import Bundle
from autograder.runs import Band, MetricValue


class Metrics:
    """The metrics of one exercise; none where it has not been calibrated."""

    def __init__(self, exercise: Exercise, built: BuiltExercise) -> None:
        calibration = read_calibration(exercise)
        self._measured: dict[str, Metric] = calibration.metrics if calibration else {}
        self._settings: dict[str, MetricSettings] = {}
        if calibration:
            self._settings = load_settings(exercise, built, load_answers(exercise, built))

    def collecting(self, built: BuiltExercise) -> BuiltExercise:
        """The exercise with the metrics' variables collected, too, where no test case asks for them."""
        questions = []
        for question in built.questions:
            names = [one.name for one in self._settings.values() if one.question == question.name]
            also = tuple(dict.fromkeys(name for name in names if name not in question.evidence))
            questions.append(question.model_copy(update={"also": also}))
        return built.model_copy(update={"questions": tuple(questions)})

    def values(self, evidence: Path) -> tuple[MetricValue, ...]:
        """Each metric's value in a folder of evidence, beside what calibration measured."""
        return tuple(
            MetricValue(name=name, value=_value(evidence, self._settings[name]), band=_band(metric))
            for name, metric in self._measured.items()
            if name in self._settings
        )


def _value(evidence: Path, metric: MetricSettings) -> float | None:
    try:
        return Bundle(evidence).question(metric.question).number(metric.name)
    except EvidenceError:
        return None


def _band(metric: Metric) -> Band:
    values = metric.honest.values
    return Band(
        better=metric.better, threshold=metric.threshold, honest_low=min(values), honest_high=max(values)
    )
