"""Stand-ins: the registered tensors, in the places where the real files would be."""

import json
import shutil
from pathlib import Path

import h5py
import pytest

from autograder.course import load_course
from autograder.course.pretrained import (
    Pretrained,
    folder_of,
    kind_in_use,
    locked,
    put_into_use,
    ready,
    repository_of,
    stored,
)
from autograder.course.pretrained_plans import PLANS
from autograder.course.pretrained_stand_ins import LABELS, build_stand_in
from autograder.errors import CourseError

ROOT = Path(__file__).parents[2]
DATASETS = ROOT / "datasets"
REGISTRY = load_course(ROOT).registry


def build(weights: Pretrained, datasets: Path = DATASETS) -> list[str]:
    """Build it; returns what was said."""
    said: list[str] = []
    with locked():
        build_stand_in(weights, datasets, said.append)
    return said


@pytest.mark.parametrize("name", sorted(REGISTRY.pretrained))
def test_every_registered_stand_in_comes_out_as_registered(name: str, own_cache: Path) -> None:
    weights = REGISTRY.weights(name)
    assert len(build(weights)) == 1
    found = ready(weights)
    assert (found.kind, found.sha256) == ("stand-in", weights.stand_in_sha256)
    assert all(path.is_file() for path in found.paths)
    assert found.folder.is_relative_to(own_cache)


def test_it_is_built_once(own_cache: Path) -> None:
    weights = REGISTRY.weights("vgg16_notop")
    build(weights)
    assert build(weights) == []


def test_a_damaged_one_is_built_again(own_cache: Path) -> None:
    weights = REGISTRY.weights("vgg16_notop")
    build(weights)
    path = folder_of(weights, "stand-in") / weights.weights_file.file
    with path.open("ab") as file:
        file.write(b"x")
    assert stored(weights, "stand-in") is None
    assert len(build(weights)) == 1
    assert kind_in_use(weights) == "stand-in"


@pytest.mark.parametrize("name", ["vgg16_notop", "resnet50_notop"])
def test_layers_lie_in_the_order_in_which_keras_reads_them(name: str, own_cache: Path) -> None:
    import keras

    weights = REGISTRY.weights(name)
    build(weights)
    model = getattr(keras.applications, weights.model)(weights=None, include_top=False)
    layers = [layer for layer in model.layers if layer.weights]
    with h5py.File(folder_of(weights, "stand-in") / weights.weights_file.file) as file:
        assert [name.decode() for name in file.attrs["layer_names"]] == [layer.name for layer in layers]
        for layer in layers:
            names = [name.decode() for name in file[layer.name].attrs["weight_names"]]
            assert [file[layer.name][name].shape for name in names] == [one.shape for one in layer.weights]
            ours = [name.split("/")[-1].removesuffix(":0") for name in names]
            assert ours == [one.name for one in layer.weights]


def test_parameters_are_as_many_as_the_real_ones() -> None:
    counts = {}
    for (_library, model), plan in PLANS.items():
        total = 0
        for tensor in plan():
            size = 1
            for length in tensor.shape:
                size *= length
            total += size
        counts[model] = total
    assert counts == {
        "VGG16": 14_714_688,
        "ResNet50": 23_587_712,
        "google/vit-base-patch16-224": 86_567_656,
    }


def test_the_vit_s_configuration_has_the_thousand_names(own_cache: Path) -> None:
    weights = REGISTRY.weights("vit_base_patch16_224")
    build(weights)
    config = json.loads((folder_of(weights, "stand-in") / "config.json").read_text(encoding="utf-8"))
    assert len(config["id2label"]) == 1000
    assert config["id2label"]["281"] == "tabby, tabby cat"
    assert (repository_of(weights, "stand-in") / "refs" / "main").read_text() == weights.revision


def test_labels_are_those_of_the_repository(own_cache: Path, tmp_path: Path) -> None:
    datasets = tmp_path / "datasets"
    with pytest.raises(CourseError, match=LABELS):
        build(REGISTRY.weights("vit_base_patch16_224"), datasets)
    datasets.mkdir()
    labels = (DATASETS / LABELS).read_text(encoding="utf-8")
    (datasets / LABELS).write_text(labels.replace("tabby, tabby cat", "dog"), encoding="utf-8")
    with pytest.raises(CourseError, match="stand_in_sha256"):
        build(REGISTRY.weights("vit_base_patch16_224"), datasets)
    assert kind_in_use(REGISTRY.weights("vit_base_patch16_224")) is None


def test_a_model_without_a_plan_is_named(own_cache: Path) -> None:
    unknown = REGISTRY.weights("vgg16_notop").model_copy(update={"model": "NASNetLarge"})
    with pytest.raises(CourseError, match="no stand-in is known for NASNetLarge"):
        build(unknown)


def test_without_anything_in_the_cache_the_remedy_is_said(own_cache: Path) -> None:
    with pytest.raises(CourseError, match="autograder prefetch --stand-ins"):
        ready(REGISTRY.weights("vgg16_notop"))


def test_what_was_asked_for_last_is_in_use_and_neither_is_lost(own_cache: Path) -> None:
    weights = REGISTRY.weights("vgg16_notop")
    build(weights)
    record = stored(weights, "stand-in")
    assert record is not None
    shutil.copytree(own_cache / "pretrained" / "stand-in", own_cache / "pretrained" / "real")
    put_into_use(weights, "real")
    assert kind_in_use(weights) == "real"
    build(weights)
    assert kind_in_use(weights) == "stand-in"
    assert stored(weights, "real") is not None
