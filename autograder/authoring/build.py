"""`build`: one master to one built exercise, kept in the cache under the hash of all that went into it."""

import hashlib
import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from platform import python_version_tuple
from typing import Any

from autograder.authoring.assign import Assigned, assign
from autograder.authoring.notebook import Notebook, notebook_bytes
from autograder.authoring.rules import check_cases, check_source, check_structure
from autograder.authoring.setup_cell import computes
from autograder.authoring.starter import make_notebooks
from autograder.course import BuiltExercise, Exercise, Question, TestCase, load_built, load_course
from autograder.course.built import BUILT
from autograder.course.cache import cache_root
from autograder.errors import CourseError, HarnessError

# What turns the master into text: another version of any of these may write other bytes.
_TOOLS = ("otter-grader", "jupytext", "nbformat")
_BUILD = ("assign", "build", "notebook", "rules", "setup_cell", "starter")

# Decorators and annotations run when a test file is loaded; Otter asserts that points are numbers.
_LOADING_RAISES = (AssertionError, AttributeError, ImportError, LookupError, NameError, TypeError, ValueError)


def build_exercise(exercise: Exercise) -> BuiltExercise:
    """Build the exercise, or take it from the cache where the same master was built before.

    Raises:
        CourseError: the master or its tests break a rule; the message names the question and the remedy.
        HarnessError: the cache cannot be written.
    """
    try:
        master = exercise.master.read_bytes()
    except OSError as error:
        raise CourseError(
            f"{exercise.master}: cannot be read ({error.strerror}); see docs/writing-an-exercise.md"
        ) from None
    title = load_course(exercise.root).title.en
    folder = cache_root() / "built" / exercise.id / _key(exercise, title, master)
    if not (folder / BUILT).is_file():
        try:
            _build_into(folder, exercise, title)
        except OSError as error:
            raise HarnessError(
                f"{folder}: cannot write the built exercise ({error.strerror}); free some space or set "
                "AUTOGRADER_CACHE to a folder that can be written"
            ) from None
    return load_built(folder).model_copy(update={"folder": folder})


def _key(exercise: Exercise, title: str, master: bytes) -> str:
    here = Path(__file__).parent
    parts = {
        "exercise": [exercise.id, title, *(dataset.file for dataset in exercise.files)],
        "settings": exercise.cpu_settings,
        "master": hashlib.sha256(master).hexdigest(),
        "build": {name: (here / f"{name}.py").read_text(encoding="utf-8") for name in _BUILD},
        "tools": {name: version(name) for name in _TOOLS},
        "python": python_version_tuple()[:2],  # Otter writes tests with `ast.unparse`
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _build_into(folder: Path, exercise: Exercise, title: str) -> None:
    assigned = assign(exercise)
    check_structure(exercise.master, assigned)
    for name, source in assigned.all_tests.items():
        check_source(f"{exercise.master}: {name}", source)
    starter, reference = make_notebooks(exercise, title, assigned)
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        questions = _write_tests(new / "tests", exercise.master, assigned)
        built = BuiltExercise(
            exercise_id=exercise.id,
            folder=folder,
            questions=questions,
            tests_hash=_tests_hash(questions, assigned.all_tests),
            reference_hash=_reference_hash(reference),
        )
        (new / "starter.ipynb").write_bytes(notebook_bytes(starter))
        (new / "reference.ipynb").write_bytes(notebook_bytes(reference))
        (new / BUILT).write_text(built.model_dump_json(indent=1), encoding="utf-8")
        _put_in_place(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _write_tests(folder: Path, master: Path, assigned: Assigned) -> tuple[Question, ...]:
    folder.mkdir()
    questions = []
    for meant in assigned.questions:
        where = f"{master}: {meant.name}"
        path = folder / f"{meant.name}.py"
        path.write_text(assigned.all_tests[meant.name], encoding="utf-8")
        question = Question(name=meant.name, cases=load_cases(where, path))
        check_cases(where, question, meant)
        questions.append(question)
    return tuple(questions)


def load_cases(where: str, path: Path) -> tuple[TestCase, ...]:
    """The test cases of a test file, as Otter loads them, with their points resolved.

    Raises:
        CourseError: it does not load; `where` names it in the message.
    """
    from otter.nbmeta_config import NBMetadataConfig
    from otter.test_files import create_test_file

    try:
        test_file = create_test_file(str(path), NBMetadataConfig())
    except _LOADING_RAISES as error:
        raise CourseError(f"{where}: Otter cannot load its tests: {type(error).__name__}: {error}") from None
    return tuple(_case(loaded) for loaded in test_file.test_cases)


def _case(loaded: Any) -> TestCase:
    function = loaded.body.test_func
    return TestCase(
        name=function.__name__,
        hidden=loaded.hidden,
        points=loaded.points,
        needs=tuple(loaded.body._get_func_params()),
        failure_message=loaded.failure_message,
        success_message=loaded.success_message,
    )


def _tests_hash(questions: tuple[Question, ...], sources: dict[str, Any]) -> str:
    parts = [[one.name, sources[one.name], [case.points for case in one.cases]] for one in questions]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _reference_hash(reference: Notebook) -> str:
    sources = [cell["source"] for cell in reference["cells"] if computes(cell)]
    return hashlib.sha256(json.dumps(sources).encode()).hexdigest()


def _put_in_place(new: Path, folder: Path) -> None:
    # mkdtemp made it for this user alone; a folder of the cache has the usual permissions
    new.chmod(0o755)
    if folder.exists() and not (folder / BUILT).is_file():
        shutil.rmtree(folder)  # half deleted, by a cleaner of caches perhaps
    try:
        new.rename(folder)
    except OSError:
        if not (folder / BUILT).is_file():  # else somebody else built the same thing meanwhile
            raise
