"""Words and sentence patterns, drawn by chance: what the generators of review text share."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from random import Random

_SLOT = re.compile(r"\{(\w+)\}")


class Lexicon:
    """Lists of words and patterns by name, and one source of chance to draw from them.

    The lists stand in a TOML file, most frequent entry first: the chance of an entry falls with its rank, as in
    real text, so that each list has a tail of rare words. An entry may name other lists in braces.
    """

    def __init__(self, path: Path, seed: int, *, flatness: float = 2.5) -> None:
        """`flatness` is the rank by which an entry has become half as likely as the first."""
        self.lists: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
        self.random = Random(seed)
        self._flatness = flatness

    def word(self, name: str) -> str:
        """One entry of a list, its braces filled from the lists they name."""
        return self.fill(self._draw(self.lists[name]))

    def fill(self, pattern: str) -> str:
        """The pattern with each `{list}` replaced by an entry of that list."""
        return _SLOT.sub(lambda slot: self.word(slot[1]), pattern)

    def happens(self, chance: float) -> bool:
        """True with this chance."""
        return self.random.random() < chance

    def _draw(self, entries: Sequence[str]) -> str:
        weights = [1 / (rank + self._flatness) for rank in range(len(entries))]
        return self.random.choices(entries, weights)[0]


def with_article(words: str) -> str:
    """`a` or `an` before the words, by their first letter."""
    return (
        "an " if words[0].lower() in "aeiou" and not words.startswith(("one", "use", "uni")) else "a "
    ) + words


def capitalised(sentence: str) -> str:
    """The sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


def mistyped(word: str, random: Random) -> str:
    """The word with two neighbouring letters swapped, or one left out; its first letter stays."""
    at = random.randrange(1, len(word) - 2)
    if random.random() < 0.5:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]


def normalised(text: str) -> str:
    """The words of a text in lower case, without punctuation: equal for texts that are the same to a reader."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))
