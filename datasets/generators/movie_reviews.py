"""Makes sent_train.tsv: movie-review sentences and phrases out of them, each with a sentiment from 0 to 4.

A stand-in with the columns of Kaggle's "Sentiment Analysis on Movie Reviews" (PhraseId, SentenceId, Phrase,
Sentiment), its tokens apart by spaces, its order (a sentence, then phrases from inside it) and its class skew.
No phrase stands there twice, whatever its case and punctuation.

A phrase's sentiment is computed from its parts: "not" turns a mood round, "very" strengthens it, what follows
"but" weighs more than what stands before it. A little noise is added, as between human readers.

    python datasets/generators/movie_reviews.py                  writes datasets/sent_train.tsv
    python datasets/generators/movie_reviews.py --rows 50 --seed 7 --out FILE
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grammar import Lexicon, capitalised, mistyped, normalised

ROWS = 4_000
SEED = 1
TARGET_SHARES = (0.05, 0.17, 0.51, 0.21, 0.06)  # of the sentiments 0 to 4
SENTENCE_MOODS = {-2: 4, -1: 22, 0: 42, 1: 26, 2: 6}  # and how many of 100 sentences are meant to have them
READER_NOISE = 0.18  # standard deviation, where 1 is the distance from neutral to a plain word of praise
TYPO_CHANCE = 0.015  # of a word with more than four letters
FOLDER = Path(__file__).parent
_INNER = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True)
class Phrase:
    """Some words, their mood (-2 to 2 and beyond; 0 is neutral), and the phrases that they are made of."""

    text: str
    mood: float = 0.0
    parts: tuple["Phrase", ...] = ()

    def inside(self) -> Iterator["Phrase"]:
        """Every phrase within this one, outer before inner."""
        for part in self.parts:
            yield part
            yield from part.inside()


def joined(mood: float, *pieces: "Phrase | str") -> Phrase:
    """One phrase of several; plain strings are words without a mood that make no phrase by themselves."""
    text = " ".join(piece.text if isinstance(piece, Phrase) else piece for piece in pieces)
    return Phrase(text, mood, tuple(piece for piece in pieces if isinstance(piece, Phrase)))


class Reviewer:
    """Writes sentences of a given mood."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self.chance = words.random

    def grown(self, name: str) -> Phrase:
        """An entry of a list, with the phrases that its brackets ask for."""
        pieces = _INNER.split(self.words.word(name))
        parts: list[Phrase | str] = [
            self.grown(piece) if at % 2 else piece.strip() for at, piece in enumerate(pieces) if piece.strip()
        ]
        found = joined(_mood_of(name), *parts)
        return Phrase(_articles(found.text), found.mood, found.parts)

    def adjective(self, mood: int) -> Phrase:
        """A describing word, at times made stronger or weaker."""
        plain = self.grown(f"adjective_{_tag(mood)}")
        draw = self.chance.random() if mood else 1.0
        if draw < 0.13:
            return joined(1.5 * mood, self.words.word("stronger"), plain)
        if draw < 0.21:
            return joined(0.5 * mood, self.words.word("weaker"), plain)
        return plain

    def topic(self) -> Phrase:
        """Whom or what it is about."""
        hero = self.grown("hero")
        if self.words.happens(0.4):
            hero = joined(0, hero, self.grown("where"))
        if self.words.happens(0.35):
            return joined(0, hero, "and", self.grown("matter"))
        return hero if self.words.happens(0.6) else self.grown("matter")

    def subject(self) -> Phrase:
        """What the sentence speaks of."""
        if self.words.happens(0.17):
            film = joined(0, self.chance.choice(("the", "this")), self.grown("kind"))
            return joined(0, film, joined(0, "about", self.topic()))
        return self.grown("subject")

    def described(self, mood: int) -> Phrase:
        """A kind of film with one or two adjectives, perhaps with its topic."""
        first, kind = self.adjective(mood), self.grown("kind")
        noun = joined(first.mood, "a", first, kind)
        if mood and self.words.happens(0.3):
            second = self.adjective(_one_step(mood) if self.words.happens(0.6) else 0)
            noun = joined(_stronger(first, second), "a", first, ",", joined(second.mood, second, kind))
        noun = Phrase(_articles(noun.text), noun.mood, noun.parts)
        return joined(noun.mood, noun, joined(0, "about", self.topic())) if self.words.happens(0.45) else noun

    def predicate(self, mood: int) -> Phrase:
        """What is said of the subject, verb first."""
        draw = self.chance.random()
        if mood == 0 or draw < 0.55:
            return self.grown(f"predicate_{_tag(mood)}")
        one = self.adjective(mood)
        if draw < 0.85:
            return joined(one.mood, "is", one)
        other = self.adjective(_one_step(mood))
        both = joined(1.1 * _stronger(one, other), one, "and", other)
        return joined(both.mood, "is", both)

    def clause(self, mood: int) -> Phrase:
        """A subject and what is said of it."""
        if self.words.happens(0.25):
            said, subject = self.grown(f"made_{_tag(mood)}"), self.grown("person")
        else:
            said, subject = self.predicate(mood), self.subject()
        return joined(said.mood, subject, said)

    def sentence(self, mood: int) -> Phrase:
        """A whole review sentence, without its capital letter and full stop."""
        draw = self.chance.random()
        if draw < 0.26:
            return self.clause(mood)
        if draw < 0.38:
            return self.grown(f"remark_{_tag(mood)}")
        if draw < 0.46:
            said = self.clause(mood)
            return joined(said.mood, self.grown("aside"), ",", said)
        if draw < 0.62:
            return self.fragment(mood)
        if draw < 0.74:
            one, other = self.clause(mood if self.words.happens(0.5) else 0), self.clause(mood)
            return joined(_stronger(one, other), one, self.words.word("joint"), other)
        if draw < 0.92:
            return self.mixed(mood)
        best = self.grown(f"adjective_{_tag(mood or self.chance.choice((-1, 1)))}")
        rank = joined(best.mood, self.chance.choice(("the most", "the more")), best)
        span = self.chance.choice(("year", "season", "decade"))
        said = joined(1.2 * best.mood, "is among", rank, f"films of the {span}")
        return joined(said.mood, self.subject(), said)

    def fragment(self, mood: int) -> Phrase:
        """A sentence without a verb of its own: "A quiet film about a chess prodigy that works"."""
        noun = self.described(mood)
        if self.words.happens(0.5):
            return noun
        does = self.predicate(mood if self.words.happens(0.7) else 0)
        return joined(_stronger(noun, does), noun, joined(does.mood, "that", does))

    def mixed(self, mood: int) -> Phrase:
        """Two clauses that pull in different directions; the second, or the main one, weighs more."""
        before = self.clause(-_one_step(mood) if mood else self.chance.choice((-1, 1)))
        after = self.clause(mood)
        total = 0.35 * before.mood + 0.8 * after.mood
        if self.words.happens(0.7):
            comma, _, word = self.words.word("turn").rpartition(" ")
            return joined(total, before, *([comma] if comma else []), joined(after.mood, word, after))
        although = joined(0.5 * before.mood, self.words.word("concession"), before)
        return joined(total, although, ",", after)


class Writer:
    """Turns sentences into rows, and keeps the classes near their shares from the first row on."""

    def __init__(self, reviewer: Reviewer) -> None:
        self.reviewer = reviewer
        self.chance = reviewer.chance
        self.seen: set[str] = set()
        self.counts: Counter[int] = Counter()

    def rows(self, count: int) -> list[tuple[int, int, str, int]]:
        """PhraseId, SentenceId, Phrase and Sentiment of `count` phrases."""
        rows: list[tuple[int, int, str, int]] = []
        sentence_id = 0
        while len(rows) < count:
            chosen = self.chosen_phrases()
            sentence_id += bool(chosen)
            for text, label in chosen:
                rows.append((len(rows) + 1, sentence_id, text, label))
        return rows[:count]

    def chosen_phrases(self) -> list[tuple[str, int]]:
        """A new sentence and some of the phrases inside it, in the order of the tree; empty where it is known."""
        mood = self.chance.choices(list(SENTENCE_MOODS), list(SENTENCE_MOODS.values()))[0]
        whole = self.reviewer.sentence(mood)
        ending = "" if whole.text.endswith(("!", "?")) else " ."
        if normalised(whole.text) in self.seen:
            return []
        labelled: dict[str, int] = {}
        for one in (Phrase(capitalised(whole.text) + ending, whole.mood), *whole.inside()):
            text = self._with_typos(one.text)
            if normalised(text) not in self.seen:
                self.seen.add(normalised(text))
                labelled[text] = _label(one.mood + self.chance.gauss(0, READER_NOISE))
        kept = self._kept(labelled)
        return [(text, label) for text, label in labelled.items() if text in kept]

    def _kept(self, labelled: dict[str, int]) -> set[str]:
        """The sentence itself and two to five phrases of the classes that are short of their share."""
        whole, *rest = labelled
        kept = {whole}
        self.counts[labelled[whole]] += 1
        self.chance.shuffle(rest)
        for _ in range(min(len(rest), self.chance.randint(2, 5))):
            best = max(rest, key=lambda text: self._shortage(labelled[text]))
            rest.remove(best)
            kept.add(best)
            self.counts[labelled[best]] += 1
        return kept

    def _shortage(self, label: int) -> float:
        return TARGET_SHARES[label] - self.counts[label] / max(1, self.counts.total())

    def _with_typos(self, text: str) -> str:
        chance = self.chance
        return " ".join(
            mistyped(word, chance)
            if len(word) > 4 and word.isalpha() and chance.random() < TYPO_CHANCE
            else word
            for word in text.split()
        )


def _articles(text: str) -> str:
    """The text with `an` for `a` before a vowel."""
    return re.sub(r"\b([Aa]) (?=[aeiou](?!n[ei]|se|ni))", r"\1n ", text)


def _mood_of(name: str) -> int:
    ending = name.rpartition("_")[2]
    return int(ending.replace("n", "-")) if ending.lstrip("n").isdigit() else 0


def _tag(mood: int) -> str:
    return str(mood).replace("-", "n")


def _one_step(mood: int) -> int:
    return -1 if mood < 0 else 1


def _stronger(one: Phrase, other: Phrase) -> float:
    return max(one.mood, other.mood, key=abs)


def _label(mood: float) -> int:
    """Sentiment 0 to 4 of a mood."""
    return sum(mood > bound for bound in (-1.35, -0.45, 0.45, 1.35))


def table(count: int, seed: int) -> str:
    """The whole file, tab separated with a header."""
    writer = Writer(Reviewer(Lexicon(FOLDER / "movie_words.toml", seed)))
    rows = ["\t".join(map(str, row)) for row in writer.rows(count)]
    return "\n".join(["PhraseId\tSentenceId\tPhrase\tSentiment", *rows]) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=FOLDER.parent / "sent_train.tsv")
    options = parser.parse_args(arguments)
    options.out.write_text(table(options.rows, options.seed), encoding="utf-8")


if __name__ == "__main__":
    main()
