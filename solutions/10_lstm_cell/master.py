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
# name: 10_lstm_cell
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # LSTM 셀을 손으로 만들기
# ## The LSTM cell, by hand
#
# **목표.** RNN과 LSTM의 한 걸음을 NumPy만으로 만들고, 순서열 전체로 이어 붙인 뒤, 같은 가중치를 준 Keras의 `SimpleRNN`,
# `LSTM`과 소수점 다섯째 자리까지 같은지 확인합니다. 그러고 나면 게이트를 직접 열고 닫으면서 셀이 무엇을 지우고 무엇을
# 남기는지 볼 수 있습니다. 학습은 없습니다. 안을 들여다보는 것이 전부입니다.
#
# **Goal.** You build one step of an RNN and of an LSTM with NumPy alone, join the steps to run over a whole sequence, and see
# that Keras's `SimpleRNN` and `LSTM`, given the same weights, agree to the fifth decimal. Then you open and shut the gates
# yourself and watch what the cell erases and what it keeps. Nothing is trained. This is all about looking inside.
#
# 열 단계이며, 단계마다 코드 칸의 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 여기서 보이는 검사를 모두 통과해도
# 채점할 때는 숨은 검사가 더 있습니다. 숨은 검사는 여러분의 함수를 **다른 크기**(샘플, 걸음, 특성, 유닛의 수)와 다른 값으로
# 불러 볼 뿐, 본문에 없는 것을 묻지 않습니다.
#
# There are ten steps. In each, replace the `...` and then run the `grader.check` below it. Grading runs further, hidden checks.
# They call your functions with **other sizes** (samples, steps, features, units) and other values, and never ask for anything
# that this text does not say.

# %% [markdown]
# ### 0. 생각의 그림 · The idea in one picture
#
# 보통의 Dense 층은 입력 하나를 보고 곧바로 잊습니다. **RNN**에는 기억 `h`가 있습니다. 걸음마다 이번 입력 `x_t`와 지난 기억을
# 함께 읽어 새 기억을 쓰고, 그것을 다음 걸음에 넘깁니다. 모든 걸음은 **같은** 가중치를 씁니다.
#
# A plain Dense layer looks at one input and forgets it at once. An **RNN** has a memory, `h`. At each step it reads this
# step's input `x_t` together with the memory so far, writes a new memory, and hands it to the next step. All steps use the
# **same** weights.
#
# ```text
#            x_1          x_2          x_3
#             |            |            |
#             v            v            v
#   h_0 ──> [RNN] ─h_1─> [RNN] ─h_2─> [RNN] ─h_3─>          h_0 = 0
# ```
#
# RNN은 걸음마다 기억을 **통째로** 다시 씁니다. 그래서 오래된 일은 금방 흐려집니다(9단계에서 눈으로 봅니다). **LSTM**은
# 컨베이어 벨트 같은 두 번째 기억, **셀 상태** `c`를 둡니다. 벨트 위의 값은 곱셈 하나와 덧셈 하나만 거치고, 그 자리마다
# **게이트**가 0(닫힘)과 1(열림) 사이에서 얼마나 통과시킬지 정합니다.
#
# An RNN rewrites **all** of its memory at every step, so what is long past soon fades (you will see it in step 9). An **LSTM**
# has a second memory like a conveyor belt, the **cell state** `c`. What lies on the belt meets one multiplication and one
# addition only, and at each of these a **gate** between 0 (shut) and 1 (open) says how much gets through.
#
# ```text
#   c_{t-1} ────────> ( × ) ─────────> ( + ) ──────────┬───────────> c_t    벨트 · the belt
#                       ↑                ↑             │
#                       │              ( × )         tanh
#                       │              ↑   ↑           │
#                       f              i   c̃           └──> ( × ) ──> h_t   출력 · what goes out
#                    forget        input   candidate          ↑
#                     망각          입력     후보               o  output 출력
#
#   f, i, c̃, o 는 모두 x_t 와 h_{t-1} 에서 계산합니다 · all four are computed from x_t and h_{t-1}
# ```
#
# | 이름 · name | 하는 일 · what it does |
# |---|---|
# | `f` 망각 게이트(1이 '남긴다'여서 기억 벡터라고도 합니다) · forget gate (also called remember vector, since 1 keeps) | 지난 셀 상태에 곱합니다: 0이면 지우고 1이면 남깁니다 · multiplies the old cell state: 0 erases it, 1 keeps it |
# | `i` 입력 게이트 · input gate | 후보를 얼마나 더할지 · how much of the candidate is added |
# | `c̃` 후보 · candidate | 벨트에 올릴 새 내용, -1과 1 사이 · the new content, between -1 and 1 |
# | `o` 출력 게이트 · output gate | 벨트의 내용을 얼마나 밖으로 보일지 · how much of the belt is shown outside |
#
# **손으로 한 걸음.** 벨트에 2가 있고 f = 0.9, i = 0.5, c̃ = -0.4, o = 0.8이라면:
#
# **One step by hand.** With 2 on the belt and f = 0.9, i = 0.5, c̃ = -0.4, o = 0.8:
#
# $$c_t = 0.9 \times 2 + 0.5 \times (-0.4) = 1.6 \qquad h_t = 0.8 \times \tanh(1.6) = 0.8 \times 0.9217 = 0.7373$$
#
# 이 두 수를 5단계에서 여러분의 함수가 내놓아야 합니다(그 검사가 네 부분을 이 값으로 만드는 편향을 넣습니다). · In step 5 your
# function has to give these two numbers (the check there puts in biases that make the four parts these values).

# %%
import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import keras
import matplotlib.pyplot as plt
import numpy as np
from keras.layers import LSTM, SimpleRNN
from keras.models import Sequential

# %% [markdown]
# **주어진 것.** 아래 칸은 작은 순서열 묶음과 가중치를 만듭니다. 그대로 실행하세요. 이 노트북의 모든 수가 여기서 나옵니다.
#
# **Given.** The next cell makes a small batch of sequences and the weights. Run it as it is; every number of this notebook
# comes from here.
#
# | 이름 · name | 모양 · shape | 뜻 · meaning |
# |---|---|---|
# | `x` | (2, 6, 3) | 샘플 2개, 걸음 6개, 특성 3개 · 2 samples, 6 steps, 3 features |
# | `rnn_kernel` | (3, 4) | 입력에서 유닛 4개로 · from the input to 4 units |
# | `rnn_recurrent_kernel` | (4, 4) | 지난 기억에서 유닛으로 · from the memory to the units |
# | `rnn_bias` | (4,) | 유닛마다 하나 · one per unit |
# | `kernel`, `recurrent_kernel`, `bias` | (3, 16), (4, 16), (16,) | LSTM의 것: 작은 층 **넷**이 옆으로 나란히 · those of the LSTM: **four** small layers side by side |

# %%
rng = np.random.default_rng(7)
samples, steps, features, units = 2, 6, 3, 4
x = rng.normal(size=(samples, steps, features))

rnn_kernel = rng.normal(scale=0.5, size=(features, units))
rnn_recurrent_kernel = rng.normal(scale=0.5, size=(units, units))
rnn_bias = rng.normal(scale=0.5, size=units)

kernel = rng.normal(scale=0.5, size=(features, 4 * units))
recurrent_kernel = rng.normal(scale=0.5, size=(units, 4 * units))
bias = rng.normal(scale=0.5, size=4 * units)

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. 게이트의 함수, 시그모이드 · The gates' function, the sigmoid
#
# 게이트는 0과 1 사이여야 합니다. 어떤 수든 그 사이로 보내는 함수가 시그모이드입니다.
#
# A gate has to lie between 0 and 1. The sigmoid sends any number there.
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} \qquad \sigma(-2) = 0.1192 \qquad \sigma(0) = 0.5 \qquad \sigma(2) = 0.8808$$
#
# 후보 `c̃`와 기억 `h`에는 tanh를 씁니다. 둘은 모양이 닮았지만 범위가 다릅니다: 시그모이드는 0에서 1(비율), tanh는 -1에서
# 1(내용, 부호 있음). tanh는 NumPy에 있으니 시그모이드만 쓰면 됩니다.
#
# The candidate `c̃` and the memory `h` use tanh. The two look alike, but their ranges differ: sigmoid 0 to 1 (a share), tanh -1
# to 1 (content, with a sign). NumPy has tanh, so you only need to write the sigmoid.
#
# 함수 `sigmoid(z)`는 어떤 모양의 배열이든 받아 **같은 모양**의 배열을 돌려줍니다. 반복문은 필요 없습니다.
#
# The function `sigmoid(z)` takes an array of any shape and returns one of the **same shape**. No loop is needed.

# %% [raw]
# # BEGIN SOLUTION

# %%
def sigmoid(z):
    """z: array of any shape -> array of the same shape, values between 0 and 1"""
    # BEGIN SOLUTION
    return 1 / (1 + np.exp(-z))
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
def test_sigmoid_of_three_values(sigmoid):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(sigmoid).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(sigmoid), message
    result = sigmoid(np.array([-2.0, 0.0, 2.0]))
    message = (
        f"기댓값 expected: 값 3개의 배열 an array of 3 values\n실제값 got: {type(result).__name__}\n"
        "원인 likely cause: return이 없습니다. / There is no return."
    )
    assert result is not None and np.shape(result) == (3,), message
    found = np.asarray(result, dtype=float).round(4).tolist()
    cause = "식의 괄호나 부호를 보세요. / Look at the brackets and signs of the formula."
    if found == [0.8808, 0.5, 0.1192]:
        cause = "지수의 부호가 반대입니다. / The sign of the exponent is the wrong way round."
    elif min(found) < 0:
        cause = "음수가 나옵니다. 시그모이드가 아니라 tanh인가요? / There are negative values. Is this tanh and not the sigmoid?"
    message = (
        f"기댓값 expected: [0.1192, 0.5, 0.8808]\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 지수 함수는 np.exp입니다. / The exponential function is np.exp."
    )
    assert found == [0.1192, 0.5, 0.8808], message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: sigmoid가 2차원이나 3차원 배열에서 같은 모양의 올바른 값을 돌려주지 않습니다. / On an array of two or three axes sigmoid does not give right values of the same shape.
""" # END TEST CONFIG
def test_sigmoid_works_on_arrays_of_any_shape(sigmoid):
    import numpy as np
    from autograder import checks
    rng = np.random.default_rng(101)
    for shape in ((5, 4), (2, 3, 6), (1,)):
        logits = rng.normal(scale=3, size=shape)
        result = sigmoid(logits)
        checks.expect_shape(result, shape, "sigmoid(z)")
        checks.expect_close(result, np.exp(-np.logaddexp(0, -logits)), "sigmoid(z)", tolerance=1e-6)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: sigmoid의 값이 0과 1 사이에서 끝까지 열리고 닫히지 않습니다. 20과 -20을 넣어 보세요. / sigmoid does not open and shut all the way between 0 and 1. Try 20 and -20.
""" # END TEST CONFIG
def test_sigmoid_opens_and_shuts_all_the_way(sigmoid):
    import numpy as np
    from autograder import checks
    far = np.array([-20.0, -10.0, 10.0, 20.0])
    result = sigmoid(far)
    checks.expect_within(result, 0, 1, "sigmoid(z)")
    checks.expect_close(result, [2.0612e-9, 4.5398e-5, 0.9999546, 1.0], "sigmoid([-20, -10, 10, 20])", tolerance=1e-6)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. RNN의 한 걸음 · One step of an RNN
#
# $$h_t = \tanh(x_t W + h_{t-1} U + b)$$
#
# | 식 · formula | 인자 · argument | 모양 · shape |
# |---|---|---|
# | $x_t$ | `x_t` | (samples, features) |
# | $h_{t-1}$ | `h` | (samples, units) |
# | $W$ | `kernel` | (features, units) |
# | $U$ | `recurrent_kernel` | (units, units) |
# | $b$ | `bias` | (units,) |
#
# 행렬곱은 `@`로 씁니다. (samples, features) `@` (features, units)는 (samples, units)가 되므로 샘플을 하나씩 돌 필요가
# 없습니다. 특성과 유닛의 수가 같으면 `kernel`과 `recurrent_kernel`을 바꾸어도 오류가 나지 **않으니** 조심하세요.
#
# Write a matrix product as `@`. (samples, features) `@` (features, units) gives (samples, units), so there is no need to loop
# over the samples. Careful: with as many features as units, swapping `kernel` and `recurrent_kernel` raises **no** error.
#
# 손으로: x = 1, h = 0.5, W = 2, U = -1, b = 0.25이면 2 - 0.5 + 0.25 = 1.75, tanh(1.75) = 0.9414입니다.
#
# By hand: with x = 1, h = 0.5, W = 2, U = -1, b = 0.25 we get 2 - 0.5 + 0.25 = 1.75, and tanh(1.75) = 0.9414.

# %% [raw]
# # BEGIN SOLUTION

# %%
def rnn_step(x_t, h, kernel, recurrent_kernel, bias):
    """One step: the memory after reading x_t, array (samples, units)"""
    # BEGIN SOLUTION
    return np.tanh(x_t @ kernel + h @ recurrent_kernel + bias)
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
def test_rnn_step_worked_by_hand(rnn_step):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(rnn_step).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(rnn_step), message
    result = rnn_step(np.array([[1.0]]), np.array([[0.5]]), np.array([[2.0]]), np.array([[-1.0]]), np.array([0.25]))
    message = (
        f"기댓값 expected: 모양 shape (1, 1)\n실제값 got: {type(result).__name__}, shape {np.shape(result)}\n"
        "원인 likely cause: return이 없거나 축 하나가 사라졌습니다. / There is no return, or an axis got lost."
    )
    assert result is not None and np.shape(result) == (1, 1), message
    value = float(np.asarray(result, dtype=float)[0, 0])
    causes = {
        0.8520: "tanh 대신 시그모이드를 썼습니다. / The sigmoid was used instead of tanh.",
        0.9051: "편향을 더하지 않았습니다. / The bias was not added.",
        0.2449: "두 가중치 행렬이 서로 바뀌었습니다. / The two weight matrices are swapped.",
        1.75: "tanh를 씌우지 않았습니다. / tanh is missing.",
        0.9780: "지난 기억을 쓰지 않았습니다. / The memory so far was not used.",
    }
    cause = next((text for wrong, text in causes.items() if abs(value - wrong) < 1e-3), "식을 한 항씩 계산해 보세요. / Work the formula out term by term.")
    message = (
        f"기댓값 expected: 0.9414\n실제값 got: {value:.4f}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 항은 셋입니다: 입력, 지난 기억, 편향. / There are three terms: input, memory, bias."
    )
    assert abs(value - 0.941376) < 1e-4, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 여러 샘플을 함께 넣으면 rnn_step의 모양이나 값이 다릅니다. / With several samples at once the shape or the values of rnn_step differ.
""" # END TEST CONFIG
def test_rnn_step_on_a_batch_of_other_sizes(rnn_step):
    import numpy as np
    from autograder import checks
    rng = np.random.default_rng(202)
    for n, d, m in ((5, 3, 2), (1, 2, 6), (7, 1, 3)):
        now, before, w, u, b = (rng.normal(scale=0.6, size=shape) for shape in ((n, d), (n, m), (d, m), (m, m), (m,)))
        wanted = np.tanh(np.einsum("nd,dm->nm", now, w) + np.einsum("nk,km->nm", before, u) + b)
        result = rnn_step(now, before, w, u, b)
        checks.expect_shape(result, (n, m), "rnn_step(...)")
        checks.expect_close(result, wanted, "rnn_step(...)", tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 특성과 유닛의 수가 같을 때 rnn_step의 값이 다릅니다. 어느 행렬이 입력에, 어느 행렬이 기억에 곱해지나요. / With as many features as units rnn_step differs. Which matrix goes with the input, and which with the memory.
""" # END TEST CONFIG
def test_rnn_step_tells_its_two_matrices_apart(rnn_step):
    import numpy as np
    from autograder import checks
    rng = np.random.default_rng(203)
    now, before, w, u, b = (rng.normal(scale=0.6, size=shape) for shape in ((4, 4), (4, 4), (4, 4), (4, 4), (4,)))
    wanted = np.tanh(np.einsum("nd,dm->nm", now, w) + np.einsum("nk,km->nm", before, u) + b)
    checks.expect_close(rnn_step(now, before, w, u, b), wanted, "rnn_step(...)", tolerance=1e-5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 순서열 전체로 · Over a whole sequence
#
# `rnn_forward(x, kernel, recurrent_kernel, bias)`는 0으로 채운 기억에서 시작해 걸음마다 `rnn_step`을 부르고, **모든** 걸음의
# 기억을 모아 돌려줍니다. `x`는 (samples, steps, features), 결과는 (samples, steps, units)입니다. Keras에서
# `return_sequences=True`라고 할 때 나오는 바로 그것입니다.
#
# `rnn_forward(x, kernel, recurrent_kernel, bias)` starts from a memory of zeros, calls `rnn_step` at each step, and returns the
# memories of **all** steps. `x` is (samples, steps, features), the result (samples, steps, units): just what Keras gives with
# `return_sequences=True`.
#
# ```text
#   x[:, 0] ──> h_1 ──┐
#   x[:, 1] ──> h_2 ──┼──>  (samples, steps, units)         걸음은 둘째 축 · steps are the second axis
#   x[:, 2] ──> h_3 ──┘
# ```
#
# - 걸음은 `x`의 **둘째** 축입니다. `for x_t in x`는 샘플을 돕니다. · Steps are the **second** axis of `x`; `for x_t in x` walks
#   over the samples.
# - 유닛의 수는 `recurrent_kernel.shape[0]`에서 알 수 있습니다. 함수 안에 4나 6을 적지 마세요. · The number of units is
#   `recurrent_kernel.shape[0]`. Write neither 4 nor 6 inside the function.
# - 기억의 목록을 배열로 쌓을 때는 `np.stack(목록, axis=1)`이 편합니다. · To pile a list of memories into an array,
#   `np.stack(the_list, axis=1)` is handy.

# %% [raw]
# # BEGIN SOLUTION

# %%
def rnn_forward(x, kernel, recurrent_kernel, bias):
    """The memories of all steps, array (samples, steps, units)"""
    # BEGIN SOLUTION
    h = np.zeros((x.shape[0], recurrent_kernel.shape[0]))
    memories = []
    for t in range(x.shape[1]):
        h = rnn_step(x[:, t], h, kernel, recurrent_kernel, bias)
        memories.append(h)
    return np.stack(memories, axis=1)
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
def test_a_single_pulse_fades_in_the_rnn(rnn_forward):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(rnn_forward).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(rnn_forward), message
    one = np.array([[1.0]])
    result = rnn_forward(np.array([[[1.0], [0.0], [0.0]]]), one, one, np.array([0.0]))
    shape = np.shape(result)
    cause = "아직 채우지 않았거나 축의 순서가 다릅니다. / Not filled in yet, or the axes are in another order."
    if shape == (1, 1):
        cause = "마지막 기억만 돌려줍니다. / Only the last memory is returned."
    elif shape == (3, 1, 1):
        cause = "걸음이 첫 축에 있습니다. / The steps are on the first axis."
    message = (
        f"기댓값 expected: 모양 shape (1, 3, 1)\n실제값 got: {type(result).__name__}, shape {shape}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 샘플, 걸음, 유닛의 순서입니다. / The order is samples, steps, units."
    )
    assert shape == (1, 3, 1), message
    found = np.asarray(result, dtype=float).ravel().round(4).tolist()
    cause = "걸음을 하나씩 손으로 따라가 보세요. / Follow the steps by hand, one by one."
    if found == [0.7616, 0.0, 0.0]:
        cause = "기억이 다음 걸음으로 넘어가지 않습니다. / The memory is not handed to the next step."
    elif found == [0.0, 0.0, 0.7616]:
        cause = "순서열을 뒤에서부터 읽었습니다. / The sequence was read from its end."
    message = (
        "입력 1, 0, 0, 모든 가중치 1, 편향 0 / input 1, 0, 0, all weights 1, bias 0\n"
        f"기댓값 expected: [0.7616, 0.642, 0.5663]\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: tanh(1), 그 결과의 tanh, 다시 그 결과의 tanh입니다. / It is tanh of 1, then tanh of that, then tanh of that."
    )
    assert np.allclose(found, [0.7616, 0.642, 0.5663], atol=2e-4), message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 같은 가중치를 준 Keras의 SimpleRNN과 rnn_forward가 다릅니다. / rnn_forward differs from Keras SimpleRNN with the same weights.
""" # END TEST CONFIG
def test_rnn_forward_equals_keras(rnn_forward):
    import keras
    import numpy as np
    from autograder import checks
    rng = np.random.default_rng(301)
    for n, length, d, m in ((3, 5, 2, 4), (4, 4, 4, 4), (1, 12, 1, 7)):
        layer = keras.layers.SimpleRNN(m, return_sequences=True)
        batch = rng.normal(size=(n, length, d)).astype("float32")
        layer.build(batch.shape)
        layer.set_weights([rng.normal(scale=0.5, size=one.shape) for one in layer.get_weights()])
        wanted = keras.ops.convert_to_numpy(layer(batch))
        result = rnn_forward(batch, *layer.get_weights())
        checks.expect_shape(result, wanted.shape, "rnn_forward(...)")
        checks.expect_close(result, wanted, "rnn_forward(...)", tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 뒤의 입력을 바꾸었더니 앞의 기억이 바뀌거나, 앞의 입력을 바꾸었는데 뒤의 기억이 그대로입니다. / A later input changes an earlier memory, or an earlier input leaves the later memories as they were.
""" # END TEST CONFIG
def test_memory_flows_from_the_past_to_the_future_only(rnn_forward):
    import numpy as np
    rng = np.random.default_rng(302)
    w, u, b = rng.normal(size=(2, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)
    first = rng.normal(size=(2, 6, 2))
    second = first.copy()
    second[:, 3] = second[:, 3] + 0.5
    change = np.abs(np.asarray(rnn_forward(second, w, u, b)) - np.asarray(rnn_forward(first, w, u, b))).max(axis=(0, 2))
    assert change.shape == (6,), f"expected 6 steps, got {change.shape}"
    assert change[:3].max() < 1e-9, f"an input at step 4 changed the memory of steps 1 to 3 by {change[:3].max():.3g}"
    assert change[3:].min() > 1e-6, f"an input at step 4 left a later memory as it was: {change[3:].round(6).tolist()}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. LSTM의 네 부분 · The four parts of the LSTM
#
# LSTM 안에는 작은 층이 넷 있고, 넷 모두 똑같은 것을 읽습니다. 그래서 Keras는 네 가중치를 옆으로 이어 붙여 한 번에 곱합니다.
# 순서는 **i, f, c̃, o**(입력, 망각, 후보, 출력)이고, 하나가 `units`개의 열을 차지합니다.
#
# An LSTM holds four small layers, and all four read the same things. So Keras joins their weights side by side and multiplies
# once. The order is **i, f, c̃, o** (input, forget, candidate, output), and each takes `units` columns.
#
# $$z = x_t W + h_{t-1} U + b$$
#
# ```text
#               units     units     units     units
#            ┌─────────┬─────────┬─────────┬─────────┐
#        z = │    i    │    f    │    c̃    │    o    │      (samples, 4 × units)
#            └─────────┴─────────┴─────────┴─────────┘
#              sigmoid   sigmoid    tanh     sigmoid
# ```
#
# `lstm_gates(x_t, h, kernel, recurrent_kernel, bias)`는 네 배열을 **i, f, 후보, o** 순서로 돌려줍니다. 하나하나의 모양은
# (samples, units)입니다. 열을 네 조각으로 **잇따라** 자르는 데는 `np.split(z, 4, axis=1)`이 있습니다. 축을 적지 않으면 행,
# 곧 샘플을 자릅니다.
#
# `lstm_gates(x_t, h, kernel, recurrent_kernel, bias)` returns four arrays in the order **i, f, candidate, o**, each of shape
# (samples, units). To cut the columns into four **consecutive** pieces there is `np.split(z, 4, axis=1)`. Without the axis it cuts
# the rows, that is, the samples.

# %% [raw]
# # BEGIN SOLUTION

# %%
def lstm_gates(x_t, h, kernel, recurrent_kernel, bias):
    """i, f, candidate, o: four arrays (samples, units)"""
    # BEGIN SOLUTION
    z = x_t @ kernel + h @ recurrent_kernel + bias
    z_i, z_f, z_c, z_o = np.split(z, 4, axis=1)
    return sigmoid(z_i), sigmoid(z_f), np.tanh(z_c), sigmoid(z_o)
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
def test_four_parts_of_one_unit(lstm_gates):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(lstm_gates).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(lstm_gates), message
    result = lstm_gates(np.array([[1.0]]), np.array([[0.0]]), np.array([[0.0, 1.0, 2.0, -1.0]]), np.zeros((1, 4)), np.zeros(4))
    shapes = None if result is None else [np.shape(part) for part in result]
    message = (
        f"기댓값 expected: 모양이 (1, 1)인 배열 4개 four arrays of shape (1, 1)\n실제값 got: {shapes}\n"
        "원인 likely cause: return이 없거나, 열이 아니라 행을 잘랐습니다. / There is no return, or rows were cut instead of columns."
    )
    assert shapes == [(1, 1)] * 4, message
    found = [round(float(np.asarray(part, dtype=float)[0, 0]), 4) for part in result]
    expected = [0.5, 0.7311, 0.964, 0.2689]
    cause = "조각을 하나씩 출력해 보세요. / Print the pieces one by one."
    if np.allclose(sorted(found), sorted(expected), atol=2e-4):
        cause = "네 값은 맞지만 순서가 다릅니다. / The four values are right, but in another order."
    elif abs(found[2] - 0.8808) < 1e-3:
        cause = "후보에 tanh 대신 시그모이드를 썼습니다. / The candidate went through the sigmoid instead of tanh."
    elif found[3] < 0 or abs(found[0]) < 1e-9:
        cause = "게이트에 시그모이드 대신 tanh를 썼습니다. / A gate went through tanh instead of the sigmoid."
    elif any(abs(one - other) < 1e-3 for one, other in zip(found[:2], (0.8808, 0.8808))):
        cause = "조각의 순서가 i, f, c, o가 아닙니다. / The pieces are not in the order i, f, c, o."
    message = (
        "z = [0, 1, 2, -1]\n"
        f"기댓값 expected: i, f, candidate, o = {expected}\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 시그모이드는 게이트 셋에, tanh는 후보에만 씁니다. / The sigmoid is for the three gates, tanh for the candidate only."
    )
    assert np.allclose(found, expected, atol=2e-4), message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 샘플과 유닛이 여럿일 때 네 부분의 값이 다릅니다. 열을 네 조각으로 잇따라 잘랐는지 보세요. / With several samples and units the four parts differ. See whether the columns were cut into four consecutive pieces.
""" # END TEST CONFIG
def test_four_parts_of_many_units(lstm_gates):
    import numpy as np
    from autograder import checks
    rng = np.random.default_rng(401)
    for n, d, m in ((4, 3, 4), (2, 5, 3), (8, 2, 2)):
        now, before, w, u, b = (rng.normal(scale=0.6, size=shape) for shape in ((n, d), (n, m), (d, 4 * m), (m, 4 * m), (4 * m,)))
        total = np.einsum("nd,dm->nm", now, w) + np.einsum("nk,km->nm", before, u) + b
        parts = lstm_gates(now, before, w, u, b)
        assert len(parts) == 4, f"expected 4 parts, got {len(parts)}"
        for place, name in enumerate(("i", "f", "candidate", "o")):
            piece = total[:, place * m:(place + 1) * m]
            wanted = np.tanh(piece) if name == "candidate" else 0.5 + 0.5 * np.tanh(piece / 2)
            checks.expect_shape(parts[place], (n, m), name)
            checks.expect_close(parts[place], wanted, name, tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 특성과 유닛의 수로 보아 같은 모양인 두 행렬이 뒤바뀌었거나, 편향이나 지난 기억이 게이트에 닿지 않습니다. / Two matrices of the same shape are swapped, or the bias or the memory does not reach the gates.
""" # END TEST CONFIG
def test_gates_read_input_memory_and_bias(lstm_gates):
    import numpy as np
    from autograder import checks
    none, ones = np.zeros((2, 2)), np.ones((2, 2))
    silent, loud = np.zeros((2, 8)), np.tile([0.5, -0.5, 0.25, 1.5, -1.0, 0.75, 2.0, -2.0], (2, 1))
    gate, candidate = np.vectorize(lambda v: round(0.5 + 0.5 * float(np.tanh(v / 2)), 9)), np.tanh
    cases = (("kernel", ones, none, loud, silent, np.zeros(8), 2.0), ("recurrent_kernel", none, ones, silent, loud, np.zeros(8), 2.0), ("bias", none, none, silent, silent, loud[0], 1.0))
    for name, now, before, w, u, b, times in cases:
        parts = lstm_gates(now, before, w, u, b)
        for place in range(4):
            piece = times * loud[:, 2 * place:2 * place + 2]
            wanted = candidate(piece) if place == 2 else gate(piece)
            checks.expect_close(parts[place], wanted, f"part {place + 1} of 4, only {name} set", tolerance=1e-5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. LSTM의 한 걸음 · One step of the LSTM
#
# 이제 0단계의 그림대로 네 부분을 잇습니다. ⊙는 같은 자리끼리의 곱(NumPy의 `*`)입니다.
#
# Now join the four parts as in the picture of step 0. ⊙ multiplies place by place (NumPy's `*`).
#
# $$c_t = f \odot c_{t-1} + i \odot \tilde{c} \qquad\qquad h_t = o \odot \tanh(c_t)$$
#
# `lstm_step(x_t, h, c, kernel, recurrent_kernel, bias)`는 새 `h`와 새 `c`를 **이 순서로** 돌려줍니다. `h`는 **새** 셀 상태에서
# 나옵니다. 방금 쓴 것이 바로 보여야 하니까요.
#
# `lstm_step(x_t, h, c, kernel, recurrent_kernel, bias)` returns the new `h` and the new `c`, **in this order**. `h` comes from the
# **new** cell state: what has just been written shows at once.

# %% [raw]
# # BEGIN SOLUTION

# %%
def lstm_step(x_t, h, c, kernel, recurrent_kernel, bias):
    """The new h and the new c, two arrays (samples, units)"""
    # BEGIN SOLUTION
    i, f, candidate, o = lstm_gates(x_t, h, kernel, recurrent_kernel, bias)
    c_next = f * c + i * candidate
    return o * np.tanh(c_next), c_next
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
def test_lstm_step_worked_by_hand(lstm_step):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(lstm_step).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(lstm_step), message
    # these biases give i = 0.5, f = 0.9, candidate = -0.4, o = 0.8, whatever is read
    by_hand = np.array([0.0, np.log(9), np.arctanh(-0.4), np.log(4)])
    result = lstm_step(np.zeros((1, 1)), np.zeros((1, 1)), np.array([[2.0]]), np.zeros((1, 4)), np.zeros((1, 4)), by_hand)
    shapes = None if result is None else [np.shape(part) for part in result]
    message = (
        f"기댓값 expected: h, c, 모양 shape (1, 1)\n실제값 got: {shapes}\n"
        "원인 likely cause: return이 없거나 하나만 돌려줍니다. / There is no return, or only one value."
    )
    assert shapes == [(1, 1), (1, 1)], message
    found_h, found_c = (round(float(np.asarray(part, dtype=float)[0, 0]), 4) for part in result)
    cause = "0단계의 손계산과 한 줄씩 비교하세요. / Compare with the calculation in step 0, line by line."
    if (found_h, found_c) == (1.6, 0.7373):
        cause = "c와 h의 순서가 바뀌었습니다. / c and h are in the wrong order."
    elif abs(found_c - 0.64) < 1e-3:
        cause = "망각 게이트와 입력 게이트가 바뀌었습니다. / Forget and input gate are swapped."
    elif abs(found_c - 1.4) < 1e-3:
        cause = "후보에 입력 게이트를 곱하지 않았습니다. / The candidate was not multiplied by the input gate."
    elif abs(found_c + 0.2) < 1e-3:
        cause = "지난 셀 상태가 이어지지 않습니다. / The old cell state is not carried on."
    elif abs(found_c - 1.6) < 1e-3 and abs(found_h - 0.7712) < 1e-3:
        cause = "h가 지난 셀 상태에서 나옵니다. / h comes from the old cell state."
    elif abs(found_c - 1.6) < 1e-3 and abs(found_h - 1.28) < 1e-3:
        cause = "h에 tanh가 빠졌습니다. / tanh is missing in h."
    message = (
        f"기댓값 expected: h = 0.7373, c = 1.6\n실제값 got: h = {found_h:g}, c = {found_c:g}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 먼저 새 셀 상태를 구하고, 그것으로 h를 구하세요. / First the new cell state, then h from it."
    )
    assert abs(found_h - 0.7373) < 2e-4 and abs(found_c - 1.6) < 2e-4, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 여러 샘플과 유닛에서 lstm_step의 h나 c가 다릅니다. / With several samples and units, h or c of lstm_step differs.
""" # END TEST CONFIG
def test_lstm_step_on_a_batch_of_other_sizes(lstm_step):
    import numpy as np
    from autograder import checks
    rng = np.random.default_rng(501)
    for n, d, m in ((4, 4, 4), (6, 2, 3), (1, 5, 2)):
        now, h_old, c_old, w, u, b = (rng.normal(scale=0.7, size=shape) for shape in ((n, d), (n, m), (n, m), (d, 4 * m), (m, 4 * m), (4 * m,)))
        total = np.einsum("nd,dm->nm", now, w) + np.einsum("nk,km->nm", h_old, u) + b
        gates = 0.5 + 0.5 * np.tanh(total / 2)
        belt = gates[:, m:2 * m] * c_old + gates[:, :m] * np.tanh(total[:, 2 * m:3 * m])
        shown, kept = lstm_step(now, h_old, c_old, w, u, b)
        checks.expect_shape(kept, (n, m), "c")
        checks.expect_close(kept, belt, "c", tolerance=1e-5)
        checks.expect_close(shown, gates[:, 3 * m:] * np.tanh(belt), "h", tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 셀 상태는 -1과 1을 넘어 쌓일 수 있지만 h는 늘 -1과 1 사이여야 합니다. / The cell state may pile up beyond -1 and 1, but h always lies between them.
""" # END TEST CONFIG
def test_belt_may_pile_up_but_h_stays_within_one(lstm_step):
    import numpy as np
    from autograder import checks
    wide_open = np.repeat([30.0, 30.0, 30.0, 30.0], 3)
    h, c = np.zeros((2, 3)), np.array([[5.0, 0.0, -4.0], [1.0, 2.0, 3.0]])
    for step in range(1, 4):
        h, c = lstm_step(np.zeros((2, 2)), h, c, np.zeros((2, 12)), np.zeros((3, 12)), wide_open)
        checks.expect_close(c, np.array([[5.0, 0.0, -4.0], [1.0, 2.0, 3.0]]) + step, f"c after {step} steps, all gates open", tolerance=1e-5)
        checks.expect_within(h, -1, 1, "h")
        checks.expect_close(h, np.tanh(c), "h, all gates open", tolerance=1e-5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. LSTM을 순서열 전체로 · The LSTM over a whole sequence
#
# `lstm_forward(x, kernel, recurrent_kernel, bias)`는 `rnn_forward`처럼 걸음을 잇되, 기억이 **둘**입니다. `h`와 `c` 모두 0에서
# 시작해 걸음마다 넘어갑니다. 세 가지를 이 순서로 돌려주세요.
#
# `lstm_forward(x, kernel, recurrent_kernel, bias)` joins the steps as `rnn_forward` does, but there are **two** memories. Both `h`
# and `c` start from 0 and are handed on at every step. Return three things, in this order:
#
# | 이름 · name | 모양 · shape | 뜻 · meaning |
# |---|---|---|
# | `sequence` | (samples, steps, units) | 모든 걸음의 h · h of all steps |
# | `h` | (samples, units) | 마지막 h · the last h |
# | `c` | (samples, units) | 마지막 c · the last c |
#
# 층은 보통 `h`만 밖으로 내보냅니다. `c`는 셀 안에 머무는 기억입니다.
#
# A layer usually hands out `h` only; `c` is the memory that stays inside.

# %% [raw]
# # BEGIN SOLUTION

# %%
def lstm_forward(x, kernel, recurrent_kernel, bias):
    """sequence (samples, steps, units), last h and last c (samples, units)"""
    # BEGIN SOLUTION
    h = np.zeros((x.shape[0], recurrent_kernel.shape[0]))
    c = np.zeros_like(h)
    outputs = []
    for t in range(x.shape[1]):
        h, c = lstm_step(x[:, t], h, c, kernel, recurrent_kernel, bias)
        outputs.append(h)
    return np.stack(outputs, axis=1), h, c
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
def test_counting_on_the_belt(lstm_forward):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(lstm_forward).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(lstm_forward), message
    # all gates stand open and the candidate is 1, so that each step lays 1 on the belt
    result = lstm_forward(np.zeros((2, 3, 1)), np.zeros((1, 4)), np.zeros((1, 4)), np.full(4, 30.0))
    shapes = None if result is None else [np.shape(part) for part in result]
    message = (
        f"기댓값 expected: 모양 shapes [(2, 3, 1), (2, 1), (2, 1)]\n실제값 got: {shapes}\n"
        "원인 likely cause: 셋을 다 돌려주지 않거나, 걸음이 둘째 축에 있지 않습니다. / Not all three are returned, or the steps are not on the second axis.\n"
        "힌트 hint: sequence, 마지막 h, 마지막 c의 순서입니다. / The order is sequence, last h, last c."
    )
    assert shapes == [(2, 3, 1), (2, 1), (2, 1)], message
    found = [float(value) for value in np.asarray(result[0], dtype=float)[0, :, 0].round(4)] + [round(float(np.asarray(result[2], dtype=float)[0, 0]), 4)]
    cause = "걸음을 하나씩 손으로 따라가 보세요. / Follow the steps by hand, one by one."
    if found == [0.7616, 0.7616, 0.7616, 1.0]:
        cause = "셀 상태가 걸음마다 0에서 다시 시작합니다. / The cell state starts from 0 again at every step."
    message = (
        "게이트가 모두 열려 있고 후보가 1이면 벨트는 1, 2, 3을 셉니다. / With all gates open and the candidate 1 the belt counts 1, 2, 3.\n"
        f"기댓값 expected: h = [0.7616, 0.964, 0.9951], c = 3\n실제값 got: h = {found[:3]}, c = {found[3]:g}\n"
        f"원인 likely cause: {cause}"
    )
    assert np.allclose(found, [0.7616, 0.964, 0.9951, 3.0], atol=2e-4), message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 같은 가중치를 준 Keras의 LSTM과 lstm_forward의 결과가 다릅니다. / lstm_forward differs from Keras LSTM with the same weights.
""" # END TEST CONFIG
def test_lstm_forward_equals_keras(lstm_forward):
    import keras
    import numpy as np
    from autograder import checks
    rng = np.random.default_rng(601)
    for n, length, d, m in ((3, 5, 2, 4), (4, 4, 4, 4), (1, 12, 1, 7)):
        layer = keras.layers.LSTM(m, return_sequences=True, return_state=True)
        batch = rng.normal(size=(n, length, d)).astype("float32")
        layer.build(batch.shape)
        layer.set_weights([rng.normal(scale=0.5, size=one.shape) for one in layer.get_weights()])
        wanted = [keras.ops.convert_to_numpy(part) for part in layer(batch)]
        result = lstm_forward(batch, *layer.get_weights())
        assert len(result) == 3, f"expected sequence, h and c, got {len(result)} values"
        for name, got, expected in zip(("sequence", "h", "c"), result, wanted):
            checks.expect_shape(got, expected.shape, name)
            checks.expect_close(got, expected, name, tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 긴 순서열에서 마지막 h와 c가 순서열의 끝과 맞지 않거나, 순서열의 처음이 거기에 남아 있지 않습니다. / On a long sequence the last h and c do not fit its end, or the beginning has no part in them.
""" # END TEST CONFIG
def test_last_states_remember_the_whole_sequence(lstm_forward):
    import numpy as np
    from autograder import checks
    rng = np.random.default_rng(602)
    w, u = rng.normal(scale=0.4, size=(2, 12)), rng.normal(scale=0.4, size=(3, 12))
    b = np.repeat([0.0, 4.0, 0.0, 1.0], 3)
    first = rng.normal(size=(3, 40, 2))
    other = first.copy()
    other[:, 0] = 3 - other[:, 0]
    sequence, h, c = lstm_forward(first, w, u, b)
    checks.expect_shape(sequence, (3, 40, 3), "sequence")
    checks.expect_close(np.asarray(sequence)[:, -1], h, "last h", tolerance=1e-6)
    apart = np.abs(np.asarray(lstm_forward(other, w, u, b)[2]) - np.asarray(c)).max()
    assert apart > 1e-3, f"the first of 40 inputs changed, with forget gates near 1, and the last c moved by {apart:.2g} only"
    early = np.abs(np.asarray(lstm_forward(first[:, :25], w, u, b)[0]) - np.asarray(sequence)[:, :25]).max()
    assert early < 1e-6, f"the first 25 outputs depend on what comes after them: they differ by {early:.2g}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. Keras와 비교하기 · Against Keras
#
# 여러분의 셀이 정말 LSTM인지는 Keras가 판정합니다. 층 하나짜리 모델 둘을 만들고 **주어진** 가중치를 넣은 뒤, 같은 `x`에 대한
# 출력을 비교하세요.
#
# Whether your cell really is an LSTM is for Keras to say. Make two models of one layer each, put the **given** weights into them,
# and compare what they say about the same `x`.
#
# - `rnn_model`, `lstm_model`: `Sequential`이며, 입력 `keras.Input((steps, features))` 다음에 유닛이 `units`개인 `SimpleRNN`
#   또는 `LSTM` 층 하나, `return_sequences=True`. · `Sequential`: the input `keras.Input((steps, features))`, then one layer
#   `SimpleRNN` or `LSTM` with `units` units and `return_sequences=True`.
# - 가중치는 모델의 `set_weights` 메서드에 [kernel, recurrent_kernel, bias] 순서의 목록으로 줍니다. · Give the weights to the
#   model's method `set_weights`, as a list in the order [kernel, recurrent_kernel, bias].
# - `keras_rnn`, `keras_lstm`: 두 모델이 `x`에 대해 내는 값(`predict`), 모양 (2, 6, 4). · what the two models `predict` for
#   `x`, shape (2, 6, 4).
# - `my_rnn`, `my_lstm`: 여러분의 함수가 내는 모든 걸음의 `h`, 모양 (2, 6, 4). · all steps' `h` from your own functions, shape
#   (2, 6, 4).
# - `rnn_difference`, `lstm_difference`: 두 배열이 **가장 크게** 다른 자리의 차이(절댓값), 숫자 하나. 0.00001보다 작아야 합니다.
#   Keras는 숫자를 32비트로 다루므로 꼭 0이 되지는 않습니다. · the **largest** absolute difference between the two arrays, one
#   number. It has to be below 0.00001; Keras calculates with 32 bits, so it will not be exactly 0.

# %% [raw]
# # BEGIN SOLUTION

# %%
# rnn_model, lstm_model: Sequential models of one layer, with the given weights
rnn_model = Sequential([keras.Input((steps, features)), SimpleRNN(units, return_sequences=True)])  # SOLUTION
lstm_model = Sequential([keras.Input((steps, features)), LSTM(units, return_sequences=True)])  # SOLUTION
# BEGIN SOLUTION NO PROMPT
rnn_model.set_weights([rnn_kernel, rnn_recurrent_kernel, rnn_bias])
lstm_model.set_weights([kernel, recurrent_kernel, bias])
# END SOLUTION

# %%
# keras_rnn, keras_lstm, my_rnn, my_lstm: arrays (2, 6, 4)
keras_rnn = rnn_model.predict(x, verbose=0)  # SOLUTION
keras_lstm = lstm_model.predict(x, verbose=0)  # SOLUTION
my_rnn = rnn_forward(x, rnn_kernel, rnn_recurrent_kernel, rnn_bias)  # SOLUTION
my_lstm = lstm_forward(x, kernel, recurrent_kernel, bias)[0]  # SOLUTION
# rnn_difference, lstm_difference: numbers
rnn_difference = np.abs(keras_rnn - my_rnn).max()  # SOLUTION
lstm_difference = np.abs(keras_lstm - my_lstm).max()  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_keras_agrees_to_five_decimals(keras_rnn, keras_lstm, my_rnn, my_lstm, rnn_difference, lstm_difference):
    import numpy as np
    shapes = [np.shape(value) for value in (keras_rnn, keras_lstm, my_rnn, my_lstm)]
    cause = "아직 채우지 않은 값이 있습니다. / Something is not filled in yet."
    if (2, 4) in shapes:
        cause = "return_sequences가 True가 아니라서 마지막 걸음만 나옵니다. / return_sequences is not True, so only the last step comes out."
    elif () not in shapes:
        cause = "sequence, h, c 가운데 sequence만 비교합니다. / Of sequence, h and c only sequence is compared."
    message = (
        f"기댓값 expected: keras_rnn, keras_lstm, my_rnn, my_lstm (2, 6, 4)\n실제값 got: {shapes}\n"
        f"원인 likely cause: {cause}"
    )
    assert shapes == [(2, 6, 4)] * 4, message
    for name, value in (("rnn_difference", rnn_difference), ("lstm_difference", lstm_difference)):
        message = (
            f"기댓값 expected: {name}, 숫자 하나 one number\n실제값 got: {type(value).__name__}\n"
            "원인 likely cause: 아직 채우지 않았거나 최댓값을 구하지 않았습니다. / Not filled in yet, or the largest was not taken."
        )
        assert np.size(value) == 1 and isinstance(value, (float, int, np.number, np.ndarray)), message
        number = float(np.ravel(value)[0])
        cause = "가중치를 모델에 넣지 않았거나, 함수에 다른 가중치를 주었습니다. / The weights were not put into the model, or the function got other ones."
        if number < 0:
            cause = "절댓값을 씌우지 않았습니다. / The absolute value is missing."
        message = (
            f"기댓값 expected: 0 <= {name} < 0.00001\n실제값 got: {number:g}\n"
            f"원인 likely cause: {cause}\n"
            "힌트 hint: set_weights에 줄 목록은 kernel, recurrent_kernel, bias의 순서입니다. / The list for set_weights is kernel, recurrent_kernel, bias."
        )
        assert 0 <= number < 1e-5, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 두 모델이 주어진 가중치로 주어진 x를 읽지 않습니다. 층의 종류, 유닛 수, set_weights를 보세요. / The two models do not read the given x with the given weights. Look at the kind of layer, its units, and set_weights.
""" # END TEST CONFIG
def test_keras_models_hold_the_given_weights(rnn_model, lstm_model, reference):
    from autograder import checks
    checks.expect_layers(rnn_model, ["SimpleRNN"])
    checks.expect_layers(lstm_model, ["LSTM"])
    checks.expect_setting(rnn_model, "SimpleRNN", "return_sequences", True)
    checks.expect_setting(lstm_model, "LSTM", "return_sequences", True)
    for name, model in (("rnn_model", rnn_model), ("lstm_model", lstm_model)):
        wanted = reference[name].get_weights()
        found = model.get_weights()
        assert [one.shape for one in found] == [one.shape for one in wanted], f"{name}: expected weights of shapes {[one.shape for one in wanted]}, got {[one.shape for one in found]}"
        for part, got, expected in zip(("kernel", "recurrent_kernel", "bias"), found, wanted):
            checks.expect_close(got, expected, f"{name}, {part}", tolerance=1e-6)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 비교한 값이 두 모델과 여러분의 함수가 x에 대해 내는 값이 아니거나, 차이가 그 값들에서 나오지 않습니다. / What was compared is not what the models and your functions say about x, or the differences do not follow from it.
""" # END TEST CONFIG
def test_differences_follow_from_both_sides(keras_rnn, keras_lstm, my_rnn, my_lstm, rnn_difference, lstm_difference, reference):
    import numpy as np
    from autograder import checks
    for name, theirs, mine, claimed in (("rnn", keras_rnn, my_rnn, rnn_difference), ("lstm", keras_lstm, my_lstm, lstm_difference)):
        checks.expect_close(theirs, reference[f"keras_{name}"], f"keras_{name}", tolerance=1e-5)
        checks.expect_close(mine, reference[f"my_{name}"], f"my_{name}", tolerance=1e-5)
        again = float(np.abs(np.asarray(theirs, dtype=float) - np.asarray(mine, dtype=float)).max())
        checks.expect_close(claimed, again, f"{name}_difference", tolerance=1e-6)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 실험: 망각 게이트 0은 지우고 1은 남긴다 · Experiment: a forget gate at 0 erases, at 1 keeps
#
# 게이트를 손으로 열고 닫는 가장 쉬운 손잡이는 편향입니다. 편향이 +50이면 σ ≈ 1(열림), -50이면 σ ≈ 0(닫힘)이고, 입력과 지난
# 기억이 무엇이라 하든 거의 바뀌지 않습니다. 이 단계에서 열고 닫을 때는 +50과 -50을 쓰세요.
#
# The easiest handle to open and shut a gate by hand is its bias: with +50, σ ≈ 1 (open); with -50, σ ≈ 0 (shut); and whatever
# input and memory say hardly matters. In this step, open with +50 and shut with -50.
#
# 함수 `set_gate(bias, gate, value)`를 쓰세요. `gate`는 글자 `"i"`, `"f"`, `"c"`, `"o"` 가운데 하나이고, 돌려주는 것은 그
# 부분의 편향만 `value`로 바꾼 **새** 배열입니다. 받은 `bias`는 그대로 둡니다. `bias`는 실수 배열이고, 길이는 4 × units이며
# 4단계와 같은 순서입니다.
#
# Write the function `set_gate(bias, gate, value)`. `gate` is one of the letters `"i"`, `"f"`, `"c"`, `"o"`, and what comes back is a
# **new** array in which only this part's biases are `value`; the `bias` it was given stays as it was. `bias` is an array of floats of
# length 4 × units, in the order of step 4.
#
# ```text
#   set_gate([1. 1. 2. 2. 3. 3. 4. 4.], "f", 9)   ->   [1. 1. 9. 9. 3. 3. 4. 4.]        units = 2
# ```
#
# 그다음 기억 `h_start`와 셀 상태 `c_start`에서 첫 입력 `x[:, 0]`으로 **한 걸음**만 가서(주어진 `kernel`, `recurrent_kernel`, 바꾼
# `bias`) 새 셀 상태를 세 번 구하세요.
#
# Then take **one step** from the memory `h_start` and the cell state `c_start` with the first input `x[:, 0]` (the given `kernel` and
# `recurrent_kernel`, the changed `bias`), and get the new cell state three times:
#
# | 이름 · name | 망각 f | 입력 i | 기대 · expect |
# |---|---|---|---|
# | `kept` | 열림 open | 닫힘 shut | `c_start` 그대로 · as it was |
# | `erased` | 닫힘 shut | 닫힘 shut | 모두 0 · all 0 |
# | `replaced` | 닫힘 shut | 열림 open | 후보만 · the candidate alone |

# %% [raw]
# # BEGIN SOLUTION

# %%
def set_gate(bias, gate, value):
    """A copy of bias (4 * units,) in which the part "i", "f", "c" or "o" is value"""
    # BEGIN SOLUTION
    changed = np.array(bias, dtype=float)
    width = len(changed) // 4
    start = "ifco".index(gate) * width
    changed[start : start + width] = value
    return changed
    # END SOLUTION

# %%
h_start = np.zeros((samples, units))
c_start = np.array([[2.0, -1.0, 0.5, 3.0], [-2.0, 1.0, -0.5, -3.0]])
# kept, erased, replaced: the new c, arrays (2, 4)
kept = lstm_step(x[:, 0], h_start, c_start, kernel, recurrent_kernel, set_gate(set_gate(bias, "f", 50), "i", -50))[1]  # SOLUTION
erased = lstm_step(x[:, 0], h_start, c_start, kernel, recurrent_kernel, set_gate(set_gate(bias, "f", -50), "i", -50))[1]  # SOLUTION
replaced = lstm_step(x[:, 0], h_start, c_start, kernel, recurrent_kernel, set_gate(set_gate(bias, "f", -50), "i", 50))[1]  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_only_one_gate_is_set(set_gate):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(set_gate).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(set_gate), message
    before = np.array([1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0])
    result = set_gate(before, "f", 9)
    message = (
        f"기댓값 expected: 길이 8의 배열 an array of length 8\n실제값 got: {type(result).__name__}\n"
        "원인 likely cause: return이 없습니다. / There is no return."
    )
    assert np.shape(result) == (8,), message
    found = np.asarray(result, dtype=float).tolist()
    cause = "부분 하나의 너비는 길이의 4분의 1입니다. / One part is a quarter of the length wide."
    if found in ([9, 9, 2, 2, 3, 3, 4, 4], [1, 1, 2, 2, 9, 9, 4, 4], [1, 1, 2, 2, 3, 3, 9, 9]):
        cause = "다른 부분을 바꾸었습니다. 순서는 i, f, c, o입니다. / Another part was set. The order is i, f, c, o."
    message = (
        f"기댓값 expected: [1, 1, 9, 9, 3, 3, 4, 4]\n실제값 got: {found}\n원인 likely cause: {cause}"
    )
    assert found == [1, 1, 9, 9, 3, 3, 4, 4], message
    message = (
        f"기댓값 expected: 받은 bias는 그대로 the bias given stays as it was\n실제값 got: {before.tolist()}\n"
        "원인 likely cause: 새 배열 대신 받은 배열을 고쳤습니다. / The array given was changed instead of a new one.\n"
        "힌트 hint: 배열의 copy 메서드를 보세요. / Look at the copy method of arrays."
    )
    assert before.tolist() == [1, 1, 2, 2, 3, 3, 4, 4], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 유닛 수나 다른 부분에서 set_gate의 결과가 다릅니다. / With another number of units or another part set_gate gives a wrong result.
""" # END TEST CONFIG
def test_each_gate_can_be_set_for_any_number_of_units(set_gate):
    import numpy as np
    from autograder import checks
    for m in (1, 3, 5):
        for place, letter in enumerate(("i", "f", "c", "o")):
            wanted = np.arange(4.0 * m)
            wanted[place * m:place * m + m] = -7.5
            checks.expect_close(set_gate(np.arange(4.0 * m), letter, -7.5), wanted, f"set_gate(..., {letter}) with {m} units")

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 실험이 끝난 뒤 bias가 처음과 다릅니다. set_gate가 받은 배열을 고치지 않는지 보세요. / After the experiment bias is not what it was. See whether set_gate changes the array it is given.
""" # END TEST CONFIG
def test_given_bias_is_left_as_it_was(set_gate, bias, reference):
    from autograder import checks
    assert callable(set_gate), f"expected a function set_gate, got {type(set_gate).__name__}"
    checks.expect_shape(set_gate(bias, "f", 1.0), (16,), "set_gate(bias, f, 1)")
    checks.expect_close(bias, reference["bias"], "bias")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: kept, erased, replaced 가운데 기대와 다른 것이 있습니다. 망각 게이트와 입력 게이트를 표대로 열고 닫았는지 보세요. / One of kept, erased and replaced is not as expected. See whether forget and input gate were opened and shut as in the table.
""" # END TEST CONFIG
def test_forget_gate_erases_at_0_and_keeps_at_1(kept, erased, replaced, reference):
    import numpy as np
    from autograder import checks
    checks.expect_close(kept, [[2, -1, 0.5, 3], [-2, 1, -0.5, -3]], "kept", tolerance=1e-5)
    checks.expect_close(erased, np.zeros((2, 4)), "erased", tolerance=1e-5)
    checks.expect_close(replaced, reference["replaced"], "replaced", tolerance=1e-5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ### 9. 오래 기억하기 · Remembering for long
#
# 쉰 걸음짜리 순서열에 1이 딱 한 번 나옵니다. 이 **펄스**를 끝까지 기억할 수 있을까요? 유닛 하나로 해 봅니다.
#
# A sequence of fifty steps holds a single 1. Can this **pulse** be remembered to the end? We try with one unit.
#
# RNN에는 주어진 가중치를 씁니다. 되먹임 가중치가 1인데도 tanh가 걸음마다 값을 조금씩 깎아 기억이 흐려집니다. LSTM은 여러분이
# **설계**합니다. `latch_kernel` (1, 4), `latch_recurrent_kernel` (1, 4), `latch_bias` (4,)를 정하세요. 열의 순서는
# i, f, c̃, o입니다.
#
# The RNN gets given weights: though its memory comes back with weight 1, tanh shaves off a little at each step and the memory
# fades. The LSTM is yours to **design**: choose `latch_kernel` (1, 4), `latch_recurrent_kernel` (1, 4) and `latch_bias` (4,). The
# columns are in the order i, f, c̃, o.
#
# | 부분 · part | 바라는 것 · wanted |
# |---|---|
# | `i` | 입력이 1일 때만 열림 · open only when the input is 1 |
# | `f` | 늘 열림 · always open |
# | `c̃` | 입력이 1이면 1에 가깝게 · near 1 when the input is 1 |
# | `o` | 늘 열림 · always open |
#
# **채우는 법.** `c̃` 말고는 시그모이드이므로 8 이상이면 열림, -8 이하이면 닫힘이라 보면 됩니다. 입력 x에서 한 부분이 받는
# 값은 x × kernel + bias입니다(되먹임을 0으로 두면). 예를 들어 kernel 16, bias -8이면 x = 0에서 -8, x = 1에서 8입니다.
#
# **How to fill it in.** All but `c̃` are sigmoids, so think of 8 and more as open and of -8 and less as shut. With input x, a part
# receives x × kernel + bias (if nothing is fed back). A kernel of 16 with a bias of -8, for instance, is -8 at x = 0 and
# 8 at x = 1.
#
# **조건.** 길이가 50 이하이고 1이 한 번 나오며 나머지는 모두 0인 **어떤** 순서열에서든: 펄스 전에는 |h| < 0.1, 펄스가 온
# 걸음부터 끝까지 h > 0.5. 1이 한 번도 없으면 내내 |h| < 0.1입니다.
#
# **The condition.** For **any** sequence of length 50 or less with a single 1 in it and zeros elsewhere: |h| < 0.1 before the pulse,
# and h > 0.5 from the step of the pulse to the end. With no 1 at all, |h| < 0.1 throughout.
#
# `rnn_memory`와 `lstm_memory`에는 `pulse`에 대한 모든 걸음의 `h`, 모양 (1, 50, 1)을 담으세요. 셋째 칸의 그림은 채점하지 않습니다.
#
# Keep the `h` of all steps for `pulse`, shape (1, 50, 1), in `rnn_memory` and `lstm_memory`. The plot in the third cell is not graded.

# %% [raw]
# # BEGIN SOLUTION

# %%
pulse = np.zeros((1, 50, 1))
pulse[0, 5, 0] = 1.0
# latch_kernel: (1, 4);  latch_recurrent_kernel: (1, 4);  latch_bias: (4,)      columns i, f, c, o
latch_kernel = np.array([[16.0, 0.0, 4.0, 0.0]])  # SOLUTION
latch_recurrent_kernel = np.zeros((1, 4))  # SOLUTION
latch_bias = np.array([-8.0, 8.0, 0.0, 8.0])  # SOLUTION

# %%
fading_kernel, fading_recurrent_kernel, fading_bias = np.array([[3.0]]), np.array([[1.0]]), np.array([0.0])
# rnn_memory, lstm_memory: arrays (1, 50, 1), h of all steps for pulse
rnn_memory = rnn_forward(pulse, fading_kernel, fading_recurrent_kernel, fading_bias)  # SOLUTION
lstm_memory = lstm_forward(pulse, latch_kernel, latch_recurrent_kernel, latch_bias)[0]  # SOLUTION

# %%
# both memories over the 50 steps in one plot, with a legend and axis labels
# BEGIN SOLUTION
plt.plot(rnn_memory[0, :, 0], label="RNN: 흐려지는 기억 · fades")
plt.plot(lstm_memory[0, :, 0], label="LSTM: 남는 기억 · stays")
plt.axvline(5, color="gray", linestyle="--", label="펄스 · pulse")
plt.xlabel("걸음 · step")
plt.ylabel("h")
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
def test_lstm_holds_the_pulse_and_the_rnn_does_not(rnn_memory, lstm_memory):
    import numpy as np
    shapes = [np.shape(value) for value in (rnn_memory, lstm_memory)]
    message = (
        f"기댓값 expected: rnn_memory, lstm_memory (1, 50, 1)\n실제값 got: {shapes}\n"
        "원인 likely cause: 아직 채우지 않았거나, sequence 말고 h를 골랐습니다. / Not filled in yet, or h was taken instead of sequence."
    )
    assert shapes == [(1, 50, 1)] * 2, message
    fades, stays = (np.asarray(value, dtype=float)[0, :, 0] for value in (rnn_memory, lstm_memory))
    message = (
        f"기댓값 expected: RNN의 마지막 the last of the RNN = 0.1805\n실제값 got: {fades[-1]:.4f}\n"
        "원인 likely cause: 주어진 가중치와 pulse를 쓰지 않았습니다. / Not the given weights and pulse were used."
    )
    assert abs(fades[-1] - 0.1805) < 1e-3, message
    before, after = float(np.abs(stays[:5]).max()), float(stays[5:].min())
    cause = "펄스가 벨트에 오르지 않습니다. i와 c의 kernel을 보세요. / The pulse does not get onto the belt. Look at the kernel of i and c."
    if before >= 0.1:
        cause = "펄스가 오기 전에 이미 무언가를 씁니다. i와 c의 편향을 보세요. / Something is written before the pulse. Look at the biases of i and c."
    elif stays[5] > 0.5:
        cause = "펄스 뒤에 기억이 새어 나갑니다. f의 편향을 보세요. / The memory leaks away after the pulse. Look at the bias of f."
    message = (
        "기댓값 expected: 펄스 전 before the pulse |h| < 0.1, 펄스부터 from the pulse on h > 0.5\n"
        f"실제값 got: 펄스 전 {before:.3f}, 펄스부터 가장 작은 값 the smallest from the pulse on {after:.3f}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 열의 순서는 i, f, c, o입니다. / The columns are in the order i, f, c, o."
    )
    assert before < 0.1 and after > 0.5, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 펄스가 다른 자리에 오면 여러분의 가중치가 조건을 지키지 못합니다. / With the pulse in another place your weights do not keep the condition.
""" # END TEST CONFIG
def test_latch_holds_a_pulse_wherever_it_comes(latch_kernel, latch_recurrent_kernel, latch_bias):
    import numpy as np
    w, u, b = (np.asarray(one, dtype=float) for one in (latch_kernel, latch_recurrent_kernel, latch_bias))
    shapes = (w.shape, u.shape, b.shape)
    assert shapes == ((1, 4), (1, 4), (4,)), f"expected shapes (1, 4), (1, 4), (4,), got {shapes}"
    for length, place in ((50, 0), (50, 23), (50, 49), (20, 8), (50, None)):
        signal = [float(t == place) for t in range(length)]
        h = c = 0.0
        shown = []
        for now in signal:
            total = now * w[0] + h * u[0] + b
            i, f, o = (0.5 + 0.5 * float(np.tanh(total[k] / 2)) for k in (0, 1, 3))
            c = f * c + i * float(np.tanh(total[2]))
            h = o * float(np.tanh(c))
            shown.append(h)
        split = length if place is None else place
        before = max((abs(value) for value in shown[:split]), default=0.0)
        after = min(shown[split:], default=1.0)
        assert before < 0.1, f"pulse at {place} of {length}: expected below 0.1 before it, got {before:.3f}"
        assert after > 0.5, f"pulse at {place} of {length}: expected above 0.5 from it on, got {after:.3f}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: rnn_memory나 lstm_memory가 주어진 pulse와 그 가중치에서 나온 값이 아닙니다. / rnn_memory or lstm_memory does not follow from the given pulse and the weights.
""" # END TEST CONFIG
def test_memories_follow_from_pulse_and_weights(rnn_memory, lstm_memory, latch_kernel, latch_recurrent_kernel, latch_bias, reference):
    import keras
    import numpy as np
    from autograder import checks
    checks.expect_close(rnn_memory, reference["rnn_memory"], "rnn_memory", tolerance=1e-5)
    layer = keras.layers.LSTM(1, return_sequences=True)
    signal = np.eye(50, dtype="float32")[5].reshape(1, 50, 1)
    layer.build(signal.shape)
    layer.set_weights([np.asarray(one, dtype="float32") for one in (latch_kernel, latch_recurrent_kernel, latch_bias)])
    checks.expect_close(lstm_memory, keras.ops.convert_to_numpy(layer(signal)), "lstm_memory", tolerance=1e-4)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q10

# %% [markdown]
# ### 10. 파라미터 세기 · Counting parameters
#
# 이제 모양을 다 아니 세기만 하면 됩니다. `rnn_parameters(units, features)`와 `lstm_parameters(units, features)`를 쓰세요. 둘 다
# 정수를 돌려줍니다.
#
# You know all the shapes now, so it is only counting. Write `rnn_parameters(units, features)` and
# `lstm_parameters(units, features)`; both return an int.
#
# 다음 실습(AirPassengers)의 LSTM은 유닛이 64개, 특성이 1개입니다. 네 부분은 저마다 두 행렬에 4,160개, 편향에 64개의 수를 가집니다.
#
# The LSTM of the next exercise (AirPassengers) has 64 units and 1 feature. Each of its four parts holds 4,160 numbers in its two
# matrices and 64 biases:
#
# $$4 \times (4{,}160 + 64) = 16{,}896$$
#
# 같은 크기의 SimpleRNN은 그 4분의 1인 4,224개입니다. 걸음의 수는 어디에도 나오지 않습니다. 모든 걸음이 같은 가중치를 쓰기
# 때문입니다.
#
# A SimpleRNN of that size has a quarter of it, 4,224. The number of steps appears nowhere, since all steps share the same weights.

# %% [raw]
# # BEGIN SOLUTION

# %%
def rnn_parameters(units, features):
    """How many numbers kernel, recurrent_kernel and bias of a SimpleRNN hold together, int"""
    # BEGIN SOLUTION
    return units * (features + units) + units
    # END SOLUTION

# %%
def lstm_parameters(units, features):
    """The same for an LSTM, int"""
    # BEGIN SOLUTION
    return 4 * rnn_parameters(units, features)
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
def test_parameters_of_64_units(rnn_parameters, lstm_parameters):
    message = (
        f"기댓값 expected: 함수 둘 two functions\n실제값 got: {type(rnn_parameters).__name__}, {type(lstm_parameters).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(rnn_parameters) and callable(lstm_parameters), message
    found = (rnn_parameters(64, 1), lstm_parameters(64, 1))
    cause = "kernel, recurrent_kernel, bias의 모양을 곱해 더해 보세요. / Multiply out the shapes of kernel, recurrent_kernel and bias, and add."
    if found[1] == 16640:
        cause = "편향을 세지 않았습니다. / The biases were not counted."
    elif found[1] == 12672:
        cause = "네 부분 가운데 셋만 세었습니다. / Only three of the four parts were counted."
    elif found[1] == 17152:
        cause = "편향을 두 번 세었습니다. PyTorch의 LSTM은 둘이지만 Keras는 하나입니다. / The biases were counted twice. The LSTM of PyTorch has two, that of Keras one."
    elif found[1] == 264:
        cause = "units와 features가 바뀌었습니다. / units and features are swapped."
    message = (
        f"기댓값 expected: SimpleRNN 4,224, LSTM 16,896\n실제값 got: {found[0]}, {found[1]}\n원인 likely cause: {cause}"
    )
    assert found == (4224, 16896), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 크기에서 lstm_parameters가 Keras가 세는 수와 다릅니다. / For other sizes lstm_parameters is not what Keras counts.
""" # END TEST CONFIG
def test_lstm_parameters_equal_those_of_keras(lstm_parameters):
    import keras
    for m, d in ((4, 3), (3, 10), (128, 7)):
        layer = keras.layers.LSTM(m)
        layer.build((None, 2, d))
        found = lstm_parameters(m, d)
        assert found == layer.count_params(), f"{m} units, {d} features: expected {layer.count_params()}, got {found}"

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 다른 크기에서 rnn_parameters가 Keras가 세는 수와 다릅니다. / For other sizes rnn_parameters is not what Keras counts.
""" # END TEST CONFIG
def test_rnn_parameters_equal_those_of_keras(rnn_parameters):
    import keras
    for m, d in ((4, 3), (3, 10), (128, 7)):
        layer = keras.layers.SimpleRNN(m)
        layer.build((None, 2, d))
        found = rnn_parameters(m, d)
        assert found == layer.count_params(), f"{m} units, {d} features: expected {layer.count_params()}, got {found}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 11. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 1. 망각 게이트가 늘 0.9라면 벨트 위의 1은 쉰 걸음 뒤에 0.9⁵⁰ ≈ 0.005가 됩니다. 0.99라면 0.605입니다. Keras가 LSTM을 만들 때
#    망각 게이트의 편향을 0이 아니라 **1**로 시작하는 까닭(`unit_forget_bias`)은 무엇일까요?<br>
#    With a forget gate that is always 0.9, a 1 on the belt is 0.9⁵⁰ ≈ 0.005 after fifty steps; with 0.99 it is 0.605. Why, then,
#    does Keras start an LSTM with a forget gate's bias of **1** and not 0 (`unit_forget_bias`)?
# 2. 오차가 거꾸로 흘러갈 때도 벨트에서는 f만 곱해지고, RNN에서는 걸음마다 U와 tanh의 기울기가 곱해집니다. 쉰 걸음을 거슬러
#    올라가면 둘은 어떻게 될까요?<br>
#    When the error flows backwards, the belt multiplies it by f only, while an RNN multiplies it by U and by the slope of tanh at
#    each step. What becomes of the two after fifty steps back?
# 3. 9단계의 순서열에 펄스가 두 번 오면 벨트에는 무엇이 남을까요? 두 번째 펄스가 기억을 **지우게** 하려면 어느 게이트가
#    무엇을 읽어야 할까요?<br>
#    If two pulses come in step 9, what is on the belt? To let the second pulse **erase** the memory, which gate would have to
#    read what?
# 4. GRU는 게이트가 둘이고 셀 상태가 따로 없습니다. LSTM의 넷 가운데 무엇을 하나로 합쳤다고 볼 수 있을까요?<br>
#    A GRU has two gates and no separate cell state. Which of the LSTM's four could one say it merged?
