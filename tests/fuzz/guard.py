"""What every input is held against: our own errors only, in time, in memory, and nothing run or written.

Covered by the interpreter's audit events: unpickling, programs started, sockets, and files opened for writing,
made, moved or removed, C code included. Not covered: memory that is taken outside Python's and NumPy's
allocators, for which only the address space is bounded.
"""

import contextlib
import resource
import signal
import sys
import tracemalloc
import warnings
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final, NoReturn

from autograder.errors import AutograderError
from fuzz import canary

LIMIT_S = 20.0
HEADROOM_BYTES = 4 * 2**30  # address space above what the process has when an input comes
MAX_MESSAGE = 4000
_STARTS = ("os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "subprocess.Popen", "pty.spawn")
_CHANGES = (
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.chmod", "os.truncate"),
    *("shutil.rmtree", "shutil.move", "shutil.copyfile", "tempfile.mkstemp", "tempfile.mkdtemp"),
)
_FORBIDDEN = frozenset(
    (*_STARTS, *_CHANGES, "pickle.find_class", "socket.connect", "socket.bind", "code.__new__")
)


class _Refused:
    def __repr__(self) -> str:
        return "REFUSED"


REFUSED: Final = _Refused()


class HungError(BaseException):
    """The input took longer than the limit; no `except Exception` may swallow it."""


class _Watch:
    def __init__(self) -> None:
        self.is_on = False
        self.seen: list[str] = []

    def hear(self, event: str, args: tuple[object, ...]) -> None:
        if self.is_on and (event in _FORBIDDEN or (event == "open" and _writes(args))):
            self.seen.append(f"{event}{args!r:.200}")


def _writes(args: tuple[object, ...]) -> bool:
    path, mode, flags = args
    if isinstance(path, str) and (path.endswith(".pyc") or ".pyc." in path):
        return False  # a library imported late
    writing = isinstance(mode, str) and bool(set(mode) & set("wax+"))
    return writing or (mode is None and isinstance(flags, int) and bool(flags & 0o3))


_watch = _Watch()
sys.addaudithook(_watch.hear)


@contextlib.contextmanager
def _alarm(limit_s: float) -> Iterator[None]:
    def stop(_signum: int, _frame: FrameType | None) -> NoReturn:
        raise HungError(f"no answer within {limit_s:g} s")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@contextlib.contextmanager
def _address_space() -> Iterator[None]:
    """So that a bomb ends in a MemoryError and not with the machine."""
    with open("/proc/self/statm") as file:  # noqa: PTH123 - quicker, and this runs for every input
        now = int(file.read().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + HEADROOM_BYTES, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextlib.contextmanager
def _traced() -> Iterator[Callable[[], int]]:
    tracemalloc.start()
    try:
        yield lambda: tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def answer_to(
    action: Callable[[], object],
    *,
    refuses_with: type[AutograderError] | tuple[type[AutograderError], ...],
    max_bytes: int,
    may_warn: tuple[type[Warning], ...] = (),
) -> object:
    """The value that `action` gave, or `REFUSED`; anything else that happens fails the test."""
    canary.fired.clear()
    _watch.seen.clear()
    found: object = REFUSED
    with warnings.catch_warnings(record=True) as warned, _address_space(), _traced() as peak, _alarm(LIMIT_S):
        warnings.simplefilter("always")
        _watch.is_on = True
        try:
            found = action()
        except refuses_with as error:
            _expect_readable(error)
        finally:
            _watch.is_on = False
        taken = peak()
    loose = [str(one.message) for one in warned if not issubclass(one.category, may_warn or ())]
    assert not canary.fired, f"code was run: {canary.fired}"
    assert not _watch.seen, f"something was touched: {_watch.seen}"
    assert not loose, f"warnings came loose: {loose}"
    assert taken <= max_bytes, f"took {taken:,} bytes of memory, more than {max_bytes:,}"
    return found


def _expect_readable(error: AutograderError) -> None:
    """Messages end in reports: one line that can be written."""
    text = str(error)
    assert text.isprintable(), f"a message that is not one printable line: {text!r:.300}"
    assert 0 < len(text) <= MAX_MESSAGE, f"a message of {len(text)} characters"
