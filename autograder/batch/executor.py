"""The recorder's end of an executor process: start it, follow it, make calls, end it."""

import asyncio
import contextlib
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.errors import HarnessError
from autograder.execution import CallReply, CallRequest, CellStarted, Executed, ExecutionJob, Failed
from autograder.execution.protocol import read_event

# What an executor may take beyond the notebook's own limit: start, evidence, interrupts.
MARGIN_S = 300.0
MAX_LINE = 2**20


class ExecutorProcess:
    """One executor. `async with ExecutorProcess(job, log) as executor: await executor.run(...)`."""

    def __init__(self, job: ExecutionJob, log: Path) -> None:
        self._job = job
        self._log = log
        self._process: asyncio.subprocess.Process

    async def __aenter__(self) -> "ExecutorProcess":
        with self._log.open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "autograder.execution"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=MAX_LINE,
            )
        await self._send(self._job.model_dump_json())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), timeout=20)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def run(self, on_cell: Callable[[CellStarted], None]) -> Executed:
        """Wait until the notebook has run.

        Raises:
            HarnessError: the executor failed or ended.
        """
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
        await self._send(request.model_dump_json())
        event = await self._next()
        if not isinstance(event, CallReply):
            raise HarnessError(f"the executor answered a call with {event.event!r}")
        return event

    async def _send(self, line: str) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(ConnectionError):  # a dead executor is noticed at the next read
            self._process.stdin.write(line.encode() + b"\n")
            await self._process.stdin.drain()

    async def _next(self) -> CellStarted | Executed | CallReply:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            code = await self._process.wait()
            raise HarnessError(f"the executor ended with status {code}; its last words: {self._last_words()}")
        event = read_event.validate_json(line)
        if isinstance(event, Failed):
            raise HarnessError(event.reason)
        return event

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "none"
