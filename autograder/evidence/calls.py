"""Calls of a student's function as documents: the judge's request, and the kernel's reply."""

import hashlib
import json
from typing import Any

from safetensors.numpy import save

from autograder.errors import EvidenceError
from autograder.evidence.collector import ARGUMENTS, NO_ARRAYS
from autograder.evidence.decode import decode
from autograder.evidence.documents import Drop, one_line, parse_drop
from autograder.evidence.encoder import Encoder, Node
from autograder.evidence.known import KnownArrays
from autograder.evidence.standins import StudentFunctionError


def encode_call(question: str, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> Drop:
    """The request to call `name` with these arguments.

    Raises:
        EvidenceError: an argument is of a type that does not cross.
    """
    encoder = Encoder()
    parts = {"args": encoder.variable(list(args)), "kwargs": encoder.variable(dict(kwargs))}
    reason = _first_unsupported(parts)
    if reason is not None:
        raise EvidenceError(f"{name}: a test calls it with an argument that cannot be sent: {reason}")
    tree = {"format": 1, "question": question, "name": name, **parts}
    tensors = save(encoder.arrays) if encoder.arrays else NO_ARRAYS
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return parse_drop(text.encode(), tensors, what=f"call of {name}")


def _first_unsupported(part: Any) -> str | None:
    if isinstance(part, dict):
        if part.get("kind") == "unsupported":
            return f"{part['type']}: {part['reason']}"
        if "kind" in part and part["kind"] not in ARGUMENTS:
            return f"values of kind {part['kind']} cross from a kernel only"
        part = list(part.values())
    if isinstance(part, list):
        return next(filter(None, map(_first_unsupported, part)), None)
    return None


def call_key(request: Drop) -> str:
    """The name a call is recorded under: the same question, function and arguments give the same key."""
    digest = hashlib.sha256(len(request.json_bytes).to_bytes(8, "big"))
    digest.update(request.json_bytes)
    digest.update(request.tensor_bytes)
    return digest.hexdigest()


def read_reply(reply: Drop, name: str, known: KnownArrays | None = None) -> object:
    """The value that the function `name` returned; `known` are the pretrained weights that it may name by hash.

    Raises:
        StudentFunctionError: the function raised.
        EvidenceError: the reply breaks a rule, or the value is of a type that does not cross.
    """
    if reply.tree.get("ok") is True:
        return decode(reply.tree.get("value"), reply.arrays, name=f"the result of {name}", known=known)
    error: Node = reply.tree.get("error", {})
    if reply.tree.get("ok") is not False or not isinstance(error, dict):
        raise EvidenceError(f"{name}: its reply is neither a value nor an error")
    raise StudentFunctionError(name, _told(error.get("type"), 100), _told(error.get("message"), 500))


def _told(text: object, max_chars: int) -> str:
    return one_line(text, max_chars) if isinstance(text, str) else "?"
