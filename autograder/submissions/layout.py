"""Whose notebook a path is: student and exercise as the folders tell them.

    kim.ipynb                        student kim
    kim/anything.ipynb               student kim
    kim/11_x/anything.ipynb          student kim, exercise 11_x
    11_x/kim.ipynb                   student kim, exercise 11_x
    class/kim/anything.ipynb         student kim, where `class` only wraps the folders of several students

A zip whose one top folder has the zip's own name is taken as wrapped too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

Parts = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """What a path tells: the student, and the exercise if a folder is called after one."""

    student: str
    exercise_id: str | None


def place(parts: Parts, exercise_ids: Collection[str]) -> Place:
    """Read student and exercise off a path inside the folder or zip that was given."""
    folders, stem = parts[:-1], PurePosixPath(parts[-1]).stem
    at = max((i for i, folder in enumerate(folders) if folder in exercise_ids), default=None)
    if at is None:
        return Place(folders[0] if folders else stem, None)
    if at > 0:
        return Place(folders[at - 1], folders[at])
    return Place(folders[1] if len(folders) > 1 else stem, folders[at])


def wrapper(paths: Sequence[Parts], exercise_ids: Collection[str], *, zip_stem: str | None = None) -> Parts:
    """The folder that only wraps the rest, as a tuple to take off every path; empty where there is none."""
    tops = {parts[0] for parts in paths}
    if len(tops) != 1 or any(len(parts) == 1 for parts in paths):
        return ()
    (top,) = tops
    inner = {parts[1] for parts in paths if len(parts) > 2} - set(exercise_ids)
    notebooks = sum(len(parts) == 2 for parts in paths)
    is_wrapper = len(inner) > 1 or (top == zip_stem and (len(inner) == 1 or notebooks > 1))
    return (top,) if is_wrapper and top not in exercise_ids else ()


def without(around: Parts, parts: Parts) -> Parts:
    """The path inside the wrapping folder; a path that lies elsewhere stays as it is."""
    return parts[len(around) :] if parts[: len(around)] == around else parts
