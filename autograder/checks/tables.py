"""Checks on tables (pandas data frames): their columns and their index."""

from collections.abc import Iterable
from typing import Any

from autograder.checks.exact import plain, same
from autograder.checks.messages import NOT_FILLED_IN, Said, fault, is_blank, short, some

LOOK_AT_THE_TABLE = Said(
    "표의 head()를 print해서 열 이름과 인덱스를 본문과 비교하세요.",
    "Print head() of the table and compare its columns and index with the text.",
)


def expect_columns(frame: Any, columns: Iterable[object], name: str) -> None:
    """The table has exactly these columns, in this order."""
    _expect_table(frame, name)
    found, wanted = plain(list(frame.columns)), plain(list(columns))
    if not same(found, wanted):
        raise fault(
            f"{name}.columns",
            expected=short(wanted),
            got=short(found),
            cause=_why_columns_differ(found, wanted, plain(getattr(frame.index, "name", None))),
            hint=LOOK_AT_THE_TABLE,
        )


def expect_index(frame: Any, values: Iterable[object], name: str, *, index_name: str | None = None) -> None:
    """The rows of a table or of one column of it are labelled with these values, in this order.

    The index's own name is looked at only where `index_name` is given.
    """
    if getattr(frame, "index", None) is None or callable(frame.index):  # a list has a method of that name
        _expect_table(frame, name)
    own_name = plain(frame.index.name)
    if index_name is not None and own_name != index_name:
        raise fault(
            f"{name}.index.name",
            expected=repr(index_name),
            got=repr(own_name),
            cause=_why_index_names_differ(index_name, [str(one) for one in getattr(frame, "columns", ())]),
            hint=LOOK_AT_THE_TABLE,
        )
    found, wanted = plain(list(frame.index)), plain(list(values))
    if not same(found, wanted):
        where = next(
            (at for at, pair in enumerate(zip(found, wanted, strict=False)) if not same(*pair)), None
        )
        raise fault(
            f"{name}.index",
            expected=f"{len(wanted)} labels"
            if where is None
            else f"{short(wanted[where], 60)} at {where}, {len(wanted)} labels",
            got=f"{len(found)} labels"
            if where is None
            else f"{short(found[where], 60)} at {where}, {len(found)} labels",
            cause=_why_indexes_differ(found, wanted),
            hint=LOOK_AT_THE_TABLE,
        )


def _expect_table(frame: Any, name: str) -> None:
    if not (hasattr(frame, "columns") and hasattr(frame, "index")):
        raise fault(
            name,
            expected="pandas DataFrame",
            got=type(frame).__name__,
            cause=NOT_FILLED_IN
            if is_blank(frame)
            else Said(
                "표가 아니라 배열, 목록 또는 열 하나입니다.",
                "It is an array, a list or one column, not a table.",
            ),
            hint=LOOK_AT_THE_TABLE,
        )


def _why_columns_differ(found: list[Any], wanted: list[Any], index_name: Any) -> Said:
    missing = [one for one in wanted if one not in found]
    extra = [one for one in found if one not in wanted]
    if not missing and not extra:
        return Said(
            "열의 순서가 다르거나 두 번 있습니다.", "The columns are in another order, or one is there twice."
        )
    if any(str(one).startswith("Unnamed:") for one in extra):
        return Said(
            "파일에 저장된 인덱스가 열로 들어왔습니다.",
            "The index that was written to the file came back as a column.",
        )
    if index_name is not None and missing == [index_name]:
        return Said(
            f"{index_name} 열이 인덱스가 되었습니다.", f"The column {index_name} has become the index."
        )
    if all(isinstance(one, int) for one in found) and any(isinstance(one, str) for one in wanted):
        return Said(
            "열 이름을 주지 않아 번호가 붙었습니다.", "No names were given, so the columns are numbered."
        )
    if [str(one).strip().casefold() for one in found] == [str(one).strip().casefold() for one in wanted]:
        return Said("대소문자나 빈칸만 다릅니다.", "Only case or blanks in the names differ.")
    if len(found) == 1 < len(wanted):
        return Said(
            "열이 하나뿐입니다. 구분 기호가 다릅니다.", "There is one column only: the separator is another."
        )
    if len(found) == len(wanted) and missing == wanted:
        return Said(
            "파일의 첫 줄이 열 이름이 되었거나 이름을 주지 않았습니다.",
            "The first line of the file became the names, or no names were given.",
        )
    left, right = some(map(repr, missing)), some(map(repr, extra))
    return Said(f"빠진 열: {left}; 더 있는 열: {right}", f"Missing: {left}; not asked for: {right}")


def _why_index_names_differ(wanted: str, columns: list[str]) -> Said:
    if wanted in columns:
        return Said(f"{wanted}이(가) 아직 보통 열입니다.", f"{wanted} is still an ordinary column.")
    return Said("다른 열이 인덱스이거나 인덱스가 없습니다.", "Another column is the index, or none is.")


def _why_indexes_differ(found: list[Any], wanted: list[Any]) -> Said:
    if len(found) == len(wanted):
        if sorted(map(repr, found)) == sorted(map(repr, wanted)):
            return Said(
                "이름표는 같지만 행의 순서가 바뀌었습니다.",
                "The labels are right, but the rows are in another order.",
            )
        if found == list(range(len(found))):
            return Said(
                "인덱스를 정하지 않아 0부터 번호가 붙었습니다.",
                "No index was set: the rows are numbered from 0.",
            )
        if [str(one) for one in found] == [str(one) for one in wanted]:
            return Said(
                "글자와 값의 종류만 다릅니다.", "Texts stand where values should, or the other way round."
            )
        return Said("다른 열이 인덱스입니다.", "Another column is the index.")
    if len(found) > len(wanted):
        return Said(
            "버려야 할 행이 남아 있습니다 (dropna, head).",
            "Rows that should be gone are still there (dropna, head).",
        )
    return Said("행이 모자랍니다.", "There are too few rows.")
