"""The picture of a calibration: per metric every measured value, the predicted curves, the threshold.

The same calibration gives the same bytes.
"""

import io
import math
from typing import TYPE_CHECKING

from autograder.authoring.distributions import Prediction, predict
from autograder.course.calibration import Calibration, Measured, Metric

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Told apart by people with any colour vision, and by row.
_HONEST, _WEAK, _LINE = "#0072b2", "#d55e00", "#222222"
_ROW, _CURVE, _POINTS = 1.0, 0.62, 120


def draw_calibration(calibration: Calibration) -> str:
    """The picture as SVG text."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    rows = [1 + len(metric.weak) for metric in calibration.metrics.values()]
    height = sum(0.7 * count + 1.25 for count in rows)
    figure = Figure(figsize=(8.5, height), layout="constrained")
    panels = figure.subplots(len(rows), 1, squeeze=False, height_ratios=[count + 1 for count in rows])
    for panel, (name, metric) in zip(panels[:, 0], calibration.metrics.items(), strict=True):
        _draw_metric(panel, name, metric)
    text = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": calibration.exercise, "svg.fonttype": "none"}):
        figure.savefig(text, format="svg", metadata={"Date": None})
    return text.getvalue()


def _draw_metric(panel: "Axes", name: str, metric: Metric) -> None:
    answers = {"reference": metric.honest, **metric.weak}
    if metric.scale == "log":
        panel.set_xscale("log")
    for row, (answer, measured) in enumerate(answers.items()):
        color = _HONEST if row == 0 else _WEAK
        _draw_answer(panel, -row * _ROW, metric, measured, color)
        count = f"{len(measured.values)} runs" if len(measured.values) > 1 else "fixed value"
        event = "fails" if row == 0 else "passes"
        panel.annotate(
            f"{answer} ({count})\n{event} {_percent(measured.chance)}",
            (1.01, -row * _ROW + 0.2),
            xycoords=("axes fraction", "data"),
            color=color,
            va="center",
            fontsize=9,
        )
    panel.axvline(metric.threshold, color=_LINE, linewidth=1.4)
    side = "passes at or below" if metric.better == "lower" else "passes at or above"
    panel.set_title(f"{name}: {side} {metric.threshold:g}", loc="left", fontsize=11)
    panel.set_ylim(-(len(answers) - 1) * _ROW - 0.25, 0.85)
    panel.set_yticks([])
    for edge in ("left", "right", "top"):
        panel.spines[edge].set_visible(False)
    _label_axis(panel, metric)


def _draw_answer(panel: "Axes", base: float, metric: Metric, measured: Measured, color: str) -> None:
    prediction = predict(measured.values, metric.scale)
    if prediction.spread > 0:
        places = _places(prediction)
        heights = prediction.density(places)
        top = [base + _CURVE * height / max(heights) for height in heights]
        panel.fill(places, top, color=color, alpha=0.18, linewidth=0)
        panel.plot(places, top, color=color, linewidth=1)
    panel.plot(measured.values, [base] * len(measured.values), "|", color=color, markersize=9)


def _places(prediction: Prediction) -> list[float]:
    """Where to draw the curve: all but the outermost 0.05 % on each side, in even steps of the scale."""
    low, high = prediction.quantile(0.0005), prediction.quantile(0.9995)
    if prediction.scale == "log":
        ratio = (high / low) ** (1 / _POINTS)
        return [low * ratio**step for step in range(_POINTS + 1)]
    return [low + (high - low) * step / _POINTS for step in range(_POINTS + 1)]


def _label_axis(panel: "Axes", metric: Metric) -> None:
    """Plain numbers on the axis: a logarithmic one would say 2 x 10^1."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    if metric.scale == "log":
        panel.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        panel.xaxis.set_minor_formatter(NullFormatter())
    panel.tick_params(axis="x", labelsize=9)


def _percent(chance: float) -> str:
    """A chance in percent: 0.03 %, < 0.01 %."""
    if 0 < chance < 0.0001:
        return "< 0.01 %"
    digits = 2 if chance < 0.01 else max(0, 1 - math.floor(math.log10(chance * 100)))
    return f"{100 * chance:.{digits}f} %" if chance > 0 else "0 %"
