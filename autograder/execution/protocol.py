"""What the recorder and an executor say to each other: JSON lines over one stream.

    recorder -> executor   ExecutionJob, then any number of CallRequest, then end of file
    executor -> recorder   CellStarted for each cell, then Executed or Failed, then a CallReply per request

The executor never learns of a hidden test, a reference, or a score: only names of variables, and the
arguments of calls.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from autograder.course import Limits
from autograder.devices import DeviceShare
from autograder.kernels import KernelKind, Level, Weights


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExecutionJob(_Message):
    """One submission to run.

    `evidence` maps each question to the variables its test cases need; `out` gets executed.ipynb and
    evidence/; `scratch` is a folder for what is carried between judge and kernel. `weights` are the pretrained
    files that the kernel may read, `known` the index of their arrays, `settings` the sizes that the notebook reads.
    `level` is how a warm kernel is confined, `cpu` the processor it is pinned to, `device` its part of a GPU; `standby`
    says that another job like this follows.
    """

    notebook: Path
    notebook_name: str
    data_files: tuple[Path, ...]
    evidence: dict[str, tuple[str, ...]]
    preload: tuple[str, ...]
    limits: Limits
    seed: int
    scratch: Path
    out: Path
    kernel: KernelKind
    level: Level
    weights: Weights = Weights()
    settings: dict[str, int] = {}
    known: Path | None = None
    cpu: int | None = None
    standby: bool = False
    device: DeviceShare | None = None


class CellStarted(_Message):
    """A cell is about to run; for the progress display. Counts from 1 over all cells."""

    event: Literal["cell"] = "cell"
    number: int
    total: int


class Executed(_Message):
    """The notebook has run as far as it could; everything is on disk.

    `status` holds one of the execution statuses of a scorecard, decided by out-of-band facts.
    """

    event: Literal["executed"] = "executed"
    status: Literal["graded", "timeout", "out_of_memory", "output_limit", "killed"]
    limit: str | None
    first_error: str | None
    cells_run: int
    cells_total: int
    wall_s: float
    cpu_s: float
    peak_memory_bytes: int
    peak_device_bytes: int | None
    phases: dict[str, float]
    cpu_phases: dict[str, float]
    kernel: str
    isolation: str


class Failed(_Message):
    """The harness failed; the student is not to blame."""

    event: Literal["failed"] = "failed"
    reason: str


class CallRequest(_Message):
    """Call a student's function. `request` and `reply` are stems of a .json and a .safetensors file each."""

    question: str
    name: str
    request: Path
    reply: Path


class CallReply(_Message):
    """A call has ended; `reason` says why there is no reply on disk, where there is none."""

    event: Literal["reply"] = "reply"
    reason: str | None = None


Event = Annotated[CellStarted | Executed | Failed | CallReply, Field(discriminator="event")]
read_event: TypeAdapter[CellStarted | Executed | Failed | CallReply] = TypeAdapter(Event)
