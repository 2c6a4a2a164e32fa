"""Pretrains a small BERT on generated reviews, and writes labelled reviews to fine-tune it on.

    python datasets/generators/small_bert.py

writes, beside the registry: small_bert.safetensors, small_bert.json, small_bert_vocab.txt, short_reviews_train.csv
and short_reviews_test.csv, and prints their sha256. It takes some ten minutes on one core. On the same kind of
machine with the versions of constraints.txt the bytes are the same every time; elsewhere the last digits of the
weights may differ.

The opinion words are dealt out: half of them stand in the labelled reviews for training, the other half in those
for testing. Who has read the unlabelled text knows both.
"""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from small_bert_text import Vocabulary, load_vocabulary, opinion_words, review
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from torch.nn.functional import cross_entropy
from transformers import BertConfig, BertForPreTraining

OUT = Path(__file__).resolve().parents[1]
SEED = 0
REVIEWS = 40_000
RATED = 0.4  # share of the unlabelled reviews that name a number of stars
STEPS = 10_000
BATCH = 64
COMMON = 60  # pieces such as "the" and "was", which teach little: they are masked less often
MASKED, MASKED_COMMON = 0.4, 0.08
LEARNING_RATE = 2e-3
LONGEST = 56  # tokens of a pair of texts
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PAD, _UNK, CLS, SEP, MASK = range(len(SPECIAL))
TRAIN_ROWS, TEST_ROWS = 240, 400

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """Two texts in each row: (n, LONGEST) ids, 0 or 1 for the text of each, and whether they are of one review."""

    ids: Ids
    types: Ids
    follows: Ids


def write_reviews(random: Random, vocabulary: Vocabulary, count: int) -> list[list[str]]:
    """Unlabelled reviews, each a list of clauses."""
    return [
        review(random, vocabulary, random.randint(0, 1), random.choice((1, 2, 3, 4)), rated=RATED)
        for _ in range(count)
    ]


def train_tokenizer(reviews: list[list[str]]) -> Tokenizer:
    """A WordPiece vocabulary of 2,000 pieces, as BERT's own in lower case."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=2_000, special_tokens=list(SPECIAL), show_progress=False)
    tokenizer.train_from_iterator([" . ".join(clauses) for clauses in reviews], trainer)
    return tokenizer


def pair_up(reviews: list[list[str]], tokenizer: Tokenizer, draw: np.random.Generator) -> Pairs:
    """The first half of each review with its second half, or with that of another review, one time in two."""
    halves = []
    for clauses in reviews:
        if len(clauses) > 1:
            tokens = [
                encoded.ids for encoded in tokenizer.encode_batch([f"{clause} ." for clause in clauses])
            ]
            middle = len(tokens) // 2
            halves.append(([*chain(*tokens[:middle])], [*chain(*tokens[middle:])]))
    follows = draw.integers(0, 2, len(halves))
    ids = np.full((len(halves), LONGEST), PAD, dtype=np.int64)
    types = np.zeros_like(ids)
    for row, (first, second) in enumerate(halves):
        if follows[row]:  # BERT's own label: 1 means that the second text is another one
            second = halves[draw.integers(len(halves))][1]
        tokens = [CLS, *first, SEP, *second, SEP][:LONGEST]
        ids[row, : len(tokens)] = tokens
        types[row, len(first) + 2 : len(tokens)] = 1
    return Pairs(ids, types, follows)


def batches(pairs: Pairs, draw: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """Row numbers, BATCH at a time, without end; rows of about the same length come together."""
    lengths = (pairs.ids != PAD).sum(axis=1)
    while True:
        order = np.argsort(lengths + draw.uniform(-3, 3, len(lengths)))
        groups = order[len(order) % BATCH :].reshape(-1, BATCH)
        yield from groups[draw.permutation(len(groups))]


def how_often_masked(ids: Ids, size: int) -> NDArray[np.float64]:
    """The chance of each of the `size` pieces to be chosen."""
    chances = np.full(size, MASKED)
    chances[np.argsort(-np.bincount(ids[ids > MASK], minlength=size))[:COMMON]] = MASKED_COMMON
    chances[: len(SPECIAL)] = 0
    return chances


def blank_out(
    ids: Ids, chances: NDArray[np.float64], draw: np.random.Generator
) -> tuple[Ids, NDArray[np.bool_]]:
    """BERT's recipe: of the chosen places eight in ten are masked, one gets any token, and one stays."""
    chosen = draw.random(ids.shape) < chances[ids]
    fate = draw.random(ids.shape)
    blanked = np.where(chosen & (fate < 0.8), MASK, ids)
    other = chosen & (fate > 0.9)
    blanked[other] = draw.integers(len(SPECIAL), len(chances), int(other.sum()))
    return blanked, chosen


def pretrain(config: BertConfig, pairs: Pairs, draw: np.random.Generator) -> BertForPreTraining:
    """Masked words, and whether the second text follows the first."""
    model = BertForPreTraining(config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, total_steps=STEPS, pct_start=0.1)
    chances = how_often_masked(pairs.ids, config.vocab_size)
    model.train()
    for step, rows in enumerate(islice(batches(pairs, draw), STEPS), start=1):
        longest = int((pairs.ids[rows] != PAD).sum(axis=1).max())
        ids = pairs.ids[rows, :longest]
        blanked, chosen = blank_out(ids, chances, draw)
        hidden = model.bert(
            input_ids=torch.from_numpy(blanked),
            token_type_ids=torch.from_numpy(pairs.types[rows, :longest]),
            attention_mask=torch.from_numpy((ids != PAD).astype(np.int64)),
        )
        words = model.cls.predictions(hidden.last_hidden_state[torch.from_numpy(chosen)])
        follows = model.cls.seq_relationship(hidden.pooler_output)
        word_loss = cross_entropy(words, torch.from_numpy(ids[chosen]))
        pair_loss = cross_entropy(follows, torch.from_numpy(pairs.follows[rows]))
        optimizer.zero_grad()
        (word_loss + pair_loss).backward()
        optimizer.step()
        schedule.step()
        if step % 500 == 0:
            print(f"step {step:,} of {STEPS:,}: words {word_loss.item():.3f}, pairs {pair_loss.item():.3f}")
    return model.eval()


def labelled_reviews(seed: int, count: int, vocabulary: Vocabulary) -> list[tuple[str, int]]:
    """Reviews of one or two clauses without stars, good and bad in turn, none twice."""
    random, found = Random(seed), dict[str, int]()
    while len(found) < count:
        sentiment = len(found) % 2
        clauses = review(random, vocabulary, sentiment, random.choice((1, 2)))
        found.setdefault(" . ".join(clauses) + " .", sentiment)
    return list(found.items())


def deal_out(words: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Two halves of the opinion words: those of the labelled reviews for training, and those for testing."""
    shuffled = sorted(words)
    Random(SEED + 7).shuffle(shuffled)
    return frozenset(shuffled[::2]), frozenset(shuffled[1::2])


def write_csv(path: Path, rows: list[tuple[str, int]]) -> None:
    """Columns sentence and label; 1 is good."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("sentence", "label"))
        writer.writerows(rows)


def main() -> None:
    """Write all five files."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    vocabulary = load_vocabulary()
    training, testing = deal_out(opinion_words(vocabulary))
    write_csv(
        OUT / "short_reviews_train.csv",
        labelled_reviews(1, TRAIN_ROWS, load_vocabulary(training.__contains__)),
    )
    write_csv(
        OUT / "short_reviews_test.csv", labelled_reviews(2, TEST_ROWS, load_vocabulary(testing.__contains__))
    )

    reviews = write_reviews(Random(SEED), vocabulary, REVIEWS)
    tokenizer = train_tokenizer(reviews)
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda pair: pair[1])
    (OUT / "small_bert_vocab.txt").write_text("".join(f"{piece}\n" for piece, _ in pieces), encoding="utf-8")

    draw = np.random.default_rng(SEED)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=256,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model = pretrain(config, pair_up(reviews, tokenizer, draw), draw)
    (OUT / "small_bert.json").write_text(config.to_json_string(use_diff=True), encoding="utf-8")
    # the last layer for words shares its weights with the word embedding, so the file holds them once
    tied = {"cls.predictions.decoder.weight", "cls.predictions.decoder.bias"}
    tensors = {name: value.contiguous() for name, value in model.state_dict().items() if name not in tied}
    save_file(tensors, OUT / "small_bert.safetensors", metadata={"format": "pt"})
    (OUT / "small_bert.safetensors").chmod(0o644)  # safetensors lets its owner alone read it
    for name in ("small_bert.safetensors", "small_bert.json", "small_bert_vocab.txt", *CSVS):
        print(hashlib.sha256((OUT / name).read_bytes()).hexdigest(), name)


CSVS = ("short_reviews_train.csv", "short_reviews_test.csv")

if __name__ == "__main__":
    main()
