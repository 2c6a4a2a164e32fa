"""What a batch tells whoever watches it: who is running, at which cell, how many are done."""

from typing import Protocol

from autograder.scorecard import Scorecard


class Progress(Protocol):
    """Called by the batch as things happen; must not block."""

    def note(self, text: str) -> None:
        """Something that takes a while and belongs to no submission."""

    def begin(self, *, total: int, kept: int, jobs: int) -> None:
        """Called once: how many submissions there are, and how many of them need no grading."""

    def start(self, slot: int, student: str, exercise: str) -> None:
        """A slot has taken up a submission."""

    def stage(self, slot: int, text: str) -> None:
        """What the slot does now: a cell, judging."""

    def finish(self, slot: int, card: Scorecard) -> None:
        """The slot is done with its submission."""


class SilentProgress:
    """Shows nothing; for tests and calls from programs."""

    def note(self, text: str) -> None:
        """Nothing."""

    def begin(self, *, total: int, kept: int, jobs: int) -> None:
        """Nothing."""

    def start(self, slot: int, student: str, exercise: str) -> None:
        """Nothing."""

    def stage(self, slot: int, text: str) -> None:
        """Nothing."""

    def finish(self, slot: int, card: Scorecard) -> None:
        """Nothing."""
