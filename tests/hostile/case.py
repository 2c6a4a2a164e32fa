"""Loads the hostile cases: one folder each, found by glob, with what is handed in and what must become of it."""

import importlib.util
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from autograder.authoring.answers import Answer, answer_notebook, load_answers, starter_answer
from autograder.course import BuiltExercise, Exercise
from autograder.scorecard import Scorecard, Status

HERE = Path(__file__).parent
COURSE = HERE / "course"
CASES = HERE / "cases"
LEVELS = ("namespaces", "landlock", "none")
Level = Literal["namespaces", "landlock", "none"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ending(_Record):
    """What must become of a case where a level ends it differently; None is what the case says itself."""

    status: Status | None = None
    points: dict[str, float] | None = None


class CaseFile(_Record):
    """`case.toml`.

    `points` names the questions without full marks, and `others` all that are not named. `cells` replaces
    answer cells by key (`q1`), `extra` puts cells `first`, `before q2`, `after q2` or `last`. Where a case runs a
    `race` against us, why a test case is lost differs from run to run; the points do not. A string of `never` may
    stand in no output of the notebook and on no page; one of `escaped` on no page. Where the exercise cannot
    be told, `is_placed` is false: there are no questions then.
    """

    title: str
    family: int = Field(ge=1, le=20)
    exercise: str = "01_vectors"
    start: Literal["honest", "starter"] = "honest"
    student: str | None = None
    status: Status = Status.GRADED
    points: dict[str, float] = {}
    warnings: tuple[str, ...] = ()
    error: str = ""
    is_placed: bool = True
    race: bool = False
    never: tuple[str, ...] = ()
    escaped: tuple[str, ...] = ()
    levels: tuple[Level, ...] = LEVELS  # type: ignore[assignment]
    at: dict[Level, Ending] = {}
    otter: bool = True
    suffix: str = ".ipynb"
    cells: dict[str, str] = {}
    extra: dict[str, str] = {}


@dataclass(frozen=True)
class Case:
    """One hostile submission: its file, its folder, and so its name."""

    name: str
    folder: Path
    file: CaseFile

    @property
    def student(self) -> str:
        """Who hands it in."""
        return self.file.student or self.name

    def status_at(self, level: str) -> Status:
        """The status it must end with."""
        return self._at(level).status or self.file.status

    def points_at(self, level: str, built: BuiltExercise) -> dict[str, float]:
        """What each question must earn."""
        if not self.file.is_placed:
            return {}
        said = self._at(level).points
        said = self.file.points if said is None else said
        is_void = self.status_at(level) is Status.INVALID_NOTEBOOK
        others = said.get("others", 0.0 if is_void else None)
        return {
            question.name: said.get(question.name, question.points if others is None else others)
            for question in built.questions
        }

    def content(self, exercise: Exercise, built: BuiltExercise) -> bytes:
        """The file that is handed in."""
        raw = sorted(self.folder.glob("submission.*"))
        if raw:
            return raw[0].read_bytes()
        notebook = self._notebook(exercise, built)
        maker = self.folder / "make.py"
        if maker.exists():
            made: bytes = _module(maker).make(notebook, self.student)
            return made
        return notebook

    def beside(self) -> list[Path]:
        """Files that lie beside the notebook when it is handed in, less the `.txt` that keeps tools off them here."""
        return sorted((self.folder / "beside").glob("*"))

    def _at(self, level: str) -> Ending:
        return {str(name): ending for name, ending in self.file.at.items()}.get(level, Ending())

    def _notebook(self, exercise: Exercise, built: BuiltExercise) -> bytes:
        cells = honest_cells(exercise, built, start=self.file.start)
        unknown = self.file.cells.keys() - cells.keys()
        if unknown:
            raise ValueError(f"{self.name}: [cells] names {sorted(unknown)}; there are {sorted(cells)}")
        answer = Answer(name=self.name, title="x", kind="wrong", cells={**cells, **self.file.cells})
        return with_cells(answer_notebook(built, answer), self.file.extra)


@cache
def load_cases() -> tuple[Case, ...]:
    """Every case, by name."""
    found = []
    for path in sorted(CASES.glob("*/case.toml")):
        file = CaseFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        found.append(Case(path.parent.name, path.parent, file))
    return tuple(found)


def honest_cells(
    exercise: Exercise,
    built: BuiltExercise,
    *,
    start: str = "honest",
    changed: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The answer cells of the honest answer, or of the blank starter.

    Never those of the reference: its secrets must not stand in what is handed in.
    """
    if start == "starter":
        return dict(starter_answer(built).cells)
    (honest,) = [answer for answer in load_answers(exercise, built) if answer.name == "honest"]
    return {**honest.cells, **(changed or {})}


def with_cells(notebook: bytes, extra: Mapping[str, str]) -> bytes:
    """The notebook with more code cells: `first`, `before q2`, `after q2`, `last`."""
    data = json.loads(notebook)
    for number, (where, source) in enumerate(extra.items(), 1):
        cell: dict[str, object] = {
            "cell_type": "code",
            "execution_count": None,
            "id": f"extra-{number}",
            "metadata": {},
        }
        data["cells"].insert(
            _place(data["cells"], where), {**cell, "outputs": [], "source": source.strip("\n")}
        )
    return json.dumps(data).encode()


def _place(cells: list[dict[str, object]], where: str) -> int:
    if where in ("first", "last"):
        return 0 if where == "first" else len(cells)
    side, question = where.split()
    check = f'grader.check("{question}")'
    at = next(i for i, cell in enumerate(cells) if "".join(cell["source"]).strip() == check)  # type: ignore[arg-type]
    return {"before": at, "after": at + 1}[side]


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"hostile_{path.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def differences(case: Case, level: str, card: Scorecard, built: BuiltExercise) -> list[str]:
    """What a scorecard has that the case does not expect, one sentence each; empty where all is as it must be."""
    wanted = {question: float(points) for question, points in case.points_at(level, built).items()}
    found = {question.name: question.earned for question in card.questions}
    lines = []
    if card.status is not case.status_at(level):
        lines.append(f"status {card.status}, expected {case.status_at(level)}: {card.error}")
    for question in wanted.keys() | found.keys():
        if wanted.get(question) != found.get(question):
            lines.append(f"{question} earned {found.get(question)}, expected {wanted.get(question)}")
    if card.score != sum(wanted.values()):
        lines.append(f"score {card.score}, expected {sum(wanted.values())}")
    if card.max_score != (built.max_score if case.file.is_placed else 0):
        lines.append(f"out of {card.max_score} points, expected {built.max_score}")
    if case.file.error not in (card.error or ""):
        lines.append(f"error {card.error!r} does not say {case.file.error!r}")
    said = "\n".join(card.warnings)
    lines += [f"no warning says {words!r}: {said}" for words in case.file.warnings if words not in said]
    return sorted(lines)
