"""One run of `autograder scorecard`: its record, what changed since another run, and the gates it has to pass."""

from autograder.course import Profile
from autograder.runs.comparison import Change, Comparison, compare
from autograder.runs.gates import (
    BaselineGate,
    Gate,
    MetricGate,
    ScoreGate,
    Tolerance,
    parse_metric_gate,
    parse_score_gate,
)
from autograder.runs.record import (
    Band,
    Device,
    Entry,
    GateResult,
    MetricValue,
    NotRun,
    Role,
    RunScorecard,
    read_run_scorecard,
)

__all__ = [
    "Band",
    "BaselineGate",
    "Change",
    "Comparison",
    "Device",
    "Entry",
    "Gate",
    "GateResult",
    "MetricGate",
    "MetricValue",
    "NotRun",
    "Profile",
    "Role",
    "RunScorecard",
    "ScoreGate",
    "Tolerance",
    "compare",
    "parse_metric_gate",
    "parse_score_gate",
    "read_run_scorecard",
]
