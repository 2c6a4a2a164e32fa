"""Workflows as data, and a stand-in for the machine that carries out their steps."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
STUDENT = ROOT / ".github" / "classroom" / "check.yml"
WORKFLOWS = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), STUDENT]

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
Step = Mapping[str, Any]


def load(path: Path) -> dict[str, Any]:
    """A workflow or an action; `on` is the key that YAML takes for a truth value."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    found: dict[str, Any] = {"on" if key is True else key: value for key, value in data.items()}
    return found


def workflow(name: str) -> dict[str, Any]:
    return load(ROOT / ".github" / "workflows" / name)


def action_steps() -> list[Step]:
    steps: list[Step] = load(ACTION)["runs"]["steps"]
    return steps


def action_inputs(**given: str) -> dict[str, str]:
    """What `inputs` is in the action's expressions: its defaults and what a workflow gives."""
    inputs = {name: one["default"] for name, one in load(ACTION)["inputs"].items()}
    given = {name.replace("_", "-"): value for name, value in given.items()}
    assert given.keys() <= inputs.keys()
    return {f"inputs.{name}": value for name, value in {**inputs, **given}.items()}


@dataclass
class Done:
    """What steps came to: the status of the first that failed, what all printed, and what they left for the runner."""

    status: int
    log: str
    summary: str
    outputs: dict[str, str]


@dataclass
class Machine:
    """A folder with a workspace, a home and the runner's own files; nothing of the caller's environment but PATH."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("workspace", "home", "temp", "commands", "bin"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace"

    def program(self, name: str, script: str) -> None:
        """Put a program on the machine's PATH, before all others."""
        path = self.folder / "bin" / name
        path.write_text(f"#!/usr/bin/env bash\nset -euo pipefail\n{script}", encoding="utf-8")
        path.chmod(0o755)

    def carry_out(
        self, steps: Sequence[Step], known: Mapping[str, str], *, instead: Mapping[str, str] | None = None
    ) -> Done:
        """Carry out the `run` steps in order, as the runner does, up to the first that fails.

        `known` has the value of each expression; one that it does not have is an error. `instead` replaces the
        scripts of steps by their names.
        """
        files = {
            name: self.folder / "commands" / name
            for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH")
        }
        for path in files.values():
            path.write_text("", encoding="utf-8")
        status, log = 0, ""
        for step in steps:
            if "run" not in step or status:
                continue
            script = self.folder / "step.sh"
            script.write_text((instead or {}).get(step.get("name", ""), step["run"]), encoding="utf-8")
            asked = {name: _filled(str(value), known) for name, value in step.get("env", {}).items()}
            places = {name: str(path) for name, path in files.items()}
            done = subprocess.run(
                [*_shell(step), str(script)],
                cwd=self.workspace,
                env={**self._environment(files["GITHUB_PATH"]), **places, **asked},
                capture_output=True,
                text=True,
                check=False,
            )
            status, log = done.returncode, log + done.stdout + done.stderr
        lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        return Done(status, log, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"), outputs)

    def _environment(self, more_path: Path) -> dict[str, str]:
        added = more_path.read_text(encoding="utf-8").splitlines()[::-1]
        kept = {name: os.environ[name] for name in ("LANG", "AUTOGRADER_CACHE") if name in os.environ}
        return {
            **kept,
            "PATH": os.pathsep.join([str(self.folder / "bin"), *added, os.environ["PATH"]]),
            "HOME": str(self.folder / "home"),
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(ROOT),
            **self.env,
        }


def _shell(step: Step) -> list[str]:
    """How the runner starts bash, where a step names it and where it does not."""
    return (
        ["bash", "--noprofile", "--norc", "-eo", "pipefail"]
        if step.get("shell") == "bash"
        else ["bash", "-e"]
    )


def _filled(text: str, known: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: known[found[1]], text)
