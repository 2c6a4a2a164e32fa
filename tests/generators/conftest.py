"""Runs the scripts of datasets/generators the way an author does."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def generate(tmp_path: Path) -> Callable[..., bytes]:
    """What a generator writes with these options, as bytes."""

    def run(script: str, *options: str) -> bytes:
        out = tmp_path / "out"
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
        subprocess.run(
            [sys.executable, str(ROOT / "datasets" / "generators" / script), "--out", str(out), *options],
            check=True,
            env=environment,
        )
        return out.read_bytes()

    return run
