"""Annotations of GitHub Actions: what they say, that there are not too many, and that no text becomes a command."""

import re

from hypothesis import given
from hypothesis import strategies as st

from autograder.reports.annotations import MAX_OF_A_KIND, render_annotations, render_check_annotations
from autograder.runs import GateResult, NotRun
from autograder.scorecard import Outcome, Status
from reports.conftest import make_card, make_case, make_question
from runs.made_up import canary, entry, run

COMMAND = re.compile(r"::(error|warning|notice) title=([^:,\r\n]*)::([^\r\n]*)\n")


def commands(text: str) -> list[tuple[str, str, str]]:
    """The commands of a text that is nothing but commands."""
    found = COMMAND.findall(text)
    assert COMMAND.sub("", text) == ""
    return found


def unmet(gate: str, detail: str) -> GateResult:
    return GateResult(gate=gate, is_met=False, detail=detail)


def test_a_run_in_which_all_is_well_says_so() -> None:
    assert commands(render_annotations(run(canary(), entry("kim", score=1)))) == [
        ("notice", "Scorecard", "references with full marks: 1 of 1")
    ]


def test_everything_that_went_wrong_is_said() -> None:
    said = commands(
        render_annotations(
            run(
                canary(score=8),
                canary("12_x"),
                entry("kim", score=None, status=Status.HARNESS_ERROR, reason="no memory"),
                gates=(unmet("score >= 90 %", "kim: 80 %"), GateResult(gate="x", is_met=True, detail="")),
                not_run=(NotRun(exercise="01_vgg", reason="no TensorFlow"),),
            )
        )
    )
    assert [(kind, title) for kind, title, _ in said] == [
        ("error", "A reference loses points"),
        ("error", "Gate not met"),
        ("error", "Could not be graded"),
        ("warning", "Not run"),
    ]
    assert said[0][2].startswith("11_lstm: 8 of 10 points")
    assert said[1][2] == "score >= 90 %25: kim: 80 %25"


def test_what_there_is_no_room_for_is_counted() -> None:
    gates = tuple(unmet(f"gate {number}", "x") for number in range(14))
    said = commands(render_annotations(run(canary(), gates=gates)))
    assert len(said) == MAX_OF_A_KIND
    assert said[-1] == ("error", "And more", "5 more are in the summary")


def test_a_check_names_each_test_that_did_not_pass() -> None:
    card = make_card(
        questions=(
            make_question("q1", make_case("test_a")),
            make_question(
                "q2",
                make_case("test_b", Outcome.FAILED, message="inside", student_message="expected 3\ngot 4"),
            ),
        )
    )
    assert commands(render_check_annotations(card, None)) == [
        ("warning", "11_airpassengers_lstm q2", "test_b: expected 3 ⏎ got 4")
    ]
    said = commands(render_check_annotations(card, "50 % of 100 %"))
    assert said[0] == ("error", "Not enough points", "50 %25 of 100 %25")
    assert said[1][0] == "error"


@given(st.text(st.sampled_from(":#[]%,\r\n\u2028\x1b;=a ") | st.characters(), max_size=60))
def test_no_text_becomes_a_command_or_a_property(text: str) -> None:
    record = run(
        canary(), entry(text, "x", score=None, reason=text), gates=(unmet("score", text),), not_run=()
    )
    out = render_annotations(record)
    assert len(commands(out)) == 2
    assert [line.count("::") for line in out.splitlines()] == [2, 2]
    assert "##[" not in out
    card = make_card(
        exercise=text, error=f"x{text}", questions=(make_question(text, make_case(text, Outcome.FAILED)),)
    )
    assert len(commands(render_check_annotations(card, f"x{text}"))) == 3
