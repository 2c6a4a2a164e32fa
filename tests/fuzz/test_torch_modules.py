"""Whatever is claimed of a torch module, rebuilding it gives one of the known classes or an `EvidenceError`."""

import json
from typing import Any

import pytest

pytest.importorskip("peft")

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import EvidenceError
from autograder.evidence.decode import decode
from fuzz import canary
from fuzz.guard import REFUSED, answer_to
from fuzz.strategies_json import at, copied, paths, written
from fuzz.strategies_torch import NODES, changed_modules

slow = settings.get_profile("fuzz-slow")
MAX_BYTES = 128 * 2**20  # what the libraries import late, and a module as Python's objects


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    for node, arrays in NODES:
        decode(node, arrays, name="module")


def rebuilt(node: Any, arrays: dict[str, Any]) -> object:
    def read() -> object:
        try:
            tree = json.loads(written(node))
        except (ValueError, RecursionError) as error:
            raise EvidenceError("not JSON") from error
        return decode(tree, arrays, name="module")

    return answer_to(read, refuses_with=EvidenceError, max_bytes=MAX_BYTES)


@pytest.mark.parametrize("at_index", range(len(NODES)))
def test_the_modules_that_inputs_are_made_from_are_right(at_index: int) -> None:
    assert rebuilt(*NODES[at_index]) is not REFUSED


def test_changes_go_both_ways() -> None:
    seen = {"taken": 0, "refused": 0}

    @given(changed_modules())
    @settings(slow, max_examples=60, derandomize=True)
    def read_each(made: tuple[Any, dict[str, Any]]) -> None:
        seen["refused" if rebuilt(*made) is REFUSED else "taken"] += 1

    read_each()
    assert min(seen.values()) >= 3, seen


@given(changed_modules())
@slow
def test_a_changed_module_is_a_known_one_or_refused(made: tuple[Any, dict[str, Any]]) -> None:
    found: Any = rebuilt(*made)
    if found is not REFUSED and hasattr(found, "named_parameters"):
        classes = {type(part).__module__.partition(".")[0] for part in found.modules()}
        assert classes <= {"torch", "transformers", "peft"}
        assert all(one.device.type == "cpu" for one in (*found.parameters(), *found.buffers()))


@given(st.sampled_from(NODES), st.data())
@slow
def test_a_name_of_code_is_never_followed(made: tuple[Any, dict[str, Any]], data: st.DataObject) -> None:
    node, arrays = copied(made[0]), made[1]
    places = [path for path in paths(node) if isinstance(at(node, path), str | dict | None)]
    path = data.draw(st.sampled_from(places))
    at(node, path[:-1])[path[-1]] = copied(data.draw(st.sampled_from([*canary.NAMES, canary.LAMBDA])))
    rebuilt(node, arrays)
