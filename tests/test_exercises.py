"""The committed starters, in a plain kernel with Otter alone, as a student has them."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.authoring.answers import load_answers
from autograder.authoring.build import build_exercise
from autograder.course import Exercise, load_course
from autograder.submissions import check_cells, is_bare_check

COURSE = load_course(Path(__file__).parents[1])
# In a student's own kernel pretrained weights come from the net, which is not there for tests.
WITHOUT_NET = [exercise for exercise in COURSE.exercises if not exercise.weights]


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run side by side: threads of several kernels that wait for each other take many times as long."""
    for variable in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        monkeypatch.setenv(variable, "1")


@pytest.fixture(params=WITHOUT_NET, ids=lambda exercise: exercise.id)
def exercise(request: pytest.FixtureRequest) -> Exercise:
    chosen: Exercise = request.param
    return chosen


def checked(exercise: Exercise, notebook: nbformat.NotebookNode, folder: Path) -> dict[str, str]:
    """What `grader.check` shows for each question, in a folder with the notebook and its data only."""
    for path in exercise.data_paths():
        shutil.copy(path, folder)
    nbformat.write(notebook, folder / exercise.notebook_name)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(
        notebook, allow_errors=True, timeout=300, kernel_name="python3", resources=resources
    ).execute()
    cells = check_cells(notebook)
    return {
        question: " ".join(str(output) for output in notebook.cells[index].outputs)
        for question, index in cells.items()
        if is_bare_check(notebook.cells[index].source)
    }


@pytest.mark.slow
def test_a_blank_starter_runs_to_its_end_and_passes_nothing(exercise: Exercise, tmp_path: Path) -> None:
    committed = COURSE.root / "exercises" / exercise.id / exercise.notebook_name
    shown = checked(exercise, nbformat.read(committed, as_version=4), tmp_path)
    assert set(shown) == {question.name for question in build_exercise(exercise).questions}
    for question, text in shown.items():
        assert "Test case failed" in text, question
        assert "passed!" not in text, question


@pytest.mark.slow
def test_the_reference_passes_every_check_in_the_students_own_kernel(
    exercise: Exercise, tmp_path: Path
) -> None:
    built = build_exercise(exercise)
    shown = checked(exercise, nbformat.read(built.reference, as_version=4), tmp_path)
    for question, text in shown.items():
        assert "passed!" in text, (question, text)


def test_every_exercise_has_enough_to_trust_its_tests(exercise: Exercise) -> None:
    built = build_exercise(exercise)
    cases = [case for question in built.questions for case in question.cases]
    assert len(built.questions) >= 5
    assert len(cases) >= 15
    assert sum(case.hidden for case in cases) * 2 >= len(cases)
    kinds = [answer.kind for answer in load_answers(exercise, built)]
    assert kinds.count("right") >= 2
    assert kinds.count("wrong") >= 8
