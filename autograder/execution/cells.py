"""Runs one cell after another in a kernel through nbclient, within limits of time and output."""

import asyncio
from dataclasses import dataclass
from typing import Any, Literal

from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.course import Limits
from autograder.kernels import KernelSession

# How long a kernel may take to obey an interrupt before it is killed.
GRACE_S = 5.0

LimitName = Literal["timeout", "out_of_memory", "output_limit", "killed"]


@dataclass(frozen=True)
class Reached:
    """A limit that was reached, and a sentence about where."""

    name: LimitName
    sentence: str


class CountingClient(NotebookClient):  # type: ignore[misc]
    """nbclient's client that keeps `max_output_bytes` of output in all, and notices a cell that floods alone."""

    def __init__(self, notebook: NotebookNode, session: KernelSession, *, max_output_bytes: int) -> None:
        super().__init__(
            notebook, km=session.manager, allow_errors=True, timeout=None, store_widget_state=False
        )
        self.kc = session.client
        self._kept_bytes = 0
        self._cell_bytes = 0
        self.output_limit_reached = asyncio.Event()
        self._max_output_bytes = max_output_bytes

    def begin_cell(self) -> None:
        """A later cell is not stopped for what an earlier one has printed."""
        self._cell_bytes = 0
        self.output_limit_reached.clear()

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        """Called by nbclient for every message of a cell; what is over the limit goes no further."""
        if msg["msg_type"] != "status":
            size = _size_of(msg["content"])
            self._cell_bytes += size
            if self._cell_bytes > self._max_output_bytes:
                self.output_limit_reached.set()
            if self._kept_bytes + size > self._max_output_bytes:
                return None
            self._kept_bytes += size
        return super().process_message(msg, cell, cell_index)


class CellRunner:
    """Runs the cells of one notebook in one kernel; remembers which limits were reached, in order."""

    def __init__(self, notebook: NotebookNode, session: KernelSession, limits: Limits) -> None:
        self.session = session
        self.reached: list[Reached] = []
        self._limits = limits
        self._client = CountingClient(notebook, session, max_output_bytes=limits.output_mb * 1_000_000)
        self._deadline = asyncio.get_running_loop().time() + limits.notebook_s

    async def run(self, cell: NotebookNode, index: int) -> None:
        """Run one code cell. Afterwards the kernel may be dead: see `is_alive`."""
        self._client.begin_cell()
        task = asyncio.ensure_future(self._client.async_execute_cell(cell, index))
        flooded = asyncio.ensure_future(self._client.output_limit_reached.wait())
        allowed_s = max(0.0, min(self._limits.cell_s, self.remaining_s))
        await asyncio.wait({task, flooded}, timeout=allowed_s, return_when=asyncio.FIRST_COMPLETED)
        reached: Reached | None = None
        if flooded.done():  # looked at first: a flood can also use up the time
            reached = self._output_reached(index)
        elif not task.done():
            reached = self.time_reached(index)
        flooded.cancel()
        if reached is not None:
            await self._stop_cell(task)
        await asyncio.wait({task})
        error = task.exception()
        if isinstance(error, DeadKernelError):
            reached = self._death(index, reached)
        elif error is not None:
            raise error
        if reached is not None:
            self._note(cell, reached)

    async def is_alive(self) -> bool:
        """Whether another cell can run: the kernel lives and the notebook's time is not up."""
        return await self.session.is_alive()

    @property
    def remaining_s(self) -> float:
        """What is left of the notebook's time; negative once it has passed."""
        return self._deadline - asyncio.get_running_loop().time()

    @property
    def is_out_of_time(self) -> bool:
        """Whether the time limit of the whole notebook has passed."""
        return self.remaining_s <= 0

    async def _stop_cell(self, task: "asyncio.Future[Any]") -> None:
        await self.session.interrupt()
        await asyncio.wait({task}, timeout=GRACE_S)
        if not task.done():
            self.session.kill()

    def time_reached(self, index: int) -> Reached:
        """The time limit that passed in the cell at `index`."""
        if self.is_out_of_time:
            limit = f"the notebook's time limit of {self._limits.notebook_s:g} s passed in cell {index + 1}"
        else:
            limit = f"cell {index + 1} was stopped after its time limit of {self._limits.cell_s:g} s"
        return Reached("timeout", limit)

    def _output_reached(self, index: int) -> Reached:
        return Reached(
            "output_limit", f"cell {index + 1} was stopped: more than {self._limits.output_mb} MB of output"
        )

    def _death(self, index: int, reached: Reached | None) -> Reached:
        """Why the kernel is dead, by the facts; `reached` is the limit for which we stopped it, if any."""
        limits, where = self._limits, f"the kernel was stopped in cell {index + 1}"
        match self.session.limit_reached:
            case "memory":
                return Reached("out_of_memory", f"{where}: over {limits.memory_mb} MB of memory")
            case "device":
                return Reached(
                    "out_of_memory", f"{where}: over {limits.device_memory_mb} MB of the device's memory"
                )
            case "cpu":
                allowed_s = limits.cpu_s or limits.notebook_s
                return Reached("timeout", f"{where}: over {allowed_s:g} s of processor time")
            case "disk":
                files = f"{limits.disk_mb} MB or {limits.files} files on disk"
                return Reached("killed", f"{where}: over {files}")
        if reached is not None:
            return reached
        by = self.session.end_signal
        how = f", by {by}" if by else ""
        return Reached("killed", f"the kernel ended by itself in cell {index + 1}{how}")

    def _note(self, cell: NotebookNode, reached: Reached) -> None:
        """Remember a limit, and leave a note where the student will look for it."""
        self.reached.append(reached)
        cell.outputs = [*cell.get("outputs", []), new_output("error", ename="Limit", evalue=reached.sentence)]


def _size_of(content: Any) -> int:
    """Bytes of text in a message, roughly: what it would take in the executed notebook."""
    if isinstance(content, str):
        return len(content)
    if isinstance(content, dict):
        return sum(_size_of(value) for value in content.values())
    if isinstance(content, list):
        return sum(_size_of(value) for value in content)
    return 8
