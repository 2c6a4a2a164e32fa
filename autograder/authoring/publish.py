"""`exercises/`, what students get: writing it from the masters, and telling where it is out of date."""

from pathlib import Path

from autograder.authoring.build import build_exercise
from autograder.authoring.leaks import find_leaks
from autograder.course import Course, Exercise
from autograder.errors import CourseError, HarnessError
from autograder.files import write_atomically

GUIDE = "README.md"  # for students, written by hand


def publish(course: Course) -> list[Path]:
    """Write every exercise's notebook and data files; remove what else lies in their folders.

    Returns the files that changed. Nothing is written where any exercise has a fault.

    Raises:
        CourseError: a master cannot be built, or a line of a hidden test or a solution leaked.
        HarnessError: `exercises/` cannot be written.
    """
    wanted = {exercise.id: _files(exercise) for exercise in course.exercises}
    for exercise in course.exercises:
        leaks = _leaks(exercise, wanted[exercise.id][exercise.notebook_name], exercise.master)
        if leaks:
            raise CourseError(leaks[0])
    changed: list[Path] = []
    for exercise_id, files in wanted.items():
        folder = course.root / "exercises" / exercise_id
        try:
            changed += _bring_up_to_date(folder, files)
        except OSError as error:
            raise HarnessError(
                f"{folder}: cannot be written ({error.strerror}); check its permissions and the free space"
            ) from None
    return changed


def find_stale(course: Course) -> list[str]:
    """One sentence for each thing in `exercises/` that is not as the masters make it, or that leaked.

    Raises:
        CourseError: a master cannot be built.
    """
    problems = []
    top = course.root / "exercises"
    for exercise in course.exercises:
        folder = top / exercise.id
        wanted = _files(exercise)
        for name, content in wanted.items():
            path = folder / name
            if not path.is_file():
                problems.append(f"{path}: missing; run `autograder build` and commit the result")
            elif path.read_bytes() != content:
                problems.append(f"{path}: out of date; run `autograder build` and commit the result")
        problems += [
            f"{path}: not part of the exercise; run `autograder build`, which removes it"
            for path in _strangers(folder, wanted)
        ]
        notebook = folder / exercise.notebook_name
        found = notebook.read_bytes() if notebook.is_file() else wanted[notebook.name]
        problems += _leaks(exercise, found, notebook)
    known = {GUIDE, *(exercise.id for exercise in course.exercises)}
    problems += [
        f"{path}: no exercise of that name in solutions/course.toml; delete it"
        for path in sorted(top.glob("*"))
        if path.name not in known
    ]
    return problems


def _files(exercise: Exercise) -> dict[str, bytes]:
    built = build_exercise(exercise)
    data = {path.name: path.read_bytes() for path in exercise.handed_out_paths()}
    return {exercise.notebook_name: built.starter.read_bytes(), **data}


def _leaks(exercise: Exercise, starter: bytes, path: Path) -> list[str]:
    remedy = "say it in other words in the master, or make that test public"
    try:
        leaks = find_leaks(build_exercise(exercise), starter.decode())
    except ValueError:
        return []  # not a notebook at all, so not what the master makes; `find_stale` says so
    return [f"{path}: {leak}; {remedy}" for leak in leaks]


def _strangers(folder: Path, wanted: dict[str, bytes]) -> list[Path]:
    """Files in the folder, at any depth, that the exercise does not have."""
    files = (path for path in folder.rglob("*") if not path.is_dir())
    return sorted(path for path in files if path.relative_to(folder).as_posix() not in wanted)


def _bring_up_to_date(folder: Path, files: dict[str, bytes]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    changed = _strangers(folder, files)
    for path in changed:
        path.unlink()
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        path.rmdir()
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            write_atomically(path, content)
            changed.append(path)
    return changed
