"""What each setting of a torch layer, a model, an adapter, a processor or a tokenizer may be.

Sizes take no memory where a model is built without tensors; what takes time or memory in another way is bounded here.
Patterns are refused: they could take for ever to match.
"""

import re
from collections.abc import Callable
from typing import Any

Check = Callable[[Any], bool]

MAX_SIZE = 2**24
MAX_BLOCKS = 100  # layers of a model; each is made as Python objects
MAX_PIXELS = 2_048  # a side of the pictures that a processor makes
_ACTIVATIONS = ("gelu", "gelu_new", "relu", "silu", "swish", "tanh", "sigmoid", "linear")
_PROBLEMS = ("regression", "single_label_classification", "multi_label_classification")
_NAME = re.compile(r"[A-Za-z_0-9][A-Za-z0-9_]{0,99}")
_MODULE = re.compile(r"[A-Za-z_0-9][A-Za-z0-9_.-]{0,199}")
_REPOSITORY = re.compile(r"(?!.*\.\.)([A-Za-z0-9_.-]{1,100}(/[A-Za-z0-9_.-]{1,100})?)?")


def _between(least: int, most: int) -> Check:
    return lambda value: type(value) is int and least <= value <= most


def _number(least: float, most: float) -> Check:
    return lambda value: type(value) in (int, float) and least <= value <= most


def _flag(value: Any) -> bool:
    return type(value) is bool


def _one_of(*choices: Any) -> Check:
    return lambda value: type(value) in (str, bool, type(None)) and value in choices


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _matches(pattern: re.Pattern[str]) -> Check:
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def _all(check: Check, kinds: tuple[type, ...], *, most: int = 100) -> Check:
    return lambda value: type(value) in kinds and len(value) <= most and all(map(check, value))


def _text(value: Any) -> bool:
    return type(value) is str


def _sides(value: Any) -> bool:
    return _SIZE(value) or (type(value) in (list, tuple) and len(value) == 2 and all(map(_SIZE, value)))


def _labels(value: Any) -> bool:
    """Numbers to labels, or labels to numbers."""
    if type(value) is not dict:
        return False
    pairs = {(type(key), type(one)) for key, one in value.items()}
    return pairs <= {(int, str)} or pairs <= {(str, int)}


def _picture_size(value: Any) -> bool:
    names = ("height", "width", "shortest_edge", "longest_edge")
    return (
        type(value) is dict and set(value) <= set(names) and all(map(_between(1, MAX_PIXELS), value.values()))
    )


NAME = _matches(_NAME)
_SIZE = _between(1, MAX_SIZE)
_MODULES = _all(_matches(_MODULE), (list, tuple, set))
_SHARE = _number(0, 1)
_DIMENSION = _between(-8, 8)
_TOKEN_ID = _or_none(_between(0, MAX_SIZE))

LAYER_SETTINGS: dict[str, Check] = {
    **dict.fromkeys(("in_features", "out_features", "num_embeddings", "embedding_dim"), _SIZE),
    "bias": _flag,
    "padding_idx": _TOKEN_ID,
    "normalized_shape": _all(_SIZE, (tuple, list), most=8),
    "eps": _number(0, 1),
    "p": _SHARE,
    **dict.fromkeys(("start_dim", "end_dim"), _DIMENSION),
    "dim": _or_none(_DIMENSION),
    "approximate": _one_of("none", "tanh"),
}
MODEL_SETTINGS: dict[str, Check] = {
    **dict.fromkeys(
        ("hidden_size", "num_attention_heads", "intermediate_size", "vocab_size", "max_position_embeddings"),
        _SIZE,
    ),
    **dict.fromkeys(("type_vocab_size", "num_channels", "encoder_stride"), _SIZE),
    "num_hidden_layers": _between(0, MAX_BLOCKS),
    "chunk_size_feed_forward": _between(0, MAX_SIZE),
    "pooler_output_size": _or_none(_SIZE),
    **dict.fromkeys(("image_size", "patch_size"), _sides),
    **dict.fromkeys(("hidden_act", "pooler_act"), _one_of(*_ACTIVATIONS)),
    **dict.fromkeys(("hidden_dropout_prob", "attention_probs_dropout_prob"), _SHARE),
    "classifier_dropout": _or_none(_SHARE),
    **dict.fromkeys(("initializer_range", "layer_norm_eps"), _number(0, 1000)),
    **dict.fromkeys(("id2label", "label2id"), _labels),
    "problem_type": _one_of(None, *_PROBLEMS),
    **dict.fromkeys(
        ("qkv_bias", "use_cache", "is_decoder", "add_cross_attention", "tie_word_embeddings"), _flag
    ),
    **dict.fromkeys(("output_hidden_states", "return_dict"), _or_none(_flag)),
    **dict.fromkeys(("pad_token_id", "bos_token_id", "eos_token_id"), _TOKEN_ID),
    "name_or_path": _matches(_REPOSITORY),
    "attn_implementation": _one_of(None, "eager", "sdpa"),
}
LORA_SETTINGS: dict[str, Check] = {
    "r": _between(1, 4_096),
    "lora_alpha": _number(0, 1_000_000),
    "lora_dropout": _SHARE,
    "target_modules": lambda value: value == "all-linear" or _or_none(_MODULES)(value),
    "modules_to_save": _or_none(_MODULES),
    "bias": _one_of("none", "all", "lora_only"),
    "task_type": _one_of(None, "SEQ_CLS", "FEATURE_EXTRACTION"),
    **dict.fromkeys(("inference_mode", "use_dora", "use_rslora", "fan_in_fan_out"), _flag),
    "init_lora_weights": _one_of(True, False, "gaussian"),
    "layers_to_transform": lambda value: (
        _TOKEN_ID(value) or _all(_between(0, MAX_BLOCKS), (list, tuple))(value)
    ),
}
PROCESSOR_SETTINGS: dict[str, Check] = {
    **dict.fromkeys(
        ("do_convert_rgb", "do_resize", "do_center_crop", "do_rescale", "do_normalize"), _or_none(_flag)
    ),
    **dict.fromkeys(("size", "crop_size"), _or_none(_picture_size)),
    "resample": _or_none(_between(0, 5)),
    "rescale_factor": _or_none(_number(-1000, 1000)),
    **dict.fromkeys(("image_mean", "image_std"), _or_none(_all(_number(-1000, 1000), (list, tuple), most=4))),
}
TOKENIZER_SETTINGS: dict[str, Check] = {
    **dict.fromkeys(("unk_token", "sep_token", "pad_token", "cls_token", "mask_token"), _or_none(_text)),
    **dict.fromkeys(("do_lower_case", "tokenize_chinese_chars"), _flag),
    "strip_accents": _or_none(_flag),
    "model_max_length": _number(1, 1e31),
    "padding_side": _one_of("left", "right"),
}
