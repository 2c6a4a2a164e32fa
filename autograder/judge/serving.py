"""A judge's life: one job, calls forwarded as it needs them, one verdict."""

from typing import TextIO

from autograder.errors import AutograderError
from autograder.judge.judging import judge
from autograder.judge.protocol import CallAnswer, CallForward, JudgeFailed, JudgeJob


def serve(lines: TextIO, out: TextIO) -> None:
    """Read a job from `lines` and judge it; whatever goes wrong in here is ours, and is said so on `out`."""

    def say(line: str) -> None:
        out.write(line + "\n")
        out.flush()

    def forward(request: CallForward) -> CallAnswer:
        say(request.model_dump_json())
        return CallAnswer.model_validate_json(lines.readline())

    try:
        job = JudgeJob.model_validate_json(lines.readline())
        say(judge(job, forward, lambda event: say(event.model_dump_json())).model_dump_json())
    except Exception as error:
        reason = str(error) if isinstance(error, AutograderError) else repr(error)
        say(JudgeFailed(reason=reason).model_dump_json())
