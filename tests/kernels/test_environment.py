"""What kernels and judges start from, where a library needs a word of ours."""

import subprocess
import sys

import pytest

UNTUNED = """
from autograder.kernels.environment import preload
preload(["tensorflow"])
import tensorflow as tf
def sent(options):
    return options._to_proto().autotune_options.enabled
asked = tf.data.Options()
asked.autotune.enabled = True
print(sent(tf.data.Options()), sent(asked))
print(list(tf.data.Dataset.range(6).shuffle(6, seed=1).batch(4).prefetch(tf.data.AUTOTUNE).as_numpy_iterator()))
"""
AS_IT_COMES = UNTUNED.replace('preload(["tensorflow"])', "")


def test_pipelines_are_tuned_where_a_notebook_asks_for_it_and_give_the_same_values() -> None:
    untuned, as_it_comes = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for code in (UNTUNED, AS_IT_COMES)
    )
    told, values = untuned.splitlines()
    assert told == "False True"
    assert values == as_it_comes.splitlines()[1]


TRAINED = """
from autograder.kernels.environment import preload
preload(["keras"])
import keras, numpy, tensorflow as tf

def trained():
    keras.utils.set_random_seed(0)
    x, y = numpy.random.rand(40, 6, 2), numpy.random.rand(40, 1)
    layers = [keras.layers.LSTM(5), keras.layers.Dropout(0.2), keras.layers.Dense(8, "relu"), keras.layers.Dense(1)]
    model = keras.Sequential([keras.Input((6, 2)), *layers])
    model.compile("adam", "mse", metrics=["mae"])
    history = model.fit(x, y, epochs=3, batch_size=16, validation_split=0.2, verbose=0).history
    return history, model.predict(x, verbose=0).tobytes().hex(), model.evaluate(x, y, verbose=0)

def limit():
    return tf.config.optimizer.get_experimental_options().get("min_graph_nodes", 0)

print(limit(), trained())
tf.config.optimizer.set_experimental_options({"min_graph_nodes": 0})
print(limit(), trained())
"""


def test_small_graphs_are_left_as_they_are_and_give_the_same_values() -> None:
    pytest.importorskip("tensorflow")
    done = subprocess.run([sys.executable, "-c", TRAINED], capture_output=True, text=True, check=True)
    (limit, left), (none, optimized) = (line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert (int(limit) > 4, int(none)) == (True, 0)
    assert left == optimized
