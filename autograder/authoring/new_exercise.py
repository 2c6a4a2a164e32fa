"""`new-exercise`: a small exercise that builds and passes as it is, for an author to change step by step.

Its files are the templates beside this module; docs/writing-an-exercise.md goes on from there.
"""

import json
import re
import shutil
import tempfile
import tomllib
from importlib.resources import files
from pathlib import Path

from autograder.course import load_course
from autograder.course.manifest import MANIFEST
from autograder.errors import CourseError, HarnessError, UsageError
from autograder.files import write_atomically, write_error

_ID = re.compile(r"[0-9a-z][0-9a-z_]*")
_TEMPLATE = ".template"
_MASTER = "master.py"
_ENTRY = """
[[exercise]]
id = {id}
title = {{ ko = {ko}, en = {en} }}
preload = ["numpy", "otter"]
limits = {{ cell_s = 20, notebook_s = 60, memory_mb = 1024 }}
"""


def new_exercise(
    start: Path, exercise_id: str, *, title_ko: str | None = None, title_en: str | None = None
) -> list[Path]:
    """Write the skeleton into the course that `start` lies in, and its entry at the end of the manifest.

    A title that is not given is made from the id. Returns the files written, the manifest last.

    Raises:
        UsageError: no course here, an id or a title that cannot be one, or an exercise that is there already.
        CourseError: the manifest cannot be read.
        HarnessError: the files cannot be written.
    """
    root = _course_root(start)
    _check_id(root, exercise_id)
    english = _title(title_en or _title_from(exercise_id), "--title-en")
    korean = _title(title_ko or english, "--title-ko")
    manifest, folder = root / MANIFEST, root / "solutions" / exercise_id
    before = manifest.read_text(encoding="utf-8")
    entry = _ENTRY.format(id=_toml(exercise_id), ko=_toml(korean), en=_toml(english))
    words = {"@ID@": exercise_id, "@TITLE_KO@": korean, "@TITLE_EN@": english}
    try:
        written = _write_folder(folder, words)
    except OSError as error:
        raise write_error(folder, error) from None
    try:
        write_atomically(manifest, before.rstrip("\n") + "\n" + entry)
        load_course(root)
    except (CourseError, HarnessError):
        shutil.rmtree(folder)
        if manifest.read_text(encoding="utf-8") != before:
            write_atomically(manifest, before)
        raise
    return [*written, manifest]


def _course_root(start: Path) -> Path:
    """The nearest folder upwards that has a manifest; it may list no exercise yet."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MANIFEST).is_file():
            return folder
    raise UsageError(f"{start}: no {MANIFEST} here or above; name the course's folder with --course")


def _check_id(root: Path, exercise_id: str) -> None:
    manifest, folder = root / MANIFEST, root / "solutions" / exercise_id
    if not _ID.fullmatch(exercise_id):
        raise UsageError(
            f"{exercise_id!r} cannot be an exercise's id: use small letters, digits and _, as in 05_sentiment_analysis"
        )
    try:
        entries = tomllib.loads(manifest.read_text(encoding="utf-8")).get("exercise", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{manifest}: cannot be read as a course manifest: {error}") from None
    if any(isinstance(entry, dict) and entry.get("id") == exercise_id for entry in entries):
        raise UsageError(f"{manifest}: there is an exercise {exercise_id} already; choose another id")
    if folder.exists():
        raise UsageError(f"{folder}: is there already; choose another id, or move that folder away")


def _title_from(exercise_id: str) -> str:
    """`Sentiment analysis` for `05_sentiment_analysis`."""
    words = re.sub(r"^\d+_+(?=.)", "", exercise_id).replace("_", " ").strip()
    return (words or exercise_id).capitalize()


def _title(text: str, option: str) -> str:
    if not text.strip() or not text.isprintable():
        raise UsageError(f"{option}: {text!r} cannot be a title; write it on one line")
    return text.strip()


def _toml(text: str) -> str:
    """A TOML string: for printable text its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _write_folder(folder: Path, words: dict[str, str]) -> list[Path]:
    """Write all files, or none: the folder takes its name when it is complete."""
    new = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        written = []
        for name, text in _templates().items():
            path = Path(name) if name == _MASTER else Path("answers") / name
            for word, meant in words.items():
                text = text.replace(word, meant)
            (new / path).parent.mkdir(exist_ok=True)
            (new / path).write_text(text, encoding="utf-8")
            written.append(folder / path)
        new.chmod(0o755)  # mkdtemp made it for this user alone
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return sorted(written, key=lambda path: (path.name != _MASTER, path.name))


def _templates() -> dict[str, str]:
    """File names and texts of the skeleton."""
    return {
        one.name.removesuffix(_TEMPLATE): one.read_text(encoding="utf-8")
        for one in files("autograder.authoring").joinpath("templates").iterdir()
        if one.name.endswith(_TEMPLATE)
    }
