"""The bundle: what is written is what is read, whole or not at all."""

import json

import numpy as np
import pytest

from autograder.errors import CourseError, EvidenceError
from autograder.evidence import decode
from autograder.evidence.bundle import Bundle, BundleWriter, call_key, encode_call, parse_drop
from autograder.evidence.collector import NO_ARRAYS


def drop(**nodes):
    return parse_drop(json.dumps({"format": 1, "names": nodes}).encode(), NO_ARRAYS, what="q1")


INT = {"kind": "int", "value": 1}


def test_a_bundle_says_what_was_asked_and_what_came(tmp_path):
    writer = BundleWriter(tmp_path / "evidence")
    writer.add_question(
        "q1", 7, ["x", "y", "z"], drop(x=INT, y={"kind": "unsupported", "type": "a", "reason": "b"})
    )
    writer.add_question_missing("q2", None, ["m"], "the kernel ended")
    assert writer.questions == {"q1", "q2"}
    bundle = Bundle(tmp_path / "evidence")
    q1, q2, q3 = (bundle.question(name) for name in ("q1", "q2", "q3"))
    assert bundle.questions == ("q1", "q2")
    assert [q1.status(name) for name in ("x", "y", "z", "w")] == [
        "present",
        "unsupported",
        "absent",
        "not_collected",
    ]
    assert q1.asked == ("x", "y", "z")
    assert (q2.missing_reason, q2.status("m")) == ("the kernel ended", "absent")
    assert (q3.asked, q3.status("m")) == ((), "not_collected")
    with pytest.raises(EvidenceError, match="m: no evidence for q2: the kernel ended"):
        q2.value("m")


def test_names_that_the_kernel_adds_unasked_are_not_read(tmp_path):
    BundleWriter(tmp_path).add_question("q1", None, ["x"], drop(x=INT, y=INT))
    assert Bundle(tmp_path).question("q1").status("y") == "not_collected"
    with pytest.raises(EvidenceError, match="y: no evidence"):
        Bundle(tmp_path).question("q1").value("y")


@pytest.mark.parametrize("names", [None, [], {"x": None}, {"x": []}, {}])
def test_malformed_names_are_never_a_value(tmp_path, names):
    document = parse_drop(json.dumps({"format": 1, "names": names}).encode(), NO_ARRAYS, what="q1")
    BundleWriter(tmp_path).add_question("q1", None, ["x"], document)
    with pytest.raises(EvidenceError, match="x: "):
        Bundle(tmp_path).question("q1").value("x")


MODEL = {"kind": "keras_model", "config": "{}", "weights": []}


@pytest.mark.parametrize(
    ("node", "number"),
    [
        (INT, 1.0),
        ({"kind": "float", "value": "0.5"}, 0.5),
        ({"kind": "bool", "value": True}, 1.0),
        ({"kind": "numpy_scalar", "dtype": "float32", "value": {"kind": "float", "value": "0.5"}}, 0.5),
        ({"kind": "float", "value": "nan"}, None),
        ({"kind": "float", "value": "inf"}, None),
        ({"kind": "int", "value": "9" * 400}, None),
        ({"kind": "str", "value": "1"}, None),
        ({"kind": "none"}, None),
        ({"kind": "numpy_scalar", "dtype": "float32", "value": MODEL}, None),
        (MODEL, None),
        ({"kind": "unsupported", "type": "a", "reason": "b"}, None),
        ({}, None),
    ],
    ids=str,
)
def test_a_number_is_read_and_nothing_else_rebuilt(tmp_path, monkeypatch, node, number):
    monkeypatch.setitem(decode._KINDS, "keras_model", lambda *_: pytest.fail("rebuilt"))
    BundleWriter(tmp_path).add_question("q1", None, ["x", "y"], drop(x=node))
    question = Bundle(tmp_path).question("q1")
    assert question.number("x") == number
    assert question.number("y") is None, "not there"
    assert question.number("z") is None, "never asked for"


def test_a_writer_that_opens_a_bundle_adds_to_it(tmp_path):
    BundleWriter(tmp_path).add_question("q1", 7, ["x"], drop(x=INT))
    BundleWriter(tmp_path).add_question("q2", 8, ["x"], drop(x=INT))
    assert Bundle(tmp_path).questions == ("q1", "q2")


def test_calls_are_found_under_what_was_asked(tmp_path):
    request = encode_call("q1", "f", (np.arange(3),), {})
    reply = parse_drop(json.dumps({"format": 1, "ok": True, "value": INT}).encode(), NO_ARRAYS, what="r")
    key = call_key(request)
    assert Bundle(BundleWriter(tmp_path)._folder).recorded_call(key) is None
    BundleWriter(tmp_path).add_call(key, request, reply)
    assert Bundle(tmp_path).recorded_call(key).tree == reply.tree
    assert Bundle(tmp_path).recorded_call("0" * 64) is None


@pytest.mark.parametrize("question", ["", "index", "../q1", "a/b", "-x", "q" * 65, "q\n"])
def test_a_question_name_cannot_leave_the_folder(tmp_path, question):
    with pytest.raises(CourseError, match="question"):
        BundleWriter(tmp_path).add_question(question, None, [], drop())


@pytest.mark.parametrize("key", ["", "../../x", "A" * 64, "0" * 64 + "\n"])
def test_a_key_cannot_leave_the_folder(tmp_path, key):
    BundleWriter(tmp_path)
    with pytest.raises(EvidenceError, match="is not the key of a call"):
        Bundle(tmp_path).recorded_call(key)


@pytest.mark.parametrize(
    "index",
    ["", "[]", '{"format": 2, "questions": {}}', '{"format": 1, "questions": {"q1": 3}}', '{"\\b": 1}'],
)
def test_a_bundle_of_another_format_is_named(tmp_path, index):
    (tmp_path / "index.json").write_text(index)
    with pytest.raises(EvidenceError, match="not a bundle of format 1") as caught:
        Bundle(tmp_path)
    assert str(caught.value).isprintable()


def test_no_bundle_is_named(tmp_path):
    with pytest.raises(EvidenceError, match="run the submission again"):
        Bundle(tmp_path / "none")


def test_no_part_files_stay(tmp_path):
    BundleWriter(tmp_path).add_question("q1", None, ["x"], drop(x=INT))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "calls",
        "index.json",
        "q1.json",
        "q1.safetensors",
    ]
