"""The live display of a batch in a terminal: one line per slot, how many are done, time left."""

import time
from dataclasses import dataclass
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from autograder.scorecard import Scorecard, Status
from autograder.text import log_line

# Where nobody watches (a log file, CI), one line per finished submission is worth more than a display.
_STATUS_STYLE = {Status.GRADED: "green", Status.HARNESS_ERROR: "bold red"}


@dataclass
class _Slot:
    student: str = ""
    exercise: str = ""
    stage: str = "idle"
    since: float = 0.0


class TerminalProgress:
    """A `Progress` that draws; `with TerminalProgress(console) as progress: ...`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._slots: dict[int, _Slot] = {}
        self._total = self._done = self._kept = 0
        self._began = time.monotonic()
        self._live = Live(console=console, get_renderable=self._render, refresh_per_second=4, transient=True)

    def __enter__(self) -> "TerminalProgress":
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def note(self, text: str) -> None:
        """Called by the batch before something that takes a while."""
        self._console.print(text, markup=False, highlight=False)

    def begin(self, *, total: int, kept: int, jobs: int) -> None:
        """Called by the batch once."""
        self._total, self._done, self._kept = total, kept, kept
        self._began = time.monotonic()
        kept_text = f", {kept} of them unchanged since the last run" if kept else ""
        self._console.print(f"{total} submissions{kept_text}; {jobs} at a time")

    def start(self, slot: int, student: str, exercise: str) -> None:
        """Called by the batch when a slot takes up a submission."""
        self._slots[slot] = _Slot(log_line(student), log_line(exercise), "starting", time.monotonic())

    def stage(self, slot: int, text: str) -> None:
        """Called by the batch when a slot goes on to its next stage."""
        self._slots[slot].stage = text

    def finish(self, slot: int, card: Scorecard) -> None:
        """Called by the batch when a slot is done."""
        took_s = time.monotonic() - self._slots[slot].since
        self._slots[slot] = _Slot()
        self._done += 1
        score = "  open" if card.score is None else f"{card.score:6g}"
        line = Text(f"  {self._done:>4}/{self._total}  {score} / {card.max_score:g}  ")
        line.append(f"{card.status:<16}", style=_STATUS_STYLE.get(card.status, "yellow"))
        line.append(f" {took_s:5.1f} s  {log_line(card.student)}")
        self._console.print(line, soft_wrap=True)

    def _render(self) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        for number, slot in sorted(self._slots.items()):
            running = f"{time.monotonic() - slot.since:4.0f} s" if slot.student else ""
            table.add_row(f"  slot {number + 1}", slot.student, slot.exercise, slot.stage, running)
        bar = Table.grid(padding=(0, 2))
        bar.add_row(
            "  ", ProgressBar(total=max(self._total, 1), completed=self._done, width=40), self._summary()
        )
        return Group(table, bar)

    def _summary(self) -> str:
        measured = self._done - self._kept
        if not measured:
            return f"{self._done} of {self._total} done"
        left_s = (time.monotonic() - self._began) / measured * (self._total - self._done)
        return f"{self._done} of {self._total} done, about {_duration(left_s)} left"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
