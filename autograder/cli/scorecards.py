"""`autograder scorecard` and `compare`: run a course for CI, judge its gates, and say what came of it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.batch import BatchOptions
from autograder.batch.display import TerminalProgress
from autograder.ci import Asked, GithubStep, run_course, write_run_files
from autograder.ci.device import AskedProfile, choose_profile
from autograder.ci.run import split_by_installed
from autograder.cli.options import GATE_NOT_MET
from autograder.course import find_course
from autograder.errors import UsageError
from autograder.reports.annotations import render_annotations
from autograder.reports.summary import metric_text, render_comparison, render_summary, verdict
from autograder.runs import (
    BaselineGate,
    Gate,
    RunScorecard,
    Tolerance,
    compare,
    parse_metric_gate,
    parse_score_gate,
    read_run_scorecard,
)
from autograder.text import defused, log_line, number


def parse_gates(
    scores: Sequence[str], metrics: Sequence[str], baseline: Path | None, tolerance: Tolerance
) -> list[Gate]:
    """The gates of the command line.

    Raises:
        UsageError: one cannot be read, or the baseline is no run's scorecard.
    """
    gates: list[Gate] = [parse_score_gate(text) for text in scores]
    gates += [parse_metric_gate(text) for text in metrics]
    if baseline is not None:
        gates.append(BaselineGate(read_run_scorecard(baseline), tolerance))
    return gates


def publish_scorecard(
    exercise_ids: tuple[str, ...],
    submissions: tuple[Path, ...],
    out: Path,
    gates: Sequence[Gate],
    options: BatchOptions,
    profile: AskedProfile,
    course_folder: Path,
    *,
    step: GithubStep | None = None,
) -> int:
    """Carry out `autograder scorecard`; returns the exit status."""
    course = find_course(course_folder)
    chosen = [course.exercise(one) for one in exercise_ids] or list(course.exercises)
    runnable, not_run = split_by_installed(chosen)
    if not runnable:
        raise UsageError(f"none of these exercises can run here: {not_run[0].exercise}: {not_run[0].reason}")
    placement, device = choose_profile(profile, runnable)
    for note in placement.notes:
        click.echo(note)
    options = options.with_gpus(placement.gpus)
    console = Console()
    with TerminalProgress(console) as progress:
        asked = Asked(course, placement.exercises, submissions, out.absolute(), not_run)
        ran = asyncio.run(run_course(asked, options, device, progress))
    run = ran.run.model_copy(update={"gates": tuple(gate.judge(ran.run) for gate in gates)})
    write_run_files(out.absolute(), ran, run)
    for line in ran.ignored:
        click.echo(f"left out: {log_line(line)}")
    console.print(_entries_table(run))
    for gate in run.gates:
        click.echo(f"{'met' if gate.is_met else 'NOT MET'}: {log_line(gate.gate)} ({log_line(gate.detail)})")
    for problem in ran.problems:
        click.echo(
            f"could not be graded, through no fault of the student's: {log_line(problem.student)}, "
            f"{log_line(problem.exercise)}: {log_line(problem.error)}",
            err=True,
        )
    click.echo(f"{verdict(run)}\nopen {out / 'index.html'}")
    if step is not None:
        click.echo(render_annotations(run), nl=False)
        step.leave(summary=render_summary(run), outputs={"verdict": verdict(run)})
    if ran.problems or run.failed_canaries:
        return 1
    return GATE_NOT_MET if any(not gate.is_met for gate in run.gates) else 0


def compare_runs(before: Path, after: Path) -> int:
    """Carry out `autograder compare`; returns the exit status."""
    comparison = compare(read_run_scorecard(before), read_run_scorecard(after))
    click.echo(defused(render_comparison(comparison)), nl=False)
    return 0


def _entries_table(run: RunScorecard) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("notebook", overflow="fold")
    table.add_column("exercise", no_wrap=True)
    table.add_column("metrics", overflow="fold")
    on_device = any(entry.peak_device_bytes is not None for entry in run.entries)
    for heading in ("score", "s", "MB", *(("device MB",) if on_device else ())):
        table.add_column(heading, justify="right")
    for entry in run.entries:
        score = "open" if entry.score is None else f"{number(entry.score)} / {number(entry.max_score)}"
        table.add_row(
            Text(log_line(entry.student)),
            Text(log_line(entry.exercise)),
            Text("\n".join(metric_text(metric) for metric in entry.metrics)),
            score,
            f"{entry.wall_s:.1f}",
            _megabytes(entry.peak_memory_bytes),
            *((_megabytes(entry.peak_device_bytes),) if on_device else ()),
        )
    return table


def _megabytes(size: int | None) -> str:
    return "–" if size is None else f"{size / 1e6:.0f}"
