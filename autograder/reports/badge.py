"""A run as a badge: a small picture for a README that no outside service has to draw."""

from typing import Literal
from xml.sax.saxutils import escape

from autograder.runs import RunScorecard

LABEL = "references"
_COLOURS = {"good": "#2c7a3f", "gates": "#b3550c", "bad": "#b3261e"}
_WIDTH, _PADDING = 6.8, 12  # of a character at most, and left and right of a text


def render_badge(run: RunScorecard) -> str:
    """An SVG: how many references have full marks here, on which device, and whether the gates are met."""
    message, tone = _message(run)
    left, right = (_PADDING + round(_WIDTH * len(text)) for text in (LABEL, message))
    label, said = escape(LABEL), escape(message)
    font = "font-family='Verdana,DejaVu Sans,sans-serif' font-size='11' text-anchor='middle' fill='#fff'"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{left + right}' height='20' role='img' "
        f"aria-label='{label}: {said}'>\n"
        f"<title>{label}: {said}</title>\n"
        f"<rect width='{left + right}' height='20' rx='3' fill='#474747'/>\n"
        f"<path d='M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z' fill='{_COLOURS[tone]}'/>\n"
        f"<g {font}><text x='{left / 2:g}' y='14'>{label}</text>"
        f"<text x='{left + right / 2:g}' y='14'>{said}</text></g>\n"
        "</svg>\n"
    )


def _message(run: RunScorecard) -> tuple[str, Literal["good", "gates", "bad"]]:
    full = sum(entry.is_full for entry in run.canaries)
    counted = f"{full} of {len(run.canaries)} on {run.profile.upper()}"
    if run.failed_canaries:
        return counted, "bad"
    unmet = sum(not gate.is_met for gate in run.gates)
    met = f"gates met: {len(run.gates) - unmet} of {len(run.gates)}"
    return (f"{counted}, {met}", "gates") if unmet else (counted, "good")
