"""Where a batch's executors and judges come from: a warm server, or, cold, a process each."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import autograder
from autograder.batch.executor import ExecutorProcess
from autograder.batch.judging import Forward, follow_judges
from autograder.batch.streams import Stream, cold_stream, executor_stream, judge_stream
from autograder.course import Exercise
from autograder.evidence import collector
from autograder.execution import ExecutionJob
from autograder.judge import JudgeJob, Verdict
from autograder.kernels import KernelKind, Level, Resources, Sandbox, WarmServer
from autograder.kernels.warm import KERNEL_MODULES

# What the course's own code may use while it judges: models are rebuilt in memory, nothing is written.
_JUDGE_RESOURCES = Resources(memory_bytes=8_000_000_000, disk_bytes=64_000_000, max_files=1000, processes=256)
_WARM_MODULES = (
    *KERNEL_MODULES,
    "autograder.execution.child",
    "autograder.judge.child",
    "autograder.evidence.rebuild_keras",
    "autograder.evidence.rebuild_torch",
    "autograder.evidence.rebuild_pandas",
    "autograder.evidence.rebuild_sklearn",
    "autograder.checks",
)


def modules_of(exercises: Iterable[Exercise]) -> list[str]:
    """All that these exercises have imported before their first cell."""
    return list(dict.fromkeys(name for exercise in exercises for name in exercise.preload))


@dataclass(frozen=True)
class Isolation:
    """How student code is run: kind of kernel, and level of confinement."""

    kernel: KernelKind
    level: Level


class Processes:
    """`async with Processes(isolation, modules) as processes: ...`; nothing of it is left afterwards."""

    def __init__(self, isolation: Isolation, modules: Iterable[str]) -> None:
        self.isolation = isolation
        self._server: WarmServer | None = None
        # Judges come from it also where kernels are cold: they run nothing of a student's.
        if sys.platform == "linux":
            standalone = {"_autograder_collector": Path(collector.__file__)}
            self._server = WarmServer([*modules, *_WARM_MODULES], standalone=standalone)

    async def __aenter__(self) -> "Processes":
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            await asyncio.to_thread(self._server.close)

    @asynccontextmanager
    async def executor(self, job: ExecutionJob) -> AsyncIterator[ExecutorProcess]:
        """An executor for `job`, ended with all it started when the block is left.

        Raises:
            HarnessError: it cannot be started.
        """
        if self._server is None or self.isolation.kernel == "cold":
            stream = await cold_stream("autograder.execution", job.scratch / "executor.log")
        else:
            stream = await executor_stream(self._server)
        executor = ExecutorProcess(stream, job)
        try:
            yield executor
        finally:
            await executor.close()

    async def judge(
        self, job: JudgeJob, forward: Forward, *, scratch: Path, cpu: int | None = None
    ) -> tuple[Verdict, float]:
        """Have one submission judged by a judge of its own; returns the verdict and its CPU seconds.

        `scratch` takes the log of a cold judge.

        Raises:
            CourseError: a test file does not load, or a test asks for what the course does not have.
            HarnessError: a judge cannot be started, or is lost outside any test case.
        """
        return await follow_judges(lambda: self._judge_stream(job, scratch, cpu), job, forward)

    async def _judge_stream(self, job: JudgeJob, scratch: Path, cpu: int | None) -> Stream:
        if self._server is None:
            return await cold_stream("autograder.judge", scratch / "judge.log")
        readable = tuple(sorted({str(path) for path in _paths(job)}))
        sandbox = Sandbox(self.isolation.level, _JUDGE_RESOURCES, readable=readable, as_student=False)
        return await judge_stream(self._server, sandbox, cpu)


def _paths(job: JudgeJob) -> list[Path]:
    """All that a judge reads: evidence, tests, reference, pretrained weights, and this package."""
    paths = [
        Path(autograder.__file__).parent,
        job.evidence.absolute(),
        *(path.absolute() for path in job.tests.values()),
    ]
    if job.known is not None:
        paths.append(job.known.absolute().parent)
    return paths if job.reference is None else [*paths, job.reference.absolute()]
