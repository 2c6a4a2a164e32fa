"""sent_train.tsv: no phrase twice, the real file's skew, and as hard for a bag of words as it should be."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

DATASETS = Path(__file__).parents[2] / "datasets"
FILE = DATASETS / "sent_train.tsv"
NEGATION = r"\b(?:not|never|no|neither|nor|hardly|rarely|seldom|lacks|without|far from|anything but)\b|n't"
SHARES = (0.05, 0.17, 0.51, 0.21, 0.06)


@pytest.fixture(scope="module")
def data() -> pd.DataFrame:
    return pd.read_csv(FILE, sep="\t")


def words(phrase: str) -> list[str]:
    return re.findall("[a-z0-9]+", phrase.lower())


def bag_of_words() -> CountVectorizer:
    return CountVectorizer(stop_words="english", tokenizer=words, token_pattern=None)


def test_the_committed_file_is_what_the_generator_writes(generate: Callable[..., bytes]) -> None:
    assert generate("movie_reviews.py") == FILE.read_bytes()


def test_another_seed_writes_other_phrases(generate: Callable[..., bytes]) -> None:
    one, other = (generate("movie_reviews.py", "--rows", "50", "--seed", seed) for seed in ("7", "8"))
    assert len(one.splitlines()) == len(other.splitlines()) == 51
    assert one != other


def test_columns_are_those_of_the_real_file(data: pd.DataFrame) -> None:
    assert list(data.columns) == ["PhraseId", "SentenceId", "Phrase", "Sentiment"]
    assert len(data) >= 2000
    assert data["PhraseId"].tolist() == list(range(1, len(data) + 1))
    assert not data.isna().any().any()
    assert set(data["Sentiment"]) == {0, 1, 2, 3, 4}


def test_the_file_is_plain_and_small() -> None:
    content = FILE.read_bytes()
    assert len(content) < 400_000
    assert content.isascii()
    assert b'"' not in content
    assert b"\r" not in content


def test_a_sentence_stands_before_the_phrases_out_of_it(data: pd.DataFrame) -> None:
    steps = np.diff(data["SentenceId"].to_numpy())
    assert set(steps) == {0, 1}
    groups = data.groupby("SentenceId")["Phrase"].agg(list)
    inside = [set(words(phrase)) <= set(words(whole)) for whole, *phrases in groups for phrase in phrases]
    assert np.mean(inside) > 0.9, "typing errors are made apart, but only now and then"
    assert all(len(phrases) <= 6 for phrases in groups)


def test_no_phrase_stands_there_twice(data: pd.DataFrame) -> None:
    texts = data["Phrase"].map(lambda phrase: " ".join(words(phrase)))
    assert not texts.duplicated().any()
    assert (texts != "").all()


@pytest.mark.parametrize(
    "rows", [slice(0, 1000), slice(1000, 2000), slice(None)], ids=["first", "second", "all"]
)
def test_classes_are_as_uneven_as_in_the_real_file(data: pd.DataFrame, rows: slice) -> None:
    shares = data["Sentiment"][rows].value_counts(normalize=True).sort_index()
    assert np.abs(shares.to_numpy() - SHARES).max() < 0.05


def test_the_test_split_of_exercise_05_has_all_five_classes(data: pd.DataFrame) -> None:
    _, held_out = train_test_split(data["Sentiment"][:1000], test_size=0.3, random_state=1)
    assert held_out.value_counts().min() >= 5


def test_phrases_are_short_and_long(data: pd.DataFrame) -> None:
    lengths = data["Phrase"].str.split().str.len()
    assert lengths.min() == 1
    assert 5 < lengths.mean() < 12
    assert 25 < lengths.max() <= 60


def test_the_vocabulary_has_a_tail_of_rare_words(data: pd.DataFrame) -> None:
    counts = bag_of_words().fit_transform(data["Phrase"]).sum(axis=0)
    assert counts.shape[1] > 800
    assert 0.15 < np.mean(counts == 1) < 0.6
    assert 400 < len(bag_of_words().fit(data["Phrase"][:1000]).vocabulary_) < 1500


@pytest.fixture(scope="module")
def right(data: pd.DataFrame) -> pd.Series:
    """Whether a regression on the words of the first 1,000 rows gets each of the next 1,000 right."""
    vectorizer = bag_of_words().fit(data["Phrase"][:1000])
    model = LogisticRegression(max_iter=2000).fit(
        vectorizer.transform(data["Phrase"][:1000]), data["Sentiment"][:1000]
    )
    later = data[1000:2000]
    return pd.Series(
        model.predict(vectorizer.transform(later["Phrase"])) == later["Sentiment"], index=later.index
    )


def test_words_tell_sentiment_well_and_not_perfectly(data: pd.DataFrame, right: pd.Series) -> None:
    majority = (data["Sentiment"][1000:2000] == 2).mean()
    assert majority + 0.1 < right.mean() < 0.8


def test_negation_costs_a_bag_of_words(data: pd.DataFrame, right: pd.Series) -> None:
    later = data[1000:2000]
    has_mood = later["Sentiment"] != 2
    is_negated = later["Phrase"].str.contains(NEGATION)
    assert (has_mood & is_negated).sum() > 50
    assert right[has_mood & is_negated].mean() < right[has_mood & ~is_negated].mean() - 0.1
