import base64
import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.build import build_exercise
from autograder.authoring.leaks import find_leaks
from autograder.authoring.publish import find_stale, publish
from autograder.course import BuiltExercise, Course
from autograder.errors import CourseError

HIDDEN_LINE = "    assert scale([-4, 0, 4, 12]) == [0.0, 0.25, 0.5, 1.0]"
HIDDEN_MESSAGE = "음수가 섞인 값도 옮겨 보세요. Try values below zero as well."
SOLUTION_LINE = "    return [(value - low) / (high - low) for value in values]"
SECRETS = {"hidden test": HIDDEN_LINE, "hidden message": HIDDEN_MESSAGE, "solution": SOLUTION_LINE}


def in_markdown(notebook: dict, secret: str) -> None:
    notebook["cells"][0]["source"].append(f"\n> {secret.strip()}\n")


def in_notebook_metadata(notebook: dict, secret: str) -> None:
    notebook["metadata"]["otter"]["tests"]["q2"] += secret


def in_cell_metadata(notebook: dict, secret: str) -> None:
    notebook["cells"][-1]["metadata"]["note"] = {"deep": [1, {"er": secret}]}


def in_a_key(notebook: dict, secret: str) -> None:
    notebook["metadata"][secret] = 1


def in_an_output(notebook: dict, secret: str) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": ["before\n", f"{secret}\n"]}
    notebook["cells"][-1]["outputs"] = [output]


def in_the_set_up_cell(notebook: dict, secret: str) -> None:
    setup = next(cell for cell in notebook["cells"] if cell["id"] == "autograder-setup")
    setup["source"].append("\n" + secret)


def in_an_attachment(notebook: dict, secret: str) -> None:
    text = base64.b64encode(secret.encode()).decode()
    notebook["cells"][0]["attachments"] = {"note.txt": {"text/plain": text}}


def reindented_and_requoted(notebook: dict, secret: str) -> None:
    notebook["cells"][-1]["source"] = [
        "if True:\n",
        "\t\t" + secret.strip().replace(", ", ",").replace("'", '"'),
    ]


PLACES = [
    in_markdown,
    in_notebook_metadata,
    in_cell_metadata,
    in_a_key,
    in_an_output,
    in_the_set_up_cell,
    in_an_attachment,
    reindented_and_requoted,
]


def test_a_clean_starter_has_no_leak(built: BuiltExercise) -> None:
    assert find_leaks(built, built.starter.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("plant", PLACES)
def test_a_planted_line_is_found(
    built: BuiltExercise, plant: Callable[[dict, str], None], secret: str
) -> None:
    notebook = json.loads(built.starter.read_text(encoding="utf-8"))
    plant(notebook, secret)
    assert len(find_leaks(built, json.dumps(notebook))) == 1


def test_a_leak_says_where_and_of_what(built: BuiltExercise) -> None:
    notebook = json.loads(built.starter.read_text(encoding="utf-8"))
    in_markdown(notebook, SOLUTION_LINE)
    (leak,) = find_leaks(built, json.dumps(notebook))
    assert leak.startswith("cell 1, source: a line of the solution of q2 stands there: '> return")


def test_given_code_and_short_lines_are_no_leaks(built: BuiltExercise) -> None:
    notebook = json.loads(built.starter.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] += [
        "\nimport csv\n",
        "passengers = ...  # list of int, 144 items\n",
        "else:\n",
    ]
    notebook["cells"].append(copy.deepcopy(notebook["cells"][1]))
    assert find_leaks(built, json.dumps(notebook)) == []


def test_every_secret_line_is_found_by_itself(built: BuiltExercise) -> None:
    source = built.test_file("q2").read_text(encoding="utf-8")
    hidden = source[source.index("def test_values_below_zero") :].splitlines()
    for line in hidden:
        if len(line.replace(" ", "")) >= 16 and "test_case(" not in line:
            notebook = json.loads(built.starter.read_text(encoding="utf-8"))
            in_markdown(notebook, line)
            assert find_leaks(built, json.dumps(notebook)), line


def test_a_leak_in_the_master_stops_publishing(make_course: Callable[..., Course]) -> None:
    course = make_course(("# A network learns", "# `low, high = min(values), max(values)`. A network learns"))
    with pytest.raises(CourseError, match="the solution of q2"):
        publish(course)
    assert not (course.root / "exercises").exists()


def test_a_leak_in_a_published_starter_is_reported(course: Course) -> None:
    publish(course)
    path = course.root / "exercises" / "01_scaling" / "01_scaling.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    in_cell_metadata(notebook, HIDDEN_LINE)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    stale, leak = find_stale(course)
    assert "out of date" in stale
    assert "hidden test q2/test_values_below_zero" in leak


def exercise_files(course: Course) -> list[str]:
    folder = course.root / "exercises"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_publish_writes_the_starter_and_its_data_and_nothing_else(course: Course) -> None:
    changed = publish(course)
    assert exercise_files(course) == ["01_scaling/01_scaling.ipynb", "01_scaling/AirPassengers.csv"]
    assert [path.name for path in changed] == ["01_scaling.ipynb", "AirPassengers.csv"]
    built = build_exercise(course.exercises[0])
    assert (course.root / "exercises/01_scaling/01_scaling.ipynb").read_bytes() == built.starter.read_bytes()
    assert publish(course) == []
    assert find_stale(course) == []


def test_what_does_not_belong_is_reported_and_removed(course: Course) -> None:
    publish(course)
    folder = course.root / "exercises" / "01_scaling"
    (folder / "old").mkdir()
    (folder / "old" / "solution.ipynb").write_text("{}")
    (problem,) = find_stale(course)
    assert "old/solution.ipynb: not part of the exercise" in problem
    publish(course)
    assert exercise_files(course) == ["01_scaling/01_scaling.ipynb", "01_scaling/AirPassengers.csv"]
    assert not (folder / "old").exists()


@pytest.mark.parametrize("content", [None, b"", b"not a notebook", b"\xff\xfe", b"{}"])
def test_a_missing_or_broken_starter_is_stale(course: Course, content: bytes | None) -> None:
    publish(course)
    path = course.root / "exercises" / "01_scaling" / "01_scaling.ipynb"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    (problem,) = find_stale(course)
    assert problem.startswith(str(path))
    assert "autograder build" in problem


def test_a_folder_of_no_exercise_is_reported_and_kept(course: Course) -> None:
    publish(course)
    stray: Path = course.root / "exercises" / "00_old"
    stray.mkdir()
    (problem,) = find_stale(course)
    assert "no exercise of that name" in problem
    publish(course)
    assert stray.is_dir()
