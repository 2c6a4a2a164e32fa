"""Short reviews of films, meals, phones and the like, put together from the words of small_bert_words.toml.

Each review has a topic and a sentiment, and all its clauses agree with both, so that a word's neighbours tell
what kind of word it is: whoever fills in a blank has to know whether the reviewer was pleased. Some clauses
turn a word round ("not dull"), some weigh two against each other ("the plot was dull but the cast was superb",
where the second one decides).
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

WORDS = Path(__file__).with_name("small_bert_words.toml")

GOOD, BAD = 1, 0
NEGATED = 0.07
WEIGHED = 0.05

VERDICTS = {
    GOOD: (
        "i would choose it again",
        "everyone should try it",
        "it is worth every cent",
        "i recommend it to all my friends",
        "i cannot wait for the next one",
        "we will surely come back",
        "it made my day",
    ),
    BAD: (
        "i want my money back",
        "stay away from it",
        "save your money",
        "i would not give it to my enemies",
        "never again",
        "we will surely go elsewhere",
        "it ruined my day",
    ),
}


RATINGS = {GOOD: ("five stars", "four stars"), BAD: ("one star", "two stars")}


@dataclass(frozen=True)
class Opinions:
    """The words of one sentiment that may be used; topic words count beside the general ones."""

    adjectives: tuple[str, ...]
    own: tuple[str, ...]
    verbs: tuple[str, ...]
    adverbs: tuple[str, ...]
    feelings: tuple[str, ...]
    nouns: tuple[str, ...]
    verdicts: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """All words by list; `keeps` says which opinion words may be used."""

    general: dict[str, list[str]]
    topics: dict[str, dict[str, list[str]]]
    keeps: Callable[[str], bool]

    def opinions(self, topic: str, sentiment: int) -> Opinions:
        """The opinion words of a topic that `keeps` lets through."""
        side = "praise" if sentiment == GOOD else "blame"
        kept = {name: tuple(filter(self.keeps, words)) for name, words in self.general.items()}
        return Opinions(
            adjectives=kept[side],
            own=tuple(filter(self.keeps, self.topics[topic][side])),
            verbs=kept[f"{side}_verbs"],
            adverbs=kept[f"{side}_adverbs"],
            feelings=kept[f"{side}_feelings"],
            nouns=kept[f"{side}_nouns"],
            verdicts=tuple(filter(self.keeps, VERDICTS[sentiment])),
        )


def load_vocabulary(keeps: Callable[[str], bool] = lambda _word: True) -> Vocabulary:
    """The words of the file, split into lists."""
    lists = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    topics = {
        name: {key: words.split() for key, words in topic.items()} for name, topic in lists["topic"].items()
    }
    return Vocabulary({key: words.split() for key, words in lists["general"].items()}, topics, keeps)


def opinion_words(vocabulary: Vocabulary) -> list[str]:
    """Every word and phrase that carries sentiment, sorted."""
    found = {
        word
        for key, words in vocabulary.general.items()
        if key.startswith(("praise", "blame"))
        for word in words
    }
    for topic in vocabulary.topics.values():
        found.update(topic["praise"], topic["blame"])
    return sorted(found.union(*VERDICTS.values()))


def review(
    random: Random, vocabulary: Vocabulary, sentiment: int, clauses: int, *, rated: float = 0.0
) -> list[str]:
    """The clauses of one review; the last is no weaker than those before it."""
    topic = random.choice(sorted(vocabulary.topics))
    kinds = random.choices(CLAUSES, weights=WEIGHTS, k=clauses)
    said = [kind(random, vocabulary, topic, sentiment) for kind in kinds]
    if random.random() < 0.3:
        said.insert(0, _setting(random, vocabulary, topic))
    if random.random() < rated:
        said.append(random.choice(RATINGS[sentiment]))
    return said


def _common(random: Random, words: Sequence[str]) -> str:
    """One of the words, the first ones most often, as in any language: the n-th with weight 1 / (n + 1)."""
    return random.choices(words, weights=[1 / (rank + 2) for rank in range(len(words))])[0]


def _adjective(random: Random, words: Opinions) -> str:
    return _common(random, words.own if words.own and random.random() < 0.4 else words.adjectives)


def _degree(random: Random, vocabulary: Vocabulary) -> str:
    return f"{random.choice(vocabulary.general['degrees'])} " if random.random() < 0.35 else ""


def _thing(random: Random, vocabulary: Vocabulary, topic: str) -> str:
    lists = vocabulary.topics[topic]
    return f"the {random.choice(lists[random.choices(('aspects', 'items', 'people'), weights=(6, 2, 2))[0]])}"


def _was(random: Random) -> str:
    return random.choice(("was", "was", "was", "is", "seemed", "felt", "turned out"))


def _setting(random: Random, vocabulary: Vocabulary, topic: str) -> str:
    """A clause without sentiment: who, where, when."""
    general, lists = vocabulary.general, vocabulary.topics[topic]
    who = random.choice(
        ("i", "we", f"my {random.choice(general['relatives'])}", random.choice(general["names"]))
    )
    item, did = random.choice(lists["items"]), random.choice(lists["did"])
    return random.choice(
        (
            f"{who} {did} this {item} in {random.choice(general['places'])}",
            f"{who} {did} this {item} on {random.choice(general['days'])}",
            f"{who} {did} the {random.choice(general['sizes'])} {item} in {random.choice(general['months'])}",
            f"{who} {did} {random.choice(general['numbers'])} of them near the {random.choice(lists['around'])}",
            f"it was a {random.choice(general['colours'])} {item} beside the {random.choice(lists['around'])}",
            f"{random.choice(general['names'])} told me about this {item} in {random.choice(general['months'])}",
        )
    )


def _plain(random: Random, vocabulary: Vocabulary, topic: str, sentiment: int) -> str:
    words, thing = vocabulary.opinions(topic, sentiment), _thing(random, vocabulary, topic)
    first = f"{thing} {_was(random)} {_degree(random, vocabulary)}{_adjective(random, words)}"
    shape = random.random()
    if shape < 0.5:
        return f"{first} and {_adjective(random, words)}"
    if shape < 0.65:
        return f"{first} and {_thing(random, vocabulary, topic)} was {_adjective(random, words)}"
    return f"{_common(random, words.adverbs)} {first}" if shape < 0.75 and words.adverbs else first


def _felt(random: Random, vocabulary: Vocabulary, topic: str, sentiment: int) -> str:
    words, thing = vocabulary.opinions(topic, sentiment), _thing(random, vocabulary, topic)
    who = random.choice(("i", "we", f"my {random.choice(vocabulary.general['relatives'])}"))
    verb, feeling = _common(random, words.verbs), _common(random, words.feelings)
    return random.choice(
        (
            f"{who} {verb} {thing}",
            f"{who} {verb} it and left {feeling}",
            f"it left me {_degree(random, vocabulary)}{feeling}",
            f"{thing} made us {feeling}",
            f"we are {_degree(random, vocabulary)}{feeling} with {thing}",
        )
    )


def _called(random: Random, vocabulary: Vocabulary, topic: str, sentiment: int) -> str:
    words = vocabulary.opinions(topic, sentiment)
    item, noun = random.choice(vocabulary.topics[topic]["items"]), _common(random, words.nouns)
    return random.choice(
        (
            f"what a {_adjective(random, words)} and {_adjective(random, words)} {item}",
            f"such a {_adjective(random, words)} {noun}",
            f"this {item} is a {_adjective(random, words)} {noun}",
            f"{_thing(random, vocabulary, topic)} was a {noun}",
            f"a {_adjective(random, words)} {item} and a real {noun}",
        )
    )


def _verdict(random: Random, vocabulary: Vocabulary, topic: str, sentiment: int) -> str:
    return _common(random, vocabulary.opinions(topic, sentiment).verdicts)


def _negated(random: Random, vocabulary: Vocabulary, topic: str, sentiment: int) -> str:
    other, thing = vocabulary.opinions(topic, 1 - sentiment), _thing(random, vocabulary, topic)
    turned = _adjective(random, other)
    return random.choice(
        (
            f"{thing} was not {turned} at all",
            f"{thing} was never {turned}",
            f"nothing about {thing} was {turned}",
            f"it was anything but {turned}",
        )
    )


def _weighed(random: Random, vocabulary: Vocabulary, topic: str, sentiment: int) -> str:
    mine, other = vocabulary.opinions(topic, sentiment), vocabulary.opinions(topic, 1 - sentiment)
    one, two = (_thing(random, vocabulary, topic) for _ in range(2))
    return random.choice(
        (
            f"{one} was {_adjective(random, other)} but {two} was {_adjective(random, mine)}",
            f"although {one} was {_adjective(random, other)} {two} was {_adjective(random, mine)}",
        )
    )


CLAUSES: Sequence[Callable[[Random, Vocabulary, str, int], str]] = (
    _plain,
    _felt,
    _called,
    _verdict,
    _negated,
    _weighed,
)
WEIGHTS = (0.36, 0.14, 0.14, 0.15, NEGATED, WEIGHED)
