"""The recorder's end of the judges: one server process per batch, one forked judge per submission."""

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from autograder.errors import CourseError, HarnessError
from autograder.judge import CallAnswer, CallForward, JudgeJob, Verdict
from autograder.judge.protocol import JudgeFailed, read_event

START_S = 120.0
JUDGE_S = 900.0
MAX_LINE = 2**28

# A judge computes little and must compute the same everywhere: one thread, no GPU, no chatter.
_ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
}

Forward = Callable[[CallForward], Awaitable[CallAnswer]]


class JudgeServer:
    """`async with JudgeServer(preload) as judges: verdict = await judges.judge(job, forward)`."""

    def __init__(self, preload: Iterable[str]) -> None:
        self._preload = list(preload)
        self._runtime = Path(tempfile.mkdtemp(prefix="ag-"))
        self._socket = self._runtime / "j"
        self._process: asyncio.subprocess.Process

    async def __aenter__(self) -> "JudgeServer":
        with (self._runtime / "log").open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "autograder.judge"),
                *(str(self._socket), str(os.getpid()), *self._preload),
                env={**os.environ, **_ENVIRONMENT},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return self

    async def __aexit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        shutil.rmtree(self._runtime, ignore_errors=True)

    async def judge(self, job: JudgeJob, forward: Forward) -> Verdict:
        """Have one submission judged by a judge of its own.

        Raises:
            CourseError: a test file does not load, or a test asks for what the course does not have.
            HarnessError: the judge failed, ended, or gave no answer.
        """
        try:
            async with asyncio.timeout(JUDGE_S):
                return await self._judge(job, forward)
        except TimeoutError:
            raise HarnessError(f"the judge gave no verdict within {JUDGE_S:g} s") from None

    async def _judge(self, job: JudgeJob, forward: Forward) -> Verdict:
        reader, writer = await self._connect()
        try:
            writer.write(job.model_dump_json().encode() + b"\n")
            while line := await reader.readline():
                event = read_event.validate_json(line)
                if isinstance(event, Verdict):
                    return event
                if isinstance(event, JudgeFailed):
                    raise CourseError(event.reason)
                answer = await forward(event)
                writer.write(answer.model_dump_json().encode() + b"\n")
                await writer.drain()
        except ConnectionError as error:
            raise HarnessError(f"the judge ended without a verdict: {error}") from error
        finally:
            writer.close()
        raise HarnessError(f"the judge ended without a verdict; its last words: {self._last_words()}")

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect as soon as the server listens; its imports take seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(START_S):
                while self._process.returncode is None:
                    with contextlib.suppress(OSError):
                        return await asyncio.open_unix_connection(self._socket, limit=MAX_LINE)
                    await asyncio.sleep(0.05)
        raise HarnessError(f"the judges' server did not start; its last words: {self._last_words()}")

    def _last_words(self) -> str:
        lines = (self._runtime / "log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "none"
