"""Puts a scorecard together from what an executor and a judge said."""

import importlib.metadata
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from autograder import __version__
from autograder.batch.weights import weights_used
from autograder.course import BuiltExercise, Exercise, Question, TestCase
from autograder.course.backend import keras_backend
from autograder.devices import DeviceShare
from autograder.execution import Executed
from autograder.judge import CaseVerdict, Verdict
from autograder.scorecard import (
    CaseResult,
    DatasetUsed,
    Environment,
    Execution,
    Hashes,
    Outcome,
    Provenance,
    QuestionResult,
    Scorecard,
    Status,
)

# What a result can depend on; the versions on every scorecard.
PACKAGES = ("keras", "tensorflow", "torch", "numpy", "pandas", "scikit-learn", "transformers", "otter-grader")

Judged = Callable[[Question, TestCase], CaseResult]


@cache
def package_versions() -> dict[str, str]:
    """The installed versions of `PACKAGES`; one that is not installed is left out."""
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions


def environment(
    exercise: Exercise, executed: Executed, *, seed: int, device: DeviceShare | None
) -> Environment:
    """Where a submission ran."""
    return Environment(
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
        packages=package_versions(),
        device=device.gpu.name if device else "cpu",
        backend=keras_backend(),
        kernel=executed.kernel,
        isolation=executed.isolation,
        profile=exercise.profile,
        seed=seed,
        datasets=datasets_used(exercise),
        pretrained=weights_used(exercise),
    )


def datasets_used(exercise: Exercise) -> tuple[DatasetUsed, ...]:
    """What a scorecard says of the exercise's data files."""
    return tuple(
        DatasetUsed(file=dataset.file, sha256=dataset.sha256, kind=dataset.kind) for dataset in exercise.files
    )


def execution_facts(executed: Executed) -> Execution:
    """How a notebook ran, as a scorecard records it."""
    fields = (
        "wall_s",
        "cpu_s",
        "peak_memory_bytes",
        "peak_device_bytes",
        "cells_run",
        "cells_total",
        "first_error",
        "limit",
    )
    facts = {name: getattr(executed, name) for name in fields}
    return Execution(**facts, phases=dict(executed.phases), cpu_phases=dict(executed.cpu_phases))


def question_results(built: BuiltExercise, result: Judged) -> tuple[QuestionResult, ...]:
    """Every question of the course's own list, each case by `result`; nothing comes from the submission."""
    questions = []
    for question in built.questions:
        cases = tuple(result(question, case) for case in question.cases)
        earned = sum(case.earned for case in cases)
        questions.append(
            QuestionResult(name=question.name, points=question.points, earned=earned, cases=cases)
        )
    return tuple(questions)


def judged(verdict: Verdict) -> Judged:
    """Case results from a verdict; a case that it does not speak of is ungraded."""
    by_name = {(case.question, case.name): case for case in verdict.cases}

    def result(question: Question, case: TestCase) -> CaseResult:
        said = by_name.get((question.name, case.name))
        if said is None:
            return _case(case, Outcome.UNGRADED, "the judge said nothing of this test case", "")
        outcome = Outcome(said.outcome)
        return _case(case, outcome, said.message, _for_student(case, said, outcome))

    return result


def unjudged(outcome: Outcome, message: str) -> Judged:
    """The same outcome for every case: nothing ran."""
    return lambda _question, case: _case(case, outcome, message, message)


def _for_student(case: TestCase, said: CaseVerdict, outcome: Outcome) -> str:
    """What a student may read.

    A hidden case shows only what its author wrote beforehand: its own message may hold what the student's
    code made of a hidden input.
    """
    if outcome is Outcome.PASSED:
        return case.success_message or ""
    if not case.hidden:
        return said.message
    return case.failure_message or ""


def _case(case: TestCase, outcome: Outcome, message: str, student_message: str) -> CaseResult:
    return CaseResult(
        name=case.name,
        hidden=case.hidden,
        points=case.points,
        earned=case.points if outcome is Outcome.PASSED else 0.0,
        outcome=outcome,
        message=message,
        student_message=student_message,
    )


def scorecard(
    *,
    built: BuiltExercise,
    student: str,
    source: str,
    status: Status,
    questions: tuple[QuestionResult, ...],
    hashes: Hashes,
    execution: Execution,
    environment: Environment | None,
    error: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Scorecard:
    """The whole card; the score is None as soon as anything of ours is open."""
    is_open = any(case.outcome is Outcome.UNGRADED for question in questions for case in question.cases)
    score = None if is_open else round(sum(question.earned for question in questions), 6)
    return Scorecard(
        student=student,
        exercise=built.exercise_id,
        status=status,
        score=score,
        max_score=built.max_score,
        error=error,
        warnings=warnings,
        questions=questions,
        hashes=hashes,
        execution=execution,
        environment=environment,
        provenance=Provenance(engine=f"autograder {__version__}", graded_at=datetime.now(UTC), source=source),
    )
