"""Makes the jobs for executor and judge, and carries calls between the two."""

import base64
import json
from pathlib import Path

from autograder.batch.executor import ExecutorProcess
from autograder.batch.processes import Isolation
from autograder.batch.weights import kernel_weights
from autograder.course import BuiltExercise, Exercise
from autograder.course.backend import backends_of
from autograder.course.calibration import read_calibration
from autograder.course.pretrained import pretrained_root
from autograder.devices import DeviceShare, Gpu
from autograder.errors import EvidenceError
from autograder.evidence.bundle import BundleWriter, Drop, parse_drop, read_drop
from autograder.evidence.collector import NO_ARRAYS
from autograder.evidence.known import INDEX
from autograder.execution import CallRequest, ExecutionJob
from autograder.judge import CallAnswer, CallForward, JudgeJob


def execution_job(
    exercise: Exercise,
    built: BuiltExercise,
    isolation: Isolation,
    *,
    notebook: Path,
    scratch: Path,
    out: Path,
    seed: int,
    cpu: int | None = None,
    standby: bool = False,
    gpu: Gpu | None = None,
) -> ExecutionJob:
    """The job of running `notebook` as a submission to `exercise`; `cpu` and `standby` as in ExecutionJob.

    It gets a share of `gpu` where the exercise is in its GPU profile.
    """
    return ExecutionJob(
        notebook=notebook,
        notebook_name=exercise.notebook_name,
        data_files=tuple(exercise.data_paths()),
        evidence={question.name: question.evidence for question in built.questions},
        preload=exercise.preload,
        limits=exercise.limits,
        seed=seed,
        scratch=scratch,
        out=out,
        kernel=isolation.kernel,
        level=isolation.level,
        weights=kernel_weights(exercise),
        settings=exercise.settings,
        known=known_index(exercise),
        cpu=cpu,
        standby=standby,
        device=_share(exercise, gpu),
    )


def _share(exercise: Exercise, gpu: Gpu | None) -> DeviceShare | None:
    if gpu is None or exercise.profile != "gpu":
        return None
    memory_bytes = exercise.limits.device_memory_mb * 1_000_000
    return DeviceShare(gpu, min(memory_bytes, gpu.memory_bytes), backends_of(exercise.preload))


def judge_job(
    exercise: Exercise, built: BuiltExercise, *, evidence: Path, reference: Path | None, may_call: bool
) -> JudgeJob:
    """The job of judging stored evidence with the course's tests as they are now."""
    calibration = read_calibration(exercise)
    return JudgeJob(
        evidence=evidence,
        tests={question.name: built.test_file(question.name) for question in built.questions},
        reference=reference,
        calibration=calibration.thresholds if calibration else {},
        may_call=may_call,
        known=known_index(exercise),
    )


def known_index(exercise: Exercise) -> Path | None:
    """The index of pretrained arrays, for an exercise that uses any; `batch.weights` keeps it up to date."""
    return pretrained_root() / INDEX if exercise.weights else None


class CallCarrier:
    """Takes a judge's calls to an executor, and keeps each reply in the bundle for later regrades."""

    def __init__(self, executor: ExecutorProcess, evidence: Path, scratch: Path, *, max_bytes: int) -> None:
        self._executor = executor
        self._bundle = BundleWriter(evidence)
        self._scratch = scratch / "calls"
        self._scratch.mkdir(parents=True)
        self._max_bytes = max_bytes
        self._count = 0

    async def forward(self, asked: CallForward) -> CallAnswer:
        """One call there and back."""
        self._count += 1
        stem = self._scratch / f"{self._count}-request"
        reply_stem = self._scratch / f"{self._count}-reply"
        request = parse_drop(asked.document.encode(), asked.arrays, what=f"call of {asked.name}")
        stem.with_suffix(".json").write_bytes(request.json_bytes)
        stem.with_suffix(".safetensors").write_bytes(request.tensor_bytes)
        said = await self._executor.call(
            CallRequest(question=asked.question, name=asked.name, request=stem, reply=reply_stem)
        )
        try:
            if said.reason is not None:
                raise EvidenceError(said.reason)
            reply = read_drop(reply_stem, max_bytes=self._max_bytes)
        except EvidenceError as error:
            reply = _no_reply(str(error))
        self._bundle.add_call(asked.key, request, reply)
        return CallAnswer(document=reply.json_bytes.decode(), arrays=base64.b64encode(reply.tensor_bytes))


def _no_reply(reason: str) -> Drop:
    """The reply in the record where a call had none: a later regrade must judge it the same way."""
    document = {"format": 1, "ok": False, "error": {"type": "NoAnswer", "message": reason}}
    return parse_drop(json.dumps(document).encode(), NO_ARRAYS, what="no reply")


async def no_calls(asked: CallForward) -> CallAnswer:
    """A judge without a kernel never asks: it finds every call in the record or leaves the case ungraded."""
    raise AssertionError(f"{asked.question}: a call of {asked.name} in a regrade")
