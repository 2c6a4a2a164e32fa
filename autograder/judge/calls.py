"""Calls of a student's function, from the judge's side: looked up in the record, else sent to the recorder."""

import base64
from collections.abc import Callable

from autograder.evidence.bundle import Bundle, Drop, call_key, encode_call, parse_drop, read_reply
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
        self._replies: dict[str, Drop] = {}

    def call(self, question: str, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        """The function's return value, rebuilt from data; the same call is made once only.

        Raises:
            StudentFunctionError: the function raised, or gave no answer in time.
            EvidenceError: the reply breaks a rule.
            NotRecordedError: there is neither a record nor a kernel.
        """
        request = encode_call(question, name, args, kwargs)
        key = call_key(request)
        if key not in self._replies:
            self._replies[key] = self._reply(question, name, key, request)
        return read_reply(self._replies[key], name, self._bundle.known)

    def _reply(self, question: str, name: str, key: str, request: Drop) -> Drop:
        if self._forward is None:
            recorded = self._bundle.recorded_call(key)
            if recorded is None:
                raise NotRecordedError(question, name)
            return recorded
        asked = CallForward(
            question=question,
            name=name,
            key=key,
            document=request.json_bytes.decode(),
            arrays=base64.b64encode(request.tensor_bytes),
        )
        answer = self._forward(asked)
        return parse_drop(answer.document.encode(), answer.arrays, what=f"the result of {name}")
