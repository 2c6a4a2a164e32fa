"""Pretrained weights for a batch: there before the first kernel starts, shown to kernels, named on scorecards."""

from collections.abc import Callable, Iterable

from autograder.course import Exercise
from autograder.course.pretrained import (
    kind_in_use,
    locked,
    pretrained_root,
    ready,
    repository_of,
)
from autograder.course.pretrained_stand_ins import build_stand_in
from autograder.evidence.known import INDEX, write_index
from autograder.kernels import Weights
from autograder.scorecard import WeightsUsed


def provide_weights(exercises: Iterable[Exercise], say: Callable[[str], None]) -> None:
    """Build a stand-in for each of the exercises' weights of which the cache has nothing.

    Raises:
        CourseError: no stand-in can be built.
        HarnessError: the cache cannot be written.
    """
    needed = {weights.id: (weights, exercise) for exercise in exercises for weights in exercise.weights}
    if not needed or (_is_indexed() and all(kind_in_use(weights) for weights, _exercise in needed.values())):
        return
    with locked():
        for weights, exercise in needed.values():
            if kind_in_use(weights) is None:
                build_stand_in(weights, exercise.root / "datasets", say)
        index_weights()


def index_weights() -> None:
    """Bring the index of known arrays up to date, after files were added to the cache or replaced.

    Raises:
        CourseError: a file there is not of the format that its name says.
        HarnessError: the cache cannot be written.
    """
    write_index(pretrained_root())


def kernel_weights(exercise: Exercise) -> Weights:
    """What a kernel of this exercise may read.

    Raises:
        CourseError: weights are not in the cache.
    """
    keras: list[str] = []
    repositories: list[str] = []
    stand_ins: list[str] = []
    for weights in exercise.weights:
        found = ready(weights)
        if weights.library == "huggingface":
            repositories.append(str(repository_of(weights, found.kind).resolve()))
            continue
        paths = [str(path.resolve()) for path in found.paths]
        keras += paths
        stand_ins += paths if found.kind == "stand-in" else []
    return Weights(tuple(keras), tuple(repositories), tuple(stand_ins))


def weights_used(exercise: Exercise) -> tuple[WeightsUsed, ...]:
    """What a scorecard says of the exercise's weights.

    Raises:
        CourseError: weights are not in the cache.
    """
    return tuple(
        WeightsUsed(name=one.id, file=one.weights_file.file, sha256=found.sha256, kind=found.kind)
        for one in exercise.weights
        for found in (ready(one),)
    )


def _is_indexed() -> bool:
    """Whether the index was made after the last change; a `prefetch` may have been killed in between."""
    index = pretrained_root() / INDEX
    changed = max((path.stat().st_mtime_ns for path in pretrained_root().glob("*/*.json")), default=0)
    return index.is_file() and index.stat().st_mtime_ns >= changed
