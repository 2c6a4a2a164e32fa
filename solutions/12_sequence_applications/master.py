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
# name: 12_sequence_applications
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 순환 신경망의 여러 모양
# ## Sequences in, sequences out
#
# **목표.** 순환 신경망은 입력이 몇 개이고 출력이 몇 개인지에 따라 여러 모양이 됩니다. 그 모양들을 직접 만들고, 세 가지 일을
# 시켜 봅니다. 문장의 다음 단어 맞히기(여럿에서 하나로), 단어마다 품사 붙이기(여럿에서 여럿으로), 짧은 영상 속 점이 어느 쪽으로
# 움직이는지 맞히기(CNN-LSTM)입니다. 그때마다 같은 질문을 던집니다. **앞에서 본 것을 정말 기억하고 있을까요?**
#
# **Goal.** A recurrent network takes different shapes, depending on how many inputs and outputs it has. You build these shapes and
# set them three tasks: the next word of a sentence (many to one), a part of speech for each word (many to many), and the
# direction in which a dot moves in a short clip (CNN-LSTM). Each time we ask the same question: **does it really remember what
# it saw before?**
#
# 열 단계이며, 단계마다 코드 칸의 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 여기서 보이는 검사를 모두 통과해도
# 채점할 때는 숨은 검사가 더 있습니다. 숨은 검사는 여러분의 모델과 함수에 새 문장과 새 영상을 넣어 볼 뿐, 본문에 없는 것을
# 묻지 않습니다. 세 번의 학습은 모두 합쳐 30초가 걸리지 않습니다.
#
# There are ten steps. In each, replace the `...` and then run the `grader.check` below it. Grading runs further, hidden checks.
# They give your models and functions sentences and clips that are new, and never ask for anything that this text does not say.
# The three trainings take less than half a minute in all.
#
# ### 0. 생각의 그림 · The idea in one picture
#
# 네모 □는 LSTM의 한 걸음이고, 화살표 →는 다음 걸음으로 넘어가는 기억입니다. 네 그림에서 LSTM은 같습니다. 다른 것은 **무엇을
# 넣고 무엇을 꺼내는가**뿐입니다.
#
# A box □ is one step of an LSTM, and an arrow → the memory that goes on to the next step. The LSTM is the same in all four
# pictures. Only **what goes in and what comes out** differs.
#
# ```text
#  many to one         one to many         many to many          many to many
#                                          (at every step)       (first read, then write)
#
#           y          y  y  y  y          y  y  y  y                     y  y  y
#           ↑          ↑  ↑  ↑  ↑          ↑  ↑  ↑  ↑                     ↑  ↑  ↑
#  □→ □→ □→ □          □→ □→ □→ □          □→ □→ □→ □            □→ □→ □→ □→ □→ □
#  ↑  ↑  ↑  ↑          ↑                   ↑  ↑  ↑  ↑            ↑  ↑  ↑
#  x  x  x  x          x                   x  x  x  x            x  x  x
#
#  next word,          words for           a tag per word,       translation:
#  direction of        a picture           a class per           another number
#  a clip                                  frame of a film       of words may come out
# ```

# %%
import random

import keras
import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import matplotlib.pyplot as plt
import numpy as np
from keras.layers import LSTM, Conv2D, Dense, Embedding, Flatten, MaxPooling2D, RepeatVector, TimeDistributed
from keras.models import Sequential
from keras.utils import pad_sequences

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. 마지막만, 아니면 모두 · Only the last, or every one
#
# LSTM은 걸음마다 출력을 만듭니다. 그중 마지막 하나만 내보낼지 전부 내보낼지를 `return_sequences`가 정합니다.
#
# An LSTM makes an output at each step. `return_sequences` decides whether it hands on only the last of them or all.
#
# | `LSTM(3)` | 입력 · input | 출력 · output |
# |---|---|---|
# | `return_sequences=False` (기본값 · default) | `(2, 5, 4)` | `(2, 3)` |
# | `return_sequences=True` | `(2, 5, 4)` | `(2, 5, 3)` |
#
# `(2, 5, 4)`는 [samples, time steps, features], 곧 샘플 2개, 걸음 5개, 걸음마다 수 4개입니다. 두 출력이 같은 계산의 일부인지
# 눈으로 확인합시다. 층을 두 개 만들고, 둘째 층에 첫째 층의 **가중치를 그대로 복사**한 뒤(`get_weights`, `set_weights`),
# 둘 다 `층(batch)`처럼 함수로 불러 보세요. 층은 처음 불릴 때 가중치를 만듭니다. 그러니 복사는 둘 다 한 번씩 부른 다음에 하고, 복사한 뒤의
# 출력을 담으세요. 출력은 `keras.ops.convert_to_numpy`로 NumPy 배열로 바꿉니다.
#
# `(2, 5, 4)` is [samples, time steps, features]: 2 samples, 5 steps, 4 numbers at each. Let us see that the two outputs are
# parts of one calculation. Make two layers, **copy the weights** of the first into the second (`get_weights`, `set_weights`), and
# call both like functions, `layer(batch)`. A layer makes its weights when it is called for the first time. So call each once before
# you copy, and keep the outputs from after the copy. `keras.ops.convert_to_numpy` turns an output into a NumPy array.

# %%
# 2 samples, 5 time steps, 4 features
batch = np.random.default_rng(0).normal(size=(2, 5, 4)).astype("float32")

# %% [raw]
# # BEGIN SOLUTION

# %%
# last: array (2, 3), from an LSTM with 3 units
# every: array (2, 5, 3), from an LSTM with 3 units, return_sequences=True and the same weights
# BEGIN SOLUTION NO PROMPT
last_layer = LSTM(3)
every_layer = LSTM(3, return_sequences=True)
last_layer(batch)
every_layer(batch)
every_layer.set_weights(last_layer.get_weights())
# END SOLUTION
last = keras.ops.convert_to_numpy(last_layer(batch))  # SOLUTION
every = keras.ops.convert_to_numpy(every_layer(batch))  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_one_output_or_five(last, every):
    shapes = [tuple(getattr(value, "shape", ())) for value in (last, every)]
    cause = "아직 채우지 않았거나 유닛 수가 3이 아닙니다. / Not filled in yet, or the number of units is not 3."
    if shapes == [(2, 5, 3), (2, 3)]:
        cause = "last와 every가 바뀌었습니다. / last and every are swapped."
    elif shapes == [(2, 3), (2, 3)]:
        cause = "둘째 층에 return_sequences=True가 없습니다. / The second layer lacks return_sequences=True."
    message = (
        f"기댓값 expected: last (2, 3), every (2, 5, 3)\n실제값 got: last {shapes[0]}, every {shapes[1]}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: LSTM(3)(batch)처럼 층을 배열에 바로 쓸 수 있습니다. / A layer can be used on an array at once, as in LSTM(3)(batch)."
    )
    assert shapes == [(2, 3), (2, 5, 3)], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: every의 마지막 걸음이 last와 다릅니다. 두 층의 가중치가 같은지, 복사한 뒤에 다시 불렀는지 보세요. / The last step of every is not last. See whether both layers have the same weights and were called again after copying.
""" # END TEST CONFIG
def test_the_last_of_every_step_is_last(last, every):
    from autograder import checks
    checks.expect_shape(every, (2, 5, 3), "every")
    numbers = checks.as_array(every)
    checks.expect_close(numbers[:, -1], checks.as_array(last), "every[:, -1]", tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: every의 다섯 걸음 가운데 서로 같은 것이 있습니다. 걸음마다 출력이 따로 있어야 합니다. / Among the five steps of every some are equal. Each step has an output of its own.
""" # END TEST CONFIG
def test_each_step_has_an_output_of_its_own(every):
    import numpy as np
    from autograder import checks
    checks.expect_shape(every, (2, 5, 3), "every")
    steps = checks.as_array(every)
    smallest = min(float(np.abs(steps[:, t] - steps[:, t - 1]).max()) for t in range(1, 5))
    checks.expect_above(smallest, 1e-4, "difference from one step to the next")
    checks.expect_within(steps, -1, 1, "every")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. 네 가지 모양 · Four shapes
#
# 그림의 네 모양을 학습하지 않은 작은 모델로 만드세요. 걸음마다 특성 4개를 읽고, LSTM은 유닛 8개, 출력은 수 2개입니다.
#
# Build the four shapes of the picture as small models, without training. They read 4 features at a step, their LSTMs have 8
# units, and an output is 2 numbers.
#
# | 변수 · variable | 입력 · input | 층 · layers | 출력 · output |
# |---|---|---|---|
# | `many_to_one` | `(5, 4)` | LSTM → Dense | `(None, 2)` |
# | `one_to_many` | `(4,)` | RepeatVector(5) → LSTM → TimeDistributed(Dense) | `(None, 5, 2)` |
# | `many_to_many` | `(5, 4)` | LSTM → TimeDistributed(Dense) | `(None, 5, 2)` |
# | `sequence_to_sequence` | `(5, 4)` | LSTM → RepeatVector(7) → LSTM → TimeDistributed(Dense) | `(None, 7, 2)` |
#
# - `keras.Input`에 입력의 모양을 알려 주세요. 샘플의 수는 적지 않습니다.<br>
#   Give the input's shape by `keras.Input`, without the number of samples.
# - `RepeatVector(5)`는 벡터 하나를 다섯 걸음으로 되풀이합니다. 하나에서 여럿을 만드는 길입니다. 그림에서는 x가 첫 걸음에만
#   들어가지만, 여기서는 걸음마다 같은 x가 들어갑니다.<br>
#   `RepeatVector(5)` repeats one vector over five steps. That is the way from one to many. In the picture x goes in at the first
#   step only; here the same x goes in at every step.
# - `TimeDistributed(층)`은 **같은 층을** 걸음마다 한 번씩 씁니다. `Dense`는 원래 마지막 축에만 작용하므로 `Dense`만 써도
#   결과가 같지만, 9단계의 `Conv2D`에는 꼭 있어야 합니다.<br>
#   `TimeDistributed(layer)` uses **the same layer** at each step. `Dense` acts on the last axis anyway, so plain `Dense` comes to
#   the same; for the `Conv2D` of step 9 it is a must.
# - 어느 LSTM에 `return_sequences=True`가 필요한지는 그림에서 읽어 내세요. 걸음마다 출력이 쓰이는 곳입니다.<br>
#   Read from the picture which LSTM needs `return_sequences=True`: one whose outputs are used at every step.
# - `sequence_to_sequence`에서는 읽기와 쓰기를 LSTM 둘이 나누어 맡습니다. 첫 LSTM은 읽은 것을 벡터 하나로 줄이고, 둘째 LSTM이 그
#   벡터만 보고 7걸음을 씁니다. 그래서 다섯 개를 읽고 일곱 개를 낼 수 있습니다. 기계 번역이 이런 모양에서 시작되었습니다.<br>
#   In `sequence_to_sequence` reading and writing get an LSTM each: the first boils down what it reads to one vector, and the second
#   writes 7 steps from that vector alone. So it can read five and give seven. Machine translation began with this shape.
#
# **손으로 세기.** LSTM에는 작은 층이 넷 있고 각각 특성 4개와 기억 8개를 읽습니다. 걸음의 수는 식에 없습니다. 같은 가중치를
# 걸음마다 다시 쓰기 때문입니다. 그래서 앞의 세 모델은 파라미터 수가 모두 같습니다.
#
# **Count by hand.** An LSTM has four small layers, each reading 4 features and 8 memories. The number of steps is not in the
# formula, since the same weights serve at every step. So the first three models have equally many parameters.
#
# $$4 \times (8 \times (4 + 8) + 8) = 416 \qquad 8 \times 2 + 2 = 18 \qquad 416 + 18 = 434$$
#
# 둘째 LSTM은 기억 8개를 입력으로 받으므로 $4 \times (8 \times (8 + 8) + 8) = 544$개이고, `sequence_to_sequence`는 모두
# $416 + 544 + 18 = 978$개입니다.
#
# A second LSTM gets 8 memories as its input and has $4 \times (8 \times (8 + 8) + 8) = 544$, so `sequence_to_sequence` has
# $416 + 544 + 18 = 978$ in all.

# %% [raw]
# # BEGIN SOLUTION

# %%
# four models; none is compiled or trained
many_to_one = Sequential([keras.Input((5, 4)), LSTM(8), Dense(2)])  # SOLUTION
one_to_many = Sequential([keras.Input((4,)), RepeatVector(5), LSTM(8, return_sequences=True), TimeDistributed(Dense(2))])  # SOLUTION
many_to_many = Sequential([keras.Input((5, 4)), LSTM(8, return_sequences=True), TimeDistributed(Dense(2))])  # SOLUTION
# BEGIN SOLUTION NO PROMPT
sequence_to_sequence = Sequential(
    [
        keras.Input((5, 4)),
        LSTM(8),
        RepeatVector(7),
        LSTM(8, return_sequences=True),
        TimeDistributed(Dense(2)),
    ]
)
# END SOLUTION
""" # BEGIN PROMPT
sequence_to_sequence = ...
""" # END PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: false
""" # END TEST CONFIG
def test_what_goes_in_and_what_comes_out(many_to_one, one_to_many, many_to_many, sequence_to_sequence):
    expected = {
        "many_to_one": ((None, 5, 4), (None, 2)),
        "one_to_many": ((None, 4), (None, 5, 2)),
        "many_to_many": ((None, 5, 4), (None, 5, 2)),
        "sequence_to_sequence": ((None, 5, 4), (None, 7, 2)),
    }
    models = (many_to_one, one_to_many, many_to_many, sequence_to_sequence)
    for (name, shapes), model in zip(expected.items(), models):
        found = (getattr(model, "input_shape", None), getattr(model, "output_shape", None))
        cause = "아직 채우지 않았거나, 첫 층 앞에 keras.Input이 없습니다. / Not filled in yet, or keras.Input before the first layer is missing."
        if found[0] is not None and found[0] != shapes[0]:
            cause = "keras.Input의 모양이 다릅니다. / The shape in keras.Input differs."
        elif found[0] is not None:
            cause = "return_sequences, RepeatVector의 횟수, 또는 마지막 층을 보세요. / Look at return_sequences, the number in RepeatVector, or the last layer."
        message = (
            f"{name}\n기댓값 expected: {shapes[0]} → {shapes[1]}\n실제값 got: {found[0]} → {found[1]}\n"
            f"원인 likely cause: {cause}\n"
            "힌트 hint: 모델의 summary에서 걸음 축이 어디서 사라지고 생기는지 보세요. / See in the summary of the model where the axis of steps goes and comes."
        )
        assert found == shapes, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 네 모델 가운데 파라미터 수가 손으로 센 것과 다른 것이 있습니다. / In one of the four models the parameters are not those counted by hand.
""" # END TEST CONFIG
def test_parameters_of_the_four_models(many_to_one, one_to_many, many_to_many, sequence_to_sequence):
    from autograder import checks
    for model in (many_to_one, one_to_many, many_to_many):
        counts = [count for _, count in checks.parameters_by_layer(model) if count]
        checks.expect_equal(counts, [416, 18], "parameters by layer")
    counts = [count for _, count in checks.parameters_by_layer(sequence_to_sequence) if count]
    checks.expect_equal(counts, [416, 544, 18], "parameters by layer of sequence_to_sequence")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: many_to_many의 출력은 그 걸음까지 읽은 것에 달려 있어야 합니다. 마지막 입력만 바꾸면 마지막 출력만 바뀝니다. / Each output of many_to_many has to follow from what was read up to its step. A change in the last input alone changes the last output alone.
""" # END TEST CONFIG
def test_many_to_many_answers_while_it_reads(many_to_many):
    import numpy as np
    from autograder import checks
    x = np.random.default_rng(3).normal(size=(4, 5, 4))
    other = x.copy()
    other[:, -1] += 1.0
    before, after = checks.outputs(many_to_many, x), checks.outputs(many_to_many, other)
    checks.expect_shape(before, (4, 5, 2), "output of many_to_many")
    checks.expect_close(after[:, :-1], before[:, :-1], "outputs before the changed step", tolerance=1e-5)
    checks.expect_above(np.abs(after[:, -1] - before[:, -1]).max(), 1e-4, "change of the last output")
    earlier = x.copy()
    earlier[:, 0] += 1.0
    change = np.abs(checks.outputs(many_to_many, earlier)[:, -1] - before[:, -1]).max()
    checks.expect_above(change, 1e-6, "change of the last output by the first input")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: sequence_to_sequence는 끝까지 읽은 다음에야 씁니다. 마지막 입력이 첫 출력을 바꾸어야 하고, 일곱 출력이 서로 달라야 합니다. / sequence_to_sequence writes only after it has read to the end. The last input has to change the first output, and the seven outputs have to differ.
""" # END TEST CONFIG
def test_the_whole_input_is_read_before_the_first_output(sequence_to_sequence):
    import numpy as np
    from autograder import checks
    x = np.random.default_rng(4).normal(size=(4, 5, 4))
    other = x.copy()
    other[:, -1] += 1.0
    before, after = checks.outputs(sequence_to_sequence, x), checks.outputs(sequence_to_sequence, other)
    checks.expect_above(np.abs(after[:, 0] - before[:, 0]).max(), 1e-5, "change of the first output")
    checks.expect_above(np.abs(before[:, 1:] - before[:, :-1]).max(), 1e-5, "difference between outputs")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: one_to_many의 다섯 출력이 모두 같습니다. 되풀이한 벡터를 LSTM이 걸음마다 읽어야 합니다. / The five outputs of one_to_many are equal. The LSTM has to read the repeated vector at each step.
""" # END TEST CONFIG
def test_one_to_many_goes_on_from_step_to_step(one_to_many):
    import numpy as np
    from autograder import checks
    found = checks.outputs(one_to_many, np.random.default_rng(5).normal(size=(6, 4)))
    checks.expect_shape(found, (6, 5, 2), "output of one_to_many")
    checks.expect_above(np.abs(found[:, 1:] - found[:, :-1]).max(), 1e-4, "difference between steps")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 문장을 만드는 작은 문법 · A small grammar that makes sentences
#
# 이제 배울 문장이 필요합니다. 아래의 **문법**은 규칙과 단어장으로 되어 있습니다. `SENTENCE`에서 시작해 규칙을 하나 골라 펼치고,
# 더 펼칠 것이 없으면 단어를 고릅니다. `_1`은 단수, `_2`는 복수입니다. 단수 주어에는 단수 동사만, 복수 주어에는 복수 동사만 옵니다.
#
# Now we need sentences to learn from. The **grammar** below consists of rules and a lexicon. Starting with `SENTENCE`, choose one of
# its rules and expand each part; where there is nothing left to expand, choose a word. `_1` is singular, `_2` plural. A singular
# subject gets a singular verb, a plural one a plural verb.
#
# 일부러 어렵게 만든 곳이 두 군데 있습니다.
#
# Two things make it hard on purpose:
#
# - **먼 거리의 일치.** `two dogs near the cat sleep`에서 동사의 짝은 바로 앞의 `cat`이 아니라 더 앞의 `dogs`입니다.<br>
#   **Agreement over a distance.** In `two dogs near the cat sleep` the verb goes with `dogs`, not with the nearer `cat`.
# - **두 얼굴의 단어.** `watch`, `cook`, `dance`, `guide`는 명사이기도 동사이기도 합니다. `young`은 형용사이지만 `the young`은
#   `젊은이들`이라는 복수 명사입니다.<br>
#   **Words with two faces.** `watch`, `cook`, `dance` and `guide` are nouns and verbs. `young` is an adjective, but `the young` are
#   young people: a noun, and plural.

# %%
grammar = {
    "SENTENCE": [
        "THING_1 ACTION_1 END",
        "THING_2 ACTION_2 END",
        "THING_1 PREP THING ACTION_1 END",
        "THING_2 PREP THING ACTION_2 END",
    ],
    "THING": ["THING_1", "THING_2"],
    "THING_1": ["DET_1 NOUN_1", "DET_1 ADJ NOUN_1"],
    "THING_2": ["DET_2 NOUN_2", "DET_2 ADJ NOUN_2", "DET NOUN"],
    "ACTION_1": ["VERB_GO_1", "VERB_DO_1 THING"],
    "ACTION_2": ["VERB_GO_2", "VERB_DO_2 THING"],
}
lexicon = {
    "DET_1": "the a",
    "DET_2": "the two",
    "DET": "the",
    "ADJ": "young small",
    "NOUN_1": "cat dog cook guide watch dance",
    "NOUN_2": "cats dogs cooks guides watches dances",
    "NOUN": "young",
    "VERB_GO_1": "sleeps dances cooks",
    "VERB_GO_2": "sleep dance cook",
    "VERB_DO_1": "sees watches guides",
    "VERB_DO_2": "see watch guide",
    "PREP": "near behind",
    "END": ".",
}


def expand(symbol, rng):
    """A list of (word, tag); the tag is the name of the word's class up to its first underscore."""
    if symbol in lexicon:
        return [(rng.choice(lexicon[symbol].split()), symbol.split("_")[0])]
    return [pair for part in rng.choice(grammar[symbol]).split() for pair in expand(part, rng)]


rng = random.Random(0)
# 1,500 different sentences; the first 1,000 are for training, the others for testing
sentences = list(dict.fromkeys(tuple(expand("SENTENCE", rng)) for _ in range(4000)))[:1500]
train_size = 1000
docs = [" ".join(word for word, _ in sentence) for sentence in sentences]
doc_tags = [[tag for _, tag in sentence] for sentence in sentences]
max_length = 12  # no sentence is longer
for doc in docs[:5]:
    print(doc)

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 단어를 번호로 · Words to ids
#
# 신경망은 단어를 읽지 못하고 번호를 읽습니다. `docs`에 나오는 **서로 다른 단어**를 알파벳 순서로 늘어놓고 1부터 번호를 매긴 사전
# `word_index`를 만드세요. 마침표 `.`도 단어이며 순서로는 맨 앞입니다. **0은 비워 둡니다.** 빈자리를 채우는 번호이기 때문입니다.
#
# A network does not read words, it reads numbers. List the **different words** of `docs` in alphabetical order and number them from 1:
# that is the dict `word_index`. The full stop `.` is a word, too, and comes first. **0 stays free**: it fills empty places.
#
# `vocab_size`는 번호의 개수로, 단어의 개수보다 **하나 많습니다**. 0도 번호이니까요. 하나 모자라게 적으면 마지막 단어가
# `Embedding`의 표 밖으로 떨어집니다.
#
# `vocab_size` is the number of ids, and that is **one more** than there are words, since 0 is an id as well. One too few, and the last
# word falls off the table of the `Embedding`.
#
# 그다음 함수 `encode(text)`가 공백으로 나눈 단어들의 번호를 리스트로 돌려주게 하고, `docs` 전체를 `encoded_docs`에 담으세요. `text`에는
# `word_index`에 있는 단어만 옵니다.
#
# Then let the function `encode(text)` return the ids of the words of a text, split at spaces, as a list, and put all of `docs` through
# it into `encoded_docs`. All words of `text` are in `word_index`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# word_index: dict word -> id, 1 ... number of words, in alphabetical order
word_index = {word: number for number, word in enumerate(sorted(set(" ".join(docs).split())), start=1)}  # SOLUTION
vocab_size = len(word_index) + 1  # SOLUTION

# %%
def encode(text):
    """The ids of the words of a text, as a list of int."""
    # BEGIN SOLUTION
    return [word_index[word] for word in text.split()]
    # END SOLUTION

# %%
# encoded_docs: list of 1,500 lists of ids
encoded_docs = [encode(doc) for doc in docs]  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_ids_begin_with_1(word_index, vocab_size):
    message = (
        f"기댓값 expected: dict\n실제값 got: {type(word_index).__name__}\n"
        "원인 likely cause: word_index를 아직 채우지 않았습니다. / word_index is not filled in yet."
    )
    assert isinstance(word_index, dict) and word_index, message
    numbers = sorted(word_index.values())
    cause = "번호가 빠지거나 겹칩니다. / Ids are missing or used twice."
    if numbers[0] == 0:
        cause = "번호가 0부터 시작합니다. 0은 빈자리의 번호입니다. / The ids begin with 0, but 0 is for empty places."
    elif "." not in word_index:
        cause = "마침표가 빠졌습니다. / The full stop is missing."
    message = (
        f"기댓값 expected: 1 ... 24\n실제값 got: {numbers[0]} ... {numbers[-1]}, {len(numbers)} words\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: enumerate에는 start가 있습니다. / enumerate has a start."
    )
    assert numbers == list(range(1, 25)), message
    message = (
        f"기댓값 expected: vocab_size 25\n실제값 got: {vocab_size}\n"
        "원인 likely cause: 번호 0을 세지 않았습니다. / The id 0 was not counted."
    )
    assert vocab_size == 25, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: word_index의 순서가 알파벳 순서가 아니거나 docs의 단어와 다릅니다. / The ids of word_index are not in alphabetical order, or its words are not those of docs.
""" # END TEST CONFIG
def test_words_in_alphabetical_order(word_index, reference):
    from autograder import checks
    checks.expect_equal({word: int(number) for word, number in word_index.items()}, reference["word_index"], "word_index")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: encode가 다른 문장에서 기대한 번호를 돌려주지 않습니다. word_index를 쓰고, 순서를 지키고, 같은 단어가 두 번 나오면 번호도 두 번 적으세요. / For another text encode does not return the expected ids. Use word_index, keep the order, and repeat the id of a word that comes twice.
""" # END TEST CONFIG
def test_encode_other_texts(encode, word_index):
    from autograder import checks
    for text in ("two small cats near a cook dance .", "the guides guide the young guide .", "dog"):
        found = [int(number) for number in encode(text)]
        checks.expect_equal(found, [int(word_index[word]) for word in text.split()], "encode")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: encoded_docs가 docs의 문장들을 차례대로 바꾼 것이 아닙니다. / encoded_docs is not the sentences of docs, one by one.
""" # END TEST CONFIG
def test_all_sentences_are_encoded(encoded_docs, reference):
    from autograder import checks
    found = [[int(number) for number in row] for row in encoded_docs]
    checks.expect_equal(found, reference["encoded_docs"], "encoded_docs")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. 문장 하나에서 여러 문제 · Many questions from one sentence
#
# 다음 단어 맞히기의 문제는 "여기까지 읽었다, 다음은?"입니다. 단어가 n개인 문장에서 이런 문제가 **n - 1개** 나옵니다. 길이가 제각각이니
# 앞쪽에 0을 채워 길이를 `max_length`로 맞춥니다. 앞쪽에 채우는 까닭은, LSTM이 마지막에 읽은 것이 가장 생생하기 때문입니다.
# 번호가 4, 2, 3, 1인 문장을 길이 5로 맞추면 이렇습니다.
#
# Predicting the next word asks: "this far we have read; what comes next?" A sentence of n words holds **n - 1** such questions. They are of
# different lengths, so zeros in front bring each to `max_length`. In front, because what an LSTM read last is freshest in its memory.
# For a sentence with the ids 4, 2, 3, 1 and length 5:
#
# ```text
#      X                  y
#  0 0 0 0 4      →       2
#  0 0 0 4 2      →       3
#  0 0 4 2 3      →       1
# ```
#
# 함수 `make_pairs(encoded_docs, max_length)`를 쓰세요. 문장의 순서대로, 한 문장 안에서는 짧은 것부터, 정수 배열 `X` `(n, max_length)`와
# `y` `(n,)`를 이 순서로 돌려줍니다. `max_length`보다 긴 앞부분은 **마지막** `max_length`개만 남깁니다. `pad_sequences`가 이 모두를
# 할 줄 압니다.
#
# Write the function `make_pairs(encoded_docs, max_length)`. Sentence by sentence, and the shortest beginning first, it returns the
# integer arrays `X` `(n, max_length)` and `y` `(n,)`, in this order. Of a beginning longer than `max_length` it keeps the **last**
# `max_length` ids. `pad_sequences` knows how to do all this.
#
# 앞의 1,000문장에서 `x_train`, `y_train`을, 나머지 500문장에서 `x_test`, `y_test`를 만드세요. 문제를 먼저 만들고 섞어 나누면
# 같은 문장의 앞부분들이 양쪽에 들어가서, 시험이 시험이 아니게 됩니다.
#
# Make `x_train`, `y_train` from the first 1,000 sentences and `x_test`, `y_test` from the other 500. If the questions were made first, then
# shuffled and split, beginnings of one sentence would lie on both sides, and the test would be no test.

# %% [raw]
# # BEGIN SOLUTION

# %%
def make_pairs(encoded_docs, max_length):
    """All beginnings, padded in front (X), and the id of the word after each (y)."""
    # BEGIN SOLUTION
    beginnings, following = [], []
    for ids in encoded_docs:
        for end in range(1, len(ids)):
            beginnings.append(ids[:end])
            following.append(ids[end])
    return pad_sequences(beginnings, maxlen=max_length), np.array(following)
    # END SOLUTION

# %%
# x_...: array (n, 12) of ids;  y_...: array (n,) of ids
x_train, y_train = make_pairs(encoded_docs[:train_size], max_length)  # SOLUTION
x_test, y_test = make_pairs(encoded_docs[train_size:], max_length)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_the_sentence_of_the_text(make_pairs):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(make_pairs).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(make_pairs), message
    result = make_pairs([[4, 2, 3, 1]], 5)
    message = (
        f"기댓값 expected: X, y\n실제값 got: {type(result).__name__}\n"
        "원인 likely cause: return이 없거나 하나만 돌려줍니다. / There is no return, or it returns only one value."
    )
    assert isinstance(result, (tuple, list)) and len(result) == 2, message
    rows, following = np.asarray(result[0]).tolist(), np.asarray(result[1]).tolist()
    cause = "앞부분이나 다음 단어의 위치가 다릅니다. / A beginning or the word after it is in the wrong place."
    if following and following[-1] != 1:
        cause = "마지막 단어를 묻는 문제가 빠졌습니다. / The question about the last word is missing."
    elif rows and rows[0] == [4, 0, 0, 0, 0]:
        cause = "0을 뒤쪽에 채웠습니다. / The zeros are at the end."
    elif len(rows) == 4:
        cause = "다 읽은 문장에는 다음 단어가 없습니다. / After the whole sentence there is no next word."
    message = (
        "기댓값 expected: X = [[0, 0, 0, 0, 4], [0, 0, 0, 4, 2], [0, 0, 4, 2, 3]], y = [2, 3, 1]\n"
        f"실제값 got: X = {rows}, y = {following}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: ids[:1] 다음에는 ids[1]이 옵니다. / After ids[:1] comes ids[1]."
    )
    assert rows == [[0, 0, 0, 0, 4], [0, 0, 0, 4, 2], [0, 0, 4, 2, 3]] and following == [2, 3, 1], message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 다른 문장들과 다른 길이로 부르면 결과가 다릅니다. 여러 문장의 순서와, max_length보다 긴 앞부분을 보세요. / With other sentences and another length the result is wrong. Look at the order of several sentences, and at beginnings longer than max_length.
""" # END TEST CONFIG
def test_other_sentences_and_another_length(make_pairs):
    import numpy as np
    from autograder import checks
    found = make_pairs([[5, 9], [7, 8, 2, 6, 3], [4, 1, 4]], 3)
    rows = [[0, 0, 5], [0, 0, 7], [0, 7, 8], [7, 8, 2], [8, 2, 6], [0, 0, 4], [0, 4, 1]]
    checks.expect_equal(np.asarray(found[0]).tolist(), rows, "X")
    checks.expect_equal(np.asarray(found[1]).ravel().tolist(), [9, 8, 2, 6, 3, 1, 4], "y")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: x_train과 y_train이 앞의 1,000문장에서 나온 문제들과 다릅니다. / x_train and y_train are not the questions of the first 1,000 sentences.
""" # END TEST CONFIG
def test_training_pairs(x_train, y_train, reference):
    from autograder import checks
    checks.expect_shape(x_train, reference["x_train"].shape, "x_train")
    checks.expect_close(x_train, reference["x_train"], "x_train")
    checks.expect_close(y_train, reference["y_train"], "y_train")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: x_test와 y_test가 나머지 500문장에서 나온 문제들과 다릅니다. 문장을 먼저 나누세요. / x_test and y_test are not the questions of the other 500 sentences. Split the sentences first.
""" # END TEST CONFIG
def test_test_pairs_come_from_other_sentences(x_test, y_test, reference):
    from autograder import checks
    checks.expect_shape(x_test, reference["x_test"].shape, "x_test")
    checks.expect_close(x_test, reference["x_test"], "x_test")
    checks.expect_close(y_test, reference["y_test"], "y_test")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. 여럿에서 하나로: 다음 단어 · Many to one: the next word
#
# 세 층을 쌓아 `model`을 만드세요.
#
# Stack three layers into `model`:
#
# | 층 · layer | 왜 · why | 파라미터 · parameters |
# |---|---|---|
# | `Embedding(vocab_size, 16)` | 번호마다 배울 수 있는 수 16개 · for each id, 16 numbers to be learnt | $25 \times 16 = 400$ |
# | `LSTM(32)` | 차례로 읽고 **마지막** 기억만 내보냅니다 · reads in order and hands on its **last** memory | $4 \times (32 \times (16 + 32) + 32) = 6{,}272$ |
# | `Dense(vocab_size)`, softmax | 번호마다 확률 하나 · a probability for each id | $32 \times 25 + 25 = 825$ |
#
# 모두 7,497개입니다. 입력은 `keras.Input((max_length,))`입니다. 같은 크기의 `SimpleRNN(32)`에는 게이트가 없어서 LSTM의 4분의 1인
# 1,568개뿐입니다.
#
# That is 7,497 in all. The input is `keras.Input((max_length,))`. A `SimpleRNN(32)` has no gates, and so only a quarter of the LSTM's:
# 1,568.
#
# - 컴파일: 학습률 0.015의 Adam, 손실 `sparse_categorical_crossentropy`(정답이 원-핫이 아니라 번호라서 sparse), 지표 `accuracy`.<br>
#   Compile with Adam at learning rate 0.015, the loss `sparse_categorical_crossentropy` (sparse, because the answers are ids and not
#   one-hot rows) and the metric `accuracy`.
# - 학습: `x_train`, `y_train`으로 6 에포크, 배치 크기 128. 결과는 `history`에. `verbose=0`이면 출력이 짧습니다.<br>
#   Train on `x_train`, `y_train` for 6 epochs in batches of 128, and keep the result in `history`. `verbose=0` keeps the output short.
# - 평가: `x_test`, `y_test`에서 `test_loss`와 `test_accuracy`.<br>
#   Evaluate on `x_test`, `y_test`: `test_loss` and `test_accuracy`.
#
# 정확도가 0.43쯤이면 잘된 것입니다. 문법이 주사위를 굴리므로 **아무도** 다음 단어를 늘 맞힐 수는 없습니다. 가장 흔한 단어만 대면 0.14,
# 바로 앞 단어만 보고 그 뒤에 가장 자주 온 단어를 대면 0.34입니다. 그러니 0.43은 앞 단어 하나보다 **더 멀리** 본 결과입니다.
#
# An accuracy of some 0.43 is good. The grammar throws dice, so **nobody** can always know the next word. Naming the most frequent word
# gives 0.14; looking at the word before and naming what most often followed it, 0.34. So 0.43 comes from looking **further back** than
# one word.

# %% [raw]
# # BEGIN SOLUTION

# %%
# model: Input → Embedding → LSTM → Dense, 7,497 parameters
model = Sequential()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
model.add(keras.Input((max_length,)))
model.add(Embedding(vocab_size, 16))
model.add(LSTM(32))
model.add(Dense(vocab_size, activation="softmax"))
model.summary()
# END SOLUTION

# %%
# compile the model: Adam at 0.015, sparse_categorical_crossentropy, accuracy
# BEGIN SOLUTION
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.015),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
# END SOLUTION

# %%
# history: what fit returns
history = model.fit(x_train, y_train, epochs=6, batch_size=128, verbose=0)  # SOLUTION

# %%
# test_loss, test_accuracy: numbers, from model.evaluate on the test questions
test_loss, test_accuracy = model.evaluate(x_test, y_test, verbose=0)  # SOLUTION

# %%
# the loss over the epochs (not graded)
# BEGIN SOLUTION
plt.plot(history.history["loss"])
plt.title("다음 단어 모델의 손실")
plt.xlabel("에포크 epoch")
plt.ylabel("손실 loss")
plt.show()
# END SOLUTION
# BEGIN SOLUTION NO PROMPT
# what the hidden tests measure, on their own sentences: calibrate.toml makes the thresholds of these
rng = random.Random(2024)
unseen = dict.fromkeys(" ".join(word for word, _ in expand("SENTENCE", rng)) for _ in range(1500))
unseen = [text for text in unseen if text not in set(docs)][:300]
unseen_x, unseen_y = make_pairs([encode(text) for text in unseen], max_length)
unseen_loss = float(model.evaluate(unseen_x, unseen_y, verbose=0)[0])
one, many = (
    [(det, noun) for det in lexicon[f"DET_{n}"].split() for noun in lexicon[f"NOUN_{n}"].split()] for n in (1, 2)
)
subjects = [(a, b, 0) for a in one for b in many] + [(b, a, 1) for a in one for b in many]
phrases = [" ".join((*near, prep, *far)) for near, far, _ in subjects for prep in lexicon["PREP"].split()]
number = [n for _, _, n in subjects for _ in lexicon["PREP"].split()]
verbs = [encode(f"{lexicon[f'VERB_GO_{n}']} {lexicon[f'VERB_DO_{n}']}") for n in (1, 2)]
said = model.predict(pad_sequences([encode(text) for text in phrases], maxlen=max_length), verbose=0)
mass = np.stack([said[:, ids].sum(axis=1) for ids in verbs], axis=1)
agreement = float(np.mean(mass[np.arange(len(phrases)), number] / mass.sum(axis=1)))
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
def test_a_probability_for_each_id(model):
    layers = [layer for layer in getattr(model, "layers", []) if type(layer).__name__ != "InputLayer"]
    message = (
        f"기댓값 expected: 가중치가 있는 Keras 모델 a Keras model with weights\n실제값 got: {type(model).__name__}, {len(layers)} layers\n"
        "원인 likely cause: model을 채우지 않았거나 입력 모양을 모릅니다. / model is not filled in, or does not know its input shape.\n"
        "힌트 hint: 첫 층 앞에 keras.Input을 두세요. / Put keras.Input before the first layer."
    )
    assert layers and getattr(model, "built", False), message
    found = [(type(layer).__name__, int(layer.count_params())) for layer in layers]
    total = sum(count for _, count in found)
    cause = "층의 종류, 유닛 수, 또는 순서가 다릅니다. / The kind of a layer, its units, or the order differs."
    if found[0] == ("Embedding", 384):
        cause = "Embedding의 표가 한 줄 짧습니다. 번호 0도 세세요. / The table of the Embedding is one row short. Count the id 0 as well."
    elif any(name in ("GRU", "SimpleRNN", "Bidirectional") for name, _ in found):
        cause = "LSTM 대신 다른 순환층입니다. / Another recurrent layer stands in place of the LSTM."
    table = ", ".join(f"{name} {count:,}" for name, count in found)
    message = (
        "기댓값 expected: Embedding 400, LSTM 6,272, Dense 825 = 7,497\n"
        f"실제값 got: {table} = {total:,}\n원인 likely cause: {cause}"
    )
    assert total == 7497, message
    shape = getattr(model, "output_shape", None)
    message = (
        f"기댓값 expected: output (None, 25)\n실제값 got: {shape}\n"
        "원인 likely cause: LSTM의 return_sequences가 True이거나 마지막 층이 다릅니다. / return_sequences of the LSTM is True, or the last layer differs."
    )
    assert shape == (None, 25), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 층별 파라미터 수가 400, 6,272, 825가 아니거나 입력이 번호 12개가 아닙니다. / The parameters by layer are not 400, 6,272 and 825, or the input is not 12 ids.
""" # END TEST CONFIG
def test_parameters_of_each_layer(model):
    from autograder import checks
    checks.expect_parameters(model, [("Embedding", 400), ("LSTM", 6272), ("Dense", 825)])
    checks.expect_equal(tuple(model.input_shape), (None, 12), "input shape")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_six_epochs(history):
    recorded = getattr(history, "history", None)
    message = (
        f"기댓값 expected: fit의 결과 what fit returns\n실제값 got: {type(history).__name__}\n"
        "원인 likely cause: fit의 결과를 담지 않았거나 fit이 오류로 멈췄습니다. / The result of fit was not kept, or fit ended with an error."
    )
    assert isinstance(recorded, dict), message
    count = len(recorded.get("loss", []))
    message = (
        f"기댓값 expected: 6 epochs\n실제값 got: {count}\n"
        "원인 likely cause: epochs가 다릅니다. fit을 다시 실행하면 history에는 마지막 것만 남습니다. / epochs differs. After another run of fit, history holds only that one."
    )
    assert count == 6, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 컴파일 설정이 다릅니다. 학습률 0.015의 Adam과, 번호를 정답으로 받는 손실이어야 합니다. / The compile settings differ. It has to be Adam at 0.015, and the loss that takes ids as answers.
""" # END TEST CONFIG
def test_compiled_for_classes_given_as_ids(model):
    from autograder import checks
    checks.expect_optimizer(model, "Adam")
    checks.expect_learning_rate(model, 0.015, tolerance=1e-6)
    checks.expect_loss(model, "sparse_categorical_crossentropy")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 모델의 출력이 확률이 아닙니다. 한 줄의 합은 1이어야 합니다. / The output of the model is no probability. Each row has to add up to 1.
""" # END TEST CONFIG
def test_the_outputs_are_probabilities(model, reference):
    from autograder import checks
    checks.expect_probabilities(checks.outputs(model, reference["x_test"][:200]), "output of model")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 에포크마다의 배치 수가 학습 문제의 수와 맞지 않거나, test_accuracy와 test_loss가 이 모델이 x_test에서 내는 값과 다릅니다. / The batches an epoch do not fit the number of training questions, or test_accuracy and test_loss are not what this model has on x_test.
""" # END TEST CONFIG
def test_trained_and_evaluated_as_the_text_says(model, history, test_loss, test_accuracy, x_train, x_test, y_test):
    import numpy as np
    from autograder import checks
    checks.expect_steps_per_epoch(history, -(-len(x_train) // 128))
    checks.expect_close(test_accuracy, checks.accuracy(model, x_test, y_test), "test_accuracy", tolerance=2e-3)
    said = checks.outputs(model, x_test)[np.arange(len(y_test)), np.asarray(y_test).ravel()]
    checks.expect_close(test_loss, -np.log(np.clip(said, 1e-7, 1)).mean(), "test_loss", tolerance=5e-3)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 새 문장에서 다음 단어에 준 확률이 기준보다 낮습니다. 문제와 정답의 짝, 채우는 쪽, 에포크 수를 확인하세요. / On new sentences the probability given to the next word is too low. Check the pairs of question and answer, the side of the padding, and the epochs.
""" # END TEST CONFIG
def test_next_word_of_sentences_never_seen(model, word_index, grammar, lexicon, docs, reference, calibration):
    import random
    import numpy as np
    from autograder import checks
    rules, classes, known, rng = reference["grammar"], reference["lexicon"], set(reference["docs"]), random.Random(2024)
    def made_of(symbol):
        if symbol in classes:
            return [rng.choice(classes[symbol].split())]
        return [word for part in rng.choice(rules[symbol]).split() for word in made_of(part)]
    texts = dict.fromkeys(" ".join(made_of("SENTENCE")) for _ in range(1500))
    rows, answers = [], []
    for text in [text for text in texts if text not in known][:300]:
        ids = [int(word_index[word]) for word in text.split()]
        for end in range(1, len(ids)):
            rows.append([0] * (12 - end) + ids[:end])
            answers.append(ids[end])
    said = checks.outputs(model, np.array(rows))
    checks.expect_shape(said, (len(rows), 25), "output of model")
    checks.expect_probabilities(said, "output of model")
    loss = -np.log(np.clip(said[np.arange(len(rows)), answers], 1e-7, 1)).mean()
    checks.expect_below(loss, calibration["unseen_loss"], "loss on sentences never seen")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 「two dogs near the cat」 같은 앞부분 뒤에 복수 동사보다 단수 동사를 더 믿습니다. 모델이 가까운 명사만 보고 있습니다. / After a beginning like 「two dogs near the cat」 the model believes in a singular verb rather than a plural one. It looks at the nearer noun only.
""" # END TEST CONFIG
def test_the_verb_agrees_with_the_distant_noun(model, word_index, lexicon, reference, calibration):
    import numpy as np
    from autograder import checks
    classes = {name: [int(word_index[word]) for word in text.split()] for name, text in reference["lexicon"].items()}
    one, many = ([[det, noun] for det in classes[f"DET_{n}"] for noun in classes[f"NOUN_{n}"]] for n in (1, 2))
    subjects = [(a, b, 0) for a in one for b in many] + [(b, a, 1) for a in one for b in many]
    rows = [[0] * 7 + near + [prep] + far for near, far, _ in subjects for prep in classes["PREP"]]
    number = [n for _, _, n in subjects for _ in classes["PREP"]]
    said = checks.outputs(model, np.array(rows))
    checks.expect_shape(said, (len(rows), 25), "output of model")
    checks.expect_probabilities(said, "output of model")
    mass = np.stack([said[:, classes[f"VERB_GO_{n}"] + classes[f"VERB_DO_{n}"]].sum(axis=1) for n in (1, 2)], axis=1)
    share = float((mass[np.arange(len(rows)), number] / mass.sum(axis=1)).mean())
    checks.expect_above(share, calibration["agreement"], "share of the verbs that agree")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. 말하게 하기: 하나에서 여럿으로 · Let it speak: one to many
#
# **다음 단어 하나.** `predict_next(text)`는 앞부분을 받아, `model`이 가장 그럴듯하다고 보는 다음 **단어**를 돌려줍니다. 학습할 때와
# 똑같이 준비해야 합니다. `encode`하고, 앞쪽에 0을 채워 `(1, max_length)`로 만들고, 확률이 가장 큰 번호를 고르고, 번호를 단어로
# 되돌립니다. 0은 정답이었던 적이 없으니 뽑히지 않습니다. 한 줄만 물을 때는 `model.predict_on_batch(X)`가 `model.predict(X)`와 같은 답을 훨씬
# 빨리 줍니다.
#
# **One next word.** `predict_next(text)` takes a beginning and returns the **word** that `model` finds most likely to follow. Prepare the
# text just as for training: `encode` it, put zeros in front up to `(1, max_length)`, choose the id of the largest probability, and turn
# the id back into its word. The id 0 was never an answer, so it will not win. For a single row `model.predict_on_batch(X)` gives the same
# answer as `model.predict(X)`, and much faster.
#
# **여러 단어.** 맞힌 단어를 입력 뒤에 붙여 다시 넣으면, 여럿에서 하나로 가는 모델이 하나에서 여럿을 만듭니다.
#
# **Many words.** Put the word it named behind the input and ask again, and a many-to-one model makes many from one:
#
# ```text
#  "two"                 →  small
#  "two small"           →  cats
#  "two small cats"      →  near     ...  until "."
#                           여러분의 단어는 다를 수 있습니다 · your words may differ
# ```
#
# `generate(start, max_words)`는 `start`부터 시작한 **글 전체**를 문자열로 돌려줍니다. 마침표 `.`가 나오면 그것까지 붙이고 멈추고,
# 나오지 않아도 `start`를 합쳐 단어가 `max_words`개가 되면 멈춥니다. `start`는 마침표가 없고 단어가 `max_words`개 이하인 글입니다.
#
# `generate(start, max_words)` returns the **whole text** that begins with `start`, as a string. It stops once a full stop `.` has been
# added, or when there are `max_words` words, those of `start` among them. `start` holds no full stop and at most `max_words` words.

# %% [raw]
# # BEGIN SOLUTION

# %%
def predict_next(text):
    """The most likely next word after the words of text."""
    # BEGIN SOLUTION
    row = pad_sequences([encode(text)], maxlen=max_length)
    best = int(np.argmax(model.predict_on_batch(row)[0]))
    return {number: word for word, number in word_index.items()}[best]
    # END SOLUTION

# %%
def generate(start, max_words):
    """The text that begins with start and goes on word by word, up to a full stop or max_words words."""
    # BEGIN SOLUTION
    words = start.split()
    while words[-1] != "." and len(words) < max_words:
        words.append(predict_next(" ".join(words)))
    return " ".join(words)
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
def test_a_word_and_a_sentence(predict_next, generate, word_index):
    for name, function in (("predict_next", predict_next), ("generate", generate)):
        message = (
            f"{name}\n기댓값 expected: 함수 a function\n실제값 got: {type(function).__name__}\n"
            "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
        )
        assert callable(function), message
    word = predict_next("two dogs")
    message = (
        f"predict_next\n기댓값 expected: word_index의 단어 하나 one word of word_index\n실제값 got: {word!r}\n"
        "원인 likely cause: return이 없거나, 번호를 단어로 되돌리지 않았습니다. / There is no return, or the id was not turned back into a word."
    )
    assert isinstance(word, str) and word in word_index, message
    text = generate("two dogs", 4)
    cause = "글은 start의 단어들로 시작합니다. / The text begins with the words of start."
    if isinstance(text, str) and len(text.split()) > 4:
        cause = "max_words를 넘었습니다. start의 단어도 셉니다. / There are more than max_words words; those of start count, too."
    message = (
        f"generate\n기댓값 expected: two dogs ..., at most 4 words\n실제값 got: {text!r}\n원인 likely cause: {cause}"
    )
    assert isinstance(text, str) and text.split()[:2] == ["two", "dogs"] and len(text.split()) <= 4, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: predict_next가 model이 가장 큰 확률을 준 단어를 돌려주지 않습니다. 0을 채우는 쪽과 번호를 단어로 되돌리는 단계를 보세요. / predict_next does not return the word to which model gives the largest probability. Look at the side of the zeros, and at the step from id to word.
""" # END TEST CONFIG
def test_the_word_is_the_most_likely_one(predict_next, model, word_index):
    import numpy as np
    from autograder import checks
    texts = ("the", "a small cat", "two dogs near the cat", "the watches behind a cook dance", "the young guide the cats")
    beginnings = [[int(word_index[word]) for word in text.split()] for text in texts]
    rows = checks.outputs(model, np.array([[0] * (12 - len(ids)) + ids for ids in beginnings]))
    for text, said in zip(texts, rows):
        word = predict_next(text)
        assert word in word_index, f"predict_next: expected a word of word_index, got {word!r}"
        chance, best = float(said[int(word_index[word])]), float(said.max())
        assert chance >= best - 1e-3, f"after 「{text}」: expected the word of probability {best:.3f}, got {word!r} of {chance:.3f}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: generate가 붙인 단어 가운데 가장 그럴듯하지 않은 것이 있습니다. 지금까지의 글 전체를 다시 넣는지 보세요. / Among the words that generate added one is not the most likely. See whether the whole text so far goes in again.
""" # END TEST CONFIG
def test_each_word_follows_from_all_before_it(generate, model, word_index):
    import numpy as np
    from autograder import checks
    for start in ("two", "a small dog near the", "the young"):
        words = generate(start, 12).split()
        assert len(words) > len(start.split()), f"generate: expected more words than {start!r}, got {words}"
        ids, ends = [int(word_index[word]) for word in words], range(len(start.split()), len(words))
        rows = checks.outputs(model, np.array([[0] * (12 - end) + ids[:end] for end in ends]))
        for end, said in zip(ends, rows):
            chance, best = float(said[ids[end]]), float(said.max())
            assert chance >= best - 1e-3, f"word {end + 1} of 「{' '.join(words)}」: its probability is {chance:.3f}, the largest {best:.3f}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: generate가 제때 멈추지 않습니다. 마침표를 붙인 다음이나 단어가 max_words개일 때 멈춥니다. / generate does not stop when it should. It stops after a full stop, or at max_words words.
""" # END TEST CONFIG
def test_it_stops_at_a_full_stop_or_at_the_limit(generate):
    for start, limit in (("two", 12), ("a", 3), ("the cats sleep", 12), ("the young", 2)):
        words = generate(start, limit).split()
        assert words[: len(start.split())] == start.split(), f"expected a text that begins with {start!r}, got {words}"
        ended = words[-1] == "." or len(words) == limit
        assert ended and len(words) <= limit and "." not in words[:-1], f"generate({start!r}, {limit}): got {words}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# 시험해 봅시다. 동사는 먼저 나온 명사와 짝을 이룰까요, 아니면 가까운 명사와 짝을 이룰까요? 앞 단어 하나만 보는 표라면 `cat` 다음에 마침표를
# 고르고, 동사 가운데서는 단수를 고릅니다.
#
# Try it. Does the verb go with the noun that came first, or with the nearer one? A table that looks at one word only would choose a
# full stop after `cat`, and among the verbs a singular one.

# %%
for start in ("two dogs near the cat", "the cat near two dogs", "a small cook near the dogs"):
    print(start, "→", predict_next(start))
for start in ("a", "two", "the young"):
    print(generate(start, 12))

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. 품사, 그리고 이겨야 할 기준 · Parts of speech, and the baseline to beat
#
# 둘째 일은 단어마다 **품사**를 붙이는 것입니다. 답은 문장의 모든 걸음에 하나씩 있고, `doc_tags`에 들어 있습니다. 품사에도 번호를
# 붙이고 0은 빈자리로 남겨 둡니다(`tag_index`). 이번에는 답이 단어와 나란히 서야 하므로 0을 **뒤쪽에** 채웁니다(`padding="post"`).
#
# The second task gives a **part of speech** to each word. There is an answer at every step; they lie in `doc_tags`. Tags have ids as well,
# and 0 stays free for empty places (`tag_index`). Words and answers have to stand side by side, so the zeros go to the **end** this time
# (`padding="post"`).
#
# ```text
#  the    cooks   watch   a      dance   .      -   ...
#  DET    NOUN    VERB    DET    NOUN    END    -   ...
#  1      3       4       1      3       6      0   ...
# ```
#
# 1. `x_tags`, `y_tags`: 모든 문장의 단어 번호와 품사 번호, 정수 배열 `(1500, 12)`. · the ids of words and tags of all sentences,
#    integer arrays `(1500, 12)`.
# 2. `word_accuracy(predicted, actual)`: 두 배열 `(n, 걸음)`에서 **실제 단어가 있는 곳만** 보고, 맞은 비율을 수 하나로 돌려줍니다. 실제
#    단어가 있는 곳은 `actual`이 0이 아닌 곳입니다. 빈자리까지 세면 누구나 쉽게 맞히는 0이 성적을 부풀립니다. · looks at two arrays
#    `(n, steps)` **only where there is a word**, that is, where `actual` is not 0, and returns the share that is right as one number.
#    Counting empty places, too, would inflate the mark with zeros that anyone can guess.
# 3. `most_common_tag`: 단어 번호(1부터)마다, **학습** 문장(앞의 1,000개)에서 그 단어에 가장 자주 붙은 품사 번호의 사전. 두 품사가 똑같이
#    자주 붙었으면(`guides`가 그렇습니다) 작은 번호를 고릅니다. · a dict from each word id, 1 and up, to the tag id it has most often in the
#    **training** sentences (the first 1,000). Where two tags are equally frequent, as for `guides`, take the smaller id.
# 4. `baseline_accuracy`: 단어마다 `most_common_tag`를 붙였을 때 **시험** 문장(나머지 500개)의 `word_accuracy`. · the `word_accuracy` of
#    naming `most_common_tag` for every word of the **test** sentences (the other 500).
#
# 이 기준은 문맥을 전혀 보지 않습니다. `watch`가 명사로 더 자주 쓰이면 언제나 명사라고 답합니다. 그런데도 성적이 꽤 높습니다. 순환
# 신경망이 기억을 쓴다면 이 기준을 이겨야 합니다.
#
# This baseline does not look at the context at all: where `watch` is more often a noun, it is a noun each time. Its mark is quite high all the
# same. A recurrent network that uses its memory has to beat it.

# %%
tag_index = {"DET": 1, "ADJ": 2, "NOUN": 3, "VERB": 4, "PREP": 5, "END": 6}

# %% [raw]
# # BEGIN SOLUTION

# %%
# x_tags, y_tags: arrays (1500, 12) of word ids and tag ids, zeros at the end
x_tags = pad_sequences(encoded_docs, maxlen=max_length, padding="post")  # SOLUTION
y_tags = pad_sequences([[tag_index[tag] for tag in tags] for tags in doc_tags], maxlen=max_length, padding="post")  # SOLUTION

# %%
def word_accuracy(predicted, actual):
    """The share of tags that are right, where there is a word at all: one number."""
    # BEGIN SOLUTION
    is_word = actual != 0
    return float((predicted == actual)[is_word].mean())
    # END SOLUTION

# %%
# most_common_tag: dict word id -> tag id;  baseline_accuracy: number
# BEGIN SOLUTION NO PROMPT
counts = np.zeros((vocab_size, 7), dtype=int)
np.add.at(counts, (x_tags[:train_size], y_tags[:train_size]), 1)
# END SOLUTION
most_common_tag = {number: int(counts[number].argmax()) for number in range(1, vocab_size)}  # SOLUTION
baseline_accuracy = word_accuracy(np.vectorize({0: 0, **most_common_tag}.get)(x_tags[train_size:]), y_tags[train_size:])  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_words_and_tags_side_by_side(x_tags, y_tags):
    import numpy as np
    shapes = [getattr(value, "shape", None) for value in (x_tags, y_tags)]
    message = (
        f"기댓값 expected: x_tags (1500, 12), y_tags (1500, 12)\n실제값 got: {shapes}\n"
        "원인 likely cause: 아직 채우지 않았거나 길이를 맞추지 않았습니다. / Not filled in yet, or not padded to one length."
    )
    assert shapes == [(1500, 12)] * 2, message
    words, tags = np.asarray(x_tags), np.asarray(y_tags)
    message = (
        f"기댓값 expected: 첫 문장의 첫 칸은 단어 a word in the first place\n실제값 got: {words[0].tolist()}\n"
        "원인 likely cause: 0을 앞쪽에 채웠습니다. / The zeros are in front.\n"
        "힌트 hint: pad_sequences의 padding을 보세요. / Look at padding of pad_sequences."
    )
    assert (words[:, 0] != 0).all(), message
    message = (
        "기댓값 expected: 단어와 품사의 0이 같은 자리에 zeros of words and tags in the same places\n실제값 got: 다릅니다 they differ\n"
        "원인 likely cause: 한쪽은 앞에, 한쪽은 뒤에 채웠거나 품사 번호가 0입니다. / One was padded in front and one at the end, or a tag has the id 0."
    )
    assert ((words == 0) == (tags == 0)).all(), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_empty_places_do_not_count(word_accuracy):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(word_accuracy).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(word_accuracy), message
    found = word_accuracy(np.array([[1, 3, 0, 0], [1, 2, 3, 4]]), np.array([[1, 4, 0, 0], [1, 3, 3, 4]]))
    message = (
        f"기댓값 expected: 0.6667\n실제값 got: {type(found).__name__}\n"
        "원인 likely cause: return이 없거나 숫자 하나가 아닙니다. / There is no return, or it is not one number."
    )
    assert np.size(found) == 1 and isinstance(found, (float, int, np.number, np.ndarray)), message
    value = float(np.ravel(found)[0])
    cause = "맞은 단어의 수를 단어의 수로 나누세요. / Divide the words that are right by the number of words."
    if abs(value - 0.75) < 1e-6:
        cause = "빈자리의 0도 맞은 것으로 세었습니다. / Zeros in empty places were counted as right."
    elif abs(value - 4 / 8) < 1e-6:
        cause = "단어의 수가 아니라 칸의 수로 나누었습니다. / It was divided by all places, not by the words."
    message = f"기댓값 expected: 4 / 6 = 0.6667\n실제값 got: {value:.4f}\n원인 likely cause: {cause}"
    assert abs(value - 4 / 6) < 1e-6, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 배열로 부르면 word_accuracy의 결과가 다릅니다. 0인지를 actual에서 보는지 확인하세요. / With other arrays word_accuracy is wrong. See whether actual decides where a word is.
""" # END TEST CONFIG
def test_word_accuracy_of_other_arrays(word_accuracy):
    import numpy as np
    from autograder import checks
    actual = np.array([[2, 5, 6, 0, 0], [1, 1, 1, 1, 0], [4, 0, 0, 0, 0]])
    predicted = np.array([[2, 0, 6, 3, 0], [1, 2, 1, 2, 2], [4, 4, 4, 4, 4]])
    checks.expect_close(word_accuracy(predicted, actual), 5 / 8, "word_accuracy", tolerance=1e-6)
    checks.expect_close(word_accuracy(actual, actual), 1, "word_accuracy of equal arrays", tolerance=1e-6)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: x_tags나 y_tags의 값이 문장의 단어, 품사와 다릅니다. / The values of x_tags or y_tags are not the words and tags of the sentences.
""" # END TEST CONFIG
def test_every_tag_stands_below_its_word(x_tags, y_tags, reference):
    from autograder import checks
    checks.expect_close(x_tags, reference["x_tags"], "x_tags")
    checks.expect_close(y_tags, reference["y_tags"], "y_tags")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: most_common_tag가 앞의 1,000문장에서 센 것과 다릅니다. / most_common_tag is not what the first 1,000 sentences say.
""" # END TEST CONFIG
def test_most_common_tags_of_the_training_sentences(most_common_tag, reference):
    from autograder import checks
    found = {int(word): int(tag) for word, tag in dict(most_common_tag).items() if int(word) != 0}
    checks.expect_equal(found, reference["most_common_tag"], "most_common_tag")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: baseline_accuracy가 시험 문장에서 다시 계산한 값과 다릅니다. 어느 문장에서 세고 어느 문장에서 시험했는지 보세요. / baseline_accuracy is not what the test sentences give. See on which sentences you counted and on which you tested.
""" # END TEST CONFIG
def test_baseline_on_the_test_sentences(baseline_accuracy, reference):
    from autograder import checks
    checks.expect_close(baseline_accuracy, reference["baseline_accuracy"], "baseline_accuracy", tolerance=1e-4)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 여럿에서 여럿으로: 걸음마다 답 · Many to many: an answer at every step
#
# `tag_model`을 만드세요. 층에서 5단계와 다른 것은 세 가지입니다. LSTM이 **모든 걸음의** 출력을 내보내고, 같은 `Dense`를 **걸음마다** 쓰며,
# 그 답은 일곱 가지입니다.
#
# Build `tag_model`. Three things differ in the layers from step 5: the LSTM hands on its output **of every step**, one `Dense` is used
# **at each step**, and it has seven answers.
#
# | 층 · layer | 출력 · output | 파라미터 · parameters |
# |---|---|---|
# | `Embedding(vocab_size, 16)` | `(None, 12, 16)` | 400 |
# | `LSTM(32, return_sequences=True)` | `(None, 12, 32)` | 6,272 |
# | `TimeDistributed(Dense(7, activation="softmax"))` | `(None, 12, 7)` | $32 \times 7 + 7 = 231$ |
#
# 품사는 여섯이지만 빈자리의 0까지 답은 일곱입니다. 모두 6,903개입니다. 컴파일은 손실과 지표를 5단계와 같게, 학습률은 0.01로(Adam),
# 학습은 앞의 1,000문장으로 12 에포크, 배치 크기 64, 결과는 `tag_history`에 담으세요. 정답은 `(문장, 12)`의 번호이고, Keras는 걸음마다의
# 손실을 평균합니다. Keras가 보여 주는 `accuracy`는 빈자리도 세므로 `word_accuracy`보다 높습니다.
#
# There are six tags, but with the 0 of empty places seven answers. That makes 6,903 in all. Compile with the loss and the metric of step 5, and with Adam at
# 0.01, train on the first 1,000 sentences for 12 epochs in batches of 64, and keep the result in `tag_history`. The answers are ids
# `(sentences, 12)`; Keras takes the mean of the losses over the steps. The `accuracy` that Keras shows counts empty places, too, and is
# higher than `word_accuracy`.
#
# 그다음 시험 문장의 예측에서 품사 번호를 고르고, 그 `word_accuracy`를 `tag_accuracy`에 담으세요. 걸음마다 일곱 확률이 있으니 어느 축에서
# 가장 큰 것을 고를지 조심하세요. 마지막 칸에서는 **걸음별** 정확도를 막대그래프로 그려 보세요(채점하지 않습니다). 둘째 걸음이 유난히 낮을
# 것입니다. `the young`까지만 읽고서는 `young`이 형용사인지 명사인지 **아직** 알 수 없기 때문입니다. 셋째 걸음(`the young cook`의 `cook`)과, 문장
# 가운데에 `the young`이 다시 나오는 걸음도 같은 까닭으로 조금 낮습니다.
#
# Then choose the tag ids from the predictions for the test sentences, and put their `word_accuracy` into `tag_accuracy`. There are seven
# probabilities at each step, so mind along which axis you look for the largest. In the last cell draw the accuracy **by step** as bars (not
# graded). The second step will stand out as low: having read only `the young`, nobody can tell **yet** whether `young` is an adjective or a
# noun. For the same reason the third (`cook` in `the young cook`) and later steps, where another `the young` comes, are a little low.

# %% [raw]
# # BEGIN SOLUTION

# %%
# tag_model: Input → Embedding → LSTM → TimeDistributed(Dense), 6,903 parameters; compiled
tag_model = Sequential()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
tag_model.add(keras.Input((max_length,)))
tag_model.add(Embedding(vocab_size, 16))
tag_model.add(LSTM(32, return_sequences=True))
tag_model.add(TimeDistributed(Dense(7, activation="softmax")))
tag_model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
tag_model.summary()
# END SOLUTION

# %%
# tag_history: what fit returns
tag_history = tag_model.fit(x_tags[:train_size], y_tags[:train_size], epochs=12, batch_size=64, verbose=0)  # SOLUTION

# %%
# tag_accuracy: word_accuracy on the test sentences, one number
tag_accuracy = word_accuracy(tag_model.predict(x_tags[train_size:], verbose=0).argmax(axis=-1), y_tags[train_size:])  # SOLUTION

# %%
# the accuracy by step, over the test sentences (not graded)
# BEGIN SOLUTION
found_tags = tag_model.predict(x_tags[train_size:], verbose=0).argmax(axis=-1)
by_step = [word_accuracy(found_tags[:, [step]], y_tags[train_size:][:, [step]]) for step in range(max_length)]
plt.bar(range(1, max_length + 1), by_step)
plt.title("걸음별 품사 정확도")
plt.xlabel("걸음 step")
plt.ylabel("정확도 accuracy")
plt.show()
# END SOLUTION
# BEGIN SOLUTION NO PROMPT
# what the hidden test measures, on its own sentences
rng = random.Random(77)
unseen = [text for text in dict.fromkeys(tuple(expand("SENTENCE", rng)) for _ in range(1500))]
unseen = [text for text in unseen if " ".join(word for word, _ in text) not in set(docs)][:300]
unseen_x = pad_sequences([[word_index[word] for word, _ in text] for text in unseen], maxlen=max_length, padding="post")
unseen_y = pad_sequences([[tag_index[tag] for _, tag in text] for text in unseen], maxlen=max_length, padding="post")
unseen_tag_accuracy = word_accuracy(tag_model.predict(unseen_x, verbose=0).argmax(axis=-1), unseen_y)
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
def test_seven_answers_at_each_of_twelve_steps(tag_model, tag_accuracy):
    import numpy as np
    shape = getattr(tag_model, "output_shape", None)
    cause = "tag_model을 아직 채우지 않았거나 keras.Input이 없습니다. / tag_model is not filled in yet, or keras.Input is missing."
    if shape == (None, 7):
        cause = "LSTM이 마지막 출력만 내보냅니다. / The LSTM hands on its last output only."
    elif isinstance(shape, tuple) and shape[-1] != 7:
        cause = "답은 품사 여섯과 빈자리 하나, 일곱입니다. / There are seven answers: six tags and the empty place."
    message = (
        f"기댓값 expected: (None, 12, 7)\n실제값 got: {shape}\n원인 likely cause: {cause}\n"
        "힌트 hint: return_sequences를 보세요. / Look at return_sequences."
    )
    assert shape == (None, 12, 7), message
    message = (
        f"기댓값 expected: 0에서 1 사이의 수 하나 one number from 0 to 1\n실제값 got: {type(tag_accuracy).__name__}\n"
        "원인 likely cause: tag_accuracy를 아직 채우지 않았습니다. / tag_accuracy is not filled in yet."
    )
    assert isinstance(tag_accuracy, (float, np.number)) and 0 <= float(tag_accuracy) <= 1, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 층별 파라미터 수가 400, 6,272, 231이 아닙니다. / The parameters by layer are not 400, 6,272 and 231.
""" # END TEST CONFIG
def test_parameters_of_the_tagger(tag_model):
    from autograder import checks
    found = [(name, count) for name, count in checks.parameters_by_layer(tag_model) if count]
    checks.expect_equal([count for _, count in found], [400, 6272, 231], "parameters by layer")
    checks.expect_equal([name for name, _ in found[:2]], ["Embedding", "LSTM"], "layers")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: tag_model의 출력이 걸음마다의 확률이 아니거나, 손실이나 학습률이 다릅니다. / The output of tag_model is no probability at each step, or the loss or the learning rate differs.
""" # END TEST CONFIG
def test_probabilities_and_compile_settings_of_the_tagger(tag_model, reference):
    from autograder import checks
    checks.expect_probabilities(checks.outputs(tag_model, reference["x_tags"][:100]), "output of tag_model")
    checks.expect_loss(tag_model, "sparse_categorical_crossentropy")
    checks.expect_optimizer(tag_model, "Adam")
    checks.expect_learning_rate(tag_model, 0.01, tolerance=1e-6)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 에포크가 12번이 아니거나, 에포크마다 배치가 16개가 아닙니다. / There were not 12 epochs, or not 16 batches in each.
""" # END TEST CONFIG
def test_twelve_epochs_of_sixteen_batches(tag_history):
    from autograder import checks
    checks.expect_epochs(tag_history, 12)
    checks.expect_steps_per_epoch(tag_history, 16)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: tag_accuracy가 이 모델이 시험 문장의 단어들에서 내는 값과 다릅니다. 빈자리, 축, 문장의 범위를 보세요. / tag_accuracy is not what this model has on the words of the test sentences. Look at empty places, the axis and the range of sentences.
""" # END TEST CONFIG
def test_tag_accuracy_is_that_of_the_model(tag_accuracy, tag_model, x_tags, y_tags, reference):
    from autograder import checks
    actual = reference["y_tags"][1000:]
    best = checks.outputs(tag_model, x_tags[1000:]).argmax(axis=-1)
    checks.expect_shape(best, actual.shape, "tags of the test sentences")
    again = float((best == actual)[actual != 0].mean())
    checks.expect_close(tag_accuracy, again, "tag_accuracy", tolerance=2e-3)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 새 문장의 단어들에 붙인 품사의 정확도가 기준보다 낮습니다. 단어와 품사가 나란한지, 에포크 수가 맞는지 보세요. / On the words of new sentences the tags are right less often than they should be. See whether words and tags stand side by side, and the number of epochs.
""" # END TEST CONFIG
def test_tags_of_sentences_never_seen(tag_model, word_index, grammar, lexicon, docs, reference, calibration):
    import random
    import numpy as np
    from autograder import checks
    rules, classes, known, rng = reference["grammar"], reference["lexicon"], set(reference["docs"]), random.Random(77)
    numbers = {"DET": 1, "ADJ": 2, "NOUN": 3, "VERB": 4, "PREP": 5, "END": 6}
    def made_of(symbol):
        if symbol in classes:
            return [(rng.choice(classes[symbol].split()), numbers[symbol.split("_")[0]])]
        return [pair for part in rng.choice(rules[symbol]).split() for pair in made_of(part)]
    texts = dict.fromkeys(tuple(made_of("SENTENCE")) for _ in range(1500))
    texts = [text for text in texts if " ".join(word for word, _ in text) not in known][:300]
    x, y = np.zeros((len(texts), 12), dtype=int), np.zeros((len(texts), 12), dtype=int)
    for row, text in enumerate(texts):
        x[row, : len(text)] = [int(word_index[word]) for word, _ in text]
        y[row, : len(text)] = [number for _, number in text]
    best = checks.outputs(tag_model, x).argmax(axis=-1)
    checks.expect_shape(best, y.shape, "tags of new sentences")
    share = float((best == y)[y != 0].mean())
    checks.expect_above(share, calibration["unseen_tag_accuracy"], "accuracy on sentences never seen")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 걸음의 답이 뒤에 올 단어에 달려 있거나, 앞에 온 단어에 달려 있지 않습니다. LSTM은 왼쪽에서 오른쪽으로 읽으며 기억해야 합니다. / The answer at a step depends on words that come later, or does not depend on those before. The LSTM has to read from left to right and remember.
""" # END TEST CONFIG
def test_the_tagger_knows_the_past_only(tag_model, word_index):
    import numpy as np
    from autograder import checks
    texts = ("two cats watch", "two cats the", "the small watch")
    rows = np.zeros((3, 12), dtype=int)
    for row, text in enumerate(texts):
        rows[row, :3] = [int(word_index[word]) for word in text.split()]
    said = checks.outputs(tag_model, rows)
    checks.expect_close(said[1, :2], said[0, :2], "tags of the first two words, before the third is read", tolerance=1e-5)
    found = said[[0, 2], 2].argmax(axis=-1).tolist()
    checks.expect_equal(found, [4, 3], "tags of watch after 「two cats」 and after 「the small」")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 움직이는 점 · A moving dot
#
# 셋째 일의 자료는 짧은 영상입니다. 영상 하나는 8x8 흑백 프레임 다섯 장이고, 2x2 크기의 밝은 점이 프레임마다 한 칸씩 위, 아래, 왼쪽,
# 오른쪽 가운데 한쪽으로 움직입니다. 가장자리를 넘으면 반대쪽에서 나오고, 화면에는 잡음이 섞여 있습니다.
#
# The third task's data are short clips. A clip is five frames of 8x8 gray pixels, in which a bright 2x2 dot moves one pixel a frame: up, down,
# left or right. Past the edge it comes in again on the other side, and there is noise on the picture.
#
# ```text
#  . . . .     . . . .     . . . .
#  # # . .     . # # .     . . # #       → right
#  # # . .     . # # .     . . # #
#  . . . .     . . . .     . . . .
# ```

# %%
directions = ["위 up", "아래 down", "왼쪽 left", "오른쪽 right"]
row_steps, column_steps = [-1, 1, 0, 0], [0, 0, -1, 1]


def make_clips(count, seed):
    """Clips (count, 5, 8, 8, 1): frames, rows, columns, one channel. And their directions (count,), 0 to 3."""
    rng = np.random.default_rng(seed)
    moves = rng.integers(0, 4, count)
    clips = rng.normal(0, 0.2, (count, 5, 8, 8, 1))
    for clip, move in zip(clips, moves):
        row, column = rng.integers(0, 8, 2)
        for frame in clip:
            frame[np.ix_([row, (row + 1) % 8], [column, (column + 1) % 8])] += 1
            row, column = (row + row_steps[move]) % 8, (column + column_steps[move]) % 8
    return clips.astype("float32"), moves


train_clips, train_moves = make_clips(800, seed=0)
test_clips, test_moves = make_clips(500, seed=1)

figure, axes = plt.subplots(1, 5, figsize=(10, 2.4))
for number, axis in enumerate(axes):
    axis.imshow(train_clips[0, number, :, :, 0], cmap="gray")
    axis.set_title(f"프레임 frame {number + 1}")
    axis.axis("off")
figure.suptitle(f"움직이는 쪽: {directions[train_moves[0]]}")
figure.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ### 9. CNN-LSTM
#
# 사진 한 장에서 모양을 찾는 데는 **합성곱**이, 사진들의 순서를 읽는 데는 **LSTM**이 알맞습니다. 그래서 둘을 잇습니다. 프레임마다 같은 합성곱을
# 쓰고(`TimeDistributed`), 프레임마다 나온 벡터를 LSTM이 차례로 읽습니다.
#
# **Convolution** suits finding shapes in one picture, an **LSTM** reading an order of pictures. So we join them: the same convolution at each
# frame (`TimeDistributed`), and an LSTM that reads the resulting vectors in order.
#
# | `clip_model`의 층 · layers | 출력 · output | 파라미터 · parameters |
# |---|---|---|
# | `TimeDistributed(Conv2D(8, 3, activation="relu"))` | `(None, 5, 6, 6, 8)` | $3 \times 3 \times 1 \times 8 + 8 = 80$ |
# | `TimeDistributed(MaxPooling2D(2))` | `(None, 5, 3, 3, 8)` | 0 |
# | `TimeDistributed(Flatten())` | `(None, 5, 72)` | 0 |
# | `LSTM(32)` | `(None, 32)` | $4 \times (32 \times (72 + 32) + 32) = 13{,}440$ |
# | `Dense(4, activation="softmax")` | `(None, 4)` | $32 \times 4 + 4 = 132$ |
#
# 모두 13,652개입니다. 프레임이 다섯이어도 합성곱의 파라미터는 80개입니다. 같은 층을 다섯 번 쓰니까요. 입력은
# `keras.Input((5, 8, 8, 1))`입니다.
#
# That is 13,652 in all. There are five frames, yet 80 parameters in the convolution: it is one layer, used five times. The input is
# `keras.Input((5, 8, 8, 1))`.
#
# 학습률 0.01의 Adam, `sparse_categorical_crossentropy`, `accuracy`로 컴파일하고, `train_clips`로 8 에포크, 배치 크기 32로 학습해
# `clip_history`에 담으세요. `clip_accuracy`는 `test_clips`에서의 정확도입니다. 처음 한두 에포크는 찍는 것(0.25)보다 조금 나을 뿐이다가 갑자기 오릅니다.
# 0.97을 넘으면 잘된 것입니다.
#
# Compile with Adam at 0.01, `sparse_categorical_crossentropy` and `accuracy`, train on `train_clips` for 8 epochs in batches of 32, and keep the
# result in `clip_history`. `clip_accuracy` is the accuracy on `test_clips`. For an epoch or two it is little better than guessing (0.25), and then it
# rises all at once. Above 0.97 is good.

# %% [raw]
# # BEGIN SOLUTION

# %%
# clip_model: five layers, 13,652 parameters; compiled
clip_model = Sequential()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
clip_model.add(keras.Input((5, 8, 8, 1)))
clip_model.add(TimeDistributed(Conv2D(8, 3, activation="relu")))
clip_model.add(TimeDistributed(MaxPooling2D(2)))
clip_model.add(TimeDistributed(Flatten()))
clip_model.add(LSTM(32))
clip_model.add(Dense(4, activation="softmax"))
clip_model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
clip_model.summary()
# END SOLUTION

# %%
# clip_history: what fit returns
clip_history = clip_model.fit(train_clips, train_moves, epochs=8, batch_size=32, verbose=0)  # SOLUTION

# %%
# clip_accuracy: a number, on test_clips
clip_accuracy = clip_model.evaluate(test_clips, test_moves, verbose=0)[1]  # SOLUTION
# BEGIN SOLUTION NO PROMPT
# what the hidden test measures, on its own clips
unseen_clips, unseen_moves = make_clips(1000, seed=4242)
unseen_clip_accuracy = float((clip_model.predict(unseen_clips, verbose=0).argmax(axis=1) == unseen_moves).mean())
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
def test_the_layers_of_the_clip_model(clip_model):
    layers = [layer for layer in getattr(clip_model, "layers", []) if type(layer).__name__ != "InputLayer"]
    found = (getattr(clip_model, "input_shape", None), getattr(clip_model, "output_shape", None))
    message = (
        f"기댓값 expected: (None, 5, 8, 8, 1) → (None, 4)\n실제값 got: {found[0]} → {found[1]}\n"
        "원인 likely cause: clip_model을 아직 채우지 않았거나, LSTM의 return_sequences가 True입니다. / clip_model is not filled in yet, or return_sequences of the LSTM is True.\n"
        "힌트 hint: 입력은 프레임 5, 행 8, 열 8, 채널 1입니다. / The input is 5 frames, 8 rows, 8 columns, 1 channel."
    )
    assert found == ((None, 5, 8, 8, 1), (None, 4)), message
    counts = [(type(layer).__name__, int(layer.count_params())) for layer in layers]
    total = sum(count for _, count in counts)
    cause = "층의 종류나 크기가 표와 다릅니다. / The kind or size of a layer differs from the table."
    if total == 80 + 4 * (32 * (288 + 32) + 32) + 132:
        cause = "MaxPooling2D가 빠졌습니다. / MaxPooling2D is missing."
    elif total == 80 + 4 * (32 * (8 + 32) + 32) + 132:
        cause = "Flatten 대신 평균을 냈습니다. 점의 위치가 사라집니다. / The frames were averaged instead of flattened: where the dot is gets lost."
    table = ", ".join(f"{name} {count:,}" for name, count in counts if count)
    message = (
        f"기댓값 expected: TimeDistributed 80, LSTM 13,440, Dense 132 = 13,652\n실제값 got: {table} = {total:,}\n원인 likely cause: {cause}"
    )
    assert total == 13652, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 층별 파라미터 수가 80, 13,440, 132가 아닙니다. 합성곱은 프레임마다 같은 것을 쓰고, LSTM이 프레임을 차례로 읽습니다. / The parameters by layer are not 80, 13,440 and 132. One convolution serves all frames, and the LSTM reads the frames in order.
""" # END TEST CONFIG
def test_one_convolution_for_all_frames(clip_model):
    from autograder import checks
    checks.expect_parameters(clip_model, [("TimeDistributed", 80), ("LSTM", 13440), ("Dense", 132)])

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 컴파일 설정이나 에포크 수, 배치 크기가 다릅니다. 출력은 네 방향의 확률이어야 합니다. / The compile settings, the number of epochs or the batch size differ. The outputs have to be probabilities of the four directions.
""" # END TEST CONFIG
def test_trained_as_the_text_says(clip_model, clip_history, reference):
    from autograder import checks
    checks.expect_loss(clip_model, "sparse_categorical_crossentropy")
    checks.expect_learning_rate(clip_model, 0.01, tolerance=1e-6)
    checks.expect_probabilities(checks.outputs(clip_model, reference["test_clips"][:50]), "output of clip_model")
    checks.expect_epochs(clip_history, 8)
    checks.expect_steps_per_epoch(clip_history, 25)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: clip_accuracy가 이 모델이 test_clips에서 내는 정확도와 다릅니다. / clip_accuracy is not the accuracy of this model on test_clips.
""" # END TEST CONFIG
def test_clip_accuracy_is_that_of_the_model(clip_accuracy, clip_model, test_clips, test_moves, reference):
    from autograder import checks
    again = checks.accuracy(clip_model, reference["test_clips"], reference["test_moves"])
    checks.expect_close(clip_accuracy, again, "clip_accuracy", tolerance=5e-3)

# %%
""" # BEGIN TEST CONFIG
points: 4
hidden: true
failure_message: 새 영상에서 방향을 맞히는 비율이 기준보다 낮습니다. 층의 순서와 에포크 수를 확인하세요. / On new clips the direction is right less often than it should be. Check the order of the layers and the number of epochs.
""" # END TEST CONFIG
def test_direction_of_clips_never_seen(clip_model, calibration):
    import numpy as np
    from autograder import checks
    rng = np.random.default_rng(4242)
    moves = rng.integers(0, 4, 1000)
    clips = rng.normal(0, 0.2, (1000, 5, 8, 8, 1))
    dot = np.zeros((8, 8))
    dot[:2, :2] = 1
    shifts = np.array([(-1, 0), (1, 0), (0, -1), (0, 1)])
    for number, move in enumerate(moves):
        corner = rng.integers(0, 8, 2)
        for step in range(5):
            clips[number, step, :, :, 0] += np.roll(dot, tuple(corner + step * shifts[move]), axis=(0, 1))
    share = checks.accuracy(clip_model, clips, moves)
    checks.expect_above(share, calibration["unseen_clip_accuracy"], "accuracy on clips never seen")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q10

# %% [markdown]
# ### 10. 정말 시간을 볼까 · Does it really look at time?
#
# 정확도가 높다고 모델이 움직임을 본 것일까요? 영상을 바꾸어 물어보면 알 수 있습니다.
#
# The accuracy is high, but does the model see the motion? Change the clips and ask again.
#
# - **거꾸로 돌리기.** `reversed_clips`는 `test_clips`의 프레임 순서만 뒤집은 것입니다. 오른쪽으로 가던 점은 왼쪽으로 갑니다. 그러니 정답
#   `opposite`는 `test_moves`의 0과 1, 2와 3을 맞바꾼 것입니다. 이 정답에 대한 정확도가 `reversed_accuracy`입니다.<br>
#   **Backwards.** `reversed_clips` are `test_clips` with only the order of the frames turned round. A dot that went right goes left. So the
#   answers `opposite` are `test_moves` with 0 and 1, and 2 and 3, exchanged. `reversed_accuracy` is the accuracy for these answers.
# - **멈추기.** `still_clips`는 영상마다 첫 프레임을 다섯 번 되풀이한 것입니다. 사진 한 장에는 움직임이 없습니다. 원래 정답 `test_moves`에 대한
#   정확도가 `still_accuracy`입니다.<br>
#   **Standing still.** `still_clips` repeat the first frame of each clip five times. There is no motion in a photograph. `still_accuracy` is the
#   accuracy for the original answers, `test_moves`.
#
# `reversed_clips`와 `still_clips`의 모양은 `test_clips`와 같은 `(500, 5, 8, 8, 1)`입니다. 모델이 시간을 본다면 `reversed_accuracy`는
# `clip_accuracy`만큼 높고, `still_accuracy`는 찍는 것과 비슷할 것입니다.
#
# `reversed_clips` and `still_clips` have the shape of `test_clips`, `(500, 5, 8, 8, 1)`. If the model looks at time, `reversed_accuracy` is as
# high as `clip_accuracy`, and `still_accuracy` about as good as guessing.

# %% [raw]
# # BEGIN SOLUTION

# %%
# reversed_clips: array (500, 5, 8, 8, 1);  opposite: array (500,) of 0 to 3;  reversed_accuracy: number
reversed_clips = test_clips[:, ::-1]  # SOLUTION
opposite = np.array([1, 0, 3, 2])[test_moves]  # SOLUTION
reversed_accuracy = clip_model.evaluate(reversed_clips, opposite, verbose=0)[1]  # SOLUTION

# %%
# still_clips: array (500, 5, 8, 8, 1);  still_accuracy: number
still_clips = np.repeat(test_clips[:, :1], 5, axis=1)  # SOLUTION
still_accuracy = clip_model.evaluate(still_clips, test_moves, verbose=0)[1]  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_shapes_and_answers(reversed_clips, still_clips, opposite, test_moves):
    import numpy as np
    shapes = [getattr(value, "shape", None) for value in (reversed_clips, still_clips)]
    message = (
        f"기댓값 expected: reversed_clips, still_clips (500, 5, 8, 8, 1)\n실제값 got: {shapes}\n"
        "원인 likely cause: 아직 채우지 않았거나 축이 하나 사라졌습니다. / Not filled in yet, or an axis got lost.\n"
        "힌트 hint: 첫 프레임을 [:, 0]이 아니라 [:, :1]로 고르면 축이 남습니다. / Taking the first frame by [:, :1] instead of [:, 0] keeps the axis."
    )
    assert shapes == [(500, 5, 8, 8, 1)] * 2, message
    wanted = [{0: 1, 1: 0, 2: 3, 3: 2}[int(move)] for move in np.asarray(test_moves)[:8]]
    found = np.ravel(opposite)[:8].tolist()
    message = (
        f"기댓값 expected: opposite = {wanted} ...\n실제값 got: {found} ...\n"
        "원인 likely cause: 위와 아래, 왼쪽과 오른쪽이 서로 바뀌어야 합니다. / Up and down, left and right have to change places."
    )
    assert np.size(opposite) == 500 and found == wanted, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: reversed_clips가 프레임의 순서만 뒤집은 것이 아니거나, opposite의 정답이 다릅니다. 축을 보세요. / reversed_clips is not the frames in reverse order, or opposite differs. Look at the axis.
""" # END TEST CONFIG
def test_only_time_runs_backwards(reversed_clips, opposite, test_clips, test_moves, reference):
    from autograder import checks
    checks.expect_close(reversed_clips, reference["reversed_clips"], "reversed_clips")
    checks.expect_close(opposite, reference["opposite"], "opposite")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: still_clips의 다섯 프레임이 모두 그 영상의 첫 프레임이어야 합니다. / All five frames of still_clips have to be the first frame of the clip.
""" # END TEST CONFIG
def test_one_photograph_five_times(still_clips, test_clips, reference):
    from autograder import checks
    checks.expect_close(still_clips, reference["still_clips"], "still_clips")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: reversed_accuracy나 still_accuracy가 이 모델이 내는 값과 다릅니다. 어느 정답과 견주는지 보세요. / reversed_accuracy or still_accuracy is not what this model gives. See with which answers it is compared.
""" # END TEST CONFIG
def test_both_accuracies_are_those_of_the_model(reversed_accuracy, still_accuracy, clip_model, reference):
    from autograder import checks
    backwards = checks.accuracy(clip_model, reference["reversed_clips"], reference["opposite"])
    checks.expect_close(reversed_accuracy, backwards, "reversed_accuracy", tolerance=5e-3)
    still = checks.accuracy(clip_model, reference["still_clips"], reference["test_moves"])
    checks.expect_close(still_accuracy, still, "still_accuracy", tolerance=5e-3)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 거꾸로 돌린 영상에서 모델이 반대쪽을 말하지 않습니다. 이 모델은 프레임의 순서를 보지 않습니다. / For clips run backwards the model does not say the opposite direction. It does not look at the order of the frames.
""" # END TEST CONFIG
def test_the_model_says_the_opposite_of_a_clip_run_backwards(clip_model, reference):
    import numpy as np
    from autograder import checks
    moves = np.asarray(reference["test_moves"])
    backwards = checks.outputs(clip_model, np.asarray(reference["test_clips"])[:, ::-1]).argmax(axis=1)
    turned = float((backwards == np.array([1, 0, 3, 2])[moves]).mean())
    checks.expect_better(turned, float((backwards == moves).mean()), "share of opposite directions", by=0.5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 11. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 1. `generate`는 늘 가장 그럴듯한 단어만 고르므로 같은 시작에서는 같은 문장만 나옵니다. 확률대로 **뽑으면** 무엇이 나아지고 무엇이 나빠질까요?<br>
#    `generate` always takes the likeliest word, so one start gives one sentence. What would get better, and what worse, if it **drew** words by their
#    probabilities?
# 2. 앞 단어 하나만 보는 표는 `two dogs near the cat` 다음에 마침표를, 동사 가운데서는 단수를 고릅니다. 여러분의 LSTM은 왜 속지 않을까요? 명사가
#    셋, 넷 더 끼어들어도 그럴까요? 단어장의 단어로 새 문장을 만들어 `predict_next`를 시험해 보세요.<br>
#    A table that looks at one word only names a full stop after `two dogs near the cat`, and among the verbs a singular one. Why is your LSTM not taken
#    in? Would it be if three or four more nouns came between? Try `predict_next` on sentences of your own, from words of the lexicon.
# 3. `the young`의 `young`은 다음 단어를 보아야 알 수 있습니다. LSTM을 `Bidirectional`로 감싸면 걸음별 정확도가 어떻게 달라질까요? 그런 모델로 다음
#    단어를 맞혀도 될까요?<br>
#    `young` in `the young` can be told only from the word after it. How would the accuracy by step change with a `Bidirectional` LSTM? Could such a
#    model be used to predict the next word?
# 4. `clip_model`은 영상 하나에 답이 하나인 여럿에서 하나입니다. 프레임마다 답하게(여럿에서 여럿으로) 하려면 두 층을 어떻게 바꾸어야 할까요? 첫
#    프레임의 답은 얼마나 맞을까요?<br>
#    `clip_model` is many to one: one answer for a clip. Which two layers would you change to let it answer at every frame (many to many)? How good
#    could its answer at the first frame be?
