import pytest

from autograder.authoring.rules import check_source
from autograder.errors import CourseError

HEAD = "from otter.test_files import test_case\nOK_FORMAT = False\nname = 'q1'\npoints = None\n"

FORBIDDEN = {
    "two cases of one name": (
        "def test_a(x): pass\n@test_case()\ndef test_a(y): pass",
        "2 test cases are called test_a",
    ),
    "default argument": ("def test_a(x=None): pass", "test_a: a parameter has a default"),
    "keyword-only default": ("def test_a(*, x=1): pass", "test_a: a parameter has a default"),
    "star arguments": ("def test_a(*x): pass", "`*` and `**` parameters"),
    "keyword arguments": ("def test_a(**x): pass", "`*` and `**` parameters"),
    "positional only": ("def test_a(x, /): pass", "by name"),
    "env": ("def test_a(env): pass", "`env` cannot cross"),
}


@pytest.mark.parametrize(("case", "message"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_test_function_otter_would_call_wrongly_is_refused(case: str, message: str) -> None:
    with pytest.raises(CourseError) as caught:
        check_source("master.py: q1", f"{HEAD}@test_case()\n{case}\n")
    assert message in str(caught.value)


def test_a_list_of_points_is_refused_only_beside_hidden_cases() -> None:
    source = HEAD.replace("None", "[1, 2]") + "@test_case(hidden=False)\ndef test_a(x): pass\n"
    check_source("q1", source)
    with pytest.raises(CourseError, match="a list of points beside hidden cases"):
        check_source("q1", source + "@test_case(points=1, hidden=True)\ndef test_b(x): pass\n")


def test_all_or_nothing_is_refused() -> None:
    with pytest.raises(CourseError, match="remove `all_or_nothing`"):
        check_source("q1", HEAD + "all_or_nothing = True\n@test_case()\ndef test_a(x): pass\n")


def test_a_file_that_does_not_compile_names_the_likely_cause() -> None:
    with pytest.raises(CourseError, match="take quotes, backslashes and line breaks out"):
        check_source("q1", HEAD + '@test_case(failure_message="say "x" here")\ndef test_a(x): pass\n')


def test_a_value_of_the_reference_that_nobody_asks_for_is_refused() -> None:
    case = "@test_case()\ndef test_a({}): assert reference['x'] == 1\n"
    other = "@test_case()\ndef test_b(x): pass\n"
    check_source("q1", HEAD + case.format("x, reference"))
    check_source("q1", HEAD + case.format("reference") + other)
    with pytest.raises(CourseError, match="has `x` as a parameter; make it one of this test's"):
        check_source("q1", HEAD + case.format("reference"))
