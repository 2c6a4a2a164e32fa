"""Stand-ins: a test that touches one fails with a sentence, and a function's stand-in calls through."""

import copy
import inspect
import math
import operator
import pickle

import numpy as np
import pandas as pd
import pytest

from autograder.errors import EvidenceError
from autograder.evidence.standins import FunctionStandIn, UnsupportedStandIn, signature_of

TOUCHES = [
    lambda x: x.shape,
    lambda x: setattr(x, "a", 1),
    lambda x: delattr(x, "a"),
    lambda x: hasattr(x, "shape"),
    lambda x: x(),
    lambda x: x[0],
    lambda x: operator.setitem(x, 0, 1),
    lambda x: list(x),
    lambda x: 1 in x,
    lambda x: len(x),
    lambda x: bool(x),
    lambda x: float(x),
    lambda x: int(x),
    lambda x: round(x),
    lambda x: math.floor(x),
    lambda x: str(x),
    lambda x: f"{x}",
    lambda x: hash(x),
    lambda x: x == 1,
    lambda x: 1 == x,  # noqa: SIM300
    lambda x: x != x,
    lambda x: x < 1,
    lambda x: x + 1,
    lambda x: 1 - x,
    lambda x: np.zeros(2) * x,
    lambda x: -x,
    lambda x: abs(x),
    lambda x: isinstance(x, np.ndarray),
    lambda x: np.asarray(x),
    lambda x: np.allclose(x, 1),
    lambda x: np.zeros(2) == x,
    lambda x: pd.Series(x),
    lambda x: pd.DataFrame({"a": x}),
    lambda x: copy.deepcopy(x),
    lambda x: pickle.dumps(x),
    lambda x: x.__class__,
    lambda x: vars(x),
    lambda x: dir(x),
    lambda x: sorted([x, x]),
    lambda x: next(x),
    lambda x: pytest.approx(1.0) == x,
]


@pytest.mark.parametrize("touch", range(len(TOUCHES)))
def test_every_touch_of_an_unsupported_value_fails_with_the_sentence(touch):
    stand_in = UnsupportedStandIn("model", "mine.Model", "subclasses do not cross")
    with pytest.raises(
        EvidenceError, match=r"model: expected data a test can read, got mine\.Model: subclasses do"
    ):
        TOUCHES[touch](stand_in)


class Recorder:
    def __init__(self):
        self.calls = []

    def call(self, question, name, args, kwargs):
        self.calls.append((question, name, args, kwargs))
        return 42


def test_a_function_stand_in_calls_through():
    recorder = Recorder()
    signature = signature_of(
        [("a", inspect.Parameter.POSITIONAL_OR_KEYWORD, False), ("b", inspect.Parameter.KEYWORD_ONLY, True)]
    )
    stand_in = FunctionStandIn("f", "q3", signature, recorder)
    assert stand_in(1, b=2) == 42
    assert recorder.calls == [("q3", "f", (1,), {"b": 2})]
    assert stand_in.__name__ == "f"
    assert str(inspect.signature(stand_in)) == "(a, *, b=Ellipsis)"


def test_a_function_without_a_caller_can_only_be_looked_at():
    with pytest.raises(EvidenceError, match="not called"):
        FunctionStandIn("f", "q3", None, None)()
