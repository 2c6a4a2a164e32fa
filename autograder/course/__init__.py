"""What a course is: its manifest, its exercises, and the built form of each that grading reads."""

from autograder.course.built import BuiltExercise, Question, TestCase, load_built
from autograder.course.datasets import Dataset
from autograder.course.manifest import (
    PROFILES,
    Course,
    Exercise,
    Limits,
    Profile,
    Text,
    find_course,
    load_course,
)

__all__ = [
    "PROFILES",
    "BuiltExercise",
    "Course",
    "Dataset",
    "Exercise",
    "Limits",
    "Profile",
    "Question",
    "TestCase",
    "Text",
    "find_course",
    "load_built",
    "load_course",
]
