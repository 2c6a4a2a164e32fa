"""`new-exercise`: what it writes passes as it is, and what it refuses leaves nothing behind."""

import asyncio
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from autograder.authoring.answers import load_answers
from autograder.authoring.build import build_exercise
from autograder.authoring.new_exercise import new_exercise
from autograder.authoring.publish import find_stale, publish
from autograder.authoring.verify import verify_exercises
from autograder.batch import BatchOptions, SilentProgress
from autograder.course import load_course
from autograder.errors import CourseError, HarnessError, UsageError
from mini import MiniCourse

EMPTY = '# A course.\nformat = 1\ntitle = { ko = "작은 강의", en = "A small course" }'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course that has no exercise yet."""
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "course.toml").write_text(EMPTY, encoding="utf-8")
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "registry.toml").write_text("[dataset]\n", encoding="utf-8")
    return tmp_path


def everything(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_skeletons_are_verified_as_they_are_and_kept_apart(root: Path) -> None:
    for name in ("01_smoothing", "02_averages"):
        new_exercise(root, name)
    course = load_course(root)
    publish(course)
    assert find_stale(course) == []
    options = BatchOptions(jobs=2, seed=0, kernel="warm", sandbox="none")
    verifications = asyncio.run(verify_exercises(course, course.exercises, options, SilentProgress()))
    assert [one.exercise for one in verifications] == ["01_smoothing", "02_averages"]
    for verification in verifications:
        assert verification.problems == []
        assert {name: card.score for name, card in verification.cards.items()} == {
            "reference": 10,
            "convolution": 10,
            "plain_python": 10,
            "median_for_mean": 6,
            "last_window_missing": 5,
            "width_fixed_inside": 7,
            "starter": 0,
        }


def test_the_skeleton_shows_what_an_exercise_has(root: Path) -> None:
    new_exercise(root, "01_smoothing")
    (exercise,) = load_course(root).exercises
    built = build_exercise(exercise)
    assert [question.name for question in built.questions] == ["q1", "q2"]
    for question in built.questions:
        assert {case.hidden for case in question.cases} == {True, False}
    assert built.needs_reference
    kinds = [answer.kind for answer in load_answers(exercise, built)]
    assert (kinds.count("right"), kinds.count("wrong")) == (2, 3)
    prose = built.starter.read_text(encoding="utf-8")
    assert re.search("[가-힣]", prose)
    assert "not graded" in prose


def test_titles_stand_in_the_manifest_and_over_the_lesson(root: Path) -> None:
    new_exercise(root, "01_smoothing", title_ko='이동 "평균"', title_en="Moving \\ average")
    (exercise,) = load_course(root).exercises
    assert (exercise.title.ko, exercise.title.en) == ('이동 "평균"', "Moving \\ average")
    master = exercise.master.read_text(encoding="utf-8")
    assert '# # 이동 "평균"\n# ## Moving \\ average\n' in master
    assert "# name: 01_smoothing\n" in master
    assert "@" not in master


@pytest.mark.parametrize(
    ("exercise_id", "title"),
    [("05_sentiment_analysis", "Sentiment analysis"), ("lstm", "Lstm"), ("2024", "2024"), ("1_", "1")],
)
def test_a_title_that_is_not_given_comes_from_the_id(root: Path, exercise_id: str, title: str) -> None:
    new_exercise(root, exercise_id)
    (exercise,) = load_course(root).exercises
    assert exercise.title.en == exercise.title.ko == title


def test_the_entry_is_added_after_what_is_there(mini: MiniCourse) -> None:
    manifest = mini.course.root / "solutions" / "course.toml"
    before = manifest.read_text(encoding="utf-8")
    written = new_exercise(mini.course.root / "datasets", "02_smoothing")  # anywhere within the course
    assert manifest.read_text(encoding="utf-8").startswith(before.rstrip("\n") + "\n\n[[exercise]]\n")
    assert [one.id for one in load_course(mini.course.root).exercises] == ["01_numbers", "02_smoothing"]
    assert written[0] == mini.course.root.resolve() / "solutions" / "02_smoothing" / "master.py"
    assert written[-1] == manifest.resolve()
    assert len(written) == len({*written}) == 8
    assert all(path.is_file() for path in written)


@pytest.mark.parametrize(
    "exercise_id", ["", "Upper", "a-b", "a b", "../x", "a/b", "한글", "_a", "a.b", "a\n"]
)
def test_an_id_that_cannot_be_one_is_refused(root: Path, exercise_id: str) -> None:
    before = everything(root)
    with pytest.raises(UsageError, match="small letters, digits and _"):
        new_exercise(root, exercise_id)
    assert everything(root) == before


def test_an_exercise_that_is_there_is_left_alone(mini: MiniCourse) -> None:
    before = everything(mini.course.root)
    with pytest.raises(UsageError, match="01_numbers already; choose another id"):
        new_exercise(mini.course.root, "01_numbers")
    assert everything(mini.course.root) == before


def test_a_folder_that_is_there_is_left_alone(root: Path) -> None:
    (root / "solutions" / "01_smoothing").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        new_exercise(root, "01_smoothing")
    assert (root / "solutions" / "course.toml").read_text(encoding="utf-8") == EMPTY


@pytest.mark.parametrize("title", [" ", "two\nlines", "a\tb", "\x00"])
def test_a_title_has_one_line(root: Path, title: str) -> None:
    before = everything(root)
    with pytest.raises(UsageError, match="--title-ko"):
        new_exercise(root, "01_smoothing", title_ko=title)
    assert everything(root) == before


def test_outside_a_course_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name the course's folder with --course"):
        new_exercise(tmp_path, "01_smoothing")


@pytest.mark.parametrize("broken", ["format = ", 'format = 1\ntitle = "one language"\n'])
def test_a_manifest_that_cannot_be_read_stays_as_it_is(root: Path, broken: str) -> None:
    (root / "solutions" / "course.toml").write_text(broken, encoding="utf-8")
    before = everything(root)
    with pytest.raises(CourseError, match="cannot be read"):
        new_exercise(root, "01_smoothing")
    assert everything(root) == before


def test_where_the_manifest_cannot_be_written_no_folder_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(root)
    (root / "solutions" / ".course.toml.part").mkdir()  # where the new manifest would be written first
    with pytest.raises(HarnessError, match=r"course\.toml: cannot be written"):
        new_exercise(root, "01_smoothing")
    assert everything(root) == before


def test_every_template_is_one_of_the_files_that_are_written(root: Path) -> None:
    names = {one.name for one in files("autograder.authoring").joinpath("templates").iterdir()}
    written = {f"{path.name}.template" for path in new_exercise(root, "01_smoothing")[:-1]}
    assert names == written


def test_the_templates_are_part_of_an_installed_package() -> None:
    project = Path(__file__).parents[2]
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert "authoring/templates/*" in settings["tool"]["setuptools"]["package-data"]["autograder"]
