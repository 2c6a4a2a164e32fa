"""Rebuilds transformers' batches and outputs, image processors, and BERT tokenizers, from checked settings."""

import warnings
from typing import Any

from autograder.evidence.documents import one_line
from autograder.evidence.encode_huggingface import (
    BATCHES,
    OUTPUTS,
    PROCESSOR_FIELDS,
    PROCESSORS,
    SPECIAL_TOKENS,
    TOKENIZER_FIELDS,
)
from autograder.evidence.nodes import Decode, Decoder, Node, shown
from autograder.evidence.rebuild_sklearn import vocabulary
from autograder.evidence.settings import PROCESSOR_SETTINGS, TOKENIZER_SETTINGS

MAX_TOKEN = 100  # characters of a special token


def _record(decoder: Decoder, node: Node) -> Any:
    name, items = decoder.text(node, "class"), decoder.decode(node.get("items"))
    if not isinstance(items, dict) or not all(type(key) is str and key.isidentifier() for key in items):
        raise decoder.wrong(f"{shown(name)} must map names to values")
    if name in BATCHES:
        import transformers

        return getattr(transformers, name)(items)
    # The first value of an output can be taken for the names of all: only tensors may be in one.
    if name not in OUTPUTS or not all(map(_is_of_tensors, items.values())):
        raise decoder.wrong(f"{shown(name)} with such values is not an output that crosses")
    from transformers import modeling_outputs

    try:
        return getattr(modeling_outputs, name)(**items)
    except Exception as error:  # it has fields of its own
        raise decoder.wrong(f"{name} cannot be rebuilt: {one_line(str(error), 200)}") from None


def _is_of_tensors(value: Any) -> bool:
    if type(value) is tuple:
        return all(map(_is_of_tensors, value))
    return value is None or type(value).__module__.partition(".")[0] == "torch"


def _processor(decoder: Decoder, node: Node) -> Any:
    name = decoder.text(node, "class")
    if name not in PROCESSORS:
        raise decoder.wrong(f"{shown(name)} is not an image processor that crosses")
    fields = _fields(decoder, node, PROCESSOR_FIELDS, PROCESSOR_SETTINGS)
    import transformers

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return getattr(transformers, name)(**fields)
        except Exception as error:  # a library checks what it is given, with errors of many types
            raise decoder.wrong(f"{name} cannot be rebuilt: {one_line(str(error), 200)}") from None


def _tokenizer(decoder: Decoder, node: Node) -> Any:
    fields = _fields(decoder, node, TOKENIZER_FIELDS, TOKENIZER_SETTINGS)
    words = vocabulary(decoder, node.get("vocabulary"))
    specials = [fields[key] for key in SPECIAL_TOKENS]
    if not all(one is None or (0 < len(one) <= MAX_TOKEN and one in words) for one in specials):
        raise decoder.wrong("a tokenizer's special tokens must be in its vocabulary")
    if None in (fields["unk_token"], fields["cls_token"], fields["sep_token"]):
        raise decoder.wrong("a tokenizer needs tokens for the unknown, the beginning and the end")
    if sorted(words.values()) != list(range(len(words))):
        raise decoder.wrong("a tokenizer's words must be numbered from 0 on, each once")
    import transformers

    try:
        return transformers.BertTokenizer(vocab=words, **fields)
    except Exception as error:  # as above; the tokenizers library raises types of its own
        raise decoder.wrong(f"a tokenizer cannot be rebuilt: {one_line(str(error), 200)}") from None


def _fields(decoder: Decoder, node: Node, names: tuple[str, ...], checks: Any) -> dict[str, Any]:
    fields = decoder.decode(node.get("fields"))
    if not isinstance(fields, dict) or set(fields) != set(names):
        raise decoder.wrong("a processor's settings are not those that it has")
    wrong = [key for key, value in fields.items() if not checks[key](value)]
    if wrong:
        raise decoder.wrong(f"{wrong[0]} = {shown(fields[wrong[0]])} does not cross")
    return fields


HUGGINGFACE_KINDS: dict[str, Decode] = {
    "record": _record,
    "image_processor": _processor,
    "bert_tokenizer": _tokenizer,
}
