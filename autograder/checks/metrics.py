"""What a model says and how often it is right, worked out here and now, whatever the student reported."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks.arrays import as_array
from autograder.checks.labels import LAST_LAYER, accuracy_of, labels_from
from autograder.checks.messages import Said, fault
from autograder.checks.weights import expect_model, is_torch

Array = NDArray[Any]
Call = Callable[[Any, "Array | dict[str, Array]"], Array]
MAX_ROWS = 256
SMALLEST_PROBABILITY = 1e-7
MAX_BATCH_NUMBERS = 2**20  # input numbers at a time: six images of 240x240x3, so that activations stay small
# What Keras models have said in this process: the test cases of many questions ask one model the same.
_known: dict[str, Array] = {}


def outputs(model: Any, x: Any) -> Array:
    """What the model gives for each row of `x`, with no dropout: (n, ...) as floats.

    `x` is an array, or a dict of arrays for a model with named inputs (`input_ids`, `attention_mask`), such as what a
    tokenizer or an image processor returned. From a transformers model come its logits, or its first output.
    A Keras model that is asked the same again, with the same weights, is not run again.
    """
    expect_model(model)
    inputs = _as_inputs(model, x)
    call, key = (_call_torch, None) if is_torch(model) else (_call_keras, _key(model, inputs))
    if key is None:
        return _in_batches(call, model, inputs)
    if key not in _known:
        _known[key] = _in_batches(call, model, inputs)
    return _known[key].copy()


def _key(model: Any, inputs: Array | dict[str, Array]) -> str | None:
    """The same for two calls that give the same: structure, every variable, inputs. None where it cannot be told."""
    try:
        digest = hashlib.sha256(model.to_json().encode())
        arrays = inputs if isinstance(inputs, dict) else {"": inputs}
        parts = [(one.path, as_array(one)) for one in model.variables]
        for name, array in [*parts, *arrays.items()]:
            digest.update(f"{name} {array.dtype} {array.shape}".encode())
            digest.update(np.ascontiguousarray(array).data)
    except Exception:  # a model of a course author's own class
        return None
    return digest.hexdigest()


def _in_batches(call: Call, model: Any, inputs: Array | dict[str, Array]) -> Array:
    count = len(next(iter(inputs.values())) if isinstance(inputs, dict) else inputs)
    size = _batch_size(inputs, count)
    parts = [call(model, _slice(inputs, start, start + size)) for start in range(0, count, size)]
    return np.concatenate(parts) if parts else np.empty(0)


def accuracy(model: Any, x: Any, y: Any) -> float:
    """The share of rows of `x` that the model gets right.

    Its answer is the largest of several columns, or whether a single one is over 0.5. `y` holds labels, or one-hot
    rows as wide as the outputs. Where each step of a sequence has an answer, every step counts.
    """
    found, wanted = outputs(model, x), as_array(y)
    if found.ndim > 1 and found.shape[-1] > 1 and wanted.shape == found.shape:
        wanted = wanted.argmax(axis=-1)
    return accuracy_of(labels_from(found).reshape(-1), wanted.reshape(-1))


def cross_entropy(model: Any, x: Any, y: Any) -> float:
    """The mean cross-entropy, in nats, of the labels `y` under the probabilities that the model gives for `x`.

    `y` has n whole numbers; the outputs have a column for each class, or a single one, the probability of label 1.
    A probability counts as no less than 1e-7, as in Keras.
    """
    found, labels = outputs(model, x), as_array(y).astype(int).reshape(-1)
    rows = found.reshape(-1, 1) if found.ndim == 1 else found
    if rows.shape[1:] == (1,):
        rows = np.hstack([1 - rows, rows])
    classes = int(labels.max(initial=0)) + 1
    if rows.ndim != 2 or len(rows) != labels.size or rows.shape[1] < classes:
        raise fault(
            "outputs of the model",
            expected=f"({labels.size}, {classes})",
            got=found.shape,
            cause=Said(
                "마지막 층의 유닛 수가 클래스의 수와 다르거나, 행마다 답이 하나가 아닙니다.",
                "The last layer has other units than there are classes, or there is not one answer for each row.",
            ),
            hint=LAST_LAYER,
        )
    right = rows[np.arange(labels.size), labels]
    return float(-np.log(np.clip(right, SMALLEST_PROBABILITY, 1)).mean())


def _as_inputs(model: Any, x: Any) -> Array | dict[str, Array]:
    if isinstance(x, Mapping) or hasattr(x, "keys"):
        return {str(name): _narrow(as_array(x[name])) for name in x.keys()}  # noqa: SIM118 - not all are dicts
    inputs = _narrow(as_array(x))
    accepted = getattr(model, "input_shape", None) if not is_torch(model) else None
    if isinstance(accepted, tuple) and not fits(accepted, inputs.shape):
        raise fault(
            "model input",
            expected=inputs.shape[1:],
            got=accepted[1:],
            cause=Said(
                "모델이 이런 모양의 입력을 받지 않습니다.",
                "The model does not take inputs of this shape.",
            ),
            hint=Said(
                "첫 층 앞의 Input 모양을 확인하세요.", "Look at the Input shape before the first layer."
            ),
        )
    return inputs


def fits(accepted: tuple[Any, ...], shape: tuple[int, ...]) -> bool:
    """Whether a model with this input shape takes arrays of that shape; multiple inputs are tuples within."""
    if any(isinstance(one, tuple) for one in accepted):
        return True
    return len(accepted) == len(shape) and all(
        one is None or one == other for one, other in zip(accepted[1:], shape[1:], strict=True)
    )


def _narrow(array: Array) -> Array:
    """Doubles as float32, as both frameworks' layers expect them."""
    return array.astype(np.float32) if array.dtype == np.float64 else array


def _batch_size(inputs: Array | dict[str, Array], count: int) -> int:
    arrays = list(inputs.values()) if isinstance(inputs, dict) else [inputs]
    per_row = sum(array.size for array in arrays) // max(count, 1)
    return max(1, min(MAX_ROWS, MAX_BATCH_NUMBERS // max(per_row, 1)))


def _slice(inputs: Array | dict[str, Array], start: int, stop: int) -> Array | dict[str, Array]:
    if isinstance(inputs, dict):
        return {name: array[start:stop] for name, array in inputs.items()}
    return inputs[start:stop]


def _call_keras(model: Any, inputs: Array | dict[str, Array]) -> Array:
    return as_array(model(inputs, training=False))


def _call_torch(model: Any, inputs: Array | dict[str, Array]) -> Array:
    import torch

    with inference_mode(model), torch.no_grad():
        return as_array(first_output(call_torch(model, inputs)).float())


def call_torch(model: Any, inputs: Array | dict[str, Array]) -> Any:
    """Call a torch module with arrays, which become tensors where the module lies."""
    import torch

    place = next((one.device for one in model.parameters()), torch.device("cpu"))
    as_tensor: Callable[[Array], Any] = lambda array: torch.as_tensor(array).to(place)  # noqa: E731
    if isinstance(inputs, dict):
        return model(**{name: as_tensor(array) for name, array in inputs.items()})
    return model(as_tensor(inputs))


def first_output(result: Any) -> Any:
    """The tensor that counts: a transformers model's logits, else the first of several."""
    if getattr(result, "logits", None) is not None:
        return result.logits
    if hasattr(result, "keys"):
        return result[next(name for name in result.keys() if name != "loss")]  # noqa: SIM118
    return result[0] if isinstance(result, list | tuple) else result


@contextmanager
def inference_mode(model: Any, *, training: bool = False) -> Iterator[None]:
    """While inside, a torch module and all in it are in this mode; each gets its own mode back."""
    modes = [(module, module.training) for module in model.modules()]
    model.train(training)
    try:
        yield
    finally:
        for module, was_training in modes:
            module.training = was_training
