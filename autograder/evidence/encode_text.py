"""Nodes of what turns text and numbers into features: scikit-learn's estimators, NLTK's tokenizer.

Loaded by `encoder.py` from this file, beside student code: it imports nothing of ours and no library.
"""

import builtins
import sys
from typing import Any

# Functions look names up in the `__builtins__` of their module: a copy of its own keeps `open = None` out.
globals()["__builtins__"] = dict(vars(builtins))

ESTIMATORS = ("MinMaxScaler", "StandardScaler", "CountVectorizer", "TfidfVectorizer", "LabelEncoder")
Node = dict[str, Any]


def estimator(encoder: Any, _sklearn: Any, value: Any, depth: int) -> Node | None:
    """A scaler, an encoder or a vectorizer: its parameters and what `fit` left behind."""
    name = type(value).__name__
    if name not in ESTIMATORS or not type(value).__module__.startswith("sklearn."):
        return None
    # scikit-learn takes NumPy's scalar types for `dtype`; their names cross
    params = {k: p.__name__ if type(p) is type else p for k, p in value.get_params(deep=False).items()}
    fitted = {k: found for k, found in vars(value).items() if k.endswith("_") and not k.startswith("_")}
    if "_tfidf" in vars(value) and hasattr(value, "idf_"):
        fitted["idf_"] = value.idf_
    node = {"kind": "sklearn", "class": name, "params": encoder.node(params, depth + 1)}
    if type(fitted.get("vocabulary_")) is dict:
        node["vocabulary"] = encoder.vocabulary(fitted.pop("vocabulary_"))
    return {**node, "fitted": encoder.node(fitted, depth + 1)}


def tokenizer(encoder: Any, _nltk: Any, value: Any, _depth: int) -> Node | None:
    """NLTK's RegexpTokenizer itself."""
    if type(value).__name__ != "RegexpTokenizer" or not type(value).__module__.startswith("nltk."):
        return None
    return {
        "kind": "regexp_tokenizer",
        "pattern": encoder.text(value._pattern),
        "flags": int(value._flags),
        "gaps": bool(value._gaps),
        "discard_empty": bool(value._discard_empty),
    }


def method(encoder: Any, value: Any, depth: int) -> Node | None:
    """The method `tokenize` of such a tokenizer, which is what vectorizers are given; None for other methods."""
    if value.__name__ != "tokenize" or "nltk" not in sys.modules:
        return None
    of = tokenizer(encoder, None, value.__self__, depth)
    return of and {"kind": "regexp_tokenize", "of": of}
