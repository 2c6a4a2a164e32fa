"""How a failed check speaks: what was expected, what came, the likely cause, and one hint."""

from collections.abc import Iterable
from typing import NamedTuple

_SHOWN = 4


class Said(NamedTuple):
    """One sentence in both languages of the course."""

    ko: str
    en: str


NOT_FILLED_IN = Said(
    "값이 아직 채워지지 않았습니다 (... 또는 None).",
    "The value is not filled in yet (it is ... or None).",
)


def fault(what: str, *, expected: object, got: object, cause: Said, hint: Said) -> AssertionError:
    """The error a failed check raises; `what` is the name of the thing that was looked at."""
    return AssertionError(
        f"{what}\n"
        f"기댓값 expected: {expected}\n"
        f"실제값 got: {got}\n"
        f"짐작되는 원인: {cause.ko}\n"
        f"likely cause: {cause.en}\n"
        f"힌트: {hint.ko}\n"
        f"hint: {hint.en}"
    )


def is_blank(value: object) -> bool:
    """Whether a student left the value as the starter has it."""
    return value is None or value is ...


def some(values: Iterable[object]) -> str:
    """The first few values, and how many there are more."""
    shown = [str(value) for value in values]
    more = len(shown) - _SHOWN
    return ", ".join(shown[:_SHOWN]) + (f" + {more} more" if more > 0 else "") if shown else "-"


def short(value: object, limit: int = 120) -> str:
    """`repr` of a value, cut where it gets long."""
    text = repr(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
