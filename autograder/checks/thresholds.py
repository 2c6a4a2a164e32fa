"""Checks of numbers against limits: a range, a threshold, a baseline, the value before."""

import numpy as np

from autograder.checks.arrays import LOOK_AT_THE_STEP, Numbers, as_numbers
from autograder.checks.messages import Said, fault

ROUNDING = 1e-6  # a float32 of 0.85 is a little less than 0.85

TRAIN_MORE = Said(
    "손실이 아직 내려가는 중인지 보고, 자료와 에포크 수와 설정을 본문과 비교하세요.",
    "See whether the loss is still falling, and compare data, number of epochs and settings with the text.",
)


def expect_within(value: object, low: float, high: float, name: str) -> None:
    """Every number of `value` lies in [low, high]; a rounding error of 1e-6 is let pass."""
    found = as_numbers(value, name)
    smallest, largest = (float(found.min()), float(found.max())) if found.size else (np.nan, np.nan)
    if not (low - ROUNDING <= smallest and largest <= high + ROUNDING):
        raise fault(
            name,
            expected=f"[{low:g}, {high:g}]",
            got=f"[{smallest:g}, {largest:g}]",
            cause=_why_outside(found, low, high),
            hint=LOOK_AT_THE_STEP,
        )


def expect_below(value: object, threshold: float, name: str) -> None:
    """One number, below the threshold: an error, say. The threshold itself does not pass."""
    found = as_numbers(value, name)
    number = one_number(found)
    if not -np.inf < number < threshold:
        raise fault(
            name,
            expected=f"< {threshold:.4g}",
            got=_shown(found),
            cause=_why_not_one(found)
            or Said(
                "모델이 충분히 배우지 못했거나, 본문과 다른 입력으로 배웠습니다.",
                "The model has not learnt enough, or it learnt from other inputs than the text says.",
            ),
            hint=TRAIN_MORE,
        )


def expect_above(value: object, threshold: float, name: str) -> None:
    """One number that reaches the threshold: an accuracy, say. The threshold itself passes.

    Accuracies come in steps, and `autograder calibrate` counts a run that just meets its threshold as a good one.
    """
    found = as_numbers(value, name)
    number = one_number(found)
    if not threshold - ROUNDING <= number < np.inf:
        raise fault(
            name,
            expected=f">= {threshold:.4g}",
            got=_shown(found),
            cause=_why_not_one(found) or _why_too_low(number, threshold),
            hint=TRAIN_MORE,
        )


def expect_better(
    value: object, baseline: object, name: str, *, lower_is_better: bool = False, by: float = 0.0
) -> None:
    """One number, better than the baseline's by more than `by`; as good as the baseline does not pass."""
    found, base = as_numbers(value, name), as_numbers(baseline, f"baseline of {name}")
    number, wanted = one_number(found), one_number(base)
    gain = wanted - number if lower_is_better else number - wanted
    if not (np.isfinite(number) and gain > by):
        sign = "<" if lower_is_better else ">"
        raise fault(
            name,
            expected=f"{sign} {wanted - by if lower_is_better else wanted + by:.4g}, baseline {wanted:.4g}",
            got=_shown(found),
            cause=_why_not_one(found) or _why_no_better(gain),
            hint=TRAIN_MORE,
        )


def expect_monotone(values: object, name: str, *, falling: bool = True) -> None:
    """The numbers never rise (or never fall), and the last differs from the first."""
    found = as_numbers(values, name).ravel()
    steps = np.diff(found) if falling else -np.diff(found)
    is_wrong = ~(steps <= 0)  # True for NaN
    is_flat = found.size > 1 and found[0] == found[-1]
    if found.size < 2 or is_wrong.any() or is_flat:
        where = int(np.argmax(is_wrong)) if is_wrong.any() else 0
        raise fault(
            name,
            expected="falling" if falling else "rising",
            got="constant"
            if is_flat and not is_wrong.any()
            else f"{found.size} values"
            if found.size < 2
            else f"{found[where]:.6g} → {found[where + 1]:.6g} at {where}",
            cause=_why_not_monotone(found, steps),
            hint=LOOK_AT_THE_STEP,
        )


def _why_outside(found: Numbers, low: float, high: float) -> Said:
    if not found.size:
        return Said("비어 있습니다.", "It is empty.")
    if not np.isfinite(found).all():
        return Said("NaN이나 무한대가 들어 있습니다.", "There is a NaN or an infinity in it.")
    if (low, high) in ((0, 1), (-1, 1)):
        return Said("정규화하지 않은 값입니다.", "The values were not scaled, or by other limits.")
    return Said("다른 식으로 계산했습니다.", "Another formula went in.")


def one_number(found: Numbers) -> float:
    """The number of an array of one, or NaN, which is on neither side of anything."""
    return float(found.ravel()[0]) if found.size == 1 else np.nan


def _shown(found: Numbers) -> str:
    return f"{one_number(found):.4g}" if found.size == 1 else f"{found.size} values"


def _why_not_one(found: Numbers) -> Said | None:
    if found.size != 1:
        return Said("숫자 하나가 아닙니다.", "It is not one number; a mean is missing, perhaps.")
    if not np.isfinite(found).all():
        return Said(
            "NaN이나 무한대입니다. 학습이 발산했거나 입력에 NaN이 있습니다.",
            "It is NaN or infinite: training blew up, or there is a NaN in the input.",
        )
    return None


def _why_too_low(number: float, threshold: float) -> Said:
    if 0 <= number <= 1 < threshold:
        return Said(
            "퍼센트가 아니라 0과 1 사이의 비율입니다.", "It is a share between 0 and 1, not a percentage."
        )
    return Said(
        "모델이 충분히 배우지 못했거나, 출력을 답으로 바꾸는 단계가 틀렸습니다.",
        "The model has not learnt enough, or the step from its outputs to answers is wrong.",
    )


def _why_no_better(gain: float) -> Said:
    if gain == 0:
        return Said(
            "기준과 똑같습니다. 모델이 언제나 같은 답을 합니다.",
            "It is exactly the baseline: the model gives the same answer to everything.",
        )
    if gain < 0:
        return Said(
            "기준보다 못합니다. 배우지 못했거나 답의 순서가 섞였습니다.",
            "It is worse than the baseline: nothing was learnt, or answers and questions are out of step.",
        )
    return Said("기준과 거의 같습니다.", "It is hardly better than the baseline.")


def _why_not_monotone(found: Numbers, steps: Numbers) -> Said:
    if found.size < 2:
        return Said("값이 두 개보다 적습니다.", "There are fewer than two values.")
    if not np.isfinite(found).all():
        return Said("NaN이나 무한대가 들어 있습니다.", "There is a NaN or an infinity in it.")
    if (steps == 0).all():
        return Said("값이 변하지 않습니다.", "The value never changes.")
    if (steps >= 0).all():
        return Said("방향이 반대입니다.", "It goes the other way.")
    return Said("오르내립니다.", "It goes up and down.")
