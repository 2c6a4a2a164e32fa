"""`calibrate`: thresholds from measurement, for metrics that differ from run to run.

An honest run is allowed to fail with a chance of `HONEST_FAILS`, shared out equally among the metrics, so
that the promise holds for the exercise as a whole. docs/calibration.md explains the statistics.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean, stdev

from autograder.authoring.answers import Answer
from autograder.authoring.calibration_picture import draw_calibration
from autograder.authoring.calibration_settings import SETTINGS, MetricSettings, load_settings
from autograder.authoring.distributions import (
    chance_of_failing,
    chance_of_passing,
    choose_threshold,
    is_beyond,
    predictions,
    straightness,
)
from autograder.authoring.measurements import AnswerRuns, measure, versions
from autograder.batch import Isolation
from autograder.batch.weights import provide_weights
from autograder.course import BuiltExercise, Exercise
from autograder.course.calibration import (
    Calibration,
    CalibrationFile,
    Measured,
    Metric,
    ProfileCalibration,
    calibrate_command,
    read_calibration_file,
)
from autograder.devices import Gpu
from autograder.errors import CourseError
from autograder.files import write_atomically

MIN_SEEDS = 20
HONEST_FAILS = 0.001
WEAK_PASSES = 0.05
# 20 values from a true bell are straighter than this 99 times in 100.
STRAIGHT = 0.93

Say = Callable[[str], None]


async def calibrate(
    exercise: Exercise,
    built: BuiltExercise,
    answers: Sequence[Answer],
    *,
    seeds: Sequence[int],
    jobs: int,
    isolation: Isolation,
    gpus: Sequence[Gpu] = (),
    say: Say,
) -> Calibration:
    """Run the reference and the weak answers once per seed and choose each metric's threshold.

    Runs measured before are not run again.

    Raises:
        CourseError: `calibrate.toml` is wrong, a run did not give its metrics, or no threshold keeps the
            weak answers out; the message names the figures.
        HarnessError: an executor failed, or the cache cannot be written.
    """
    if len(set(seeds)) < MIN_SEEDS:
        raise CourseError(
            f"{exercise.id}: {len(set(seeds))} seeds do not show how much honest runs differ; "
            f"calibrate with {MIN_SEEDS} or more"
        )
    seeds = tuple(dict.fromkeys(seeds))
    settings = load_settings(exercise, built, answers)
    reference = next(answer for answer in answers if answer.kind == "reference")
    provide_weights([exercise], say)
    weak = {name for metric in settings.values() for name in metric.weak}
    needed = [reference, *(answer for answer in answers if answer.name in weak)]
    runs = [
        AnswerRuns(exercise, built, answer, settings, gpus[0].name if gpus else "cpu") for answer in needed
    ]
    measured = await measure(runs, seeds, jobs=jobs, isolation=isolation, gpus=gpus, say=say)
    metrics = {}
    for name, metric in settings.items():
        values = {answer: tuple(run[name] for run in of_answer) for answer, of_answer in measured.items()}
        weak_values = {one: values[one] for one in metric.weak}
        weak_values |= {one: (value,) for one, value in metric.fixed.items()}
        where = f"{exercise.folder / SETTINGS}: [metric.{name}]"
        # What was seen elsewhere was seen on the course's own data, with the CPU's settings.
        is_own = exercise.data_kind == exercise.registered_kind and not exercise.has_own_thresholds
        seen = metric.seen if is_own else ()
        metrics[name] = judge_metric(
            where,
            metric,
            honest=(*values[reference.name], *seen),
            weak=weak_values,
            allowed=HONEST_FAILS / len(settings),
            say=say,
        )
    return Calibration(
        exercise=exercise.id,
        seeds=seeds,
        settings=exercise.settings,
        metrics=metrics,
        versions=versions(),
        reference_hash=built.reference_hash,
    )


def judge_metric(
    where: str,
    settings: MetricSettings,
    *,
    honest: tuple[float, ...],
    weak: Mapping[str, tuple[float, ...]],
    allowed: float,
    say: Say,
) -> Metric:
    """The metric with a threshold that an honest run fails with a chance of at most `allowed`.

    It is the strictest such, or lies in the middle between that and the loosest that keeps the weak answers out.

    Raises:
        CourseError: a weak answer passes that threshold too often, or the values allow no prediction.
    """
    if settings.scale == "log" and min(min(honest), *(min(values) for values in weak.values())) <= 0:
        raise CourseError(f'{where}: a measured value of 0 or less has no logarithm; set scale = "linear"')
    honest_next = predictions(honest, settings.scale)
    if honest_next[0].spread == 0:
        raise CourseError(
            f"{where}: all {len(honest)} honest runs gave {honest[0]:g}; either the seed does not reach the "
            "code that trains, or this value needs no calibration and a test can compare it directly"
        )
    careful = max if settings.better == "lower" else min
    threshold = careful(
        choose_threshold(one, settings.better, allowed=allowed, digits=settings.digits) for one in honest_next
    )
    if settings.place == "middle":
        threshold = careful(threshold, _middle(threshold, weak, settings))
    fails = max(chance_of_failing(one, threshold, settings.better) for one in honest_next)
    metric = Metric(
        better=settings.better,
        scale=settings.scale,
        threshold=threshold,
        honest=_measured(honest, fails),
        weak={name: _measured(values, _passes(values, threshold, settings)) for name, values in weak.items()},
    )
    if any(answer.chance > WEAK_PASSES for answer in metric.weak.values()):
        raise CourseError(_refusal(where, metric))
    straight = straightness(honest, settings.scale)
    if straight < STRAIGHT:
        say(
            f"{settings.name}: the honest values are no bell on the {settings.scale} scale (quantile plot "
            f"{straight:.3f}, expected above {STRAIGHT}); heavy tails are allowed for, two kinds of runs are "
            "not: look at the picture"
        )
    beyond = [value for value in honest if is_beyond(value, threshold, settings.better)]
    if beyond:
        raise CourseError(
            f"{where}: a measured honest run has {beyond[0]:g}, beyond the threshold of {threshold:g} that one in "
            f"{1 / allowed:,.0f} should pass; measure more seeds, or take a metric without such runs"
        )
    return metric


def _middle(strictest: float, weak: Mapping[str, tuple[float, ...]], settings: MetricSettings) -> float:
    """Halfway, on the scale, to the loosest threshold that each weak answer passes with at most `WEAK_PASSES`."""
    is_lower = settings.better == "lower"
    chance = WEAK_PASSES if is_lower else 1 - WEAK_PASSES
    edges = [one.quantile(chance) for values in weak.values() for one in predictions(values, settings.scale)]
    loosest = min(edges) if is_lower else max(edges)
    halfway = math.sqrt(strictest * loosest) if settings.scale == "log" else (strictest + loosest) / 2
    return round(halfway, settings.digits)


def _passes(values: tuple[float, ...], threshold: float, settings: MetricSettings) -> float:
    nexts = predictions(values, settings.scale)
    return max(chance_of_passing(one, threshold, settings.better) for one in nexts)


def write_calibration(exercise: Exercise, calibration: Calibration) -> None:
    """Write calibration.json, which tests read, and a picture of it, which people look at.

    What was measured on data of another kind, or in another profile, stays as it is.

    Raises:
        CourseError: the CPU's settings or the course's own data come first, and have not been calibrated.
        HarnessError: the files cannot be written.
    """
    earlier = read_calibration_file(exercise)
    measured = _with_those(exercise, earlier.measured_for(exercise) if earlier else None, calibration)
    if not exercise.has_own_thresholds:
        file = CalibrationFile(**dict(measured), gpu=earlier.gpu if earlier else None)
    elif earlier is None:
        raise CourseError(
            f"{exercise.calibration}: the CPU's settings come first; run `autograder calibrate {exercise.id}`, and "
            f"`{calibrate_command(exercise)}` then"
        )
    else:
        file = earlier.model_copy(update={"gpu": measured})
    write_atomically(_picture(exercise), draw_calibration(calibration))
    write_atomically(exercise.calibration, file.to_json())


def _with_those(
    exercise: Exercise, earlier: ProfileCalibration | None, calibration: Calibration
) -> ProfileCalibration:
    """What is known of a profile, with the new thresholds for the kind of data in use."""
    kind, own = exercise.data_kind, exercise.registered_kind
    if kind == own:
        return ProfileCalibration(**dict(calibration), others=earlier.others if earlier else {})
    if earlier is None:
        raise CourseError(
            f"{exercise.calibration}: the {own} data of the course come first; go back with `autograder datasets use "
            f"NAME --stand-in`, calibrate, and calibrate the {kind} data then"
        )
    known = {name: getattr(earlier, name) for name in ProfileCalibration.model_fields}
    return ProfileCalibration(**{**known, "others": {**earlier.others, kind: calibration}})


def _picture(exercise: Exercise) -> Path:
    profile = f".{exercise.profile}" if exercise.has_own_thresholds else ""
    kind = "" if exercise.data_kind == exercise.registered_kind else f".{exercise.data_kind}"
    return exercise.calibration.with_suffix(f"{profile}{kind}.svg")


def _measured(values: tuple[float, ...], chance: float) -> Measured:
    sd = stdev(values) if len(values) > 1 else 0.0
    return Measured(values=values, mean=fmean(values), sd=sd, chance=chance)


def _shown(answer: Measured) -> str:
    return f"{answer.chance:.2%} (mean {answer.mean:.4g}, sd {answer.sd:.3g})"


def _refusal(where: str, metric: Metric) -> str:
    return (
        f"{where}: no threshold tells honest runs from weak ones. The strictest that keeps the promise to "
        f"honest runs is {_description(metric)}. A weak answer may pass with {WEAK_PASSES:.0%}: take a metric "
        "that differs less from seed to seed, or weak answers that this metric is meant to keep out"
    )


def _description(metric: Metric) -> str:
    """Threshold and chances on one line."""
    weak = "; ".join(f"{name} passes with {_shown(answer)}" for name, answer in metric.weak.items())
    side = "at most" if metric.better == "lower" else "at least"
    return f"{side} {metric.threshold:g}; an honest run fails with {_shown(metric.honest)}; {weak}"
