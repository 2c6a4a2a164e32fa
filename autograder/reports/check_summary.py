"""A student's own check as Markdown, for the step summary of a CI server."""

from collections.abc import Iterator

from autograder.reports.summary import cut, quoted
from autograder.scorecard import CaseResult, Outcome, Scorecard
from autograder.text import number, safe_text


def render_check_summary(card: Scorecard) -> str:
    """Points by question, and below each what did not pass and why."""
    mark = "✅" if card.score == card.max_score else "❌"
    lines = [f"## {mark} {quoted(card.exercise)}: {_points(card.score or 0, card.max_score)}", ""]
    if card.error:
        lines += [f"Stopped early: {quoted(card.error)}", ""]
    for question in card.questions:
        mark = "✅" if question.earned == question.points else "❌"
        lines.append(f"- {mark} {quoted(question.name)} {_points(question.earned, question.points)}")
        for case in question.cases:
            lines += _why(case)
    if card.execution.first_error:
        lines += ["", f"First error: {quoted(card.execution.first_error)}"]
    lines += [f"\nWarning: {quoted(warning)}" for warning in card.warnings]
    return cut(
        [*lines, "", "Public tests only. 채점에는 숨은 검사가 더 있습니다. Grading adds hidden tests.", ""]
    )


def _why(case: CaseResult) -> Iterator[str]:
    if case.outcome is not Outcome.PASSED:
        yield f"  - {quoted(case.name)}"
        for line in safe_text(case.student_message).splitlines():
            if line.strip():
                yield f"    - {quoted(line)}"


def _points(earned: float, points: float) -> str:
    return f"{number(earned)} of {number(points)} points"
