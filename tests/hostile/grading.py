"""Grades a class of hostile cases and honest neighbours, and remembers what else changed on the machine."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder import kernels
from autograder.authoring.answers import Answer, answer_notebook
from autograder.authoring.build import build_exercise
from autograder.batch import BatchOptions, Results, SilentProgress, grade_batch
from autograder.course import BuiltExercise, Course, Exercise, load_course
from autograder.kernels import Level
from autograder.reports import render_feedback
from autograder.scorecard import Scorecard
from autograder.submissions import find_submissions
from hostile.case import COURSE, Case, honest_cells, with_cells
from hostile.footprint import Footprint, Listener
from hostile.runner import Runner

NEIGHBOUR = "AG-CANARY-NEIGHBOUR"
TOKEN = "AG-CANARY-TOKEN"

# Honest students among the hostile ones: what each changes in the honest answer, and in which exercise.
NEIGHBOURS: dict[str, tuple[str, dict[str, str]]] = {
    "05-z-honest": ("01_vectors", {}),
    "10-z-honest": ("02_network", {}),
    "13-z-honest": ("01_vectors", {"q2": "def normalize(vector):\n    raise ValueError('not done yet')"}),
    "18-z-honest": ("01_vectors", {"q1": "print('half done')\nscaled = lengths / lengths.max()"}),
}


def levels_that_hold() -> list[Level]:
    """The levels that hold on this machine, strongest first."""
    return [level for level, problem in kernels.levels_that_hold().items() if problem is None]


@dataclass(frozen=True)
class HostileCourse:
    """A copy of the course under attack, built."""

    course: Course
    exercises: dict[str, tuple[Exercise, BuiltExercise]]

    @classmethod
    def copy(cls, folder: Path) -> "HostileCourse":
        course = load_course(shutil.copytree(COURSE, folder / "course"))
        return cls(course, {one.id: (one, build_exercise(one)) for one in course.exercises})

    def hand_in(self, case: Case, folder: Path, addressed: Callable[[bytes], bytes]) -> Path:
        """Put a case where a student would; the path to give to the grader.

        `addressed` puts real addresses in the place of those in the case's text.
        """
        content = addressed(case.content(*self.exercises[case.file.exercise]))
        if case.file.suffix == ".zip":
            path = folder.with_name("zips") / f"{case.name}.zip"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            return path
        home = folder / case.student / case.file.exercise
        home.mkdir(parents=True)
        (home / "hw.ipynb").write_bytes(content)
        for path in case.beside():
            shutil.copyfile(path, home / path.name.removesuffix(".txt"))
        return folder

    def hand_in_neighbours(self, folder: Path) -> Path:
        """The honest students' notebooks."""
        for student, (exercise_id, changed) in NEIGHBOURS.items():
            exercise, built = self.exercises[exercise_id]
            cells = honest_cells(exercise, built, changed=changed)
            notebook = answer_notebook(built, Answer(name="x", title="x", kind="wrong", cells=cells))
            notebook = with_cells(notebook, {"first": f"# {NEIGHBOUR}"})
            home = folder / student / exercise_id
            home.mkdir(parents=True)
            (home / "hw.ipynb").write_bytes(notebook)
        return folder


@dataclass(frozen=True)
class GradedClass:
    """One graded class; `footprint` is what it left behind, `heard` what reached the listener from inside."""

    level: str
    hostile: HostileCourse
    results: Results
    cards: dict[str, Scorecard]
    folders: dict[str, Path]  # by student, as the cards
    footprint: Footprint
    heard: bytes
    problems: list[str]

    @property
    def built(self) -> dict[str, BuiltExercise]:
        return {name: built for name, (_, built) in self.hostile.exercises.items()}


def grade_class(hostile: HostileCourse, level: Level, cases: Sequence[Case], folder: Path) -> GradedClass:
    """Grade the cases among the honest neighbours, two at a time, at a level, on a machine as CI servers have."""
    handed_in = folder / "class"
    handed_in.mkdir(parents=True)
    with _short_temporary_folder() as temporary, Listener() as listener, Runner(TOKEN) as runner:

        def addressed(content: bytes) -> bytes:
            return runner.addressed(listener.addressed(content))

        paths = {hostile.hand_in_neighbours(handed_in)}
        paths |= {hostile.hand_in(case, handed_in, addressed) for case in cases}
        found = find_submissions(sorted(paths), hostile.course)
        watched = [hostile.course.root, *paths, *(built.folder for _, built in hostile.exercises.values())]
        watched.append(runner.folder)
        footprint = Footprint.before(watched, temporary)
        with Results.open(folder / "results") as results:
            report = asyncio.run(
                grade_batch(
                    results,
                    hostile.exercises,
                    found.submissions,
                    BatchOptions(jobs=2, seed=0, kernel="warm", sandbox=level),
                    render_feedback=render_feedback,
                    progress=SilentProgress(),
                )
            )
            write_all_reports(results)
            stored = results.scorecards()
        footprint.after()
        heard = listener.heard()
    problems = [f"{problem.student}: {problem.error}" for problem in report.problems]
    cards = {card.student: card for _, card in stored}
    folders = {card.student: path for path, card in stored}
    return GradedClass(level, hostile, results, cards, folders, footprint, heard, problems)


def write_all_reports(results: Results) -> None:
    from autograder.reports import Filed, Run, write_reports

    filed = [Filed(card, path.parent.name) for path, card in results.scorecards()]
    write_reports(results.root, filed, Run(title="x", finished_at=datetime.now(UTC), wall_s=1, jobs=2))


@contextmanager
def _short_temporary_folder() -> Iterator[Path]:
    """A temporary folder of our own, so that all that stays behind in it is seen; short, for unix sockets."""
    folder = Path(tempfile.mkdtemp(prefix="agh-", dir="/tmp"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setenv("AG_HOSTILE_TOKEN", TOKEN)
        patch.setattr(tempfile, "tempdir", None)
        yield folder
    shutil.rmtree(folder, ignore_errors=True)
