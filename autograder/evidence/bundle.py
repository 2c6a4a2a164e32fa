"""The evidence of one submission as a folder: what was asked, what came, and the calls that were made.

    index.json                                  what was asked at which cell, and why evidence is missing
    q1.json, q1.safetensors, ...                one document per question, as the kernel wrote it
    calls/<key>.request.json, .safetensors      what a function of the student's was called with
    calls/<key>.json, .safetensors              what it answered

The executor writes it and the judge reads it; a regrade reads it again. Writes are atomic.
"""

import hashlib
import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.errors import CourseError, EvidenceError
from autograder.evidence.calls import call_key, encode_call, read_reply
from autograder.evidence.decode import NUMBER_KINDS, decode
from autograder.evidence.documents import Drop, one_line, parse_drop, read_drop
from autograder.evidence.known import NOTHING_KNOWN, KnownArrays
from autograder.evidence.standins import Caller
from autograder.files import write_atomically

__all__ = [
    "Bundle",
    "BundleWriter",
    "Drop",
    "KnownArrays",
    "QuestionEvidence",
    "Status",
    "call_key",
    "encode_call",
    "parse_drop",
    "read_drop",
    "read_reply",
]

INDEX = "index.json"
MAX_STORED_BYTES = 2**30  # the reader at collection held the course's own limit
Status = Literal["present", "absent", "unsupported", "not_collected"]
_QUESTION = re.compile(r"(?!index$)[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")
_KEY = re.compile(r"[0-9a-f]{64}")


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Asked(_Record):
    cell: int | None  # null: at the end of the notebook
    names: tuple[str, ...]
    missing: str | None = None


class _Index(_Record):
    format: Literal[1] = 1
    questions: dict[str, _Asked] = {}
    known: str | None = None  # the index that hashes of pretrained weights were looked up in, by its own hash


class BundleWriter:
    """Writes a bundle; each document is in place before the index speaks of it.

    Opening a folder that holds a bundle adds to it. `known` is the `digest` of the `KnownArrays` in use.
    """

    def __init__(self, folder: Path, *, known: str | None = None) -> None:
        self._folder = folder
        (folder / "calls").mkdir(parents=True, exist_ok=True)
        index = _read_index(folder) if (folder / INDEX).exists() else _Index()
        self._asked, self._known = dict(index.questions), known or index.known
        self._write_index()

    @property
    def questions(self) -> frozenset[str]:
        """The questions that something is known of, missing ones included."""
        return frozenset(self._asked)

    def add_question(self, question: str, cell: int | None, names: Iterable[str], drop: Drop) -> None:
        """Store what the collector wrote for a question, asked for after the cell of that index."""
        _write_drop(self._folder / _checked_name(question), drop)
        self._asked[question] = _Asked(cell=cell, names=tuple(names))
        self._write_index()

    def add_question_missing(
        self, question: str, cell: int | None, names: Iterable[str], reason: str
    ) -> None:
        """Store that a question has no evidence, and why."""
        self._asked[_checked_name(question)] = _Asked(cell=cell, names=tuple(names), missing=reason)
        self._write_index()

    def add_call(self, key: str, request: Drop, reply: Drop) -> None:
        """Store a call and its reply under `call_key(request)`."""
        stem = self._folder / "calls" / _checked_key(key)
        _write_drop(stem.with_name(f"{key}.request"), request)
        _write_drop(stem, reply)

    def _write_index(self) -> None:
        index = _Index(questions=self._asked, known=self._known)
        write_atomically(self._folder / INDEX, index.model_dump_json(indent=1).encode())


@dataclass(frozen=True)
class QuestionEvidence:
    """The evidence of one question; `missing_reason` says why there is none, where there is none."""

    question: str
    asked: tuple[str, ...]
    missing_reason: str | None
    _drop: Drop | None
    _known: KnownArrays = NOTHING_KNOWN

    def status(self, name: str) -> Status:
        """What is there for a variable.

        `absent`: it was asked for and the notebook had none, or the question's evidence is missing.
        `unsupported`: its type does not cross; no test case that needs it may pass.
        """
        if name not in self.asked:
            return "not_collected"
        kind = self._node(name).get("kind")
        return "absent" if kind == "absent" else "unsupported" if kind == "unsupported" else "present"

    def value(self, name: str, caller: Caller | None = None) -> object:
        """The variable, rebuilt afresh each time, so that no test can disturb another.

        Raises:
            EvidenceError: it was not asked for, is not there, or breaks a rule.
            CourseError: it needs pretrained weights that are not those of the time.
        """
        if self.status(name) in ("absent", "not_collected"):
            raise EvidenceError(
                f"{name}: no evidence for {self.question}: {self.missing_reason or 'not defined'}"
            )
        assert self._drop is not None
        node = self._node(name)
        question, arrays = self.question, self._drop.arrays
        return decode(node, arrays, name=name, question=question, caller=caller, known=self._known)

    def number(self, name: str) -> float | None:
        """The variable where it is one finite number, else None; nothing of another kind is rebuilt."""
        if self._drop is None or self.status(name) != "present":
            return None
        try:
            value = decode(
                self._node(name), self._drop.arrays, name=name, question=self.question, kinds=NUMBER_KINDS
            )
            number = float(value)
        except (EvidenceError, TypeError, ValueError, OverflowError):  # a date, say, or an int without end
            return None
        return number if math.isfinite(number) else None

    def model_key(self, name: str) -> str | None:
        """What is the same for two variables that hold the same model; None where `name` is no Keras model."""
        if (
            self._drop is None
            or self.status(name) != "present"
            or self._node(name).get("kind") != "keras_model"
        ):
            return None
        node, arrays = self._node(name), self._drop.arrays
        found = node.get("weights")
        digest = hashlib.sha256(json.dumps({**node, "weights": None}, sort_keys=True).encode())
        for one in found if isinstance(found, list) else ():
            if not isinstance(one, dict):
                return None
            digest.update(json.dumps({**one, "array": None}, sort_keys=True).encode())
            if "known" in one:
                continue  # its hash stands for it
            array = arrays.get(str(one.get("array")))
            if array is None:
                return None
            digest.update(json.dumps([array.shape, str(array.dtype)]).encode())
            digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()

    def _node(self, name: str) -> dict[str, object]:
        names = self._drop.tree.get("names") if self._drop else {}
        node = names.get(name, {"kind": "absent"}) if isinstance(names, dict) else None
        if not isinstance(node, dict):
            raise EvidenceError(f"{name}: malformed evidence for {self.question}: it is no JSON object")
        return node


class Bundle:
    """Reads a bundle; `known` are the pretrained weights that evidence may name by their hash.

    Raises:
        EvidenceError: the folder holds none of this format.
    """

    def __init__(self, folder: Path, *, known: KnownArrays | None = None) -> None:
        self._folder = folder
        self._index = _read_index(folder)
        self.known = (known or NOTHING_KNOWN).as_recorded_with(self._index.known)
        self._read: dict[str, QuestionEvidence] = {}

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that something is known of, in the order of collection."""
        return tuple(self._index.questions)

    def question(self, question: str) -> QuestionEvidence:
        """The evidence of a question, read once; one that was never asked for has asked for nothing.

        Raises:
            EvidenceError: its files are not there or break the format.
        """
        if question not in self._read:
            asked = self._index.questions.get(
                question, _Asked(cell=None, names=(), missing="never collected")
            )
            drop = None
            if asked.missing is None:
                drop = read_drop(self._folder / _checked_name(question), max_bytes=MAX_STORED_BYTES)
            self._read[question] = QuestionEvidence(question, asked.names, asked.missing, drop, self.known)
        return self._read[question]

    def recorded_call(self, key: str) -> Drop | None:
        """The reply to an earlier call, or None where there was no such call.

        Raises:
            EvidenceError: the record breaks the format.
        """
        stem = self._folder / "calls" / _checked_key(key)
        if not stem.with_name(f"{key}.json").exists():
            return None
        return read_drop(stem, max_bytes=MAX_STORED_BYTES)


def _read_index(folder: Path) -> _Index:
    path = folder / INDEX
    try:
        return _Index.model_validate_json(path.read_bytes())
    except OSError as error:
        raise EvidenceError(f"{path}: cannot be read: {error.strerror}; run the submission again") from None
    except ValidationError as error:
        reason = one_line(str(error), 300)
        raise EvidenceError(f"{path}: not a bundle of format 1: {reason}; run the submission again") from None


def _checked_name(question: str) -> str:
    if not _QUESTION.fullmatch(question):
        raise CourseError(f"question {question!r}: name it with letters, digits, - and _, and not `index`")
    return question


def _checked_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise EvidenceError(f"{key[:80]!r} is not the key of a call")
    return key


def _write_drop(stem: Path, drop: Drop) -> None:
    """The JSON comes last: where it is, its arrays are."""
    write_atomically(stem.with_name(stem.name + ".safetensors"), drop.tensor_bytes)
    write_atomically(stem.with_name(stem.name + ".json"), drop.json_bytes)
