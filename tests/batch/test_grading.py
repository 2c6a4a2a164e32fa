"""What becomes of one submission: points, status, evidence, and what a student gets to see.

All are graded in one batch: each test asks for the scorecard of the answer that it is about.
"""

import json

import pytest

from autograder.scorecard import Outcome, Scorecard, Status
from mini import MiniCourse

TATTLE = """
seen = []
def double(values):
    seen.append(values)
    print('SEEN', seen)
    if len(seen) > 1:
        raise ValueError(f'SEEN {seen}')
    return [2 * v for v in values]
"""
STUBBORN = """
while True:
    try:
        while True: pass
    except BaseException:
        pass
"""
LIAR = """
class Yes(dict):
    __eq__ = lambda *a: True
    __getitem__ = lambda *a: 4
    __class__ = dict
squares = Yes()
"""
SNOOP = """
import os, pathlib
found = [p for p in pathlib.Path('.').resolve().parent.rglob('*') if p.is_file()]
text = ' '.join(p.read_text(errors='replace') for p in found)
print('LEAK' if 'secret_' + 'numbers' in text or 'those_of_the_' + 'reference' in text else 'clean')
print(os.environ)
squares = {}
"""
PLANTER = """
import pathlib, shutil
squares = {n: n * n for n in range(5)}
drop = pathlib.Path('..', 'drop')
(drop / 'q3.json').mkdir()
(drop / 'q3.safetensors').symlink_to('/etc/passwd')
"""

ANSWERS = {
    "reference": {},
    "wrong_total": {"q1": "total = 11"},
    "syntax_error": {"q1": "total = = 10"},
    "knows_public_example": {"q2": "def double(values):\n    return [2, 4]"},
    "endless_loop": {"q2": "while True:\n    pass"},
    "stubborn_loop": {"q3": STUBBORN},
    "ends_the_kernel": {"q3": "import os; os._exit(3)"},
    "function_ends_the_kernel": {"q2": "def double(values):\n    import os; os._exit(1)"},
    "function_exits": {"q2": "def double(values):\n    import sys; sys.exit(0)"},
    "function_never_returns": {"q2": "def double(values):\n    while True: pass"},
    "memory_hog": {"q3": "import time\nhog = bytearray(1_200_000_000)\ntime.sleep(2)"},
    "flood": {"q3": "while True:\n    print('x' * 1000)"},
    "mimic": {"q3": "print('Killed: CUDA error')\nraise ConnectionError('harness_error: timeout')"},
    "liar": {"q3": LIAR},
    "snoop": {"q3": SNOOP},
    "tattle": {"q2": TATTLE},
    "planter": {"q3": PLANTER},
    "surrogates": {"q3": "print('\\udc80'); squares = {'\\udc80': 1}\nraise ValueError('\\udc80')"},
    "noisy": {"q3": "import warnings; warnings.warn('deprecated'); squares = {n: n * n for n in range(5)}"},
    "no_open": {"q1": "total = 10\nopen = None\nimport os; os.chdir('/')"},
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> MiniCourse:
    folder = tmp_path_factory.mktemp("graded")
    mini = MiniCourse.copy(folder)
    report = mini.grade(mini.hand_in(folder / "class", **ANSWERS))
    assert not report.problems
    return mini


def scores(card: Scorecard) -> dict[str, float]:
    return {question.name: question.earned for question in card.questions}


def outcome(card: Scorecard, case: str) -> Outcome:
    return {case.name: case.outcome for question in card.questions for case in question.cases}[case]


def test_the_reference_gets_full_marks(graded: MiniCourse) -> None:
    card = graded.card("reference")
    assert (card.score, card.max_score, card.status) == (10, 10, Status.GRADED)


@pytest.mark.parametrize(
    ("answer", "status", "expected"),
    [
        ("wrong_total", Status.GRADED, (1, 4, 3)),
        ("syntax_error", Status.GRADED, (0, 4, 3)),
        ("knows_public_example", Status.GRADED, (3, 1, 3)),
        ("endless_loop", Status.TIMEOUT, (3, 0, 3)),
        ("stubborn_loop", Status.TIMEOUT, (3, 4, 0)),
        ("function_ends_the_kernel", Status.GRADED, (3, 0, 3)),
        ("function_exits", Status.GRADED, (3, 0, 3)),
        ("function_never_returns", Status.GRADED, (3, 0, 3)),
        ("memory_hog", Status.OUT_OF_MEMORY, (3, 4, 0)),
        ("flood", Status.OUTPUT_LIMIT, (3, 4, 0)),
        ("mimic", Status.GRADED, (3, 4, 0)),
        ("surrogates", Status.GRADED, (3, 4, 0)),
        ("noisy", Status.GRADED, (3, 4, 3)),
        ("no_open", Status.GRADED, (3, 4, 3)),
        ("planter", Status.GRADED, (3, 4, 3)),
    ],
)
def test_trouble_costs_the_question_it_is_in_and_no_other(
    graded: MiniCourse, answer: str, status: Status, expected: tuple[float, ...]
) -> None:
    card = graded.card(answer)
    assert card.status is status, card.error
    assert tuple(scores(card).values()) == expected


def test_a_kernel_that_ends_itself_keeps_what_was_collected_and_its_functions(graded: MiniCourse) -> None:
    card = graded.card("ends_the_kernel")
    assert card.status is Status.KILLED
    # q2 needs calls of a function whose kernel is gone: it is started again and run up to q2
    assert scores(card) == {"q1": 3, "q2": 4, "q3": 0}


def test_a_limit_is_named_with_its_cell(graded: MiniCourse) -> None:
    assert "stopped after its time limit of 5 s" in (graded.card("endless_loop").execution.limit or "")
    assert "1 MB of output" in (graded.card("flood").execution.limit or "")


def test_what_was_never_defined_is_missing_and_not_wrong(graded: MiniCourse) -> None:
    assert outcome(graded.card("syntax_error"), "test_total_of_the_file") is Outcome.MISSING


def test_a_function_is_called_with_the_judges_inputs(graded: MiniCourse) -> None:
    card = graded.card("knows_public_example")
    assert outcome(card, "test_double_of_two_numbers") is Outcome.PASSED
    assert outcome(card, "test_double_of_secret_numbers") is Outcome.FAILED


def test_a_flood_of_output_is_not_stored(graded: MiniCourse) -> None:
    assert (graded.folder("flood") / "executed.ipynb").stat().st_size < 2_000_000


def test_an_object_that_agrees_with_everything_passes_nothing(graded: MiniCourse) -> None:
    assert scores(graded.card("liar"))["q3"] == 0


def test_a_kernel_has_no_hidden_test_and_no_reference_near_it(graded: MiniCourse) -> None:
    executed = (graded.folder("snoop") / "executed.ipynb").read_text(encoding="utf-8")
    assert "clean" in executed
    assert "LEAK\\n" not in executed
    assert "test_double_of_secret_numbers" not in executed


def test_hidden_inputs_are_not_shown_even_where_a_function_prints_them(graded: MiniCourse) -> None:
    card = graded.card("tattle")
    assert outcome(card, "test_double_of_secret_numbers") is Outcome.ERRORED
    for name in ("feedback.html", "executed.ipynb"):
        assert "7001" not in (graded.folder("tattle") / name).read_text(encoding="utf-8")
    for question in card.questions:
        assert all("7001" not in case.student_message for case in question.cases)


def test_the_folder_holds_what_was_handed_in_byte_for_byte(graded: MiniCourse) -> None:
    folder = graded.folder("wrong_total")
    assert (folder / "submitted.ipynb").read_bytes() == graded.notebook(ANSWERS["wrong_total"])
    names = {"submitted.ipynb", "executed.ipynb", "evidence", "scorecard.json", "feedback.html"}
    assert {path.name for path in folder.iterdir()} == names


def test_isolation_is_reported_as_it_was(graded: MiniCourse) -> None:
    environment = graded.card("reference").environment
    assert environment is not None
    assert (environment.isolation, environment.kernel) == ("none", "warm")


def test_evidence_is_kept_in_formats_that_carry_no_code(graded: MiniCourse) -> None:
    for student in ANSWERS:
        files = [path for path in (graded.folder(student) / "evidence").rglob("*") if path.is_file()]
        assert {path.suffix for path in files} <= {".json", ".safetensors"}
        for path in files:
            if path.suffix == ".json":
                json.loads(path.read_text(encoding="utf-8"))
