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
# name: 06_amazon_reviews
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 아마존 상품평 분류
# ## Classifying Amazon product reviews
#
# **목표.** 상품평 한 문장이 좋은 말인지(1) 나쁜 말인지(0) 가르는 신경망을 만듭니다. 100 에포크나 학습하고 나면 배운 문장은 거의 다
# 맞힙니다. 그런데 처음 보는 문장은 어떨까요? 이 연습의 주제는 그 차이, 곧 **과적합**(overfitting)입니다.
#
# **Goal.** You build a network that tells whether a sentence from a product review speaks well (1) or badly (0) of the product. After
# 100 epochs it gets nearly every sentence right that it has learnt from. And those that it has not? That difference, **overfitting**, is
# what this exercise is about.
#
# 여덟 단계입니다. 단계마다 코드 칸의 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 채점할 때는 숨은 검사가 더 있습니다.
# 숨은 검사는 같은 내용을 더 자세히 볼 뿐, 본문에 없는 것을 묻지 않습니다.
#
# There are eight steps. In each, replace the `...` and then run the `grader.check` below it. Grading runs further, hidden checks.
# They look at the same things more closely and never ask for anything that this text does not say.

# %% [markdown]
# ### 0. 생각의 그림 · The idea in one picture
#
# ```text
#  손실 loss
#   │ ╲
#   │  ╲  ╲                                ╱  val_loss   처음 보는 문장 · sentences it has not seen
#   │   ╲   ╲                       ╱ ╱
#   │    ╲     ╲  _         _ ╱ ╱
#   │      ╲        ╲_ _ ╱
#   │        ╲         ↑
#   │           ╲ _    여기서부터 외웁니다 · from here on it learns by heart
#   │               ╲ _ _ _ _ _ _ _ _ _ _   loss       배운 문장 · sentences it learns from
#   └───────────────────────────────────────── 에포크 epoch
# ```
#
# 학습은 배운 문장의 손실만 줄입니다. 처음에는 어느 문장에나 통하는 것(great는 좋은 말, broke는 나쁜 말)을 배우므로 처음 보는 문장의
# 손실도 함께 내려갑니다. 더 배울 것이 없어지면 그 문장들에만 통하는 것(umbrella가 나온 문장은 나쁜 말이었다)을 외우기 시작하고, 그때부터
# 처음 보는 문장에서는 오히려 나빠집니다.
#
# Training lowers the loss of the sentences that are learnt from, and no other. At first the model picks up what holds everywhere (great is
# good, broke is bad), so the loss of unseen sentences falls as well. When nothing of that kind is left, it begins to learn what holds for
# those sentences only (the one with umbrella in it was a complaint), and from then on it gets worse on sentences that it has not seen.

# %%
import keras
import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras.layers import Dense
from keras.models import Sequential
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import train_test_split

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. 읽기 · Read
#
# `amazon_cells_labelled.txt`에는 한 줄에 문장 하나와 라벨 하나가 **탭**으로 나뉘어 있습니다. 라벨은 1(좋은 말) 또는 0(나쁜 말)입니다. 그런데
# 이 파일에는 **열 이름이 적힌 첫 줄이 없습니다**. 그냥 읽으면 첫 문장이 열 이름이 되어 사라지므로, `read_csv`에 이름
# `["sentence", "label"]`을 `names`로 주어 표 `data`로 읽으세요. 그리고 라벨마다 몇 문장인지를 `label_counts`에 담으세요.
#
# Each line of `amazon_cells_labelled.txt` holds a sentence and its label, separated by a **tab**. The label is 1 (speaks well) or 0
# (badly). The file has **no first line with the names of the columns**. Without further ado `read_csv` would take the first sentence for
# the names, and it would be lost; so give it the names `["sentence", "label"]` under `names`, and read the file into the table `data`.
# Then put the number of sentences of each label into `label_counts`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# data: DataFrame 1000 x 2, columns sentence and label;  label_counts: Series, two numbers
data = pd.read_csv("amazon_cells_labelled.txt", sep="\t", names=["sentence", "label"])  # SOLUTION
label_counts = data["label"].value_counts()  # SOLUTION

# %%
# look at some sentences with their labels, the first ones or a sample (not graded)
# BEGIN SOLUTION
pd.set_option("display.max_colwidth", 100)
data.sample(8, random_state=0)
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
def test_a_thousand_sentences_with_labels(data):
    kind, shape = type(data).__name__, getattr(data, "shape", None)
    columns = list(getattr(data, "columns", []))
    cause = "data를 아직 채우지 않았습니다. / data is not filled in yet."
    if shape == (999, 2):
        cause = "첫 문장이 열 이름이 되었습니다. / The first sentence became the names of the columns."
    elif shape is not None and len(shape) == 2 and shape[1] != 2:
        cause = "칸이 탭으로 나뉜 것을 read_csv에 알려 주지 않았습니다. / read_csv was not told that tabs separate the cells."
    elif shape == (1000, 2):
        cause = "열 이름이 다릅니다. / The columns have other names."
    message = (
        f"기댓값 expected: DataFrame (1000, 2), columns sentence, label\n실제값 got: {kind} {shape}, {[str(one)[:20] for one in columns]}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: read_csv의 sep와 names를 보세요. / Look at sep and names of read_csv."
    )
    assert kind == "DataFrame" and shape == (1000, 2) and columns == ["sentence", "label"], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 문장이나 라벨이 파일의 것과 다릅니다. / Sentences or labels are not those of the file.
""" # END TEST CONFIG
def test_sentences_and_labels_are_those_of_the_file(data, reference):
    from autograder import checks
    expected = reference["data"]
    checks.expect_equal(list(data["sentence"]), list(expected["sentence"]), "data, column sentence")
    checks.expect_equal(list(data["label"]), list(expected["label"]), "data, column label")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: label_counts가 라벨마다의 문장 수가 아닙니다. / label_counts is not the number of sentences of each label.
""" # END TEST CONFIG
def test_as_many_good_words_as_bad(label_counts, reference):
    from autograder import checks
    kind = type(label_counts).__name__
    assert kind == "Series", f"expected a Series, got {kind}"
    checks.expect_equal(label_counts.to_dict(), reference["label_counts"].to_dict(), "label_counts")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. 먼저 나누기 · Split first
#
# 문장들을 `X`, 라벨들을 `y`에 담고, `train_test_split`으로 **한 번에** 나누어 `X_train`, `X_test`, `y_train`, `y_test`에 담으세요. 시험에
# 25 %를 쓰고(`test_size=0.25`) `random_state=1`을 줍니다. 750문장으로 배우고 250문장으로 시험합니다.
#
# Put the sentences into `X` and the labels into `y`, and split both **in one call** of `train_test_split` into `X_train`, `X_test`, `y_train`
# and `y_test`. 25 % is for testing (`test_size=0.25`), with `random_state=1`: 750 sentences to learn from, 250 to be tested on.
#
# 연습 05에서는 글을 숫자로 바꾼 다음에 나누었고, 그래서 시험 글의 단어를 살짝 엿보았습니다. 강의도 그 순서입니다. 여기서는 순서를 바꾸어
# **나누는 일을 맨 먼저** 합니다. 시험 문장은 이제부터 모델을 재기만 하고, 모델의 아무것도 정하지 못합니다.
#
# Exercise 05 turned the text into numbers first and split afterwards, as the lecture does, which was a small peek at the words of the test.
# Here **splitting comes first**: from now on the test sentences measure the model and decide nothing about it.
#
# 늘 같은 답만 하면 얼마나 맞을까요? `y_test`에서 더 많은 라벨의 비율을 `baseline`에 담으세요. 두 라벨이 비슷하게 많으니 0.5 근처일
# 것입니다. 연습 05에서는 늘 할 답을 `y_train`에서 골랐습니다. 그런데 두 라벨이 이렇게 비슷하면 `y_train`에서 더 많은 라벨이 `y_test`에서는
# 더 적을 수도 있습니다. 그래서 여기서는 늘 같은 답으로 받을 수 있는 **가장 높은** 점수를 씁니다. 모델이 넘어야 할 선일 뿐, 모델을 정하는 데는
# 쓰이지 않습니다.
#
# How often is somebody right who always gives the same answer? Put the share of `y_test` that the more frequent label has into `baseline`.
# With about as many of each it will be near 0.5. Exercise 05 chose that answer by `y_train`; but with labels as even as these, the more
# frequent one in `y_train` may be the rarer one in `y_test`. So here we take the **highest** score that one answer for all can have. It is a
# bar for the model to clear, and decides nothing about the model.

# %% [raw]
# # BEGIN SOLUTION

# %%
# X, y: Series (1000,);  X_train, y_train: (750,);  X_test, y_test: (250,)
X = data["sentence"]  # SOLUTION
y = data["label"]  # SOLUTION
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=1)  # SOLUTION
# baseline: number from 0.5 to 1
baseline = y_test.value_counts(normalize=True).max()  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_seven_hundred_and_fifty_to_learn_from(X_train, X_test, y_train, y_test):
    shapes = [getattr(value, "shape", None) for value in (X_train, X_test, y_train, y_test)]
    cause = "아직 채우지 않았거나 test_size가 다릅니다. / Not filled in yet, or test_size is another one."
    if shapes == [(750,), (750,), (250,), (250,)]:
        cause = "돌려받는 순서는 X_train, X_test, y_train, y_test입니다. / The results come in the order X_train, X_test, y_train, y_test."
    elif shapes == [(250,), (750,), (250,), (750,)]:
        cause = "학습과 시험이 바뀌었습니다. / Training and test are swapped."
    message = (
        f"기댓값 expected: (750,), (250,), (750,), (250,)\n실제값 got: {shapes}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 문장과 라벨을 한 번의 train_test_split에 함께 주세요. / Give sentences and labels to one call of train_test_split."
    )
    assert shapes == [(750,), (250,), (750,), (250,)], message
    assert all(isinstance(sentence, str) for sentence in X_train), "X_train은 문장이어야 합니다. / X_train has to hold the sentences."

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 배울 문장이 기대한 750개가 아닙니다. random_state와 test_size를 확인하세요. / The sentences to learn from are not the expected 750. Check random_state and test_size.
""" # END TEST CONFIG
def test_training_sentences_are_the_expected_ones(X_train, reference):
    from autograder import checks
    checks.expect_equal(list(X_train), list(reference["X_train"]), "X_train")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 문장과 라벨이 짝이 맞지 않습니다. 둘을 따로 나누면 짝이 깨집니다. / Sentences and labels do not belong together. Splitting them apart breaks the pairs.
""" # END TEST CONFIG
def test_each_sentence_keeps_its_label(X_train, X_test, y_train, y_test, data, reference):
    labels = {}
    for sentence, label in zip(reference["data"]["sentence"], reference["data"]["label"]):
        labels.setdefault(sentence, set()).add(label)
    for sentences, found, name in ((X_train, y_train, "y_train"), (X_test, y_test, "y_test")):
        wrong = sum(label not in labels.get(sentence, ()) for sentence, label in zip(sentences, found))
        assert wrong == 0, f"{name}: expected the label of each sentence, {wrong} of {len(found)} have another"

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: baseline이 y_test에서 더 많은 라벨의 비율이 아닙니다. / baseline is not the share of the more frequent label in y_test.
""" # END TEST CONFIG
def test_baseline_of_one_answer_for_all(baseline, reference):
    from autograder import checks
    checks.expect_close(baseline, reference["baseline"], "baseline", tolerance=6e-4)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 단어를 세어 표로 · Count the words into a table
#
# `CountVectorizer`는 두 가지 일을 합니다. `fit`은 글에서 **단어 목록을 정하고**, `transform`은 정해진 목록으로 **세기만** 합니다. 목록은
# 배울 문장에서만 정해야 합니다.
#
# `CountVectorizer` does two things: `fit` **settles the list of words** from some text, `transform` only **counts** by the list that is
# settled. The list must come from the training sentences alone.
#
# ```text
#  배울 문장 training            fit →  bad  great  is  phone  price  the
#   "Great phone, great price"           0     2    0     1      1     0
#   "The phone is bad"                   1     0    1     1      0     1
#  시험 문장 test          transform →
#   "Great phone but bad sound"          1     1    0     1      0     0
#                                                but, sound: 열이 없음 · no column
# ```
#
# 기본 설정의 `cv`를 `X_train`에 맞추고, 다음을 구하세요. 불용어를 빼지 않으므로 이번에는 `not`도 열로 남습니다. 다만 기본 설정은
# 작은따옴표에서 자르고 한 글자 단어를 버리므로(연습 04의 9단계), `don't`에서는 `don`만 남습니다.
#
# Fit `cv`, with its default settings, on `X_train`, and get the following. No stop words are dropped, so this time `not` keeps its column.
# But the default cuts at the apostrophe and drops words of one letter (exercise 04, step 9), so all that is left of `don't` is `don`.
#
# | 변수 variable | 내용 what it holds |
# |---|---|
# | `words` | `cv`의 단어, 열의 순서대로(`get_feature_names_out`) · the words of `cv` in the order of the columns (list) |
# | `train_df` | 배울 문장의 단어를 센 수 · the counts of the training sentences (DataFrame 750 x 단어의 수 words, 열 이름 columns `words`) |
# | `test_df` | 시험 문장의 단어를 센 수, **같은 열** · the counts of the test sentences, **same columns** (DataFrame 250 x 단어의 수 words) |
# | `unknown_words` | `X_test`에 나오지만 `cv`에는 없는 서로 다른 단어의 수 · how many different words of `X_test` are not in `cv` (int) |
#
# 마지막 것은 `X_test`에 **따로** 맞춘 `CountVectorizer`의 단어와 견주면 됩니다. 그것은 세어 보는 데만 쓰고 버립니다.
#
# For the last one compare with the words of **another** `CountVectorizer`, fitted on `X_test` and used for nothing else.

# %% [raw]
# # BEGIN SOLUTION

# %%
# cv: CountVectorizer;  words: list of str;  train_df, test_df: DataFrames with the columns words;  unknown_words: int
cv = CountVectorizer()  # SOLUTION
cv.fit(X_train)  # SOLUTION NO PROMPT
words = list(cv.get_feature_names_out())  # SOLUTION
train_df = pd.DataFrame(cv.transform(X_train).toarray(), columns=words)  # SOLUTION
test_df = pd.DataFrame(cv.transform(X_test).toarray(), columns=words)  # SOLUTION
unknown_words = len(set(CountVectorizer().fit(X_test).vocabulary_) - set(words))  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_both_tables_have_the_same_columns(train_df, test_df):
    shapes = [getattr(value, "shape", None) for value in (train_df, test_df)]
    kinds = [type(value).__name__ for value in (train_df, test_df)]
    message = (
        f"기댓값 expected: DataFrame 750 rows, DataFrame 250 rows\n실제값 got: {kinds}, {shapes}\n"
        "원인 likely cause: 아직 채우지 않았거나 표로 만들지 않았습니다. / Not filled in yet, or not made into a table.\n"
        "힌트 hint: transform의 결과를 toarray로 풀어 DataFrame에 주세요. / Unfold what transform returns by toarray and give it to DataFrame."
    )
    assert kinds == ["DataFrame"] * 2 and [shape[0] for shape in shapes] == [750, 250], message
    columns = [list(frame.columns) for frame in (train_df, test_df)]
    cause = "열에 단어 이름이 없습니다. / The columns do not carry the words as names."
    if shapes[0][1] != shapes[1][1]:
        cause = "시험 문장에 cv를 다시 맞추었습니다. 맞추는 것은 한 번뿐입니다. / cv was fitted again, on the test sentences. Fit once only."
    message = (
        f"기댓값 expected: 두 표의 열이 같은 단어 · the same words as columns of both\n실제값 got: {shapes}, {columns[0][:3]} ..., {columns[1][:3]} ...\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 시험 문장에는 transform만 쓰세요. / Use transform alone on the test sentences."
    )
    assert columns[0] == columns[1] and all(isinstance(word, str) for word in columns[0]), message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 단어 목록이 배울 문장의 단어가 아닙니다. 무엇에 맞추었는지, 기본 설정인지 보세요. / The list is not that of the words of the training sentences. See what cv was fitted on, and whether its settings are the default ones.
""" # END TEST CONFIG
def test_words_come_from_the_training_sentences_alone(words, train_df, reference):
    from autograder import checks
    checks.expect_equal(list(words), list(reference["words"]), "words")
    checks.expect_columns(train_df, list(reference["words"]), "train_df")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: train_df의 수가 배울 문장의 단어를 센 수와 다릅니다. / The numbers in train_df are not the counts of the training sentences.
""" # END TEST CONFIG
def test_training_sentences_are_counted(train_df, reference):
    from autograder import checks
    expected = reference["train_df"].to_numpy()
    checks.expect_shape(train_df.to_numpy(), expected.shape, "train_df")
    checks.expect_close(train_df.to_numpy(), expected, "train_df")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: test_df의 수가 시험 문장의 단어를 센 수와 다릅니다. / The numbers in test_df are not the counts of the test sentences.
""" # END TEST CONFIG
def test_test_sentences_are_counted_by_the_same_list(test_df, reference):
    from autograder import checks
    expected = reference["test_df"].to_numpy()
    checks.expect_shape(test_df.to_numpy(), expected.shape, "test_df")
    checks.expect_close(test_df.to_numpy(), expected, "test_df")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: unknown_words가 시험 문장에만 나오는 서로 다른 단어의 수가 아닙니다. / unknown_words is not the number of different words that only the test sentences have.
""" # END TEST CONFIG
def test_words_that_the_list_does_not_know(unknown_words, reference):
    from autograder import checks
    checks.expect_equal(unknown_words, reference["unknown_words"], "unknown_words")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. 모델 · The model
#
# 두 층을 쌓아 `model`을 만드세요. 첫 층 앞에는 `keras.Input`을 두어 입력이 단어의 수만큼의 숫자라고 알려 줍니다.
#
# Stack two layers into `model`, with a `keras.Input` before the first that says that the input is as many numbers as there are words.
#
# | 층 layer | 왜 why |
# |---|---|
# | 유닛 10개, relu인 Dense · Dense with 10 units, relu | 단어들을 열 가지 눈금으로 간추립니다 · sums the words up on ten scales |
# | 유닛 1개, sigmoid인 Dense · Dense with 1 unit, sigmoid | 좋은 말일 확률 하나를 냅니다 · gives one probability: that the sentence speaks well |
#
# 답이 둘 중 하나이면 확률 하나로 충분합니다. 나쁜 말일 확률은 1에서 뺀 것이니까요. 유닛이 하나일 때 softmax를 쓰면 안 됩니다. softmax는
# 유닛들의 합이 1이 되게 나누므로, 유닛이 하나뿐이면 언제나 1입니다.
#
# With two possible answers one probability is enough; the other is 1 minus it. Do not use softmax with one unit: it divides so that
# all units together make 1, and a single one is then always 1.
#
# **손으로 세기.** 단어가 $V$개라면(여러분의 $V$는 `len(words)`입니다) · **Count by hand.** With $V$ words (your own $V$ is `len(words)`):
#
# $$V \times 10 + 10 \qquad 10 \times 1 + 1 = 11 \qquad \text{예 · e.g. } V = 500: \; 5{,}010 + 11 = 5{,}021$$

# %% [raw]
# # BEGIN SOLUTION

# %%
# model: Input → Dense 10 relu → Dense 1 sigmoid
model = Sequential()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
model.add(keras.Input((len(words),)))
model.add(Dense(10, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.summary()
# END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: false
""" # END TEST CONFIG
def test_number_of_parameters(model, words):
    layers = [layer for layer in getattr(model, "layers", []) if type(layer).__name__ != "InputLayer"]
    message = (
        f"기댓값 expected: 가중치가 있는 Keras 모델 a Keras model with weights\n실제값 got: {type(model).__name__}, {len(layers)} layers\n"
        "원인 likely cause: model을 채우지 않았거나 입력 모양을 모릅니다. / model is not filled in, or does not know its input shape.\n"
        "힌트 hint: 첫 층 앞에 keras.Input을 두세요. / Put keras.Input before the first layer."
    )
    assert layers and getattr(model, "built", False), message
    expected = [len(words) * 10 + 10, 11]
    found = [int(layer.count_params()) for layer in layers]
    units = [getattr(layer, "units", None) for layer in layers]
    cause = "층의 수가 다릅니다. / The number of layers differs."
    if tuple(model.input_shape) != (None, len(words)):
        cause = f"입력의 모양이 {model.input_shape}입니다. 단어의 수 {len(words)}가 아닙니다. / The input shape is {model.input_shape}, not the number of words, {len(words)}."
    elif units[-1:] != [1]:
        cause = f"마지막 층의 유닛이 {units[-1]}입니다. 확률은 하나입니다. / The last layer has {units[-1]} units, and there is one probability."
    elif units[:1] != [10]:
        cause = f"첫 층의 유닛이 10이 아니라 {units[0]}입니다. / The first layer has {units[0]} units instead of 10."
    message = (
        f"기댓값 expected: {expected[0]:,} + {expected[1]} = {sum(expected):,}\n"
        f"실제값 got: {found} = {sum(found):,}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 유닛마다 입력의 수만큼의 가중치와 편향 하나. / Each unit has a weight for each input, and one bias."
    )
    assert found == expected, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 첫 층이 relu가 아니거나 마지막 층이 sigmoid가 아닙니다. / The first layer is not relu, or the last not sigmoid.
""" # END TEST CONFIG
def test_relu_first_and_sigmoid_last(model):
    from autograder import checks
    dense = [layer.name for layer in getattr(model, "layers", []) if type(layer).__name__ == "Dense"]
    assert len(dense) == 2, f"expected two Dense layers, got {len(dense)}"
    checks.expect_activation(model, dense[0], "relu")
    checks.expect_activation(model, dense[1], "sigmoid")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 모델이 문장마다 0과 1 사이의 확률 하나를 내야 합니다. 문장마다 달라야 합니다. / The model has to give one probability between 0 and 1 for each sentence, and not the same for all.
""" # END TEST CONFIG
def test_one_probability_for_each_sentence(model, words):
    from autograder import checks
    import numpy as np
    counts = np.random.default_rng(5).poisson(0.3, (40, len(words))).astype("float32")
    said = checks.outputs(model, counts)
    checks.expect_shape(said, (40, 1), "output of model")
    checks.expect_probabilities(said, "output of model")
    assert np.ptp(said) > 1e-4, f"expected probabilities that differ, got {said[0, 0]:.4f} for all 40 rows"

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 모든 파라미터가 학습되어야 합니다. / All parameters have to be trainable.
""" # END TEST CONFIG
def test_everything_is_trainable(model, words):
    from autograder import checks
    total = len(words) * 10 + 10 + 11
    checks.expect_parameter_total(model, total, trainable=total)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. 컴파일과 학습 · Compile and train
#
# 답이 둘 중 하나이고 출력이 확률 하나이므로 손실은 `binary_crossentropy`입니다. 옵티마이저 Adam, `metrics`로 정확도를 주어 컴파일하고
# `train_df`, `y_train`으로 **100 에포크**, **배치 크기 10**으로 학습해 결과를 `history`에 담으세요. 에포크마다 시험 문장으로도 재도록
# `validation_data=(test_df, y_test)`를, 출력이 짧도록 `verbose=0`을 줍니다. 30초쯤 걸릴 수 있습니다.
#
# One of two answers, told by one probability: the loss is `binary_crossentropy`. Compile with it, Adam, and accuracy under `metrics`. Train
# on `train_df`, `y_train` for **100 epochs** with **batch size 10** and keep the result in `history`. Give `validation_data=(test_df, y_test)`
# so that each epoch is measured on the test sentences, too, and `verbose=0` for short output. It may take half a minute.
#
# 750문장을 10개씩 나누면 에포크마다 75걸음, 모두 7,500걸음입니다. 이 작은 자료에는 너무 많습니다. 일부러 그렇게 합니다.
#
# 750 sentences in batches of 10 make 75 steps an epoch and 7,500 in all. That is too much for so little data, and it is on purpose.
#
# 이 칸만 다시 실행하면 이미 배운 모델이 100 에포크를 **더** 배우고, `history`는 그 뒤쪽만 보여 주어 7단계가 뜻을 잃습니다. 처음부터 다시
# 하려면 4단계의 칸부터 실행하세요.
#
# Running this cell again trains the same model for 100 epochs **more**; `history` then shows the later part alone, and step 7 loses its
# meaning. To begin afresh, run the cell of step 4 before it.

# %% [raw]
# # BEGIN SOLUTION

# %%
# compile the model: loss binary_crossentropy, optimizer adam, metrics accuracy;  history: what fit returns
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])  # SOLUTION
history = model.fit(train_df, y_train, epochs=100, batch_size=10, validation_data=(test_df, y_test), verbose=0)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_one_hundred_epochs_with_accuracy(history):
    recorded = getattr(history, "history", None)
    message = (
        f"기댓값 expected: fit의 결과 what fit returns\n실제값 got: {type(history).__name__}\n"
        "원인 likely cause: fit의 결과를 담지 않았거나 fit이 오류로 멈췄습니다. / The result of fit was not kept, or fit ended with an error."
    )
    assert isinstance(recorded, dict), message
    lengths = {name: len(recorded.get(name, [])) for name in ("loss", "val_loss", "accuracy", "val_accuracy")}
    cause = "epochs가 100이 아닙니다. / epochs is not 100."
    if not lengths["accuracy"]:
        cause = "compile에 metrics로 accuracy를 주지 않았습니다. / compile was not given accuracy under metrics."
    elif not lengths["val_loss"]:
        cause = "fit에 validation_data를 주지 않았습니다. / fit was not given validation_data."
    message = (
        f"기댓값 expected: 100 x loss, val_loss, accuracy, val_accuracy\n실제값 got: {lengths}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: fit을 두 번 실행하면 history에는 마지막 것만 남습니다. / After two runs of fit, history holds only the last."
    )
    assert set(lengths.values()) == {100}, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 손실이 이진 교차 엔트로피가 아니거나 옵티마이저가 Adam이 아닙니다. / The loss is not the binary cross-entropy, or the optimizer is not Adam.
""" # END TEST CONFIG
def test_compiled_for_yes_or_no(model):
    from autograder import checks
    checks.expect_loss(model, "binary_crossentropy")
    checks.expect_optimizer(model, "Adam")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 에포크마다 배치가 75개가 아닙니다. 배치 크기와 학습한 문장의 수를 확인하세요. / An epoch did not have 75 batches. Check the batch size and how many sentences it was trained on.
""" # END TEST CONFIG
def test_seventy_five_batches_an_epoch(history):
    from autograder import checks
    checks.expect_steps_per_epoch(history, 75)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 학습 손실이 충분히 내려가지 않았습니다. 문장과 라벨의 짝, 손실, 에포크 수를 확인하세요. / The training loss did not fall far enough. Check that sentences and labels belong together, the loss, and the number of epochs.
""" # END TEST CONFIG
def test_training_loss_fell(history):
    from autograder import checks
    checks.expect_loss_fell(history, to_fraction=0.3)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: history의 마지막 val_accuracy가 이 모델이 시험 문장에서 내는 정확도와 다릅니다. history와 model은 같은 학습에서 나와야 합니다. / The last val_accuracy in history is not the accuracy of this model on the test sentences. Both have to come from the same training.
""" # END TEST CONFIG
def test_history_belongs_to_this_model(model, history, test_df, y_test):
    from autograder import checks
    import numpy as np
    claimed = float(checks.curve(history, "val_accuracy")[-1])
    measured = checks.accuracy(model, np.asarray(test_df, dtype="float32"), np.asarray(y_test))
    checks.expect_close(claimed, measured, "last val_accuracy", tolerance=0.009)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. 두 번 평가하기 · Evaluate twice
#
# `model.evaluate`는 컴파일한 대로 손실과 정확도를 이 순서로 돌려줍니다. 배운 문장에서 `train_loss`, `train_accuracy`를, 시험 문장에서
# `test_loss`, `test_accuracy`를 구하세요(`verbose=0`).
#
# `model.evaluate` returns loss and accuracy, in this order, as the model was compiled. Get `train_loss` and `train_accuracy` from the training
# sentences, `test_loss` and `test_accuracy` from the test sentences (`verbose=0`).
#
# 두 정확도의 차이를 보세요. 배운 문장에서 거의 1이라는 것은 실력이 아니라 기억력입니다. 손실의 차이는 더 큽니다. 틀린 답을 **자신 있게**
# 말할수록 교차 엔트로피가 커지기 때문입니다. 틀린 답에 확률 0.51을 주면 손실은 -ln 0.49 = 0.7, 0.999를 주면 -ln 0.001 = 6.9입니다.
#
# See how far apart the two accuracies are. Nearly 1 on the training sentences is memory, not skill. The losses are even further apart: the
# cross-entropy grows with the **confidence** of a wrong answer. Giving the wrong answer a probability of 0.51 costs -ln 0.49 = 0.7, giving it
# 0.999 costs -ln 0.001 = 6.9.

# %% [raw]
# # BEGIN SOLUTION

# %%
# four numbers
train_loss, train_accuracy = model.evaluate(train_df, y_train, verbose=0)  # SOLUTION
test_loss, test_accuracy = model.evaluate(test_df, y_test, verbose=0)  # SOLUTION
# BEGIN SOLUTION NO PROMPT
pd.DataFrame({"loss": [train_loss, test_loss], "accuracy": [train_accuracy, test_accuracy]}, index=["train", "test"])
# END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_four_numbers(train_loss, train_accuracy, test_loss, test_accuracy):
    import numpy as np
    values = [train_loss, train_accuracy, test_loss, test_accuracy]
    kinds = [type(value).__name__ for value in values]
    message = (
        f"기댓값 expected: 숫자 네 개 four numbers\n실제값 got: {kinds}\n"
        "원인 likely cause: 아직 채우지 않았거나 두 값을 한 변수에 담았습니다. / Not filled in yet, or both values are in one variable.\n"
        "힌트 hint: 왼쪽에 변수 두 개를 쉼표로 나란히 두세요. / Put two variables side by side, with a comma, on the left."
    )
    assert all(np.size(value) == 1 and isinstance(value, (float, int, np.number)) for value in values), message
    accuracies = [float(train_accuracy), float(test_accuracy)]
    message = (
        f"기댓값 expected: 0 <= accuracy <= 1\n실제값 got: {accuracies}\n"
        "원인 likely cause: 손실과 정확도가 바뀌었거나 퍼센트입니다. / Loss and accuracy are swapped, or these are percentages."
    )
    assert all(0 <= value <= 1 for value in accuracies), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: train_accuracy나 test_accuracy가 이 모델의 정확도가 아닙니다. / train_accuracy or test_accuracy is not the accuracy of this model.
""" # END TEST CONFIG
def test_accuracies_are_the_models(train_accuracy, test_accuracy, model, train_df, y_train, test_df, y_test):
    from autograder import checks
    import numpy as np
    for claimed, counts, labels, name in (
        (train_accuracy, train_df, y_train, "train_accuracy"), (test_accuracy, test_df, y_test, "test_accuracy"),
    ):
        again = checks.accuracy(model, np.asarray(counts, dtype="float32"), np.asarray(labels))
        checks.expect_close(claimed, again, name, tolerance=0.006)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: train_loss나 test_loss가 이 모델의 이진 교차 엔트로피가 아닙니다. / train_loss or test_loss is not the binary cross-entropy of this model.
""" # END TEST CONFIG
def test_losses_are_the_models(train_loss, test_loss, model, train_df, y_train, test_df, y_test):
    from autograder import checks
    import numpy as np
    for claimed, counts, labels, name in ((train_loss, train_df, y_train, "train_loss"), (test_loss, test_df, y_test, "test_loss")):
        said = np.ravel(checks.outputs(model, np.asarray(counts, dtype="float32"))).astype(float)
        right = np.where(np.asarray(labels) == 1, said, 1 - said)
        again = float(-np.log(np.clip(right, 1e-7, 1)).mean())
        # Keras may know the sum behind a probability that is 0 in float32, and so a loss up to 40 where this one is 16
        hidden = 24 * float((right < 2e-7).mean())
        slack = 0.002 + 0.02 * again
        checks.expect_within(claimed, again - slack, again + hidden + slack, name)

# %%
""" # BEGIN TEST CONFIG
points: 5
hidden: true
failure_message: 시험 문장에서 모델의 정확도가 기준에 못 미칩니다. 단어 표, 라벨, 학습을 확인하세요. / On the test sentences the accuracy of the model is below the threshold. Check the tables of words, the labels, and the training.
""" # END TEST CONFIG
def test_model_tells_good_from_bad(model, reference, calibration):
    from autograder import checks
    import numpy as np
    found = checks.accuracy(model, np.asarray(reference["test_df"], dtype="float32"), np.asarray(reference["y_test"]))
    checks.expect_above(found, calibration["test_accuracy"], "accuracy on the test sentences")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. 언제 멈췄어야 했나 · When should it have stopped?
#
# 함수 `best_epoch(values)`를 쓰세요. 에포크마다의 손실을 받아 **가장 작은 손실이 나온 에포크의 번호**를 정수로 돌려줍니다. 에포크는 1부터
# 셉니다. 같은 값이 여러 번이면 먼저 나온 것입니다. 예: `best_epoch([0.7, 0.5, 0.4, 0.6])`은 3입니다.
#
# Write the function `best_epoch(values)`: it takes the losses, one for each epoch, and returns **the number of the epoch with the
# smallest** as an int. Epochs count from 1; of equal losses the first is taken. For example, `best_epoch([0.7, 0.5, 0.4, 0.6])` is 3.
#
# 그리고 `history`에서 다음을 구하세요. · Then get from `history`:
#
# | 변수 variable | 내용 what it holds |
# |---|---|
# | `stop_at` | `val_loss`가 가장 작았던 에포크 · the epoch with the smallest `val_loss` |
# | `lowest` | 그때의 `val_loss` · that `val_loss` |
# | `loss_ratio` | 마지막 에포크의 `val_loss`가 `lowest`의 몇 배인지 · how many times `lowest` the `val_loss` of the last epoch is |
#
# `stop_at`은 시험 문장을 보고 고른 것이므로 지난 학습을 되돌아보는 데만 씁니다(9의 1번). · `stop_at` is chosen by the test sentences, so it
# serves for looking back only (question 1 of 9).
#
# 둘째 칸에서는 `loss`와 `val_loss`를 한 그림에, `accuracy`와 `val_accuracy`를 다른 그림에 그리고, `stop_at`에 세로선을 그으세요(채점하지
# 않습니다). 맨 위의 그림과 닮았나요? `val_loss`가 크게 오르는데 `val_accuracy`는 왜 별로 내려가지 않을까요?
#
# In the second cell draw `loss` and `val_loss` in one picture, `accuracy` and `val_accuracy` in another, with a vertical line at `stop_at`
# (not graded). Do they look like the picture at the top? Why does `val_accuracy` hardly fall while `val_loss` climbs so far?

# %% [raw]
# # BEGIN SOLUTION

# %%
def best_epoch(values):
    """Number of the epoch, counted from 1, with the smallest of the values."""
    # BEGIN SOLUTION
    return int(np.argmin(values)) + 1
    # END SOLUTION

# %%
# stop_at: int from 1 to 100;  lowest, loss_ratio: numbers
stop_at = best_epoch(history.history["val_loss"])  # SOLUTION
lowest = min(history.history["val_loss"])  # SOLUTION
loss_ratio = history.history["val_loss"][-1] / lowest  # SOLUTION

# %%
# two pictures: loss and val_loss; accuracy and val_accuracy
# BEGIN SOLUTION
figure, axes = plt.subplots(1, 2, figsize=(12, 4))
epochs = range(1, len(history.history["loss"]) + 1)
for picture, name, title in ((axes[0], "loss", "손실 loss"), (axes[1], "accuracy", "정확도 accuracy")):
    picture.plot(epochs, history.history[name], label="학습 train")
    picture.plot(epochs, history.history["val_" + name], label="시험 test")
    picture.axvline(stop_at, color="gray", linestyle="--", label="가장 낮은 val_loss")
    picture.set_xlabel("에포크 epoch")
    picture.set_ylabel(title)
    picture.legend()
plt.show()
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
def test_third_of_four_epochs(best_epoch):
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(best_epoch).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(best_epoch), message
    found = best_epoch([0.7, 0.5, 0.4, 0.6])
    cause = "return이 없거나 에포크의 번호가 아닙니다. / There is no return, or it is not the number of an epoch."
    if found == 2:
        cause = "0부터 세었습니다. / It counts from 0."
    elif found == 1:
        cause = "가장 큰 손실을 찾았습니다. / It looks for the largest loss."
    elif found == 0.4:
        cause = "에포크가 아니라 손실을 돌려줍니다. / It returns the loss, not the epoch."
    message = f"기댓값 expected: 3\n실제값 got: {found}\n원인 likely cause: {cause}"
    assert found == 3, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 손실로 부르면 best_epoch의 답이 다릅니다. 인자만 쓰는지, 같은 값이 둘일 때 먼저 나온 것인지 보세요. / With other losses best_epoch answers wrongly. See whether it uses its argument alone, and takes the first of two equal losses.
""" # END TEST CONFIG
def test_best_epoch_of_other_curves(best_epoch):
    from autograder import checks
    for losses, expected in (([0.9], 1), ([0.5, 0.4, 0.3, 0.2, 0.1], 5), ([1.5, 0.3, 0.6, 0.3, 2.0, 0.9], 2), ([0.2, 0.4] * 80, 1)):
        found = best_epoch(losses)
        checks.expect_equal(int(found), expected, f"best_epoch of {len(losses)} losses")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: stop_at이 val_loss가 가장 작았던 에포크가 아닙니다. / stop_at is not the epoch with the smallest val_loss.
""" # END TEST CONFIG
def test_stops_where_the_loss_of_unseen_sentences_is_lowest(stop_at, history):
    from autograder import checks
    checks.expect_equal(int(stop_at), int(checks.curve(history, "val_loss").argmin()) + 1, "stop_at")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: lowest나 loss_ratio가 history의 val_loss에서 나오지 않습니다. / lowest or loss_ratio does not follow from val_loss in history.
""" # END TEST CONFIG
def test_how_far_the_loss_climbed_again(lowest, loss_ratio, history):
    from autograder import checks
    losses = checks.curve(history, "val_loss")
    checks.expect_close(lowest, losses.min(), "lowest", tolerance=1e-4)
    checks.expect_close(loss_ratio, losses[-1] / losses.min(), "loss_ratio", tolerance=0.006)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 여러분의 문장 · Sentences of your own
#
# 함수 `classify(sentences)`를 쓰세요. 문장의 리스트를 받아, 문장마다 모델의 답 1(좋은 말) 또는 0(나쁜 말)을 **같은 길이의 정수 리스트**로
# 돌려줍니다. 문장은 3단계의 `cv`로 바꾸기만 하고(`transform`), 확률이 0.5보다 크면 1입니다.
#
# Write the function `classify(sentences)`: it takes a list of sentences and returns **a list of ints of the same length**, the model's answer
# for each, 1 (speaks well) or 0 (badly). Only transform the sentences with the `cv` of step 3 (`transform`); the answer is 1 where the
# probability is above 0.5.
#
# 그리고 모델을 속여 볼 **여러분의 문장**을 여섯 개 이상 `my_sentences`에, 그 라벨을 `my_labels`에 쓰세요. 파일에 있는 문장은 안 되고, 두 라벨이
# 모두 있어야 합니다. 부정("not bad at all"), 두 가지 말("nice case, but it broke"), 흔하지 않은 단어를 섞어 보세요. `my_accuracy`는 그
# 문장들에서 `classify`가 맞힌 비율입니다. 맞히든 틀리든 점수와는 상관없습니다.
#
# Then write six or more **sentences of your own** into `my_sentences`, to fool the model with, and their labels into `my_labels`. They must
# not be in the file, and both labels have to occur. Mix in negation ("not bad at all"), two opinions ("nice case, but it broke") and rare
# words. `my_accuracy` is the share that `classify` gets right. Whether it is high or low is not graded.
#
# 채점에서는 `classify`를 파일에 없는 다른 문장들로 부릅니다. 그 답이 여러분 모델의 확률과 맞는지, 그리고 충분히 자주 옳은지를 봅니다. · In
# grading, `classify` is called with other sentences that are not in the file. Its answers have to agree with the probabilities of your model,
# and to be right often enough.

# %% [raw]
# # BEGIN SOLUTION

# %%
def classify(sentences):
    """The model's answers, a list of 0 and 1, one for each sentence."""
    # BEGIN SOLUTION
    said = model.predict(cv.transform(sentences).toarray(), verbose=0)
    return [int(one > 0.5) for one in said.ravel()]
    # END SOLUTION

# %%
# BEGIN SOLUTION NO PROMPT
own = """1 The battery life is easy to use...
0 I hate this holster.
1 My son could hear me clearly at the gym.
1 I am very hpapy with this phone!!
0 It won't hold a charge for five years!!
1 It beats the old one easily.
0 It lasted a few hours!
1 I can not live without this adapter now!!
0 The handle works great, although in the end overall I am disappointed.
0 This battery is extremely bad.
0 My boss hates it!!
0 Worst case I have ever owned.
1 Comfortable keypad.
0 I like the keypad, although in the end overall I am disappointed!
0 Everything about this case is weak.
0 Do not waste your money on this phone.
1 I had doubts about the design, although in the end overall I am happy...
1 It took a year to arrive, yet I got used to it and now I love it.
0 The sound quality is crackly!
0 It never worked well.
0 Awful finish!
1 I am very happy with this phone!
0 I regret buying this radio.
0 It won't hold a charge for three months.
0 Stay away from this cable...
1 The screen is sturdy
0 I went back to using the original.
0 The battery life is graet; still, I had to return it.
1 I love this coffee maker.
0 This mouse is very bad.
0 I am just disappointed with this charger.
1 Reliable charger, neat picture.
1 the manual is better than on the model it rplaced.
0 The company was rude and the lamp is disappointing.
1 Excellent camera for the prce...
0 The battery life is useless...
1 Nothing else comes close to this headset.
1 The people I call loves it!!
0 Not as sharp as my last one
0 Poor lid!!
1 It took a year to arrive but for this price it is easy to use!!
1 The design is a little awful but overall I am happy.
1 Excellent headset, easy to use battery life.
1 I bought a second one for my mother.
1 The battery lasts for a year.
1 Great headphones case!
1 Not bulky for the price.
0 The display is a little shoddy, however for this price it is fantastic.
1 It looks disappointing but the battery life is fantastic.
0 Not a great camera in the car.
0 Don't buy this bike light.
1 No complaints about the ringtone
1 Can't beat the sound quality at this pice.
1 Can't beat the lid at this price.
0 It works poroly at home...
0 i am rather disappointed with this coffee maker
1 The handle is a little stiff, however it does the job...
0 Works worse every day...
0 I hate this cable!
1 It looks crackly, but I would buy it again.
0 The display is worse than on more expensive ones.
0 Blurry holster, bad screen!!
0 One star because of the design
1 Excellent phone for the price.
0 The plug is nice but that is all.
1 No more poor headset for me.
0 Poor hige!!
1 I dropped it in the car and it suvived.
1 Not loud for the price.
0 This phone is very cheap!
0 My grandmother could hear an echo in the kitchen...
0 The weight is crackly!!
0 A terrible charger at a terrible price.
0 The price is worthless
1 The keypad is great.
0 The packaging is not good.
1 I can not live without this coffee maker now.
1 I am pretty happy with this car charger.
0 Poor manual.
1 the sound quality is great.
1 The clip is impeccable.
1 i use it eery day in the car.
1 The dealer sent a new one the next day
1 I can not live without this speaker now.
1 The sound quality could be better; still, overall I am happy.
1 the packaging could be better, but the handle is good
1 I don't know how I managed without it outdoors
1 it took a few hours to arrive, however i would buy it again...
1 the reception is rugged...
1 I have never had a problem with the color...
0 I can not use it on the train...
1 I would recommend this keyboard to anyone...
1 What a great little desk fan.
1 The lens is rather great at home!!
1 It beats the original easily.
1 Great charger!
1 The finish is great
1 I was worried that the touch screen would be worthless but it is not!!
0 The interface is not flawless
0 The store did not answer...
1 i could not be happier with the strap...
0 It has a well made strap; still, the manual is pathetic.
0 An atrocious battery at a muffled price.
1 I have had it for a mnth and it still looks new
0 It was clear for ten days, but I would not buy it again.
1 I am quite happy with this camera...
1 I like the sound quality and the plug.
0 I like the design; still, it fell aprat after half a year.
1 It looks clumsy, but it works like a charm.
1 The color is nice
0 This mouse is not excellent at all!
1 it is very flimsy to set up, however it woks as advertised.
0 I hate this adapter.
0 My roommate and I are both unhappy with this charger!!
1 I love this car charger!
1 My husband could hear me clearly on the train...
0 Not a clear phone in a noisy room!
1 My wife could hear me clearly at home.
0 I am absolutely disappointed with this product.
1 I had doubts about the reception, although in the end the design is perfect.
0 It lasted one winter!
1 I love this headset!
1 the ear hook is a little bad, but it works well.
0 I can not use it on my bike...
0 The screen scratched on the first day.
0 Everything about this phone is blurry!!
0 Horrible picture.
0 The reception works well, yet the mute button makes it useless.
0 I regret buying this holster!!
0 the sound quality is weak.
1 The battery life is sturdy and the interface is great
1 Nothing else comes close to this keyboard.
0 I had to buy another pencil sharpener after two weeks!
0 The sound quality is so terrible at the office!
1 The price is impeccable
1 Do not waste your money on this tripod...
1 I had doubts about the sound quality, however it does the job!
1 A nice bluetooth headset at an outstanding price.
1 The battery lasts for a week.
1 It is very cheap to set up but the sound quaity is comfortable.
1 The lid is very perfect while driving.
0 The price is mediocre.
0 It stopped working after six months.
1 No complaints about the display...
0 my moter hates it.
0 The build quality is uncomfortable and the interface is disappointing
0 I hate this router!!
0 The battery life is not cute.
1 No complaints about the signal.
0 It never worked as advertised!
0 I would not call the picture crisp.
0 It looks great, however it is really worthless!!
1 I do not like the battery life, however the strap is top notch.
1 No more horrible phone for me.
0 A friend and I are both unhappy with this phone.
0 The price fell off after two weeks
0 do not wste your money on this case.
0 I would not recommend this car charger.
0 The screen is not good.
0 After five years I bought three more.
0 It turns itself off on long flights.
0 This backpack is so bad!!
1 A nice phone at a reliable price.
0 It hurts my ears on long flights.
1 Great pencil sharpener.
1 the weight is amazing.
0 i am too disappointed with this cable.
0 One star because of the sound quality!
0 It works worse every day in the car.
1 i had doubts about the reception, although in the end i got used to it and now i love it.
1 The manual is better than on more expensive ones!
1 The strap is not feeble.
1 This e-reader is really excellent.
1 Everyone at work loves it.
1 It never gets cheap even in the garage.
0 The shop was fantastic, however that is all
0 Not a great battery at my desk.
1 There is nothing awful about it!
1 I have never had a problem with the build quality...
1 It looks crackly, but it does the job!!
0 The interface is not quiet.
0 The ringtone is not sleek...
1 It has good volume and it is quiet.
0 The seller was rude and the headset is loose...
0 It works poorly at the gym
0 I do not love the battery life
0 The color works like a charm, but that is all.
1 The motor is durable.
0 The software is good; still, I would not buy it again!
0 it looks awesome but overall i am disappointed.
1 What an excellent little headset!
1 Not a comfortable charger at the office!
0 Bulky toaster, ugly battery life!
1 I was worried that the sound quality would be grainy but it is not
0 This camera is absolutely loud!!
1 My neighbor could hear me clearly at the office!
0 The battery life fell off after there months...
1 The hinge is great.
1 Not dim for the price.
0 This lamp is pretty defective."""
my_sentences = [line[2:] for line in own.splitlines()]
my_labels = [int(line[0]) for line in own.splitlines()]
# END SOLUTION
""" # BEGIN PROMPT
my_sentences = ...  # list of at least six str
my_labels = ...  # list of their labels, 0 or 1
""" # END PROMPT
# my_accuracy: number from 0 to 1
my_accuracy = float(np.mean(np.array(classify(my_sentences)) == np.array(my_labels)))  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_an_answer_for_each_sentence(classify):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(classify).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(classify), message
    found = classify(["Great phone", "It broke after a week", "qwertyuiop"])
    flat = list(np.ravel(found)) if found is not None else []
    cause = "문장마다 답이 하나가 아닙니다. / There is not one answer for each sentence."
    if len(flat) == 3:
        cause = "확률을 0이나 1로 바꾸지 않았습니다. / The probabilities were not turned into 0 or 1."
    message = (
        f"기댓값 expected: 세 답, 0 또는 1 · three answers, 0 or 1\n실제값 got: {type(found).__name__}, {[str(one)[:12] for one in flat[:5]]}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 확률이 0.5보다 큰지 하나씩 보세요. / Ask of each probability whether it is above 0.5."
    )
    assert len(flat) == 3 and all(one in (0, 1) for one in flat), message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_six_sentences_of_your_own(my_sentences, my_labels, my_accuracy):
    import numpy as np
    count = len(my_sentences) if isinstance(my_sentences, (list, tuple)) else None
    message = (
        f"기댓값 expected: 문장 여섯 개 이상의 리스트 · a list of six or more sentences\n실제값 got: {type(my_sentences).__name__}, {count}\n"
        "원인 likely cause: 아직 채우지 않았거나 문장이 모자랍니다. / Not filled in yet, or there are too few."
    )
    assert count is not None and count >= 6 and all(isinstance(one, str) for one in my_sentences), message
    labels = [int(one) for one in my_labels] if isinstance(my_labels, (list, tuple, np.ndarray)) else []
    message = (
        f"기댓값 expected: {count} labels, 0과 1이 모두 · both 0 and 1\n실제값 got: {len(labels)} labels, {sorted(set(labels))}\n"
        "원인 likely cause: 라벨의 수가 다르거나 한 가지뿐입니다. / There are more or fewer labels, or only one kind."
    )
    assert len(labels) == count and set(labels) == {0, 1}, message
    assert np.size(my_accuracy) == 1 and 0 <= float(my_accuracy) <= 1, "my_accuracy는 0과 1 사이의 숫자입니다. / my_accuracy is a number from 0 to 1."

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: my_sentences에 파일에 있는 문장이 있거나 같은 문장이 두 번 있습니다. / my_sentences holds a sentence of the file, or the same one twice.
""" # END TEST CONFIG
def test_own_sentences_are_not_those_of_the_file(my_sentences, data, reference):
    known = {sentence.strip().lower() for sentence in reference["data"]["sentence"]}
    own = [sentence.strip().lower() for sentence in my_sentences]
    copied = sum(sentence in known for sentence in own)
    assert len(own) >= 6 and copied == 0, f"expected six or more sentences of your own, {copied} of {len(own)} are in the file"
    assert len(set(own)) == len(own), f"expected {len(own)} different sentences, got {len(set(own))}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: my_accuracy가 classify가 my_sentences에서 맞힌 비율이 아닙니다. / my_accuracy is not the share of my_sentences that classify gets right.
""" # END TEST CONFIG
def test_accuracy_on_own_sentences(my_accuracy, classify, my_sentences, my_labels):
    from autograder import checks
    import numpy as np
    again = checks.accuracy_of(np.ravel(classify(list(my_sentences))), [int(one) for one in my_labels])
    checks.expect_close(my_accuracy, again, "my_accuracy", tolerance=6e-4)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: classify의 답이 이 모델의 확률과 맞지 않습니다. 대문자나 모르는 단어가 든 문장, 문장 하나로도 불러 보세요. / The answers of classify do not agree with the probabilities of this model. Call it with capitals, unknown words, and with one sentence alone.
""" # END TEST CONFIG
def test_answers_are_the_models(classify, model, words, reference):
    from autograder import checks
    import re
    import numpy as np
    known = list(reference["words"])
    sentences = [*list(reference["my_sentences"])[:30], "ZZXYW qwertyuiop", "NOT GOOD, not GREAT, not worth it!!"]
    counts = [[re.findall(r"\b\w\w+\b", sentence.lower()).count(word) for word in known] for sentence in sentences]
    said = np.ravel(checks.outputs(model, np.asarray(counts, dtype="float32")))
    is_sure = np.abs(said - 0.5) > 1e-3
    found = np.ravel(classify(sentences))
    assert len(found) == len(sentences), f"expected {len(sentences)} answers, got {len(found)}"
    checks.expect_labels(found[is_sure], (said > 0.5).astype(int)[is_sure], "classify")
    alone = np.ravel(classify(sentences[:1]))
    assert len(alone) == 1 and alone[0] == found[0], f"expected one answer, {found[0]}, for one sentence alone, got {alone}"

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 파일에 없는 문장에서 classify가 맞힌 비율이 기준에 못 미칩니다. / On sentences that are not in the file, classify is right less often than the threshold.
""" # END TEST CONFIG
def test_sentences_that_the_notebook_never_had(classify, reference, calibration):
    from autograder import checks
    import numpy as np
    found = checks.accuracy_of(np.ravel(classify(list(reference["my_sentences"]))), list(reference["my_labels"]))
    checks.expect_above(found, calibration["held_out_accuracy"], "accuracy of classify")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 9. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 1. `stop_at`에서 멈추면 되겠다고 말하고 싶지만, 그 에포크는 **시험 문장**을 보고 골랐습니다. 그 뒤의 `test_accuracy`는 아직 시험일까요?
#    배울 문장에서 일부를 떼어(`validation_split`) 그것으로 고르려면 무엇을 바꾸어야 하나요?<br>
#    It is tempting to say: stop at `stop_at`. But that epoch was chosen by looking at the **test sentences**. Is `test_accuracy` still a
#    test afterwards? What would you change to choose it by a part of the training sentences instead (`validation_split`)?
# 2. 파라미터는 5,000개가 넘고 배울 문장은 750개입니다. 유닛을 10개에서 2개로 줄이거나 `Dropout`을 넣으면 두 손실은 어떻게 되나요?<br>
#    There are more than 5,000 parameters and 750 sentences to learn from. What becomes of the two losses with 2 units instead of 10, or
#    with `Dropout`?
# 3. 여러분의 문장 가운데 어떤 것이 모델을 속였나요? `not`의 열이 있는데도 "not bad"를 왜 틀릴까요? 단어 가방에서는 `not`과 `bad`가 따로
#    세어집니다. `CountVectorizer(ngram_range=(1, 2))`로 다시 해 보세요.<br>
#    Which of your sentences fooled the model? `not` has a column of its own; why is "not bad" still wrong so often? A bag of words counts
#    `not` and `bad` apart. Try again with `CountVectorizer(ngram_range=(1, 2))`.
# 4. 시험 문장은 250개뿐입니다. 정확도 0.80은 200개를 맞혔다는 뜻이고, 운에 따라 다섯 개가 더 맞거나 틀리면 0.78이나 0.82가 됩니다. 두
#    모델의 정확도가 얼마나 달라야 한쪽이 낫다고 말하겠습니까?<br>
#    There are only 250 test sentences. An accuracy of 0.80 means 200 right; five more or fewer by chance make it 0.82 or 0.78. How far
#    apart must two models be before you call one of them better?
