"""The built form of an exercise: what `authoring.build` makes of a master, and what grading reads.

A built exercise is a folder, kept in the cache under the hash of all that went into it:

    built.json         this module's `BuiltExercise`
    tests/q1.py ...    Otter test files with the hidden test cases; only the judge reads them
    starter.ipynb      what students get
    reference.ipynb    the starter with the reference solution filled in
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.errors import CourseError

BUILT = "built.json"

# Parameters of a test case that the judge supplies; every other one names a variable of the notebook.
JUDGE_SUPPLIES = frozenset({"reference", "calibration"})


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TestCase(_Record):
    """One test case. `needs` are the parameters of its function, in order."""

    __test__ = False  # not a class for pytest to collect

    name: str
    hidden: bool
    points: float
    needs: tuple[str, ...]
    failure_message: str | None = None
    success_message: str | None = None

    @property
    def evidence(self) -> tuple[str, ...]:
        """The notebook variables it needs."""
        return tuple(name for name in self.needs if name not in JUDGE_SUPPLIES)


class Question(_Record):
    """One question: a check cell in the notebook and the test cases behind it."""

    name: str
    cases: tuple[TestCase, ...]
    also: tuple[str, ...] = ()  # variables to collect that no test case needs

    @property
    def points(self) -> float:
        """What the question is worth: the sum over its test cases."""
        return sum(case.points for case in self.cases)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The notebook variables its test cases need between them, in order of first mention, then `also`."""
        needed = [name for case in self.cases for name in case.evidence]
        return tuple(dict.fromkeys([*needed, *self.also]))


class BuiltExercise(_Record):
    """An exercise ready to grade with; the maximum score comes from here, never from a submission."""

    exercise_id: str
    folder: Path
    questions: tuple[Question, ...]
    tests_hash: str
    reference_hash: str  # of the code that the reference runs; prose and tests do not change it

    @property
    def max_score(self) -> float:
        """The points of all questions together."""
        return sum(question.points for question in self.questions)

    @property
    def needs_reference(self) -> bool:
        """Whether any test case compares with the reference solution's evidence."""
        return any("reference" in case.needs for question in self.questions for case in question.cases)

    @property
    def starter(self) -> Path:
        """The notebook that students get."""
        return self.folder / "starter.ipynb"

    @property
    def reference(self) -> Path:
        """The notebook with the reference solution."""
        return self.folder / "reference.ipynb"

    def test_file(self, question: str) -> Path:
        """The Otter test file of a question, hidden test cases included."""
        return self.folder / "tests" / f"{question}.py"


def load_built(folder: Path) -> BuiltExercise:
    """Read a built exercise.

    Raises:
        CourseError: the folder holds none, or one of another version.
    """
    path = folder / BUILT
    try:
        return BuiltExercise.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise CourseError(f"{path}: not built yet; run `autograder build`") from None
    except ValidationError as error:
        raise CourseError(
            f"{path}: {' '.join(str(error).split())}; delete the folder and build again"
        ) from None
