"""JUnit XML: what counts as what, and a document that is valid whatever a student printed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from autograder.reports.junit import Suite, render_junit
from autograder.runs import NotRun
from autograder.scorecard import Outcome, Scorecard, Status
from reports.conftest import make_card, make_case, make_question

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("xunit2.xsd")))
HOSTILE = "</failure>]]><![CDATA[ \x1b[31m \x00 \x07 \ud800 \ufffe &amp; ::error::x ##[add-mask]"


def parsed(*suites: Suite, not_run: tuple[NotRun, ...] = ()) -> Any:
    document = etree.fromstring(render_junit(suites, not_run))
    SCHEMA.assertValid(document)
    return document


def outcomes_of(suite: Suite) -> list[str | None]:
    """Of the notebook as a whole, then of each test case."""
    return [case[0].tag if len(case) else None for case in parsed(suite).iter("testcase")]


def one_case(outcome: Outcome, **fields: object) -> Scorecard:
    return make_card(questions=(make_question("q1", make_case("test_shape", outcome)),), **fields)


@pytest.mark.parametrize(
    ("outcome", "status", "kind"),
    [
        (Outcome.PASSED, Status.GRADED, None),
        (Outcome.FAILED, Status.GRADED, "failure"),
        (Outcome.ERRORED, Status.GRADED, "failure"),
        (Outcome.MISSING, Status.GRADED, "failure"),
        (Outcome.MISSING, Status.TIMEOUT, "skipped"),
        (Outcome.FAILED, Status.TIMEOUT, "failure"),
        (Outcome.UNGRADED, Status.GRADED, "error"),
        (Outcome.UNGRADED, Status.HARNESS_ERROR, "error"),
    ],
)
def test_an_outcome_is_a_failure_an_error_or_skipped(
    outcome: Outcome, status: Status, kind: str | None
) -> None:
    assert outcomes_of(Suite("submission", one_case(outcome, status=status)))[1] == kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (Status.GRADED, None),
        (Status.TIMEOUT, "failure"),
        (Status.INVALID_NOTEBOOK, "failure"),
        (Status.HARNESS_ERROR, "error"),
    ],
)
def test_a_notebook_that_did_not_run_to_its_end_is_no_pass(status: Status, kind: str | None) -> None:
    """Though each of its test cases is skipped."""
    card = one_case(Outcome.MISSING, status=status, error="why")
    assert outcomes_of(Suite("submission", card))[0] == kind
    assert outcomes_of(Suite("submission", card.model_copy(update={"questions": ()}))) == [kind]
    assert outcomes_of(Suite("canary", card))[0] == (kind and "error")


def test_what_a_reference_loses_is_our_error() -> None:
    assert outcomes_of(Suite("canary", one_case(Outcome.FAILED))) == [None, "error"]
    assert outcomes_of(Suite("canary", one_case(Outcome.PASSED))) == [None, None]


def test_an_exercise_that_was_not_run_is_skipped() -> None:
    document = parsed(not_run=(NotRun(exercise="01_vgg", reason="no TensorFlow"),))
    (case,) = document.iter("testcase")
    assert (case.get("classname"), case[0].tag, case[0].text) == ("01_vgg", "skipped", "no TensorFlow")


def test_counts_add_up() -> None:
    card = make_card(
        questions=(
            make_question("q1", make_case(), make_case("b", Outcome.FAILED)),
            make_question("q2", make_case("c", Outcome.UNGRADED)),
        )
    )
    document = parsed(Suite("submission", card), Suite("canary", card))
    suites = [dict(suite.attrib) for suite in document]
    assert [(one["tests"], one["failures"], one["errors"]) for one in suites] == [
        ("4", "1", "1"),
        ("4", "0", "2"),
    ]
    assert (document.get("tests"), document.get("failures"), document.get("errors")) == ("8", "1", "3")


def test_cases_are_found_by_exercise_question_and_name() -> None:
    _whole, case, *_ = parsed(Suite("submission", make_card())).iter("testcase")
    assert (case.get("classname"), case.get("name")) == ("11_airpassengers_lstm.q1", "test_shape")


@given(st.text(max_size=300) | st.just(HOSTILE))
def test_the_document_is_valid_whatever_a_student_wrote(text: str) -> None:
    failed = make_case("test_shape", Outcome.FAILED, message=text)
    document = parsed(Suite("submission", make_card(text or "x", questions=(make_question("q1", failed),))))
    assert len(list(document.iter())) == 5, "what a student wrote became an element"


def test_long_messages_are_cut(card: Callable[..., Scorecard]) -> None:
    failed = make_case("test_shape", Outcome.FAILED, message="x" * 100_000)
    written = render_junit([Suite("submission", card(questions=(make_question("q1", failed),)))])
    assert len(written) < 5_000
