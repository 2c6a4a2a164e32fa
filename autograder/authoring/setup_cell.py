"""The generated cells of a starter: set-up, which makes `grader` in Jupyter and in Colab, and the course's sizes.

Jupyter reads the public tests from the notebook's metadata. Colab keeps the notebook's file out of
reach, and Otter refuses embedded tests there, so the cell also carries them as text; only on Colab
does it write anything. In Jupyter an empty `tests_dir` keeps Otter from preferring a folder `tests`
that happens to lie beside the notebook.
"""

from collections.abc import Collection, Mapping, Sequence

from autograder.authoring.notebook import Cell, checked_question

SETUP_ID = "autograder-setup"
SIZES_ID = "autograder-sizes"
# What a notebook may import and Colab does not have, by module.
_COLAB_LACKS = {"koreanize_matplotlib": "koreanize-matplotlib", "peft": "peft"}

_HEAD = """\
# @title 준비: 이 셀을 먼저 실행하세요 / Set-up: run this cell first
# 채점 도구를 준비하는 셀입니다. 고치지 마세요.
# This cell prepares the checks. Please leave it as it is.


def _prepare_grader():
    import importlib.util
    from pathlib import Path

    on_colab = "google.colab" in str(get_ipython())
    for name in _DATA_FILES:
        if not Path(name).exists():
            where_ko = "왼쪽 파일 창에 올려 주세요" if on_colab else "이 노트북과 같은 폴더에 넣어 주세요"
            where_en = "upload it in the Files pane" if on_colab else "put it beside this notebook"
            print(f"데이터 파일 {name}이(가) 없습니다. {where_ko}.")
            print(f"The data file {name} is missing: {where_en}.")
    missing = [package for name, package in _PACKAGES.items() if importlib.util.find_spec(name) is None]
    if on_colab and missing:
        get_ipython().run_line_magic("pip", "install -q " + " ".join(missing))
    import otter

    if on_colab:
        Path("tests").mkdir(exist_ok=True)
        for question, source in _PUBLIC_TESTS.items():
            Path("tests", f"{question}.py").write_text(source, encoding="utf-8")
        return otter.Notebook()
    # 이름을 바꾼 노트북도 폴더에 하나뿐이면 찾습니다. / A renamed notebook is found if it is the only one.
    return otter.Notebook(_NOTEBOOK if Path(_NOTEBOOK).exists() else None, tests_dir="")


"""
_TAIL = """\

grader = _prepare_grader()
del _prepare_grader, _NOTEBOOK, _DATA_FILES, _PACKAGES, _PUBLIC_TESTS
"""

_SIZES_HEAD = """\
# 이 실습의 크기입니다. GPU가 있는 컴퓨터에서 채점할 때는 더 큰 값을 씁니다. 그러니 숫자 대신 이름을 쓰세요.
# The sizes of this exercise. A grading machine with a GPU takes larger ones: use the names, not the numbers.
"""
_SIZES_TAIL = """\
# 채점하는 컴퓨터가 정한 값이 있으면 그 값을 씁니다. / Values that the grading machine has set take their place.
import json
import os

globals().update(json.loads(os.environ.get("COURSE_SETTINGS", "{}")))"""


def setup_cell(
    notebook_name: str, data_files: Sequence[str], public_tests: Mapping[str, str], imported: Collection[str]
) -> Cell:
    """The cell that goes before the first code cell of the starter; `imported` are the notebook's modules."""
    lacking = {name: package for name, package in _COLAB_LACKS.items() if name in imported}
    packages = {"otter": "otter-grader==7.0.*", **lacking}
    tests = "".join(f'    "{name}": {text_literal(source)},\n' for name, source in public_tests.items())
    values = (
        f"_NOTEBOOK = {notebook_name!r}\n"
        f"_DATA_FILES = {list(data_files)!r}\n"
        f"_PACKAGES = {packages!r}\n"
        f"_PUBLIC_TESTS = {{  # 공개 테스트 / public tests\n{tests}}}\n"
    )
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": SETUP_ID,
        "metadata": {
            "cellView": "form",
            "deletable": False,
            "editable": False,
            "jupyter": {"source_hidden": True},
        },
        "outputs": [],
        "source": (_HEAD + values + _TAIL).rstrip("\n"),
    }


def sizes_cell(settings: Mapping[str, int]) -> Cell:
    """The cell after it, where there are settings: each under its name, with the grader's value if it has one."""
    values = "".join(f"{name} = {value}\n" for name, value in settings.items())
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": SIZES_ID,
        "metadata": {"deletable": False, "editable": False},
        "outputs": [],
        "source": _SIZES_HEAD + values + _SIZES_TAIL,
    }


def text_literal(text: str) -> str:
    """A Python literal of a text that people can read: raw and triple-quoted wherever that can be."""
    for quote in ("'''", '"""'):
        is_safe = quote not in text and not text.endswith((quote[0], "\\")) and "\r" not in text
        if is_safe and "\0" not in text:
            return f"r{quote}{text}{quote}"
    lines = "\n".join(f"        {line!r}" for line in text.splitlines(keepends=True))
    return f"(\n{lines}\n    )"


def computes(cell: Cell) -> bool:
    """Whether a cell is code of the exercise itself, neither generated nor a check."""
    is_generated = cell["id"] in (SETUP_ID, SIZES_ID)
    return cell["cell_type"] == "code" and not is_generated and checked_question(cell) is None
