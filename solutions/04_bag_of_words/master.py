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
# name: 04_bag_of_words
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 단어 가방에서 TF-IDF까지
# ## From a bag of words to TF-IDF
#
# **목표.** 신경망은 숫자만 읽습니다. 그래서 문장을 숫자의 줄로 바꾸어야 합니다. 여기서는 세는 것만으로 어디까지 갈 수 있는지
# 봅니다. 사전으로 점수를 매기고, 단어를 세고, 이웃한 단어를 묶고, 흔한 단어의 무게를 줄입니다. 모두 먼저 **손으로** 만들고,
# 그다음 scikit-learn과 nltk가 같은 일을 어떻게 하는지, 숫자가 다르면 **왜** 다른지 확인합니다.
#
# **Goal.** A network reads numbers only, so a sentence has to become a row of numbers. Here we see how far plain counting goes:
# score with a dictionary, count words, tie neighbouring words together, and take weight off the common ones. Each is made **by
# hand** first; then you see how scikit-learn and nltk do it, and, where their numbers differ, **why**.
#
# 아홉 단계이며, 단계마다 코드 칸의 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 채점할 때는 숨은 검사가 더 있습니다. 숨은
# 검사는 여러분의 함수를 **다른 문장**으로도 불러 보지만, 본문에 없는 것을 묻지 않습니다.
#
# There are nine steps. In each, replace the `...` and then run the `grader.check` below it. Grading runs further, hidden checks.
# They also call your functions with **other sentences**, and never ask for anything that this text does not say.

# %% [markdown]
# ### 0. 생각의 그림 · The idea in one picture
#
# 문장 하나는 **단어 가방**입니다. 단어를 모두 꺼내어 종류별로 세고, 순서는 버립니다. 단어마다 열이 하나씩 있는 표를 만들면 문장
# 하나는 그 표의 한 줄이 됩니다.
#
# A sentence is a **bag of words**: take the words out, count each kind, and forget their order. In a table with one column for
# each word, the sentence becomes one row.
#
# ```text
#                            it  is  puppy  cat  pen   a  this
#   it is a puppy      →      1   1     1    0    0    1     0
#   it is a cat        →      1   1     0    1    0    1     0
#   puppy a is it      →      1   1     1    0    0    1     0
#                                                      순서는 사라집니다 · the order is gone
# ```
#
# 줄의 길이는 문장이 아니라 **단어장(vocabulary)** 의 크기로 정해집니다. 그래서 길이가 다른 문장도 모두 같은 모양의 숫자가 됩니다.
#
# A row is as long as the **vocabulary**, not as the sentence. So sentences of any length become numbers of one and the same shape.

# %%
import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from nltk.tokenize import RegexpTokenizer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. 감성 사전으로 점수 매기기 · Scoring with a lexicon
#
# 학습 없이도 할 수 있는 감성 분석이 있습니다. 좋은 말에 +1, 나쁜 말에 -1을 적어 둔 **감성 사전(lexicon)** 을 들고, 글에 나온
# 단어의 점수를 모두 더합니다. 두 번 나온 단어는 두 번 더하고, 사전에 없는 단어는 0점입니다.
#
# There is sentiment analysis with no learning at all. Take a **lexicon** that gives good words +1 and bad words -1, and add up
# the points of the words in a text. A word that occurs twice counts twice; a word that is not in the lexicon counts 0.
#
# | 단어 · word | 점수 · points | 빈도 · count | 합계 · total |
# |---|---|---|---|
# | happy | +1 | 3 | +3 |
# | sad | -1 | 2 | -2 |
# | great | +1 | 2 | +2 |
# | ugly | -1 | 1 | -1 |
# | | | | **+2** |
#
# 함수 `lexicon_score(words, lexicon)`를 쓰세요. `words`는 소문자 단어의 리스트, `lexicon`은 단어에서 점수로 가는 dict이며,
# 숫자 하나를 돌려줍니다. 점수는 ±1이 아닐 수도 있습니다(예: awful -3). 그다음 `review`의 점수를 `score`에 담으세요.
#
# Write `lexicon_score(words, lexicon)`. `words` is a list of lower-case words, `lexicon` a dict from word to points, and one
# number comes back. Points need not be ±1 (awful may have -3). Then put the score of `review` into `score`.

# %%
lexicon = {"happy": 1, "sad": -1, "great": 1, "ugly": -1}
review = "happy songs happy faces and a great great cast but sad words sad ends and ugly hats yet happy me"

# %% [raw]
# # BEGIN SOLUTION

# %%
def lexicon_score(words, lexicon):
    """The points of all words together: list of str, dict of str to number → number."""
    # BEGIN SOLUTION
    return sum(lexicon.get(word, 0) for word in words)
    # END SOLUTION

# %%
# score: number, that of the words of review
score = lexicon_score(review.split(), lexicon)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_review_scores_two(lexicon_score, score):
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(lexicon_score).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(lexicon_score), message
    found = lexicon_score(["sad", "happy", "happy", "dog"], {"happy": 1, "sad": -1})
    cause = "더하는 방법이 다릅니다. / The points are added up in another way."
    if found is None:
        cause = "return이 없습니다. / There is no return."
    elif found == 0:
        cause = "같은 단어를 한 번만 셌습니다. / A word that occurs twice was counted once."
    message = (
        f"기댓값 expected: lexicon_score(['sad', 'happy', 'happy', 'dog'], ...) = 1\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: -1 + 1 + 1 + 0"
    )
    assert found == 1, message
    message = (
        f"기댓값 expected: score = 2\n실제값 got: {score}\n"
        "원인 likely cause: review를 단어로 나누지 않고 글자를 하나씩 넘겼을 수 있습니다. / review may have been passed letter by letter, not word by word.\n"
        "힌트 hint: 문자열의 split 메서드를 보세요. / Look at the split method of a string."
    )
    assert score == 2, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 점수가 1이 아닌 사전으로 부르면 결과가 다릅니다. 사전의 점수를 그대로 더하는지 보세요. / With a lexicon whose points are not 1 the result is wrong. See whether the points of the lexicon are what you add.
""" # END TEST CONFIG
def test_points_of_any_size_count(lexicon_score):
    from autograder import checks
    strong = {"good": 1, "superb": 3, "dull": -1, "awful": -3, "so-so": -0.5}
    checks.expect_close(lexicon_score(["superb", "cast", "awful", "awful", "good"], strong), -2, "lexicon_score")
    checks.expect_close(lexicon_score(["so-so", "so-so", "so-so"], strong), -1.5, "lexicon_score")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 사전에 없는 단어만 있거나 단어가 하나도 없으면 점수는 0입니다. / With no word of the lexicon, or with no word at all, the score is 0.
""" # END TEST CONFIG
def test_unknown_words_score_nothing(lexicon_score):
    from autograder import checks
    checks.expect_close(lexicon_score(["the", "happy", "sad"], {"fine": 2, "dire": -2}), 0, "lexicon_score")
    checks.expect_close(lexicon_score([], {"fine": 2}), 0, "lexicon_score of no words")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. 손으로 만드는 단어 가방 · A bag of words by hand
#
# 감성 사전은 사람이 적어야 하고, 아는 단어가 몇 개뿐입니다. 점수를 미리 정하지 말고 **모든** 단어를 세어 두면, 어떤 단어가 중요한지는
# 나중에 모델이 배울 수 있습니다. 두 함수를 쓰세요. 여기 문장은 모두 소문자이고, 단어 사이에 빈칸이 하나씩 있습니다.
#
# A lexicon has to be written by people and knows few words. If we count **all** words and give no points, a model can learn later
# which of them matter. Write two functions. The sentences here are in lower case, with one space between words.
#
# - `build_vocabulary(sentences)`: 문장들에 나오는 서로 다른 단어를 알파벳 순서로 담은 리스트.<br>
#   The distinct words of all sentences as a list in alphabetical order.
# - `bag_of_words(sentences, vocabulary)`: 문장마다 한 줄, 단어장의 단어마다 한 열인 표. `vocabulary`의 순서가 곧 열의 순서입니다.
#   NumPy 배열이나 리스트의 리스트를 돌려주세요.<br>
#   A table with a row for each sentence and a column for each word of `vocabulary`, in its order. Return a NumPy array or a list
#   of lists.
#
# > **조심하세요.** `"this is".count("is")`는 2입니다. `this` 안의 `is`까지 세기 때문입니다. 글자가 아니라 **단어**를 세어야 합니다.
# >
# > **Careful.** `"this is".count("is")` is 2, since the `is` inside `this` is counted, too. Count **words**, not letters.
#
# 그다음 `puppies`의 표를 두 가지로 만드세요. `bow`는 아래의 단어 7개만 쓰고(5x7), `bow_all`은 `build_vocabulary`로 얻은
# `puppy_words` 12개를 모두 씁니다(5x12). 7개짜리에서는 kitten과 matrix가 **사라져서**, 아기 고양이와 행렬의 줄이 똑같아집니다.
#
# Then make two tables of `puppies`: `bow` with just the 7 words below (5x7), and `bow_all` with all 12 words that `build_vocabulary`
# finds, kept in `puppy_words` (5x12). Among the 7, kitten and matrix **vanish**: a kitten and a matrix have one and the same row.

# %%
puppies = [
    "it is a puppy",
    "it is a kitten",
    "it is a cat",
    "that is a dog and this is a pen",
    "it is a matrix",
]
seven_words = ["it", "is", "puppy", "cat", "pen", "a", "this"]

# %% [raw]
# # BEGIN SOLUTION

# %%
def build_vocabulary(sentences):
    """The distinct words of all sentences in alphabetical order: list of str → list of str."""
    # BEGIN SOLUTION
    return sorted({word for sentence in sentences for word in sentence.split()})
    # END SOLUTION


def bag_of_words(sentences, vocabulary):
    """Counts, one row per sentence, one column per word of vocabulary: (sentences, words)."""
    # BEGIN SOLUTION
    return np.array([[sentence.split().count(word) for word in vocabulary] for sentence in sentences])
    # END SOLUTION

# %%
# bow: table 5 x 7;  puppy_words: list of 12 str;  bow_all: table 5 x 12
bow = bag_of_words(puppies, seven_words)  # SOLUTION
puppy_words = build_vocabulary(puppies)  # SOLUTION
bow_all = bag_of_words(puppies, puppy_words)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_the_sentence_with_the_pen(bow):
    import numpy as np
    shape = np.shape(bow)
    message = (
        f"기댓값 expected: 5 x 7\n실제값 got: {type(bow).__name__}, shape {shape}\n"
        "원인 likely cause: bow를 아직 채우지 않았거나, 줄과 열이 바뀌었습니다. / bow is not filled in yet, or rows and columns are swapped."
    )
    assert shape == (5, 7), message
    row = [int(count) for count in np.asarray(bow)[3]]
    cause = "세는 방법이 다릅니다. / The words are counted in another way."
    if row[1] == 3:
        cause = "this 안의 is까지 셌습니다. / The is inside this was counted, too."
    elif max(row) == 1:
        cause = "나온 횟수가 아니라 나왔는지만 적었습니다. / It says whether a word occurs, not how often."
    message = (
        f"기댓값 expected: bow[3] = [0, 2, 0, 0, 1, 2, 1]\n실제값 got: {row}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 문장을 먼저 단어의 리스트로 나누세요. / Split the sentence into a list of words first."
    )
    assert row == [0, 2, 0, 0, 1, 2, 1], message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_twelve_words_in_order(build_vocabulary, puppy_words):
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(build_vocabulary).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(build_vocabulary), message
    expected = ["a", "and", "cat", "dog", "is", "it", "kitten", "matrix", "pen", "puppy", "that", "this"]
    kind = type(puppy_words).__name__
    found = [str(word) for word in puppy_words] if kind in ("list", "tuple", "ndarray") else kind
    message = (
        f"기댓값 expected: {expected}\n실제값 got: {found}\n"
        "원인 likely cause: 같은 단어가 여러 번 들어 있거나, 순서가 알파벳 순서가 아닙니다. / A word is there more than once, or the order is not alphabetical.\n"
        "힌트 hint: set은 같은 것을 하나로 모으고, sorted는 순서를 줍니다. / A set keeps one of each, and sorted puts them in order."
    )
    assert found == expected, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 문장과 다른 단어장으로 부르면 표가 다릅니다. 문장이나 단어를 함수 안에 고정했는지 보세요. / With other sentences and another vocabulary the table is wrong. See whether sentences or words are fixed inside the function.
""" # END TEST CONFIG
def test_tables_of_other_sentences(bag_of_words):
    from autograder import checks
    sentences = ["no no no that is not the note", "the cat sat on the mat at noon"]
    vocabulary = ["the", "no", "at", "dog", "note"]
    found = bag_of_words(sentences, vocabulary)
    checks.expect_shape(found, (2, 5), "bag_of_words")
    checks.expect_close(found, [[1, 3, 0, 0, 1], [2, 0, 1, 0, 0]], "bag_of_words")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 다른 문장들의 단어장이 다릅니다. 서로 다른 단어를 알파벳 순서로 담았는지 보세요. / The vocabulary of other sentences is wrong. It holds the distinct words in alphabetical order.
""" # END TEST CONFIG
def test_vocabulary_of_other_sentences(build_vocabulary):
    from autograder import checks
    found = build_vocabulary(["so it goes", "so so", "and it is so late"])
    checks.expect_equal([str(word) for word in found], ["and", "goes", "is", "it", "late", "so"], "build_vocabulary")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: bow_all이 puppies의 단어 12개를 센 5x12 표가 아닙니다. / bow_all is not the 5x12 table of all 12 words of puppies.
""" # END TEST CONFIG
def test_no_word_is_lost_in_the_large_table(bow_all, reference):
    import numpy as np
    from autograder import checks
    checks.expect_shape(bow_all, (5, 12), "bow_all")
    checks.expect_close(np.asarray(bow_all).sum(axis=1), [4, 4, 4, 9, 4], "words in each row of bow_all")
    checks.expect_close(bow_all, reference["bow_all"], "bow_all")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. CountVectorizer
#
# 이제 진짜 문장입니다. 대문자와 마침표가 섞여 있습니다. scikit-learn의 `CountVectorizer`는 소문자로 바꾸고, 구두점을 떼고, 단어장을
# 만들고, 세는 일까지 한꺼번에 합니다.
#
# Now real sentences, with capitals and full stops. `CountVectorizer` of scikit-learn does it all: lower case, punctuation off,
# vocabulary, counts.
#
# | 메서드 · method | 하는 일 · what it does |
# |---|---|
# | `fit(text)` | 단어장을 **배웁니다** · **learns** the vocabulary |
# | `transform(text)` | 배운 단어장으로 셉니다 · counts with the vocabulary it has learnt |
# | `fit_transform(text)` | 둘을 차례로 합니다 · does the one and then the other |
# | `get_feature_names_out()` | 열의 이름들 · the names of the columns |
#
# 1. `cv`에 기본 설정의 `CountVectorizer`를, `x`에 `fit_transform(text)`의 결과를 담으세요. `x`는 0이 아닌 칸만 기억하는
#    **희소(sparse)** 행렬이고, `x.toarray()`가 보통 배열로 바꿉니다.<br>
#    Put a `CountVectorizer` with its default settings into `cv` and the result of `fit_transform(text)` into `x`. `x` is a **sparse**
#    matrix, which remembers only the cells that are not 0; `x.toarray()` makes an ordinary array of it.
# 2. `x_df`에 DataFrame으로 담으세요. 열 이름은 단어입니다. 강의 자료와 같은 4x9 표가 나옵니다.<br>
#    Put it into `x_df` as a DataFrame whose columns are named by the words. It is the 4x9 table of the slides.
# 3. `zeros`에 36칸 가운데 0의 비율(0에서 1 사이)을 담으세요. 단어가 수만 개인 글에서는 이 비율이 0.999를 넘습니다. 희소 행렬을
#    쓰는 까닭입니다.<br>
#    Put the share of zeros among the 36 cells into `zeros` (from 0 to 1). With tens of thousands of words it goes beyond 0.999,
#    which is why the matrix is sparse.
# 4. `new_row`에 새 문장 `new_text`의 한 줄을 담으세요(배열 `(1, 9)`). **같은** `cv`로 세어야 열의 뜻이 같습니다. `not`과 `last`는
#    단어장에 없으므로 사라집니다.<br>
#    Put the row of the new sentence `new_text` into `new_row` (array `(1, 9)`). Count with the **same** `cv`, so that the columns
#    mean the same. `not` and `last` are not in the vocabulary and vanish.

# %%
text = [
    "This is the first document.",
    "This document is the second document.",
    "And this is the third one.",
    "Is this the first document?",
]
new_text = ["This is not the last document."]

# %% [raw]
# # BEGIN SOLUTION

# %%
# cv: CountVectorizer;  x: sparse matrix 4 x 9;  x_df: DataFrame 4 x 9, one column per word
cv = CountVectorizer()  # SOLUTION
x = cv.fit_transform(text)  # SOLUTION
x_df = pd.DataFrame(x.toarray(), columns=cv.get_feature_names_out())  # SOLUTION

# %%
# zeros: number from 0 to 1;  new_row: array (1, 9)
zeros = (x.toarray() == 0).mean()  # SOLUTION
new_row = cv.transform(new_text).toarray()  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_a_table_of_nine_words(x_df):
    kind = type(x_df).__name__
    message = (
        f"기댓값 expected: pandas DataFrame\n실제값 got: {kind}\n"
        "원인 likely cause: x_df를 아직 채우지 않았습니다. / x_df is not filled in yet.\n"
        "힌트 hint: pd.DataFrame(배열 array, columns=이름들 names)"
    )
    assert kind == "DataFrame", message
    expected = ["and", "document", "first", "is", "one", "second", "the", "third", "this"]
    found = [str(column) for column in x_df.columns]
    cause = "다른 글이나 다른 설정으로 만들었습니다. / It was made of another text or with other settings."
    if found == [str(i) for i in range(9)]:
        cause = "열의 이름을 주지 않았습니다. / The columns have no names."
    elif any(name != name.lower() for name in found):
        cause = "소문자로 바꾸지 않았습니다. / The text is not in lower case."
    message = (
        f"기댓값 expected: 4 rows, columns {expected}\n실제값 got: {len(x_df)} rows, columns {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: cv의 get_feature_names_out을 보세요. / Look at get_feature_names_out of cv."
    )
    assert found == expected and len(x_df) == 4, message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_new_row_has_the_same_columns(new_row):
    import numpy as np
    shape = getattr(new_row, "shape", None)
    cause = "new_row를 아직 채우지 않았습니다. / new_row is not filled in yet."
    if shape == (1, 6):
        cause = "cv가 새 문장에서 단어장을 다시 배웠습니다. / cv learnt a new vocabulary from the new sentence."
    elif shape == (9,):
        cause = "문장이 하나여도 줄은 하나 있어야 합니다. / One sentence still makes a table with one row."
    message = (
        f"기댓값 expected: (1, 9)\n실제값 got: {type(new_row).__name__}, shape {shape}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: fit은 한 번만 합니다. / Fit only once."
    )
    assert shape == (1, 9), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: x_df나 x의 값이 네 문장의 단어 수와 다릅니다. / The values in x_df or x are not the counts of the words in the four sentences.
""" # END TEST CONFIG
def test_counts_of_the_four_sentences(x, x_df, reference):
    from autograder import checks
    checks.expect_shape(x_df, (4, 9), "x_df")
    checks.expect_close(x_df, reference["x_df"], "x_df")
    dense = x.toarray() if hasattr(x, "toarray") else x
    checks.expect_close(dense, reference["x_df"], "x")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: cv로 다른 문장을 세면 결과가 다릅니다. 기본 설정으로 text에 맞춘 그대로여야 합니다. / Counting other sentences with cv gives another result. It has to have its default settings and be fitted on text, and on nothing after it.
""" # END TEST CONFIG
def test_vectorizer_counts_other_sentences(cv):
    from autograder import checks
    kind = type(cv).__name__
    assert kind == "CountVectorizer", f"cv: expected CountVectorizer, got {kind}"
    assert hasattr(cv, "vocabulary_"), "cv: expected a fitted vectorizer, got one that has learnt no vocabulary"
    found = cv.transform(["The second one, the SECOND document!", "a cat"]).toarray()
    checks.expect_shape(found, (2, 9), "cv.transform of two sentences")
    checks.expect_close(found, [[0, 1, 0, 0, 1, 2, 2, 0, 0], [0] * 9], "cv.transform of two sentences")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: zeros가 x의 36칸 가운데 0의 비율이 아닙니다. 개수나 백분율이 아니라 0과 1 사이의 수입니다. / zeros is not the share of zeros among the 36 cells of x. It is a number from 0 to 1, neither a count nor a percentage.
""" # END TEST CONFIG
def test_share_of_zeros(zeros):
    from autograder import checks
    checks.expect_close(zeros, 15 / 36, "zeros", tolerance=1e-3)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: new_row가 새 문장을 cv의 아홉 단어로 센 것이 아닙니다. / new_row is not the new sentence counted by the nine words of cv.
""" # END TEST CONFIG
def test_new_sentence_in_old_columns(new_row):
    from autograder import checks
    dense = new_row.toarray() if hasattr(new_row, "toarray") else new_row
    checks.expect_close(dense, [0, 1, 0, 1, 0, 0, 1, 0, 1], "new_row")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. 손으로 만드는 n-gram · n-grams by hand
#
# `x_df`의 첫 줄과 마지막 줄을 보세요. "This is the first document."와 "Is this the first document?"는 평서문과 의문문인데 숫자는 똑같습니다.
# 순서를 버렸기 때문입니다. 순서를 조금 되찾는 방법이 **n-gram**, 곧 이웃한 단어 n개의 묶음입니다. 길이 n인 창을 한 칸씩 밉니다.
#
# Look at the first and the last row of `x_df`. "This is the first document." and "Is this the first document?" are a statement and a
# question, and have the same numbers, because the order was thrown away. **n-grams**, n neighbouring words tied together, bring a
# little of it back. A window of length n slides along, one word at a time:
#
# ```text
#   n = 2     Natural   Language   Processing   is   essential ...
#           [ Natural   Language ]                                    "Natural Language"
#                     [ Language   Processing ]                       "Language Processing"
#                                [ Processing   is ]                  "Processing is"
# ```
#
# 함수 `ngrams(words, n)`를 쓰세요. `words`는 단어의 리스트이고, 이웃한 n개를 빈칸 하나로 이은 문자열의 리스트를 순서대로 돌려줍니다.
# 단어가 n개보다 적으면 빈 리스트입니다. 그다음 아래 문장의 `unigrams`, `bigrams`, `trigrams`(n = 1, 2, 3)를 만드세요. 단어가
# 8개이니 개수는 8, 7, 6입니다.
#
# Write `ngrams(words, n)`. `words` is a list of words; a list of strings comes back, each n neighbours joined by one space, in
# their order. With fewer than n words the list is empty. Then make `unigrams`, `bigrams` and `trigrams` (n = 1, 2, 3) of the
# sentence below. It has 8 words, so there are 8, 7 and 6 of them.

# %%
nlp_sentence = "Natural Language Processing is essential to Computer Science"

# %% [raw]
# # BEGIN SOLUTION

# %%
def ngrams(words, n):
    """All n neighbouring words, joined by a space: list of str, int → list of str."""
    # BEGIN SOLUTION
    return [" ".join(words[start : start + n]) for start in range(len(words) - n + 1)]
    # END SOLUTION

# %%
# lists of 8, 7 and 6 str
unigrams = ngrams(nlp_sentence.split(), 1)  # SOLUTION
bigrams = ngrams(nlp_sentence.split(), 2)  # SOLUTION
trigrams = ngrams(nlp_sentence.split(), 3)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_eight_seven_six(ngrams, unigrams, bigrams, trigrams):
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(ngrams).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(ngrams), message
    kinds = [type(value).__name__ for value in (unigrams, bigrams, trigrams)]
    message = (
        f"기댓값 expected: 리스트 셋 three lists\n실제값 got: {kinds}\n"
        "원인 likely cause: 아직 채우지 않았거나 ngrams에 return이 없습니다. / Not filled in yet, or ngrams has no return."
    )
    assert all(kind in ("list", "tuple") for kind in kinds), message
    counts = [len(value) for value in (unigrams, bigrams, trigrams)]
    cause = "창이 멈추는 곳이 다릅니다. / The window stops in the wrong place."
    if counts == [7, 6, 5]:
        cause = "마지막 묶음이 빠졌습니다. / The last group is missing."
    elif counts == [8, 8, 8]:
        cause = "끝에서 단어가 모자라는 묶음까지 넣었습니다. / Groups with too few words at the end were kept."
    elif counts[0] > 20:
        cause = "단어가 아니라 글자를 묶었습니다. / Letters were tied together, not words."
    elif counts == [8, 4, 2]:
        cause = "창을 한 칸이 아니라 n칸씩 밀었습니다. / The window moved by n words, not by one."
    message = (
        f"기댓값 expected: 8, 7, 6\n실제값 got: {counts}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 단어가 m개면 묶음은 m - n + 1개입니다. / m words make m - n + 1 groups."
    )
    assert counts == [8, 7, 6], message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_first_and_last_bigram(bigrams):
    found = (bigrams[0], bigrams[-1]) if isinstance(bigrams, (list, tuple)) and bigrams else bigrams
    message = (
        f"기댓값 expected: ('Natural Language', 'Computer Science')\n실제값 got: {found}\n"
        "원인 likely cause: 묶음이 문자열이 아니거나, 잇는 방법이 다릅니다. / A group is not a string, or is joined in another way.\n"
        "힌트 hint: 빈칸 하나로 잇는 메서드는 join입니다. / The method that joins is join, here with one space."
    )
    assert found == ("Natural Language", "Computer Science"), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 단어와 다른 n으로 부르면 결과가 다릅니다. / With other words and another n the result is wrong.
""" # END TEST CONFIG
def test_ngrams_of_other_words(ngrams):
    from autograder import checks
    words = ["to", "be", "or", "not", "to", "be"]
    expected = ["to be or not", "be or not to", "or not to be"]
    checks.expect_equal(list(ngrams(words, 4)), expected, "ngrams, n = 4")
    expected = ["to be", "be or", "or not", "not to", "to be"]
    checks.expect_equal(list(ngrams(words, 2)), expected, "ngrams, n = 2")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 단어가 꼭 n개면 묶음은 하나, n개보다 적으면 하나도 없습니다. / Exactly n words make one group, fewer than n make none.
""" # END TEST CONFIG
def test_too_few_words_make_no_group(ngrams):
    from autograder import checks
    checks.expect_equal(list(ngrams(["one", "two", "three"], 3)), ["one two three"], "ngrams of 3 words, n = 3")
    checks.expect_equal(list(ngrams(["one", "two"], 3)), [], "ngrams of 2 words, n = 3")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. CountVectorizer와 bigram · CountVectorizer with bigrams
#
# `CountVectorizer`는 `analyzer="word"`(기본값)에서 **단어**를 묶고, `ngram_range=(가장 짧은 것, 가장 긴 것)`으로 길이를 정합니다. `(1, 1)`이
# 기본값이고, `(1, 2)`는 단어 하나와 두 단어 묶음을 **함께** 세며, 우리가 바라는 "두 단어만"은 처음과 끝이 모두 2인 범위입니다.
#
# With `analyzer="word"`, its default, `CountVectorizer` ties **words** together, and `ngram_range=(shortest, longest)` says how many.
# `(1, 1)` is the default, `(1, 2)` gives single words **and** pairs; for "pairs only", which we want, both ends of the range are 2.
#
# 1. `text`의 bigram을 센 `cv2`, `x2`, `x2_df`를 3단계처럼 만드세요. 강의 자료와 같은 13개의 열이 나옵니다.<br>
#    Make `cv2`, `x2` and `x2_df` with the bigrams of `text`, as in step 3. There are 13 columns, as in the slides.
# 2. 첫 문장과 마지막 문장(0번과 3번 줄)이 **몇 개의 열에서 다른지** `x_df`와 `x2_df`에서 세어 `differ_words`와 `differ_bigrams`에 담으세요.<br>
#    Count **in how many columns** the first and the last sentence (rows 0 and 3) differ, in `x_df` and in `x2_df`, and put that into
#    `differ_words` and `differ_bigrams`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# cv2: CountVectorizer;  x2: sparse matrix 4 x 13;  x2_df: DataFrame 4 x 13, one column per bigram
cv2 = CountVectorizer(analyzer="word", ngram_range=(2, 2))  # SOLUTION
x2 = cv2.fit_transform(text)  # SOLUTION
x2_df = pd.DataFrame(x2.toarray(), columns=cv2.get_feature_names_out())  # SOLUTION

# %%
# numbers of columns in which rows 0 and 3 differ
differ_words = int((x_df.iloc[0] != x_df.iloc[3]).sum())  # SOLUTION
differ_bigrams = int((x2_df.iloc[0] != x2_df.iloc[3]).sum())  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_thirteen_bigrams(x2_df):
    kind = type(x2_df).__name__
    message = (
        f"기댓값 expected: pandas DataFrame\n실제값 got: {kind}\n"
        "원인 likely cause: x2_df를 아직 채우지 않았습니다. / x2_df is not filled in yet."
    )
    assert kind == "DataFrame", message
    found = [str(column) for column in x2_df.columns]
    cause = "다른 글이나 다른 설정으로 만들었습니다. / It was made of another text or with other settings."
    if len(found) == 22:
        cause = "단어 하나짜리도 함께 셌습니다. / Single words were counted, too."
    elif len(found) == 9:
        cause = "단어 하나씩만 셌습니다. / Only single words were counted."
    elif all(len(name) == 2 for name in found):
        cause = "단어가 아니라 글자를 둘씩 묶었습니다. / Letters were paired, not words."
    message = (
        f"기댓값 expected: 4 rows, 13 columns\n실제값 got: {x2_df.shape[0]} rows, {len(found)} columns, {found[:3]} ...\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: ngram_range의 처음과 끝을 보세요. / Look at both ends of ngram_range."
    )
    assert x2_df.shape == (4, 13), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: x2_df의 열 이름이나 값이 네 문장의 bigram과 다릅니다. / The columns or the values of x2_df are not the bigrams of the four sentences.
""" # END TEST CONFIG
def test_bigrams_of_the_four_sentences(x2_df, reference):
    from autograder import checks
    checks.expect_columns(x2_df, list(reference["x2_df"].columns), "x2_df")
    checks.expect_close(x2_df, reference["x2_df"], "x2_df")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: cv2로 다른 문장을 세면 결과가 다릅니다. 두 단어 묶음만 세어야 합니다. / Counting another sentence with cv2 gives another result. It has to count pairs of words only.
""" # END TEST CONFIG
def test_second_vectorizer_counts_pairs(cv2):
    from autograder import checks
    kind = type(cv2).__name__
    assert kind == "CountVectorizer", f"cv2: expected CountVectorizer, got {kind}"
    assert hasattr(cv2, "vocabulary_"), "cv2: expected a fitted vectorizer, got one that has learnt no vocabulary"
    found = cv2.transform(["Is the first third one the first?"]).toarray()
    checks.expect_shape(found, (1, 13), "cv2.transform of a sentence")
    checks.expect_close(found, [0, 0, 0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 0], "cv2.transform of a sentence")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: differ_words나 differ_bigrams가 0번 줄과 3번 줄이 다른 열의 개수가 아닙니다. / differ_words or differ_bigrams is not the number of columns in which rows 0 and 3 differ.
""" # END TEST CONFIG
def test_only_pairs_tell_question_from_statement(differ_words, differ_bigrams):
    from autograder import checks
    checks.expect_close(differ_words, 0, "differ_words")
    checks.expect_close(differ_bigrams, 4, "differ_bigrams")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. 손으로 계산하는 TF-IDF · TF-IDF by hand
#
# `the`나 `is`는 어느 문장에나 있으니 문장을 가려내는 데 도움이 되지 않습니다. TF-IDF는 단어의 무게를 두 수의 곱으로 정합니다.
#
# `the` and `is` stand in every sentence, so they do not help to tell one from another. TF-IDF gives a word a weight that is the product
# of two numbers:
#
# $$\text{tf} = \frac{\text{문서에 나온 횟수 · count in the document}}{\text{문서의 단어 수 · words in the document}} \qquad \text{idf} = \log_{10}\frac{N}{\text{df}} \qquad \text{tf-idf} = \text{tf} \times \text{idf}$$
#
# - **tf** (term frequency): 이 문서에서 얼마나 자주. · how often in this document.
# - **df** (document frequency): 이 단어가 들어 있는 **문서의 수**. 한 문서에 두 번 나와도 하나로 셉니다.<br>
#   the **number of documents** that hold the word. Twice in one document is still one document.
# - **N**: 문서의 수. · the number of documents.
# - 로그의 **밑은 10**입니다. 밑을 바꾸면 모든 무게에 같은 수가 곱해질 뿐이지만, 숫자를 견주려면 정해 두어야 합니다.<br>
#   The **base of the logarithm is 10**. Another base multiplies all weights by one number, no more; but to compare numbers it has to
#   be agreed on.
#
# 두 문서로 계산해 봅시다. · Two documents:
#
# | 단어 · word | tf 1 | tf 2 | idf | tf-idf 1 | tf-idf 2 |
# |---|---|---|---|---|---|
# | earth | 1/8 = 0.125 | 0 | log₁₀(2/1) = 0.301 | 0.125 x 0.301 = **0.0376** | 0 |
# | the | 2/8 = 0.25 | 1/5 = 0.2 | log₁₀(2/2) = 0 | **0** | **0** |
# | ... | | | | | |
#
# > **강의 자료와 다른 곳.** 자료의 표에는 earth의 idf가 0으로 적혀 있는데 곱은 0.0375입니다. idf가 0이면 곱도 0이어야 하지요. 식대로
# > 하면 idf는 0.301이고 곱은 0.0376입니다(0.0375는 0.301을 0.3으로 줄여 곱한 값). from의 tf 1도 0이 아니라 1/8입니다.
# >
# > **Where the slides differ.** Their table prints idf 0 for earth beside a product of 0.0375, yet with an idf of 0 the product would be
# > 0. By the formula the idf is 0.301 and the product 0.0376 (0.0375 comes from cutting 0.301 to 0.3). The tf 1 of from is 1/8 as
# > well, not 0.
#
# 세 함수를 쓰세요. 문서는 소문자 단어의 리스트이고 `documents`는 그런 문서의 리스트입니다. 아무 문서에도 없는 단어의 idf는 묻지
# 않습니다(0으로 나누게 됩니다).
#
# Write three functions. A document is a list of lower-case words, and `documents` is a list of documents. The idf of a word that is in no
# document is never asked for (it would divide by 0).
#
# 그다음 표를 `hand_df`에 만드세요. 인덱스는 `nine_words`, 열은 `columns`의 다섯 이름이며 이 순서입니다.
#
# Then make the table `hand_df`: its index is `nine_words`, its columns are the five names in `columns`, in this order.

# %%
documents = [
    "earth is the third planet from the sun".split(),
    "jupiter is the largest planet".split(),
]
nine_words = ["earth", "is", "the", "third", "planet", "from", "sun", "largest", "jupiter"]
columns = ["tf 1", "tf 2", "idf", "tf-idf 1", "tf-idf 2"]

# %% [raw]
# # BEGIN SOLUTION

# %%
def term_frequency(word, document):
    """The share of a document's words that are this word: str, list of str → number from 0 to 1."""
    # BEGIN SOLUTION
    return document.count(word) / len(document)
    # END SOLUTION


def inverse_document_frequency(word, documents):
    """log10(N / df): str, list of documents → number."""
    # BEGIN SOLUTION
    holding = sum(word in document for document in documents)
    return np.log10(len(documents) / holding)
    # END SOLUTION


def tf_idf(word, document, documents):
    """The weight of a word in a document that is one of documents: number."""
    # BEGIN SOLUTION
    return term_frequency(word, document) * inverse_document_frequency(word, documents)
    # END SOLUTION

# %%
# hand_df: DataFrame 9 x 5, index nine_words, columns as in columns
hand_df = ...  # SOLUTION
# BEGIN SOLUTION NO PROMPT
first, second = documents
hand_df = pd.DataFrame(
    [
        [
            term_frequency(word, first),
            term_frequency(word, second),
            inverse_document_frequency(word, documents),
            tf_idf(word, first, documents),
            tf_idf(word, second, documents),
        ]
        for word in nine_words
    ],
    index=nine_words,
    columns=columns,
)
hand_df.round(4)
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
def test_earth_weighs_0_0376(term_frequency, inverse_document_frequency, tf_idf):
    functions = (term_frequency, inverse_document_frequency, tf_idf)
    message = (
        f"기댓값 expected: 함수 셋 three functions\n실제값 got: {[type(one).__name__ for one in functions]}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines them was not run."
    )
    assert all(callable(one) for one in functions), message
    documents = ["earth is the third planet from the sun".split(), "jupiter is the largest planet".split()]
    tf = term_frequency("earth", documents[0])
    idf = inverse_document_frequency("earth", documents)
    both = tf_idf("earth", documents[0], documents)
    message = (
        f"기댓값 expected: 숫자 셋 three numbers\n실제값 got: {tf}, {idf}, {both}\n"
        "원인 likely cause: return이 없는 함수가 있습니다. / A function has no return."
    )
    assert not any(value is None for value in (tf, idf, both)), message
    found = [round(float(value), 4) for value in (tf, idf, both)]
    cause = "곱이 두 수의 곱이 아닙니다. / The third is not the product of the first two."
    if found[0] == 1:
        cause = "tf를 단어 수 8로 나누지 않았습니다. / tf was not divided by the 8 words."
    elif found[1] == 0.6931:
        cause = "밑이 e인 자연로그를 썼습니다. / The natural logarithm was used."
    elif found[1] == 1:
        cause = "밑이 2인 로그를 썼거나 로그를 잊었습니다. / A logarithm to base 2 was used, or something else."
    elif found[0] != 0.125:
        cause = "tf의 분모를 보세요. / Look at what tf divides by."
    elif found[1] != 0.301:
        cause = "N과 df를 보세요. / Look at N and df."
    message = (
        f"기댓값 expected: tf 0.125, idf 0.301, tf-idf 0.0376\n실제값 got: tf {found[0]}, idf {found[1]}, tf-idf {found[2]}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: np.log10"
    )
    assert found == [0.125, 0.301, 0.0376], message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_table_by_hand_has_nine_words(hand_df):
    kind = type(hand_df).__name__
    message = (
        f"기댓값 expected: pandas DataFrame\n실제값 got: {kind}\n"
        "원인 likely cause: hand_df를 아직 채우지 않았습니다. / hand_df is not filled in yet.\n"
        "힌트 hint: 단어마다 숫자 다섯 개의 줄을 만드세요. / Make a row of five numbers for each word."
    )
    assert kind == "DataFrame", message
    found = ([str(word) for word in hand_df.index], [str(column) for column in hand_df.columns])
    expected = (
        ["earth", "is", "the", "third", "planet", "from", "sun", "largest", "jupiter"],
        ["tf 1", "tf 2", "idf", "tf-idf 1", "tf-idf 2"],
    )
    cause = "인덱스나 열의 이름이나 순서가 다릅니다. / Names or order of index or columns differ."
    if found == expected[::-1]:
        cause = "줄과 열이 바뀌었습니다. / Rows and columns are swapped."
    message = (
        f"기댓값 expected: index {expected[0]}, columns {expected[1]}\n실제값 got: index {found[0]}, columns {found[1]}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: pd.DataFrame에 index와 columns를 주세요. / Give pd.DataFrame an index and columns."
    )
    assert found == expected, message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 다른 문서의 tf가 다릅니다. 문서의 단어 수로 나누어야 합니다. / The tf in another document is wrong. It is divided by the number of words of that document.
""" # END TEST CONFIG
def test_term_frequency_is_a_share(term_frequency):
    from autograder import checks
    document = ["tea", "or", "tea", "with", "steam", "or", "tea"]
    for word, share in (("tea", 3 / 7), ("or", 2 / 7), ("steam", 1 / 7), ("eat", 0)):
        checks.expect_close(term_frequency(word, document), share, f"term_frequency of {word}")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 문서들의 idf가 다릅니다. 단어가 몇 번 나왔는지가 아니라 몇 개의 문서에 있는지를 세고, 밑이 10인 로그를 쓰세요. / The idf in other documents is wrong. Count the documents that hold the word, not how often it occurs, and use the logarithm to base 10.
""" # END TEST CONFIG
def test_document_frequency_counts_documents(inverse_document_frequency):
    import math
    from autograder import checks
    documents = [["go", "go", "go"], ["go", "on"], ["stop"], ["on", "and", "on", "go"], ["wait"]]
    for word, holding in (("go", 3), ("on", 2), ("stop", 1)):
        found = inverse_document_frequency(word, documents)
        checks.expect_close(found, math.log10(5 / holding), f"idf of {word}, which is in {holding} of 5 documents", tolerance=1e-4)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 다른 문서들의 tf-idf가 tf와 idf의 곱이 아닙니다. / The tf-idf in other documents is not the product of tf and idf.
""" # END TEST CONFIG
def test_weight_is_the_product(tf_idf):
    import math
    from autograder import checks
    documents = [["red", "red", "blue"], ["blue", "green"], ["blue"], ["red", "green", "green", "blue"]]
    checks.expect_close(tf_idf("red", documents[0], documents), 2 / 3 * math.log10(2), "tf_idf of red", tolerance=1e-4)
    checks.expect_close(tf_idf("green", documents[3], documents), 1 / 2 * math.log10(2), "tf_idf of green", tolerance=1e-4)
    checks.expect_close(tf_idf("blue", documents[2], documents), 0, "tf_idf of blue, which is in every document", tolerance=1e-4)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: hand_df에 식과 다른 값이 있습니다. earth와 from의 줄을 손으로 확인하세요. / A value in hand_df is not what the formula gives. Check the rows of earth and from by hand.
""" # END TEST CONFIG
def test_whole_table_by_hand(hand_df):
    from autograder import checks
    once, never, same = [0.125, 0, 0.30103, 0.03763, 0], [0, 0.2, 0.30103, 0, 0.06021], [0.125, 0.2, 0, 0, 0]
    the = [0.25, 0.2, 0, 0, 0]
    expected = [once, same, the, once, same, once, once, never, never]
    checks.expect_shape(hand_df, (9, 5), "hand_df")
    checks.expect_close(hand_df, expected, "hand_df", tolerance=6e-5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. TfidfVectorizer
#
# `TfidfVectorizer`는 `CountVectorizer`처럼 쓰지만, 횟수 대신 무게를 적습니다. 기본 설정으로 `text`의 `tfidf`, `x3`, `x3_df`를
# 3단계처럼 만드세요. 강의 자료와 같은 첫 두 줄이 나옵니다.
#
# `TfidfVectorizer` is used like `CountVectorizer`, but it writes weights instead of counts. With its default settings, make `tfidf`,
# `x3` and `x3_df` from `text`, as in step 3. The first two rows are those of the slides:
#
# | | and | document | first | is | one | second | the | third | this |
# |---|---|---|---|---|---|---|---|---|---|
# | 0 | 0 | 0.469791 | 0.580286 | 0.384085 | 0 | 0 | 0.384085 | 0 | 0.384085 |
# | 1 | 0 | 0.687624 | 0 | 0.281089 | 0 | 0.538648 | 0.281089 | 0 | 0.281089 |
#
# 이상하지 않나요? `is`, `the`, `this`는 네 문장에 모두 있으니 6단계의 식으로는 무게가 **0**이어야 하는데 0.384입니다. 다음 단계에서
# 그 까닭을 밝힙니다.
#
# Does something look odd? `is`, `the` and `this` are in all four sentences, so by the formula of step 6 they should weigh **0**, and here
# they have 0.384. The next step finds out why.

# %% [raw]
# # BEGIN SOLUTION

# %%
# tfidf: TfidfVectorizer;  x3: sparse matrix 4 x 9;  x3_df: DataFrame 4 x 9, one column per word
tfidf = TfidfVectorizer()  # SOLUTION
x3 = tfidf.fit_transform(text)  # SOLUTION
x3_df = pd.DataFrame(x3.toarray(), columns=tfidf.get_feature_names_out())  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_first_row_of_weights(x3_df):
    kind = type(x3_df).__name__
    message = (
        f"기댓값 expected: pandas DataFrame\n실제값 got: {kind}\n"
        "원인 likely cause: x3_df를 아직 채우지 않았습니다. / x3_df is not filled in yet."
    )
    assert kind == "DataFrame", message
    message = (
        f"기댓값 expected: 4 x 9, columns and ... this\n실제값 got: {x3_df.shape}, columns {list(x3_df.columns)}\n"
        "원인 likely cause: 다른 글이나 다른 설정으로 만들었거나, 열의 이름을 주지 않았습니다. / It was made of another text, with other settings, or without names of columns."
    )
    assert x3_df.shape == (4, 9) and list(x3_df.columns)[::8] == ["and", "this"], message
    found = [round(float(weight), 6) for weight in x3_df.iloc[0]]
    cause = "기본 설정이 아닌 TfidfVectorizer입니다. / The TfidfVectorizer does not have its default settings."
    if all(weight == int(weight) for weight in found):
        cause = "무게가 아니라 횟수입니다. / These are counts, not weights."
    elif found[3] == 1:
        cause = "줄을 길이 1로 줄이지 않았습니다. / The row was not brought to length 1."
    message = (
        "기댓값 expected: [0, 0.469791, 0.580286, 0.384085, 0, 0, 0.384085, 0, 0.384085]\n"
        f"실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: TfidfVectorizer에 아무 인자도 주지 마세요. / Give TfidfVectorizer no arguments."
    )
    expected = [0, 0.469791, 0.580286, 0.384085, 0, 0, 0.384085, 0, 0.384085]
    assert all(abs(one - other) < 2e-6 for one, other in zip(found, expected)), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: x3_df나 x3의 무게가 기본 설정의 TfidfVectorizer가 주는 값과 다릅니다. / The weights in x3_df or x3 are not what a TfidfVectorizer with its default settings gives.
""" # END TEST CONFIG
def test_weights_of_the_four_sentences(x3, x3_df):
    from autograder import checks
    rows = [
        [0, 0.469791, 0.580286, 0.384085, 0, 0, 0.384085, 0, 0.384085],
        [0, 0.687624, 0, 0.281089, 0, 0.538648, 0.281089, 0, 0.281089],
        [0.511849, 0, 0, 0.267104, 0.511849, 0, 0.267104, 0.511849, 0.267104],
        [0, 0.469791, 0.580286, 0.384085, 0, 0, 0.384085, 0, 0.384085],
    ]
    checks.expect_close(x3_df, rows, "x3_df", tolerance=2e-6)
    dense = x3.toarray() if hasattr(x3, "toarray") else x3
    checks.expect_close(dense, rows, "x3", tolerance=2e-6)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: tfidf로 다른 문장의 무게를 구하면 결과가 다릅니다. 기본 설정으로 text에 맞춘 그대로여야 합니다. / The weights that tfidf gives another sentence are wrong. It has to have its default settings and be fitted on text.
""" # END TEST CONFIG
def test_vectorizer_weighs_other_sentences(tfidf):
    from autograder import checks
    kind = type(tfidf).__name__
    assert kind == "TfidfVectorizer", f"tfidf: expected TfidfVectorizer, got {kind}"
    assert hasattr(tfidf, "vocabulary_"), "tfidf: expected a fitted vectorizer, got one that has learnt no vocabulary"
    found = tfidf.transform(["The first, the second, the third cat"]).toarray()
    checks.expect_shape(found, (1, 9), "tfidf.transform of a sentence")
    expected = [0, 0, 0.350061, 0, 0, 0.444008, 0.695105, 0.444008, 0]
    checks.expect_close(found, expected, "tfidf.transform of a sentence", tolerance=2e-6)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 왜 숫자가 다를까 · Why do the numbers differ?
#
# scikit-learn은 이름이 같은 **다른 식**을 씁니다. 다른 점은 세 가지입니다.
#
# scikit-learn uses **another formula** of the same name. It differs in three ways:
#
# | | 6단계 · step 6 | scikit-learn |
# |---|---|---|
# | tf | 횟수 / 단어 수 · count / words | **횟수 그대로** · the plain **count** |
# | idf | $\log_{10}\frac{N}{\text{df}}$ | $\ln\frac{1 + N}{1 + \text{df}} + 1$ |
# | 마지막에 · at the end | - | 줄마다 **길이를 1로** · each row is brought to **length 1** |
#
# - **자연로그와 +1.** 어느 문서에나 있는 단어도 idf가 0이 되지 않고 1이 됩니다. 더한 1 때문에 이제는 로그의 밑을 바꾸면 무게들의
#   비율까지 달라지니, 밑이 e라는 것도 중요합니다. · **Natural logarithm and +1**: a word that is in every document keeps an idf of 1
#   instead of 0. With the 1 added, another base no longer just multiplies all weights by one number, so the base, e, matters, too.
# - **1 + N, 1 + df (smoothing).** 모든 단어를 한 번씩 담은 문서가 하나 더 있는 셈 칩니다. 그러면 df가 0이어도 0으로 나누지 않습니다.
#   · **smoothing**: as if there were one more document that holds every word. So nothing is divided by 0, even where df is 0.
# - **길이 1 (L2 norm).** 줄의 모든 수를 $\sqrt{w_1^2 + w_2^2 + \dots}$로 나눕니다. 긴 문서가 길다는 이유만으로 큰 수를 갖지 않게
#   합니다. tf를 단어 수로 나누지 않아도 되는 까닭이기도 합니다. · **length 1**: all numbers of a row are divided by
#   $\sqrt{w_1^2 + w_2^2 + \dots}$, so that a long document has no larger numbers just for being long. That is also why tf need not be
#   divided by the number of words.
#
# 0번 줄로 해 봅시다. `first`는 네 문서 가운데 둘에 있습니다. · For row 0: `first` is in two of the four documents.
#
# ```text
#            document   first      is       the      this
#  횟수 count     1        1         1        1        1
#  df             3        2         4        4        4
#  idf         1.2231   1.5108    1.0000   1.0000   1.0000        ln(5 / 3) + 1 = 1.5108
#  길이 length   √(1.2231² + 1.5108² + 1 + 1 + 1) = 2.6036
#  무게 weight 0.4698   0.5803    0.3841   0.3841   0.3841        1.5108 / 2.6036 = 0.5803
# ```
#
# 두 함수를 **NumPy로** 쓰세요. `counts`는 횟수의 배열 `(문서 수, 단어 수)`이며, 빈 문서(모두 0인 줄)는 없습니다. scikit-learn의 클래스를
# 부르지 말고 식을 직접 적어야 까닭을 알게 됩니다. `weights`에 `x.toarray()`의 무게를 담고, 그 첫 줄을 `row_0`에 담으세요. `x3_df`와 같아야 합니다.
#
# Write two functions **with NumPy**. `counts` is an array of counts `(documents, words)` without empty documents (rows of zeros). Write
# the formula out instead of calling a class of scikit-learn: that is how you find out why. Put the weights of `x.toarray()` into `weights`
# and its first row into `row_0`. They have to equal `x3_df`.
#
# 마지막 칸에서는 횟수(`x_df`)와 무게(`x3_df`)를 색으로 나란히 그려 보세요(채점하지 않습니다). 두 그림은 색의 눈금이 서로 다르니 **같은 줄
# 안에서** 견주세요. 왼쪽에서 같은 색이던 단어 가운데 오른쪽에서 어느 것이 두드러지고 어느 것이 옅어지나요?
#
# In the last cell draw the counts (`x_df`) and the weights (`x3_df`) side by side in colour (not graded). Each picture has a scale of colours
# of its own, so compare **within a row**: of the words that share a colour on the left, which stand out on the right, and which fade?

# %% [raw]
# # BEGIN SOLUTION

# %%
def smoothed_idf(counts):
    """ln((1 + N) / (1 + df)) + 1 of each word: array (documents, words) → array (words,)."""
    # BEGIN SOLUTION
    n_documents = counts.shape[0]
    df = (counts > 0).sum(axis=0)
    return np.log((1 + n_documents) / (1 + df)) + 1
    # END SOLUTION


def sklearn_tf_idf(counts):
    """Counts times smoothed idf, each row of length 1: array (documents, words) → array of that shape."""
    # BEGIN SOLUTION
    weighted = counts * smoothed_idf(counts)
    return weighted / np.sqrt((weighted**2).sum(axis=1, keepdims=True))
    # END SOLUTION

# %%
# weights: array (4, 9);  row_0: array (9,)
weights = sklearn_tf_idf(x.toarray())  # SOLUTION
row_0 = weights[0]  # SOLUTION

# %%
# two pictures side by side: plt.subplots(1, 2), imshow, titles in Korean
# BEGIN SOLUTION
figure, axes = plt.subplots(1, 2, figsize=(11, 3))
for axis, frame, title in zip(axes, (x_df, x3_df), ("단어의 횟수 · counts", "TF-IDF 무게 · weights")):
    axis.imshow(frame, cmap="Blues")
    axis.set_title(title)
    axis.set_xticks(range(9), frame.columns, rotation=60)
    axis.set_yticks(range(4), [f"문장 {number}" for number in range(4)])
plt.tight_layout()
plt.show()
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
def test_row_0_by_the_smoothed_formula(smoothed_idf, row_0):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(smoothed_idf).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(smoothed_idf), message
    found = smoothed_idf(np.array([[2, 0], [1, 1]]))
    message = (
        f"기댓값 expected: 숫자 둘 two numbers\n실제값 got: {type(found).__name__}, shape {np.shape(found)}\n"
        "원인 likely cause: return이 없거나, 단어가 아니라 문서마다 셌습니다. / There is no return, or you counted for each document, not for each word."
    )
    assert np.shape(found) == (2,), message
    found = [round(float(value), 4) for value in found]
    cause = "N, df, 로그, 더하기 1을 하나씩 확인하세요. / Check N, df, the logarithm and the plus 1 one by one."
    if found == [0.0, 0.4055]:
        cause = "마지막의 1을 더하지 않았습니다. / The 1 at the end was not added."
    elif found == [1.0, 1.6931]:
        cause = "1 + N과 1 + df 대신 N과 df를 썼습니다. / N and df were used instead of 1 + N and 1 + df."
    elif found == [1.0, 1.1761]:
        cause = "밑이 10인 로그를 썼습니다. / The logarithm to base 10 was used."
    elif found[0] < 1:
        cause = "df에 문서의 수가 아니라 나온 횟수를 썼습니다. / df was taken as the number of occurrences, not of documents."
    message = (
        f"기댓값 expected: smoothed_idf([[2, 0], [1, 1]]) = [1.0, 1.4055]\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: ln(3 / 3) + 1, ln(3 / 2) + 1"
    )
    assert found == [1.0, 1.4055], message
    message = (
        f"기댓값 expected: row_0 shape (9,)\n실제값 got: {type(row_0).__name__}, shape {np.shape(row_0)}\n"
        "원인 likely cause: row_0을 아직 채우지 않았거나, 표 전체를 담았습니다. / row_0 is not filled in yet, or holds the whole table."
    )
    assert np.shape(row_0) == (9,), message
    row = [round(float(value), 6) for value in row_0]
    length = sum(value**2 for value in row) ** 0.5
    cause = "곱하거나 나누는 순서를 보세요. / Look at what is multiplied and divided, and in which order."
    if abs(length - 1) > 1e-3:
        cause = f"이 줄의 길이가 1이 아니라 {length:.4f}입니다. / The length of this row is {length:.4f}, not 1."
    message = (
        "기댓값 expected: [0, 0.469791, 0.580286, 0.384085, 0, 0, 0.384085, 0, 0.384085]\n"
        f"실제값 got: {row}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 길이는 줄마다 따로입니다. / Each row has a length of its own."
    )
    expected = [0, 0.469791, 0.580286, 0.384085, 0, 0, 0.384085, 0, 0.384085]
    assert all(abs(one - other) < 1e-5 for one, other in zip(row, expected)), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 횟수로 부르면 smoothed_idf가 다릅니다. 문서의 수나 df를 고정했는지 보세요. / With other counts smoothed_idf is wrong. See whether the number of documents or df is fixed.
""" # END TEST CONFIG
def test_smoothed_idf_of_other_counts(smoothed_idf):
    import numpy as np
    from autograder import checks
    counts = np.array([[1, 0, 3, 0], [2, 1, 0, 0], [1, 0, 0, 0], [4, 0, 1, 0], [1, 5, 1, 0], [1, 0, 0, 0]])
    expected = np.log(7 / np.array([7, 3, 4, 1])) + 1
    checks.expect_close(smoothed_idf(counts), expected, "smoothed_idf", tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 횟수로 부르면 sklearn_tf_idf가 scikit-learn과 다릅니다. 줄마다 길이가 1인지 보세요. / With other counts sklearn_tf_idf differs from scikit-learn. See whether each row has length 1.
""" # END TEST CONFIG
def test_weights_of_other_counts(sklearn_tf_idf):
    import numpy as np
    from autograder import checks
    from sklearn.feature_extraction.text import TfidfTransformer
    counts = np.array([[3, 0, 1], [0, 2, 1], [1, 0, 4], [0, 0, 6], [2, 2, 2]])
    found = sklearn_tf_idf(counts)
    checks.expect_shape(found, (5, 3), "sklearn_tf_idf")
    checks.expect_close(found, TfidfTransformer().fit_transform(counts).toarray(), "sklearn_tf_idf", tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: weights가 x3_df와 다릅니다. 1번과 2번 줄도 확인하세요. / weights differs from x3_df. Check rows 1 and 2 as well.
""" # END TEST CONFIG
def test_all_rows_by_hand(weights, reference):
    from autograder import checks
    checks.expect_shape(weights, (4, 9), "weights")
    checks.expect_close(weights, reference["weights"], "weights", tolerance=1e-5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ### 9. 무엇이 단어인가: RegexpTokenizer · What is a word? RegexpTokenizer
#
# 지금까지 가장 중요한 결정은 남이 내렸습니다. **어디서 단어를 자를까?** nltk의 `RegexpTokenizer(패턴)`은 정규식 패턴에 맞는 조각을 차례로
# 꺼냅니다. 만든 것의 `tokenize(문장)`이 조각의 리스트를 돌려줍니다.
#
# So far somebody else has taken the most important decision: **where does a word end?** `RegexpTokenizer(pattern)` of nltk takes out the
# pieces that match a regular expression, one after the other. Its `tokenize(sentence)` returns them as a list.
#
# | 패턴 · pattern | 꺼내는 것 · takes out | "Don't panic, 걱정 마!" |
# |---|---|---|
# | `\w+` | 글자, 숫자, 밑줄이 이어진 것(한글도) · runs of letters, digits, underscores, of any script | Don, t, panic, 걱정, 마 |
# | `[a-zA-Z0-9]+` | 영문자와 숫자가 이어진 것 · runs of Latin letters and digits | Don, t, panic |
# | `(?u)\b\w\w+\b` | `CountVectorizer`의 기본값, **두 글자 이상** · the default of `CountVectorizer`, **two letters or more** | Don, panic, 걱정 |
#
# 패턴 앞에 `r`을 붙인 `r"\w+"`에서는 파이썬이 역슬래시를 그대로 둡니다. · With an `r` before it, as in `r"\w+"`, Python leaves the backslash alone.
#
# 1. `token`에 패턴 `\w+`의 토크나이저를, `words`에 `sentence`의 단어를 담으세요. 대문자는 그대로 남습니다.<br>
#    Put a tokenizer with the pattern `\w+` into `token`, and the words of `sentence` into `words`. Capitals stay.
# 2. `korean`의 단어를 같은 `token`으로 `korean_words`에, 패턴 `[a-zA-Z0-9]+`로 `latin_words`에 담으세요.<br>
#    Put the words of `korean` into `korean_words` with the same `token`, and into `latin_words` with the pattern `[a-zA-Z0-9]+`.
# 3. 2단계의 `puppies`를 `CountVectorizer`로 두 번 세어 DataFrame으로 만드세요. `default_df`는 기본 설정(5x11), `token_df`는
#    `tokenizer=token.tokenize, token_pattern=None`(5x12)입니다. 열 이름은 단어입니다. 기본 설정에서 사라진 단어는 무엇인가요?<br>
#    Count the `puppies` of step 2 twice with `CountVectorizer`, as DataFrames with the words as columns: `default_df` with the default
#    settings (5x11), `token_df` with `tokenizer=token.tokenize, token_pattern=None` (5x12). Which word has the default lost?
# 4. 함수 `tokenize(sentence)`를 쓰세요(1번의 `token.tokenize`가 아니라 여러분의 함수입니다). 1번과 2번의 패턴은 `don't`를 `don`과 `t`로 잘라 부정을
#    지워 버립니다. 여러분의 패턴은 가운데에 작은따옴표(')가 있는 단어를 **하나로** 남겨야 합니다(`don't`, `it's`, `o'clock`). 다른 구두점은 모두 버리고,
#    대소문자는 그대로 둡니다. 작은따옴표는 곧은 것(')만, 단어 가운데에만 나옵니다. 패턴 안에서 묶을 때는 `(?: )`를 쓰세요. `( )`로 묶으면 단어
#    대신 괄호 안의 조각만 나옵니다.<br>
#    Write `tokenize(sentence)`, a function of your own, not the `token.tokenize` of item 1. The patterns of items 1 and 2 cut `don't` into `don`
#    and `t`, and with that the negation is gone. Yours has to keep a word with an apostrophe (') in its middle **in one piece** (`don't`, `it's`,
#    `o'clock`). All other punctuation goes; capitals stay. Only straight apostrophes (') occur, and only inside words. To group within a pattern
#    write `(?: )`: with `( )`, just the piece in the brackets comes out instead of the word.

# %%
sentence = "Think and wonder, wonder and think."
korean = "정말, 정말 좋은 영화! 10점."

# %% [raw]
# # BEGIN SOLUTION

# %%
# token: RegexpTokenizer;  words: list of 6 str;  korean_words, latin_words: lists of str
token = RegexpTokenizer(r"\w+")  # SOLUTION
words = token.tokenize(sentence)  # SOLUTION
korean_words = token.tokenize(korean)  # SOLUTION
latin_words = RegexpTokenizer(r"[a-zA-Z0-9]+").tokenize(korean)  # SOLUTION

# %%
# default_df: DataFrame 5 x 11;  token_df: DataFrame 5 x 12
# BEGIN SOLUTION NO PROMPT
def counts_df(vectorizer, sentences):
    counts = vectorizer.fit_transform(sentences)
    return pd.DataFrame(counts.toarray(), columns=vectorizer.get_feature_names_out())


# END SOLUTION
default_df = counts_df(CountVectorizer(), puppies)  # SOLUTION
token_df = counts_df(CountVectorizer(tokenizer=token.tokenize, token_pattern=None), puppies)  # SOLUTION

# %%
def tokenize(sentence):
    """The words of a sentence, those with an apostrophe in one piece: str → list of str."""
    # BEGIN SOLUTION
    return RegexpTokenizer(r"\w+(?:'\w+)*").tokenize(sentence)
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
def test_think_and_wonder(words):
    expected = ["Think", "and", "wonder", "wonder", "and", "think"]
    cause = "words를 아직 채우지 않았습니다. / words is not filled in yet."
    if isinstance(words, (list, tuple)):
        cause = "패턴이 다릅니다. / The pattern is another one."
        if "wonder," in words or "think." in words:
            cause = "구두점이 단어에 붙어 있습니다. / Punctuation sticks to the words."
        elif "" in words:
            cause = "빈 조각이 있습니다. 자르는 패턴이 아니라 꺼내는 패턴입니다. / There is an empty piece. The pattern takes out, it does not cut."
        elif "Think" not in words:
            cause = "대소문자가 바뀌었거나 한 글자씩 잘렸습니다. / Capitals were changed, or letters were cut apart."
    message = (
        f"기댓값 expected: {expected}\n실제값 got: {words}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: + 는 하나 이상이 이어진 것을 뜻합니다. / + means one or more in a row."
    )
    assert isinstance(words, (list, tuple)) and list(words) == expected, message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_a_is_kept_by_the_tokenizer(default_df, token_df):
    kinds = [type(value).__name__ for value in (default_df, token_df)]
    message = (
        f"기댓값 expected: DataFrame, DataFrame\n실제값 got: {kinds}\n"
        "원인 likely cause: default_df나 token_df를 아직 채우지 않았습니다. / default_df or token_df is not filled in yet."
    )
    assert kinds == ["DataFrame"] * 2, message
    shapes = [default_df.shape, token_df.shape]
    message = (
        f"기댓값 expected: (5, 11), (5, 12)\n실제값 got: {shapes}\n"
        "원인 likely cause: 두 표를 같은 설정으로 만들었거나 다른 문장을 셌습니다. / Both tables have the same settings, or other sentences were counted.\n"
        "힌트 hint: 사라진 단어는 한 글자입니다. / The lost word has one letter."
    )
    assert shapes == [(5, 11), (5, 12)], message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_apostrophe_stays_inside(tokenize):
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(tokenize).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(tokenize), message
    found = tokenize("I don't like it.")
    expected = ["I", "don't", "like", "it"]
    message = (
        f"기댓값 expected: {expected}\n실제값 got: {found}\n"
        "원인 likely cause: 패턴이 작은따옴표에서 자르거나, 마침표를 남깁니다. / The pattern cuts at the apostrophe, or keeps the full stop.\n"
        "힌트 hint: (?: )는 묶음입니다. 작은따옴표와 글자들의 묶음이 뒤따를 수도 있습니다. / (?: ) makes a group. A group of apostrophe and letters may follow."
    )
    assert isinstance(found, (list, tuple)) and list(found) == expected, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: korean_words나 latin_words가 다릅니다. 두 패턴이 한글을 어떻게 다루는지 출력해 보세요. / korean_words or latin_words is wrong. Print what the two patterns do with Korean letters.
""" # END TEST CONFIG
def test_latin_pattern_loses_korean(korean_words, latin_words):
    from autograder import checks
    checks.expect_equal(list(korean_words), ["정말", "정말", "좋은", "영화", "10점"], "korean_words")
    checks.expect_equal(list(latin_words), ["10"], "latin_words")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: default_df나 token_df의 열이나 값이 puppies의 단어 수와 다릅니다. / The columns or the counts of default_df or token_df are not those of puppies.
""" # END TEST CONFIG
def test_two_tables_of_puppies(default_df, token_df, reference):
    from autograder import checks
    for name, frame in (("default_df", default_df), ("token_df", token_df)):
        checks.expect_columns(frame, list(reference[name].columns), name)
        checks.expect_close(frame, reference[name], name)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 문장에서 작은따옴표가 있는 단어가 잘리거나 구두점이 남습니다. / In other sentences a word with an apostrophe is cut, or punctuation is left.
""" # END TEST CONFIG
def test_other_sentences_keep_their_apostrophes(tokenize):
    from autograder import checks
    found = tokenize("It's 9 o'clock; we can't (and won't) wait, can we?")
    expected = ["It's", "9", "o'clock", "we", "can't", "and", "won't", "wait", "can", "we"]
    checks.expect_equal(list(found), expected, "tokenize")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 작은따옴표가 없는 문장, 한글이 섞인 문장도 단어로 나누어야 합니다. / Sentences without an apostrophe and with Korean letters have to come apart into words as well.
""" # END TEST CONFIG
def test_words_without_apostrophes_come_out_whole(tokenize):
    from autograder import checks
    found = tokenize("A fine film - 정말 좋은 영화!")
    checks.expect_equal(list(found), ["A", "fine", "film", "정말", "좋은", "영화"], "tokenize")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 10. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 1. `lexicon_score`는 "not happy"에 몇 점을 주나요? bigram을 세는 사전이라면 어떻게 고칠 수 있을까요?<br>
#    What does `lexicon_score` give "not happy"? How could a lexicon of bigrams put that right?
# 2. 한국어의 "영화가", "영화를", "영화는"은 단어 가방에서 서로 다른 열이 됩니다. 어디서 잘라야 할까요?
#    In Korean, 영화가, 영화를 and 영화는 (the film as subject, as object, as topic) become three columns. Where should one cut?
# 3. `text`의 표에서 `the`의 TF-IDF 무게는 0.384로 남았습니다. 불용어(stop words)를 미리 빼는 것과 idf로 무게를 줄이는 것은 무엇이 다른가요?<br>
#    In the table of `text`, `the` kept a TF-IDF weight of 0.384. How does taking out stop words differ from weighing them down by idf?
# 4. 가방에서 "puppy"와 "dog"는 "puppy"와 "pen"만큼이나 멉니다. 열이 다르기 때문입니다. 비슷한 단어가 가까이 있는 숫자를 만들 수 있을까요?
#    (다음에 배울 임베딩의 질문입니다.)<br>
#    In a bag, "puppy" is as far from "dog" as from "pen": just another column. Could there be numbers in which similar words lie
#    close together? (This is the question that embeddings will answer.)
