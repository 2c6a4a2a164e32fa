import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course, Exercise, Text

Cell = dict[str, Any]


@pytest.fixture(scope="session")
def code() -> Callable[..., Cell]:
    """Make a code cell."""

    def make(source: str, *, cell_id: str | None = None, count: int | None = None) -> Cell:
        cell: Cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
        cell["execution_count"] = count
        return cell | ({"id": cell_id} if cell_id else {})

    return make


@pytest.fixture(scope="session")
def notebook(code: Callable[..., Cell]) -> Callable[..., bytes]:
    """Make the bytes of a notebook file."""

    def make(*cells: Cell, exercise: str | None = None, **top: Any) -> bytes:
        metadata: dict[str, Any] = {"autograder": {"exercise": exercise}} if exercise else {}
        data = {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": metadata,
            "cells": list(cells or [code("x=1")]),
        }
        return json.dumps(data | top).encode()

    return make


@pytest.fixture(scope="session")
def zipped() -> Callable[..., bytes]:
    """Make the bytes of a zip."""

    def make(files: Mapping[str, bytes]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return buffer.getvalue()

    return make


@pytest.fixture(scope="session")
def course_of() -> Callable[..., Course]:
    """Make a course of the given exercise ids."""

    def make(*ids: str) -> Course:
        text, root = Text(ko="과목", en="Course"), Path("/nowhere")
        exercises = tuple(Exercise(id=one, title=text, root=root) for one in ids)
        return Course(root=root, title=text, exercises=exercises)

    return make


@pytest.fixture(scope="session")
def course(course_of: Callable[..., Course]) -> Course:
    """A course of two exercises."""
    return course_of("11_lstm", "12_seq")


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Write a file below `tmp_path`, its folders included."""

    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write
