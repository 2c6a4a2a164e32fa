"""The badge: an image of its own that says how many references have full marks."""

import pytest
from lxml import etree

from autograder.reports.badge import render_badge
from autograder.runs import GateResult, RunScorecard
from runs.made_up import canary, entry, run

UNMET = GateResult(gate="score >= 90 %", is_met=False, detail="kim: 80 %")


@pytest.mark.parametrize(
    ("made", "said", "colour"),
    [
        (run(canary(), canary("12_x"), entry(score=0)), "2 of 2 on CPU", "#2c7a3f"),
        (run(canary(), canary("12_x", score=9)), "1 of 2 on CPU", "#b3261e"),
        (run(canary(), profile="gpu"), "1 of 1 on GPU", "#2c7a3f"),
        (run(canary(), gates=(UNMET,)), "1 of 1 on CPU, gates met: 0 of 1", "#b3550c"),
    ],
)
def test_it_says_what_the_run_says(made: RunScorecard, said: str, colour: str) -> None:
    svg = etree.fromstring(render_badge(made).encode())
    texts = svg.findall(".//{*}text")
    assert [text.text for text in texts] == ["references", said]
    assert svg.find("{*}title").text == f"references: {said}"
    assert svg.find("{*}path").get("fill") == colour


def test_it_asks_for_nothing_from_outside() -> None:
    svg = etree.fromstring(render_badge(run(canary())).encode())
    assert {etree.QName(one).localname for one in svg.iter()} == {"svg", "title", "rect", "path", "g", "text"}
    assert not [name for one in svg.iter() for name in one.attrib if "href" in name]
