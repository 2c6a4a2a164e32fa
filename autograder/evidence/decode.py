"""Decodes a node of any kind: the table of all kinds, and those that stand in for what did not cross."""

import inspect
from collections.abc import Collection
from typing import Any

from autograder.evidence.documents import Arrays, one_line
from autograder.evidence.known import NOTHING_KNOWN, KnownArrays
from autograder.evidence.nodes import PLAIN_KINDS, Decode, Decoder, Node, shown
from autograder.evidence.rebuild_arrays import ARRAY_KINDS
from autograder.evidence.rebuild_huggingface import HUGGINGFACE_KINDS
from autograder.evidence.rebuild_keras import KERAS_KINDS
from autograder.evidence.rebuild_pandas import PANDAS_KINDS
from autograder.evidence.rebuild_sklearn import SKLEARN_KINDS
from autograder.evidence.rebuild_torch import TORCH_KINDS
from autograder.evidence.standins import Caller, FunctionStandIn, UnsupportedStandIn, signature_of

NUMBER_KINDS = frozenset(("bool", "int", "float", "numpy_scalar"))
_PARAMETER_KINDS = {
    kind.name: kind
    for kind in (
        inspect.Parameter.POSITIONAL_ONLY,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.VAR_POSITIONAL,
        inspect.Parameter.KEYWORD_ONLY,
        inspect.Parameter.VAR_KEYWORD,
    )
}


def decode(
    node: object,
    arrays: Arrays,
    *,
    name: str,
    question: str = "",
    caller: Caller | None = None,
    known: KnownArrays | None = None,
    kinds: Collection[str] | None = None,
) -> Any:
    """The value of a node, rebuilt as the real type; `name` is the variable's, for messages.

    Where `kinds` are given, nodes of any other kind are refused.

    Raises:
        EvidenceError: the node breaks a rule.
        CourseError: a file of pretrained weights is not what the index in `known` says.
    """
    table = _KINDS if kinds is None else {kind: _KINDS[kind] for kind in kinds}
    decoder = Decoder(name, arrays, table, question, caller, known or NOTHING_KNOWN)
    return decoder.decode(node)


def _function(decoder: Decoder, node: Node) -> FunctionStandIn:
    if node.get("parameters") is None:
        return FunctionStandIn(decoder.name, decoder.question, None, decoder.caller)
    parameters = [_parameter(decoder, one) for one in decoder.items(node, "parameters", at_most=100)]
    try:
        signature = signature_of(parameters)
    except ValueError as error:
        raise decoder.wrong(f"no function has such parameters: {one_line(str(error), 200)}") from None
    return FunctionStandIn(decoder.name, decoder.question, signature, decoder.caller)


def _parameter(decoder: Decoder, found: object) -> tuple[str, Any, bool]:
    if isinstance(found, dict):
        name, kind = decoder.text(found, "name"), _PARAMETER_KINDS.get(decoder.text(found, "kind"))
        if kind is not None and name.isidentifier():
            return name, kind, found.get("has_default") is True
    raise decoder.wrong(f"{shown(found)} is not a parameter")


def _unsupported(decoder: Decoder, node: Node) -> UnsupportedStandIn:
    type_name, reason = (one_line(decoder.text(node, key), 500) for key in ("type", "reason"))
    return UnsupportedStandIn(decoder.name, type_name, reason)


_KINDS: dict[str, Decode] = {
    **PLAIN_KINDS,
    **ARRAY_KINDS,
    **PANDAS_KINDS,
    **SKLEARN_KINDS,
    **KERAS_KINDS,
    **TORCH_KINDS,
    **HUGGINGFACE_KINDS,
    "function": _function,
    "unsupported": _unsupported,
}
