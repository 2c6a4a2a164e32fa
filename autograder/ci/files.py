"""The files that a run leaves for a CI server and for a reader; each appears whole or not at all."""

from pathlib import Path
from urllib.parse import quote

from autograder.ci.run import Ran
from autograder.files import write_atomically
from autograder.reports.badge import render_badge
from autograder.reports.junit import Suite, render_junit
from autograder.reports.run_page import render_run_page
from autograder.reports.summary import render_summary
from autograder.runs import RunScorecard

SCORECARD, JUNIT, SUMMARY, PAGE = "scorecard.json", "junit.xml", "summary.md", "index.html"
BADGE = "badge.svg"


def write_run_files(out: Path, ran: Ran, run: RunScorecard) -> None:
    """Write the record, JUnit XML, summary, page and badge of `run`, which is `ran.run` with its gates judged.

    Raises:
        HarnessError: a file cannot be written; those already there stay as they were.
    """
    links = {
        (card.student, card.exercise): _link(out, folder / "feedback.html")
        for role, card, folder in ran.filed
        if role == "submission"
    }
    suites = [Suite(role, card) for role, card, _folder in ran.filed]
    write_atomically(out / SCORECARD, run.model_dump_json(indent=1) + "\n")
    write_atomically(out / JUNIT, render_junit(suites, run.not_run))
    write_atomically(out / SUMMARY, render_summary(run))
    write_atomically(out / PAGE, render_run_page(run, links))
    write_atomically(out / BADGE, render_badge(run))


def _link(out: Path, page: Path) -> str:
    # A name that is not UTF-8 on disk reaches us with surrogates in it; the address needs its bytes.
    return quote(page.relative_to(out.absolute()).as_posix(), errors="surrogateescape")
