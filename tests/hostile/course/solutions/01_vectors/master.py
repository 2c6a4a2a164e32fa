# %% [raw]
# # ASSIGNMENT CONFIG
# name: 01_vectors
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 벡터 / Vectors

# %%
import numpy as np
import pandas as pd

flowers = pd.read_csv("flowers.csv")
lengths = flowers["length"].to_numpy()

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# `scaled`: the lengths, moved so that the smallest is 0 and the largest 1.

# %% [raw]
# # BEGIN SOLUTION

# %%
scaled = (lengths - lengths.min()) / np.ptp(lengths)  # SOLUTION
_reference_one = "AG-CANARY-REFERENCE-1"  # SOLUTION NO PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_scaled_is_an_array_of_sixteen(scaled):
    assert type(scaled).__name__ == "ndarray", f"scaled is {type(scaled).__name__}, expected ndarray"
    assert scaled.shape == (16,), f"expected shape (16,), got {scaled.shape}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: look at how you scale
""" # END TEST CONFIG
def test_scaled_has_the_values_of_the_file(scaled):
    import numpy as np
    secret_mark = "AG-CANARY-HIDDEN-1"
    wanted = (np.array([1.86, 4.55, 2.44, 4.02, 1.89, 5.49, 2.75, 4.96, 2.45, 4.78, 2.51, 5.14, 1.95, 5.3, 2.58, 5.07]) - 1.86) / 3.63
    assert np.allclose(scaled, wanted), "AG-CANARY-MESSAGE-1"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# `normalize(vector)`: the vector divided by its length; a vector of zeros stays as it is.

# %% [raw]
# # BEGIN SOLUTION

# %%
def normalize(vector):
    # BEGIN SOLUTION
    _reference_two = "AG-CANARY-REFERENCE-2"
    size = np.linalg.norm(vector)
    return np.asarray(vector, dtype=float) / (size or 1.0)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_three_and_four(normalize):
    found = [round(float(value), 6) for value in normalize([3.0, 4.0])]
    assert found == [0.6, 0.8], f"expected [0.6, 0.8], got {found}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: try a longer vector
""" # END TEST CONFIG
def test_a_vector_of_other_numbers(normalize):
    import numpy as np
    secret_mark = "AG-CANARY-HIDDEN-2"
    secret = np.array([90071.25, -31337.0625, 271.828125])
    found = np.asarray(normalize(secret), dtype=float)
    assert np.allclose(found, secret / 95367.26615155, rtol=1e-6), "AG-CANARY-MESSAGE-2"

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: try zeros
""" # END TEST CONFIG
def test_zeros_stay_zeros(normalize):
    import numpy as np
    found = np.asarray(normalize(np.array([0.0, -0.0, 0.0])), dtype=float)
    assert found.shape == (3,) and (found == 0).all(), "AG-CANARY-MESSAGE-3"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# `means`: a table with one row per label and the mean `length` and `width` of each.

# %% [raw]
# # BEGIN SOLUTION

# %%
means = flowers.groupby("label")[["length", "width"]].mean()  # SOLUTION
_reference_three = "AG-CANARY-REFERENCE-3"  # SOLUTION NO PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_means_is_a_table_of_two_columns(means):
    assert type(means).__name__ == "DataFrame", f"means is {type(means).__name__}, expected DataFrame"
    assert list(means.columns) == ["length", "width"], f"columns are {list(means.columns)}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: look at what you group by
""" # END TEST CONFIG
def test_means_are_those_of_each_label(means):
    import numpy as np
    secret_mark = "AG-CANARY-HIDDEN-3"
    wanted = [[2.30375, 0.63875], [4.91375, 1.75625]]
    assert list(means.index) == [0, 1], "AG-CANARY-MESSAGE-4"
    assert np.allclose(means.to_numpy(), wanted), "AG-CANARY-MESSAGE-4"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# `predict(features)`: a label for each row (length, width). `accuracy`: its share of right labels on the file.

# %% [raw]
# # BEGIN SOLUTION

# %%
def predict(features):
    # BEGIN SOLUTION
    _reference_four = "AG-CANARY-REFERENCE-4"
    return (np.asarray(features)[:, 0] > 3.4).astype(int)
    # END SOLUTION
accuracy = float((predict(flowers[["length", "width"]]) == flowers["label"]).mean())  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_two_flowers_of_the_file(predict, accuracy):
    found = [int(one) for one in predict([[1.86, 0.73], [4.55, 1.76]])]
    assert found == [0, 1], f"expected [0, 1], got {found}"
    assert type(accuracy).__name__ == "float", f"accuracy is {type(accuracy).__name__}, expected float"

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: it must do well on flowers that are not in the file
""" # END TEST CONFIG
def test_flowers_that_are_not_in_the_file(predict):
    import numpy as np
    secret_mark = "AG-CANARY-HIDDEN-4"
    features = np.array([[2.09245, 0.88055], [4.66693, 1.96135], [5.3183, 1.45847], [1.70395, 0.53019], [5.44822, 1.6617], [2.43997, 0.58062], [2.26086, 0.63152], [4.52637, 1.75104], [2.37638, 0.94252], [5.02297, 1.95737], [5.2846, 1.99459], [2.50691, 0.49786], [5.29096, 1.97878], [2.85704, 0.74146], [2.57073, 0.52667], [5.24741, 1.74412], [1.92744, 0.43808], [5.28091, 1.99388], [4.13278, 1.88036], [2.11569, 0.49046], [4.44084, 1.86128], [2.80915, 0.42651], [2.4218, 0.42696], [5.07766, 1.59857]])
    labels = np.array([0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1])
    found = np.asarray(predict(features)).ravel()
    assert found.shape == labels.shape, "AG-CANARY-MESSAGE-5"
    assert (found == labels).mean() >= 0.9, "AG-CANARY-MESSAGE-5"

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: accuracy must be what predict reaches on the file
""" # END TEST CONFIG
def test_accuracy_is_what_predict_reaches(predict, accuracy):
    import numpy as np
    features = np.array([[1.86, 0.73], [4.55, 1.76], [2.44, 0.44], [4.02, 1.9], [1.89, 0.54], [5.49, 1.68], [2.75, 0.69], [4.96, 1.49], [2.45, 0.92], [4.78, 1.84], [2.51, 0.44], [5.14, 1.75], [1.95, 0.42], [5.3, 1.68], [2.58, 0.93], [5.07, 1.95]])
    labels = np.array([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    reached = float((np.asarray(predict(features)).ravel() == labels).mean())
    assert abs(reached - accuracy) < 1e-6, "AG-CANARY-MESSAGE-6"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
