"""A student's check as Markdown."""

from markdown_it import MarkdownIt

from autograder.reports.check_summary import render_check_summary
from autograder.scorecard import Outcome
from reports.conftest import make_card, make_case, make_question

HOSTILE = "<img src=x onerror=alert(1)> `` ` `` **b** [a](http://x) @kim\n# heading\n| --- |"


def test_points_by_question_and_why_one_is_missing() -> None:
    wrong = make_case("test_b", Outcome.FAILED, message="inside", student_message="expected 3\n\ngot 4")
    card = make_card(questions=(make_question("q1", make_case()), make_question("q2", wrong)))
    text = render_check_summary(card)
    assert text.startswith("## ❌ `11_airpassengers_lstm`: 1 of 2 points")
    assert "- ✅ `q1` 1 of 1 points" in text
    assert "- ❌ `q2` 0 of 1 points\n  - `test_b`\n    - `expected 3`\n    - `got 4`\n" in text
    assert "inside" not in text


def test_all_points_are_a_tick() -> None:
    assert render_check_summary(make_card()).startswith("## ✅ `11_airpassengers_lstm`: 2 of 2 points")


def test_nothing_a_notebook_says_comes_alive() -> None:
    bad = make_case(HOSTILE, Outcome.ERRORED, student_message=HOSTILE)
    card = make_card(
        exercise=HOSTILE, error=HOSTILE, warnings=(HOSTILE,), questions=(make_question(HOSTILE, bad),)
    )
    html = MarkdownIt("gfm-like", {"linkify": False}).render(render_check_summary(card))
    for tag in ("<img", "<strong", "<a ", "<h1", "<table"):
        assert tag not in html
