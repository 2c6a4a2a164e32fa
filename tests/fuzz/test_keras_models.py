"""Whatever a model's config claims, rebuilding it gives a model or an `EvidenceError`, and runs nothing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

keras = pytest.importorskip("keras")

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from keras.src.models.functional import Functional  # noqa: E402

from autograder.errors import EvidenceError  # noqa: E402
from autograder.evidence.decode import decode  # noqa: E402
from autograder.evidence.keras_config import GROUPS, checked_config  # noqa: E402
from autograder.evidence.rebuild_keras import NotRestoredWarning  # noqa: E402
from fuzz import canary  # noqa: E402
from fuzz.guard import REFUSED, answer_to  # noqa: E402
from fuzz.strategies_json import RANDOM_TREES, at, copied, paths, written  # noqa: E402
from fuzz.strategies_keras import CHANGED_CONFIGS, CONFIGS, NODES, changed_models  # noqa: E402

fuzzed = settings.get_profile("fuzz")
slow = settings.get_profile("fuzz-slow")

MAX_BYTES = 128 * 2**20  # Keras traces each layer once: a fixed price, and a fraction of it per layer


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    for node, arrays in NODES:
        decode(node, arrays, name="model")


def rebuilt(node: Any, arrays: dict[str, Any]) -> object:
    add_weight = keras.layers.Layer.add_weight
    registered = dict(keras.saving.get_custom_objects())
    found = answer_to(
        lambda: decode(node, arrays, name="model"),
        refuses_with=EvidenceError,
        max_bytes=MAX_BYTES,
        may_warn=(NotRestoredWarning,),
    )
    assert keras.layers.Layer.add_weight is add_weight
    assert dict(keras.saving.get_custom_objects()) == registered
    return found


@pytest.mark.parametrize("at_index", range(len(NODES)))
def test_the_models_that_inputs_are_made_from_are_right(at_index: int) -> None:
    model: Any = rebuilt(*NODES[at_index])
    assert isinstance(model, keras.Model)


@given(changed_models())
@slow
def test_a_changed_model_is_a_model_or_refused(made: tuple[Any, dict[str, Any]]) -> None:
    node, arrays = made
    found: Any = rebuilt(node, arrays)
    if found is not REFUSED and node.get("kind") == "keras_model":
        assert type(found) in (keras.Sequential, Functional)
        assert all(type(layer).__module__.startswith("keras.src.") for layer in found._flatten_layers())


def places(tree: Any) -> list[tuple[str | int, ...]]:
    return [path for path in paths(tree) if isinstance(at(tree, path), str | dict | None)]


@given(st.sampled_from(NODES), st.data())
@slow
def test_a_name_of_registered_code_is_never_followed(
    made: tuple[Any, dict[str, Any]], data: st.DataObject
) -> None:
    node, arrays = made
    part = "compiled" if node["compiled"] and data.draw(st.booleans()) else "config"
    tree = json.loads(node[part])
    path = data.draw(st.sampled_from(places(tree)))
    at(tree, path[:-1])[path[-1]] = copied(data.draw(st.sampled_from([*canary.NAMES, canary.LAMBDA])))
    found: Any = rebuilt({**node, part: json.dumps(tree)}, arrays)
    if isinstance(found, keras.Model):
        in_use = [getattr(layer, "activation", None) for layer in found._flatten_layers()]
        assert canary.fire not in in_use
        assert getattr(found, "loss", None) is not canary.fire


def classes(config: Any) -> Iterator[tuple[object, object]]:
    if isinstance(config, dict):
        if "class_name" in config:
            yield config.get("module"), config["class_name"]
        config = list(config.values())
    for one in config if isinstance(config, list) else ():
        yield from classes(one)


@given(st.one_of(CHANGED_CONFIGS, CHANGED_CONFIGS, CHANGED_CONFIGS, RANDOM_TREES))
@fuzzed
def test_a_checked_config_names_nothing_but_built_in_classes(config: Any) -> None:
    try:
        tree = json.loads(written(config))
    except (ValueError, RecursionError):
        return
    found = answer_to(
        lambda: checked_config(tree), refuses_with=EvidenceError, max_bytes=2**20 + 64 * len(written(config))
    )
    for module, name in classes(found) if found is not REFUSED else ():
        if name == "function":
            assert module == "builtins"
        elif name != "__keras_tensor__":
            assert name in GROUPS[str(module)]


def test_the_configs_that_inputs_are_made_from_are_right() -> None:
    assert all(checked_config(config) for config in CONFIGS)
