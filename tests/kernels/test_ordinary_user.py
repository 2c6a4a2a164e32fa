"""Confinement asks for no privilege: the suite, a kernel and a grading, as a user who is nobody special.

Where the tests run as an ordinary user anyway, all other tests hold this; these need root to become one.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.kernels import Level
from autograder.kernels.conformance import ATTEMPTS, ENDS
from kernels.ordinary_user import USER, run_as_ordinary_user
from kernels.use import PATIENCE_S, skip_unless_held

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root can become another user"
)

each_level = pytest.mark.parametrize("level", ["namespaces", "landlock"])


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that the user can reach: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="ag-user-", dir="/var/tmp") as folder:
        yield Path(folder)


def found_by_user(task: str, level: Level, home: Path) -> Any:
    script = Path(__file__).with_name("as_ordinary_user.py")
    done = run_as_ordinary_user(script, task, level, home=home, timeout_s=4 * PATIENCE_S)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["user"] == USER
    return answer["found"]


@each_level
def test_every_claim_holds_for_an_ordinary_user(level: Level, home: Path) -> None:
    skip_unless_held(level)
    found = found_by_user("suite", level, home)
    assert found == dict.fromkeys([*ATTEMPTS, ENDS])


@each_level
def test_a_kernel_of_an_ordinary_user_works(level: Level, home: Path) -> None:
    skip_unless_held(level)
    assert found_by_user("session", level, home) == {
        "reads its data": "1,2",
        "user": "1000" if level == "namespaces" else str(USER),
        "writes": "1",
        "threads": "x",
        "reads outside": "refused",
        "in the folder": "data.csv,new.txt",
    }
    assert [path.name for path in home.iterdir()] == ["collector.py"]


@pytest.mark.slow
@each_level
def test_an_ordinary_user_can_grade(level: Level, home: Path) -> None:
    skip_unless_held(level)
    found = found_by_user("grading", level, home)
    assert found["isolation"] == level
    assert found["score"] == found["max"] > 0, found
