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
# name: 09_airpassengers_dense
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # shift와 Dense 신경망으로 항공 여객 수 예측하기
# ## Forecasting air passengers with shift and a Dense network
#
# **목표.** 한 줄로 늘어선 숫자(시계열)를 `shift`로 밀어 입력과 정답이 있는 표로 바꾸고, 가장 단순한 신경망으로 석 달의 승객
# 수에서 다음 달을 맞힙니다. 그리고 결정계수 r2가 왜 실제보다 좋아 **보이는지** 따져 봅니다.
#
# **Goal.** You turn numbers in a row (a time series) into a table of inputs and answers by `shift`, and let the plainest of
# networks forecast the next month from three. Then you find out why the score r2 **looks** better than the forecast is.
#
# 열 단계이며, 단계마다 코드 칸의 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 여기서 보이는 검사를 모두 통과해도
# 채점할 때는 숨은 검사가 더 있습니다. 숨은 검사는 같은 내용을 더 자세히 볼 뿐, 본문에 없는 것을 묻지 않습니다.
#
# There are ten steps. In each, replace the `...` and then run the `grader.check` below it. Grading runs further, hidden checks.
# They look at the same things more closely and never ask for anything that this text does not say.

# %% [markdown]
# ### 0. 생각의 그림 · The idea in one picture
#
# 신경망은 (입력, 정답) 쌍으로 배우는데 시계열에는 정답이 따로 없습니다. 그래서 같은 열을 한 칸, 두 칸, 세 칸 **위로** 민
# 사본을 옆에 놓습니다. 그러면 한 행에 이어진 네 달이 나란히 서고, 앞의 셋이 입력, 마지막 하나가 정답이 됩니다.
#
# A network learns from pairs of input and answer, and a time series has no answers beside it. So we put copies of the column
# next to it, pushed **up** by one, two and three places. Now each row holds four months in a row: the first three are the input,
# the last is the answer.
#
# ```text
#              t    t+1   t+2   t+3
#   1949-01   112   118   132   129      112 118 132  ->  129
#   1949-02   118   132   129   121      118 132 129  ->  121
#   1949-03   132   129   121   135      132 129 121  ->  135
#     ...
#   1960-10   461   390   432    -       다음 달이 없다 · no next month: NaN
#   1960-11   390   432    -     -
#   1960-12   432    -     -     -
# ```
#
# 맨 아래 세 행은 미래가 모자라 빈칸(NaN)이 생기므로 버립니다. 144행이 **141행**이 됩니다.
#
# The last three rows run out of future and get gaps (NaN), so we drop them: 144 rows become **141**.

# %%
import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras.layers import Dense
from keras.models import Sequential
from sklearn.metrics import r2_score

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. 불러와서 살펴보기 · Load and look
#
# `AirPassengers.csv`에는 1949년 1월부터 1960년 12월까지 매달의 국제선 승객 수(천 명)가 들어 있습니다. `air`로 읽고, 자료가
# 아니라 이름표인 `Month` 열을 인덱스로 삼으세요. 행의 순서가 곧 시간이니 바꾸지 않습니다. 첫 달은 112, 마지막 달은 432, 가장
# 큰 값은 622, 모두 더하면 40,363입니다.
#
# `AirPassengers.csv` holds the international airline passengers (in thousands) of each month from January 1949 to December 1960.
# Read it into `air` and make the column `Month`, which is a label, not a quantity, the index. The order of the rows is time;
# leave it. The first month has 112, the last 432, the largest 622, and all together 40,363.
#
# 둘째 칸에서는 선 그래프를 그리세요. 눈금 글자는 90도 돌리고 12개월마다 하나만 적으면 읽을 수 있습니다(채점하지 않습니다).
#
# In the second cell draw it as a line. Turn the labels by 90 degrees and write one in twelve, and they can be read (not graded).

# %% [raw]
# # BEGIN SOLUTION

# %%
# air: DataFrame, 144 rows x 1 column "#Passengers", index "Month"
air = pd.read_csv("AirPassengers.csv")  # SOLUTION
air.set_index("Month", inplace=True)  # SOLUTION NO PROMPT

# %%
# a line plot of air: plt.plot, plt.xticks, plt.show
# BEGIN SOLUTION
plt.figure(figsize=(10, 4))
plt.plot(air.index, air["#Passengers"])
plt.xticks(air.index[::12], rotation=90)
plt.title("월별 승객 수(천 명) · passengers per month (thousands)")
plt.tight_layout()
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
def test_air_has_144_months_as_its_index(air):
    kind = type(air).__name__
    message = (
        f"기댓값 expected: pandas DataFrame\n실제값 got: {kind}\n"
        "원인 likely cause: air를 아직 채우지 않았습니다. / air is not filled in yet.\n"
        "힌트 hint: pandas의 read_csv를 쓰세요. / Use read_csv of pandas."
    )
    assert kind == "DataFrame", message
    message = (
        f"기댓값 expected: shape (144, 1), index Month\n실제값 got: shape {air.shape}, index {air.index.name}\n"
        "원인 likely cause: Month가 아직 보통 열이거나, set_index의 결과를 담지 않았습니다. / Month is still an ordinary column, or what set_index returned was not kept.\n"
        "힌트 hint: set_index는 inplace를 주지 않으면 새 표를 돌려줍니다. / Without inplace, set_index returns a new table."
    )
    assert air.index.name == "Month" and air.shape == (144, 1), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 승객 수나 그 순서가 파일과 다릅니다. / The passengers or their order differ from the file.
""" # END TEST CONFIG
def test_passengers_are_those_of_the_file_in_order(air, reference):
    from autograder import checks
    checks.expect_close(air, reference["air"], "air")
    months = [str(label)[:7] for label in air.index]
    assert months == list(reference["air"].index), f"expected the months from 1949-01 to 1960-12 as index, got {months[:2]} ... {months[-2:]}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. shift를 작은 표에서 · shift on a small table
#
# `shift(1)`은 값을 한 칸 **아래로**, `shift(-1)`은 한 칸 **위로** 밉니다. 밀려서 빈 자리는 NaN이 됩니다. 인덱스는 그대로이므로
# 같은 행에 과거나 미래가 나란히 놓입니다.
#
# `shift(1)` pushes the values one place **down**, `shift(-1)` one place **up**. The place left empty becomes NaN. The index stays,
# so past or future come to stand in the same row.
#
# ```text
#        t    t-1   t+1
#   0    0    NaN    1        t-1: 한 칸 아래로, 어제 · down by one, yesterday
#   1    1     0     2        t+1: 한 칸 위로, 내일 · up by one, tomorrow
#   ...
#   9    9     8    NaN
# ```
#
# 0부터 9까지의 수를 담은 열 `t`와 `t-1`, `t+1` 열을 이 순서로 가진 10행짜리 표 `example`을 만드세요. 이어서 빈칸이 있는 행을
# 뺀 표 `complete`를 만드세요(`dropna`). `example` 자체는 10행으로 남겨 둡니다. (슬라이드에서는 이 표의 이름도 `df`입니다.
# 여기서는 3단계의 `df`와 섞이지 않게 따로 부릅니다.)
#
# Make the table `example` of 10 rows with the column `t`, the numbers 0 to 9, and the columns `t-1` and `t+1`, in this order. Then
# make the table `complete`, without the rows that have a gap (`dropna`); `example` itself keeps its 10 rows. (The slides call this
# table `df`, too. Here it has a name of its own, so that it does not get mixed up with the `df` of step 3.)

# %% [raw]
# # BEGIN SOLUTION

# %%
# example: DataFrame, 10 rows, columns "t", "t-1", "t+1"
example = pd.DataFrame()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
example["t"] = [number for number in range(10)]
example["t-1"] = example["t"].shift(1)
example["t+1"] = example["t"].shift(-1)
# END SOLUTION
# complete: DataFrame, the rows of example that have no gap
complete = example.dropna()  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_yesterday_and_tomorrow_of_row_4(example):
    columns = [str(name) for name in getattr(example, "columns", [])]
    message = (
        f"기댓값 expected: 10행 rows, columns t, t-1, t+1\n실제값 got: {type(example).__name__}, {len(columns) and len(example)} rows, columns {columns}\n"
        "원인 likely cause: 표를 아직 채우지 않았거나, 빈칸이 있는 행을 example에서 버렸습니다. / The table is not filled in, or the rows with gaps were dropped from example itself.\n"
        "힌트 hint: 열은 표에 이름으로 더할 수 있습니다. / A column is added to a table by its name."
    )
    assert columns == ["t", "t-1", "t+1"] and len(example) == 10, message
    found = [float(value) for value in example.iloc[4]]
    cause = "shift에 준 수를 보세요. / Look at the number given to shift."
    if found == [4, 5, 3]:
        cause = "방향이 반대입니다. 양수는 아래로, 음수는 위로 밉니다. / The direction is the wrong way round: positive pushes down, negative up."
    elif found == [4, 4, 4]:
        cause = "밀지 않고 그대로 복사했습니다. / The column was copied without pushing."
    message = (
        f"기댓값 expected: 행 row 4 = [4, 3, 5]\n실제값 got: {found}\n원인 likely cause: {cause}"
    )
    assert found == [4, 3, 5], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: example의 값이나 빈칸의 자리가 다릅니다. 맨 위와 맨 아래 행을 그림과 비교하세요. / The values or gaps of example differ. Compare the first and the last row with the picture.
""" # END TEST CONFIG
def test_gaps_lie_at_the_ends_only(example):
    import numpy as np
    found = example.to_numpy(dtype=float)
    wanted = np.array([[n, n - 1 if n > 0 else np.nan, n + 1 if n < 9 else np.nan] for n in range(10)])
    wrong = [row for row in range(10) if not np.array_equal(found[row], wanted[row], equal_nan=True)]
    assert not wrong, f"rows {wrong} differ, the first: expected {wanted[wrong[0]].tolist()}, got {found[wrong[0]].tolist()}"

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: complete는 빈칸이 없는 여덟 행이어야 합니다. 빈칸을 채우지 말고 행을 빼세요. / complete has to be the eight rows without a gap. Drop rows instead of filling gaps.
""" # END TEST CONFIG
def test_complete_has_eight_rows(complete):
    from autograder import checks
    checks.expect_shape(complete, (8, 3), "complete")
    checks.expect_close(complete, [[n, n - 1, n + 1] for n in range(1, 9)], "complete")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 네 달이 나란한 표 · A table of four months side by side
#
# 이제 진짜 자료로 `df`를 만드세요. 열 `t`는 승객 수이고, `t+1`, `t+2`, `t+3`은 각각 `shift(-1)`, `shift(-2)`, `shift(-3)`입니다.
# 그다음 빈칸이 있는 행을 버리세요. 0단계의 그림에서 위의 세 행과 똑같아야 합니다. `df`의 인덱스는 여전히 달(`t` 열의 달)입니다.
#
# Now make `df` from the real data. The column `t` is the passengers, and `t+1`, `t+2`, `t+3` are `shift(-1)`, `shift(-2)` and
# `shift(-3)` of it. Then drop the rows that have a gap. The first three rows have to be those of the picture in step 0. The index
# of `df` is still the month, that of column `t`.
#
# `dropna`는 표를 그대로 두고 새 표를 돌려주니 그것을 `df`에 담으세요. `inplace=True`를 주면 표 자체를 고치고 `None`을
# 돌려줍니다. 그때는 돌려받은 것을 담지 마세요.
#
# `dropna` leaves the table as it is and returns a new one: keep that in `df`. With `inplace=True` it changes the table itself and
# returns `None`; then do not keep what it returns.

# %% [raw]
# # BEGIN SOLUTION

# %%
# df: DataFrame, 141 rows, columns "t", "t+1", "t+2", "t+3", index "Month"
df = pd.DataFrame()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
df["t"] = air["#Passengers"]
df["t+1"] = df["t"].shift(-1)
df["t+2"] = df["t"].shift(-2)
df["t+3"] = df["t"].shift(-3)
df.dropna(inplace=True)
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
def test_141_rows_of_four_months(df):
    columns = [str(name) for name in getattr(df, "columns", [])]
    shape = getattr(df, "shape", None)
    cause = "표를 아직 채우지 않았거나 열의 이름이나 순서가 다릅니다. / The table is not filled in, or names or order of the columns differ."
    if shape == (144, 4):
        cause = "빈칸이 있는 행을 버리지 않았습니다. / The rows with a gap were not dropped."
    elif shape == (142, 4):
        cause = "가장 멀리 민 것이 두 칸입니다. / The farthest push is by two places."
    message = (
        f"기댓값 expected: shape (141, 4), columns t, t+1, t+2, t+3\n실제값 got: shape {shape}, columns {columns}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 열 이름을 글자 그대로 쓰세요. / Write the names of the columns to the letter."
    )
    assert shape == (141, 4) and columns == ["t", "t+1", "t+2", "t+3"], message
    first = [float(value) for value in df.iloc[0]]
    cause = "shift에 준 수를 보세요. / Look at the numbers given to shift."
    if first == [129, 132, 118, 112]:
        cause = "아래로 밀었습니다. 미래를 끌어오려면 위로, 곧 음수로 밀어야 합니다. / They were pushed down. To fetch the future push up, by a negative number."
    message = (
        f"기댓값 expected: 첫 행 first row [112, 118, 132, 129]\n실제값 got: {first}\n원인 likely cause: {cause}"
    )
    assert first == [112, 118, 132, 129], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: df의 어느 행에서 네 값이 이어진 네 달이 아닙니다. / In some row of df the four values are not four months in a row.
""" # END TEST CONFIG
def test_every_row_is_four_months_in_a_row(df, air, reference):
    from autograder import checks
    checks.expect_shape(df, (141, 4), "df")
    for ahead, name in enumerate(("t", "t+1", "t+2", "t+3")):
        checks.expect_close(df[name], reference["air"]["#Passengers"].to_numpy()[ahead:141 + ahead], f"df {name}")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: df의 인덱스가 1949-01부터 1960-09까지의 달이 아닙니다. / The index of df is not the months from 1949-01 to 1960-09.
""" # END TEST CONFIG
def test_rows_are_labelled_by_the_month_of_t(df, air, reference):
    months = [str(label)[:7] for label in df.index]
    wanted = list(reference["air"].index)[:141]
    assert months == wanted, f"expected {wanted[:2]} ... {wanted[-2:]}, got {months[:2]} ... {months[-2:]}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. 입력 x와 정답 y · Inputs x and answers y
#
# `y`는 `t+3` 열, `x`는 나머지 세 열입니다. 순서를 섞지 않습니다. 정답이 입력에 섞여 들어가면 모델은 예측하지 않고 베낍니다.
#
# `y` is the column `t+3`, and `x` the other three. Do not shuffle. Should the answer slip into the input, the model would copy
# instead of forecasting.

# %% [raw]
# # BEGIN SOLUTION

# %%
# x: DataFrame (141, 3);  y: Series (141,)
x = df.drop("t+3", axis=1)  # SOLUTION
y = df["t+3"]  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_three_inputs_and_one_answer(x, y):
    import numpy as np
    shapes = (np.shape(x), np.shape(y))
    cause = "x나 y를 아직 채우지 않았습니다. / x or y is not filled in yet."
    if shapes[0] == (141, 4):
        cause = "정답 t+3이 아직 x에 들어 있습니다. / The answer t+3 is still in x."
    elif shapes[0] == (140, 4) or shapes[0] == (140, 3):
        cause = "열이 아니라 행을 뺐습니다. drop에 axis=1을 주세요. / A row was dropped instead of a column. Give drop axis=1."
    elif shapes[1] != (141,) and shapes[0] == (141, 3):
        cause = "y는 열 하나여야 합니다. / y has to be a single column."
    message = (
        f"기댓값 expected: x (141, 3), y (141,)\n실제값 got: x {shapes[0]}, y {shapes[1]}\n"
        f"원인 likely cause: {cause}"
    )
    assert shapes[0] == (141, 3) and shapes[1] in ((141,), (141, 1)), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: x가 t, t+1, t+2 열이 아닙니다. / x is not the columns t, t+1, t+2.
""" # END TEST CONFIG
def test_x_is_the_three_earlier_months(x, reference):
    from autograder import checks
    checks.expect_shape(x, (141, 3), "x")
    checks.expect_close(x, reference["x"], "x")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: y가 t+3 열, 곧 석 달 바로 다음 달이 아닙니다. / y is not the column t+3, the month right after the three.
""" # END TEST CONFIG
def test_y_is_the_month_after_them(y, reference):
    from autograder import checks
    checks.expect_close(y, reference["y"], "y")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. 신경망 · The network
#
# 두 층짜리 `model`을 만드세요. 입력의 모양은 첫 층 앞의 `keras.Input((3,))`으로 알려 줍니다(슬라이드의 `input_dim=3`은 새
# Keras에서 쓰지 않습니다).
#
# Make `model` of two layers. Give the input's shape by `keras.Input((3,))` before the first (the `input_dim=3` of the slides is no
# longer used in newer Keras).
#
# | 층 · layer | 왜 · why |
# |---|---|
# | 유닛 100개의 Dense, relu · Dense with 100 units, relu | 석 달을 100가지로 섞고, 음수는 0으로 자릅니다 · mixes the three months in 100 ways and cuts what is negative to 0 |
# | 유닛 1개의 Dense · Dense with 1 unit | 100개를 숫자 하나로. 승객 수는 어떤 값이든 될 수 있으니 활성화 함수가 없습니다 · turns 100 into one number; passengers may be any number, so there is no activation |
#
# **손으로 세기.** 유닛 하나는 입력마다 가중치 하나와 편향 하나를 가집니다.
#
# **Count by hand.** A unit has one weight per input and one bias.
#
# $$100 \times (3 + 1) = 400 \qquad 1 \times (100 + 1) = 101 \qquad 400 + 101 = 501$$

# %% [raw]
# # BEGIN SOLUTION

# %%
# model: Input → Dense → Dense, 501 parameters
model = Sequential()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
model.add(keras.Input((3,)))
model.add(Dense(100, activation="relu"))
model.add(Dense(1))
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
def test_501_parameters(model):
    layers = [layer for layer in getattr(model, "layers", []) if type(layer).__name__ != "InputLayer"]
    message = (
        f"기댓값 expected: 가중치가 있는 Keras 모델 a Keras model with weights\n실제값 got: {type(model).__name__}, {len(layers)} layers\n"
        "원인 likely cause: model을 채우지 않았거나 입력 모양을 모릅니다. / model is not filled in, or does not know its input shape.\n"
        "힌트 hint: 첫 층 앞에 keras.Input을 두세요. / Put keras.Input before the first layer."
    )
    assert layers and getattr(model, "built", False), message
    found = [(type(layer).__name__, int(layer.count_params())) for layer in layers]
    total = sum(count for _, count in found)
    cause = "유닛의 수나 층의 수가 다릅니다. / The number of units or of layers differs."
    if total == 601:
        cause = "입력이 넷입니다. 정답이 x에 들어갔나요? / There are four inputs. Did the answer get into x?"
    elif total == 400:
        cause = "마지막 Dense 층이 없습니다. / The last Dense layer is missing."
    elif total == 301:
        cause = "입력이 하나입니다. / There is one input only."
    table = ", ".join(f"{name} {count:,}" for name, count in found)
    message = (
        f"기댓값 expected: Dense 400, Dense 101 = 501\n실제값 got: {table} = {total:,}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 유닛 units x (입력 inputs + 1)"
    )
    assert total == 501, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 층이 Dense 400개, Dense 101개의 순서가 아니거나, 모두 학습되는 것이 아니거나, 입력이 셋이 아닙니다. / The layers are not Dense with 400 and Dense with 101, all of it trainable, reading three numbers.
""" # END TEST CONFIG
def test_two_dense_layers_all_trainable(model):
    from autograder import checks
    checks.expect_layers(model, ["Dense", "Dense"])
    checks.expect_parameters(model, [("Dense", 400), ("Dense", 101)])
    checks.expect_all_trainable(model, 501)
    assert model.input_shape == (None, 3), f"expected input (None, 3), got {model.input_shape}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 첫 층은 relu, 마지막 층은 활성화 함수가 없어야 합니다. / The first layer has relu, the last none.
""" # END TEST CONFIG
def test_relu_inside_and_nothing_at_the_end(model):
    from autograder import checks
    checks.expect_activation(model, -2, "relu")
    checks.expect_activation(model, -1, "linear")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. 컴파일과 학습 · Compile and train
#
# 옵티마이저 Adam(기본 설정)과 손실 mse로 컴파일하고, `x`와 `y`로 **50 에포크** 학습하세요. `validation_split=0.2`를 주고, 결과를
# `history`에 담습니다. `verbose=0`이면 출력이 짧습니다.
#
# Compile with the optimizer Adam, as it comes, and the loss mse; then train on `x` and `y` for **50 epochs** with
# `validation_split=0.2`, and keep the result in `history`. With `verbose=0` the output stays short.
#
# - **왜 50일까?** 슬라이드의 코드에는 20, 과제에는 50이라고 적혀 있습니다. 여기서는 50입니다. 손실이 가파르게 내려가는 것은
#   10에서 15 에포크쯤에 끝나지만 실행마다 다르고, 그 뒤로도 천천히 내려갑니다. 50이면 어디서 멈추느냐가 우연에 덜 달립니다.<br>
#   **Why 50?** The slides say 20 in the code and 50 in the task. Here it is 50: the steep fall of the loss ends after some 10 to 15
#   epochs, sooner in one run than in another, and a slow one goes on. At 50, where it stops depends less on chance.
# - **배치.** `batch_size`를 적지 않으면 32입니다. `validation_split`은 **마지막** 20 %를 떼어 둡니다. 141 × 0.8 = 112.8을
#   내림해서 112행으로 배우고 29행을 남깁니다. 32씩 나누면 에포크마다 배치가 네 개, 50 에포크면 가중치가 200번 움직입니다.<br>
#   **Batches.** Without `batch_size` it is 32. `validation_split` puts aside the **last** 20 %: 141 × 0.8 = 112.8, rounded down, so 112
#   rows are learnt from and 29 are left. In pieces of 32 that makes four batches an epoch, and in 50 epochs the weights move 200 times.
# - **정규화하지 않은 입력.** 100에서 600 사이의 수가 그대로 들어갑니다. 작은 Dense 망은 견디지만, 손실이 수만에서 시작하고
#   실행마다 끝나는 곳이 조금씩 다릅니다. 11번 실습의 LSTM은 견디지 못해서 거기서는 0과 1 사이로 줄입니다.<br>
#   **Inputs that are not scaled.** Numbers from 100 to 600 go in as they are. A small Dense network bears it, but the loss begins
#   in the tens of thousands and each run ends a little elsewhere. An LSTM, in exercise 11, does not bear it, so there they are scaled.
#
# 처음 가중치가 무작위라서 결과는 실행할 때마다 조금 다릅니다. 채점 기준은 여러 번 실행한 결과로 정했습니다.
#
# The first weights are random, so each run ends a little differently. The thresholds for grading were set from many runs.

# %% [raw]
# # BEGIN SOLUTION

# %%
# compile the model: optimizer Adam, loss mse
model.compile(optimizer="adam", loss="mse")  # SOLUTION
# history: what fit returns
history = model.fit(x, y, epochs=50, validation_split=0.2, verbose=0)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_fifty_epochs_with_validation(history):
    import numpy as np
    recorded = getattr(history, "history", None)
    message = (
        f"기댓값 expected: fit의 결과 what fit returns\n실제값 got: {type(history).__name__}\n"
        "원인 likely cause: fit의 결과를 담지 않았거나 fit이 오류로 멈췄습니다. / The result of fit was not kept, or fit ended with an error."
    )
    assert isinstance(recorded, dict), message
    lengths = {name: len(recorded.get(name, [])) for name in ("loss", "val_loss")}
    cause = "epochs가 50이 아닙니다. / epochs is not 50."
    if lengths["loss"] and not lengths["val_loss"]:
        cause = "validation_split이 없습니다. / validation_split is missing."
    message = (
        f"기댓값 expected: loss 50, val_loss 50\n실제값 got: loss {lengths['loss']}, val_loss {lengths['val_loss']}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: fit을 두 번 실행하면 history에는 마지막 것만 남습니다. / After two runs of fit, history holds only the last."
    )
    assert lengths == {"loss": 50, "val_loss": 50}, message
    last = (recorded["loss"][-1], recorded["val_loss"][-1])
    message = (
        f"기댓값 expected: 숫자인 손실 losses that are numbers\n실제값 got: loss {last[0]}, val_loss {last[1]}\n"
        "원인 likely cause: x나 y에 빈칸(NaN)이 있습니다. / There is a gap (NaN) in x or y."
    )
    assert np.isfinite(recorded["loss"]).all() and np.isfinite(recorded["val_loss"]).all(), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 모델이 Adam과 평균제곱오차로 컴파일되지 않았습니다. / The model was not compiled with Adam and the mean squared error.
""" # END TEST CONFIG
def test_compiled_with_adam_and_mse(model):
    from autograder import checks
    checks.expect_optimizer(model, "Adam")
    checks.expect_loss(model, "mse", "mean_squared_error")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 에포크마다 배치가 네 개가 아닙니다. validation_split과 batch_size를 확인하세요. / An epoch did not have four batches. Check validation_split and batch_size.
""" # END TEST CONFIG
def test_four_batches_an_epoch(history):
    from autograder import checks
    checks.expect_steps_per_epoch(history, 4)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: history의 마지막 val_loss가 이 모델이 마지막 29행에서 내는 손실과 다릅니다. history와 model이 같은 학습에서 나와야 합니다. / The last val_loss in history is not the loss of this model on the last 29 rows. Both have to come from the same training.
""" # END TEST CONFIG
def test_history_belongs_to_this_model(model, history, x, y, reference):
    from autograder import checks
    claimed = float(checks.curve(history, "val_loss")[-1])
    late = slice(112, None)
    measured = checks.root_mean_squared_error(reference["y"], checks.predictions(model, reference["x"]), part=late) ** 2
    checks.expect_close(claimed, measured, "last val_loss", tolerance=0.01 * measured)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. 예측하고 손실 그리기 · Predict, and draw the loss
#
# - `y_pred`: `x` 전체에 대한 예측, 모양 (141, 1). · the forecasts for all of `x`, shape (141, 1).
# - `evaluation`: `model.evaluate`가 `x`, `y` 전체에서 내는 손실, 숫자 하나. · the loss over all of `x`, `y` by `model.evaluate`, one
#   number.
# - `tab`: `history.history`로 만든 표, 50행, 열 `loss`와 `val_loss`. · a table made from `history.history`: 50 rows, columns `loss`
#   and `val_loss`.
#
# 둘째 칸에서 그림 둘을 그리세요(채점하지 않습니다). 하나는 `y`와 `y_pred`, 다른 하나는 `tab`의 두 손실입니다. 첫 그림을 잘
# 보세요. 예측이 실제를 **한두 달 늦게 따라가지** 않나요?
#
# In the second cell draw two plots (not graded): `y` with `y_pred`, and the two losses of `tab`. Look closely at the first.
# Does the forecast not **trail** the truth by a month or two?

# %% [raw]
# # BEGIN SOLUTION

# %%
# y_pred: array (141, 1);  evaluation: number;  tab: DataFrame (50, 2)
y_pred = model.predict(x, verbose=0)  # SOLUTION
evaluation = model.evaluate(x, y, verbose=0)  # SOLUTION
tab = pd.DataFrame(history.history)  # SOLUTION

# %%
# two plots: y with y_pred; loss with val_loss.  With legends
# BEGIN SOLUTION
figure, (left, right) = plt.subplots(1, 2, figsize=(13, 4))
left.plot(y.to_numpy(), label="실제 · actual")
left.plot(y_pred, label="예측 · predicted")
left.set_xlabel("달 · month")
left.set_ylabel("승객(천 명) · passengers (thousands)")
left.legend()
right.plot(tab["loss"], label="loss")
right.plot(tab["val_loss"], label="val_loss")
right.set_title("손실 · LOSS CHART")
right.set_xlabel("에포크 · epoch")
right.legend()
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
def test_one_forecast_per_row_and_a_table_of_losses(y_pred, tab):
    import numpy as np
    shape = np.shape(y_pred)
    message = (
        f"기댓값 expected: y_pred (141, 1)\n실제값 got: {type(y_pred).__name__}, {shape}\n"
        "원인 likely cause: 아직 채우지 않았거나 x의 일부만 예측했습니다. / Not filled in yet, or only a part of x was forecast.\n"
        "힌트 hint: 모델의 predict 메서드에 x를 주세요. / Give x to the predict method of the model."
    )
    assert shape in ((141, 1), (141,)), message
    columns = sorted(str(name) for name in getattr(tab, "columns", []))
    message = (
        f"기댓값 expected: tab, 50행 rows, columns loss, val_loss\n실제값 got: {type(tab).__name__}, {getattr(tab, 'shape', None)}, columns {columns}\n"
        "원인 likely cause: history 자체가 아니라 그 안의 사전으로 표를 만들어야 합니다. / The table is made from the dict inside history, not from history itself."
    )
    assert columns == ["loss", "val_loss"] and len(tab) == 50, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: y_pred가 이 모델이 x에 대해 내는 값과 다릅니다. 학습이 끝난 뒤 다시 예측하세요. / y_pred is not what this model says about x. Predict again after training has ended.
""" # END TEST CONFIG
def test_forecasts_come_from_the_model(y_pred, model, x, reference):
    from autograder import checks
    checks.expect_close(y_pred, checks.predictions(model, reference["x"]), "y_pred", tolerance=0.05)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: evaluation이 이 모델이 141행 전체에서 내는 mse와 다릅니다. / evaluation is not the mse of this model over all 141 rows.
""" # END TEST CONFIG
def test_evaluation_is_the_loss_over_all_rows(evaluation, model, x, y, reference):
    from autograder import checks
    measured = checks.root_mean_squared_error(reference["y"], checks.predictions(model, reference["x"])) ** 2
    checks.expect_close(evaluation, measured, "evaluation", tolerance=0.01 * measured)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: tab의 값이 history에 적힌 손실과 다릅니다. / The values of tab are not the losses in history.
""" # END TEST CONFIG
def test_table_holds_the_recorded_losses(tab, history):
    from autograder import checks
    for name in ("loss", "val_loss"):
        recorded = checks.curve(history, name)
        checks.expect_close(tab[name], recorded, f"tab {name}", tolerance=1e-6 * float(abs(recorded).max()))

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 결정계수 r2 · The score r2
#
# mse는 단위가 제곱이라 읽기 어렵습니다. r2는 같은 오차를 **모든 달을 평균 하나로 맞히는 예측**의 오차와 견줍니다.
#
# The mse is in squared passengers and hard to read. r2 compares the same error with that of a forecast which says **one and the
# same mean for every month**.
#
# $$r^2 = 1 - \frac{\sum (y - \hat{y})^2}{\sum (y - \bar{y})^2}$$
#
# | r2 | 뜻 · meaning |
# |---|---|
# | 1 | 완벽 · perfect |
# | 0 | 평균만 말하는 것과 같음 · no better than saying the mean |
# | 음수 · negative | 평균보다 못함 · worse than the mean |
#
# 손으로: 정답 1, 2, 3에 예측 1, 2, 5라면 오차 제곱의 합은 4, 평균 2에서 떨어진 제곱의 합은 2이므로 1 - 4/2 = -1입니다.
#
# By hand: for answers 1, 2, 3 and forecasts 1, 2, 5 the squared errors sum to 4, the squared distances from the mean, 2, sum to 2,
# and 1 - 4/2 = -1.
#
# 함수 `r_squared(actual, predicted)`를 식 그대로 쓰고 숫자 하나를 돌려주세요. 두 인자는 `y`처럼 한 줄 (n,)일 수도, `y_pred`처럼
# 열 (n, 1)일 수도 있고, **섞여** 올 수도 있습니다. 조심하세요: NumPy에서 (n,)에서 (n, 1)을 빼면 (n, n)이 됩니다! 둘 다
# `np.asarray(...).ravel()`로 한 줄로 펴면 됩니다.
#
# Write the function `r_squared(actual, predicted)` by the formula; it returns one number. Either argument may be a plain row (n,)
# like `y` or a column (n, 1) like `y_pred`, and they may come **mixed**. Careful: in NumPy, (n,) minus (n, 1) is (n, n)! Flatten
# both by `np.asarray(...).ravel()`.
#
# 그다음 모델의 점수를 `r2_model`에 담고, scikit-learn의 `r2_score(y, y_pred)`와 같은지 확인하세요. 인자의 순서에 뜻이 있습니다.
# 첫째가 정답입니다. 여러 번 실행하면 대개 0.83에서 0.89 사이입니다.
#
# Then keep the model's score in `r2_model`, and see that it equals scikit-learn's `r2_score(y, y_pred)`. The order of the arguments
# matters: the answers come first. Over many runs it mostly lies between 0.83 and 0.89.

# %% [raw]
# # BEGIN SOLUTION

# %%
def r_squared(actual, predicted):
    """1 minus the squared errors over the squared distances from the mean, one number"""
    # BEGIN SOLUTION
    actual = np.asarray(actual, dtype=float).ravel()
    predicted = np.asarray(predicted, dtype=float).ravel()
    return 1 - ((actual - predicted) ** 2).sum() / ((actual - actual.mean()) ** 2).sum()
    # END SOLUTION

# %%
# r2_model: number, over all 141 rows
r2_model = float(r_squared(y, y_pred))  # SOLUTION
print(r2_model, r2_score(y, y_pred))  # SOLUTION NO PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_r_squared_of_three_values(r_squared):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(r_squared).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(r_squared), message
    result = r_squared(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 5.0]))
    message = (
        f"기댓값 expected: -1\n실제값 got: {type(result).__name__}, {np.size(result)} values\n"
        "원인 likely cause: return이 없거나 숫자 하나가 아닙니다. / There is no return, or it is not one number."
    )
    assert np.size(result) == 1 and isinstance(result, (float, int, np.number, np.ndarray)), message
    value = float(np.ravel(result)[0])
    cause = "분자와 분모를 하나씩 출력해 보세요. / Print numerator and denominator one by one."
    if abs(value - 2) < 1e-6:
        cause = "1에서 빼지 않았습니다. / It was not taken from 1."
    elif abs(value - 0.538462) < 1e-4:
        cause = "정답과 예측이 바뀌었습니다. 분모는 정답의 평균에서 잽니다. / Answers and forecasts are swapped. The denominator is about the mean of the answers."
    elif abs(value - 0.923077) < 1e-4:
        cause = "이것은 상관계수의 제곱입니다. 본문의 식과는 다른 값입니다. / This is the square of the correlation, which is not what the formula says."
    message = (
        f"기댓값 expected: -1\n실제값 got: {value:g}\n원인 likely cause: {cause}"
    )
    assert abs(value + 1) < 1e-6, message
    mixed = r_squared(np.array([1.0, 2.0, 3.0]), np.array([[1.0], [2.0], [5.0]]))
    value = float(np.ravel(mixed)[0])
    message = (
        f"기댓값 expected: -1, 예측이 열일 때도 also where the forecasts are a column\n실제값 got: {value:g}\n"
        "원인 likely cause: (3,)에서 (3, 1)을 빼서 (3, 3)이 되었습니다. / (3,) minus (3, 1) became (3, 3).\n"
        "힌트 hint: 둘 다 한 줄로 펴세요. / Flatten both."
    )
    assert np.size(mixed) == 1 and abs(value + 1) < 1e-6, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 값이나 다른 모양에서 r_squared의 결과가 다릅니다. 함수가 인자만 쓰는지 보세요. / With other values or shapes r_squared gives a wrong result. See whether it uses only its arguments.
""" # END TEST CONFIG
def test_r_squared_of_other_values_and_shapes(r_squared):
    import numpy as np
    from autograder import checks
    rng = np.random.default_rng(809)
    for n in (5, 29, 141):
        truth = rng.normal(300, 90, size=n)
        guess = truth + rng.normal(10, 40, size=n)
        wanted = 1 - np.square(truth - guess).mean() / truth.var()
        for one, other in ((truth, guess), (truth[:, None], guess), (truth, guess[:, None]), (truth[:, None], guess[:, None])):
            checks.expect_close(r_squared(one, other), wanted, f"r_squared on {one.shape} and {other.shape}", tolerance=1e-6)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: r2_model이 y와 y_pred에서 다시 계산한 값과 다릅니다. / r2_model is not what y and y_pred give.
""" # END TEST CONFIG
def test_r2_of_the_model_follows_from_its_forecasts(r2_model, model, x, y, reference):
    import numpy as np
    from autograder import checks
    truth = np.asarray(reference["y"], dtype=float)
    measured = checks.root_mean_squared_error(truth, checks.predictions(model, reference["x"])) ** 2
    checks.expect_close(r2_model, 1 - measured / truth.var(), "r2_model", tolerance=1e-3)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 모델의 r2가 기준보다 낮습니다. x와 y, 에포크 수, 손실을 확인하세요. / The r2 of the model is below the threshold. Check x and y, the number of epochs and the loss.
""" # END TEST CONFIG
def test_model_has_learnt(model, x, y, reference, calibration):
    import numpy as np
    from autograder import checks
    truth = np.asarray(reference["y"], dtype=float)
    measured = checks.root_mean_squared_error(truth, checks.predictions(model, reference["x"])) ** 2
    # r2 and mse say the same of the same rows; the mse is what was calibrated
    checks.expect_above(1 - measured / truth.var(), 1 - calibration["mse"] / truth.var(), "r2 of the model")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ### 9. 처음 보는 석 달 · Three months it has never seen
#
# 승객이 50, 60, 70(천 명)이었다면 다음 달은? 입력은 **표 모양**이어야 하므로 행 하나에 열 셋인 배열 `test_data` (1, 3)을 만들고,
# 예측을 `test_pred` (1, 1)에 담으세요.
#
# With 50, 60 and 70 (thousand) passengers, what comes next? The input has to be **a table**, so make an array `test_data` (1, 3), one
# row of three columns, and keep the forecast in `test_pred` (1, 1).
#
# 보기 전에 짐작해 보세요. 추세를 이으면 80, 마지막 달을 되풀이하면 70입니다. 배운 자료의 가장 작은 값은 104이므로 모델은 본
# 적이 없는 곳까지 **바깥으로** 뻗어야 합니다. 대개 64에서 72 사이를 말합니다. 셋의 평균 60보다는 크지만 80에는 못 미칩니다.
# 추세를 배우지는 못했습니다.
#
# Guess before you look. Carrying the trend on gives 80; repeating the last month, 70. The smallest value it learnt from is 104, so the
# model has to reach **outside** what it has seen. Mostly it says something from 64 to 72: more than the mean of the three, 60, but
# short of 80. It has not learnt the trend.

# %% [raw]
# # BEGIN SOLUTION

# %%
# test_data: array (1, 3);  test_pred: array (1, 1)
test_data = np.array([[50, 60, 70]])  # SOLUTION
test_pred = model.predict(test_data, verbose=0)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_one_row_of_three_columns(test_data, test_pred):
    import numpy as np
    shapes = (np.shape(test_data), np.shape(test_pred))
    cause = "아직 채우지 않았습니다. / Not filled in yet."
    if shapes[0] == (3,):
        cause = "행이 없습니다. 대괄호를 한 겹 더 두르세요. / There is no row. Put another pair of brackets around."
    elif shapes[0] == (3, 1):
        cause = "행 셋에 열 하나입니다. 행과 열이 바뀌었습니다. / It is three rows of one column: rows and columns are swapped."
    message = (
        f"기댓값 expected: test_data (1, 3), test_pred (1, 1)\n실제값 got: {shapes[0]}, {shapes[1]}\n"
        f"원인 likely cause: {cause}"
    )
    assert shapes[0] == (1, 3) and np.size(test_pred) == 1 and shapes[1] != (), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: test_data가 50, 60, 70이 아니거나, test_pred가 이 모델의 예측이 아닙니다. / test_data is not 50, 60, 70, or test_pred is not the forecast of this model.
""" # END TEST CONFIG
def test_forecast_for_50_60_70_is_the_models(test_data, test_pred, model):
    import numpy as np
    from autograder import checks
    checks.expect_close(test_data, [50, 60, 70], "test_data")
    checks.expect_close(test_pred, checks.predictions(model, np.array([[50.0, 60.0, 70.0]])), "test_pred", tolerance=0.02)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q10

# %% [markdown]
# ### 10. 0.85는 좋은 점수일까 · Is 0.85 a good score?
#
# r2의 상대는 "모든 달이 평균 하나"라는 예측입니다. 승객이 해마다 늘어 104에서 622까지 **오르는** 자료에서 이 상대는 너무 약합니다.
# 달의 번호만 보고 그은 직선 하나도 r2가 0.85입니다. 석 달의 승객 수를 보지도 않고 말입니다. 그러니 상대를 바꿔 봅시다.
#
# The rival in r2 is the forecast "one mean for every month". On data that **climbs** from 104 to 622 this rival is far too weak. Even
# a straight line drawn by the number of the month alone has an r2 of 0.85, without looking at the three months before. So let us
# change the rival.
#
# - `naive`: 다음 달은 이번 달과 같다, 곧 `t+2` 열 그대로 (141,). · next month is like this month: the column `t+2` as it is, (141,).
# - `r2_naive`: 141행 전체에서 `naive`의 r2. · the r2 of `naive` over all 141 rows.
# - `r2_late`, `r2_naive_late`: **마지막 29행**(배우지 않은 행)에서 모델과 `naive`의 r2. 평균도 그 29행의 평균입니다. · the r2 of the
#   model and of `naive` on the **last 29 rows**, which were not learnt from; the mean is that of these 29, too.
# - `change`, `change_pred`: 지난달에서 얼마나 **달라졌나**. 실제는 `y`에서 `naive`를 뺀 값, 예측은 `y_pred`에서 `naive`를 뺀 값,
#   둘 다 (141,). · by how much it **changed** from last month: `y` less `naive` in truth, `y_pred` less `naive` by the model, both (141,).
# - `r2_change`: 변화를 정답으로 놓고 잰 모델의 r2. · the r2 of the model with the change as the answer.
#
# 추세는 뺄셈으로 사라지고, 남는 것은 모델이 **정말로** 맞혀야 하는 부분입니다. 점수(`r2_...`)는 모두 숫자 하나이며 `r_squared`로
# 구합니다.
#
# Subtracting takes the trend away, and what is left is what the model **really** has to get right. All scores are single numbers, found
# by `r_squared`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# naive: (141,);  r2_naive, r2_late, r2_naive_late: numbers
naive = x["t+2"].to_numpy()  # SOLUTION
r2_naive = float(r_squared(y, naive))  # SOLUTION
r2_late = float(r_squared(y[-29:], y_pred[-29:]))  # SOLUTION
r2_naive_late = float(r_squared(y[-29:], naive[-29:]))  # SOLUTION

# %%
# change, change_pred: (141,);  r2_change: number
change = y.to_numpy() - naive  # SOLUTION
change_pred = y_pred.ravel() - naive  # SOLUTION
r2_change = float(r_squared(change, change_pred))  # SOLUTION
# BEGIN SOLUTION NO PROMPT
pd.DataFrame(
    {
        "all 141": [r2_model, r2_naive],
        "last 29": [r2_late, r2_naive_late],
        "change": [r2_change, r_squared(change, np.zeros(141))],
    },
    index=["Dense", "naive"],
).round(2)
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
def test_naive_forecast_repeats_the_last_month(naive, change, change_pred):
    import numpy as np
    shapes = [np.shape(value) for value in (naive, change, change_pred)]
    cause = "아직 채우지 않은 값이 있습니다. / Something is not filled in yet."
    if (141, 141) in shapes:
        cause = "(141, 1)과 (141,)을 뺐습니다. y_pred를 한 줄로 펴세요. / A (141, 1) and a (141,) were subtracted. Flatten y_pred."
    message = (
        f"기댓값 expected: naive, change, change_pred (141,)\n실제값 got: {shapes}\n원인 likely cause: {cause}"
    )
    assert all(shape in ((141,), (141, 1)) for shape in shapes), message
    found = [float(np.asarray(value, dtype=float).ravel()[0]) for value in (naive, change)]
    cause = "다른 열을 골랐습니다. / Another column was taken."
    if found[0] == 112:
        cause = "석 달 가운데 첫 달입니다. 마지막 달이 필요합니다. / This is the first of the three months; it takes the last."
    elif found == [132, 3]:
        cause = "뺄셈의 순서가 반대입니다. / The subtraction is the wrong way round."
    message = (
        f"기댓값 expected: naive[0] = 132, change[0] = 129 - 132 = -3\n실제값 got: {found[0]:g}, {found[1]:g}\n"
        f"원인 likely cause: {cause}"
    )
    assert found == [132, -3], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: naive의 r2가 다릅니다. 전체 141행과 마지막 29행에서 따로 구했는지, 인자의 순서가 맞는지 보세요. / The r2 of naive differs. See whether it was found over all 141 rows and over the last 29 apart, with the arguments in order.
""" # END TEST CONFIG
def test_scores_of_the_naive_forecast(naive, r2_naive, r2_naive_late, reference):
    from autograder import checks
    checks.expect_close(naive, reference["naive"], "naive")
    checks.expect_close(r2_naive, reference["r2_naive"], "r2_naive", tolerance=1e-4)
    checks.expect_close(r2_naive_late, reference["r2_naive_late"], "r2_naive_late", tolerance=1e-4)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: r2_late가 모델이 마지막 29행에서 내는 r2가 아닙니다. / r2_late is not the r2 of the model on the last 29 rows.
""" # END TEST CONFIG
def test_score_on_the_rows_not_learnt_from(r2_late, model, x, y, reference):
    import numpy as np
    from autograder import checks
    truth = np.asarray(reference["y"], dtype=float)[112:]
    measured = checks.root_mean_squared_error(truth, checks.predictions(model, reference["x"])[112:]) ** 2
    checks.expect_close(r2_late, 1 - measured / truth.var(), "r2_late", tolerance=5e-3)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: r2_change가 변화에 대한 모델의 r2가 아닙니다. change와 change_pred에서 무엇을 뺐는지 보세요. / r2_change is not the r2 of the model on the change. See what was subtracted in change and change_pred.
""" # END TEST CONFIG
def test_score_on_the_change(change, change_pred, r2_change, model, x, reference):
    import numpy as np
    from autograder import checks
    truth = np.asarray(reference["change"], dtype=float).ravel()
    said = checks.predictions(model, reference["x"]) - np.asarray(reference["naive"], dtype=float).ravel()
    checks.expect_close(change, truth, "change")
    checks.expect_close(change_pred, said, "change_pred", tolerance=0.05)
    checks.expect_close(r2_change, 1 - np.square(truth - said).mean() / truth.var(), "r2_change", tolerance=5e-3)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 11. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 신경망의 r2는 0.85쯤이니 그럴듯해 보입니다. 그런데 아무것도 배우지 않은 `naive`는 0.92입니다. 배우지 않은 29행에서는 차이가 더
# 큽니다. `naive`는 0.55이고 모델은 대개 0.0에서 0.4 사이입니다. 변화를 맞히는 데서는 r2가 **0보다 작아**, 차라리 "변화가 없다"고
# 하는 편이 낫습니다.
#
# The network's r2 of some 0.85 looks respectable. But `naive`, which learns nothing, has 0.92. On the 29 rows that were not learnt from
# the gap is wider: 0.55 for `naive`, and mostly 0.0 to 0.4 for the model. And on the change its r2 is **below 0**: saying "no change" would
# be better.
#
# 1. 세 달의 평균을 예측으로 삼으면 r2가 0.83, 마지막 29행에서는 0.04입니다. 여러분의 모델은 이것과 `naive` 가운데 어느 쪽에 더
#    가까운가요? 처음 가중치가 무작위일 때 세 입력에 어떤 무게가 실릴지 생각해 보세요.<br>
#    Forecasting by the mean of the three months gives an r2 of 0.83, and 0.04 on the last 29 rows. Is your model closer to this or to
#    `naive`? Think of the weight that each of the three inputs gets while the first weights are random.
# 2. 200 에포크 동안 학습하면 r2가 0.91쯤까지 올라가 `naive`에 다가갑니다. 모델은 무엇을 배우고 있는 것일까요?<br>
#    Train for 200 epochs and r2 climbs to some 0.91, closer to `naive`. What is the model learning on the way?
# 3. 세 달만 보고 여름의 봉우리를 미리 알 수 있을까요? 몇 달을 보아야 할까요? (11번 실습에서는 열두 달을 봅니다.)<br>
#    Can three months tell that the summer's peak is coming? How many would it take? (Exercise 11 looks at twelve.)
# 4. 신문에서 "모델의 r2가 0.98"이라는 기사를 보았습니다. 무엇을 더 물어야 할까요?<br>
#    You read that "the model has an r2 of 0.98". What else do you ask?
