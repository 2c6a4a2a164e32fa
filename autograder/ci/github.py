"""What a step of GitHub Actions leaves for its run, besides log and exit status: a summary, and outputs.

Both go into files that the runner names in the environment. A kernel has neither the names nor, where it is confined,
the files.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import HarnessError, UsageError


@dataclass(frozen=True)
class GithubStep:
    """The step that this process is run by, as the two files that the runner reads when it ends."""

    summary: Path
    outputs: Path

    @classmethod
    def of_this_process(cls) -> "GithubStep":
        """The step whose files the environment names.

        Raises:
            UsageError: it names none.
        """
        names = ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")
        missing = [f"${name}" for name in names if not os.environ.get(name)]
        if missing:
            raise UsageError(
                f"--github: there is no {' and no '.join(missing)}; the option is for GitHub Actions"
            )
        return cls(*(Path(os.environ[name]) for name in names))

    def leave(self, *, summary: str, outputs: Mapping[str, str] | None = None) -> None:
        """Add Markdown to the summary, and set outputs; a value is one line.

        Raises:
            HarnessError: a file cannot be written.
        """
        lines = [f"{name}={' '.join(value.splitlines())}\n" for name, value in (outputs or {}).items()]
        for path, text in ((self.summary, summary), (self.outputs, "".join(lines))):
            try:
                with path.open("a", encoding="utf-8") as file:
                    file.write(text)
            except OSError as error:
                raise HarnessError(f"{path}: cannot be written ({error.strerror or error})") from error
