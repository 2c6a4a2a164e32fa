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
# name: 05_sentiment_analysis
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 영화평의 감성 분석
# ## Sentiment analysis of movie reviews
#
# **목표.** 영화평 한 구절을 읽고 얼마나 좋게 말하는지 0에서 4까지로 답하는 신경망을 만듭니다. 글을 숫자로 바꾸는 두 가지 방법(단어
# 세기와 TF-IDF)을 쓰고, 정확도라는 숫자 하나를 언제 믿고 언제 의심해야 하는지도 배웁니다.
#
# **Goal.** You build a network that reads a phrase from a movie review and says, from 0 to 4, how well it speaks of the film. You
# turn text into numbers in two ways (counting words, and TF-IDF), and you learn when to trust that one number called accuracy,
# and when not to.
#
# 아홉 단계입니다. 단계마다 코드 칸의 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 채점할 때는 숨은 검사가 더 있습니다.
# 숨은 검사는 같은 내용을 더 자세히 볼 뿐, 본문에 없는 것을 묻지 않습니다.
#
# There are nine steps. In each, replace the `...` and then run the `grader.check` below it. Grading runs further, hidden checks.
# They look at the same things more closely and never ask for anything that this text does not say.

# %% [markdown]
# ### 0. 생각의 그림 · The idea in one picture
#
# 신경망은 글을 읽지 못하고 숫자만 받습니다. 그래서 구절마다 **어떤 단어가 몇 번** 나왔는지를 세어 한 줄의 숫자로 바꿉니다. 단어의
# 순서는 버립니다. 단어를 가방에 쏟아 넣는 셈이어서 **단어 가방**(bag of words)이라고 합니다.
#
# A network cannot read; it takes numbers only. So for each phrase we count **which words occur how often**, and get one row of
# numbers. The order of the words is thrown away, as if we poured them into a bag: a **bag of words**.
#
# ```text
#  구절 phrase        "A good film , NOT a bad film !"
#     │ 소문자 lower case
#                      a good film , not a bad film !
#     │ 자르기 cut into words
#                      a good film not a bad film
#     │ 불용어 빼기 drop stop words
#                      good film bad film
#     │ 세기 count
#  가방 bag            bad  dull  film  good  ...
#                       1    0     2     1    ...
#     │ 망 network      Dense 10 → Dense 5
#  확률 probabilities  .02  .10  .21  .55  .12
#     │ 가장 큰 것 the largest
#  답 answer           3
# ```
#
# | 답 answer | 0 | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|---|
# | 뜻 meaning | 부정 negative | 조금 부정 somewhat negative | 중립 neutral | 조금 긍정 somewhat positive | 긍정 positive |
#
# 그림에서 사라진 것이 하나 있습니다. 바로 `not`입니다. 왜 사라졌고 무엇을 잃었는지는 3단계와 마지막에 다시 봅니다.
#
# One thing got lost in the picture: the word `not`. Why it went and what we lose with it comes back in step 3 and at the end.

# %%
import keras
import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from keras.layers import Dense
from keras.models import Sequential
from nltk.tokenize import RegexpTokenizer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix
from sklearn.model_selection import train_test_split

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. 읽고 요약하기 · Read and summarise
#
# `sent_train.tsv`는 칸이 **탭**으로 나뉜 표입니다. 열은 `PhraseId`(구절의 번호), `SentenceId`(그 구절이 나온 문장의 번호), `Phrase`,
# `Sentiment`입니다. 한 문장에서 여러 구절을 잘라 냈으므로 `SentenceId`는 여러 번 나오고 `PhraseId`는 한 번씩만 나옵니다. 그래서
# `PhraseId`를 인덱스로 삼습니다.
#
# `sent_train.tsv` is a table whose cells are separated by **tabs**. Its columns are `PhraseId` (a number for the phrase), `SentenceId`
# (a number for the sentence that it comes from), `Phrase` and `Sentiment`. Several phrases are cut out of one sentence, so a
# `SentenceId` occurs many times and a `PhraseId` once. That is why `PhraseId` becomes the index.
#
# 표 전체를 `all_data`로 읽고 다음을 구하세요. · Read the whole table into `all_data`, and get:
#
# | 변수 variable | 내용 what it holds |
# |---|---|
# | `head` | 처음 다섯 행 · the first five rows (DataFrame) |
# | `shape` | 행과 열의 수 · number of rows and columns (tuple) |
# | `missing` | 열마다 빈 값의 수 · number of missing values in each column (Series) |
# | `sizes` | `Sentiment` 값마다 행의 수, 순서는 자유 · number of rows for each value of `Sentiment`, in any order (Series) |
#
# 둘째 칸에서는 `all_data`의 `dtypes`와 `describe()`도 보세요(채점하지 않습니다). `describe()`가 말하는 `Sentiment`의 평균은 쓸모가
# 있을까요?
#
# In the second cell look at `dtypes` and `describe()` of `all_data` as well (not graded). `describe()` tells you a mean of
# `Sentiment`; is that of any use?

# %% [raw]
# # BEGIN SOLUTION

# %%
# all_data: DataFrame with columns SentenceId, Phrase, Sentiment and the index PhraseId
all_data = pd.read_csv("sent_train.tsv", sep="\t")  # SOLUTION
all_data.set_index("PhraseId", inplace=True)  # SOLUTION NO PROMPT
head = all_data.head()  # SOLUTION
shape = all_data.shape  # SOLUTION
missing = all_data.isna().sum()  # SOLUTION
sizes = all_data.groupby("Sentiment").size()  # SOLUTION

# %%
# dtypes and describe() of all_data
# BEGIN SOLUTION
print(all_data.dtypes)
all_data.describe()
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
def test_table_is_labelled_by_phrase_id(head):
    kind = type(head).__name__
    message = (
        f"기댓값 expected: pandas DataFrame\n실제값 got: {kind}\n"
        "원인 likely cause: head를 아직 채우지 않았거나 괄호를 빠뜨렸습니다. / head is not filled in yet, or the brackets of the method are missing.\n"
        "힌트 hint: 표의 head 메서드를 부르세요. / Call the head method of the table."
    )
    assert kind == "DataFrame", message
    columns = list(head.columns)
    cause = "PhraseId가 아직 보통 열입니다. / PhraseId is still an ordinary column."
    if len(columns) == 1:
        cause = "칸이 탭으로 나뉜 것을 read_csv에 알려 주지 않았습니다. / read_csv was not told that tabs separate the cells."
    elif "PhraseId" not in columns:
        cause = "다른 열이 인덱스이거나 열이 빠졌습니다. / Another column is the index, or a column is missing."
    message = (
        f"기댓값 expected: columns SentenceId, Phrase, Sentiment, index PhraseId\n실제값 got: columns {columns}, index {head.index.name}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: read_csv의 sep와 index_col, 또는 set_index를 보세요. / Look at sep and index_col of read_csv, or at set_index."
    )
    assert columns == ["SentenceId", "Phrase", "Sentiment"] and head.index.name == "PhraseId", message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 처음 다섯 행이 파일의 것과 다릅니다. / The first five rows are not those of the file.
""" # END TEST CONFIG
def test_first_rows_are_those_of_the_file(head, reference):
    from autograder import checks
    expected = reference["head"]
    checks.expect_index(head, list(expected.index), "head")
    for column in ("SentenceId", "Phrase", "Sentiment"):
        checks.expect_equal(list(head[column]), list(expected[column]), f"head, column {column}")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: shape가 파일의 행의 수와 남은 열의 수가 아닙니다. / shape is not the number of rows of the file and of the columns that remain.
""" # END TEST CONFIG
def test_rows_and_columns_of_the_whole_file(shape, reference):
    from autograder import checks
    checks.expect_equal(shape, reference["shape"], "shape")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: missing은 열마다 빈 값의 수여야 합니다. / missing has to hold the number of missing values of each column.
""" # END TEST CONFIG
def test_missing_values_of_each_column(missing, reference):
    from autograder import checks
    checks.expect_index(missing, list(reference["missing"].index), "missing")
    checks.expect_close(missing, reference["missing"], "missing")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: sizes가 Sentiment 값마다의 행의 수가 아닙니다. / sizes is not the number of rows for each value of Sentiment.
""" # END TEST CONFIG
def test_size_of_each_class(sizes, reference):
    from autograder import checks
    kind = type(sizes).__name__
    assert kind == "Series", f"expected a Series, got {kind}"
    checks.expect_equal(sizes.to_dict(), reference["sizes"].to_dict(), "sizes")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. 천 줄만, 그리고 그림 · A thousand rows, and a picture
#
# 시간을 아끼려고 **처음 1,000행**만 `data`에 담아 씁니다. 그리고 **그다음 1,000행**(1,001번째부터 2,000번째까지)을 `new_data`에 따로
# 떼어 두세요. `new_data`는 마지막 단계까지 건드리지 않습니다. 그때 가서 "정말 처음 보는 글"로 모델을 시험합니다.
#
# To save time we work with the **first 1,000 rows**; put them in `data`. Put the **1,000 rows after them** (the 1,001st to the
# 2,000th) aside in `new_data` and do not touch them until the last step. They will be the text that the model has really never seen.
#
# 둘째 칸에서는 `data`의 감성마다 몇 행이 있는지 막대그래프로 그리세요. seaborn의 `countplot`이 세고 그리는 일을 한 번에 합니다.
# 눈금 0에서 4에 이름을 붙이고 90도 돌리면 읽기 좋습니다. 그림은 채점하지 않지만 꼭 보세요. 어느 막대가 얼마나 긴가요?
#
# In the second cell draw how many rows of `data` there are of each sentiment. seaborn's `countplot` counts and draws at once. Give the
# ticks 0 to 4 their names, turned by 90 degrees. The plot is not graded, but do look: which bar is how long?

# %% [raw]
# # BEGIN SOLUTION

# %%
# data, new_data: DataFrames, 1000 x 3 each
data = all_data[:1000]  # SOLUTION
new_data = all_data[1000:2000]  # SOLUTION

# %%
names = ["부정 negative", "조금 부정 somewhat negative", "중립 neutral", "조금 긍정 somewhat positive", "긍정 positive"]
# a count plot of the sentiments in data: sns.countplot, plt.xticks, plt.show
# BEGIN SOLUTION
sns.countplot(x=data["Sentiment"])
plt.xticks(range(5), names, rotation=90)
plt.xlabel("감성 sentiment")
plt.ylabel("구절의 수 phrases")
plt.show()
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
def test_two_tables_of_a_thousand_rows(data, new_data):
    shapes = [getattr(value, "shape", None) for value in (data, new_data)]
    message = (
        f"기댓값 expected: data (1000, 3), new_data (1000, 3)\n실제값 got: {shapes}\n"
        "원인 likely cause: 아직 채우지 않았거나, 자르는 자리가 하나 어긋났습니다. / Not filled in yet, or a cut is off by one.\n"
        "힌트 hint: 자리로 자를 때 끝자리는 들어가지 않고, loc처럼 이름으로 자를 때는 들어갑니다. / A slice by position leaves its end out, a slice by label, as with loc, includes it."
    )
    assert shapes == [(1000, 3)] * 2, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: data가 파일의 처음 1,000행이 아닙니다. / data is not the first 1,000 rows of the file.
""" # END TEST CONFIG
def test_data_is_the_first_thousand_rows(data, reference):
    from autograder import checks
    checks.expect_index(data, list(reference["data"].index), "data")
    checks.expect_equal(list(data["Phrase"]), list(reference["data"]["Phrase"]), "data, column Phrase")
    checks.expect_equal(list(data["Sentiment"]), list(reference["data"]["Sentiment"]), "data, column Sentiment")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: new_data가 1,001번째부터 2,000번째까지의 행이 아닙니다. / new_data is not the rows from the 1,001st to the 2,000th.
""" # END TEST CONFIG
def test_new_data_is_the_thousand_rows_after_them(new_data, reference):
    from autograder import checks
    checks.expect_index(new_data, list(reference["new_data"].index), "new_data")
    checks.expect_equal(list(new_data["Phrase"]), list(reference["new_data"]["Phrase"]), "new_data, column Phrase")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 단어 가방 · The bag of words
#
# 세 가지를 정해야 합니다. · Three things have to be settled:
#
# 1. **자르기.** 글자와 숫자가 이어진 것만 단어로 봅니다. 쉼표와 마침표는 저절로 사라집니다. `RegexpTokenizer`에 정규식
#    `[a-zA-Z0-9]+`를 주어 `token`을 만드세요.<br>
#    **Cutting.** A word is a run of letters and digits; commas and full stops vanish by themselves. Make `token`, a
#    `RegexpTokenizer`, with the regular expression `[a-zA-Z0-9]+`.
# 2. **소문자.** `Good`과 `good`은 같은 단어입니다. · **Lower case.** `Good` and `good` are one word.
# 3. **불용어.** the, a, of처럼 어디에나 나와 뜻을 가르지 못하는 단어는 뺍니다. scikit-learn에 영어 불용어 목록이 있습니다.<br>
#    **Stop words.** Words such as the, a and of stand everywhere and tell nothing apart; they are dropped. scikit-learn has a list
#    of English ones.
#
# `CountVectorizer`가 이 모두를 합니다. 소문자로, 영어 불용어를 빼고(`stop_words="english"`), 단어 하나씩(`ngram_range=(1, 1)`), `token`의
# `tokenize` 메서드로 자르는 `cv`를 만들어 `data["Phrase"]`에 맞추고(`fit_transform`) 결과를 `text_counts`에 담으세요. 거의 모두 0인
# 표라서 0이 아닌 수만 적는 **희소 행렬**(sparse matrix)로 나옵니다. 그것을 풀어(`toarray`) 열마다 단어 이름을 단 표 `df`를 만드세요
# (DataFrame의 준말이며, 연습 04의 문서 수 df가 아닙니다). `tokenizer`를 주면 `token_pattern`은 쓰이지 않는다는 경고가 나옵니다.
# `token_pattern=None`을 함께 주면 조용해집니다.
#
# `CountVectorizer` does all of this. Make `cv`: lower case, without English stop words (`stop_words="english"`), single words
# (`ngram_range=(1, 1)`), cut by the `tokenize` method of `token`. Fit it on `data["Phrase"]` (`fit_transform`) and keep the result in
# `text_counts`. Nearly all of it is 0, so it comes as a **sparse matrix**, which stores only what is not 0. Unfold it (`toarray`) into a
# table `df` whose columns carry the words as names (`df` is short for DataFrame; it is not the document frequency of exercise 04). Given
# a `tokenizer`, scikit-learn warns that `token_pattern` goes unused; `token_pattern=None` silences that.
#
# 그런데 불용어 목록은 누가 정했을까요? `cv.get_stop_words()`가 목록을 돌려줍니다. 아래 `asked`의 단어 가운데 목록에 들어 있어
# **사라지는** 것들을 `lost_words`에 리스트로 담으세요. 감성을 가르는 데 정말 필요 없는 단어들인가요?
#
# But who chose the stop words? `cv.get_stop_words()` returns the list. Put those words of `asked` that are on it, and so **vanish**,
# into the list `lost_words`. Are they really of no use for telling sentiment?

# %% [raw]
# # BEGIN SOLUTION

# %%
# token: RegexpTokenizer;  cv: CountVectorizer;  text_counts: sparse matrix;  df: DataFrame;  both 1000 x (number of words)
token = RegexpTokenizer(r"[a-zA-Z0-9]+")  # SOLUTION
cv = CountVectorizer(lowercase=True, stop_words="english", ngram_range=(1, 1), tokenizer=token.tokenize, token_pattern=None)  # SOLUTION
text_counts = cv.fit_transform(data["Phrase"])  # SOLUTION
df = pd.DataFrame(text_counts.toarray(), columns=cv.get_feature_names_out())  # SOLUTION

# %%
asked = ["good", "not", "never", "no", "nothing", "hardly", "very", "too", "but", "boring"]
# lost_words: list of those words of asked that are stop words
lost_words = [word for word in asked if word in cv.get_stop_words()]  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: false
""" # END TEST CONFIG
def test_a_row_for_each_phrase_and_a_column_for_each_word(df, text_counts):
    shapes = [getattr(value, "shape", None) for value in (df, text_counts)]
    message = (
        f"기댓값 expected: df와 text_counts 모두 1000행 · 1000 rows in both\n실제값 got: {shapes}\n"
        "원인 likely cause: 아직 채우지 않았거나, 구절의 열이 아니라 표 전체를 넘겼습니다. / Not filled in yet, or the whole table was passed on instead of the column of phrases.\n"
        "힌트 hint: fit_transform에 구절의 열을 주세요. / Give the column of phrases to fit_transform."
    )
    assert all(shape is not None and len(shape) == 2 and shape[0] == 1000 for shape in shapes), message
    words = list(getattr(df, "columns", []))
    texts = [word for word in words if isinstance(word, str)]
    cause = ""
    if not words or len(texts) < len(words):
        cause = "열에 단어 이름이 없습니다. / The columns do not carry the words as names."
    elif any(word != word.lower() for word in words):
        cause = "대문자가 남아 있습니다. / There are capital letters left."
    elif any(not word.isalnum() for word in words):
        cause = "문장기호나 두 단어가 붙은 것이 열이 되었습니다. 자르는 법과 ngram_range를 보세요. / Punctuation or pairs of words became columns. Look at the tokenizer and ngram_range."
    elif "the" in words or "and" in words:
        cause = "불용어를 빼지 않았습니다. / The stop words were not dropped."
    message = (
        f"기댓값 expected: 소문자 단어만, 불용어 없이 · lower-case words, no stop words\n실제값 got: {len(words)} columns, {words[:4]} ... {words[-2:]}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: get_feature_names_out이 열 이름을 순서대로 돌려줍니다. / get_feature_names_out returns the names in order."
    )
    assert not cause, message
    assert shapes[0] == shapes[1], f"기댓값 expected: df.shape = text_counts.shape\n실제값 got: {shapes}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: df의 단어가 기대한 것과 다릅니다. 자르는 정규식, 불용어, 맞춘 글을 확인하세요. / The words of df are not the expected ones. Check the regular expression, the stop words, and which text it was fitted on.
""" # END TEST CONFIG
def test_vocabulary_is_that_of_the_thousand_phrases(df, reference):
    from autograder import checks
    checks.expect_columns(df, list(reference["df"].columns), "df")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: df의 수가 단어를 센 수와 다릅니다. / The numbers in df are not the counts of the words.
""" # END TEST CONFIG
def test_each_word_is_counted_in_each_phrase(df, reference):
    from autograder import checks
    expected = reference["df"]
    checks.expect_columns(df, list(expected.columns), "df")
    checks.expect_close(df.to_numpy(), expected.to_numpy(), "df")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: text_counts가 df와 같은 수를 담고 있지 않습니다. / text_counts does not hold the same numbers as df.
""" # END TEST CONFIG
def test_sparse_matrix_holds_the_same_counts(text_counts, reference):
    from autograder import checks
    unfolded = text_counts.toarray() if hasattr(text_counts, "toarray") else text_counts
    checks.expect_shape(unfolded, reference["df"].shape, "text_counts")
    checks.expect_close(unfolded, reference["df"].to_numpy(), "text_counts")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: lost_words가 asked 가운데 불용어 목록에 있는 단어들이 아닙니다. / lost_words are not those words of asked that are on the list of stop words.
""" # END TEST CONFIG
def test_words_that_the_stop_list_takes_away(lost_words, reference):
    from autograder import checks
    assert isinstance(lost_words, (list, tuple, set, frozenset)), f"expected a list, got {type(lost_words).__name__}"
    checks.expect_equal(sorted(str(word) for word in lost_words), sorted(reference["lost_words"]), "lost_words")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. TF-IDF: 흔한 단어는 가볍게 · Common words weigh less
#
# 어디에나 나오는 단어는 불용어가 아니라도 구절을 잘 가르지 못합니다. TF-IDF는 단어를 센 수에, 그 단어가 나오는 구절이 적을수록 커지는
# 무게(idf)를 곱하고, 끝으로 행마다 길이가 1이 되게 나눕니다(남은 단어가 없는 구절의 행은 모두 0입니다). `TfidfVectorizer`는
# `CountVectorizer`와 같은 설정을 받습니다. 3단계와 같은 설정의 `tfidf`를 `data["Phrase"]`에 맞추어 표 `tfidf_df`를 만드세요.
#
# A word that stands everywhere tells phrases apart badly even if it is no stop word. TF-IDF multiplies each count by a weight (idf) that
# is larger the fewer phrases the word occurs in, and then divides each row so that its length is 1 (a phrase with no words left keeps a
# row of 0). `TfidfVectorizer` takes the same settings as `CountVectorizer`. Make `tfidf` with those of step 3, fit it on
# `data["Phrase"]`, and make the table `tfidf_df`.
#
# `tfidf.idf_`에는 단어마다의 무게가 열과 같은 순서로 들어 있습니다. 가장 **가벼운** 단어, 곧 가장 많은 구절에 나오는 단어를
# `lightest`에 담으세요.
#
# `tfidf.idf_` holds each word's weight in the order of the columns. Put the **lightest** word, the one that occurs in the most phrases,
# into `lightest`.
#
# 어느 쪽이 감성 분석에 더 나은지는 해 보아야 압니다. 아래에서는 단어를 센 수 `df`로 배우고, TF-IDF로 바꾸어 보는 것은 마지막 질문으로
# 남겨 둡니다.
#
# Which of the two is better for sentiment only a trial can tell. Below we learn from the counts in `df`; trying TF-IDF instead is left
# for the questions at the end.

# %% [raw]
# # BEGIN SOLUTION

# %%
# tfidf: TfidfVectorizer;  tfidf_df: DataFrame 1000 x (number of words), values from 0 to 1;  lightest: a word
tfidf = TfidfVectorizer(lowercase=True, stop_words="english", ngram_range=(1, 1), tokenizer=token.tokenize, token_pattern=None)  # SOLUTION
tfidf_df = pd.DataFrame(tfidf.fit_transform(data["Phrase"]).toarray(), columns=tfidf.get_feature_names_out())  # SOLUTION
lightest = tfidf.get_feature_names_out()[tfidf.idf_.argmin()]  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_rows_of_length_one(tfidf_df):
    import numpy as np
    shape = getattr(tfidf_df, "shape", None)
    message = (
        f"기댓값 expected: DataFrame, 1000 rows\n실제값 got: {type(tfidf_df).__name__}, shape {shape}\n"
        "원인 likely cause: tfidf_df를 아직 채우지 않았습니다. / tfidf_df is not filled in yet."
    )
    assert type(tfidf_df).__name__ == "DataFrame" and shape[0] == 1000, message
    lengths = np.sqrt((tfidf_df.to_numpy(dtype=float) ** 2).sum(axis=1))
    is_right = np.isclose(lengths, 1) | np.isclose(lengths, 0)
    message = (
        f"기댓값 expected: 길이가 1(단어가 하나도 없으면 0)인 행 1000개 · 1000 rows of length 1 (or 0, with no word in them)\n"
        f"실제값 got: {int(is_right.sum())}\n"
        "원인 likely cause: 단어를 센 수를 넣었거나 norm을 바꾸었습니다. / These are counts, or norm was changed.\n"
        "힌트 hint: TfidfVectorizer의 기본 norm은 행의 길이를 1로 만듭니다. / The default norm of TfidfVectorizer gives each row the length 1."
    )
    assert is_right.all(), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: tfidf_df의 값이나 단어가 기대한 것과 다릅니다. 설정이 3단계와 같은지 보세요. / Values or words of tfidf_df are not the expected ones. See whether the settings are those of step 3.
""" # END TEST CONFIG
def test_weights_of_words_in_phrases(tfidf_df, reference):
    from autograder import checks
    expected = reference["tfidf_df"]
    checks.expect_columns(tfidf_df, list(expected.columns), "tfidf_df")
    checks.expect_close(tfidf_df.to_numpy(), expected.to_numpy(), "tfidf_df")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: lightest가 가장 많은 구절에 나오는 단어가 아닙니다. / lightest is not the word that occurs in the most phrases.
""" # END TEST CONFIG
def test_lightest_word_stands_in_the_most_phrases(lightest, reference):
    from autograder import checks
    checks.expect_equal(lightest, str(reference["lightest"]), "lightest")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. 배울 것과 시험할 것 · What to learn from, and what to be tested on
#
# `train_test_split`으로 `df`와 `data["Sentiment"]`를 함께 나누어 `x_train`, `x_test`, `y_train`, `y_test`에 담으세요. 시험에 30 %를 쓰고
# (`test_size=0.3`), 모두가 같은 행을 얻도록 `random_state=1`을 줍니다. 700행으로 배우고 300행으로 시험하게 됩니다. 표와 감성은 인덱스가
# 아니라 행의 자리로 짝지어지므로, `df`의 인덱스는 무엇이든 됩니다.
#
# Split `df` and `data["Sentiment"]` together with `train_test_split` into `x_train`, `x_test`, `y_train` and `y_test`. 30 % is for testing
# (`test_size=0.3`), and `random_state=1` gives everybody the same rows: 700 to learn from, 300 to be tested on. Table and sentiments are
# paired by the position of their rows, so any index of `df` will do.
#
# 정확도를 재기 전에 **기준**부터 정합시다. 아무것도 읽지 않고 늘 같은 답만 하는 사람은 몇 점을 받을까요?
#
# Before any accuracy, a **baseline**: what does somebody score who reads nothing and always gives the same answer?
#
# | 변수 variable | 내용 what it holds |
# |---|---|
# | `support` | `y_test`에서 감성 값마다 몇 행인지, 순서는 자유 · how many rows of `y_test` have each sentiment, in any order (Series) |
# | `baseline` | `y_train`에서 가장 흔한 감성을 늘 답할 때 `y_test`에서 맞는 비율 · the share of `y_test` that is right if one always answers the sentiment most frequent in `y_train` |
# | `unseen_words` | `x_train`의 모든 행에서 0인 열의 수 · how many columns are 0 in every row of `x_train` |
#
# **살짝 엿보았습니다.** `unseen_words`는 왜 0이 아닐까요? 우리는 1,000행 모두에 `cv`를 맞춘 **다음에** 나누었습니다. 그래서 시험
# 구절에만 나오는 단어도 열이 되었습니다. 엄밀히는 먼저 나누고 학습 구절에만 맞추어야 합니다. 정답이 새지는 않지만, 그런 열은 학습
# 중에 늘 0이라 가중치가 처음의 무작위 값 그대로이고, 시험 때 잡음만 보탭니다. TF-IDF라면 idf에도 시험 구절이 섞입니다. 여기서는
# 강의의 순서를 따르되 이 사실을 기억해 두고, 9단계의 `new_data`는 맞추지 않고 **바꾸기만** 합니다. 연습 06에서는 먼저 나눕니다.
#
# **That was a small peek.** Why is `unseen_words` not 0? We fitted `cv` on all 1,000 rows and split **after** that, so words that occur
# in test phrases only became columns as well. Strictly, one splits first and fits on the training phrases alone. No answer leaks here; but
# such a column is 0 throughout training, its weights stay at their random first values, and in the test they add noise. With TF-IDF the
# idf, too, has test phrases in it. Here we keep the order of the lecture and remember this; in step 9 `new_data` is only
# **transformed**, never fitted on. Exercise 06 splits first.

# %% [raw]
# # BEGIN SOLUTION

# %%
# x_train, x_test: DataFrames (700, words), (300, words);  y_train, y_test: Series (700,), (300,)
x_train, x_test, y_train, y_test = train_test_split(df, data["Sentiment"], test_size=0.3, random_state=1)  # SOLUTION

# %%
# support: Series, five numbers;  baseline: number from 0 to 1;  unseen_words: whole number
support = y_test.value_counts()  # SOLUTION
baseline = (y_test == y_train.mode()[0]).mean()  # SOLUTION
unseen_words = int((x_train.sum(axis=0) == 0).sum())  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_seven_hundred_and_three_hundred_rows(x_train, x_test, y_train, y_test):
    import numpy as np
    shapes = [getattr(value, "shape", None) for value in (x_train, x_test, y_train, y_test)]
    rows = [shape[0] if shape else None for shape in shapes]
    cause = "아직 채우지 않았거나 test_size가 다릅니다. / Not filled in yet, or test_size is another one."
    if rows == [700, 700, 300, 300]:
        cause = "돌려받는 순서는 x_train, x_test, y_train, y_test입니다. / The results come in the order x_train, x_test, y_train, y_test."
    elif rows == [300, 700, 300, 700]:
        cause = "학습과 시험이 바뀌었습니다. / Training and test are swapped."
    message = (
        f"기댓값 expected: rows 700, 300, 700, 300\n실제값 got: {shapes}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 한 번의 train_test_split에 표와 감성을 함께 주세요. / Give table and sentiments to one call of train_test_split."
    )
    assert rows == [700, 300, 700, 300] and [len(shape) for shape in shapes] == [2, 2, 1, 1], message
    assert set(np.unique(np.asarray(y_train))) <= {0, 1, 2, 3, 4}, "y_train에 감성이 아닌 값이 있습니다. / y_train holds values that are no sentiments."

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 시험 구절이나 그 감성이 기대한 300행이 아닙니다. random_state와 나눈 표를 확인하세요. / The test phrases or their sentiments are not the expected 300 rows. Check random_state and what was split.
""" # END TEST CONFIG
def test_test_rows_are_the_expected_ones(x_test, y_test, reference):
    from autograder import checks
    import numpy as np
    checks.expect_close(np.asarray(y_test), np.asarray(reference["y_test"]), "y_test")
    checks.expect_close(np.asarray(x_test), reference["x_test"].to_numpy(), "x_test")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 학습 구절과 감성이 짝이 맞지 않거나 기대한 700행이 아닙니다. / Training phrases and sentiments do not belong together, or are not the expected 700 rows.
""" # END TEST CONFIG
def test_training_rows_keep_their_sentiments(x_train, y_train, reference):
    from autograder import checks
    import numpy as np
    checks.expect_close(np.asarray(y_train), np.asarray(reference["y_train"]), "y_train")
    checks.expect_close(np.asarray(x_train), reference["x_train"].to_numpy(), "x_train")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: support가 y_test에서 감성마다의 행의 수가 아닙니다. / support is not the number of rows of each sentiment in y_test.
""" # END TEST CONFIG
def test_support_of_the_five_classes(support, reference):
    from autograder import checks
    kind = type(support).__name__
    assert kind == "Series", f"expected a Series, got {kind}"
    checks.expect_equal(support.to_dict(), reference["support"].to_dict(), "support")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: baseline이 늘 같은 답을 할 때의 정확도가 아닙니다. / baseline is not the accuracy of always giving the same answer.
""" # END TEST CONFIG
def test_baseline_of_one_answer_for_all(baseline, reference):
    from autograder import checks
    checks.expect_close(baseline, reference["baseline"], "baseline", tolerance=6e-4)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: unseen_words가 학습 구절에 한 번도 나오지 않는 단어의 수가 아닙니다. / unseen_words is not the number of words that never occur in the training phrases.
""" # END TEST CONFIG
def test_words_that_only_the_test_has(unseen_words, reference):
    from autograder import checks
    checks.expect_close(unseen_words, reference["unseen_words"], "unseen_words")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. 모델 · The model
#
# 두 층을 쌓아 `model`을 만드세요. · Stack two layers into `model`:
#
# | 층 layer | 왜 why |
# |---|---|
# | 유닛 10개, relu인 Dense · Dense with 10 units, relu | 단어들을 열 가지 눈금으로 간추립니다 · sums the words up on ten scales |
# | 유닛 5개, softmax인 Dense · Dense with 5 units, softmax | 감성마다 확률 하나, 모두 더하면 1 · one probability for each sentiment; together they make 1 |
#
# 입력의 모양은 첫 층 앞의 `keras.Input`으로 알려 주세요. 구절 하나는 `x_train`의 열 수만큼의 숫자입니다. 강의의 글에는 유닛이 100개라고
# 적혀 있고 강의의 코드에는 10개로 되어 있습니다. 배울 행이 700개뿐이므로 작은 쪽, **10개**로 합니다.
#
# Give the shape of the input by `keras.Input` before the first layer: one phrase is as many numbers as `x_train` has columns. The
# text of the lecture says 100 units where its code has 10. With only 700 rows to learn from, we take the smaller one: **10**.
#
# **손으로 세기.** 단어가 $V$개라면 · **Count by hand.** With $V$ words:
#
# $$V \times 10 + 10 \qquad 10 \times 5 + 5 = 55$$
#
# 예를 들어 $V = 600$이면 6,010 + 55 = 6,065개입니다. 배우는 700행보다 아홉 배쯤 많지요. 외우기에 넉넉한 수입니다.
#
# With $V = 600$, for example, that is 6,010 + 55 = 6,065, about nine times the 700 rows that it learns from: plenty to learn them by heart.

# %% [raw]
# # BEGIN SOLUTION

# %%
# model: Input → Dense 10 relu → Dense 5 softmax
model = Sequential()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
model.add(keras.Input((x_train.shape[1],)))
model.add(Dense(10, activation="relu"))
model.add(Dense(5, activation="softmax"))
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
def test_number_of_parameters(model, x_train):
    layers = [layer for layer in getattr(model, "layers", []) if type(layer).__name__ != "InputLayer"]
    message = (
        f"기댓값 expected: 가중치가 있는 Keras 모델 a Keras model with weights\n실제값 got: {type(model).__name__}, {len(layers)} layers\n"
        "원인 likely cause: model을 채우지 않았거나 입력 모양을 모릅니다. / model is not filled in, or does not know its input shape.\n"
        "힌트 hint: 첫 층 앞에 keras.Input을 두세요. / Put keras.Input before the first layer."
    )
    assert layers and getattr(model, "built", False), message
    words = x_train.shape[1]
    expected = [words * 10 + 10, 55]
    found = [int(layer.count_params()) for layer in layers]
    units = [getattr(layer, "units", None) for layer in layers]
    cause = "층의 수가 다릅니다. / The number of layers differs."
    if tuple(model.input_shape) != (None, words):
        cause = f"입력의 모양이 {model.input_shape}입니다. 단어의 수 {words}가 아닙니다. / The input shape is {model.input_shape}, not the number of words, {words}."
    elif units[:1] != [10]:
        cause = f"첫 층의 유닛이 10이 아니라 {units[0]}입니다. / The first layer has {units[0]} units instead of 10."
    elif units[-1:] != [5]:
        cause = f"마지막 층의 유닛이 {units[-1]}입니다. 감성은 다섯입니다. / The last layer has {units[-1]} units, and there are five sentiments."
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
failure_message: 층이 relu인 Dense와 softmax인 Dense가 아닙니다. / The layers are not a Dense with relu and a Dense with softmax.
""" # END TEST CONFIG
def test_relu_first_and_softmax_last(model):
    from autograder import checks
    dense = [layer.name for layer in getattr(model, "layers", []) if type(layer).__name__ == "Dense"]
    assert len(dense) == 2, f"expected two Dense layers, got {len(dense)}"
    checks.expect_activation(model, dense[0], "relu")
    checks.expect_activation(model, dense[1], "softmax")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 모델의 출력이 확률 다섯 개가 아닙니다. 행마다 더하면 1이어야 합니다. / The output is not five probabilities. Each row has to sum to 1.
""" # END TEST CONFIG
def test_five_probabilities_for_each_phrase(model, x_train):
    from autograder import checks
    import numpy as np
    said = checks.outputs(model, np.asarray(x_train, dtype="float32")[:50])
    checks.expect_shape(said, (50, 5), "output of model")
    checks.expect_probabilities(said, "output of model")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 모든 파라미터가 학습되어야 합니다. / All parameters have to be trainable.
""" # END TEST CONFIG
def test_everything_is_trainable(model, x_train):
    from autograder import checks
    total = x_train.shape[1] * 10 + 10 + 55
    checks.expect_parameter_total(model, total, trainable=total)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. 컴파일과 학습 · Compile and train
#
# 정답이 0에서 4까지의 **번호**이므로 손실은 `sparse_categorical_crossentropy`입니다. (정답이 `[0, 0, 1, 0, 0]` 같은 줄이라면 sparse가
# 없는 쪽을 씁니다.) 옵티마이저는 Adam, 잴 것은 정확도입니다. 셋을 주어 컴파일하고, `x_train`, `y_train`으로 **30 에포크** 학습해 결과를
# `history`에 담으세요. 배치 크기는 기본값 그대로 두고, 에포크마다 시험 구절로도 재도록 `validation_data=(x_test, y_test)`를 줍니다.
# `verbose=0`이면 출력이 짧습니다.
#
# The answers are **numbers** from 0 to 4, so the loss is `sparse_categorical_crossentropy`. (For answers that are rows such as
# `[0, 0, 1, 0, 0]` it would be the one without sparse.) The optimizer is Adam, and accuracy is to be measured. Compile with these three,
# then train on `x_train`, `y_train` for **30 epochs** and keep the result in `history`. Leave the batch size as it comes, and give
# `validation_data=(x_test, y_test)` so that every epoch is measured on the test phrases, too. `verbose=0` keeps the output short.
#
# 강의에서는 2 에포크였습니다. 700행을 32개씩 나누면 에포크마다 스물두 걸음이니 2 에포크는 마흔네 걸음이고, 그때 모델은 아직 "거의 다
# 중립"이라고 답합니다. 30 에포크면 누가 실행해도 시험 구절에서 그보다 확실히 낫습니다.
#
# The lecture trains for 2 epochs. With 700 rows in batches of 32 an epoch has twenty-two steps, so that is 44 steps, after which the model
# still calls nearly everything neutral. After 30 epochs it is clearly better on the test phrases, whoever runs it.
#
# 학습하는 칸만 다시 실행하면 이미 배운 모델이 30 에포크를 **더** 배웁니다. 처음부터 다시 하려면 6단계의 칸부터 실행하세요. · Running the
# training cell again trains the same model for 30 epochs **more**. To begin afresh, run the cell of step 6 before it.
#
# 둘째 칸에서는 `history.history`의 `accuracy`와 `val_accuracy`를 한 그림에 그리세요(채점하지 않습니다). 둘은 언제부터 벌어지나요?
#
# In the second cell draw `accuracy` and `val_accuracy` of `history.history` in one picture (not graded). From when on do they part?

# %% [raw]
# # BEGIN SOLUTION

# %%
# compile the model: loss sparse_categorical_crossentropy, optimizer adam, metrics accuracy;  history: what fit returns
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])  # SOLUTION
history = model.fit(x_train, y_train, epochs=30, validation_data=(x_test, y_test), verbose=0)  # SOLUTION

# %%
# accuracy and val_accuracy over the epochs, with a legend
# BEGIN SOLUTION
plt.plot(history.history["accuracy"], label="학습 accuracy")
plt.plot(history.history["val_accuracy"], label="시험 val_accuracy")
plt.xlabel("에포크 epoch")
plt.ylabel("정확도 accuracy")
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
def test_thirty_epochs_with_accuracy(history):
    recorded = getattr(history, "history", None)
    message = (
        f"기댓값 expected: fit의 결과 what fit returns\n실제값 got: {type(history).__name__}\n"
        "원인 likely cause: fit의 결과를 담지 않았거나 fit이 오류로 멈췄습니다. / The result of fit was not kept, or fit ended with an error."
    )
    assert isinstance(recorded, dict), message
    lengths = {name: len(recorded.get(name, [])) for name in ("loss", "val_loss", "accuracy", "val_accuracy")}
    cause = "epochs가 30이 아닙니다. / epochs is not 30."
    if not lengths["accuracy"]:
        cause = "compile에 metrics로 accuracy를 주지 않았습니다. / compile was not given accuracy under metrics."
    elif not lengths["val_accuracy"]:
        cause = "fit에 validation_data를 주지 않았습니다. / fit was not given validation_data."
    message = (
        f"기댓값 expected: 30 x loss, val_loss, accuracy, val_accuracy\n실제값 got: {lengths}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: fit을 두 번 실행하면 history에는 마지막 것만 남습니다. / After two runs of fit, history holds only the last."
    )
    assert set(lengths.values()) == {30}, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 손실이 번호로 된 정답을 위한 교차 엔트로피가 아닙니다. / The loss is not the cross-entropy for answers that are numbers.
""" # END TEST CONFIG
def test_loss_is_sparse_categorical_crossentropy(model):
    from autograder import checks
    checks.expect_loss(model, "sparse_categorical_crossentropy")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 옵티마이저가 Adam이 아닙니다. / The optimizer is not Adam.
""" # END TEST CONFIG
def test_optimizer_is_adam(model):
    from autograder import checks
    checks.expect_optimizer(model, "Adam")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 에포크마다 배치가 스물두 개가 아닙니다. 배치 크기와 학습한 행의 수를 확인하세요. / An epoch did not have twenty-two batches. Check the batch size and how many rows it was trained on.
""" # END TEST CONFIG
def test_twenty_two_batches_an_epoch(history):
    from autograder import checks
    checks.expect_steps_per_epoch(history, 22)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: history의 마지막 val_accuracy가 이 모델이 시험 구절에서 내는 정확도와 다릅니다. history와 model은 같은 학습에서 나와야 합니다. / The last val_accuracy in history is not the accuracy of this model on the test phrases. Both have to come from the same training.
""" # END TEST CONFIG
def test_history_belongs_to_this_model(model, history, x_test, y_test):
    from autograder import checks
    import numpy as np
    claimed = float(checks.curve(history, "val_accuracy")[-1])
    measured = checks.accuracy(model, np.asarray(x_test, dtype="float32"), np.asarray(y_test))
    checks.expect_close(claimed, measured, "last val_accuracy", tolerance=0.007)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 평가 · Evaluate
#
# `model.predict(x_test)`는 (300, 5), 곧 구절마다 확률 다섯 개입니다. 답은 **가장 큰 확률의 번호**, 곧 행마다의 `argmax`입니다.
#
# `model.predict(x_test)` is (300, 5): five probabilities for each phrase. The answer is **the number of the largest**, the `argmax` of each
# row.
#
# ```text
#            0    1    2    3    4
#  확률    .05  .10  .35  .45  .05        argmax(axis=1) → 3      바른 방법 · the right way
#  round    0    0    0    0    0         → 아무 답도 없음 · no answer at all
# ```
#
# `round()`는 확률이 하나일 때(0.5보다 큰가)는 통하지만 다섯일 때는 틀립니다. 어느 확률도 0.5를 넘지 않으면 모두 0이 되기 때문입니다.
# `axis`도 조심하세요. `axis=0`은 구절마다가 아니라 감성마다 "이 감성의 확률이 가장 큰 구절"을 찾습니다.
#
# `round()` works for one probability (is it above 0.5?) and fails for five: where none of them exceeds 0.5, all become 0. Mind
# `axis`, too: `axis=0` does not go through the phrases but asks, for each sentiment, in which phrase it is most likely.
#
# | 변수 variable | 내용 what it holds |
# |---|---|
# | `y_pred` | 시험 구절마다 답, 0에서 4 · the answer for each test phrase, 0 to 4, shape (300,) |
# | `test_accuracy` | `accuracy_score`로 구한 정확도 · the accuracy by `accuracy_score` |
# | `matrix` | `confusion_matrix`, (5, 5): 행은 정답, 열은 모델의 답 · rows are the true answers, columns the model's |
#
# 둘째 칸에서는 `matrix`를 seaborn의 `heatmap`으로 그리고(`annot=True`) `classification_report`를 출력하세요(채점하지 않습니다).
# 모델이 한 번도 답하지 않은 감성이 있으면 경고가 나오는데, `zero_division=0`을 주면 조용해집니다. 행이 적은 감성(`support`를 보세요)의
# recall은 얼마인가요? 정확도만 보아서는 알 수 없는 것입니다.
#
# In the second cell draw `matrix` with seaborn's `heatmap` (`annot=True`) and print the `classification_report` (not graded). It warns of a
# sentiment that the model never answers; `zero_division=0` silences that. What is the recall of the sentiments with few rows (see
# `support`)? Accuracy alone does not show it.

# %% [raw]
# # BEGIN SOLUTION

# %%
# y_pred: array (300,) of whole numbers;  test_accuracy: number from 0 to 1;  matrix: array (5, 5)
y_pred = np.argmax(model.predict(x_test, verbose=0), axis=1)  # SOLUTION
test_accuracy = accuracy_score(y_test, y_pred)  # SOLUTION
matrix = confusion_matrix(y_test, y_pred)  # SOLUTION

# %%
# heatmap of matrix, and the classification report
# BEGIN SOLUTION
sns.heatmap(matrix, annot=True, fmt="d")
plt.xlabel("모델의 답 predicted")
plt.ylabel("정답 actual")
plt.show()
print(classification_report(y_test, y_pred, zero_division=0))
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
def test_one_answer_for_each_test_phrase(y_pred, matrix):
    import numpy as np
    shape = np.shape(y_pred)
    cause = "아직 채우지 않았습니다. / Not filled in yet."
    if shape == (300, 5):
        cause = "확률 다섯 개를 그대로(또는 반올림해서) 담았습니다. / These are still five numbers a phrase, rounded or not."
    elif shape == (5,):
        cause = "argmax의 axis가 행이 아니라 열을 따라갑니다. / argmax went along the wrong axis."
    message = (
        f"기댓값 expected: y_pred (300,), 0 ... 4\n실제값 got: {type(y_pred).__name__} {shape}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 행마다 가장 큰 확률의 번호를 구하세요. / Take the number of the largest probability of each row."
    )
    assert shape == (300,) and set(np.unique(np.asarray(y_pred))) <= {0, 1, 2, 3, 4}, message
    message = (
        f"기댓값 expected: matrix (5, 5), sum 300\n실제값 got: {np.shape(matrix)}\n"
        "원인 likely cause: matrix를 아직 채우지 않았거나 다른 행을 셌습니다. / matrix is not filled in, or counts other rows."
    )
    assert np.shape(matrix) == (5, 5) and int(np.asarray(matrix).sum()) == 300, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: y_pred가 이 모델의 가장 큰 확률과 다릅니다. 학습이 끝난 뒤 다시 예측하세요. / y_pred is not the largest probability of this model. Predict again after training has ended.
""" # END TEST CONFIG
def test_answers_come_from_the_model(y_pred, model, x_test):
    from autograder import checks
    import numpy as np
    said = checks.outputs(model, np.asarray(x_test, dtype="float32"))
    checks.expect_labels(y_pred, said.argmax(axis=1), "y_pred", at_least=0.99)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: test_accuracy가 y_test와 y_pred에서 다시 계산한 정확도와 다릅니다. / test_accuracy is not the accuracy that y_test and y_pred give.
""" # END TEST CONFIG
def test_accuracy_follows_from_the_answers(test_accuracy, y_pred, y_test):
    from autograder import checks
    checks.expect_close(test_accuracy, checks.accuracy_of(y_pred, y_test), "test_accuracy", tolerance=6e-4)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: matrix의 행은 정답, 열은 모델의 답이어야 합니다. / The rows of matrix have to be the true answers, its columns those of the model.
""" # END TEST CONFIG
def test_rows_of_the_matrix_are_the_true_answers(matrix, y_pred, y_test):
    from autograder import checks
    import numpy as np
    expected = np.zeros((5, 5))
    np.add.at(expected, (np.asarray(y_test, dtype=int), np.asarray(y_pred, dtype=int)), 1)
    checks.expect_close(np.asarray(matrix), expected, "matrix")

# %%
""" # BEGIN TEST CONFIG
points: 5
hidden: true
failure_message: 시험 구절에서 모델의 정확도가 기준에 못 미칩니다. 학습한 자료, 손실, 에포크 수를 확인하세요. / On the test phrases the accuracy of the model is below the threshold. Check what it was trained on, the loss, and the number of epochs.
""" # END TEST CONFIG
def test_model_has_learnt_to_tell_sentiment(model, reference, calibration):
    from autograder import checks
    import numpy as np
    found = checks.accuracy(model, np.asarray(reference["x_test"], dtype="float32"), np.asarray(reference["y_test"]))
    checks.expect_above(found, calibration["test_accuracy"], "accuracy of model, test phrases")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ### 9. 정말 처음 보는 글 · Text that it has really never seen
#
# 새 글을 모델에 넣으려면 학습할 때와 **똑같은 열**로 바꾸어야 합니다. `df`의 열 이름을 순서대로 리스트 `words`에 담고, 함수 두 개를 쓰세요.
#
# To put new text into the model it has to be turned into **exactly the same columns** as in training. Put the names of the columns of
# `df`, in their order, into the list `words`, and write two functions:
#
# - `encode(phrases)`: 구절의 목록을 받아 (구절의 수, 단어의 수) 모양의 배열로. 열은 `df`와 같은 순서입니다. 이미 맞춘 `cv`로
#   **바꾸기만** 하세요(`transform`). 여기서 다시 맞추면(`fit_transform`) 열이 달라져 모델의 가중치가 엉뚱한 단어에 붙습니다.<br>
#   `encode(phrases)`: takes a list of phrases and returns an array of shape (number of phrases, number of words), with the columns
#   in the order of `df`. **Only transform** (`transform`), with the `cv` that is fitted already. Fitting again (`fit_transform`)
#   makes other columns, and the model's weights would belong to the wrong words.
# - `predict_sentiment(phrase)`: 구절 하나(문자열)를 받아 모델의 답을 0에서 4까지의 정수로.<br>
#   `predict_sentiment(phrase)`: takes one phrase, a string, and returns the model's answer as an int from 0 to 4.
#
# `cv`가 모르는 단어는 아무 열에도 세어지지 않습니다. `encode(["hello my name is kim"])`의 합은 얼마인가요?
#
# A word that `cv` does not know is counted in no column. What is the sum of `encode(["hello my name is kim"])`?
#
# 그런 다음 2단계에서 떼어 둔 `new_data`로 시험하세요. · Then test with `new_data`, put aside in step 2:
#
# | 변수 variable | 내용 what it holds |
# |---|---|
# | `new_x`, `new_y` | `new_data`의 구절을 바꾼 배열 (1000, 단어의 수), 그 감성 · the encoded phrases of `new_data`, and their sentiments |
# | `new_accuracy` | `new_x`에서 모델의 정확도 · the accuracy of the model on `new_x` |
# | `new_baseline` | `y_train`에서 가장 흔한 감성을 늘 답할 때의 정확도 · the accuracy of always answering the sentiment most frequent in `y_train` |
#
# `test_accuracy`와 `new_accuracy`를 견주어 보세요. 왜 다를까요? `data`를 무작위로 나누면 **같은 문장에서 잘라 낸 구절들**이 학습과 시험
# 양쪽에 들어갑니다. 그래서 시험 구절의 단어는 대개 이미 본 것입니다. `new_data`는 (경계에 걸친 한 문장 말고는) 다른 문장들에서 왔으므로
# 그런 도움이 없습니다. 감성이 섞인 비율도 서로 다르니, 저마다 자기 기준(`baseline`, `new_baseline`)을 얼마나 넘는지도 보세요. 믿을 만한
# 쪽은 `new_accuracy`입니다.
#
# Compare `test_accuracy` with `new_accuracy`. Why do they differ? Splitting `data` at random puts **phrases cut out of the same
# sentence** on both sides, so the words of a test phrase have mostly been seen. `new_data` comes from other sentences (but for one at
# the border) and has no such help. Its mixture of sentiments is another one as well, so see by how much each accuracy exceeds its own
# baseline (`baseline`, `new_baseline`). The number to believe is `new_accuracy`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# words: list of the columns of df, in their order
words = list(df.columns)  # SOLUTION


def encode(phrases):
    """Counts of the known words in each phrase, an array (len(phrases), len(words))."""
    # BEGIN SOLUTION
    return cv.transform(phrases).toarray()
    # END SOLUTION


def predict_sentiment(phrase):
    """The model's answer for one phrase, an int from 0 to 4."""
    # BEGIN SOLUTION
    return int(np.argmax(model.predict(encode([phrase]), verbose=0)))
    # END SOLUTION

# %%
# new_x: array (1000, words);  new_y: Series (1000,);  new_accuracy, new_baseline: numbers from 0 to 1
new_x = encode(new_data["Phrase"])  # SOLUTION
new_y = new_data["Sentiment"]  # SOLUTION
new_accuracy = accuracy_score(new_y, np.argmax(model.predict(new_x, verbose=0), axis=1))  # SOLUTION
new_baseline = (new_y == y_train.mode()[0]).mean()  # SOLUTION

# %%
# try phrases of your own: print the answers of predict_sentiment
# BEGIN SOLUTION
for phrase in ("hello my name is kim", "good", "not good", "a wonderful film", "dull and predictable"):
    print(phrase, "→", names[predict_sentiment(phrase)])
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
def test_new_phrases_have_the_columns_of_the_old_ones(encode, predict_sentiment, words):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 두 개 two functions\n실제값 got: {type(encode).__name__}, {type(predict_sentiment).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines them was not run."
    )
    assert callable(encode) and callable(predict_sentiment), message
    count = len(words) if isinstance(words, (list, tuple)) else 0
    message = (
        f"기댓값 expected: 단어의 목록 a list of words\n실제값 got: {type(words).__name__}, {count}\n"
        "원인 likely cause: words를 아직 채우지 않았습니다. / words is not filled in yet.\n"
        "힌트 hint: df의 열 이름을 list로 바꾸세요. / Turn the names of the columns of df into a list."
    )
    assert count > 1, message
    phrase = " ".join([words[0], words[-1], words[-1]])
    result = encode([phrase, "qwertyuiop"])
    result = result.toarray() if hasattr(result, "toarray") else result
    shape = np.shape(result)
    cause = "return이 없습니다. / There is no return."
    if len(shape) == 2 and shape[1] != len(words):
        cause = "cv를 다시 맞추어 열이 달라졌습니다. / cv was fitted again, so the columns are others."
    message = (
        f"기댓값 expected: (2, {len(words)})\n실제값 got: {type(result).__name__} {shape}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 맞춘 cv의 transform을 쓰고 toarray로 푸세요. / Use transform of the fitted cv and unfold with toarray."
    )
    assert shape == (2, len(words)), message
    counts = np.asarray(result, dtype=float)
    found = (counts[0, 0], counts[0, -1], counts[0].sum(), counts[1].sum())
    message = (
        f"기댓값 expected: 첫 단어 1, 끝 단어 2, 합 3, 모르는 단어 0 · first word 1, last word 2, sum 3, unknown word 0\n실제값 got: {found}\n"
        "원인 likely cause: 다른 방법으로 세었거나 열의 순서가 다릅니다. / The words were counted in another way, or the columns are in another order."
    )
    assert found == (1, 2, 3, 0), message
    answer = predict_sentiment(phrase)
    is_whole = isinstance(answer, (int, np.integer)) and not isinstance(answer, bool)
    message = (
        f"기댓값 expected: int, 0 ... 4\n실제값 got: {type(answer).__name__}\n"
        "원인 likely cause: argmax를 구하지 않았거나 return이 없습니다. / argmax was not taken, or there is no return."
    )
    assert is_whole and 0 <= answer <= 4, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: encode가 다른 구절에서 단어를 다르게 셉니다. 대문자, 문장기호, 모르는 단어가 든 구절로 불러 보세요. / With other phrases encode counts differently. Call it with phrases that hold capitals, punctuation and unknown words.
""" # END TEST CONFIG
def test_encode_counts_known_words_only(encode, reference):
    from autograder import checks
    import re
    import numpy as np
    known = list(reference["words"])
    some = [known[len(known) * part // 7] for part in range(7)]
    phrases = [
        f"The {some[0].upper()} of {some[1]} , {some[1]} !", f"{some[2]}-{some[3]} zzxyw.", "", f"{some[4]}? not {some[5]}({some[6]})",
    ]
    counts = [[re.findall("[a-z0-9]+", phrase.lower()).count(word) for word in known] for phrase in phrases]
    found = encode(phrases)
    found = found.toarray() if hasattr(found, "toarray") else np.asarray(found)
    checks.expect_shape(found, (4, len(known)), "encode(4 phrases)")
    checks.expect_close(found, counts, "encode(4 phrases)")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: predict_sentiment의 답이 이 모델의 가장 큰 확률이 아닙니다. / The answer of predict_sentiment is not the largest probability of this model.
""" # END TEST CONFIG
def test_answers_for_single_phrases(predict_sentiment, model, new_data, reference):
    from autograder import checks
    import re
    import numpy as np
    known = list(reference["words"])
    phrases = [str(phrase) for phrase in reference["new_data"]["Phrase"][:120:5]]
    counts = [[re.findall("[a-z0-9]+", phrase.lower()).count(word) for word in known] for phrase in phrases]
    expected = checks.outputs(model, np.asarray(counts, dtype="float32")).argmax(axis=1)
    found = [int(np.ravel(predict_sentiment(phrase))[0]) for phrase in phrases]
    checks.expect_labels(found, expected, "predict_sentiment", at_least=0.95)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: new_accuracy가 이 모델이 new_data에서 내는 정확도와 다릅니다. / new_accuracy is not the accuracy of this model on new_data.
""" # END TEST CONFIG
def test_accuracy_on_new_phrases_is_the_models(new_accuracy, model, reference):
    from autograder import checks
    import numpy as np
    again = checks.accuracy(model, np.asarray(reference["new_x"], dtype="float32"), np.asarray(reference["new_y"]))
    checks.expect_close(new_accuracy, again, "new_accuracy", tolerance=0.003)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: new_baseline이 new_data에서 늘 같은 답을 할 때의 정확도가 아닙니다. / new_baseline is not the accuracy on new_data of always giving the same answer.
""" # END TEST CONFIG
def test_baseline_on_new_phrases(new_baseline, reference):
    from autograder import checks
    checks.expect_close(new_baseline, reference["new_baseline"], "new_baseline", tolerance=6e-4)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 처음 보는 구절에서 모델의 정확도가 기준에 못 미칩니다. / On phrases that it never saw the accuracy of the model is below the threshold.
""" # END TEST CONFIG
def test_model_carries_over_to_new_phrases(model, new_x, new_y, reference, calibration):
    from autograder import checks
    import numpy as np
    found = checks.accuracy(model, np.asarray(reference["new_x"], dtype="float32"), np.asarray(reference["new_y"]))
    checks.expect_above(found, calibration["new_accuracy"], "accuracy on new_data")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 10. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 1. `encode(["good"])`과 `encode(["not good"])`을 견주어 보세요. 두 구절의 감성은 반대인데 모델이 받는 숫자는 같습니다. 불용어 목록에서
#    무엇을 돌려놓으면 될까요? `not`을 돌려놓아도 "not"과 "good"은 따로 세어집니다. `ngram_range=(1, 2)`는 무엇을 바꾸나요?<br>
#    Compare `encode(["good"])` with `encode(["not good"])`. They mean the opposite, and the model gets the same numbers. What would you
#    take off the list of stop words? Even then "not" and "good" are counted apart; what does `ngram_range=(1, 2)` change?
# 2. `df` 대신 `tfidf_df`로 5단계부터 다시 해 보세요. 어느 쪽이 나은가요? 한 번의 실행으로 말할 수 있나요?<br>
#    Go through it again from step 5 on with `tfidf_df` instead of `df`. Which is better, and can one run tell?
# 3. 한 문장의 구절이 양쪽에 나뉘지 않게 하려면 어떻게 나누어야 할까요? scikit-learn의 `GroupShuffleSplit`에 `SentenceId`를 주어 보세요.<br>
#    How would you split so that the phrases of one sentence stay on one side? Try scikit-learn's `GroupShuffleSplit` with `SentenceId`.
# 4. 7단계에서 우리는 시험 구절의 정확도를 에포크마다 보았습니다. 그 그림을 보고 에포크 수를 고른다면, 그 정확도는 아직 시험일까요?<br>
#    In step 7 we watched the accuracy on the test phrases after every epoch. If you choose the number of epochs by that picture, is it
#    still a test?
# 5. 0과 4를 거의 맞히지 못해도 정확도는 별로 내려가지 않습니다. 그런 감성을 놓치면 안 되는 일이라면 무엇을 재겠습니까?<br>
#    Missing nearly all of the 0s and 4s hardly lowers the accuracy. If those matter, what would you measure?
