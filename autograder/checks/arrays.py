"""Checks on numbers and arrays of numbers.

NaN and infinity never pass. Values are compared in the order in which they lie, whatever the shape:
a column and a flat row with equal values are equal here, and `expect_shape` tells them apart.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from autograder.checks.messages import Said, fault

Numbers = NDArray[np.float64]

LOOK_AT_THE_STEP = Said(
    "이 값을 만든 단계로 돌아가 첫 몇 개 값을 print로 확인하세요.",
    "Go back to the step that made this value and print its first few entries.",
)


def as_numbers(value: object, name: str) -> Numbers:
    """`value` as an array of float64; anything that is not all numbers is a fault."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":  # NumPy would turn None into NaN and "115" into 115
            raise TypeError(array.dtype)
        return array.astype(np.float64)
    except (TypeError, ValueError):
        raise fault(
            name,
            expected="숫자 배열 numbers",
            got=type(value).__name__,
            cause=Said(
                "값이 아직 채워지지 않았거나 길이가 서로 다른 목록입니다.",
                "The value is not filled in yet, or it is a list of rows of unequal length.",
            ),
            hint=LOOK_AT_THE_STEP,
        ) from None


def expect_shape(value: object, shape: Sequence[int], name: str) -> None:
    """`value` has exactly this shape."""
    found = as_numbers(value, name).shape
    if found != tuple(shape):
        raise fault(
            f"{name}.shape",
            expected=tuple(shape),
            got=found,
            cause=_why_shapes_differ(found, tuple(shape)),
            hint=Said(
                f"print({name}.shape)을 각 단계 뒤에 넣어 어디서 달라지는지 찾으세요.",
                f"Put print({name}.shape) after each step and see where it changes.",
            ),
        )


def expect_close(value: object, expected: object, name: str, *, tolerance: float = 1e-6) -> None:
    """Every number of `value` is within `tolerance` of the expected one."""
    found, wanted = as_numbers(value, name).ravel(), as_numbers(expected, name).ravel()
    if found.size != wanted.size:
        raise fault(
            name,
            expected=f"{wanted.size} values",
            got=f"{found.size} values",
            cause=Said("개수가 다릅니다.", "There are too many or too few values."),
            hint=LOOK_AT_THE_STEP,
        )
    is_close = np.abs(found - wanted) <= tolerance  # False where either is NaN
    if not is_close.all():
        where = int(np.argmin(is_close))
        raise fault(
            f"{name}: {int((~is_close).sum())} of {found.size} values differ, the first at {where}",
            expected=f"{wanted[where]:.6g}",
            got=f"{found[where]:.6g}",
            cause=_why_values_differ(found, wanted, tolerance),
            hint=LOOK_AT_THE_STEP,
        )


def expect_within(value: object, low: float, high: float, name: str) -> None:
    """Every number of `value` lies in [low, high]; a rounding error of 1e-6 is let pass."""
    found = as_numbers(value, name)
    smallest, largest = (float(found.min()), float(found.max())) if found.size else (np.nan, np.nan)
    if not (low - 1e-6 <= smallest and largest <= high + 1e-6):
        raise fault(
            name,
            expected=f"[{low:g}, {high:g}]",
            got=f"[{smallest:g}, {largest:g}]",
            cause=Said(
                "정규화하지 않은 데이터이거나 NaN이 들어 있습니다.",
                "The data was not scaled, or there is a NaN in it.",
            ),
            hint=LOOK_AT_THE_STEP,
        )


def expect_below(value: object, threshold: float, name: str) -> None:
    """One number, below the threshold."""
    found = as_numbers(value, name)
    number = float(found.ravel()[0]) if found.size == 1 else np.nan
    if not -np.inf < number < threshold:
        raise fault(
            name,
            expected=f"< {threshold:.4g}",
            got=f"{number:.4g}" if found.size == 1 else f"{found.size} values",
            cause=Said(
                "모델이 충분히 배우지 못했거나, 배운 입력이 시계열의 창과 다릅니다.",
                "The model has not learnt enough, or it learnt on windows that are not the series' own.",
            ),
            hint=Said(
                "손실 그래프가 아직 내려가는 중인지, 에포크 수가 100인지 확인하세요.",
                "See whether the loss curve is still falling and whether there were 100 epochs.",
            ),
        )


def _why_shapes_differ(found: tuple[int, ...], wanted: tuple[int, ...]) -> Said:
    if sorted(found) == sorted(wanted):
        return Said("축의 순서가 바뀌었습니다.", "The axes are in another order.")
    if len(found) != len(wanted):
        return Said("축의 개수가 다릅니다.", "The number of axes differs.")
    if all(abs(one - other) <= 1 for one, other in zip(found, wanted, strict=True)):
        return Said(
            "창의 개수가 하나 어긋났습니다 (off by one).",
            "There is one window too many or too few (off by one).",
        )
    return Said("한 축의 길이가 다릅니다.", "The length of an axis differs.")


def _why_values_differ(found: Numbers, wanted: Numbers, tolerance: float) -> Said:
    def same(one: Numbers, other: Numbers) -> bool:
        return bool(one.size) and bool((np.abs(one - other) <= tolerance).all())

    if not np.isfinite(found).all():
        return Said("NaN이나 무한대가 들어 있습니다.", "There is a NaN or an infinity in it.")
    if same(np.sort(found), np.sort(wanted)):
        return Said(
            "값은 같지만 순서가 섞였습니다.", "The values are right but in another order: they were shuffled."
        )
    if same(found[1:], wanted[:-1]) or same(found[:-1], wanted[1:]):
        return Said("한 칸 밀렸습니다.", "Everything is shifted by one place.")
    if found.min() >= 0 and found.max() <= 1 and wanted.max() > 1:
        return Said("아직 0과 1 사이의 정규화된 값입니다.", "These are still scaled values between 0 and 1.")
    if wanted.min() >= 0 and wanted.max() <= 1 and found.max() > 1:
        return Said("정규화하지 않은 값입니다.", "These values were not scaled.")
    return Said("다른 데이터나 다른 식으로 계산했습니다.", "Other data or another formula went in.")
