"""`autograder doctor`: what this machine can do, found by trying, and what to do where it cannot."""

import os
import platform
import time
from pathlib import Path

import click
import psutil

from autograder import __version__
from autograder.batch.processes import modules_of
from autograder.cli.isolation import is_linux
from autograder.course import find_course
from autograder.course.backend import BACKENDS
from autograder.devices import find_gpus
from autograder.devices.backends import backends_with_device
from autograder.errors import AutograderError, HarnessError, UsageError
from autograder.kernels import LEVELS, Level, WarmServer, cgroups, conformance, landlock, syscalls
from autograder.kernels.warm import KERNEL_MODULES


def examine(course_folder: Path) -> int:
    """Carry out `autograder doctor`; returns the exit status: 0 where student code can be confined."""
    click.echo(f"autograder {__version__}, Python {platform.python_version()}, {platform.platform()}")
    if not is_linux():
        click.echo("kernels: cold only, not confined; grade with --kernel cold --sandbox none")
        return 1
    user = "root" if os.geteuid() == 0 else f"user {os.geteuid()}"
    group = cgroups.create(memory_bytes=2**30, processes=64)
    if group is not None:
        group.remove()
    click.echo(
        f"{user}, {len(os.sched_getaffinity(0))} processors, Landlock version {landlock.version() or 'none'}, "
        f"machine {syscalls.MACHINE}; memory is limited by {'a control group' if group else 'watching it'}"
    )
    holding = [level for level in LEVELS if level != "none" and _examine_level(level)]
    _examine_server(course_folder)
    _examine_gpus()
    if holding:
        click.echo(f"\ngrading confines student code at level {holding[0]}")
        return 0
    click.echo("\nstudent code cannot be confined here; grade only code that you trust, with --sandbox none")
    return 1


def _examine_level(level: Level) -> bool:
    """Print what the conformance suite finds; returns whether the level holds."""
    click.echo(f"\nlevel {level}")
    try:
        found = conformance.run_suite(level)
    except HarnessError as error:
        click.echo(f"  not to be had: {error}")
        return False
    for claim, problem in found.items():
        click.echo(
            f"  {'holds ' if problem is None else 'BROKEN'}  {claim}{f': {problem}' if problem else ''}"
        )
    return all(problem is None for problem in found.values())


def _examine_gpus() -> None:
    """Say which GPUs there are, and which backends compute on them."""
    try:
        gpus = find_gpus()
    except HarnessError as error:
        click.echo(f"\nGPU\n  BROKEN  {error}")
        return
    if not gpus:
        click.echo("\nno GPU: `nvidia-smi` is not there or names none; notebooks compute on the processor")
        return
    click.echo("\nGPU")
    for gpu in gpus:
        missing = "" if gpu.nodes else "; no file in /dev, so that no kernel can reach it"
        click.echo(
            f"  {gpu.name}, {gpu.memory_bytes / 2**30:.0f} GiB, driver {gpu.driver}, CUDA {gpu.cuda}{missing}"
        )
    seeing = backends_with_device(gpus[0], BACKENDS)
    for backend in BACKENDS:
        state = "computes there" if backend in seeing else "sees no GPU: not installed, or built without CUDA"
        click.echo(f"  {backend} {state}")
    if not gpus[0].tells_processes:
        click.echo(
            "  one submission at a time on each: whose memory is in use there is not told in this container"
        )


def _examine_server(course_folder: Path) -> None:
    """Start a warm server with the course's libraries and say what it took."""
    try:
        exercises = find_course(course_folder).exercises
    except UsageError:
        exercises = ()
    modules = modules_of(exercises)
    began = time.perf_counter()
    click.echo(f"\nwarm server with {', '.join(modules) or 'no course'}")
    try:
        with WarmServer([*KERNEL_MODULES, *modules]) as server:
            _ = server.control
            took_s = time.perf_counter() - began
            process = psutil.Process(server.pid)
            held_mb = process.memory_full_info().pss / 1e6
            click.echo(f"  ready in {took_s:.1f} s, {held_mb:.0f} MB, {process.num_threads()} thread")
    except AutograderError as error:
        click.echo(f"  BROKEN  {error}")
