"""An executor's process: `python -m autograder.execution`, spoken to in JSON lines; see `protocol`."""

import asyncio
import ctypes
import os
import signal
import sys
from typing import TextIO

from autograder.errors import AutograderError
from autograder.execution.notebook import NotebookExecution
from autograder.execution.protocol import CallReply, CallRequest, CellStarted, Executed, ExecutionJob, Failed

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Read a job, run it, answer calls until the recorder closes the pipe."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    events = _take_stdout()
    job = ExecutionJob.model_validate_json(sys.stdin.readline())
    asyncio.run(_serve(job, events))


def _take_stdout() -> TextIO:
    """Keep stdout for events alone: what a library prints goes to stderr."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return events


async def _serve(job: ExecutionJob, events: TextIO) -> None:
    def say(event: CellStarted | Executed | Failed | CallReply) -> None:
        events.write(event.model_dump_json() + "\n")
        events.flush()

    execution = NotebookExecution(job)
    try:
        say(await execution.run(say))
        while line := await asyncio.to_thread(sys.stdin.readline):
            say(await execution.answer(CallRequest.model_validate_json(line)))
    except Exception as error:
        # Where an execution ends: whatever went wrong here is ours, and the recorder must hear of it.
        say(Failed(reason=str(error) if isinstance(error, AutograderError) else repr(error)))
    finally:
        await execution.close()


if __name__ == "__main__":
    main()
