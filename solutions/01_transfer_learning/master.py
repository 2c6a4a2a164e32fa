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
# name: 01_transfer_learning
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 전이학습: 남이 길러 낸 눈을 빌리기
# ## Transfer learning: borrowing trained eyes
#
# **목표.** 사진 120만 장을 본 VGG16에서 머리(분류기)를 떼고 눈(특성 추출기)만 가져와, 그 위에 여러분의 분류기를 올립니다. 그리고 전이학습의
# 핵심인 **무엇을 얼리고 무엇을 배우게 할 것인가**를 손으로 하나하나 바꾸어 보고, 정말 그렇게 움직이는지 세어 봅니다.
#
# **Goal.** From VGG16, which has seen 1.2 million photographs, you take the eyes (the feature extractor) without the head (the classifier) and put a
# classifier of your own on top. Then you handle what transfer learning is about, **what to freeze and what to let learn**, piece by piece, and count
# whether it really comes out so.
#
# 여덟 단계이며, 단계마다 코드 칸의 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 여기서 보이는 검사를 모두 통과해도 채점할 때는 숨은
# 검사가 더 있습니다. 숨은 검사는 같은 내용을 더 자세히 보고 여러분의 모델로 학습을 한 걸음 해 볼 뿐, 본문에 없는 것을 묻지 않습니다. 여기서는
# 그림 넉 장으로 두 걸음만 학습하므로 GPU가 없어도 됩니다. 그림의 수 `PICTURES`, 배치 크기 `BATCH_SIZE`, 에포크 수 `EPOCHS`는 아래 칸이 정합니다.
# GPU가 있는 컴퓨터에서 채점할 때는 더 큰 값이 되므로 숫자 대신 이름을 쓰세요.
#
# There are eight steps. In each, replace the `...` and then run the `grader.check` below it. Grading runs further, hidden checks. They look at the same
# things more closely, take one training step with your model, and never ask for anything that this text does not say. Here you train for two steps
# on four pictures only, so no GPU is needed. A cell below sets the number of pictures `PICTURES`, the batch size `BATCH_SIZE` and the number of epochs
# `EPOCHS`. A grading machine with a GPU sets larger ones, so use the names, not the numbers.
#
# ### 0. 생각의 그림 · The idea in one picture
#
# ```text
#  photo (240, 240, 3)
#    ↓
#  base_model: VGG16 without its head
#  ┌────────┬─────────┬─────────┬────────┬─────────┐
#  │ block1 │ block2  │ block3  │ block4 │ block5  │ → (7, 7, 512)
#  │ edges  │ corners │ texture │ parts  │ objects │
#  └────────┴─────────┴─────────┴────────┴─────────┘
#  phase 1  frozen ................................
#  phase 2  frozen .....................   learns
#    ↓
#  your classifier
#  ┌─────────┬───────────┬─────────┐
#  │ Flatten │ Dense 256 │ Dense 1 │ → 0 ... 1
#  │ 25,088  │   relu    │ sigmoid │
#  └─────────┴───────────┴─────────┘
#  phase 1  learns, rate 1e-4
#  phase 2  learns, rate 1e-5
# ```
#
# 앞쪽 블록은 선과 무늬처럼 **어느 사진에나 있는 것**을, 뒤쪽 블록은 눈이나 바퀴처럼 **배운 과제에 가까운 것**을 봅니다. 그래서 앞은 얼려
# 두고, 새 분류기가 자리를 잡은 다음에야 뒤쪽 블록을 조금씩 다시 배우게 합니다.
#
# The first blocks see what is **in any photograph**, lines and textures; the last see what is **close to the task they learnt**, eyes or wheels. So the
# first stay frozen, and only when the new classifier has settled do the last ones learn a little more.
#
# 1. 가중치와 함께 기본 모델을 불러온다. · Load the base with its weights.
# 2. 기본 모델을 얼린다. · Freeze the base.
# 3. 그 위에 새 분류기를 올린다. · Put a new classifier on top.
# 4. 새 자료로 분류기만 가르친다. · Train the classifier on the new data.
# 5. 일부를 녹이고, **훨씬 낮은 학습률로** 다시 가르친다. · Unfreeze a part and train again, **at a much lower rate**.

# %%
import keras
import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import matplotlib.pyplot as plt
import numpy as np
from keras.applications import VGG16
from keras.applications.vgg16 import preprocess_input
from keras.layers import Dense, Flatten
from keras.models import Sequential
from keras.optimizers import Adam

# %% [markdown]
# ### 그림 몇 장 · A few pictures
#
# 새 과제는 동그라미(1)와 네모(0)를 가르는 것입니다. 그림 `PICTURES`장은 아래 칸이 그리고, 그중 넉 장을 보여 줍니다. 실제 과제라면 여기에 사진 몇백 장이 올
# 자리입니다.
#
# The new task is to tell discs (1) from squares (0). The cell below draws `PICTURES` pictures and shows four of them. In a real task
# a few hundred photographs would stand here.

# %%
def draw(count, seed):
    """Pictures (count, 240, 240, 3), RGB from 0 to 255 as float32, and labels (count,): 1 disc, 0 square."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:240, 0:240]
    images, labels = [], np.arange(count) % 2
    for label in labels:
        row, column, radius = rng.integers(80, 160, 2).tolist() + [int(rng.integers(30, 70))]
        far = np.hypot(rows - row, columns - column) if label else np.maximum(abs(rows - row), abs(columns - column))
        image = rng.integers(0, 120, 3) + rng.normal(0, 8, (240, 240, 3))
        image[far < radius] = rng.integers(150, 256, 3)
        images.append(image.clip(0, 255).round())
    return np.array(images, dtype="float32"), labels


images, y_train = draw(PICTURES, seed=0)

figure, axes = plt.subplots(1, 4, figsize=(10, 2.8))
for image, label, axis in zip(images, y_train, axes):
    axis.imshow(image.astype("uint8"))
    axis.set_title("동그라미 disc" if label else "네모 square")
    axis.axis("off")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. VGG16이 배운 대로 준비하기 · Prepare pictures as VGG16 learnt them
#
# 빌린 눈은 **배울 때와 같은 방식으로 준비한** 그림에서만 제대로 봅니다. VGG16은 색을 RGB가 아니라 BGR 순서로 놓고, 채널마다 학습 자료의
# 평균을 뺀 그림으로 배웠습니다. 255로 나누지 않았습니다.
#
# Borrowed eyes see well only what is **prepared as it was when they learnt**. VGG16 learnt from pictures with the colours in the order BGR, not RGB, less
# the mean of each channel over its training pictures. They were not divided by 255.
#
# $$\text{RGB } (255, 0, 0) \;\rightarrow\; \text{BGR } (0, 0, 255) - (103.939,\ 116.779,\ 123.68) = (-103.939,\ -116.779,\ 131.32)$$
#
# `preprocess_input`이 이 일을 합니다. 모델마다 자기 것이 따로 있으니 꼭 `keras.applications.vgg16`의 것을 쓰세요. 한 가지 함정: 실수 배열을
# 주면 **그 배열 안의 값을 바로 바꿉니다.** `images`가 그대로 남도록 `images.copy()`를 주고, 결과 `(PICTURES, 240, 240, 3)`을 `x_train`에 담으세요.
#
# `preprocess_input` does this. Each model has its own, so be sure to take the one of `keras.applications.vgg16`. One trap: given an array of floats, it
# **changes the values in that very array**. Give it `images.copy()`, so that `images` stays as it is, and keep the result,
# `(PICTURES, 240, 240, 3)`, in `x_train`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# x_train: array (PICTURES, 240, 240, 3), BGR less the means
x_train = preprocess_input(images.copy())  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_pictures_are_prepared_for_vgg16(x_train, images):
    import numpy as np
    shape, wanted = getattr(x_train, "shape", None), np.shape(images)
    message = (
        f"기댓값 expected: shape {wanted}\n실제값 got: {type(x_train).__name__}, shape {shape}\n"
        "원인 likely cause: x_train을 아직 채우지 않았습니다. / x_train is not filled in yet."
    )
    assert shape == wanted, message
    low, high = float(np.min(x_train)), float(np.max(x_train))
    cause = "채널 평균을 빼지 않았습니다. / The means of the channels were not subtracted."
    if -1.001 <= low and high <= 1.001:
        cause = "다른 모델의 방식으로 준비했습니다(0과 1 또는 -1과 1 사이). / Prepared as for another model, to 0 ... 1 or -1 ... 1."
    message = (
        f"기댓값 expected: 음수와 양수, 약 -120에서 150 negative and positive, some -120 to 150\n실제값 got: {low:.1f} ... {high:.1f}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: keras.applications.vgg16의 preprocess_input을 쓰세요. / Use preprocess_input of keras.applications.vgg16."
    )
    assert low < -20 and high > 20, message
    message = (
        f"기댓값 expected: images는 0 이상 images from 0 on\n실제값 got: {float(np.min(images)):.1f}\n"
        "원인 likely cause: preprocess_input이 images 안의 값을 바꾸었습니다. / preprocess_input changed the values in images.\n"
        "힌트 hint: images를 그린 칸을 다시 실행하고, images.copy()를 주세요. / Run the cell that draws images again, and pass images.copy()."
    )
    assert np.min(images) >= 0, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: x_train의 값이 VGG16의 준비와 다릅니다. 채널의 순서와 평균을 보세요. / The values of x_train are not those of the preparation for VGG16. Look at the order of the channels and at the means.
""" # END TEST CONFIG
def test_blue_comes_first_and_means_are_gone(x_train, reference):
    from autograder import checks
    checks.expect_shape(x_train, reference["x_train"].shape, "x_train")
    checks.expect_close(x_train, reference["x_train"], "x_train", tolerance=1e-3)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. 머리 없는 VGG16 · VGG16 without its head
#
# `base_model`에 VGG16을 불러오세요. 처음에는 가중치 약 59 MB를 내려받고, 다음부터는 컴퓨터에 있는 것을 씁니다.
#
# Load VGG16 into `base_model`. The first time some 59 MB of weights are fetched; from then on what is on your computer is used.
#
# | 인자 · argument | 값 · value | 왜 · why |
# |---|---|---|
# | `weights` | `"imagenet"` | 배운 가중치. `None`이면 무작위라 빌리는 것이 없습니다 · what it learnt; `None` would be random, and nothing borrowed |
# | `include_top` | `False` | 1,000가지를 가르는 머리는 필요 없습니다 · we have no use for the head, which tells 1,000 things apart |
# | `input_shape` | `(240, 240, 3)` | 머리가 없으면 크기를 고를 수 있습니다 · without the head the size is free |
#
# VGG16은 3x3 합성곱 열세 개와, 크기를 반으로 줄이는 풀링 다섯 개입니다. 240을 다섯 번 반으로 나누면(나머지는 버립니다) 7이 되고, 마지막 블록의
# 필터는 512개이므로 출력은 `(None, 7, 7, 512)`입니다. 파라미터는 합성곱에만 있습니다. 예를 들어 첫 층은 $3 \times 3 \times 3 \times 64 + 64 = 1{,}792$개이고,
# 모두 **14,714,688개**입니다.
#
# VGG16 is thirteen 3x3 convolutions and five poolings that halve the size. Halve 240 five times (dropping remainders) and you get 7; the last block has
# 512 filters, so the output is `(None, 7, 7, 512)`. Only convolutions have parameters. The first layer, say, has
# $3 \times 3 \times 3 \times 64 + 64 = 1{,}792$, and all of them together **14,714,688**.

# %% [raw]
# # BEGIN SOLUTION

# %%
# base_model: Keras model, (None, 240, 240, 3) → (None, 7, 7, 512)
base_model = VGG16(weights="imagenet", include_top=False, input_shape=(240, 240, 3))  # SOLUTION
# BEGIN SOLUTION NO PROMPT
base_model.summary()
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
def test_in_and_out_of_the_base(base_model):
    found = (getattr(base_model, "input_shape", None), getattr(base_model, "output_shape", None))
    cause = "base_model을 아직 채우지 않았거나 불러오기가 오류로 멈췄습니다. / base_model is not filled in, or loading it ended with an error."
    if found[1] == (None, 1000):
        cause = "머리까지 가져왔습니다. / The head came along.\n힌트 hint: include_top을 보세요. / Look at include_top."
    elif found[0] == (None, None, None, 3):
        cause = "input_shape를 주지 않았습니다. / There was no input_shape."
    elif found[0] is not None:
        cause = "input_shape가 다릅니다. / input_shape differs."
    message = f"기댓값 expected: (None, 240, 240, 3) → (None, 7, 7, 512)\n실제값 got: {found[0]} → {found[1]}\n원인 likely cause: {cause}"
    assert found == ((None, 240, 240, 3), (None, 7, 7, 512)), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: base_model이 합성곱 열세 개와 풀링 다섯 개, 파라미터 14,714,688개의 VGG16이 아닙니다. / base_model is not VGG16 with thirteen convolutions, five poolings and 14,714,688 parameters.
""" # END TEST CONFIG
def test_thirteen_convolutions_and_five_poolings(base_model):
    from autograder import checks
    checks.expect_parameter_total(base_model, 14714688)
    names = checks.layer_names(base_model)
    checks.expect_equal((names.count("Conv2D"), names.count("MaxPooling2D"), len(names)), (13, 5, 18), "convolutions, poolings, layers")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: base_model의 가중치가 ImageNet으로 배운 것이 아닙니다. weights를 보세요. / The weights of base_model are not those learnt on ImageNet. Look at weights.
""" # END TEST CONFIG
def test_the_weights_are_borrowed(base_model, reference):
    from autograder import checks
    checks.expect_same_weights(base_model, reference["base_model"])

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 층을 떼어 내는 법 · How to take a layer off
#
# 슬라이드에서는 `base_model.layers.pop()`으로 마지막 층을 뗍니다. Keras 3에서 이 코드는 오류 없이 마지막 층을 **돌려주기만** 하고, 모델은 그대로입니다.
# `layers`가 층의 목록을 그때그때 새로 만들어 주기 때문입니다. 목록에서 하나를 지워도 모델은 모릅니다. 아래 칸의 첫 두 줄이 그것을
# 보여 줍니다(`if`는 `base_model`을 아직 채우지 않았을 때 건너뛰게 합니다).
#
# The slides take off the last layer by `base_model.layers.pop()`. In Keras 3 this raises no error, but all it does is **return** the last layer: the model
# stays as it is, because `layers` makes a new list each time it is asked, and the model never hears of what you remove from that list. The first two
# lines of the cell below show it (their `if` skips this while `base_model` is not filled in).
#
# 그래서 중간에서 끝나는 모델이 필요하면 **입력과 원하는 층의 출력으로 새 모델을 만듭니다.** `keras.Model(입력, 출력)`이고, 층의 출력은
# `base_model.get_layer(이름).output`입니다. 마지막 풀링 바로 앞의 합성곱 `block5_conv3`에서 끝나는 모델을 `features`에 만드세요. 240을 네 번만
# 반으로 나눈 15x15의 출력이 나옵니다. 새 모델은 가중치를 복사하지 않고 **함께 씁니다.**
#
# So a model that ends half-way is **made anew from the input and the output of the layer you want**: `keras.Model(input, output)`, where the output of a layer
# is `base_model.get_layer(name).output`. Make `features`, a model that ends with `block5_conv3`, the convolution right before the last pooling. 240 is halved
# four times only, so its output is 15x15. The new model does not copy the weights, it **shares** them.

# %% [raw]
# # BEGIN SOLUTION

# %%
if isinstance(base_model, keras.Model):
    print(base_model.layers.pop().name, base_model.output.shape)  # the model did not change
# features: Keras model, (None, 240, 240, 3) → (None, 15, 15, 512)
features = keras.Model(base_model.input, base_model.get_layer("block5_conv3").output)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_features_end_before_the_last_pooling(features):
    shape = getattr(features, "output_shape", None)
    cause = "features를 아직 채우지 않았습니다. / features is not filled in yet."
    if shape == (None, 7, 7, 512):
        cause = "모델이 그대로입니다. pop으로는 층이 떨어지지 않습니다. / The model is unchanged. pop takes no layer off."
    elif shape is not None:
        cause = "다른 층의 출력입니다. / This is the output of another layer."
    message = (
        f"기댓값 expected: (None, 15, 15, 512)\n실제값 got: {shape}\n원인 likely cause: {cause}\n"
        "힌트 hint: base_model.summary()에서 block5_conv3의 출력 모양을 보세요. / See the output shape of block5_conv3 in base_model.summary()."
    )
    assert shape == (None, 15, 15, 512), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: features가 block5_conv3에서 끝나지 않거나 base_model의 가중치를 함께 쓰지 않습니다. / features does not end with block5_conv3, or does not share the weights of base_model.
""" # END TEST CONFIG
def test_features_share_the_weights_up_to_block5_conv3(features, reference):
    from autograder import checks
    checks.expect_equal([layer.name for layer in features.layers][-1], "block5_conv3", "last layer of features")
    checks.expect_same_weights(features, reference["features"])

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. 새 분류기 · A new classifier
#
# `Sequential` 모델 `model`에 `base_model`을 **첫 층으로** 넣고, 그 위에 분류기를 쌓으세요. 모델이 다른 모델의 층이 될 수 있습니다. `keras.Input`은
# 필요 없습니다. `base_model`이 입력의 모양을 이미 압니다.
#
# Put `base_model` into a `Sequential` `model` **as its first layer** and stack the classifier on it. A model can be a layer of another model. No
# `keras.Input` is needed: `base_model` knows the shape of its input.
#
# | 층 · layer | 출력 · output | 파라미터 · parameters |
# |---|---|---|
# | `base_model` | `(None, 7, 7, 512)` | 14,714,688 |
# | `Flatten` | `(None, 25088)` | 0 |
# | `Dense(256)`, relu | `(None, 256)` | $25{,}088 \times 256 + 256 = 6{,}422{,}784$ |
# | `Dense(1)`, sigmoid | `(None, 1)` | $256 \times 1 + 1 = 257$ |
#
# 모두 **21,137,729개**입니다. 둘 가운데 하나를 고르는 문제이므로 출력은 하나이고, sigmoid가 그것을 동그라미일 확률로 만듭니다. 유닛 하나에 softmax를
# 쓰면 언제나 1이 나옵니다. softmax는 유닛끼리 나누어 합을 1로 만드는데, 나눌 상대가 없기 때문입니다.
#
# That is **21,137,729** in all. There are two things to choose from, so one output will do, and the sigmoid makes it the probability of a disc. A softmax over
# one unit would always say 1: it shares out 1 among the units, and here there is nobody to share with.

# %% [raw]
# # BEGIN SOLUTION

# %%
# model: base_model → Flatten → Dense(256) → Dense(1), 21,137,729 parameters
model = Sequential()  # SOLUTION
# BEGIN SOLUTION NO PROMPT
model.add(base_model)
model.add(Flatten())
model.add(Dense(256, activation="relu"))
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
        "원인 likely cause: model을 아직 채우지 않았습니다. / model is not filled in yet."
    )
    assert layers and getattr(model, "built", False), message
    counts = [int(layer.count_params()) for layer in layers]
    cause = "층의 개수나 유닛 수가 다릅니다. / The number of layers or of units differs."
    if len(layers) > 4:
        cause = "base_model을 층 하나로 넣지 않았거나 층이 더 있습니다. / base_model was not added as one layer, or there are more layers."
    elif 512 * 256 + 256 in counts:
        cause = "Flatten 대신 7x7을 평균냈습니다. / The 7x7 were averaged instead of flattened."
    message = (
        "기댓값 expected: 14,714,688 + 0 + 6,422,784 + 257 = 21,137,729\n"
        f"실제값 got: {' + '.join(f'{count:,}' for count in counts)} = {sum(counts):,}\n원인 likely cause: {cause}\n"
        "힌트 hint: model.summary()의 표를 본문의 표와 한 줄씩 비교하세요. / Compare model.summary() with the table of the text, line by line."
    )
    assert sum(counts) == 21137729 and len(layers) == 4, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 분류기의 층이 Flatten, Dense 256, Dense 1의 순서가 아니거나 파라미터 수가 다릅니다. / The layers of the classifier are not Flatten, Dense 256, Dense 1 in this order, or their parameters differ.
""" # END TEST CONFIG
def test_layers_of_the_classifier(model):
    from autograder import checks
    found = checks.parameters_by_layer(model)
    checks.expect_equal([count for _, count in found], [14714688, 0, 6422784, 257], "parameters by layer")
    checks.expect_equal([name for name, _ in found[2:]], ["Dense", "Dense"], "last two layers")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 활성화 함수가 다릅니다. 숨은 층은 relu, 확률 하나를 내는 층은 sigmoid입니다. / The activations differ. The hidden layer has relu, and the one that gives a single probability sigmoid.
""" # END TEST CONFIG
def test_relu_inside_and_sigmoid_at_the_end(model):
    from autograder import checks
    layers = [layer for layer in model.layers if type(layer).__name__ == "Dense"]
    found = [getattr(layer.activation, "__name__", "") for layer in layers]
    checks.expect_equal(found, ["relu", "sigmoid"], "activations of the Dense layers")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. 얼리기 · Freezing
#
# 새 분류기의 가중치는 무작위입니다. 지금 학습을 시작하면 처음의 엉뚱한 오차가 기본 모델까지 거슬러 올라가, 120만 장으로 배운 가중치를 겨우 몇
# 장으로 망칩니다. 그래서 `base_model`을 **통째로 얼립니다.** 얼린 층도 계산은 하지만, 학습이 그 가중치를 바꾸지 않습니다.
#
# The weights of the new classifier are random. Training now would send its wild first errors back into the base, and a few pictures would spoil what 1.2
# million taught. So you **freeze `base_model` as a whole**. Frozen layers still compute, but training does not change their weights.
#
# 얼리기 전과 후에 `len(model.trainable_weights)`를 재어 `tensors_before`와 `tensors_after`에 담으세요. 이 수는 파라미터가 아니라 **가중치 배열(tensor)의
# 수**입니다. 합성곱이나 Dense 층마다 커널과 편향, 둘씩 있습니다.
#
# Measure `len(model.trainable_weights)` before and after, in `tensors_before` and `tensors_after`. It counts **weight tensors**, not parameters: each
# convolution and each Dense layer has two, a kernel and a bias.
#
# $$2 \times 13 + 2 \times 2 = 30 \qquad\rightarrow\qquad 2 \times 2 = 4$$
#
# `model.trainable`이 아니라 `base_model.trainable`을 바꾸어야 합니다. `model`을 얼리면 새 분류기까지 얼어서 아무것도 배우지 못합니다.
#
# It is `base_model.trainable` that has to change, not `model.trainable`: freezing `model` would freeze the new classifier, too, and nothing could learn.
#
# > 이제부터는 칸마다 `base_model`의 스위치나 가중치가 바뀝니다. 다시 해 보려면 그 칸만이 아니라 **2단계의 칸부터** 차례로 실행하세요.
# >
# > From here on each cell changes switches or weights of `base_model`. To try again, run not just that cell but all **from the cell of step 2 on**.

# %% [raw]
# # BEGIN SOLUTION

# %%
# tensors_before, tensors_after: how many weight tensors of model can learn, before and after freezing base_model
tensors_before = len(model.trainable_weights)  # SOLUTION
# BEGIN SOLUTION NO PROMPT
base_model.trainable = False
# END SOLUTION
tensors_after = len(model.trainable_weights)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_tensors_before_and_after(tensors_before, tensors_after):
    found = (tensors_before, tensors_after)
    cause = "아직 채우지 않았습니다. / Not filled in yet."
    if found == (30, 30):
        cause = "base_model을 얼리지 않았습니다. / base_model was not frozen."
    elif found == (30, 0):
        cause = "model을 통째로 얼려서 새 분류기도 얼었습니다. / model as a whole was frozen, and with it the new classifier."
    elif found in ((4, 4), (10, 4)):
        cause = "얼린 다음에 처음 수를 재었습니다. 칸을 다시 실행했다면 2단계의 칸부터 차례로 다시 실행하세요. / The first number was taken after freezing. If you ran the cell again, start from the cell of step 2."
    message = f"기댓값 expected: 30, 4\n실제값 got: {found[0]}, {found[1]}\n원인 likely cause: {cause}"
    assert found == (30, 4), message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: base_model의 합성곱 가운데 얼지 않은 것이 있습니다. / Some convolution of base_model is not frozen.
""" # END TEST CONFIG
def test_all_convolutions_are_frozen(base_model):
    from autograder import checks
    checks.expect_parameter_total(base_model, 14714688)
    awake = [layer.name for layer in base_model.layers if layer.weights and layer.trainable]
    checks.expect_equal(awake, [], "layers of base_model that can learn")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ### 6. 분류기만 가르치기 · Train the classifier only
#
# `model`을 컴파일하고 학습하세요.
#
# Compile `model` and train it:
#
# - 옵티마이저는 **학습률 0.0001**(1e-4)의 Adam, 손실은 `binary_crossentropy`, 지표는 `accuracy`.<br>
#   Adam at a **learning rate of 0.0001** (1e-4), the loss `binary_crossentropy`, the metric `accuracy`.
# - `x_train`, `y_train`으로 `EPOCHS` 에포크, 배치 크기 `BATCH_SIZE`. 결과는 `history`에. 여기서는 넉 장을 두 장씩 1 에포크, 곧 두 걸음입니다.<br>
#   Train on `x_train`, `y_train` for `EPOCHS` epochs in batches of `BATCH_SIZE`, and keep the result in `history`. Here that is four pictures, two at a
#   time, for 1 epoch: two steps.
#
# **컴파일은 얼린 다음에.** `compile`은 학습 설정을 새로 시작하게 하고, 첫 `fit`은 그때 배울 수 있는 가중치의 목록으로 학습 함수를 만듭니다. 그래서
# `trainable`을 바꾸었으면 **다시 컴파일**해야 합니다. 잊으면 TensorFlow는 아무 말 없이 예전 목록으로 계속 배우고, torch에서는 새로 녹인 가중치를
# 옵티마이저가 모른다며 멈춥니다.
#
# **Compile after freezing.** `compile` lets training start afresh, and the first `fit` builds its training function for the weights that can learn at that
# moment. So after a change of `trainable`, **compile again**. If you forget, TensorFlow goes on with the old list and says nothing; on torch, training stops,
# because the optimizer does not know the weights that were unfrozen.
#
# 그림 몇 장으로 몇 걸음을 배웠으니 정확도는 아무 뜻이 없습니다. 볼 것은 **무엇이 움직였는가**입니다. 분류기의 가중치 네 배열은 바뀌고 기본 모델은 한
# 자리도 바뀌지 않아야 합니다.
#
# After a few steps on a few pictures the accuracy means nothing. What matters is **what moved**: the four tensors of the classifier have changed, and the base
# has not, not by a digit.

# %% [raw]
# # BEGIN SOLUTION

# %%
# compile model (Adam at 1e-4, binary_crossentropy, accuracy), then history: what fit returns
# BEGIN SOLUTION NO PROMPT
model.compile(optimizer=Adam(learning_rate=1e-4), loss="binary_crossentropy", metrics=["accuracy"])
# END SOLUTION
history = model.fit(x_train, y_train, epochs=EPOCHS, batch_size=BATCH_SIZE, verbose=0)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_compiled_and_trained_for_the_epochs(model, history, EPOCHS):
    optimizer = getattr(model, "optimizer", None)
    message = (
        f"기댓값 expected: 컴파일한 모델 a compiled model\n실제값 got: optimizer {type(optimizer).__name__}\n"
        "원인 likely cause: compile을 실행하지 않았습니다. / compile was not run."
    )
    assert optimizer is not None, message
    rate = float(optimizer.learning_rate)
    message = (
        f"기댓값 expected: learning rate 0.0001\n실제값 got: {rate:g}\n"
        "원인 likely cause: 학습률을 정하지 않으면 Adam은 0.001로 배웁니다. / Without a learning rate Adam learns at 0.001.\n"
        "힌트 hint: 이름이 아니라 옵티마이저 객체를 주세요. / Pass an optimizer object, not its name."
    )
    assert abs(rate - 1e-4) < 1e-9, message
    losses = getattr(history, "history", {}).get("loss", [])
    message = (
        f"기댓값 expected: {EPOCHS} (EPOCHS)\n실제값 got: {len(losses)} epochs\n"
        "원인 likely cause: fit의 결과를 담지 않았거나 epochs가 다릅니다. / The result of fit was not kept, or epochs differs."
    )
    assert len(losses) == EPOCHS, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 컴파일 설정이나 배치의 수가 다릅니다. 확률 하나를 내는 모델의 손실을 쓰고, 에포크 수 EPOCHS, 배치 크기 BATCH_SIZE로 배웁니다. / The compile settings or the number of batches differ. Use the loss of a model that gives one probability, and train for EPOCHS epochs in batches of BATCH_SIZE.
""" # END TEST CONFIG
def test_settings_of_the_first_phase(model, history, reference):
    from autograder import checks
    checks.expect_optimizer(model, "Adam")
    checks.expect_loss(model, "binary_crossentropy")
    checks.expect_metrics(model, "accuracy")
    checks.expect_epochs(history, len(reference["history"].epoch))
    checks.expect_steps_per_epoch(history, reference["history"].params["steps"])

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 학습이 기본 모델의 가중치를 바꾸었습니다. 얼린 다음에 컴파일하고 학습했는지 보세요. / Training has changed the weights of the base. See whether you froze it before compiling and training.
""" # END TEST CONFIG
def test_the_base_is_as_it_was(model, reference):
    from autograder import checks
    base = next((layer for layer in model.layers if hasattr(layer, "layers")), None)
    assert base is not None, "model: expected base_model as one of its layers, got none"
    checks.expect_same_weights(base, reference["model"].layers[0])

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 이 모델로 학습을 한 걸음 하면 새 분류기만 움직여야 합니다. / One training step with this model has to move the new classifier and nothing else.
""" # END TEST CONFIG
def test_a_step_moves_the_classifier_only(model):
    import numpy as np
    from autograder import checks
    x = 0.1 * np.random.default_rng(0).normal(size=(1, 240, 240, 3))
    moved = checks.step_changes(model, x, np.array([1]))
    in_base = [path for path, has_moved in moved.items() if has_moved and "block" in path]
    in_head = [path for path, has_moved in moved.items() if has_moved and "block" not in path]
    checks.expect_equal((len(in_base), len(in_head)), (0, 4), "weight tensors that moved, base and classifier")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. 녹이고, 층마다 얼리고 · Unfreeze, and freeze layer by layer
#
# 얼리는 스위치는 층마다 하나씩 있습니다. 모델의 `trainable`을 바꾸면 그 안의 **모든 층의 스위치가 함께** 바뀝니다. 두 가지를 차례로 해 보고 그때마다
# `len(model.trainable_weights)`를 담으세요.
#
# There is a switch in each layer. Setting `trainable` of a model sets **the switches of all layers in it**. Do two things in turn, and keep
# `len(model.trainable_weights)` after each.
#
# 1. `base_model`을 통째로 녹인다 → `tensors_unfrozen`. 30이어야 합니다. · Unfreeze `base_model` as a whole → `tensors_unfrozen`. It has to be 30.
# 2. `base_model`의 층을 **하나씩** 돌며 얼린다 → `tensors_layer_by_layer`. 다시 4여야 합니다. · Go through the layers of `base_model` and freeze them
#    **one by one** → `tensors_layer_by_layer`. It has to be 4 again.
#
# `base_model.layers`를 돌아야 합니다. `model.layers`를 돌면 분류기까지 얼게 됩니다. 2번이 끝나면 층은 모두 얼었지만 `base_model.trainable`은 여전히 `True`입니다.
# 바깥 스위치는 켜져 있고 안쪽 스위치만 꺼진 상태입니다. 다음 단계에서 안쪽 몇 개만 다시 켤 것입니다.
#
# The loop has to run over `base_model.layers`; over `model.layers` it would freeze the classifier as well. After 2 all layers are frozen, yet
# `base_model.trainable` is still `True`: the outer switch is on and only the inner ones are off. In the next step you turn a few of those on again.
#
# 이 칸만 다시 실행하려면 먼저 5단계처럼 베이스를 통째로 얼리세요. 바깥 스위치가 이미 `True`이면 TensorFlow에서는 다시 `True`를 넣어도 안의
# 층까지 가지 않아서 30이 나오지 않습니다.
#
# To run just this cell again, first freeze the whole base again, as in step 5. While the outer switch is `True` already, setting it to `True` does not reach the
# layers inside on TensorFlow, and you do not get 30.

# %% [raw]
# # BEGIN SOLUTION

# %%
# tensors_unfrozen, tensors_layer_by_layer: int
# BEGIN SOLUTION NO PROMPT
base_model.trainable = True
# END SOLUTION
tensors_unfrozen = len(model.trainable_weights)  # SOLUTION
# BEGIN SOLUTION NO PROMPT
for layer in base_model.layers:
    layer.trainable = False
# END SOLUTION
tensors_layer_by_layer = len(model.trainable_weights)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_tensors_unfrozen_and_frozen_again(tensors_unfrozen, tensors_layer_by_layer):
    found = (tensors_unfrozen, tensors_layer_by_layer)
    cause = "아직 채우지 않았습니다. / Not filled in yet."
    if found in ((4, 4), (10, 4)):
        cause = (
            "base_model을 녹이지 않았습니다. 칸을 다시 실행했다면 스위치가 이미 켜져 있어서 안까지 가지 않습니다. base_model.trainable을 False로 둔 다음 다시 "
            "실행하세요. / base_model was not unfrozen. If you ran the cell again, its switch was on already and did not reach the layers inside. Set "
            "base_model.trainable to False, then run it again."
        )
    elif found == (30, 0):
        cause = "model.layers를 돌아서 분류기까지 얼렸습니다. / The loop ran over model.layers and froze the classifier, too."
    elif found == (30, 30):
        cause = "층을 얼리지 않았습니다. / The layers were not frozen."
    message = f"기댓값 expected: 30, 4\n실제값 got: {found[0]}, {found[1]}\n원인 likely cause: {cause}"
    assert found == (30, 4), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 층을 하나씩 얼린 뒤에는 모든 합성곱이 얼어 있고 base_model의 바깥 스위치는 켜져 있어야 합니다. / After freezing one by one, all convolutions have to be frozen while the outer switch of base_model is on.
""" # END TEST CONFIG
def test_inner_switches_off_and_the_outer_on(base_model):
    from autograder import checks
    checks.expect_parameter_total(base_model, 14714688)
    awake = [layer.name for layer in base_model.layers if layer.weights and layer.trainable]
    checks.expect_equal(awake, [], "layers of base_model that can learn")
    checks.expect_equal(bool(base_model.trainable), True, "base_model.trainable")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# 다음 단계에서 무엇이 움직이는지 보려고, 마지막 블록의 첫 커널을 지금 그대로 적어 둡니다. 8단계를 마친 뒤에 이 칸을 다시 실행하면 이미 배운 커널이
# 담깁니다. 그때는 2단계의 칸부터 실행하세요.
#
# To see what moves in the next step, the first kernel of the last block is kept as it is now. Run again after step 8, this cell would keep a kernel that has
# learnt already; start from the cell of step 2 then.

# %%
if isinstance(base_model, keras.Model):
    block5_before = base_model.get_layer("block5_conv1").get_weights()[0].copy()

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 뒤쪽만 녹이고, 낮은 학습률로 · Unfreeze the end, and lower the rate
#
# 마지막 단계입니다. `block5_conv1`**부터 끝까지만** 배우게 하세요. `base_model.layers`의 번호로는 15부터입니다(0은 입력). 배우는 배열은 합성곱 층
# 셋의 6개와 분류기의 4개이므로, `tensors_from_block5`에 담을 `len(model.trainable_weights)`는 10입니다.
#
# The last step. Let **only the layers from `block5_conv1` on** learn. In `base_model.layers` that is from number 15 on (0 is the input). Six tensors of three
# convolutions and four of the classifier can learn, so `len(model.trainable_weights)`, to be kept in `tensors_from_block5`, is 10.
#
# 그런 다음 **다시 컴파일**하세요. 손실과 지표는 그대로, 학습률은 열 배 **낮은 0.00001**(1e-5)입니다. 빌린 가중치는 이미 좋은 자리에 있으므로 큰 걸음은
# 그것을 망칩니다. 그리고 6단계와 똑같이 `EPOCHS` 에포크, 배치 크기 `BATCH_SIZE`로 학습해 `fine_history`에 담으세요.
#
# Then **compile again**, with the same loss and metric, and a learning rate ten times **lower: 0.00001** (1e-5). Borrowed weights are in a good place
# already; large steps would ruin them. Then train as in step 6, `EPOCHS` epochs in batches of `BATCH_SIZE`, and keep the result in
# `fine_history`.
#
# 학습이 끝나면 새 칸에서 `abs(base_model.get_layer("block5_conv1").get_weights()[0] - block5_before).max()`를 출력해 보세요(채점하지 않습니다). 학습률이
# 낮아서 두 걸음이면 0.00002쯤이고 걸음이 많으면 조금 더 크지만, 0은 아닙니다.
#
# When training has ended, print `abs(base_model.get_layer("block5_conv1").get_weights()[0] - block5_before).max()` in a new cell (not graded). At this rate two
# steps make no more than some 0.00002, and more steps a little more, but it is not 0.

# %% [raw]
# # BEGIN SOLUTION

# %%
# tensors_from_block5: int
# BEGIN SOLUTION NO PROMPT
for layer in base_model.layers[15:]:
    layer.trainable = True
# END SOLUTION
tensors_from_block5 = len(model.trainable_weights)  # SOLUTION

# %%
# compile model again (the same but Adam at 1e-5), then fine_history: what fit returns
# BEGIN SOLUTION NO PROMPT
model.compile(optimizer=Adam(learning_rate=1e-5), loss="binary_crossentropy", metrics=["accuracy"])
# END SOLUTION
fine_history = model.fit(x_train, y_train, epochs=EPOCHS, batch_size=BATCH_SIZE, verbose=0)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_ten_tensors_learn(tensors_from_block5):
    cause = "아직 채우지 않았습니다. / Not filled in yet."
    if tensors_from_block5 == 4:
        cause = "아무 층도 녹이지 않았습니다. / No layer was unfrozen."
    elif tensors_from_block5 in (8, 12):
        cause = "녹이는 자리가 한 층 어긋났습니다. / The place from which layers are unfrozen is off by one."
    elif tensors_from_block5 == 30:
        cause = "모두 녹였습니다. / Everything was unfrozen."
    message = f"기댓값 expected: 10\n실제값 got: {tensors_from_block5}\n원인 likely cause: {cause}"
    assert tensors_from_block5 == 10, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 배울 수 있는 층이 block5의 합성곱 셋과 분류기의 두 Dense가 아닙니다. / The layers that can learn are not the three convolutions of block5 and the two Dense layers.
""" # END TEST CONFIG
def test_block5_and_the_classifier_can_learn(model):
    from autograder import checks
    base = next((layer for layer in model.layers if hasattr(layer, "layers")), None)
    assert base is not None, "model: expected base_model as one of its layers, got none"
    awake = [layer.name for layer in base.layers if layer.weights and layer.trainable]
    checks.expect_equal(awake, ["block5_conv1", "block5_conv2", "block5_conv3"], "layers of the base that can learn")
    head = [bool(layer.trainable) for layer in model.layers if type(layer).__name__ == "Dense"]
    checks.expect_equal(head, [True, True], "trainable of the Dense layers")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 두 번째 학습의 설정이 다릅니다. 녹인 다음에 다시 컴파일했는지, 학습률이 1e-5인지 보세요. / The settings of the second training differ. See whether you compiled again after unfreezing, at a learning rate of 1e-5.
""" # END TEST CONFIG
def test_the_rate_is_ten_times_lower(model, fine_history, reference):
    from autograder import checks
    checks.expect_learning_rate(model, 1e-5)
    checks.expect_loss(model, "binary_crossentropy")
    checks.expect_optimizer(model, "Adam")
    checks.expect_epochs(fine_history, len(reference["fine_history"].epoch))
    checks.expect_steps_per_epoch(fine_history, reference["fine_history"].params["steps"])

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 두 번째 학습이 끝난 뒤 block1부터 block4까지는 처음 그대로이고 block5는 달라져 있어야 합니다. / After the second training block1 to block4 have to be as they were, and block5 different.
""" # END TEST CONFIG
def test_only_block5_of_the_base_has_changed(model, block5_before, fine_history, reference):
    from autograder import checks
    base = next((layer for layer in model.layers if hasattr(layer, "layers")), None)
    assert base is not None, "model: expected base_model as one of its layers, got none"
    as_borrowed = [layer for layer in reference["model"].layers[0].layers if layer.weights and layer.name < "block5"]
    assert len(as_borrowed) == 10, "the reference has no blocks 1 to 4"
    for layer in as_borrowed:
        for found, wanted in zip(base.get_layer(layer.name).weights, layer.weights):
            checks.expect_close(checks.as_array(found), checks.as_array(wanted), layer.name, tolerance=0)
    kernel = checks.as_array(base.get_layer("block5_conv1").weights[0])
    change = float(abs(kernel - reference["block5_before"]).max())
    # a model that is right and sure of it has no gradient left to move anything
    if checks.curve(fine_history, "loss")[-1] > 1e-4:
        checks.expect_above(change, 5e-6, "largest change of block5_conv1")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 이 모델로 학습을 한 걸음 하면 block5의 여섯 배열과 분류기의 네 배열만 움직여야 합니다. / One training step with this model has to move the six tensors of block5 and the four of the classifier, and nothing else.
""" # END TEST CONFIG
def test_a_step_moves_block5_and_the_classifier(model):
    import numpy as np
    from autograder import checks
    x = 0.1 * np.random.default_rng(0).normal(size=(1, 240, 240, 3))
    moved = [path for path, has_moved in checks.step_changes(model, x, np.array([1])).items() if has_moved]
    early = [path for path in moved if any(f"block{number}" in path for number in (1, 2, 3, 4))]
    block5 = [path for path in moved if "block5" in path]
    checks.expect_equal((len(early), len(block5), len(moved)), (0, 6, 10), "weight tensors that moved, blocks 1 to 4, block5, all")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 9. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 1. `Flatten` 대신 `GlobalAveragePooling2D`를 쓰면 분류기의 파라미터가 몇 개로 줄까요? 그림 몇 장으로 배운다면 어느 쪽이 나을까요?<br>
#    How many parameters would the classifier have with `GlobalAveragePooling2D` in place of `Flatten`? Which would you rather train on a few pictures?
# 2. 새 자료가 ImageNet의 사진과 아주 다르다면(예: 현미경 사진) 어느 블록부터 녹이는 것이 좋을까요? 자료가 아주 적다면요?<br>
#    If the new data is very unlike ImageNet's photographs (from a microscope, say), from which block on would you unfreeze? And if there is very little of it?
# 3. 얼린 기본 모델의 출력은 그림마다 언제나 같습니다. 100 에포크를 배울 때 이 사실로 시간을 아낄 수 있을까요? 그때 데이터 증강은 어떻게 될까요?<br>
#    The output of a frozen base is always the same for a picture. Could that save time over 100 epochs? What would become of data augmentation then?
# 4. 다시 컴파일하면 Adam이 기억하던 것(가중치마다 기울기의 평균과 그 제곱의 평균)은 어떻게 될까요?<br>
#    What becomes of Adam's memory (its running means of the gradients and of their squares) when you compile again?
