"""scikit-learn's scalers and vectorizers come back fitted, and nothing else of it comes at all."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import LabelEncoder, MinMaxScaler, StandardScaler

from autograder.errors import EvidenceError
from autograder.evidence.decode import decode

DATA = np.array([[112.0], [432], [622]])
TEXTS = ["Think and wonder", "wonder and think again"]


@pytest.mark.parametrize("scaler", [MinMaxScaler(), MinMaxScaler(feature_range=(-1, 1)), StandardScaler()])
def test_a_fitted_scaler_scales_and_inverts(collected, scaler):
    scaled = scaler.fit_transform(DATA)
    found = collected({"scaler": scaler}).value("scaler")
    assert type(found) is type(scaler)
    assert found.get_params() == scaler.get_params()
    np.testing.assert_array_equal(found.transform(DATA), scaled)
    np.testing.assert_array_equal(found.inverse_transform(scaled), scaler.inverse_transform(scaled))


@pytest.mark.parametrize("make", [CountVectorizer, TfidfVectorizer])
def test_a_fitted_vectorizer_gives_the_same_counts(collected, make):
    vectorizer = make(ngram_range=(1, 2), stop_words=["and"])
    counts = vectorizer.fit_transform(TEXTS).toarray()
    found = collected({"v": vectorizer}).value("v")
    np.testing.assert_array_equal(found.transform(TEXTS).toarray(), counts)
    assert found.get_feature_names_out().tolist() == vectorizer.get_feature_names_out().tolist()


def test_a_label_encoder_keeps_its_classes(collected):
    found = collected({"e": LabelEncoder().fit(["b", "a"])}).value("e")
    assert found.classes_.tolist() == ["a", "b"]


def test_an_unfitted_one_comes_back_unfitted(collected):
    evidence = collected({"s": MinMaxScaler(), "v": TfidfVectorizer()})
    assert not hasattr(evidence.value("s"), "scale_")
    assert not hasattr(evidence.value("v"), "vocabulary_")


def test_a_tokenizer_of_the_students_own_fails_when_it_is_used(collected):
    found = collected({"v": CountVectorizer(tokenizer=str.split, token_pattern=None).fit(TEXTS)}).value("v")
    assert found.vocabulary_["wonder"] == 3
    with pytest.raises(EvidenceError, match="v: expected data a test can read"):
        found.transform(TEXTS)


def test_other_estimators_do_not_cross(collected):
    assert collected({"m": LinearRegression().fit(DATA, DATA)}).status("m") == "unsupported"


def node(params: dict, fitted: dict) -> dict:
    def pairs(given):
        return {"kind": "dict", "items": [[{"kind": "str", "value": k}, v] for k, v in given.items()]}

    return {"kind": "sklearn", "class": "MinMaxScaler", "params": pairs(params), "fitted": pairs(fitted)}


@pytest.mark.parametrize(
    "hostile",
    [
        node({"__class__": {"kind": "none"}}, {}),
        node({}, {"__class__": {"kind": "none"}}),
        node({}, {"transform": {"kind": "none"}}),
        node({}, {"_sklearn_output_config": {"kind": "none"}}),
    ],
)
def test_only_what_fit_leaves_behind_can_be_set(hostile):
    with pytest.raises(EvidenceError, match="malformed evidence"):
        decode(hostile, {}, name="scaler")
