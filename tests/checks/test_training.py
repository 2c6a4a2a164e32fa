from types import SimpleNamespace

import numpy as np
import pytest

from autograder import checks


def recorded(loss: object, steps: object = 7, **more: object) -> SimpleNamespace:
    """What Keras's History carries, as plain data."""
    return SimpleNamespace(history={"loss": loss, **more}, params={"steps": steps})


FALLING = [0.1 * 0.9**epoch for epoch in range(100)]


def test_a_curve_is_one_number_per_epoch() -> None:
    assert checks.curve(recorded(FALLING), "loss").shape == (100,)


@pytest.mark.parametrize("history", [..., None, {}, recorded(FALLING)])
def test_a_missing_curve_fails_and_points_to_fit(history: object) -> None:
    with pytest.raises(AssertionError, match="validation_split"):
        checks.curve(history, "val_loss")


def test_a_loss_that_fell_passes() -> None:
    checks.expect_loss_fell(recorded(FALLING), to_fraction=0.25)


@pytest.mark.parametrize(
    "loss", [FALLING[::-1], [0.1] * 100, [0.1], [0.1, 0.001], [], [np.nan] * 100, [*FALLING[:99], np.nan]]
)
def test_a_loss_that_did_not_fall_fails(loss: object) -> None:
    with pytest.raises(AssertionError, match="too few epochs"):
        checks.expect_loss_fell(recorded(loss), to_fraction=0.25)


def test_steps_per_epoch_tell_batch_size_and_split() -> None:
    checks.expect_steps_per_epoch(recorded(FALLING), 7)
    for history in (recorded(FALLING, steps=9), recorded(FALLING, steps=None), ...):
        with pytest.raises(AssertionError, match="batch_size"):
            checks.expect_steps_per_epoch(history, 7)


def test_the_number_of_epochs_is_counted_in_the_curve() -> None:
    checks.expect_epochs(recorded(FALLING), 100)


@pytest.mark.parametrize(
    ("count", "cause"), [(1, "Without the argument epochs"), (40, "EarlyStopping"), (101, "epochs differs.")]
)
def test_another_number_of_epochs_names_its_cause(count: int, cause: str) -> None:
    with pytest.raises(AssertionError, match=cause):
        checks.expect_epochs(recorded([0.1] * count), 100)
