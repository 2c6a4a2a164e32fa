"""The inputs go both ways: some are taken and some refused, or the properties would prove nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course import Course, Exercise, Text
from autograder.errors import AutograderError
from autograder.evidence.bundle import parse_drop
from autograder.evidence.decode import decode
from autograder.submissions import find_submissions, read_notebook
from fuzz.strategies_bytes import broken
from fuzz.strategies_evidence import ARRAYS, NODES, changed_documents, lying_tensors
from fuzz.strategies_notebooks import SAVED, changed_notebooks
from fuzz.strategies_zips import ZIPS

TEXT = Text(ko="과목", en="Course")
COURSE = Course(root=Path(), title=TEXT, exercises=(Exercise(id="11_lstm", title=TEXT, root=Path()),))


def read_document(made: tuple[bytes, bytes], _folder: Path) -> None:
    drop = parse_drop(*made, what="q1")
    for node in drop.tree["names"].values() if isinstance(drop.tree.get("names"), dict) else ():
        decode(node, drop.arrays, name="x")


def read_tensors(tensors: bytes, _folder: Path) -> None:
    parse_drop(b'{"format": 1}', tensors, what="q1")


def read_node(node: Any, _folder: Path) -> None:
    decode(node, ARRAYS, name="x")


def read_saved(content: bytes, _folder: Path) -> None:
    read_notebook(content)


def read_zip(content: bytes, folder: Path) -> None:
    (folder / "c.zip").write_bytes(content)
    find_submissions([folder / "c.zip"], COURSE)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("made", "read"),
    [
        (changed_documents(), read_document),
        (lying_tensors(), read_tensors),
        (NODES, read_node),
        (changed_notebooks(), read_saved),
        (broken(SAVED), read_saved),
        (ZIPS, read_zip),
    ],
    ids=["documents", "tensors", "nodes", "notebooks", "broken notebooks", "zips"],
)
def test_some_inputs_are_taken_and_some_are_refused(
    made: st.SearchStrategy[Any], read: Callable[[Any, Path], None], tmp_path: Path
) -> None:
    seen = {"taken": 0, "refused": 0}

    @given(made)
    @settings(settings.get_profile("fuzz"), max_examples=100, derandomize=True)
    def read_each(one: Any) -> None:
        try:
            read(one, tmp_path)
        except AutograderError:
            seen["refused"] += 1
        else:
            seen["taken"] += 1

    read_each()
    assert min(seen.values()) >= 5, seen
