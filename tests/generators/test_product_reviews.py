"""amazon_cells_labelled.txt: balanced, no sentence twice, and as hard for a bag of words as it should be."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict, train_test_split
from sklearn.pipeline import make_pipeline

ROOT = Path(__file__).parents[2]
FILE = ROOT / "datasets" / "amazon_cells_labelled.txt"
MASTER = ROOT / "solutions" / "06_amazon_reviews" / "master.py"
NEGATION = r"(?i)\b(?:no|not|never|nothing|without)\b|n't"


@pytest.fixture(scope="module")
def data() -> pd.DataFrame:
    return pd.read_csv(FILE, sep="\t", names=["sentence", "label"])


@pytest.fixture(scope="module")
def right(data: pd.DataFrame) -> np.ndarray:
    """Whether a regression on the words of the other nine tenths gets each sentence right."""
    model = make_pipeline(CountVectorizer(), LogisticRegression(max_iter=1000))
    found: np.ndarray = (
        cross_val_predict(model, data["sentence"], data["label"], cv=10) == data["label"].to_numpy()
    )
    return found


def normalised(sentence: str) -> str:
    return " ".join(re.findall("[a-z0-9]+", sentence.lower()))


def test_the_committed_file_is_what_the_generator_writes(generate: Callable[..., bytes]) -> None:
    assert generate("product_reviews.py") == FILE.read_bytes()


def test_a_thousand_sentences_half_of_each_label(data: pd.DataFrame) -> None:
    assert data.shape == (1000, 2)
    assert not data.isna().any().any()
    assert data["label"].value_counts().to_dict() == {0: 500, 1: 500}


def test_labels_come_in_no_order(data: pd.DataFrame) -> None:
    _, held_out = train_test_split(data["label"], test_size=0.25, random_state=1)
    assert 0.4 < held_out.mean() < 0.6
    assert 400 < (data["label"].diff().abs() == 1).sum() < 600


def test_the_file_is_plain_and_small() -> None:
    content = FILE.read_bytes()
    assert len(content) < 400_000
    assert content.isascii()
    assert b'"' not in content


def test_no_sentence_stands_there_twice(data: pd.DataFrame) -> None:
    assert not data["sentence"].map(normalised).duplicated().any()


def test_sentences_differ_in_length_and_words(data: pd.DataFrame) -> None:
    lengths = data["sentence"].str.split().str.len()
    assert 2 <= lengths.min() < lengths.max() <= 30
    counts = CountVectorizer().fit_transform(data["sentence"]).sum(axis=0)
    assert counts.shape[1] > 450
    assert np.mean(counts == 1) > 0.15, "rare words and typing errors"


def test_words_tell_good_from_bad_well_and_not_perfectly(right: np.ndarray) -> None:
    assert 0.75 < right.mean() < 0.9


def test_negation_costs_a_bag_of_words(data: pd.DataFrame, right: np.ndarray) -> None:
    is_negated = data["sentence"].str.contains(NEGATION).to_numpy()
    assert 0.15 < is_negated.mean() < 0.35
    assert right[is_negated].mean() < right[~is_negated].mean() - 0.04


def test_two_opinions_in_a_sentence_are_there(data: pd.DataFrame) -> None:
    is_mixed = data["sentence"].str.contains(r"(?i)\b(?:but|however|yet|although|still)\b")
    assert 0.08 < is_mixed.mean() < 0.3


def test_exercise_06_is_graded_with_other_sentences(
    generate: Callable[..., bytes], data: pd.DataFrame
) -> None:
    options = ("--rows", "200", "--seed", "2", "--other-than", str(FILE))
    rows = [line.split("\t") for line in generate("product_reviews.py", *options).decode().splitlines()]
    assert not {normalised(sentence) for sentence, _ in rows} & set(data["sentence"].map(normalised))
    assert sum(int(label) for _, label in rows) == 100
    inside = MASTER.read_text(encoding="utf-8")
    assert "\n".join(f"{label} {sentence}" for sentence, label in rows) in inside
