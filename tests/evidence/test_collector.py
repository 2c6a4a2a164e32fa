"""The collector as the kernel loads it: from its file, alone; and the calls it carries out."""

import ast
import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from autograder.errors import EvidenceError
from autograder.evidence import collector
from autograder.evidence.bundle import call_key, encode_call, read_drop, read_reply
from autograder.evidence.decode import _KINDS
from autograder.evidence.standins import StudentFunctionError

HERE = Path(collector.__file__).parent
KERNEL_SIDE = ["collector.py", *sorted(path.name for path in HERE.glob("encode*.py"))]


@pytest.fixture
def kernel_side():
    """The collector, loaded as a kernel loads it."""
    spec = importlib.util.spec_from_file_location("_autograder_collector", HERE / "collector.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ask(kernel_side, tmp_path):
    """Defines a function in the kernel and calls it from the judge's side."""

    def ask(function, *args, **kwargs):
        kernel_side.collect("q1", ["f"], str(tmp_path / "q1"), namespace={"f": function})
        request = encode_call("q1", "f", args, kwargs)
        (tmp_path / "c.json").write_bytes(request.json_bytes)
        (tmp_path / "c.safetensors").write_bytes(request.tensor_bytes)
        kernel_side.call(str(tmp_path / "c"), str(tmp_path / "r"))
        return read_reply(read_drop(tmp_path / "r"), "f")

    return ask


@pytest.mark.parametrize("name", KERNEL_SIDE)
def test_the_kernel_side_imports_nothing_but_the_standard_library_at_its_top(name):
    for node in ast.parse((HERE / name).read_text()).body:
        roots = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        roots += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert {root.partition(".")[0] for root in roots} <= sys.stdlib_module_names


@pytest.mark.parametrize("names", [None, 7, [3], ["x"]])
def test_collect_never_raises(kernel_side, names):
    kernel_side.collect("q1", names, "/nowhere/at/all", namespace={"x": 1})
    kernel_side.collect("q1", ["x"], None, namespace=None)


def test_collect_leaves_no_half_written_files(kernel_side, tmp_path):
    kernel_side.collect("q1", ["x"], str(tmp_path / "q1"), namespace={"x": np.ones(2)})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["q1.json", "q1.safetensors"]


def sequences(data, n_steps, scale=1):
    windows = [data[at : at + n_steps] * scale for at in range(len(data) - n_steps)]
    return np.array(windows), data[n_steps:]


def test_a_call_carries_arrays_there_and_back(ask):
    found, labels = ask(sequences, np.arange(5.0), n_steps=2, scale=np.float32(2))
    assert found.tolist() == [[0, 2], [2, 4], [4, 6]]
    assert labels.tolist() == [2, 3, 4]


@pytest.mark.parametrize(
    "value",
    [
        None,
        ...,
        True,
        2**70,
        -0.0,
        "가",
        (1, [2]),
        {"a": 1, (1, "b"): None},
        np.int16(3),
        np.datetime64("2020-01-01", "s"),
        np.array(["a", "bc"]),
        np.array(["2020-01"], dtype="datetime64[M]"),
        {1},
        frozenset(["a"]),
        b"\0x",
    ],
    ids=repr,
)
def test_arguments_reach_the_function_as_they_are(ask, value):
    seen = []
    back = ask(lambda x: seen.append(x) or x, value)
    assert type(seen[0]) is type(value)
    assert type(back) is type(value)
    assert repr(seen[0]) == repr(value) == repr(back)


def test_frames_reach_the_function_as_they_are(ask):
    frame = pd.DataFrame({"a": [1.5, 2], "b": ["x", None]}, index=pd.Index(["p", "q"], name="i"))
    frame["c"] = pd.Categorical(["y", None], categories=["z", "y"])
    pd.testing.assert_frame_equal(ask(lambda x: x, frame), frame)
    pd.testing.assert_series_equal(ask(lambda x: x["b"], frame), frame["b"])
    pd.testing.assert_frame_equal(ask(lambda x: x, frame.iloc[:, :0]), frame.iloc[:, :0])


@pytest.mark.parametrize("name", ["csr_matrix", "csc_array", "coo_matrix"])
def test_sparse_matrices_reach_the_function_as_they_are(ask, name):
    matrix = getattr(sparse, name)(np.eye(3)[:, :2])
    found = ask(lambda x: (type(x).__name__, x), matrix)
    assert found[0] == name
    assert (found[1] != matrix).nnz == 0


def test_tensors_and_pictures_reach_the_function_as_they_are(ask):
    torch, tensorflow = pytest.importorskip("torch"), pytest.importorskip("tensorflow")
    image = pytest.importorskip("PIL.Image")
    for value in (torch.ones(2, requires_grad=True), torch.arange(3), tensorflow.constant([1.5])):
        name, back = ask(lambda x: (f"{type(x).__name__} {getattr(x, 'requires_grad', None)}", x), value)
        assert name == f"{type(value).__name__} {getattr(value, 'requires_grad', None)}"
        assert type(back) is type(value)
        assert (back == value).numpy().all()
    pixels = np.arange(24, dtype="uint8").reshape(2, 4, 3)
    assert ask(lambda x: (x.size, np.array(x)), image.fromarray(pixels))[0] == (4, 2)


@pytest.mark.parametrize("make", ["MinMaxScaler", "LabelEncoder"])
def test_what_crosses_from_a_kernel_only_is_no_argument(make):
    from sklearn import preprocessing

    with pytest.raises(
        EvidenceError, match=r"f: a test calls it .* of kind sklearn cross from a kernel only"
    ):
        encode_call("q1", "f", ([getattr(preprocessing, make)()],), {})


def test_every_kind_that_may_be_an_argument_can_be_read_again():
    assert set(_KINDS) >= collector.ARGUMENTS


def test_a_function_cannot_change_what_the_judge_keeps(ask):
    kept = np.zeros(3)
    ask(lambda x: x.fill(9), kept)
    assert kept.tolist() == [0, 0, 0]


class UnreadableError(Exception):
    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (TypeError("no\nway"), "f raised TypeError: no way"),
        (SystemExit(3), "f raised SystemExit: 3"),
        (KeyboardInterrupt(), "f raised KeyboardInterrupt"),
        (UnreadableError(), "f raised Exception"),
        (ValueError("\x1b[31m\ud800" + "x" * 9000), r"f raised ValueError: \\x1b\[31m\?x{1,500}$"),
    ],
)
def test_what_a_function_raises_comes_back_as_a_sentence(ask, error, message):
    def f():
        raise error

    with pytest.raises(StudentFunctionError, match=message) as caught:
        ask(f)
    assert "\n" not in str(caught.value)


def test_a_function_that_was_never_collected_is_an_error_not_a_crash(kernel_side, ask, tmp_path):
    ask(len, [])
    request = encode_call("q1", "g", (), {})
    (tmp_path / "c.json").write_bytes(request.json_bytes)
    kernel_side.call(str(tmp_path / "c.json"), str(tmp_path / "r.json"))
    with pytest.raises(StudentFunctionError, match="g raised KeyError"):
        read_reply(read_drop(tmp_path / "r"), "g")


def test_a_result_that_does_not_cross_says_so_when_touched(ask):
    result = ask(lambda: object())
    with pytest.raises(
        EvidenceError, match=r"the result of f: expected data a test can read, got builtins\.object"
    ):
        len(result)


def test_arguments_that_cannot_be_sent_are_the_courses_to_mend():
    with pytest.raises(EvidenceError, match=r"argument that cannot be sent: builtins\.object"):
        encode_call("q1", "f", (object(),), {})


def test_a_key_depends_on_everything_that_is_asked():
    base = ("q1", "f", (np.zeros(2), 1), {"a": 2.0})
    asked = [
        base,
        ("q2", *base[1:]),
        ("q1", "g", *base[2:]),
        ("q1", "f", (np.ones(2), 1), {"a": 2.0}),
        ("q1", "f", (np.zeros(2, "f4"), 1), {"a": 2.0}),
        ("q1", "f", (np.zeros(2), 1), {"b": 2.0}),
        ("q1", "f", (np.zeros(2), 1, 2.0), {}),
    ]
    keys = [call_key(encode_call(*one)) for one in asked]
    assert len(set(keys)) == len(keys)
    assert call_key(encode_call(*base)) == keys[0]


@pytest.mark.parametrize(
    "reply", [{}, {"ok": 1}, {"ok": False, "error": []}, {"ok": False, "error": {"type": 5}}]
)
def test_a_forged_reply_is_never_a_value(tmp_path, reply):
    (tmp_path / "r.json").write_text(json.dumps({"format": 1, **reply}))
    (tmp_path / "r.safetensors").write_bytes(collector.NO_ARRAYS)
    with pytest.raises(EvidenceError, match="f"):
        read_reply(read_drop(tmp_path / "r"), "f")
