"""An exercise as a student has it: the public tests in a notebook's own metadata, without the course."""

from pathlib import Path

from autograder.authoring.build import load_cases
from autograder.course import BuiltExercise, Question
from autograder.errors import SubmissionError
from autograder.submissions import check_cells, read_notebook

_FIX = "download the starter again and copy your answers into it"


def public_exercise(exercise_id: str, starter: bytes, folder: Path) -> BuiltExercise:
    """Unpack the public tests that Otter keeps in a starter's metadata into `folder`.

    The test files are run as they are found, so `starter` is the course's or a notebook of one's own:
    an instructor's grading takes every test from the course.

    Raises:
        SubmissionError: the notebook has no such tests any more, or they do not load.
    """
    notebook = read_notebook(starter)
    tests = notebook.metadata.get("otter", {}).get("tests", {})
    if not tests or not all(isinstance(source, str) for source in tests.values()):
        raise SubmissionError(f"the notebook no longer holds its public tests; {_FIX}")
    (folder / "tests").mkdir(parents=True)
    (folder / "starter.ipynb").write_bytes(starter)
    questions = []
    position = check_cells(notebook)
    for name, source in sorted(tests.items(), key=lambda test: position.get(test[0], len(notebook.cells))):
        path = folder / "tests" / f"{Path(name).name}.py"
        path.write_text(source, encoding="utf-8")
        questions.append(Question(name=name, cases=load_cases(name, path)))
    return BuiltExercise(
        exercise_id=exercise_id,
        folder=folder,
        questions=tuple(questions),
        tests_hash="public",
        reference_hash="public",
    )
