"""Which exercises of a run compute on a GPU, and on which GPU each slot's do."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.course import Exercise
from autograder.course.backend import backends_of
from autograder.devices.backends import backends_with_device
from autograder.devices.gpus import Gpu
from autograder.devices.shares import slots


@dataclass(frozen=True)
class Placement:
    """Exercises in the profile that they run in, and a GPU for each slot; none where all are on the processor.

    `notes` say what is not as one might expect.
    """

    exercises: tuple[Exercise, ...]
    gpus: tuple[Gpu, ...] = ()
    notes: tuple[str, ...] = ()


def place(exercises: Sequence[Exercise], gpus: Sequence[Gpu]) -> Placement:
    """Put each exercise that trains models on a GPU, as far as its backend sees one; the others stay as they are.

    Raises:
        UsageError: a submission may need more memory than a GPU has.
    """
    wanted = {one.id: backends_of(one.preload) for one in exercises}
    seeing = backends_with_device(
        gpus[0], sorted({backend for found in wanted.values() for backend in found})
    )
    placed = tuple(
        one.in_profile("gpu") if wanted[one.id] and set(wanted[one.id]) <= set(seeing) else one
        for one in exercises
    )
    blind = sorted({backend for found in wanted.values() for backend in found} - set(seeing))
    notes = [f"{backend} sees no GPU here: what runs on it stays on the processor" for backend in blind]
    need_mb = [one.limits.device_memory_mb for one in placed if one.profile == "gpu"]
    if not need_mb:
        return Placement(placed, (), tuple(notes))
    if not gpus[0].tells_processes:
        notes.append(
            "one submission at a time on each GPU: this container has process ids of its own, so that nobody can tell "
            "whose memory is in use there (start it with --pid=host)"
        )
    return Placement(placed, slots(gpus, max(need_mb) * 1_000_000), tuple(notes))
