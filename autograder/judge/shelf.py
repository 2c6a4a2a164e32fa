"""Rebuilt models that a test case left as they were, for the next case that asks for the same.

Rebuilding a Keras model is what a judge spends most of its time on. Every test case is still promised values
that no other has touched: a model leaves the shelf again only if its configuration, compile settings,
weights, trainable flags, optimizer state and attributes are those it was handed out with; it is in no two
hands at once.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.evidence.bundle import QuestionEvidence
from autograder.evidence.standins import Caller


@dataclass
class Shelf:
    """One source's models: the submission's, or the reference's."""

    _lying: dict[str, list[tuple[Any, str]]] = field(default_factory=dict)
    _lent: list[tuple[str, Any, str]] = field(default_factory=list)

    def value(self, evidence: QuestionEvidence, name: str, caller: Caller | None) -> object:
        """The variable, rebuilt or as good as that.

        Raises:
            EvidenceError: it is not there, or breaks a rule.
        """
        key = evidence.model_key(name)
        if key is None:
            return evidence.value(name, caller=caller)
        lying = self._lying.setdefault(key, [])
        while lying:
            model, state = lying.pop()
            if _state(model) == state:
                break
        else:
            model = evidence.value(name, caller=caller)
            state = _state(model)
        self._lent.append((key, model, state))
        return model

    def take_back(self) -> None:
        """After a test case; whether a model is as it was is looked at when somebody asks for it again."""
        for key, model, state in self._lent:
            self._lying[key].append((model, state))
        self._lent.clear()


def _state(model: Any) -> str:
    """A hash of all that a test can change in a model; a model that cannot be asked is never the same."""
    try:
        parts: list[Callable[[], object]] = [
            model.to_json,
            lambda: model.get_compile_config() if model.compiled else None,
            lambda: [variable.trainable for variable in model.variables],
            lambda: [_attributes(layer) for layer in model._flatten_layers()],
        ]
        digest = hashlib.sha256(json.dumps([part() for part in parts], default=str).encode())
        optimizer = getattr(model, "optimizer", None)  # a Sequential that was never compiled lacks it
        for variable in [*model.variables, *(optimizer.variables if optimizer else ())]:
            digest.update(np.ascontiguousarray(variable.numpy()).reshape(-1).view(np.uint8).data)
        return digest.hexdigest()
    except Exception:  # whatever a test did to it
        return f"unlike any other: {id(object())}"


def _attributes(layer: object) -> list[str]:
    """The attributes that hold something: recurrent layers get empty ones for dropout when they are called."""
    return sorted(name for name, value in vars(layer).items() if value is not None)
