"""Scorecards as JUnit XML, the `xunit2` kind that CI servers read.

One suite per notebook. Its first test case is the notebook as a whole, which fails where it was stopped or could not
be read; then come the exercise's own, named `<exercise>.<question>` and the case's name. A wrong answer is a failure.
Our own fault is an error, and so is a canary's lost point. What was not run is skipped: an exercise that this machine
cannot run, and test cases for which a stopped or unreadable notebook left nothing.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.runs import NotRun, Role
from autograder.scorecard import CaseResult, Outcome, QuestionResult, Scorecard, Status
from autograder.text import safe_line, safe_text

MAX_MESSAGE = 2000
WHOLE = "notebook"


@dataclass(frozen=True)
class Suite:
    """One notebook: its scorecard, and whether it is the course's own."""

    role: Role
    card: Scorecard


def render_junit(suites: Sequence[Suite], not_run: Iterable[NotRun] = ()) -> bytes:
    """The XML document, in UTF-8, with any text of a student's made printable."""
    root = ET.Element("testsuites", name="autograder")
    for suite in suites:
        root.append(_suite(suite))
    for one in not_run:
        root.append(_not_run(one))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    root.set("time", _seconds(sum(suite.card.execution.wall_s for suite in suites)))
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _suite(suite: Suite) -> ET.Element:
    card = suite.card
    name = safe_line(f"{card.exercise}: {card.student}")
    element = ET.Element("testsuite", name=name)
    element.append(_whole(suite))
    for question in card.questions:
        for case in question.cases:
            element.append(_case(suite, question, case))
    _count(element)
    element.set("time", _seconds(card.execution.wall_s))
    element.set("timestamp", card.provenance.graded_at.strftime("%Y-%m-%dT%H:%M:%S"))
    return element


def _whole(suite: Suite) -> ET.Element:
    card = suite.card
    element = ET.Element("testcase", classname=safe_line(card.exercise), name=WHOLE)
    if card.status is not Status.GRADED:
        is_ours = card.status is Status.HARNESS_ERROR or suite.role == "canary"
        _put(
            element,
            "error" if is_ours else "failure",
            card.status.value,
            card.error or card.execution.limit or "",
        )
    return element


def _case(suite: Suite, question: QuestionResult, case: CaseResult) -> ET.Element:
    card = suite.card
    element = ET.Element(
        "testcase", classname=safe_line(f"{card.exercise}.{question.name}"), name=safe_line(case.name)
    )
    kind = _kind(suite, case)
    if kind is not None:
        _put(element, kind, case.outcome.value, case.message or card.error or "")
    return element


def _kind(suite: Suite, case: CaseResult) -> str | None:
    """`failure`, `error`, `skipped`, or None for a test case that passed."""
    if case.outcome is Outcome.PASSED:
        return None
    if case.outcome is Outcome.UNGRADED or suite.role == "canary":
        return "error"
    is_cut_short = suite.card.status is not Status.GRADED
    return "skipped" if case.outcome is Outcome.MISSING and is_cut_short else "failure"


def _not_run(one: NotRun) -> ET.Element:
    element = ET.Element("testsuite", name=safe_line(one.exercise))
    case = ET.SubElement(element, "testcase", classname=safe_line(one.exercise), name="not run")
    _put(case, "skipped", "not run", one.reason)
    _count(element)
    element.set("time", _seconds(0))
    return element


def _put(case: ET.Element, kind: str, type_: str, message: str) -> None:
    outcome = ET.SubElement(case, kind, type=type_, message=safe_line(message))
    outcome.text = safe_text(message, max_chars=MAX_MESSAGE)


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for attribute, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{kind}"))))


def _seconds(value: float) -> str:
    return f"{value:.3f}"
