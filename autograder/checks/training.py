"""Checks on what `fit` returned."""

from typing import Any

from autograder.checks.arrays import Numbers, as_numbers
from autograder.checks.messages import Said, fault

CALL_FIT = Said(
    "model.fit의 결과를 그대로 history에 담고, 본문의 인자를 모두 주세요.",
    "Keep what model.fit returns in history, and give it all the arguments of the text.",
)


def curve(history: Any, name: str) -> Numbers:
    """One recorded value per epoch, such as `loss` or `val_loss`."""
    recorded = getattr(history, "history", None)
    if not isinstance(recorded, dict) or name not in recorded:
        raise fault(
            f"history.history[{name!r}]",
            expected="one value per epoch",
            got=sorted(recorded) if isinstance(recorded, dict) else type(history).__name__,
            cause=Said(
                "fit이 실행되지 않았거나 validation_split이 없습니다.",
                "fit did not run, or there was no validation_split.",
            ),
            hint=CALL_FIT,
        )
    return as_numbers(recorded[name], f"history {name}").ravel()


def expect_loss_fell(history: Any, *, to_fraction: float) -> None:
    """The training loss ended below this fraction of where it began.

    The mean of the last five epochs counts, since single epochs are noisy.
    """
    losses = curve(history, "loss")
    if not (losses.size > 5 and losses[-5:].mean() < to_fraction * losses[0]):
        raise fault(
            "history loss, mean of the last five epochs",
            expected=f"< {to_fraction:g} x first epoch, over more than 5 epochs",
            got=f"{losses[:1].round(5).tolist()} → {losses[-5:].round(5).tolist()}",
            cause=Said(
                "에포크가 너무 적거나, 정규화하지 않은 값으로 학습했습니다.",
                "There were too few epochs, or the values were not scaled.",
            ),
            hint=CALL_FIT,
        )


def expect_epochs(history: Any, count: int) -> None:
    """`fit` ran for exactly this many epochs."""
    found = curve(history, "loss").size
    if found != count:
        raise fault(
            "epochs",
            expected=count,
            got=found,
            cause=_why_epochs_differ(found, count),
            hint=CALL_FIT,
        )


def expect_steps_per_epoch(history: Any, expected: int) -> None:
    """An epoch took this many batches."""
    params = getattr(history, "params", None)
    found = params.get("steps") if isinstance(params, dict) else None
    if found != expected:
        raise fault(
            "batches per epoch",
            expected=expected,
            got=found,
            cause=Said(
                "batch_size 또는 validation_split이 다릅니다.",
                "batch_size or validation_split differs.",
            ),
            hint=CALL_FIT,
        )


def _why_epochs_differ(found: int, count: int) -> Said:
    if found == 1:
        return Said(
            "epochs를 주지 않으면 한 번만 학습합니다.", "Without the argument epochs there is only one."
        )
    if found < count:
        return Said(
            "epochs가 다르거나 EarlyStopping이 일찍 멈췄습니다.",
            "epochs differs, or EarlyStopping ended the training.",
        )
    return Said("epochs가 다릅니다.", "epochs differs.")
