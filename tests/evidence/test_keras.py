"""Keras models come back as models; what a config claims is checked before Keras sees it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from autograder.errors import EvidenceError  # noqa: E402
from autograder.evidence.bundle import read_drop  # noqa: E402
from autograder.evidence.collector import collect  # noqa: E402
from autograder.evidence.decode import decode  # noqa: E402
from autograder.evidence.encode_models import layers_of  # noqa: E402
from autograder.evidence.encoder import Encoder  # noqa: E402
from autograder.evidence.keras_config import build_steps, checked_config  # noqa: E402
from autograder.evidence.rebuild_keras import MAX_BUILD_STEPS, NotRestoredWarning  # noqa: E402

layers = keras.layers


def lstm() -> keras.Model:
    model = keras.Sequential(
        [keras.Input((12, 1)), layers.LSTM(64, activation="tanh"), layers.Dropout(0.2), layers.Dense(1)]
    )
    model.compile(optimizer=keras.optimizers.Adam(1e-4), loss="mse", metrics=["mae"])
    return model


def functional() -> keras.Model:
    base = keras.Sequential(
        [keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.BatchNormalization()], name="base"
    )
    base.trainable = False
    base.layers[1].trainable = True
    inputs = keras.Input((8, 8, 3))
    x = layers.Flatten()(base(inputs, training=False))
    left, right = layers.Dense(4, activation="relu")(x), layers.Dense(4, kernel_regularizer="l2")(x)
    outputs = layers.Dense(2, activation=keras.activations.softmax)(layers.Concatenate()([left, right]))
    model = keras.Model(inputs, outputs)
    schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    model.compile(
        keras.optimizers.SGD(schedule),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return model


def sequence_model() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((6,)),
            layers.Embedding(50, 8),
            layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
            layers.TimeDistributed(layers.Dense(3)),
            layers.GRU(5, recurrent_dropout=0.1),
            layers.LayerNormalization(),
            layers.Dense(5, activation="softmax"),
        ]
    )


def inputs_of(model: keras.Model) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 40, (2, *model.input_shape[1:])).astype("float32") / 40


@pytest.mark.parametrize("make", [lstm, functional, sequence_model])
def test_a_model_comes_back_with_its_parts_and_predictions(collected, make):
    model = make()
    found = collected({"model": model}).value("model")
    assert type(found) is type(model)
    assert found.count_params() == model.count_params()
    assert [(type(one), one.name, one.trainable) for one in layers_of(found)] == [
        (type(one), one.name, one.trainable) for one in layers_of(model)
    ]
    for name in ("weights", "trainable_weights", "non_trainable_weights"):
        assert [one.shape for one in getattr(found, name)] == [one.shape for one in getattr(model, name)]
    for ours, theirs in zip(found.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    x = inputs_of(model)
    np.testing.assert_allclose(found.predict(x, verbose=0), model.predict(x, verbose=0), rtol=1e-6, atol=1e-6)


def test_the_lstm_exercises_figures_survive(collected):
    found = collected({"model": lstm()}).value("model")
    assert found.count_params() == 16_961
    assert [layer.count_params() for layer in found.layers] == [16_896, 0, 65]
    assert (found.layers[0].units, found.layers[0].return_sequences, found.layers[1].rate) == (64, False, 0.2)
    assert float(found.optimizer.learning_rate) == pytest.approx(1e-4)
    assert isinstance(found.optimizer, keras.optimizers.Adam)
    assert found.loss == "mse"


def test_a_rebuilt_model_can_be_trained(collected):
    found = collected({"model": functional()}).value("model")
    frozen, head = found.get_layer("base").get_weights(), found.layers[-1].get_weights()
    found.fit(inputs_of(found), np.array([0, 1]), epochs=1, verbose=0)
    np.testing.assert_array_equal(found.get_layer("base").get_weights()[0], frozen[0])
    assert not np.array_equal(found.layers[-1].get_weights()[0], head[0])


def test_each_value_is_a_model_of_its_own(collected):
    evidence = collected({"model": lstm()})
    first, second = evidence.value("model"), evidence.value("model")
    first.layers[-1].set_weights([np.zeros((64, 1)), np.zeros(1)])
    assert second.layers[-1].get_weights()[0].any()


def test_the_learning_rate_is_the_one_at_the_time(collected):
    model = lstm()
    model.compile(optimizer="rmsprop", loss=keras.losses.mean_squared_error)
    model.optimizer.learning_rate = 0.5
    found = collected({"model": model}).value("model")
    assert float(found.optimizer.learning_rate) == pytest.approx(0.5)
    assert found.loss is keras.losses.mean_squared_error


def test_a_model_never_built_has_no_weights(collected):
    found = collected({"model": keras.Sequential([layers.Dense(3)])}).value("model")
    assert not found.built
    assert found.layers[0].units == 3
    assert not getattr(found, "compiled", False)


def test_a_history_comes_back(collected):
    model = lstm()
    history = model.fit(np.zeros((4, 12, 1)), np.zeros(4), epochs=2, validation_split=0.5, verbose=0)
    found = collected({"history": history}).value("history")
    assert type(found) is keras.callbacks.History
    assert found.history == history.history
    assert (found.epoch, found.params["epochs"]) == ([0, 1], 2)


def test_tensors_come_back_in_their_framework(collected):
    torch = pytest.importorskip("torch")
    tensorflow = pytest.importorskip("tensorflow")
    evidence = collected({"t": torch.ones(2, requires_grad=True), "f": tensorflow.constant([1, 2])})
    assert evidence.value("t").requires_grad
    assert evidence.value("t").tolist() == [1, 1]
    assert tensorflow.is_tensor(evidence.value("f"))
    assert evidence.value("f").numpy().tolist() == [1, 2]


class Own(keras.Model):
    def call(self, x):
        return x


class OwnSequential(keras.Sequential):
    pass


@pytest.mark.parametrize("make", [Own, OwnSequential, lambda: layers.Dense(2), lambda: keras.Input((2,))])
def test_subclasses_and_parts_do_not_cross(collected, make):
    assert collected({"model": make()}).status("model") == "unsupported"


def own_loss(y_true, y_pred):
    return keras.ops.mean(y_true - y_pred)


def test_a_loss_of_the_students_own_is_left_out_and_said(collected):
    model = lstm()
    model.compile(optimizer="adam", loss=own_loss, metrics=["mae"])
    with pytest.warns(NotRestoredWarning, match="loss left out of compile"):
        found = collected({"model": model}).value("model")
    assert found.loss is None
    assert isinstance(found.optimizer, keras.optimizers.Adam)


def sent(model: keras.Model) -> tuple[dict, dict]:
    encoder = Encoder()
    return encoder.variable(model), encoder.arrays


def changed(change) -> tuple[dict, dict]:
    """An honest model's node with its config changed."""
    node, arrays = sent(lstm())
    config = json.loads(node["config"])
    change(config)
    return {**node, "config": json.dumps(config)}, arrays


def layer(config: dict, at: int = 3) -> dict:
    return config["config"]["layers"][at]


def add(model: dict, **fields: object) -> None:
    model["config"]["layers"].append({"registered_name": None, **fields})


LAMBDA = {"class_name": "__lambda__", "config": {"value": "4wEAAAA=", "defaults": None, "closure": None}}
CONFIG_ATTACKS = {
    "lambda layer": lambda c: add(c, class_name="Lambda", module="keras.layers", config={"function": LAMBDA}),
    "lambda activation": lambda c: layer(c)["config"].update(activation=LAMBDA),
    "code by module": lambda c: layer(c).update(module="os", class_name="system", config={"command": "true"}),
    "private module": lambda c: layer(c).update(module="keras.src.utils.python_utils"),
    "module injection": lambda c: layer(c).update(module="keras.layers.core;import os"),
    "no module": lambda c: layer(c).pop("module"),
    "keras function": lambda c: layer(c)["config"].update(
        activation={"class_name": "function", "module": "keras.utils", "config": "get_file"}
    ),
    "builtin function": lambda c: layer(c)["config"].update(
        activation={"class_name": "function", "module": "builtins", "config": "exec"}
    ),
    "function without a name": lambda c: layer(c)["config"].update(
        activation={"class_name": "function", "module": "builtins", "config": []}
    ),
    "many layers": lambda c: c["config"]["layers"].extend(
        {**layer(c, 2), "config": {"name": f"d{at}", "rate": 0.1}} for at in range(500)
    ),
    "typespec": lambda c: layer(c)["config"].update(
        activation={"class_name": "__typespec__", "spec_name": "x", "module": "os", "config": []}
    ),
    "saved model": lambda c: add(c, class_name="TFSMLayer", module="keras.layers", config={"filepath": "/x"}),
    "torch module": lambda c: add(
        c, class_name="TorchModuleWrapper", module="keras.layers", config={"module": {}}
    ),
    "file reader": lambda c: add(
        c, class_name="StringLookup", module="keras.layers", config={"vocabulary": "/etc"}
    ),
    "not a model": lambda c: c.update(class_name="Adam", module="keras.optimizers", config={}),
    "huge layer": lambda c: layer(c)["config"].update(units=10**9),
    "huge embedding": lambda c: add(
        c, class_name="Embedding", module="keras.layers", config={"input_dim": 10**12, "output_dim": 9}
    ),
    "stateful": lambda c: layer(c, 1)["config"].update(stateful=True),
    "negative units": lambda c: layer(c)["config"].update(units=-1),
    "fewer layers": lambda c: c["config"]["layers"].pop(),
    "more layers": lambda c: c["config"]["layers"].append(layer(c)),
    "no config": lambda c: c.pop("config"),
    "layers of another kind": lambda c: c["config"].update(layers={"a": 1}),
    "unknown argument": lambda c: layer(c)["config"].update(__class__="x"),
}


@pytest.mark.parametrize("attack", CONFIG_ATTACKS)
def test_a_config_that_claims_anything_else_is_refused_at_once(attack, monkeypatch):
    started, built = time.monotonic(), layers.Layer.add_weight
    with pytest.raises(EvidenceError):
        decode(*changed(CONFIG_ATTACKS[attack]), name="model")
    assert layers.Layer.add_weight is built
    assert time.monotonic() - started < 5
    decode(*sent(lstm()), name="model")  # an honest one is unharmed by it


def test_registered_classes_of_the_process_cannot_be_named():
    def rename(config: dict) -> None:
        layer(config).update(registered_name="course>Secret")

    @keras.saving.register_keras_serializable("course", "Secret")
    class Secret(layers.Dense):
        def __init__(self, *args, **kwargs):
            raise AssertionError("reached")

    assert type(decode(*changed(rename), name="model").layers[-1]) is layers.Dense


def test_a_string_cannot_name_registered_code():
    @keras.saving.register_keras_serializable("course", "secret")
    def secret(x):
        raise AssertionError("reached")

    try:
        with pytest.raises(EvidenceError):
            decode(*changed(lambda c: layer(c)["config"].update(activation="course>secret")), name="model")
        node, arrays = sent(lstm())
        compiled = {**json.loads(node["compiled"]), "loss": "course>secret"}
        with pytest.warns(NotRestoredWarning, match="loss left out"):
            model = decode({**node, "compiled": json.dumps(compiled)}, arrays, name="model")
        assert model.loss is None
        assert keras.saving.get_registered_object("course>secret") is secret
    finally:
        keras.saving.get_custom_objects().pop("course>secret")


def test_models_within_models_cannot_ask_for_endless_building():
    def six_times(inner, shape: tuple[int | None, ...] = (None,)) -> keras.Model:
        x = inputs = keras.Input(shape)
        for _ in range(6):
            x = inner(x)
        return keras.Model(inputs, x)

    nested = layers.Identity()
    for _ in range(6):
        nested = six_times(nested)
    node, arrays = sent(nested)
    started = time.monotonic()
    with pytest.raises(EvidenceError, match="to be rebuilt in time"):
        decode(node, arrays, name="model")
    assert time.monotonic() - started < 5


def test_an_honest_deep_model_is_rebuilt():
    deep = keras.applications.ResNet50(weights=None, include_top=False, input_shape=(32, 32, 3))
    config = json.loads(keras.Sequential([deep, layers.Flatten()]).to_json())
    assert build_steps(checked_config(config)) < MAX_BUILD_STEPS / 10


def test_a_sequential_is_built_once_and_gives_back_its_add(monkeypatch):
    node, arrays = sent(lstm())
    built: list[object] = []
    build = keras.Sequential.build

    def counted(model, *args):
        built.append(model)
        build(model, *args)

    monkeypatch.setattr(keras.Sequential, "build", counted)
    add = keras.Sequential.add
    model = decode(node, arrays, name="model")
    assert len(built) == 1
    assert model.built
    assert keras.Sequential.add is add


@pytest.mark.filterwarnings("error")
def test_what_keras_warns_of_is_not_said_again():
    with pytest.warns(UserWarning, match="rms_scaling"):
        model = keras.Sequential([keras.Input((3,)), layers.LayerNormalization(rms_scaling=True)])
    node, arrays = sent(model)
    assert decode(node, arrays, name="model").layers[0].rms_scaling


def test_a_metric_of_a_billion_thresholds_is_left_out():
    model = lstm()
    model.compile("sgd", "mse", metrics=[keras.metrics.AUC(num_thresholds=7)])
    node, arrays = sent(model)
    compiled = node["compiled"].replace('"num_thresholds": 7', '"num_thresholds": 1000000000')
    assert compiled != node["compiled"]
    started = time.monotonic()
    with pytest.warns(NotRestoredWarning, match="metrics left out"):
        found = decode({**node, "compiled": compiled}, arrays, name="model")
    assert time.monotonic() - started < 5
    assert found.loss == "mse"


@pytest.mark.parametrize(
    "fields",
    [
        {"config": "[" * 50_000},
        {"config": "[1]"},
        {"config": '{"a":' * 900 + "1" + "}" * 900},
        {"config": None},
        {"weights": []},
        {"weights": [None]},
        {"weights": None},
        {"trainable": []},
        {"trainable": [["a", True]] * 4},
        {"compiled": "nonsense"},
        {"compiled": "[" * 50_000},
    ],
    ids=lambda fields: str(fields)[:40],
)
def test_a_malformed_model_is_refused(fields):
    node, arrays = sent(lstm())
    with pytest.raises(EvidenceError, match=r"model|Keras config"):
        decode({**node, **fields}, arrays, name="model")


@pytest.mark.parametrize(
    "optimizer",
    [
        {"class_name": "Lambda", "module": "keras.layers", "config": {}},
        {"class_name": "Adam", "module": "os", "config": {}},
        {"class_name": "Adam", "module": "keras.optimizers", "config": {"learning_rate": LAMBDA}},
        {"class_name": "Adam", "module": "keras.optimizers", "config": {"learning_rate": "x"}},
    ],
    ids=str,
)
def test_compile_settings_of_another_kind_leave_the_model_uncompiled(optimizer):
    node, arrays = sent(lstm())
    with pytest.warns(NotRestoredWarning):
        model = decode({**node, "compiled": json.dumps({"optimizer": optimizer})}, arrays, name="model")
    assert not model.compiled


OTHER_BACKEND = """
import sys
sys.path.insert(0, sys.argv[3])
import keras, test_keras
from pathlib import Path
from autograder.evidence.bundle import read_drop
from autograder.evidence.collector import collect
from autograder.evidence.decode import decode
assert keras.backend.backend() == sys.argv[2]
folder = Path(sys.argv[1])
drop = read_drop(folder / "ours")
found = decode(drop.tree["names"]["model"], drop.arrays, name="model")
assert found.count_params() == 16961 and found.optimizer.learning_rate < 1e-3
found.predict(test_keras.inputs_of(found), verbose=0)
collect("q1", ["model"], str(folder / "theirs"), namespace={"model": found})
"""


@pytest.mark.slow
def test_models_cross_between_the_backends(tmp_path):
    other = "torch" if keras.backend.backend() == "tensorflow" else "tensorflow"
    pytest.importorskip(other)
    model = lstm()
    collect("q1", ["model"], str(tmp_path / "ours"), namespace={"model": model})
    command = [sys.executable, "-c", OTHER_BACKEND, str(tmp_path), other, str(Path(__file__).parent)]
    environment = {**os.environ, "KERAS_BACKEND": other, "TF_CPP_MIN_LOG_LEVEL": "3"}
    subprocess.run(command, check=True, env=environment, timeout=120)
    theirs = read_drop(tmp_path / "theirs")
    found = decode(theirs.tree["names"]["model"], theirs.arrays, name="model")
    assert isinstance(found.optimizer, keras.optimizers.Adam)
    x = inputs_of(model)
    np.testing.assert_allclose(found.predict(x, verbose=0), model.predict(x, verbose=0), rtol=1e-5)
