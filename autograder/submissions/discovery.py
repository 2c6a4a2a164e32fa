"""From paths on the command line to submissions."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import Course
from autograder.errors import HarnessError, SubmissionError, UsageError
from autograder.submissions.archive import Archive, ZipMember, shown
from autograder.submissions.folders import Entry, Listing, list_folder, list_notebook, list_zip
from autograder.submissions.layout import Place, place, without, wrapper
from autograder.submissions.names import one_line, readable
from autograder.submissions.notebook import named_exercise, read_notebook
from autograder.submissions.sources import DiskFile, Source
from autograder.submissions.submission import Found, Submission, hash_of, merge

_Read = Callable[[Source], bytes]


def find_submissions(paths: Sequence[Path], course: Course, *, exercise_id: str | None = None) -> Found:
    """Everything handed in under the given notebooks, folders and zips.

    A submission's exercise is `exercise_id` if given, else what the notebook's metadata names, else its
    folder, else the course's only exercise. One that cannot be graded is among the submissions all the
    same, with its `problem`.

    Raises:
        UsageError: a path does not exist, is of no known kind, or holds no notebook.
    """
    if exercise_id is not None:
        course.exercise(exercise_id)
    if not paths:
        raise UsageError("no submissions given; give notebooks, folders or zips")
    search = _Search(course, exercise_id)
    for path in paths:
        search.add(path)
    return search.found()


class _Search:
    def __init__(self, course: Course, exercise_id: str | None) -> None:
        self._course = course
        self._exercise_id = exercise_id
        self._ignored: list[str] = []
        self._found: list[Submission] = []
        self._seen: set[Path] = set()

    def add(self, path: Path) -> None:
        """Look into one path from the command line."""
        try:
            is_folder, exists = path.is_dir(), path.is_symlink() or path.exists()
        except OSError as error:
            raise UsageError(
                f"{shown(path)}: cannot be looked at ({error.strerror}); check the path"
            ) from None
        kind = path.suffix.lower()
        if is_folder:
            self._add_listing(path, list_folder(path))
        elif exists and kind == ".zip":
            self._add_zip(path)
        elif exists and kind == ".ipynb":
            self._add_listing(path, list_notebook(path))
        elif exists:
            raise UsageError(
                f"{shown(path)}: is not a notebook (.ipynb), a folder or a zip; give one of these"
            )
        else:
            raise UsageError(
                f"{shown(path)}: does not exist; give a notebook, a folder or a zip of notebooks"
            )

    def found(self) -> Found:
        """All submissions, one for each student and exercise."""

        def key(submission: Submission) -> tuple[str, str]:
            return submission.student, submission.exercise_id or ""

        ordered = sorted(self._found, key=lambda one: (*key(one), one.source))
        merged = [merge(list(rivals)) for _, rivals in groupby(ordered, key)]
        return Found(tuple(merged), tuple(dict.fromkeys(self._ignored)))

    def _add_zip(self, path: Path) -> None:
        if path.resolve() in self._seen:
            return
        self._seen.add(path.resolve())
        with Archive(path) as archive:

            def read(source: Source) -> bytes:
                assert isinstance(source, ZipMember)
                return archive.read(source)

            self._add_listing(path, list_zip(archive), read=read, zip_stem=readable(path.stem))

    def _add_listing(
        self, path: Path, listing: Listing, *, read: _Read | None = None, zip_stem: str | None = None
    ) -> None:
        self._ignored += listing.ignored
        if not listing.entries:
            raise UsageError(
                f"{shown(path)}: holds no notebook; give a notebook, a folder or a zip of notebooks"
            )
        ids = self._course.by_id
        # Only what can be read tells the layout: a hostile name must not move the others.
        around = wrapper([one.parts for one in listing.entries if one.file], ids, zip_stem=zip_stem)
        placed = [(entry, place(without(around, entry.parts), ids)) for entry in listing.entries]
        for entry, where in self._without_stand_ins(placed):
            if isinstance(entry.file, DiskFile):
                if entry.file.path.resolve() in self._seen:
                    continue
                self._seen.add(entry.file.path.resolve())
            self._found.append(self._submission(entry, where, read or _read))

    def _without_stand_ins(self, placed: Sequence[tuple[Entry, Place]]) -> Iterable[tuple[Entry, Place]]:
        """Leave out a link, zip or hostile name where the student has a notebook besides."""
        have_one = {where.student for entry, where in placed if entry.file is not None}
        for entry, where in placed:
            if entry.problem is not None and where.student in have_one:
                self._ignored.append(f"{entry.source}: {entry.problem}")
            else:
                yield entry, where

    def _submission(self, entry: Entry, where: Place, read: _Read) -> Submission:
        content, notebook = None, None
        problem, harness_problem = entry.problem, entry.harness_problem
        try:
            if entry.file is not None:
                content = read(entry.file)
                notebook = read_notebook(content)
        except SubmissionError as error:
            problem = str(error)
        except HarnessError as error:
            harness_problem = str(error)
        exercise_id, warnings = self._exercise(where, notebook)
        if problem is None and harness_problem is None and exercise_id not in self._course.by_id:
            problem = self._no_exercise(notebook)
        lines = [line and f"{entry.source}: {line}" for line in (problem, harness_problem)]
        return Submission(
            student=where.student,
            exercise_id=exercise_id,
            source=entry.source,
            sha256=hash_of(content if content is not None else lines[0] or lines[1] or ""),
            file=entry.file if content is not None else None,
            problem=lines[0],
            harness_problem=lines[1],
            warnings=warnings,
        )

    def _exercise(self, where: Place, notebook: NotebookNode | None) -> tuple[str | None, tuple[str, ...]]:
        """The exercise's id, None where it cannot be told, and warnings about how it was told."""
        named = named_exercise(notebook) if notebook is not None else None
        told = self._exercise_id or named or where.exercise_id
        if told is None and len(self._course.exercises) == 1:
            only = self._course.exercises[0].id
            return only, (
                f"the notebook does not say which exercise it is for; taken as {only}, the only one",
            )
        doubts = {"the notebook's metadata": named, "its folder": where.exercise_id}
        warnings = tuple(
            f"{place_named} says it is for {one_line(other)[:80]}; graded as {told}"
            for place_named, other in doubts.items()
            if other is not None and other != told and told in self._course.by_id
        )
        return (told if told in self._course.by_id else None), warnings

    def _no_exercise(self, notebook: NotebookNode | None) -> str:
        named = named_exercise(notebook) if notebook is not None else None
        if named is None:
            return "does not say which exercise it is for; give --exercise, or put it in student/exercise/"
        known = ", ".join(self._course.by_id)
        return (
            f"is for exercise {one_line(named)[:80]!r}, which is not one of this course ({known}); "
            "hand in one of these"
        )


def _read(source: Source) -> bytes:
    return source.read()
