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
# name: 02_fine_tuning
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 미세조정: 얼리고, 가르치고, 천천히 녹이기
# ## Fine-tuning: freeze, train, and thaw slowly
#
# **목표.** 남이 학습한 큰 모델을 내 과제에 맞추는 순서를 익힙니다. 앞의 다섯 단계에서는 ResNet50의 175개 층을 얼리고 일부만 녹이며,
# 무엇이 배우고 무엇이 멈춰 있는지 숫자로 확인합니다. 뒤의 다섯 단계에서는 작은 모델로 진짜 전이학습을 합니다. 숫자 0에서 4까지만
# 본 합성곱 신경망에게 5에서 9까지를, 숫자마다 그림 열 장만 주고 가르칩니다.
#
# **Goal.** You learn the order in which a large model that others have trained is fitted to your task. In the first five steps you freeze the
# 175 layers of ResNet50, thaw some of them, and confirm in numbers what learns and what stands still. In the last five you do a
# real transfer with a small model: a convolutional network that has only ever seen the digits 0 to 4 is taught 5 to 9, from ten
# pictures of each.
#
# 열 단계이며, 단계마다 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 채점할 때는 숨은 검사가 더 있지만, 본문에 없는 것을
# 묻지 않습니다.
#
# There are ten steps. In each, replace the `...` and run the `grader.check` below. Grading runs further, hidden checks that never ask
# for anything this text does not say.

# %% [markdown]
# ### 0. 생각의 그림 · The idea in one picture
#
# 사전학습된 모델의 앞쪽 층은 선과 무늬처럼 어느 그림에나 쓸모 있는 것을, 뒤쪽 층은 배운 과제에 맞는 것을 압니다. 새 머리(분류기)는 아직
# 아무것도 모르므로, 처음부터 함께 학습하면 머리의 큰 오차가 뒤로 흘러 좋은 가중치까지 망가뜨립니다. 그래서 **두 번에 나누어** 학습합니다.
#
# The early layers of a pretrained model know what is useful in any picture, such as lines and textures; the late ones know what its own
# task needed. A new head knows nothing yet: train all at once, and its large errors flow back and spoil good weights. So we
# train **in two phases**:
#
# ```text
#            1. 얼린 단계 · frozen phase              2. 미세조정 · fine-tuning
#
#  새 머리    ██ 배움 learns                          ██ 배움 learns
#  뒤쪽 층    ░░ 얼림 frozen                          ▓▓ 조금씩 배움 learns a little
#  앞쪽 층    ░░ 얼림 frozen                          ░░ 얼림 (또는 조금씩) frozen, or a little
#
#  학습률     보통 usual                              훨씬 낮게 much lower
# ```
#
# 얼린 채로 머리가 쓸 만해지면, 그다음에 뒤쪽 층을(때로는 전체를) 녹여 **훨씬 낮은 학습률**로 조금씩 옮깁니다.
#
# Once the head is of some use, the late layers (at times all of them) are thawed and move a little, at a **much lower learning rate**.

# %%
import keras
import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import matplotlib.pyplot as plt
import numpy as np
from keras.applications import ResNet50
from keras.callbacks import EarlyStopping, ModelCheckpoint
from keras.layers import (
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    MaxPooling2D,
    RandomFlip,
    RandomRotation,
)
from keras.models import Sequential, load_model
from keras.optimizers import Adam, AdamW
from keras.optimizers.schedules import ExponentialDecay
from safetensors.numpy import load_file
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. ResNet50의 몸통 · The body of ResNet50
#
# ImageNet에서 배운 ResNet50을 머리 없이(`include_top=False`) 불러와 `base_model`에 담으세요. 입력은 한 변이 `SIDE`인 컬러 그림,
# `(SIDE, SIDE, 3)`입니다. `SIDE`는 위의 칸이 정했습니다. 여기서는 CIFAR-10처럼 32이고, GPU가 있는 컴퓨터에서 채점할 때는 ImageNet에서처럼
# 224입니다. 아래에서 `SIDE`에 따라 달라지는 수는 32일 때의 것입니다. 가중치는 `weights="imagenet"`으로 받습니다. 처음에는 약 95 MB를 내려받고, 다음부터는 컴퓨터에 있는 것을 씁니다.
#
# Load ResNet50 as it was trained on ImageNet, without its head (`include_top=False`), into `base_model`. The input is a colour picture of
# `SIDE` x `SIDE`, `(SIDE, SIDE, 3)`. A cell above has set `SIDE`: here 32, as in CIFAR-10, and on a grading machine with a GPU 224, as in
# ImageNet. Where a number below depends on `SIDE`, it is the one for 32. The weights are `weights="imagenet"`. The first time some 95 MB are fetched; from then on what is on your
# computer is used.
#
# ```text
#  SIDE = 32
#  그림 picture      conv1  conv2  conv3  conv4  conv5          특성 features
#  32 x 32 x 3   ──►   16  →  8   →  4   →  2   →  1     ──►   1 x 1 x 2048
#                    그림이 다섯 번 반으로 · halved five times
# ```
#
# 그리고 두 수를 세세요. `layer_count`는 층의 수, `base_parameters`는 파라미터의 수(`count_params()`)입니다. `SIDE`가 얼마든 175개와 23,587,712개가
# 나와야 합니다.
#
# Then count: `layer_count` is the number of layers, `base_parameters` the number of parameters (`count_params()`). Whatever `SIDE` is, you should find
# 175 and 23,587,712.
#
# 진짜로 학습한다면 그림을 `keras.applications.resnet50`의 `preprocess_input`으로 준비해야 합니다. 5단계까지는 층과 수를 볼 뿐 그림을 넣지 않으므로
# 필요 없습니다.
#
# For a real training the pictures would have to go through `preprocess_input` of `keras.applications.resnet50`. Up to step 5 we only look at layers
# and numbers and feed it no pictures, so it is not needed.

# %% [raw]
# # BEGIN SOLUTION

# %%
# base_model: ResNet50 without its head, output (None, SIDE / 32, SIDE / 32, 2048)
base_model = ResNet50(weights="imagenet", include_top=False, input_shape=(SIDE, SIDE, 3))  # SOLUTION
# layer_count, base_parameters: int
layer_count = len(base_model.layers)  # SOLUTION
base_parameters = base_model.count_params()  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_layers_and_parameters_of_the_body(layer_count, base_parameters):
    found = (layer_count, base_parameters)
    message = (
        f"기댓값 expected: 정수 둘 two ints\n실제값 got: {tuple(type(one).__name__ for one in found)}\n"
        "원인 likely cause: 아직 채우지 않았습니다. / Not filled in yet."
    )
    assert all(isinstance(one, int) for one in found), message
    cause = "다른 모델이거나 입력의 모양이 다릅니다. / It is another model, or the input has another shape."
    if base_parameters == 25_636_712:
        cause = "include_top=True여서 ImageNet의 머리(1,000종)가 붙어 있습니다. / With include_top=True ImageNet's head of 1,000 classes is on it."
    message = (
        f"기댓값 expected: (175, 23587712)\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: ResNet50, include_top=False, input_shape=(SIDE, SIDE, 3)."
    )
    assert found == (175, 23_587_712), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: base_model이 (SIDE, SIDE, 3) 그림을 받아 (SIDE / 32, SIDE / 32, 2048) 특성을 내는 모델이 아닙니다. / base_model does not take pictures of (SIDE, SIDE, 3) and give features of (SIDE / 32, SIDE / 32, 2048).
""" # END TEST CONFIG
def test_body_turns_pictures_into_features(base_model, reference):
    from autograder import checks
    checks.expect_parameter_total(base_model, 23_587_712)
    found = (base_model.input_shape, base_model.output_shape)
    side = reference["base_model"].input_shape[1]
    wanted = ((None, side, side, 3), (None, side // 32, side // 32, 2048))
    assert found == wanted, f"expected {wanted[0]} and {wanted[1]}, got {found}"

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: base_model의 가중치가 사전학습된 것이 아닙니다. weights를 확인하세요. / The weights of base_model are not the pretrained ones. Check weights.
""" # END TEST CONFIG
def test_body_has_the_pretrained_weights(base_model, reference):
    from autograder import checks
    checks.expect_same_weights(base_model, reference["base_model"])

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. 얼리고 머리를 얹기 · Freeze, and put a head on
#
# `base_model` 전체를 얼리고(`trainable = False`), 그 위에 열 종류를 가르는 머리를 얹어 `model`을 만드세요. 층의 차례는 이렇습니다.
#
# Freeze all of `base_model` (`trainable = False`) and put a head for ten classes on it, in `model`. The layers in order:
#
# | 층 · layer | 파라미터 · parameters |
# |---|---|
# | `keras.Input((SIDE, SIDE, 3))` | |
# | `base_model` | 23,587,712, 얼림 · frozen |
# | `Flatten()` | 0 |
# | `Dense(10, activation="softmax")` | 2,048 x 10 + 10 = 20,490 (`SIDE` = 32) |
#
# 특성은 `SIDE / 32`칸씩 `SIDE / 32`줄에 2,048개씩이므로, `SIDE`가 224이면 머리의 파라미터는 7 x 7 x 2,048 x 10 + 10 = 1,003,530개입니다.
#
# There are 2,048 features in each of `SIDE / 32` rows of `SIDE / 32`, so with a `SIDE` of 224 the head has 7 x 7 x 2,048 x 10 + 10 = 1,003,530 parameters.
#
# 그런 다음 학습률 `1e-3`인 Adam, 손실 `sparse_categorical_crossentropy`(정답이 0~9의 정수이므로), `metrics=["accuracy"]`로 컴파일하세요.
# 배우는 텐서는 둘(머리의 가중치와 편향)만 남습니다.
#
# Then compile with Adam at a learning rate of `1e-3`, the loss `sparse_categorical_crossentropy` (the answers are whole numbers, 0 to 9), and
# `metrics=["accuracy"]`. Just two tensors are left to learn, the head's weights and its bias.
#
# > **얼린 뒤에 컴파일하세요.** `compile` 다음의 첫 `fit`이 그때 배울 수 있는 가중치로 학습 함수를 만들고, 그 뒤로는 그것을 씁니다. 그러니 `trainable`을
# > 바꿀 때마다 다시 컴파일하는 습관을 들이세요.
# >
# > **Freeze first, compile after.** The first `fit` after a `compile` builds its training function for the weights that can learn at that moment and keeps
# > it. So make it a habit: whenever `trainable` changes, compile again.

# %% [raw]
# # BEGIN SOLUTION

# %%
# freeze base_model;  model: Input → base_model → Flatten → Dense 10 softmax, compiled
# BEGIN SOLUTION NO PROMPT
base_model.trainable = False
# END SOLUTION
model = Sequential([keras.Input((SIDE, SIDE, 3)), base_model, Flatten(), Dense(10, activation="softmax")])  # SOLUTION
# BEGIN SOLUTION NO PROMPT
model.compile(optimizer=Adam(learning_rate=1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
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
def test_only_the_head_is_left_to_learn(model, SIDE):
    import math
    weights = getattr(model, "trainable_weights", None)
    message = (
        f"기댓값 expected: Keras model\n실제값 got: {type(model).__name__}\n"
        "원인 likely cause: 아직 만들지 않았습니다. / Not made yet."
    )
    assert weights is not None, message
    found = (len(weights), sum(math.prod(weight.shape) for weight in weights))
    cause = "머리의 층이나 유닛 수가 다릅니다. / The head has other layers or units."
    if found[0] > 10:
        cause = "base_model이 얼지 않았습니다. / base_model is not frozen."
    elif found[0] == 0:
        cause = "머리까지 얼었습니다. / The head is frozen, too."
    wanted = (SIDE // 32) ** 2 * 2_048 * 10 + 10
    message = (
        f"기댓값 expected: 텐서 2개 2 tensors, {wanted:,}\n실제값 got: {found[0]}, {found[1]:,}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: base_model.trainable을 False로 두고, model의 것은 그대로 두세요. / Set base_model.trainable to False and leave that of model alone."
    )
    assert found == (2, wanted), message
    message = (
        "기댓값 expected: loss sparse_categorical_crossentropy\n실제값 got: 컴파일하지 않음 not compiled\n"
        "원인 likely cause: compile을 실행하지 않았습니다. / compile was not run."
    )
    assert getattr(model, "loss", None) is not None, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 머리가 열 종류의 확률을 내지 않습니다. 유닛 수와 활성화 함수를 확인하세요. / The head does not give probabilities of ten classes. Check its units and activation.
""" # END TEST CONFIG
def test_head_gives_ten_probabilities(model, reference):
    import numpy as np
    from autograder import checks
    side = reference["model"].input_shape[1]
    head = (side // 32) ** 2 * 20_480 + 10
    checks.expect_parameter_total(model, 23_587_712 + head, trainable=head)
    pictures = np.random.default_rng(1).uniform(size=(4, side, side, 3)).astype("float32")
    found = checks.outputs(model, pictures)
    checks.expect_shape(found, (4, 10), "outputs of model")
    checks.expect_probabilities(found, "outputs of model")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 학습 한 걸음에서 머리만 움직이고 몸통은 그대로여야 합니다. / In one training step only the head may move, and the body has to stay.
""" # END TEST CONFIG
def test_a_step_moves_the_head_and_not_the_body(model, reference):
    import numpy as np
    from autograder import checks
    draw, side = np.random.default_rng(2), reference["model"].input_shape[1]
    pictures = draw.uniform(size=(8, side, side, 3)).astype("float32")
    checks.expect_step_moves(model, pictures, np.arange(8), moved=(-1,), still=("conv*",))

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: compile의 옵티마이저, 학습률, 손실, metrics 가운데 다른 것이 있습니다. / In compile the optimizer, learning rate, loss or metrics differ.
""" # END TEST CONFIG
def test_model_is_compiled_for_ten_classes(model):
    from autograder import checks
    checks.expect_optimizer(model, "Adam")
    checks.expect_learning_rate(model, 1e-3)
    checks.expect_loss(model, "sparse_categorical_crossentropy")
    checks.expect_metrics(model, "accuracy")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 143번 층부터 녹이기 · Thaw from layer 143 on
#
# 머리를 학습한 다음이라고 합시다. 이제 몸통의 마지막 블록 `conv5`, 곧 `base_model.layers[143:]`만 녹입니다(번호는 0부터 셉니다). 순서가
# 중요합니다.
#
# Say the head has been trained. Now only the last block of the body is thawed, `conv5`, which is `base_model.layers[143:]` (numbers count from 0).
# The order matters:
#
# ```text
#  base_model.trainable → True            ① 먼저 전체를 녹이고      first thaw everything
#  layers[:143]  trainable → False        ② 앞의 143개를 다시 얼림   then freeze the first 143 again
#  model.compile(...)                     ③ 다시 컴파일             compile again
# ```
#
# > `base_model.trainable`이 `False`인 채 뒤쪽 층만 `True`로 바꾸지 마세요. 그러면 **두 가지 답이 나옵니다.** `base_model`은 배우는 것이 하나도 없다고 하는데
# > (`base_model.trainable_weights`가 빈 리스트), `model` 안에서는 그 층들이 배웁니다. 오류도 나지 않으니, 위의 순서를 지키고 늘 개수를 세어 확인하세요.
# >
# > Do not set only the late layers to `True` while `base_model.trainable` is `False`: **two answers** come out then. `base_model` says that nothing learns
# > (an empty list of `base_model.trainable_weights`), while inside `model` those layers do learn. There is no error, so keep to the order, and always count.
#
# 2단계에서 `base_model`이 아니라 층을 하나씩 얼렸다면 녹일 때도 하나씩 켜야 합니다. `base_model.trainable`은 내내 `True`였고, TensorFlow에서는 같은 값을
# 다시 넣어도 안의 층까지 가지 않습니다.
#
# If in step 2 you froze the layers one by one instead of `base_model`, switch them on one by one, too: `base_model.trainable` was `True` all along, and on
# TensorFlow setting it to the value it has does not reach the layers inside.
#
# 다시 컴파일할 때 학습률은 100분의 1인 `1e-5`로 낮추세요. 손실과 metrics는 2단계와 같습니다. `thawed_parameters`에는 몸통에서 이제 배우는 파라미터의 수,
# 곧 `base_model.trainable_weights`의 크기를 모두 더한 값을 담으세요.
#
# Compile again with the learning rate a hundred times lower, `1e-5`; loss and metrics as in step 2. In `thawed_parameters` put how many parameters of the
# body learn now: the sizes of all `base_model.trainable_weights` added up.
#
# 143번 층부터의 파라미터는 모두 14,998,528개입니다. 그 가운데 22,528개는 배치 정규화가 기억하는 평균과 분산이라 기울기로 배우지 않습니다.
#
# From layer 143 on there are 14,998,528 parameters. Of these, 22,528 are the means and variances that batch normalization remembers, and no gradient changes them:
#
# $$14{,}998{,}528 - 22{,}528 = 14{,}976{,}000$$
#
# 기울기가 아니어도, 녹은 층에서는 `fit`하는 동안 이 평균과 분산이 배치를 볼 때마다 바뀝니다. 언 층에서는 바뀌지 않습니다.
#
# Even without a gradient, in a thawed layer `fit` changes these means and variances with every batch it sees. In a frozen layer they stay.

# %% [raw]
# # BEGIN SOLUTION

# %%
# thaw base_model.layers[143:] and compile model again at 1e-5
# BEGIN SOLUTION
base_model.trainable = True
for layer in base_model.layers[:143]:
    layer.trainable = False
model.compile(optimizer=Adam(learning_rate=1e-5), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
# END SOLUTION
# thawed_parameters: int
thawed_parameters = sum(int(np.prod(weight.shape)) for weight in base_model.trainable_weights)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_parameters_that_are_thawed(thawed_parameters):
    import numpy as np
    message = (
        f"기댓값 expected: 정수 an int\n실제값 got: {type(thawed_parameters).__name__}\n"
        "원인 likely cause: 아직 채우지 않았습니다. / Not filled in yet."
    )
    assert isinstance(thawed_parameters, (int, np.integer)), message
    causes = {
        14_998_528: "배치 정규화의 평균과 분산까지 세었습니다. trainable_weights만 세세요. / The means and variances of batch normalization were counted, too. Count trainable_weights only.",
        0: "base_model.trainable이 아직 False이거나, 하나씩 얼린 층을 하나씩 켜지 않았습니다. / base_model.trainable is still False, or layers frozen one by one were not switched on one by one.",
        23_534_592: "전체가 녹아 있습니다. 앞의 143개를 다시 얼리세요. / Everything is thawed; freeze the first 143 again.",
    }
    cause = causes.get(int(thawed_parameters), "자르는 자리가 143이 아니거나 다른 것을 세었습니다. / The cut is not at 143, or something else was counted.")
    message = (
        f"기댓값 expected: 14,976,000\n실제값 got: {thawed_parameters:,}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 앞의 143개는 layers[:143], 나머지는 layers[143:]입니다. / The first 143 are layers[:143], the rest layers[143:]."
    )
    assert thawed_parameters == 14_976_000, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 143번 층부터만 녹아 있지 않습니다. / Not just the layers from 143 on are thawed.
""" # END TEST CONFIG
def test_layers_are_thawed_from_143_on(model, reference):
    from autograder import checks
    head = (reference["model"].input_shape[1] // 32) ** 2 * 20_480 + 10
    checks.expect_parameter_total(model, 23_587_712 + head, trainable=14_976_000 + head)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 학습 한 걸음에서 conv5 블록과 머리는 움직이고, 그 앞은 그대로여야 합니다. / In one training step the block conv5 and the head have to move, and all before them has to stay.
""" # END TEST CONFIG
def test_a_step_moves_the_last_block(model, reference):
    import numpy as np
    from autograder import checks
    draw, side = np.random.default_rng(3), reference["model"].input_shape[1]
    pictures = draw.uniform(size=(8, side, side, 3)).astype("float32")
    still = ("conv1_*", "conv2_*", "conv3_*", "conv4_*")
    checks.expect_step_moves(model, pictures, np.arange(8), moved=("conv5_block1_1_conv", "conv5_block3_3_conv", -1), still=still)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 녹인 뒤의 학습률이 1e-5가 아닙니다. 다시 컴파일했는지 보세요. / The learning rate after thawing is not 1e-5. See whether it was compiled again.
""" # END TEST CONFIG
def test_learning_rate_is_a_hundred_times_lower(model):
    from autograder import checks
    checks.expect_optimizer(model, "Adam")
    checks.expect_learning_rate(model, 1e-5)
    checks.expect_loss(model, "sparse_categorical_crossentropy")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. 더 좋은 머리: 증강, 배치 정규화, 드롭아웃 · A better head: augmentation, batch normalization, dropout
#
# 자료가 적으면 머리가 그림을 외웁니다. 막는 방법 셋을 한꺼번에 넣어 `tuned_model`을 만드세요. 몸통은 통째로 다시
# 얼립니다. 새 머리는 얼린 단계부터 시작하니까요.
#
# With little data the head learns pictures by heart. Put three remedies into a new `tuned_model`. All of the body is
# frozen again, since a new head begins with the frozen phase.
#
# > 같은 `base_model`이 앞의 `model` 안에도 있으므로, 한쪽에서 얼리거나 녹이면 다른 쪽도 그렇게 됩니다. 앞 단계의 `grader.check`를 다시 통과하려면 그
# > 단계의 칸부터 차례로 다시 실행하세요.
# >
# > The same `base_model` is in the earlier `model`, too: frozen or thawed in one, it is so in the other. For an earlier `grader.check` to pass again,
# > run the cells from that step on.
#
# | 층 · layer | 왜 · why | 파라미터 (`SIDE` = 32) · parameters |
# |---|---|---|
# | `keras.Input((SIDE, SIDE, 3))` | | |
# | `RandomFlip("horizontal")` | 좌우를 뒤집어도 고양이는 고양이입니다 · a cat is a cat, mirrored or not | 0 |
# | `RandomRotation(0.05)` | 조금(최대 18도) 돌립니다 · turns a little, 18 degrees at most | 0 |
# | `base_model` | 얼림 · frozen | 23,587,712 |
# | `Flatten()` | | 0 |
# | `Dense(256, activation="relu")` | 은닉층 · a hidden layer | 2,048 x 256 + 256 = 524,544 |
# | `BatchNormalization()` | 배치마다 평균 0, 분산 1로 · to mean 0 and variance 1 in each batch | 4 x 256 = 1,024 |
# | `Dropout(0.5)` | 절반을 꺼서 서로 기대지 못하게 · switches off half, so that units do not lean on each other | 0 |
# | `Dense(10, activation="softmax")` | | 256 x 10 + 10 = 2,570 |
#
# 증강과 드롭아웃은 **학습할 때만** 움직이고, 예측할 때는 아무것도 하지 않습니다. 배치 정규화는 유닛마다 수가 넷인데, 배율과 이동 둘만
# 기울기로 배우고, 평균과 분산 둘은 지나가는 값을 기억할 뿐이라 `trainable_weights`에 들지 않습니다.
#
# Augmentation and dropout act **while training only**; in prediction they do nothing. Batch normalization has four numbers for each unit:
# two, scale and shift, learn by gradient; the other two only remember mean and variance as they pass by, and are not among
# the `trainable_weights`.
#
# $$524{,}544 + 2 \times 256 + 2{,}570 = 527{,}626 \text{ trainable}$$
#
# 2,048은 `Flatten`이 편 특성의 수입니다. `SIDE`가 224이면 7 x 7 x 2,048 = 100,352이고, `Dense(256)`의 파라미터는 25,690,368개로 몸통보다 많습니다.
#
# 2,048 is how many features `Flatten` lays out. With a `SIDE` of 224 they are 7 x 7 x 2,048 = 100,352, and `Dense(256)` has 25,690,368 parameters, more than
# the body.

# %% [raw]
# # BEGIN SOLUTION

# %%
# freeze base_model again;  tuned_model: the layers of the table, 527,626 trainable parameters if SIDE is 32
# BEGIN SOLUTION NO PROMPT
base_model.trainable = False
# END SOLUTION
tuned_model = Sequential()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
tuned_model.add(keras.Input((SIDE, SIDE, 3)))
tuned_model.add(RandomFlip("horizontal"))
tuned_model.add(RandomRotation(0.05))
tuned_model.add(base_model)
tuned_model.add(Flatten())
tuned_model.add(Dense(256, activation="relu"))
tuned_model.add(BatchNormalization())
tuned_model.add(Dropout(0.5))
tuned_model.add(Dense(10, activation="softmax"))
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
def test_layers_of_the_better_head(tuned_model):
    layers = [type(layer).__name__ for layer in getattr(tuned_model, "layers", [])]
    layers = ["base_model" if name in ("Functional", "Model") else name for name in layers if name != "InputLayer"]
    wanted = ["RandomFlip", "RandomRotation", "base_model", "Flatten", "Dense", "BatchNormalization", "Dropout", "Dense"]
    cause = "표의 순서와 다릅니다. / The order is not that of the table."
    if set(wanted) - set(layers):
        cause = f"빠진 층이 있습니다: {sorted(set(wanted) - set(layers))} / Layers are missing."
    message = (
        f"기댓값 expected: {wanted}\n실제값 got: {layers}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 증강은 그림에 하므로 몸통 앞에 옵니다. / Augmentation acts on pictures, so it comes before the body."
    )
    assert layers == wanted, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: tuned_model의 파라미터의 수나 그중 배우는 것의 수가 표와 다릅니다(SIDE가 32이면 24,115,850개와 527,626개). / The parameters of tuned_model, or how many of them are trainable, are not those of the table (24,115,850 and 527,626 if SIDE is 32).
""" # END TEST CONFIG
def test_parameters_of_the_better_head(tuned_model, reference):
    from autograder import checks
    features = (reference["tuned_model"].input_shape[1] // 32) ** 2 * 2_048
    learns = features * 256 + 256 + 2 * 256 + 2_570
    checks.expect_parameter_total(tuned_model, 23_587_712 + learns + 2 * 256, trainable=learns)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 층의 설정 가운데 다른 것이 있습니다. 뒤집는 방향, 돌리는 각도, 드롭아웃의 비율을 확인하세요. / A setting of a layer differs. Check the flip, the rotation and the rate of dropout.
""" # END TEST CONFIG
def test_settings_of_augmentation_and_dropout(tuned_model):
    from autograder import checks
    checks.expect_setting(tuned_model, "RandomFlip", "mode", "horizontal")
    checks.expect_setting(tuned_model, "Dropout", "rate", 0.5)
    rotation = next((layer for layer in tuned_model.layers if type(layer).__name__ == "RandomRotation"), None)
    factor = None if rotation is None else rotation.get_config()["factor"]
    bounds = [-factor, factor] if isinstance(factor, (int, float)) else list(factor or ())
    checks.expect_close(bounds, [-0.05, 0.05], "RandomRotation factor", tolerance=1e-9)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 새 머리의 활성화 함수가 relu와 softmax가 아닙니다. / The activations of the new head are not relu and softmax.
""" # END TEST CONFIG
def test_activations_of_the_better_head(tuned_model):
    from autograder import checks
    dense = [layer for layer in tuned_model.layers if type(layer).__name__ == "Dense"]
    checks.expect_equal([layer.units for layer in dense], [256, 10], "units of the Dense layers")
    checks.expect_activation(tuned_model, dense[0].name, "relu")
    checks.expect_activation(tuned_model, dense[-1].name, "softmax")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. 두 가지 규칙: 학습률 감소와 조기 종료 · Two rules: learning-rate decay and early stopping
#
# **학습률 감소(learning rate decay).** 처음에는 성큼성큼, 나중에는 조심조심 걷습니다. 지수 감소는 `decay_steps` 걸음마다 학습률에
# `decay_rate`를 한 번 곱하며, 그 사이도 부드럽게 잇습니다.
#
# **Learning-rate decay.** Long strides at first, careful steps later. Exponential decay multiplies the rate by `decay_rate` once every `decay_steps`
# steps, smoothly in between:
#
# $$\text{rate}(\text{step}) = \text{initial} \times \text{decay\_rate}^{\,\text{step} / \text{decay\_steps}}$$
#
# 예: 0.001에서 시작해 100걸음마다 절반이 되면 100걸음 뒤 0.0005, 200걸음 뒤 0.00025, 50걸음 뒤에는 0.001 x 0.5^0.5 = 0.000707입니다.
#
# Example: from 0.001, halved every 100 steps: 0.0005 after 100 steps, 0.00025 after 200, and 0.001 x 0.5^0.5 = 0.000707 after 50.
#
# **조기 종료(early stopping).** 검증 손실이 `patience` 에포크 **연달아** 지금까지의 최저보다 내려가지 못하면 멈춥니다. 같은 값은 나아진
# 것이 아닙니다.
#
# **Early stopping.** Stop when the validation loss has failed, `patience` epochs **in a row**, to fall below its lowest so far. Equal is no
# improvement.
#
# ```text
#  patience 2      epoch   1     2     3     4     5
#               val_loss  0.9   0.7   0.8   0.75  (0.6)
#                           ▲                  ▲
#                      최저 lowest    둘째 실패: 멈춤 · second failure: stop after 4 epochs
# ```
#
# 1. `decayed_rate(initial, decay_rate, decay_steps, step)`: 위의 식, 수 하나 · the formula above, one number.
# 2. `epochs_run(losses, patience)`: 멈출 때까지 실행한 에포크의 수(정수). 끝까지 멈추지 않으면 `losses`의 길이입니다.<br>
#    How many epochs were run before it stopped, an int; the length of `losses` if it never does.
# 3. `schedule`: Keras의 `ExponentialDecay`로, 0.001에서 시작해 100걸음마다 절반. 인자의 차례가 위의 함수와 다르니 이름을 붙여 주세요:
#    `initial_learning_rate`, `decay_steps`, `decay_rate`. `rates`: 걸음 0, 50, 100, 200, 400에서의 값 다섯 개(리스트). `schedule(step)`은 텐서이므로
#    `float`로 바꿉니다.<br>
#    Keras's `ExponentialDecay` from 0.001, halved every 100 steps. Its arguments come in another order than above, so pass them by these names. `rates`: its
#    values at the steps 0, 50, 100, 200 and 400, a list. `schedule(step)` is a tensor; make it a number with `float`.
# 4. `tuned_model`을 컴파일하세요. 옵티마이저는 `AdamW`로 바꾸고 `learning_rate=schedule`을 주며, 손실과 metrics는 2단계와 같습니다. `AdamW`는 걸음마다
#    가중치를 조금씩 0 쪽으로 줄여(weight decay) 외우기를 막는 Adam입니다.<br>
#    Compile `tuned_model`: change the optimizer to `AdamW` with `learning_rate=schedule`; loss and metrics as in step 2. `AdamW` is Adam that also shrinks
#    the weights a little at every step (weight decay), against learning by heart.

# %% [raw]
# # BEGIN SOLUTION

# %%
def decayed_rate(initial, decay_rate, decay_steps, step):
    """The learning rate after this many steps, a float."""
    # BEGIN SOLUTION
    return initial * decay_rate ** (step / decay_steps)
    # END SOLUTION


# %%
def epochs_run(losses, patience):
    """How many epochs run before early stopping ends the training, an int."""
    # BEGIN SOLUTION
    best, waited = float("inf"), 0
    for epoch, loss in enumerate(losses, start=1):
        if loss < best:
            best, waited = loss, 0
        else:
            waited += 1
        if waited >= patience:
            return epoch
    return len(losses)
    # END SOLUTION


# %%
# schedule: ExponentialDecay;  rates: list of 5 floats;  compile tuned_model
schedule = ExponentialDecay(0.001, decay_steps=100, decay_rate=0.5)  # SOLUTION
rates = [float(schedule(step)) for step in (0, 50, 100, 200, 400)]  # SOLUTION
# BEGIN SOLUTION NO PROMPT
tuned_model.compile(
    optimizer=AdamW(learning_rate=schedule), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
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
def test_rate_after_fifty_and_two_hundred_steps(decayed_rate):
    found = (decayed_rate(0.001, 0.5, 100, 50), decayed_rate(0.001, 0.5, 100, 200))
    message = (
        f"기댓값 expected: (0.000707, 0.00025)\n실제값 got: {tuple(type(one).__name__ for one in found)}\n"
        "원인 likely cause: return이 없습니다. / There is no return."
    )
    assert all(isinstance(one, (int, float)) for one in found), message
    cause = "식을 다시 보세요. / See the formula again."
    if abs(found[0] - 0.001) < 1e-9:
        cause = "몫을 정수로 잘랐습니다. / The quotient was cut to a whole number."
    elif abs(found[0] - 0.00025) < 1e-9 or abs(found[1] - 0.0) < 1e-9:
        cause = "지수가 step / decay_steps가 아닙니다. / The exponent is not step / decay_steps."
    message = (
        f"기댓값 expected: (0.000707, 0.00025)\n실제값 got: ({found[0]:.6f}, {found[1]:.6f})\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 200걸음은 100걸음의 두 배이므로 절반의 절반입니다. / 200 steps are twice 100, so half of a half."
    )
    assert abs(found[0] - 0.00070711) < 1e-6 and abs(found[1] - 0.00025) < 1e-9, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_the_example_stops_after_four_epochs(epochs_run):
    found = (epochs_run([0.9, 0.7, 0.8, 0.75, 0.6], 2), epochs_run([0.9, 0.7, 0.8, 0.75, 0.6], 3))
    cause = "실패는 연달아 세고, 최저가 바뀌면 0부터 다시 셉니다. / Failures count in a row, and from 0 again after a new lowest."
    if found == (3, 4):
        cause = "patience보다 한 에포크 먼저 멈춥니다. / It stops an epoch before patience is used up."
    elif found == (5, 5):
        cause = "한 에포크 늦게 멈추거나, 바로 앞의 값과 비교했습니다. / It stops an epoch late, or compares with the value just before."
    message = (
        f"기댓값 expected: patience 2 → 4, patience 3 → 5\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 그림의 다섯 값을 손으로 따라가 보세요. / Follow the five values of the picture by hand."
    )
    assert found == (4, 5), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 값에서 decayed_rate가 틀립니다. 인자만 쓰는지 보세요. / With other values decayed_rate is wrong. See whether it uses its arguments only.
""" # END TEST CONFIG
def test_decay_for_other_settings(decayed_rate):
    from autograder import checks
    for initial, rate, every, step in ((0.01, 0.9, 10, 35), (1.0, 0.96, 1000, 0), (0.3, 0.1, 7, 7), (0.02, 0.5, 4, 3)):
        wanted = initial * rate ** (step / every)
        checks.expect_close(decayed_rate(initial, rate, every, step), wanted, f"decayed_rate at step {step}", tolerance=1e-7)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 다른 손실에서 epochs_run이 틀립니다. 최저와 비교하는지, 같은 값을 나아졌다고 세지 않는지 보세요. / With other losses epochs_run is wrong. See whether it compares with the lowest, and does not take equal for better.
""" # END TEST CONFIG
def test_early_stopping_for_other_losses(epochs_run):
    from autograder import checks
    cases = (
        ([3.0, 2.0, 2.0, 2.0, 1.0], 2, 4),
        ([5.0, 1.0, 4.0, 3.0, 2.0, 1.5], 3, 5),
        ([4.0, 3.0, 2.0, 1.0], 1, 4),
        ([1.0, 2.0, 0.5, 0.6, 0.4, 0.5, 0.6, 0.7], 3, 8),
        ([1.0, 2.0], 1, 2),
    )
    for losses, patience, wanted in cases:
        checks.expect_equal(epochs_run(losses, patience), wanted, f"epochs_run({losses}, {patience})")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: rates가 걸음 0, 50, 100, 200, 400에서의 학습률이 아닙니다. / rates are not the learning rates at the steps 0, 50, 100, 200 and 400.
""" # END TEST CONFIG
def test_rates_of_the_schedule(rates):
    from autograder import checks
    wanted = [0.001 * 0.5 ** (step / 100) for step in (0, 50, 100, 200, 400)]
    checks.expect_close(rates, wanted, "rates", tolerance=1e-7)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: tuned_model이 감소하는 학습률의 AdamW로 컴파일되지 않았습니다. / tuned_model is not compiled with AdamW and the decaying learning rate.
""" # END TEST CONFIG
def test_tuned_model_learns_by_the_schedule(tuned_model):
    import keras
    from autograder import checks
    checks.expect_optimizer(tuned_model, "AdamW")
    checks.expect_loss(tuned_model, "sparse_categorical_crossentropy")
    config = tuned_model.optimizer.get_config()["learning_rate"]
    kind = config.get("class_name") if isinstance(config, dict) else type(config).__name__
    assert kind == "ExponentialDecay", f"learning_rate: expected ExponentialDecay, got {kind}"
    planned = keras.optimizers.schedules.deserialize(config)
    found = [float(planned(step)) for step in (0, 30, 100, 250)]
    checks.expect_close(found, [0.001 * 0.5 ** (step / 100) for step in (0, 30, 100, 250)], "learning rate by step", tolerance=1e-7)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. 새 숫자들 · The new digits
#
# 이제 진짜 전이학습입니다. scikit-learn의 손글씨 숫자는 8 x 8 그림 1,797장이고 값은 0에서 16까지입니다. 우리 작은 모델은 그중 0에서
# 4까지만 보았습니다. 여러분의 과제는 **5에서 9까지**이며, 배울 그림은 숫자마다 열 장뿐입니다.
#
# Now the real transfer. The handwritten digits of scikit-learn are 1,797 pictures of 8 x 8 with values from 0 to 16. Our small model has seen only
# 0 to 4 of them. Your task is **5 to 9**, and there are just ten pictures of each to learn from.
#
# 1. `x`: 라벨이 5 이상인 그림, 16으로 나눈 `float32`, 모양 `(896, 8, 8, 1)`. `y`: 그 라벨에서 5를 뺀 0~4, 모양 `(896,)`.<br>
#    `x`: the pictures whose label is 5 or more, divided by 16, as `float32`, of shape `(896, 8, 8, 1)`. `y`: their labels less 5, so 0 to 4.
# 2. `train_test_split`으로 먼저 `x_train`, `x_rest`, `y_train`, `y_rest`로 나눕니다. `train_size=50, stratify=y, random_state=1`.<br>
#    First split into `x_train`, `x_rest`, `y_train`, `y_rest` by `train_test_split` with `train_size=50, stratify=y, random_state=1`.
# 3. 나머지를 다시 `x_val`, `x_test`, `y_val`, `y_test`로 나눕니다. `train_size=100, stratify=y_rest, random_state=1`.<br>
#    Then split the rest into `x_val`, `x_test`, `y_val`, `y_test`, with `train_size=100, stratify=y_rest, random_state=1`.
#
# `stratify`는 숫자마다 같은 비율로 나눕니다. 검증 100장으로는 언제 멈출지만 정하고, 시험 746장은 마지막에 한 번씩만 봅니다.
#
# `stratify` gives each digit the same share. The 100 for validation only decide when to stop; the 746 for testing are looked at just once for
# each model, when it is finished.

# %% [raw]
# # BEGIN SOLUTION

# %%
digits = load_digits()
# x: float32 (896, 8, 8, 1), 0 to 1;  y: int (896,), 0 to 4
new = digits.target >= 5  # SOLUTION NO PROMPT
x = (digits.images[new] / 16).astype("float32")[..., np.newaxis]  # SOLUTION
y = digits.target[new] - 5  # SOLUTION
# x_train (50, 8, 8, 1), x_val (100, 8, 8, 1), x_test (746, 8, 8, 1)
# BEGIN SOLUTION NO PROMPT
x_train, x_rest, y_train, y_rest = train_test_split(x, y, train_size=50, stratify=y, random_state=1)
x_val, x_test, y_val, y_test = train_test_split(x_rest, y_rest, train_size=100, stratify=y_rest, random_state=1)
# END SOLUTION
""" # BEGIN PROMPT
x_train = ...
x_rest = ...
y_train = ...
y_rest = ...
x_val = ...
x_test = ...
y_val = ...
y_test = ...
""" # END PROMPT

# %%
# 학습 그림 다섯 장 (채점하지 않습니다) · five of the pictures to learn from (not graded): plt.imshow
# BEGIN SOLUTION
figure, axes = plt.subplots(1, 5, figsize=(10, 2.4))
for axis, picture, label in zip(axes, x_train, y_train):
    axis.imshow(picture[..., 0], cmap="gray_r")
    axis.set_title(f"숫자 {label + 5}")
    axis.axis("off")
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
def test_shapes_of_the_three_parts(x_train, x_val, x_test):
    found = [getattr(part, "shape", None) for part in (x_train, x_val, x_test)]
    cause = "아직 채우지 않았거나 숫자를 고르지 않았습니다. / Not filled in yet, or the digits were not chosen."
    if found[0] == (50, 8, 8):
        cause = "채널 축이 없습니다. / The axis for channels is missing."
    elif found[0] == (50, 64):
        cause = "digits.data는 한 줄로 편 그림입니다. digits.images를 쓰세요. / digits.data holds flattened pictures; use digits.images."
    message = (
        f"기댓값 expected: (50, 8, 8, 1), (100, 8, 8, 1), (746, 8, 8, 1)\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: [..., np.newaxis]는 끝에 축을 더합니다. / [..., np.newaxis] adds an axis at the end."
    )
    assert found == [(50, 8, 8, 1), (100, 8, 8, 1), (746, 8, 8, 1)], message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_labels_run_from_0_to_4(y_train):
    import numpy as np
    kind = type(y_train).__name__
    message = (
        f"기댓값 expected: array (50,)\n실제값 got: {kind}\n"
        "원인 likely cause: 아직 채우지 않았습니다. / Not filled in yet."
    )
    assert hasattr(y_train, "shape"), message
    values, counts = np.unique(y_train, return_counts=True)
    found = dict(zip(values.tolist(), counts.tolist()))
    cause = "stratify가 없거나 다른 숫자입니다. / stratify is missing, or these are other digits."
    if found and min(found) == 5:
        cause = "5를 빼지 않았습니다. 머리의 유닛은 0부터 셉니다. / 5 was not taken off; the units of a head count from 0."
    message = (
        f"기댓값 expected: 0 ... 4, 열 장씩 ten of each\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}"
    )
    assert sorted(found) == [0, 1, 2, 3, 4] and set(found.values()) <= {9, 10, 11}, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 그림이나 라벨이 기대와 다릅니다. 16으로 나눈 float32인지, 나누는 설정이 본문과 같은지 보세요. / Pictures or labels are not as expected. See whether they are float32, divided by 16, and split as the text says.
""" # END TEST CONFIG
def test_pictures_and_labels_of_each_part(x_train, x_val, x_test, y_train, y_val, y_test, reference):
    from autograder import checks
    checks.expect_dtype(x_train, "float32", "x_train")
    parts = {"x_train": x_train, "x_val": x_val, "x_test": x_test, "y_train": y_train, "y_val": y_val, "y_test": y_test}
    for name, found in parts.items():
        checks.expect_close(found, reference[name], name)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. 작은 몸통을 파일에서 · The small body from its file
#
# `small_digits.safetensors`에는 0~4로 학습한 작은 합성곱 신경망의 가중치가 배열 여덟 개로 들어 있습니다. 구조는 파일에 없으므로, 표를 보고
# 똑같이 만든 다음 가중치를 넣습니다. Keras의 `weights="imagenet"`도 속으로는 이렇게 합니다.
#
# `small_digits.safetensors` holds the weights of a small convolutional network that was trained on 0 to 4, as eight arrays. Its structure is not in
# the file: build it by the table, then put the weights in. That is what `weights="imagenet"` of Keras does inside.
#
# | 층 · layer | 출력 · output | 파라미터 · parameters |
# |---|---|---|
# | `keras.Input((8, 8, 1))` | 8 x 8 x 1 | |
# | `Conv2D(32, 3, padding="same", activation="relu")` | 8 x 8 x 32 | 3 x 3 x 1 x 32 + 32 = 320 |
# | `Conv2D(32, 3, padding="same", activation="relu")` | 8 x 8 x 32 | 3 x 3 x 32 x 32 + 32 = 9,248 |
# | `MaxPooling2D()` | 4 x 4 x 32 | 0 |
# | `Conv2D(64, 3, padding="same", activation="relu")` | 4 x 4 x 64 | 3 x 3 x 32 x 64 + 64 = 18,496 |
# | `Conv2D(64, 3, padding="same", activation="relu")` | 4 x 4 x 64 | 3 x 3 x 64 x 64 + 64 = 36,928 |
# | `GlobalAveragePooling2D()` | 64 | 0 |
#
# 1. `build_base()`: 표의 `Sequential` 모델을 새로 만들어 돌려주는 함수. 부를 때마다 가중치가 무작위인 새 모델입니다.<br>
#    A function that builds the `Sequential` model of the table and returns it; each call gives a new one with random weights.
# 2. `small_base`: `build_base()`에 `set_weights`로 파일의 배열을 넣은 모델. 순서는 층의 순서이며, 층마다 커널이 먼저, 편향이 다음입니다.
#    이름으로는 `conv1.kernel`, `conv1.bias`, `conv2.kernel`, …, `conv4.bias`입니다.<br>
#    A `build_base()` with the arrays of the file put in by `set_weights`: layer by layer, in each layer the kernel first and then the bias, which by name is
#    `conv1.kernel`, `conv1.bias`, `conv2.kernel`, …, `conv4.bias`.

# %%
arrays = load_file("small_digits.safetensors")
for name, array in sorted(arrays.items()):
    print(name, array.shape)

# %% [raw]
# # BEGIN SOLUTION

# %%
def build_base():
    """The model of the table with random weights, 64,992 parameters."""
    # BEGIN SOLUTION
    return Sequential([
        keras.Input((8, 8, 1)),
        Conv2D(32, 3, padding="same", activation="relu"),
        Conv2D(32, 3, padding="same", activation="relu"),
        MaxPooling2D(),
        Conv2D(64, 3, padding="same", activation="relu"),
        Conv2D(64, 3, padding="same", activation="relu"),
        GlobalAveragePooling2D(),
    ])
    # END SOLUTION


# %%
# small_base: build_base() with the weights of the file
small_base = build_base()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
small_base.set_weights([arrays[f"conv{i}.{part}"] for i in (1, 2, 3, 4) for part in ("kernel", "bias")])
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
def test_parameters_of_the_small_body(small_base):
    layers = [(type(layer).__name__, int(layer.count_params())) for layer in getattr(small_base, "layers", []) if type(layer).__name__ != "InputLayer"]
    wanted = [
        ("Conv2D", 320), ("Conv2D", 9248), ("MaxPooling2D", 0), ("Conv2D", 18496), ("Conv2D", 36928), ("GlobalAveragePooling2D", 0)
    ]
    cause = "층의 종류나 크기가 표와 다릅니다. / A layer is of another kind or size than in the table."
    if not layers:
        cause = "아직 만들지 않았습니다. / Not made yet."
    message = (
        f"기댓값 expected: {wanted}\n실제값 got: {layers}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 표를 한 줄씩 옮기세요. / Follow the table line by line."
    )
    assert layers == wanted, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: small_base가 파일의 가중치를 가진 모델과 다른 특성을 냅니다. 가중치를 넣었는지, padding과 활성화 함수가 표와 같은지 보세요. / small_base gives other features than a model with the weights of the file. See whether the weights were put in, and padding and activation are those of the table.
""" # END TEST CONFIG
def test_body_sees_what_the_pretrained_one_sees(small_base, reference):
    import numpy as np
    from autograder import checks
    pictures = np.random.default_rng(7).uniform(size=(6, 8, 8, 1)).astype("float32")
    wanted = checks.outputs(reference["small_base"], pictures)
    checks.expect_close(checks.outputs(small_base, pictures), wanted, "features of small_base", tolerance=1e-3)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: small_base의 가중치가 파일의 것과 똑같지 않습니다. / The weights of small_base are not exactly those of the file.
""" # END TEST CONFIG
def test_weights_are_those_of_the_file(small_base, reference):
    from autograder import checks
    checks.expect_same_weights(small_base, reference["small_base"])

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 얼린 단계, 콜백과 함께 · The frozen phase, with callbacks
#
# `small_base`를 얼리고 머리만 학습합니다. 학습하는 동안 두 **콜백**이 지켜봅니다.
#
# Freeze `small_base` and train the head alone. While it trains, two **callbacks** watch:
#
# | 콜백 · callback | 하는 일 · what it does |
# |---|---|
# | `ModelCheckpoint("best.keras", monitor="val_loss", save_best_only=True)` | 검증 손실이 최저일 때마다 모델을 파일로 저장합니다 · saves the model whenever the validation loss is at its lowest |
# | `EarlyStopping(monitor="val_loss", patience=5)` | 다섯 번 연달아 나아지지 않으면 멈춥니다 · stops after five epochs in a row without improvement |
#
# 에포크가 적으면 조기 종료는 나설 일이 없을 수도 있습니다. 그래도 걸어 두면, 에포크를 늘려도 시간을 버리지 않습니다.
#
# With few epochs early stopping may have nothing to do. Set it all the same, and more epochs will not waste your time.
#
# 1. `digit_model`: `keras.Input((8, 8, 1))`, `small_base`(얼림 · frozen), `Dense(5, activation="softmax")`. 배우는 것은 64 x 5 + 5 = 325개입니다.<br>
#    325 numbers learn.
# 2. 컴파일 · compile: `Adam(learning_rate=1e-2)`, `sparse_categorical_crossentropy`, `metrics=["accuracy"]`.
# 3. `checkpoint`, `earlystopping`: 위의 두 콜백 · the two callbacks above.
# 4. `history`: `x_train`, `y_train`으로 최대 `EPOCHS` 에포크(여기서는 15), `batch_size=BATCH_SIZE`(여기서는 10), `validation_data=(x_val, y_val)`, 두 콜백으로
#    `fit`한 결과.<br>
#    What `fit` returns for at most `EPOCHS` epochs (here 15) with `batch_size=BATCH_SIZE` (here 10), this validation data and both callbacks.
# 5. `frozen_model`: 저장된 최선의 모델. `load_model("best.keras")`로 읽습니다. `frozen_accuracy`: 그 모델의 시험 정확도(`x_test`, `y_test`), `float`.<br>
#    The best model as it was saved, read by `load_model("best.keras")`; and its accuracy on the test pictures, a `float`.
#
# `fit`만 다시 실행하면 이미 배운 머리가 이어서 배웁니다. 다시 하려면 `digit_model`을 만드는 칸부터, 그리고 9, 10단계의 칸도 다시 실행하세요.
#
# Run `fit` alone again, and a head that has learnt already goes on learning. To do it over, start from the cell that makes `digit_model`, and then run
# those of steps 9 and 10 again, too.

# %% [raw]
# # BEGIN SOLUTION

# %%
# digit_model: Input → small_base (frozen) → Dense 5 softmax, compiled
# BEGIN SOLUTION NO PROMPT
small_base.trainable = False
# END SOLUTION
digit_model = Sequential([keras.Input((8, 8, 1)), small_base, Dense(5, activation="softmax")])  # SOLUTION
# BEGIN SOLUTION NO PROMPT
digit_model.compile(
    optimizer=Adam(learning_rate=1e-2), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
# END SOLUTION

# %%
# checkpoint: ModelCheckpoint;  earlystopping: EarlyStopping;  history: what fit returns
checkpoint = ModelCheckpoint("best.keras", monitor="val_loss", save_best_only=True)  # SOLUTION
earlystopping = EarlyStopping(monitor="val_loss", patience=5)  # SOLUTION
# BEGIN SOLUTION NO PROMPT
history = digit_model.fit(
    x_train, y_train, epochs=EPOCHS, batch_size=BATCH_SIZE, validation_data=(x_val, y_val), callbacks=[checkpoint, earlystopping], verbose=0
)
# END SOLUTION
""" # BEGIN PROMPT
history = ...
""" # END PROMPT

# %%
# frozen_model: the best one, from its file;  frozen_accuracy: float
frozen_model = load_model("best.keras")  # SOLUTION
frozen_accuracy = float(frozen_model.evaluate(x_test, y_test, verbose=0)[1])  # SOLUTION
print(len(history.history["loss"]), frozen_accuracy)  # SOLUTION NO PROMPT

# %%
# 손실과 검증 손실 (채점하지 않습니다) · loss and validation loss (not graded): plt.plot
# BEGIN SOLUTION
plt.plot(history.history["loss"], label="학습 손실")
plt.plot(history.history["val_loss"], label="검증 손실")
plt.xlabel("에포크")
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
def test_history_has_validation_losses(history):
    recorded = getattr(history, "history", None)
    message = (
        f"기댓값 expected: fit의 결과 what fit returns\n실제값 got: {type(history).__name__}\n"
        "원인 likely cause: fit의 결과를 담지 않았거나 fit이 오류로 멈췄습니다. / The result of fit was not kept, or fit ended with an error."
    )
    assert isinstance(recorded, dict), message
    message = (
        f"기댓값 expected: loss, val_loss, accuracy, val_accuracy\n실제값 got: {sorted(recorded)}\n"
        "원인 likely cause: validation_data 또는 metrics가 없습니다. / validation_data or metrics is missing."
    )
    assert {"loss", "val_loss", "accuracy", "val_accuracy"} <= set(recorded), message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_frozen_accuracy_is_a_share(frozen_accuracy):
    import numpy as np
    message = (
        f"기댓값 expected: float, 0 ... 1\n실제값 got: {type(frozen_accuracy).__name__}\n"
        "원인 likely cause: 아직 채우지 않았거나, evaluate의 결과 [손실, 정확도]를 그대로 담았습니다. / Not filled in, or what evaluate returns was kept as it is, [loss, accuracy]."
    )
    assert isinstance(frozen_accuracy, (float, np.floating)), message
    message = (
        f"기댓값 expected: 0 ... 1\n실제값 got: {float(frozen_accuracy):g}\n"
        "원인 likely cause: 손실을 담았거나 퍼센트입니다. / It is the loss, or a percentage."
    )
    assert 0 <= float(frozen_accuracy) <= 1, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 얼린 단계에서는 머리의 325개만 배웁니다. / In the frozen phase only the 325 numbers of the head learn.
""" # END TEST CONFIG
def test_only_the_new_head_learns(digit_model):
    import numpy as np
    from autograder import checks
    checks.expect_parameter_total(digit_model, 65_317, trainable=325)
    checks.expect_learning_rate(digit_model, 1e-2)
    pictures = np.random.default_rng(8).uniform(size=(10, 8, 8, 1)).astype("float32")
    checks.expect_step_moves(digit_model, pictures, np.arange(10) % 5, moved=(-1,), still=(-2,))

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 얼린 단계가 끝난 뒤 몸통의 가중치가 파일의 것과 다릅니다. 얼린 뒤에 컴파일했는지 보세요. / After the frozen phase the weights of the body are not those of the file. See whether it was frozen before compile.
""" # END TEST CONFIG
def test_body_came_out_of_the_frozen_phase_unchanged(digit_model, frozen_model, reference):
    from autograder import checks
    for found in (digit_model, frozen_model):
        checks.expect_same_weights(found, reference["digit_model"], but=(-1,))

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: frozen_model이 검증 손실이 최저인 때의 모델이 아닙니다. save_best_only와 monitor를 확인하고 저장된 파일을 읽었는지 보세요. / frozen_model is not the model with the lowest validation loss. Check save_best_only and monitor, and whether the file was read.
""" # END TEST CONFIG
def test_the_best_epoch_was_saved(frozen_model, history, x_val, y_val):
    from autograder import checks
    losses = checks.curve(history, "val_loss")
    measured = checks.cross_entropy(frozen_model, x_val, y_val)
    checks.expect_close(measured, float(losses.min()), "validation loss of frozen_model", tolerance=1e-4)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 학습이 조기 종료의 규칙대로 멈추지 않았습니다. patience가 5인지, 콜백을 fit에 주었는지 보세요. / Training did not stop by the rule of early stopping. See whether patience is 5, and the callbacks were given to fit.
""" # END TEST CONFIG
def test_training_stopped_by_the_rule(history, reference):
    from autograder import checks
    losses, planned = checks.curve(history, "val_loss").tolist(), reference["history"].params
    best, waited, wanted = float("inf"), 0, min(len(losses), planned["epochs"])
    for epoch, loss in enumerate(losses, start=1):
        best, waited = (loss, 0) if loss < best else (best, waited + 1)
        if waited >= 5:
            wanted = epoch
            break
    has_stopped = waited >= 5 or len(losses) == planned["epochs"]
    assert len(losses) == wanted and has_stopped, f"expected {planned['epochs']} epochs, or five without improvement, got {len(losses)} epochs, the last {waited} without"
    checks.expect_steps_per_epoch(history, planned["steps"])

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 시험 그림의 정확도가 기준보다 낮거나, frozen_accuracy가 frozen_model의 정확도가 아닙니다. / The accuracy on the test pictures is below the threshold, or frozen_accuracy is not that of frozen_model.
""" # END TEST CONFIG
def test_frozen_features_carry_over_to_new_digits(frozen_model, frozen_accuracy, x_test, y_test, reference, calibration):
    from autograder import checks
    checks.expect_close(frozen_accuracy, checks.accuracy(frozen_model, x_test, y_test), "frozen_accuracy", tolerance=0.002)
    measured = checks.accuracy(frozen_model, reference["x_test"], reference["y_test"])
    checks.expect_above(measured, calibration["frozen_accuracy"], "accuracy of frozen_model")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ### 9. 배운 적 없는 몸통이라면 · With a body that has learnt nothing
#
# 정확도는 사전학습 덕분일까요, 아니면 아무 합성곱이나 괜찮았을까요? **몸통의 가중치만** 무작위로 바꾸고 나머지는 8단계와 똑같이 하세요.
#
# Is the accuracy due to pretraining, or would any convolutions have done? Change **only the weights of the body** to random ones and do everything
# else as in step 8.
#
# - `random_base`: 새 `build_base()`, 얼림 · a new `build_base()`, frozen
# - `random_model`: 8단계와 같은 머리, 같은 컴파일 · the same head and the same compile as in step 8
# - `random_history`: 같은 설정으로 `fit`한 결과. 콜백은 `EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)` 하나면 됩니다.
#   최선의 가중치를 기억했다가 끝에 되돌려 놓으므로 파일이 필요 없습니다.<br>
#   What `fit` returns with the same settings; this one callback is enough. It remembers the best weights and puts them back in the end, so no file is needed.
# - `random_accuracy`: 시험 정확도, `float` · the accuracy on the test pictures
# - `transfer_gain`: `frozen_accuracy`에서 `random_accuracy`를 뺀 값 · `frozen_accuracy` less `random_accuracy`
#
# 이 크기로 40번 실행한 우리의 평균은 사전학습한 몸통이 **0.86**, 무작위 몸통이 **0.38**입니다. 찍기만 해도 0.20입니다. 무작위 몸통은 실행할 때마다 0.19에서 0.66까지 크게 다릅니다.
#
# Over our 40 runs with these sizes the pretrained body had **0.86** on average, the random one **0.38**. Guessing alone gives 0.20. The random body differs
# much from run to run, from 0.19 to 0.66.

# %% [raw]
# # BEGIN SOLUTION

# %%
# random_base: build_base(), frozen;  random_model: with the head of step 8, compiled
random_base = build_base()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
random_base.trainable = False
# END SOLUTION
random_model = Sequential([keras.Input((8, 8, 1)), random_base, Dense(5, activation="softmax")])  # SOLUTION
# BEGIN SOLUTION NO PROMPT
random_model.compile(
    optimizer=Adam(learning_rate=1e-2), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
# END SOLUTION
# random_history: what fit returns
# BEGIN SOLUTION NO PROMPT
patient = EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
random_history = random_model.fit(
    x_train, y_train, epochs=EPOCHS, batch_size=BATCH_SIZE, validation_data=(x_val, y_val), callbacks=[patient], verbose=0
)
# END SOLUTION
""" # BEGIN PROMPT
random_history = ...
""" # END PROMPT
# random_accuracy, transfer_gain: float
random_accuracy = float(random_model.evaluate(x_test, y_test, verbose=0)[1])  # SOLUTION
transfer_gain = frozen_accuracy - random_accuracy  # SOLUTION
print(random_accuracy, transfer_gain)
random_loss = float(random_model.evaluate(x_test, y_test, verbose=0)[0])  # SOLUTION NO PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_random_model_learns_a_head_only(random_model):
    import math
    weights = getattr(random_model, "trainable_weights", None)
    found = None if weights is None else sum(math.prod(weight.shape) for weight in weights)
    message = (
        f"기댓값 expected: 325\n실제값 got: {found}\n"
        "원인 likely cause: 아직 만들지 않았거나 random_base가 얼지 않았습니다. / Not made yet, or random_base is not frozen.\n"
        "힌트 hint: 비교하려면 몸통의 가중치만 달라야 합니다. / For a comparison only the weights of the body may differ."
    )
    assert found == 325, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: random_model의 몸통이 무작위 가중치가 아니거나 다른 구조입니다. / The body of random_model does not have random weights, or is built differently.
""" # END TEST CONFIG
def test_random_body_has_learnt_nothing(random_model, small_base, reference):
    import numpy as np
    from autograder import checks
    assert checks.same_structure(random_model, reference["random_model"]), "expected small_base and a head of 5, got another structure"
    for found, known in zip(random_model.get_weights()[:8:2], reference["small_base"].get_weights()[::2]):
        likeness = float(np.corrcoef(found.ravel(), known.ravel())[0, 1])
        assert abs(likeness) < 0.3, f"expected kernels unlike the pretrained ones, got a correlation of {likeness:.2f}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: random_accuracy가 random_model이 시험 그림에서 내는 정확도와 다릅니다. / random_accuracy is not the accuracy of random_model on the test pictures.
""" # END TEST CONFIG
def test_random_accuracy_is_that_of_the_model(random_model, random_accuracy, x_test, y_test):
    from autograder import checks
    checks.expect_close(random_accuracy, checks.accuracy(random_model, x_test, y_test), "random_accuracy", tolerance=0.002)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: random_model이 8단계와 같은 설정으로 학습되지 않았습니다. / random_model was not trained with the settings of step 8.
""" # END TEST CONFIG
def test_random_model_was_trained_alike(random_history, random_model, reference):
    from autograder import checks
    epochs = reference["random_history"].params["epochs"]
    checks.expect_steps_per_epoch(random_history, reference["random_history"].params["steps"])
    checks.expect_learning_rate(random_model, 1e-2)
    losses = checks.curve(random_history, "val_loss").tolist()
    best, waited = float("inf"), 0
    for loss in losses:
        best, waited = (loss, 0) if loss < best else (best, waited + 1)
    assert waited == 5 or len(losses) == epochs, f"expected {epochs} epochs, or five without improvement, got {len(losses)} epochs, the last {waited} without"

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 무작위 몸통이 사전학습한 것만큼 맞히거나, transfer_gain이 두 정확도의 차가 아닙니다. / The random body does as well as the pretrained one, or transfer_gain is not the difference of the two accuracies.
""" # END TEST CONFIG
def test_pretraining_is_worth_it(transfer_gain, frozen_model, random_model, x_test, y_test, reference, calibration):
    from autograder import checks
    gain = checks.accuracy(frozen_model, x_test, y_test) - checks.accuracy(random_model, x_test, y_test)
    checks.expect_close(transfer_gain, gain, "transfer_gain", tolerance=0.004)
    # by the loss, which is much the same for every random body, while their accuracies lie from 0.2 to 0.7
    loss, limit = checks.cross_entropy(random_model, reference["x_test"], reference["y_test"]), calibration["random_loss"]
    assert loss > limit, f"test loss of random_model: expected > {limit:.3g}, as of a body that has learnt nothing, got {loss:.3g}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q10

# %% [markdown]
# ### 10. 녹여서 미세조정 · Thaw and fine-tune
#
# 머리가 쓸 만해졌으니 몸통을 녹입니다. 학습률은 8단계의 **10분의 1**인 `1e-3`입니다. 몸통의 가중치는 이미 좋으므로 멀리 갈 까닭이
# 없습니다.
#
# The head is of use now, so the body is thawed, at `1e-3`, **a tenth** of the learning rate of step 8: the body's weights are good already and have
# no reason to go far.
#
# ```text
#  load_model  →  each layer of the body: trainable = True  →  compile (1e-3)  →  fit
#                                                                 ▲
#                            빠뜨리기 쉬운 한 줄 · the line that is easily forgotten
# ```
#
# 1. `fine_model`: `load_model("best.keras")`로 다시 읽어 몸통을 녹이고, Adam `1e-3`로 다시 컴파일합니다(손실과 metrics는 같음). 65,317개가 모두 배웁니다.<br>
#    Read the file again, thaw the body, and compile again with Adam at `1e-3`, the same loss and metrics. All 65,317 numbers learn.
#
#    몸통은 끝에서 둘째 층 `fine_model.layers[-2]`이고, 파일에서 읽은 몸통은 **그 안의 층마다** 꺼져 있습니다. 그러니 몸통의 `layers`를 돌며 하나씩 켜세요.
#    `fine_model.trainable`은 이미 `True`라서, TensorFlow에서는 다시 `True`를 넣어도 안의 층까지 가지 않습니다. 오류도 나지 않으니 늘 개수를 세세요.
#
#    The body is the last layer but one, `fine_model.layers[-2]`, and read from the file it has **each of its layers** switched off. Go through the `layers` of the
#    body and switch them on one by one. `fine_model.trainable` is `True` already, and on TensorFlow setting it to `True` again does not reach the layers inside.
#    There is no error, so always count.
# 2. `fine_history`: `x_train`, `y_train`으로 `FINE_EPOCHS` 에포크(여기서는 20), `batch_size=BATCH_SIZE`, `validation_data=(x_val, y_val)`로 `fit`한 결과.
#    콜백은 없습니다.<br>
#    What `fit` returns for `FINE_EPOCHS` epochs (here 20) with these settings, without callbacks.
# 3. `fine_accuracy`: 시험 정확도. `fine_gain`: `fine_accuracy`에서 `frozen_accuracy`를 뺀 값. · The accuracy on the test pictures, and `fine_accuracy` less `frozen_accuracy`.
#
# 이 크기로 우리의 평균은 얼린 단계 뒤 **0.86**, 미세조정 뒤 **0.90**입니다. 같은 자료에서 더 얻어 낸 것입니다. 한 번의 이득은 운에 따라 크게 달라지므로 `fine_gain`의
# 크기는 채점하지 않습니다.
#
# With these sizes we had on average **0.86** after the frozen phase and **0.90** after fine-tuning: more out of the same data. A single gain depends much on luck, so
# the size of `fine_gain` is not graded.

# %% [raw]
# # BEGIN SOLUTION

# %%
# fine_model: all 65,317 parameters trainable, compiled at 1e-3, then trained
fine_model = load_model("best.keras")  # SOLUTION
# BEGIN SOLUTION NO PROMPT
for layer in fine_model.layers[-2].layers:
    layer.trainable = True
fine_model.compile(
    optimizer=Adam(learning_rate=1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
# END SOLUTION
# fine_history: what fit returns
fine_history = fine_model.fit(x_train, y_train, epochs=FINE_EPOCHS, batch_size=BATCH_SIZE, validation_data=(x_val, y_val), verbose=0)  # SOLUTION
# fine_accuracy, fine_gain: float
fine_accuracy = float(fine_model.evaluate(x_test, y_test, verbose=0)[1])  # SOLUTION
fine_gain = fine_accuracy - frozen_accuracy  # SOLUTION
print(fine_accuracy, fine_gain)

# %%
# 세 정확도를 막대로 (채점하지 않습니다) · the three accuracies as bars (not graded): plt.bar
# BEGIN SOLUTION
plt.bar(["무작위 몸통", "얼린 단계", "미세조정"], [random_accuracy, frozen_accuracy, fine_accuracy])
plt.ylabel("시험 정확도")
plt.ylim(0, 1)
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
def test_everything_learns_now(fine_model, fine_history, FINE_EPOCHS):
    import math
    weights = getattr(fine_model, "trainable_weights", None)
    found = None if weights is None else sum(math.prod(weight.shape) for weight in weights)
    message = (
        f"기댓값 expected: 65,317\n실제값 got: {found}\n"
        "원인 likely cause: 몸통이 아직 얼어 있거나 모델을 만들지 않았습니다. / The body is still frozen, or the model was not made.\n"
        "힌트 hint: 몸통 layers[-2] 안의 층을 하나씩 켜세요. / Switch on the layers inside the body, layers[-2], one by one."
    )
    assert found == 65_317, message
    epochs = len(getattr(fine_history, "history", {}).get("loss", []))
    message = (
        f"기댓값 expected: {FINE_EPOCHS} epochs (FINE_EPOCHS)\n실제값 got: {epochs}\n"
        "원인 likely cause: epochs가 다르거나 콜백이 멈추었습니다. / epochs differs, or a callback stopped it."
    )
    assert epochs == FINE_EPOCHS, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 미세조정의 학습률이 1e-3이 아니거나 다른 설정으로 컴파일했습니다. / The learning rate of fine-tuning is not 1e-3, or it was compiled with other settings.
""" # END TEST CONFIG
def test_learning_rate_is_ten_times_lower(fine_model):
    from autograder import checks
    checks.expect_optimizer(fine_model, "Adam")
    checks.expect_learning_rate(fine_model, 1e-3)
    checks.expect_loss(fine_model, "sparse_categorical_crossentropy")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 미세조정한 뒤에도 몸통의 가중치가 파일의 것 그대로이거나, 처음부터 다른 가중치였습니다. / After fine-tuning the weights of the body are still those of the file, or were others from the start.
""" # END TEST CONFIG
def test_body_has_moved_a_little(fine_model, small_base, reference):
    import numpy as np
    pairs = zip(fine_model.get_weights()[:8:2], reference["small_base"].get_weights()[::2])
    for number, (found, before) in enumerate(pairs, start=1):
        moved = float(np.linalg.norm(found - before) / np.linalg.norm(before))
        assert 1e-4 < moved < 1, f"kernel {number}: expected a small change, got {moved:.2g} of its size"

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 시험 그림의 정확도가 기준보다 낮거나, fine_accuracy가 fine_model의 정확도가 아닙니다. / The accuracy on the test pictures is below the threshold, or fine_accuracy is not that of fine_model.
""" # END TEST CONFIG
def test_fine_model_reads_new_digits(fine_model, fine_accuracy, x_test, y_test, reference, calibration):
    from autograder import checks
    checks.expect_close(fine_accuracy, checks.accuracy(fine_model, x_test, y_test), "fine_accuracy", tolerance=0.002)
    measured = checks.accuracy(fine_model, reference["x_test"], reference["y_test"])
    checks.expect_above(measured, calibration["fine_accuracy"], "accuracy of fine_model")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: fine_gain이 fine_model과 frozen_model의 시험 정확도의 차가 아닙니다. / fine_gain is not the difference of the test accuracies of fine_model and frozen_model.
""" # END TEST CONFIG
def test_fine_gain_is_the_difference(fine_gain, fine_model, frozen_model, x_test, y_test):
    from autograder import checks
    measured = checks.accuracy(fine_model, x_test, y_test) - checks.accuracy(frozen_model, x_test, y_test)
    checks.expect_close(fine_gain, measured, "fine_gain", tolerance=0.004)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 11. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 1. 10단계에서 몸통을 녹이면서 학습률을 8단계의 `1e-2` 그대로 두면 어떻게 될까요? 바꾸어 실행해 보고, 잃은 것이 무엇인지 말해 보세요.<br>
#    What happens if the body is thawed in step 10 with the learning rate left at the `1e-2` of step 8? Try it, and say what was lost.
# 2. 4단계의 `RandomFlip("horizontal")`을 숫자에도 쓰면 좋을까요? 좌우로 뒤집은 5는 무엇처럼 보이나요? 180도까지 돌린다면 6과 9는요?<br>
#    Would the `RandomFlip("horizontal")` of step 4 be good for digits, too? What does a mirrored 5 look like? And 6 and 9, if turned by up to 180 degrees?
# 3. 무작위 몸통도 10단계처럼 전체를 녹여 학습하면 우리가 해 본 바로는 0.90쯤, 곧 사전학습한 몸통만큼 맞힙니다. 배우는 수가 325개일 때와 65,317개일 때, 사전학습의 값어치는
#    왜 이렇게 다를까요? 숫자마다 그림이 한 장뿐이라면, 또는 몸통이 ResNet50만큼 크다면 어떨까요?<br>
#    With all of it thawed as in step 10, a random body comes to some 0.90 in our runs, no less than the pretrained one. Why is pretraining worth so much when 325
#    numbers learn and so little when 65,317 do? What with one picture of each digit, or with a body as large as ResNet50?
# 4. 검증 그림 100장을 보고 멈출 때를 정했습니다. 시험 그림으로 정했다면 `frozen_accuracy`를 믿을 수 있을까요?<br>
#    The 100 validation pictures decided when to stop. Had the test pictures decided, could `frozen_accuracy` be believed?
