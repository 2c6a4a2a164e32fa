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
# name: 03_vit_image_classification
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # ViT로 사진 알아보기
# ## Naming what is in a photo with a ViT
#
# **목표.** 다른 사람이 오랫동안 학습시킨 큰 모델을 내려받아, 사진 한 장에 무엇이 있는지 물어봅니다. 학습은 하지 않습니다.
# 대신 사진이 숫자가 되고, 숫자가 모델의 말이 되고, 모델의 숫자가 다시 사람의 말이 되는 길을 한 걸음씩 걸어 봅니다. 이 길의
# 어느 한 걸음이 틀려도 오류는 나지 않고, 답만 조용히 엉뚱해집니다.
#
# **Goal.** You fetch a large model that somebody else has trained for a long time and ask it what is in a photo. You train
# nothing. Instead you walk the whole way, step by step: how a photo becomes numbers, how these become what the model reads, and
# how the model's numbers become words again. Take one step wrongly and nothing complains; only the answer is quietly nonsense.
#
# 아홉 단계이며, 단계마다 코드 칸의 `...`을 채우고 그 아래 `grader.check`를 실행하세요. 채점할 때는 같은 내용을 더 자세히 보는
# 숨은 검사가 더 있습니다. 본문에 없는 것은 묻지 않습니다.
#
# There are nine steps. In each, replace the `...` and then run the `grader.check` below it. Grading adds hidden checks, which look
# at the same things more closely and ask for nothing that this text does not say.

# %% [markdown]
# ### 0. 생각의 그림 · The idea in one picture
#
# **ViT**(Vision Transformer)는 문장을 읽는 트랜스포머로 그림을 읽습니다. 문장은 단어로 나뉘는데, 그림에는 단어가 없습니다.
# 그래서 그림을 똑같은 크기의 **조각**(patch)으로 잘라, 조각 하나를 단어 하나처럼 씁니다. 모델 이름
# `google/vit-base-patch16-224`는 그 크기를 말합니다. 한 변이 **224**픽셀인 그림을 한 변이 **16**픽셀인 조각으로 자릅니다.
#
# A **ViT** (Vision Transformer) reads pictures with the transformer that was made for reading sentences. A sentence comes in
# words; a picture does not. So it is cut into **patches** of equal size, and each patch is treated like a word. The name
# `google/vit-base-patch16-224` says how large: a picture of **224** pixels a side, patches of **16** pixels a side.
#
# ```text
#   cat.png        224 x 224       14 x 14 patches
#  300 x 451  →    -1 ... 1    →   +---+---+---+-- ...
#                 (processor)      |p0 |p1 |p2 |
#                                  +---+---+---+--
#                                  |p14|p15|p16|
#                                  +---+---+---+-- ...
#                                         ↓
#  196 + 1 tokens           [CLS] p0 p1 p2 ... p195
#                                         ↓
#                                 12 x transformer
#                                         ↓
#                           [CLS] → 1,000 logits → "tabby, tabby cat"
# ```
#
# 조각은 224 / 16 = 14줄 14칸, 모두 196개입니다. 맨 앞에 `[CLS]`라는 빈 자리를 하나 더 붙이고, 마지막에는 이 자리만 봅니다.
# 열두 층을 지나는 동안 모든 조각을 둘러보고 모은 것이 여기 담기기 때문입니다.
#
# That is 224 / 16 = 14 rows of 14, 196 patches. An empty place, `[CLS]`, is put in front, and at the end only this place is looked
# at: on its way through twelve layers it has looked around at all patches and gathered what they say.

# %%
import os

import koreanize_matplotlib  # 한글이 나오는 글꼴 · a font with Korean letters
import matplotlib.pyplot as plt
import numpy as np
import torch
from PIL import Image
from transformers import ViTForImageClassification, ViTImageProcessor

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. 사진은 숫자 표 · A photo is a table of numbers
#
# `cat.png`를 `Image.open`으로 열고 `np.array`로 숫자 배열 `image`로 바꾸세요. 픽셀마다 빨강, 초록, 파랑의 세기가 0에서 255까지의
# 정수(`uint8`)로 들어 있습니다.
#
# Open `cat.png` with `Image.open` and turn it into an array of numbers, `image`, with `np.array`. For each pixel it holds the
# strength of red, green and blue, as whole numbers from 0 to 255 (`uint8`).
#
# > **순서에 주의하세요.** 사진의 크기는 흔히 "가로 451 x 세로 300"이라고 말하지만, 배열은 **줄(높이)이 먼저**라서 모양이
# > `(300, 451, 3)`입니다. 줄 300개, 줄마다 픽셀 451개, 픽셀마다 색 3개입니다.
# >
# > **Mind the order.** One says a photo is "451 wide and 300 high", but an array begins with its **rows**, so its shape is
# > `(300, 451, 3)`: 300 rows, 451 pixels in each, 3 colours in each pixel.
#
# 모델은 사진을 한 장씩이 아니라 **묶음**(batch)으로 받습니다. 맨 앞에 축을 하나 더해, 사진 한 장짜리 묶음 `batch`를 모양
# `(1, 300, 451, 3)`으로 만드세요. `reshape`도 되고 `image[np.newaxis]`도 됩니다. 숫자의 순서는 그대로이므로 `batch[0]`은
# 다시 `image`여야 합니다.
#
# A model takes photos not one by one but in a **batch**. Add an axis in front and make the batch of one photo, `batch`, of shape
# `(1, 300, 451, 3)`. `reshape` will do, and so will `image[np.newaxis]`. No number changes its place, so `batch[0]` must be
# `image` again.

# %% [raw]
# # BEGIN SOLUTION

# %%
# image: array (300, 451, 3), uint8
image = np.array(Image.open("cat.png"))  # SOLUTION
# batch: array (1, 300, 451, 3), uint8
batch = image.reshape(1, 300, 451, 3)  # SOLUTION

# %%
# 그림으로 보기 (채점하지 않습니다) · look at it (not graded): plt.imshow, plt.show
# BEGIN SOLUTION
plt.figure(figsize=(6, 4))
plt.imshow(image)
plt.title("모델에게 보여 줄 사진 · the photo for the model")
plt.xlabel("가로 451 · width")
plt.ylabel("세로 300 · height")
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
def test_one_photo_and_a_batch_of_one(image, batch):
    found = [getattr(value, "shape", None) for value in (image, batch)]
    cause = "image나 batch를 아직 채우지 않았거나 NumPy 배열이 아닙니다. / image or batch is not filled in, or not a NumPy array."
    if found[0] == (451, 300, 3):
        cause = "가로와 세로가 바뀌었습니다. 배열은 줄(높이)이 먼저입니다. / Width and height are swapped. An array begins with its rows."
    elif found[1] == (300, 451, 3, 1):
        cause = "축을 맨 앞이 아니라 맨 뒤에 더했습니다. / The axis was added at the end instead of in front."
    elif found == [(300, 451, 3), (300, 451, 3)]:
        cause = "batch에 축을 더하지 않았습니다. / No axis was added to batch."
    message = (
        f"기댓값 expected: image (300, 451, 3), batch (1, 300, 451, 3)\n실제값 got: image {found[0]}, batch {found[1]}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: np.array(사진 photo), 그리고 reshape 또는 np.newaxis / then reshape or np.newaxis"
    )
    assert found == [(300, 451, 3), (1, 300, 451, 3)], message
    kinds = [str(value.dtype) for value in (image, batch)]
    message = (
        f"기댓값 expected: uint8, uint8\n실제값 got: {kinds[0]}, {kinds[1]}\n"
        "원인 likely cause: 값을 이미 나누었거나 바꾸었습니다. / The values were divided or converted already.\n"
        "힌트 hint: 0에서 255까지의 정수 그대로 두세요. / Leave them as whole numbers from 0 to 255."
    )
    assert kinds == ["uint8", "uint8"], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: image의 픽셀이 cat.png의 픽셀과 다릅니다. 색의 순서나 사진의 방향을 바꾸지 않았는지 보세요. / The pixels of image are not those of cat.png. See whether the order of colours or the orientation was changed.
""" # END TEST CONFIG
def test_pixels_are_those_of_the_file(image, reference):
    from autograder import checks
    checks.expect_shape(image, (300, 451, 3), "image")
    checks.expect_close(image, reference["image"], "image")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: batch[0]이 image와 다릅니다. 축을 더하면서 픽셀의 자리가 바뀌었습니다. / batch[0] is not image. Pixels changed their places while the axis was added.
""" # END TEST CONFIG
def test_the_batch_holds_the_photo_as_it_is(batch, reference):
    from autograder import checks
    checks.expect_shape(batch, (1, 300, 451, 3), "batch")
    checks.expect_close(batch[0], reference["image"], "batch[0]")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. 모델이 읽는 숫자로 · Into the numbers that the model reads
#
# 이 모델은 학습할 때 0에서 255까지의 수를 본 적이 없습니다. 언제나 **-1에서 1까지**의 수를 보았습니다. 그래서 우리도 똑같이
# 바꾸어야 합니다. 먼저 255로 나누어 0과 1 사이로 줄이고(rescale), 다음에 평균 0.5를 빼고 표준편차 0.5로 나눕니다(normalize).
#
# While it was trained this model never saw numbers from 0 to 255. It always saw numbers from **-1 to 1**, so ours have to be changed
# in the same way: divide by 255, which gives 0 to 1 (rescale), then subtract the mean 0.5 and divide by the standard deviation 0.5
# (normalize).
#
# $$x' = \frac{x / 255 - 0.5}{0.5} \qquad 0 \rightarrow -1 \qquad 51 \rightarrow -0.6 \qquad 255 \rightarrow 1$$
#
# 그리고 PyTorch의 그림은 색의 축이 **묶음 바로 뒤**에 옵니다. 빨강 한 장, 초록 한 장, 파랑 한 장을 차례로 쌓은 모양입니다.
#
# And pictures in PyTorch have the axis of colours **right behind the batch**: one sheet of red, one of green, one of blue.
#
# ```text
#  (n, height, width, 3)   →   (n, 3, height, width)          axes 0 1 2 3   →   0 3 1 2
# ```
#
# 함수 `prepare(batch)`를 쓰세요. 정수 묶음 `(n, height, width, 3)`을 받아 실수 묶음 `(n, 3, height, width)`를 돌려줍니다. 크기는
# 바꾸지 않습니다. 사진이 몇 장이든, 크기가 어떻든 되어야 합니다. 실수는 `float32`든 `float64`든 괜찮습니다.
#
# Write the function `prepare(batch)`. It takes a batch of whole numbers `(n, height, width, 3)` and returns a batch of floats
# `(n, 3, height, width)`. It does not resize. It has to work for any number of photos of any size.
# The floats may be `float32` or `float64`.
#
# > `reshape`로는 안 됩니다. `reshape`는 숫자를 읽는 순서는 그대로 두고 줄만 다시 나누므로, 색과 자리가 뒤섞입니다. 축의 **순서**를
# > 바꾸는 것은 `transpose`(또는 `np.moveaxis`)입니다.
# >
# > `reshape` will not do. It leaves the numbers in their order and only breaks the lines elsewhere, so colours and places get mixed
# > up. What changes the **order** of the axes is `transpose` (or `np.moveaxis`).

# %% [raw]
# # BEGIN SOLUTION

# %%
def prepare(batch):
    """A batch (n, height, width, 3) of 0 ... 255 as (n, 3, height, width) of -1 ... 1."""
    # BEGIN SOLUTION
    scaled = np.asarray(batch) / 255
    normalized = (scaled - 0.5) / 0.5
    return normalized.transpose(0, 3, 1, 2)
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
def test_two_pixels_by_hand(prepare):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(prepare).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(prepare), message
    result = prepare(np.array([[[[0, 51, 255], [255, 0, 102]]]], dtype="uint8"))
    shape = getattr(result, "shape", None)
    message = (
        f"기댓값 expected: (1, 3, 1, 2)\n실제값 got: {type(result).__name__}, shape {shape if shape is None else tuple(shape)}\n"
        "원인 likely cause: return이 없거나, 색의 축을 옮기지 않았습니다. / There is no return, or the axis of colours was not moved.\n"
        "힌트 hint: transpose(0, 3, 1, 2)"
    )
    assert shape is not None and tuple(shape) == (1, 3, 1, 2), message
    found = np.asarray(result, dtype=float).round(3).tolist()
    wanted = [[[[-1.0, 1.0]], [[-0.6, -1.0]], [[1.0, -0.2]]]]
    cause = "식의 순서를 보세요. / Look at the order of the formula."
    if found == [[[[-1.0, -0.6]], [[1.0, 1.0]], [[-1.0, -0.2]]]]:
        cause = "축을 옮기지 않고 reshape했습니다. 색과 자리가 섞였습니다. / It was reshaped, not transposed. Colours and places are mixed up."
    elif np.max(found) > 1.5:
        cause = "255로 나누지 않았습니다. / It was not divided by 255."
    elif np.min(found) >= 0:
        cause = "0.5를 빼지 않았습니다. / 0.5 was not subtracted."
    elif np.max(found) == 0.5:
        cause = "표준편차 0.5로 나누지 않았습니다. / It was not divided by the standard deviation 0.5."
    message = (
        f"기댓값 expected: {wanted}\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 51은 (51 / 255 - 0.5) / 0.5 = -0.6이 됩니다. / 51 becomes (51 / 255 - 0.5) / 0.5 = -0.6."
    )
    assert np.allclose(found, wanted, atol=2e-3), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 크기의 사진 여러 장을 주면 prepare의 값이나 모양이 다릅니다. 함수 안에 고정한 수가 있는지 보세요. / With several photos of another size prepare gives other values or another shape. See whether a number is fixed inside the function.
""" # END TEST CONFIG
def test_several_photos_of_another_size(prepare):
    import numpy as np
    from autograder import checks
    photos = (np.arange(3 * 5 * 8 * 3).reshape(3, 5, 8, 3) * 7 % 256).astype("uint8")
    found = prepare(photos)
    checks.expect_shape(found, (3, 3, 5, 8), "prepare of 3 photos, 5 x 8")
    for number in range(3):
        for colour in range(3):
            wanted = photos[number, :, :, colour] / 127.5 - 1
            checks.expect_close(found[number][colour], wanted, f"photo {number}, colour {colour}", tolerance=1e-5)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 검은 사진은 -1, 흰 사진은 1이어야 하고, 값은 실수여야 합니다. / A black photo has to become -1 and a white one 1, and the values have to be floats.
""" # END TEST CONFIG
def test_black_and_white(prepare):
    import numpy as np
    from autograder import checks
    photos = np.stack([np.full((4, 6, 3), value, dtype="uint8") for value in (0, 255)])
    found = prepare(photos)
    checks.expect_close(found[0], np.full((3, 4, 6), -1.0), "a black photo", tolerance=1e-5)
    checks.expect_close(found[1], np.full((3, 4, 6), 1.0), "a white photo", tolerance=1e-5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. 토큰은 노트북에 적지 않기 · The token stays out of the notebook
#
# 모델은 Hugging Face에서 내려받습니다. 공개 모델에는 필요 없지만, 접근이 제한된 모델에는 여러분의 **토큰**(`hf_`로 시작하는 비밀
# 열쇠)이 필요합니다. 노트북은 제출하고, 나누고, 깃에 올리는 파일입니다. 거기에 열쇠를 적으면 열쇠를 함께 나누어 주는 셈이고, 셀을
# 지워도 기록에 남습니다. 그래서 열쇠는 노트북 **바깥**, 환경 변수 `HF_TOKEN`에 둡니다.
#
# The model is fetched from Hugging Face. A public one needs no key, but one with restricted access needs your **token**, a secret that
# begins with `hf_`. A notebook is a file that you hand in, share, and put under version control. Write the key into it and you hand
# out the key; deleting the cell leaves it in the history. So the key stays **outside**, in the environment variable `HF_TOKEN`.
#
# - 내 컴퓨터 · on your computer: 터미널에서 `export HF_TOKEN=hf_...`를 하고 Jupyter를 켭니다. · run `export HF_TOKEN=hf_...` in the
#   terminal, then start Jupyter.
# - Colab: 왼쪽 열쇠 그림(Secrets)에 `HF_TOKEN`을 등록하고, 아래 칸보다 먼저 따로 만든 칸에서 `from google.colab import userdata`와
#   `os.environ["HF_TOKEN"] = userdata.get("HF_TOKEN")`을 실행합니다. 등록하지 않았으면 오류가 나니 건너뛰세요. · register `HF_TOKEN` under the
#   key symbol (Secrets) on the left. Then, in a cell of its own before the one below, run `from google.colab import userdata` and
#   `os.environ["HF_TOKEN"] = userdata.get("HF_TOKEN")`. Without a registered one this raises an error, so skip it.
#
# 함수 `read_token(environment)`를 쓰세요. 사전 `environment`에서 `"HF_TOKEN"`의 값을 돌려주고, **없거나 빈 문자열이면 `None`을**
# 돌려줍니다. 오류를 내면 안 됩니다. 토큰이 없는 사람도 공개 모델은 쓸 수 있어야 하니까요. 채점하는 컴퓨터에도 토큰이 없습니다.
#
# Write the function `read_token(environment)`. From the dictionary `environment` it returns the value of `"HF_TOKEN"`, and **`None`
# where there is none or it is an empty text**. It must not raise an error: whoever has no token can use public models all the same.
# The computer that grades has none either.

# %% [raw]
# # BEGIN SOLUTION

# %%
def read_token(environment):
    """The Hugging Face token in environment, or None."""
    # BEGIN SOLUTION
    return environment.get("HF_TOKEN") or None
    # END SOLUTION


# token: str or None; os.environ is the environment of this notebook. Never print it.
token = read_token(os.environ)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_a_token_is_read_and_a_missing_one_is_none(read_token):
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(read_token).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(read_token), message
    found = read_token({"HF_TOKEN": "hf_example", "HOME": "/home/me"})
    message = (
        f"기댓값 expected: 'hf_example'\n실제값 got: {type(found).__name__}, {'the same' if found == 'hf_example' else 'another value'}\n"
        "원인 likely cause: 인자 environment가 아니라 다른 곳을 보았습니다. / It looked elsewhere than in its argument environment.\n"
        "힌트 hint: 사전의 get 메서드를 보세요. / See the get method of dictionaries."
    )
    assert found == "hf_example", message
    found = read_token({"HOME": "/home/me"})
    message = (
        f"기댓값 expected: None\n실제값 got: {type(found).__name__}\n"
        "원인 likely cause: 토큰을 함수 안에 적었거나, None을 문자열로 바꾸었습니다. / A token is written inside the function, or None was turned into text.\n"
        "힌트 hint: 없는 열쇠에 get은 None을 돌려줍니다. / For a key that is not there, get returns None."
    )
    assert found is None, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: read_token에 다른 사전을 주면 결과가 다릅니다. 빈 문자열도 토큰이 아닙니다. / With another dictionary read_token gives something else. An empty text is no token either.
""" # END TEST CONFIG
def test_other_environments(read_token):
    from autograder import checks
    for value in ("hf_0123456789abcdef", "hf_another"):
        checks.expect_equal(read_token({"PATH": "/bin", "HF_TOKEN": value}), value, "read_token")
    for environment in ({}, {"HF_TOKEN": ""}, {"hf_token": "hf_small_letters"}):
        found = read_token(environment)
        assert found is None, f"read_token of {environment}: expected None, got {type(found).__name__}"

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 채점하는 환경에는 HF_TOKEN이 없으므로 token은 None이어야 합니다. 토큰이 노트북에 적혀 있지 않은지 보고, 적혀 있다면 지금 Hugging Face에서 폐기하세요. / There is no HF_TOKEN where this is graded, so token has to be None. See whether a token is written into the notebook; if so, revoke it at Hugging Face now.
""" # END TEST CONFIG
def test_no_token_in_the_notebook(token):
    assert token is None, f"token: expected None, got {type(token).__name__}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ### 4. 프로세서 · The processor
#
# 2단계에서 손으로 한 일에 크기 바꾸기를 더한 것이 **프로세서**입니다. 모델마다 평균, 표준편차, 크기가 다르므로, 모델과 같은 이름으로
# 내려받아야 짝이 맞습니다. `from_pretrained`는 작은 설정 파일 하나를 읽을 뿐입니다.
#
# What you did by hand in step 2, and resizing on top, is what the **processor** does. Mean, standard deviation and size differ from
# model to model, so fetch it under the same name as the model and the two will fit. `from_pretrained` reads no more than a small file
# of settings.
#
# ```text
#  image            →  resize     →  rescale  →  normalize  →  pixel_values
#  (300, 451, 3)       224 x 224     1/255       0.5, 0.5       (1, 3, 224, 224)
# ```
#
# 1. `ViTImageProcessor.from_pretrained`로 `processor`를 만드세요. 이름은 `checkpoint`에 있고, `token=token`도 함께 넘깁니다.<br>
#    Make `processor` with `ViTImageProcessor.from_pretrained`. The name is in `checkpoint`; pass `token=token` as well.
# 2. `processor`를 함수처럼 불러 `image`(0에서 255까지, 손대지 않은 것)에서 `inputs`를 만드세요. `return_tensors="pt"`는 PyTorch
#    텐서로 달라는 뜻입니다. 결과는 사전과 같고, `inputs["pixel_values"]`에 숫자가 들어 있습니다.<br>
#    Call `processor` like a function and make `inputs` from `image` (0 to 255, untouched). `return_tensors="pt"` asks for PyTorch
#    tensors. What comes back is like a dictionary; the numbers are in `inputs["pixel_values"]`.
#
# > 프로세서가 나누고 빼는 일을 다 합니다. 여러분이 먼저 `prepare`로 바꾼 것을 넣으면 같은 일이 두 번 일어나, 모든 값이 -1 근처에
# > 몰립니다. 오류는 나지 않습니다.
# >
# > The processor does the dividing and subtracting. Feed it what `prepare` has changed and it is all done twice: every value ends up
# > close to -1. Nothing complains.

# %% [raw]
# # BEGIN SOLUTION

# %%
checkpoint = "google/vit-base-patch16-224"
# processor: ViTImageProcessor
processor = ViTImageProcessor.from_pretrained(checkpoint, token=token)  # SOLUTION
# inputs: like a dict, inputs["pixel_values"] is a tensor (1, 3, 224, 224)
inputs = processor(images=image, return_tensors="pt")  # SOLUTION
processor

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_pixel_values_have_the_shape_of_the_model(inputs):
    has_values = hasattr(inputs, "keys") and "pixel_values" in inputs.keys()
    message = (
        f"기댓값 expected: inputs[pixel_values]\n실제값 got: {type(inputs).__name__}\n"
        "원인 likely cause: inputs를 아직 채우지 않았거나 processor의 결과가 아닙니다. / inputs is not filled in, or not what processor returned.\n"
        "힌트 hint: processor(images=..., return_tensors=...)"
    )
    assert has_values, message
    values = inputs["pixel_values"]
    shape = tuple(getattr(values, "shape", ()))
    message = (
        f"기댓값 expected: torch tensor (1, 3, 224, 224)\n실제값 got: {type(values).__name__} {shape}\n"
        "원인 likely cause: return_tensors를 pt로 주지 않았거나, 크기를 바꾸지 않았습니다. / return_tensors is not pt, or nothing was resized.\n"
        "힌트 hint: 사진 한 장이므로 맨 앞은 1입니다. / It is one photo, so the first number is 1."
    )
    assert type(values).__name__ == "Tensor" and shape == (1, 3, 224, 224), message
    low, high = float(values.min()), float(values.max())
    cause = "두 번 줄였습니다. 프로세서에는 0에서 255까지의 image를 주세요. / Scaled twice. Give the processor image as it is, from 0 to 255."
    if low >= 0:
        cause = "평균을 빼지 않았습니다. / The mean was not subtracted."
    elif high > 1.01:
        cause = "255로 나누지 않았거나, 평균과 표준편차가 다릅니다. / Not divided by 255, or with another mean and standard deviation."
    message = (
        f"기댓값 expected: -1 ... 1, 어두운 곳은 -1 가까이, 밝은 곳은 0보다 크게 dark near -1, bright above 0\n실제값 got: {low:.2f} ... {high:.2f}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: checkpoint의 프로세서를 설정 그대로 쓰세요. / Use the processor of checkpoint with its own settings."
    )
    assert -1.01 <= low < -0.5 and 0.2 < high <= 1.01, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: processor의 설정이 이 모델의 것이 아닙니다. 평균과 표준편차 0.5, 1/255, 224 x 224입니다. / The settings of processor are not those of this model, which are mean and standard deviation 0.5, 1/255, 224 x 224.
""" # END TEST CONFIG
def test_settings_of_the_processor(processor):
    from autograder import checks
    checks.expect_close(list(getattr(processor, "image_mean", ())), [0.5, 0.5, 0.5], "image_mean")
    checks.expect_close(list(getattr(processor, "image_std", ())), [0.5, 0.5, 0.5], "image_std")
    checks.expect_close(getattr(processor, "rescale_factor", None), 1 / 255, "rescale_factor")
    size = processor.size
    found = [size["height"], size["width"]]
    checks.expect_equal(found, [224, 224], "size")
    steps = [bool(getattr(processor, step, False)) for step in ("do_resize", "do_rescale", "do_normalize")]
    checks.expect_equal(steps, [True, True, True], "do_resize, do_rescale, do_normalize")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: pixel_values가 이 사진에서 나와야 할 값과 다릅니다. 사진, 색의 순서, 설정을 확인하세요. / pixel_values are not what this photo gives. Check the photo, the order of colours and the settings.
""" # END TEST CONFIG
def test_pixel_values_are_those_of_the_photo(inputs, reference):
    from autograder import checks
    checks.expect_shape(inputs["pixel_values"], (1, 3, 224, 224), "pixel_values")
    checks.expect_close(inputs["pixel_values"], reference["inputs"]["pixel_values"], "pixel_values", tolerance=0.02)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ### 5. 조각으로 자르기 · Cut into patches
#
# 모델이 속에서 맨 먼저 하는 일을 손으로 해 봅시다. 함수 `to_patches(picture, size)`는 그림 `(height, width, 3)`을 한 변이 `size`인
# 조각들로 잘라 `(개수, size, size, 3)` 모양의 배열로 돌려줍니다. 순서는 글을 읽듯이, **왼쪽에서 오른쪽으로, 그다음 아랫줄로**입니다.
# 높이와 너비는 `size`로 나누어떨어집니다.
#
# Let us do by hand what the model does first of all inside. The function `to_patches(picture, size)` cuts a picture
# `(height, width, 3)` into patches of `size` pixels a side and returns an array of shape `(how many, size, size, 3)`. Their order is
# that of reading: **from left to right, then the next row**. Height and width are multiples of `size`.
#
# ```text
#  4 x 6 pixels, size 2:  a a | b b | c c        6 patches:  a, b, c, d, e, f
#                         a a | b b | c c
#                         ----+-----+----
#                         d d | e e | f f
#                         d d | e e | f f
# ```
#
# 1. `to_patches`를 쓰세요. 두 겹의 반복이면 충분합니다. · Write `to_patches`. Two nested loops are enough.
# 2. 모델이 볼 그림은 `pixel_values`입니다. 사진 하나를 꺼내(`[0]`) `.numpy()`로 배열로 바꾸고, 색의 축을 다시 맨 뒤로 보내
#    `(224, 224, 3)`으로 만든 다음, 16픽셀씩 잘라 `patches`에 담으세요. · The picture that the model sees is `pixel_values`. Take out the
#    one photo (`[0]`), turn it into an array with `.numpy()`, send its axis of colours back to the end, so that it is `(224, 224, 3)`,
#    and cut it into `patches` of 16 pixels.
# 3. `n_tokens`에는 트랜스포머가 읽는 자리의 수, 곧 조각의 수에 `[CLS]` 하나를 더한 수를 담으세요.<br>
#    In `n_tokens`, say how many places the transformer reads: the patches, and one more for `[CLS]`.

# %% [raw]
# # BEGIN SOLUTION

# %%
def to_patches(picture, size):
    """The patches of a picture (height, width, 3), row by row: (how many, size, size, 3)."""
    # BEGIN SOLUTION
    height, width = picture.shape[:2]
    found = []
    for top in range(0, height, size):
        for left in range(0, width, size):
            found.append(picture[top : top + size, left : left + size])
    return np.array(found)
    # END SOLUTION


# patches: array (196, 16, 16, 3)
patches = to_patches(inputs["pixel_values"][0].permute(1, 2, 0).numpy(), 16)  # SOLUTION
# n_tokens: int
n_tokens = len(patches) + 1  # SOLUTION

# %%
# 조각 사이를 벌려 다시 붙인 그림 (채점하지 않습니다) · the patches with gaps between them (not graded): np.pad, np.hstack, np.vstack
# imshow는 0에서 1까지를 그리므로 먼저 되돌립니다 · imshow draws 0 to 1, so first undo the scaling: x / 2 + 0.5
# BEGIN SOLUTION
framed = [np.pad((patch + 1) / 2, ((1, 1), (1, 1), (0, 0)), constant_values=1) for patch in np.asarray(patches)]
plt.figure(figsize=(5, 5))
plt.imshow(np.vstack([np.hstack(framed[row : row + 14]) for row in range(0, 196, 14)]))
plt.title("모델이 읽는 조각 196개 · the 196 patches that the model reads")
plt.axis("off")
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
def test_six_patches_in_the_order_of_reading(to_patches):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(to_patches).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(to_patches), message
    letters = np.array([[1, 1, 2, 2, 3, 3], [1, 1, 2, 2, 3, 3], [4, 4, 5, 5, 6, 6], [4, 4, 5, 5, 6, 6]])
    result = to_patches(np.stack([letters, 10 * letters, 100 * letters], axis=-1), 2)
    shape = np.shape(result)
    message = (
        f"기댓값 expected: (6, 2, 2, 3)\n실제값 got: {shape}\n"
        "원인 likely cause: 조각의 개수나 크기가 다릅니다. / The number or the size of the patches differs.\n"
        "힌트 hint: range(0, height, size)는 조각의 윗줄들을 줍니다. / range(0, height, size) gives the top row of each patch."
    )
    assert shape == (6, 2, 2, 3), message
    found = [sorted(set(np.asarray(patch)[..., 0].ravel().tolist())) for patch in result]
    cause = "조각 하나에 여러 자리의 픽셀이 섞였습니다. reshape만으로는 자를 수 없습니다. / A patch mixes pixels from several places. reshape alone cannot cut."
    if found == [[1], [4], [2], [5], [3], [6]]:
        cause = "위에서 아래로 먼저 갔습니다. / It went down before it went right."
    message = (
        f"기댓값 expected: [[1], [2], [3], [4], [5], [6]]\n실제값 got: {found}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: 바깥 반복은 줄(위), 안쪽 반복은 칸(왼쪽)입니다. / The outer loop goes over rows, the inner one over columns."
    )
    assert found == [[1], [2], [3], [4], [5], [6]], message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 다른 크기의 그림을 자르면 조각이 다릅니다. 조각 안의 픽셀이 제자리에 있는지, 함수 안에 고정한 수가 있는지 보세요. / With pictures of other sizes the patches differ. See whether pixels keep their places inside a patch, and whether a number is fixed inside the function.
""" # END TEST CONFIG
def test_pictures_of_other_sizes(to_patches):
    import numpy as np
    from autograder import checks
    for height, width, size in ((6, 9, 3), (8, 4, 4), (5, 5, 5)):
        picture = np.arange(height * width * 3).reshape(height, width, 3)
        found = to_patches(picture, size)
        checks.expect_shape(found, (height * width // size**2, size, size, 3), "patches")
        corners = [(top, left) for top in range(0, height, size) for left in range(0, width, size)]
        for number, (top, left) in enumerate(corners):
            wanted = picture[top:top + size, left:left + size]
            checks.expect_close(found[number], wanted, f"patch {number} of {height} x {width}")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: patches가 pixel_values의 조각 196개가 아닙니다. 색의 축을 맨 뒤로 보냈는지 보세요. / patches are not the 196 patches of pixel_values. See whether the axis of colours was sent to the end.
""" # END TEST CONFIG
def test_patches_of_the_photo(patches, reference):
    from autograder import checks
    checks.expect_shape(patches, (196, 16, 16, 3), "patches")
    checks.expect_close(patches, reference["patches"], "patches", tolerance=0.02)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 트랜스포머는 조각 196개와 CLS 하나를 읽습니다. / The transformer reads 196 patches and one CLS.
""" # END TEST CONFIG
def test_places_that_the_transformer_reads(n_tokens):
    from autograder import checks
    checks.expect_close(n_tokens, 197, "n_tokens")

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
# `ViTForImageClassification.from_pretrained`로 `model`을 내려받으세요. 이름은 같은 `checkpoint`, 토큰도 함께입니다. 처음에는 약
# 350 MB를 받고, 다음부터는 컴퓨터에 있는 것을 씁니다.
#
# Fetch `model` with `ViTForImageClassification.from_pretrained`, under the same `checkpoint` and with the token. The first time some
# 350 MB are fetched; from then on what is on your computer is used.
#
# 그리고 모델의 파라미터가 모두 몇 개인지 세어 `n_parameters`에 담으세요. `model.parameters()`는 텐서를 하나씩 내놓고, 텐서의
# `numel()`은 그 안의 수가 몇 개인지 말합니다. 손으로 세면 이렇습니다(너비 768, 넓은 층 3,072).
#
# And count its parameters into `n_parameters`. `model.parameters()` hands out one tensor after the other, and `numel()` of a tensor
# says how many numbers are in it. Counted by hand (width 768, wide layer 3,072):
#
# | 부분 · part | 계산 · how | 개수 · count |
# |---|---|---:|
# | 조각 → 768 · patch to 768 | 16 x 16 x 3 x 768 + 768 | 590,592 |
# | `[CLS]`와 자리 · and places | 768 + 197 x 768 | 152,064 |
# | 층 12개 · 12 layers | 12 x (4 x (768 x 768 + 768) + 2 x 768 x 3072 + 3072 + 768 + 4 x 768) | 85,054,464 |
# | 마지막 정규화 · last norm | 2 x 768 | 1,536 |
# | 1,000개의 이름으로 · to 1,000 names | 768 x 1000 + 1000 | 769,000 |
# | 모두 · in all | | **86,567,656** |
#
# 층 하나는 어텐션의 행렬 넷(query, key, value, 출력), 768 → 3,072 → 768로 가는 넓은 층 둘, 정규화 둘이며, 모두 편향이 있습니다.
#
# One layer is the four matrices of attention (query, key, value, output), the two wide ones, 768 → 3,072 → 768, and two norms, all with
# biases.
#
# 이름을 맞히는 머리(마지막 줄)가 있는 것이 `ViTForImageClassification`입니다. `ViTModel`은 머리가 없어서 이름을 말하지 못합니다.
#
# The head that names things (the last row) is what makes it `ViTForImageClassification`. `ViTModel` has none and cannot name anything.
#
# > 설정만 같고 **가중치가 없는** 모델도 만들 수 있습니다. 파라미터 수는 똑같지만 아무것도 배우지 않은 모델입니다. 수만 맞는다고 같은
# > 모델은 아닙니다.
# >
# > A model of the same settings **without the weights** can be made, too: it has as many parameters and has learnt nothing. The same
# > count does not make it the same model.

# %% [raw]
# # BEGIN SOLUTION

# %%
# model: ViTForImageClassification
model = ViTForImageClassification.from_pretrained(checkpoint, token=token)  # SOLUTION
# n_parameters: int
n_parameters = sum(parameter.numel() for parameter in model.parameters())  # SOLUTION
print(n_parameters)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
""" # END TEST CONFIG
def test_86_567_656_parameters(n_parameters):
    import numbers
    is_number = isinstance(n_parameters, numbers.Integral)
    cause = "세는 식을 보세요. / Look at how they are counted."
    if not is_number:
        cause = "아직 채우지 않았거나 정수가 아닙니다. / It is not filled in yet, or not a whole number."
    elif n_parameters in (85798656, 86389248):
        cause = "머리가 없는 ViTModel입니다. / This is ViTModel, which has no head."
    elif n_parameters in (200, 201):
        cause = "텐서의 개수를 세었습니다. 텐서마다 numel()을 더하세요. / Tensors were counted. Add up numel() of each."
    elif n_parameters == 85800194:
        cause = "이름이 둘뿐인 새 모델입니다. from_pretrained로 내려받으세요. / This is a new model with two names. Fetch it with from_pretrained."
    message = (
        f"기댓값 expected: 86,567,656\n실제값 got: {n_parameters if is_number else type(n_parameters).__name__}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: sum(... for parameter in model.parameters())"
    )
    assert is_number and n_parameters == 86567656, message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: model의 파라미터가 86,567,656개가 아닙니다. 머리가 있는 ViTForImageClassification인지 보세요. / model does not have 86,567,656 parameters. See whether it is ViTForImageClassification, which has a head.
""" # END TEST CONFIG
def test_parameters_of_the_model_counted_again(model):
    from autograder import checks
    checks.expect_parameter_total(model, 86567656)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: model은 열두 층을 지나 1,000개의 이름에 점수를 매겨야 합니다. / model has to go through twelve layers and score 1,000 names.
""" # END TEST CONFIG
def test_twelve_layers_and_a_thousand_names(model):
    from autograder import checks
    checks.expect_equal(type(model).__name__, "ViTForImageClassification", "model")
    checks.expect_equal(model.config.num_hidden_layers, 12, "layers")
    checks.expect_equal(len(model.config.id2label), 1000, "names")
    checks.expect_equal(model.config.id2label[281], "tabby, tabby cat", "name 281")

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: model의 가중치가 내려받은 것과 다릅니다. 설정만으로 새로 만들었거나, 가중치를 바꾸었습니다. / The weights of model are not the fetched ones. It was made new from the settings, or weights were changed.
""" # END TEST CONFIG
def test_weights_are_the_fetched_ones(model, reference):
    from autograder import checks
    checks.expect_same_weights(model, reference["model"])

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ### 7. 점수 매기기 · Let it score
#
# 모델을 함수처럼 불러 `outputs`를 얻으세요. `inputs`는 사전이므로 `model(**inputs)`처럼 별 두 개로 풀어서 넘깁니다. 1,000개의 이름마다
# 점수 하나씩, `outputs.logits`에 들어 있습니다. 이것을 `logits`에 담으세요. 모양은 `(1, 1000)`, 곧 (사진, 이름)입니다.
#
# Call the model like a function and get `outputs`. `inputs` is a dictionary, so unpack it with two stars: `model(**inputs)`. For each
# of 1,000 names there is a score in `outputs.logits`. Keep it in `logits`, of shape `(1, 1000)`: (photos, names).
#
# 부를 때는 `with torch.no_grad():` 안에서 부르세요. PyTorch는 나중에 배울 때를 대비해 계산의 모든 중간 결과를 붙잡아 두는데, 우리는
# 배우지 않으므로 메모리와 시간만 낭비합니다. 그 안에서 나온 텐서는 `requires_grad`가 `False`입니다.
#
# Call it inside `with torch.no_grad():`. PyTorch holds on to every intermediate result in case you want to learn from it later; we do
# not, and would only waste memory and time. A tensor that comes from inside has `requires_grad` `False`.
#
# > 점수(logit)는 확률이 아닙니다. 음수도 있고, 더해도 1이 되지 않습니다. 크면 클수록 그 이름에 가깝다는 뜻일 뿐입니다.
# >
# > A score (logit) is no probability: some are negative, and they do not add up to 1. The larger, the better the name fits; that is all.

# %% [raw]
# # BEGIN SOLUTION

# %%
# outputs: what the model returns;  logits: tensor (1, 1000), computed under torch.no_grad()
""" # BEGIN PROMPT
outputs = ...
logits = ...
""" # END PROMPT
# BEGIN SOLUTION NO PROMPT
with torch.no_grad():
    outputs = model(**inputs)
logits = outputs.logits
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
def test_a_score_for_each_name(logits):
    shape = tuple(getattr(logits, "shape", ()))
    cause = "아직 채우지 않았거나, 모델의 결과에서 logits를 꺼내지 않았습니다. / It is not filled in, or logits was not taken out of what the model returned."
    if shape == (1000,):
        cause = "묶음 축을 없앴습니다. / The batch axis was removed."
    elif shape[-1:] == (768,):
        cause = "머리가 없는 모델의 결과입니다. / This comes from a model without a head."
    message = (
        f"기댓값 expected: tensor (1, 1000)\n실제값 got: {type(logits).__name__} {shape}\n"
        f"원인 likely cause: {cause}\n"
        "힌트 hint: outputs.logits"
    )
    assert shape == (1, 1000), message
    needs = getattr(logits, "requires_grad", False)
    message = (
        f"기댓값 expected: requires_grad False\n실제값 got: requires_grad {needs}\n"
        "원인 likely cause: torch.no_grad() 밖에서 모델을 불렀습니다. / The model was called outside torch.no_grad().\n"
        "힌트 hint: with torch.no_grad(): 아래로 들여쓰세요. / Indent the call below with torch.no_grad():"
    )
    assert not needs, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 점수가 이 사진과 이 모델에서 나와야 할 값과 다릅니다. 모델에 inputs를 그대로 주었는지 보세요. / The scores are not what this photo and this model give. See whether the model was given inputs as they are.
""" # END TEST CONFIG
def test_scores_of_the_photo(logits, reference):
    from autograder import checks
    checks.expect_shape(logits, (1, 1000), "logits")
    checks.expect_close(logits, reference["logits"], "logits", tolerance=0.02)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: logits는 점수 그대로여야 하고, 기울기를 붙잡고 있지 않아야 합니다. / logits have to be the scores as they are, and must not hold on to gradients.
""" # END TEST CONFIG
def test_plain_scores_without_gradients(logits):
    import numpy as np
    assert not getattr(logits, "requires_grad", False), "logits: expected requires_grad False, got True"
    values = np.asarray(logits, dtype=float)
    assert values.min() < 0, f"logits: expected scores, some of them negative, got at least {values.min():.3g}"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ### 8. 숫자에서 이름으로 · From numbers to a name
#
# 점수가 가장 큰 자리가 모델의 답입니다. 네 가지를 구하세요.
#
# The place of the largest score is the model's answer. Get four things:
#
# | 변수 · variable | 무엇 · what |
# |---|---|
# | `predicted_class_idx` | 점수가 가장 큰 이름의 번호, 정수(`int`). `argmax`는 마지막 축(이름)에 대해, `.item()`으로 텐서에서 꺼냅니다 · the number of the name with the largest score, an `int`: `argmax` over the last axis (names), out of the tensor with `.item()` |
# | `predicted_label` | 그 번호의 이름, `model.config.id2label`에서 · the name of that number, from `model.config.id2label` |
# | `probabilities` | `logits`의 softmax, 모양 `(1, 1000)`, 이름에 대해 더하면 1 · softmax of `logits`, shape `(1, 1000)`; summed over the names it is 1 |
# | `top5` | 확률이 큰 순서로 (이름, 확률) 다섯 쌍의 목록 · a list of five pairs (name, probability), the most probable first |
#
# $$p_i = \frac{e^{z_i}}{e^{z_1} + \dots + e^{z_{1000}}}$$
#
# softmax는 순서를 바꾸지 않으므로, 답은 점수에서 구하나 확률에서 구하나 같습니다. 다만 **어느 축**인지가 중요합니다. 묶음 축(0)에 대해
# 구하면 사진 한 장이 저 혼자 겨루므로 확률이 모두 1이 됩니다.
#
# Softmax does not change the order, so scores and probabilities give the same answer. But it matters **over which axis**: over the batch
# axis (0) a single photo competes with itself, and all probabilities are 1.
#
# **무슨 이름이 나올까요?** 구글이 학습시킨 진짜 가중치라면 고양이의 이름이 나옵니다. 인터넷이 없는 채점 컴퓨터에서는 같은 크기의
# **대역**(학습되지 않은 무작위 가중치)이 그 자리에 있을 수 있고, 그러면 뜻 없는 이름이 나옵니다. 점수는 같은 가중치로 돌린 모범 답안과
# 비교하므로 어느 쪽이든 공평합니다.
#
# **Which name will it be?** With the real weights, those that Google trained, it is the name of a cat. A grading computer without a network
# may have a **stand-in** in their place, random weights of the same size that were never trained, and then the name means nothing. Grading
# compares with a model solution on the same weights, so it is fair either way.

# %% [raw]
# # BEGIN SOLUTION

# %%
# predicted_class_idx: int;  predicted_label: str
predicted_class_idx = logits.argmax(-1).item()  # SOLUTION
predicted_label = model.config.id2label[predicted_class_idx]  # SOLUTION
# probabilities: tensor (1, 1000)
probabilities = logits.softmax(dim=-1)  # SOLUTION
# top5: list of 5 pairs (str, float)
""" # BEGIN PROMPT
top5 = ...
""" # END PROMPT
# BEGIN SOLUTION NO PROMPT
best = probabilities[0].topk(5)
top5 = [(model.config.id2label[i], p) for p, i in zip(best.values.tolist(), best.indices.tolist())]
# END SOLUTION
print(f"예측된 클래스 · predicted: {predicted_label}")

# %%
# 다섯 이름의 확률을 막대로 (채점하지 않습니다) · five probabilities as bars (not graded): plt.barh
# BEGIN SOLUTION
plt.figure(figsize=(7, 3))
plt.barh([label.split(",")[0] for label, _ in top5][::-1], [p for _, p in top5][::-1])
plt.xlabel("확률 · probability")
plt.title("모델의 다섯 가지 답 · the five best answers")
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
def test_a_number_and_a_name(predicted_class_idx, predicted_label):
    import numbers
    is_number = isinstance(predicted_class_idx, numbers.Integral) and 0 <= predicted_class_idx < 1000
    message = (
        f"기댓값 expected: int, 0 ... 999\n실제값 got: {type(predicted_class_idx).__name__}\n"
        "원인 likely cause: 아직 채우지 않았거나, 텐서에서 꺼내지 않았습니다. / It is not filled in, or was not taken out of the tensor.\n"
        "힌트 hint: argmax(-1), 그다음 then .item()"
    )
    assert is_number, message
    message = (
        f"기댓값 expected: 이름 str\n실제값 got: {type(predicted_label).__name__}\n"
        "원인 likely cause: 번호를 이름으로 바꾸지 않았습니다. / The number was not turned into a name.\n"
        "힌트 hint: model.config.id2label[번호 number]"
    )
    assert isinstance(predicted_label, str) and predicted_label, message

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_probabilities_add_up_to_one(probabilities, top5):
    import numpy as np
    shape = tuple(getattr(probabilities, "shape", ()))
    message = (
        f"기댓값 expected: (1, 1000)\n실제값 got: {type(probabilities).__name__} {shape}\n"
        "원인 likely cause: 아직 채우지 않았거나 묶음 축을 없앴습니다. / It is not filled in, or the batch axis was removed."
    )
    assert shape == (1, 1000), message
    total = float(np.asarray(probabilities, dtype=float).sum())
    cause = "softmax가 아닙니다. / This is not softmax."
    if abs(total - 1000) < 0.01:
        cause = "softmax를 이름이 아니라 묶음 축에 대해 구했습니다. / softmax was taken over the batch axis instead of the names."
    message = (
        f"기댓값 expected: 1\n실제값 got: {total:.4g}\n원인 likely cause: {cause}\n"
        "힌트 hint: softmax(dim=-1)"
    )
    assert abs(total - 1) < 1e-3, message
    count = len(top5) if hasattr(top5, "__len__") else None
    message = (
        f"기댓값 expected: (이름 name, 확률 probability) 다섯 쌍 five pairs\n실제값 got: {type(top5).__name__}, {count}\n"
        "원인 likely cause: 아직 채우지 않았거나 개수가 다릅니다. / It is not filled in, or has another number of pairs.\n"
        "힌트 hint: torch의 topk는 값과 번호를 함께 줍니다. / topk of torch gives values and numbers together."
    )
    assert count == 5 and all(len(pair) == 2 and isinstance(pair[0], str) for pair in top5), message

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 예측한 번호나 이름이 점수가 가장 큰 것이 아닙니다. / The predicted number or name is not the one with the largest score.
""" # END TEST CONFIG
def test_the_label_is_the_reference_s(predicted_class_idx, predicted_label, reference):
    from autograder import checks
    checks.expect_equal(int(predicted_class_idx), int(reference["predicted_class_idx"]), "predicted_class_idx")
    checks.expect_equal(predicted_label, reference["predicted_label"], "predicted_label")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: 확률이 점수의 softmax가 아닙니다. / The probabilities are not the softmax of the scores.
""" # END TEST CONFIG
def test_probabilities_are_the_softmax_of_the_scores(probabilities, reference):
    from autograder import checks
    checks.expect_probabilities(probabilities, "probabilities")
    checks.expect_close(probabilities, reference["probabilities"], "probabilities", tolerance=1e-3)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: top5가 가장 그럴듯한 다섯 이름을 확률이 큰 순서로 담고 있지 않습니다. / top5 does not hold the five most probable names, the most probable first.
""" # END TEST CONFIG
def test_five_best_in_order(top5, reference):
    from autograder import checks
    wanted = reference["top5"]
    checks.expect_labels([pair[0] for pair in top5], [label for label, _ in wanted], "names of top5")
    checks.expect_close([float(pair[1]) for pair in top5], [p for _, p in wanted], "probabilities of top5", tolerance=1e-3)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ### 9. 모두 묶어서 · All of it together
#
# 이제 길을 다 압니다. 함수 `classify(images)`에 모으세요. 사진들의 목록(크기가 서로 달라도 되는 `uint8` 배열 `(height, width, 3)`들)을
# 받아, 사진마다 이름 하나씩, **같은 순서의 목록**으로 돌려줍니다. `processor`는 사진의 목록도 받아 한 묶음으로 만들어 줍니다. 이번에는
# 묶음에 사진이 여럿이므로, `argmax`를 어느 축에 대해 구하는지가 답을 가릅니다. 둘째 칸에서는 사진 `PHOTOS`장을 한 묶음으로 넣어 보세요. 여기서는
# 두 장이고, GPU가 있는 컴퓨터에서 채점할 때는 서른두 장입니다. GPU는 묶음이 커도 한꺼번에 계산합니다.
#
# 그러려면 모델과 입력이 **같은 장치**에 있어야 합니다. `model.to(device)`는 모델을 옮기고, `processor`가 준 것에도 `.to(device)`가 있습니다. GPU가 없으면
# 둘 다 제자리에 남으니, 이 코드는 어디서나 실행됩니다. (옮기지 않아도 답은 맞고, 느릴 뿐입니다. 옮긴 다음 앞의 칸을 다시 실행하려면 `model.to("cpu")`로 되돌리세요.)
#
# You know the whole way now. Put it into the function `classify(images)`. It takes a list of photos (`uint8` arrays
# `(height, width, 3)`, whose sizes may differ) and returns a **list of names in the same order**, one for each. `processor` takes a list
# of photos, too, and makes one batch of them. This time there are several photos in the batch, so the axis of `argmax` decides. In the second
# cell try a batch of `PHOTOS` photos: here two, and on a grading machine with a GPU thirty-two. A GPU computes a large batch at once.
#
# For that, model and input must be on **the same device**. `model.to(device)` moves the model, and what `processor` gives has a `.to(device)`, too. Without
# a GPU both stay where they are, so this code runs anywhere. (Without moving, the answer is right all the same, only slower. To run earlier cells again
# after the move, bring the model back with `model.to("cpu")`.)

# %% [raw]
# # BEGIN SOLUTION

# %%
device = "cuda" if torch.cuda.is_available() else "cpu"  # GPU가 있으면 GPU · the GPU, where there is one


def classify(images):
    """The model's name for each photo of a list."""
    # BEGIN SOLUTION
    batch_inputs = processor(images=images, return_tensors="pt").to(device)
    with torch.no_grad():
        scores = model.to(device)(**batch_inputs).logits
    return [model.config.id2label[index] for index in scores.argmax(-1).tolist()]
    # END SOLUTION

# %%
# PHOTOS장: 사진과, 위아래로 뒤집은 사진을 번갈아 (채점하지 않습니다) · PHOTOS photos: the photo, and the photo upside down, in turn (not graded):
# np.flipud(image).copy()
# BEGIN SOLUTION
names = classify([image, np.flipud(image).copy()] * (PHOTOS // 2))
print(len(names), names[:2])
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
def test_a_name_for_each_photo(classify, predicted_label):
    import numpy as np
    message = (
        f"기댓값 expected: 함수 a function\n실제값 got: {type(classify).__name__}\n"
        "원인 likely cause: 함수를 정의한 칸을 실행하지 않았습니다. / The cell that defines it was not run."
    )
    assert callable(classify), message
    photos = [np.full((40, 60, 3), 255, dtype="uint8"), np.zeros((32, 32, 3), dtype="uint8")]
    found = classify(photos)
    is_right = isinstance(found, (list, tuple)) and len(found) == 2 and all(isinstance(one, str) for one in found)
    message = (
        f"기댓값 expected: 이름 둘의 목록 a list of two names\n실제값 got: {type(found).__name__}, {len(found) if hasattr(found, '__len__') else '-'}\n"
        "원인 likely cause: 사진마다가 아니라 묶음 전체에서 하나를 골랐거나, 다른 축을 골랐습니다. / One was chosen from the whole batch, or over another axis.\n"
        "힌트 hint: logits.argmax(-1)은 사진마다 번호를 하나씩 줍니다. / logits.argmax(-1) gives one number for each photo."
    )
    assert is_right, message

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: 다른 사진들을 주면 이름이 다릅니다. 프로세서를 거치는지, 사진마다 이름을 고르는지, 순서가 같은지 보세요. / With other photos the names differ. See whether they go through the processor, whether a name is chosen for each photo, and whether the order is kept.
""" # END TEST CONFIG
def test_names_of_other_photos(classify, model, reference):
    import numpy as np
    from autograder import checks
    # 224 x 224: nothing to resize, so the model's own numbers are known here
    rows, columns = np.mgrid[:224, :224]
    photos = [
        np.stack([rows, columns, 223 - rows], axis=-1),
        np.stack([(rows - 112) ** 2 + (columns - 112) ** 2 < 4000] * 3, axis=-1) * [255, 120, 0],
        np.random.default_rng(5).integers(0, 256, (224, 224, 3)),
    ]
    photos = [photo.astype("uint8") for photo in photos]
    names = classify(photos)
    assert len(names) == 3, f"expected 3 names, got {len(names)}"
    teacher = reference["model"]
    scores = checks.outputs(teacher, (np.stack(photos) / 127.5 - 1).transpose(0, 3, 1, 2).astype("float32"))
    labels = teacher.config.id2label
    for number, (name, row) in enumerate(zip(names, scores)):
        near = {labels[int(index)] for index in np.flatnonzero(row > row.max() - 0.01)}
        assert name in near, f"photo {number}: expected {labels[int(row.argmax())]}, got {name}"

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: 사진이 한 장뿐인 목록에도 이름 하나의 목록이 나와야 합니다. / A list of a single photo has to give a list of a single name.
""" # END TEST CONFIG
def test_a_single_photo(classify, reference, predicted_label, image):
    from autograder import checks
    found = classify([reference["image"]])
    checks.expect_equal(list(found), [reference["predicted_label"]], "classify of the cat alone")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### 10. 생각해 보기 · To think about
#
# (채점하지 않습니다 · not graded)
#
# 1. `batch`를 `prepare`로 바꾸어 텐서로 만든 다음, 224 x 224로 줄이지 않고 모델에 넣으면 왜 오류가 날까요? 조각의 수와 자리의 수를 견주어
#    보세요.<br>
#    Why does the model raise an error when it is given `batch` through `prepare`, as a tensor, without resizing to 224 x 224? Compare the
#    number of patches with the number of places.
# 2. 300 x 451인 사진을 224 x 224로 줄이면 고양이가 홀쭉해집니다. 모델은 왜 그래도 알아볼까요? 비율을 지키며 가운데를 잘라 내면 무엇을
#    얻고 무엇을 잃을까요?<br>
#    Squeezing 300 x 451 into 224 x 224 makes the cat thinner. Why does the model know it all the same? What would be won and lost by
#    keeping the proportions and cutting out the middle?
# 3. `top5`의 확률을 모두 더하면 얼마인가요? 1,000개의 이름에 없는 것을 보여 주면 softmax는 무엇을 말할까요? "모른다"고 말할 수 있나요?<br>
#    What do the probabilities in `top5` add up to? Show the model something that is not among its 1,000 names: what will softmax say? Can
#    it say "I don't know"?
# 4. 사진을 위아래로 뒤집으면 이름이 바뀌나요? 픽셀은 모두 그대로인데, 조각의 안과 조각의 자리에서 무엇이 달라졌을까요?<br>
#    Does the name change when the photo is upside down? All pixels are the same ones; what has changed inside the patches, and in their
#    places?
