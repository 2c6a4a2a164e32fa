"""What the recorder and a judge say to each other: JSON lines over a unix socket.

    recorder -> judge   JudgeJob, then one CallAnswer for each CallForward
    judge -> recorder   CaseBegun before and CaseVerdict after each test case, any number of CallForward
                        in between; one Verdict at the end

A judge holds hidden tests and the reference; it has no kernel. A call of a student's function goes through
the recorder to the executor, as data, and comes back as data.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, TypeAdapter

OutcomeName = Literal["passed", "failed", "errored", "missing", "ungraded"]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class JudgeJob(_Message):
    """One submission to judge.

    `tests` maps each question, in course order, to its Otter test file. Public test cases of all questions
    run before any hidden one. `may_call` is false for a regrade: only recorded calls are answered then.
    `known` is the index of pretrained arrays that evidence names by their hash.
    `case_limit_s` is processor time; cases in `decided` were judged before and are not run,
    and with `gives_up` none is: too many judges were lost on this evidence.
    """

    evidence: Path
    tests: dict[str, Path]
    reference: Path | None
    calibration: dict[str, float]
    may_call: bool
    known: Path | None = None
    case_limit_s: float = 60.0
    decided: tuple["CaseVerdict", ...] = ()
    gives_up: bool = False


class CaseBegun(_Message):
    """A test case is about to run: should the judge not survive it, this says which it was."""

    event: Literal["begun"] = "begun"
    question: str
    name: str
    hidden: bool


class CaseVerdict(_Message):
    """The outcome of one test case and the sentence that goes with it."""

    event: Literal["decided"] = "decided"
    question: str
    name: str
    hidden: bool
    outcome: OutcomeName
    message: str


class CallForward(_Message):
    """Ask for a call of a student's function with these arguments, an evidence document.

    `key` is the document's hash: the recorder stores the reply under it, and a regrade finds it there.
    """

    event: Literal["call"] = "call"
    question: str
    name: str
    key: str
    document: str
    arrays: Base64Bytes


class CallAnswer(_Message):
    """The reply to a call, an evidence document; it was written beside student code and is not trusted."""

    document: str
    arrays: Base64Bytes


class Verdict(_Message):
    """All outcomes, in course order."""

    event: Literal["verdict"] = "verdict"
    cases: tuple[CaseVerdict, ...]


class JudgeFailed(_Message):
    """The judge itself failed: a test file that does not load, say. Never the student's fault."""

    event: Literal["failed"] = "failed"
    reason: str


Event = Annotated[CaseBegun | CaseVerdict | CallForward | Verdict | JudgeFailed, Field(discriminator="event")]
read_event: TypeAdapter[CaseBegun | CaseVerdict | CallForward | Verdict | JudgeFailed] = TypeAdapter(Event)
