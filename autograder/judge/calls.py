"""Calls of a student's function, from the judge's side: looked up in the record, else sent to the recorder."""

from collections.abc import Callable

from autograder.evidence.bundle import Bundle, call_key, encode_document, read_reply
from autograder.judge.protocol import CallAnswer, CallForward


class NotRecordedError(Exception):
    """A test makes a call that was never made while a kernel ran; only another run can answer it."""

    def __init__(self, question: str, name: str) -> None:
        super().__init__(f"{question} calls {name} with inputs that were never tried while it ran")


class RecordingCaller:
    """Answers the calls of a `FunctionStandIn`; `forward` is None where no kernel runs (a regrade)."""

    def __init__(self, bundle: Bundle, forward: Callable[[CallForward], CallAnswer] | None) -> None:
        self._bundle = bundle
        self._forward = forward
        self._answers: dict[str, CallAnswer] = {}
