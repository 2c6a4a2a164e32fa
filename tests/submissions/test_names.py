import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.submissions.names import MAX_FOLDER_BYTES, folder_name, one_line, readable

students = st.text(st.characters(), max_size=80)


@pytest.mark.parametrize(
    ("student", "folder"),
    [
        ("kim", "kim"),
        ("김민수", "김민수"),
        ("O'Neil, Ana (2)", "O%27Neil, Ana (2)"),
        ("kim_2024-01@snu.ac.kr", "kim_2024-01@snu.ac.kr"),
        ("../etc", "%2E.%2Fetc"),
        ("..", "%2E%2E"),
        (".", "%2E"),
        (".hidden", "%2Ehidden"),
        (" kim ", "%20kim%20"),
        ("-rf", "%2Drf"),
        ("kim\nlee", "kim%0Alee"),
        ("100%", "100%25"),
        ("a~b", "a%7Eb"),
        ("a\0b", "a%00b"),
        ("\u202etxt", "%E2%80%AEtxt"),
        ("", "%empty"),
    ],
)
def test_names_stay_readable_and_the_rest_is_encoded(student: str, folder: str) -> None:
    assert folder_name(student) == folder


@given(students)
@example("가" * 80)
@example("\ud800")
def test_a_folder_name_is_one_safe_path_component(student: str) -> None:
    name = folder_name(student)
    assert 0 < len(name.encode()) <= MAX_FOLDER_BYTES
    assert Path(name).parts == (name,)
    assert name.isprintable()
    assert not name.startswith((".", " ", "-"))
    assert not name.endswith((".", " "))


@given(students, students)
@example("a/b", "a%2Fb")
@example("%empty", "")
@example("x" * 200 + "1", "x" * 200 + "2")
def test_different_students_get_different_folders(one: str, other: str) -> None:
    is_same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (folder_name(one) == folder_name(other)) == is_same


def test_one_student_typed_on_two_systems_gets_one_folder() -> None:
    assert folder_name(unicodedata.normalize("NFD", "김민수")) == "김민수"


def test_a_long_name_is_cut_between_characters() -> None:
    name = folder_name("가나" * 60)
    assert name.startswith("가나가나")
    assert "~" in name


def test_file_names_of_korean_windows_are_read() -> None:
    assert readable(os.fsdecode("김민수.ipynb".encode("cp949"))) == "김민수.ipynb"


def test_undecodable_file_names_stay_different() -> None:
    assert readable(os.fsdecode(b"\xff")) != readable(os.fsdecode(b"\xfe"))


def test_a_message_stays_on_one_line() -> None:
    assert one_line("a\nb\x1b[31m\u2028김") == "a\\nb\\x1b[31m\\u2028김"
