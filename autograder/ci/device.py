"""Which device a run computes on, asked out of band: no library that would open it is imported here."""

import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from autograder.course import Exercise
from autograder.devices import Gpu, Placement, find_gpus, place
from autograder.errors import UsageError
from autograder.runs import Device

AskedProfile = Literal["auto", "cpu", "gpu"]


def choose_profile(asked: AskedProfile, exercises: Sequence[Exercise]) -> tuple[Placement, Device]:
    """Where each exercise is to run, and what the machine computes on.

    `auto` takes a GPU where there is one that can be used. Exercises that train nothing run on the processor always.

    Raises:
        UsageError: a GPU was asked for by name, and there is none, or none that can be used.
        HarnessError: `nvidia-smi` cannot be understood.
    """
    gpus = find_gpus() if asked != "cpu" else ()
    if asked == "gpu" and not gpus:
        raise UsageError("no GPU here: `nvidia-smi` is not there or names none; say --profile cpu or auto")
    placement = place(exercises, gpus) if gpus else Placement(tuple(exercises))
    if asked == "gpu" and not placement.gpus:
        why = "; ".join(placement.notes) or "none of these exercises trains a model"
        raise UsageError(f"--profile gpu, and nothing would run there: {why}; say --profile cpu or auto")
    return placement, _graphics(gpus) if placement.gpus else _processor()


def _graphics(gpus: Sequence[Gpu]) -> Device:
    names = list(dict.fromkeys(gpu.name for gpu in gpus))
    counts = [sum(gpu.name == name for gpu in gpus) for name in names]
    return Device(
        kind="gpu",
        name=" + ".join(
            name if count == 1 else f"{count} x {name}" for name, count in zip(names, counts, strict=True)
        ),
        memory_bytes=sum(gpu.memory_bytes for gpu in gpus),
        driver=gpus[0].driver,
        cuda=gpus[0].cuda,
    )


def _processor() -> Device:
    return Device(kind="cpu", name=_processor_name(), memory_bytes=_memory_bytes())


def _processor_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def _memory_bytes() -> int:
    import psutil

    return int(psutil.virtual_memory().total)
