from collections.abc import Callable
from typing import Any

import pytest

from autograder.submissions import read_notebook, warn_about
from autograder.submissions.advice import MAX_WARNINGS

Make = Callable[..., Any]


@pytest.fixture
def starter(notebook: Make, code: Make) -> Any:
    prose = {"cell_type": "markdown", "source": "# Exercise", "id": "title"}
    cells = [
        code("import otter\ngrader = otter.Notebook()", cell_id="setup"),
        code("window = ...", cell_id="a1"),
        code('grader.check("q1")', cell_id="c1"),
        code("model = ...", cell_id="a2"),
        code('grader.check("q2")', cell_id="c2"),
    ]
    return read_notebook(notebook(prose, *cells))


@pytest.fixture
def warn(starter: Any, notebook: Make) -> Callable[..., tuple[str, ...]]:
    """Warnings for the starter with one more cell at its end."""

    def about(
        *cells: dict[str, Any], data_files: tuple[str, ...] = ("AirPassengers.csv",)
    ) -> tuple[str, ...]:
        return warn_about(read_notebook(notebook(*starter.cells, *cells)), starter, data_files)

    return about


def with_counts(starter: Any, notebook: Make, counts: list[int | None]) -> Any:
    changed = read_notebook(notebook(*starter.cells))
    for cell, count in zip(changed.cells[1:], counts, strict=True):
        cell.execution_count = count
    return changed


def test_the_starter_itself_is_fine(warn: Callable[..., tuple[str, ...]]) -> None:
    assert warn() == ()


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([1, 2, 3, 4, 5], []),
        ([None] * 5, []),
        ([1, 7, 3, 4, 5], ["Cell 4 [3] was run before cell 3 [7] above it"]),
        ([1, 2, 2, 3, 4], ["Cell 4 [2] was run before cell 3 [2]"]),
        ([1, 2, 3, 9, 10], ["Before cell 5 [9] something was run"]),
        ([4, 5, 6, 7, 8], ["Before cell 2 [4] something was run"]),
        ([1, 2, None, 3, 4], ["Cell 4 was not run, though others were"]),
    ],
)
def test_cells_run_out_of_order_are_named(
    starter: Any, notebook: Make, counts: list[int | None], words: list[str]
) -> None:
    warnings = warn_about(with_counts(starter, notebook, counts), starter)
    assert len(warnings) == len(words)
    for warning, expected in zip(warnings, words, strict=True):
        assert warning.startswith(expected)
        assert "restart the kernel, run all cells" in warning


def test_a_missing_check_is_named(starter: Any, notebook: Make) -> None:
    changed = read_notebook(notebook(*[cell for cell in starter.cells if cell.id != "c1"]))
    (warning,) = warn_about(changed, starter)
    assert 'put grader.check("q1") back' in warning


def test_a_doubled_check_is_named(warn: Callable[..., tuple[str, ...]], code: Make) -> None:
    (warning,) = warn(code("grader.check('q2')"))
    assert warning.startswith('grader.check("q2") is in cells 6 and 7 and only the last one counts')


def test_checks_in_another_order_are_named(starter: Any, notebook: Make) -> None:
    cells = list(starter.cells)
    cells[3], cells[5] = cells[5], cells[3]
    (warning,) = warn_about(read_notebook(notebook(*cells)), starter)
    assert warning.startswith("q2 is checked in cell 4, before q1 in cell 6")


def test_a_cell_of_the_starter_that_is_gone_is_named(starter: Any, notebook: Make) -> None:
    changed = read_notebook(notebook(*[cell for cell in starter.cells if cell.id not in ("setup", "title")]))
    (warning,) = warn_about(changed, starter)
    assert warning.startswith("The starter's cell 2 (import otter) is gone: copy it back")


def test_new_ids_from_another_editor_are_no_loss(starter: Any, notebook: Make) -> None:
    cells = [{key: value for key, value in cell.items() if key != "id"} for cell in starter.cells]
    assert warn_about(read_notebook(notebook(*cells)), starter) == ()


@pytest.mark.parametrize(
    "path",
    [
        "/home/kim/x.csv", "/content/drive/MyDrive/x.csv", "/content", "C:\\\\data\\\\x.csv", "d:/x.csv",
        "~/x.csv", "~kim/x.csv", "/Users/kim/x", "\\\\\\\\server\\\\x",
    ],
)  # fmt: skip
def test_an_absolute_path_is_named_once(warn: Callable[..., tuple[str, ...]], code: Make, path: str) -> None:
    (warning,) = warn(code(f"data = pd.read_csv('{path}')"))
    assert warning.startswith("Cell 7 names ")
    assert "name the file alone" in warning


@pytest.mark.parametrize("text", ["/", "a/b", "~", "/n", "C: done", "x:/", "https://x.org/home/", "50%/home"])
def test_other_text_is_no_path(warn: Callable[..., tuple[str, ...]], code: Make, text: str) -> None:
    assert warn(code(f"print('{text}')")) == ()


@pytest.mark.parametrize(
    "call",
    [
        "pd.read_csv('mine.csv')",
        "open('mine.csv')",
        "open('mine.csv', 'rb')",
        "np.load('mine.csv')",
        "pd.read_csv(filepath_or_buffer='mine.csv')",
        "%matplotlib inline\nnp.loadtxt('mine.csv', delimiter=',')",
    ],
)
def test_a_file_that_nobody_else_has_is_named(
    warn: Callable[..., tuple[str, ...]], code: Make, call: str
) -> None:
    (warning,) = warn(code(call))
    assert warning == 'Cell 7 reads "mine.csv", which is not there at grading: use AirPassengers.csv.'


@pytest.mark.parametrize(
    "source",
    [
        "pd.read_csv('AirPassengers.csv')",
        "pd.read_csv('./AirPassengers.csv')",
        "open('new.txt', 'w')",
        "open('new.txt', mode='a')",
        "df.to_csv('new.csv')\npd.read_csv('new.csv')",
        "model.save('m.keras')\nload_model('m.keras')",
        "np.save('a.npy', a)\nnp.load('a.npy')",
        "pd.read_csv(name)",
        "json.load(file)",
        "pd.read_json('{\"a\": 1}')",
        "x = = pd.read_csv('mine.csv')",
        "%%bash\ncat mine.csv",
    ],
)
def test_files_that_will_be_there_are_fine(
    warn: Callable[..., tuple[str, ...]], code: Make, source: str
) -> None:
    assert warn(code(source)) == ()


def test_a_file_from_the_network_is_named(warn: Callable[..., tuple[str, ...]], code: Make) -> None:
    (warning,) = warn(code("pd.read_csv('https://example.org/a.csv')"), data_files=())
    assert "grading has no network: the exercise has no data files." in warning


def test_warnings_are_bounded_and_on_one_line(warn: Callable[..., tuple[str, ...]], code: Make) -> None:
    many = "\n".join(f"open('a\\u202e{number}')" for number in range(200))
    warnings = warn(code(many))
    assert len(warnings) == MAX_WARNINGS
    assert warnings[-1] == "There are 151 more warnings; mend these first."
    assert all(warning.isprintable() for warning in warnings)
