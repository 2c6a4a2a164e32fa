"""Asks the collector in a kernel for evidence, or to call a student's function, within a time limit."""

import asyncio
import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from queue import Empty as _Empty
from typing import Any

from autograder.course import Limits
from autograder.errors import EvidenceError
from autograder.evidence.bundle import Drop, read_drop
from autograder.kernels import KernelSession

GRACE_S = 5.0
SUFFIXES = (".json", ".safetensors")
_REQUEST, _REPLY = "request", "reply"


async def collect(
    session: KernelSession,
    question: str,
    names: tuple[str, ...],
    *,
    max_bytes: int,
    known: Sequence[str],
    limit_s: float,
) -> Drop:
    """Have the collector export `names` for `question` into the session's drop, and read what it wrote.

    `known` are the hashes of pretrained weights that the judge has, which need not be written.

    Raises:
        EvidenceError: nothing came, or it breaks a rule; the sentence says which.
    """
    stem = session.drop / question
    _forget(stem)
    inside = f"{session.drop_inside}/{question}"
    code = f"collect({question!r}, {list(names)!r}, {inside!r}, max_bytes={max_bytes}, known={list(known)!r})"
    await _run_in_collector(session, code, limit_s=limit_s)
    try:
        return read_drop(stem, max_bytes=max_bytes)
    finally:
        _forget(stem)


async def call(
    session: KernelSession, request: Path, reply: Path, *, limits: Limits, known: Sequence[str]
) -> None:
    """Have the collector call a student's function; request and reply are stems of a document's two files.

    Raises:
        EvidenceError: the call did not end in time, the kernel ended in it, or its reply breaks a rule.
    """
    asked, answered = session.drop / _REQUEST, session.drop / _REPLY
    for stem in (asked, answered):
        _forget(stem)
    for suffix in SUFFIXES:
        session.put_in_drop(_REQUEST + suffix, request.with_name(request.name + suffix).read_bytes())
    inside = [f"{session.drop_inside}/{name}" for name in (_REQUEST, _REPLY)]
    code = f"call({inside[0]!r}, {inside[1]!r}, known={list(known)!r})"
    await _run_in_collector(session, code, limit_s=limits.call_s)
    try:
        drop = read_drop(answered, max_bytes=limits.evidence_mb * 1_000_000)
    finally:
        for stem in (asked, answered):
            _forget(stem)
    for suffix, data in zip(SUFFIXES, (drop.json_bytes, drop.tensor_bytes), strict=True):
        reply.with_name(reply.name + suffix).write_bytes(data)


def _forget(stem: Path) -> None:
    """Remove what lies under a name that the collector is about to write: it may have been planted."""
    for suffix in (*SUFFIXES, *(f"{suffix}.part" for suffix in SUFFIXES)):
        path = stem.with_name(stem.name + suffix)
        with contextlib.suppress(OSError):  # what cannot be removed is refused when it is read
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


async def _run_in_collector(session: KernelSession, code: str, *, limit_s: float) -> None:
    """Run one call of the collector, silently: no output is kept and no history is made.

    The module is reached through `sys.modules`, where no assignment of a student's can hide it by accident.
    """
    source = f"__import__('sys').modules['_autograder_collector'].{code}"
    task = asyncio.ensure_future(_execute_silently(session, source))
    await asyncio.wait({task}, timeout=limit_s)
    if task.done():
        task.result()
        return
    await session.interrupt()
    await asyncio.wait({task}, timeout=GRACE_S)
    if not task.done():
        task.cancel()
        session.kill()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    raise EvidenceError(f"no answer within {limit_s:g} s")


async def _execute_silently(session: KernelSession, source: str) -> None:
    message_id = session.client.execute(source, silent=True, store_history=False)
    while True:
        try:
            reply: dict[str, Any] = await session.client.get_shell_msg(timeout=0.5)
        except (TimeoutError, _Empty):
            if not await session.is_alive():
                raise EvidenceError("the kernel ended") from None
            continue
        if reply["parent_header"].get("msg_id") == message_id:
            return
