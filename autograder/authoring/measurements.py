"""The runs behind a calibration: each answer once per seed through an executor, every value kept at once.

Kept values are found again under the hash of the code that makes them, so a change to the prose or to a test
costs no new run, and a killed calibration goes on where it was. A public test may draw a random number and
so shift the later ones; the values are then another sample of the same distribution, and as good.
"""

import asyncio
import hashlib
import json
import math
import platform
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from autograder import __version__
from autograder.authoring.answers import Answer, answer_notebook
from autograder.authoring.calibration_settings import MetricSettings
from autograder.authoring.notebook import read_notebook
from autograder.authoring.setup_cell import computes
from autograder.batch import Isolation
from autograder.batch.cards import package_versions
from autograder.batch.jobs import execution_job
from autograder.batch.processes import Processes, modules_of
from autograder.batch.weights import weights_used
from autograder.course import BuiltExercise, Exercise
from autograder.course.backend import keras_backend
from autograder.course.cache import cache_root
from autograder.devices import Gpu, gpu_of
from autograder.errors import AutograderError, CourseError, EvidenceError, HarnessError
from autograder.evidence.bundle import Bundle
from autograder.files import write_atomically

# Metric -> value, of one run.
Values = dict[str, float]


def versions() -> dict[str, str]:
    """What a measured value can depend on, besides code, data and seed."""
    return {"python": platform.python_version(), "keras backend": keras_backend(), **package_versions()}


@dataclass(frozen=True)
class AnswerRuns:
    """One answer, and its runs that are kept already; `device` is the name of what they compute on."""

    exercise: Exercise
    built: BuiltExercise
    answer: Answer
    metrics: Mapping[str, MetricSettings]
    device: str = "cpu"

    @cached_property
    def notebook(self) -> bytes:
        """The notebook a student with this answer hands in."""
        return answer_notebook(self.built, self.answer)

    @cached_property
    def folder(self) -> Path:
        """Where its values are kept."""
        decides = {
            "code": [cell["source"] for cell in read_notebook(self.notebook)["cells"] if computes(cell)],
            "data": [dataset.sha256 for dataset in self.exercise.files],
            "preload": self.exercise.preload,
            "engine": __version__,
            "versions": versions(),
        }
        if self.exercise.settings:
            decides["settings"] = self.exercise.settings
        if self.device != "cpu":
            decides["device"] = self.device
        if self.exercise.weights:
            decides["weights"] = [weights.sha256 for weights in weights_used(self.exercise)]
        digest = hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()
        return cache_root() / "calibration" / digest[:32]

    def path(self, seed: int) -> Path:
        """The file that holds one run's values, by question and variable."""
        return self.folder / f"{self.answer.name}-{seed}.json"

    def kept(self, seed: int) -> Values | None:
        """The values of a run, or None where it, or one of its variables, has not been measured."""
        try:
            found = json.loads(self.path(seed).read_text(encoding="utf-8"))
            return {metric: float(found[_variable(one)]) for metric, one in self.metrics.items()}
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, seed: int, values: Values) -> None:
        """Store a run's values, all or nothing.

        Raises:
            HarnessError: the cache cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HarnessError(
                f"{self.folder}: cannot be made ({error.strerror}); set AUTOGRADER_CACHE to a folder that can "
                "be written"
            ) from None
        by_variable = {_variable(one): values[metric] for metric, one in self.metrics.items()}
        write_atomically(self.path(seed), json.dumps(by_variable) + "\n")

    async def run(self, processes: Processes, seed: int, gpu: Gpu | None) -> Values:
        """Run the answer once, as a submission is run, and read the metrics from its evidence.

        Raises:
            CourseError: it did not run to its end, or a metric is not a finite number.
            HarnessError: the executor failed.
        """
        with tempfile.TemporaryDirectory(prefix="ag-calibrate-") as folder:
            scratch = Path(folder)
            notebook, out = scratch / "answer.ipynb", scratch / "out"
            notebook.write_bytes(self.notebook)
            out.mkdir()
            job = execution_job(
                self.exercise,
                self.built,
                processes.isolation,
                notebook=notebook,
                scratch=scratch,
                out=out,
                seed=seed,
                standby=True,
                gpu=gpu,
            ).model_copy(update={"evidence": self._evidence()})
            async with processes.executor(job) as executor:
                executed = await executor.run(lambda _cell: None)
            if executed.status != "graded" or executed.first_error is not None:
                why = executed.limit or executed.first_error or executed.status
                raise CourseError(f"{self._where(seed)} did not run to its end: {why}")
            bundle = Bundle(out / "evidence")
            return {metric: self._value(bundle, one, seed) for metric, one in self.metrics.items()}

    def _evidence(self) -> dict[str, tuple[str, ...]]:
        names: dict[str, tuple[str, ...]] = {}
        for one in self.metrics.values():
            names[one.question] = tuple(dict.fromkeys((*names.get(one.question, ()), one.name)))
        return names

    def _value(self, bundle: Bundle, metric: MetricSettings, seed: int) -> float:
        where = f"{self._where(seed)}: {metric.name} at {metric.question}"
        try:
            evidence = bundle.question(metric.question)
            if evidence.status(metric.name) != "present":
                raise CourseError(f"{where} is not there, or of a type that cannot be carried")
            value = evidence.value(metric.name)
        except EvidenceError as error:
            raise CourseError(f"{where}: {error}") from None
        if not isinstance(value, int | float | np.number) or not math.isfinite(value):
            raise CourseError(f"{where} must be a finite number, found {value!r:.60}")
        return float(value)

    def _where(self, seed: int) -> str:
        return f"{self.exercise.master}: answer {self.answer.name} with seed {seed}"


async def measure(
    runs: Sequence[AnswerRuns],
    seeds: Sequence[int],
    *,
    jobs: int,
    isolation: Isolation,
    gpus: Sequence[Gpu] = (),
    say: Callable[[str], None],
) -> dict[str, list[Values]]:
    """Every answer's values in the order of the seeds; what is kept is not run again.

    After a failure, runs in progress still end and are kept, and no other begins.

    Raises:
        CourseError: an answer did not give its metrics.
        HarnessError: an executor failed.
    """
    measured = {(one.answer.name, seed): one.kept(seed) for one in runs for seed in seeds}
    todo = [(one, seed) for seed in seeds for one in runs if measured[one.answer.name, seed] is None]
    say(f"{len(measured)} runs: {len(measured) - len(todo)} kept from before, {len(todo)} to do")
    waiting, began, done = iter(todo), time.monotonic(), 0
    failures: list[AutograderError] = []

    async def slot(number: int, processes: Processes) -> None:
        nonlocal done
        gpu = gpu_of(number, gpus)
        while not failures and (run := next(waiting, None)):
            one, seed = run
            try:
                values = await one.run(processes, seed, gpu)
                one.keep(seed, values)
            except AutograderError as error:
                failures.append(error)
                return
            measured[one.answer.name, seed] = values
            done += 1
            left_min = (time.monotonic() - began) / done * (len(todo) - done) / 60
            shown = ", ".join(f"{metric} {value:.4g}" for metric, value in values.items())
            say(f"{done}/{len(todo)} {one.answer.name}, seed {seed}: {shown}; about {left_min:.0f} min left")

    if todo:
        modules = modules_of(one.exercise for one, _seed in todo)
        async with Processes(isolation, modules) as processes:
            await asyncio.gather(*(slot(number, processes) for number in range(jobs)))
    if failures:
        raise failures[0]
    return {one.answer.name: [measured[one.answer.name, seed] or {} for seed in seeds] for one in runs}


def _variable(metric: MetricSettings) -> str:
    return f"{metric.question}.{metric.name}"
