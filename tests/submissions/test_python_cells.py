from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submissions import check_cells, read_notebook
from autograder.submissions.python_cells import check_calls, parse_cell

Make = Callable[..., Any]


@pytest.mark.parametrize(
    "source",
    [
        'grader.check("q1")',
        "grader.check('q1')",
        "grader . check( 'q1' , )",
        'grader.check(question="q1")',
        "grader.check('''q1''')",
        "result = grader.check(\n    'q1',\n)",
        "%matplotlib inline\ngrader.check('q1')",
        "!pip install \\\n  keras\ngrader.check('q1')",
        "files = !ls\ngrader.check('q1')",
        "model?\ngrader.check('q1')",
        "if True:\n    %time x = 1\n    grader.check('q1')",
        "%%time\ngrader.check('q1')",
        "%%capture out\nx = 1\ngrader.check('q1')",
        "x = = 1\ngrader.check('q1')  # a syntax error above",
    ],
)
def test_a_check_is_found_however_it_is_written(notebook: Make, code: Make, source: str) -> None:
    assert check_cells(read_notebook(notebook(code("x = 1"), code(source)))) == {"q1": 1}


@pytest.mark.parametrize(
    "source",
    [
        "# grader.check('q1')",
        "x = 1  # grader.check('q1')",
        "print('grader.check(\"q1\")')",
        "grader.check(q1)",
        "grader.check_all()",
        "other.check('q1')",
        "grader.check()",
        "%%bash\ngrader.check('q1')",
        "%%html\n<p>grader.check('q1')</p>",
        "x = = 1  # grader.check('q1')",
    ],
)
def test_what_does_not_call_the_check_is_none(notebook: Make, code: Make, source: str) -> None:
    assert check_cells(read_notebook(notebook(code(source)))) == {}


def test_the_last_check_wins(notebook: Make, code: Make) -> None:
    check = code("grader.check('q1')")
    read = read_notebook(notebook(check, code("grader.check('q2'); grader.check('q1')"), code("x"), check))
    assert check_cells(read) == {"q1": 3, "q2": 1}
    assert check_calls(read) == {"q1": [0, 1, 3], "q2": [1]}


def test_a_cell_that_cannot_run_does_not_take_the_check_from_one_that_can(notebook: Make, code: Make) -> None:
    read = read_notebook(notebook(code("grader.check('q1')"), code("1 1\ngrader.check('q1')")))
    assert check_cells(read) == {"q1": 0}


def test_checks_in_prose_do_not_count(notebook: Make, code: Make) -> None:
    prose = {"cell_type": "markdown", "source": "grader.check('q1')"}
    assert check_cells(read_notebook(notebook(prose, code("x")))) == {}


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000,
        "-" * 100_000 + "1",
        "a" + ".b" * 100_000,
        "x\0",
        "x = '\ud800'",
        "[" * 99 + "]" * 99,
        "x" * 300_000,
    ],
    ids=["parentheses", "signs", "attributes", "nul", "surrogate", "lists", "long"],
)
def test_hostile_source_is_no_more_than_unreadable(source: str) -> None:
    parse_cell(source)


@pytest.mark.parametrize("unit", [" ", "\t=", "x=", "?", "%", "\\\n", "grader.check(", "grader ", "a, "])
def test_long_cells_are_searched_in_linear_time(notebook: Make, code: Make, unit: str) -> None:
    source = "x = = 1\n" + unit * (200_000 // len(unit)) + "$"
    assert check_cells(read_notebook(notebook(code(source)))) == {}


@given(st.text("gr.check('q1')\n%!?#=\\ \"", max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    parse_cell(text)
