"""Judges stored evidence again with the course as it is now; starts no kernel."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.batch import cards
from autograder.batch.grading import FEEDBACK
from autograder.batch.inputs import hashes_for
from autograder.batch.jobs import judge_job, no_calls
from autograder.batch.judges import JudgeServer
from autograder.batch.reference import reference_evidence
from autograder.batch.results import Results
from autograder.batch.run import Problem
from autograder.course import BuiltExercise, Exercise
from autograder.files import write_atomically
from autograder.scorecard import SCORECARD, Outcome, Scorecard, Status

Exercises = Mapping[str, tuple[Exercise, BuiltExercise]]


@dataclass
class RegradeReport:
    """What a regrade did. `run_again` need a kernel: a test asks for what was never collected."""

    regraded: list[Scorecard] = field(default_factory=list)
    changed: list[tuple[Scorecard, Scorecard]] = field(default_factory=list)
    run_again: list[Problem] = field(default_factory=list)


async def regrade(
    results: Results, exercises: Exercises, *, jobs: int, render_feedback: Callable[[Scorecard], str]
) -> RegradeReport:
    """New scorecards for everything in `results`, from stored evidence.

    A card that could not be settled keeps its earlier version and is listed in `run_again`.

    Raises:
        HarnessError, CourseError: a judge failed; nothing that was graded before is lost.
    """
    report = RegradeReport()
    stored = [(folder, card) for folder, card in results.scorecards() if card.exercise in exercises]
    used = {card.exercise: exercises[card.exercise] for _folder, card in stored}
    references = {name: await reference_evidence(*pair) for name, pair in used.items()}
    modules = dict.fromkeys(name for exercise, _built in used.values() for name in exercise.preload)
    async with JudgeServer(modules) as judges:
        await _regrade_all(judges, stored, used, references, jobs, render_feedback, report)
    report.regraded.sort(key=lambda card: (card.student, card.exercise))
    return report


async def _regrade_all(
    judges: JudgeServer,
    stored: Sequence[tuple[Path, Scorecard]],
    exercises: Exercises,
    references: Mapping[str, Path | None],
    jobs: int,
    render_feedback: Callable[[Scorecard], str],
    report: RegradeReport,
) -> None:
    waiting = iter(stored)

    async def slot() -> None:
        for folder, before in waiting:
            exercise, built = exercises[before.exercise]
            after = await _regrade_one(judges, exercise, built, references[before.exercise], folder, before)
            if not after.is_settled:
                report.run_again.append(Problem(after.student, after.exercise, _open_reason(after)))
                continue
            write_atomically(folder / FEEDBACK, render_feedback(after))
            write_atomically(folder / SCORECARD, after.model_dump_json(indent=2) + "\n")
            report.regraded.append(after)
            if after.score != before.score:
                report.changed.append((before, after))

    async with asyncio.TaskGroup() as group:
        for _ in range(jobs):
            group.create_task(slot())


async def _regrade_one(
    judges: JudgeServer,
    exercise: Exercise,
    built: BuiltExercise,
    reference: Path | None,
    folder: Path,
    before: Scorecard,
) -> Scorecard:
    result = await _judge_again(judges, exercise, built, reference, folder, before)
    now = hashes_for(exercise, built, before.hashes.submission, seed=0)
    return cards.scorecard(
        built=built,
        student=before.student,
        source=before.provenance.source,
        status=before.status,
        questions=cards.question_results(built, result),
        # The evidence is still that of the earlier run, so `execution` stays.
        hashes=before.hashes.model_copy(update={"tests": now.tests, "reference": now.reference}),
        execution=before.execution,
        environment=before.environment,
        error=before.error,
        warnings=before.warnings,
    )


async def _judge_again(
    judges: JudgeServer,
    exercise: Exercise,
    built: BuiltExercise,
    reference: Path | None,
    folder: Path,
    before: Scorecard,
) -> cards.Judged:
    evidence = folder / "evidence"
    if evidence.is_dir():
        job = judge_job(exercise, built, evidence=evidence, reference=reference, may_call=False)
        return cards.judged(await judges.judge(job, no_calls))
    message = before.error or "no evidence was stored"
    is_ours = before.status is Status.HARNESS_ERROR
    return cards.unjudged(Outcome.UNGRADED if is_ours else Outcome.MISSING, message)


def _open_reason(card: Scorecard) -> str:
    reasons = [
        f"{question.name}/{case.name}: {case.message}"
        for question in card.questions
        for case in question.cases
        if case.outcome is Outcome.UNGRADED
    ]
    return "; ".join(dict.fromkeys(reasons))
