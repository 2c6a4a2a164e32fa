"""Which isolation levels hold on this machine: found by confining a process and attacking from inside.

The answer is kept for as long as this process lives; a sandbox that fails the conformance suite is not
offered, whatever the system claims.
"""

from functools import cache

from autograder.errors import UsageError
from autograder.kernels.sandbox import LEVELS, Level


def levels_that_hold() -> dict[Level, str | None]:
    """Each level, strongest first, with None where it holds and the reason where it does not."""
    return {level: _why_not(level) for level in LEVELS}


def strongest_level() -> Level:
    """The first level that holds; `none` always does."""
    return next(level for level in LEVELS if _why_not(level) is None)


def choose_level(asked: str) -> Level:
    """The level to grade at: the one asked for by name, or with `auto` the strongest that isolates.

    Raises:
        UsageError: it does not hold here, or none does and `none` was not asked for.
    """
    if asked == "auto":
        level = strongest_level()
        if level != "none":
            return level
        reasons = "; ".join(f"{name}: {_why_not(name)}" for name in LEVELS if name != "none")
        raise UsageError(
            f"student code cannot be confined on this machine ({reasons}); `autograder doctor` tells more. To "
            "grade all the same, with student code running with your rights, say --sandbox none"
        )
    for level in LEVELS:
        if level == asked:
            reason = _why_not(level)
            if reason is None:
                return level
            raise UsageError(
                f"--sandbox {asked} does not hold on this machine: {reason}; see `autograder doctor`"
            )
    raise UsageError(f"--sandbox {asked}: there is no such level; choose from auto, {', '.join(LEVELS)}")


@cache
def _why_not(level: Level) -> str | None:
    if level == "none":
        return None
    from autograder.kernels.conformance import first_failure

    return first_failure(level)
