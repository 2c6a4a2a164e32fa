"""Whatever is in a zip, looking into it gives submissions or an error of ours, and touches nothing else."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from autograder.course import Course, Exercise, Text
from autograder.errors import HarnessError, SubmissionError, UsageError
from autograder.submissions import Found, find_submissions, folder_name
from autograder.submissions.archive import Archive
from fuzz.guard import REFUSED, answer_to
from fuzz.strategies_bytes import RANDOM_BYTES
from fuzz.strategies_zips import HONEST, NAMES, ZIPS, Member, packed

fuzzed = settings.get_profile("fuzz")

# What may be unpacked at a time, however small the zip: archive._FREE_OF_RATIO, and the notebook made of it.
FIXED_BYTES = 48 * 2**20
PER_BYTE = 400
COURSE = Course(
    root=Path("/nowhere"),
    title=Text(ko="과목", en="Course"),
    exercises=tuple(
        Exercise(id=one, title=Text(ko="", en=""), root=Path("/nowhere")) for one in ("11_lstm", "12_seq")
    ),
)


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zips") / "deep" / "class"
    folder.mkdir(parents=True)
    return folder


def below(folder: Path) -> dict[str, int]:
    return {str(path): path.lstat().st_size for path in folder.parent.parent.rglob("*")}


def look_into(folder: Path, content: bytes) -> object:
    path = folder / "class.zip"
    path.write_bytes(content)
    before = below(folder)
    found = answer_to(
        lambda: find_submissions([path], COURSE),
        refuses_with=UsageError,
        max_bytes=FIXED_BYTES + PER_BYTE * len(content),
    )
    assert below(folder) == before
    if found is not REFUSED:
        assert isinstance(found, Found)
        expect_submissions(found)
        read_again(path)
    return found


def expect_submissions(found: Found) -> None:
    folders = {folder_name(one.student) for one in found.submissions}
    assert len({one.student for one in found.submissions}) == len(folders)
    for name in folders:
        assert Path("/a", name).parent == Path("/a")
        assert name not in ("", ".", "..")
    for one in found.submissions:
        lines = [one.source, one.problem, one.harness_problem, *one.warnings]
        assert all(line is None or line.isprintable() for line in lines), lines
        assert one.problem or one.harness_problem or one.file is not None
        if one.file is not None:
            answer_to(
                one.read, refuses_with=(SubmissionError, HarnessError), max_bytes=200 * 2**20 + FIXED_BYTES
            )
    assert all(line.isprintable() for line in found.ignored)


def read_again(path: Path) -> None:
    """Each member by itself, those with an objection included: none comes out that was objected to."""
    with Archive(path) as archive:
        for member, objection in archive.members()[:5]:
            content = answer_to(
                lambda member=member: archive.read(member),  # type: ignore[misc]
                refuses_with=(SubmissionError, HarnessError),
                max_bytes=FIXED_BYTES + PER_BYTE * path.stat().st_size,
            )
            assert not (objection and content is not REFUSED), (member, objection)


@pytest.mark.parametrize("content", HONEST)
def test_the_zips_that_inputs_are_made_from_are_right(class_folder: Path, content: bytes) -> None:
    found: Any = look_into(class_folder, content)
    assert any(one.problem is None for one in found.submissions)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_every_hostile_name_is_a_submission_or_refused(class_folder: Path, name: str) -> None:
    look_into(class_folder, packed([Member(name, b"{}"), Member("lee.ipynb", b"{}")]))


@given(content=ZIPS)
@fuzzed
def test_a_zip_is_submissions_or_refused(class_folder: Path, content: bytes) -> None:
    look_into(class_folder, content)


@given(content=RANDOM_BYTES)
@fuzzed
def test_bytes_out_of_nowhere_are_no_zip(class_folder: Path, content: bytes) -> None:
    if not zipfile.is_zipfile(class_folder / "class.zip"):
        look_into(class_folder, content)


@given(content=ZIPS)
@settings(fuzzed, max_examples=max(20, fuzzed.max_examples // 4))
def test_a_folder_with_a_zip_and_a_notebook_still_gives_the_notebook(
    class_folder: Path, content: bytes
) -> None:
    """A zip inside a folder is not opened, whatever it is."""
    folder = class_folder / "folder"
    (folder / "kim").mkdir(parents=True, exist_ok=True)
    (folder / "kim" / "a.zip").write_bytes(content)
    (folder / "lee.ipynb").write_bytes(b'{"nbformat": 4, "cells": [{"cell_type": "code"}]}')
    found = answer_to(lambda: find_submissions([folder], COURSE), refuses_with=(), max_bytes=FIXED_BYTES)
    assert isinstance(found, Found)
    assert {one.student for one in found.submissions} == {"kim", "lee"}
