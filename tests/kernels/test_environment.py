"""What kernels and judges start from, where a library needs a word of ours."""

import subprocess
import sys

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
