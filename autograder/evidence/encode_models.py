"""Nodes of models: Keras's, torch's plain layers, those of transformers, and LoRA adapters around them.

Loaded by `encoder.py` from this file, beside student code: it imports nothing of ours and no library. The tables say
what crosses; `rebuild_keras.py` and `rebuild_torch.py` read the same ones.
"""

import builtins
from json import dumps
from typing import Any

# Functions look names up in the `__builtins__` of their module: a copy of its own keeps `open = None` out.
globals()["__builtins__"] = dict(vars(builtins))

Node = dict[str, Any]

# Class of a torch layer -> the settings it is made from; a bias is a setting, too.
TORCH_LAYERS: dict[str, tuple[str, ...]] = {
    "Sequential": (),
    "Linear": ("in_features", "out_features", "bias"),
    "Embedding": ("num_embeddings", "embedding_dim", "padding_idx"),
    "LayerNorm": ("normalized_shape", "eps"),
    "Dropout": ("p",),
    "Flatten": ("start_dim", "end_dim"),
    "Softmax": ("dim",),
    "LogSoftmax": ("dim",),
    "GELU": ("approximate",),
    **dict.fromkeys(("ReLU", "Sigmoid", "Tanh", "SiLU", "Identity"), ()),
}
_SHARED_FIELDS = (
    *("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "hidden_act"),
    *("hidden_dropout_prob", "attention_probs_dropout_prob", "initializer_range", "layer_norm_eps"),
    *(
        "id2label",
        "label2id",
        "problem_type",
        "output_hidden_states",
        "return_dict",
        "chunk_size_feed_forward",
    ),
    "name_or_path",
)
# Class of a configuration -> its fields.
CONFIG_FIELDS = {
    "ViTConfig": (
        *_SHARED_FIELDS,
        *("image_size", "patch_size", "num_channels", "qkv_bias", "encoder_stride"),
        *("pooler_output_size", "pooler_act"),
    ),
    "BertConfig": (
        *_SHARED_FIELDS,
        *(
            "vocab_size",
            "max_position_embeddings",
            "type_vocab_size",
            "pad_token_id",
            "bos_token_id",
            "eos_token_id",
        ),
        *("use_cache", "classifier_dropout", "is_decoder", "add_cross_attention", "tie_word_embeddings"),
    ),
}
MODELS = {
    **dict.fromkeys(("ViTModel", "ViTForImageClassification"), "ViTConfig"),
    **dict.fromkeys(("BertModel", "BertForMaskedLM", "BertForSequenceClassification"), "BertConfig"),
}
ATTENTIONS = ("eager", "sdpa")
LORA_FIELDS = (
    *(
        "r",
        "lora_alpha",
        "lora_dropout",
        "target_modules",
        "modules_to_save",
        "bias",
        "task_type",
        "inference_mode",
    ),
    *("use_dora", "use_rslora", "fan_in_fan_out", "init_lora_weights", "layers_to_transform"),
)
# What a LoRA configuration says of its origin.
_LORA_ORIGIN = ("peft_type", "peft_version", "auto_mapping", "base_model_name_or_path", "revision")
ADAPTED = ("PeftModel", "PeftModelForSequenceClassification", "PeftModelForFeatureExtraction")


def keras_value(encoder: Any, keras: Any, value: Any, depth: int) -> Node | None:
    """A Sequential or functional model, or a training history."""
    below, exact = depth + 1, type(value)
    if exact is keras.callbacks.History:
        parts = {
            name: encoder.node(getattr(value, name, None), below) for name in ("history", "epoch", "params")
        }
        return {"kind": "keras_history", **parts}
    if not (exact.__name__ in ("Sequential", "Functional") and exact.__module__.startswith("keras.")):
        return None
    compiled = None
    if value.compiled:
        compiled = {**value.get_compile_config(), "optimizer": keras.optimizers.serialize(value.optimizer)}
    return {
        "kind": "keras_model",
        "config": encoder.text(value.to_json()),
        "weights": [encoder.weight(one) for one in value.get_weights()] if value.built else None,
        "trainable": [[encoder.text(one.name), bool(one.trainable)] for one in layers_of(value)],
        "compiled": compiled and encoder.text(dumps(compiled)),
    }


def layers_of(layer: Any) -> list[Any]:
    """A model and all its layers, outer before inner, those of nested models included."""
    return [layer, *(deeper for one in getattr(layer, "layers", ()) for deeper in layers_of(one))]


def torch_layers(encoder: Any, torch: Any, value: Any, depth: int) -> Node | None:
    """A layer of torch's own, or a Sequential of such."""
    if not issubclass(type(value), torch.nn.Module):
        return None
    tree = _layer_tree(encoder, value, depth)
    return {"kind": "torch_layers", "tree": tree, **_parts(encoder, value)}


def _layer_tree(encoder: Any, layer: Any, depth: int) -> Node:
    encoder.spend("values", 1)
    name = type(layer).__name__
    if name not in TORCH_LAYERS or not type(layer).__module__.startswith("torch.nn.modules."):
        raise TypeError(f"layers of type {name} do not cross; ask for outputs, or call a function")
    settings = {key: getattr(layer, key, None) for key in TORCH_LAYERS[name]}
    if "bias" in settings:
        settings["bias"] = settings["bias"] is not None
    children = [
        [encoder.text(key), _layer_tree(encoder, one, depth + 1)] for key, one in layer.named_children()
    ]
    return {"class": name, "settings": encoder.node(settings, depth + 1), "children": children}


def transformers_value(encoder: Any, _transformers: Any, value: Any, depth: int) -> Node | None:
    """A configuration, or a model of one of the known architectures."""
    name = type(value).__name__
    if not type(value).__module__.startswith("transformers.models."):
        return None
    if name in CONFIG_FIELDS:
        return _config(encoder, value, depth)
    if name not in MODELS:
        return None
    if _lora_layers(value):
        raise TypeError("adapters were put into it; ask for the PEFT model that it is part of")
    model = {"class": name, "config": _config(encoder, value.config, depth + 1), "adapters": None}
    return {"kind": "transformers_model", **model, **_parts(encoder, value)}


def _config(encoder: Any, config: Any, depth: int) -> Node:
    name = type(config).__name__
    fields = {key: getattr(config, key, None) for key in CONFIG_FIELDS[name]}
    attention = config._attn_implementation
    fields["attn_implementation"] = attention if attention in ATTENTIONS else None
    return {"kind": "transformers_config", "class": name, "fields": encoder.node(fields, depth + 1)}


def peft_value(encoder: Any, _peft: Any, value: Any, depth: int) -> Node | None:
    """A LoRA configuration, or a model of transformers with LoRA or DoRA adapters in it."""
    name = type(value).__name__
    if not type(value).__module__.startswith("peft."):
        return None
    if name == "LoraConfig":
        return _lora_config(encoder, value, depth)
    if name not in ADAPTED:
        return None
    base, layers = value.get_base_model(), _lora_layers(value)
    if type(base).__name__ not in MODELS:
        raise TypeError(f"adapters around a {type(base).__name__} do not cross")
    states = {(tuple(one.merged_adapters), bool(one.disable_adapters)) for one in layers}
    if len(states) != 1:
        raise TypeError("its adapters are unloaded, or merged in a part of its layers")
    ((merged, is_disabled),) = states
    adapters = {
        "class": name,
        "configs": [
            [encoder.text(key), _lora_config(encoder, one, depth)] for key, one in value.peft_config.items()
        ],
        "active": [encoder.text(key) for key in value.active_adapters],
        "merged": [encoder.text(key) for key in merged],
        "disabled": is_disabled,
    }
    model = {"class": type(base).__name__, "config": _config(encoder, base.config, depth + 1)}
    return {"kind": "transformers_model", **model, "adapters": adapters, **_parts(encoder, value)}


def _lora_layers(model: Any) -> list[Any]:
    found = [one for one in model.modules() if type(one).__module__.startswith("peft.tuners.lora.")]
    return [one for one in found if hasattr(one, "merged_adapters") and hasattr(one, "base_layer")]


def _lora_config(encoder: Any, config: Any, depth: int) -> Node:
    usual, found = type(config)().to_dict(), config.to_dict()
    unusual = [
        key
        for key, one in found.items()
        if key not in (*LORA_FIELDS, *_LORA_ORIGIN) and one != usual.get(key)
    ]
    if unusual:
        raise TypeError(f"a LoraConfig with {unusual[0]} does not cross")
    # Names of tasks are of an enum that is a string, too.
    fields = {key: getattr(found[key], "value", found[key]) for key in LORA_FIELDS}
    return {"kind": "lora_config", "fields": encoder.node(fields, depth + 1)}


def _parts(encoder: Any, module: Any) -> Node:
    """Parameters, buffers and modes of a torch module; what is shared comes once, under its first name."""
    parameters = [
        {**_tensor(encoder, name, one), "trainable": bool(one.requires_grad)}
        for name, one in module.named_parameters()
    ]
    buffers = [{**_tensor(encoder, name, one), "trainable": None} for name, one in module.named_buffers()]
    others = [
        encoder.text(name)
        for name, one in module.named_modules()
        if bool(one.training) != bool(module.training)
    ]
    return {"tensors": [*parameters, *buffers], "training": bool(module.training), "other_mode": others}


def _tensor(encoder: Any, name: str, tensor: Any) -> Node:
    encoder.spend("values", 1)
    return {"name": encoder.text(name), "array": encoder.weight(tensor.detach().cpu().numpy())}
