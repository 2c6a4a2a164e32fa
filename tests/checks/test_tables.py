from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from autograder import checks

Message = Callable[..., str]


def air(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(columns or {"Month": ["a", "b"], "#Passengers": [112, 118]})


def test_columns_and_index_pass_as_list_index_or_array() -> None:
    table = air().set_index("Month")
    checks.expect_columns(table, ["#Passengers"], "air")
    checks.expect_columns(table, table.columns, "air")
    checks.expect_index(table, ["a", "b"], "air", index_name="Month")
    checks.expect_index(table["#Passengers"], np.array(["a", "b"]), "air")
    checks.expect_index(air(), range(2), "air")


def test_dates_of_an_index_are_compared_as_dates() -> None:
    months = pd.date_range("1949-01", periods=3, freq="MS")
    checks.expect_index(pd.DataFrame({"x": [1, 2, 3]}, index=months), months, "air")


@pytest.mark.parametrize(
    ("table", "columns", "cause"),
    [
        (air(), ["#Passengers", "Month"], "another order"),
        (air(a=[1], b=[2]), ["a"], "Missing: -; not asked for: 'b'"),
        (air(**{"Unnamed: 0": [1], "a": [2]}), ["a"], "came back as a column"),
        (air().set_index("Month"), ["Month", "#Passengers"], "Month has become the index"),
        (pd.DataFrame([[1, 2]]), ["sentence", "label"], "numbered"),
        (air(phraseid=[1], **{" Phrase": ["x"]}), ["PhraseId", "Phrase"], "Only case or blanks"),
        (air(**{"PhraseId\tPhrase": ["1\tx"]}), ["PhraseId", "Phrase"], "separator"),
        (air(**{"So good": ["Bad"], "1": [0]}), ["sentence", "label"], "first line of the file"),
    ],
)
def test_other_columns_name_their_cause(
    table: pd.DataFrame, columns: list[str], cause: str, message: Message
) -> None:
    assert cause in message(checks.expect_columns, table, columns, "air")


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        (air(), "numbered from 0"),
        (pd.DataFrame({"x": [1, 2]}, index=["b", "a"]), "another order"),
        (pd.DataFrame({"x": [1, 2]}, index=["x", "y"]), "Another column is the index"),
        (pd.DataFrame({"x": [1, 2, 3]}, index=["a", "b", "c"]), "dropna"),
        (pd.DataFrame({"x": [1]}, index=["a"]), "too few rows"),
    ],
)
def test_another_index_names_its_cause(table: pd.DataFrame, cause: str, message: Message) -> None:
    assert cause in message(checks.expect_index, table, ["a", "b"], "air")


def test_an_index_of_another_kind_is_told_from_another_index(message: Message) -> None:
    said = message(checks.expect_index, pd.DataFrame({"x": [1, 2]}, index=["3", "4"]), [3, 4], "phrases")
    assert "Texts stand where values should" in said
    assert "expected: 3 at 0, 2 labels" in said


@pytest.mark.parametrize(
    ("table", "cause"), [(air(), "still an ordinary column"), (air(x=[1, 2]), "Another column is the index")]
)
def test_the_name_of_the_index_is_looked_at_where_it_is_asked_for(
    table: pd.DataFrame, cause: str, message: Message
) -> None:
    assert cause in message(checks.expect_index, table, ["a", "b"], "air", index_name="Month")


def test_one_column_is_no_table(message: Message) -> None:
    said = message(checks.expect_columns, air()["Month"], ["Month"], "air")
    assert "got: Series" in said
    assert "one column" in said
