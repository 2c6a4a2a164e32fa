"""`autograder prefetch` and `autograder datasets` as their users type them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli.main import main
from course.real_numbers import REAL
from course.registry_entry import entry_of
from mini import MiniCourse


@pytest.fixture
def course(mini: MiniCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "own-cache"))
    monkeypatch.setenv("COLUMNS", "200")
    registry = mini.course.root / "datasets" / "registry.toml"
    registry.write_text(registry.read_text(encoding="utf-8") + REAL, encoding="utf-8")
    return mini.course.root


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_a_real_file_is_put_in_place_and_taken_back(course: Path, tmp_path: Path) -> None:
    listed = run("datasets", "list", "--course", course)
    assert "stand-in" in listed.output
    assert "secret-numbers.csv" in listed.output

    real = tmp_path / "real.csv"
    real.write_text("number\n1\n", encoding="utf-8")
    used = run("datasets", "use", "numbers", real, "--course", course)
    assert used.exit_code == 0, used.output
    assert "the real file now, sha256 " in used.output
    assert "stand-in" not in run("datasets", "list", "--course", course).output

    back = run("datasets", "use", "numbers", "--stand-in", "--course", course)
    assert "the stand-in file now" in back.output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["numbers"], "one of the two"),
        (["numbers", "real.csv", "--stand-in"], "one of the two"),
        (["numbers", "nowhere.csv"], "no such file"),
        (["letters", "real.csv"], "no dataset of this course"),
    ],
)
def test_a_command_that_cannot_be_carried_out_says_why(
    course: Path, arguments: list[str], reason: str
) -> None:
    done = run("datasets", "use", *arguments, "--course", course)
    assert done.exit_code == 2
    assert reason in done.output


def test_a_course_without_weights_has_nothing_to_fetch(course: Path) -> None:
    done = run("prefetch", "--course", course)
    assert done.exit_code == 0
    assert "nothing to fetch" in done.output


def test_an_exercise_that_is_not_there_is_named(course: Path) -> None:
    done = run("prefetch", "99_nothing", "--course", course)
    assert done.exit_code == 2
    assert "01_numbers" in done.output


def test_stand_ins_are_built_on_demand(course: Path) -> None:
    manifest = course / "solutions" / "course.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(
        text.replace("preload = ", 'pretrained = ["vgg16_notop"]\npreload = ', 1), encoding="utf-8"
    )
    with (course / "datasets" / "registry.toml").open("a", encoding="utf-8") as file:
        file.write(entry_of("vgg16_notop"))
    assert "not in the cache" in run("datasets", "list", "--course", course).output
    done = run("prefetch", "--stand-ins", "01_numbers", "--course", course)
    assert done.exit_code == 0, done.output
    assert "vgg16_notop: stand-in, VGG16" in done.output
    assert "built here from the seed" in done.output
    listed = run("datasets", "list", "--course", course)
    assert "VGG16" in listed.output
    assert "not in the cache" not in listed.output
