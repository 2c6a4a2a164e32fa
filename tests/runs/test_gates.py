"""Every gate is shown to be met and not to be met, and says what it found."""

import pytest

from autograder.errors import UsageError
from autograder.runs import (
    BaselineGate,
    Gate,
    MetricGate,
    ScoreGate,
    Tolerance,
    parse_metric_gate,
    parse_score_gate,
)
from runs.made_up import canary, entry, metric, run


def is_met(gate: Gate, *entries: object) -> bool:
    return gate.judge(run(*entries)).is_met  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("gate", "met", "unmet"),
    [
        (ScoreGate(90), entry(score=9), entry(score=8.9)),
        (ScoreGate(100), entry(score=10), entry(score=9.99)),
        (ScoreGate(0), entry(score=0), entry(score=None)),
        (ScoreGate(90, "11_lstm"), entry(score=9), entry(exercise="10_cell")),
        (MetricGate("11_lstm", "test_rmse"), entry(metrics=(metric(59.9),)), entry(metrics=(metric(60.0),))),
        (MetricGate("11_lstm", "test_rmse", "<", 42), entry(), entry(metrics=(metric(42.0),))),
        (MetricGate("11_lstm", "test_rmse", "<=", 41), entry(), entry(metrics=(metric(41.1),))),
        (MetricGate("11_lstm", "test_rmse", ">=", 41), entry(), entry(metrics=(metric(40.9),))),
        (MetricGate("11_lstm", "test_rmse", ">", 40), entry(), entry(metrics=(metric(40.0),))),
        (MetricGate("11_lstm", "test_rmse"), entry(), entry(metrics=(metric(None),))),
        (MetricGate("11_lstm", "test_rmse"), entry(), entry(metrics=())),
        (MetricGate("11_lstm", "test_rmse"), entry(), entry(exercise="10_cell")),
    ],
    ids=str,
)
def test_a_gate_is_met_and_not_met(gate: Gate, met: object, unmet: object) -> None:
    assert is_met(gate, met)
    assert not is_met(gate, unmet)


def test_a_higher_metric_is_met_from_its_threshold_on() -> None:
    gate, band = MetricGate("11_lstm", "accuracy"), {"better": "higher", "threshold": 0.8}
    assert is_met(gate, entry(metrics=(metric(0.8, "accuracy", **band),)))
    assert not is_met(gate, entry(metrics=(metric(0.79, "accuracy", **band),)))


@pytest.mark.parametrize(
    ("after", "met"),
    [
        (entry(), True),
        (entry(score=10), True),
        (entry(score=8.9), False),
        (entry(score=None), False),
        (entry(metrics=(metric(45.0),)), True),
        (entry(metrics=(metric(45.2),)), False),
        (entry(metrics=(metric(10.0),)), True),
        (entry(metrics=()), False),
        (entry(wall_s=6.0), True),
        (entry(wall_s=6.1), False),
        (entry("lee"), False),
    ],
    ids=[
        "same",
        "score up",
        "score down",
        "no score",
        "within",
        "beyond",
        "better",
        "metric gone",
        "1.5 x",
        "slower",
        "gone",
    ],
)
def test_a_baseline(after: object, met: bool) -> None:
    assert is_met(BaselineGate(run(entry())), after) is met


def test_tolerances_are_those_that_were_asked_for() -> None:
    gate = BaselineGate(run(entry()), Tolerance(score=5, metric=0.5, time=3))
    assert is_met(gate, entry(score=8.5, metrics=(metric(61.0),), wall_s=12.0))
    assert not is_met(gate, entry(score=8.4))
    assert not is_met(gate, entry(metrics=(metric(62.0),)))
    assert not is_met(gate, entry(wall_s=12.1))


def test_what_takes_a_moment_longer_is_no_regression() -> None:
    assert is_met(BaselineGate(run(entry(wall_s=0.2))), entry(wall_s=1.1))


def test_two_runs_with_nothing_in_common_are_no_baseline() -> None:
    assert not is_met(BaselineGate(run(canary("01_vgg"))), entry())


def test_a_gate_names_who_missed_it_and_by_how_much() -> None:
    result = ScoreGate(90).judge(run(canary(), entry("lee", score=4)))
    assert result.gate == "score >= 90 %"
    assert result.detail == "lee in 11_lstm: 40.0 %"
    many = ScoreGate(90).judge(run(*(entry(f"s{number}", score=1) for number in range(9))))
    assert many.detail.endswith("; and 4 more")


@pytest.mark.parametrize(
    ("text", "gate"),
    [("90", ScoreGate(90)), ("90%", ScoreGate(90)), ("11_lstm=99.5", ScoreGate(99.5, "11_lstm"))],
)
def test_score_gates_are_read(text: str, gate: ScoreGate) -> None:
    assert parse_score_gate(text) == gate


@pytest.mark.parametrize("text", ["", "all", "101", "-1", "11_lstm=", "nan"])
def test_what_is_no_score_gate_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="say a percentage"):
        parse_score_gate(text)


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("11_lstm.test_rmse", MetricGate("11_lstm", "test_rmse")),
        ("11_lstm.test_rmse < 60", MetricGate("11_lstm", "test_rmse", "<", 60)),
        ("11_lstm.test_rmse<=6e1", MetricGate("11_lstm", "test_rmse", "<=", 60)),
        ("05_s.accuracy>=0.6", MetricGate("05_s", "accuracy", ">=", 0.6)),
    ],
)
def test_metric_gates_are_read(text: str, gate: MetricGate) -> None:
    assert parse_metric_gate(text) == gate


@pytest.mark.parametrize(
    "text", ["", "test_rmse", "11_lstm.", "11_lstm.rmse=60", "11_lstm.rmse<x", "11_lstm.rmse<1e"]
)
def test_what_is_no_metric_gate_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="say EXERCISE"):
        parse_metric_gate(text)
