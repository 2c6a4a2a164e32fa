"""Pretrained weights in kernels of every kind: found by plain code, read-only, and nothing else beside them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import load_course
from autograder.course.pretrained import Pretrained, folder_of, locked, repository_of
from autograder.course.pretrained_stand_ins import build_stand_in
from autograder.kernels import Resources, Weights
from kernels.use import KINDS, Kernel, skip_unless_held, started

ROOT = Path(__file__).parents[2]
RESOURCES = Resources(memory_bytes=4 * 10**9, disk_bytes=200_000_000, max_files=2000, processes=256)
PRELOAD = ("keras", "torch", "transformers")

VGG16 = """
from keras.applications import VGG16
base_model = VGG16(weights="imagenet", include_top=False, input_shape=(240, 240, 3))
print(base_model.count_params(), float(abs(base_model.get_weights()[0]).max()) > 0)
"""
VIT = """
import torch
from transformers import ViTForImageClassification, ViTImageProcessor
processor = ViTImageProcessor.from_pretrained("google/vit-base-patch16-224")
model = ViTForImageClassification.from_pretrained("google/vit-base-patch16-224")
print(sum(one.numel() for one in model.parameters()), list(processor.image_mean), model.config.id2label[281])
"""


def last_line(text: str) -> str:
    return text.splitlines()[-1]


def registered(name: str) -> Pretrained:
    return load_course(ROOT).registry.weights(name)


@pytest.fixture(scope="module")
def weights(cache: Path) -> Weights:
    vgg, vit = registered("vgg16_notop"), registered("vit_base_patch16_224")
    with locked():
        for one in (vgg, vit):
            build_stand_in(one, ROOT / "datasets", lambda _text: None)
    file = str((folder_of(vgg, "stand-in") / vgg.weights_file.file).resolve())
    return Weights((file,), (str(repository_of(vit, "stand-in").resolve()),), (file,))


@pytest.fixture(scope="module", params=KINDS, ids="-".join)
def kernel(request: pytest.FixtureRequest, weights: Weights, collector: Path) -> Iterator[Kernel]:
    skip_unless_held(request.param[1])
    with started(request.param, collector, resources=RESOURCES, preload=PRELOAD, weights=weights) as running:
        yield running


def test_keras_loads_a_stand_in_by_its_name(kernel: Kernel) -> None:
    assert last_line(kernel.run(VGG16)) == "14714688 True"


def test_transformers_loads_a_stand_in_by_its_name(kernel: Kernel) -> None:
    assert last_line(kernel.run(VIT)) == "86567656 [0.5, 0.5, 0.5] tabby, tabby cat"


def test_weights_cannot_be_written(kernel: Kernel, weights: Weights) -> None:
    if kernel.session.isolation == "none":
        pytest.skip("nothing is confined")
    for path in (weights.keras_files[0], f"{weights.repositories[0]}/refs/main"):
        said = kernel.run(f"open({path!r}, 'ab')")
        assert "Error" in said, said
    assert "Error" in kernel.run(f"import os; os.remove({weights.keras_files[0]!r})")


def test_what_the_exercise_does_not_declare_is_not_there(kernel: Kernel) -> None:
    if kernel.session.isolation == "none":
        pytest.skip("nothing is confined")
    with locked():
        other = registered("resnet50_notop")
        build_stand_in(other, ROOT / "datasets", lambda _text: None)
    assert "Error" in kernel.run(
        f"open({str(folder_of(other, 'stand-in') / other.weights_file.file)!r}, 'rb')"
    )
    assert "URL fetch failure" in kernel.run(VGG16.replace("VGG16", "ResNet50"))


def test_a_student_s_own_file_under_the_name_is_compared_as_ever(kernel: Kernel) -> None:
    """The comparison is left out for the grader's path alone, not for the name."""
    if kernel.session.isolation == "none":
        pytest.skip("would fetch from the network")
    swap = """
import os, shutil
from pathlib import Path
place = next((Path(os.environ["KERAS_HOME"]) / "models").iterdir())
real = os.readlink(place)
place.unlink()
shutil.copyfile(real, place)
"""
    kernel.run(swap)
    try:
        assert "URL fetch failure" in kernel.run(VGG16)
    finally:
        kernel.run("place.unlink(missing_ok=True); place.symlink_to(real)")
    assert last_line(kernel.run(VGG16)) == "14714688 True"


def test_weights_are_found_by_libraries_that_were_not_imported_before(
    weights: Weights, collector: Path
) -> None:
    with started(("warm", "none"), collector, resources=RESOURCES, weights=weights) as running:
        assert last_line(running.run(VGG16)) == "14714688 True"
        assert last_line(running.run(VIT)).endswith("tabby, tabby cat")
