"""Torch modules, tokenizers and processors as the encoder writes them, changed in tree and tensors."""

import json
from typing import Any

import peft
import torch
import transformers
from hypothesis import strategies as st

from autograder.evidence.encode_models import ADAPTED, ATTENTIONS, CONFIG_FIELDS, MODELS, TORCH_LAYERS
from autograder.evidence.encoder import Encoder, Node
from fuzz.strategies_json import changed

_SIZES: dict[str, Any] = {
    "hidden_size": 4,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 4,
}
_BERT = transformers.BertConfig(**_SIZES, vocab_size=9, max_position_embeddings=6)
_VIT = transformers.ViTConfig(**_SIZES, image_size=8, patch_size=4, num_labels=2)


def _adapted(**settings: Any) -> Any:
    config = peft.LoraConfig(r=2, target_modules=["query"], **settings)
    return peft.get_peft_model(transformers.BertForSequenceClassification(_BERT), config)


def _sent(value: object) -> tuple[Node, dict[str, Any]]:
    encoder = Encoder()
    node = json.loads(json.dumps(encoder.variable(value)))
    assert node["kind"] != "unsupported", node
    return node, encoder.arrays


_words = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##b"])}
NODES = [
    _sent(one)
    for one in (
        transformers.BertForSequenceClassification(_BERT),
        transformers.BertForMaskedLM(_BERT),
        transformers.ViTForImageClassification(_VIT),
        _adapted(task_type="SEQ_CLS"),
        _adapted(use_dora=True),
        torch.nn.Sequential(
            torch.nn.Linear(3, 2), torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Embedding(4, 2))
        ),
        transformers.BertTokenizer(vocab=_words),
        transformers.ViTImageProcessorPil(),
        peft.LoraConfig(target_modules=["query"]),
        _VIT,
    )
]
WORDS = (
    *MODELS,
    *CONFIG_FIELDS,
    *TORCH_LAYERS,
    *ADAPTED,
    *ATTENTIONS,
    *(
        "transformers_model",
        "transformers_config",
        "torch_layers",
        "lora_config",
        "array",
        "list",
        "dict",
        "int",
    ),
    *(
        "default",
        "query",
        "all-linear",
        "classifier",
        "gelu",
        "bert.encoder",
        "trust_remote_code",
        "auto_map",
    ),
)


@st.composite
def changed_modules(draw: st.DrawFn) -> tuple[Any, dict[str, Any]]:
    """A node with a few changes; the arrays are its own, or another's."""
    (node, arrays), (_, others) = draw(st.sampled_from(NODES)), draw(st.sampled_from(NODES))
    tree = draw(changed([node], words=WORDS))
    return tree, arrays if draw(st.integers(0, 4)) else others
