"""The recorder's end of an executor: start it, follow it, make calls, end it."""

import asyncio
from collections.abc import Callable

from autograder.batch.streams import Stream
from autograder.errors import HarnessError
from autograder.execution import CallReply, CallRequest, CellStarted, Executed, ExecutionJob, Failed
from autograder.execution.protocol import read_event

# What an executor may take beyond the notebook's own limit: start, evidence, interrupts.
MARGIN_S = 300.0


class ExecutorProcess:
    """One executor at work on one job. In order: `run`, `call` as often as needed, `close`."""

    def __init__(self, stream: Stream, job: ExecutionJob) -> None:
        self._stream = stream
        self._job = job

    async def run(self, on_cell: Callable[[CellStarted], None]) -> Executed:
        """Hand over the job and wait until the notebook has run.

        Raises:
            HarnessError: the executor failed or ended.
        """
        await self._stream.send(self._job.model_dump_json())
        deadline_s = self._job.limits.notebook_s + MARGIN_S
        try:
            async with asyncio.timeout(deadline_s):
                while True:
                    event = await self._next()
                    if isinstance(event, CellStarted):
                        on_cell(event)
                    elif isinstance(event, Executed):
                        return event
        except TimeoutError:
            raise HarnessError(f"the executor gave no answer within {deadline_s:g} s") from None

    async def call(self, request: CallRequest) -> CallReply:
        """Have a student's function called.

        Raises:
            HarnessError: the executor failed or ended.
        """
        await self._stream.send(request.model_dump_json())
        event = await self._next()
        if not isinstance(event, CallReply):
            raise HarnessError(f"the executor answered a call with {event.event!r}")
        return event

    async def close(self) -> None:
        """End the executor, its kernel, and all that the kernel started."""
        await self._stream.close()

    async def _next(self) -> CellStarted | Executed | CallReply:
        event = read_event.validate_json(await self._stream.receive("executor"))
        if isinstance(event, Failed):
            raise HarnessError(event.reason)
        return event
