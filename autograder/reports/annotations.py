"""What GitHub Actions shows beside a run: one command of its log language for each thing that went wrong.

A command ends with its line, so no text is more than one line here, and what means something in a command is escaped.
GitHub shows ten of a kind for each step; the last says how many there was no room for.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from autograder.reports.summary import verdict
from autograder.runs import RunScorecard
from autograder.scorecard import Outcome, Scorecard
from autograder.text import log_line, number

Kind = Literal["error", "warning", "notice"]
MAX_OF_A_KIND = 10
_MAX_CHARS = 1000  # of a message; the summary and the page have all of it
_ESCAPES: dict[str, str | int | None] = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_ESCAPES_IN_PROPERTIES = {**_ESCAPES, ":": "%3A", ",": "%2C"}


def render_annotations(run: RunScorecard) -> str:
    """A run's failed canaries, gates that are not met, notebooks without a score, exercises that were not run."""
    errors = [
        (
            "A reference loses points",
            f"{entry.exercise}: {_score(entry.score, entry.max_score)} {entry.reason}",
        )
        for entry in run.failed_canaries
    ]
    errors += [("Gate not met", f"{gate.gate}: {gate.detail}") for gate in run.gates if not gate.is_met]
    errors += [
        ("Could not be graded", f"{entry.student} in {entry.exercise}: {entry.reason}")
        for entry in run.submissions
        if entry.score is None
    ]
    warnings = [("Not run", f"{one.exercise}: {one.reason}") for one in run.not_run]
    lines = [*_commands("error", errors), *_commands("warning", warnings)]
    return "".join(f"{line}\n" for line in lines or [_command("notice", "Scorecard", verdict(run))])


def render_check_annotations(card: Scorecard, missed: str | None) -> str:
    """A student's own check: what ended the notebook early, each test that did not pass, and a missed gate."""
    errors = [("Stopped early", card.error)] if card.error else []
    errors += [
        (f"{card.exercise} {question.name}", f"{case.name}: {case.student_message}")
        for question in card.questions
        for case in question.cases
        if case.outcome is not Outcome.PASSED
    ]
    lines = [_command("error", "Not enough points", missed)] if missed else []
    lines += _commands("error" if missed else "warning", errors)
    return "".join(f"{line}\n" for line in lines)


def _score(score: float | None, max_score: float) -> str:
    return "no score" if score is None else f"{number(score)} of {number(max_score)} points"


def _commands(kind: Kind, said: Sequence[tuple[str, str]]) -> Iterator[str]:
    is_too_many = len(said) > MAX_OF_A_KIND
    shown = said[: MAX_OF_A_KIND - 1] if is_too_many else said
    for title, message in shown:
        yield _command(kind, title, message)
    if is_too_many:
        yield _command(kind, "And more", f"{len(said) - len(shown)} more are in the summary")


def _command(kind: Kind, title: str, message: str) -> str:
    return f"::{kind} title={_escaped(title, in_property=True)}::{_escaped(message)}"


def _escaped(text: str, *, in_property: bool = False) -> str:
    escapes = _ESCAPES_IN_PROPERTIES if in_property else _ESCAPES
    return log_line(text, max_chars=_MAX_CHARS).translate(str.maketrans(escapes))
