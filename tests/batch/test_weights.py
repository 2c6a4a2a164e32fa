"""Pretrained weights in a batch: built where there are none, shown to kernels, named on cards, part of their hashes."""

import shutil
from pathlib import Path

import pytest

from autograder.batch.weights import kernel_weights
from autograder.course import load_course
from autograder.course.pretrained import pretrained_root, put_into_use
from autograder.errors import CourseError
from autograder.evidence.known import INDEX
from course.registry_entry import entry_of
from mini import MiniCourse

ROOT = Path(__file__).parents[2]
NAME = "vit_base_patch16_224"
READS_IT = {
    "q1": """
import os, pathlib
numbers = []
repository = pathlib.Path(os.environ["HF_HOME"]) / "hub" / "models--google--vit-base-patch16-224"
revision = (repository / "refs" / "main").read_text()
total = 10 if (repository / "snapshots" / revision / "model.safetensors").stat().st_size > 3e8 else 0
"""
}


@pytest.fixture
def with_weights(mini: MiniCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MiniCourse:
    """The small course; its exercise declares the ViT's weights, and the cache has nothing."""
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "own-cache"))
    root = mini.course.root
    with (root / "datasets" / "registry.toml").open("a", encoding="utf-8") as file:
        file.write(entry_of(NAME))
    shutil.copy(ROOT / "datasets" / "imagenet_labels.txt", root / "datasets")
    manifest = root / "solutions" / "course.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(
        text.replace("preload = ", f'pretrained = ["{NAME}"]\npreload = ', 1), encoding="utf-8"
    )
    return MiniCourse(load_course(root), mini.results)


def test_stand_ins_are_built_by_themselves_and_named(with_weights: MiniCourse, tmp_path: Path) -> None:
    folder = with_weights.hand_in(tmp_path / "class", kim=READS_IT)
    with_weights.grade(folder)
    card = with_weights.card("kim")
    assert card.score == card.max_score, card.questions[0]
    assert card.environment is not None
    (used,) = card.environment.pretrained
    registered = with_weights.course.registry.weights(NAME)
    assert (used.name, used.file, used.kind) == (NAME, "model.safetensors", "stand-in")
    assert used.sha256 == registered.stand_in_sha256
    assert (pretrained_root() / INDEX).is_file()
    feedback = (with_weights.folder("kim") / "feedback.html").read_text(encoding="utf-8")
    assert f"{NAME}: " in feedback


def test_other_weights_are_another_run(with_weights: MiniCourse, tmp_path: Path) -> None:
    folder = with_weights.hand_in(tmp_path / "class", kim=READS_IT)
    with_weights.grade(folder)
    assert len(with_weights.grade(folder).kept) == 1
    weights = with_weights.course.registry.weights(NAME)
    shutil.copytree(pretrained_root() / "stand-in", pretrained_root() / "real")
    record = pretrained_root() / "real" / f"{NAME}.json"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace(weights.stand_in_sha256, "1" * 64), encoding="utf-8")
    put_into_use(weights, "real")
    report = with_weights.grade(folder)
    assert report.kept == []
    card = with_weights.card("kim")
    assert card.environment is not None
    assert [one.kind for one in card.environment.pretrained] == ["real"]


def test_a_kernel_is_shown_what_its_exercise_declares(with_weights: MiniCourse, mini: MiniCourse) -> None:
    with pytest.raises(CourseError, match="autograder prefetch"):
        kernel_weights(with_weights.exercise)
    assert kernel_weights(mini.exercise).readable == ()
