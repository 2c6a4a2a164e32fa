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
# name: 11_airpassengers_lstm
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # LSTM으로 항공 여객 수 예측하기
# ## Forecasting air passengers with an LSTM
#
# **목표.** 지난 12개월의 승객 수를 보고 다음 달의 승객 수를 맞히는 신경망을 만듭니다. 만드는 것만큼 중요한 질문이
# 하나 더 있습니다. 그 예측은 정말 쓸모가 있을까요? 그래서 마지막에는 머리를 전혀 쓰지 않는 예측과 겨루어 봅니다.
#
# **Goal.** You build a network that looks at the last 12 months of passengers and says how many there will be next
# month. Building it is half of the work. The other half is a question: is the forecast any good? So at the end it has to
# compete with forecasts that need no learning at all.
#
# 열한 단계이며, 단계마다 코드 칸의 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 여기서 보이는 검사를 모두
# 통과해도 채점할 때는 숨은 검사가 더 있습니다. 숨은 검사는 같은 내용을 더 자세히 볼 뿐, 본문에 없는 것을 묻지 않습니다.
#
# There are eleven steps. In each, replace the `...` and then run the `grader.check` below it. Grading runs further, hidden
# checks. They look at the same things more closely and never ask for anything that this text does not say.

# %% [markdown]
# ### 0. 생각의 그림 · The idea in one picture
#
# 신경망은 (입력, 정답) 쌍으로 배웁니다. 그런데 시계열은 숫자가 한 줄로 늘어선 것뿐이라 정답이 따로 없습니다. 그래서
# **창(window)** 을 한 칸씩 밀면서, 창 안의 값들을 입력으로, 창 바로 다음 값을 정답으로 삼습니다. 1부터 6까지의 수와 길이
# 3인 창이라면 이렇습니다.
#
# A network learns from pairs of input and answer, but a time series is just numbers in a row, with no answers beside them.
# So we slide a **window** along it: what lies inside is the input, and the value right after it is the answer. With the
# numbers 1 to 6 and a window of length 3:
#
# ```text
#  series    1   2   3   4   5   6
#          [ 1   2   3 ] 4                 X[0] = 1 2 3    Y[0] = 4
#              [ 2   3   4 ] 5             X[1] = 2 3 4    Y[1] = 5
#                  [ 3   4   5 ] 6         X[2] = 3 4 5    Y[2] = 6
# ```
#
# 값이 6개, 창의 길이가 3이면 쌍은 6 - 3 = **3개**입니다. 네 번째 창 `4 5 6`도 그릴 수는 있지만, 그 뒤에 정답이 없으므로
# 쓰지 못합니다. 우리 자료는 값이 144개, 창이 12이므로 쌍은 132개가 됩니다.
#
# Six values and a window of 3 give 6 - 3 = **3 pairs**. A fourth window, `4 5 6`, fits, but nothing follows it, so it
# has no answer and cannot be used. Our series has 144 values and our window 12, which will give 132 pairs.

# %%
import keras
import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras.layers import LSTM, Dense, Dropout
from keras.models import Sequential
from sklearn.metrics import mean_squared_error
from sklearn.preprocessing import MinMaxScaler

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. 불러와서 살펴보기 · Load and look
#
# `AirPassengers.csv`에는 1949년 1월부터 1960년 12월까지 매달의 국제선 승객 수(천 명)가 들어 있습니다. 파일을 표 `air`로
# 읽되, `Month` 열은 자료가 아니라 각 행의 **이름표**이므로 인덱스로 삼으세요. 그러면 숫자 열 하나만 남아 통째로 계산할 수
# 있습니다. 행의 순서가 곧 시간이므로 순서를 바꾸지 않습니다.
#
# `AirPassengers.csv` holds the international airline passengers (in thousands) of each month from January 1949 to December
# 1960. Read it into a table `air`. The column `Month` is not a quantity but the **label** of its row, so make it the
# index: what remains is one column of numbers that you can calculate with as a whole. The order of the rows is time itself;
# leave it as it is.
#
# 둘째 칸에서는 `air`를 선 그래프로 그리고 두 가지를 찾아보세요. 해마다 되풀이되는 모양(계절성)과 해마다 올라가는
# 흐름(추세)입니다. 눈금 144개가 겹치지 않게 12개월마다 하나만 적으세요. 그림은 채점하지 않습니다.
#
# In the second cell draw `air` as a line and look for two things: the shape that comes back every year (seasonality), and
# the rise from year to year (trend). Label one month in twelve, or 144 labels will overlap. The plot is not graded.

# %% [raw]
# # BEGIN SOLUTION

# %%
# air: DataFrame, 144 rows x 1 column "#Passengers", index "Month"
air = pd.read_csv("AirPassengers.csv", index_col="Month")  # SOLUTION

# %%
# a line plot of air: plt.plot, plt.xticks, plt.show
# BEGIN SOLUTION
plt.figure(figsize=(10, 4))
plt.plot(air.index, air["#Passengers"])
plt.xticks(air.index[::12], rotation=90)
plt.title("월별 항공 여객 수 · air passengers per month")
plt.ylabel("천 명 · thousands")
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
def test_air_is_a_table_of_144_months(air):
    kind = type(air).__name__
    message = (
        f"기댓값 expected: pandas DataFrame\n실제값 got: {kind}\n"
        "원인 likely cause: air를 아직 채우지 않았습니다. / air is not filled in yet.\n"
        "힌트 hint: pandas의 read_csv를 쓰세요. / Use read_csv of pandas."
    )
    assert kind == "DataFrame", message
    message = (
        f"기댓값 expected: shape (144, 1), index 'Month'\n실제값 got: shape {air.shape}, index {air.index.name!r}\n"
        "원인 likely cause: Month가 아직 보통 열입니다. / Month is still an ordinary column.\n"
        "힌트 hint: read_csv의 index_col 또는 set_index를 보세요. / Look at index_col of read_csv, or at set_index."
    )
    assert air.index.name == "Month" and air.shape == (144, 1), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 승객 수가 파일의 값과 다릅니다. 값이나 순서를 바꾸지 않았는지 보세요. / The passengers differ from the file. See whether values or their order were changed.
""" # END TEST CONFIG
def test_passengers_are_those_of_the_file(air, reference):
    from autograder import checks
    checks.expect_close(air, reference["air"], "air")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 인덱스가 1949-01부터 1960-12까지 시간 순서가 아닙니다. / The index does not run from 1949-01 to 1960-12 in order of time.
""" # END TEST CONFIG
def test_index_runs_through_the_months_in_order(air, reference):
    months = [str(label)[:7] for label in getattr(air, "index", ())]
    wrong = [(i, got) for i, (got, want) in enumerate(zip(months, reference["air"].index)) if got != str(want)[:7]]
    assert len(months) == 144 and not wrong, f"expected 144 months in order, got {len(months)}, differing first: {wrong[:3]}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. 0과 1 사이로 줄이기 · Scale to [0, 1]
#
# LSTM의 게이트는 시그모이드를, 새 기억의 후보는 tanh를 거치는데, 두 함수는 0 근처에서만 민감합니다. 승객 수 400을 그대로
# 넣으면 게이트가 끝까지 열리거나 닫힌 채 움직이지 않아 배울 것이 거의 남지 않습니다. `MinMaxScaler`는 가장 작은 값을 0으로,
# 가장 큰 값을 1로 보내고 나머지를 그 사이에 비례로 놓습니다.
#
# The gates of an LSTM are sigmoids and its candidate is a tanh, and both react only near 0. Feed in 400 passengers as they are
# and the gates stand fully open or shut, with almost nothing left to learn from. `MinMaxScaler` sends the smallest value to 0,
# the largest to 1, and everything else in proportion between them:
#
# $$x' = \frac{x - \min}{\max - \min} \qquad \text{112} \rightarrow \frac{112 - 104}{622 - 104} = 0.0154$$
#
# 스케일러를 `scaler`에, 줄인 값을 `scaled_data`에 담으세요. `scaler`가 최솟값과 최댓값을 **기억**해야 나중에 예측을 다시
# 승객 수로 되돌릴 수 있으니, 열 전체에 한 번만 맞춥니다.
#
# Keep the scaler in `scaler` and the scaled values in `scaled_data`. The scaler has to **remember** minimum and maximum so
# that forecasts can be turned back into passengers later; fit it once, on the whole column.
#
# > 엄밀히 하려면 스케일러도 학습 구간에만 맞춰야 합니다. 최댓값 622는 예측하려는 미래에 속하기 때문입니다. 여기서는 값이
# > [0, 1]에 들도록 열 전체를 쓰되, 그만큼 살짝 미리 엿보았다는 것을 기억해 둡시다.
# >
# > Strictly, the scaler too should be fitted on the training part only: the maximum, 622, lies in the future that we want
# > to forecast. Here we use the whole column so that everything lies in [0, 1], and remember that this was a small peek.

# %% [raw]
# # BEGIN SOLUTION

# %%
# scaler: MinMaxScaler, fitted on air;  scaled_data: array (144, 1), values from 0 to 1
scaler = MinMaxScaler()  # SOLUTION
scaled_data = scaler.fit_transform(air)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_scaled_data_runs_from_0_to_1(scaled_data):
    import numpy as np
    shape = getattr(scaled_data, "shape", None)
    message = (
        f"기댓값 expected: shape (144, 1)\n실제값 got: {type(scaled_data).__name__}, shape {shape}\n"
        "원인 likely cause: scaled_data를 아직 채우지 않았거나 다른 표를 줄였습니다. / scaled_data is not filled in, or another table was scaled.\n"
        "힌트 hint: 스케일러에 fit과 transform을 함께 하는 메서드가 있습니다. / The scaler has a method that fits and transforms at once."
    )
    assert shape == (144, 1), message
    values = np.asarray(scaled_data, dtype=float)
    low, high = float(values.min()), float(values.max())
    message = (
        f"기댓값 expected: 0 ... 1\n실제값 got: {low:g} ... {high:g}\n"
        "원인 likely cause: 정규화하지 않았거나 범위가 다릅니다. / The data was not scaled, or to another range.\n"
        "힌트 hint: MinMaxScaler의 기본 범위는 0과 1입니다. / The default range of MinMaxScaler is 0 to 1."
    )
    assert abs(low) < 1e-6 and abs(high - 1) < 1e-6, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: scaler가 승객 수 열 전체에 맞춰져 있지 않습니다. 최솟값 104와 최댓값 622를 기억해야 합니다. / The scaler was not fitted on the whole column. It has to remember the minimum 104 and the maximum 622.
""" # END TEST CONFIG
def test_scaler_remembers_minimum_and_maximum(scaler):
    from autograder import checks
    checks.expect_close(getattr(scaler, "data_min_", None), [104], "scaler.data_min_")
    checks.expect_close(getattr(scaler, "data_max_", None), [622], "scaler.data_max_")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: scaled_data의 값이 (x - 104) / 518과 다릅니다. 무엇을 어떤 순서로 줄였는지 보세요. / scaled_data is not (x - 104) / 518. See what was scaled, and in which order.
""" # END TEST CONFIG
def test_every_month_is_scaled_in_place(scaled_data, reference):
    from autograder import checks
    checks.expect_close(scaled_data, reference["scaled_data"], "scaled_data")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 창을 미는 함수 · A function that slides the window
#
# 함수 `create_sequences(data, seq_len)`를 쓰세요. 그림 그대로, 창들 `X`와 바로 다음 값들 `Y`를 이 순서로 돌려줍니다.
#
# Write the function `create_sequences(data, seq_len)`. It does what the picture shows and returns the windows `X` and the
# values right after them, `Y`, in this order.
#
# | `data` | `X` | `Y` |
# |---|---|---|
# | 열 · a column `(n, 1)` | `(n - seq_len, seq_len, 1)` | `(n - seq_len, 1)` |
# | 한 줄 · a plain row `(n,)` | `(n - seq_len, seq_len)` | `(n - seq_len,)` |
#
# - `data`는 NumPy 배열이며 두 모양 모두 올 수 있습니다. 길이 144나 창 12를 함수 안에 적지 마세요.<br>
#   `data` is a NumPy array of either shape. Write neither 144 nor 12 inside the function.
# - `X`와 `Y`는 NumPy 배열이면 가장 좋고, 목록이나 튜플도 괜찮습니다.<br>
#   `X` and `Y` are best NumPy arrays; lists or tuples of windows will do as well.
# - 정답이 창 안에 들어가면 안 됩니다. 그러면 모델은 예측하지 않고 베낍니다.<br>
#   The answer must not lie inside its window, or the model will copy instead of forecasting.

# %% [raw]
# # BEGIN SOLUTION

# %%
def create_sequences(data, seq_len):
    """All windows of seq_len values (X), and the value right after each (Y)."""
    # BEGIN SOLUTION
    windows, targets = [], []
    for start in range(len(data) - seq_len):
        end = start + seq_len
        windows.append(data[start:end])
        targets.append(data[end])
    return np.array(windows), np.array(targets)
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
def test_the_picture_with_six_numbers(create_sequences):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(create_sequences).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(create_sequences), message
    result = create_sequences(np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]]), 3)
    message = (
        f"기댓값 expected: X, Y\n실제값 got: {type(result).__name__}\n"
        "원인 likely cause: return이 없거나 하나만 돌려줍니다. / There is no return, or it returns only one value."
    )
    assert isinstance(result, (tuple, list)) and len(result) == 2, message
    windows = [np.asarray(window, dtype=float).ravel().tolist() for window in result[0]]
    targets = [float(np.asarray(target).ravel()[0]) for target in result[1]]
    cause = "창이나 정답의 위치가 다릅니다. / A window or an answer is in the wrong place."
    if len(windows) != 3:
        cause = "반복이 len(data) - seq_len번이어야 합니다. / The loop has to run len(data) - seq_len times."
    elif all(target in window for window, target in zip(windows, targets)):
        cause = "정답이 창 안에 있습니다. / The answer lies inside its window."
    elif targets == [5.0, 6.0]:
        cause = "정답이 한 달 늦습니다. / The answer is one step too late."
    message = (
        "기댓값 expected: X = [[1, 2, 3], [2, 3, 4], [3, 4, 5]], Y = [4, 5, 6]\n"
        f"실제값 got: X = {windows}, Y = {targets}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 위의 그림과 한 줄씩 비교하세요. / Compare with the picture above, line by line."
    )
    assert windows == [[1, 2, 3], [2, 3, 4], [3, 4, 5]] and targets == [4, 5, 6], message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 다른 길이의 자료와 다른 창으로 부르면 결과가 다릅니다. 함수 안에 고정한 수가 있는지 보세요. / With data of another length and another window the result is wrong. See whether a number is fixed inside the function.
""" # END TEST CONFIG
def test_other_lengths_and_other_windows(create_sequences):
    import numpy as np
    from autograder import checks
    for length, seq_len in ((9, 4), (30, 7), (50, 12)):
        checks.expect_windows(create_sequences, (np.arange(length) ** 2 % 37 + 0.5).reshape(-1, 1), seq_len)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 한 줄짜리 배열 (n,)을 주면 결과가 다릅니다. 표의 둘째 줄을 보세요. / A plain row of shape (n,) gives a wrong result. See the second line of the table.
""" # END TEST CONFIG
def test_a_plain_row_of_numbers(create_sequences):
    import numpy as np
    from autograder import checks
    checks.expect_windows(create_sequences, np.arange(20) ** 2 % 23 / 23, 5)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 창이 자료보다 하나 짧으면 쌍은 꼭 하나여야 합니다. 반복의 끝을 보세요. / With a window one shorter than the data there is exactly one pair. Look at where the loop ends.
""" # END TEST CONFIG
def test_the_longest_window_gives_one_pair(create_sequences):
    import numpy as np
    from autograder import checks
    checks.expect_windows(create_sequences, np.array([[3.0], [1.0], [4.0], [1.5], [9.0]]), 4)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. [샘플, 시간, 특성] 모양으로 · Into the shape [samples, time steps, features]
#
# Keras의 LSTM은 3차원 입력만 받습니다. 축마다 뜻이 있습니다.
#
# An LSTM in Keras takes three-dimensional input only, and each axis means something:
#
# | 축 · axis | 뜻 · meaning | 여기서 · here |
# |---|---|---|
# | samples | 창이 몇 개인가 · how many windows | 132 |
# | time steps | 창 하나에 몇 달이 있나 · how many months in a window | 12 |
# | features | 한 달에 숫자가 몇 개인가 · how many numbers in a month | 1 |
#
# 마지막 두 축을 바꾸어 `(132, 1, 12)`로 만들어도 오류는 나지 않습니다. 하지만 그러면 "특성이 12개인 **한** 달"이 되어,
# 차례대로 읽으며 기억한다는 LSTM의 장점이 사라집니다.
#
# Swap the last two axes to `(132, 1, 12)` and nothing complains. But then each sample is "**one** month with 12 features",
# and reading in order and remembering, the very thing an LSTM is for, is gone.
#
# `seq_length`(12개월, 계절 하나가 한 바퀴 도는 길이)로 `scaled_data`에서 `X`, `Y`를 만들고 `X`를 위의 모양으로 바꾸세요.
# 둘 다 NumPy 배열이어야 합니다. 순서는 섞지 않습니다. `create_sequences`가 이미 이 모양의 배열을 돌려주었다면 `reshape`는 아무것도
# 바꾸지 않지만, 적어 두면 모양이 확실합니다. 목록을 돌려주었다면 둘 다 배열로 바꾸세요.
#
# Make `X` and `Y` from `scaled_data` with `seq_length` (12 months, one turn of the seasons), and bring `X` into the shape
# above. Both have to be NumPy arrays. Do not shuffle. If your `create_sequences` returns an array of this shape already, a
# `reshape` changes nothing, but with it the shape is certain. If it returns lists, turn both into arrays.

# %% [raw]
# # BEGIN SOLUTION

# %%
seq_length = 12
# X: array (132, 12, 1);  Y: array (132, 1)
X, Y = create_sequences(scaled_data, seq_length)  # SOLUTION
X = X.reshape(X.shape[0], X.shape[1], 1)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_three_axes_for_the_lstm(X, Y):
    found = (getattr(X, "shape", None), getattr(Y, "shape", None))
    cause = "X나 Y가 NumPy 배열이 아니거나 모양이 다릅니다. / X or Y is not a NumPy array, or of another shape."
    if found[0] == (132, 1, 12):
        cause = "시간 축과 특성 축이 바뀌었습니다. / The axes for time steps and features are swapped."
    elif found[0] == (132, 12):
        cause = "특성 축이 없습니다. / The axis for features is missing."
    elif found[0] in ((131, 12, 1), (133, 12, 1)):
        cause = "창의 개수가 하나 어긋났습니다. / There is one window too many or too few."
    message = (
        f"기댓값 expected: X (132, 12, 1), Y (132, 1)\n실제값 got: X {found[0]}, Y {found[1]}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 창마다 12개의 달, 달마다 숫자 하나입니다. / Each window has 12 months, each month one number."
    )
    assert found == ((132, 12, 1), (132, 1)), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: X의 창이 scaled_data의 연속한 12개월과 다릅니다. 첫 창과 마지막 창을 출력해 보세요. / The windows in X are not 12 months of scaled_data in a row. Print the first window and the last.
""" # END TEST CONFIG
def test_windows_follow_the_series(X, scaled_data):
    from autograder import checks
    for position in (0, 57, 131):
        assert len(X) > position, f"expected 132 windows, got {len(X)}"
        checks.expect_close(X[position], scaled_data[position:position + 12], f"X[{position}]")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: Y가 창 바로 다음 달의 값이 아닙니다. / Y is not the value of the month right after each window.
""" # END TEST CONFIG
def test_each_target_is_the_month_after_its_window(Y, scaled_data):
    from autograder import checks
    checks.expect_close(Y, scaled_data[12:], "Y")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: X나 Y에 0과 1 사이를 벗어난 값이 있습니다. 줄인 자료로 창을 만들었는지 보세요. / X or Y leaves the range from 0 to 1. See whether the windows were made from the scaled data.
""" # END TEST CONFIG
def test_all_values_are_scaled_numbers(X, Y):
    from autograder import checks
    for name, value in (("X", X), ("Y", Y)):
        kind = getattr(getattr(value, "dtype", None), "kind", None)
        assert kind == "f", f"{name}: expected floats, got dtype {getattr(value, 'dtype', type(value).__name__)}"
        checks.expect_within(value, 0, 1, name)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: X의 모양이나 값이 기대와 다릅니다. 앞 단계에서 줄인 값과 창을 다시 확인하세요. / The shape or the values of X are not as expected. Check scaling and windows of the steps before.
""" # END TEST CONFIG
def test_x_is_ready_for_training(X, reference):
    from autograder import checks
    checks.expect_shape(X, (132, 12, 1), "X")
    checks.expect_close(X, reference["X"], "X")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. 모델 · The model
#
# 세 층을 차례로 쌓아 `model`을 만드세요.
#
# Stack three layers into `model`:
#
# | 층 · layer | 왜 · why |
# |---|---|
# | 유닛 64개의 LSTM, `return_sequences=False` · LSTM with 64 units | 열두 달을 차례로 읽고, **마지막** 달을 읽은 뒤의 기억(수 64개)만 내보냅니다 · reads the twelve months in order and hands on only its memory after the **last**, 64 numbers |
# | 비율 0.2의 Dropout · Dropout at rate 0.2 | 학습하는 동안 다섯 중 하나를 꺼서 외우기를 막습니다 · switches off one in five while training, against learning by heart |
# | 유닛 1개의 Dense · Dense with 1 unit | 64개의 기억에서 숫자 하나, 다음 달을 냅니다 · turns 64 memories into one number, next month |
#
# 입력의 모양은 첫 층 앞의 `keras.Input((seq_length, 1))`로 알려 주세요. 샘플의 수는 적지 않습니다. 모양을 알아야 Keras가
# 가중치를 만들고, 그래야 세어 볼 수 있습니다. `return_sequences=True`라면 열두 달 모두의 출력이 나와서, 한 창에 예측이
# 12개가 됩니다.
#
# Give the input's shape by `keras.Input((seq_length, 1))` before the first layer; the number of samples is not part of it.
# Only with the shape can Keras make the weights, and only then can you count them. With `return_sequences=True` all twelve
# months would hand on their output, and a window would get 12 forecasts.
#
# **손으로 세기.** LSTM에는 작은 층이 **넷** 들어 있습니다. 망각, 입력, 출력 게이트와 새 기억의 후보입니다. 각각은 이번 달의
# 값 1개와 지난 기억 64개를 읽어 유닛 64개로 보내고, 유닛마다 편향이 하나 있습니다.
#
# **Count by hand.** Inside an LSTM there are **four** small layers: forget, input and output gate, and the candidate for the
# new memory. Each reads this month's 1 value and the 64 memories so far, feeds 64 units, and has one bias per unit:
#
# $$4 \times \bigl(64 \times (1 + 64) + 64\bigr) = 16{,}896 \qquad 64 \times 1 + 1 = 65 \qquad 16{,}896 + 65 = 16{,}961$$
#
# Dropout은 배우는 것이 없어 0개입니다. 모델의 `summary` 메서드가 보여 주는 표와 비교하세요. 수가 다르면 아래 검사가 어느
# 층이 왜 다른지 알려 줍니다.
#
# Dropout learns nothing, so it has 0. Compare with the table that the model's `summary` method prints. Should your count
# differ, the check below says in which layer, and what that points to.

# %% [raw]
# # BEGIN SOLUTION

# %%
# model: Input → LSTM → Dropout → Dense, 16,961 parameters
model = Sequential()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
model.add(keras.Input((seq_length, 1)))
model.add(LSTM(64, return_sequences=False))
model.add(Dropout(0.2))
model.add(Dense(1))
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
    first = found[0][0]
    recurrent = next((count for name, count in found if name not in ("Dropout", "Dense")), 0)
    units = next((u for u in range(1, 1025) if first == "LSTM" and 4 * (u * (u + 1) + u) == recurrent), None)
    if first != "LSTM":
        cause = f"첫 층이 LSTM이 아니라 {first}입니다. GRU는 게이트가 셋이라 12,864개, SimpleRNN은 4,224개, Bidirectional은 두 배인 33,792개입니다. / The first layer is {first}, not LSTM. A GRU has three parts and 12,864 parameters, a SimpleRNN 4,224, a Bidirectional LSTM twice as many, 33,792."
    elif sum(name == "LSTM" for name, _ in found) > 1:
        cause = "LSTM 층이 둘 이상입니다. / There is more than one LSTM layer."
    elif recurrent == 19712:
        cause = "특성이 12개인 입력입니다. 시간 축과 특성 축이 바뀌었습니다. / The input has 12 features. Time steps and features are swapped."
    elif units != 64:
        cause = f"LSTM의 유닛이 64가 아니라 {units or '다른 수 another number'}입니다. / The LSTM has {units or 'another number of'} units instead of 64."
    elif found[-1][0] != "Dense":
        cause = "마지막 Dense 층이 없습니다. / The Dense layer at the end is missing."
    else:
        cause = "Dense 층의 유닛 수나 개수가 다릅니다. / The units or the number of the Dense layers differ."
    table = ", ".join(f"{name} {count:,}" for name, count in found)
    message = (
        "기댓값 expected: LSTM 16,896, Dropout 0, Dense 65 = 16,961\n"
        f"실제값 got: {table} = {total:,}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 4 x (유닛 units x (특성 features + 유닛 units) + 유닛 units)"
    )
    assert total == 16961, message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_one_forecast_per_window(model):
    shape = getattr(model, "output_shape", None)
    cause = "마지막 층이 유닛 1개의 Dense가 아닙니다. / The last layer is not a Dense layer with 1 unit."
    if shape == (None, 12, 1):
        cause = "LSTM의 return_sequences가 True라서 달마다 출력이 나옵니다. / return_sequences of the LSTM is True, so each month has an output."
    message = (
        f"기댓값 expected: (None, 1)\n실제값 got: {shape}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: None은 창의 개수이고, 창마다 예측은 하나입니다. / None is the number of windows; each gets one forecast."
    )
    assert shape == (None, 1), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 층의 종류나 순서가 LSTM, Dropout, Dense가 아닙니다. / The layers are not LSTM, Dropout, Dense in this order.
""" # END TEST CONFIG
def test_layers_in_order(model):
    from autograder import checks
    checks.expect_layers(model, ["LSTM", "Dropout", "Dense"])

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 층별 파라미터 수가 16,896과 65가 아닙니다. / The parameters by layer are not 16,896 and 65.
""" # END TEST CONFIG
def test_parameters_of_each_layer(model):
    from autograder import checks
    checks.expect_parameters(model, [("LSTM", 16896), ("Dense", 65)])

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 모델이 특성 하나짜리 12개월을 읽고 마지막 출력만 내보내야 합니다. / The model has to read 12 months of one feature and hand on the last output only.
""" # END TEST CONFIG
def test_reads_twelve_months_and_keeps_the_last_output(model):
    from autograder import checks
    checks.expect_setting(model, "LSTM", "return_sequences", False)
    assert model.input_shape == (None, 12, 1), f"expected input (None, 12, 1), got {model.input_shape}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 비율 0.2의 Dropout 층이 없습니다. / There is no Dropout layer at rate 0.2.
""" # END TEST CONFIG
def test_dropout_rate(model):
    from autograder import checks
    checks.expect_setting(model, "Dropout", "rate", 0.2)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 16,961개 파라미터가 모두 학습되어야 합니다. trainable을 False로 둔 층이 있는지 보세요. / All 16,961 parameters have to be trainable. See whether a layer has trainable set to False.
""" # END TEST CONFIG
def test_everything_is_trainable(model):
    from autograder import checks
    checks.expect_all_trainable(model, 16961)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. 무엇을 줄이고 어떻게 움직일까 · What to reduce, and how to move
#
# **손실**은 틀린 정도를 숫자 하나로 말합니다. 수를 맞히는 문제이므로 평균제곱오차(mse)를 씁니다. 제곱하므로 크게 틀린 달이
# 훨씬 무겁게 벌을 받습니다. **옵티마이저** Adam은 가중치마다 보폭을 스스로 조절해서, 학습률을 고르지 않고도 대개 잘
# 움직입니다. 기본 설정의 Adam과 mse로 `model`을 컴파일하세요.
#
# The **loss** says in one number how wrong we are. We forecast a quantity, so it is the mean squared error (mse): squaring makes
# a month that is far off weigh much more. The **optimizer** Adam finds a step size for each weight by itself, so it usually
# moves well without your choosing a learning rate. Compile `model` with Adam, as it comes, and mse.

# %% [raw]
# # BEGIN SOLUTION

# %%
# compile the model: optimizer Adam, loss mse
model.compile(optimizer="adam", loss="mse")  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_model_is_compiled(model):
    optimizer, loss = getattr(model, "optimizer", None), getattr(model, "loss", None)
    message = (
        f"기댓값 expected: 옵티마이저와 손실 an optimizer and a loss\n실제값 got: optimizer {type(optimizer).__name__}, loss {loss}\n"
        "원인 likely cause: compile을 실행하지 않았거나, 그 뒤에 모델을 다시 만들었습니다. / compile was not run, or the model was built again after it.\n"
        "힌트 hint: 모델의 compile 메서드에 optimizer와 loss를 주세요. / Give the compile method of the model optimizer and loss."
    )
    assert optimizer is not None and loss is not None, message

# %%
""" # BEGIN TEST CONFIG
points: 2
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
failure_message: 손실이 평균제곱오차가 아닙니다. / The loss is not the mean squared error.
""" # END TEST CONFIG
def test_loss_is_mean_squared_error(model):
    from autograder import checks
    checks.expect_loss(model, "mse", "mean_squared_error")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. 학습 · Training
#
# `model.fit`을 100 에포크, 배치 크기 16, `validation_split=0.2`로 실행하고 그 결과를 `history`에 담으세요.
# `verbose=0`을 주면 출력이 짧습니다. 30초쯤 걸릴 수 있습니다.
#
# Run `model.fit` for 100 epochs with batch size 16 and `validation_split=0.2`, and keep what it returns in `history`. With
# `verbose=0` the output stays short. It may take half a minute.
#
# - 에포크 하나는 학습 자료를 한 번 다 보는 것입니다. 한 번으로는 턱없이 모자랍니다.<br>
#   An epoch is one pass over the training data. One pass is by far not enough.
# - `validation_split`은 **섞기 전의 마지막** 20 %를 떼어 둡니다. 창 132개 가운데 앞의 105개로 배우고, 뒤의 27개로는 배우지
#   않고 손실만 잽니다. 시계열에서 꼭 바라는 바입니다. 과거로 배워 미래로 시험하니까요.<br>
#   `validation_split` puts aside the **last** 20 %, before shuffling. Of the 132 windows the first 105 are learnt from; on the
#   last 27 only the loss is measured. For a time series this is just right: learn from the past, be tested on the future.
# - 105개를 16개씩 나누면 배치는 일곱 개입니다(마지막은 9개). 그래서 에포크마다 가중치가 일곱 번 움직입니다.<br>
#   105 windows in batches of 16 make seven batches (the last has 9), so the weights move seven times an epoch.
#
# 처음 가중치가 무작위라서 실행할 때마다 결과가 조금씩 다릅니다. 괜찮습니다. 채점 기준은 여러 번 실행한 결과로 정했습니다.
#
# The first weights are random, so each run ends a little differently. That is fine: the thresholds for grading were set from
# many runs.

# %% [raw]
# # BEGIN SOLUTION

# %%
# history: what fit returns
history = model.fit(X, Y, epochs=100, batch_size=16, validation_split=0.2, verbose=0)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: false
""" # END TEST CONFIG
def test_one_hundred_epochs_with_validation(history):
    recorded = getattr(history, "history", None)
    message = (
        f"기댓값 expected: fit의 결과 what fit returns\n실제값 got: {type(history).__name__}\n"
        "원인 likely cause: fit의 결과를 담지 않았거나 fit이 오류로 멈췄습니다. / The result of fit was not kept, or fit ended with an error."
    )
    assert isinstance(recorded, dict), message
    lengths = {name: len(recorded.get(name, [])) for name in ("loss", "val_loss")}
    cause = "epochs가 100이 아닙니다. / epochs is not 100."
    if lengths["loss"] and not lengths["val_loss"]:
        cause = "validation_split이 없습니다. / validation_split is missing."
    message = (
        f"기댓값 expected: loss 100, val_loss 100\n실제값 got: loss {lengths['loss']}, val_loss {lengths['val_loss']}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: fit을 두 번 실행하면 history에는 마지막 것만 남습니다. / After two runs of fit, history holds only the last."
    )
    assert lengths == {"loss": 100, "val_loss": 100}, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 학습 손실이 충분히 내려가지 않았습니다. 에포크 수와 정규화를 확인하세요. / The training loss did not fall far enough. Check the number of epochs and the scaling.
""" # END TEST CONFIG
def test_training_loss_fell(history):
    from autograder import checks
    checks.expect_loss_fell(history, to_fraction=0.25)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 에포크마다 배치가 일곱 개가 아닙니다. batch_size와 validation_split을 확인하세요. / An epoch did not have seven batches. Check batch_size and validation_split.
""" # END TEST CONFIG
def test_seven_batches_an_epoch(history):
    from autograder import checks
    checks.expect_steps_per_epoch(history, 7)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: history의 마지막 val_loss가 이 모델이 마지막 27개 창에서 내는 손실과 다릅니다. history와 model이 같은 학습에서 나와야 합니다. / The last val_loss in history is not the loss of this model on the last 27 windows. Both have to come from the same training.
""" # END TEST CONFIG
def test_history_belongs_to_this_model(model, history, X, Y):
    from autograder import checks
    claimed = float(checks.curve(history, "val_loss")[-1])
    held_out = slice(int(len(X) * 0.8), None)  # as Keras splits, however many windows there are
    measured = checks.root_mean_squared_error(Y, checks.predictions(model, X), part=held_out) ** 2
    checks.expect_close(claimed, measured, "last val_loss", tolerance=1e-6 + 0.03 * measured)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 평가와 손실 그래프 · Evaluate, and draw the loss
#
# `model.evaluate`로 `X`, `Y` 전체의 손실을 구해 `evaluation`에 담으세요(`verbose=0`). 둘째 칸에서는 `history.history`의
# `loss`와 `val_loss`를 한 그림에 그리세요. 그림은 채점하지 않지만 꼭 읽어 보세요.
#
# Get the loss over all of `X`, `Y` from `model.evaluate` and keep it in `evaluation` (`verbose=0`). In the second cell draw
# `loss` and `val_loss` of `history.history` in one picture. It is not graded, but do read it:
#
# - 둘 다 내려가 평평해지면 잘 배운 것입니다. · Both fall and flatten: it has learnt.
# - `loss`만 내려가고 `val_loss`가 다시 오르면 외우기(과적합)가 시작된 것입니다.<br>
#   Only `loss` falls while `val_loss` climbs again: it has begun to learn by heart (overfitting).
# - `val_loss`가 내내 위에 있으면 시험 구간이 더 어려운 것입니다. 여기서는 승객 수가 학습 때보다 훨씬 많습니다.<br>
#   `val_loss` stays above throughout: the later months are harder. Here they have far more passengers than those learnt from.
#
# 대개 0.002에서 0.006쯤이고, 운이 나쁜 실행에서는 더 클 수 있습니다. 줄인 값의 제곱이라 승객 수로는 아직 읽을 수 없습니다.
#
# Mostly it is some 0.002 to 0.006; in an unlucky run it may be more. It is the square of a scaled value, so it cannot be read as
# passengers yet.

# %% [raw]
# # BEGIN SOLUTION

# %%
# evaluation: one number, the mse over all windows
evaluation = model.evaluate(X, Y, verbose=0)  # SOLUTION

# %%
# loss and val_loss over the epochs, with a legend
# BEGIN SOLUTION
plt.plot(history.history["loss"], label="학습 · loss")
plt.plot(history.history["val_loss"], label="검증 · val_loss")
plt.xlabel("에포크 · epoch")
plt.ylabel("평균제곱오차 · mse")
plt.legend()
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
def test_evaluation_is_a_small_number(evaluation):
    import numpy as np
    message = (
        f"기댓값 expected: 숫자 하나 one number\n실제값 got: {type(evaluation).__name__}\n"
        "원인 likely cause: evaluation을 채우지 않았거나, compile에 metrics를 더 주었습니다. / evaluation is not filled in, or compile was given metrics."
    )
    assert np.size(evaluation) == 1 and isinstance(evaluation, (float, int, np.number)), message
    message = (
        f"기댓값 expected: 0 < evaluation < 1\n실제값 got: {float(evaluation):g}\n"
        "원인 likely cause: 정규화하지 않은 값으로 학습했습니다. / The model was trained on values that were not scaled."
    )
    assert 0 < float(evaluation) < 1, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: evaluation이 이 모델이 X 전체에서 내는 mse와 다릅니다. / evaluation is not the mse of this model over all of X.
""" # END TEST CONFIG
def test_evaluation_is_the_loss_over_all_windows(evaluation, model, X, Y):
    from autograder import checks
    measured = checks.root_mean_squared_error(Y, checks.predictions(model, X)) ** 2
    checks.expect_close(evaluation, measured, "evaluation", tolerance=1e-6 + 0.03 * measured)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ### 9. 예측하고 승객 수로 되돌리기 · Predict, and turn back into passengers
#
# `pred`에 `X` 전체에 대한 모델의 예측을, `predicted`에는 그것을 승객 수로 되돌린 값을, `actual`에는 `Y`를 되돌린 값을
# 담으세요. 세 배열 모두 `(132, 1)`입니다. 되돌릴 때는 2단계의 **같은** `scaler`를 쓰세요. 새로 맞춘 스케일러는 예측의
# 최솟값과 최댓값을 기억하므로 다른 자로 재는 셈이 됩니다.
#
# Put the model's forecasts for all of `X` in `pred`, those same forecasts as passengers in `predicted`, and `Y` as passengers
# in `actual`. All three are `(132, 1)`. Use the **same** `scaler` as in step 2: a newly fitted one would remember the minimum
# and maximum of the forecasts, which is measuring with another ruler.
#
# $$x = x' \times (622 - 104) + 104 \qquad 0.0212 \rightarrow 115$$
#
# 첫 창은 1949년의 열두 달이므로 첫 정답 `actual[0]`은 1950년 1월, 115여야 합니다. 이런 한 칸 확인이 실수를 가장 빨리
# 잡아냅니다.
#
# The first window is the twelve months of 1949, so the first answer, `actual[0]`, has to be January 1950: 115. Looking at one
# known value like this catches mistakes faster than anything else.

# %% [raw]
# # BEGIN SOLUTION

# %%
# pred: scaled forecasts;  predicted, actual: passengers.  All (132, 1)
pred = model.predict(X, verbose=0)  # SOLUTION
predicted = scaler.inverse_transform(pred)  # SOLUTION
actual = scaler.inverse_transform(Y)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_shapes_and_the_first_month(pred, predicted, actual):
    import numpy as np
    shapes = [getattr(value, "shape", None) for value in (pred, predicted, actual)]
    message = (
        f"기댓값 expected: pred, predicted, actual (132, 1)\n실제값 got: {shapes}\n"
        "원인 likely cause: 아직 채우지 않았거나, 모델이 창마다 여러 값을 냅니다. / Not filled in yet, or the model gives several values for a window."
    )
    assert shapes == [(132, 1)] * 3, message
    first = float(np.asarray(actual).ravel()[0])
    cause = "창이 한 칸 밀렸거나 다른 스케일러를 썼습니다. / The windows are shifted, or another scaler was used."
    if 0 <= first <= 1:
        cause = "아직 줄인 값입니다. 되돌리지 않았습니다. / This is still scaled: it was not turned back."
    message = (
        f"기댓값 expected: actual[0] = 115\n실제값 got: {first:g}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: scaler의 inverse_transform을 보세요. / Look at inverse_transform of the scaler."
    )
    assert abs(first - 115) < 0.01, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: pred가 이 모델이 X에 대해 내는 값과 다릅니다. 학습이 끝난 뒤 다시 예측하세요. / pred is not what this model says about X. Predict again after training has ended.
""" # END TEST CONFIG
def test_forecasts_come_from_the_model(pred, model, X):
    from autograder import checks
    checks.expect_close(pred, checks.predictions(model, X), "pred", tolerance=5e-3)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: predicted가 pred를 승객 수로 되돌린 값이 아닙니다. 2단계의 scaler를 그대로 쓰세요. / predicted is not pred turned back into passengers. Use the scaler of step 2 as it is.
""" # END TEST CONFIG
def test_forecasts_are_passengers(pred, predicted):
    from autograder import checks
    import numpy as np
    checks.expect_shape(pred, (132, 1), "pred")
    checks.expect_close(predicted, np.asarray(pred, dtype=float) * 518 + 104, "predicted", tolerance=0.01)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: actual이 1950-01부터 1960-12까지의 승객 수가 아닙니다. / actual is not the passengers from 1950-01 to 1960-12.
""" # END TEST CONFIG
def test_actual_values_are_those_of_the_file(actual, reference):
    from autograder import checks
    checks.expect_close(actual, reference["actual"], "actual", tolerance=0.01)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q10

# %% [markdown]
# ### 10. 몇 명이나 틀렸을까 · How many passengers off?
#
# 평균제곱오차에 제곱근을 씌우면 단위가 다시 승객(천 명)이 됩니다. 함수 `rmse(actual, predicted)`를 쓰고 숫자 하나를
# 돌려주세요. 두 인자는 모양이 같은 배열입니다. 예: 정답 1, 2, 3에 예측 1, 2, 5라면 오차는 0, 0, 2이고 제곱의 평균은 4/3, 그
# 제곱근은 1.1547입니다.
#
# The square root of the mean squared error is in passengers (thousands) again. Write the function `rmse(actual, predicted)`,
# which returns one number; both arguments are arrays of one shape. For answers 1, 2, 3 and forecasts 1, 2, 5 the errors are
# 0, 0, 2, the mean of their squares is 4/3, and the root of that is 1.1547.
#
# 그런 다음 `predicted`와 `actual`에서 두 수를 구하세요. `train_rmse`는 모델이 배운 앞의 105개, `test_rmse`는 배우지 않은
# 뒤의 27개입니다. 배운 것에 대한 성적은 늘 후하므로 **둘을 따로** 보아야 합니다.
#
# Then get two numbers from `predicted` and `actual`: `train_rmse` over the first 105 windows, which the model learnt from, and
# `test_rmse` over the last 27, which it did not. Marks on what was learnt are always kind, so look at the two **apart**.

# %% [raw]
# # BEGIN SOLUTION

# %%
def rmse(actual, predicted):
    """Root mean squared error, one number."""
    # BEGIN SOLUTION
    return float(np.sqrt(mean_squared_error(actual, predicted)))
    # END SOLUTION

# %%
train_size = 105  # the first 80 % of the 132 windows
# train_rmse, test_rmse: numbers, in thousands of passengers
train_rmse = rmse(actual[:train_size], predicted[:train_size])  # SOLUTION
test_rmse = rmse(actual[train_size:], predicted[train_size:])  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_rmse_of_three_values(rmse):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(rmse).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(rmse), message
    result = rmse(np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [2.0], [5.0]]))
    message = (
        f"기댓값 expected: 1.1547\n실제값 got: {type(result).__name__}\n"
        "원인 likely cause: return이 없거나 숫자 하나가 아닙니다. / There is no return, or it is not one number."
    )
    assert np.size(result) == 1 and isinstance(result, (float, int, np.number, np.ndarray)), message
    value = float(np.ravel(result)[0])
    cause = "제곱, 평균, 제곱근의 순서를 보세요. / Look at the order: square, mean, root."
    if abs(value - 4 / 3) < 1e-6:
        cause = "제곱근을 씌우지 않았습니다. / The root is missing."
    elif abs(value - 2 / 3) < 1e-6:
        cause = "제곱 대신 절댓값을 썼습니다. / Absolute values were used instead of squares."
    message = (
        f"기댓값 expected: 1.1547\n실제값 got: {value:g}\n원인 likely cause: {cause}"
    )
    assert abs(value - 1.154701) < 1e-4, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: rmse 함수를 다른 값으로 부르면 결과가 다릅니다. 함수가 인자만 쓰는지 보세요. / With other values the function rmse gives a wrong result. See whether it uses only its arguments.
""" # END TEST CONFIG
def test_rmse_of_other_values(rmse):
    import numpy as np
    from autograder import checks
    for actual, predicted in (([[112.0], [118.0]], [[109.0], [122.0]]), ([[5.0], [5.0], [8.0], [1.0]], [[4.0], [7.0], [8.0], [2.5]])):
        expected = checks.root_mean_squared_error(actual, predicted)
        checks.expect_close(rmse(np.array(actual), np.array(predicted)), expected, "rmse", tolerance=1e-4)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: train_rmse가 actual과 predicted의 앞 105개에서 다시 계산한 값과 다릅니다. / train_rmse is not what the first 105 values of actual and predicted give.
""" # END TEST CONFIG
def test_train_rmse_follows_from_the_forecasts(train_rmse, actual, predicted):
    from autograder import checks
    again = checks.root_mean_squared_error(actual, predicted, part=slice(None, 105))
    checks.expect_close(train_rmse, again, "train_rmse", tolerance=0.01)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: test_rmse가 actual과 predicted의 뒤 27개에서 다시 계산한 값과 다릅니다. / test_rmse is not what the last 27 values of actual and predicted give.
""" # END TEST CONFIG
def test_test_rmse_follows_from_the_forecasts(test_rmse, actual, predicted):
    from autograder import checks
    again = checks.root_mean_squared_error(actual, predicted, part=slice(105, None))
    checks.expect_close(test_rmse, again, "test_rmse", tolerance=0.01)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 배운 구간에서 모델의 오차가 기준보다 큽니다. 창, 정규화, 에포크 수를 확인하세요. / On the months it learnt from, the error of the model is above the threshold. Check windows, scaling and epochs.
""" # END TEST CONFIG
def test_model_has_learnt_the_training_months(model, X, reference, calibration):
    from autograder import checks
    # on the reference's windows: an answer leaked into X helps nobody here
    error = checks.forecast_rmse(model, reference["X"], reference["actual"], low=104, high=622, part=slice(None, 105))
    checks.expect_below(error, calibration["train_rmse"], "train_rmse of the model")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 배우지 않은 마지막 27개월에서 모델의 오차가 기준보다 큽니다. / On the last 27 months, which it did not learn from, the error of the model is above the threshold.
""" # END TEST CONFIG
def test_model_carries_over_to_later_months(model, X, reference, calibration):
    from autograder import checks
    error = checks.forecast_rmse(model, reference["X"], reference["actual"], low=104, high=622, part=slice(105, None))
    checks.expect_below(error, calibration["test_rmse"], "test_rmse of the model")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q11

# %% [markdown]
# ### 11. 배우지 않은 예측과 겨루기 · Compete with forecasts that learn nothing
#
# RMSE가 25라면 좋은 걸까요? 숫자 하나로는 알 수 없습니다. 아무것도 배우지 않는 **단순 예측**을 기준으로 삼아야 합니다.
#
# Is an RMSE of 25 good? One number alone cannot tell. It needs a **naive forecast**, one that learns nothing, beside it:
#
# - `naive_last`: 다음 달은 이번 달과 같다, 곧 창의 마지막 값. · next month is like this month: the last value of the window.
# - `naive_mean`: 다음 달은 지난 열두 달의 평균과 같다. · next month is the mean of the window's twelve months.
#
# 둘 다 승객 수이며 `(132, 1)`입니다. 창 `X`에서 구해 `scaler`로 되돌리세요. 1949년의 마지막 달은 118, 평균은 126.67이므로
# 이것이 각각의 첫 값입니다. 그리고 10단계처럼 앞 105개와 뒤 27개의 오차를 구하세요. 변수는 `naive_last_train_rmse`,
# `naive_last_test_rmse`, `naive_mean_train_rmse`, `naive_mean_test_rmse`입니다.
#
# Both are passengers, of shape `(132, 1)`. Get them from the windows in `X` and turn them back with `scaler`. The last month of
# 1949 has 118 and the year's mean is 126.67, so these are their first values. Then get the errors over the first 105 and the
# last 27, as in step 10, in `naive_last_train_rmse`, `naive_last_test_rmse`, `naive_mean_train_rmse` and `naive_mean_test_rmse`.
#
# 채점에서는 모델이 배운 구간에서 가장 단순한 예측, 곧 모든 달을 앞 105개의 평균 하나로 맞히는 예측(오차 90.60)을 이기는지만
# 봅니다. `naive_last`나 `naive_mean`도 대개 이기지만, Adam의 마지막 걸음이 나쁘면 지는 때도 있어서 채점하지 않습니다. 마지막
# 칸에서는 뒤의 27개월을 포함해 `actual`과 `predicted`를 한 그림에 그리고, 학습이 끝난 자리에 세로선을 그으세요(채점하지 않습니다).
#
# Grading asks only that your model beats the simplest forecast of all on the months it learnt from: the mean of those 105 for
# every month (its error is 90.60). It usually beats `naive_last` and `naive_mean`, too, but now and then Adam's last step is a bad
# one and it does not, so that is not graded. In the last
# cell draw `actual` and `predicted` in one picture, with a vertical line where training ended (not graded).

# %% [raw]
# # BEGIN SOLUTION

# %%
# naive_last, naive_mean: arrays (132, 1), passengers
naive_last = scaler.inverse_transform(X[:, -1])  # SOLUTION
naive_mean = scaler.inverse_transform(X.mean(axis=1))  # SOLUTION
# their errors over the first 105 and the last 27 windows
naive_last_train_rmse = rmse(actual[:train_size], naive_last[:train_size])  # SOLUTION
naive_last_test_rmse = rmse(actual[train_size:], naive_last[train_size:])  # SOLUTION
naive_mean_train_rmse = rmse(actual[:train_size], naive_mean[:train_size])  # SOLUTION
naive_mean_test_rmse = rmse(actual[train_size:], naive_mean[train_size:])  # SOLUTION
# BEGIN SOLUTION NO PROMPT
pd.DataFrame(
    {
        "train": [train_rmse, naive_last_train_rmse, naive_mean_train_rmse],
        "test": [test_rmse, naive_last_test_rmse, naive_mean_test_rmse],
    },
    index=["LSTM", "last month", "mean of the window"],
).round(1)
# END SOLUTION

# %%
# actual and predicted over time, and where training ended
# BEGIN SOLUTION
plt.figure(figsize=(12, 6))
plt.plot(actual, label="실제값 · actual")
plt.plot(predicted, label="예측값 · predicted")
plt.axvline(train_size, color="gray", linestyle="--", label="학습이 끝난 자리 · end of training")
plt.ylabel("승객 (천 명) · passengers")
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
def test_first_naive_forecasts(naive_last, naive_mean):
    import numpy as np
    shapes = [getattr(value, "shape", None) for value in (naive_last, naive_mean)]
    message = (
        f"기댓값 expected: naive_last, naive_mean (132, 1)\n실제값 got: {shapes}\n"
        "원인 likely cause: 아직 채우지 않았거나, 시간 축이 아닌 다른 축을 썼습니다. / Not filled in yet, or another axis than time was used."
    )
    assert shapes == [(132, 1)] * 2, message
    last, mean = float(np.asarray(naive_last)[0, 0]), float(np.asarray(naive_mean)[0, 0])
    message = (
        f"기댓값 expected: naive_last[0] = 118, naive_mean[0] = 126.67\n실제값 got: {last:g}, {mean:g}\n"
        "원인 likely cause: 되돌리지 않았거나 다른 달을 골랐습니다. / Not turned back into passengers, or another month was taken."
    )
    assert abs(last - 118) < 0.01 and abs(mean - 126.6667) < 0.01, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: naive_last가 각 창의 마지막 달과 다릅니다. / naive_last is not the last month of each window.
""" # END TEST CONFIG
def test_last_month_forecast(naive_last, reference):
    from autograder import checks
    checks.expect_close(naive_last, reference["naive_last"], "naive_last", tolerance=0.01)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: naive_mean이 각 창의 열두 달 평균과 다릅니다. / naive_mean is not the mean of the twelve months of each window.
""" # END TEST CONFIG
def test_window_mean_forecast(naive_mean, reference):
    from autograder import checks
    checks.expect_close(naive_mean, reference["naive_mean"], "naive_mean", tolerance=0.01)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 단순 예측의 오차 네 개 가운데 다른 값이 있습니다. 앞 105개와 뒤 27개로 나누었는지 보세요. / One of the four errors of the naive forecasts differs. See whether you split into the first 105 and the last 27.
""" # END TEST CONFIG
def test_errors_of_the_naive_forecasts(naive_last_train_rmse, naive_last_test_rmse, naive_mean_train_rmse, naive_mean_test_rmse):
    from autograder import checks
    checks.expect_close(naive_last_train_rmse, 29.52, "naive_last_train_rmse", tolerance=0.02)
    checks.expect_close(naive_last_test_rmse, 50.74, "naive_last_test_rmse", tolerance=0.02)
    checks.expect_close(naive_mean_train_rmse, 42.15, "naive_mean_train_rmse", tolerance=0.02)
    checks.expect_close(naive_mean_test_rmse, 71.97, "naive_mean_test_rmse", tolerance=0.02)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 배운 구간에서 모델이 모든 달을 평균 하나로 맞히는 것보다 못합니다. 모델이 제대로 학습되었는지 확인하세요. / On the months it learnt from, the model is worse than one mean for every month. Check that it was trained.
""" # END TEST CONFIG
def test_model_beats_the_mean_of_the_months(model, X, actual, reference):
    import numpy as np
    from autograder import checks
    learnt = slice(None, 105)
    months = np.asarray(reference["actual"])[learnt]
    naive = checks.root_mean_squared_error(months, np.full_like(months, months.mean()))
    error = checks.forecast_rmse(model, reference["X"], reference["actual"], low=104, high=622, part=learnt)
    checks.expect_below(error, naive, "train_rmse of the model")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 12. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 배운 구간에서는 LSTM이 두 단순 예측을 대개 이깁니다. 그런데 배우지 않은 마지막 27개월에서는, 이렇게 작은 LSTM이 "다음 달도
# 이번 달과 같다"를 **늘 이기지는 못합니다**. 시작 가중치를 바꾸어 여러 번 실행했을 때 시험 RMSE는 대개 30에서 70 사이였고 드물게
# 100을 넘었습니다. 아무것도 배우지 않은 `naive_last`는 50.74입니다.
#
# On the months it learnt from, the LSTM usually beats both naive forecasts. But on the last 27, which it has not learnt from, an
# LSTM this small does **not always** beat "next month is like this month": in many runs from other first weights its test RMSE
# mostly lay between 30 and 70, and rarely above 100, while `naive_last`, which learns nothing, has 50.74.
#
# 1. 여러분의 표에서는 누가 이겼나요? 다시 실행하면 바뀌나요? 한 번의 실행으로 "LSTM이 낫다"고 말해도 될까요?<br>
#    Who won in your table, and does it change when you run again? May one run say that "the LSTM is better"?
# 2. 뒤의 27개월에서 예측이 어느 쪽으로, 어느 달에 가장 크게 빗나가나요? 학습 때 본 가장 큰 값과 견주어 보세요.<br>
#    In which direction and in which months are the last 27 forecasts furthest off? Compare with the largest value it was trained on.
# 3. "작년 같은 달과 같다"는 단순 예측은 시험 구간에서 47.19입니다. 왜 `naive_last`보다 낫고, 왜 그래도 빗나갈까요?<br>
#    The naive forecast "like the same month last year" has 47.19 on the test part. Why is it better than `naive_last`, and why
#    is it still off?
# 4. 우리는 뒤의 27개월의 `val_loss`를 보면서 작업했습니다. 그 성적은 정말 처음 보는 미래에 대한 성적일까요?<br>
#    We looked at `val_loss` of the last 27 months while working. Are the marks there really marks on an unseen future?
