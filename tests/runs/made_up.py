"""Runs made up for tests of gates, comparisons and reports."""

from datetime import UTC, datetime

from autograder.runs import Band, Device, Entry, MetricValue, RunScorecard
from autograder.scorecard import Hashes, Status

BAND = Band(better="lower", threshold=60.0, honest_low=28.0, honest_high=50.0)


def metric(value: float | None, name: str = "test_rmse", **band: object) -> MetricValue:
    return MetricValue(name=name, value=value, band=BAND.model_copy(update=band))


def entry(
    student: str = "kim", exercise: str = "11_lstm", score: float | None = 9.0, **fields: object
) -> Entry:
    plain = {
        "role": "submission",
        "student": student,
        "exercise": exercise,
        "status": Status.GRADED,
        "score": score,
        "max_score": 10.0,
        "wall_s": 4.0,
        "cpu_s": 4.0,
        "peak_memory_bytes": 100_000_000,
        "metrics": (metric(41.0),),
        "hashes": Hashes(submission="ab" * 32, tests="cd" * 32, execution="ef" * 32),
    }
    return Entry.model_validate(plain | fields)


def canary(exercise: str = "11_lstm", score: float | None = 10.0, **fields: object) -> Entry:
    return entry("reference", exercise, score, role="canary", **fields)


def run(*entries: Entry, **fields: object) -> RunScorecard:
    plain = {
        "course": "Deep learning",
        "engine": "autograder 0.1.0",
        "finished_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        "wall_s": 12.0,
        "profile": "cpu",
        "device": Device(kind="cpu", name="AMD EPYC", memory_bytes=24 * 2**30),
        "python": "3.11.7",
        "platform": "Linux x86_64",
        "backend": "tensorflow",
        "packages": {"keras": "3.15.0"},
        "kernel": "warm",
        "isolation": "namespaces",
        "seed": 0,
        "jobs": 2,
        "entries": entries or (canary(), entry()),
    }
    return RunScorecard.model_validate(plain | fields)
