"""What decides a result, as hashes: equal hashes mean that nothing needs to be run again."""

import hashlib
import json
import platform

from autograder import __version__
from autograder.batch.cards import package_versions
from autograder.batch.weights import weights_used
from autograder.course import BuiltExercise, Exercise
from autograder.course.backend import keras_backend
from autograder.course.calibration import read_calibration
from autograder.scorecard import Hashes


def hashes_for(exercise: Exercise, built: BuiltExercise, submission_sha256: str, *, seed: int) -> Hashes:
    """The hashes of one submission under the course as it is now.

    Raises:
        CourseError: weights are not in the cache, or thresholds were not measured on the data in use.
    """
    execution = {
        "submission": submission_sha256,
        "exercise": exercise.id,
        "data": [dataset.sha256 for dataset in exercise.files],
        "weights": [weights.sha256 for weights in weights_used(exercise)],
        "evidence": {question.name: question.evidence for question in built.questions},
        "limits": exercise.limits.model_dump(),
        "profile": exercise.profile,
        "settings": exercise.settings,
        "preload": exercise.preload,
        "backend": keras_backend(),
        "seed": seed,
        "engine": __version__,
        "python": platform.python_version(),
        "packages": package_versions(),
    }
    calibration = read_calibration(exercise)
    return Hashes(
        submission=submission_sha256,
        execution=_sha256(execution),
        tests=_sha256([built.tests_hash, calibration.thresholds if calibration else {}]),
        reference=built.reference_hash if built.needs_reference else None,
    )


def _sha256(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
