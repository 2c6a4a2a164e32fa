"""The folders show the data flow: each stage imports only the stages before it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "autograder"

# What each stage may import, besides itself. Order is the flow of data.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "text": set(),
    "files": {"errors"},
    "course": {"errors", "files"},
    "submissions": {"errors", "course"},
    "devices": {"errors", "course"},
    "kernels": {"errors", "course", "devices"},
    "evidence": {"errors", "files"},
    "execution": {"errors", "course", "submissions", "devices", "kernels", "evidence"},
    "checks": {"errors"},
    "judge": {"errors", "course", "kernels", "evidence", "checks"},
    "scorecard": {"errors"},
    "batch": {
        "errors",
        "files",
        "course",
        "submissions",
        "devices",
        "kernels",
        "evidence",
        "execution",
        "judge",
        "scorecard",
        "text",
    },
    "runs": {"errors", "course", "scorecard"},
    "reports": {"errors", "text", "files", "scorecard", "runs"},
    "authoring": {
        "errors",
        "files",
        "course",
        "submissions",
        "devices",
        "kernels",
        "evidence",
        "execution",
        "judge",
        "scorecard",
        "batch",
        "reports",
    },
    "ci": {
        "errors",
        "files",
        "course",
        "submissions",
        "devices",
        "kernels",
        "evidence",
        "scorecard",
        "batch",
        "runs",
        "reports",
        "authoring",
    },
}
ENTRY_POINTS = {"__init__", "__main__", "cli"}  # may import anything
# Run beside student code, where nothing of ours is to be seen: they import no module of this package.
STANDALONE = {"evidence/collector.py", "evidence/encoder.py"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(path: Path) -> set[str]:
    """Every module of ours that a file imports, anywhere in it, as a dotted name."""
    package = ("autograder", *path.relative_to(PACKAGE).parts[:-1])
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            found |= {".".join(filter(None, (*base, node.module, alias.name))) for alias in node.names}
    return {name for name in found if name.split(".")[0] == "autograder"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_stage_imports_only_the_stages_before_it(path: Path) -> None:
    stages = {name.split(".")[1] for name in imported_modules(path) if "." in name}
    if name_of(path) in STANDALONE:
        assert not imported_modules(path)
    elif stage_of(path) not in ENTRY_POINTS:
        # `from autograder import __version__` names the package itself, which is not a stage
        stages &= set(MAY_IMPORT)
        assert stages <= MAY_IMPORT[stage_of(path)] | {stage_of(path)}


def test_every_stage_is_in_the_table() -> None:
    assert {stage_of(path) for path in MODULES} - ENTRY_POINTS == set(MAY_IMPORT)


def test_the_table_follows_one_order() -> None:
    order = list(MAY_IMPORT)
    for stage, allowed in MAY_IMPORT.items():
        assert all(order.index(other) < order.index(stage) for other in allowed), stage


def test_execution_and_judge_never_meet() -> None:
    assert "judge" not in MAY_IMPORT["execution"]
    assert "execution" not in MAY_IMPORT["judge"]


@pytest.mark.parametrize("name", sorted(STANDALONE))
def test_standalone_modules_exist(name: str) -> None:
    assert (PACKAGE / name).is_file()
