"""What every built test has to keep; Otter Assign itself reports success when these are broken.

A test file that does not compile, for one, has no cases, and 0 of 0 points counts there as full marks.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.authoring.assign import Assigned, MasterQuestion
from autograder.authoring.notebook import checked_question
from autograder.course import Question, TestCase
from autograder.course.built import JUDGE_SUPPLIES
from autograder.errors import CourseError

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_FLAGS = "init_cell: false`, `tests: {files: false, ok_format: false}"


def check_structure(master: Path, assigned: Assigned) -> None:
    """Check the questions themselves, before any test file is loaded.

    Raises:
        CourseError: naming the master, the question and what to change.
    """
    names = [question.name for question in assigned.questions]
    if not names:
        raise CourseError(f"{master}: no question; write at least one `# BEGIN QUESTION` cell with a name")
    for name in names:
        if not _NAME.fullmatch(name):
            raise CourseError(f"{master}: {name!r} cannot name a question; use letters and digits, as in q1")
        if names.count(name) > 1:
            raise CourseError(f"{master}: two questions are called {name}; rename one")
        if not assigned.all_tests.get(name):
            raise CourseError(
                f"{master}: {name}: no test case is built in; write one between `# BEGIN TESTS` and "
                f"`# END TESTS`, and keep `{_FLAGS}` in the assignment config"
            )
    checks = [checked_question(cell) for cell in assigned.starter["cells"]]
    for name in names:
        if checks.count(name) != 1:
            raise CourseError(
                f"{master}: {name}: the starter needs exactly one check cell, not {checks.count(name)}; "
                "give the question a solution or a public test, and leave `check_cell` out"
            )
    if any("otter.Notebook(" in cell["source"] for cell in assigned.starter["cells"]):
        raise CourseError(
            f"{master}: a cell makes its own `otter.Notebook`; remove it and set `init_cell: false`"
        )


def check_source(where: str, source: Any) -> None:
    """Check one question's test file, with hidden cases, as text.

    Raises:
        CourseError: naming the question, the test case and what to change.
    """
    if not isinstance(source, str):
        raise CourseError(f"{where}: the tests are in OK format; set `tests: {{ok_format: false}}`")
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise CourseError(
            f"{where}: the test file does not compile ({error.msg}, line {error.lineno}); take quotes, "
            "backslashes and line breaks out of its messages"
        ) from None
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for name, count in Counter(function.name for function in functions).items():
        if count > 1:
            raise CourseError(f"{where}: {count} test cases are called {name}; only the last counts")
    for function in functions:
        for problem in _parameter_problems(function.args):
            raise CourseError(f"{where}: {function.name}: {problem}")
    collected = {
        arg.arg for function in functions for arg in (*function.args.args, *function.args.kwonlyargs)
    }
    for function in functions:
        for name in _taken_from_reference(function):
            if name not in collected:
                raise CourseError(
                    f"{where}: {function.name}: reference[{name!r}] is not collected, since no test case of the "
                    f"question has `{name}` as a parameter; make it one of this test's"
                )
    settings = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    if "all_or_nothing" in settings:
        raise CourseError(f"{where}: remove `all_or_nothing`; give points to each test case instead")
    is_hidden = "hidden=True" in source
    if isinstance(settings.get("points"), ast.List) and is_hidden:
        raise CourseError(
            f"{where}: a list of points beside hidden cases; write `points` in each case's TEST CONFIG"
        )


def check_cases(where: str, question: Question, master: MasterQuestion) -> None:
    """Check the loaded test cases against what the master says.

    Raises:
        CourseError: naming the question, the test case and what to change.
    """
    if not question.cases or len(question.cases) != len(master.configs):
        raise CourseError(
            f"{where}: {len(master.configs)} test cells, but {len(question.cases)} test cases; take quotes, "
            "backslashes and line breaks out of their messages"
        )
    if question.points <= 0 or any(case.points < 0 for case in question.cases):
        raise CourseError(
            f"{where}: worth {question.points:g} points; a question needs more than 0, no case less than 0"
        )
    for case, config in zip(question.cases, master.configs, strict=True):
        _check_messages(f"{where}: {case.name}", case, config)
        supplied = JUDGE_SUPPLIES.intersection(case.needs)
        if supplied and not case.hidden:
            raise CourseError(
                f"{where}: {case.name}: a public test case has no `{min(supplied)}`; "
                "make it hidden or use a plain value"
            )


def _check_messages(where: str, case: TestCase, config: dict[str, Any]) -> None:
    for kind, built in (("failure_message", case.failure_message), ("success_message", case.success_message)):
        meant = config.get(kind)
        if meant is not None and (not isinstance(meant, str) or meant != built):
            raise CourseError(
                f"{where}: {kind} is built as {built!r}; write it as text without quotes, backslashes "
                "and line breaks"
            )


def _taken_from_reference(function: ast.FunctionDef) -> Iterator[str]:
    """The names that a test writes between the brackets of `reference["..."]`."""
    for node in ast.walk(function):
        match node:
            case ast.Subscript(value=ast.Name(id="reference"), slice=ast.Constant(value=str(name))):
                yield name


def _parameter_problems(args: ast.arguments) -> Iterator[str]:
    if args.defaults or any(default is not None for default in args.kw_defaults):
        yield "a parameter has a default, which Otter replaces with None; set the value in the body"
    if args.vararg or args.kwarg:
        yield "`*` and `**` parameters name no variable; name each variable it needs"
    if args.posonlyargs:
        yield "Otter passes parameters by name; remove the `/`"
    if any(arg.arg == "env" for arg in (*args.args, *args.kwonlyargs)):
        yield "`env` cannot cross to the judge; name each variable it needs"
