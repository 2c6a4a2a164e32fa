"""A run as a page: what the step summary says, to be read in a browser and kept with a build."""

from autograder.reports.pages import render
from autograder.reports.summary import verdict
from autograder.runs import RunScorecard


def render_run_page(run: RunScorecard, links: dict[tuple[str, str], str]) -> str:
    """The page of a run; `links` lead from (student, exercise) to a feedback page."""
    return render(
        "run.html.j2",
        run=run,
        verdict=verdict(run),
        on_device=any(entry.peak_device_bytes is not None for entry in run.entries),
        links=links,
        positions=positions,
    )


def positions(low: float, high: float, threshold: float, value: float | None) -> dict[str, float | None]:
    """Where honest runs, threshold and value lie on a line from 0 to 100 that shows them all."""
    marks = [low, high, threshold, *([] if value is None else [value])]
    start, end = min(marks), max(marks)
    room = (end - start) * 0.08 or abs(end) or 1.0
    start, end = start - room, end + room

    def place(mark: float) -> float:
        return 100 * (mark - start) / (end - start)

    return {
        "low": place(low),
        "high": place(high),
        "threshold": place(threshold),
        "value": None if value is None else place(value),
    }
