"""Checks on what a classifier says: probabilities, and the labels made of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks.arrays import Numbers, as_array, as_numbers
from autograder.checks.messages import NOT_FILLED_IN, Said, fault, is_blank

SUM_TOLERANCE = 1e-3  # float32 sums of a thousand classes are off by some 1e-5, of float16 by more
ROUNDING = 1e-6  # a softmax over one unit is 1 within this

FROM_PROBABILITIES = Said(
    "여러 열이면 행마다 argmax(axis=1 또는 -1), 한 열이면 0.5를 기준으로 0과 1을 정하세요.",
    "With several columns take argmax of each row (axis=1 or -1), with one column compare with 0.5.",
)
LAST_LAYER = Said(
    "마지막 층의 유닛 수와 활성화 함수를 보세요: 한 유닛은 sigmoid, 여럿은 softmax.",
    "Look at units and activation of the last layer: sigmoid for one unit, softmax for several.",
)
ARGMAX_OVER_THE_BATCH = Said(
    "argmax를 행(문서)이 아니라 묶음 축에 대해 구했습니다 (axis=0).",
    "argmax was taken over the batch axis (axis=0) instead of over the classes of each row.",
)


def expect_probabilities(value: object, name: str) -> None:
    """All numbers lie in [0, 1]; where there is more than one column, each row sums to 1.

    A flat row is one column. Several rows of one column that are all 1, but for rounding, fail, too: a softmax over
    a single unit says nothing else.
    """
    found = as_numbers(value, name)
    rows = found.reshape(-1, found.shape[-1]) if found.ndim > 1 else found.reshape(-1, 1)
    is_inside = bool(found.size) and bool((found >= 0).all() and (found <= 1 + ROUNDING).all())
    if not is_inside:
        smallest, largest = (found.min(), found.max()) if found.size else (np.nan, np.nan)
        raise fault(
            name,
            expected="[0, 1]",
            got=f"[{smallest:.4g}, {largest:.4g}]" if found.size else "0 values",
            cause=_why_outside(found),
            hint=LAST_LAYER,
        )
    if rows.shape[1] == 1:
        if rows.shape[0] > 1 and (np.abs(rows - 1) <= ROUNDING).all():
            raise fault(
                name,
                expected="probabilities that differ from row to row",
                got=f"1 in all {rows.shape[0]} rows",
                cause=Said(
                    "유닛이 하나인 softmax는 언제나 1입니다.", "A softmax over one unit is always exactly 1."
                ),
                hint=LAST_LAYER,
            )
        return
    sums = rows.sum(axis=1)
    worst = float(sums[np.argmax(np.abs(sums - 1))])
    if abs(worst - 1) > SUM_TOLERANCE:
        raise fault(
            f"{name}, sum of each row",
            expected="1",
            got=f"{worst:.4g}",
            cause=_why_sums_differ(rows),
            hint=LAST_LAYER,
        )


def expect_labels(value: object, expected: object, name: str, *, at_least: float = 1.0) -> None:
    """At least this share of the labels equals the expected ones, whole numbers or texts, place by place.

    (n,), (n, 1) and lists are the same here. Probabilities and one-hot rows are no labels.
    """
    if is_blank(value):
        raise fault(
            name, expected="labels", got=type(value).__name__, cause=NOT_FILLED_IN, hint=FROM_PROBABILITIES
        )
    wanted, found = _column(expected, "expected"), _labels(value, name)
    if found.shape != wanted.shape:
        raise fault(
            name,
            expected=f"{wanted.size} labels",
            got=f"shape {found.shape}",
            cause=_why_other_shape(found, wanted),
            hint=FROM_PROBABILITIES,
        )
    is_same = _equal(found, wanted)
    share = float(is_same.mean()) if is_same.size else 0.0
    if share < at_least:
        where = int(np.argmin(is_same)) if is_same.size else 0
        raise fault(
            f"{name}: {share:.1%} of {wanted.size} labels are right"
            + (f", the first wrong one at {where}" if is_same.size else ""),
            expected=f"at least {at_least:.1%}"
            + (f", {wanted[where]} at {where}" if is_same.size and at_least == 1 else ""),
            got=f"{share:.1%}" + (f", {found[where]} at {where}" if is_same.size else ""),
            cause=_why_labels_differ(found, wanted),
            hint=FROM_PROBABILITIES,
        )


def accuracy_of(predicted_labels: object, labels: object) -> float:
    """The share of labels that are right; (n,), (n, 1) and lists are the same here."""
    found, wanted = _labels(predicted_labels, "predicted labels"), _column(labels, "labels")
    if found.shape != wanted.shape or not wanted.size:
        raise fault(
            "predicted labels",
            expected=f"{wanted.size} labels",
            got=f"shape {found.shape}",
            cause=_why_other_shape(found, wanted),
            hint=FROM_PROBABILITIES,
        )
    return float(_equal(found, wanted).mean())


def labels_from(outputs: NDArray[Any]) -> NDArray[Any]:
    """One label per row: the place of the largest of several columns, or whether the only one is over 0.5."""
    rows = outputs.reshape(-1, 1) if outputs.ndim == 1 else outputs
    if rows.shape[-1] > 1:
        return np.asarray(rows.argmax(axis=-1))
    return (rows[..., 0] > 0.5).astype(np.int64)


def _labels(value: object, name: str) -> NDArray[Any]:
    """Labels as (n,); what has several columns keeps its shape, so that the message can say why."""
    try:
        found = as_array(value)
    except (TypeError, ValueError):
        found = np.empty(0, dtype=object)
    if (
        isinstance(value, str)
        or found.dtype.kind not in "biufUO"
        or (found.dtype.kind == "O" and not _is_text(found))
    ):
        as_numbers(value, name)  # says what it is instead
    return found.reshape(-1) if found.ndim < 2 or found.shape[1:] == (1,) else found


def _column(value: object, name: str) -> NDArray[Any]:
    return _labels(value, name).reshape(-1)


def _equal(found: NDArray[Any], wanted: NDArray[Any]) -> NDArray[np.bool_]:
    texts = [one.dtype.kind in "UO" for one in (found, wanted)]
    if texts[0] != texts[1]:
        return np.zeros(wanted.shape, dtype=bool)
    return np.asarray(found == wanted, dtype=bool)


def _is_text(array: NDArray[Any]) -> bool:
    return bool(array.size) and all(isinstance(one, str) for one in array.ravel())


def _why_outside(found: Numbers) -> Said:
    if not np.isfinite(found).all():
        return Said("NaN이나 무한대가 들어 있습니다.", "There is a NaN or an infinity in it.")
    if not found.size:
        return Said("비어 있습니다.", "It is empty.")
    return Said(
        "마지막 층에 활성화 함수가 없어 점수(logits)가 그대로 나옵니다.",
        "These are scores (logits): the last layer has no sigmoid or softmax.",
    )


def _why_sums_differ(rows: Numbers) -> Said:
    if np.allclose(rows.sum(axis=0), 1, atol=SUM_TOLERANCE):
        return Said(
            "softmax를 다른 축에 대해 구했습니다: 열의 합이 1입니다.",
            "softmax was taken over the wrong axis: the columns sum to 1, not the rows.",
        )
    if (rows.sum(axis=1) < 1e-6).any():
        return Said("모두 0인 행이 있습니다.", "There is a row of zeros.")
    return Said(
        "여러 유닛에 sigmoid를 썼거나 softmax가 없습니다.",
        "Several units have a sigmoid each, or there is no softmax.",
    )


def _why_other_shape(found: NDArray[Any], wanted: NDArray[Any]) -> Said:
    if found.ndim > 1 and found.shape[0] == wanted.size:
        return Said(
            "아직 확률(또는 one-hot)입니다. 행마다 번호 하나가 필요합니다.",
            "These are still probabilities or one-hot rows; one label is needed for each row.",
        )
    if found.size == 1:
        return Said(
            "축을 주지 않은 argmax는 수 하나만 돌려줍니다.",
            "argmax without an axis gives one number for everything.",
        )
    if found.ndim == 1 and found.size < wanted.size:
        return ARGMAX_OVER_THE_BATCH
    return Said("개수가 다릅니다.", "There are too many or too few labels.")


def _why_labels_differ(found: NDArray[Any], wanted: NDArray[Any]) -> Said:
    if (found.dtype.kind in "UO") != (wanted.dtype.kind in "UO"):
        return Said("글자와 번호가 섞였습니다.", "Texts where numbers are asked for, or numbers for texts.")
    if found.dtype.kind in "UO":
        return Said(
            "다른 예측이거나 이름의 순서가 다릅니다.", "Other predictions, or names in another order."
        )
    if found.dtype.kind == "f" and not np.equal(np.mod(found, 1), 0).all():
        return Said("아직 확률입니다.", "These are still probabilities, not labels.")
    if _equal(found - 1, wanted).all() or _equal(found + 1, wanted).all():
        return Said("번호가 모두 1만큼 밀렸습니다 (0부터).", "All labels are off by one; they count from 0.")
    if set(np.unique(wanted)) <= {0, 1} and _equal(1 - found.astype(np.int64), wanted).all():
        return Said("0과 1이 뒤바뀌었습니다.", "0 and 1 are swapped.")
    if np.unique(found).size == 1 and np.unique(wanted).size > 1:
        return Said(
            "모든 답이 같습니다: softmax 유닛이 하나이거나 학습이 되지 않았습니다.",
            "All labels are the same: softmax with one unit, argmax over one column, or nothing learnt.",
        )
    if sorted(found.tolist()) == sorted(wanted.tolist()):
        return Said("순서가 섞였습니다.", "The labels are right but in another order: they were shuffled.")
    return Said("다른 예측입니다.", "The predictions are other ones.")
