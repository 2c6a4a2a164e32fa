"""The record of one run of `autograder scorecard`: the machine, every notebook's score, its metrics, the gates.

Each notebook's own scorecard lies beside it in the results; here is what a machine compares and a person reads first.
A *canary* is the course's own reference solution: where it loses a point, the machine or the course is at fault, and no
submission's score means anything. The JSON Schema is published as docs/run-scorecard.schema.json.
"""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError

from autograder.course import Profile
from autograder.errors import UsageError
from autograder.scorecard import DatasetUsed, Hashes, Status, WeightsUsed

FORMAT = 1
Role = Literal["canary", "submission"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Device(_Record):
    """What the kernels computed on; `cuda` is the newest CUDA that the driver knows. None: not there, or not told."""

    kind: Profile
    name: str
    memory_bytes: int | None = None
    driver: str | None = None
    cuda: str | None = None

    def __str__(self) -> str:
        """The name with memory, driver and CUDA, as far as they are known."""
        memory = f", {self.memory_bytes / 2**30:.0f} GiB" if self.memory_bytes else ""
        driver = f", driver {self.driver}" if self.driver else ""
        cuda = f", CUDA {self.cuda}" if self.cuda else ""
        return f"{self.name}{memory}{driver}{cuda}"


class Band(_Record):
    """What calibration measured of a metric: the threshold, and where honest runs of the reference lay."""

    better: Literal["lower", "higher"]
    threshold: FiniteFloat
    honest_low: FiniteFloat
    honest_high: FiniteFloat


class MetricValue(_Record):
    """One calibrated metric of one notebook; `value` is None where the notebook does not have it."""

    name: str
    value: FiniteFloat | None
    band: Band

    @property
    def is_met(self) -> bool:
        """Whether the value is on the good side of the threshold."""
        if self.value is None:
            return False
        if self.band.better == "lower":
            return self.value < self.band.threshold
        return self.value >= self.band.threshold


class Entry(_Record):
    """One notebook. `reason` says in one line why it has no ordinary grade; `score` is None where we are at fault.

    `profile` is where and with which sizes it ran: also with a GPU some exercises stay on the processor.
    """

    role: Role
    student: str
    exercise: str
    status: Status
    score: float | None
    max_score: float
    reason: str = ""
    profile: Profile = "cpu"
    wall_s: float
    cpu_s: float
    peak_memory_bytes: int
    peak_device_bytes: int | None = None
    metrics: tuple[MetricValue, ...] = ()
    hashes: Hashes
    datasets: tuple[DatasetUsed, ...] = ()
    pretrained: tuple[WeightsUsed, ...] = ()

    @property
    def percent(self) -> float | None:
        """The score as a percentage of what can be had."""
        return None if self.score is None or self.max_score <= 0 else 100 * self.score / self.max_score

    @property
    def is_full(self) -> bool:
        """Whether every point was earned."""
        return self.score is not None and self.score >= self.max_score


class NotRun(_Record):
    """An exercise that this machine cannot run, and why."""

    exercise: str
    reason: str


class GateResult(_Record):
    """What became of one gate; `detail` says what was asked for and what was found."""

    gate: str
    is_met: bool
    detail: str


class RunScorecard(_Record):
    """One run: everything that a report, a gate or a comparison may read."""

    format: int = FORMAT
    course: str
    engine: str
    finished_at: datetime
    wall_s: float
    profile: Profile
    device: Device
    python: str
    platform: str
    backend: str
    packages: dict[str, str]
    kernel: str
    isolation: str
    seed: int
    jobs: int
    entries: tuple[Entry, ...]
    not_run: tuple[NotRun, ...] = ()
    gates: tuple[GateResult, ...] = ()

    @property
    def canaries(self) -> tuple[Entry, ...]:
        """The references' entries."""
        return tuple(entry for entry in self.entries if entry.role == "canary")

    @property
    def submissions(self) -> tuple[Entry, ...]:
        """The students' entries."""
        return tuple(entry for entry in self.entries if entry.role == "submission")

    def mean_percent(self, exercise: str) -> float | None:
        """The mean of the submissions to an exercise, of those that have a score; None where none has."""
        percents = [entry.percent for entry in self.submissions if entry.exercise == exercise]
        scored = [percent for percent in percents if percent is not None]
        return sum(scored) / len(scored) if scored else None

    @property
    def is_sound(self) -> bool:
        """Whether every canary has full marks and every gate is met."""
        return not self.failed_canaries and all(gate.is_met for gate in self.gates)

    @property
    def failed_canaries(self) -> tuple[Entry, ...]:
        """References that lost a point here: nobody else's score can be trusted in their exercises."""
        return tuple(entry for entry in self.canaries if not entry.is_full)


def read_run_scorecard(path: Path) -> RunScorecard:
    """Read the scorecard of a run, or that of the run in this folder.

    Raises:
        UsageError: it is not there, or none of this version.
    """
    file = path / "scorecard.json" if path.is_dir() else path
    try:
        return RunScorecard.model_validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be read ({error.strerror}); name the --out folder of `autograder scorecard`"
        ) from None
    except ValidationError as error:
        detail = " ".join(str(error).split())[:300]
        raise UsageError(f"{file}: not the scorecard of a run of format {FORMAT}: {detail}") from None
