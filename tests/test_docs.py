"""Documents say what the code does: command lines, limits, statuses, claims, links."""

import re
import shlex
from pathlib import Path

import click
import pytest

from autograder.cli.main import main
from autograder.course.manifest import Limits
from autograder.kernels import LEVELS, conformance
from autograder.scorecard import Status

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "exercises" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# Both are written by commands that replace what stands between two lines of this.
MARKER = "<!-- table -->"
WITH_A_TABLE = ("security.md", "benchmarks.md")

_COMMAND = re.compile(r"^\$ (?:\w+=\S+ )*(autograder .*)$", re.MULTILINE)
_NAMED = re.compile(r"`autograder ([a-z-]+)")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_FIRST_CELLS = re.compile(r"^\| `([a-z_]+)` \| ([^|]+) \|", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def command_lines() -> list[str]:
    """Every command line of ours that a document shows at a prompt, without its comment."""
    return [line for path in DOCUMENTS for line in _COMMAND.findall(path.read_text(encoding="utf-8"))]


def parse(line: str) -> None:
    """Parse a command line as it would be, up to the point where it would be carried out."""
    name, *arguments = shlex.split(line, comments=True)[1:]
    if name not in main.commands:
        raise click.UsageError(f"there is no command {name}")
    main.commands[name].make_context(name, arguments)


@pytest.mark.parametrize("line", command_lines())
def test_a_command_line_can_be_typed_as_it_stands(line: str) -> None:
    parse(line)


@pytest.mark.parametrize(
    "line", ["autograder grde x", "autograder grade x", "autograder grade x --out r --sandbox bwrap"]
)
def test_a_command_line_that_does_not_work_is_noticed(line: str) -> None:
    with pytest.raises(click.UsageError):
        parse(line)


def test_every_command_is_explained_somewhere() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    shown = set(_NAMED.findall(text)) | {shlex.split(line, comments=True)[1] for line in command_lines()}
    assert shown == set(main.commands)


def test_the_table_of_limits_has_each_with_its_default() -> None:
    section = read("grading-a-class.md").partition("## Seeds and limits")[2].partition("\n## ")[0]
    defaults = {name: field.default for name, field in Limits.model_fields.items()}
    shown = {name: "`notebook_s`" if value is None else f"{value:g}" for name, value in defaults.items()}
    assert {name: cell.strip() for name, cell in _FIRST_CELLS.findall(section)} == shown


def test_the_table_of_statuses_has_each() -> None:
    section = read("grading-a-class.md").partition("## Statuses")[2].partition("\n## ")[0]
    assert [name for name, _meaning in _FIRST_CELLS.findall(section)] == [status.value for status in Status]


def test_the_table_of_claims_is_the_conformance_suite() -> None:
    section = read("security.md").partition("## `autograder doctor`")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)[1:]
    assert rows == [*conformance.ATTEMPTS, conformance.ENDS]


def test_every_level_says_what_it_does_not_stop() -> None:
    headings = _HEADING.findall(read("security.md"))
    assert {f"At level `{level}`" for level in LEVELS} < set(headings)


def test_every_family_has_a_row_with_its_cases() -> None:
    rows = re.findall(r"^\| (\d\d) \|.*\| `(\d\d)-\*` \|$", read("threat-model.md"), re.MULTILINE)
    named = sorted({path.name[:2] for path in (ROOT / "tests" / "hostile" / "cases").iterdir()})
    assert rows == [(family, family) for family in named]


@pytest.mark.parametrize("name", WITH_A_TABLE)
def test_a_measured_table_has_its_place(name: str) -> None:
    assert read(name).count(MARKER) == 2


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in _LINK.findall(path.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        assert linked.exists(), target
        if anchor:
            assert anchor in _anchors(linked), target


def _anchors(path: Path) -> set[str]:
    """What the headings of a document are called in links: lower case, hyphens for spaces, no other marks."""
    headings = _HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
