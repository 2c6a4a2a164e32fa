"""Whatever was handed in as a notebook, reading it gives a notebook that is valid, or a `SubmissionError`."""

import warnings
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import SubmissionError
from autograder.submissions import (
    check_cells,
    clean_copy,
    folder_name,
    is_bare_check,
    read_notebook,
    warn_about,
)
from autograder.submissions.names import MAX_FOLDER_BYTES, one_line
from autograder.submissions.notebook import named_exercise
from fuzz.guard import REFUSED, answer_to
from fuzz.strategies_bytes import RANDOM_BYTES, broken
from fuzz.strategies_notebooks import LONG_SOURCES, SAVED, SOURCES, TEXTS, changed_notebooks

fuzzed = settings.get_profile("fuzz")

PER_BYTE = 120
FIXED_BYTES = 4 * 2**20
PER_CODE_BYTE = 2000  # Python's syntax trees
FIXED_CODE_BYTES = 64 * 2**20


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    for one in SAVED[:3]:
        nbformat.validate(clean_copy(read_notebook(one)))


def read(content: bytes) -> object:
    """The notebook, valid, and the same when it is written and read again."""
    found = answer_to(
        lambda: read_notebook(content),
        refuses_with=SubmissionError,
        max_bytes=FIXED_BYTES + PER_BYTE * len(content),
    )
    if found is not REFUSED:
        expect_notebook(found)
    return found


def expect_notebook(found: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nbformat.validate(found)
        again = read_notebook(nbformat.writes(found).encode())
        clean = clean_copy(found)
        nbformat.validate(clean)
    assert nbformat.writes(again) == nbformat.writes(found)
    assert nbformat.writes(clean_copy(clean)) == nbformat.writes(clean)
    assert len({cell.id for cell in found.cells}) == len(found.cells)
    assert clean.metadata.kernelspec.name == "python3"
    assert [cell.source for cell in clean.cells] == [cell.source for cell in found.cells]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in clean.cells)
    assert not any(
        {"skip-execution", "raises-exception"} & set(cell.metadata.get("tags", ())) for cell in clean.cells
    )


def look_through(notebook: Any) -> None:
    """Everything that is asked of a notebook without running it."""
    size = len(nbformat.writes(notebook).encode())

    def ask() -> object:
        return check_cells(notebook), warn_about(notebook, notebook, ["a.csv"]), named_exercise(notebook)

    found = answer_to(ask, refuses_with=(), max_bytes=FIXED_CODE_BYTES + PER_CODE_BYTE * size)
    assert isinstance(found, tuple)
    checks, lines, _ = found
    assert all(notebook.cells[index].cell_type == "code" for index in checks.values())
    assert all(line.isprintable() for line in lines), lines


@pytest.mark.parametrize("content", SAVED[:3], ids=["jupyter", "colab", "bare"])
def test_the_notebooks_that_inputs_are_made_from_are_right(content: bytes) -> None:
    found = read(content)
    assert found is not REFUSED
    look_through(found)


@given(changed_notebooks())
@fuzzed
def test_a_changed_notebook_is_valid_or_refused(content: bytes) -> None:
    found = read(content)
    if found is not REFUSED:
        look_through(found)


@given(st.one_of(broken(SAVED), broken(SAVED), RANDOM_BYTES))
@fuzzed
def test_a_notebook_with_broken_bytes_is_valid_or_refused(content: bytes) -> None:
    found = read(content)
    if found is not REFUSED:
        look_through(found)


@given(SOURCES)
@fuzzed
def test_any_cell_can_be_looked_through(source: str) -> None:
    look(source)


@given(LONG_SOURCES)
@settings(fuzzed, max_examples=min(200, fuzzed.max_examples))
def test_long_cells_can_be_looked_through(source: str) -> None:
    look(source)


def look(source: str) -> None:
    def ask() -> object:
        return is_bare_check(source)

    size = len(source.encode("utf-8", "surrogatepass"))
    bare = answer_to(ask, refuses_with=(), max_bytes=FIXED_CODE_BYTES + PER_CODE_BYTE * size)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("grader.check('q0')"), nbformat.v4.new_code_cell(source)]
    )
    found = answer_to(
        lambda: (check_cells(notebook), warn_about(notebook, notebook)),
        refuses_with=(),
        max_bytes=FIXED_CODE_BYTES + PER_CODE_BYTE * size,
    )
    assert isinstance(found, tuple)
    assert not bare or 1 in found[0].values()
    assert all(line.isprintable() for line in found[1])


@given(TEXTS, TEXTS)
@fuzzed
def test_every_name_becomes_one_safe_folder_of_its_own(first: str, second: str) -> None:
    names = answer_to(
        lambda: (folder_name(first), folder_name(second)),
        refuses_with=(),
        max_bytes=2**20 + 200 * len(first + second),
    )
    assert isinstance(names, tuple)
    for name in names:
        assert name not in ("", ".", "..")
        assert not set(name) & set('/\\\0:*?"<>|')
        assert name.isprintable()
        assert len(name.encode()) <= MAX_FOLDER_BYTES
        assert folder_name(first) == names[0]
    assert one_line(first).isprintable()
