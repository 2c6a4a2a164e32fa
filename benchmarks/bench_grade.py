"""Grades the LSTM reference by `autograder grade` and by `otter run`, in turns, and prints both.

`otter run` executes hidden tests inside the student's kernel; its score is not compared, since test cases that
ask for the reference or for a calibrated threshold have neither there. Seconds are wall time on this machine
at this moment: compare the two columns of one run, not figures of different runs.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parents[1]
EXERCISE = "11_airpassengers_lstm"


def main() -> None:
    """Run the benchmark and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="ag-bench-") as name:
        folder = Path(name)
        notebook, archive = prepare(folder)
        seconds: dict[str, list[float]] = {"autograder grade": [], "otter run": []}
        phases: list[dict[str, float]] = []
        peaks: list[int] = []
        for number in range(rounds):
            took_s, card = ours(notebook, folder / f"ours-{number}")
            seconds["autograder grade"].append(took_s)
            phases.append({**card["execution"]["phases"], "whole command": took_s})
            peaks.append(card["execution"]["peak_memory_bytes"])
            seconds["otter run"].append(otter_run(notebook, archive, folder / f"otter-{number}"))
    print(f"\none submission, medians of {rounds} rounds, seconds")
    for name, values in seconds.items():
        print(f"  {name:<18} {median(values):7.1f}")
    ratio = median(seconds["otter run"]) / median(seconds["autograder grade"])
    print(f"  otter run / ours   {ratio:7.2f}")
    print("\nours by phase, seconds")
    for name in phases[0]:
        print(f"  {name:<18} {median(phase[name] for phase in phases):7.2f}")
    print(f"\nkernel's peak memory {median(peaks) / 1e6:.0f} MB")


def prepare(folder: Path) -> tuple[Path, Path]:
    """The reference as a submission, and Otter's own autograder zip of the same master with its data."""
    from autograder.authoring.build import build_exercise
    from autograder.course import load_course

    exercise = load_course(PROJECT).exercise(EXERCISE)
    notebook = folder / "submission" / exercise.notebook_name
    notebook.parent.mkdir()
    shutil.copy(build_exercise(exercise).reference, notebook)
    data = [shutil.copy(path, folder) for path in exercise.data_paths()]
    master = exercise.master.read_text(encoding="utf-8")
    names = ", ".join(Path(path).name for path in data)
    master = master.replace("# init_cell: false", f"# init_cell: false\n# files: [{names}]", 1)
    (folder / f"{EXERCISE}.py").write_text(master, encoding="utf-8")
    run("jupytext", "--to", "ipynb", f"{EXERCISE}.py", cwd=folder)
    run("otter", "assign", f"{EXERCISE}.ipynb", "dist", "--no-run-tests", "--no-pdfs", cwd=folder)
    (archive,) = (folder / "dist" / "autograder").glob("*.zip")
    return notebook, archive


def ours(notebook: Path, out: Path) -> tuple[float, dict]:
    """Seconds of one `autograder grade`, and the scorecard; the reference's evidence is cached before."""
    command = ("autograder", "grade", str(notebook), "--out", str(out), "--jobs", "1", "--sandbox", "none")
    took_s = run(*command, "--course", str(PROJECT), cwd=notebook.parent)
    (card,) = out.glob("submissions/*/*/scorecard.json")
    return took_s, json.loads(card.read_text(encoding="utf-8"))


def otter_run(notebook: Path, archive: Path, out: Path) -> float:
    """Seconds of one `otter run`."""
    out.mkdir()
    command = ("otter", "run", str(notebook), "-a", str(archive), "-o", str(out), "--no-logo")
    return run(*command, cwd=notebook.parent)


def run(program: str, *args: str, cwd: Path) -> float:
    """Run a program of this environment, one thread per library as a slot has it; seconds."""
    threads = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
    began = time.perf_counter()
    subprocess.run(
        [str(Path(sys.executable).with_name(program)), *args],
        cwd=cwd,
        env={**os.environ, **threads},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
