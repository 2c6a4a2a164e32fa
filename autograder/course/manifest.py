"""The course manifest, `solutions/course.toml`: which exercises there are, in order, and their limits."""

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from autograder.course.datasets import Dataset, Kind, checked_path, in_use
from autograder.course.pretrained import Pretrained, PretrainedEntry
from autograder.errors import CourseError, UsageError

MANIFEST = Path("solutions") / "course.toml"
Profile = Literal["cpu", "gpu"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
_Model = TypeVar("_Model", bound=BaseModel)


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Record):
    """A text in both languages of the course."""

    ko: str
    en: str


class Limits(_Record):
    """What one submission may use; the executor holds each of them from outside the kernel."""

    cell_s: float = Field(60.0, gt=0)
    notebook_s: float = Field(300.0, gt=0)
    call_s: float = Field(10.0, gt=0, description="one call of a student's function by the judge")
    memory_mb: int = Field(4096, gt=0, description="beyond what the imported libraries take")
    cpu_s: float | None = Field(None, gt=0, description="over all processes; default: notebook_s")
    processes: int = Field(256, gt=0, description="threads count, too")
    disk_mb: int = Field(256, gt=0, description="files that the submission writes, all together")
    files: int = Field(20_000, gt=0, description="how many files those may be")
    output_mb: int = Field(10, gt=0)
    evidence_mb: int = Field(64, gt=0)
    device_memory_mb: int = Field(
        8192, gt=0, description="device memory of one submission; only where it has a device"
    )

    def with_those(self, others: Mapping[str, int | float | None]) -> "Limits":
        """The limits with some of them replaced; raises ValidationError where one is unknown or impossible."""
        return Limits.model_validate({**self.model_dump(), **others})


SettingName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
SettingValue = Annotated[int, Field(gt=0)]


class GpuProfile(_Record):
    """What of an exercise differs where a GPU computes: larger sizes, and limits that leave room for them."""

    settings: dict[SettingName, SettingValue] = {}
    limits: dict[str, int | float | None] = {}


class _ExerciseEntry(_Record):
    id: str = Field(pattern=r"^[0-9a-z][0-9a-z_]*$")
    title: Text
    datasets: tuple[str, ...] = ()
    pretrained: tuple[str, ...] = Field((), description="weights it loads by name, of datasets/registry.toml")
    preload: tuple[str, ...] = Field((), description="modules imported before the first cell")
    limits: Limits = Limits()
    settings: dict[SettingName, SettingValue] = Field(
        {}, description="sizes that the notebook reads by these names; the values are the CPU's"
    )
    gpu: GpuProfile | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.gpu is not None:
            unknown = [name for name in self.gpu.settings if name not in self.settings]
            if unknown:
                raise ValueError(
                    f"{self.id}: gpu.settings has {unknown[0]}, which settings lacks; give the CPU's value there"
                )
            self.limits.with_those(self.gpu.limits)
        return self


class _Manifest(_Record):
    format: int = Field(ge=1, le=1)
    title: Text
    exercise: tuple[_ExerciseEntry, ...]


class Exercise(_ExerciseEntry):
    """One exercise and where its files lie; `root` is the folder of the whole course.

    `files` are the data files in use, `registered_files` those that the course itself has and hands out; they
    differ where a real file was put in place of a stand-in. `settings` and `limits` are those of `profile`; in another
    profile than the CPU's, `on_cpu` is the exercise as the CPU has it.
    """

    root: Path
    files: tuple[Dataset, ...] = ()
    registered_files: tuple[Dataset, ...] = ()
    weights: tuple[Pretrained, ...] = ()
    profile: Profile = "cpu"
    on_cpu: "Exercise | None" = None

    def in_profile(self, profile: Profile) -> "Exercise":
        """The exercise with the settings and limits of that profile, whichever this one is in."""
        on_cpu = self.on_cpu or self
        if profile == "cpu":
            return on_cpu
        other = self.gpu or GpuProfile()
        return on_cpu.model_copy(
            update={
                "profile": profile,
                "settings": {**on_cpu.settings, **other.settings},
                "limits": on_cpu.limits.with_those(other.limits),
                "on_cpu": on_cpu,
            }
        )

    @property
    def cpu_settings(self) -> dict[str, int]:
        """The CPU's settings, which are those that a notebook has by itself."""
        return (self.on_cpu or self).settings

    @property
    def has_own_thresholds(self) -> bool:
        """Whether what is measured on the CPU's settings does not hold for those in use."""
        return self.settings != self.cpu_settings

    @property
    def folder(self) -> Path:
        """The exercise's source folder: master, answers, calibration."""
        return self.root / "solutions" / self.id

    @property
    def master(self) -> Path:
        """The one source of starter, reference and tests, in jupytext's py:percent format."""
        return self.folder / "master.py"

    @property
    def calibration(self) -> Path:
        """The measured thresholds; written by `autograder calibrate`."""
        return self.folder / "calibration.json"

    @property
    def notebook_name(self) -> str:
        """The name a notebook has while it runs, whatever its download was called."""
        return f"{self.id}.ipynb"

    @property
    def data_kind(self) -> Kind:
        """`stand-in` where any of the data files in use is one; thresholds are measured for each kind."""
        return _kind(self.files)

    @property
    def registered_kind(self) -> Kind:
        """The kind of the data that the course itself has."""
        return _kind(self.registered_files)

    def data_paths(self) -> list[Path]:
        """The data files in use, each checked against its sha256.

        Raises:
            CourseError: a file is missing or is not the registered one.
        """
        return [checked_path(dataset, self.root, self.id) for dataset in self.files]

    def handed_out_paths(self) -> list[Path]:
        """The data files that students get: always those of the course itself. Raises as `data_paths` does."""
        return [checked_path(dataset, self.root, self.id) for dataset in self.registered_files]


def _kind(files: tuple[Dataset, ...]) -> Kind:
    return "stand-in" if any(dataset.kind == "stand-in" for dataset in files) else "real"


class Registry(_Record):
    """`datasets/registry.toml`: every data file and all pretrained weights of the course."""

    dataset: dict[str, Dataset] = {}
    pretrained: dict[str, PretrainedEntry] = {}

    def weights(self, name: str) -> Pretrained:
        """Registered weights by name; raises KeyError."""
        return Pretrained(id=name, **dict(self.pretrained[name]))


class Course(_Record):
    """The whole course, read from `root/solutions/course.toml` and `root/datasets/registry.toml`."""

    root: Path
    title: Text
    exercises: tuple[Exercise, ...]
    registry: Registry = Registry()

    @cached_property
    def by_id(self) -> dict[str, Exercise]:
        """Exercises by their id, in course order."""
        return {exercise.id: exercise for exercise in self.exercises}

    def exercise(self, exercise_id: str) -> Exercise:
        """The exercise of that id.

        Raises:
            UsageError: the course has none of that name.
        """
        if exercise_id not in self.by_id:
            known = ", ".join(self.by_id)
            raise UsageError(f"{exercise_id!r} is not an exercise of this course; it has: {known}")
        return self.by_id[exercise_id]


def find_course(start: Path) -> Course:
    """Load the course that `start` lies in: the nearest folder upwards with `solutions/course.toml`.

    Raises:
        UsageError: no such folder.
        CourseError: the manifest cannot be read.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MANIFEST).is_file():
            return load_course(folder)
    raise UsageError(f"{start}: no {MANIFEST} here or above; name the course's folder with --course")


def load_course(root: Path) -> Course:
    """Load the course whose top folder is `root`.

    Raises:
        CourseError: a manifest is malformed, or names data or weights that are not registered.
    """
    manifest = _read(root / MANIFEST, _Manifest)
    registry = _read(root / "datasets" / "registry.toml", Registry)
    exercises = [_exercise(root, entry, registry) for entry in manifest.exercise]
    ids = [exercise.id for exercise in exercises]
    doubled = sorted({one for one in ids if ids.count(one) > 1})
    if doubled:
        raise CourseError(f"{root / MANIFEST}: two exercises have the id {doubled[0]!r}; rename one")
    return Course(root=root, title=manifest.title, exercises=tuple(exercises), registry=registry)


def _exercise(root: Path, entry: _ExerciseEntry, registry: Registry) -> Exercise:
    for what, names, known in (
        ("dataset", entry.datasets, registry.dataset),
        ("pretrained", entry.pretrained, registry.pretrained),
    ):
        unknown = [name for name in names if name not in known]
        if unknown:
            raise CourseError(
                f"{root / MANIFEST}: {entry.id} names {what} {unknown[0]!r}, which datasets/registry.toml "
                "does not have"
            )
    return Exercise(
        root=root,
        files=tuple(in_use(name, registry.dataset[name]) for name in entry.datasets),
        registered_files=tuple(registry.dataset[name] for name in entry.datasets),
        weights=tuple(registry.weights(name) for name in entry.pretrained),
        **dict(entry),
    )


def _read(path: Path, model: type[_Model]) -> _Model:
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise CourseError(f"{path}: no such file; the course is not complete") from None
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        detail = " ".join(str(error).split())
        raise CourseError(f"{path}: cannot be read as a course manifest: {detail}") from None
