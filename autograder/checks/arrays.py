"""Checks on arrays: shape, kind of number, values.

An array is whatever holds numbers in rows: NumPy's, nested lists, a tensor of either framework, a table,
a sparse matrix. NaN and infinity never pass. Values are compared in the order in which they lie, whatever the
shape: a column and a flat row with equal values are equal here, and `expect_shape` tells them apart.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks.messages import NOT_FILLED_IN, Said, fault, is_blank

Numbers = NDArray[np.float64]
Shape = tuple[int | None, ...]

LOOK_AT_THE_STEP = Said(
    "이 값을 만든 단계로 돌아가 첫 몇 개 값을 print로 확인하세요.",
    "Go back to the step that made this value and print its first few entries.",
)
_ANY_WIDTH = {"floating": np.floating, "integer": np.integer}


def as_array(value: Any) -> NDArray[Any]:
    """`value` as a NumPy array of whatever it holds; tensors leave their graph, sparse matrices fill up.

    Raises:
        TypeError, ValueError: it cannot be an array, such as a list of rows of unequal length.
    """
    value = value.detach().cpu() if hasattr(value, "detach") else value
    value = value.toarray() if hasattr(value, "toarray") else value
    return np.asarray(value)


def as_numbers(value: object, name: str) -> Numbers:
    """`value` as an array of float64; anything that is not all numbers is a fault."""
    try:
        array = as_array(value)
        if array.dtype.kind not in "biuf":  # NumPy would turn None into NaN and "115" into 115
            raise TypeError(array.dtype)
        return array.astype(np.float64)
    except (TypeError, ValueError):
        raise fault(
            name,
            expected="숫자 배열 numbers",
            got=type(value).__name__,
            cause=NOT_FILLED_IN
            if is_blank(value)
            else Said(
                "숫자가 아닌 것이 들어 있거나, 길이가 서로 다른 목록입니다.",
                "It holds something that is no number, or it is a list of rows of unequal length.",
            ),
            hint=LOOK_AT_THE_STEP,
        ) from None


def expect_shape(value: object, shape: Sequence[int | None], name: str) -> None:
    """`value` has exactly this shape; a Keras tensor that is still symbolic has None for the batch."""
    wanted, found = tuple(shape), _shape_of(value, name)
    if found != wanted:
        raise fault(
            f"{name}.shape",
            expected=wanted,
            got=found,
            cause=_why_shapes_differ(found, wanted),
            hint=Said(
                f"print({name}.shape)을 각 단계 뒤에 넣어 어디서 달라지는지 찾으세요.",
                f"Put print({name}.shape) after each step and see where it changes.",
            ),
        )


def expect_dtype(value: object, dtype: object, name: str) -> None:
    """The numbers of `value` are of this type: `"float32"`, `"int64"`, `torch.float32`, or one of several in a tuple.

    `"floating"` and `"integer"` take any width. A table is of a type when each of its columns is.
    """
    wanted = [_type_name(one) for one in (dtype if isinstance(dtype, tuple) else (dtype,))]
    found = _types_of(value, name)
    if not found or not all(any(_is_type(one, word) for word in wanted) for one in found):
        shown = "/".join(dict.fromkeys(found)) or type(value).__name__
        raise fault(
            f"{name}.dtype",
            expected=" or ".join(wanted),
            got=shown,
            cause=_why_types_differ(shown, wanted),
            hint=Said(
                "만들 때 dtype을 주거나 astype으로 바꾸세요.",
                "Give dtype where the value is made, or convert it with astype.",
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


def _shape_of(value: Any, name: str) -> Shape:
    shape = getattr(value, "shape", None)
    if shape is not None and not isinstance(value, type):
        try:
            return tuple(None if length is None else int(length) for length in shape)
        except (TypeError, ValueError):
            pass
    return as_numbers(value, name).shape


def _types_of(value: Any, name: str) -> list[str]:
    if hasattr(value, "dtypes") and hasattr(value, "columns"):
        return [_type_name(one) for one in value.dtypes]
    if hasattr(value, "dtype"):
        return [_type_name(value.dtype)]
    if isinstance(value, list | tuple):
        as_numbers(value, name)
        return [as_array(value).dtype.name]
    raise fault(
        f"{name}.dtype",
        expected="array",
        got=type(value).__name__,
        cause=NOT_FILLED_IN
        if is_blank(value)
        else Said("배열이 아니어서 dtype이 없습니다.", "It is no array, so it has no dtype."),
        hint=LOOK_AT_THE_STEP,
    )


def _type_name(dtype: Any) -> str:
    """`float32` for NumPy's, TensorFlow's and torch's type of that name, and for its name."""
    if isinstance(dtype, str):
        return dtype
    if isinstance(dtype, type):
        return np.dtype(dtype).name if issubclass(dtype, np.generic | int | float | bool) else dtype.__name__
    name = str(getattr(dtype, "name", dtype)).removeprefix("torch.")
    return "str" if getattr(dtype, "kind", "") == "U" else name


def _is_type(found: str, wanted: str) -> bool:
    if wanted not in _ANY_WIDTH:
        return found == wanted
    try:
        return np.issubdtype(np.dtype(found), _ANY_WIDTH[wanted])
    except TypeError:
        return wanted == "floating" and found == "bfloat16"


def _why_types_differ(found: str, wanted: list[str]) -> Said:
    if found in ("object", "str", "string"):
        return Said("숫자가 아니라 글자입니다.", "These are texts, not numbers.")
    if found == "float64" and "float32" in wanted:
        return Said(
            "NumPy의 기본 float64 그대로입니다.",
            "It is still float64, which NumPy makes where nothing is said.",
        )
    if found.startswith("float") and any(word.startswith("int") for word in wanted):
        return Said(
            "정수여야 할 값이 실수입니다. 나눗셈이나 NaN이 끼어들었습니다.",
            "Whole numbers became floats: a division or a NaN came in.",
        )
    if found.startswith(("int", "uint")) and any(word.startswith("float") for word in wanted):
        return Said("정수 그대로이고 실수로 바꾸지 않았습니다.", "These are still integers, not yet floats.")
    return Said("다른 자료형으로 만들었습니다.", "It was made with another type.")


def _why_shapes_differ(found: Shape, wanted: Shape) -> Said:
    if len(found) == len(wanted) and sorted(map(str, found)) == sorted(map(str, wanted)):
        return Said("축의 순서가 바뀌었습니다.", "The axes are in another order.")
    if (1, *found) == wanted:
        return Said(
            "묶음(batch) 축이 없습니다.", "The batch axis is missing: one item is not a batch of one."
        )
    if len(found) != len(wanted):
        return Said("축의 개수가 다릅니다.", "The number of axes differs.")
    if all(_is_near(one, other) for one, other in zip(found, wanted, strict=True)):
        return Said(
            "한 축이 하나 길거나 짧습니다 (off by one).",
            "An axis is longer or shorter by one (off by one).",
        )
    axes = [at for at, (one, other) in enumerate(zip(found, wanted, strict=True)) if one != other]
    return Said(f"한 축의 길이가 다릅니다: 축 {axes[0]}.", f"The length of an axis differs: axis {axes[0]}.")


def _is_near(one: int | None, other: int | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) <= 1


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
    if same(found, -wanted):
        return Said("부호가 반대입니다.", "The sign is the other way round.")
    if same(found, wanted + 1) or same(found, wanted - 1):
        return Said("모든 값이 1만큼 다릅니다 (off by one).", "Every value is off by one.")
    if found.min() >= 0 and found.max() <= 1 and wanted.max() > 1:
        return Said("아직 0과 1 사이의 정규화된 값입니다.", "These are still scaled values between 0 and 1.")
    if wanted.min() >= 0 and wanted.max() <= 1 and found.max() > 1:
        return Said("정규화하지 않은 값입니다.", "These values were not scaled.")
    return Said("다른 데이터나 다른 식으로 계산했습니다.", "Other data or another formula went in.")
