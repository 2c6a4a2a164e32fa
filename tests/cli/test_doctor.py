"""What `autograder doctor` says of a machine's GPUs."""

import os
from pathlib import Path

import pytest

from autograder.cli import doctor
from devices.fake_gpu import FakeGpus


def said(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.defpath}")
    monkeypatch.setattr(doctor, "backends_with_device", lambda _gpu, _wanted: ("torch",))
    doctor._examine_gpus()
    return capsys.readouterr().out


def test_gpus_are_named_and_who_computes_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    FakeGpus(mib=8192).install(tmp_path)
    lines = said(tmp_path, monkeypatch, capsys)
    assert "NVIDIA Paper 100, 8 GiB, driver 570.86.15, CUDA 12.8; no file in /dev" in lines
    assert "torch computes there" in lines
    assert "tensorflow sees no GPU" in lines


def test_a_gpu_that_cannot_be_used_is_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    FakeGpus(mig="Enabled").install(tmp_path)
    assert "switch MIG off" in said(tmp_path, monkeypatch, capsys)


def test_no_gpu_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no GPU" in said(tmp_path, monkeypatch, capsys)
