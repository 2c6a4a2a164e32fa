"""Grades a course of deep-learning notebooks: executor, judge and recorder in separate processes."""

from importlib.metadata import version

__version__ = version("autograder")
