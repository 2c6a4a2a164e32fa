"""What a CI machine does with a course: grades references and submissions, records it, writes what is published."""

from autograder.ci.files import write_run_files
from autograder.ci.github import GithubStep
from autograder.ci.run import Asked, run_course

__all__ = ["Asked", "GithubStep", "run_course", "write_run_files"]
