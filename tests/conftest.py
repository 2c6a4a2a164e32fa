"""Fixtures that every test may use: a cache of its own, and the small course of `mini`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mini import MiniCourse


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing that an earlier run left in the user's cache may decide a test."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTOGRADER_CACHE", str(folder))
        yield folder


@pytest.fixture
def mini(tmp_path: Path) -> MiniCourse:
    return MiniCourse.copy(tmp_path)
