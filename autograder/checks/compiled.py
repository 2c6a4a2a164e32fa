"""Checks on how a Keras model was compiled: optimizer, learning rate, loss, metrics."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checks.arrays import as_array
from autograder.checks.messages import Said, fault
from autograder.checks.models import layers_of

COMPILE_AGAIN = Said(
    "모델을 다시 만들면 compile도 다시 실행해야 합니다.",
    "A model that is built again has to be compiled again.",
)
_ACCURACIES = {"acc", "accuracy", "binaryaccuracy", "categoricalaccuracy", "sparsecategoricalaccuracy"}
_SAME = {"mse": "meansquarederror", "mae": "meanabsoluteerror", "mape": "meanabsolutepercentageerror"}


def expect_optimizer(model: Any, expected: str) -> None:
    """The model was compiled with an optimizer of this class."""
    layers_of(model)
    optimizer = getattr(model, "optimizer", None)
    found = "not compiled" if optimizer is None else type(optimizer).__name__
    if found != expected:
        raise _compile_fault("optimizer", expected, found)


def expect_learning_rate(model: Any, expected: float, *, tolerance: float = 1e-9) -> None:
    """The optimizer's learning rate is this one now; a schedule counts by its value at the present step.

    It is kept as float32, so a relative error of 1e-6 is let pass.
    """
    layers_of(model)
    optimizer = getattr(model, "optimizer", None)
    rate = None if optimizer is None else float(as_array(optimizer.learning_rate))
    if rate is None or not abs(rate - expected) <= max(tolerance, 1e-6 * abs(expected)):
        raise fault(
            "learning rate",
            expected=f"{expected:g}",
            got="not compiled" if rate is None else f"{rate:g}",
            cause=_why_rates_differ(optimizer, rate, expected),
            hint=Said(
                "compile에 learning_rate를 정한 optimizer 객체를 주세요.",
                "Give compile an optimizer object with its learning_rate set.",
            ),
        )


def expect_loss(model: Any, *names: str) -> None:
    """The model was compiled with this loss, given by name, as a function or as an object.

    Several names are several names of the same: pass each that is right.
    """
    layers_of(model)
    found = _loss_name(getattr(model, "loss", None))
    if _plain(found) not in {_plain(name) for name in names}:
        raise _compile_fault("loss", names[0], found, _why_losses_differ(model, found))


def expect_metrics(model: Any, *names: str) -> None:
    """The model was compiled with these metrics; it may have more.

    `accuracy` is met by any of Keras's accuracies that suit labels, by name or as an object.
    """
    layers_of(model)
    found = list(_metric_names(model))
    missing = [name for name in names if not {_metric_key(one) for one in found} & {_metric_key(name)}]
    if missing:
        is_compiled = getattr(model, "optimizer", None) is not None
        shown = ", ".join(found) or "no metrics"
        raise _compile_fault("metrics", ", ".join(names), shown if is_compiled else "not compiled")


def _compile_fault(what: str, expected: str, found: str, cause: Said | None = None) -> AssertionError:
    return fault(
        f"model.{what}",
        expected=expected,
        got=found,
        cause=cause
        or (
            Said("compile을 실행하지 않았습니다.", "compile did not run.")
            if found == "not compiled"
            else Said("compile에 다른 값을 주었습니다.", "compile was given something else.")
        ),
        hint=COMPILE_AGAIN,
    )


def _why_rates_differ(optimizer: Any, rate: float | None, expected: float) -> Said:
    if rate is None:
        return Said("compile을 실행하지 않았습니다.", "compile did not run.")
    name = type(optimizer).__name__
    default = {"Adam": 1e-3, "RMSprop": 1e-3, "SGD": 1e-2, "Nadam": 1e-3, "AdamW": 1e-3}.get(name)
    if default is not None and np.isclose(rate, default, rtol=1e-6):
        return Said(
            f"{name}의 기본값입니다. 이름(글자)만 주었거나 learning_rate를 주지 않았습니다.",
            f"This is the default of {name}: only its name was given, or no learning_rate.",
        )
    if np.isclose(rate, expected * 10, rtol=1e-6) or np.isclose(rate, expected / 10, rtol=1e-6):
        return Said("0의 개수가 하나 다릅니다 (열 배).", "It is off by a factor of ten: count the zeros.")
    return Said(
        "다른 값을 주었거나, 바꾼 뒤 다시 compile하지 않았습니다.",
        "Another value was given, or the model was not compiled again after the change.",
    )


def _why_losses_differ(model: Any, found: str) -> Said | None:
    """For the cross-entropies: which of them the last layer calls for."""
    plain = _plain(found)
    units = getattr(layers_of(model)[-1], "units", None) if layers_of(model) else None
    if "crossentropy" not in plain or units is None:
        return None
    if plain == "binarycrossentropy" and units > 1:
        return Said(
            f"유닛 {units}개인 출력에 둘 중 하나를 위한 손실입니다.",
            f"This loss is for yes or no, and the last layer has {units} units.",
        )
    if plain != "binarycrossentropy" and units == 1:
        return Said(
            "유닛이 하나인 출력에 여러 클래스를 위한 손실입니다.",
            "This loss is for several classes, and the last layer has one unit.",
        )
    if plain == "categoricalcrossentropy":
        return Said(
            "정답이 one-hot이 아니라 번호이면 sparse가 필요합니다.",
            "Labels that are numbers instead of one-hot rows need the sparse one.",
        )
    return None


def _loss_name(loss: Any) -> str:
    if isinstance(loss, list | tuple) and len(loss) == 1:
        return _loss_name(loss[0])
    if loss is None:
        return "not compiled"
    return loss if isinstance(loss, str) else getattr(loss, "__name__", type(loss).__name__)


def _metric_names(model: Any) -> Iterator[str]:
    config = model.get_compile_config() if getattr(model, "compiled", False) else None
    yield from _names_in((config or {}).get("metrics"))


def _names_in(metrics: Any) -> Iterator[str]:
    """Names in a serialized list of metrics, which may be nested by outputs."""
    if isinstance(metrics, str):
        yield metrics
    elif isinstance(metrics, list | tuple):
        for one in metrics:
            yield from _names_in(one)
    elif isinstance(metrics, dict) and "class_name" in metrics:
        kind = str(metrics["class_name"])
        # by name it is the one that suits the loss; the class of that name compares outputs with labels as they are
        yield (
            str(metrics["config"])
            if kind == "function"
            else "Accuracy object"
            if kind == "Accuracy"
            else kind
        )
    elif isinstance(metrics, dict):
        for one in metrics.values():
            yield from _names_in(one)


def _metric_key(name: str) -> str:
    plain = _plain(name)
    return "accuracy" if plain in _ACCURACIES else _SAME.get(plain, plain)


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
