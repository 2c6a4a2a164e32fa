"""Forks one judge per submission from a process that has the libraries imported.

The server itself reads nothing that a student made: it accepts a connection and forks. The child loads
tests, judges, answers and ends; no two submissions ever share a judge.
"""

import ctypes
import gc
import importlib
import importlib.util
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TextIO

from autograder.errors import AutograderError
from autograder.judge.judging import judge
from autograder.judge.protocol import CallAnswer, CallForward, JudgeFailed, JudgeJob

_PR_SET_PDEATHSIG = 1
BACKLOG = 64


def serve(socket_path: Path, parent: int, preload: list[str]) -> None:
    """Import `preload`, listen on `socket_path`, and judge until the process `parent` ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit("the recorder has ended")
    for name in preload:
        if importlib.util.find_spec(name.partition(".")[0]) is not None:
            importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    gc.freeze()  # what is loaded stays in shared pages
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(socket_path))
        listener.listen(BACKLOG)
        while True:
            connection, _ = listener.accept()
            with connection:
                if os.fork() == 0:
                    listener.close()
                    _judge_one(connection)
                    os._exit(0)


def _judge_one(connection: socket.socket) -> None:
    """The child: one job, one verdict. Whatever goes wrong in here is ours and is said so."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with (
        connection.makefile("r", encoding="utf-8") as lines,
        connection.makefile("w", encoding="utf-8") as out,
    ):

        def forward(request: CallForward) -> CallAnswer:
            _say(out, request.model_dump_json())
            return CallAnswer.model_validate_json(lines.readline())

        try:
            job = JudgeJob.model_validate_json(lines.readline())
            _say(out, judge(job, forward).model_dump_json())
        except Exception as error:
            reason = str(error) if isinstance(error, AutograderError) else repr(error)
            _say(out, JudgeFailed(reason=reason).model_dump_json())


def _say(out: TextIO, line: str) -> None:
    out.write(line + "\n")
    out.flush()
