"""Follows judges to a verdict, also where one of them does not survive what was handed in.

Rebuilt evidence can be slow or large in ways that no check foresees, and a library can be stuck in a call that
no signal interrupts. A judge that dies or falls silent in a test case costs that case; another goes on.
"""

import asyncio
from collections.abc import Awaitable, Callable

from autograder.batch.streams import Stream
from autograder.errors import CourseError, HarnessError
from autograder.judge import CallAnswer, CallForward, CaseVerdict, JudgeJob, Verdict
from autograder.judge.protocol import CaseBegun, JudgeFailed, read_event

# Twice what a test case may compute; a judge that says nothing for so long is stuck.
SILENCE_S = 120.0
# Each judge that is lost takes up to SILENCE_S; after so many the rest of the cases is not tried.
MAX_LOST = 3

Forward = Callable[[CallForward], Awaitable[CallAnswer]]
OpenStream = Callable[[], Awaitable[Stream]]


class _LostError(Exception):
    """The judge ended or fell silent in a test case."""


async def follow_judges(open_stream: OpenStream, job: JudgeJob, forward: Forward) -> tuple[Verdict, float]:
    """The verdict, and the CPU seconds of every judge it took.

    Raises:
        CourseError: a test file does not load, or a test asks for what the course does not have.
        HarnessError: a judge cannot be started, or is lost outside any test case.
    """
    decided: list[CaseVerdict] = []
    cpu_s, lost = 0.0, 0
    while True:
        follower = _Follower(await open_stream(), forward, decided)
        try:
            return await follower.verdict(job), cpu_s + await follower.close()
        except _LostError as error:
            cpu_s += await follower.close()
            lost += 1
            decided.append(_errored(follower.running, str(error)))
            if lost == MAX_LOST:
                job = job.model_copy(update={"gives_up": True})
        except BaseException:
            await follower.close()
            raise


class _Follower:
    def __init__(self, stream: Stream, forward: Forward, decided: list[CaseVerdict]) -> None:
        self._stream = stream
        self._forward = forward
        self._decided = decided
        self._running: CaseBegun | None = None

    @property
    def running(self) -> CaseBegun:
        """The test case in which the judge was lost."""
        assert self._running is not None
        return self._running

    async def verdict(self, job: JudgeJob) -> Verdict:
        await self._stream.send(job.model_copy(update={"decided": tuple(self._decided)}).model_dump_json())
        while True:
            event = read_event.validate_json(await self._next())
            match event:
                case Verdict():
                    return event
                case JudgeFailed():
                    raise CourseError(event.reason)
                case CaseBegun():
                    self._running = event
                case CaseVerdict():
                    self._decided.append(event)
                    self._running = None
                case CallForward():
                    await self._stream.send((await self._forward(event)).model_dump_json())

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout(SILENCE_S):
                return await self._stream.receive("judge")
        except TimeoutError:
            if self._running is None:
                raise HarnessError(f"the judge said nothing for {SILENCE_S:g} s") from None
            raise _LostError(f"the judge was stopped: no end of this test after {SILENCE_S:g} s") from None
        except HarnessError as error:
            if self._running is None:
                raise
            raise _LostError(f"the judge did not survive this test: {error}") from None

    async def close(self) -> float:
        return await self._stream.close()


def _errored(case: CaseBegun, message: str) -> CaseVerdict:
    return CaseVerdict(
        question=case.question, name=case.name, hidden=case.hidden, outcome="errored", message=message
    )
