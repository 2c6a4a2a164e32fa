"""Runs one test case and says what became of it.

The second of the two places where everything is caught: a test may raise anything at all, `SystemExit`
included, because what it touches was made by student code.
"""

import contextlib
import inspect
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

from autograder.errors import CourseError, EvidenceError
from autograder.judge.calls import NotRecordedError
from autograder.judge.environment import CaseEnvironment, MissingError, NotCollectedError
from autograder.judge.protocol import CaseVerdict, OutcomeName

MAX_MESSAGE = 4000


@dataclass(frozen=True)
class LoadedCase:
    """A test case as Otter loaded it: the function and what it is called."""

    question: str
    name: str
    hidden: bool
    function: Callable[..., object]

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of its parameters."""
        return tuple(inspect.signature(self.function).parameters)


class _CaseTimeLimitError(BaseException):
    """A test case took too long; a BaseException, so that no test swallows it by accident."""


def run_case(case: LoadedCase, environment: CaseEnvironment, *, limit_s: float) -> CaseVerdict:
    """Run one test case; never raises."""
    outcome: OutcomeName
    try:
        with _time_limit(limit_s):
            case.function(**environment.values(case.needs))
        outcome, message = "passed", ""
    except AssertionError as error:
        outcome, message = "failed", str(error) or "an assertion of this test does not hold"
    except MissingError as error:
        outcome, message = "missing", str(error)
    except EvidenceError as error:
        outcome, message = "errored", str(error)
    except (NotCollectedError, NotRecordedError) as error:
        outcome, message = "ungraded", f"run this submission again: {error}"
    except CourseError as error:
        outcome, message = "ungraded", str(error)
    except ImportError as error:  # data cannot cause one: the test, or this machine, lacks a module
        outcome, message = "ungraded", f"the test needs a module that the judge does not have: {error}"
    except _CaseTimeLimitError:
        outcome, message = "errored", f"not ended after {limit_s:g} s of processor time on what was handed in"
    except BaseException as error:
        outcome, message = "errored", f"{type(error).__name__}: {_text_of(error)}"
    return CaseVerdict(
        question=case.question,
        name=case.name,
        hidden=case.hidden,
        outcome=outcome,
        message=message[:MAX_MESSAGE],
    )


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:
        return "(its text cannot be read)"


@contextlib.contextmanager
def _time_limit(limit_s: float) -> Iterator[None]:
    def stop(_signum: int, _frame: FrameType | None) -> NoReturn:
        raise _CaseTimeLimitError

    # Processor time: a busy machine must not cost a point, and waiting for a call has a limit of its own.
    previous = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
