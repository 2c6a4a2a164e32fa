"""Real files take a stand-in's place in grading, never in the course."""

import asyncio
from pathlib import Path

import pytest

from autograder.authoring.publish import publish
from autograder.batch import Isolation, Results, regrade
from autograder.course import Course, Exercise, load_course
from autograder.course.datasets import Dataset, use_real, use_stand_in
from autograder.errors import CourseError, UsageError
from course.real_numbers import REAL
from mini import MiniCourse


@pytest.fixture
def stand_in(mini: MiniCourse, own_cache: Path) -> MiniCourse:
    """The small course, its numbers being a stand-in."""
    registry = mini.course.root / "datasets" / "registry.toml"
    registry.write_text(registry.read_text(encoding="utf-8") + REAL, encoding="utf-8")
    return MiniCourse(load_course(mini.course.root), mini.results)


@pytest.fixture
def real(tmp_path: Path) -> Path:
    path = tmp_path / "downloaded.csv"
    path.write_text("number\n100\n23\n", encoding="utf-8")
    return path


def again(course: Course) -> Exercise:
    return load_course(course.root).exercises[0]


def numbers(course: Course) -> Dataset:
    return course.registry.dataset["numbers"]


def test_a_registered_file_is_real_unless_it_says_otherwise(mini: MiniCourse) -> None:
    assert mini.exercise.data_kind == "real"
    assert mini.exercise.files == mini.exercise.registered_files


def test_the_stand_in_is_used_until_a_real_file_is_put_in_place(stand_in: MiniCourse, real: Path) -> None:
    course = stand_in.course
    assert again(course).data_kind == "stand-in"
    use_real("numbers", numbers(course), real)
    exercise = again(course)
    assert exercise.data_kind == "real"
    assert exercise.registered_kind == "stand-in"
    (path,) = exercise.data_paths()
    assert path.name == "numbers.csv"
    assert path.read_bytes() == real.read_bytes()


def test_the_real_file_is_kept_outside_the_course_and_not_handed_out(
    stand_in: MiniCourse, real: Path, own_cache: Path
) -> None:
    course = stand_in.course
    publish(course)
    handed_out = course.root / "exercises" / "01_numbers" / "numbers.csv"
    before = handed_out.read_bytes()
    used = use_real("numbers", numbers(course), real)
    assert used.cached is not None
    assert used.cached.is_relative_to(own_cache)
    assert publish(load_course(course.root)) == []
    assert handed_out.read_bytes() == before != real.read_bytes()


def test_the_real_file_may_go_once_it_is_in_place(stand_in: MiniCourse, real: Path) -> None:
    use_real("numbers", numbers(stand_in.course), real)
    real.unlink()
    assert again(stand_in.course).data_paths()[0].is_file()


def test_going_back_removes_the_copy(stand_in: MiniCourse, real: Path, own_cache: Path) -> None:
    course = stand_in.course
    use_real("numbers", numbers(course), real)
    use_stand_in("numbers", numbers(course))
    assert again(course).data_kind == "stand-in"
    assert not list(own_cache.rglob("numbers.csv"))
    use_stand_in("numbers", numbers(course))  # and again changes nothing


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"value\n1\n", "first line is 'value'"),
        (b"number\n", "no rows"),
        (b"", "no rows"),
        (b"\xff\xfe\x00n", "not text in UTF-8"),
        (b"number,sign\n1,+\n", "expected the columns number"),
    ],
)
def test_a_file_that_is_not_the_real_one_is_refused(
    stand_in: MiniCourse, real: Path, content: bytes, reason: str
) -> None:
    real.write_bytes(content)
    with pytest.raises(UsageError, match=reason):
        use_real("numbers", numbers(stand_in.course), real)
    assert again(stand_in.course).data_kind == "stand-in"


def test_a_byte_order_mark_and_quoted_columns_are_no_reason_to_refuse(
    stand_in: MiniCourse, real: Path
) -> None:
    real.write_bytes(b'\xef\xbb\xbf"number"\r\n1\r\n')
    assert use_real("numbers", numbers(stand_in.course), real).kind == "real"


def test_of_a_file_without_a_header_each_line_has_its_columns(own_cache: Path, tmp_path: Path) -> None:
    registered = Dataset.model_validate(
        {
            "file": "reviews.txt",
            "source": "here",
            "licence": "ours",
            "sha256": "0" * 64,
            "description": "sentences",
            "kind": "stand-in",
            "real": {
                "name": "cells.txt",
                "source": "there",
                "licence": "theirs",
                "columns": ["sentence", "label"],
                "separator": "\t",
                "header": False,
            },
        }
    )
    path = tmp_path / "cells.txt"
    path.write_text('Good, "very" good.\t1\nBad\t0\n', encoding="utf-8")
    assert use_real("reviews", registered, path).kind == "real"
    path.write_text("Good\t1\nBad 0\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 2 has 1 columns"):
        use_real("reviews", registered, path)


def test_only_a_stand_in_can_be_replaced(mini: MiniCourse, real: Path) -> None:
    with pytest.raises(UsageError, match="no stand-in to replace"):
        use_real("numbers", numbers(mini.course), real)
    with pytest.raises(UsageError, match="no stand-in for it"):
        use_stand_in("numbers", numbers(mini.course))


def test_a_real_file_changed_in_the_cache_is_noticed(stand_in: MiniCourse, real: Path) -> None:
    used = use_real("numbers", numbers(stand_in.course), real)
    assert used.cached is not None
    used.cached.write_text("number\n0\n", encoding="utf-8")
    with pytest.raises(CourseError, match="datasets use"):
        again(stand_in.course).data_paths()


def test_a_broken_record_says_what_to_do(stand_in: MiniCourse, real: Path, own_cache: Path) -> None:
    use_real("numbers", numbers(stand_in.course), real)
    (own_cache / "datasets" / "numbers" / "use.json").write_text("{}")
    with pytest.raises(CourseError, match="autograder datasets use numbers PATH"):
        again(stand_in.course)


def test_an_exercise_that_names_unregistered_weights_is_refused(mini: MiniCourse) -> None:
    manifest = mini.course.root / "solutions" / "course.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('preload = ["otter"]', 'preload = ["otter"]\npretrained = ["vgg"]'))
    with pytest.raises(CourseError, match="names pretrained 'vgg'"):
        load_course(mini.course.root)


def test_a_card_says_which_kind_it_was_graded_with(stand_in: MiniCourse, real: Path, tmp_path: Path) -> None:
    folder = stand_in.hand_in(tmp_path / "class", kim={})
    stand_in.grade(folder)
    first = stand_in.card("kim")
    assert first.environment is not None
    assert [one.kind for one in first.environment.datasets] == ["stand-in"]
    feedback = (stand_in.folder("kim") / "feedback.html").read_text(encoding="utf-8")
    assert "numbers.csv: " in feedback
    assert "stand-in for the real file" in feedback

    used = use_real("numbers", numbers(stand_in.course), real)
    with_real = MiniCourse(load_course(stand_in.course.root), stand_in.results)
    report = with_real.grade(folder)
    assert report.kept == []  # other data are another run
    card = with_real.card("kim")
    assert card.environment is not None
    (dataset,) = card.environment.datasets
    assert (dataset.kind, dataset.sha256) == ("real", used.sha256)
    assert "stand-in" not in (with_real.folder("kim") / "feedback.html").read_text(encoding="utf-8")


def test_evidence_from_other_data_is_not_judged_again(
    stand_in: MiniCourse, real: Path, tmp_path: Path
) -> None:
    """Its reference and its thresholds would be those of the other kind."""
    stand_in.grade(stand_in.hand_in(tmp_path / "class", kim={}))
    before = stand_in.card("kim")
    use_real("numbers", numbers(stand_in.course), real)
    with_real = MiniCourse(load_course(stand_in.course.root), stand_in.results)
    with Results.open(with_real.results) as results:
        report = asyncio.run(
            regrade(
                results,
                {with_real.exercise.id: (with_real.exercise, with_real.built)},
                jobs=1,
                isolation=Isolation("warm", "none"),
                render_feedback=lambda _card: "",
            )
        )
    (problem,) = report.run_again
    assert "other data or weights" in problem.error
    assert with_real.card("kim") == before
