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
# name: 01_build_lstm
# init_cell: false
# export_cell: false
# check_all_cell: false
# solutions_pdf: false
# run_tests: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# # LSTM 만들기 · Build an LSTM
#
# Builds the network of exercise 11 and trains nothing.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras.layers import LSTM, Dense, Dropout
from keras.models import Sequential
from sklearn.preprocessing import MinMaxScaler

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ### 1. Windows: 132 of 12 months each, scaled to [0, 1]

# %% [raw]
# # BEGIN SOLUTION

# %%
air = pd.read_csv("AirPassengers.csv", index_col="Month")
seq_length = 12
# scaler, scaled_data, X (132, 12, 1), Y (132, 1)
# BEGIN SOLUTION
scaler = MinMaxScaler()
scaled_data = scaler.fit_transform(air)
X = np.array([scaled_data[i : i + seq_length] for i in range(len(scaled_data) - seq_length)])
Y = scaled_data[seq_length:]
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
def test_shapes_of_windows_and_targets(X, Y):
    found = (getattr(X, "shape", None), getattr(Y, "shape", None))
    assert found == ((132, 12, 1), (132, 1)), f"expected (132, 12, 1) and (132, 1), got {found}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: the scaler has to remember 104 and 622
""" # END TEST CONFIG
def test_scaler_remembers_the_range(scaler):
    from autograder import checks
    checks.expect_close(getattr(scaler, "data_min_", None), [104], "scaler.data_min_")
    checks.expect_close(getattr(scaler, "data_max_", None), [622], "scaler.data_max_")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: X differs from the windows of the series
""" # END TEST CONFIG
def test_windows_are_those_of_the_reference(X, reference):
    from autograder import checks
    checks.expect_close(X, reference["X"], "X")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: Y is not the month after each window
""" # END TEST CONFIG
def test_each_target_follows_its_window(X, Y):
    from autograder import checks
    checks.expect_close(Y[:-1], X[1:, -1], "Y")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ### 2. The model: LSTM of 64 units, Dropout of 0.2, Dense of 1 unit; 16,961 parameters

# %% [raw]
# # BEGIN SOLUTION

# %%
# model: Input (12, 1) -> LSTM -> Dropout -> Dense
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
points: 2
hidden: false
""" # END TEST CONFIG
def test_number_of_parameters(model):
    found = int(model.count_params())
    assert found == 16961, f"expected 16,961 parameters, got {found:,}"

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_one_forecast_per_window(model):
    assert model.output_shape == (None, 1), f"expected (None, 1), got {model.output_shape}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: the layers are not LSTM, Dropout, Dense
""" # END TEST CONFIG
def test_layers_in_order(model):
    from autograder import checks
    checks.expect_layers(model, ["LSTM", "Dropout", "Dense"])

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: the parameters by layer are not 16,896 and 65
""" # END TEST CONFIG
def test_parameters_of_each_layer(model):
    from autograder import checks
    checks.expect_parameters(model, [("LSTM", 16896), ("Dense", 65)])

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: the model has to read 12 months and hand on its last output
""" # END TEST CONFIG
def test_reads_twelve_months_and_keeps_the_last_output(model):
    from autograder import checks
    checks.expect_setting(model, "LSTM", "return_sequences", False)
    assert model.input_shape == (None, 12, 1), f"expected (None, 12, 1), got {model.input_shape}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: there is no Dropout at rate 0.2
""" # END TEST CONFIG
def test_dropout_rate(model):
    from autograder import checks
    checks.expect_setting(model, "Dropout", "rate", 0.2)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: all 16,961 parameters have to be trainable
""" # END TEST CONFIG
def test_everything_is_trainable(model):
    from autograder import checks
    checks.expect_all_trainable(model, 16961)

# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
failure_message: on a given input the model does not compute what LSTM, Dropout and Dense compute
""" # END TEST CONFIG
def test_output_is_that_of_the_reference_model_on_the_same_weights(model):
    import keras
    import numpy as np
    from autograder import checks
    layers = keras.layers
    same = keras.Sequential([keras.Input((12, 1)), layers.LSTM(64), layers.Dropout(0.2), layers.Dense(1)])
    same.set_weights(model.get_weights())
    given = np.linspace(0, 1, 48, dtype="float32").reshape(4, 12, 1)
    expected = keras.ops.convert_to_numpy(same(given))
    checks.expect_close(keras.ops.convert_to_numpy(model(given)), expected, "model(x)", tolerance=1e-5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ### 3. Compile with Adam, as it comes, and mse

# %% [raw]
# # BEGIN SOLUTION

# %%
model.compile(optimizer="adam", loss="mse")  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_model_is_compiled(model):
    found = (type(getattr(model, "optimizer", None)).__name__, getattr(model, "loss", None))
    assert None not in found and found[0] != "NoneType", f"expected an optimizer and a loss, got {found}"

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: the optimizer is not Adam
""" # END TEST CONFIG
def test_optimizer_is_adam(model):
    from autograder import checks
    checks.expect_optimizer(model, "Adam")

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: the learning rate is not 0.001
""" # END TEST CONFIG
def test_learning_rate_as_it_comes(model):
    from autograder import checks
    checks.expect_close(float(model.optimizer.learning_rate), 0.001, "learning_rate", tolerance=1e-7)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: the loss is not the mean squared error
""" # END TEST CONFIG
def test_loss_is_mean_squared_error(model):
    from autograder import checks
    checks.expect_loss(model, "mse", "mean_squared_error")

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
