# %% [raw]
# # ASSIGNMENT CONFIG
# name: 02_network
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # 작은 신경망 / A small network

# %%
import keras
import numpy as np

centers = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
steps = np.arange(48)
labels = steps % 3
points = (centers[labels] + 0.4 * np.stack([np.sin(steps * 1.7), np.cos(steps * 2.3)], axis=1)).astype("float32")
base_weights = [np.sin(np.arange(16.0)).reshape(2, 8).astype("float32"), np.zeros(8, "float32")]

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# `model`: Input of 2 numbers, Dense 8 with relu, Dense 3 with softmax. `count`: how many parameters it has.

# %% [raw]
# # BEGIN SOLUTION

# %%
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(3, "softmax")])  # SOLUTION
count = int(model.count_params())  # SOLUTION
_reference_one = "AG-CANARY-REFERENCE-5"  # SOLUTION NO PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_model_takes_two_numbers_and_gives_three(model, count):
    shapes = (getattr(model, "input_shape", None), getattr(model, "output_shape", None))
    assert shapes == ((None, 2), (None, 3)), f"expected (None, 2) to (None, 3), got {shapes}"
    assert type(count).__name__ == "int", f"count is {type(count).__name__}, expected int"

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: look at the units of each layer
""" # END TEST CONFIG
def test_layers_have_the_parameters_asked_for(model, count):
    secret_mark = "AG-CANARY-HIDDEN-5"
    found = [sum(int(np_weight.size) for np_weight in layer.get_weights()) for layer in model.layers]
    assert found == [24, 27], "AG-CANARY-MESSAGE-7"
    assert count == 51, "AG-CANARY-MESSAGE-8"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# `tuned`: a Dense 8 with relu called `base`, holding `base_weights` and frozen, then a trained Dense 3 with softmax called `head`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# BEGIN SOLUTION NO PROMPT
_reference_two = "AG-CANARY-REFERENCE-6"
base = keras.layers.Dense(8, "relu", name="base", trainable=False)
tuned = keras.Sequential([keras.Input((2,)), base, keras.layers.Dense(3, "softmax", name="head")])
base.set_weights(base_weights)
tuned.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
tuned.fit(points, labels, epochs=2, batch_size=48, verbose=0)
# END SOLUTION
""" # BEGIN PROMPT
tuned = ...  # model with layers base and head
""" # END PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_base_is_frozen_and_head_is_not(tuned):
    flags = [(layer.name, layer.trainable) for layer in getattr(tuned, "layers", [])]
    assert flags == [("base", False), ("head", True)], f"names and trainable are {flags}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: base must keep the weights it was given
""" # END TEST CONFIG
def test_base_kept_its_weights(tuned):
    import numpy as np
    secret_mark = "AG-CANARY-HIDDEN-6"
    kernel, bias = tuned.get_layer("base").get_weights()
    assert kernel.shape == (2, 8) and np.allclose(kernel, np.sin(np.arange(16.0)).reshape(2, 8), atol=1e-6), "AG-CANARY-MESSAGE-9"
    assert np.allclose(bias, 0.0), "AG-CANARY-MESSAGE-9"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: a training step must move the head and nothing else
""" # END TEST CONFIG
def test_a_training_step_moves_the_head_alone(tuned):
    import keras
    import numpy as np
    before = [[one.copy() for one in layer.get_weights()] for layer in tuned.layers]
    tuned.compile(optimizer=keras.optimizers.SGD(0.5), loss="sparse_categorical_crossentropy")
    tuned.fit(np.array([[0.734375, -1.515625], [-0.828125, 1.390625]]), np.array([0, 1]), verbose=0)
    moved = [any(not np.array_equal(one, now) for one, now in zip(old, layer.get_weights())) for old, layer in zip(before, tuned.layers)]
    assert moved == [False, True], "AG-CANARY-MESSAGE-10"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# `classifier`: a model that gives the label of each point; `train_accuracy`: its share of right labels on `points`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# BEGIN SOLUTION NO PROMPT
_reference_three = "AG-CANARY-REFERENCE-7"
classifier = keras.Sequential([keras.Input((2,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(3, "softmax")])
classifier.compile(optimizer=keras.optimizers.Adam(0.1), loss="sparse_categorical_crossentropy")
classifier.fit(points, labels, epochs=30, batch_size=48, verbose=0)
train_accuracy = float((np.asarray(classifier(points)).argmax(axis=1) == labels).mean())
# END SOLUTION
""" # BEGIN PROMPT
classifier = ...  # trained model
train_accuracy = ...  # float
""" # END PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_classifier_gives_three_numbers_for_each_point(classifier, train_accuracy):
    shape = getattr(classifier, "output_shape", None)
    assert shape == (None, 3), f"expected (None, 3), got {shape}"
    assert type(train_accuracy).__name__ == "float", f"train_accuracy is {type(train_accuracy).__name__}, expected float"

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: it must do well on points that it has not seen
""" # END TEST CONFIG
def test_classifier_knows_points_it_has_not_seen(classifier):
    import numpy as np
    secret_mark = "AG-CANARY-HIDDEN-7"
    unseen = np.array([[-0.707406, 1.98549], [-1.038534, 1.984037], [1.747728, 0.009527], [-0.908833, -1.951061], [-1.157279, 1.372536], [-0.892438, -1.623651], [-0.628194, 1.823138], [-0.879943, -1.601497], [-1.349468, -2.071478], [2.079694, 0.222487], [-1.047575, 1.973942], [-1.213083, -1.864679], [2.12996, -0.034136], [-1.074577, 1.741014], [2.166248, -0.147778], [2.010308, -0.376198], [-0.78697, -1.77968], [-1.090789, 2.066434], [-1.399564, -1.932226], [1.97599, 0.384287], [-1.064167, 1.752993], [2.222809, -0.18418], [1.848968, -0.38788], [-0.793568, 1.394393], [2.165613, -0.391236], [-0.762383, 1.442143], [-1.249292, -1.692908], [-0.784382, -1.764616], [-1.306794, 1.636604], [1.600377, 0.291467]], dtype="float32")
    wanted = np.array([1, 1, 0, 2, 1, 2, 1, 2, 2, 0, 1, 2, 0, 1, 0, 0, 2, 1, 2, 0, 1, 0, 0, 1, 0, 1, 2, 2, 1, 0])
    found = np.asarray(classifier(unseen)).argmax(axis=1)
    assert (found == wanted).mean() >= 0.9, "AG-CANARY-MESSAGE-11"

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: train_accuracy must be what the classifier reaches
""" # END TEST CONFIG
def test_train_accuracy_is_what_it_reaches(classifier, train_accuracy):
    import numpy as np
    centers = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
    steps = np.arange(48)
    inputs = (centers[steps % 3] + 0.4 * np.stack([np.sin(steps * 1.7), np.cos(steps * 2.3)], axis=1)).astype("float32")
    reached = float((np.asarray(classifier(inputs)).argmax(axis=1) == steps % 3).mean())
    assert abs(reached - train_accuracy) < 1e-6, "AG-CANARY-MESSAGE-12"

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
