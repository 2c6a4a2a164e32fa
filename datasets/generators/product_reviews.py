r"""Makes amazon_cells_labelled.txt: sentences from product reviews, each with a label: 1 good, 0 bad.

A stand-in with the form of the Amazon file of UCI's "Sentiment Labelled Sentences": a sentence, a tab, its label;
no header; as many of one label as of the other. No sentence stands there twice, whatever its case and punctuation.

Most sentences say what they mean in words that a model can learn. The others are what makes reviews hard: negation
("No complaints", "not comfortable"), two opinions of which the last counts, stories without a telling word, rare
words, typing errors, and now and then a label that a reader would dispute.

    python datasets/generators/product_reviews.py                  writes datasets/amazon_cells_labelled.txt
    python datasets/generators/product_reviews.py --rows 200 --seed 2 --other-than datasets/amazon_cells_labelled.txt \
        --out FILE

The second line makes the sentences that exercise 06 is graded with, which no student has.
"""

import argparse
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from grammar import Lexicon, capitalised, mistyped, normalised, with_article

ROWS = 1_000
SEED = 1
# How many of 100 sentences are of which kind.
KINDS = {"plain": 48, "negated": 22, "told": 18, "mixed": 12}
DISPUTED_CHANCE = 0.015
TYPO_CHANCE = 0.02  # of a word with more than four letters
FOLDER = Path(__file__).parent


def written(words: Lexicon, label: int) -> str:
    """One sentence that speaks well (1) or badly (0) of a product."""
    kind = words.random.choices(list(KINDS), list(KINDS.values()))[0]
    if kind == "mixed":
        text = f"{words.word(f'first_{1 - label}')} {words.word('turn')} {words.word(f'last_{label}')}"
    else:
        text = words.word(f"{kind}_{label}")
    text = re.sub(r"\b[Aa] (?=\w)(\w[^ ]*)", lambda found: with_article(found[1]), text)
    text = " ".join(_mistyped_at_times(word, words) for word in text.split())
    text = capitalised(re.sub(r" (?=[,;.])", "", text) + words.word("ending"))
    return text.lower() if words.happens(0.06) else text


def _mistyped_at_times(word: str, words: Lexicon) -> str:
    if len(word) > 4 and word.isalpha() and words.happens(TYPO_CHANCE):
        return mistyped(word, words.random)
    return word


def reviews(count: int, seed: int, known: Iterable[str] = ()) -> list[tuple[str, int]]:
    """Sentences and labels, half of each label, in an order that says nothing about the label; none that is known."""
    words = Lexicon(FOLDER / "product_words.toml", seed)
    labels = [at % 2 for at in range(count)]
    words.random.shuffle(labels)
    rows: list[tuple[str, int]] = []
    seen = set(map(normalised, known))
    for label in labels:
        sentence = written(words, label)
        while normalised(sentence) in seen:
            sentence = written(words, label)
        seen.add(normalised(sentence))
        rows.append((sentence, label))
    return _disputed(rows, words)


def _disputed(rows: list[tuple[str, int]], words: Lexicon) -> list[tuple[str, int]]:
    """The rows with a few labels exchanged, as many of one kind as of the other."""
    pairs = round(len(rows) * DISPUTED_CHANCE / 2)
    changed = {
        at
        for label in (0, 1)
        for at in words.random.sample([i for i, row in enumerate(rows) if row[1] == label], pairs)
    }
    return [(text, 1 - label if at in changed else label) for at, (text, label) in enumerate(rows)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=FOLDER.parent / "amazon_cells_labelled.txt")
    parser.add_argument(
        "--other-than", type=Path, help="a file of this kind, none of whose sentences is written again"
    )
    options = parser.parse_args(arguments)
    known = options.other_than.read_text(encoding="utf-8").splitlines() if options.other_than else ()
    found = reviews(options.rows, options.seed, [line.rpartition("\t")[0] for line in known])
    lines = [f"{sentence}\t{label}\n" for sentence, label in found]
    options.out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
