"""From `--kernel` and `--sandbox` to how student code is run, and a sentence where it is not the usual way."""

import os
import platform

import click

from autograder.batch import BatchOptions, Isolation
from autograder.errors import UsageError
from autograder.kernels import KernelKind, choose_level
from autograder.kernels.levels import strongest_level


def default_jobs() -> int:
    """One slot per core that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def is_linux() -> bool:
    """Whether warm kernels can be had at all."""
    return platform.system() == "Linux"


def choose_isolation(kernel: str | None, sandbox: str) -> Isolation:
    """The kind of kernel and the level that were asked for, as far as this machine has them.

    Raises:
        UsageError: student code would run unconfined and nobody asked for that by name.
    """
    kind = _choose_kernel(kernel)
    if kind == "warm":
        return Isolation("warm", choose_level(sandbox))
    if sandbox != "none":
        raise UsageError(
            "a cold kernel is not confined: student code would run with your rights, your files and your "
            "network; if that is what you want, say --kernel cold --sandbox none"
        )
    return Isolation("cold", "none")


def _choose_kernel(asked: str | None) -> KernelKind:
    if is_linux():
        return "cold" if asked == "cold" else "warm"
    if asked == "warm":
        raise UsageError("warm kernels need Linux; say --kernel cold")
    if asked is None:
        click.echo("no warm kernels on this system: each kernel imports its libraries itself", err=True)
    return "cold"


def batch_options(kernel: str | None, sandbox: str, *, jobs: int | None, seed: int) -> BatchOptions:
    """The options of a batch; raises UsageError as `choose_isolation` does."""
    chosen = choose_isolation(kernel, sandbox)
    return BatchOptions(jobs=jobs or default_jobs(), seed=seed, kernel=chosen.kernel, sandbox=chosen.level)


def own_notebook_options() -> BatchOptions:
    """For a student's own notebook, which may also run unconfined, as it does in Jupyter."""
    if not is_linux():
        return BatchOptions(jobs=1, seed=0, kernel="cold", sandbox="none")
    return BatchOptions(jobs=1, seed=0, kernel="warm", sandbox=strongest_level())


def judging_only() -> Isolation:
    """For a regrade, in which no student code runs: as confined as can be had."""
    if not is_linux():
        return Isolation("cold", "none")
    return Isolation("warm", strongest_level())
