"""The tensors of each model that has a stand-in: names, shapes and spreads, in the order of the real file.

Spreads keep the numbers of an untrained network in bounds from layer to layer: He's for layers before a ReLU, one
over the number of inputs elsewhere. No library is asked, so that a stand-in is the same whatever versions are
installed.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Residual branches add up: a smaller share of each keeps fifty layers in bounds.
_BRANCH = 0.5
# What its preprocess_input makes of a picture runs to some 128. Carried on through thirteen layers, it would leave
# every sigmoid on top at 0 or 1, where nothing learns.
_PIXEL = 128


@dataclass(frozen=True)
class Tensor:
    """A tensor of uniformly distributed float32 between `centre - half` and `centre + half`."""

    layer: str
    name: str
    shape: tuple[int, ...]
    half: float = 0.0
    centre: float = 0.0


def vgg16() -> Iterator[Tensor]:
    """VGG16 without its head: thirteen 3x3 convolutions; 14,714,688 parameters."""
    channels, scale = 3, 1 / _PIXEL
    for block, (filters, depth) in enumerate(((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)), 1):
        for number in range(1, depth + 1):
            yield from _conv(f"block{block}_conv{number}", 3, channels, filters, scale)
            channels, scale = filters, 1.0


def resnet50() -> Iterator[Tensor]:
    """ResNet50 without its head; 23,587,712 parameters."""
    yield from _conv("conv1_conv", 7, 3, 64)
    yield from _normalisation("conv1_bn", 64)
    channels = 64
    for stack, (filters, blocks) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3)), 2):
        for number in range(1, blocks + 1):
            yield from _bottleneck(f"conv{stack}_block{number}", channels, filters, is_first=number == 1)
            channels = 4 * filters


def vit_base() -> Iterator[Tensor]:
    """ViT-Base with 16x16 patches for 224x224 pixels and 1,000 classes; 86,567,656 parameters."""
    width, mlp = 768, 3072
    yield Tensor("", "vit.embeddings.cls_token", (1, 1, width), 0.5)
    yield Tensor("", "vit.embeddings.position_embeddings", (1, 197, width), 0.5)
    yield from _linear("vit.embeddings.patch_embeddings.projection", width, (3, 16, 16))
    for number in range(12):
        block = f"vit.encoder.layer.{number}"
        for name in ("query", "key", "value"):
            yield from _linear(f"{block}.attention.attention.{name}", width, (width,))
        yield from _linear(f"{block}.attention.output.dense", width, (width,))
        yield from _linear(f"{block}.intermediate.dense", mlp, (width,))
        yield from _linear(f"{block}.output.dense", width, (mlp,))
        yield from _layer_norm(f"{block}.layernorm_before", width)
        yield from _layer_norm(f"{block}.layernorm_after", width)
    yield from _layer_norm("vit.layernorm", width)
    yield from _linear("classifier", 1000, (width,))


# By library and by what the student's code names.
PLANS: dict[tuple[str, str], Callable[[], Iterator[Tensor]]] = {
    ("keras", "VGG16"): vgg16,
    ("keras", "ResNet50"): resnet50,
    ("huggingface", "google/vit-base-patch16-224"): vit_base,
}


def _conv(layer: str, size: int, channels: int, filters: int, scale: float = 1.0) -> Iterator[Tensor]:
    half = scale * math.sqrt(6 / (size * size * channels))
    yield Tensor(layer, "kernel:0", (size, size, channels, filters), half)
    yield Tensor(layer, "bias:0", (filters,), 0.01)


def _normalisation(layer: str, channels: int, gamma: float = 1.0) -> Iterator[Tensor]:
    yield Tensor(layer, "gamma:0", (channels,), 0.1 * gamma, gamma)
    yield Tensor(layer, "beta:0", (channels,), 0.01)
    yield Tensor(layer, "moving_mean:0", (channels,))
    yield Tensor(layer, "moving_variance:0", (channels,), 0.0, 1.0)


def _bottleneck(block: str, channels: int, filters: int, *, is_first: bool) -> Iterator[Tensor]:
    """In the order in which Keras walks through the layers, the shortcut's beside the third convolution."""
    yield from _conv(f"{block}_1_conv", 1, channels, filters)
    yield from _normalisation(f"{block}_1_bn", filters)
    yield from _conv(f"{block}_2_conv", 3, filters, filters)
    yield from _normalisation(f"{block}_2_bn", filters)
    if is_first:
        yield from _conv(f"{block}_0_conv", 1, channels, 4 * filters)
    yield from _conv(f"{block}_3_conv", 1, filters, 4 * filters)
    if is_first:
        yield from _normalisation(f"{block}_0_bn", 4 * filters, _BRANCH)
    yield from _normalisation(f"{block}_3_bn", 4 * filters, _BRANCH)


def _linear(layer: str, outputs: int, inputs: tuple[int, ...]) -> Iterator[Tensor]:
    yield Tensor(layer, f"{layer}.weight", (outputs, *inputs), math.sqrt(3 / math.prod(inputs)))
    yield Tensor(layer, f"{layer}.bias", (outputs,), 0.01)


def _layer_norm(layer: str, width: int) -> Iterator[Tensor]:
    yield Tensor(layer, f"{layer}.weight", (width,), 0.1, 1.0)
    yield Tensor(layer, f"{layer}.bias", (width,), 0.01)
