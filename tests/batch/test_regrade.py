"""Stored evidence is judged again with the course as it is now, and no kernel is started."""

import asyncio
from pathlib import Path

import pytest

from autograder.batch import Isolation, RegradeReport, Results, regrade
from autograder.reports import render_feedback
from autograder.scorecard import without_times
from mini import MiniCourse

CLASS = {
    "reference": {},
    "wrong_total": {"q1": "total = 11"},
    "adds_two": {"q2": "def double(values):\n    return [v + 2 for v in values]"},
    "never_returns": {"q2": "def double(values):\n    while True: pass"},
}


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("regrade")
    mini = MiniCourse.copy(folder)
    mini.grade(mini.hand_in(folder / "class", **CLASS))
    (folder / "class" / "broken.ipynb").write_text("not JSON")
    mini.grade(folder / "class")
    return mini.results


@pytest.fixture
def graded(graded_once: Path, mini: MiniCourse) -> MiniCourse:
    import shutil

    shutil.copytree(graded_once, mini.results)
    for path in mini.results.rglob("*.ipynb"):
        path.unlink()  # a regrade must not need any notebook
    return mini


def run_regrade(mini: MiniCourse) -> RegradeReport:
    with Results.open(mini.results) as results:
        exercises = {mini.exercise.id: (mini.exercise, mini.built)}
        return asyncio.run(
            regrade(
                results,
                exercises,
                jobs=2,
                isolation=Isolation("warm", "none"),
                render_feedback=render_feedback,
            )
        )


def test_an_unchanged_course_gives_the_same_scorecards(graded: MiniCourse) -> None:
    before = {student: without_times(graded.card(student)) for student in CLASS}
    report = run_regrade(graded)
    assert not report.run_again
    assert not report.changed
    assert {student: without_times(graded.card(student)) for student in CLASS} == before


def test_changed_points_change_every_score(graded: MiniCourse) -> None:
    graded.edit_master(
        "points: 2\nhidden: true\nfailure_message", "points: 12\nhidden: true\nfailure_message"
    )
    report = run_regrade(graded)
    assert graded.card("reference").score == 20
    assert graded.card("reference").max_score == 20
    assert graded.card("wrong_total").score == 8
    assert graded.card("broken").max_score == 20
    assert {new.student for _old, new in report.changed} == {"reference", "adds_two", "never_returns"}


def test_a_mended_test_is_judged_on_stored_values_and_calls(graded: MiniCourse) -> None:
    graded.edit_master("assert total == 10, ", "assert total in (10, 11), ")
    run_regrade(graded)
    assert graded.card("wrong_total").score == 10
    assert graded.card("adds_two").score == 6


def test_a_test_that_needs_new_evidence_names_who_must_run_again(graded: MiniCourse) -> None:
    before = graded.card("reference")
    graded.edit_master("def test_total_of_the_file(total):", "def test_total_of_the_file(total, numbers):")
    report = run_regrade(graded)
    assert {problem.student for problem in report.run_again} == set(CLASS)
    assert "numbers was not collected" in report.run_again[0].error
    assert graded.card("reference") == before  # the earlier grade stands


def test_a_call_with_new_inputs_names_who_must_run_again(graded: MiniCourse) -> None:
    graded.edit_master("double([7001, -7002]) == [14002, -14004]", "double([5]) == [10]")
    report = run_regrade(graded)
    assert {problem.student for problem in report.run_again} == set(CLASS)


def test_after_a_regrade_grading_has_nothing_to_do(graded: MiniCourse, tmp_path: Path) -> None:
    graded.edit_master("assert total == 10, ", "assert total == 10.0, ")
    run_regrade(graded)
    report = graded.grade(graded.hand_in(tmp_path / "class", **CLASS))
    assert not report.graded
    assert len(report.kept) == len(CLASS)


def test_a_regrade_after_a_change_of_tests_runs_no_reference_either(graded: MiniCourse, cache: Path) -> None:
    stored = set((cache / "reference").iterdir())
    graded.edit_master("assert squares[2] == 4", "assert squares[2] == 4, 'two times two'")
    graded.edit_master("# # 숫자 / Numbers", "# # 수 / Numbers")
    run_regrade(graded)
    assert set((cache / "reference").iterdir()) == stored
