"""The judge: order, isolation of one case from another, and who is to blame for what."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.errors import CourseError
from autograder.evidence import collector
from autograder.evidence.bundle import BundleWriter, parse_drop, read_drop
from autograder.judge import CallAnswer, CallForward, CaseVerdict, JudgeJob
from autograder.judge.judging import judge

TEST_FILE = """\
from otter.test_files import test_case

OK_FORMAT = False

name = "{question}"
points = None

{cases}
"""


def case(function: str, *, hidden: bool = False) -> str:
    return f"@test_case(points=1, hidden={hidden})\n{function}\n"


class Desk:
    """A folder with evidence and tests, and a judge over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bundle = BundleWriter(folder / "evidence")
        self.tests: dict[str, Path] = {}
        self.calls: list[CallForward] = []

    def evidence(self, question: str, **values: object) -> None:
        stem = self.folder / question
        collector.collect(question, list(values), str(stem), namespace=values)
        self.bundle.add_question(question, 0, values, read_drop(stem))

    def test(self, question: str, *cases: str) -> None:
        path = self.folder / f"{question}.py"
        path.write_text(TEST_FILE.format(question=question, cases="\n".join(cases)), encoding="utf-8")
        self.tests[question] = path

    def judge(
        self, *, may_call: bool = True, calibration: Mapping[str, float] | None = None
    ) -> dict[str, CaseVerdict]:
        job = JudgeJob(
            evidence=self.folder / "evidence",
            tests=self.tests,
            reference=None,
            calibration=dict(calibration or {}),
            may_call=may_call,
            case_limit_s=1.0,
        )
        return {verdict.name: verdict for verdict in judge(job, self._answer).cases}

    def _answer(self, asked: CallForward) -> CallAnswer:
        self.calls.append(asked)
        document = b'{"format": 1, "ok": true, "value": {"kind": "int", "value": 7}}'
        drop = parse_drop(document, collector.NO_ARRAYS, what="reply")
        import base64

        return CallAnswer(document=document.decode(), arrays=base64.b64encode(drop.tensor_bytes))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def function(x: int) -> int:
    return x


def test_all_public_cases_run_before_any_hidden_one(desk: Desk) -> None:
    for question in ("q1", "q2"):
        desk.evidence(question, f=function)
        desk.test(
            question,
            case(f"def hidden_{question}(f):\n    assert f(1000) == 7", hidden=True),
            case(f"def public_{question}(f):\n    assert f(1) == 7"),
        )
    verdicts = desk.judge()
    assert all(verdict.outcome == "passed" for verdict in verdicts.values())
    assert ["1000" in call.document for call in desk.calls] == [False, False, True, True]
    assert list(verdicts) == ["hidden_q1", "public_q1", "hidden_q2", "public_q2"]  # reported in course order


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        ("assert x == 3", "passed", ""),
        ("assert x == 4, 'x is not 4'", "failed", "x is not 4"),
        ("assert x == 4", "failed", "does not hold"),
        ("x.nothing", "errored", "AttributeError"),
        ("raise SystemExit(0)", "errored", "SystemExit"),
        ("raise KeyboardInterrupt", "errored", "KeyboardInterrupt"),
        ("while True: pass", "errored", "not ended after 1 s of processor time"),
    ],
)
def test_whatever_a_test_raises_becomes_an_outcome(desk: Desk, body: str, outcome: str, words: str) -> None:
    desk.evidence("q1", x=3)
    desk.test("q1", case(f"def test(x):\n    {body}"))
    verdict = desk.judge()["test"]
    assert (verdict.outcome, words in verdict.message) == (outcome, True)


def test_an_error_whose_text_raises_is_still_an_outcome(desk: Desk) -> None:
    desk.evidence("q1", x=3)
    body = "class Bad(Exception):\n        __str__ = lambda self: 1 / 0\n    raise Bad"
    desk.test("q1", case(f"def test(x):\n    {body}"))
    assert desk.judge()["test"].outcome == "errored"


def test_no_case_sees_what_another_did_to_a_value(desk: Desk) -> None:
    desk.evidence("q1", x=[1, 2])
    desk.test("q1", case("def first(x):\n    x.append(3)"), case("def second(x):\n    assert x == [1, 2]"))
    assert desk.judge()["second"].outcome == "passed"


def test_what_was_never_defined_is_missing(desk: Desk) -> None:
    stem = desk.folder / "q1"
    collector.collect("q1", ["x"], str(stem), namespace={})
    desk.bundle.add_question("q1", 0, ["x"], read_drop(stem))
    desk.test("q1", case("def test(x):\n    assert x is None"))
    assert desk.judge()["test"].outcome == "missing"


def test_a_question_whose_evidence_never_came_is_missing_with_the_reason(desk: Desk) -> None:
    desk.bundle.add_question_missing("q1", None, ["x"], "the kernel ended by itself in cell 4")
    desk.test("q1", case("def test(x):\n    pass"))
    verdict = desk.judge()["test"]
    assert verdict.outcome == "missing"
    assert "cell 4" in verdict.message


def test_a_value_that_does_not_cross_is_no_pass_even_for_a_test_that_looks_away(desk: Desk) -> None:
    desk.evidence("q1", x=iter([1, 2]))
    desk.test("q1", case("def test(x):\n    assert x is not None"))
    verdict = desk.judge()["test"]
    assert verdict.outcome == "errored"
    assert "list_iterator" in verdict.message


def test_a_name_that_was_never_collected_is_our_fault(desk: Desk) -> None:
    desk.evidence("q1", x=3)
    desk.test("q1", case("def test(x, y):\n    pass"))
    verdict = desk.judge()["test"]
    assert verdict.outcome == "ungraded"
    assert "run this submission again" in verdict.message


def test_a_threshold_that_was_never_calibrated_is_our_fault(desk: Desk) -> None:
    desk.evidence("q1", x=3)
    desk.test("q1", case("def test(x, calibration):\n    assert x < calibration['x']"))
    assert desk.judge()["test"].outcome == "ungraded"
    assert desk.judge(calibration={"x": 4.0})["test"].outcome == "passed"


def test_without_a_kernel_a_call_that_was_never_made_is_ungraded(desk: Desk) -> None:
    desk.evidence("q1", f=function)
    desk.test("q1", case("def test(f):\n    assert f(1) == 7"))
    assert desk.judge(may_call=False)["test"].outcome == "ungraded"


def test_the_same_call_is_made_once(desk: Desk) -> None:
    desk.evidence("q1", f=function)
    desk.test("q1", case("def test(f):\n    assert f(1) == f(1)"))
    desk.judge()
    assert len(desk.calls) == 1


def test_a_test_file_that_does_not_load_is_the_courses_fault(desk: Desk) -> None:
    desk.evidence("q1", x=3)
    desk.test("q1", "this is not Python")
    with pytest.raises(CourseError, match=r"q1\.py: the test file of q1 does not load"):
        desk.judge()
