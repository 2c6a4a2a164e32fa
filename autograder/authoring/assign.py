"""A master through jupytext and Otter Assign, and what came out, still unchecked.

Otter Assign runs in a process and a temporary folder of its own: it changes its working directory and
leaves a folder with the hidden tests behind in the system's temporary folder, which is therefore ours.
"""

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring.notebook import Notebook, read_notebook
from autograder.course import Exercise
from autograder.errors import CourseError, HarnessError

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}

_ASSIGN_LIMIT_S = 120
_BLOCK = re.compile(r"#\s+(begin|end)\s+(question|tests)\b", re.IGNORECASE)
_RAISED = re.compile(r"^[\w.]+(?:Error|Exception|Exit|Interrupt)\b.*", re.MULTILINE)
_CONFIG = re.compile(
    r"[^\n]*#\s*BEGIN\s*TEST\s*CONFIG[^\n]*\n(.*?)\n[^\n]*#\s*END\s*TEST\s*CONFIG", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True)
class MasterQuestion:
    """A question as the master has it. `configs` are its test configurations, one for each test cell."""

    name: str
    configs: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Assigned:
    """What Otter Assign made of a master: both notebooks as it wrote them, their tests in the metadata."""

    starter: Notebook
    reference: Notebook
    questions: tuple[MasterQuestion, ...]

    @property
    def public_tests(self) -> dict[str, Any]:
        """The test sources that students get, by question."""
        return _tests(self.starter)

    @property
    def all_tests(self) -> dict[str, Any]:
        """The test sources with the hidden cases, by question."""
        return _tests(self.reference)


def assign(exercise: Exercise) -> Assigned:
    """Run Otter Assign on the exercise's master.

    Raises:
        CourseError: the master cannot be read, or Otter Assign refuses it.
        HarnessError: Otter Assign did not end in time.
    """
    import jupytext
    import nbformat

    try:
        master = jupytext.reads(exercise.master.read_text(encoding="utf-8"), fmt="py:percent")
    except UnicodeDecodeError as error:
        raise CourseError(f"{exercise.master}: not UTF-8 ({error.reason}); save it as UTF-8") from None
    master.metadata["kernelspec"] = KERNELSPEC
    text: str = nbformat.writes(master)
    questions = read_questions(read_notebook(text), exercise.master)
    with tempfile.TemporaryDirectory(prefix="autograder-") as name:
        folder = Path(name)
        (folder / exercise.notebook_name).write_text(text, encoding="utf-8")
        _run_assign(folder, exercise)
        return Assigned(
            starter=read_notebook((folder / "dist" / "student" / exercise.notebook_name).read_bytes()),
            reference=read_notebook((folder / "dist" / "autograder" / exercise.notebook_name).read_bytes()),
            questions=questions,
        )


def _run_assign(folder: Path, exercise: Exercise) -> None:
    command = [sys.executable, "-P", "-m", "otter", "assign"]
    command += [exercise.notebook_name, "dist", "--no-run-tests", "--no-pdfs"]
    env = {**os.environ, "TMPDIR": str(folder), "PYTHONUTF8": "1", "PYTHONSAFEPATH": "1"}
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, timeout=_ASSIGN_LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise HarnessError(
            f"{exercise.master}: Otter Assign did not end within {_ASSIGN_LIMIT_S} s; "
            "try again on a less busy machine"
        ) from None
    if done.returncode != 0:
        reasons = _RAISED.findall(done.stderr.decode(errors="replace")) or ["it gave no reason"]
        raise CourseError(f"{exercise.master}: Otter Assign refuses this master: {reasons[-1]}")


def read_questions(master: Notebook, path: Path) -> tuple[MasterQuestion, ...]:
    """The master's questions in order, with the configuration of each test cell as written.

    Raises:
        CourseError: a configuration is not YAML.
    """
    questions: list[MasterQuestion] = []
    in_tests = False
    for cell in master["cells"]:
        source = cell["source"]
        block = _BLOCK.match(source) if cell["cell_type"] == "raw" else None
        if block:
            begins, kind = block.group(1).lower() == "begin", block.group(2).lower()
            in_tests = begins and kind == "tests"
            if begins and kind == "question":
                config = _read_yaml(source, path, "a question's configuration")
                questions.append(MasterQuestion(str(config.get("name", ""))))
        elif in_tests and cell["cell_type"] == "code" and questions:
            last = questions[-1]
            found = _CONFIG.match(source)
            config = _read_yaml(found.group(1), path, f"{last.name}: a test's configuration") if found else {}
            questions[-1] = MasterQuestion(last.name, (*last.configs, config))
    return tuple(questions)


def _read_yaml(text: str, path: Path, what: str) -> dict[str, Any]:
    import yaml  # type: ignore[import-untyped]

    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CourseError(
            f"{path}: {what} is not YAML: {' '.join(str(error).split())}; put texts that hold a colon "
            "in single quotes"
        ) from None
    return value if isinstance(value, dict) else {}


def _tests(notebook: Notebook) -> dict[str, Any]:
    tests: dict[str, Any] = notebook["metadata"].get("otter", {}).get("tests", {})
    return tests
