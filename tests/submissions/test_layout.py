import pytest

from autograder.submissions.layout import Place, place, wrapper

IDS = ["11_lstm", "12_seq"]


@pytest.mark.parametrize(
    ("path", "student", "exercise"),
    [
        ("kim.ipynb", "kim", None),
        ("kim v2.1.ipynb", "kim v2.1", None),
        ("kim/hw.ipynb", "kim", None),
        ("kim/sub/hw.ipynb", "kim", None),
        ("kim/11_lstm/hw.ipynb", "kim", "11_lstm"),
        ("kim/11_lstm/sub/hw.ipynb", "kim", "11_lstm"),
        ("class/kim/11_lstm/hw.ipynb", "kim", "11_lstm"),
        ("11_lstm/kim.ipynb", "kim", "11_lstm"),
        ("11_lstm/kim/hw.ipynb", "kim", "11_lstm"),
    ],
)
def test_folders_tell_student_and_exercise(path: str, student: str, exercise: str | None) -> None:
    assert place(tuple(path.split("/")), IDS) == Place(student, exercise)


@pytest.mark.parametrize(
    ("paths", "stem", "wrapped"),
    [
        (["class/kim/a.ipynb", "class/lee/a.ipynb"], None, ("class",)),
        (["class/kim.ipynb", "class/lee.ipynb"], "class", ("class",)),
        (["class/kim/a.ipynb"], "class", ("class",)),
        (["kim/a.ipynb", "kim/b.ipynb"], None, ()),
        (["kim/a.ipynb"], "kim", ()),
        (["kim/11_lstm/a.ipynb", "kim/12_seq/b.ipynb"], "kim", ()),
        (["11_lstm/kim/a.ipynb", "11_lstm/lee/a.ipynb"], None, ()),
        (["class/kim/a.ipynb", "lee/a.ipynb"], None, ()),
        (["class/kim/a.ipynb", "lee.ipynb"], None, ()),
    ],
)
def test_a_folder_around_the_whole_class_is_no_student(
    paths: list[str], stem: str | None, wrapped: tuple[str, ...]
) -> None:
    assert wrapper([tuple(path.split("/")) for path in paths], IDS, zip_stem=stem) == wrapped
