"""The results folder: where everything lies, who may write, and how a write is all or nothing.

run.json                                what was run, with which options
submissions/<student>/<exercise>/       submitted.ipynb executed.ipynb evidence/ scorecard.json feedback.html
grades.csv index.html                   reports over all scorecards
.work/ .lock                            scratch of a run in progress
"""

import contextlib
import fcntl
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.errors import HarnessError, UsageError
from autograder.files import write_atomically, write_error
from autograder.scorecard import SCORECARD, Scorecard, read_scorecard
from autograder.submissions import folder_name

FORMAT = 1
RUN = "run.json"
_OLD = ".old"


class ProblemRecord(BaseModel):
    """A submission that could not be graded for a reason of ours; an earlier grade stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    student: str
    exercise: str
    error: str


class RunRecord(BaseModel):
    """run.json: what the last command on this folder did."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = FORMAT
    engine: str
    command: str
    course: str
    finished_at: datetime
    seed: int
    jobs: int
    isolation: str
    graded: int
    kept: int
    ignored: tuple[str, ...] = ()
    problems: tuple[ProblemRecord, ...] = ()


class Results:
    """One results folder. Use `Results.open` to write in it, `Results.existing` to read."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()  # other processes with other working folders get paths below it

    @classmethod
    def existing(cls, root: Path) -> "Results":
        """A folder that a run has written.

        Raises:
            UsageError: it is none, or one of another version.
        """
        results = cls(root)
        if not (root / RUN).is_file() and not (root / "submissions").is_dir():
            raise UsageError(f"{root}: not a results folder; name the --out folder of `autograder grade`")
        results._check_version()
        return results

    @classmethod
    @contextlib.contextmanager
    def open(cls, root: Path) -> Iterator["Results"]:
        """Make or reopen a results folder and hold it alone until the block ends.

        Raises:
            UsageError: another run holds it, it is of another version, or it holds something else.
            HarnessError: it cannot be written.
        """
        results = cls(root)
        results._check_version()
        if root.is_dir() and not (root / ".lock").exists() and any(root.iterdir()):
            raise UsageError(f"{root}: not empty and not a results folder; give a new folder as --out")
        try:
            root.mkdir(parents=True, exist_ok=True)
            lock = (root / ".lock").open("w")
        except OSError as error:
            raise HarnessError(
                f"{root}: cannot be written ({error.strerror}); choose another --out"
            ) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UsageError(
                    f"{root}: another run is writing here; wait for it or choose another --out"
                ) from None
            results._recover()
            try:
                yield results
            finally:
                shutil.rmtree(results.work, ignore_errors=True)

    @property
    def work(self) -> Path:
        """Scratch space of the run that holds the folder."""
        return self.root / ".work"

    def folder_of(self, student: str, exercise: str) -> Path:
        """The folder of one submission's files."""
        return self.root / "submissions" / folder_name(student) / exercise

    def scorecard_of(self, student: str, exercise: str) -> Scorecard | None:
        """The stored scorecard, or None where there is none that can be read."""
        path = self.folder_of(student, exercise) / SCORECARD
        if not path.is_file():
            return None
        with contextlib.suppress(HarnessError):
            return read_scorecard(path)
        return None

    def scorecards(self) -> list[tuple[Path, Scorecard]]:
        """Every stored scorecard with its folder, by student and exercise.

        Raises:
            HarnessError: one of them cannot be read.
        """
        found = [
            (path.parent, read_scorecard(path))
            for path in (self.root / "submissions").glob(f"*/*/{SCORECARD}")
        ]
        return sorted(found, key=lambda pair: (pair[1].student, pair[1].exercise))

    def put(self, prepared: Path, student: str, exercise: str) -> Path:
        """Move a prepared folder into its place; at every moment either the old or the new one is whole.

        Raises:
            HarnessError: the disk is full or may not be written.
        """
        target = self.folder_of(student, exercise)
        old = target.with_name(target.name + _OLD)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                target.rename(old)
            prepared.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        except OSError as error:
            raise write_error(target, error) from error
        return target

    def read_run(self) -> RunRecord:
        """run.json of the last run that ended.

        Raises:
            UsageError: no run has ended here yet.
        """
        path = self.root / RUN
        if not path.is_file():
            raise UsageError(f"{path}: missing, the last run did not end; run `autograder grade` again first")
        return RunRecord.model_validate_json(path.read_bytes())

    def write_run(self, record: RunRecord) -> None:
        """Write run.json."""
        write_atomically(self.root / RUN, record.model_dump_json(indent=2) + "\n")

    def _recover(self) -> None:
        """Undo what a killed run left half done: scratch space, and a rename between old and new."""
        shutil.rmtree(self.work, ignore_errors=True)
        for old in (self.root / "submissions").glob(f"*/*{_OLD}"):
            target = old.with_name(old.name.removesuffix(_OLD))
            if target.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(target)

    def _check_version(self) -> None:
        path = self.root / RUN
        if not path.is_file():
            return
        try:
            RunRecord.model_validate_json(path.read_bytes())
        except (ValidationError, OSError):
            raise UsageError(
                f"{self.root}: results of another version of autograder (its {RUN} is not of format {FORMAT}); "
                "grade into a new folder"
            ) from None
