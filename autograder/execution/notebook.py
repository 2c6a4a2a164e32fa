"""Runs a whole submission: every cell in order, evidence after each check cell, then calls on request."""

import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.errors import EvidenceError, HarnessError
from autograder.evidence import collector
from autograder.evidence.bundle import BundleWriter, KnownArrays
from autograder.execution.cells import CellRunner
from autograder.execution.collecting import call, collect
from autograder.execution.protocol import CallReply, CallRequest, CellStarted, Executed, ExecutionJob
from autograder.kernels import KernelSession, KernelSettings, Resources, Sandbox
from autograder.submissions import check_cells, clean_copy, is_bare_check, read_notebook

# A call can end the kernel; it is started again and run up to the function's check cell this many times.
MAX_REPLAYS = 3
# What collecting the evidence of one question may take.
COLLECT_S, COLLECT_AT_LEAST_S = 30.0, 5.0


class NotebookExecution:
    """One submission in one kernel. In order: `run`, `answer` for each call, `close`."""

    def __init__(self, job: ExecutionJob) -> None:
        self._job = job
        self._notebook = clean_copy(read_notebook(job.notebook.read_bytes()))
        self._checks = check_cells(self._notebook)
        self._known: list[str] = []
        self._evidence: BundleWriter
        self._phases = {"kernel_start": 0.0, "imports": 0.0, "cells": 0.0, "evidence": 0.0}
        self._cpu_phases: dict[str, float] = {}
        self._replays = 0
        self._collected: set[str] = set()  # by the kernel that runs now
        self._session: KernelSession

    async def run(self, report: Callable[[CellStarted], None]) -> Executed:
        """Run the notebook as far as it goes and write executed.ipynb and evidence/.

        Raises:
            HarnessError: the kernel did not start.
            CourseError: the index of pretrained arrays cannot be read.
        """
        began = time.perf_counter()
        known = None if self._job.known is None else KnownArrays.load(self._job.known)
        self._known = known.hashes if known else []
        self._evidence = BundleWriter(self._job.out / "evidence", known=known.digest if known else None)
        self._session = await self._start_kernel()
        self._phases["kernel_start"] = self._session.start_s
        self._phases["imports"] = self._session.imports_s
        self._cpu_phases["kernel_start"] = self._session.cpu_s
        await self._probe()
        runner = CellRunner(self._notebook, self._session, self._job.limits)
        cells_run = await self._run_cells(runner, report)
        await self._collect_unchecked(runner)
        executed = _encodable(nbformat.writes(self._notebook))
        (self._job.out / "executed.ipynb").write_text(executed, encoding="utf-8")
        usage = await self._session.usage()
        # The rest of the kernel's own time went into cells and evidence; threads are the kernel's, too.
        self._cpu_phases["cells"] = usage.cpu_s - sum(self._cpu_phases.values())
        self._cpu_phases["executor"] = time.process_time()
        first = runner.reached[0] if runner.reached else None
        return Executed(
            status=first.name if first else "graded",
            limit=first.sentence if first else None,
            first_error=_first_error(self._notebook),
            cells_run=cells_run,
            cells_total=sum(_is_code(cell) for cell in self._notebook.cells),
            wall_s=time.perf_counter() - began,
            cpu_s=usage.cpu_s,
            peak_memory_bytes=usage.peak_memory_bytes,
            peak_device_bytes=usage.peak_device_bytes,
            phases=self._phases,
            cpu_phases=self._cpu_phases,
            kernel=self._session.kind,
            isolation=self._session.isolation,
        )

    async def answer(self, request: CallRequest) -> CallReply:
        """Carry out one call of a student's function in the kernel that still runs."""
        if not await self._session.is_alive() or request.question not in self._collected:
            reason = await self._replay(request.question)
            if reason is not None:
                return CallReply(reason=reason)
        try:
            stems, limits = (request.request, request.reply), self._job.limits
            await call(self._session, *stems, limits=limits, known=self._known)
        except EvidenceError as error:
            return CallReply(reason=str(error))
        return CallReply()

    async def close(self) -> None:
        """End the kernel and everything it started."""
        if hasattr(self, "_session"):
            await self._session.close()

    async def _start_kernel(self) -> KernelSession:
        job = self._job
        settings = KernelSettings(
            kind=job.kernel,
            sandbox=_sandbox(job),
            cpu_s=job.limits.cpu_s or job.limits.notebook_s,
            seed=job.seed,
            preload=job.preload,
            collector=Path(collector.__file__),
            weights=job.weights,
            settings=job.settings,
            cpu=job.cpu,
            standby=job.standby,
            device=job.device,
        )
        session = await KernelSession.start(settings)
        self._collected.clear()
        for path in job.data_files:
            session.put_file(path.name, path.read_bytes())
        # Under the course's own name: `otter.Notebook("name.ipynb")` fails in a renamed download.
        session.put_file(job.notebook_name, nbformat.writes(self._notebook).encode("utf-8", "replace"))
        return session

    async def _probe(self) -> None:
        """Collect nothing, before any student code runs: what fails here is never a student's fault.

        Raises:
            HarnessError: the collector cannot write its files.
        """
        try:
            await collect(self._session, "probe", (), max_bytes=0, known=(), limit_s=COLLECT_S)
        except EvidenceError as error:
            raise HarnessError(f"the collector does not work in a fresh kernel: {error}") from error

    async def _run_cells(self, runner: CellRunner, report: Callable[[CellStarted], None]) -> int:
        cells_run = 0
        for index, cell in enumerate(self._notebook.cells):
            if not _is_code(cell):
                continue
            if runner.is_out_of_time:
                runner.reached.append(runner.time_reached(index))
                break
            report(CellStarted(number=index + 1, total=len(self._notebook.cells)))
            began = time.perf_counter()
            await _run_cell(runner, cell, index)
            self._phases["cells"] += time.perf_counter() - began
            cells_run += 1
            if not await runner.is_alive():
                break
            for question in self._questions_checked_at(index):
                await self._collect(question, index, runner)
        return cells_run

    def _questions_checked_at(self, index: int) -> list[str]:
        return [question for question in self._job.evidence if self._checks.get(question) == index]

    async def _collect_unchecked(self, runner: CellRunner) -> None:
        """Collect at the end what no check cell asked for, and say why the rest is missing."""
        reason = _last_limit(runner)
        for question, names in self._job.evidence.items():
            if question in self._evidence.questions:
                continue
            if self._checks.get(question) is None and await runner.is_alive():
                await self._collect(question, None, runner)
            else:
                self._evidence.add_question_missing(question, None, names, reason)

    async def _collect(self, question: str, cell: int | None, runner: CellRunner) -> None:
        names = self._job.evidence[question]
        began, cpu = time.perf_counter(), self._session.cpu_s
        max_bytes = self._job.limits.evidence_mb * 1_000_000
        try:
            limit_s = _collect_limit_s(runner)
            drop = await collect(
                self._session, question, names, max_bytes=max_bytes, known=self._known, limit_s=limit_s
            )
            self._evidence.add_question(question, cell, names, drop)
            self._collected.add(question)
        except EvidenceError as error:
            self._evidence.add_question_missing(question, cell, names, str(error))
        self._phases["evidence"] += time.perf_counter() - began
        spent = self._session.cpu_s - cpu
        self._cpu_phases["evidence"] = self._cpu_phases.get("evidence", 0.0) + max(0.0, spent)

    async def _replay(self, question: str) -> str | None:
        """Start a fresh kernel and run up to the check cell of `question`; returns why that failed, or None.

        A kernel that a later cell or an earlier call has ended must not cost a function that was handed in.
        """
        if self._replays >= MAX_REPLAYS:
            return f"the kernel ended, and was started again {MAX_REPLAYS} times already"
        self._replays += 1
        await self._session.close()
        self._session = await self._start_kernel()
        # Copies: what a replay prints came after hidden inputs were seen, and is shown to nobody.
        replayed = clean_copy(self._notebook)
        runner = CellRunner(replayed, self._session, self._job.limits)
        last = self._checks.get(question, len(replayed.cells) - 1)
        for index, cell in enumerate(replayed.cells[: last + 1]):
            if _is_code(cell):
                await _run_cell(runner, cell, index)
            if not await runner.is_alive():
                return _last_limit(runner)
            for checked in self._questions_checked_at(index):
                reason = await self._collect_again(checked, runner)
                if checked == question:
                    return reason
        return await self._collect_again(question, runner)

    async def _collect_again(self, question: str, runner: CellRunner) -> str | None:
        """Have this kernel keep the functions of a question, too; returns why that failed, or None."""
        names, max_bytes = self._job.evidence[question], self._job.limits.evidence_mb * 1_000_000
        try:
            limit_s = _collect_limit_s(runner)
            await collect(
                self._session, question, names, max_bytes=max_bytes, known=self._known, limit_s=limit_s
            )
        except EvidenceError as error:
            return str(error)
        self._collected.add(question)
        return None


def _sandbox(job: ExecutionJob) -> Sandbox:
    limits = job.limits
    resources = Resources(
        memory_bytes=limits.memory_mb * 1_000_000,
        # Evidence lies in the same file system until it has been read.
        disk_bytes=(limits.disk_mb + 2 * limits.evidence_mb) * 1_000_000,
        max_files=limits.files,
        processes=limits.processes,
    )
    devices = job.device.gpu.nodes if job.device else ()
    return Sandbox(job.level, resources, readable=job.weights.readable, devices=devices)


def _collect_limit_s(runner: CellRunner) -> float:
    """Collecting takes from the notebook's time, but is given some even where that is nearly up."""
    return min(COLLECT_S, max(COLLECT_AT_LEAST_S, runner.remaining_s))


def _is_code(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip())


async def _run_cell(runner: CellRunner, cell: NotebookNode, index: int) -> None:
    """Run a code cell, unless all it does is to check a question.

    The judge runs the same tests and more. In the kernel they could only do harm: a tested function that
    ends the process would take all later questions with it.
    """
    if is_bare_check(cell.source):
        cell.outputs = [new_output("stream", name="stdout", text="collected for the judge\n")]
    else:
        await runner.run(cell, index)


def _last_limit(runner: CellRunner) -> str:
    return runner.reached[-1].sentence if runner.reached else "the kernel ended"


def _first_error(notebook: NotebookNode) -> str | None:
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                text = " ".join(f"{output.get('ename', '')}: {output.get('evalue', '')}".split())
                return _encodable(f"cell {number}: {text[:300]}")
    return None


def _encodable(text: str) -> str:
    """The text with lone surrogates, which no file can hold, as question marks."""
    return text.encode("utf-8", "replace").decode()
