import hashlib
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course
from autograder.errors import HarnessError, SubmissionError, UsageError
from autograder.submissions import find_submissions, sources

Make = Callable[..., Any]
Put = Callable[[str, bytes], Path]

needs_permissions = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


def test_a_folder_of_notebooks_is_a_class(put: Put, notebook: Make, course: Course, tmp_path: Path) -> None:
    for student in ("lee", "김 민수", "kim, jr"):
        put(f"{student}.ipynb", notebook(exercise="11_lstm"))
    found = find_submissions([tmp_path], course)
    assert [(one.student, one.exercise_id) for one in found.submissions] == [
        ("kim, jr", "11_lstm"),
        ("lee", "11_lstm"),
        ("김 민수", "11_lstm"),
    ]
    assert all(one.problem is None and one.warnings == () for one in found.submissions)


def test_a_tree_of_students_and_exercises_is_sorted_by_both(
    put: Put, notebook: Make, course: Course, tmp_path: Path
) -> None:
    for place in ("lee/11_lstm", "kim/12_seq", "kim/11_lstm"):
        put(f"{place}/hw.ipynb", notebook())
    found = find_submissions([tmp_path], course)
    told = [(one.student, one.exercise_id) for one in found.submissions]
    assert told == [("kim", "11_lstm"), ("kim", "12_seq"), ("lee", "11_lstm")]


def test_one_notebook_is_read_and_hashed(put: Put, notebook: Make, course: Course) -> None:
    content = notebook(exercise="11_lstm")
    path = put("kim.ipynb", content)
    (submission,) = find_submissions([path], course).submissions
    assert (submission.student, submission.source) == ("kim", str(path))
    assert submission.sha256 == hashlib.sha256(content).hexdigest()
    assert submission.read() == content


def test_names_are_nfc_and_may_hold_anything(put: Put, notebook: Make, course: Course) -> None:
    path = put(unicodedata.normalize("NFD", "김") + "\n=1.ipynb", notebook(exercise="11_lstm"))
    (submission,) = find_submissions([path], course).submissions
    assert submission.student == "김\n=1"
    assert submission.source.endswith("김\\n=1.ipynb")


def test_nothing_is_left_out_in_silence(put: Put, notebook: Make, course: Course, tmp_path: Path) -> None:
    put("kim/hw.ipynb", notebook(exercise="11_lstm"))
    for name in ("kim/notes.txt", "kim/.DS_Store", ".git/config", "kim/.ipynb_checkpoints/hw.ipynb"):
        put(name, b"")
    found = find_submissions([tmp_path], course)
    assert len(found.submissions) == 1
    left_out = [line.removeprefix(f"{tmp_path}/") for line in found.ignored]
    assert sorted(left_out) == [
        ".git: hidden",
        "kim/.DS_Store: hidden",
        "kim/.ipynb_checkpoints: hidden",
        "kim/notes.txt: not a notebook",
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere", "does not exist; give"),
        ("nowhere.ipynb", "does not exist; give"),
        ("nowhere.zip", "does not exist; give"),
        ("notes.txt", "is not a notebook"),
        ("empty", "holds no notebook"),
        ("empty.zip", "holds no notebook"),
    ],
)
def test_a_path_that_cannot_be_meant_is_a_usage_error(
    put: Put, zipped: Make, course: Course, tmp_path: Path, name: str, words: str
) -> None:
    put("notes.txt", b"")
    put("empty/notes.txt", b"")
    put("empty.zip", zipped({"notes.txt": b""}))
    with pytest.raises(UsageError, match=f"{name}: {words}"):
        find_submissions([tmp_path / name], course)


def test_no_path_at_all_is_a_usage_error(course: Course) -> None:
    with pytest.raises(UsageError, match="no submissions given"):
        find_submissions([], course)


def test_an_exercise_that_the_course_lacks_cannot_be_asked_for(
    put: Put, notebook: Make, course: Course
) -> None:
    with pytest.raises(UsageError, match="not an exercise of this course"):
        find_submissions([put("kim.ipynb", notebook())], course, exercise_id="99_x")


@pytest.mark.parametrize(
    ("given", "named", "folder", "told", "warns"),
    [
        ("12_seq", "11_lstm", "11_lstm", "12_seq", 2),
        ("12_seq", None, "x", "12_seq", 0),
        (None, "11_lstm", "12_seq", "11_lstm", 1),
        (None, "11_lstm", "11_lstm", "11_lstm", 0),
        (None, None, "12_seq", "12_seq", 0),
        (None, None, "x", None, 0),
        (None, "99_x", "12_seq", None, 0),
    ],
)
def test_the_exercise_is_told_by_option_then_notebook_then_folder(
    put: Put, notebook: Make, course: Course, tmp_path: Path,
    given: str | None, named: str | None, folder: str, told: str | None, warns: int,
) -> None:  # fmt: skip
    put(f"kim/{folder}/hw.ipynb", notebook(exercise=named))
    (submission,) = find_submissions([tmp_path], course, exercise_id=given).submissions
    assert (submission.student, submission.exercise_id) == ("kim", told)
    assert len(submission.warnings) == warns
    assert (submission.problem is None) == (told is not None)


def test_the_only_exercise_is_taken_with_a_warning(put: Put, notebook: Make, course_of: Make) -> None:
    (submission,) = find_submissions([put("kim.ipynb", notebook())], course_of("11_lstm")).submissions
    assert submission.exercise_id == "11_lstm"
    assert "taken as 11_lstm" in submission.warnings[0]


def test_an_exercise_of_another_course_is_named(put: Put, notebook: Make, course: Course) -> None:
    (submission,) = find_submissions([put("kim.ipynb", notebook(exercise="99\nx"))], course).submissions
    assert "is for exercise '99\\\\nx', which is not one of this course (11_lstm, 12_seq)" in (
        submission.problem or ""
    )
    assert submission.read() == notebook(exercise="99\nx")


def test_a_broken_notebook_is_a_submission_with_a_problem(put: Put, course: Course, tmp_path: Path) -> None:
    put("kim/11_lstm/hw.ipynb", b"not json")
    (submission,) = find_submissions([tmp_path], course).submissions
    assert submission.exercise_id == "11_lstm"
    assert submission.problem is not None
    assert submission.problem.startswith(f"{tmp_path}/kim/11_lstm/hw.ipynb: is not JSON (line 1")
    assert submission.read() == b"not json"


def test_two_files_for_one_student_and_exercise_are_one_invalid_submission(
    put: Put, notebook: Make, course: Course, tmp_path: Path
) -> None:
    one = put("kim/old.ipynb", notebook(exercise="11_lstm"))
    two = put("kim/11_lstm/new.ipynb", notebook())
    put("kim/12_seq/hw.ipynb", notebook())
    first, second = find_submissions([tmp_path], course).submissions
    assert (
        first.problem == f"{two} and {one}: are for one student and one exercise (11_lstm); keep one of them"
    )
    assert second.problem is None
    with pytest.raises(SubmissionError, match="keep one"):
        first.read()


def test_a_change_in_either_of_two_files_changes_the_hash(
    put: Put, notebook: Make, course: Course, tmp_path: Path
) -> None:
    put("kim/a.ipynb", notebook(exercise="11_lstm"))
    put("kim/b.ipynb", notebook(exercise="11_lstm"))
    (before,) = find_submissions([tmp_path], course).submissions
    put("kim/b.ipynb", notebook(exercise="11_lstm") + b" ")
    (after,) = find_submissions([tmp_path], course).submissions
    assert before.sha256 != after.sha256


def test_two_files_of_unknown_exercise_keep_both_problems(put: Put, course: Course, tmp_path: Path) -> None:
    put("kim/a.ipynb", b"")
    put("kim/b.ipynb", b"[]")
    (submission,) = find_submissions([tmp_path], course).submissions
    assert "is empty" in (submission.problem or "")
    assert "is not a notebook" in (submission.problem or "")


def test_a_file_given_twice_is_one_submission(
    put: Put, notebook: Make, zipped: Make, course: Course, tmp_path: Path
) -> None:
    path = put("kim.ipynb", notebook(exercise="11_lstm"))
    packed = put("zips/c.zip", zipped({"lee.ipynb": notebook(exercise="11_lstm")}))
    found = find_submissions([tmp_path, path, packed, packed], course)
    told = [(one.student, one.problem) for one in found.submissions if one.student != "zips"]
    assert told == [("kim", None), ("lee", None)]


def test_a_link_is_not_followed(put: Put, notebook: Make, course: Course, tmp_path: Path) -> None:
    secret = put("elsewhere/reference.ipynb", notebook(exercise="11_lstm"))
    put("subs/kim.ipynb", notebook(exercise="11_lstm"))
    (tmp_path / "subs/eve.ipynb").symlink_to(secret)
    (tmp_path / "subs/mal").symlink_to(secret.parent)
    found = find_submissions([tmp_path / "subs"], course)
    assert [one.student for one in found.submissions] == ["eve", "kim"]
    assert "is a link to another file" in (found.submissions[0].problem or "")
    assert any(line.endswith("links are not followed") for line in found.ignored)
    (named,) = find_submissions([tmp_path / "subs/eve.ipynb"], course).submissions
    assert "is a link to another file" in (named.problem or "")


def test_a_file_swapped_for_a_link_is_not_followed(
    put: Put, notebook: Make, course: Course, tmp_path: Path
) -> None:
    path = put("kim.ipynb", notebook(exercise="11_lstm"))
    (submission,) = find_submissions([path], course).submissions
    copy = path.rename(tmp_path / "other.ipynb")
    path.symlink_to(copy)
    with pytest.raises(HarnessError, match="has changed"):
        submission.read()


def test_a_pipe_does_not_block(course: Course, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "kim.ipynb")
    (submission,) = find_submissions([tmp_path], course).submissions
    assert "is not an ordinary file" in (submission.problem or "")


def test_a_vanished_or_changed_file_is_our_fault(put: Put, notebook: Make, course: Course) -> None:
    path = put("kim.ipynb", notebook(exercise="11_lstm"))
    (submission,) = find_submissions([path], course).submissions
    path.write_bytes(notebook())
    with pytest.raises(HarnessError, match=r"kim\.ipynb: has changed since it was listed; run again"):
        submission.read()
    path.unlink()
    with pytest.raises(HarnessError, match=r"kim\.ipynb: has vanished"):
        submission.read()


@needs_permissions
def test_a_file_that_may_not_be_read_is_our_fault(
    put: Put, notebook: Make, course: Course, tmp_path: Path
) -> None:
    put("kim.ipynb", notebook(exercise="11_lstm")).chmod(0)
    put("lee/hw.ipynb", notebook(exercise="11_lstm")).parent.chmod(0)
    kim, lee = find_submissions([tmp_path], course).submissions
    assert kim.problem is None
    assert "check its permissions" in (kim.harness_problem or "")
    assert "check its permissions" in (lee.harness_problem or "")
    with pytest.raises(HarnessError):
        lee.read()


def test_a_file_that_the_system_fails_to_read_is_our_fault() -> None:
    with pytest.raises(HarnessError, match="cannot be read"):
        sources.DiskFile(Path("/proc/self/mem")).read()


def test_a_file_over_the_cap_is_refused(put: Put, notebook: Make, course: Course, tmp_path: Path) -> None:
    path = put("kim.ipynb", b"")
    with path.open("wb") as file:
        file.truncate(sources.MAX_NOTEBOOK_BYTES + 1)
    put("lee.ipynb", notebook(exercise="11_lstm"))
    kim, lee = find_submissions([tmp_path], course).submissions
    assert "larger than 200 MB" in (kim.problem or "")
    assert lee.problem is None
