"""How a failed check speaks: what was expected, what came, the likely cause, and one hint."""

from typing import NamedTuple


class Said(NamedTuple):
    """One sentence in both languages of the course."""

    ko: str
    en: str


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
