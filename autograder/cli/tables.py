"""What the command line prints: the class table, and a student's table per question."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.reports import class_rows
from autograder.scorecard import Outcome, Scorecard
from autograder.text import log_line, log_text, number

_MARKS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗", "red"),
    Outcome.ERRORED: ("✗", "red"),
    Outcome.MISSING: ("–", "yellow"),
    Outcome.UNGRADED: ("?", "magenta"),
}


def class_table(cards: Iterable[Scorecard]) -> Table:
    """One line per submission."""
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for heading in ("student", "exercise", "status"):
        table.add_column(heading)
    table.add_column("score", justify="right")
    table.add_column("why", overflow="fold")
    for row in class_rows(cards):
        score = "open" if row.score is None else f"{number(row.score)} / {number(row.max_score)}"
        style = "bold red" if row.is_pending else ""
        table.add_row(
            Text(log_line(row.student)),
            Text(log_line(row.exercise)),
            Text(row.status),
            score,
            Text(log_line(row.reason)),
            style=style,
        )
    return table


def print_check(console: Console, card: Scorecard) -> None:
    """A student's result per question, with what failed and why."""
    for question in card.questions:
        earned = f"{number(question.earned)} / {number(question.points)}"
        is_full = question.earned == question.points
        console.print(Text(f"{question.name:<8} {earned:>10}", style="bold green" if is_full else "bold red"))
        for case in question.cases:
            mark, style = _MARKS[case.outcome]
            console.print(Text(f"   {mark} {case.name}", style=style))
            if case.outcome is not Outcome.PASSED:
                for line in log_text(case.student_message).splitlines():
                    console.print(Text(f"       {line}"))
