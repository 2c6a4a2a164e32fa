"""Workflows and action: what a linter says of them, and that no secret is where student code runs."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ci.steps import ACTION, ROOT, WORKFLOWS, Step, action_steps, load, workflow

# What a step has in it that runs notebooks, be they students' or references.
RUNS_NOTEBOOKS = ("uses: ./", "autograder check", "autograder grade", "make verify-torch", ".ci/run")


def jobs() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every job with its workflow, and a name for both."""
    for path in WORKFLOWS:
        whole = load(path)
        for name, job in whole["jobs"].items():
            yield f"{path.name}: {name}", whole, job


def every_step() -> list[tuple[str, Step]]:
    found = [(name, step) for name, _, job in jobs() for step in job["steps"]]
    return found + [("action.yml", step) for step in action_steps()]


def runs_notebooks(job: dict[str, Any]) -> bool:
    text = yaml.safe_dump(job["steps"], width=10_000)
    return any(mark in text for mark in RUNS_NOTEBOOKS)


def actionlint(*files: Path) -> subprocess.CompletedProcess[str]:
    """actionlint with shellcheck, both from the environment that runs the tests."""
    folder = Path(sys.executable).parent
    program = shutil.which("actionlint", path=folder)
    assert program, "actionlint is not installed: pip install -c constraints.txt -e '.[dev]'"
    command = [program, "-no-color", "-shellcheck", str(folder / "shellcheck"), "-pyflakes", ""]
    config = ["-config-file", str(ROOT / ".github" / "actionlint.yaml")]
    return subprocess.run(
        [*command, *config, *map(str, files)], capture_output=True, text=True, check=False, cwd=ROOT
    )


def test_actionlint_finds_nothing() -> None:
    done = actionlint(*WORKFLOWS)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing_in_the_steps_of_the_action(tmp_path: Path) -> None:
    """It reads no composite action, so its steps are put into a workflow."""
    inputs = {name: {"type": "string", "required": False} for name in load(ACTION)["inputs"]}
    whole = {
        "on": {"workflow_call": {"inputs": inputs}},
        "jobs": {"action": {"runs-on": "ubuntu-24.04", "steps": action_steps()}},
    }
    path = tmp_path / "action.yml"
    path.write_text(json.dumps(whole), encoding="utf-8")
    done = actionlint(path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_script_that_is_wrong_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yml"
    path.write_text(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo $HOME\n",
        encoding="utf-8",
    )
    done = actionlint(path)
    assert done.returncode == 1
    assert "SC2086" in done.stdout


def test_the_scripts_beside_the_workflows_are_checked_too() -> None:
    scripts = [ROOT / ".github" / "classroom" / "make-template", ROOT / ".ci" / "run"]
    program = Path(sys.executable).parent / "shellcheck"
    done = subprocess.run([program, *scripts], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_expression_is_ever_part_of_a_script() -> None:
    assert [(name, step["run"]) for name, step in every_step() if "${{" in step.get("run", "")] == []


def test_every_script_of_the_action_names_its_shell() -> None:
    assert {step.get("shell") for step in action_steps() if "run" in step} == {"bash"}


def test_every_checkout_forgets_its_token() -> None:
    checkouts = [
        (name, step) for name, step in every_step() if step.get("uses", "").startswith("actions/checkout@")
    ]
    assert len(checkouts) >= 5
    for name, step in checkouts:
        assert step.get("with", {}).get("persist-credentials") is False, name


def test_an_action_from_elsewhere_is_githubs_own_and_has_one_version() -> None:
    used = {step["uses"] for _, step in every_step() if "uses" in step} - {"./"}
    names = [one.split("@")[0] for one in used]
    assert len(names) == len(set(names)), sorted(used)
    assert [one for one in used if not one.startswith("actions/")] == []


@pytest.mark.parametrize(("name", "whole", "job"), [pytest.param(*one, id=one[0]) for one in jobs()])
def test_a_job_has_a_time_limit_and_says_what_its_token_may_do(
    name: str, whole: dict[str, Any], job: dict[str, Any]
) -> None:
    assert job.get("timeout-minutes", 0) > 0
    assert "permissions" in whole
    assert all(right == "read" for right in whole["permissions"].values())


@pytest.mark.parametrize(
    ("name", "whole", "job"), [pytest.param(*one, id=one[0]) for one in jobs() if runs_notebooks(one[2])]
)
def test_where_notebooks_run_there_is_no_secret(
    name: str, whole: dict[str, Any], job: dict[str, Any]
) -> None:
    """The token that a job always has may read this repository and nothing else."""
    assert job.get("permissions", whole["permissions"]) == {"contents": "read"}
    text = json.dumps([job, whole.get("env", {})])
    for word in ("secrets", "github.token", "GITHUB_TOKEN", "GH_TOKEN", "id-token"):
        assert word not in text


def test_the_jobs_that_run_notebooks_are_known() -> None:
    """A job that runs some and is not taken for one would not be looked at above."""
    found = {name for name, _, job in jobs() if runs_notebooks(job)}
    assert found == {
        "ci.yml: test",
        "ci.yml: torch",
        "gpu.yml: scorecard",
        "classroom.yml: grade",
        "check.yml: check",
    }


def test_a_machine_of_our_own_never_runs_what_a_stranger_proposes() -> None:
    for path in WORKFLOWS:
        whole = load(path)
        if "self-hosted" in json.dumps(whole["jobs"]):
            assert whole["on"].keys() == {"push", "schedule", "workflow_dispatch"}
            assert whole["on"]["push"] == {"branches": ["main"]}
    assert "self-hosted" in json.dumps(workflow("gpu.yml")["jobs"])


def test_what_a_run_found_is_kept_also_where_a_gate_is_not_met() -> None:
    for name, job in (("gpu.yml", "scorecard"), ("classroom.yml", "grade")):
        steps = workflow(name)["jobs"][job]["steps"]
        kept = [step for step in steps if step.get("uses", "").startswith("actions/upload-artifact@")]
        assert kept
        assert all("!cancelled()" in step["if"] for step in kept)
