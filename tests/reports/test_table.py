import csv
import io
from collections.abc import Callable

import pytest

from autograder.reports import write_grades_csv
from autograder.scorecard import CaseResult, Outcome, QuestionResult, Scorecard, Status

Card = Callable[..., Scorecard]


def read(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_line_holds_student_score_percent_and_questions(card: Card) -> None:
    assert read(write_grades_csv([card("kim", score=1.5)])) == [
        {
            "student": "kim",
            "exercise": "11_airpassengers_lstm",
            "status": "graded",
            "score": "1.5",
            "max_score": "2",
            "percent": "75",
            "q1": "2",
            "error": "",
        }
    ]


@pytest.mark.parametrize("name", ["김, 민준", 'he said "hi"', "a;b", "semi;=1+1", "O'Neil", "<b>"])
def test_names_come_back_from_the_csv_module_as_they_were(card: Card, name: str) -> None:
    assert read(write_grades_csv([card(name)]))[0]["student"] == name


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", " ="])
def test_a_formula_becomes_text(card: Card, start: str) -> None:
    hostile = f"{start}cmd|' /C calc'!A0"
    line = read(write_grades_csv([card(hostile, error=hostile)]))[0]
    assert line["student"].startswith("'")
    assert line["error"].startswith("'")


@pytest.mark.parametrize("start", ["\t", "\r", "\n", "\x00", "\x1b[0m"])
def test_no_control_character_hides_a_formula(card: Card, start: str) -> None:
    student = read(write_grades_csv([card(f"{start}=1+1")]))[0]["student"]
    assert student in ("'=1+1", "␀=1+1")


def test_numbers_stay_numbers(card: Card) -> None:
    text = write_grades_csv([card(score=-0.5)])
    assert '"graded",-0.5,2,-25,2,' in text


def test_lone_surrogates_and_line_breaks_do_not_break_the_file(card: Card) -> None:
    text = write_grades_csv([card("kim\ud800\nmin")])
    text.encode("utf-8")
    assert len(text.splitlines()) == 2


def test_a_harness_error_is_blank_not_zero(card: Card, case: Callable[..., CaseResult]) -> None:
    ungraded = QuestionResult(name="q1", points=1, earned=0, cases=(case(outcome=Outcome.UNGRADED),))
    line = read(write_grades_csv([card(status=Status.HARNESS_ERROR, score=None, questions=(ungraded,))]))[0]
    assert (line["score"], line["percent"], line["q1"]) == ("", "", "")
    assert line["status"] == "harness_error"


def test_an_ungraded_case_leaves_the_score_blank_and_says_why(
    card: Card, case: Callable[..., CaseResult], question: Callable[..., QuestionResult]
) -> None:
    questions = (question("q1", case()), question("q2", case(outcome=Outcome.UNGRADED)))
    line = read(write_grades_csv([card(score=None, questions=questions)]))[0]
    assert (line["score"], line["q1"], line["q2"]) == ("", "1", "")
    assert "not the student's fault" in line["error"]


def test_several_exercises_prefix_their_questions(card: Card) -> None:
    lines = read(write_grades_csv([card("kim", exercise="05_b"), card("kim", exercise="01_a")]))
    assert [line["exercise"] for line in lines] == ["01_a", "05_b"]
    assert lines[0]["01_a/q1"] == "2"
    assert lines[0]["05_b/q1"] == ""


def test_the_order_does_not_depend_on_the_order_of_grading(card: Card) -> None:
    cards = [card("lee"), card("Kim"), card("kim"), card("박"), card("김")]
    text = write_grades_csv(cards)
    assert write_grades_csv(reversed(cards)) == text
    assert [line["student"] for line in read(text)] == ["Kim", "kim", "lee", "김", "박"]


def test_an_empty_class_is_a_header(card: Card) -> None:
    assert read(write_grades_csv([])) == []
