"""What a course is: its manifest, its exercises, and the built form of each that grading reads."""

from autograder.course.built import BuiltExercise, Question, TestCase, load_built
from autograder.course.datasets import Dataset
from autograder.course.manifest import Course, Exercise, Limits, Text, find_course, load_course

__all__ = [
    "BuiltExercise",
    "Course",
    "Dataset",
    "Exercise",
    "Limits",
    "Question",
    "TestCase",
    "Text",
    "find_course",
    "load_built",
    "load_course",
]
