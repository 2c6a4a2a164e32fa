"""The Markdown of a run: what it says, that nobody's text comes alive in it, and that there is always room for it."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from autograder.reports.summary import (
    MAX_BYTES,
    quoted,
    render_comparison,
    render_summary,
    safe,
    verdict,
)
from autograder.runs import GateResult, NotRun, compare
from autograder.scorecard import Status
from runs.made_up import canary, entry, metric, run

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False}).enable("table")
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "**bold** _it_ [a](http://x) ![b](c)",
    "a | b | c",
    "`` ` ``",
    "```\n# heading\n```",
    "| --- |\n\n# heading",
    "\x1b[31m\x00\x07\u202e",
    "::error file=a::b\n::set-output name=x::y",
    "&lt;b&gt; &#60;",
    "\\",
]


def tags(markdown: str) -> list[str]:
    return re.findall(r"<(/?\w+)", MARKDOWN.render(markdown))


def test_a_run_is_told_from_top_to_bottom() -> None:
    gate = GateResult(gate="score >= 90 %", is_met=True, detail="all 2 notebooks")
    not_run = NotRun(exercise="01_vgg", reason="no TensorFlow")
    text = render_summary(run(canary(), entry("kim"), gates=(gate,), not_run=(not_run,)))
    for part in (
        "# ✅ references with full marks: 1 of 1; gates met: 1 of 1; exercises not run: 1",
        "AMD EPYC, 24 GiB",
        "keras 3.15.0",
        "`kim`",
    ):
        assert part in text
    assert "test&#95;rmse 41 (&#60; 60; honest 28 to 50)" in text
    assert "| 01&#95;vgg | not run | `no TensorFlow` |" in text
    assert "90 % of 1" in text


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (run(canary(score=9)), "references with full marks: 0 of 1; no score in the exercises of the others"),
        (
            run(canary(), gates=(GateResult(gate="a", is_met=False, detail="b"),)),
            "references with full marks: 1 of 1; gates met: 0 of 1",
        ),
        (run(), "references with full marks: 1 of 1"),
    ],
)
def test_the_verdict_comes_first(made: object, said: str) -> None:
    assert verdict(made).startswith(said)  # type: ignore[arg-type]
    mark = "✅" if made.is_sound else "❌"  # type: ignore[attr-defined]
    assert render_summary(made).startswith(f"# {mark} {said}")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_student_wrote_is_shown_and_does_nothing(text: str) -> None:
    plain = render_summary(run(canary(), entry("kim", status=Status.TIMEOUT, reason="why")))
    hostile = render_summary(run(canary(), entry(text, status=Status.TIMEOUT, reason=text)))
    assert tags(hostile) == tags(plain)


@given(st.text(max_size=80))
def test_any_text_is_one_code_span_in_one_cell(text: str) -> None:
    cell = quoted(text)
    assert "\n" not in cell
    row = MARKDOWN.render(f"| a |\n| --- |\n| {cell} |\n")
    assert row.count("<td>") == 1
    assert cell == "–" or re.search(r"<td><code>[^<]*</code></td>", row), row


@given(st.text(max_size=80))
def test_text_of_the_course_means_nothing_but_itself(text: str) -> None:
    found = tags(f"| a |\n| --- |\n| x {safe(text)} |\n")
    assert {tag.removeprefix("/") for tag in found} <= {"table", "thead", "tbody", "tr", "th", "td"}


def test_a_huge_class_is_cut_where_there_is_no_more_room() -> None:
    handed_in = [entry(f"{'s' * 150}{number}", reason="가" * 190) for number in range(4000)]
    text = render_summary(run(canary(), *handed_in))
    assert len(text.encode()) <= MAX_BYTES
    assert re.search(r"\d+ more lines had no room here", text)


def test_a_comparison_shows_what_changed_and_counts_the_rest() -> None:
    before = run(canary(), entry("kim"), entry("lee"))
    after = run(
        canary(),
        entry("kim", score=8, metrics=(metric(30.0),)),
        finished_at=datetime(2026, 11, 21, tzinfo=UTC),
        packages={"keras": "3.16.0"},
    )
    text = render_comparison(compare(before, after))
    assert "| `kim` | `11_lstm` | score | 90.0 % | 80.0 % | worse |" in text
    assert "| `kim` | `11_lstm` | test&#95;rmse | 41 | 30 | better, x 0.73 |" in text
    assert "| keras | 3.15.0 | 3.16.0 |" in text
    assert "4 figures are the same, 2 differ." in text
    assert "Only in the run before: `lee` in `11_lstm`" in text
