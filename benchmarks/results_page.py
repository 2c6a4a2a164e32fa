"""Puts the figures of results.json into docs/benchmarks.md, between its two marker lines."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from peers import PEERS
from results_file import RESULTS

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
MARKER = "<!-- table -->"
NOTEBOOKS = {"01_build_lstm": "builds the LSTM, trains nothing", "02_train_lstm": "trains it"}
HELD = {True: "yes", False: "**no**", None: "not measured"}


def main() -> None:
    """Rewrite the page."""
    sections = json.loads(RESULTS.read_text(encoding="utf-8"))
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8"), sections), encoding="utf-8")
    print(f"wrote {PAGE}")


def with_figures(page: str, sections: dict[str, Any]) -> str:
    """The page with `sections` of results.json in the place of what stands between its markers."""
    before, _, after = page.split(MARKER)
    return f"{before}{MARKER}\n\n{figures(sections)}\n\n{MARKER}{after}"


def figures(sections: dict[str, Any]) -> str:
    """All sections as Markdown; a section that is not there is left out."""
    parts = [_machine(sections), _targets(sections.values())]
    if "comparison" in sections:
        parts += [*_costs(sections["comparison"]), _phases(sections["comparison"])]
    if "class" in sections:
        parts.append(_fifths(sections["class"]))
    return "\n\n".join(parts)


def _machine(sections: dict[str, Any]) -> str:
    dates = sorted({section["machine"]["date"] for section in sections.values()})
    one = next(iter(sections.values()))["machine"]
    packages = ", ".join(f"{name} {version}" for name, version in one["packages"].items())
    return (
        f"Measured on {', '.join(dates)}: {one['cpu']}, {one['cores']} cores, {one['memory_gb']} GB, "
        f"{one['system']}; Python {one['python']}, {packages}."
    )


def _targets(sections: Iterable[dict[str, Any]]) -> str:
    """What must hold, whether it does. Judged by the benchmarks themselves."""
    rows = [
        (target["name"], target["required"], target["measured"], HELD[target["holds"]])
        for section in sections
        for target in section["targets"]
    ]
    return "### What must hold\n\n" + _table(("", "required", "measured", "holds"), rows)


def _costs(comparison: dict[str, Any]) -> Iterator[str]:
    """A table for each notebook and number at a time: medians per submission."""
    head = ("", "seconds", "CPU s", "start s", "an hour", "x ours", "above floor")
    for notebook, by_jobs in comparison["summary"].items():
        for jobs, peers in by_jobs.items():
            rows = [
                (
                    name,
                    f"{row['wall_s']:.2f}",
                    f"{row['cpu_s']:.2f}",
                    f"{row['start_s']:.1f}",
                    f"{row['per_hour']:,.0f}",
                    f"{row['times_ours']:.2f}",
                    f"{round(row['share_above_floor'], 2) + 0.0:.0%}",  # no minus before a zero
                )
                for name, row in ((name, peers[name]) for name in PEERS if name in peers)
            ]
            title = f"### The notebook that {NOTEBOOKS[notebook]}, {jobs} at a time"
            yield f"{title}\n\nMedians of {comparison['rounds']} rounds, per submission.\n\n{_table(head, rows)}"


def _phases(comparison: dict[str, Any]) -> str:
    """Where the CPU time of our warm kernels goes."""
    found = [
        (f"{notebook}, {jobs} at a time", peers["ours warm"])
        for notebook, by_jobs in comparison["summary"].items()
        for jobs, peers in by_jobs.items()
    ]
    names = list(found[0][1]["cpu_phases"])
    rows = []
    for name, row in found:
        phases = [row["cpu_phases"][phase] for phase in names]
        cells = (*phases, row["cpu_s"] - sum(phases), row["cpu_s"])
        rows.append((name, *(f"{value:.2f}" for value in cells)))
    head = ("CPU s", *(phase.replace("_", " ") for phase in names), "recorder, servers", "in all")
    return f"### Where the time of ours warm goes\n\n{_table(head, rows)}"


def _fifths(run: dict[str, Any]) -> str:
    """The class of 500, fifth by fifth."""
    head = ("fifth", "s each", "CPU s each", "yardstick ms", "all MB", "recorder MB", "server MB")
    rows = [
        (
            str(number),
            f"{block['wall_s']:.2f}",
            f"{block['cpu_s']:.2f}",
            f"{block['yardstick_s'] * 1000:.1f}",
            *(f"{block[f'{name}_bytes'] / 1e6:.0f}" for name in ("tree_pss", "recorder_rss", "server_rss")),
        )
        for number, block in enumerate(run["blocks"], 1)
    ]
    title = f"### A class of {run['students']}, one in ten hostile, {run['jobs']} at a time"
    resumed = ", ".join(f"{seconds:.0f}" for seconds in run["killed_wall_s"])
    return (
        f"{title}\n\n{run['wall_s']:.0f} s without a break; killed three times and resumed: "
        f"{resumed} s.\n\n{_table(head, rows)}"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    main()
