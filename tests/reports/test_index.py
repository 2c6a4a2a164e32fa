import re
from collections.abc import Callable
from datetime import UTC, datetime

from autograder.reports import Filed, Run, render_index
from autograder.scorecard import CaseResult, Execution, Outcome, QuestionResult, Scorecard, Status

Card = Callable[..., Scorecard]
Case = Callable[..., CaseResult]
Question = Callable[..., QuestionResult]

RUN = Run("딥러닝 실습", datetime(2026, 11, 20, 9, 30, tzinfo=UTC), wall_s=61.0, jobs=2)


def page_of(*cards: Scorecard) -> str:
    return render_index([Filed(card, f"folder-{card.student}") for card in cards], RUN)


def section(html: str, title: str) -> str:
    """The part of the page from a heading to the next one, without its tags."""
    return re.sub(r"<[^>]*>", "", html.split(title, 1)[1].split("<h", 1)[0])


def test_each_submission_links_to_its_feedback(card: Card) -> None:
    html = page_of(card("kim"), card("lee"))
    for student in ("kim", "lee"):
        assert f'href="submissions/folder-{student}/11_airpassengers_lstm/feedback.html"' in html


def test_no_name_breaks_out_of_its_link(card: Card) -> None:
    hostile = '../"><script>x</script>\udce9 %?#'
    html = render_index([Filed(card(), hostile)], RUN)
    assert "submissions/..%2F%22%3E%3Cscript%3Ex%3C%2Fscript%3E%E9%20%25%3F%23/" in html


def test_what_needs_attention_comes_first_and_our_fault_before_theirs(card: Card) -> None:
    html = page_of(
        card("a-fine"),
        card("b-broken", status=Status.INVALID_NOTEBOOK, score=0.0, error="not JSON"),
        card("c-slow", status=Status.TIMEOUT, execution=Execution(limit="cell 3 ran longer than 90 s")),
        card("d-ours", status=Status.HARNESS_ERROR, score=None, error="judge: exit status 139"),
    )
    attention = section(html, "Needs attention")
    places = [attention.index(name) for name in ("d-ours", "c-slow", "b-broken")]
    assert places == sorted(places)
    assert "a-fine" not in attention
    for why in ("not JSON", "cell 3 ran longer than 90 s", "exit status 139"):
        assert why in attention


def test_a_class_without_trouble_has_no_attention_list(card: Card) -> None:
    assert "Needs attention" not in page_of(card())


def test_averages_leave_out_what_is_not_graded(card: Card) -> None:
    html = page_of(
        card("a", score=2.0),
        card("b", score=1.0),
        card("c", score=1.0),
        card("d", status=Status.HARNESS_ERROR, score=None),
    )
    figures = re.findall(r"<dd>([\d.–]+)", html)
    assert figures == ["4", "3", "1", "66.7", "50"]


def test_the_most_failed_case_is_first_and_named_even_if_hidden(
    card: Card, case: Case, question: Question
) -> None:
    def one(student: str, *outcomes: Outcome) -> Scorecard:
        names = ("test_easy", "test_hard", "test_never_lost")
        cases = [case(name, outcome, hidden=True) for name, outcome in zip(names, outcomes, strict=True)]
        return card(student, questions=(question("q1", *cases),))

    passed, failed, missing = Outcome.PASSED, Outcome.FAILED, Outcome.MISSING
    html = page_of(one("a", passed, failed, passed), one("b", failed, missing, passed))
    lost = section(html, "Test cases most often lost")
    assert lost.index("test_hard") < lost.index("test_easy")
    assert "2 / 2" in lost
    assert "1 / 2" in lost
    assert "test_never_lost" not in lost


def test_unreadable_notebooks_do_not_count_against_a_test_case(
    card: Card, case: Case, question: Question
) -> None:
    lost = (question("q1", case("test_all", Outcome.MISSING)),)
    html = page_of(card("a"), card("b", status=Status.INVALID_NOTEBOOK, questions=lost, error="not JSON"))
    assert "test_all" not in html


def test_an_ungraded_question_is_a_dash_not_a_zero(card: Card, case: Case, question: Question) -> None:
    html = page_of(card(score=None, questions=(question("q1", case(outcome=Outcome.UNGRADED)),)))
    assert '<td class="cell open" data-key="">–</td>' in html
    assert "– / 1" in re.sub(r"<[^>]*>", "", html)


def test_every_exercise_has_its_own_table(card: Card) -> None:
    html = page_of(card("kim", exercise="05_b"), card("kim", exercise="01_a"))
    assert html.count('<table class="class">') == 2
    assert html.index("<h2>01_a</h2>") < html.index("<h2>05_b</h2>")


def test_the_order_does_not_depend_on_the_order_of_grading(card: Card) -> None:
    cards = [card("lee"), card("kim"), card("김", status=Status.KILLED), card("han", status=Status.TIMEOUT)]
    assert page_of(*cards) == page_of(*reversed(cards))


def test_hostile_text_stays_text(card: Card, case: Case, question: Question) -> None:
    hostile = "<script>alert(1)</script>\x1b[2J\x00\u202e\ud800"
    failed = case(hostile, Outcome.FAILED, message=hostile)
    stopped = card(hostile, status=Status.KILLED, error=hostile, questions=(question(hostile, failed),))
    html = render_index([Filed(stopped, "kim")], Run(hostile, RUN.finished_at))
    html.encode("utf-8")
    assert html.count("<script") == 1
    assert not set("\x1b\x00\u202e") & set(html)


def test_the_page_works_without_its_script(card: Card) -> None:
    html = page_of(card("kim"))
    without = re.sub(r"<script>.*</script>", "", html, flags=re.S)
    assert "kim" in without
    assert "<button" not in without


def test_an_empty_class_is_a_page(card: Card) -> None:
    assert "딥러닝 실습" in page_of()
