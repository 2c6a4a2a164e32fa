"""small_bert and the reviews beside it: of the stated size, and no opinion word in both files of reviews."""

import csv
import importlib
import json
import math
import struct
from pathlib import Path
from types import ModuleType

import pytest

DATASETS = Path(__file__).parents[2] / "datasets"
TRAIN, TEST = DATASETS / "short_reviews_train.csv", DATASETS / "short_reviews_test.csv"


@pytest.fixture
def generator(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script that made the files."""
    monkeypatch.syspath_prepend(str(DATASETS / "generators"))
    return importlib.import_module("small_bert")


def reviews(path: Path) -> list[tuple[str, int]]:
    """Sentences and labels of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["sentence"], int(row["label"])) for row in csv.DictReader(file)]


def test_the_committed_reviews_are_what_the_generator_writes(generator: ModuleType) -> None:
    halves = generator.deal_out(generator.opinion_words(generator.load_vocabulary()))
    for path, seed, count, words in ((TRAIN, 1, 240, halves[0]), (TEST, 2, 400, halves[1])):
        vocabulary = generator.load_vocabulary(words.__contains__)
        assert reviews(path) == generator.labelled_reviews(seed, count, vocabulary)


def test_no_opinion_word_stands_in_both_files(generator: ModuleType) -> None:
    texts = [" ".join(f" {sentence} " for sentence, _ in reviews(path)) for path in (TRAIN, TEST)]
    opinions = generator.opinion_words(generator.load_vocabulary())
    assert sum(f" {word} " in texts[0] for word in opinions) > 100
    assert not [word for word in opinions if all(f" {word} " in text for text in texts)]


def test_half_of_each_file_is_praise_and_no_review_stands_there_twice() -> None:
    for path, count in ((TRAIN, 240), (TEST, 400)):
        rows = reviews(path)
        assert len({sentence for sentence, _ in rows}) == count
        assert sum(label for _, label in rows) == count // 2


def test_the_weights_are_those_of_a_bert_with_265152_parameters() -> None:
    path = DATASETS / "small_bert.safetensors"
    with path.open("rb") as file:
        head = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    counts = {name: math.prod(one["shape"]) for name, one in head.items() if name != "__metadata__"}
    assert sum(count for name, count in counts.items() if name.startswith("bert.")) == 265_152
    assert path.stat().st_size < 1_500_000


def test_the_vocabulary_has_two_thousand_pieces(generator: ModuleType) -> None:
    pieces = (DATASETS / "small_bert_vocab.txt").read_text(encoding="utf-8").splitlines()
    assert len(set(pieces)) == len(pieces) == 2_000
    assert tuple(pieces[:5]) == generator.SPECIAL
    config = json.loads((DATASETS / "small_bert.json").read_text(encoding="utf-8"))
    assert config["vocab_size"] == 2_000
