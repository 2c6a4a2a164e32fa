"""An executor's life: a job, its run, calls of the student's functions, until the recorder hangs up."""

import asyncio
from typing import TextIO

from autograder.errors import AutograderError
from autograder.execution.notebook import NotebookExecution
from autograder.execution.protocol import CallReply, CallRequest, CellStarted, Executed, ExecutionJob, Failed


async def serve(lines: TextIO, events: TextIO) -> None:
    """Read a job from `lines`, run it, answer calls until `lines` ends; say everything on `events`."""

    def say(event: CellStarted | Executed | Failed | CallReply) -> None:
        events.write(event.model_dump_json() + "\n")
        events.flush()

    execution = NotebookExecution(ExecutionJob.model_validate_json(lines.readline()))
    try:
        say(await execution.run(say))
        while line := await asyncio.to_thread(lines.readline):
            say(await execution.answer(CallRequest.model_validate_json(line)))
    except Exception as error:
        # Where an execution ends: whatever went wrong here is ours, and the recorder must hear of it.
        say(Failed(reason=str(error) if isinstance(error, AutograderError) else repr(error)))
    finally:
        await execution.close()
