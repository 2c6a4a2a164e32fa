"""JSON that was right once: subtrees swapped, wrapped, removed, doubled, and replaced by what hurts parsers.

A tree is changed as Python data and then written as text; what Python's writer cannot say (numbers of 5,000
digits, a depth of 3,000, keys that come twice) stands in the tree as a marked string until then.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

from fuzz import canary

Path = tuple[str | int, ...]
_MARK = "\u241f"  # no corpus holds it
_RAW = {
    "nan": "NaN",
    "infinity": "-Infinity",
    "digits": "9" * 5000,
    "almost too many digits": "9" * 4299,
    "exponent": "1e999999",
    "negative zero": "-0",
    "deep lists": "[" * 3000 + "]" * 3000,
    "deep lists, accepted": "[" * 300 + "]" * 300,
    "deep objects": '{"a":' * 3000 + "1" + "}" * 3000,
    "deep objects, accepted": '{"a":' * 120 + "1" + "}" * 120,
    "twice the same key": '{"kind": "none", "kind": "list", "cells": [], "items": [], "items": 7}',
    "control character": '"a\x01b"',
    "broken escape": '"\\ud800\\u0041"',
    "not JSON": "undefined",
}
HURTFUL: list[Any] = [
    *(None, True, False, 0, 1, -1, 2, 7, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**30),
    *(0.0, 1.5, -1e308, 5e-324, 1e16),
    *("", "a0", "a1", "\0", "\ud800", "\udcff\ud800", "\u202e\n\r\x85", "nan", "-1", "9" * 1001, "x" * 5000),
    *(
        "0",
        "1e400",
        "٣",
        "__class__",
        "__init__",
        "items",
        "object",
        "O",
        "float32",
        "int64",
        "datetime64[ns]",
    ),
    *([], {}, [[]], [None], [0, 2**47, 2**47], [-1, -1], {"kind": "none"}, {"kind": "array", "array": "a0"}),
    canary.LAMBDA,
    *canary.NAMES,
    *(_MARK + name for name in _RAW),
]
# Values that differ from their neighbours by type alone, so that a swap is small.
NUMBERS = st.one_of(st.integers(-3, 12), st.integers(-(2**70), 2**70), st.floats(width=32))
VALUES = st.one_of(st.sampled_from(HURTFUL), NUMBERS, st.text(max_size=8))
RANDOM_TREES = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


def written(tree: Any) -> str:
    """A tree as JSON text, the marked strings replaced by what they stand for."""
    text = json.dumps(tree)
    mark = json.dumps(_MARK)[1:-1]
    if mark in text:
        for name, raw in _RAW.items():
            text = text.replace(f'"{mark}{name}"', raw)
    return text


def copied(tree: Any) -> Any:
    """A tree of its own, to be changed in place."""
    if isinstance(tree, dict):
        return {key: copied(one) for key, one in tree.items()}
    return [copied(one) for one in tree] if isinstance(tree, list) else tree


def paths(tree: Any, here: Path = ()) -> Iterator[Path]:
    """The way to each subtree, that to the whole excepted."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, one in pairs:
        yield (*here, key)
        yield from paths(one, (*here, key))


def at(tree: Any, path: Path) -> Any:
    """The subtree at the end of a path."""
    for key in path:
        tree = tree[key]
    return tree


def change(draw: st.DrawFn, tree: Any, *, words: Sequence[str] = (), graft: Any = None) -> Any:
    """One change somewhere in a tree, in place; `words` are strings of the format, `graft` another tree."""
    ways = list(paths(tree))
    if not ways:
        return copied(draw(VALUES))
    path = ways[draw(st.integers(0, len(ways) - 1))]
    parent, key = at(tree, path[:-1]), path[-1]
    kind = draw(st.integers(0, 9))
    if kind <= 3:
        parent[key] = copied(draw(VALUES))
    elif kind == 4 and words:
        parent[key] = draw(st.sampled_from(words))
    elif kind == 5:
        del parent[key]
    elif kind == 6:
        parent[key] = copied(at(tree, ways[draw(st.integers(0, len(ways) - 1))]))
    elif kind == 7:
        parent[key] = [parent[key]] * draw(st.sampled_from([1, 2, 3, 40])) if draw(st.booleans()) else {}
    elif kind == 8 and isinstance(parent, list) and isinstance(key, int):
        parent.insert(0, copied(parent[key]))
    elif kind == 8 and isinstance(parent, dict):
        parent[draw(st.sampled_from([*words, "name", "\ud800", "__class__"]))] = parent.pop(key)
    elif kind == 9 and graft is not None:
        other = list(paths(graft))
        parent[key] = copied(at(graft, other[draw(st.integers(0, len(other) - 1))]))
    return tree


@st.composite
def changed(
    draw: st.DrawFn, corpus: Sequence[Any], *, words: Sequence[str] = (), most: int = 3, least: int = 1
) -> Any:
    """A tree of the corpus with a few changes."""
    tree = copied(draw(st.sampled_from(corpus)))
    graft = draw(st.sampled_from(corpus))
    for _ in range(draw(st.integers(least, most))):
        if isinstance(tree, dict | list):
            tree = change(draw, tree, words=words, graft=graft)
    return tree
