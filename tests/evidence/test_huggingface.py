"""What goes into and comes out of transformers' models: batches, outputs, processors, tokenizers, pictures."""

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
Image = pytest.importorskip("PIL.Image")

from transformers import modeling_outputs  # noqa: E402

from autograder.errors import EvidenceError  # noqa: E402
from autograder.evidence import encode_huggingface, settings  # noqa: E402
from autograder.evidence.decode import decode  # noqa: E402
from autograder.evidence.encoder import Encoder  # noqa: E402

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] a good film ##s bad"
PIXELS = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype="uint8")


def sent(value):
    encoder = Encoder()
    return json.loads(json.dumps(encoder.variable(value))), encoder.arrays


def across(value):
    node, arrays = sent(value)
    return decode(node, arrays, name="x")


def tokenizer(**options):
    words = {word: at for at, word in enumerate(WORDS.split())}
    return transformers.BertTokenizer(vocab=words, **options)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_a_picture_comes_back_with_its_pixels(mode, tmp_path):
    picture = Image.fromarray(PIXELS).convert(mode)
    picture.save(tmp_path / "cat.png")
    for sent_picture in (picture, Image.open(tmp_path / "cat.png")):
        found = across(sent_picture)
        assert type(found) is Image.Image
        assert (found.mode, found.size) == (mode, (30, 20))
        assert found.tobytes() == picture.tobytes()


def test_an_image_processor_does_what_the_students_does():
    processor = transformers.ViTImageProcessorPil(
        image_mean=[0.5, 0.4, 0.3], size={"height": 32, "width": 16}
    )
    found = across(processor)
    assert type(found) is type(processor)
    assert found.to_dict() == processor.to_dict()
    ours, theirs = (one(images=Image.fromarray(PIXELS), return_tensors="pt") for one in (found, processor))
    assert torch.equal(ours["pixel_values"], theirs["pixel_values"])


def test_batches_come_back_as_batches():
    batch = transformers.BatchFeature({"pixel_values": torch.zeros(1, 3, 4, 4)})
    found = across(batch)
    assert isinstance(found, transformers.BatchFeature)
    assert found.pixel_values.shape == found["pixel_values"].shape == (1, 3, 4, 4)
    encoded = tokenizer()(["a good film", "bad"], padding=True, return_tensors="pt")
    found = across(encoded)
    assert isinstance(found, transformers.BatchEncoding)
    assert list(found) == list(encoded)
    assert torch.equal(found.input_ids, encoded.input_ids)


def test_outputs_come_back_as_outputs():
    logits = torch.tensor([[0.1, 0.9]])
    output = modeling_outputs.ImageClassifierOutput(logits=logits, hidden_states=(logits, logits + 1))
    found = across(output)
    assert type(found) is type(output)
    assert torch.equal(found.logits, logits)
    assert torch.equal(found[0], found["logits"])
    assert torch.equal(found.hidden_states[1], logits + 1)
    assert found.loss is None


def test_a_tokenizer_splits_as_the_students_does():
    theirs = tokenizer(model_max_length=12, do_lower_case=False)
    found = across(theirs)
    for text in ("a good films [MASK]", "Bad film", "나"):
        assert (
            found(text, max_length=6, truncation=True)["input_ids"]
            == theirs(text, max_length=6, truncation=True)["input_ids"]
        )
    assert (found.vocab_size, found.model_max_length, found.pad_token_id) == (10, 12, 0)
    assert found.decode(found("bad film")["input_ids"]) == "[CLS] bad film [SEP]"
    assert found.get_vocab() == theirs.get_vocab()


def test_what_is_not_on_the_list_does_not_cross(collected):
    class Batch(transformers.BatchFeature):
        pass

    liars = {
        "a": Batch({"x": 1}),
        "c": Image.fromarray(PIXELS).convert("CMYK"),
        "d": modeling_outputs.Seq2SeqLMOutput(logits=torch.zeros(1)),
    }
    evidence = collected(liars)
    assert {evidence.status(name) for name in liars} == {"unsupported"}


def test_a_processor_of_another_class_can_be_called(collected):
    class Own(transformers.ViTImageProcessorPil):
        pass

    assert callable(collected({"f": Own()}).value("f"))


def test_every_class_and_setting_on_the_lists_exists():
    assert all(hasattr(modeling_outputs, name) for name in encode_huggingface.OUTPUTS)
    assert all(
        hasattr(transformers, name) for name in (*encode_huggingface.BATCHES, *encode_huggingface.PROCESSORS)
    )
    assert set(encode_huggingface.PROCESSOR_FIELDS) == set(settings.PROCESSOR_SETTINGS)
    assert set(encode_huggingface.TOKENIZER_FIELDS) == set(settings.TOKENIZER_SETTINGS)


def text(value: str) -> dict:
    return {"kind": "str", "value": value}


def number(value: int) -> dict:
    return {"kind": "int", "value": value}


def put(node: dict, key: str, value: dict) -> None:
    pairs = node["fields"]["items"]
    pairs[:] = [pair for pair in pairs if pair[0]["value"] != key]
    pairs.append([text(key), value])


def setting(key, value):
    return lambda node: put(node, key, value)


def changes(**fields):
    return lambda node: node.update(fields)


SIZE = {"kind": "dict", "items": [[text("height"), number(10**6)], [text("width"), number(10**6)]]}
PROCESSOR_ATTACKS = {
    "another class": changes(**{"class": "AutoImageProcessor"}),
    "no class": changes(**{"class": 3}),
    "no settings": changes(fields=None),
    "settings that are none": changes(fields={"kind": "list", "items": []}),
    "fewer settings": lambda node: node["fields"]["items"].pop(),
    "another setting": setting("auto_map", text("x")),
    "a huge picture": setting("size", SIZE),
    "a size that is none": setting("size", text("224")),
    "another filter": setting("resample", number(9)),
    "a mean that is none": setting("image_mean", text("0.5")),
    "many means": setting("image_mean", {"kind": "list", "items": [number(1)] * 100}),
    "a scale that is none": setting("rescale_factor", {"kind": "float", "value": "inf"}),
    "a flag that is none": setting("do_resize", number(1)),
}


@pytest.mark.parametrize("attack", PROCESSOR_ATTACKS)
def test_a_processor_that_claims_anything_else_is_refused(attack):
    node, arrays = sent(transformers.ViTImageProcessorPil())
    PROCESSOR_ATTACKS[attack](node)
    with pytest.raises(EvidenceError, match="x: malformed evidence"):
        decode(node, arrays, name="x")


TOKENIZER_ATTACKS = {
    "no vocabulary": changes(vocabulary=None),
    "a vocabulary that is none": changes(vocabulary={"words": 1, "ids": 2}),
    "words of another number": lambda node: node["vocabulary"]["words"].update(shape=[1], values=["a"]),
    "a word twice": lambda node: node["vocabulary"]["words"]["values"].__setitem__(6, "film"),
    "a word that is none": lambda node: node["vocabulary"]["words"]["values"].__setitem__(6, None),
    "words in a table": lambda node: node["vocabulary"]["words"].update(shape=[2, 5]),
    "special tokens elsewhere": setting("mask_token", text("[NOT]")),
    "an empty special token": setting("mask_token", text("")),
    "no unknown": setting("unk_token", {"kind": "none"}),
    "a length that is none": setting("model_max_length", text("5")),
    "another side": setting("padding_side", text("up")),
    "another setting": setting("tokenizer_file", text("/etc/passwd")),
    "no settings": changes(fields=None),
}


@pytest.mark.parametrize("attack", TOKENIZER_ATTACKS)
def test_a_tokenizer_that_claims_anything_else_is_refused(attack):
    node, arrays = sent(tokenizer())
    TOKENIZER_ATTACKS[attack](node)
    with pytest.raises(EvidenceError, match="x: malformed evidence"):
        decode(node, arrays, name="x")


def test_words_must_be_numbered_from_0_on():
    node, arrays = sent(tokenizer())
    (name,) = arrays
    for ids in (np.arange(1, 11), np.zeros(10, dtype="int64"), np.array([2**60, *range(9)]), -np.arange(10)):
        with pytest.raises(EvidenceError, match="numbered"):
            decode(node, {name: ids}, name="x")


def record(name: str, **items: dict) -> dict:
    return {
        "kind": "record",
        "class": name,
        "items": {"kind": "dict", "items": [[text(k), v] for k, v in items.items()]},
    }


@pytest.mark.parametrize(
    "node",
    [
        record("OrderedDict", a=number(1)),
        record("ModelOutput", a=number(1)),
        record("ImageClassifierOutput", logits=text("a")),
        record(
            "ImageClassifierOutput",
            logits={"kind": "list", "items": [{"kind": "tuple", "items": [text("a")] * 2}]},
        ),
        record(
            "ImageClassifierOutput",
            logits={"kind": "tuple", "items": [{"kind": "tuple", "items": [text("to_tuple"), number(1)]}]},
        ),
        record("ImageClassifierOutput", other={"kind": "none"}),
        record("BatchFeature", **{"not a name": number(1)}),
        {"kind": "record", "class": None, "items": {"kind": "dict", "items": []}},
        {"kind": "record", "class": "BatchFeature", "items": {"kind": "list", "items": []}},
        {"kind": "record", "class": "BatchFeature"},
        {
            "kind": "record",
            "class": "BatchFeature",
            "items": {"kind": "dict", "items": [[number(1), number(1)]]},
        },
    ],
    ids=lambda node: json.dumps(node)[:80],
)
def test_a_record_that_is_none_is_refused(node):
    with pytest.raises(EvidenceError, match="x: malformed evidence"):
        decode(node, {}, name="x")


@pytest.mark.parametrize(
    ("mode", "pixels"),
    [
        ("CMYK", np.zeros((2, 2, 4), "uint8")),
        (None, np.zeros((2, 2), "uint8")),
        ("RGB", np.zeros((2, 2), "uint8")),
        ("RGB", np.zeros((2, 2, 4), "uint8")),
        ("L", np.zeros((2, 2, 3), "uint8")),
        ("L", np.zeros(4, "uint8")),
        ("L", np.zeros((2, 0), "uint8")),
        ("L", np.zeros((2, 2), "int64")),
    ],
)
def test_a_picture_of_another_form_is_refused(mode, pixels):
    told = {"kind": "array", "array": "a0", "dtype": pixels.dtype.name, "shape": list(pixels.shape)}
    with pytest.raises(EvidenceError, match="x: malformed evidence"):
        decode({"kind": "picture", "mode": mode, "pixels": told}, {"a0": pixels}, name="x")
