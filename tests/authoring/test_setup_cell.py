import ast
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from autograder.authoring.setup_cell import setup_cell, sizes_cell, text_literal

PIECES = st.sampled_from(["'", '"', "'''", '"""', "\\", "\n", "\r", "\0", "a", "한글", "{x}", " "])


@given(st.lists(PIECES).map("".join) | st.text())
def test_a_literal_means_its_text(text: str) -> None:
    assert ast.literal_eval(text_literal(text)) == text


def test_ordinary_tests_stay_readable() -> None:
    source = 'def test_a(x):\n    """Say why."""\n    assert x == "a"\n'
    assert text_literal(source) == f"r'''{source}'''"


def test_the_cell_is_plain_python_and_leaves_only_grader_behind() -> None:
    cell = setup_cell("x.ipynb", ["a.csv"], {"q1": "source"}, {"numpy"})
    names: set[str] = set()
    for node in ast.parse(cell["source"]).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.Delete):
            names -= {target.id for target in node.targets if isinstance(target, ast.Name)}
    assert names == {"grader"}


def test_colab_is_asked_for_what_it_lacks_and_no_more() -> None:
    source = setup_cell("x.ipynb", [], {}, {"numpy", "koreanize_matplotlib"})["source"]
    assert (
        "_PACKAGES = {'otter': 'otter-grader==7.0.*', 'koreanize_matplotlib': 'koreanize-matplotlib'}"
        in source
    )


def sizes_in(environment: dict[str, str]) -> str:
    """What the cell of sizes leaves behind, in an interpreter of its own."""
    code = sizes_cell({"EPOCHS": 15, "SIDE": 32})["source"] + "\nprint(EPOCHS, SIDE)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_plain_notebook_has_the_cpu_s_sizes() -> None:
    assert sizes_in({}) == "15 32"


def test_the_grader_s_sizes_take_their_place() -> None:
    assert sizes_in({"COURSE_SETTINGS": '{"EPOCHS": 40, "SIDE": 224}'}) == "40 224"
