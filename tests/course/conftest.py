from pathlib import Path

import pytest


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that no other test looks at."""
    folder = tmp_path / "own-cache"
    monkeypatch.setenv("AUTOGRADER_CACHE", str(folder))
    return folder
