"""Figures over a class: averages, and which test cases fail most."""

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.reports.rows import Row
from autograder.reports.words import is_pending
from autograder.scorecard import Outcome, Scorecard, Status

LIMITS_REACHED = frozenset({Status.TIMEOUT, Status.OUT_OF_MEMORY, Status.OUTPUT_LIMIT, Status.KILLED})


@dataclass(frozen=True)
class Averages:
    """Over the submissions that have a score; percentages are None where none has."""

    submissions: int
    graded: int
    mean: float | None
    median: float | None


@dataclass(frozen=True)
class CaseTally:
    """How one test case went over the class, among the notebooks that it was judged on."""

    question: str
    name: str
    hidden: bool
    judged: int
    failed: int
    errored: int
    missing: int

    @property
    def lost(self) -> int:
        """How many did not pass."""
        return self.failed + self.errored + self.missing

    @property
    def lost_percent(self) -> float:
        """The share of those that did not pass."""
        return 100 * self.lost / self.judged


def averages(rows: Iterable[Row]) -> Averages:
    """Count the rows and average those with a score."""
    rows = list(rows)
    percents = [row.percent for row in rows if row.percent is not None]
    return Averages(
        submissions=len(rows),
        graded=sum(row.score is not None for row in rows),
        mean=statistics.fmean(percents) if percents else None,
        median=statistics.median(percents) if percents else None,
    )


def most_failed(cards: Iterable[Scorecard]) -> list[CaseTally]:
    """The test cases that anyone lost, most often lost first, then in course order.

    Notebooks that could not be read are left out: they lose every test case and say nothing about any.
    """
    counts: dict[tuple[str, str, bool], Counter[Outcome]] = {}
    for card in cards:
        if card.status in (Status.INVALID_NOTEBOOK, Status.HARNESS_ERROR):
            continue
        for question in card.questions:
            for case in question.cases:
                counts.setdefault((question.name, case.name, case.hidden), Counter())[case.outcome] += 1
    tallies = [
        CaseTally(
            question=question,
            name=name,
            hidden=hidden,
            judged=count.total() - count[Outcome.UNGRADED],
            failed=count[Outcome.FAILED],
            errored=count[Outcome.ERRORED],
            missing=count[Outcome.MISSING],
        )
        for (question, name, hidden), count in counts.items()
    ]
    return sorted((tally for tally in tallies if tally.lost), key=lambda tally: -tally.lost_percent)


def attention_rank(card: Scorecard) -> int | None:
    """Where the submission comes among those to look at first; None where nobody needs to look.

    First what we owe an answer for, then limits reached, then files that could not be read.
    """
    if is_pending(card):
        return 0
    if card.status in LIMITS_REACHED:
        return 1
    return 2 if card.status is Status.INVALID_NOTEBOOK else None
