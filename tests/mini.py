"""A small course that runs in a second, and ways to hand something in to it."""

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.answers import Answer, answer_notebook
from autograder.authoring.build import build_exercise
from autograder.batch import BatchOptions, BatchReport, Results, SilentProgress, grade_batch
from autograder.course import BuiltExercise, Course, Exercise, load_course
from autograder.kernels import KernelKind, Level
from autograder.reports import render_feedback
from autograder.scorecard import Scorecard
from autograder.submissions import find_submissions

MINI_COURSE = Path(__file__).parent / "mini_course"


@dataclass
class MiniCourse:
    """A copy of the small course that a test may change, and what one does with it."""

    course: Course
    results: Path

    @classmethod
    def copy(cls, folder: Path) -> "MiniCourse":
        root = shutil.copytree(MINI_COURSE, folder / "course")
        return cls(load_course(root), folder / "results")

    @property
    def exercise(self) -> Exercise:
        return self.course.exercises[0]

    @property
    def built(self) -> BuiltExercise:
        return build_exercise(self.exercise)

    def notebook(self, cells: Mapping[str, str] | None = None) -> bytes:
        """The reference with other sources in the answer cells of some questions."""
        return answer_notebook(self.built, Answer(name="x", title="x", kind="wrong", cells=dict(cells or {})))

    def hand_in(self, folder: Path, **students: Mapping[str, str]) -> Path:
        """A folder with one notebook per student."""
        folder.mkdir(exist_ok=True)
        for student, cells in students.items():
            (folder / f"{student}.ipynb").write_bytes(self.notebook(cells))
        return folder

    def grade(
        self,
        *paths: Path,
        jobs: int = 2,
        seed: int = 0,
        kernel: KernelKind = "warm",
        sandbox: Level = "none",
    ) -> BatchReport:
        with Results.open(self.results) as results:
            return asyncio.run(
                grade_batch(
                    results,
                    {self.exercise.id: (self.exercise, self.built)},
                    find_submissions(paths, self.course).submissions,
                    BatchOptions(jobs=jobs, seed=seed, kernel=kernel, sandbox=sandbox),
                    render_feedback=render_feedback,
                    progress=SilentProgress(),
                )
            )

    def card(self, student: str) -> Scorecard:
        card = Results(self.results).scorecard_of(student, self.exercise.id)
        assert card is not None
        return card

    def folder(self, student: str) -> Path:
        return Results(self.results).folder_of(student, self.exercise.id)

    def edit_master(self, old: str, new: str) -> None:
        text = self.exercise.master.read_text(encoding="utf-8")
        assert old in text
        self.exercise.master.write_text(text.replace(old, new, 1), encoding="utf-8")
