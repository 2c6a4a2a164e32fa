from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from autograder import checks

Message = Callable[..., str]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int64(3), 3),
        (3.0, 3),
        (np.str_("cat"), "cat"),
        (np.True_, True),
        (("a", "b"), ["a", "b"]),
        (np.array([1, 2]), [1, 2]),
        (np.array(["a", "b"]), ("a", "b")),
        ([np.array([1, 2]), [3, 4]], [[1, 2], [3, 4]]),
        (pd.Series([1, 2]), [1, 2]),
        (pd.Index(["a"]), ["a"]),
        ({"a": np.float32(0.5), np.str_("b"): (1,)}, {"b": [1], "a": 0.5}),
        (frozenset({1, 2}), {2, 1}),
        (None, None),
    ],
)
def test_equal_values_pass_whatever_holds_them(value: object, expected: object) -> None:
    checks.expect_equal(value, expected, "value")


@pytest.mark.parametrize(
    ("value", "expected", "cause"),
    [
        (True, 1, "is asked for"),
        (1, True, "is asked for"),
        (float("nan"), float("nan"), "another number"),
        (12, 13, "off by one"),
        (0.3 - 1e-9, 0.3, "rounding"),
        (15, 13, "another number"),
        ("Cat", "cat", "upper and lower"),
        ("cat\n", "cat", "blanks or line breaks"),
        ("dog", "cat", "another text"),
        (3, "cat", "A str is asked for, and this is a int"),
        (["b", "a"], ["a", "b"], "another order"),
        (["a"], ["a", "b"], "Off by one: 1 items instead of 2"),
        (["a"] * 5, ["a", "b"], "5 items instead of 2"),
        (["a", "x", "y"], ["a", "b", "c"], "from position 1 on: 'b' → 'x'"),
        ({"a": 1}, {"a": 1, "b": 2}, "Missing: 'b'; not asked for: -"),
        ({"a": 2, "b": 2}, {"a": 1, "b": 2}, "1 keys have other values, first 'a': 1 → 2"),
        ({1, 2}, {1, 3}, "Missing: 3; not asked for: 2"),
        ([1, 2], {1, 2}, "A set is asked for"),
        ({}, [], "A list is asked for"),
        (..., "cat", "not filled in"),
    ],
)
def test_other_values_name_their_cause(value: object, expected: object, cause: str, message: Message) -> None:
    assert cause in message(checks.expect_equal, value, expected, "value")


def test_a_vocabulary_with_words_of_the_test_part_is_named(message: Message) -> None:
    learnt = {f"word{number}": number for number in range(40)}
    wanted = dict(list(learnt.items())[:30])
    said = message(checks.expect_equal, learnt, wanted, "vectorizer.vocabulary_")
    assert "All are there and 10 more: it was fitted on more data, the test part perhaps" in said
    assert "fitted on more data" in message(checks.expect_equal, set(learnt), set(wanted), "words")


@pytest.mark.parametrize("expected", [3, "text", [1], {"a": 1}])
def test_a_table_is_none_of_these(expected: object, message: Message) -> None:
    message(checks.expect_equal, pd.DataFrame({"x": [1, 2]}), expected, "value")


def test_a_long_value_is_cut_in_the_message(message: Message) -> None:
    assert len(message(checks.expect_equal, ["word"] * 5000, ["other"] * 5000, "tokens")) < 1000


def test_tensors_compare_by_their_numbers() -> None:
    torch = pytest.importorskip("torch")
    checks.expect_equal(torch.tensor([1, 2], requires_grad=False), [1, 2], "ids")
    checks.expect_equal(torch.Size([1, 3]), (1, 3), "shape")
