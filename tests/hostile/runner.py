"""A machine of a CI server as a grader finds it: tokens in the environment, in files, and with other processes."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

# Where the cases' own text says that the runner's folder is; the real one takes its place when they are handed in.
RUNNER = "/ag-hostile-runner"
TOKENS = (
    "GITHUB_TOKEN",
    "GH_TOKEN",
    "ACTIONS_RUNTIME_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "COURSE_SECRET",
)
# What the runner reads when a step ends, and takes for what the workflow wants.
COMMAND_FILES = ("GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_STATE")
_WAITS = "import sys; sys.stdin.read()"


class Runner:
    """Its folder, with permissions that keep nobody out, so that nothing but confinement does."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __enter__(self) -> "Runner":
        self.folder = Path(tempfile.mkdtemp(prefix="agr-", dir="/var/tmp"))
        self._patch = pytest.MonkeyPatch()
        header = f"extraheader = AUTHORIZATION: basic {self._token}"
        files = {
            "work/course/.git/config": f'[http "https://github.com/"]\n\t{header}\n',
            "home/.git-credentials": f"https://x-access-token:{self._token}@github.com\n",
            "home/.netrc": f"machine github.com login x password {self._token}\n",
            "home/.config/gh/hosts.yml": f"github.com:\n  oauth_token: {self._token}\n",
            "home/.docker/config.json": f'{{"auths": {{"ghcr.io": {{"auth": "{self._token}"}}}}}}\n',
            **{f"temp/{name}": "" for name in COMMAND_FILES},
        }
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for name in TOKENS:
            self._patch.setenv(name, self._token)
        for name in COMMAND_FILES:
            self._patch.setenv(name, str(self.folder / "temp" / name))
        self._patch.setenv("GITHUB_WORKSPACE", str(self.folder / "work" / "course"))
        for path in [self.folder, *self.folder.rglob("*")]:
            path.chmod(0o777 if path.is_dir() else 0o666)
        # The worker, which has started the step: tokens in its environment, its arguments, its folder, and a file.
        with (self.folder / "home" / ".netrc").open() as opened:
            self._worker = subprocess.Popen(
                [sys.executable, "-c", _WAITS, "--token", self._token],
                cwd=self.folder,
                env={**os.environ},
                stdin=subprocess.PIPE,
                pass_fds=[opened.fileno()],
            )
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.communicate()
        self._patch.undo()
        shutil.rmtree(self.folder)

    def addressed(self, content: bytes) -> bytes:
        """A submission that knows where the runner's folder is."""
        return content.replace(RUNNER.encode(), str(self.folder).encode())
