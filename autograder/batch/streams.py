"""A child process that speaks JSON lines: forked from the warm server, or a cold one of its own."""

import asyncio
import contextlib
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import HarnessError
from autograder.kernels import Sandbox, WarmServer
from autograder.kernels.warm import Child, receive_child

MAX_LINE = 2**28
END_S = 30.0


@dataclass
class Stream:
    """Lines to and from one child; `close` ends it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    log: Path | None = None
    child: Child | None = None
    process: asyncio.subprocess.Process | None = None

    async def send(self, line: str) -> None:
        """Send a line; a child that is gone is noticed at the next read."""
        with contextlib.suppress(ConnectionError):
            self.writer.write(line.encode() + b"\n")
            await self.writer.drain()

    async def receive(self, who: str) -> bytes:
        """The next line.

        Raises:
            HarnessError: the child has ended; `who` says in the message which.
        """
        with contextlib.suppress(ConnectionError):
            if line := await self.reader.readline():
                return line
        raise HarnessError(f"the {who} ended; its last words: {self._last_words()}")

    async def close(self) -> float:
        """Hang up and wait for the child to end; returns the CPU seconds it took, 0 where nobody counted."""
        self.writer.close()
        if self.process is not None:
            await _end(self.process)
        elif self.child is not None:
            await asyncio.to_thread(self.child.close)
            return float((self.child.ended or {}).get("cpu_s", 0.0))
        else:
            with contextlib.suppress(ConnectionError, TimeoutError):
                async with asyncio.timeout(END_S):
                    await self.reader.read()
        return 0.0

    def _last_words(self) -> str:
        text = ""
        if self.child is not None:
            with contextlib.suppress(OSError):
                text = os.pread(self.child.log, 100_000, 0).decode(errors="replace")
        elif self.log is not None:
            with contextlib.suppress(OSError):
                text = self.log.read_text(encoding="utf-8", errors="replace")
        lines = text.strip().splitlines()
        return lines[-1] if lines else "none"


async def _end(process: asyncio.subprocess.Process) -> None:
    try:
        await asyncio.wait_for(process.wait(), timeout=END_S)
    except TimeoutError:
        process.kill()
        await process.wait()


async def cold_stream(module: str, log: Path) -> Stream:
    """`python -m module` as a plain process; what it says besides goes to `log`."""
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=file,
            limit=MAX_LINE,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    return Stream(process.stdout, process.stdin, log=log, process=process)


async def executor_stream(server: WarmServer) -> Stream:
    """An executor forked from the warm server, with the right to ask it for kernels.

    Raises:
        HarnessError: the server cannot be reached.
    """
    control = await asyncio.to_thread(lambda: server.control)
    ours, theirs = socket.socketpair()
    with theirs:
        server.fork("executor", {}, None, [theirs.fileno(), control.fileno()]).close()
    reader, writer = await _open(ours)
    return Stream(reader, writer, log=server.log)


async def judge_stream(server: WarmServer, sandbox: Sandbox, cpu: int | None) -> Stream:
    """A confined judge forked from the warm server.

    Raises:
        HarnessError: it does not start.
    """
    await asyncio.to_thread(lambda: server.control)
    ours, theirs = socket.socketpair()
    with theirs:
        lifeline = server.fork("judge", {"cpu": cpu}, sandbox, [theirs.fileno()])
    child = await asyncio.to_thread(receive_child, lifeline)
    reader, writer = await _open(ours)
    return Stream(reader, writer, child=child)


async def _open(end: socket.socket) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_unix_connection(sock=end, limit=MAX_LINE)
