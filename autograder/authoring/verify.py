"""Grades every answer of some exercises through the real path and compares with what it declares."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.authoring.answers import (
    STARTER,
    Answer,
    answer_notebook,
    expected_scores,
    load_answers,
    starter_answer,
)
from autograder.authoring.build import build_exercise
from autograder.authoring.publish import find_stale
from autograder.batch import BatchOptions, Progress, Results, grade_batch
from autograder.course import BuiltExercise, Course, Exercise
from autograder.course.calibration import calibrate_command, read_calibration
from autograder.scorecard import Outcome, Scorecard
from autograder.submissions import Submission, find_submissions


@dataclass
class Verification:
    """What became of one exercise's answers. `matrix[case][answer]` is that case's outcome."""

    exercise: str
    cards: dict[str, Scorecard]
    matrix: dict[str, dict[str, Outcome]]
    problems: list[str] = field(default_factory=list)


async def verify_exercises(
    course: Course, exercises: Sequence[Exercise], options: BatchOptions, progress: Progress
) -> list[Verification]:
    """Grade each reference, blank starter and other answer, in one batch; say where any is not as declared.

    Raises:
        CourseError: an exercise cannot be built, or its answers cannot be read.
        HarnessError: grading failed.
    """
    built = {exercise.id: (exercise, build_exercise(exercise)) for exercise in exercises}
    answers = {one: _answers(*pair) for one, pair in built.items()}
    with tempfile.TemporaryDirectory(prefix="ag-verify-") as name:
        folder = Path(name)
        submissions: list[Submission] = []
        for one, of_exercise in answers.items():
            handed_in = folder / "answers" / one
            handed_in.mkdir(parents=True)
            for answer in of_exercise.values():
                (handed_in / f"{answer.name}.ipynb").write_bytes(answer_notebook(built[one][1], answer))
            submissions += find_submissions([handed_in], course, exercise_id=one).submissions
        with Results.open(folder / "results") as results:
            await grade_batch(
                results, built, submissions, options, render_feedback=lambda _card: "", progress=progress
            )
            cards = [card for _path, card in results.scorecards()]
    stale = find_stale(course)
    return [_verification(*built[one], answers[one], cards, stale) for one in built]


def _answers(exercise: Exercise, built: BuiltExercise) -> dict[str, Answer]:
    return {answer.name: answer for answer in (*load_answers(exercise, built), starter_answer(built))}


def _verification(
    exercise: Exercise,
    built: BuiltExercise,
    answers: Mapping[str, Answer],
    all_cards: Iterable[Scorecard],
    stale: Iterable[str],
) -> Verification:
    """What the scorecards of one exercise's answers, and the state of its files, say."""
    cards = {card.student: card for card in all_cards if card.exercise == exercise.id}
    verification = Verification(exercise.id, cards, _matrix(cards.values()))
    verification.problems += [line for line in stale if f"/{exercise.id}/" in line]
    verification.problems += _uncalibrated(exercise, built)
    for name, answer in answers.items():
        verification.problems += compare(built, answer, cards[name])
    verification.problems += unfailed_hidden_cases(built, answers, verification.matrix)
    return verification


def compare(built: BuiltExercise, answer: Answer, card: Scorecard) -> list[str]:
    """A sentence for each question, and for the status, that is not as the answer declares."""
    problems = []
    if card.status is not answer.status:
        problems.append(f"{answer.name}: status is {card.status}, declared {answer.status} ({card.error})")
    expected = expected_scores(built, answer)
    for question in card.questions:
        if abs(question.earned - expected[question.name]) > 1e-9:
            lost = ", ".join(
                f"{case.name} {case.outcome}: {' '.join(case.message.split())[:160]}"
                for case in question.cases
                if case.outcome is not Outcome.PASSED
            )
            problems.append(
                f"{answer.name}: {question.name} gets {question.earned:g}, declared "
                f"{expected[question.name]:g} of {question.points:g} ({lost or 'all passed'})"
            )
    return problems


def unfailed_hidden_cases(
    built: BuiltExercise, answers: Mapping[str, Answer], matrix: Mapping[str, Mapping[str, Outcome]]
) -> list[str]:
    """A sentence for each hidden test case that no wrong answer fails: it may be unable to fail.

    An answer that leaves a variable undefined, and the blank starter, say nothing about the test.
    """
    wrong = [name for name, answer in answers.items() if answer.kind == "wrong" and name != STARTER]
    problems = []
    for question in built.questions:
        for case in question.cases:
            key = f"{question.name}/{case.name}"
            outcomes = [matrix[key][name] for name in wrong]
            if case.hidden and not {Outcome.FAILED, Outcome.ERRORED} & set(outcomes):
                problems.append(f"{key}: no wrong answer fails this hidden test case; add one that does")
    return problems


def _uncalibrated(exercise: Exercise, built: BuiltExercise) -> list[str]:
    """Whether the thresholds were measured with other code or sizes than the reference has now."""
    calibration = read_calibration(exercise)
    if calibration is None:
        return []
    differs = [
        what
        for what, is_same in (
            ("code", calibration.reference_hash == built.reference_hash),
            ("settings", not exercise.settings or calibration.settings == exercise.settings),
        )
        if not is_same
    ]
    return [
        f"{exercise.calibration}: measured with other {what}; run `{calibrate_command(exercise)}`"
        for what in differs
    ]


def _matrix(cards: Iterable[Scorecard]) -> dict[str, dict[str, Outcome]]:
    matrix: dict[str, dict[str, Outcome]] = {}
    for card in cards:
        for question in card.questions:
            for case in question.cases:
                matrix.setdefault(f"{question.name}/{case.name}", {})[card.student] = case.outcome
    return matrix
