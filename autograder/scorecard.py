"""The scorecard: the one record of a graded submission, and all that a report may read.

`harness_error` and `ungraded` are our fault and never a zero: `score` is then None.
The JSON Schema is published as docs/scorecard.schema.json.
"""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.errors import HarnessError

FORMAT = 1
SCORECARD = "scorecard.json"


class Outcome(StrEnum):
    """What became of one test case."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"  # the test could not run on what was handed in
    MISSING = "missing"  # no evidence
    UNGRADED = "ungraded"  # our fault


class Status(StrEnum):
    """What became of one submission; decided by out-of-band facts, never by what a student printed."""

    GRADED = "graded"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_LIMIT = "output_limit"
    KILLED = "killed"
    INVALID_NOTEBOOK = "invalid_notebook"
    HARNESS_ERROR = "harness_error"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CaseResult(_Record):
    """One test case. `message` is for the instructor; `student_message` is safe to hand out."""

    name: str
    hidden: bool
    points: float
    earned: float
    outcome: Outcome
    message: str = ""
    student_message: str = ""


class QuestionResult(_Record):
    """One question and its test cases, in course order."""

    name: str
    points: float
    earned: float
    cases: tuple[CaseResult, ...]


class Hashes(_Record):
    """sha256 of what went in; where all are equal, grading again would change nothing.

    `execution` covers what decides the evidence (submission, data, limits, seed, versions), `tests` what
    decides the outcomes (test files, points, thresholds).
    """

    submission: str
    execution: str
    tests: str
    reference: str | None = None


class Execution(_Record):
    """How the notebook ran. `phases` are wall seconds by name, `cpu_phases` CPU seconds."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_memory_bytes: int = 0
    peak_device_bytes: int | None = None  # None: it had no device, or nobody tells
    cells_run: int = 0
    cells_total: int = 0
    first_error: str | None = None
    limit: str | None = None  # which limit was reached, in one sentence
    phases: dict[str, float] = {}
    cpu_phases: dict[str, float] = {}


class DatasetUsed(_Record):
    """A data file the submission ran with."""

    file: str
    sha256: str
    kind: str  # "real" or "stand-in"


class WeightsUsed(_Record):
    """Pretrained weights that the submission could load.

    `sha256` is that of `file`, the file with the weights; of a stand-in, that of its tensors and texts, which are
    the same on every machine.
    """

    name: str
    file: str
    sha256: str
    kind: str  # "real" or "stand-in"


class Environment(_Record):
    """Where it ran. `isolation` is the level that was in force, not the one asked for."""

    python: str
    platform: str
    packages: dict[str, str]
    device: str
    backend: str
    kernel: str
    isolation: str
    profile: Literal["cpu", "gpu"]
    seed: int
    datasets: tuple[DatasetUsed, ...] = ()
    pretrained: tuple[WeightsUsed, ...] = ()


class Provenance(_Record):
    """Who made this scorecard, when, from which file. Two runs differ only here and in times."""

    engine: str
    graded_at: datetime
    source: str


class Scorecard(_Record):
    """One student's result in one exercise."""

    format: int = FORMAT
    student: str
    exercise: str
    status: Status
    score: float | None
    max_score: float
    error: str | None = None  # one line: why there is no ordinary grade
    warnings: tuple[str, ...] = ()
    questions: tuple[QuestionResult, ...]
    hashes: Hashes
    execution: Execution
    environment: Environment | None
    provenance: Provenance

    @property
    def profile(self) -> Literal["cpu", "gpu"]:
        """The profile whose sizes it ran with; the CPU's where it did not run."""
        return self.environment.profile if self.environment else "cpu"

    @property
    def is_settled(self) -> bool:
        """Whether this is a grade that stands; false where our own fault left something open."""
        return self.score is not None


def read_scorecard(path: Path) -> Scorecard:
    """Read a scorecard file.

    Raises:
        HarnessError: it is not a scorecard of this version.
    """
    try:
        return Scorecard.model_validate_json(path.read_bytes())
    except ValidationError as error:
        detail = " ".join(str(error).split())[:300]
        raise HarnessError(f"{path}: not a scorecard of format {FORMAT}: {detail}; grade it again") from None


def without_times(card: Scorecard) -> dict[str, object]:
    """The scorecard as plain data, less what differs from run to run: times, memory, and provenance."""
    data = card.model_dump(mode="json", exclude={"provenance"})
    for field in ("wall_s", "cpu_s", "peak_memory_bytes", "peak_device_bytes", "phases", "cpu_phases"):
        data["execution"].pop(field)
    return data
