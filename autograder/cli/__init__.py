"""The `autograder` command."""

from autograder.cli.main import main

__all__ = ["main"]
