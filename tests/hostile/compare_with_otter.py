"""Grades every case by `otter run` and by this project, and prints what became of each as a Markdown table.

    cd tests && python -m hostile.compare_with_otter [--only '02-*'] [--jobs 2] [--write ../docs/security.md]

`otter run` confines nothing: each case gets a process group of its own, a time limit, limits on memory and file
sizes, and a throw-away folder as home, temporary and current folder. Cases are marked `otter = false` and
left out that could reach further, that are no notebook, or whose aim is something only this project has: its
collector, its evidence, its limits. Those that leave something running come last and alone, each in a pid
namespace where the system has one. With `--write` the table replaces what stands between two
lines `<!-- table -->` of that file.
"""

import argparse
import contextlib
import fnmatch
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.authoring.assign import KERNELSPEC
from autograder.course import Exercise
from autograder.scorecard import Status
from hostile.case import Case, load_cases
from hostile.grading import GradedClass, HostileCourse, grade_class, levels_that_hold

LIMIT_S = 60
MAX_FILE_BYTES = 400_000_000
MAX_MEMORY_BYTES = {"01_vectors": 6 * 2**30, "02_network": 24 * 2**30}  # address space, not use
FORGING = 4  # the family that acts on results, also those of others
LATE_S = 1.5  # what a detached child of a case gets to do its work
MARKER = "<!-- table -->"


@dataclass(frozen=True)
class Said:
    """What a grader made of a case: points, or none and why."""

    points: float | None
    how: str


def main() -> None:
    """Run the comparison and print or write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", help="names of cases, with * and ?")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", type=Path, help="a file with the table between two marker lines")
    options = parser.parse_args()
    cases = [case for case in load_cases() if _is_wanted(case, options.only)]
    level = levels_that_hold()[0]
    with tempfile.TemporaryDirectory(prefix="ag-hostile-otter-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        hostile = HostileCourse.copy(folder)
        # First: what `otter run` leaves running would rewrite these results, too.
        ours = grade_class(
            hostile, level, [case for case in cases if level in case.file.levels], folder / "ours"
        )
        archives = {one.id: autograder_zip(one, folder / "assign") for one, _ in hostile.exercises.values()}

        def by_otter(case: Case) -> Said:
            return otter_run(hostile, case, archives[case.file.exercise], folder / "otter" / case.name)

        together = [case for case in cases if case.file.family != FORGING]
        with ThreadPoolExecutor(options.jobs) as pool:
            otter = dict(zip([case.name for case in together], pool.map(by_otter, together), strict=True))
        otter |= {case.name: by_otter(case) for case in cases if case.file.family == FORGING}
    text = table(cases, level, otter, ours)
    if options.write is None:
        print(text)
    else:
        write_between_markers(options.write, text)


def _is_wanted(case: Case, only: Sequence[str] | None) -> bool:
    return case.file.otter and any(fnmatch.fnmatch(case.name, pattern) for pattern in only or ["*"])


def autograder_zip(exercise: Exercise, folder: Path) -> Path:
    """Otter Assign's own autograder zip of the exercise's master, with its data files."""
    import jupytext
    import nbformat

    home = folder / exercise.id
    home.mkdir(parents=True)
    names = [Path(shutil.copy(path, home)).name for path in exercise.data_paths()]
    text = exercise.master.read_text(encoding="utf-8")
    if names:
        text = text.replace("# init_cell: false", f"# init_cell: false\n# files: [{', '.join(names)}]", 1)
    master = jupytext.reads(text, fmt="py:percent")
    master.metadata["kernelspec"] = KERNELSPEC
    nbformat.write(master, home / exercise.notebook_name)
    command = [_program("otter"), "assign", exercise.notebook_name, "dist", "--no-run-tests", "--no-pdfs"]
    env = {**os.environ, "TMPDIR": str(home)}
    subprocess.run(command, cwd=home, env=env, check=True, capture_output=True, timeout=120)
    (archive,) = (home / "dist" / "autograder").glob("*.zip")
    return archive


def otter_run(hostile: HostileCourse, case: Case, archive: Path, folder: Path) -> Said:
    """Grade one case by `otter run`, held in as far as limits can."""
    exercise, built = hostile.exercises[case.file.exercise]
    home, out = folder / "home", folder / "out"
    for path in (home, out):
        path.mkdir(parents=True)
    (home / exercise.notebook_name).write_bytes(case.content(exercise, built))
    for path in case.beside():
        shutil.copyfile(path, home / path.name.removesuffix(".txt"))
    command = (
        *_alone(LATE_S if case.file.family == FORGING else 0),
        _program("otter"),
        "run",
        exercise.notebook_name,
        "-a",
        str(archive),
        "-o",
        str(out),
        "--no-logo",
    )
    began = time.monotonic()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=home,
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_limits(MAX_MEMORY_BYTES[exercise.id]),
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(LIMIT_S)
    is_late = process.poll() is None
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if is_late:
        return Said(None, f"does not end: stopped after {LIMIT_S} s")
    return _read_results(out, process.returncode, time.monotonic() - began)


@cache
def _alone(late_s: float) -> tuple[str, ...]:
    """A command that takes all that a program leaves running with it, `late_s` after its end."""
    alone = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
    try:
        subprocess.run([*alone, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        alone = ()
    return (*alone, "sh", "-c", f'"$@"; ended=$?; sleep {late_s:g}; exit $ended', "sh")


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _environment(home: Path) -> dict[str, str]:
    """A small environment whose home and temporary folder are the case's own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    threads = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
    tmp = home.with_name("tmp")
    tmp.mkdir()
    return {**kept, **threads, "HOME": str(home), "TMPDIR": str(tmp), "TF_CPP_MIN_LOG_LEVEL": "3"}


def _limits(memory: int) -> Callable[[], None]:
    def set_limits() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE_BYTES, MAX_FILE_BYTES))
        resource.setrlimit(resource.RLIMIT_NPROC, (4096, 4096))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return set_limits


def _read_results(out: Path, status: int, took_s: float) -> Said:
    path = out / "results.json"
    if not path.exists():
        return Said(None, f"no result, exit status {status}")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        points = sum(float(test.get("score", 0)) for test in found["tests"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return Said(None, "a result that cannot be read")
    return Said(points, f"{took_s:.0f} s")


def table(cases: Sequence[Case], level: str, otter: Mapping[str, Said], ours: GradedClass) -> str:
    """The Markdown table, one row for each case, and a line of sums."""
    rows = ["| family | case | honest | `otter run` | ours |", "|---|---|---|---|---|"]
    tally = {"gave more than is honest": 0, "gave less": 0, "gave no score": 0}
    for case in cases:
        points = case.points_at(level, ours.built[case.file.exercise])
        honest, theirs = sum(points.values()), otter[case.name]
        if theirs.points is None:
            tally["gave no score"] += 1
        elif abs(theirs.points - honest) > 1e-6:
            tally["gave more than is honest" if theirs.points > honest else "gave less"] += 1
        mark = "**" if theirs.points is not None and theirs.points > honest + 1e-6 else ""
        said = theirs.how if theirs.points is None else f"{mark}{theirs.points:g}{mark}"
        rows.append(
            f"| {case.file.family:02} | {case.name[3:]} | {honest:g} | {said} | {_ours(case, ours)} |"
        )
    sums = ", ".join(f"{what} {count} times" for what, count in tally.items())
    return (
        "\n".join([*rows, "", f"{len(cases)} cases; `otter run` {sums}. Ours ran at level `{level}`."]) + "\n"
    )


def _ours(case: Case, ours: GradedClass) -> str:
    card = ours.cards.get(case.student)
    if card is None:
        return "-"
    score = "open" if card.score is None else f"{card.score:g}"
    return score if card.status is Status.GRADED else f"{score}, {card.status}"


def write_between_markers(path: Path, text: str) -> None:
    """Replace what stands between the two marker lines."""
    parts = path.read_text(encoding="utf-8").split(MARKER)
    if len(parts) != 3:
        sys.exit(f"{path}: needs two lines {MARKER}, has {len(parts) - 1}")
    path.write_text(f"{parts[0]}{MARKER}\n\n{text}\n{MARKER}{parts[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
