"""Weights of pretrained files cross as their hash, and come back from the judge's own copy of the file."""

import json

import numpy as np
import pytest
from safetensors.numpy import save_file

from autograder.errors import CourseError, EvidenceError
from autograder.evidence.bundle import Bundle, BundleWriter, parse_drop, read_drop
from autograder.evidence.collector import collect
from autograder.evidence.decode import decode
from autograder.evidence.encoder import Encoder
from autograder.evidence.known import INDEX, KNOWN_AT_LEAST, KnownArrays, array_sha256, write_index

CHANCE = np.random.default_rng(0)
LARGE = CHANCE.normal(size=(128, 200)).astype("float32")
OTHER = CHANCE.normal(size=(200, 128)).astype("float32")
SMALL = np.arange(8, dtype="float32")


@pytest.fixture
def weights(tmp_path):
    """A folder of pretrained files as the libraries lay theirs out."""
    folder = tmp_path / "pretrained"
    (folder / "hub" / "blobs").mkdir(parents=True)
    (folder / "hub" / "snapshots").mkdir()
    save_file({"b": SMALL, "w": LARGE}, folder / "hub" / "blobs" / "0f3a")
    (folder / "hub" / "snapshots" / "model.safetensors").symlink_to("../blobs/0f3a")
    (folder / "half.h5.part").write_bytes(b"not whole")
    return folder


def write_h5(path, **arrays):
    h5py = pytest.importorskip("h5py")
    with h5py.File(path, "w") as file:
        for name, array in arrays.items():
            file.create_dataset(f"model/{name}", data=array)


def test_an_index_tells_of_each_large_array_where_it_lies(weights):
    write_h5(weights / "weights.h5", kernel=OTHER, bias=SMALL)
    known = KnownArrays.load(write_index(weights))
    assert known.hashes == sorted([array_sha256(LARGE), array_sha256(OTHER)])
    for array in (LARGE, OTHER):
        found = known.read(array_sha256(array))
        assert known.described(array_sha256(array)) == ("float32", array.shape)
        assert type(found) is np.ndarray
        np.testing.assert_array_equal(found, array)


def test_the_same_files_give_the_same_index_wherever_they_lie(weights, tmp_path):
    first = write_index(weights).read_bytes()
    weights.rename(tmp_path / "elsewhere")
    assert write_index(tmp_path / "elsewhere").read_bytes() == first
    assert write_index(tmp_path / "elsewhere").name == INDEX


def test_an_empty_folder_has_an_empty_index(tmp_path):
    assert KnownArrays.load(write_index(tmp_path)).hashes == []


@pytest.mark.parametrize("name", ["broken.safetensors", "broken.h5"])
def test_a_file_of_another_format_is_named(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x09\0\0\0\0\0\0\0nonsense!")
    with pytest.raises(CourseError, match=name):
        write_index(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": 1, "arrays": {"a": {"file": "x"}}}', None])
def test_an_index_that_cannot_be_read_is_the_courses_to_mend(tmp_path, content):
    if content is not None:
        (tmp_path / INDEX).write_bytes(content)
    with pytest.raises(CourseError, match="run `autograder prefetch` again"):
        KnownArrays.load(tmp_path / INDEX)


def test_what_is_done_to_an_array_reaches_neither_the_file_nor_the_next(weights):
    known = KnownArrays.load(write_index(weights))
    known.read(array_sha256(LARGE))[:] = 0
    np.testing.assert_array_equal(known.read(array_sha256(LARGE)), LARGE)


def test_a_file_that_was_changed_or_removed_is_not_taken_for_the_old_one(weights):
    index = write_index(weights)
    blob = weights / "hub" / "blobs" / "0f3a"
    changed = bytearray(blob.read_bytes())
    changed[-1] ^= 1
    blob.write_bytes(changed)
    with pytest.raises(CourseError, match="is not what it was"):
        KnownArrays.load(index).read(array_sha256(LARGE))
    blob.unlink()
    with pytest.raises(CourseError, match="cannot be read"):
        KnownArrays.load(index).read(array_sha256(LARGE))


def test_a_hash_tells_dtypes_and_shapes_apart_and_memory_orders_not():
    square = np.arange(9.0).reshape(3, 3)
    assert array_sha256(np.asfortranarray(square)) == array_sha256(square)
    assert array_sha256(square.astype(">f8")) == array_sha256(square)
    others = [square.reshape(9), square.view("int64"), square.reshape(1, 9), square.T]
    assert len({array_sha256(one) for one in [square, *others]}) == 5


def keras_model():
    keras = pytest.importorskip("keras")
    model = keras.Sequential([keras.Input((128,)), keras.layers.Dense(200), keras.layers.Dense(300)])
    head = np.ones((200, 300), dtype="float32")
    model.set_weights([LARGE, np.zeros(200), head, np.zeros(300)])
    return model


def sent(value, known):
    encoder = Encoder(known=frozenset(known.hashes))
    return json.loads(json.dumps(encoder.variable(value))), encoder.arrays


def test_a_keras_model_carries_its_head_and_names_the_rest(weights):
    known = KnownArrays.load(write_index(weights))
    node, arrays = sent(keras_model(), known)
    assert [one.get("known") for one in node["weights"]] == [array_sha256(LARGE), None, None, None]
    assert sum(array.nbytes for array in arrays.values()) == 4 * (200 + 200 * 300 + 300)
    found = decode(node, arrays, name="model", known=known)
    np.testing.assert_array_equal(found.get_weights()[0], LARGE)
    assert found.get_weights()[2].min() == 1


def test_a_torch_module_does_so_too_and_can_be_trained(weights):
    torch = pytest.importorskip("torch")
    known = KnownArrays.load(write_index(weights))
    module = torch.nn.Sequential(torch.nn.Linear(200, 128), torch.nn.Linear(128, 2))
    module[0].weight.data = torch.from_numpy(LARGE.copy())
    node, arrays = sent(module, known)
    assert sum("known" in one["array"] for one in node["tensors"]) == 1
    found = decode(node, arrays, name="module", known=known)
    x = torch.ones(3, 200)
    assert torch.equal(found(x), module(x))
    found(x).sum().backward()
    torch.optim.SGD(found.parameters(), lr=1.0).step()
    assert not torch.equal(found[0].weight, module[0].weight)
    np.testing.assert_array_equal(known.read(array_sha256(LARGE)), LARGE)


def test_arrays_outside_of_models_and_small_ones_are_carried(weights):
    known = KnownArrays.load(write_index(weights))
    node, arrays = sent(LARGE, known)
    assert "known" not in node
    assert len(arrays) == 1
    encoder = Encoder(known=frozenset([array_sha256(SMALL)]))
    assert SMALL.nbytes < KNOWN_AT_LEAST
    assert "known" not in encoder.weight(SMALL)


A = array_sha256(LARGE)
GOOD = {"kind": "array", "known": A, "dtype": "float32", "shape": [128, 200]}


@pytest.mark.parametrize(
    "weight",
    [
        {**GOOD, "known": "0" * 64},
        {**GOOD, "known": None},
        {**GOOD, "known": "../../etc/passwd"},
        {**GOOD, "dtype": "float64"},
        {**GOOD, "shape": [200, 128]},
        {**GOOD, "shape": None},
        {**GOOD, "kind": "array_of_str"},
    ],
)
def test_a_hash_that_is_not_known_or_described_otherwise_is_refused(weights, weight):
    known = KnownArrays.load(write_index(weights))
    node, arrays = sent(keras_model(), known)
    node["weights"][0] = weight
    with pytest.raises(EvidenceError, match="model: malformed evidence"):
        decode(node, arrays, name="model", known=known)


def test_a_hash_counts_in_models_only_and_where_something_is_known(weights):
    known = KnownArrays.load(write_index(weights))
    with pytest.raises(EvidenceError, match="malformed evidence"):
        decode(GOOD, {}, name="x", known=known)
    node, arrays = sent(keras_model(), known)
    with pytest.raises(EvidenceError, match="by a hash that none has"):
        decode(node, arrays, name="model")


def test_a_hash_cannot_be_named_until_memory_is_full(weights, monkeypatch):
    from autograder.evidence import nodes

    known = KnownArrays.load(write_index(weights))
    node, arrays = sent(keras_model(), known)
    monkeypatch.setattr(nodes, "MAX_KNOWN_BYTES", 3 * LARGE.nbytes)
    node["weights"] = [GOOD] * 4
    with pytest.raises(EvidenceError, match="pretrained weights of more than"):
        decode(node, arrays, name="model", known=known)


def collected(folder, known, **variables):
    """A bundle of these variables, recorded while `known` was in use."""
    collect("q1", variables, str(folder / "q1"), namespace=variables, known=known.hashes)
    writer = BundleWriter(folder / "evidence", known=known.digest)
    writer.add_question("q1", 0, tuple(variables), read_drop(folder / "q1"))
    return folder / "evidence"


def test_a_bundle_remembers_what_it_was_recorded_with(weights, tmp_path):
    known = KnownArrays.load(write_index(weights))
    folder = collected(tmp_path, known, model=keras_model())
    evidence = Bundle(folder, known=known).question("q1")
    np.testing.assert_array_equal(evidence.value("model").get_weights()[0], LARGE)
    save_file({"w": OTHER}, weights / "hub" / "blobs" / "0f3a")  # the stand-in gave way to the real file
    for other in (KnownArrays.load(write_index(weights)), None):
        with pytest.raises(CourseError, match="run this submission again"):
            Bundle(folder, known=other).question("q1").value("model")


def test_a_model_of_known_weights_is_told_from_others(weights, tmp_path):
    known = KnownArrays.load(write_index(weights))
    changed = keras_model()
    changed.layers[-1].set_weights([np.zeros((200, 300)), np.zeros(300)])
    folder = collected(tmp_path, known, a=keras_model(), b=changed, c=LARGE)
    evidence = Bundle(folder, known=known).question("q1")
    assert evidence.model_key("a") != evidence.model_key("b")
    assert evidence.model_key("a") == evidence.model_key("a")
    assert evidence.model_key("c") is None


def test_documents_with_hashes_are_as_small_as_the_rest(weights):
    known = KnownArrays.load(write_index(weights))
    from safetensors.numpy import save

    node, arrays = sent(keras_model(), known)
    tree = json.dumps({"format": 1, "names": {"model": node}}).encode()
    assert len(save(arrays)) < 250_000
    assert parse_drop(tree, save(arrays), what="q1").tree["names"]["model"] == node
