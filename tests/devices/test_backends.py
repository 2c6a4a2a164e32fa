"""Which backends see a GPU, asked of the real ones: here, none does."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course import backend
from autograder.devices.backends import backends_with_device
from autograder.errors import UsageError
from devices.fake_gpu import FakeGpus


def test_a_backend_that_sees_nothing_is_not_named(tmp_path: Path) -> None:
    (gpu,) = FakeGpus().found(tmp_path)
    assert backends_with_device(replace(gpu, uuid="-1"), ("torch",)) == ()


@pytest.mark.parametrize(
    ("installed", "chosen", "found"),
    [
        (("tensorflow", "torch"), None, "tensorflow"),
        (("tensorflow", "torch"), "torch", "torch"),
        (("torch",), None, "torch"),
        ((), None, "tensorflow"),
    ],
)
def test_keras_runs_on_what_is_installed(
    monkeypatch: pytest.MonkeyPatch, installed: tuple[str, ...], chosen: str | None, found: str
) -> None:
    monkeypatch.setattr(backend, "_installed", lambda: installed)
    if chosen is None:
        monkeypatch.delenv(backend.VARIABLE, raising=False)
    else:
        monkeypatch.setenv(backend.VARIABLE, chosen)
    assert backend.keras_backend() == found


def test_a_backend_that_was_chosen_and_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "_installed", lambda: ("torch",))
    monkeypatch.setenv(backend.VARIABLE, "tensorflow")
    with pytest.raises(UsageError, match="say --backend torch"):
        backend.keras_backend()


def test_what_is_missing_is_named_by_package(monkeypatch: pytest.MonkeyPatch) -> None:
    assert backend.missing_modules(("numpy", "no_such.module", "no_such.other")) == ("no_such",)
    assert backend.missing_modules(("numpy", "keras")) == ()
    monkeypatch.setattr(backend, "_installed", lambda: ())
    assert backend.missing_modules(("keras.applications",)) == ("tensorflow or torch",)


def test_an_exercise_computes_with_its_keras_and_its_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(backend.VARIABLE, "tensorflow")
    assert backend.backends_of(("numpy", "otter")) == ()
    assert backend.backends_of(("keras.applications",)) == ("tensorflow",)
    assert backend.backends_of(("keras", "torch")) == ("tensorflow", "torch")
    monkeypatch.setenv(backend.VARIABLE, "torch")
    assert backend.backends_of(("keras",)) == ("torch",)
