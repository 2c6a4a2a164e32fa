"""Checks of one model's weights against another's: the reference's, or those of the pretrained base."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks.arrays import as_array
from autograder.checks.messages import Said, fault, some
from autograder.checks.weights import Weight, buffers_of, chosen, weights_of

Array = NDArray[Any]
_SLIGHT = (
    0.5  # of the spread of the expected values; another random start differs by more than its own spread
)


def same_structure(model: Any, other: Any) -> bool:
    """Whether two models have weights of the same shapes in the same order.

    Layers without weights and the names of layers do not count, nor whether one model lies inside another.
    """
    shapes = [[tuple(map(int, weight.value.shape)) for weight in weights_of(one)] for one in (model, other)]
    return shapes[0] == shapes[1]


def expect_same_weights(
    model: Any, other: Any, *, but: Sequence[int | str] = (), tolerance: float = 0.0
) -> None:
    """The weights of `model` are those of `other`, except where `but` names them.

    `other` is a model, or arrays as `get_weights()` gives them. Weights are compared in order, since names differ
    from one run to the next. `but` names weights as `expect_step_moves` does: what it names is left out of `model`,
    and out of `other` where that is built alike (and not, say, the base alone).
    """
    left = _kept(model, but)
    if isinstance(other, list | tuple):
        right = _as_listed(left, other)
    else:
        right = _kept(other, but if same_structure(model, other) else ())
    if [one.shape for _, one in left] != [one.shape for _, one in right]:
        raise fault(
            "weights",
            expected=f"{len(right)} tensors: {some(one.shape for _, one in right)}",
            got=f"{len(left)} tensors: {some(one.shape for _, one in left)}",
            cause=Said(
                "모델의 구조가 다릅니다: 층, 유닛 수, 또는 입력 모양을 보세요.",
                "The model is built differently: see its layers, units, or input shape.",
            ),
            hint=Said(
                "weights의 shape을 하나씩 print해서 비교하세요.",
                "Print the shape of each weight and compare.",
            ),
        )
    pairs = [(path, found, wanted) for (path, found), (_, wanted) in zip(left, right, strict=True)]
    wrong = [pair for pair in pairs if not _is_same(pair[1], pair[2], tolerance)]
    if wrong:
        path, found, wanted = wrong[0]
        gap = np.abs(found.astype(float) - wanted.astype(float)).max()
        raise fault(
            f"weights: {len(wrong)} of {len(pairs)} tensors differ: {some(one[0] for one in wrong)}",
            expected=f"{path} unchanged" if not tolerance else f"{path} within {tolerance:g}",
            got=f"largest difference {gap:.3g}",
            cause=_why_weights_differ(wrong, len(pairs)),
            hint=Said(
                "얼렸는지, 얼린 뒤 다시 compile했는지, 사전학습 가중치를 불러왔는지 보세요.",
                "See whether it was frozen, compiled again after that, and loaded with the pretrained weights.",
            ),
        )


def _kept(model: Any, but: Sequence[int | str]) -> list[tuple[str, Array]]:
    weights: list[Weight] = [*weights_of(model), *buffers_of(model)]
    left_out = {id(weight.value) for which in but for weight in chosen(model, weights, which)}
    return [(weight.path, weight.array()) for weight in weights if id(weight.value) not in left_out]


def _as_listed(left: list[tuple[str, Array]], arrays: Sequence[Any]) -> list[tuple[str, Array]]:
    paths = [path for path, _ in left]
    return [
        (paths[at] if at < len(paths) else f"weight {at}", as_array(one)) for at, one in enumerate(arrays)
    ]


def _is_same(found: Array, wanted: Array, tolerance: float) -> bool:
    if not tolerance:
        return bool(np.array_equal(found, wanted))
    return bool(np.all(np.abs(found.astype(float) - wanted.astype(float)) <= tolerance))


def _why_weights_differ(wrong: Sequence[tuple[str, Array, Array]], total: int) -> Said:
    kernels = [
        pair for pair in wrong if pair[2].ndim > 1
    ]  # biases begin at 0, so any step is large beside them
    if all(_is_slight(found, wanted) for _, found, wanted in kernels):
        if len(wrong) < total:
            return Said(
                "일부 층이 학습되었습니다: 얼리지 않았거나, 얼린 뒤 다시 compile하지 않았습니다.",
                "Some layers were trained: not frozen, or frozen with no compile after it.",
            )
        return Said(
            "모두 학습되었습니다: 얼리지 않았거나, 얼린 뒤 다시 compile하지 않았습니다.",
            "All of it was trained: never frozen, or frozen with no compile after it.",
        )
    return Said(
        "처음부터 다른 가중치입니다: 사전학습 가중치를 불러오지 않았거나(weights=None) 다시 만들었습니다.",
        "These are other weights from the start: not the pretrained ones (weights=None), or built anew.",
    )


def _is_slight(found: Array, wanted: Array) -> bool:
    """Whether the difference is small beside the spread of the values, as after some training."""
    moved = np.sqrt(np.mean((found.astype(float) - wanted.astype(float)) ** 2))
    return bool(moved <= _SLIGHT * np.std(wanted.astype(float)))
