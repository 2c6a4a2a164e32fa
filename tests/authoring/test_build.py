import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.build import build_exercise
from autograder.authoring.notebook import answer_cells, checked_question, read_notebook
from autograder.course import BuiltExercise, Course
from autograder.course.cache import cache_root
from autograder.errors import CourseError


def test_the_example_in_the_docs_builds(built: BuiltExercise) -> None:
    assert [(question.name, question.points) for question in built.questions] == [("q1", 3), ("q2", 7)]
    assert built.max_score == 10
    assert built.needs_reference
    first, second = built.questions[0].cases
    assert (first.name, first.hidden, first.needs) == ("test_every_month_is_there", False, ("passengers",))
    assert second.hidden
    assert second.failure_message is not None
    assert second.failure_message.startswith("머리글 줄을")
    assert built.questions[1].evidence == ("scale", "scaled")


def test_the_starter_is_a_valid_notebook_without_outputs(built: BuiltExercise) -> None:
    for path in (built.starter, built.reference):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code")
        assert notebook.metadata.autograder == {
            "files": ["AirPassengers.csv"],
            "format": 1,
            "course": "A small course",
            "exercise": "01_scaling",
        }


def test_reference_differs_from_the_starter_in_answers_only(built: BuiltExercise) -> None:
    starter, reference = (read_notebook(path.read_bytes()) for path in (built.starter, built.reference))
    assert starter["metadata"] == reference["metadata"]
    assert list(answer_cells(starter)) == ["q1", "q2", "q2:2"]
    answers = set(answer_cells(starter).values())
    for index, (blank, solved) in enumerate(zip(starter["cells"], reference["cells"], strict=True)):
        assert blank["id"] == solved["id"]
        assert (blank["source"] != solved["source"]) == (index in answers)
        assert "SOLUTION" not in solved["source"]
        assert "PROMPT" not in solved["source"]


def test_hidden_tests_are_in_the_test_files_and_not_in_the_notebooks(built: BuiltExercise) -> None:
    assert "test_values_below_zero" in built.test_file("q2").read_text(encoding="utf-8")
    for path in (built.starter, built.reference):
        text = path.read_text(encoding="utf-8")
        assert "test_values_below_zero" not in text
        assert "test_three_values" in text


def test_building_twice_gives_the_same_bytes(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = []
    for name in ("one", "two"):
        monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / name))
        built = build_exercise(course.exercises[0])
        texts.append([path.read_bytes() for path in (built.starter, built.reference, built.test_file("q1"))])
    assert texts[0] == texts[1]


def test_a_second_build_comes_from_the_cache(course: Course, built: BuiltExercise) -> None:
    start = time.perf_counter()
    again = build_exercise(course.exercises[0])
    assert time.perf_counter() - start < 0.1
    assert again == built


def test_a_changed_test_changes_the_tests_hash(course: Course, built: BuiltExercise) -> None:
    master = course.exercises[0].master
    text = master.read_text(encoding="utf-8")
    master.write_text(text.replace("[-4, 0, 4, 12]", "[-8, 0, 8, 24]"), encoding="utf-8")
    again = build_exercise(course.exercises[0])
    assert again.tests_hash != built.tests_hash
    assert again.starter.read_bytes() == built.starter.read_bytes()


def test_two_builds_at_once_are_both_fine(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "fresh"))
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(build_exercise, [course.exercises[0]] * 2)
    assert one == two
    assert [path.name for path in one.folder.parent.iterdir()] == [one.folder.name]


def test_a_half_deleted_build_is_made_again(built: BuiltExercise, course: Course) -> None:
    (built.folder / "built.json").unlink()
    assert build_exercise(course.exercises[0]) == built
    assert built.starter.is_file()


def test_nothing_is_left_in_the_temporary_folder(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "fresh"))
    code = (
        "import sys; from pathlib import Path; from autograder.course import load_course;"
        "from autograder.authoring.build import build_exercise;"
        "build_exercise(load_course(Path(sys.argv[1])).exercises[0])"
    )
    env = {**os.environ, "TMPDIR": str(temporary)}
    subprocess.run([sys.executable, "-P", "-c", code, str(course.root)], env=env, check=True)
    assert not list(temporary.iterdir())


def test_cache_root_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_CACHE", "/somewhere/else")
    assert cache_root() == Path("/somewhere/else")
    monkeypatch.delenv("AUTOGRADER_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    assert cache_root() == Path("/x/autograder")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/someone")
    assert cache_root() == Path("/home/someone/.cache/autograder")


BROKEN = {
    "quote in a message": (
        "failure_message: 음수가 섞인 값도",
        'failure_message: 음수 "-1" 값도',
        "q2: the test file does not compile",
    ),
    "backslash in a message": (
        "failure_message: 음수가",
        "failure_message: \\t 음수가",
        "q2: test_values_below_zero: failure_message is built as",
    ),
    "colon in a message": ("failure_message: 음수가", "failure_message: a: 음수가", "not YAML"),
    "public case with reference": (
        "def test_three_values(scale)",
        "def test_three_values(scale, reference)",
        "test_three_values: a public test case has no `reference`",
    ),
    "public case with calibration": (
        "def test_three_values(scale)",
        "def test_three_values(scale, calibration)",
        "a public test case has no `calibration`",
    ),
    "negative points": ("points: 1\n", "points: -1\n", "no case less than 0"),
    "no name": ("# name: q1\n", "# points: 1\n", "Otter Assign refuses this master"),
    "odd name": ("# name: q1\n", "# name: q 1\n", "'q 1' cannot name a question"),
    "doubled name": ("# name: q2\n", "# name: q1\n", "two questions are called q1"),
    "no end of block": ("# # END TESTS", "# nothing", "Otter Assign refuses this master"),
    "own set-up": (
        "import csv",
        "import csv, otter\ngrader = otter.Notebook()",
        "its own `otter.Notebook`",
    ),
    "tests as files": ("files: false", "files: true", "q1: no test case is built in"),
    "OK format": ("ok_format: false", "ok_format: true", "the tests are in OK format"),
    "unmarked solution": (
        "scaled = scale(passengers)  # SOLUTION",
        "scaled = scale(passengers)",
        "the starter shows the solution cell that begins 'scaled = scale(passengers)'",
    ),
    "unknown annotation": ("(scaled):", "(scaled: Sequence):", "NameError: name 'Sequence' is not defined"),
}


@pytest.mark.parametrize(("old", "new", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_master_is_refused_with_question_and_remedy(
    make_course: Callable[..., Course], old: str, new: str, message: str
) -> None:
    course = make_course((old, new))
    with pytest.raises(CourseError) as caught:
        build_exercise(course.exercises[0])
    assert message in str(caught.value)
    assert str(course.exercises[0].master) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_question_worth_nothing_is_refused(make_course: Callable[..., Course]) -> None:
    edits = [("points: 1\n", "points: 0\n"), ("points: 2\nhidden", "points: 0\nhidden")]
    with pytest.raises(CourseError, match="q1: worth 0 points"):
        build_exercise(make_course(*edits).exercises[0])


def test_a_missing_master_is_named(course: Course) -> None:
    course.exercises[0].master.unlink()
    with pytest.raises(CourseError, match="cannot be read"):
        build_exercise(course.exercises[0])


def test_every_question_has_one_check_cell(built: BuiltExercise) -> None:
    cells = read_notebook(built.starter.read_bytes())["cells"]
    assert [name for cell in cells if (name := checked_question(cell))] == ["q1", "q2"]


def test_the_set_up_cell_comes_before_any_other_code(built: BuiltExercise) -> None:
    cells = json.loads(built.starter.read_text(encoding="utf-8"))["cells"]
    first = next(cell for cell in cells if cell["cell_type"] == "code")
    assert first["id"] == "autograder-setup"
    assert first["metadata"]["jupyter"]["source_hidden"]
