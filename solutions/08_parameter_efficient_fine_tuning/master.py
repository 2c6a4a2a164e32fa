# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [raw]
# # ASSIGNMENT CONFIG
# name: 08_parameter_efficient_fine_tuning
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 큰 모델을 조금만 고치기: LoRA, DoRA, QLoRA
# ## Changing a model a little: LoRA, DoRA, QLoRA
#
# **목표.** 글을 이미 많이 읽은 작은 BERT를 짧은 후기의 감성 분류에 맞춥니다. 큰 모델을 대신하는 작은 본보기입니다. 처음에는 가중치를
# 모두 학습하고(전체 미세조정), 다음에는 2 %도 안 되는 가중치만 학습합니다(LoRA, DoRA). 마지막에는 얼린 인코더를 4비트로
# 줄입니다(QLoRA). 그때마다 정확도, 학습한 파라미터의 수, 파일의 크기를 재어 무엇을 얻고 무엇을 잃는지 봅니다.
#
# **Goal.** A small BERT has already read a lot of text; it stands in for a large model. You fit it to a new task, the sentiment of
# short reviews: first by training all of its weights (full fine-tuning), then by training fewer than 2 % (LoRA, DoRA), and in the end
# with the frozen encoder squeezed into 4 bits (QLoRA). Each time you measure accuracy, trained parameters and file size, to see what is
# won and what is lost.
#
# 아홉 단계이며, 단계마다 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 채점할 때는 숨은 검사가 더 있지만, 본문에 없는 것을
# 묻지 않습니다. GPU는 필요하지 않습니다. 모델이 아주 작아서 학습 한 번이 몇 초면 끝납니다.
#
# There are nine steps. In each, replace the `...` and run the `grader.check` below. Grading runs further, hidden checks that never ask
# for anything this text does not say. No GPU is needed: the model is tiny, and one training takes a few seconds.

# %% [markdown]
# ### 0. 생각의 그림 · The idea in one picture
#
# 선형층 하나는 행렬 `W`입니다. 새 과제를 배우면 `W`는 `W + ΔW`가 됩니다. 전체 미세조정은 `ΔW`의 수 4,096개(64 x 64)를 모두
# 배웁니다. **LoRA**(Low-Rank Adaptation)는 `W`를 얼리고, `ΔW`를 길쭉한 두 행렬의 곱 `B A`로만 배웁니다.
#
# A linear layer is a matrix `W`, and learning a new task turns it into `W + ΔW`. Full fine-tuning learns all 4,096 numbers of `ΔW`
# (64 x 64). **LoRA** (Low-Rank Adaptation) freezes `W` and learns `ΔW` only as the product `B A` of two slim matrices:
#
# ```text
#            ┌───────────────────────┐  얼림 · frozen
#      ┌────►│  W   64 x 64          │──────────────┐
#      │     └───────────────────────┘  4,096       ▼
#  x ──┤                                            + ──► h = W x + (α / r) B A x
#      │     ┌───────────┐   ┌───────────┐          ▲
#      └────►│ A  8 x 64 │──►│ B  64 x 8 │── x α/r ─┘
#            └───────────┘   └───────────┘  1,024 배움 · learn
# ```
#
# `r = 8`이면 배우는 수가 4분의 1로 줄어듭니다. 행렬이 클수록 이득이 커서 4,096 x 4,096이면 256분의 1입니다. `B`는 0에서
# 시작하므로 처음 모델은 원래 모델과 똑같이 말합니다. **DoRA**는 여기에 행마다 크기 하나를 더 배우고, **QLoRA**는 얼린 `W`를
# 4비트로 저장합니다.
#
# With `r = 8` that is a quarter of the numbers, and the larger the matrix, the more is saved: for 4,096 x 4,096 it is 1 in 256. `B`
# starts at 0, so at first the model says exactly what it said before. **DoRA** also learns one magnitude for each row, and
# **QLoRA** stores the frozen `W` in 4 bits.

# %%
import copy
import importlib.util
import shutil
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd
import torch
import transformers
from peft import LoraConfig, get_peft_model
from transformers import BertConfig, BertForMaskedLM, BertForSequenceClassification, BertTokenizer

transformers.logging.set_verbosity_error()  # 불러올 때의 긴 보고를 줄입니다 · no long report at each loading
transformers.utils.logging.disable_progress_bar()

# %% [markdown]
# **모델의 폴더.** Hugging Face의 `from_pretrained`는 정해진 이름의 파일이 든 폴더 하나를 읽습니다. 설정(`config.json`),
# 가중치(`model.safetensors`), 단어 목록(`vocab.txt`)입니다. 이 노트북 옆에 있는 세 파일을 그런 폴더 `small_bert`로 옮겨 담습니다.
#
# **The model's folder.** `from_pretrained` of Hugging Face reads one folder with files of fixed names: the configuration
# (`config.json`), the weights (`model.safetensors`) and the word list (`vocab.txt`). This cell copies the three files that lie beside
# this notebook into such a folder, `small_bert`.

# %%
folder = Path("small_bert")
folder.mkdir(exist_ok=True)
shutil.copy("small_bert.json", folder / "config.json")
shutil.copy("small_bert.safetensors", folder / "model.safetensors")
shutil.copy("small_bert_vocab.txt", folder / "vocab.txt")

# %% [markdown]
# **무엇을 이미 아는가?** 이 BERT는 라벨이 없는 후기 4만 편을 읽으며 두 가지를 연습했습니다. 빈칸(`[MASK]`)을 채우는 일과, 글의 두 조각이
# 한 후기에서 왔는지 맞히는 일입니다. 빈칸 하나를 채우게 해 보면 무엇을 익혔는지 보입니다. 기분이 좋은 글에서는 좋은 낱말을, 나쁜
# 글에서는 나쁜 낱말을 고릅니다. 누구도 감성을 가르친 적이 없는데도요.
#
# **What does it know already?** This BERT has read 40,000 reviews without labels and practised two things: filling in blanks (`[MASK]`),
# and telling whether two pieces of text come from one review. Let it fill in a blank, and you see what it has picked up: among happy
# words it chooses a good one, among angry words a bad one. Nobody ever taught it sentiment.

# %%
reader = BertForMaskedLM.from_pretrained("small_bert").eval()
words = BertTokenizer.from_pretrained("small_bert")
for text in ("the soup was [MASK] and i loved it .", "the soup was [MASK] and i hated it ."):
    blank = words(text, return_tensors="pt")
    with torch.no_grad():
        scores = reader(**blank).logits[0, blank["input_ids"][0] == words.mask_token_id]
    print(text, "→", words.convert_ids_to_tokens(scores[0].topk(6).indices.tolist()))

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. 글을 번호로, 모델을 파일에서 · Text into numbers, and the model from its file
#
# `short_reviews_train.csv`에는 라벨이 달린 후기가 240편밖에 없습니다(글은 `sentence` 열, `label` 1은 긍정, 0은 부정). 게다가 함정이
# 있습니다. 시험 파일 `short_reviews_test.csv`의 400편에 나오는 감성 낱말은 학습 파일에 **하나도 나오지 않습니다**. 글을 미리 읽어 낱말
# 사이의 관계를 아는 모델만 풀 수 있는 문제입니다.
#
# `short_reviews_train.csv` has only 240 labelled reviews (the text is the column `sentence`; `label` 1 is positive, 0 negative). And there
# is a catch: of the opinion words in the 400 reviews of `short_reviews_test.csv`, **not one** occurs in the training file. Only a model
# that has read text before and knows how words relate can solve this.
#
# BERT는 글을 낱말 조각의 번호로 받습니다. 길이가 다른 글을 한 배열에 담으려고 짧은 글 뒤에 `[PAD]`(0번)를 붙이고, `attention_mask`에
# 진짜 조각은 1, 채운 자리는 0으로 표시합니다.
#
# BERT takes text as the numbers of word pieces. To fit texts of different length into one array, short ones get `[PAD]` (number 0) at
# the end, and `attention_mask` says 1 for a real piece and 0 for padding:
#
# ```text
#                  [CLS]  the soup  was salty  .  [SEP] [PAD] [PAD]
#  input_ids          2    71  533   64  812   9     3     0     0
#  attention_mask     1     1    1    1    1   1     1     0     0
#                                              번호는 예 · the numbers are an example
# ```
#
# 1. `tokenizer`: 폴더 `small_bert`의 `BertTokenizer`. `vocabulary`: 그 `get_vocab()`, 조각에서 번호로 가는 사전.<br>
#    `tokenizer`: the `BertTokenizer` of the folder `small_bert`. `vocabulary`: its `get_vocab()`, a dict from piece to number.
# 2. `train_inputs`, `test_inputs`: `tokenizer`에 문장의 **리스트**(열에 `.tolist()`), `padding=True`, `return_tensors="pt"`를 준 결과.<br>
#    `train_inputs`, `test_inputs`: what `tokenizer` gives for the **list** of sentences (`.tolist()` of the column), with `padding=True` and
#    `return_tensors="pt"`.
# 3. `train_labels`, `test_labels`: 라벨의 텐서(정수 `int64`). · the labels as tensors of `int64`.
# 4. `base_model`: `BertForSequenceClassification.from_pretrained("small_bert", num_labels=2)`. 글을 읽는 부분은 파일에서 오고, 분류하는
#    마지막 층 `classifier`(64 x 2 + 2 = 130개)는 무작위로 새로 생깁니다.<br>
#    The part that reads comes from the file; the last layer that decides, `classifier` (64 x 2 + 2 = 130 numbers), is new and random.
# 5. `total_parameters`: `base_model`의 파라미터 수. 각 파라미터의 `numel()`을 더하세요.<br>
#    `total_parameters`: how many parameters `base_model` has; add up the `numel()` of each.

# %% [raw]
# # BEGIN SOLUTION

# %%
train = pd.read_csv("short_reviews_train.csv")
test = pd.read_csv("short_reviews_test.csv")
# tokenizer: BertTokenizer;  vocabulary: dict, 2,000 pieces
tokenizer = BertTokenizer.from_pretrained("small_bert")  # SOLUTION
vocabulary = tokenizer.get_vocab()  # SOLUTION
# train_inputs: "input_ids", "attention_mask" (240, 30);  test_inputs: (400, 31)
train_inputs = tokenizer(list(train["sentence"]), padding=True, return_tensors="pt")  # SOLUTION
test_inputs = tokenizer(list(test["sentence"]), padding=True, return_tensors="pt")  # SOLUTION
# train_labels: int64 tensor (240,);  test_labels: (400,)
train_labels = torch.tensor(train["label"].to_numpy())  # SOLUTION
test_labels = torch.tensor(test["label"].to_numpy())  # SOLUTION

# %%
# base_model: BertForSequenceClassification with two labels;  total_parameters: int
base_model = BertForSequenceClassification.from_pretrained("small_bert", num_labels=2)  # SOLUTION
total_parameters = sum(weight.numel() for weight in base_model.parameters())  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_reviews_are_batches_of_piece_numbers(train_inputs, test_inputs):
    found = []
    for value in (train_inputs, test_inputs):
        ids = value["input_ids"] if hasattr(value, "keys") and "input_ids" in value else None
        found.append(None if ids is None else tuple(getattr(ids, "shape", ())))
    cause = "아직 채우지 않았거나 문장의 리스트가 아닌 것을 주었습니다. / Not filled in yet, or something else than a list of sentences was given."
    if found[0] and len(found[0]) == 2 and found[0][0] == 240:
        cause = "padding=True가 아니라 다른 길이로 채웠습니다. / Padded to another length than padding=True does."
    message = (
        f"기댓값 expected: input_ids (240, 30), (400, 31)\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: padding=True는 가장 긴 글에 맞춥니다. / padding=True fills up to the longest text."
    )
    assert found == [(240, 30), (400, 31)], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_parameters_of_the_base(total_parameters):
    kind = type(total_parameters).__name__
    message = (
        f"기댓값 expected: 정수 an int\n실제값 got: {kind}\n"
        "원인 likely cause: 아직 채우지 않았습니다. / Not filled in yet.\n"
        "힌트 hint: parameters()를 돌며 numel()을 더하세요. / Go through parameters() and add up numel()."
    )
    assert kind in ("int", "int64"), message
    cause = "모델이나 세는 방법이 다릅니다. / It is another model, or counted in another way."
    if total_parameters == 265_152:
        cause = "분류층 130개가 빠졌습니다. BertModel을 불러왔습니다. / The classifier's 130 are missing: this is BertModel."
    elif total_parameters < 100:
        cause = "텐서의 수를 세었습니다. / These are tensors, not numbers in them."
    message = (
        f"기댓값 expected: 265,282\n실제값 got: {total_parameters:,}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 265,152 + 64 x 2 + 2"
    )
    assert total_parameters == 265_282, message

# %%
""" # BEGIN TEST CONFIG
points: 4
hidden: true
failure_message: 단어 목록, 조각의 번호, attention_mask 가운데 다른 것이 있습니다. 문장의 순서와 파일을 확인하세요. / The word list, the numbers of the pieces or the attention_mask differ. Check the order of the sentences and the files.
""" # END TEST CONFIG
def test_pieces_and_masks_of_every_review(train_inputs, test_inputs, vocabulary, reference):
    from autograder import checks
    checks.expect_equal(dict(vocabulary), dict(reference["vocabulary"]), "vocabulary")
    for name, found in (("train_inputs", train_inputs), ("test_inputs", test_inputs)):
        for key in ("input_ids", "attention_mask"):
            checks.expect_close(found[key], reference[name][key], f"{name} {key}")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 라벨이 파일의 값과 다르거나 정수 텐서가 아닙니다. / The labels are not those of the files, or not tensors of whole numbers.
""" # END TEST CONFIG
def test_labels_are_whole_numbers_in_order(train_labels, test_labels, reference):
    from autograder import checks
    for name, found in (("train_labels", train_labels), ("test_labels", test_labels)):
        kind = str(getattr(found, "dtype", type(found).__name__))
        assert "int64" in kind, f"{name}: expected int64, got {kind}"
        checks.expect_close(found, reference[name], name)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: base_model의 가중치가 small_bert 파일의 것이 아닙니다. from_pretrained로 불러왔는지 보세요. / The weights of base_model are not those of the file. See whether it was loaded by from_pretrained.
""" # END TEST CONFIG
def test_base_was_loaded_and_not_made_anew(base_model, reference):
    from autograder import checks
    checks.expect_parameter_total(base_model, 265_282)
    checks.expect_same_weights(base_model, reference["base_model"], but=("classifier",))

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. 전체 미세조정 · Full fine-tuning
#
# 먼저 기준을 세웁니다. 모든 가중치를 학습하는 방법입니다. PyTorch의 학습 한 걸음은 늘 같은 네 줄이며, 뒤의 단계에서도 이 함수를 그대로
# 씁니다.
#
# First the yardstick: train all weights. One training step in PyTorch is always the same four lines, and all later steps
# use this very function:
#
# ```text
#  output.loss ─backward─► .grad of each weight ─step─► weights move ─zero_grad─► next batch
# ```
#
# | 줄 · line | 무엇을 · what it does |
# |---|---|
# | `output = model(input_ids=…, attention_mask=…, labels=…)` | 라벨을 주면 손실까지 구합니다 · with labels it works out the loss as well |
# | `output.loss`의 `backward` | 가중치마다 기울기를 구합니다 · finds the gradient of every weight |
# | `optimizer`의 `step` | 기울기를 따라 움직입니다 · moves the weights along it |
# | `optimizer`의 `zero_grad` | 기울기를 지웁니다. 잊으면 쌓입니다 · clears it; forgotten, gradients pile up |
#
# 아래 세 가지는 인자 없이 부르는 메서드입니다. · The last three are methods, called without arguments.
#
# `train_model`은 모델을 **그 자리에서** 학습하고, 에포크마다의 평균 손실을 리스트로 돌려줍니다. `accuracy`는 기울기 없이
# (`torch.no_grad()`) 점수 `logits`(n, 2)를 구하고, 글마다 점수가 큰 쪽을 답으로 골라, 맞은 비율을 `float`로 돌려줍니다.
#
# `train_model` trains the model **in place** and returns the mean loss of each epoch as a list. `accuracy` gets the scores `logits` (n, 2)
# without gradients (`torch.no_grad()`), takes the higher score of each review as the answer, and returns the share that is right, a `float`.
#
# `train_model` 안의 `model.train()`은 드롭아웃처럼 학습할 때만 하는 일을 켜고, `model.eval()`은 끕니다. 이 BERT는 드롭아웃이 0이라 답이 같지만,
# 다른 모델에서 `eval`을 잊으면 부를 때마다 답이 달라집니다.
#
# Inside `train_model`, `model.train()` switches on what is for training only, such as dropout, and `model.eval()` switches it off. This BERT
# has a dropout of 0 and gives the same answers either way; forget `eval` with another model, and its answers change from call to call.
#
# **먼저 한 묶음으로.** 오래 학습하기 전에 후기 16편만으로 다섯 걸음을 걸어 봅니다. 손실이 내려가지 않으면 네 줄 가운데 무엇이 틀린
# 것입니다. 먼저 `train_inputs`의 두 텐서(`input_ids`, `attention_mask`)에서 앞의 16줄씩을, 같은 이름으로 사전 `first_batch`에 담으세요. 이것과
# 그 라벨을 `train_model`에 주어 5 에포크, 학습률 `1e-3`으로 학습하고 손실을 `practice_losses`에 담으세요. 모델은
# `base_model`의 **복사본**(`copy.deepcopy(base_model)`)을 쓰세요. `base_model`은 그대로 남아야 합니다.
#
# **One batch first.** Before a long training take five steps on 16 reviews only. If the loss does not fall, something is wrong with the four
# lines. First put the first 16 rows of the two tensors of `train_inputs` (`input_ids`, `attention_mask`) into the dict `first_batch`, under the
# same names. Give it and its labels to `train_model`, for 5 epochs at a learning rate of `1e-3`, and keep the losses in
# `practice_losses`. The model is a **copy** of `base_model` (`copy.deepcopy(base_model)`); `base_model` itself has to stay as it is.
#
# **그다음 전체로.** `load_base()`로 새 모델을 얻어 `full_model`에 담고, `train_model`로 8 에포크, 학습률 `5e-4`로 학습하세요. 손실은
# `full_losses`, 시험 후기의 정확도는 `full_accuracy`입니다.
#
# **Then all of them.** Get a fresh model from `load_base()` as `full_model` and train it with `train_model` for 8 epochs at a learning rate of `5e-4`. Keep the losses
# in `full_losses` and the accuracy on the test reviews in `full_accuracy`.

# %% [raw]
# # BEGIN SOLUTION

# %%
def train_model(model, inputs, labels, epochs, learning_rate):
    """Train in place what is trainable, 16 reviews at a time; the mean loss of each epoch, a list."""
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=learning_rate)
    losses = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(labels)).split(16):
            output = model(
                input_ids=inputs["input_ids"][rows],
                attention_mask=inputs["attention_mask"][rows],
                labels=labels[rows],
            )
            # backward, step, zero_grad
            # BEGIN SOLUTION
            output.loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            # END SOLUTION
            total += output.loss.item() * len(rows)
        losses.append(total / len(labels))
    model.eval()
    return losses


# %%
def accuracy(model, inputs, labels):
    """The share of reviews whose higher score is the right one, a float from 0 to 1."""
    # BEGIN SOLUTION
    with torch.no_grad():
        logits = model(input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"]).logits
    return (logits.argmax(-1) == labels).float().mean().item()
    # END SOLUTION


# %%
def load_base():
    """A fresh small_bert with a new classifier; each method gets its own."""
    return BertForSequenceClassification.from_pretrained("small_bert", num_labels=2)


# first_batch: the first 16 reviews;  practice_losses: list of 5 floats
first_batch = {"input_ids": train_inputs["input_ids"][:16], "attention_mask": train_inputs["attention_mask"][:16]}  # SOLUTION
practice_losses = train_model(copy.deepcopy(base_model), first_batch, train_labels[:16], epochs=5, learning_rate=1e-3)  # SOLUTION
print(practice_losses)

# %%
# full_model: trained;  full_losses: list of 8 floats;  full_accuracy: float
full_model = load_base()  # SOLUTION
full_losses = train_model(full_model, train_inputs, train_labels, epochs=8, learning_rate=5e-4)  # SOLUTION
full_accuracy = accuracy(full_model, test_inputs, test_labels)  # SOLUTION
print(full_losses, full_accuracy)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_five_steps_on_one_batch(practice_losses):
    count = len(practice_losses) if isinstance(practice_losses, (list, tuple)) else 0
    message = (
        f"기댓값 expected: 손실 5개 5 losses\n실제값 got: {type(practice_losses).__name__}, {count}\n"
        "원인 likely cause: 아직 채우지 않았거나 epochs가 5가 아닙니다. / Not filled in yet, or epochs is not 5."
    )
    assert count == 5, message
    first, last = float(practice_losses[0]), float(practice_losses[-1])
    message = (
        f"기댓값 expected: 내려가는 손실 a falling loss\n실제값 got: {first:.4f} → {last:.4f}\n"
        "원인 likely cause: backward나 step이 빠져 가중치가 움직이지 않습니다. / backward or step is missing, so no weight moves.\n"
        "힌트 hint: 한 걸음의 네 줄을 표와 비교하세요. / Compare the lines of a step with the table."
    )
    assert last < first, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_losses_fall_over_the_epochs(full_losses):
    count = len(full_losses) if isinstance(full_losses, (list, tuple)) else 0
    message = (
        f"기댓값 expected: 손실 8개 8 losses\n실제값 got: {type(full_losses).__name__}, {count}\n"
        "원인 likely cause: 학습하지 않았거나 epochs가 다릅니다. / Nothing was trained, or epochs differs."
    )
    assert count == 8, message
    first, last = float(full_losses[0]), float(full_losses[-1])
    message = (
        f"기댓값 expected: 마지막이 처음의 절반 이하 the last at most half the first\n실제값 got: {first:.3f} → {last:.3f}\n"
        "원인 likely cause: 학습률이 다르거나, zero_grad가 없어 기울기가 쌓입니다. / Another learning rate, or without zero_grad gradients pile up.\n"
        "힌트 hint: 한 걸음의 네 줄과 train_model에 준 값을 본문과 비교하세요. / Compare the lines of a step, and what train_model was given, with the text."
    )
    assert last < 0.5 * first, message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_accuracy_is_a_share(full_accuracy):
    kind = type(full_accuracy).__name__
    message = (
        f"기댓값 expected: float, 0 ... 1\n실제값 got: {kind}\n"
        "원인 likely cause: 아직 채우지 않았거나 텐서를 그대로 돌려줍니다. / Not filled in, or a tensor is returned as it is.\n"
        "힌트 hint: 텐서의 item()은 파이썬 수를 줍니다. / item() of a tensor gives a Python number."
    )
    assert kind in ("float", "float32", "float64"), message
    message = (
        f"기댓값 expected: 0 ... 1\n실제값 got: {float(full_accuracy):g}\n"
        "원인 likely cause: 퍼센트이거나 맞은 개수입니다. / It is a percentage, or the number of right answers."
    )
    assert 0 <= float(full_accuracy) <= 1, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 전체 미세조정에서는 265,282개를 모두 학습하고, 모든 층이 움직여야 합니다. / Full fine-tuning trains all 265,282 parameters, and every layer has to move.
""" # END TEST CONFIG
def test_every_layer_of_the_full_model_has_moved(full_model, reference):
    from autograder import checks
    import numpy as np
    checks.expect_all_trainable(full_model, 265_282)
    before = {name: np.asarray(one.detach()) for name, one in reference["base_model"].named_parameters()}
    still = [
        name for name, one in full_model.named_parameters()
        if not name.startswith("classifier") and np.array_equal(np.asarray(one.detach()), before[name])
    ]
    assert not still, f"expected all tensors to move, these did not: {still[:3]}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: full_accuracy가 full_model이 시험 후기에서 내는 정확도와 다릅니다. accuracy 함수와 자료를 확인하세요. / full_accuracy is not the accuracy of full_model on the test reviews. Check the function accuracy and the data.
""" # END TEST CONFIG
def test_full_accuracy_is_that_of_the_model(full_model, full_accuracy, test_inputs, test_labels, reference):
    from autograder import checks
    inputs = {key: reference["test_inputs"][key] for key in ("input_ids", "attention_mask")}
    measured = checks.accuracy(full_model, inputs, reference["test_labels"])
    checks.expect_close(full_accuracy, measured, "full_accuracy", tolerance=0.006)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 시험 후기의 정확도가 기준보다 낮습니다. 사전학습 가중치에서 시작했는지, 학습이 제대로 되었는지 보세요. / The accuracy on the test reviews is below the threshold. See whether it began from the pretrained weights and was trained.
""" # END TEST CONFIG
def test_full_model_understands_words_without_labels(full_model, test_inputs, test_labels, reference, calibration):
    from autograder import checks
    inputs = {key: reference["test_inputs"][key] for key in ("input_ids", "attention_mask")}
    measured = checks.accuracy(full_model, inputs, reference["test_labels"])
    checks.expect_above(measured, calibration["full_accuracy"], "accuracy of full_model")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: practice_losses가 base_model에서 시작한 다섯 걸음의 손실이 아닙니다. 한 걸음의 네 줄, 특히 zero_grad를 보고, base_model의 복사본으로 했는지 확인하세요. / practice_losses are not the losses of five steps from base_model. See the four lines of a step, zero_grad above all, and whether a copy of base_model was used.
""" # END TEST CONFIG
def test_each_step_follows_its_own_gradient(practice_losses, base_model, train_inputs, train_labels, reference):
    import copy
    import torch
    from autograder import checks
    again = copy.deepcopy(base_model).train()
    batch = {key: torch.as_tensor(checks.as_array(reference["train_inputs"][key])[:16]) for key in ("input_ids", "attention_mask")}
    answers = torch.as_tensor(checks.as_array(reference["train_labels"])[:16])
    stepper = torch.optim.AdamW(again.parameters(), lr=1e-3)
    wanted = []
    for _ in range(5):
        stepper.zero_grad()
        loss = again(**batch, labels=answers).loss
        loss.backward()
        stepper.step()
        wanted.append(loss.item())
    checks.expect_close(practice_losses, wanted, "practice_losses", tolerance=0.002)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: full_model이 학습한 글이 학습 후기가 아닙니다. 학습 후기에만 나오는 낱말의 벡터는 움직이고, 시험 후기에만 나오는 낱말의 벡터는 그대로여야 합니다. / full_model was not trained on the training reviews. The vectors of words that occur there only have to move, those of words of the test reviews have to stay.
""" # END TEST CONFIG
def test_full_model_has_met_the_words_of_the_training_reviews(full_model, base_model, train_inputs, test_inputs, reference):
    import numpy as np
    from autograder import checks
    name = "bert.embeddings.word_embeddings.weight"
    after, before = (dict(one.named_parameters())[name] for one in (full_model, reference["base_model"]))
    distance = np.abs(checks.as_array(after) - checks.as_array(before)).mean(axis=1)
    pieces = {part: set(checks.as_array(reference[f"{part}_inputs"]["input_ids"]).ravel().tolist()) for part in ("train", "test")}
    met = distance[sorted(pieces["train"] - pieces["test"])].mean()
    unmet = distance[sorted(pieces["test"] - pieces["train"])].mean()
    assert unmet <= 0.2 * met, f"mean change of the word vectors: training reviews only {met:.5f}, test reviews only {unmet:.5f}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 미리 읽지 않았다면 · Without having read before
#
# 2단계의 정확도는 어디서 왔을까요? 240편의 라벨에서일까요, 라벨 없는 4만 편에서일까요? 알아보는 길은 하나입니다. **모든 것을
# 같게 두고 읽은 기억만 지우는 것**입니다. 같은 설정으로 만들되 가중치가 무작위인 `random_model`을 같은 방법으로 학습하세요.
#
# Where does the accuracy of step 2 come from, the 240 labels or the 40,000 reviews without labels? There is one way to find out: **keep
# everything the same and take away only the memory of reading**. Make a `random_model` of the same configuration with random
# weights, and train it in the same way.
#
# - `random_config`: `BertConfig.from_pretrained("small_bert", num_labels=2)`. 설정만 읽고 가중치는 읽지 않습니다.<br>
#   It reads the configuration only, no weights.
# - `random_model`: `BertForSequenceClassification(random_config)`
# - `random_losses`, `random_accuracy`: 2단계와 같은 에포크, 같은 학습률 · the same epochs and learning rate as in step 2
# - `pretraining_gain`: `full_accuracy`에서 `random_accuracy`를 뺀 값, `float` · `full_accuracy` less `random_accuracy`, a `float`
#
# 우리가 40번 실행한 평균은 사전학습한 모델이 **0.986**, 무작위 모델이 **0.521**입니다. 무작위 모델도 학습 후기는 거의 다
# 외우지만(손실을 보세요), 처음 보는 낱말 앞에서는 동전 던지기와 같습니다.
#
# Over our 40 runs the pretrained model had **0.986** on average and the random one **0.521**. The random model, too, learns the
# training reviews nearly by heart (see its losses), but before words it has never seen it might as well toss a coin.

# %% [raw]
# # BEGIN SOLUTION

# %%
# random_config: BertConfig;  random_model: the same architecture, random weights, then trained
random_config = BertConfig.from_pretrained("small_bert", num_labels=2)  # SOLUTION
random_model = BertForSequenceClassification(random_config)  # SOLUTION
# random_losses: list of 8 floats;  random_accuracy, pretraining_gain: float
random_losses = train_model(random_model, train_inputs, train_labels, epochs=8, learning_rate=5e-4)  # SOLUTION
random_accuracy = accuracy(random_model, test_inputs, test_labels)  # SOLUTION
pretraining_gain = full_accuracy - random_accuracy  # SOLUTION
print(random_losses, random_accuracy, pretraining_gain)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_random_model_is_of_the_same_size(random_model):
    count = sum(weight.numel() for weight in random_model.parameters()) if hasattr(random_model, "parameters") else 0
    message = (
        f"기댓값 expected: 265,282\n실제값 got: {type(random_model).__name__}, {count:,}\n"
        "원인 likely cause: 아직 만들지 않았거나 설정이 small_bert의 것이 아닙니다. / Not made yet, or of another configuration than small_bert's.\n"
        "힌트 hint: 비교하려면 가중치만 다르고 나머지는 같아야 합니다. / For a comparison only the weights may differ."
    )
    assert count == 265_282, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_random_model_was_trained_alike(random_losses):
    count = len(random_losses) if isinstance(random_losses, (list, tuple)) else 0
    message = (
        f"기댓값 expected: 손실 8개 8 losses\n실제값 got: {type(random_losses).__name__}, {count}\n"
        "원인 likely cause: 학습하지 않았거나 에포크가 다릅니다. / It was not trained, or for another number of epochs."
    )
    assert count == 8, message
    first, last = float(random_losses[0]), float(random_losses[-1])
    message = (
        f"기댓값 expected: 마지막이 처음의 절반 이하 the last at most half the first\n실제값 got: {first:.3f} → {last:.3f}\n"
        "원인 likely cause: 학습률이 다르거나 다른 모델을 학습했습니다. / Another learning rate, or another model was trained."
    )
    assert last < 0.5 * first, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: random_model이 무작위 가중치에서 시작하지 않았습니다. from_pretrained 없이 설정으로만 만드세요. / random_model did not start from random weights. Make it from the configuration alone, without from_pretrained.
""" # END TEST CONFIG
def test_random_model_has_not_read_anything(random_model, base_model, reference):
    import numpy as np
    from autograder import checks
    assert checks.same_structure(random_model, reference["base_model"]), "expected the architecture of base_model, got another one"
    name = "bert.embeddings.word_embeddings.weight"
    one, other = (
        np.asarray(dict(model.named_parameters())[name].detach(), dtype=float).ravel()
        for model in (random_model, reference["base_model"])
    )
    likeness = float(np.corrcoef(one, other)[0, 1])
    assert likeness < 0.3, f"word embeddings: expected a correlation near 0 with the pretrained ones, got {likeness:.2f}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: random_accuracy가 random_model이 시험 후기에서 내는 정확도와 다르거나, 읽은 적이 없는 모델치고 너무 높습니다. / random_accuracy is not the accuracy of random_model on the test reviews, or too high for a model that has read nothing.
""" # END TEST CONFIG
def test_random_accuracy_is_that_of_the_model(random_model, random_accuracy, test_inputs, test_labels, reference, calibration):
    from autograder import checks
    inputs = {key: reference["test_inputs"][key] for key in ("input_ids", "attention_mask")}
    measured = checks.accuracy(random_model, inputs, reference["test_labels"])
    checks.expect_close(random_accuracy, measured, "random_accuracy", tolerance=0.006)
    checks.expect_within(measured, 0.0, calibration["random_accuracy"], "accuracy of random_model")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 사전학습의 이득이 기준보다 작거나, 두 정확도의 차가 아닙니다. / The gain from pretraining is below the threshold, or is not the difference of the two accuracies.
""" # END TEST CONFIG
def test_reading_before_is_worth_it(pretraining_gain, full_accuracy, random_accuracy, calibration):
    from autograder import checks
    checks.expect_close(pretraining_gain, float(full_accuracy) - float(random_accuracy), "pretraining_gain", tolerance=1e-6)
    checks.expect_above(pretraining_gain, calibration["full_accuracy"] - calibration["random_accuracy"], "pretraining_gain")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. LoRA를 손으로 · LoRA by hand
#
# 라이브러리를 쓰기 전에 NumPy로 한 번 해 봅니다. 입력 `x`는 행마다 낱말 조각 하나(n, d_in), 얼린 `W`는 (d_out, d_in), `A`는
# (r, d_in), `B`는 (d_out, r)입니다. 행으로 쓰면 전치가 붙습니다.
#
# Before using a library, do it once in NumPy. The input `x` has one row per word piece (n, d_in), the frozen `W` is (d_out, d_in), `A`
# is (r, d_in) and `B` is (d_out, r). Written for rows, the matrices are transposed:
#
# $$h = x W^\top + \frac{\alpha}{r}\,(x A^\top)\,B^\top$$
#
# 괄호가 중요합니다. `B A`를 먼저 곱하면 큰 행렬이 생기지만, `x A^T`부터 구하면 중간에 수가 `r`개뿐입니다.
#
# The brackets matter: multiply `B A` first and you get a large matrix, but start with `x A^T` and there are only `r` numbers in between.
#
# **작은 예 · A small example** (d_in = 2, d_out = 2, r = 1, α = 2):
#
# ```text
#  x = [1, 2]    W = [[1, 0],     A = [[1, 1]]     B = [[ 0.5],
#                     [0, 1]]                           [-1.0]]
#
#  x Wᵀ = [1, 2]        x Aᵀ = [3]        (x Aᵀ) Bᵀ = [1.5, -3]        α/r = 2
#  h    = [1, 2] + 2 · [1.5, -3] = [4, -4]
# ```
#
# - `lora_output(x, W, A, B, alpha)`: 위의 `h`, (n, d_out). `r`은 `A`의 모양에서 읽으세요. · the `h` above; read `r` from the shape of `A`.
# - `lora_parameters(d_in, d_out, r)`: `A`와 `B`의 수를 더한 정수. 64, 64, 8이면 1,024입니다. · how many numbers `A` and `B` have
#   together, an int; 1,024 for 64, 64, 8.

# %% [raw]
# # BEGIN SOLUTION

# %%
def lora_output(x, W, A, B, alpha):
    """x (n, d_in), W (d_out, d_in), A (r, d_in), B (d_out, r) → array (n, d_out)."""
    # BEGIN SOLUTION
    r = A.shape[0]
    return x @ W.T + alpha / r * (x @ A.T) @ B.T
    # END SOLUTION


# %%
def lora_parameters(d_in, d_out, r):
    """The numbers that LoRA of rank r learns for one d_out x d_in matrix, an int."""
    # BEGIN SOLUTION
    return r * (d_in + d_out)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_the_small_example(lora_output):
    import numpy as np
    x, W, A = np.array([[1.0, 2.0]]), np.eye(2), np.array([[1.0, 1.0]])
    found = lora_output(x, W, A, np.array([[0.5], [-1.0]]), 2)
    message = (
        f"기댓값 expected: [[4, -4]]\n실제값 got: {type(found).__name__}\n"
        "원인 likely cause: return이 없습니다. / There is no return."
    )
    assert found is not None and found is not Ellipsis, message
    values = np.asarray(found, dtype=float).round(4).tolist()
    cause = "행렬의 방향이나 순서를 보세요. / Look at the direction and the order of the matrices."
    if values == [[2.5, -1.0]]:
        cause = "α/r을 곱하지 않았습니다. / α/r is missing."
    elif values == [[3.0, -6.0]]:
        cause = "x Wᵀ을 더하지 않았습니다. / x Wᵀ was not added."
    message = (
        f"기댓값 expected: [[4, -4]]\n실제값 got: {values}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 예의 네 줄을 차례로 출력해 보세요. / Print the lines of the example one by one."
    )
    assert values == [[4.0, -4.0]], message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_numbers_that_learn_in_one_matrix(lora_parameters):
    found = lora_parameters(64, 64, 8)
    message = (
        f"기댓값 expected: 1,024\n실제값 got: {found}\n"
        "원인 likely cause: A와 B 가운데 하나만 세었거나 W를 함께 세었습니다. / Only one of A and B was counted, or W as well.\n"
        "힌트 hint: A는 r x d_in, B는 d_out x r입니다. / A is r x d_in, B is d_out x r."
    )
    assert found == 1024, message

# %%
""" # BEGIN TEST CONFIG
points: 5
hidden: true
failure_message: 다른 크기의 행렬과 다른 r에서 결과가 다르거나, B가 0일 때 원래의 층과 같지 않습니다. α를 r로 나누었는지, r을 A에서 읽었는지 보세요. / With matrices of other sizes and another r the result is wrong, or with B at 0 it is not that of the layer alone. See whether α is divided by r, and r is read from A.
""" # END TEST CONFIG
def test_lora_on_other_sizes_and_ranks(lora_output):
    import numpy as np
    from autograder import checks
    draw = np.random.default_rng(4)
    for n, d_in, d_out, r, alpha in ((5, 6, 3, 2, 16), (1, 4, 9, 3, 6.0), (7, 8, 8, 8, 1)):
        x, W = draw.normal(size=(n, d_in)), draw.normal(size=(d_out, d_in))
        A, B = draw.normal(size=(r, d_in)), draw.normal(size=(d_out, r))
        checks.expect_close(lora_output(x, W, A, B, alpha), x @ (W + alpha / r * B @ A).T, f"lora_output, r = {r}", tolerance=1e-4)
        checks.expect_close(lora_output(x, W, A, 0 * B, alpha), x @ W.T, "lora_output with B = 0", tolerance=1e-4)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 정사각이 아닌 행렬에서 파라미터의 수가 다릅니다. / For matrices that are not square the number of parameters is wrong.
""" # END TEST CONFIG
def test_numbers_that_learn_in_any_matrix(lora_parameters):
    from autograder import checks
    for sizes in ((64, 256, 8), (4096, 4096, 8), (768, 3072, 16), (10, 1, 1)):
        d_in, d_out, r = sizes
        checks.expect_close(lora_parameters(*sizes), r * d_in + d_out * r, f"lora_parameters{sizes}", tolerance=0.0)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. LoRA를 BERT에 · LoRA in BERT
#
# `peft`는 모델의 층을 이름으로 찾아 옆에 `A`, `B`를 끼워 넣습니다. 우리 BERT의 층마다 어텐션에 `query`, `key`, `value`가 있고,
# 처음 LoRA 논문처럼 그중 `query`와 `value`에만 넣습니다.
#
# `peft` finds layers of a model by name and puts `A` and `B` beside them. Each layer of our BERT has `query`, `key` and `value` in its
# attention; as in the first LoRA paper, only `query` and `value` get them.
#
# ```text
#  층 2개 x (query, value) x 1,024  =  4,096      2 layers x (query, value) x 1,024
#  분류층 classifier  64 x 2 + 2    =    130      새것: 모두 배움 · new: all of it learns
#                                    ───────
#  배우는 수 trainable                 4,226      전부 total  265,282 + 4,226 = 269,508
# ```
#
# 전부를 셀 때 분류층이 두 번 들어갑니다. `peft`는 원래 분류층을 얼린 채 두고, 배우는 **복사본**을 하나 더 만들기 때문입니다.
#
# The classifier is in the total twice: `peft` keeps the original, frozen, and makes a **copy** that learns.
#
# 1. `lora_config`: `LoraConfig`에 `task_type="SEQ_CLS"`(글 하나를 분류; 분류층도 함께 배움), `r=8`, `lora_alpha=16`,
#    `target_modules=["query", "value"]`를 주세요. · Give `LoraConfig` these four; `SEQ_CLS` means to classify a text, and that the classifier learns, too.
# 2. `lora_model`: **새** 모델 `load_base()`와 설정을 `get_peft_model`에 준 결과. `get_peft_model`은 받은 모델 안을 바꾸므로, 이미 쓴
#    모델을 다시 주면 어댑터가 겹칩니다. · what `get_peft_model` gives for a **fresh** `load_base()` and the configuration. It changes the model it
#    gets from inside; give it one that was used before, and the adapters pile up.
# 3. `lora_trainable`, `lora_total`: 배우는 수와 전부(정수). `lora_model.get_nb_trainable_parameters()`가 둘을 돌려줍니다.<br>
#    The numbers that learn and all of them, two ints; `lora_model.get_nb_trainable_parameters()` returns both.
# 4. `train_model`로 5 에포크, 학습률 `3e-3`로 학습해 `lora_losses`와 `lora_accuracy`를 구하세요. 배우는 수가 적고 `B`가
#    0에서 시작하므로, 학습률은 전체 미세조정보다 큽니다. · Train for 5 epochs at `3e-3`, and keep `lora_losses` and `lora_accuracy`. Few
#    numbers learn, and `B` starts at 0, so the learning rate is larger than for full fine-tuning.

# %% [raw]
# # BEGIN SOLUTION

# %%
# lora_config: LoraConfig;  lora_model: small_bert with adapters, then trained
lora_config = LoraConfig(task_type="SEQ_CLS", r=8, lora_alpha=16, target_modules=["query", "value"])  # SOLUTION
lora_model = get_peft_model(load_base(), lora_config)  # SOLUTION
# lora_trainable, lora_total: int
lora_trainable = lora_model.get_nb_trainable_parameters()[0]  # SOLUTION
lora_total = lora_model.get_nb_trainable_parameters()[1]  # SOLUTION
# lora_losses: list of 5 floats;  lora_accuracy: float
lora_losses = train_model(lora_model, train_inputs, train_labels, epochs=5, learning_rate=3e-3)  # SOLUTION
lora_accuracy = accuracy(lora_model, test_inputs, test_labels)  # SOLUTION
print(lora_trainable, lora_total, lora_losses, lora_accuracy)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: false
""" # END TEST CONFIG
def test_few_numbers_learn(lora_trainable, lora_total):
    found = (lora_trainable, lora_total)
    message = (
        f"기댓값 expected: (4226, 269508)\n실제값 got: {tuple(type(one).__name__ for one in found)}\n"
        "원인 likely cause: 아직 채우지 않았습니다. / Not filled in yet."
    )
    assert all(isinstance(one, int) for one in found), message
    causes = {
        4096: "분류층이 함께 배우지 않습니다. task_type을 보세요. / The classifier does not learn. See task_type.",
        6274: "query, key, value 셋 모두에 넣었습니다. / Adapters are in query, key and value, all three.",
        2178: "한 층에만, 또는 query와 value 가운데 하나에만 넣었습니다. / Only in one layer, or in one of query and value.",
        8322: "r이 8이 아니라 16입니다. / r is 16, not 8.",
        4482: "DoRA입니다. 7단계에서 합니다. / This is DoRA; it comes in step 7.",
        265282: "peft를 거치지 않아 모두 배웁니다. / Without peft, everything learns.",
        269508: "얼린 가중치를 다시 켰습니다. / The frozen weights were switched on again.",
    }
    message = (
        f"기댓값 expected: (4226, 269508)\n실제값 got: {found}\n"
        f"원인 likely cause: {causes.get(lora_trainable, 'r이나 target_modules가 다릅니다. / r or target_modules differs.')}\n"
        "힌트 hint: 층 2개 x 행렬 2개 x 1,024 + 130. / 2 layers x 2 matrices x 1,024 + 130."
    )
    assert found == (4226, 269_508), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: lora_model에서 배우는 수가 4,226이 아니거나 전부가 269,508이 아닙니다. / In lora_model not 4,226 of 269,508 parameters are trainable.
""" # END TEST CONFIG
def test_lora_model_has_these_parameters(lora_model):
    from autograder import checks
    checks.expect_parameter_total(lora_model, 269_508, trainable=4_226)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 어댑터가 query와 value 아닌 곳에 있거나 한쪽에 없습니다. / Adapters are elsewhere than in query and value, or missing in one of them.
""" # END TEST CONFIG
def test_adapters_are_in_query_and_value(lora_model):
    names = [name for name, _ in lora_model.named_parameters() if "lora_" in name]
    places = sorted({(name.split(".layer.")[1].split(".")[0], name.split(".lora_")[0].rsplit(".", 1)[1]) for name in names if ".layer." in name})
    wanted = [(layer, part) for layer in ("0", "1") for part in ("query", "value")]
    assert places == wanted and len(names) == 8, f"expected A and B in {wanted}, got {places}, {len(names)} matrices"
    config = getattr(lora_model, "peft_config", {}).get("default")
    assert config is not None, f"expected a model with adapters from get_peft_model, got {type(lora_model).__name__}"
    assert (config.r, config.lora_alpha, bool(config.use_dora)) == (8, 16, False), (
        f"expected r 8, lora_alpha 16, no DoRA, got r {config.r}, lora_alpha {config.lora_alpha}, use_dora {config.use_dora}"
    )

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 얼린 가중치가 small_bert의 것과 다릅니다. 새 load_base()에서 시작했는지 보세요. / The frozen weights are not those of small_bert. See whether you began with a fresh load_base().
""" # END TEST CONFIG
def test_lora_left_the_base_as_it_was(lora_model, reference):
    from autograder import checks
    checks.expect_same_weights(lora_model, reference["lora_model"], but=("lora_A", "lora_B", "classifier"))

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 학습 한 걸음에서 어댑터와 분류층만 움직여야 합니다. / In one training step only adapters and classifier may move.
""" # END TEST CONFIG
def test_a_step_moves_adapters_and_classifier_only(lora_model, train_inputs, train_labels, reference):
    import numpy as np
    from autograder import checks
    batch = {key: np.asarray(reference["train_inputs"][key])[:16] for key in ("input_ids", "attention_mask")}
    changes = checks.step_changes(lora_model, batch, np.asarray(reference["train_labels"])[:16])
    moved = {name for name, has_moved in changes.items() if has_moved}
    strangers = sorted(name for name in moved if "lora_" not in name and "modules_to_save" not in name)
    assert not strangers, f"expected only adapters and classifier to move, got {strangers[:3]}"
    idle = sorted(name for name in changes if ("lora_" in name or "modules_to_save" in name) and name not in moved)
    assert not idle, f"expected all adapters and the classifier to move, these stayed: {idle[:3]}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: lora_accuracy가 lora_model이 시험 후기에서 내는 정확도와 다릅니다. / lora_accuracy is not the accuracy of lora_model on the test reviews.
""" # END TEST CONFIG
def test_lora_accuracy_is_that_of_the_model(lora_model, lora_accuracy, test_inputs, test_labels, reference):
    from autograder import checks
    inputs = {key: reference["test_inputs"][key] for key in ("input_ids", "attention_mask")}
    measured = checks.accuracy(lora_model, inputs, reference["test_labels"])
    checks.expect_close(lora_accuracy, measured, "lora_accuracy", tolerance=0.006)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: LoRA로 학습한 모델의 정확도가 기준보다 낮습니다. 학습률과 에포크를 확인하세요. / The accuracy of the model trained by LoRA is below the threshold. Check learning rate and epochs.
""" # END TEST CONFIG
def test_lora_has_learnt_the_task(lora_model, test_inputs, test_labels, reference, calibration):
    from autograder import checks
    inputs = {key: reference["test_inputs"][key] for key in ("input_ids", "attention_mask")}
    measured = checks.accuracy(lora_model, inputs, reference["test_labels"])
    checks.expect_above(measured, calibration["lora_accuracy"], "accuracy of lora_model")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. 합치고 저장하기 · Merge, and save
#
# 어댑터는 두 가지로 쓸 수 있습니다. **합치면** `W + (α/r) B A`를 미리 계산해 보통의 BERT가 되고, 실행 속도도 원래와 같습니다.
# **따로 저장하면** 파일에 배운 수만 들어가서, 큰 모델 하나에 과제마다 작은 파일 하나면 됩니다.
#
# Adapters can be used in two ways. **Merged**, `W + (α/r) B A` is worked out once and the result is an ordinary BERT, as fast as before.
# **Saved apart**, the file holds only what was learnt: one large model, and one small file for each task.
#
# - `merged_model`: `lora_model`의 **복사본**에 `merge_and_unload()`를 부른 결과. 이 메서드는 모델을 안에서 바꾸므로
#   `copy.deepcopy(lora_model)`로 먼저 복사하세요. `lora_model`은 그대로 남아야 합니다.<br>
#   What `merge_and_unload()` gives for a **copy** of `lora_model`. It changes the model from inside, so make a `copy.deepcopy(lora_model)` first;
#   `lora_model` itself has to stay as it is.
# - `max_difference`: 시험 후기 모두에서 두 모델의 `logits`가 가장 크게 다른 만큼(`float`). 반올림 오차뿐이므로 0.0001보다 작습니다.
#   두 모델 모두 `accuracy`에서처럼 `torch.no_grad()` 안에서 부르세요.<br>
#   By how much the `logits` of the two differ at most over all test reviews, a `float`. Rounding is all that differs, so it is below 0.0001.
#   Call both under `torch.no_grad()`, as in `accuracy`.
# - `adapter_bytes`: `lora_model`의 `save_pretrained` 메서드로 폴더 `lora_adapter`에 저장하고, 거기 생긴 `adapter_model.safetensors`의 크기.<br>
#   Save `lora_model` into the folder `lora_adapter` by its method `save_pretrained`, and take the size of `adapter_model.safetensors` in it.
# - `full_bytes`: `merged_model`을 같은 방법으로 폴더 `merged`에 저장하고, 거기 생긴 `model.safetensors`의 크기(둘 다 정수, 바이트).<br>
#   Save `merged_model` into the folder `merged` in the same way, and take the size of `model.safetensors` in it; both ints, in bytes.
#
# 파일의 크기는 `Path(...).stat().st_size`로 압니다. 수 하나가 4바이트이니, 실행하기 전에 먼저 어림해 보세요. 4,226개와 265,282개입니다.
#
# `Path(...).stat().st_size` tells a file's size. A number takes 4 bytes: estimate both before you run the cell, for 4,226 and 265,282 numbers.

# %% [raw]
# # BEGIN SOLUTION

# %%
# merged_model: BertForSequenceClassification without adapters;  max_difference: float
merged_model = copy.deepcopy(lora_model).merge_and_unload()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
with torch.no_grad():
    both = [model(**test_inputs).logits for model in (lora_model, merged_model)]
# END SOLUTION
max_difference = (both[0] - both[1]).abs().max().item()  # SOLUTION

# %%
# adapter_bytes, full_bytes: int
# BEGIN SOLUTION NO PROMPT
lora_model.save_pretrained("lora_adapter")
merged_model.save_pretrained("merged")
# END SOLUTION
adapter_bytes = Path("lora_adapter/adapter_model.safetensors").stat().st_size  # SOLUTION
full_bytes = Path("merged/model.safetensors").stat().st_size  # SOLUTION
print(max_difference, adapter_bytes, full_bytes)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_merged_model_is_an_ordinary_bert(merged_model):
    names = [name for name, _ in merged_model.named_parameters()] if hasattr(merged_model, "named_parameters") else []
    count = sum(weight.numel() for weight in merged_model.parameters()) if names else 0
    cause = "merge_and_unload의 결과를 담지 않았습니다. / The result of merge_and_unload was not kept."
    if any("lora_" in name for name in names):
        cause = "어댑터가 아직 따로 있습니다. / The adapters are still apart."
    message = (
        f"기댓값 expected: 265,282 parameters, no adapters\n실제값 got: {type(merged_model).__name__}, {count:,}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: merge_and_unload는 합친 모델을 돌려줍니다. / merge_and_unload returns the merged model."
    )
    assert count == 265_282 and not any("lora_" in name for name in names), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_sizes_in_bytes(adapter_bytes, full_bytes):
    found = (adapter_bytes, full_bytes)
    message = (
        f"기댓값 expected: 정수 둘 two ints\n실제값 got: {tuple(type(one).__name__ for one in found)}\n"
        "원인 likely cause: 아직 채우지 않았습니다. / Not filled in yet."
    )
    assert all(isinstance(one, int) for one in found), message
    cause = "다른 파일을 재었습니다. / Another file was measured."
    if adapter_bytes > 500_000:
        cause = "어댑터가 아니라 모델 전체의 크기입니다. / This is the whole model, not the adapter."
    message = (
        "기댓값 expected: 4,226 x 4 = 16,904 bytes 남짓 and a little, 265,282 x 4 = 1,061,128 bytes 남짓 and a little\n"
        f"실제값 got: {adapter_bytes:,}, {full_bytes:,}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 파일의 머리에는 텐서의 이름과 모양이 적혀 있습니다. / The head of a file lists names and shapes of its tensors."
    )
    assert 16_904 < adapter_bytes < 30_000 and 1_061_128 < full_bytes < 1_080_000, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 합친 모델이 lora_model과 다른 답을 합니다. 한 번만 합쳤는지, lora_model을 바꾸지 않았는지 보세요. / The merged model gives other answers than lora_model. See whether it was merged once, and lora_model left alone.
""" # END TEST CONFIG
def test_merged_model_says_the_same(lora_model, merged_model, test_inputs, reference):
    from autograder import checks
    inputs = {key: reference["test_inputs"][key] for key in ("input_ids", "attention_mask")}
    checks.expect_close(checks.outputs(merged_model, inputs), checks.outputs(lora_model, inputs), "logits of merged_model", tolerance=1e-3)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: query와 value의 가중치가 W + (α/r) B A가 아닙니다. / The weights of query and value are not W + (α/r) B A.
""" # END TEST CONFIG
def test_merged_weights_are_base_plus_adapters(lora_model, merged_model, reference):
    import numpy as np
    from autograder import checks
    apart = {name: np.asarray(one.detach(), dtype=float) for name, one in lora_model.named_parameters()}
    merged = {name: np.asarray(one.detach(), dtype=float) for name, one in merged_model.named_parameters()}
    for layer in (0, 1):
        for part in ("query", "value"):
            place = f"bert.encoder.layer.{layer}.attention.self.{part}"
            base, A, B = (apart[f"base_model.model.{place}.{one}.weight"] for one in ("base_layer", "lora_A.default", "lora_B.default"))
            assert np.abs(B).max() > 0, f"{place}: expected a trained adapter, got lora_B at 0"
            checks.expect_close(merged[f"{place}.weight"], base + 2 * B @ A, f"{place}.weight", tolerance=1e-4)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: max_difference가 두 모델의 logits의 가장 큰 차가 아닙니다. / max_difference is not the largest difference between the logits of the two.
""" # END TEST CONFIG
def test_difference_is_rounding_only(max_difference, lora_model, merged_model, reference):
    import numpy as np
    from autograder import checks
    checks.expect_within(max_difference, 0.0, 1e-4, "max_difference")
    inputs = {key: reference["test_inputs"][key] for key in ("input_ids", "attention_mask")}
    apart = np.abs(checks.outputs(lora_model, inputs) - checks.outputs(merged_model, inputs)).max()
    assert float(max_difference) > 0 or apart == 0, f"expected the rounding error, about {apart:.1g}, got 0"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 파일의 크기가 그 안에 든 수의 크기와 맞지 않습니다. / The sizes of the files do not fit the numbers that are in them.
""" # END TEST CONFIG
def test_file_sizes_follow_from_what_is_in_them(adapter_bytes, full_bytes, reference):
    from autograder import checks
    # the head of the file names its tensors; two versions of a library may write it a little differently
    checks.expect_close(adapter_bytes, reference["adapter_bytes"], "adapter_bytes", tolerance=1_000)
    checks.expect_close(full_bytes, reference["full_bytes"], "full_bytes", tolerance=4_000)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. DoRA: 크기와 방향을 나누어 · DoRA: magnitude and direction apart
#
# 행렬의 한 행은 화살표입니다. 길이(크기)와 방향이 있습니다. LoRA는 둘을 한꺼번에 바꿉니다. **DoRA**(Weight-Decomposed LoRA)는 둘을
# 나누어, 방향은 `A`, `B`로, 크기는 행마다 수 하나 `m`으로 배웁니다.
#
# A row of a matrix is an arrow: it has a length (magnitude) and a direction. LoRA changes both at once. **DoRA** (Weight-Decomposed LoRA)
# takes them apart: the direction is learnt by `A` and `B`, the magnitude by one number per row, `m`.
#
# $$V = W + \frac{\alpha}{r} B A \qquad W' = m \cdot \frac{V}{\lVert V \rVert}$$
#
# 길이 $\lVert V \rVert$는 **행마다** 잽니다. 예를 들어 행 `[3, 4]`의 길이는 5입니다. `m = 10`이면 방향은 그대로, 길이만 두 배인 `[6, 8]`이
# 됩니다.
#
# The length $\lVert V \rVert$ is taken **row by row**. The row `[3, 4]` has length 5, for example; with `m = 10` it keeps its direction and
# becomes twice as long, `[6, 8]`.
#
# `m`은 64개짜리가 행렬 넷에 하나씩, 모두 256개입니다. 그래서 배우는 수는 4,226 + 256 = **4,482**, 전부는 **269,764**입니다.
#
# There are 64 numbers `m` for each of the four matrices, 256 together, so 4,226 + 256 = **4,482** learn, of **269,764**.
#
# - `dora_weight(W, A, B, magnitude, alpha)`: 위의 `W'`. `W`와 같은 모양의 배열. · the `W'` above, an array of the shape of `W`.
# - `dora_model`: 새 `load_base()`에 5단계와 같은 설정, 다만 `use_dora=True`. 5단계와 같은 에포크와 학습률로 학습하세요.<br>
#   A fresh `load_base()` with the configuration of step 5, but `use_dora=True`. Train it as in step 5.
# - `dora_trainable`, `dora_total`, `dora_losses`, `dora_accuracy`: 5단계와 같은 뜻 · as in step 5

# %% [raw]
# # BEGIN SOLUTION

# %%
def dora_weight(W, A, B, magnitude, alpha):
    """W (d_out, d_in), A (r, d_in), B (d_out, r), magnitude (d_out,) → array (d_out, d_in)."""
    # BEGIN SOLUTION
    V = W + alpha / A.shape[0] * B @ A
    return magnitude[:, None] * V / np.linalg.norm(V, axis=1, keepdims=True)
    # END SOLUTION


# %%
# dora_model: small_bert with DoRA adapters, then trained;  dora_trainable, dora_total: int
dora_config = LoraConfig(task_type="SEQ_CLS", r=8, lora_alpha=16, target_modules=["query", "value"], use_dora=True)  # SOLUTION NO PROMPT
dora_model = get_peft_model(load_base(), dora_config)  # SOLUTION
dora_trainable = dora_model.get_nb_trainable_parameters()[0]  # SOLUTION
dora_total = dora_model.get_nb_trainable_parameters()[1]  # SOLUTION
# dora_losses: list of 5 floats;  dora_accuracy: float
dora_losses = train_model(dora_model, train_inputs, train_labels, epochs=5, learning_rate=3e-3)  # SOLUTION
dora_accuracy = accuracy(dora_model, test_inputs, test_labels)  # SOLUTION
print(dora_trainable, dora_total, dora_losses, dora_accuracy)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_an_arrow_twice_as_long(dora_weight):
    import numpy as np
    W, A, B = np.array([[3.0, 4.0], [0.0, 2.0]]), np.zeros((1, 2)), np.zeros((2, 1))
    found = dora_weight(W, A, B, np.array([10.0, 2.0]), 16)
    message = (
        f"기댓값 expected: [[6, 8], [0, 2]]\n실제값 got: {type(found).__name__}\n"
        "원인 likely cause: return이 없습니다. / There is no return."
    )
    assert found is not None and found is not Ellipsis, message
    values = np.asarray(found, dtype=float).round(4).tolist()
    cause = "길이를 행마다 재지 않았습니다(axis). / The length was not taken row by row (axis)."
    if values == [[30.0, 40.0], [0.0, 4.0]]:
        cause = "길이로 나누지 않았습니다. / It was not divided by the length."
    message = (
        f"기댓값 expected: [[6, 8], [0, 2]]\n실제값 got: {values}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: [3, 4]의 길이는 5, [0, 2]의 길이는 2입니다. / The length of [3, 4] is 5, that of [0, 2] is 2."
    )
    assert values == [[6.0, 8.0], [0.0, 2.0]], message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_256_magnitudes_more(dora_trainable, dora_total):
    found = (dora_trainable, dora_total)
    cause = "use_dora=True가 빠졌거나, 다른 설정이 5단계와 다릅니다. / use_dora=True is missing, or something else is not as in step 5."
    message = (
        f"기댓값 expected: (4482, 269764)\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: LoRA의 4,226에 크기 256개를 더합니다. / LoRA's 4,226 and 256 magnitudes."
    )
    assert found == (4482, 269_764), message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: dora_weight가 다른 행렬에서 다른 값을 냅니다. 길이는 W가 아니라 V에서, 행마다 잽니다. / dora_weight is wrong for other matrices. The length is that of V, not of W, row by row.
""" # END TEST CONFIG
def test_dora_on_other_matrices(dora_weight):
    import numpy as np
    from autograder import checks
    draw = np.random.default_rng(7)
    for d_out, d_in, r, alpha in ((4, 6, 2, 16), (5, 3, 1, 3.0), (8, 8, 4, 1)):
        W, A, B = draw.normal(size=(d_out, d_in)), draw.normal(size=(r, d_in)), draw.normal(size=(d_out, r))
        magnitude = draw.uniform(0.5, 3.0, size=d_out)
        V = W + alpha / r * B @ A
        wanted = np.stack([one * row / np.sqrt((row**2).sum()) for one, row in zip(magnitude, V)])
        checks.expect_close(dora_weight(W, A, B, magnitude, alpha), wanted, f"dora_weight, {d_out} x {d_in}", tolerance=1e-4)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: dora_model에서 배우는 수가 4,482개가 아니거나, query와 value에 크기가 없습니다. / In dora_model not 4,482 parameters are trainable, or query and value have no magnitudes.
""" # END TEST CONFIG
def test_dora_model_has_magnitudes(dora_model):
    from autograder import checks
    checks.expect_parameter_total(dora_model, 269_764, trainable=4_482)
    names = sorted(name for name, _ in dora_model.named_parameters() if "magnitude" in name)
    wanted = sorted((layer, part) for layer in "01" for part in ("query", "value"))
    places = sorted((name.split(".layer.")[1][0], name.split(".self.")[1].split(".")[0]) for name in names if ".self." in name)
    assert places == wanted, f"expected magnitudes in {wanted}, got {places}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: DoRA에서 얼린 가중치가 small_bert의 것과 다릅니다. 새 load_base()에서 시작했는지 보세요. / With DoRA the frozen weights are not those of small_bert. See whether you began with a fresh load_base().
""" # END TEST CONFIG
def test_dora_left_the_base_as_it_was(dora_model, reference):
    from autograder import checks
    checks.expect_same_weights(
        dora_model, reference["dora_model"], but=("lora_A", "lora_B", "lora_magnitude_vector", "classifier")
    )

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: DoRA로 학습한 모델의 정확도가 기준보다 낮거나, dora_accuracy가 그 정확도가 아닙니다. / The accuracy of the model trained by DoRA is below the threshold, or dora_accuracy is another number.
""" # END TEST CONFIG
def test_dora_has_learnt_the_task(dora_model, dora_accuracy, test_inputs, test_labels, reference, calibration):
    from autograder import checks
    inputs = {key: reference["test_inputs"][key] for key in ("input_ids", "attention_mask")}
    measured = checks.accuracy(dora_model, inputs, reference["test_labels"])
    checks.expect_close(dora_accuracy, measured, "dora_accuracy", tolerance=0.006)
    checks.expect_above(measured, calibration["dora_accuracy"], "accuracy of dora_model")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. QLoRA의 4비트 · The 4 bits of QLoRA
#
# LoRA는 배우는 수를 줄이지만, 얼린 `W`는 여전히 수마다 4바이트로 메모리에 있습니다. **QLoRA**는 얼린 `W`를 **4비트**로 저장합니다.
# 4비트로는 16가지 값밖에 나타낼 수 없으니, 가중치마다 16개의 눈금 가운데 가장 가까운 것의 **번호**를 적습니다.
#
# LoRA has few numbers to learn, but the frozen `W` still lies in memory at 4 bytes a number. **QLoRA** stores it in **4 bits**. Four bits
# can tell only 16 values apart, so for each weight we write down the **number** of the nearest of 16 marks.
#
# **눈금은 어디에? · Where to put the marks?** 신경망의 가중치는 종 모양으로 0 둘레에 몰려 있습니다. 그래서 NF4(NormalFloat)는 눈금을
# 고르게 두지 않고, 정규분포에서 **같은 확률마다** 하나씩 둡니다. 0 가까이는 촘촘하고 끝은 성깁니다.
#
# The weights of a network crowd around 0 like a bell. So NF4 (NormalFloat) does not space its marks evenly but puts one for each **equal
# share of a normal distribution**: close together near 0, far apart at the ends.
#
# ```text
#  -1.00   -0.70  -0.53 -0.39 -0.28-0.18-0.09 0 .08 .16 .25 .34 .44  .56   .72       1.00
#   ├───────┼──────┼────┼────┼───┼───┼──┼──┼──┼──┼──┼──┼───┼───┼─────┼─────────┤
#   0       1      2    3    4   5   6  7  8  9 10 11  12  13    14        15
# ```
#
# **블록마다 눈금자 하나 · One ruler per block.** 눈금은 -1에서 1까지이므로, 가중치를 먼저 절댓값의 최댓값(absmax)으로 나눕니다. 행렬
# 전체에 최댓값 하나를 쓰면 튀는 값 하나가 모두의 눈금을 성기게 만듭니다. 그래서 64개씩 **블록**으로 잘라 블록마다 따로 잽니다.
#
# The marks run from -1 to 1, so weights are first divided by their largest absolute value (absmax). With one absmax for the whole matrix, a
# single outlier would leave coarse marks for everybody. So the weights are cut into **blocks** of 64, each with its own.
#
# ```text
#  블록 크기 3 · blocks of 3      [ 0.10  -0.20   0.05 ]   [ 4.0   1.0  -2.0 ]
#  absmax (scales)                        0.20                    4.0
#  나눈 값 · divided             [ 0.50  -1.00   0.25 ]   [ 1.0   0.25  -0.5 ]
#  번호 · codes                  [  12     0      10  ]   [ 15    10      2  ]
#  되돌린 값 · restored          [ 0.0881 -0.2   0.0492 ] [ 4.0   0.9844 -2.1003 ]
# ```
#
# **오차의 한계 · The bound of the error.** 이웃한 눈금 사이가 가장 넓은 곳은 -1과 -0.6962 사이, 0.3038입니다. 가장 가까운 눈금을 고르므로
# 가중치 하나의 오차는 아무리 커도 그 절반, 곧 그 블록의 **absmax의 0.15191배**(올림)를 넘지 않습니다.
#
# The widest gap between neighbouring marks is the 0.3038 from -1 to -0.6962. We take the nearest mark, so no weight is off by more
# than half of it: **0.15191 x (absmax of its block)**, rounded up.
#
# - `quantize(weights, block_size)`: 행렬을 한 줄로 펴서(행의 순서대로) 블록으로 자르고, `codes`(가장 가까운 `nf4` 눈금의 번호, `uint8`,
#   블록 수 x `block_size`)와 `scales`(블록마다의 absmax, 블록 수)를 이 순서로 돌려줍니다. 원소의 수는 `block_size`로 나누어떨어집니다. 모두 0인 블록의
#   absmax는 0이라 나눌 수 없으므로, 그 블록의 `scales`에는 1을 담으세요.<br>
#   Flatten the matrix (row by row), cut it into blocks, and return `codes` (the number of the nearest mark of `nf4`, `uint8`, blocks x
#   `block_size`) and `scales` (the absmax of each block, one number per block), in this order. The number of weights is a multiple of `block_size`. For a
#   block of zeros the absmax is 0, by which nothing can be divided; put 1 into `scales` for it.
# - `dequantize(codes, scales, shape)`: 눈금의 값에 absmax를 곱해 `shape` 모양의 배열로 되돌립니다. · Marks times absmax, as an array of the shape `shape`.
# - `block_error`, `whole_error`: 가중치 `W`(아래에 있음)의 오차의 절댓값의 **평균**. 블록 64로, 그리고 행렬 전체를 블록 하나(`W.size`)로.<br>
#   The **mean** absolute error on `W` (given below), with blocks of 64 and with the whole matrix as one block (`W.size`).
# - `worst_error`: 블록 64일 때, 오차의 절댓값을 그 블록의 absmax로 나눈 것 가운데 가장 큰 값. 0.15191을 넘지 못합니다.<br>
#   With blocks of 64: the largest of all absolute errors, each divided by the absmax of its block. It cannot exceed 0.15191.
# - `stored_bytes(count, block_size)`: 가중치 `count`개를 저장하는 바이트 수(정수). 번호 하나에 4비트(반 바이트), 블록마다 absmax 4바이트입니다.
#   `count`는 짝수이고 `block_size`로 나누어떨어집니다.<br>
#   How many bytes `count` weights take, an int: half a byte for each code and 4 bytes for the absmax of each block. `count` is even and a multiple of
#   `block_size`.

# %%
# 정규분포를 확률로 똑같이 나누는 곳들. 0이 꼭 눈금이 되도록 양쪽을 따로 나눕니다.
# Places that cut the normal distribution into equal shares; each side apart, so that 0 is a mark.
cut = NormalDist().inv_cdf
edge = 1 - (1 / 30 + 1 / 32) / 2  # 무한대인 양 끝 대신 · instead of the ends, which are infinite
above = [cut(share) for share in np.linspace(edge, 0.5, 9)[:-1]]
below = [-cut(share) for share in np.linspace(edge, 0.5, 8)[:-1]]
nf4 = np.array(sorted([*below, 0.0, *above])) / max(above)
print(nf4.round(4))

# %% [raw]
# # BEGIN SOLUTION

# %%
def quantize(weights, block_size):
    """array of n weights → codes uint8 (n / block_size, block_size), scales (n / block_size,)."""
    # BEGIN SOLUTION
    blocks = weights.reshape(-1, block_size)
    scales = np.abs(blocks).max(axis=1)
    scales = np.where(scales == 0, 1.0, scales)
    distances = np.abs((blocks / scales[:, None])[:, :, None] - nf4)
    return distances.argmin(axis=-1).astype(np.uint8), scales
    # END SOLUTION


# %%
def dequantize(codes, scales, shape):
    """codes (blocks, block_size), scales (blocks,) → array of this shape."""
    # BEGIN SOLUTION
    return (nf4[codes] * scales[:, None]).reshape(shape)
    # END SOLUTION


# %%
def stored_bytes(count, block_size):
    """Bytes for count weights: 4 bits each, and 4 bytes for each block, an int."""
    # BEGIN SOLUTION
    return count // 2 + 4 * (count // block_size)
    # END SOLUTION


# %%
W = load_base().bert.encoder.layer[0].intermediate.dense.weight.detach().numpy()  # (256, 64)
# block_error, whole_error, worst_error: float
# BEGIN SOLUTION NO PROMPT
codes, scales = quantize(W, 64)
off = np.abs(W - dequantize(codes, scales, W.shape))
# END SOLUTION
block_error = float(off.mean())  # SOLUTION
whole_error = float(np.abs(W - dequantize(*quantize(W, W.size), W.shape)).mean())  # SOLUTION
worst_error = float((off.reshape(-1, 64) / scales[:, None]).max())  # SOLUTION
print(block_error, whole_error, worst_error, stored_bytes(98_304, 64))

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_the_two_blocks_of_the_example(quantize, dequantize):
    import numpy as np
    result = quantize(np.array([[0.10, -0.20, 0.05], [4.0, 1.0, -2.0]]), 3)
    message = (
        f"기댓값 expected: codes, scales\n실제값 got: {type(result).__name__}\n"
        "원인 likely cause: return이 없거나 하나만 돌려줍니다. / There is no return, or only one value is returned."
    )
    assert isinstance(result, (tuple, list)) and len(result) == 2, message
    codes, scales = np.asarray(result[0]).tolist(), np.asarray(result[1], dtype=float).round(6).tolist()
    cause = "가장 가까운 눈금이 아닙니다. / Not the nearest mark."
    if scales in ([4.0], [4.0, 4.0], 4.0):
        cause = "absmax를 블록마다 재지 않았습니다. / absmax was not taken block by block."
    elif scales == [0.1, 4.0]:
        cause = "절댓값을 쓰지 않았습니다. / The absolute value is missing."
    message = (
        f"기댓값 expected: codes [[12, 0, 10], [15, 10, 2]], scales [0.2, 4.0]\n실제값 got: codes {codes}, scales {scales}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 예의 표와 한 줄씩 비교하세요. / Compare with the example line by line."
    )
    assert codes == [[12, 0, 10], [15, 10, 2]] and scales == [0.2, 4.0], message
    found = np.asarray(dequantize(np.array(codes, dtype=np.uint8), np.array(scales), (2, 3)), dtype=float).round(4).tolist()
    message = (
        f"기댓값 expected: [[0.0881, -0.2, 0.0492], [4.0, 0.9844, -2.1003]]\n실제값 got: {found}\n"
        "원인 likely cause: 눈금의 값에 그 블록의 absmax를 곱하지 않았습니다. / The marks were not multiplied by the absmax of their block."
    )
    assert np.allclose(found, [[0.0881, -0.2, 0.0492], [4.0, 0.9844, -2.1003]], atol=2e-4), message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_bytes_of_the_encoder(stored_bytes):
    found = stored_bytes(98_304, 64)
    cause = "absmax를 잊었거나, 4비트를 4바이트로 세었습니다. / absmax was forgotten, or 4 bits were counted as 4 bytes."
    message = (
        f"기댓값 expected: 49,152 + 6,144 = 55,296\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 98,304 / 2와 4 x 98,304 / 64. / 98,304 / 2 and 4 x 98,304 / 64."
    )
    assert found == 55_296, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 다른 가중치와 다른 블록 크기에서 번호나 absmax가 다릅니다. / With other weights and other block sizes, codes or absmax are wrong.
""" # END TEST CONFIG
def test_nearest_marks_for_other_weights(quantize):
    import numpy as np
    from statistics import NormalDist
    from autograder import checks
    cut, edge = NormalDist().inv_cdf, 1 - (1 / 30 + 1 / 32) / 2
    sides = [[cut(share) for share in np.linspace(edge, 0.5, count)[:-1]] for count in (9, 8)]
    marks = np.array(sorted([0.0, *sides[0], *(-one for one in sides[1])])) / max(sides[0])
    draw = np.random.default_rng(8)
    for shape, block in (((8, 6), 16), ((4, 32), 64), ((5, 10), 2)):
        weights = draw.normal(size=shape)
        blocks = weights.reshape(-1, block)
        wanted = np.abs(blocks).max(axis=1)
        codes, scales = quantize(weights, block)
        checks.expect_close(scales, wanted, f"scales, blocks of {block}", tolerance=1e-6)
        nearest = np.abs((blocks / wanted[:, None])[..., None] - marks).argmin(-1)
        checks.expect_close(codes, nearest, f"codes, blocks of {block}", tolerance=0.0)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: codes가 uint8이 아니거나, 모두 0인 블록에서 absmax 대신 1을 쓰지 않았거나, 그 블록이 0으로 돌아오지 않습니다. / codes are not uint8, or for a block of zeros 1 is not used as its absmax, or it does not come back as zeros.
""" # END TEST CONFIG
def test_a_block_of_zeros_comes_back(quantize, dequantize):
    import numpy as np
    from autograder import checks
    weights = np.array([[0.0, 0.0, 0.0, 0.0], [0.5, -1.0, 0.0, 0.25]])
    codes, scales = quantize(weights, 4)
    checks.expect_dtype(codes, "uint8", "codes")
    checks.expect_close(scales, [1.0, 1.0], "scales of a block of zeros and of one up to 1")
    checks.expect_close(np.asarray(codes)[0], np.full(4, 7), "codes of a block of zeros")
    found = dequantize(np.asarray(codes), np.asarray(scales), (2, 4))
    checks.expect_close(np.asarray(found)[0], np.zeros(4), "a block of zeros", tolerance=1e-9)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 되돌린 값의 오차가 0.15191 x absmax를 넘거나, 모양이 다릅니다. / After dequantize an error exceeds 0.15191 x absmax, or the shape differs.
""" # END TEST CONFIG
def test_no_error_exceeds_the_bound(quantize, dequantize):
    import numpy as np
    from autograder import checks
    draw = np.random.default_rng(9)
    weights = draw.normal(size=(16, 24)) * np.exp(draw.normal(size=(16, 1)) * 2)  # rows of very different size
    codes, scales = quantize(weights, 8)
    restored = dequantize(np.asarray(codes), np.asarray(scales), weights.shape)
    checks.expect_shape(restored, weights.shape, "dequantize")
    off = np.abs(np.asarray(restored, dtype=float) - weights).reshape(-1, 8)
    ratio = float((off / np.abs(weights).reshape(-1, 8).max(axis=1, keepdims=True)).max())
    checks.expect_within(ratio, 0.0, 0.15191, "largest error / absmax of its block")
    assert ratio > 0.01, f"expected the error of 16 marks, got {ratio:.6f}: nothing was rounded"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: W에서 잰 세 오차 가운데 다른 값이 있습니다. 평균과 최댓값, 블록의 크기를 확인하세요. / One of the three errors measured on W differs. Check mean, maximum and block size.
""" # END TEST CONFIG
def test_errors_on_the_weights_of_bert(block_error, whole_error, worst_error, reference):
    from autograder import checks
    for name, found in (("block_error", block_error), ("whole_error", whole_error), ("worst_error", worst_error)):
        wanted = float(reference[name])
        checks.expect_close(found, wanted, name, tolerance=0.01 * wanted)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 다른 수와 다른 블록 크기에서 바이트 수가 다릅니다. / For other numbers of weights and other blocks the bytes are wrong.
""" # END TEST CONFIG
def test_bytes_for_other_blocks(stored_bytes):
    from autograder import checks
    for count, block in ((4096, 32), (1024, 1024), (640, 128)):
        checks.expect_close(stored_bytes(count, block), count / 2 + 4 * count / block, f"stored_bytes({count}, {block})", tolerance=0.0)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ### 9. 4비트 위의 LoRA · LoRA on top of 4 bits
#
# 이제 둘을 합칩니다. `small_bert`의 인코더(선형층 12개, 가중치 98,304개)를 블록 64로 양자화하고, 그 위에서 LoRA를 학습합니다. 진짜
# QLoRA는 번호만 저장해 두고 계산할 때마다 되돌립니다. 여기서는 한 번 되돌린 값을 층에 다시 넣어, 정확도에 미치는 영향을 똑같이 봅니다.
#
# Now both together: quantize the encoder of `small_bert` (12 linear layers, 98,304 weights) in blocks of 64, and train LoRA on top. Real
# QLoRA keeps only the codes and restores weights whenever it computes. Here we put the restored weights back into the layers once, which
# shows the same effect on accuracy.
#
# ```text
#  층 12개 · 12 layers    393,216 bytes (4바이트 · bytes)  →  55,296 bytes (4비트 · bits, + absmax)
#                                                             7.1배 작음 · 7.1 times smaller
# ```
#
# 1. 반복문의 두 줄을 채우세요. `restored`는 `weights`를 블록 64로 양자화했다가 되돌린 배열이며, `layer.weight.copy_(…)`로 층에 넣습니다(텐서로 바꾸어서).<br>
#    Fill in the two lines of the loop: `restored` is `weights` quantized in blocks of 64 and restored; `layer.weight.copy_(…)` puts it into the layer, as a tensor.
# 2. `qlora_model`: `quantized_base`에 5단계의 설정(새 `LoraConfig`)으로 어댑터를 넣고, 5단계와 같이 학습하세요. 결과는 `qlora_losses`,
#    `qlora_accuracy`입니다. 다시 실행할 때는 `quantized_base`를 만드는 칸부터 실행하세요. 그러지 않으면 어댑터가 겹칩니다.<br>
#    Put adapters into `quantized_base` with the configuration of step 5 (a new `LoraConfig`), and train as in step 5; keep
#    `qlora_losses` and `qlora_accuracy`. To run it again, start from the cell that makes `quantized_base`, or the adapters pile up.

# %% [raw]
# # BEGIN SOLUTION

# %%
quantized_base = load_base()
with torch.no_grad():
    for layer in quantized_base.bert.encoder.modules():
        if isinstance(layer, torch.nn.Linear):
            weights = layer.weight.numpy()
            # restored: array of the shape of weights, quantized in blocks of 64 and back
            restored = dequantize(*quantize(weights, 64), weights.shape)  # SOLUTION
            layer.weight.copy_(torch.from_numpy(np.asarray(restored, dtype=np.float32)))  # SOLUTION

# %%
# qlora_model: quantized_base with LoRA adapters, then trained
qlora_config = LoraConfig(task_type="SEQ_CLS", r=8, lora_alpha=16, target_modules=["query", "value"])  # SOLUTION NO PROMPT
qlora_model = get_peft_model(quantized_base, qlora_config)  # SOLUTION
# qlora_losses: list of 5 floats;  qlora_accuracy: float
qlora_losses = train_model(qlora_model, train_inputs, train_labels, epochs=5, learning_rate=3e-3)  # SOLUTION
qlora_accuracy = accuracy(qlora_model, test_inputs, test_labels)  # SOLUTION
print(qlora_losses, qlora_accuracy)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_each_block_has_sixteen_values_at_most(qlora_model):
    import numpy as np
    layers = {
        name: weight.detach().numpy() for name, weight in qlora_model.named_parameters()
        if ".encoder.layer." in name and "lora_" not in name and weight.ndim == 2
    } if hasattr(qlora_model, "named_parameters") else {}
    most = max((len(np.unique(block)) for weight in layers.values() for block in weight.reshape(-1, 64)), default=0)
    cause = "restored를 층에 넣지 않았거나 양자화하지 않은 모델을 썼습니다. / restored was not put into the layers, or a model that was not quantized was used."
    message = (
        f"기댓값 expected: 선형층 12개 12 linear layers, 블록마다 값이 16개 이하 at most 16 values in a block\n실제값 got: {len(layers)}, {most}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: quantized_base에 어댑터를 넣으세요. / Put the adapters into quantized_base."
    )
    assert len(layers) == 12 and 1 < most <= 16, message

# %%
""" # BEGIN TEST CONFIG
points: 5
hidden: true
failure_message: 배우는 것이 LoRA의 4,226개가 아니거나, 인코더의 가중치가 블록 64의 NF4로 되돌린 값과 다릅니다. / What learns are not the 4,226 numbers of LoRA, or the weights of the encoder are not those that NF4 in blocks of 64 gives back.
""" # END TEST CONFIG
def test_the_frozen_base_is_in_four_bits(qlora_model, reference):
    from autograder import checks
    checks.expect_parameter_total(qlora_model, 269_508, trainable=4_226)
    checks.expect_same_weights(
        qlora_model, reference["qlora_model"], but=("lora_A", "lora_B", "classifier"), tolerance=1e-5
    )

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 4비트 위에서 학습한 모델의 정확도가 기준보다 낮거나, qlora_accuracy가 그 정확도가 아닙니다. / The accuracy of the model trained on 4 bits is below the threshold, or qlora_accuracy is another number.
""" # END TEST CONFIG
def test_four_bits_still_learn_the_task(qlora_model, qlora_accuracy, test_inputs, test_labels, reference, calibration):
    from autograder import checks
    inputs = {key: reference["test_inputs"][key] for key in ("input_ids", "attention_mask")}
    measured = checks.accuracy(qlora_model, inputs, reference["test_labels"])
    checks.expect_close(qlora_accuracy, measured, "qlora_accuracy", tolerance=0.006)
    checks.expect_above(measured, calibration["qlora_accuracy"], "accuracy of qlora_model")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 10. 진짜 4비트와 Unsloth · Real 4 bits, and Unsloth
#
# (채점하지 않습니다 · not graded) GPU가 있으면 `bitsandbytes`가 같은 NF4를 GPU에서 합니다. 아래 칸은 GPU와 라이브러리가 있을 때만 실행되고,
# 없으면 그렇다고 말하고 지나갑니다. `prepare_model_for_kbit_training` 뒤의 코드는 5단계와 같습니다.
#
# With a GPU, `bitsandbytes` does the same NF4 there. The cell below runs only where there is a GPU and the library; otherwise it says so
# and goes on. After `prepare_model_for_kbit_training` the code is that of step 5.

# %%
if torch.cuda.is_available() and importlib.util.find_spec("bitsandbytes"):
    from peft import prepare_model_for_kbit_training
    from transformers import BitsAndBytesConfig

    four_bits = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", llm_int8_skip_modules=["classifier"])
    gpu_base = BertForSequenceClassification.from_pretrained("small_bert", num_labels=2, quantization_config=four_bits)
    gpu_base = prepare_model_for_kbit_training(gpu_base, use_gradient_checkpointing=False)
    gpu_settings = LoraConfig(task_type="SEQ_CLS", r=8, lora_alpha=16, target_modules=["query", "value"])
    gpu_model = get_peft_model(gpu_base, gpu_settings)
    on_gpu = [{key: value.cuda() for key, value in batch.items()} for batch in (train_inputs, test_inputs)]
    train_model(gpu_model, on_gpu[0], train_labels.cuda(), epochs=5, learning_rate=3e-3)
    print("bitsandbytes:", accuracy(gpu_model, on_gpu[1], test_labels.cuda()))
else:
    print("GPU나 bitsandbytes가 없어 지나갑니다 · no GPU or no bitsandbytes: skipped")

# %% [markdown]
# **Unsloth**는 QLoRA 학습을 더 빠르고 작은 메모리로 하는 라이브러리로, 큰 언어 모델과 GPU를 위한 것입니다. 쓰는 모양은 지금까지 배운 것과
# 같습니다. 모델 이름은 예이며, GPU가 있고 Unsloth를 설치한 곳에서만 됩니다.
#
# **Unsloth** is a library that makes QLoRA training faster and smaller, for large language models on a GPU. In use it looks like what you know by
# now. The model's name is an example; it works only with a GPU and Unsloth installed.
#
# ```python
# from unsloth import FastLanguageModel
#
# llm, llm_tokenizer = FastLanguageModel.from_pretrained("unsloth/Llama-3.2-1B", load_in_4bit=True)
# llm = FastLanguageModel.get_peft_model(llm, r=8, lora_alpha=16, target_modules=["q_proj", "v_proj"])
# ```

# %%
has_unsloth = torch.cuda.is_available() and importlib.util.find_spec("unsloth") is not None
print("Unsloth:", "쓸 수 있습니다 · ready" if has_unsloth else "GPU나 Unsloth가 없어 지나갑니다 · no GPU or no Unsloth: skipped")

# %% [markdown]
# ### 11. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# | 방법 · method | 배우는 수 · learns | 우리 정확도의 평균 · our mean accuracy |
# |---|---|---|
# | 무작위에서 전체 · all, from random weights | 265,282 | 0.521 |
# | 전체 미세조정 · full fine-tuning | 265,282 | 0.986 |
# | LoRA | 4,226 | 0.988 |
# | DoRA | 4,482 | 0.986 |
# | QLoRA | 4,226, 인코더는 4비트 · the encoder in 4 bits | 0.987 |
#
# 1. 여러분의 다섯 정확도는 어떤가요? 차이가 실행마다의 흔들림보다 큰 것은 어느 것인가요? 한 번씩만 실행하고 "DoRA가 낫다"고 말해도 될까요?<br>
#    What are your five accuracies, and which differences are larger than the wobble from run to run? May one run of each say "DoRA is better"?
# 2. 과제가 100개라면 전체 미세조정과 LoRA는 저장 공간이 얼마나 필요할까요? 6단계의 크기로 계산해 보세요.<br>
#    With 100 tasks, how much storage do full fine-tuning and LoRA need? Work it out with the sizes of step 6.
# 3. `r`을 1이나 32로 바꾸면 배우는 수와 정확도는 어떻게 될까요? `target_modules`에 `key`를 더하면?<br>
#    What becomes of the numbers that learn, and of accuracy, with `r` at 1 or 32? With `key` among the `target_modules`?
# 4. 시험 후기의 낱말이 학습 후기에 없는데도 맞힐 수 있었던 까닭을, 1단계 앞의 빈칸 채우기로 설명해 보세요.<br>
#    Explain by the blanks before step 1 how words that occur in no training review could be understood at all.
