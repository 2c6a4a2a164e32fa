"""Stand-ins for pretrained weights: the real architecture and names, numbers from a seed, the same on every machine.

Equal to the last bit everywhere: the numbers are the raw output of a PCG64 generator, whose stream NumPy keeps,
turned into float32 by steps that are exact or correctly rounded. `stand_in_sha256` of the registry is checked after
each build.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.course.pretrained import (
    Pretrained,
    Stored,
    folder_of,
    store,
    stored,
    stored_file,
)
from autograder.course.pretrained_plans import PLANS, Tensor
from autograder.errors import CourseError
from autograder.files import digest_of, write_atomically, write_error

# One name in `datasets/` for the 1,000 classes of ImageNet, in their order.
LABELS = "imagenet_labels.txt"

Say = Callable[[str], None]
Values = Iterator[tuple[Tensor, NDArray[np.float32]]]


def build_stand_in(weights: Pretrained, datasets: Path, say: Say) -> Stored:
    """Build the stand-in, unless the cache has it, and put it into use; `datasets` is the course's folder.

    Needs the caller to hold `locked()`.

    Raises:
        CourseError: no stand-in is known for the model, or another one came out than is registered.
        HarnessError: the cache cannot be written.
    """
    if (weights.library, weights.model) not in PLANS:
        raise CourseError(
            f"datasets/registry.toml: [pretrained.{weights.id}]: no stand-in is known for {weights.model}; "
            "fetch the real weights, or add its tensors to autograder/course/pretrained_plans.py"
        )
    record = stored(weights, "stand-in")
    if record is None or record.sha256 != weights.stand_in_sha256:
        say(f"building a stand-in for {weights.model} (seeded random numbers, not trained)")
        folder = folder_of(weights, "stand-in")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            record = _build(weights, folder, _texts(weights, datasets))
        except OSError as error:
            raise write_error(folder, error) from error
    if record.sha256 != weights.stand_in_sha256:
        raise CourseError(
            f"datasets/registry.toml: [pretrained.{weights.id}]: the stand-in has the hash {record.sha256}, not the "
            "registered stand_in_sha256; register it if its tensors or labels were changed on purpose"
        )
    store(weights, "stand-in", record)
    return record


def _build(weights: Pretrained, folder: Path, texts: dict[str, str]) -> Stored:
    for name, text in texts.items():
        write_atomically(folder / name, text)
    path = folder / weights.weights_file.file
    partial = path.with_name(f"{path.name}.part")  # not an ending that the index of known arrays reads
    digest = hashlib.sha256(json.dumps(texts, sort_keys=True).encode())
    plan = list(PLANS[weights.library, weights.model]())
    values = _hashed(weights.model, plan, digest)
    if weights.library == "keras":
        _write_hdf5(partial, values)
    else:
        _write_safetensors(partial, plan, values)
    partial.replace(path)
    files = []
    for file in weights.files:
        (folder / file.file).chmod(0o644)
        sha256 = digest_of(folder / file.file)
        files.append(stored_file(folder / file.file, sha256=sha256, verified_by="built here from the seed"))
    return Stored(sha256=digest.hexdigest(), files=tuple(files))


def _hashed(model: str, plan: Sequence[Tensor], digest: Any) -> Values:
    """Every tensor with its values, which also go into `digest`."""
    for tensor in plan:
        values = draw(f"{model}/{tensor.layer}/{tensor.name}", tensor)
        digest.update(json.dumps([tensor.layer, tensor.name, tensor.shape]).encode())
        digest.update(values.astype("<f4", copy=False).data)
        yield tensor, values


def draw(seed: str, tensor: Tensor) -> NDArray[np.float32]:
    """The tensor's values, from a text as seed."""
    count = int(np.prod(tensor.shape))
    generator = np.random.PCG64(int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big"))
    words = generator.random_raw((count + 1) // 2).astype("<u8", copy=False).view("<u4")[:count]
    # Exact, in [-1, 1).
    uniform = (words >> np.uint32(8)).astype(np.float32) * np.float32(2.0**-23) - np.float32(1)
    return (uniform * np.float32(tensor.half) + np.float32(tensor.centre)).reshape(tensor.shape)


def _write_hdf5(path: Path, values: Values) -> None:
    """A file as Keras's `load_weights` reads it, layer by layer in the model's order."""
    import h5py

    layers: dict[str, list[str]] = {}
    with h5py.File(path, "w") as file:
        for tensor, array in values:
            layers.setdefault(tensor.layer, []).append(f"{tensor.layer}/{tensor.name}")
            file.create_dataset(f"{tensor.layer}/{tensor.layer}/{tensor.name}", data=array)
        for layer, names in layers.items():
            file[layer].attrs["weight_names"] = np.array(names, dtype="S")
        file.attrs["layer_names"] = np.array(list(layers), dtype="S")


def _write_safetensors(path: Path, plan: Sequence[Tensor], values: Values) -> None:
    """A safetensors file, written tensor by tensor: the header needs shapes only."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for tensor in plan:
        start, end = end, end + 4 * int(np.prod(tensor.shape))
        header[tensor.name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [start, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for _tensor, array in values:
            file.write(array.astype("<f4", copy=False).data)


def _texts(weights: Pretrained, datasets: Path) -> dict[str, str]:
    """The configuration files, as the Hub has them."""
    if weights.library == "keras":
        return {}
    path = datasets / LABELS
    try:
        labels = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CourseError(
            f"{path}: cannot be read ({error.strerror}); restore it from the repository"
        ) from None
    return {
        "config.json": json.dumps(_vit_config(labels), indent=2) + "\n",
        "preprocessor_config.json": json.dumps(_VIT_PREPROCESSOR, indent=2) + "\n",
    }


def _vit_config(labels: list[str]) -> dict[str, object]:
    return {
        "architectures": ["ViTForImageClassification"],
        "attention_probs_dropout_prob": 0.0,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.0,
        "hidden_size": 768,
        "id2label": {str(number): label for number, label in enumerate(labels)},
        "image_size": 224,
        "initializer_range": 0.02,
        "intermediate_size": 3072,
        "label2id": {label: number for number, label in enumerate(labels)},
        "layer_norm_eps": 1e-12,
        "model_type": "vit",
        "num_attention_heads": 12,
        "num_channels": 3,
        "num_hidden_layers": 12,
        "patch_size": 16,
        "qkv_bias": True,
    }


_VIT_PREPROCESSOR = {
    "do_normalize": True,
    "do_resize": True,
    "image_mean": [0.5, 0.5, 0.5],
    "image_std": [0.5, 0.5, 0.5],
    "size": 224,
}
