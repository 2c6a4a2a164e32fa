"""Golden hostile submissions: each gets the score that it honestly earns, and nobody else notices.

For each confinement level that holds on this machine one class is graded: all cases of that level among honest
neighbours. What follows are claims about that class.
"""

import csv
import fcntl
import pickle
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.scorecard import Scorecard, Status, without_times
from hostile.case import LEVELS, Case, CaseFile, differences, load_cases
from hostile.grading import NEIGHBOURS, GradedClass, HostileCourse, grade_class, levels_that_hold
from hostile.leaks import KEPT, SECRETS, SENT, leaks_from_the_kernel, leaks_to_the_student, outputs_of

pytestmark = pytest.mark.slow

CONFINED = [level for level in LEVELS if level != "none"]
CASES = load_cases()
MAX_KEPT_BYTES = 24_000_000  # evidence twice over (questions and calls), a notebook, a page

Classes = Callable[[str], GradedClass]


@pytest.fixture(scope="session")
def classes(tmp_path_factory: pytest.TempPathFactory) -> Classes:
    """The graded class of a level; graded once, also where several workers run these tests.

    A level that does not hold on this machine skips the test that asks for it.
    """
    known: dict[str, GradedClass] = {}
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "popen" in base.name else base

    def graded(level: str) -> GradedClass:
        if level not in levels_that_hold():
            pytest.skip(f"level {level} does not hold on this machine")
        if level not in known:
            with (shared / "hostile.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                known[level] = _stored_or_graded(shared / f"hostile-{level}")
        return known[level]

    return graded


def _stored_or_graded(folder: Path) -> GradedClass:
    store = folder.with_suffix(".pickle")
    if not store.exists():
        level = folder.name.removeprefix("hostile-")
        folder.mkdir()
        cases = [case for case in CASES if level in case.file.levels]
        graded = grade_class(HostileCourse.copy(folder), level, cases, folder)
        store.write_bytes(pickle.dumps(graded))
    found: GradedClass = pickle.loads(store.read_bytes())
    return found


def each_case() -> list[object]:
    """Every case at every level that it is for; asked for without asking the machine, so that workers agree."""
    return [
        pytest.param(level, case, id=f"{level}-{case.name}")
        for level in LEVELS
        for case in CASES
        if level in case.file.levels
    ]


@pytest.mark.parametrize(("level", "case"), each_case())
def test_it_earns_what_is_honest_and_no_more(classes: Classes, level: str, case: Case) -> None:
    graded = classes(level)
    assert case.student in graded.cards, graded.problems
    card = graded.cards[case.student]
    assert differences(case, level, card, graded.built[case.file.exercise]) == [], told(card)


@pytest.mark.parametrize(("level", "case"), each_case())
def test_nothing_secret_reaches_it(classes: Classes, level: str, case: Case) -> None:
    graded = classes(level)
    folder = graded.folders[case.student]
    assert leaks_to_the_student(folder) == []
    if level != "none" or case.file.family != 5:  # at `none` a search of the disk does find what lies there
        assert leaks_from_the_kernel(folder) == []


@pytest.mark.parametrize(("level", "case"), each_case())
def test_no_page_shows_what_must_not_be_shown(classes: Classes, level: str, case: Case) -> None:
    graded = classes(level)
    folder = graded.folders[case.student]
    pages = [folder / "feedback.html", graded.results.root / "index.html"]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert [words for words in (*case.file.never, *case.file.escaped) if words in text] == []
    assert [words for words in case.file.never if words in outputs_of(folder)] == []


@pytest.mark.parametrize(("level", "case"), each_case())
def test_what_is_kept_of_it_is_bounded(classes: Classes, level: str, case: Case) -> None:
    folder = classes(level).folders[case.student]
    kept = [path for path in folder.rglob("*") if path.is_file() and path.name != "submitted.ipynb"]
    assert sum(path.stat().st_size for path in kept) < MAX_KEPT_BYTES


@pytest.mark.parametrize("level", LEVELS)
def test_honest_neighbours_get_the_same_to_the_letter(classes: Classes, level: str, tmp_path: Path) -> None:
    graded = classes(level)
    alone = grade_class(graded.hostile, level, [], tmp_path)
    assert alone.cards.keys() == NEIGHBOURS.keys()
    for student, card in alone.cards.items():
        assert without_times(graded.cards[student]) == without_times(card)
    assert [alone.cards[student].score for student in sorted(NEIGHBOURS)] == [15, 14, 11, 13]


@pytest.mark.parametrize("level", LEVELS)
def test_every_submission_has_a_settled_scorecard_at_the_level_asked_for(
    classes: Classes, level: str
) -> None:
    graded = classes(level)
    handed_in = {case.student for case in CASES if level in case.file.levels} | NEIGHBOURS.keys()
    assert graded.cards.keys() == handed_in
    assert graded.problems == []
    levels = {card.environment.isolation for card in graded.cards.values() if card.environment is not None}
    assert levels == {level}


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_left_behind(classes: Classes, level: str) -> None:
    footprint = classes(level).footprint
    assert footprint.changed == [], "files of the course or of what was handed in"
    assert footprint.left_over == [], "in the temporary folder"
    assert footprint.planted == [], "files that an attack made"
    assert footprint.strays == [], "processes that an attack started"


@pytest.mark.parametrize("level", CONFINED)
def test_nobody_outside_hears_from_a_confined_kernel(classes: Classes, level: str) -> None:
    assert classes(level).heard == b""


@pytest.mark.parametrize("level", LEVELS)
def test_the_table_of_grades_has_one_row_for_each_submission(classes: Classes, level: str) -> None:
    graded = classes(level)
    with (graded.results.root / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == len(graded.cards) + 1
    assert not [cell for row in rows[1:] for cell in row if cell[:1] in "=+@\t\r" and cell]


def told(card: Scorecard) -> str:
    """What a card says of each test case."""
    lines = [
        f"{case.name}: {case.outcome} {case.message[:200]}" for one in card.questions for case in one.cases
    ]
    return "\n".join([f"{card.status}: {card.execution.first_error}", *lines])


# The suite itself


def test_every_family_has_cases() -> None:
    families = Counter(case.file.family for case in CASES)
    assert sum(families.values()) >= 85
    assert families.keys() == set(range(1, 21))
    assert min(families.values()) >= 2


def test_a_case_is_named_after_its_family() -> None:
    assert [case.name for case in CASES if int(case.name[:2]) != case.file.family] == []
    students = Counter(case.student for case in CASES)
    assert [student for student, count in students.items() if count > 1 or student in NEIGHBOURS] == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> HostileCourse:
    return HostileCourse.copy(tmp_path_factory.mktemp("built"))


def test_no_secret_stands_in_what_is_handed_in(hostile: HostileCourse) -> None:
    for case in CASES:
        exercise, built = hostile.exercises[case.file.exercise]
        text = b"" if (case.folder / "make.py").exists() else case.content(exercise, built)
        found = [canary for canary in (*SECRETS, *SENT, *KEPT) if canary.encode() in text]
        assert found == [], case.name


def test_every_canary_stands_in_what_must_stay_hidden(hostile: HostileCourse) -> None:
    tests = "".join(
        built.test_file(question.name).read_text(encoding="utf-8")
        for _, built in hostile.exercises.values()
        for question in built.questions
    )
    references = "".join(
        built.reference.read_text(encoding="utf-8") for _, built in hostile.exercises.values()
    )
    for canary in (*SECRETS[:2], *SENT, *KEPT):
        assert canary in tests
    assert SECRETS[2] in references


def expecting(**changed: object) -> Case:
    return Case("x", Path("x"), CaseFile.model_validate({"title": "x", "family": 14, **changed}))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"status": "timeout"}, "status graded, expected timeout"),
        ({"points": {"q2": 1}}, "q2 earned 4.0, expected 1.0"),
        ({"points": {"others": 0, "q1": 3}}, "q4 earned 5.0, expected 0.0"),
        ({"warnings": ["nothing that it says"]}, "no warning says"),
        ({"error": "nothing that it says"}, "does not say"),
        ({"exercise": "02_network"}, "out of 15.0 points, expected 14.0"),
        ({"at": {"none": {"status": "killed"}}}, "expected killed"),
        ({"at": {"none": {"points": {"q3": 0}}}}, "q3 earned 3.0, expected 0.0"),
    ],
)
def test_a_wrong_expectation_is_noticed(classes: Classes, changed: dict[str, object], words: str) -> None:
    graded = classes(levels_that_hold()[0])
    card = graded.cards["05-z-honest"]
    assert differences(expecting(), "none", card, graded.built["01_vectors"]) == []
    wrong = expecting(**changed)
    assert words in " ".join(differences(wrong, "none", card, graded.built[wrong.file.exercise]))


def test_an_open_score_is_noticed(classes: Classes) -> None:
    graded = classes(levels_that_hold()[0])
    card = graded.cards["05-z-honest"].model_copy(update={"score": None, "status": Status.HARNESS_ERROR})
    assert len(differences(expecting(), "none", card, graded.built["01_vectors"])) == 2


def test_a_leak_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "evidence" / "calls").mkdir(parents=True)
    (tmp_path / "feedback.html").write_text("you were called with 90071.25")
    (tmp_path / "executed.ipynb").write_text('{"cells": [{"outputs": ["AG-CANARY-HIDDEN-3"]}]}')
    (tmp_path / "evidence" / "calls" / "a.json").write_text("90071.25 AG-CANARY-TOKEN")
    assert leaks_to_the_student(tmp_path) == ["feedback.html: 90071.25"]
    assert leaks_from_the_kernel(tmp_path) == ["a.json: AG-CANARY-TOKEN", "executed.ipynb: AG-CANARY-HIDDEN-"]


def test_the_time_of_a_cell_is_no_leak(tmp_path: Path) -> None:
    notebook = tmp_path / "executed.ipynb"
    notebook.write_text(f'{{"iopub.status.idle": "2026-11-23T04:15:1{SENT[-1]}42Z"}}', encoding="utf-8")
    assert leaks_from_the_kernel(tmp_path) == []
    notebook.write_text(f'{{"text": "{SENT[-1]}"}}', encoding="utf-8")
    assert leaks_from_the_kernel(tmp_path) == [f"executed.ipynb: {SENT[-1]}"]
