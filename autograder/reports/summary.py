"""A run as Markdown, for the step summary of a CI server: at most 1 MiB, and text of a student's inert.

What a student may have written (names, messages) stands in code spans, in which nothing is markup, a link or a mention.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from autograder.reports.words import STATUSES
from autograder.runs import Change, Comparison, Entry, MetricValue, RunScorecard
from autograder.text import number, safe_line

MAX_BYTES = 1_000_000  # of the 1,048,576 that GitHub takes for one step
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&@:$!]")
_BACKTICKS = re.compile("`+")


def render_summary(run: RunScorecard) -> str:
    """The whole run: verdict, machine, gates, exercises, submissions."""
    lines = [
        f"# {'✅' if run.is_sound else '❌'} {verdict(run)}",
        "",
        f"{safe(run.course)} · {len(run.entries)} notebooks · {run.finished_at:%Y-%m-%d %H:%M %Z} · {run.wall_s:.0f} s",
        "",
        *_table(("", ""), _machine(run)),
        *_gates(run),
        *_exercises(run),
        *_submissions(run),
    ]
    return cut(lines)


def render_comparison(comparison: Comparison) -> str:
    """Two runs side by side; figures that are the same in both are left out, but for their number."""
    before, after = comparison.before, comparison.after
    changed = [change for change in comparison.changes if change.before != change.after]
    rows = [
        (
            quoted(one.student),
            quoted(one.exercise),
            safe(one.name),
            _figure(one, one.before),
            _figure(one, one.after),
            _how(one),
        )
        for one in changed
    ]
    lines = [
        "# Two runs",
        "",
        *_table(
            ("", "before", "after"),
            [
                ("finished", f"{before.finished_at:%Y-%m-%d %H:%M}", f"{after.finished_at:%Y-%m-%d %H:%M}"),
                ("device", safe(str(before.device)), safe(str(after.device))),
                (
                    "profile, backend",
                    f"{before.profile}, {before.backend}",
                    f"{after.profile}, {after.backend}",
                ),
                ("engine", safe(before.engine), safe(after.engine)),
                *_versions(before.packages, after.packages),
            ],
        ),
        "",
        f"{len(comparison.changes) - len(changed)} figures are the same, {len(changed)} differ.",
        "",
        *_table(("student", "exercise", "figure", "before", "after", "change"), rows),
        *_only("before", comparison.only_before),
        *_only("after", comparison.only_after),
    ]
    return cut(lines)


def verdict(run: RunScorecard) -> str:
    """One sentence: whether machine and course are sound, whether the gates are met, and what was not run."""
    count, failed = len(run.canaries), len(run.failed_canaries)
    parts = [f"references with full marks: {count - failed} of {count}"]
    if failed:
        parts.append("no score in the exercises of the others can be trusted")
    if run.gates:
        parts.append(f"gates met: {sum(gate.is_met for gate in run.gates)} of {len(run.gates)}")
    if run.not_run:
        parts.append(f"exercises not run: {len(run.not_run)}")
    return "; ".join(parts)


def metric_text(metric: MetricValue) -> str:
    """A metric beside its threshold: `test_rmse 41.2 (< 181.8)`."""
    sign = "<" if metric.band.better == "lower" else "≥"
    value = "–" if metric.value is None else f"{metric.value:.4g}"
    return f"{metric.name} {value} ({sign} {metric.band.threshold:.4g})"


def _with_band(metric: MetricValue) -> str:
    low, high = metric.band.honest_low, metric.band.honest_high
    return safe(f"{metric_text(metric)[:-1]}; honest {low:.4g} to {high:.4g})")


def safe(text: str) -> str:
    """Text of the course or the machine as Markdown that means nothing but itself; empty text as a dash."""
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", safe_line(text)) or "–"


def quoted(text: str) -> str:
    """Text of anybody's as a code span on one line, fit for a cell of a table; empty text as a dash.

    A vertical bar becomes a broken one: no way to write it in a cell holds whatever stands before it.
    """
    line = safe_line(text).replace("|", "¦")
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(line)), default=0))
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}" if line else "–"


def _machine(run: RunScorecard) -> Iterator[tuple[str, str]]:
    yield "device", safe(str(run.device))
    yield "profile, Keras backend", f"{run.profile}, {run.backend}"
    yield "isolation", safe(f"{run.isolation}, {run.kernel} kernels, {run.jobs} at a time, seed {run.seed}")
    yield "Python", safe(f"{run.python}, {run.platform}")
    yield "packages", safe(", ".join(f"{name} {version}" for name, version in run.packages.items()))
    yield "weights and data", _kinds(run.entries)


def _kinds(entries: Iterable[Entry]) -> str:
    used = {(one.name, one.kind) for entry in entries for one in entry.pretrained}
    used |= {(one.file, one.kind) for entry in entries for one in entry.datasets}
    kinds = [f"{name}: {kind}" for name, kind in sorted(used)]
    return safe(", ".join(kinds)) if kinds else "none"


def _gates(run: RunScorecard) -> list[str]:
    if not run.gates:
        return []
    rows = [("✅" if gate.is_met else "❌", safe(gate.gate), quoted(gate.detail)) for gate in run.gates]
    return ["", "## Gates", "", *_table(("", "gate", "found"), rows)]


def _exercises(run: RunScorecard) -> list[str]:
    rows = []
    for entry in run.canaries:
        count = sum(one.exercise == entry.exercise for one in run.submissions)
        mean = run.mean_percent(entry.exercise)
        rows.append(
            (
                safe(entry.exercise),
                _score(entry) + (f"<br>{quoted(entry.reason)}" if entry.reason else ""),
                "<br>".join(_with_band(metric) for metric in entry.metrics) or "–",
                f"{entry.wall_s:.1f}",
                _memory(entry.peak_memory_bytes),
                _memory(entry.peak_device_bytes),
                str(count or "–") if mean is None else f"{mean:.0f} % of {count}",
            )
        )
    rows += [(safe(one.exercise), "not run", quoted(one.reason), "", "", "", "") for one in run.not_run]
    heads = ("exercise", "reference", "metrics", "s", "memory", "on the device", "submissions")
    return ["", "## Exercises", "", *_table(heads, rows)]


def _submissions(run: RunScorecard) -> list[str]:
    if not run.submissions:
        return []
    rows = [
        (
            quoted(one.student),
            quoted(one.exercise),
            _score(one),
            STATUSES[one.status].en,
            "<br>".join(_with_band(metric) for metric in one.metrics) or "–",
            f"{one.wall_s:.1f}",
            quoted(one.reason) if one.reason else "",
        )
        for one in run.submissions
    ]
    heads = ("student", "exercise", "score", "status", "metrics", "s", "why")
    return ["", "## Submissions", "", *_table(heads, rows)]


def _versions(before: dict[str, str], after: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield safe(name), safe(before.get(name, "–")), safe(after.get(name, "–"))


def _only(which: str, entries: Sequence[Entry]) -> list[str]:
    if not entries:
        return []
    names = ", ".join(f"{quoted(entry.student)} in {quoted(entry.exercise)}" for entry in entries)
    return ["", f"Only in the run {which}: {names}"]


def _figure(change: Change, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f} %" if change.what == "score" else f"{value:.4g}"


def _how(change: Change) -> str:
    if change.loss is None:
        return ""
    sense = "worse" if change.loss > 0 else "better"
    return f"{sense}, x {change.ratio:.2f}" if change.ratio and change.what != "score" else sense


def _score(entry: Entry) -> str:
    return "open" if entry.score is None else f"{number(entry.score)} / {number(entry.max_score)}"


def _memory(size: int | None) -> str:
    return "–" if size is None else f"{size / 1e6:.0f} MB"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, its cells Markdown already."""
    lines = [f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads)]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def cut(lines: Sequence[str]) -> str:
    """The lines, as many as there is room for; the last says how many there was none for."""
    kept: list[str] = []
    size = 0
    for index, line in enumerate(lines):
        size += len(line.encode()) + 1
        if size > MAX_BYTES - 200:
            kept += ["", f"{len(lines) - index} more lines had no room here; scorecard.json has everything."]
            break
        kept.append(line)
    return "\n".join(kept) + "\n"
