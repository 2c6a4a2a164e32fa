"""Rebuilds scikit-learn's scalers, encoders and vectorizers, and the NLTK tokenizer that these may be given.

A pattern of a student's can take for ever on some text. Nothing is matched here; where a test does it, the time of
the test case ends it.
"""

import importlib
import re
from typing import Any

import numpy as np

from autograder.errors import EvidenceError
from autograder.evidence.documents import one_line
from autograder.evidence.nodes import Decode, Decoder, Node, shown

_SCALER = {"n_features_in_", "feature_names_in_", "n_samples_seen_", "scale_"}
_VECTORIZER = {"vocabulary_", "fixed_vocabulary_"}
# What `fit` leaves behind in each class that crosses.
_FITTED: dict[str, set[str]] = {
    "MinMaxScaler": _SCALER | {"min_", "data_min_", "data_max_", "data_range_"},
    "StandardScaler": _SCALER | {"mean_", "var_"},
    "LabelEncoder": {"classes_"},
    "CountVectorizer": _VECTORIZER,
    "TfidfVectorizer": _VECTORIZER | {"idf_"},
}
MAX_PATTERN = 1_000  # characters of a regular expression
# As a number: a flag's own `~` leaves out what it does not know.
_FLAGS = int(re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.UNICODE | re.ASCII)
_DTYPES = {"int32": np.int32, "int64": np.int64, "float32": np.float32, "float64": np.float64}


def _estimator(decoder: Decoder, node: Node) -> Any:
    name = decoder.text(node, "class")
    if name not in _FITTED:
        raise decoder.wrong(f"scikit-learn's {shown(name)} does not cross")
    params = _mapping(decoder, node, "params")
    fitted = _mapping(decoder, node, "fitted")
    if name.endswith("Vectorizer") and "vocabulary" in node:
        fitted = {"vocabulary_": vocabulary(decoder, node["vocabulary"]), **fitted}
    if isinstance(params.get("dtype"), str):
        if params["dtype"] not in _DTYPES:
            raise decoder.wrong(f"{shown(params['dtype'])} is not a dtype of a vectorizer")
        params["dtype"] = _DTYPES[params["dtype"]]
    cls = _class(name)
    unknown = set(params) - set(cls().get_params()) | set(fitted) - _FITTED[name]
    if unknown:
        raise decoder.wrong(f"{name} has no attribute {shown(min(unknown, key=str))}")
    try:
        estimator = cls(**params)
        for (
            attribute,
            value,
        ) in fitted.items():  # the vocabulary comes before idf_, which is checked against it
            setattr(estimator, attribute, value)
    except EvidenceError:
        raise
    except Exception as error:  # scikit-learn checks some of what it is given, with errors of any type
        raise decoder.wrong(f"{name} cannot be rebuilt: {one_line(str(error), 200)}") from None
    return estimator


def _mapping(decoder: Decoder, node: Node, key: str) -> dict[str, Any]:
    found = decoder.decode(node.get(key))
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found):
        raise decoder.wrong(f"{key} must map names to values")
    return found


def vocabulary(decoder: Decoder, found: object) -> dict[str, int]:
    """A dict from words to numbers, from an array of each."""
    if not isinstance(found, dict) or not isinstance(found.get("words"), dict):
        raise decoder.wrong(f"expected a vocabulary, found {shown(found)}")
    words, ids = decoder.decode(found["words"]), decoder.array(found.get("ids"))
    if type(words) is not np.ndarray or words.dtype != object or words.ndim != 1:
        raise decoder.wrong("a vocabulary's words must be an array of text")
    if ids.shape != words.shape or ids.dtype != np.int64:
        raise decoder.wrong("a vocabulary needs one whole number for each word")
    rebuilt = dict(zip(words.tolist(), ids.tolist(), strict=True))
    if len(rebuilt) != len(words) or not all(type(word) is str for word in rebuilt):
        raise decoder.wrong("a vocabulary must hold text, and each word once")
    return rebuilt


def _tokenizer(decoder: Decoder, node: Node) -> Any:
    from nltk.tokenize import RegexpTokenizer

    pattern, flags = decoder.text(node, "pattern"), node.get("flags")
    switches = [node.get(name) for name in ("gaps", "discard_empty")]
    if len(pattern) > MAX_PATTERN or type(flags) is not int or flags & ~_FLAGS:
        raise decoder.wrong("a tokenizer's pattern is too long, or its flags are not those of a pattern")
    if not all(type(one) is bool for one in switches):
        raise decoder.wrong("a tokenizer's gaps and discard_empty must be true or false")
    return RegexpTokenizer(pattern, *switches, flags=flags)


def _tokenize(decoder: Decoder, node: Node) -> Any:
    of = node.get("of")
    if not isinstance(of, dict) or of.get("kind") != "regexp_tokenizer":
        raise decoder.wrong(f"expected a tokenizer, found {shown(of)}")
    return _tokenizer(decoder, of).tokenize


def _class(name: str) -> Any:
    module = "sklearn.feature_extraction.text" if name.endswith("Vectorizer") else "sklearn.preprocessing"
    return getattr(importlib.import_module(module), name)


SKLEARN_KINDS: dict[str, Decode] = {
    "sklearn": _estimator,
    "regexp_tokenizer": _tokenizer,
    "regexp_tokenize": _tokenize,
}
