"""docs/checks.md: every word is in a table with its parameters, and every example fails with the message shown."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from autograder import checks

PAGE = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)(\([^`]*\))` \|", PAGE, re.MULTILINE)
EXAMPLES = re.findall(
    r"^```python\n((?:(?!```).*\n)+)```\n\n```text\n((?:(?!```).*\n)+)```$", PAGE, re.MULTILINE
)
SHARED = re.search(r"They share these lines:\n\n```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """What the shared lines of the page define; examples go on from one another."""
    pytest.importorskip("keras")
    assert SHARED is not None
    found: dict[str, Any] = {}
    exec(SHARED[1], found)
    return found


def test_every_word_is_in_a_table_with_its_parameters() -> None:
    signatures = {name: parameters_of(name) for name in checks.__all__}
    assert dict(ROWS) == signatures
    assert len(ROWS) == len(signatures)


def parameters_of(name: str) -> str:
    signature = inspect.signature(getattr(checks, name))
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in signature.parameters.values()]
    return str(inspect.Signature(bare))


def test_every_check_has_an_example() -> None:
    shown = "\n".join(code for code, _ in EXAMPLES)
    assert {name for name in checks.__all__ if name.startswith("expect_")} <= set(
        re.findall(r"checks\.(\w+)", shown)
    )


def test_examples_say_what_stands_below_them(names: dict[str, Any]) -> None:
    wrong = []
    for code, said in EXAMPLES:  # in one test, since they go on from one another
        with pytest.raises(AssertionError) as caught:
            exec(code, names)
        if str(caught.value) != said.rstrip("\n"):
            wrong.append(f"{code}\n{caught.value}")
    assert not wrong, "\n\n".join(wrong)
    assert len(EXAMPLES) > 20
