"""The kind of kernel and the isolation level decide how fast and how safe a grading is, never its outcome."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.kernels import KernelKind, Level, levels_that_hold
from autograder.scorecard import Scorecard, without_times
from mini import MiniCourse

CONFINED: list[tuple[KernelKind, Level]] = [("warm", "namespaces"), ("warm", "landlock"), ("cold", "none")]
DRAWS = """
import random
import numpy as np
drawn = [random.random(), *np.random.rand(3)]
print(drawn)
with open("numbers.csv") as file:
    numbers = [int(row["number"]) for row in csv.DictReader(file)]
total = sum(numbers)
"""


def outcome(card: Scorecard) -> dict[str, Any]:
    """The card less times, and less how it was run."""
    facts = without_times(card)
    environment = facts["environment"]
    assert isinstance(environment, dict)
    for name in ("kernel", "isolation"):
        environment.pop(name)
    return facts


def printed(notebook: Path) -> str:
    """All that its cells wrote to standard output."""
    cells = nbformat.read(notebook, 4).cells
    return "".join(output.get("text", "") for cell in cells for output in cell.get("outputs", []))


def grade(folder: Path, kernel: KernelKind, level: Level) -> dict[str, tuple[dict[str, Any], str]]:
    """Each student's outcome, and what the notebook printed."""
    folder.mkdir()
    mini = MiniCourse.copy(folder)
    submissions = mini.hand_in(folder / "in", honest={}, drawing={"q1": DRAWS}, wrong={"q3": "squares = 1"})
    report = mini.grade(submissions, kernel=kernel, sandbox=level)
    assert not report.problems
    return {
        student: (outcome(mini.card(student)), printed(mini.folder(student) / "executed.ipynb"))
        for student, _exercise in report.graded
    }


@pytest.fixture(scope="module")
def unconfined(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, Any], str]]:
    return grade(tmp_path_factory.mktemp("same") / "warm-none", "warm", "none")


@pytest.mark.parametrize(("kernel", "level"), CONFINED)
def test_the_same_seed_gives_the_same_scorecard(
    unconfined: dict[str, tuple[dict[str, Any], str]], tmp_path: Path, kernel: KernelKind, level: Level
) -> None:
    reason = levels_that_hold()[level]
    if reason is not None:
        pytest.skip(reason)
    again = grade(tmp_path / "again", kernel, level)
    assert {name: card for name, (card, _) in again.items()} == {
        name: card for name, (card, _) in unconfined.items()
    }
    # Random numbers, too: what was printed is the same to the letter.
    assert "0." in unconfined["drawing"][1]
    assert {name: text for name, (_, text) in again.items()} == {
        name: text for name, (_, text) in unconfined.items()
    }
