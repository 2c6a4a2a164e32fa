"""What is graded: the notebooks of the benchmark course, in the form that each grader takes."""

import copy
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.authoring.build import build_exercise
from autograder.course import BuiltExercise, Course, Exercise, load_course
from autograder.kernels.environment import QUIET, SINGLE_THREADED
from autograder.submissions import is_bare_check

COURSE = Path(__file__).parent / "course"
NO_TRAINING = "01_build_lstm"
TRAINING = "02_train_lstm"

Notebook = dict[str, Any]

# What a slot's kernel has: one thread per library, no chatter. Every peer gets the same.
THREADS = {**SINGLE_THREADED, **QUIET}


def program(name: str) -> str:
    """The path of a program of this environment."""
    return str(Path(sys.executable).with_name(name))


def source_of(cell: dict[str, Any]) -> str:
    """A cell's source, which a file may hold as one text or as lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


@dataclass(frozen=True)
class Workload:
    """One exercise of a course as something to grade."""

    course: Course
    exercise: Exercise

    @classmethod
    def of(cls, exercise_id: str, root: Path = COURSE) -> "Workload":
        """The exercise of that id."""
        course = load_course(root)
        return cls(course, course.exercise(exercise_id))

    @cached_property
    def built(self) -> BuiltExercise:
        """The exercise as built."""
        return build_exercise(self.exercise)

    @cached_property
    def reference(self) -> Notebook:
        """The reference solution as a student would hand it in."""
        notebook: Notebook = json.loads(self.built.reference.read_text(encoding="utf-8"))
        return notebook

    @property
    def points_without_reference(self) -> float:
        """What a grader that cannot supply `reference` or thresholds can give at most."""
        return sum(
            case.points
            for question in self.built.questions
            for case in question.cases
            if case.needs == case.evidence
        )

    def hand_in(self, folder: Path, count: int, *, extra_cell: str | None = None) -> list[Path]:
        """`count` notebooks in `folder`, each with a note of its own, so that no two files are equal."""
        folder.mkdir(parents=True)
        paths = []
        for number in range(count):
            notebook = copy.deepcopy(self.reference)
            notebook["cells"].append(markdown_cell("student", f"Handed in by student {number}."))
            if extra_cell is not None:
                notebook["cells"].append(code_cell("extra", extra_cell))
            paths.append(folder / f"student_{number:03}.ipynb")
            paths[-1].write_text(json.dumps(notebook), encoding="utf-8")
        return paths

    def without_checks(self) -> Notebook:
        """The reference less its cells of `grader.check`, which our kernels do not run either."""
        notebook = copy.deepcopy(self.reference)
        notebook["cells"] = [
            cell
            for cell in notebook["cells"]
            if cell["cell_type"] != "code" or not is_bare_check(source_of(cell))
        ]
        return notebook

    def work_folder(self, folder: Path, notebook: Notebook) -> Path:
        """A folder with the notebook under its own name and the data beside it; returns the notebook."""
        folder.mkdir(parents=True)
        for data in self.exercise.data_paths():
            shutil.copy(data, folder)
        path = folder / self.exercise.notebook_name
        path.write_text(json.dumps(notebook), encoding="utf-8")
        return path

    def otter_archive(self, folder: Path) -> Path:
        """Otter's own autograder zip of the same master, with the data files in it."""
        folder.mkdir(parents=True)
        names = ", ".join(Path(shutil.copy(path, folder)).name for path in self.exercise.data_paths())
        master = self.exercise.master.read_text(encoding="utf-8")
        master = master.replace("# init_cell: false", f"# init_cell: false\n# files: [{names}]", 1)
        stem = self.exercise.id
        (folder / f"{stem}.py").write_text(master, encoding="utf-8")
        for command in (
            ("jupytext", "--to", "ipynb", f"{stem}.py"),
            ("otter", "assign", f"{stem}.ipynb", "dist", "--no-run-tests", "--no-pdfs"),
        ):
            subprocess.run(
                [program(command[0]), *command[1:]], cwd=folder, check=True, stdout=subprocess.DEVNULL
            )
        (archive,) = (folder / "dist" / "autograder").glob("*.zip")
        return archive


def markdown_cell(name: str, text: str) -> dict[str, Any]:
    """A Markdown cell with the id `name`."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def code_cell(name: str, source: str) -> dict[str, Any]:
    """A code cell with the id `name`."""
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }
