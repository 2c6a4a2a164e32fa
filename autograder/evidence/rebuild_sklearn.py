"""Rebuilds scikit-learn's scalers, encoders and text vectorizers from their parameters and fitted arrays."""

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
_DTYPES = {"int32": np.int32, "int64": np.int64, "float32": np.float32, "float64": np.float64}


def _estimator(decoder: Decoder, node: Node) -> Any:
    name = decoder.text(node, "class")
    if name not in _FITTED:
        raise decoder.wrong(f"scikit-learn's {shown(name)} does not cross")
    params = _mapping(decoder, node, "params")
    fitted = _mapping(decoder, node, "fitted")
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


def _class(name: str) -> Any:
    from sklearn import preprocessing
    from sklearn.feature_extraction import text

    return getattr(text if name.endswith("Vectorizer") else preprocessing, name)


SKLEARN_KINDS: dict[str, Decode] = {"sklearn": _estimator}
