"""What the tests of evidence share: a kernel's side and a judge's side, joined by files."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from autograder.evidence import collector
from autograder.evidence.bundle import Bundle, BundleWriter, QuestionEvidence, read_drop

RoundTrip = Callable[..., QuestionEvidence]


@pytest.fixture
def collected(tmp_path: Path) -> RoundTrip:
    """Collects a namespace as question q1, stores it in a bundle, and opens that as the judge does."""

    def round_trip(namespace: Mapping[str, object], *asked: str, **limits: int) -> QuestionEvidence:
        names = asked or tuple(namespace)
        drop = tmp_path / "drop"
        drop.mkdir(exist_ok=True)
        collector.collect("q1", names, str(drop / "q1"), namespace=namespace, **limits)
        writer = BundleWriter(tmp_path / "evidence")
        writer.add_question("q1", 3, names, read_drop(drop / "q1"))
        return Bundle(tmp_path / "evidence").question("q1")

    return round_trip
