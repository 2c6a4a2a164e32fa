"""Equality of plain values: text, numbers that are counted, lists, dictionaries, sets."""

from typing import Any

import numpy as np

from autograder.checks.arrays import LOOK_AT_THE_STEP, as_array
from autograder.checks.messages import NOT_FILLED_IN, Said, fault, is_blank, short, some

_SEQUENCE = (list, tuple)
_SET = (set, frozenset)
_A_VOCABULARY = 20  # words; of smaller collections nobody asks what they were fitted on


def expect_equal(value: object, expected: object, name: str) -> None:
    """`value` is the expected one, exactly.

    What holds values in a row is compared by its items: a list, a tuple and an array of equal items are equal
    here. NumPy's numbers and texts count as Python's. True is not 1, and NaN equals nothing.
    """
    found, wanted = plain(value), plain(expected)
    if not same(found, wanted):
        raise fault(
            name,
            expected=short(wanted),
            got=short(found) if not is_blank(value) else type(value).__name__,
            cause=_why(found, wanted),
            hint=LOOK_AT_THE_STEP,
        )


def plain(value: Any) -> Any:
    """`value` with arrays, tensors, tables' columns and NumPy's scalars as Python's own lists and numbers."""
    if isinstance(value, _SEQUENCE):
        return type(value)(map(plain, value)) if type(value) in _SEQUENCE else [plain(one) for one in value]
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, _SET):
        return {plain(one) for one in value}
    if isinstance(value, str):
        return str(value)
    if hasattr(value, "dtype") or hasattr(value, "dtypes"):
        try:
            return as_array(value).tolist()
        except (TypeError, ValueError):  # a symbolic tensor has no values
            return value
    return value


def same(found: Any, wanted: Any) -> bool:
    """Whether two plain values are equal, part by part."""
    if isinstance(wanted, _SEQUENCE):
        return (
            isinstance(found, _SEQUENCE)
            and len(found) == len(wanted)
            and all(same(one, other) for one, other in zip(found, wanted, strict=True))
        )
    if isinstance(wanted, dict):
        return (
            isinstance(found, dict)
            and found.keys() == wanted.keys()
            and all(same(found[key], item) for key, item in wanted.items())
        )
    if isinstance(found, bool) != isinstance(wanted, bool):
        return False
    return bool(found == wanted)


def _why(found: Any, wanted: Any) -> Said:
    if is_blank(found):
        return NOT_FILLED_IN
    if isinstance(wanted, dict) and isinstance(found, dict):
        return _why_dicts_differ(found, wanted)
    if isinstance(wanted, _SET) and isinstance(found, _SET):
        return _missing(wanted - found, found - wanted, len(wanted & found))
    if isinstance(wanted, _SEQUENCE) and isinstance(found, _SEQUENCE):
        return _why_rows_differ(list(found), list(wanted))
    if isinstance(wanted, str) and isinstance(found, str):
        return _why_texts_differ(found, wanted)
    if _is_number(found) and _is_number(wanted):
        if abs(found - wanted) == 1:
            return Said("하나 어긋났습니다 (off by one).", "It is off by one.")
        if abs(found - wanted) < 1e-6:
            return Said("반올림 오차가 있습니다.", "It differs by a rounding error.")
        return Said("다른 수입니다.", "It is another number.")
    return Said(
        f"{type(wanted).__name__}이(가) 필요한데 {type(found).__name__}입니다.",
        f"A {type(wanted).__name__} is asked for, and this is a {type(found).__name__}.",
    )


def _why_dicts_differ(found: dict[Any, Any], wanted: dict[Any, Any]) -> Said:
    missing, extra = wanted.keys() - found.keys(), found.keys() - wanted.keys()
    if missing or extra:
        return _missing(missing, extra, len(wanted.keys() & found.keys()))
    wrong = [key for key, item in wanted.items() if not same(found[key], item)]
    key = wrong[0]
    detail = f"{short(key, 40)}: {short(wanted[key], 40)} → {short(found[key], 40)}"
    return Said(
        f"값이 다른 키 {len(wrong)}개, 첫째는 {detail}",
        f"{len(wrong)} keys have other values, first {detail}",
    )


def _why_rows_differ(found: list[Any], wanted: list[Any]) -> Said:
    if len(found) == len(wanted):
        if sorted(map(repr, found)) == sorted(map(repr, wanted)):
            return Said("항목은 같지만 순서가 다릅니다.", "The items are right but in another order.")
        where = next(
            at for at, (one, other) in enumerate(zip(found, wanted, strict=True)) if not same(one, other)
        )
        detail = f"{short(wanted[where], 40)} → {short(found[where], 40)}"
        return Said(f"{where}번째부터 다릅니다: {detail}", f"They differ from position {where} on: {detail}")
    if abs(len(found) - len(wanted)) == 1:
        return Said(
            f"하나 어긋났습니다 (off by one): {len(wanted)}개가 아니라 {len(found)}개입니다.",
            f"Off by one: {len(found)} items instead of {len(wanted)}.",
        )
    return Said(
        f"{len(wanted)}개가 아니라 {len(found)}개입니다.",
        f"There are {len(found)} items instead of {len(wanted)}.",
    )


def _missing(missing: Any, extra: Any, kept: int) -> Said:
    """What is missing and what is there unasked; `kept` is how many of the expected ones are there."""
    if kept >= _A_VOCABULARY and not missing:
        return Said(
            f"모두 있고 {len(extra)}개가 더 있습니다: 시험 자료까지 넣어 fit했을 수 있습니다.",
            f"All are there and {len(extra)} more: it was fitted on more data, the test part perhaps.",
        )
    left, right = some(sorted(map(repr, missing))), some(sorted(map(repr, extra)))
    return Said(f"빠진 것: {left}; 더 있는 것: {right}", f"Missing: {left}; not asked for: {right}")


def _why_texts_differ(found: str, wanted: str) -> Said:
    if found.strip() == wanted.strip():
        return Said("앞뒤의 빈칸이나 줄바꿈이 다릅니다.", "Only blanks or line breaks around it differ.")
    if found.casefold() == wanted.casefold():
        return Said("대문자와 소문자만 다릅니다.", "Only upper and lower case differ.")
    return Said("다른 글입니다.", "It is another text.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)
