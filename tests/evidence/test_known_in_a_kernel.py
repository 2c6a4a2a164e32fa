"""The hashes of pretrained weights reach the kernel, and the index reaches the judge: from one end to the other."""

import asyncio
import threading
from pathlib import Path

import nbformat
import numpy as np
import pytest
from safetensors.numpy import save_file

from autograder.batch.jobs import CallCarrier
from autograder.course import Limits
from autograder.evidence.known import write_index
from autograder.execution import CallReply, CallRequest, ExecutionJob
from autograder.execution.notebook import NotebookExecution
from autograder.judge import CallAnswer, CallForward, JudgeJob
from autograder.judge.judging import judge

pytest.importorskip("torch")

WEIGHTS = np.random.default_rng(0).normal(size=(128, 200)).astype("float32")
CELLS = """
import torch
from safetensors.torch import load_file
model = torch.nn.Linear(200, 128)
model.weight.data = load_file({path!r})["w"]
def build():
    return model
---
grader.check("q1")
"""
TESTS = """
from otter.test_files import test_case
OK_FORMAT = False
name = "q1"
points = None

@test_case(points=1, hidden=True)
def test_the_model_has_the_weights_of_the_file(model):
    assert abs(float(model.weight.detach().sum()) - {total}) < 1e-2

@test_case(points=1, hidden=True)
def test_a_call_brings_them_too(build, model):
    assert (build().weight == model.weight).all()
"""


class InProcess:
    """An executor's end for `CallCarrier`, without a process of its own."""

    def __init__(self, execution: NotebookExecution) -> None:
        self._execution = execution

    async def call(self, request: CallRequest) -> CallReply:
        return await self._execution.answer(request)


def execution_job(folder: Path, index: Path) -> ExecutionJob:
    path = str(folder / "weights" / "model.safetensors")
    cells = [nbformat.v4.new_code_cell(one.strip()) for one in CELLS.format(path=path).split("---")]
    notebook = folder / "notebook.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
    return ExecutionJob(
        notebook=notebook,
        notebook_name="notebook.ipynb",
        data_files=(),
        evidence={"q1": ("model", "build")},
        preload=(),
        limits=Limits(),
        seed=0,
        scratch=folder,
        out=folder / "out",
        kernel="cold",
        level="none",
        known=index,
    )


@pytest.fixture
def loop():
    """An event loop in a thread: the judge, whose limits are signals, has the main one."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.mark.slow
def test_known_weights_cross_as_hashes_from_kernel_to_judge(tmp_path, loop):
    (tmp_path / "weights").mkdir()
    (tmp_path / "out").mkdir()
    save_file({"w": WEIGHTS}, tmp_path / "weights" / "model.safetensors")
    index = write_index(tmp_path / "weights")
    (tmp_path / "q1.py").write_text(TESTS.format(total=float(WEIGHTS.sum())), encoding="utf-8")
    evidence, tests = tmp_path / "out" / "evidence", {"q1": tmp_path / "q1.py"}
    to_judge = JudgeJob(
        evidence=evidence, tests=tests, reference=None, calibration={}, may_call=True, known=index
    )
    execution = NotebookExecution(execution_job(tmp_path, index))

    def wait_for(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result()

    try:
        assert wait_for(execution.run(lambda _cell: None)).status == "graded"
        carrier = CallCarrier(InProcess(execution), evidence, tmp_path, max_bytes=10**6)
        assert outcomes(to_judge, lambda asked: wait_for(carrier.forward(asked))) == ["passed", "passed"]
    finally:
        wait_for(execution.close())
    stored = sum(path.stat().st_size for path in evidence.rglob("*") if path.is_file())
    assert stored < WEIGHTS.nbytes / 4
    regrade = to_judge.model_copy(update={"may_call": False})
    assert outcomes(regrade) == ["passed", "passed"]
    without = regrade.model_copy(update={"known": None})
    assert outcomes(without) == ["ungraded", "ungraded"]


def outcomes(job, forward=None):
    return [case.outcome for case in judge(job, forward or no_call).cases]


def no_call(asked: CallForward) -> CallAnswer:
    raise AssertionError(f"a call of {asked.name} in a regrade")
