"""Judges stored evidence again with the course as it is now; starts no kernel."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.batch import cards
from autograder.batch.grading import FEEDBACK
from autograder.batch.inputs import hashes_for
from autograder.batch.jobs import judge_job, no_calls
from autograder.batch.processes import Isolation, Processes, modules_of
from autograder.batch.reference import Reference, references_of
from autograder.batch.results import Results
from autograder.batch.run import Problem
from autograder.batch.weights import provide_weights, weights_used
from autograder.course import BuiltExercise, Exercise
from autograder.errors import CourseError, HarnessError
from autograder.files import write_atomically
from autograder.scorecard import SCORECARD, Environment, Outcome, Scorecard, Status

Exercises = Mapping[str, tuple[Exercise, BuiltExercise]]


@dataclass
class RegradeReport:
    """What a regrade did. `run_again` need a kernel: a test asks for what was never collected."""

    regraded: list[Scorecard] = field(default_factory=list)
    changed: list[tuple[Scorecard, Scorecard]] = field(default_factory=list)
    run_again: list[Problem] = field(default_factory=list)


async def regrade(
    results: Results,
    exercises: Exercises,
    *,
    jobs: int,
    isolation: Isolation,
    render_feedback: Callable[[Scorecard], str],
    say: Callable[[str], None] = lambda _text: None,
) -> RegradeReport:
    """New scorecards for everything in `results`, from stored evidence, each in the profile that it ran in.

    A card that could not be settled keeps its earlier version and is listed in `run_again`.

    Raises:
        CourseError: weights that an exercise needs are not there.
        HarnessError: the results cannot be written; nothing that was graded before is lost.
    """
    report = RegradeReport()
    stored = [(folder, card) for folder, card in results.scorecards() if card.exercise in exercises]
    used = {_key(card): _in_its_profile(exercises, card) for _folder, card in stored}
    provide_weights((exercise for exercise, _built in used.values()), say)
    modules = modules_of(exercise for exercise, _built in used.values())
    waiting = iter(stored)

    async def slot(regrading: _Regrading) -> None:
        for folder, before in waiting:
            after = await regrading.card(folder, before)
            if not after.is_settled:
                report.run_again.append(Problem(after.student, after.exercise, _open_reason(after)))
                continue
            write_atomically(folder / FEEDBACK, render_feedback(after))
            write_atomically(folder / SCORECARD, after.model_dump_json(indent=2) + "\n")
            report.regraded.append(after)
            if after.score != before.score:
                report.changed.append((before, after))

    async with Processes(isolation, modules) as processes:
        references = await references_of(processes, used, jobs=jobs)
        async with asyncio.TaskGroup() as group:
            for _ in range(jobs):
                group.create_task(slot(_Regrading(processes, used, references, results.work)))
    report.regraded.sort(key=lambda card: (card.student, card.exercise))
    return report


@dataclass(frozen=True)
class _Regrading:
    """What every submission of a regrade shares."""

    processes: Processes
    exercises: Exercises  # by `_key`, as the references are
    references: Mapping[str, Reference]
    scratch: Path

    async def card(self, folder: Path, before: Scorecard) -> Scorecard:
        """The new card of one submission; how it ran is as it was."""
        exercise, built = self.exercises[_key(before)]
        result = await self._outcomes(folder / "evidence", before)
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

    async def _outcomes(self, evidence: Path, before: Scorecard) -> cards.Judged:
        if not evidence.is_dir():
            message = before.error or "no evidence was stored"
            is_ours = before.status is Status.HARNESS_ERROR
            return cards.unjudged(Outcome.UNGRADED if is_ours else Outcome.MISSING, message)
        exercise, built = self.exercises[_key(before)]
        if before.environment is not None and not _has_the_same_data(exercise, before.environment):
            return cards.unjudged(Outcome.UNGRADED, "it ran with other data or weights than are in use now")
        try:
            reference = self.references[_key(before)].evidence
            job = judge_job(exercise, built, evidence=evidence, reference=reference, may_call=False)
            verdict, _cpu_s = await self.processes.judge(job, no_calls, scratch=self.scratch)
            return cards.judged(verdict)
        except (HarnessError, CourseError) as error:
            # One submission's evidence must not keep the rest of the class from its new scores.
            return cards.unjudged(Outcome.UNGRADED, str(error))


def _key(card: Scorecard) -> str:
    return f"{card.exercise} {card.profile}"


def _in_its_profile(exercises: Exercises, card: Scorecard) -> tuple[Exercise, BuiltExercise]:
    """The exercise that a stored card is judged by: what ran with a GPU's settings has that profile's thresholds."""
    exercise, built = exercises[card.exercise]
    return exercise.in_profile(card.profile), built


def _has_the_same_data(exercise: Exercise, environment: Environment) -> bool:
    """Whether the stored evidence can be compared with the reference and the thresholds of today."""
    ran_with = (environment.datasets, environment.pretrained)
    return ran_with == (cards.datasets_used(exercise), weights_used(exercise))


def _open_reason(card: Scorecard) -> str:
    reasons = [
        f"{question.name}/{case.name}: {case.message}"
        for question in card.questions
        for case in question.cases
        if case.outcome is Outcome.UNGRADED
    ]
    return "; ".join(dict.fromkeys(reasons))
