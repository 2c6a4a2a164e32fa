"""scikit-learn's scalers and vectorizers come back fitted, and nothing else of it comes at all."""

import re

import numpy as np
import pytest
from nltk.tokenize import RegexpTokenizer, WhitespaceTokenizer
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


@pytest.mark.parametrize("make", [CountVectorizer, TfidfVectorizer])
def test_a_vectorizer_with_nltks_tokenizer_transforms_as_the_students_does(collected, make):
    tokens = RegexpTokenizer(r"[a-zA-Z0-9]+")
    stop_words = ["and", "the"]
    vectorizer = make(
        tokenizer=tokens.tokenize,
        token_pattern=None,
        stop_words=stop_words,
        ngram_range=(1, 2),
        lowercase=True,
    )
    vectorizer.fit(TEXTS)
    found = collected({"v": vectorizer}).value("v")
    unseen = ["Think, again: wonder & THINK!"]
    np.testing.assert_array_equal(found.transform(unseen).toarray(), vectorizer.transform(unseen).toarray())
    assert found.get_params().keys() == vectorizer.get_params().keys()
    assert found.vocabulary_ == vectorizer.vocabulary_
    np.testing.assert_array_equal(
        found.fit_transform(unseen).toarray(), vectorizer.fit_transform(unseen).toarray()
    )


@pytest.mark.parametrize(
    "tokenizer",
    [
        RegexpTokenizer(r"\w+"),
        RegexpTokenizer(r"\s+", gaps=True),
        RegexpTokenizer(r" ", gaps=True, discard_empty=False),
        RegexpTokenizer(re.compile("[A-Z]+"), flags=re.IGNORECASE),
    ],
)
def test_a_tokenizer_and_its_method_split_as_the_students_do(collected, tokenizer):
    text = "Think and  wonder, wonder and think."
    evidence = collected({"t": tokenizer, "f": tokenizer.tokenize, "inside": [tokenizer.tokenize]})
    assert type(evidence.value("t")) is RegexpTokenizer
    for split in (evidence.value("t").tokenize, evidence.value("f"), evidence.value("inside")[0]):
        assert split(text) == tokenizer.tokenize(text)


def test_tokenizers_of_other_classes_do_not_cross(collected):
    class Own(RegexpTokenizer):
        pass

    evidence = collected({"a": WhitespaceTokenizer(), "b": Own("a"), "c": [Own("a").tokenize]})
    assert (evidence.status("a"), evidence.status("b")) == ("unsupported", "unsupported")
    assert "do not cross" in repr(evidence.value("c")[0])


def test_a_vocabulary_may_be_larger_than_other_containers(collected):
    words = [f"w{at:05}" for at in range(30_000)]
    found = collected({"v": CountVectorizer().fit([" ".join(words)])}).value("v")
    assert found.vocabulary_["w29999"] == 29_999
    assert found.transform(["w00003 w00003"])[0, 3] == 2


def test_stop_words_of_scikit_learn_cross(collected):
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    evidence = collected({"v": CountVectorizer(stop_words="english").fit(TEXTS), "w": ENGLISH_STOP_WORDS})
    assert evidence.value("w") == ENGLISH_STOP_WORDS
    assert evidence.value("v").get_stop_words() == ENGLISH_STOP_WORDS


def test_other_estimators_do_not_cross(collected):
    assert collected({"m": LinearRegression().fit(DATA, DATA)}).status("m") == "unsupported"


def node(params: dict, fitted: dict) -> dict:
    def pairs(given):
        return {"kind": "dict", "items": [[{"kind": "str", "value": k}, v] for k, v in given.items()]}

    return {"kind": "sklearn", "class": "MinMaxScaler", "params": pairs(params), "fitted": pairs(fitted)}


REGEXP = {"kind": "regexp_tokenizer", "pattern": "a", "flags": 0, "gaps": False, "discard_empty": True}
WORDS = {"kind": "array_of_str", "dtype": "object", "shape": [2], "values": ["a", "b"]}
IDS = {"kind": "array", "array": "a0", "dtype": "int64", "shape": [2]}


def vectorizer(vocabulary: object) -> dict:
    return {**node({}, {}), "class": "CountVectorizer", "vocabulary": vocabulary}


@pytest.mark.parametrize(
    "hostile",
    [
        {**REGEXP, "pattern": None},
        {**REGEXP, "pattern": "a" * 1001},
        {**REGEXP, "flags": True},
        {**REGEXP, "flags": -1},
        {**REGEXP, "flags": re.DEBUG.value},
        {**REGEXP, "flags": 2**40},
        {**REGEXP, "gaps": 0},
        {**REGEXP, "discard_empty": None},
        {"kind": "regexp_tokenize", "of": None},
        {"kind": "regexp_tokenize", "of": {"kind": "str", "value": "a"}},
        {"kind": "regexp_tokenize", "of": {**REGEXP, "gaps": "yes"}},
        vectorizer(None),
        vectorizer({"words": None, "ids": IDS}),
        vectorizer({"words": WORDS, "ids": None}),
        vectorizer({"words": {**WORDS, "values": ["a", "a"]}, "ids": IDS}),
        vectorizer({"words": {**WORDS, "values": ["a", None]}, "ids": IDS}),
        vectorizer({"words": {**WORDS, "dtype": "str"}, "ids": IDS}),
        vectorizer({"words": {**WORDS, "shape": [1, 2]}, "ids": IDS}),
        vectorizer({"words": {"kind": "list", "items": []}, "ids": IDS}),
        vectorizer({"words": {**WORDS, "shape": [1], "values": ["a"]}, "ids": IDS}),
        vectorizer({"words": WORDS, "ids": {**IDS, "array": "a1", "dtype": "float64"}}),
    ],
    ids=lambda hostile: str(hostile)[:70],
)
def test_a_tokenizer_or_a_vocabulary_that_is_none_is_refused(hostile):
    with pytest.raises(EvidenceError, match="v: malformed evidence"):
        decode(hostile, {"a0": np.arange(2), "a1": np.zeros(2)}, name="v")


def test_a_pattern_is_not_even_compiled_while_it_is_read():
    for pattern in ("(", "(?:a+)+" * 140, "(?<=a" * 190):
        assert decode({**REGEXP, "pattern": pattern}, {}, name="v")._pattern == pattern


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
