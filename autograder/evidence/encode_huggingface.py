"""Nodes of what goes into and comes out of transformers' models: batches, outputs, processors, tokenizers.

Loaded by `encoder.py` from this file, beside student code: it imports nothing of ours and no library.
"""

import builtins
from typing import Any

# Functions look names up in the `__builtins__` of their module: a copy of its own keeps `open = None` out.
globals()["__builtins__"] = dict(vars(builtins))

Node = dict[str, Any]
BATCHES = ("BatchEncoding", "BatchFeature")
OUTPUTS = (
    *("BaseModelOutput", "BaseModelOutputWithPooling", "BaseModelOutputWithPoolingAndCrossAttentions"),
    *("BaseModelOutputWithPastAndCrossAttentions", "SequenceClassifierOutput", "ImageClassifierOutput"),
    *("MaskedLMOutput", "MaskedImageModelingOutput", "TokenClassifierOutput"),
)
PROCESSORS = ("ViTImageProcessor", "ViTImageProcessorPil")
PROCESSOR_FIELDS = (
    *("do_convert_rgb", "do_resize", "size", "resample", "do_center_crop", "crop_size", "do_rescale"),
    *("rescale_factor", "do_normalize", "image_mean", "image_std"),
)
SPECIAL_TOKENS = ("unk_token", "sep_token", "pad_token", "cls_token", "mask_token")
TOKENIZER_FIELDS = (
    *SPECIAL_TOKENS,
    *("do_lower_case", "tokenize_chinese_chars", "strip_accents", "model_max_length", "padding_side"),
)


def huggingface_value(encoder: Any, _transformers: Any, value: Any, depth: int) -> Node | None:
    """A batch, a model's output, an image processor or a tokenizer."""
    exact = type(value)
    if not exact.__module__.startswith("transformers."):
        return None
    if exact.__name__ in BATCHES:
        return _record(encoder, value.data, exact.__name__, depth)
    if exact.__name__ in OUTPUTS:
        return _record(encoder, dict(value.items()), exact.__name__, depth)
    if exact.__name__ in PROCESSORS:
        return _processor(encoder, value, depth)
    return _tokenizer(encoder, value, depth) if exact.__name__ == "BertTokenizer" else None


def _record(encoder: Any, items: dict[Any, Any], name: str, depth: int) -> Node:
    return {"kind": "record", "class": name, "items": encoder.node(items, depth)}


def _processor(encoder: Any, value: Any, depth: int) -> Node:
    said = value.to_dict()
    fields = {key: said.get(key) for key in PROCESSOR_FIELDS}
    fields["resample"] = None if fields["resample"] is None else int(fields["resample"])
    node = encoder.node(fields, depth + 1)
    return {"kind": "image_processor", "class": type(value).__name__, "fields": node}


def _tokenizer(encoder: Any, value: Any, depth: int) -> Node:
    fields = {key: getattr(value, key) for key in TOKENIZER_FIELDS}
    for key in SPECIAL_TOKENS:
        fields[key] = None if fields[key] is None else str(fields[key])
    words = encoder.vocabulary(dict(sorted(value.get_vocab().items(), key=lambda pair: pair[1])))
    return {"kind": "bert_tokenizer", "vocabulary": words, "fields": encoder.node(fields, depth + 1)}
