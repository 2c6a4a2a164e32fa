from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from autograder.reports import STATUSES, render_feedback
from autograder.scorecard import CaseResult, Execution, Outcome, QuestionResult, Scorecard, Status

Card = Callable[..., Scorecard]
Case = Callable[..., CaseResult]
Question = Callable[..., QuestionResult]

HOSTILE = '<script>alert(1)</script><img src=x onerror="x">\x1b[2J\x00\u202e\ud800]]>{{ 7 * 7 }}\'"'


class Page(HTMLParser):
    """The tags, attributes and visible text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.text += data


def test_a_graded_page_shows_score_status_and_every_public_case(
    card: Card, case: Case, question: Question
) -> None:
    failed = case("test_params", Outcome.FAILED, student_message="기대 16,961\n받음 17,486")
    page = Page(render_feedback(card("김민준", questions=(question("q1", case("test_shape"), failed),))))
    assert "1 / 2" in page.text
    assert "기대 16,961\n받음 17,486" in page.text
    for shown in ("김민준", "채점 완료", "graded", "test_shape", "통과", "test_params", "실패"):
        assert shown in page.text


def test_a_hidden_case_shows_its_number_and_student_message_only(
    card: Card, case: Case, question: Question
) -> None:
    secret = {"hidden": True, "message": "LEAK-MESSAGE", "student_message": "창의 길이를 확인하세요."}
    cases = [
        case("test_public"),
        case("LEAK-NAME-1", hidden=True),
        case("LEAK-NAME-2", Outcome.FAILED, **secret),
    ]
    html = render_feedback(card(questions=(question("q1", *cases),)))
    assert "LEAK" not in html
    assert "숨은 검사 1" in html
    assert "숨은 검사 2" in html
    assert "Hidden test 2" in html
    assert "창의 길이를 확인하세요." in html


def test_the_instructors_message_of_a_public_case_is_not_handed_out(
    card: Card, case: Case, question: Question
) -> None:
    failed = case(outcome=Outcome.FAILED, message="for the instructor", student_message="for the student")
    html = render_feedback(card(questions=(question("q1", failed),)))
    assert "for the instructor" not in html
    assert "for the student" in html


@pytest.mark.parametrize("outcome", [Outcome.UNGRADED, Outcome.MISSING])
def test_a_harness_error_never_reads_as_zero(
    card: Card, case: Case, question: Question, outcome: Outcome
) -> None:
    broken = card(
        status=Status.HARNESS_ERROR,
        score=None,
        error="judge: exit status 139 at /srv/judge",
        questions=(question("q1", case(outcome=outcome), case(outcome=outcome, hidden=True)),),
    )
    page = Page(render_feedback(broken))
    assert "학생의 잘못이 아니며, 다시 채점합니다" in page.text
    assert "not your fault" in page.text
    assert "0 / " not in page.text
    assert "/srv/judge" not in page.text
    assert "답 없음" not in page.text


def test_one_ungraded_case_holds_back_the_score_and_its_question_alone(
    card: Card, case: Case, question: Question
) -> None:
    done = question("q1", case(points=3.0, earned=3.0))
    left_open = question("q2", case(points=7.0, earned=7.0), case(outcome=Outcome.UNGRADED))
    page = Page(render_feedback(card(score=None, questions=(done, left_open))))
    assert "not your fault" in page.text
    assert "3 / 3" in page.text
    assert "– / 8" in page.text
    assert 'class="score"' not in page.text


def test_hostile_text_stays_text_wherever_it_comes_from(card: Card, case: Case, question: Question) -> None:
    hostile = card(
        HOSTILE,
        exercise=HOSTILE,
        status=Status.TIMEOUT,
        error=HOSTILE,
        warnings=(HOSTILE,),
        questions=(
            question(HOSTILE, case(HOSTILE, Outcome.FAILED, message=HOSTILE, student_message=HOSTILE)),
        ),
        execution=Execution(first_error=HOSTILE, limit=HOSTILE),
    )
    html = render_feedback(hostile)
    html.encode("utf-8")
    page = Page(html)
    assert not {"script", "img"} & set(page.tags)
    assert "onerror" not in page.attributes
    assert not set("\x1b\x00\u202e") & set(html)
    assert page.text.count("{{ 7 * 7 }}") >= 6


def test_limits_errors_and_warnings_are_told(card: Card) -> None:
    stopped = card(
        status=Status.TIMEOUT,
        execution=Execution(limit="cell 14 ran longer than 90 s", first_error="NameError: name 'x'"),
        warnings=("cell 7 names an absolute path",),
    )
    text = Page(render_feedback(stopped)).text
    for told in (
        "시간 초과",
        "cell 14 ran longer than 90 s",
        "NameError: name 'x'",
        "absolute path",
        "2 / 2",
    ):
        assert told in text


@pytest.mark.parametrize("status", Status)
def test_every_status_has_words_in_both_languages(card: Card, status: Status) -> None:
    text = Page(render_feedback(card(status=status))).text
    assert STATUSES[status].ko in text
    assert STATUSES[status].en in text


def test_a_page_loads_nothing_and_has_no_style_attributes(card: Card) -> None:
    page = Page(render_feedback(card()))
    assert "default-src 'none'" in render_feedback(card()).replace("&#39;", "'")
    assert not {"src", "style", "href"} & page.attributes
    assert not {"script", "link", "iframe", "form"} & set(page.tags)


def test_the_same_scorecard_gives_the_same_page(card: Card) -> None:
    assert render_feedback(card()) == render_feedback(card())
