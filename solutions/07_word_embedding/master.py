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
# name: 07_word_embedding
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 단어 임베딩
# ## Word embedding
#
# **목표.** 단어 가방에서는 모든 단어가 서로 똑같이 멉니다. **임베딩(embedding)** 은 단어마다 작은 벡터를 하나씩 주고, 그 벡터를 학습으로
# 움직입니다. 여기서는 임베딩이 사실 **표에서 한 줄을 꺼내는 일**임을 손으로 확인하고, 열 개의 짧은 평가를 좋은 말과 나쁜 말로 가르는
# 신경망을 만듭니다. 마지막에는 본 적 없는 말 "no way"를 물어보고, 그 대답을 믿어도 되는지 따져 봅니다.
#
# **Goal.** In a bag of words, all words are equally far apart. An **embedding** gives each word a small vector and moves that vector while
# training. Here you see by hand that an embedding is nothing but **taking a row out of a table**, and build a network that tells ten short
# reviews apart, good from bad. At the end you ask it about words it has never seen, "no way", and find out whether to believe it.
#
# 열 단계이며, 단계마다 코드 칸의 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 채점할 때는 숨은 검사가 더 있습니다. 숨은 검사는
# 여러분의 함수를 **다른 입력**으로도 불러 보지만, 본문에 없는 것을 묻지 않습니다.
#
# There are ten steps. In each, replace the `...` and then run the `grader.check` below it. Grading runs further, hidden checks. They also
# call your functions with **other inputs**, and never ask for anything that this text does not say.

# %% [markdown]
# ### 0. 생각의 그림 · The idea in one picture
#
# ```text
#                               번호 id       표의 줄 row of the table (크기 2 · size 2)
#   "Hope"   ─── 사전 index ───▶  0   ────▶   [ 1.2   3.1 ]  ┐
#   "to"     ──────────────────▶  1   ────▶   [ 0.1   4.2 ]  │   문장 하나 = 5 x 2
#   "see"    ──────────────────▶  2   ────▶   [ 1.0   3.1 ]  ├─  one sentence = 5 x 2
#   "you"    ──────────────────▶  3   ────▶   [ 0.3   2.1 ]  │
#   "soon"   ──────────────────▶  4   ────▶   [ 2.2   1.4 ]  ┘
# ```
#
# 단어를 **번호**로, 번호를 **줄**로 바꿉니다. 번호는 이름표일 뿐 크기에 뜻이 없습니다(4번이 2번의 두 배인 단어는 아니지요). 뜻은 줄에
# 담기고, 줄의 수들은 다른 가중치처럼 학습으로 정해집니다.
#
# A word becomes a **number**, and the number a **row**. The number is a label; its size means nothing (word 4 is not twice word 2). The
# meaning is in the row, and the figures in the rows are learnt like any other weights.

# %%
import hashlib
import re

import keras
import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import matplotlib.pyplot as plt
import numpy as np
from keras.layers import Dense, Embedding, Flatten
from keras.models import Sequential
from keras.utils import pad_sequences

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. 단어에 번호 매기기 · Number the words
#
# 두 문장에 나오는 단어를 **처음 나온 순서대로** 0부터 번호를 매깁니다. 이미 번호가 있는 단어는 그 번호를 그대로 씁니다. 그래서 둘째 문장의
# to, see, you는 첫째 문장과 같은 번호입니다.
#
# Number the words of the two sentences from 0 on, **in the order in which they are first met**. A word that has a number keeps it, so to,
# see and you of the second sentence have the numbers they had in the first.
#
# ```text
#   Hope to see you soon      →   [0, 1, 2, 3, 4]
#   Nice to see you again     →   [5, 1, 2, 3, 6]          단어는 모두 7개 · 7 words in all
# ```
#
# 두 함수를 쓰세요. `sentences`는 문장의 리스트이고, 문장은 단어의 리스트입니다. 대소문자는 바꾸지 않습니다. `encode`가 받는 단어는 모두
# `word_index`에 있습니다.
#
# Write two functions. `sentences` is a list of sentences, and a sentence a list of words. Capitals stay as they are. All words that `encode` is
# given are in `word_index`.
#
# - `build_index(sentences)`: 단어에서 번호로 가는 dict. · A dict from word to number.
# - `encode(sentences, word_index)`: 단어를 번호로 바꾼 리스트의 리스트. · A list of lists, with numbers for words.
#
# 그다음 `text`의 `word_index`와 `text_ids`를 만드세요. · Then make `word_index` and `text_ids` of `text`.

# %%
text = [["Hope", "to", "see", "you", "soon"], ["Nice", "to", "see", "you", "again"]]

# %% [raw]
# # BEGIN SOLUTION

# %%
def build_index(sentences):
    """The number of each word, from 0 on, as first met: list of lists of str → dict of str to int."""
    # BEGIN SOLUTION
    word_index = {}
    for sentence in sentences:
        for word in sentence:
            word_index.setdefault(word, len(word_index))
    return word_index
    # END SOLUTION


def encode(sentences, word_index):
    """Numbers for words: list of lists of str, dict → list of lists of int."""
    # BEGIN SOLUTION
    return [[word_index[word] for word in sentence] for sentence in sentences]
    # END SOLUTION

# %%
# word_index: dict with 7 words;  text_ids: 2 lists of 5 int
word_index = build_index(text)  # SOLUTION
text_ids = encode(text, word_index)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_seven_words_two_sentences(word_index, text_ids):
    import numpy as np
    message = (
        f"기댓값 expected: dict\n실제값 got: {type(word_index).__name__}\n"
        "원인 likely cause: word_index를 아직 채우지 않았거나 build_index에 return이 없습니다. / word_index is not filled in yet, or build_index has no return."
    )
    assert isinstance(word_index, dict), message
    expected = {"Hope": 0, "to": 1, "see": 2, "you": 3, "soon": 4, "Nice": 5, "again": 6}
    found = {str(word): int(number) for word, number in word_index.items()}
    cause = "번호의 순서가 처음 나온 순서가 아닙니다. / The numbers are not in the order of first meeting."
    if found and min(found.values()) == 1:
        cause = "번호가 1부터 시작합니다. / The numbers begin at 1."
    elif found and max(found.values()) > 6:
        cause = "이미 번호가 있는 단어에 번호를 또 주었습니다. / A word that had a number got another one."
    message = (
        f"기댓값 expected: {expected}\n실제값 got: {found}\n원인 likely cause: {cause}\n"
        "힌트 hint: 새 단어의 번호는 지금까지 담은 단어의 수입니다. / The number of a new word is how many words there are so far."
    )
    assert found == expected, message
    message = (
        f"기댓값 expected: [[0, 1, 2, 3, 4], [5, 1, 2, 3, 6]]\n실제값 got: {text_ids}\n"
        "원인 likely cause: 단어를 word_index의 번호로 바꾸지 않았습니다. / The words were not replaced by their numbers in word_index."
    )
    assert np.shape(text_ids) == (2, 5), message
    assert np.asarray(text_ids).tolist() == [[0, 1, 2, 3, 4], [5, 1, 2, 3, 6]], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 문장들로 부르면 번호가 다릅니다. 처음 나온 순서대로 0부터 매기는지 보세요. / With other sentences the numbers are wrong. See whether they run from 0 in the order of first meeting.
""" # END TEST CONFIG
def test_words_of_other_sentences_are_numbered(build_index):
    from autograder import checks
    found = build_index([["you", "see", "you"], ["so", "see"], ["and", "so", "you", "Go"]])
    checks.expect_equal(found, {"you": 0, "see": 1, "so": 2, "and": 3, "Go": 4}, "build_index")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: encode가 주어진 word_index의 번호를 쓰지 않습니다. / encode does not use the numbers of the word_index that it is given.
""" # END TEST CONFIG
def test_encode_uses_the_index_it_is_given(encode):
    from autograder import checks
    found = encode([["to", "you", "to"], ["see"]], {"see": 9, "to": 4, "you": 0})
    checks.expect_equal([list(row) for row in found], [[4, 0, 4], [9]], "encode")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. 표에서 한 줄 꺼내기 · Take a row out of a table
#
# 단어가 7개, 벡터의 크기가 2이면 표는 7x2입니다. 아래 `table`의 k번 줄이 k번 단어의 벡터입니다.
#
# With 7 words and vectors of size 2, the table is 7x2. Row k of `table` below is the vector of word k.
#
# - `lookup(ids, table)`: 번호마다 그 줄을 꺼냅니다. `ids`는 번호의 리스트나 배열이고, 문장 하나 `(길이,)`일 수도 여러 문장 `(문장 수, 길이)`일
#   수도 있습니다. 결과는 `ids`의 모양에 벡터의 축이 하나 더 붙은 NumPy 배열입니다. 예: `(2, 5)`이면 `(2, 5, 2)`.<br>
#   Takes the row of each number. `ids` is a list or array of numbers, one sentence `(length,)` or several `(sentences, length)`. The result
#   is a NumPy array of the shape of `ids` with one more axis, that of the vector: `(2, 5)` gives `(2, 5, 2)`.
# - `one_hot_rows(ids, size)`: 번호마다 길이 `size`의 줄을 만들어, 그 번호의 자리만 1이고 나머지는 0으로 둡니다. `ids`는 문장 하나입니다. 결과는
#   NumPy 배열 `(길이, size)`.<br>
#   For each number a row of length `size` that is 1 in the place of that number and 0 elsewhere. `ids` is one sentence. The result is a
#   NumPy array `(length, size)`.
#
# 두 함수는 같은 말을 다르게 합니다. **원-핫 줄에 표를 곱하면 그 줄이 나옵니다.** 0을 곱한 줄은 모두 사라지니까요.
#
# The two say the same thing in different words. **A one-hot row times the table is the row itself**: all that is multiplied by 0 is gone.
#
# ```text
#                    ┌ 1.2  3.1 ┐
#                    │ 0.1  4.2 │
#                    │ 1.0  3.1 │
#  [ 0 0 0 0 0 1 0 ] │ 0.3  2.1 │  =  [ 0.7  1.7 ]        5번 단어는 5번 줄
#                    │ 2.2  1.4 │                         word 5 gets row 5
#                    │ 0.7  1.7 │
#                    └ 4.1  2.0 ┘
# ```
#
# 곱셈은 단어가 5만 개면 0을 5만 번 곱합니다. 임베딩은 곱하지 않고 바로 꺼냅니다. 결과는 같고 훨씬 빠릅니다.
#
# With 50,000 words, the product multiplies 50,000 times by 0. An embedding takes the row out at once: the same result, much sooner.
#
# `looked_up`에 `text_ids`의 벡터들 `(2, 5, 2)`를, `by_product`에 **첫 문장**의 원-핫 줄들과 `table`의 행렬곱 `(5, 2)`를 담으세요.
#
# Put the vectors of `text_ids` into `looked_up`, `(2, 5, 2)`, and the matrix product of the one-hot rows of the **first sentence** with
# `table` into `by_product`, `(5, 2)`.

# %%
table = np.array([[1.2, 3.1], [0.1, 4.2], [1.0, 3.1], [0.3, 2.1], [2.2, 1.4], [0.7, 1.7], [4.1, 2.0]])

# %% [raw]
# # BEGIN SOLUTION

# %%
def lookup(ids, table):
    """The row of each id: ids of any shape, table (words, size) → array, shape of ids + (size,)."""
    # BEGIN SOLUTION
    return table[np.asarray(ids)]
    # END SOLUTION


def one_hot_rows(ids, size):
    """Rows of 0 with a 1 in the place of the id: list of int, int → array (len(ids), size)."""
    # BEGIN SOLUTION
    rows = np.zeros((len(ids), size))
    rows[np.arange(len(ids)), ids] = 1
    return rows
    # END SOLUTION

# %%
# looked_up: array (2, 5, 2);  by_product: array (5, 2)
looked_up = lookup(text_ids, table)  # SOLUTION
by_product = one_hot_rows(text_ids[0], 7) @ table  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_vectors_of_two_sentences(looked_up, by_product):
    import numpy as np
    shapes = [np.shape(looked_up), np.shape(by_product)]
    cause = "아직 채우지 않았거나 함수에 return이 없습니다. / Not filled in yet, or a function has no return."
    if shapes[0] == (10, 2):
        cause = "두 문장이 하나로 이어졌습니다. / The two sentences were put into one."
    elif shapes[0] == (5, 2):
        cause = "한 문장만 꺼냈습니다. / Only one sentence was looked up."
    message = (
        f"기댓값 expected: looked_up (2, 5, 2), by_product (5, 2)\n실제값 got: {shapes[0]}, {shapes[1]}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: NumPy 배열은 정수 배열로도 고를 수 있습니다. / A NumPy array can be indexed by an array of integers."
    )
    assert shapes == [(2, 5, 2), (5, 2)], message
    first, last = np.asarray(looked_up, dtype=float)[0, 0].tolist(), np.asarray(looked_up, dtype=float)[1, 4].tolist()
    message = (
        f"기댓값 expected: Hope [1.2, 3.1], again [4.1, 2.0]\n실제값 got: Hope {first}, again {last}\n"
        "원인 likely cause: 다른 줄을 꺼냈습니다. / Another row was taken."
    )
    assert first == [1.2, 3.1] and last == [4.1, 2.0], message
    same = np.allclose(np.asarray(by_product, dtype=float), np.asarray(looked_up, dtype=float)[0])
    message = (
        f"기댓값 expected: by_product == looked_up[0]\n실제값 got: {np.asarray(by_product).tolist()}\n"
        "원인 likely cause: 1의 자리가 다르거나, 행렬곱 대신 칸마다 곱했습니다. / The 1 is in another place, or entries were multiplied instead of matrices.\n"
        "힌트 hint: 행렬곱은 @입니다. / The matrix product is @."
    )
    assert same, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 번호와 다른 표로 부르면 lookup이 다릅니다. / With other numbers and another table, lookup is wrong.
""" # END TEST CONFIG
def test_lookup_in_other_tables(lookup):
    import numpy as np
    from autograder import checks
    other = np.arange(12.0).reshape(4, 3) ** 2
    found = lookup([[3, 0], [1, 1], [2, 3]], other)
    checks.expect_shape(found, (3, 2, 3), "lookup")
    checks.expect_close(found, other[[3, 0, 1, 1, 2, 3]], "lookup")
    found = lookup([2, 2, 0, 1], other)
    checks.expect_shape(found, (4, 3), "lookup of one sentence")
    checks.expect_close(found, other[[2, 2, 0, 1]], "lookup of one sentence")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 번호와 크기로 부르면 one_hot_rows가 다릅니다. 번호의 자리만 1입니다. / With other numbers and another size, one_hot_rows is wrong. Only the place of the number is 1.
""" # END TEST CONFIG
def test_one_hot_rows_of_other_numbers(one_hot_rows):
    import numpy as np
    from autograder import checks
    found = one_hot_rows([4, 0, 4, 2, 1, 0], 5)
    checks.expect_shape(found, (6, 5), "one_hot_rows")
    checks.expect_close(found, np.eye(5)[[4, 0, 4, 2, 1, 0]], "one_hot_rows")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 같은 일을 하는 Embedding 층 · The Embedding layer does the same
#
# `Embedding(input_dim, output_dim)`의 `input_dim`은 단어의 수, `output_dim`은 벡터의 크기입니다. 가중치는 `input_dim` x `output_dim`의 표
# 하나뿐이고, 처음에는 -0.05와 0.05 사이의 무작위 수로 차 있습니다.
#
# In `Embedding(input_dim, output_dim)`, `input_dim` is the number of words and `output_dim` the size of a vector. Its only weight is a table
# of `input_dim` x `output_dim`, filled at first with random numbers from -0.05 to 0.05.
#
# > **강의 자료의 `input_length`** 는 Keras 3에서 없어졌습니다. 주어도 경고만 나오고 무시됩니다. 문장의 길이는 첫 층 앞의 `keras.Input((길이,))`로
# > 알려 줍니다.
# >
# > **`input_length` of the slides** is gone in Keras 3: it is ignored, with a warning. The length of a sentence is given by
# > `keras.Input((length,))` before the first layer.
#
# 1. 길이 5인 문장을 받고 단어 7개를 크기 2의 벡터로 바꾸는 Embedding 층 **하나**로 된 `Sequential` 모델 `lookup_model`을 만드세요.<br>
#    Make the `Sequential` model `lookup_model` of **one** Embedding layer. It takes sentences of length 5 and turns 7 words into vectors of size 2.
# 2. `lookup_model.set_weights([...])`로 표를 2단계의 `table`로 바꾸세요. · Put `table` of step 2 into it with `lookup_model.set_weights([...])`.
# 3. `from_layer`에 `lookup_model.predict`로 얻은 `text_ids`의 벡터들을 담으세요. 입력은 NumPy 배열이어야 합니다. Keras는 float32로 계산하므로, 반올림
#    오차 말고는 `looked_up`과 같아야 합니다(`np.allclose`로 견주세요).<br>
#    Put the vectors of `text_ids` that `lookup_model.predict` gives into `from_layer`. Its input has to be a NumPy array. They equal `looked_up` up to
#    rounding, since Keras works in float32 (compare with `np.allclose`).

# %% [raw]
# # BEGIN SOLUTION

# %%
# lookup_model: Input → Embedding, 14 parameters, its weights are table
lookup_model = Sequential([keras.Input((5,)), Embedding(7, 2)])  # SOLUTION
lookup_model.set_weights([table])  # SOLUTION NO PROMPT
# from_layer: array (2, 5, 2)
from_layer = lookup_model.predict(np.array(text_ids), verbose=0)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_layer_and_lookup_agree(from_layer, looked_up):
    import numpy as np
    shape = getattr(from_layer, "shape", None)
    message = (
        f"기댓값 expected: from_layer (2, 5, 2)\n실제값 got: {type(from_layer).__name__}, shape {shape}\n"
        "원인 likely cause: from_layer를 아직 채우지 않았거나 층의 크기가 다릅니다. / from_layer is not filled in yet, or the layer is of another size."
    )
    assert shape == (2, 5, 2), message
    found = np.asarray(from_layer, dtype=float)
    cause = "set_weights에 다른 표를 주었습니다. / set_weights was given another table."
    if np.abs(found).max() < 0.06:
        cause = "아직 처음의 무작위 수입니다. set_weights를 부르지 않았습니다. / These are still the random numbers of the beginning. set_weights was not called."
    message = (
        f"기댓값 expected: Hope [1.2, 3.1]\n실제값 got: Hope {found[0, 0].round(4).tolist()}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 대괄호 안에 배열 하나를 줍니다. / It takes one array, in square brackets."
    )
    assert np.allclose(found[0, 0], [1.2, 3.1], atol=1e-5), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: lookup_model이 단어 7개, 크기 2인 Embedding 층 하나가 아닙니다. / lookup_model is not a single Embedding layer for 7 words and vectors of size 2.
""" # END TEST CONFIG
def test_one_layer_with_fourteen_parameters(lookup_model):
    from autograder import checks
    checks.expect_layers(lookup_model, ["Embedding"])
    checks.expect_parameters(lookup_model, [("Embedding", 14)])
    checks.expect_setting(lookup_model, "Embedding", "output_dim", 2)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: lookup_model이 다른 번호에 대해 table의 줄을 꺼내지 않습니다. / For other numbers, lookup_model does not take out the rows of table.
""" # END TEST CONFIG
def test_layer_looks_up_other_sentences(lookup_model):
    import numpy as np
    from autograder import checks
    table = np.array([[1.2, 3.1], [0.1, 4.2], [1.0, 3.1], [0.3, 2.1], [2.2, 1.4], [0.7, 1.7], [4.1, 2.0]])
    ids = np.array([[6, 5, 4, 3, 2], [1, 0, 0, 1, 6], [2, 4, 6, 5, 3]])
    found = checks.outputs(lookup_model, ids)
    checks.expect_shape(found, (3, 5, 2), "lookup_model on three sentences")
    checks.expect_close(found, table[ids], "lookup_model on three sentences", tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: from_layer가 두 문장의 벡터와 다릅니다. / from_layer is not the vectors of the two sentences.
""" # END TEST CONFIG
def test_vectors_from_the_layer(from_layer, reference):
    from autograder import checks
    checks.expect_close(from_layer, reference["from_layer"], "from_layer", tolerance=1e-5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. 길이 맞추기: 패딩 · Equal lengths: padding
#
# 문장의 길이는 제각각인데 배열의 줄은 길이가 같아야 합니다. 짧은 문장은 0으로 채우고(**padding**), 긴 문장은 자릅니다(**truncating**).
# 1단계의 번호로는 0이 Hope라서, 0으로 채우면 Hope를 덧붙이는 셈입니다. 그래서 여기의 `numbers`처럼, 그리고 5단계부터는, 단어의 번호를 1부터 매깁니다.
#
# Sentences differ in length, but the rows of an array cannot. Short ones are filled up with 0 (**padding**), long ones are cut (**truncating**).
# In the numbers of step 1, 0 is Hope, and filling up with 0 would add so many Hopes. So in `numbers` here, and from step 5 on, words are
# numbered from 1.
#
# ```text
#                          padding="pre"       padding="post"
#   [1, 2, 3]              [1, 2, 3]           [1, 2, 3]
#   [3, 4, 5, 6]           [4, 5, 6]           [4, 5, 6]      둘 다 앞이 잘림 · both lose the front
#   [7, 8]                 [0, 7, 8]           [7, 8, 0]
# ```
#
# **조심하세요.** `padding="post"`라고 해도 자르는 곳은 바뀌지 않습니다. `pad_sequences`의 `truncating`은 따로 정하지 않으면 `"pre"`라서,
# 문장의 **뒤쪽** `maxlen`개가 남습니다.
#
# **Careful.** `padding="post"` does not change where a long sentence is cut. `truncating` of `pad_sequences` is `"pre"` unless you say
# otherwise, so the **last** `maxlen` numbers remain.
#
# 함수 `pad(sequences, maxlen, padding)`을 `pad_sequences` 없이 쓰세요. `sequences`는 길이가 다른 리스트들의 리스트, `padding`은 `"pre"` 또는
# `"post"`이며, 긴 것은 위처럼 앞을 자릅니다. NumPy 배열 `(개수, maxlen)`이나 리스트의 리스트를 돌려주세요. 빈 리스트는 0으로만 된 줄이 됩니다.
#
# Write `pad(sequences, maxlen, padding)` without `pad_sequences`. `sequences` is a list of lists of different lengths, `padding` is `"pre"` or
# `"post"`, and long ones lose their front, as above. Return a NumPy array `(count, maxlen)` or a list of lists. An empty list becomes a row of 0.
#
# 그다음 `numbers`를 길이 3으로 맞추어 여러분의 함수로 `padded_pre`와 `padded_post`를, Keras의 `pad_sequences`로 `keras_pre`와
# `keras_post`를 만드세요.
#
# Then bring `numbers` to length 3: `padded_pre` and `padded_post` with your function, `keras_pre` and `keras_post` with `pad_sequences` of Keras.

# %%
numbers = [[1, 2, 3], [3, 4, 5, 6], [7, 8]]

# %% [raw]
# # BEGIN SOLUTION

# %%
def pad(sequences, maxlen, padding):
    """Rows of one length: list of lists of int → (len(sequences), maxlen), filled with 0, cut at the front."""
    # BEGIN SOLUTION
    rows = np.zeros((len(sequences), maxlen), dtype=int)
    for row, sequence in zip(rows, sequences):
        kept = sequence[-maxlen:]
        start = maxlen - len(kept) if padding == "pre" else 0
        row[start : start + len(kept)] = kept
    return rows
    # END SOLUTION

# %%
# four tables 3 x 3
padded_pre = pad(numbers, 3, "pre")  # SOLUTION
padded_post = pad(numbers, 3, "post")  # SOLUTION
keras_pre = pad_sequences(numbers, maxlen=3, padding="pre")  # SOLUTION
keras_post = pad_sequences(numbers, maxlen=3, padding="post")  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_pre_and_post_by_hand(padded_pre, padded_post):
    import numpy as np
    shapes = [np.shape(padded_pre), np.shape(padded_post)]
    message = (
        f"기댓값 expected: (3, 3), (3, 3)\n실제값 got: {shapes}\n"
        "원인 likely cause: 아직 채우지 않았거나, 줄의 길이가 서로 다릅니다. / Not filled in yet, or the rows differ in length."
    )
    assert shapes == [(3, 3), (3, 3)], message
    pre, post = np.asarray(padded_pre).tolist(), np.asarray(padded_post).tolist()
    cause = "0을 넣은 쪽이나 자른 쪽이 다릅니다. / The zeros or the cut are on the wrong side."
    if [pre, post] == [[[1, 2, 3], [4, 5, 6], [7, 8, 0]], [[1, 2, 3], [4, 5, 6], [0, 7, 8]]]:
        cause = "pre와 post가 바뀌었습니다. / pre and post are swapped."
    elif post[1] == [3, 4, 5]:
        cause = "긴 문장의 뒤를 잘랐습니다. / The long sentence was cut at its end."
    message = (
        "기댓값 expected: [[1, 2, 3], [4, 5, 6], [0, 7, 8]], [[1, 2, 3], [4, 5, 6], [7, 8, 0]]\n"
        f"실제값 got: {pre}, {post}\n원인 likely cause: {cause}\n"
        "힌트 hint: 음수 인덱스는 뒤에서부터 셉니다. / A negative index counts from the end."
    )
    assert pre == [[1, 2, 3], [4, 5, 6], [0, 7, 8]] and post == [[1, 2, 3], [4, 5, 6], [7, 8, 0]], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 길이의 리스트를 다른 maxlen으로 맞추면 결과가 다릅니다. 빈 리스트도 해 보세요. / With lists of other lengths and another maxlen the result is wrong. Try an empty list, too.
""" # END TEST CONFIG
def test_other_lengths_are_padded(pad):
    from autograder import checks
    lists = [[5], [], [1, 2, 3, 4], [9, 8, 7, 6, 5, 4, 3]]
    checks.expect_equal(pad(lists, 4, "pre"), [[0, 0, 0, 5], [0, 0, 0, 0], [1, 2, 3, 4], [6, 5, 4, 3]], "pad, pre, maxlen 4")
    checks.expect_equal(pad(lists, 2, "post"), [[5, 0], [0, 0], [3, 4], [4, 3]], "pad, post, maxlen 2")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: keras_pre나 keras_post가 그림의 표와 다릅니다. / keras_pre or keras_post is not the table of the picture.
""" # END TEST CONFIG
def test_keras_pads_alike(keras_pre, keras_post):
    from autograder import checks
    checks.expect_equal(keras_pre, [[1, 2, 3], [4, 5, 6], [0, 7, 8]], "keras_pre")
    checks.expect_equal(keras_post, [[1, 2, 3], [4, 5, 6], [7, 8, 0]], "keras_post")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. 사전 없이 번호 매기기: 해시 · Numbers without an index: hashing
#
# 아래 열 개의 평가 `docs`가 우리의 자료입니다. 앞의 다섯은 좋은 말(1), 뒤의 다섯은 나쁜 말(0)입니다. 1단계처럼 단어장을 만들면 새 단어가 나올
# 때마다 사전을 늘려야 합니다. **해시**는 단어의 글자만 보고 1에서 49 사이의 번호를 계산하므로 사전이 필요 없습니다. 0은 패딩의 몫이라 쓰지 않습니다.
#
# The ten reviews `docs` below are our data: the first five are good (1), the last five bad (0). An index like that of step 1 has to grow with
# every new word. **Hashing** works out a number from 1 to 49 from the letters of a word, and needs no index. 0 is left for padding.
#
# > **강의 자료의 `keras.preprocessing.text.one_hot`** 은 Keras 3에 없습니다. 이름과 달리 원-핫 벡터가 아니라 이런 **번호**를 주던 함수이고, 파이썬의
# > `hash()`를 썼습니다. 그런데 문자열의 `hash()`는 파이썬을 **켤 때마다 달라집니다**(터미널에서 `python -c "print(hash('good'))"`를 두 번 해 보세요). 오늘
# > 학습한 모델에 내일 문장을 넣으면 모든 단어의 번호가 바뀌어 있는 셈입니다. 자료의 번호 [[47, 16], ...]도 그래서 다시 나오지 않습니다. 우리는
# > 어디서나 같은 값을 주는 **md5**로 그 함수를 직접 만듭니다.
# >
# > **`keras.preprocessing.text.one_hot` of the slides** is not in Keras 3. In spite of its name it gave such **numbers**, not one-hot vectors, and
# > it used Python's `hash()`. But `hash()` of a string **changes each time Python starts** (run `python -c "print(hash('good'))"` twice in a
# > terminal). A model trained today would meet other numbers for all words tomorrow, and the numbers of the slides, [[47, 16], ...], never come
# > back. So we write that function ourselves, with **md5**, which gives the same value everywhere.
#
# `word_id(word, vocab_size)`의 계산 · how `word_id(word, vocab_size)` works:
#
# ```text
#   "good"  →  UTF-8 바이트 bytes
#           →  md5, 16진수 문자열 hexadecimal string  755f85c2723bb39381c7379a604160d8
#           →  정수 integer 156015656674490244961517619081191186648
#           →  49(= vocab_size - 1)로 나눈 나머지 remainder  16
#           →  1을 더하면 plus 1   17                                               1 ... 49
# ```
#
# 1. 함수 `word_id(word, vocab_size)`를 쓰세요. `word`는 소문자 단어이고 정수 하나를 돌려줍니다. 문자열의 메서드 `word.encode("utf-8")`,
#    `hashlib.md5(...).hexdigest()`, `int(..., 16)`이 필요합니다.<br>
#    Write `word_id(word, vocab_size)`. `word` is a lower-case word, and one int comes back. You need the string's method `word.encode("utf-8")`,
#    `hashlib.md5(...).hexdigest()` and `int(..., 16)`.
# 2. 함수 `one_hot(text, vocab_size)`를 쓰세요. `text`는 문장 하나입니다. **소문자로 바꾸고**, 글자와 숫자가 이어진 것을 단어로 꺼내어(구두점은 버립니다),
#    번호의 리스트를 돌려줍니다. 패턴 `\w+`로 `re.findall`을 쓰면 편합니다(`\w`에 드는 밑줄은 나오지 않습니다).<br>
#    Write `one_hot(text, vocab_size)`. `text` is one sentence. Turn it into **lower case**, take runs of letters and digits as words (punctuation
#    goes), and return the list of their numbers. `re.findall` with the pattern `\w+` comes in handy (the underscore, also a `\w`, does not occur).
# 3. `encoded_docs`에 `docs` 열 개의 번호 리스트를, `padded_docs`에 그것을 `max_length`에 맞추어 **뒤를** 0으로 채운 배열을 담으세요(`pad_sequences`). 모양은
#    10x4입니다. (강의 자료에는 50x4라고 적혀 있지만, 50은 단어장의 크기이고 줄은 문서마다 하나이므로 10입니다.)<br>
#    Put the number lists of the ten `docs` into `encoded_docs`, and into `padded_docs` the array in which they are filled up to `max_length` with 0 **at
#    the end** (`pad_sequences`). It is 10x4. (The slides say 50x4, but 50 is the size of the vocabulary; there is one row per document, so 10.)

# %%
docs = [
    "Well done!",
    "Good work",
    "Great effort",
    "nice work",
    "Excellent",
    "Weak",
    "Poor effort!",
    "not good",
    "poor work",
    "Could have done better.",
]
labels = np.array([1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
vocab_size = 50
max_length = 4

# %% [raw]
# # BEGIN SOLUTION

# %%
def word_id(word, vocab_size):
    """A number from 1 to vocab_size - 1, always the same for the same word: str, int → int."""
    # BEGIN SOLUTION
    return int(hashlib.md5(word.encode("utf-8")).hexdigest(), 16) % (vocab_size - 1) + 1
    # END SOLUTION


def one_hot(text, vocab_size):
    """The numbers of the words of a sentence: str, int → list of int."""
    # BEGIN SOLUTION
    return [word_id(word, vocab_size) for word in re.findall(r"\w+", text.lower())]
    # END SOLUTION

# %%
# encoded_docs: 10 lists of int;  padded_docs: array (10, 4)
encoded_docs = [one_hot(d, vocab_size) for d in docs]  # SOLUTION
padded_docs = pad_sequences(encoded_docs, maxlen=max_length, padding="post")  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_good_is_seventeen(word_id):
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(word_id).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(word_id), message
    found = word_id("good", 50)
    cause = "md5, 16진수, 나머지, 더하기 1을 하나씩 확인하세요. 파이썬의 hash는 쓰지 않습니다. / Check md5, base 16, remainder and plus 1 one by one. Python's hash is not used."
    if found is None:
        cause = "return이 없습니다. / There is no return."
    elif found == 16:
        cause = "1을 더하지 않았습니다. 그러면 0번 단어가 패딩과 섞입니다. / The 1 was not added, so word 0 would be mixed up with padding."
    elif found in (48, 49):
        cause = "49가 아니라 50으로 나누었습니다. / It was divided by 50, not by 49."
    message = (
        f"기댓값 expected: word_id('good', 50) = 17\n실제값 got: {found}\n원인 likely cause: {cause}\n"
        "힌트 hint: 본문의 중간값들을 print로 견주어 보세요. / Print the values in between and compare with the text."
    )
    assert found == 17, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_ten_rows_of_four(padded_docs):
    import numpy as np
    shape = getattr(padded_docs, "shape", None)
    message = (
        f"기댓값 expected: array (10, 4)\n실제값 got: {type(padded_docs).__name__}, shape {shape}\n"
        "원인 likely cause: padded_docs를 아직 채우지 않았거나 maxlen이 다릅니다. / padded_docs is not filled in yet, or maxlen differs."
    )
    assert shape == (10, 4), message
    first = np.asarray(padded_docs)[0].tolist()
    cause = "번호가 다릅니다. 대소문자와 구두점을 보세요. / The numbers differ. Look at capitals and punctuation."
    if first == [0, 0, 15, 31]:
        cause = "0을 앞에 채웠습니다. / The zeros are at the front."
    message = (
        f"기댓값 expected: Well done! [15, 31, 0, 0]\n실제값 got: {first}\n원인 likely cause: {cause}\n"
        "힌트 hint: padding 인자를 보세요. / Look at the argument padding."
    )
    assert first == [15, 31, 0, 0], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 단어와 다른 단어장 크기로 부르면 word_id가 다릅니다. 50을 함수 안에 고정했는지 보세요. / With other words and another size of vocabulary word_id is wrong. See whether 50 is fixed inside the function.
""" # END TEST CONFIG
def test_numbers_of_other_words(word_id):
    import hashlib
    for word, size in (("good", 1000), ("superb", 50), ("영화", 50), ("film", 7), ("a", 2)):
        digest = hashlib.md5(word.encode()).digest()
        expected, found = 1 + int.from_bytes(digest, "big") % (size - 1), word_id(word, size)
        assert found == expected, f"word_id of {word} with vocab_size {size}: expected {expected}, got {found}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 문장으로 부르면 one_hot이 다릅니다. 소문자로 바꾸고 구두점을 버리는지 보세요. 번호는 어느 파이썬에서나 같아야 합니다. / With other sentences one_hot is wrong. See whether it turns to lower case and drops punctuation. The numbers have to be the same in every Python.
""" # END TEST CONFIG
def test_numbers_of_other_sentences(one_hot):
    from autograder import checks
    checks.expect_equal(list(one_hot("NOT great, not NICE!", 50)), [36, 40, 36, 27], "one_hot")
    checks.expect_equal(list(one_hot("(weak) work: poor; excellent?", 50)), [1, 40, 42, 6], "one_hot")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: encoded_docs나 padded_docs가 열 개 평가의 번호와 다릅니다. / encoded_docs or padded_docs is not the numbers of the ten reviews.
""" # END TEST CONFIG
def test_ten_documents_as_numbers(encoded_docs, padded_docs, reference):
    from autograder import checks
    checks.expect_equal([list(row) for row in encoded_docs], reference["encoded_docs"], "encoded_docs")
    checks.expect_equal(padded_docs, reference["padded_docs"], "padded_docs")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. 해시의 대가: 충돌 · The price of hashing: collisions
#
# 사전이 없으니 두 단어가 **같은 번호**를 받아도 아무도 말리지 않습니다. 이것이 **충돌**이고, 그러면 두 단어는 표의 같은 줄을 나누어 씁니다. 신경망이
# 보기에 그 둘은 똑같은 단어입니다. 생일이 같은 두 사람처럼 생각보다 흔합니다. 단어가 14개면 짝은 14 x 13 / 2 = 91쌍이고, 한 쌍이 부딪칠 확률이 1/49이니
# 평균 91 / 49 = **1.9쌍**이 부딪칩니다.
#
# With no index, nobody minds when two words get **the same number**. That is a **collision**: both words use one row of the table, and to the
# network they are one and the same word. Like two people with one birthday, it is more common than it seems. 14 words make 14 x 13 / 2 = 91 pairs,
# each collides with a chance of 1/49, so on average 91 / 49 = **1.9 pairs** do.
#
# 1. 함수 `words_by_id(words, vocab_size)`를 쓰세요. `words`는 서로 다른 소문자 단어의 리스트이고, 번호에서 **그 번호를 가진 단어들의 리스트**로 가는 dict를
#    돌려줍니다. 단어가 없는 번호는 넣지 않습니다.<br>
#    Write `words_by_id(words, vocab_size)`. `words` is a list of distinct lower-case words; a dict comes back, from a number to the **list of the words that
#    have it**. Numbers without a word are left out.
# 2. `doc_words`에 `docs`의 서로 다른 소문자 단어 14개를 담으세요(순서는 자유). · Put the 14 distinct lower-case words of `docs` into `doc_words` (a list, in any order).
# 3. `shared`에 크기 50일 때 **두 단어 이상**이 가진 번호만 남긴 dict를 담으세요. 어떤 두 단어인가요?<br>
#    Put into `shared` the dict that keeps only the numbers of **two words or more**, for size 50. Which words are they?
# 4. 크기 20, 50, 1000에서 번호를 나누어 쓰느라 **잃은** 단어의 수(단어 수 - 서로 다른 번호 수)를 `lost_20`, `lost_50`, `lost_1000`에 담으세요.<br>
#    Put the number of words **lost** by sharing (words less distinct numbers) for sizes 20, 50 and 1000 into `lost_20`, `lost_50` and `lost_1000`.

# %% [raw]
# # BEGIN SOLUTION

# %%
def words_by_id(words, vocab_size):
    """The words of each number: list of str, int → dict of int to list of str."""
    # BEGIN SOLUTION
    found = {}
    for word in words:
        found.setdefault(word_id(word, vocab_size), []).append(word)
    return found
    # END SOLUTION

# %%
# doc_words: list of 14 str;  shared: dict of int to list of str;  the others: int
doc_words = sorted(set(re.findall(r"\w+", " ".join(docs).lower())))  # SOLUTION
shared = {number: words for number, words in words_by_id(doc_words, 50).items() if len(words) > 1}  # SOLUTION
lost_20 = len(doc_words) - len(words_by_id(doc_words, 20))  # SOLUTION
lost_50 = len(doc_words) - len(words_by_id(doc_words, 50))  # SOLUTION
lost_1000 = len(doc_words) - len(words_by_id(doc_words, 1000))  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_fourteen_words(doc_words):
    kind = type(doc_words).__name__
    message = (
        f"기댓값 expected: list, 14 words\n실제값 got: {kind}\n"
        "원인 likely cause: doc_words를 아직 채우지 않았습니다. / doc_words is not filled in yet."
    )
    assert kind in ("list", "tuple", "set", "ndarray"), message
    found = sorted(str(word) for word in doc_words)
    cause = "같은 단어가 여러 번 들어 있거나 빠진 단어가 있습니다. / A word is there more than once, or one is missing."
    if any(word != word.lower() for word in found):
        cause = "대문자가 남아 있습니다. / Capitals are left."
    elif any(not word.isalpha() for word in found):
        cause = "구두점이 남아 있습니다. / Punctuation is left."
    expected = "better could done effort excellent good great have nice not poor weak well work".split()
    message = (
        f"기댓값 expected: {expected}\n실제값 got: {found}\n원인 likely cause: {cause}\n"
        "힌트 hint: set은 같은 것을 하나로 모읍니다. / A set keeps one of each."
    )
    assert found == expected, message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_one_word_is_lost_among_fifty(lost_20, lost_50, lost_1000):
    found = (lost_20, lost_50, lost_1000)
    message = (
        f"기댓값 expected: 정수 셋, 가운데가 1 · three ints, the second of them 1\n실제값 got: {found}\n"
        "원인 likely cause: 아직 채우지 않았거나, 나누어 쓰는 단어를 모두 셌습니다. / Not filled in yet, or all words that share were counted.\n"
        "힌트 hint: 두 단어가 한 번호를 쓰면 하나를 잃습니다. / Where two words share a number, one is lost."
    )
    assert found[1] == 1 and all(value is not ... for value in found), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 단어들로 부르면 words_by_id가 다릅니다. 번호마다 그 번호를 가진 모든 단어가 있어야 합니다. / With other words words_by_id is wrong. Each number has to have all the words that got it.
""" # END TEST CONFIG
def test_other_words_by_number(words_by_id):
    from autograder import checks
    found = words_by_id(["boring", "nice", "ugly", "so", "could", "best", "good"], 50)
    assert isinstance(found, dict), f"words_by_id: expected dict, got {type(found).__name__}"
    found = {int(number): sorted(str(word) for word in words) for number, words in found.items()}
    expected = {27: ["best", "boring", "nice"], 9: ["could", "ugly"], 31: ["so"], 17: ["good"]}
    checks.expect_equal(found, expected, "words_by_id")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: shared가 두 단어 이상이 나누어 쓰는 번호와 그 단어들이 아닙니다. / shared is not the numbers that two words or more have, with these words.
""" # END TEST CONFIG
def test_two_words_share_a_row(shared):
    from autograder import checks
    assert isinstance(shared, dict), f"shared: expected dict, got {type(shared).__name__}"
    found = {int(number): sorted(str(word) for word in words) for number, words in shared.items()}
    checks.expect_equal(found, {40: ["great", "work"]}, "shared")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: lost_20이나 lost_1000이 다릅니다. 단어의 수에서 서로 다른 번호의 수를 빼세요. / lost_20 or lost_1000 is wrong. Take the number of distinct numbers from the number of words.
""" # END TEST CONFIG
def test_small_vocabularies_lose_more(lost_20, lost_1000):
    from autograder import checks
    checks.expect_close(lost_20, 5, "lost_20")
    checks.expect_close(lost_1000, 0, "lost_1000")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. 모델 · The model
#
# 세 층을 차례로 쌓아 `model`을 만드세요. 입력의 모양은 `keras.Input((max_length,))`로 알려 줍니다.
#
# Stack three layers into `model`. Give the input's shape by `keras.Input((max_length,))`.
#
# | 층 · layer | 나오는 모양 · output | 파라미터 · parameters |
# |---|---|---|
# | 단어 50개, 크기 8의 Embedding · Embedding for 50 words, vectors of size 8 | (None, 4, 8) | 50 x 8 = **400** |
# | Flatten | (None, 32) | 0 |
# | 유닛 1개, sigmoid의 Dense · Dense with 1 unit and sigmoid | (None, 1) | 32 x 1 + 1 = **33** |
#
# 모두 **433개**입니다. 파라미터 수에 길이 4가 어떻게 들어가는지 보세요. Embedding의 표는 문장의 길이와 상관없이 400이고, Flatten이 4 x 8을 한 줄로
# 펴기 때문에 Dense가 32개의 입력을 받습니다. 그래서 같은 단어라도 첫째 자리에 있을 때와 둘째 자리에 있을 때 다른 무게를 받습니다. sigmoid는 수를 0과 1
# 사이로 눌러 "좋은 말일 확률"로 읽게 해 줍니다. (softmax는 유닛들의 합을 1로 만들기 때문에, 유닛이 하나면 늘 1을 냅니다.)
#
# That is **433** in all. See where the length 4 comes in: the table has 400 numbers however long a sentence is, but Flatten lays 4 x 8 out in one row, and
# so Dense has 32 inputs. A word in first place therefore gets other weights than the same word in second place. The sigmoid presses a number into the range
# from 0 to 1, to be read as "how likely is this a good review". (A softmax makes its units add up to 1; with one unit it always says 1.)

# %% [raw]
# # BEGIN SOLUTION

# %%
# model: Input → Embedding → Flatten → Dense, 433 parameters
model = Sequential()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
model.add(keras.Input((max_length,)))
model.add(Embedding(vocab_size, 8))
model.add(Flatten())
model.add(Dense(1, activation="sigmoid"))
model.summary()
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
def test_number_of_parameters(model):
    layers = [layer for layer in getattr(model, "layers", []) if type(layer).__name__ != "InputLayer"]
    message = (
        f"기댓값 expected: 가중치가 있는 Keras 모델 a Keras model with weights\n실제값 got: {type(model).__name__}, {len(layers)} layers\n"
        "원인 likely cause: model을 채우지 않았거나 입력 모양을 모릅니다. / model is not filled in, or does not know its input shape.\n"
        "힌트 hint: 첫 층 앞에 keras.Input을 두세요. / Put keras.Input before the first layer."
    )
    assert layers and getattr(model, "built", False), message
    found = [(type(layer).__name__, int(layer.count_params())) for layer in layers]
    total = sum(count for _, count in found)
    counts = [count for _, count in found if count]
    cause = "층의 종류나 크기가 다릅니다. / The kind or the size of a layer differs."
    if found[0][0] != "Embedding":
        cause = f"첫 층이 Embedding이 아니라 {found[0][0]}입니다. / The first layer is {found[0][0]}, not Embedding."
    elif counts[0] == 400 and counts[-1] == 9:
        cause = "Flatten이 없어서 Dense가 단어마다 8개만 받습니다. / Without Flatten, Dense sees just the 8 numbers of one word at a time."
    elif counts[0] == 408:
        cause = "단어의 수가 51입니다. 0을 포함해 0에서 49까지 50개면 됩니다. / There are 51 words. The numbers 0 to 49 are 50, with 0 among them."
    elif counts[0] == 400 and counts[-1] == 66:
        cause = "마지막 Dense의 유닛이 2개입니다. / The last Dense layer has 2 units."
    elif counts[0] == 400 and counts[-1] == 201:
        cause = "Embedding의 두 수가 바뀌었습니다. / The two numbers of Embedding are swapped."
    table = ", ".join(f"{name} {count:,}" for name, count in found)
    message = (
        "기댓값 expected: Embedding 400, Flatten 0, Dense 33 = 433\n"
        f"실제값 got: {table} = {total:,}\n원인 likely cause: {cause}\n"
        "힌트 hint: 50 x 8, 4 x 8 + 1"
    )
    assert total == 433, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 층의 종류나 순서, 층마다의 파라미터 수가 본문의 표와 다릅니다. / The kinds of layers, their order or their parameters are not those of the table in the text.
""" # END TEST CONFIG
def test_layers_and_their_parameters(model):
    from autograder import checks
    checks.expect_layers(model, ["Embedding", "Flatten", "Dense"])
    checks.expect_parameters(model, [("Embedding", 400), ("Dense", 33)])

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: Embedding이 단어 50개를 크기 8의 벡터로 바꾸지 않거나, 모델이 번호 4개를 받지 않습니다. / Embedding does not turn 50 words into vectors of size 8, or the model does not take 4 numbers.
""" # END TEST CONFIG
def test_fifty_words_of_size_eight(model):
    from autograder import checks
    checks.expect_setting(model, "Embedding", "input_dim", 50)
    checks.expect_setting(model, "Embedding", "output_dim", 8)
    assert tuple(model.input_shape) == (None, 4), f"model.input_shape: expected (None, 4), got {model.input_shape}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 출력이 문서마다 확률 하나가 아닙니다. 마지막 층의 유닛 수와 활성화 함수를 보세요. / The output is not one probability per document. Look at the units and the activation of the last layer.
""" # END TEST CONFIG
def test_one_probability_per_document(model):
    from autograder import checks
    checks.expect_activation(model, -1, "sigmoid")
    assert tuple(model.output_shape) == (None, 1), f"model.output_shape: expected (None, 1), got {model.output_shape}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 컴파일, 학습, 평가 · Compile, fit, evaluate
#
# 1. 학습 전의 표를 `table_before`에 담아 두세요. `model.get_weights()`는 가중치 배열의 리스트이고 0번이 Embedding의 표(50x8)입니다. 학습한 **뒤에는** 되돌릴
#    수 없습니다. 그러니 이 칸을 다시 실행하려면 **7단계의 칸부터** 실행하세요.<br>
#    Keep the table as it is before training in `table_before`. `model.get_weights()` is the list of weight arrays, and number 0 is the table of Embedding
#    (50x8). **After** training there is no way back to it; so to run this cell again, **begin with the cell of step 7**.
# 2. `model`을 기본 설정의 Adam, `binary_crossentropy`, `metrics=["accuracy"]`로 컴파일하세요.<br>
#    Compile `model` with Adam as it comes, `binary_crossentropy` and `metrics=["accuracy"]`.
# 3. `padded_docs`와 `labels` **열 개 전부**로 50 에포크, `batch_size=1`로 학습하고 결과를 `history`에 담으세요(`verbose=0`).<br>
#    Fit on **all ten** of `padded_docs` and `labels` for 50 epochs with `batch_size=1`, and keep the result in `history` (`verbose=0`).
# 4. `model.evaluate`로 열 문서의 `loss`와 `accuracy`를 구하세요. · Get `loss` and `accuracy` on the ten documents from `model.evaluate`.
# 5. 정답에 준 확률을 문서마다 구하고(좋은 말이면 모델의 출력 p, 나쁜 말이면 1 - p), 그 가운데 **가장 작은 값**을 `worst`에 담으세요. 0.5보다 크면 열 문서를
#    모두 맞힌 것입니다. `model.predict`의 결과는 (10, 1)이고 `labels`는 (10,)이니 먼저 같은 모양으로 맞추세요.<br>
#    For each document get the probability that the model gives to the right answer (its output p for a good one, 1 - p for a bad one), and put the
#    **smallest** into `worst`. Above 0.5, all ten are right. What `model.predict` returns is (10, 1), and `labels` is (10,): bring them to one
#    shape first.
#
# > **강의 자료와 다른 곳.** 자료는 배치 크기를 주지 않아 32가 쓰이는데, 문서가 열 개뿐이니 에포크마다 걸음이 **한 번**이고 50 에포크면 50걸음입니다. 손실이
# > 0.69에서 0.62까지밖에 내려가지 못합니다. 배치 크기 1이면 500걸음이고 0.25쯤이 됩니다. 또 자료의 `validation_split=.2`는 마지막 두 문서를 떼는데, 둘
# > 다 나쁜 말이라 그것으로는 아무것도 잴 수 없고, 배울 문서만 줄어듭니다. 여기서는 쓰지 않습니다.
# >
# > **Where we differ from the slides.** They give no batch size, so it is 32; with ten documents that is **one** step an epoch, and 50 steps in 50 epochs.
# > The loss gets from 0.69 to 0.62 and no further. With a batch size of 1 there are 500 steps, and it gets to about 0.25. Their `validation_split=.2`
# > holds back the last two documents, both of them bad ones: they can measure nothing, and are missing from what can be learnt. We leave it out.
#
# 둘째 칸에서는 `history.history`의 `loss`와 `accuracy`를 그리세요(채점하지 않습니다). 정확도가 1이 된 뒤에도 손실은 왜 계속 내려갈까요?
#
# In the second cell draw `loss` and `accuracy` of `history.history` (not graded). Why does the loss go on falling after the accuracy has reached 1?

# %% [raw]
# # BEGIN SOLUTION

# %%
# table_before: array (50, 8), taken before fit;  history: what fit returns;  loss, accuracy, worst: numbers
table_before = model.get_weights()[0]  # SOLUTION
# then compile: optimizer adam, loss binary_crossentropy, metrics accuracy
# BEGIN SOLUTION NO PROMPT
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
# END SOLUTION
history = model.fit(padded_docs, labels, epochs=50, batch_size=1, verbose=0)  # SOLUTION
loss, accuracy = model.evaluate(padded_docs, labels, verbose=0)  # SOLUTION
# BEGIN SOLUTION NO PROMPT
p = model.predict(padded_docs, verbose=0)[:, 0]
# END SOLUTION
worst = float(np.where(labels == 1, p, 1 - p).min())  # SOLUTION

# %%
# loss and accuracy over the epochs, with Korean labels and a legend
# BEGIN SOLUTION
plt.plot(history.history["loss"], label="손실 loss")
plt.plot(history.history["accuracy"], label="정확도 accuracy")
plt.xlabel("에포크 epoch")
plt.legend()
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
def test_fifty_epochs_on_all_ten(history):
    recorded = getattr(history, "history", None)
    message = (
        f"기댓값 expected: fit의 결과 what fit returns\n실제값 got: {type(history).__name__}\n"
        "원인 likely cause: fit의 결과를 담지 않았거나 fit이 오류로 멈췄습니다. / The result of fit was not kept, or fit ended with an error."
    )
    assert isinstance(recorded, dict), message
    found = (len(recorded.get("loss", [])), sorted(recorded))
    cause = "epochs가 50이 아닙니다. / epochs is not 50."
    if "val_loss" in recorded:
        cause = "validation_split이 문서를 떼어 놓았습니다. / validation_split held documents back."
    elif "accuracy" not in recorded:
        cause = "compile에 metrics가 없습니다. / compile was given no metrics."
    message = (
        f"기댓값 expected: 50 epochs, ['accuracy', 'loss']\n실제값 got: {found[0]} epochs, {found[1]}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 본문의 인자를 하나씩 확인하세요. / Check the arguments of the text one by one."
    )
    assert found[0] == 50 and "accuracy" in recorded and "val_loss" not in recorded, message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_three_numbers_between_0_and_1(loss, accuracy, worst):
    import numpy as np
    kinds = [type(value).__name__ for value in (loss, accuracy, worst)]
    message = (
        f"기댓값 expected: loss, accuracy, worst: 숫자 numbers\n실제값 got: {kinds}\n"
        "원인 likely cause: 아직 채우지 않았거나, evaluate가 준 두 수를 나누어 담지 않았습니다. / Not filled in yet, or the two numbers of evaluate were not taken apart."
    )
    assert all(isinstance(value, (int, float, np.number, np.ndarray)) and np.size(value) == 1 for value in (loss, accuracy, worst)), message
    found = [float(np.ravel(value)[0]) for value in (loss, accuracy, worst)]
    message = (
        f"기댓값 expected: 0 < loss, 0 <= accuracy <= 1, 0 <= worst <= 1\n실제값 got: {found}\n"
        "원인 likely cause: 순서가 바뀌었거나 확률이 아닌 값입니다. / The order is swapped, or a value is no probability."
    )
    assert found[0] > 0 and 0 <= found[1] <= 1 and 0 <= found[2] <= 1, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 옵티마이저, 손실, 지표가 Adam, binary_crossentropy, accuracy가 아닙니다. / Optimizer, loss and metric are not Adam, binary_crossentropy and accuracy.
""" # END TEST CONFIG
def test_compiled_for_two_classes(model):
    from autograder import checks
    checks.expect_optimizer(model, "Adam")
    checks.expect_loss(model, "binary_crossentropy")
    checks.expect_metrics(model, "accuracy")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 에포크마다 열 걸음, 모두 50 에포크가 아닙니다. batch_size와 epochs를 확인하세요. / It was not ten steps an epoch for 50 epochs. Check batch_size and epochs.
""" # END TEST CONFIG
def test_five_hundred_steps(history):
    from autograder import checks
    checks.expect_epochs(history, 50)
    checks.expect_steps_per_epoch(history, 10)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: loss, accuracy, worst가 이 모델이 열 문서에서 내는 값과 다릅니다. 학습한 뒤에 다시 구하세요. / loss, accuracy and worst are not what this model gives on the ten documents. Get them again after training.
""" # END TEST CONFIG
def test_reported_numbers_are_those_of_the_model(loss, accuracy, worst, model, padded_docs):
    import numpy as np
    from autograder import checks
    p = checks.outputs(model, padded_docs).ravel()
    right = np.where(np.arange(10) < 5, p, 1 - p)
    checks.expect_close(loss, checks.cross_entropy(model, padded_docs, np.arange(10) < 5), "loss", tolerance=1e-3)
    checks.expect_close(accuracy, checks.accuracy_of(p > 0.5, np.arange(10) < 5), "accuracy", tolerance=1e-3)
    checks.expect_close(worst, right.min(), "worst", tolerance=1e-3)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 열 문서에서 모델의 손실이 기준보다 큽니다. 번호, 에포크 수, 배치 크기를 확인하세요. / The loss of the model on the ten documents is above the threshold. Check the numbers, the epochs and the batch size.
""" # END TEST CONFIG
def test_model_has_learnt_the_ten_documents(model, reference, calibration):
    import numpy as np
    from autograder import checks
    loss = checks.cross_entropy(model, reference["padded_docs"], np.arange(10) < 5)
    checks.expect_below(loss, calibration["loss"], "loss of the model")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 모델이 열 문서를 모두 확실히 맞히지는 못합니다. 가장 약한 문서에 준 확률이 기준보다 작습니다. / The model does not get all ten documents right for sure. The probability it gives to the right answer of its weakest document is below the threshold.
""" # END TEST CONFIG
def test_even_the_weakest_document_is_right(model, reference, calibration):
    import numpy as np
    from autograder import checks
    p = checks.outputs(model, reference["padded_docs"]).ravel()
    assert p.size == 10, f"model output: expected 10 probabilities, got {p.size} numbers"
    checks.expect_equal(checks.accuracy(model, reference["padded_docs"], np.arange(10) < 5), 1.0, "accuracy of the model")
    checks.expect_above(np.where(np.arange(10) < 5, p, 1 - p).min(), calibration["worst"], "worst of the model")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ### 9. 무엇이 움직였나, 그리고 손으로 한 번 · What has moved, and once by hand
#
# 학습은 **쓰인 줄만** 움직입니다. 문서에 한 번도 나오지 않은 번호의 줄에는 기울기가 오지 않으므로 처음의 무작위 수 그대로입니다. `table_before`와 지금의
# 표를 견주어, 조금이라도 달라진 줄의 번호를 작은 것부터 담은 리스트를 `moved_ids`에 담으세요. 14개가 나옵니다. 단어의 번호는 13개인데 하나가 더 있는 까닭은
# 무엇일까요? (`padded_docs`를 다시 보세요.)
#
# Training moves **only the rows that are used**. A row whose number is in no document gets no gradient, and keeps the random numbers of the
# beginning. Compare `table_before` with the table as it is now, and put the numbers of all rows that have changed at all into `moved_ids`, a list, smallest
# first. There are 14. The words have 13 numbers, so why is there one more? (Look at `padded_docs` again.)
#
# 이제 모델 전체를 손으로 계산해 봅시다. 함수 `by_hand(ids, table, kernel, bias)`를 NumPy로 쓰세요.
#
# And now the whole model by hand. Write `by_hand(ids, table, kernel, bias)` with NumPy.
#
# ```text
#   ids (n, 길이 length)
#       ── 꺼내기 look up ──────────▶ (n, 길이 length, 크기 size)
#       ── 펴기 flatten ────────────▶ (n, 길이 x 크기)
#       ── @ kernel + bias ─────────▶ (n, 1)
#       ── sigmoid 1 / (1 + e^-z) ──▶ (n, 1)
# ```
#
# `kernel`은 `(길이 x 크기, 1)`, `bias`는 `(1,)`입니다. 4, 8, 50을 함수 안에 적지 마세요. 그다음 `model.get_weights()`의 세 배열로 `padded_docs`를 계산해
# `hand_probabilities`에 담으세요. 반올림 오차 말고는 `model.predict`와 같아야 합니다.
#
# `kernel` is `(length x size, 1)`, `bias` is `(1,)`. Write none of 4, 8 and 50 inside the function. Then work out `padded_docs` with the three arrays of
# `model.get_weights()` and put the result into `hand_probabilities`. It has to equal `model.predict` up to rounding.
#
# 마지막 칸에서는 표가 달라진 만큼(지금의 표 - `table_before`)을 색으로 그려 보세요(채점하지 않습니다). 움직인 줄만 색이 있습니다.
#
# In the last cell draw by how much the table has changed (the table now less `table_before`) in colour (not graded). Only the rows that moved have any.

# %% [raw]
# # BEGIN SOLUTION

# %%
# moved_ids: list of 14 int, smallest first
moved_ids = ...  # SOLUTION
# BEGIN SOLUTION NO PROMPT
table_after = model.get_weights()[0]
moved_ids = np.flatnonzero((table_after != table_before).any(axis=1)).tolist()
# END SOLUTION

# %%
def by_hand(ids, table, kernel, bias):
    """The model in NumPy: ids (n, length), table (words, size), kernel (length x size, 1), bias (1,) → (n, 1)."""
    # BEGIN SOLUTION
    vectors = table[np.asarray(ids)]
    flat = vectors.reshape(len(vectors), -1)
    return 1 / (1 + np.exp(-(flat @ kernel + bias)))
    # END SOLUTION

# %%
# hand_probabilities: array (10, 1)
hand_probabilities = by_hand(padded_docs, *model.get_weights())  # SOLUTION

# %%
# a picture of how much each number of the table changed: imshow, title in Korean
# BEGIN SOLUTION
plt.figure(figsize=(12, 3))
plt.imshow((table_after - table_before).T, cmap="RdBu", aspect="auto")
plt.colorbar()
plt.xticks(moved_ids)
plt.xlabel("단어 번호 · word id")
plt.ylabel("벡터의 자리 · place in the vector")
plt.title("학습으로 달라진 만큼 · change by training")
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
def test_as_many_rows_moved_as_numbers_are_used(moved_ids, padded_docs):
    import numpy as np
    kind = type(moved_ids).__name__
    message = (
        f"기댓값 expected: list, 14 int\n실제값 got: {kind}\n"
        "원인 likely cause: moved_ids를 아직 채우지 않았습니다. / moved_ids is not filled in yet."
    )
    assert kind in ("list", "tuple", "ndarray"), message
    count, used = len(moved_ids), len(np.unique(padded_docs))
    cause = "줄마다 하나의 번호여야 합니다. / There should be one number for each row."
    if count == 0:
        cause = "table_before를 학습한 뒤에 담았습니다. 모델을 다시 만들어 7단계부터 실행하세요. / table_before was taken after training. Build the model again and run from step 7."
    elif count == 50:
        cause = "모든 줄을 담았거나, 그 사이에 모델을 다시 만들었습니다. / All rows were taken, or the model was built again in between."
    elif count == used - 1:
        cause = "하나가 빠졌습니다. 0번 줄도 보세요. / One is missing. Look at row 0, too."
    message = (
        f"기댓값 expected: {used}\n실제값 got: {count}\n원인 likely cause: {cause}\n"
        "힌트 hint: 한 줄의 8개 가운데 하나라도 다르면 움직인 것입니다. / A row has moved if any of its 8 numbers differs."
    )
    assert count == used, message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_one_word_by_hand(by_hand):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(by_hand).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(by_hand), message
    found = by_hand(np.array([[1]]), np.array([[9.0, 9.0], [1.0, 2.0]]), np.array([[3.0], [-1.0]]), np.array([-1.0]))
    message = (
        f"기댓값 expected: (1, 1)\n실제값 got: {type(found).__name__}, shape {np.shape(found)}\n"
        "원인 likely cause: return이 없거나 모양이 다릅니다. / There is no return, or the shape differs."
    )
    assert np.shape(found) == (1, 1), message
    value = round(float(np.asarray(found)[0, 0]), 4)
    cause = "꺼내기, 곱하기, 더하기, sigmoid를 하나씩 확인하세요. / Check look-up, product, sum and sigmoid one by one."
    if value == 0.0:
        cause = "sigmoid가 없습니다. / The sigmoid is missing."
    elif value == 0.7311:
        cause = "bias를 더하지 않았습니다. / The bias was not added."
    message = (
        f"기댓값 expected: 1 x 3 + 2 x (-1) - 1 = 0, sigmoid(0) = 0.5\n실제값 got: {value}\n원인 likely cause: {cause}"
    )
    assert value == 0.5, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: moved_ids가 table_before와 지금의 표에서 다른 줄의 번호가 아닙니다. / moved_ids is not the rows in which table_before and the table of the model differ.
""" # END TEST CONFIG
def test_moved_rows_are_those_of_the_documents(moved_ids, table_before, model, padded_docs):
    import numpy as np
    from autograder import checks
    checks.expect_shape(table_before, (50, 8), "table_before")
    now = np.asarray(model.get_weights()[0])
    checks.expect_shape(now, (50, 8), "the table of the model")
    rows = np.flatnonzero((now != np.asarray(table_before)).any(axis=1)).tolist()
    checks.expect_equal(list(moved_ids), rows, "moved_ids")
    checks.expect_equal(rows, np.unique(padded_docs).tolist(), "rows that moved")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 표와 다른 길이로 부르면 by_hand가 다릅니다. 크기를 함수 안에 고정했는지, 단어의 순서대로 펴는지 보세요. / With another table and another length by_hand is wrong. See whether sizes are fixed inside, and whether the words are laid out in their order.
""" # END TEST CONFIG
def test_by_hand_with_other_weights(by_hand):
    import numpy as np
    from autograder import checks
    table = np.cos(np.arange(18.0)).reshape(6, 3)
    kernel, bias = np.sin(np.arange(6.0)).reshape(6, 1), np.array([0.25])
    ids = np.array([[0, 5], [5, 0], [3, 3], [1, 2]])
    z = [[sum(table[word, j] * kernel[3 * i + j, 0] for i, word in enumerate(row) for j in range(3)) + 0.25] for row in ids]
    found = by_hand(ids, table, kernel, bias)
    checks.expect_shape(found, (4, 1), "by_hand")
    checks.expect_close(found, 1 / (1 + np.exp(-np.array(z))), "by_hand", tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: hand_probabilities가 모델이 padded_docs에서 내는 값과 다릅니다. / hand_probabilities is not what the model gives for padded_docs.
""" # END TEST CONFIG
def test_hand_and_model_agree(hand_probabilities, model, padded_docs):
    from autograder import checks
    checks.expect_shape(hand_probabilities, (10, 1), "hand_probabilities")
    checks.expect_close(hand_probabilities, checks.outputs(model, padded_docs), "hand_probabilities", tolerance=1e-4)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q10

# %% [markdown]
# ### 10. "no way"를 물어보기 · Ask about "no way"
#
# 1. `test_docs`에 `"no way"`를 `one_hot`과 `pad_sequences`로 `padded_docs`와 **같은 방법으로** 바꾼 배열 `(1, 4)`를, 글이 있던 자리에 담으세요.<br>
#    Turn `"no way"` into numbers **just as** `padded_docs` was made, with `one_hot` and `pad_sequences`, and put the array `(1, 4)` into `test_docs`,
#    in place of the text.
# 2. `prediction`에 모델의 확률 `(1, 1)`을, `rounded`에 그것을 반올림한 값(0 또는 1)을 담으세요.<br>
#    Put the model's probability, `(1, 1)`, into `prediction`, and that rounded (0 or 1) into `rounded`.
# 3. 함수 `known_share(ids, moved_ids)`를 쓰세요. `ids`는 번호의 리스트(비어 있지 않고, 패딩 0은 없습니다), `moved_ids`는 움직인 줄의 번호들이고, `ids` 가운데
#    움직인 줄의 비율(0에서 1)을 돌려줍니다. "no way"의 비율을 `no_way_share`에 담으세요.<br>
#    Write `known_share(ids, moved_ids)`. `ids` is a list of numbers (not empty, without padding), `moved_ids` the numbers of the rows that moved; the share of
#    `ids` whose row has moved comes back (0 to 1). Put that of "no way" into `no_way_share`.
# 4. `pair`의 두 단어를 같은 방법으로 바꾸어 모델에 물은 확률 `(2, 1)`을 `pair_probabilities`에 담고, 두 확률을 견주어 보세요.<br>
#    Ask the model about the two words of `pair`, turned into numbers in the same way, and put the probabilities `(2, 1)` into `pair_probabilities`. Compare
#    the two.

# %%
pair = ["nice", "boring"]

# %% [raw]
# # BEGIN SOLUTION

# %%
# test_docs: array (1, 4);  prediction: array (1, 1);  rounded: 0 or 1
test_docs = ["no way"]
test_docs = pad_sequences([one_hot(d, vocab_size) for d in test_docs], maxlen=max_length, padding="post")  # SOLUTION
prediction = model.predict(test_docs, verbose=0)  # SOLUTION
rounded = prediction.round()  # SOLUTION

# %%
def known_share(ids, moved_ids):
    """The share of ids whose row has moved: list of int, list of int → number from 0 to 1."""
    # BEGIN SOLUTION
    return sum(number in moved_ids for number in ids) / len(ids)
    # END SOLUTION

# %%
# no_way_share: number from 0 to 1;  pair_probabilities: array (2, 1)
no_way_share = known_share(one_hot("no way", vocab_size), moved_ids)  # SOLUTION
# BEGIN SOLUTION NO PROMPT
pair_docs = pad_sequences([one_hot(d, vocab_size) for d in pair], maxlen=max_length, padding="post")
# END SOLUTION
pair_probabilities = model.predict(pair_docs, verbose=0)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_no_way_gets_one_probability(test_docs, prediction, rounded):
    import numpy as np
    shapes = [np.shape(test_docs), np.shape(prediction)]
    message = (
        f"기댓값 expected: test_docs (1, 4), prediction (1, 1)\n실제값 got: {shapes[0]}, {shapes[1]}\n"
        "원인 likely cause: 아직 채우지 않았거나, 문서 하나를 리스트에 담지 않았습니다. / Not filled in yet, or the one document was not put into a list.\n"
        "힌트 hint: 문서가 하나여도 줄이 하나인 표입니다. / One document still makes a table with one row."
    )
    assert shapes == [(1, 4), (1, 1)], message
    value, whole = float(np.asarray(prediction)[0, 0]), float(np.ravel(rounded)[0]) if rounded is not ... and np.size(rounded) == 1 else rounded
    message = (
        f"기댓값 expected: rounded = {round(value)} (prediction {value:.3f})\n실제값 got: {whole}\n"
        "원인 likely cause: rounded를 아직 채우지 않았거나 다른 값을 반올림했습니다. / rounded is not filled in yet, or something else was rounded."
    )
    assert whole == round(value), message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_half_of_two_is_known(known_share):
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(known_share).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(known_share), message
    found = known_share([3, 8], [1, 3, 5])
    message = (
        f"기댓값 expected: known_share([3, 8], [1, 3, 5]) = 0.5\n실제값 got: {found}\n"
        "원인 likely cause: 비율이 아니라 개수이거나, 다른 수로 나누었습니다. / It is a count, not a share, or was divided by something else."
    )
    assert found == 0.5, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: test_docs가 no way의 번호가 아니거나 padded_docs와 다르게 채웠거나, 그 가운데 배운 번호의 비율이 다릅니다. / test_docs is not the numbers of no way, or is padded in another way than padded_docs, or the share of numbers that were learnt is wrong.
""" # END TEST CONFIG
def test_no_way_is_made_of_unknown_numbers(test_docs, no_way_share):
    from autograder import checks
    checks.expect_equal(test_docs, [[22, 22, 0, 0]], "test_docs")
    checks.expect_close(no_way_share, 0, "no_way_share")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: prediction이 이 모델이 test_docs에 대해 내는 값과 다릅니다. / prediction is not what this model gives for test_docs.
""" # END TEST CONFIG
def test_prediction_comes_from_the_model(prediction, model, test_docs):
    from autograder import checks
    checks.expect_probabilities(prediction, "prediction")
    checks.expect_close(prediction, checks.outputs(model, test_docs), "prediction", tolerance=1e-4)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 다른 번호로 부르면 known_share가 다릅니다. 되풀이되는 번호도 하나씩 셉니다. / With other numbers known_share is wrong. A number that comes twice counts twice.
""" # END TEST CONFIG
def test_known_share_of_other_numbers(known_share):
    from autograder import checks
    checks.expect_close(known_share([7, 7, 7, 2], [7, 9]), 0.75, "known_share")
    checks.expect_close(known_share([4, 5, 6], [1, 2, 3]), 0, "known_share")
    checks.expect_close(known_share([1, 2, 1], [2, 1]), 1, "known_share")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: pair_probabilities가 이 모델이 두 단어에 주는 확률이 아닙니다. 두 단어의 번호를 출력해 보세요. / pair_probabilities is not what this model gives for the two words. Print the numbers of the two words.
""" # END TEST CONFIG
def test_a_collision_makes_two_words_one(pair_probabilities, model):
    import numpy as np
    from autograder import checks
    checks.expect_shape(pair_probabilities, (2, 1), "pair_probabilities")
    expected = checks.outputs(model, np.array([[27, 0, 0, 0], [27, 0, 0, 0]]))
    checks.expect_close(pair_probabilities, expected, "pair_probabilities", tolerance=1e-4)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 11. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 모델은 "no way"에 대개 0.54쯤을 주고, 반올림하면 1, 곧 **좋은 말**이라고 합니다. 그런데 두 단어의 번호는 둘 다 22이고, 22번 줄은 한 번도 움직이지
# 않았습니다.
#
# The model usually gives "no way" about 0.54, which rounds to 1: a **good** review. Yet both words have the number 22, and row 22 has never moved.
#
# 1. 그렇다면 0.54는 무엇에서 나온 수일까요? 패딩 0의 줄과 bias, 22번 줄의 작은 무작위 수, 그리고 길이가 짧은 문서가 어떤 쪽에 많은지 보세요.<br>
#    Then what is 0.54 made of? Look at the row of padding, at the bias, at the small random numbers of row 22, and at which class the short
#    documents mostly belong to.
# 2. "boring"은 왜 "nice"와 똑같은 확률을 받나요? 단어장의 크기를 1000으로 늘리면 파라미터는 몇 개가 되고, 무엇이 나아지나요?<br>
#    Why does "boring" get the very same probability as "nice"? With a vocabulary of 1000, how many parameters are there, and what gets better?
# 3. 열 문서를 모두 맞힌 정확도 1.0은 이 모델이 좋다는 뜻인가요? 무엇을 재려면 어떤 자료가 더 필요할까요?<br>
#    Does the accuracy of 1.0 on the ten documents mean that the model is good? What would you need to measure that?
# 4. "good work"와 "work good"은 이 모델에 같은 문장인가요? 단어 가방에는요?<br>
#    Are "good work" and "work good" the same to this model? And to a bag of words?
# 5. 모델은 그 번호가 처음 보는 것임을 알 수 없어서 늘 무언가를 대답합니다. `known_share`를 대답 옆에 함께 보여 준다면 무엇이 달라질까요?
#    배운 적 없는 "boring"의 `known_share`는 얼마이고, 왜 그것을 믿을 수 없나요?<br>
#    The model cannot tell that a number is new to it, so it always answers. What would change if `known_share` were shown beside the answer?
#    What is the `known_share` of "boring", which was never learnt, and why can it not be believed?
