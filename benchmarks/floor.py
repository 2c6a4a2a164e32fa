"""The floor: the notebook's own cells, run by exec in a child forked from a process with all imports done.

With `--as-kernels`, no grader that runs the notebook in such a process can cost less; without, libraries are as they
come. The child is pinned to one core, as a slot's kernel is, and
skips what our kernels skip: cells of `grader.check`. Run as a program by `peers`; prints JSON.
"""

import gc
import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, TypedDict

import click

from autograder.kernels import environment


class Child(TypedDict):
    """What one child cost."""

    wall_s: float
    cpu_s: float


@click.command()
@click.argument("notebook", type=click.Path(exists=True, path_type=Path))
@click.option("--preload", multiple=True, help="Modules to import before the first fork.")
@click.option("--count", default=1, help="How many children in all.")
@click.option("--jobs", default=1, help="How many at a time.")
@click.option(
    "--as-kernels", is_flag=True, help="Import as our kernels do, with the settings that they make."
)
def main(notebook: Path, preload: tuple[str, ...], count: int, jobs: int, *, as_kernels: bool) -> None:
    """Run the cells of NOTEBOOK `count` times, `jobs` at a time, in the folder it lies in."""
    began = time.perf_counter()
    if as_kernels:
        environment.preload(list(preload))
    else:
        for name in preload:
            importlib.import_module(name)
    os.chdir(notebook.parent)
    cells = [
        cell["source"]
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    sources = [source if isinstance(source, str) else "".join(source) for source in cells]
    gc.freeze()
    start_s = time.perf_counter() - began
    cores = sorted(os.sched_getaffinity(0))
    began = time.perf_counter()
    children = _run_all(sources, count, [cores[number % len(cores)] for number in range(jobs)])
    wall_s = time.perf_counter() - began
    print(json.dumps({"start_s": start_s, "wall_s": wall_s, "children": children}))


def _run_all(sources: list[str], count: int, slots: list[int]) -> list[Child]:
    """Every slot is a core; a new child takes the core of the one that ended."""
    free, running, done = list(slots), dict[int, tuple[int, float]](), list[Child]()
    while len(done) < count:
        while free and len(done) + len(running) < count:
            core, began = free.pop(0), time.perf_counter()
            running[_fork(sources, core)] = (core, began)
        pid, status, usage = os.wait4(-1, 0)
        core, began = running.pop(pid)
        if status != 0:
            sys.exit(f"a child of the floor ended with status {os.waitstatus_to_exitcode(status)}")
        free.append(core)
        done.append(Child(wall_s=time.perf_counter() - began, cpu_s=usage.ru_utime + usage.ru_stime))
    return done


def _fork(sources: list[str], core: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.sched_setaffinity(0, {core})
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        _run_cells(sources)
        status = 0
    except BaseException as error:
        print(repr(error), file=sys.stderr)
        status = 1
    os._exit(status)


def _run_cells(sources: list[str]) -> None:
    import keras

    keras.utils.set_random_seed(0)
    # The setup cell asks for it to tell Colab from Jupyter.
    namespace: dict[str, Any] = {"__name__": "__main__", "get_ipython": lambda: None}
    for number, source in enumerate(sources, 1):
        exec(compile(source, f"cell {number}", "exec"), namespace)


if __name__ == "__main__":
    main()
