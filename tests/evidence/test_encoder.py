"""What the kernel writes about values that lie, break, or are too large."""

import builtins
import functools
import inspect
from collections import Counter, OrderedDict

import numpy as np
import pytest

from autograder.errors import EvidenceError
from autograder.evidence.bundle import read_drop
from autograder.evidence.collector import collect
from autograder.evidence.standins import FunctionStandIn, UnsupportedStandIn


class LyingClass:
    @property
    def __class__(self):
        raise SystemExit("not telling")


class Everything:
    def __eq__(self, other):
        return True

    __hash__ = None

    def __len__(self):
        raise KeyboardInterrupt

    def __array__(self, *args, **kwargs):
        raise MemoryError

    def __reduce__(self):
        return (exec, ("raise AssertionError('code ran')",))

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __repr__(self):
        raise RuntimeError("no repr")


class LyingArray(np.ndarray):
    def tobytes(self, *args):
        raise SystemExit

    def __array__(self, *args, **kwargs):
        return np.full(3, 99.0)

    def astype(self, *args, **kwargs):
        return np.full(3, 99.0)

    @property
    def dtype(self):
        raise SystemExit

    @property
    def shape(self):
        return (10**9,)


class Meta(type):
    @property
    def __module__(cls):
        raise RuntimeError("no module")


class Unnamed(metaclass=Meta):
    pass


@pytest.mark.parametrize(
    "make",
    [
        LyingClass,
        Everything,
        Unnamed,
        object,
        lambda: {object()},
        lambda: bytearray(1),
        lambda: np.ma.zeros(2),
    ],
)
def test_what_cannot_be_carried_costs_only_itself(collected, make):
    liar = make()
    evidence = collected({"liar": liar, "inside": [1, liar], "honest": 7})
    assert evidence.status("liar") == "unsupported"
    assert type(evidence.value("liar")) is UnsupportedStandIn
    assert type(evidence.value("inside")[1]) is UnsupportedStandIn
    assert evidence.value("honest") == 7


def test_an_array_subclass_crosses_as_the_data_it_holds(collected):
    value = collected({"x": np.arange(3.0).view(LyingArray)}).value("x")
    assert type(value) is np.ndarray
    assert value.tolist() == [0, 1, 2]


def test_a_subclass_of_a_plain_type_does_not_pass_for_one(collected):
    class Agreeable(int):
        def __eq__(self, other):
            return True

        __hash__ = int.__hash__

    assert collected({"x": Agreeable(3)}).status("x") == "unsupported"


@pytest.mark.parametrize("value", [Counter("aab"), OrderedDict(a=1), {"a": {"b": (1, None)}}])
def test_the_standard_dicts_cross_as_dicts(collected, value):
    found = collected({"x": value}).value("x")
    assert type(found) is dict
    assert found == dict(value)


def loop() -> list[object]:
    endless: list[object] = []
    endless.extend([endless] * 3)
    return endless


def nested(depth: int) -> list[object]:
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (loop(), "nested deeper"),
        (nested(500), "nested deeper"),
        ([0] * 10_001, "more than 10,000 items"),
        ("x" * 1_000_001, "1,000,000 characters"),
        ([["a"] * 9_000] * 20, "more values"),
        (["x" * 900_000] * 10, "more bytes of text"),
        (np.zeros(200_000), "more bytes in arrays"),
        (np.broadcast_to(np.zeros(1), (10**12,)), "more bytes in arrays"),
        (np.array([None] * 2_000_000, dtype=object), "more bytes of text"),
        (10**2000, "too large"),
        ("\ud800", "surrogate"),
    ],
)
def test_over_a_limit_says_which_and_leaves_room_for_the_rest(collected, value, reason):
    evidence = collected({"huge": value, "small": np.ones(3)}, max_bytes=1_000_000)
    assert evidence.status("huge") == "unsupported"
    assert reason in repr(evidence.value("huge"))
    assert evidence.value("small").tolist() == [1, 1, 1]


def test_absent_names_are_absent(collected):
    evidence = collected({"x": None}, "x", "y")
    assert (evidence.status("x"), evidence.status("y")) == ("present", "absent")
    assert evidence.status("z") == "not_collected"
    with pytest.raises(EvidenceError, match="y: no evidence for q1: not defined"):
        evidence.value("y")


def test_replaced_builtins_do_not_reach_the_collector(tmp_path, monkeypatch):
    for name in ("open", "abs", "callable", "vars"):
        monkeypatch.setattr(builtins, name, None)
    collect("q1", ["x"], str(tmp_path / "q1"), namespace={"x": [1, 2.0, "a", {"b": np.int64(4)}]})
    monkeypatch.undo()
    items = read_drop(tmp_path / "q1").tree["names"]["x"]["items"]
    assert [one["kind"] for one in items] == ["int", "float", "str", "dict"]


class Callable:
    def __call__(self, a):
        return a

    def method(self, a, /, *b, c=1, **d):
        return a


class LyingSignature:
    __signature__ = "nonsense"

    def __call__(self):
        return 1


@pytest.mark.parametrize(
    ("value", "parameters"),
    [
        (lambda a, b=2: a, ["a", "b"]),
        (functools.partial(lambda a, b=2: a, 1), ["b"]),
        (Callable(), ["a"]),
        (Callable().method, ["a", "b", "c", "d"]),
        (Callable, []),
        (len, ["obj"]),
        (LyingSignature(), None),
        (np.mean, None),
    ],
)
def test_anything_callable_crosses_as_a_function(collected, value, parameters):
    stand_in = collected({"f": value}).value("f")
    assert type(stand_in) is FunctionStandIn
    assert callable(stand_in)
    assert stand_in.__name__ == "f"
    if parameters is not None:
        assert list(inspect.signature(stand_in).parameters) == parameters


def test_a_function_inside_a_container_does_not_cross(collected):
    assert "do not cross" in repr(collected({"x": [len]}).value("x")[0])
