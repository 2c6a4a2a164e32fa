"""Whatever lies in a bundle's folder, reading it gives evidence or an error of ours."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import CourseError, EvidenceError
from autograder.evidence.bundle import Bundle, BundleWriter, call_key, encode_call, parse_drop, read_reply
from fuzz.guard import REFUSED, answer_to
from fuzz.strategies_bytes import RANDOM_BYTES, broken
from fuzz.strategies_evidence import DOCUMENTS, WORDS, as_bytes
from fuzz.strategies_json import RANDOM_TREES, changed

fuzzed = settings.get_profile("fuzz")

FIXED_BYTES = 16 * 2**20
PER_BYTE = 64
NAMES = ("a", "i", "b", "z", "never")
REQUEST = encode_call("q1", "f", (1, "x"), {"k": 2.5})
KEY = call_key(REQUEST)
REPLY = {"format": 1, "ok": True, "value": DOCUMENTS[2].tree["names"]["a"]}
INDEXES: list[Any] = [
    {
        "format": 1,
        "questions": {
            "q1": {"cell": 3, "names": list(NAMES), "missing": None},
            "q2": {"cell": None, "names": ["m"], "missing": "the kernel ended"},
        },
    }
]
_WORDS = (
    "format",
    "questions",
    "cell",
    "names",
    "missing",
    "q1",
    "q3",
    "index",
    "../q1",
    "calls/x",
    "q1\0",
    "가",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of one question and one recorded call."""
    folder = tmp_path_factory.mktemp("fuzz") / "evidence"
    drop = parse_drop(as_bytes(DOCUMENTS[2].tree), DOCUMENTS[2].tensors, what="q1")
    writer = BundleWriter(folder)
    writer.add_question("q1", 3, NAMES, drop)
    writer.add_call(KEY, REQUEST, parse_drop(as_bytes(REPLY), DOCUMENTS[2].tensors, what="f"))
    return folder


def read_all(folder: Path) -> object:
    """Everything that a judge may ask of the bundle; its errors are part of the answer."""
    sizes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    def read() -> object:
        bundle, found = Bundle(folder), list[object]()
        for question in (*bundle.questions, "q1", "q9"):
            try:
                evidence = bundle.question(question)
                for name in evidence.asked:
                    found.append(evidence.status(name))
                    found.append(evidence.value(name))
            except (EvidenceError, CourseError) as error:
                found.append(str(error).isprintable())
        return found

    return answer_to(read, refuses_with=EvidenceError, max_bytes=FIXED_BYTES + PER_BYTE * sizes)


def read_call(folder: Path) -> object:
    def read() -> object:
        recorded = Bundle(folder).recorded_call(KEY)
        return None if recorded is None else [read_reply(recorded, "f")]

    return answer_to(read, refuses_with=EvidenceError, max_bytes=2 * FIXED_BYTES)


def test_the_bundle_that_inputs_are_made_from_is_right(folder: Path) -> None:
    (folder / "index.json").write_bytes(as_bytes(INDEXES[0]))
    found = read_all(folder)
    assert isinstance(found, list)
    assert "present" in found
    assert isinstance(read_call(folder), list)


@given(
    content=st.one_of(
        changed(INDEXES, words=_WORDS).map(as_bytes),
        changed(INDEXES, words=_WORDS).map(as_bytes),
        broken([json.dumps(INDEXES[0]).encode()]),
        RANDOM_TREES.map(as_bytes),
        RANDOM_BYTES,
    )
)
@fuzzed
def test_a_changed_index_is_evidence_or_refused(folder: Path, content: bytes) -> None:
    (folder / "index.json").write_bytes(content)
    read_all(folder)


@given(
    tree=changed([DOCUMENTS[2].tree], words=WORDS),
    tensors=broken([DOCUMENTS[2].tensors]),
    whole=st.booleans(),
)
@fuzzed
def test_changed_files_of_a_question_are_evidence_or_refused(
    folder: Path, tree: Any, tensors: bytes, whole: bool
) -> None:
    (folder / "index.json").write_bytes(as_bytes(INDEXES[0]))
    (folder / "q1.json").write_bytes(as_bytes(tree))
    (folder / "q1.safetensors").write_bytes(DOCUMENTS[2].tensors if whole else tensors)
    assert read_all(folder) is not REFUSED


@given(tree=changed([REPLY], words=WORDS), tensors=broken([DOCUMENTS[2].tensors]), whole=st.booleans())
@fuzzed
def test_a_changed_record_of_a_call_is_a_value_or_refused(
    folder: Path, tree: Any, tensors: bytes, whole: bool
) -> None:
    (folder / "index.json").write_bytes(as_bytes(INDEXES[0]))
    (folder / "calls" / f"{KEY}.json").write_bytes(as_bytes(tree))
    (folder / "calls" / f"{KEY}.safetensors").write_bytes(DOCUMENTS[2].tensors if whole else tensors)
    assert read_call(folder) is not None
