"""One training step, taken by the judge, to see what moves: behaviour instead of flags.

The model comes out as it went in: Keras weights, their random states and the optimizer's are put back, and of a
torch module only gradients are worked out. The step honours the flags as they are *now*; what a student's own
`fit` moved shows in the weights (`expect_same_weights`).

What can stand still although it is trainable: a weight whose gradient is zero, such as `lora_A` in the first step
(lora_B begins at 0), an LSTM's recurrent kernel on sequences of one step, or everything below a softmax of one unit.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks.arrays import as_array
from autograder.checks.messages import Said, fault, some
from autograder.checks.metrics import call_torch, first_output, inference_mode
from autograder.checks.models import layers_of
from autograder.checks.weights import Weight, buffers_of, chosen, expect_model, is_torch, weights_of

Array = NDArray[Any]

SEE_WHAT_IS_TRAINABLE = Said(
    "model.summary(show_trainable=True)로 무엇이 배우는지 보고, 바꾼 뒤 다시 compile하세요.",
    "model.summary(show_trainable=True) shows what is trained; compile again after a change.",
)


def step_changes(model: Any, x: Any, y: Any) -> dict[str, bool]:
    """Take one training step on `x` and `y` and say for each weight, by its path, whether it moved.

    A Keras model steps by its compile settings with a fresh optimizer; one that was never compiled steps on the mean
    of its squared outputs by SGD, without `y`. A torch module steps on its own loss where `x` holds `labels`, else on
    cross-entropy (whole-number `y`) or mean squared error; what gets a gradient other than zero moves.
    """
    expect_model(model)
    return _torch_changes(model, x, y) if is_torch(model) else _keras_changes(model, x, y)


def expect_step_moves(
    model: Any, x: Any, y: Any, *, moved: Sequence[int | str] = (), still: Sequence[int | str] = ()
) -> None:
    """In one training step every layer of `moved` moves (at least one of its weights), and nothing of `still` does.

    An entry is a place in `model.layers` (-1 is the last), or whole parts of a path, anywhere in it, with `*` for any
    letters. `block*_conv*` finds VGG16's layers inside a nested model and in one whose layers were built upon.
    """
    changes = step_changes(model, x, y)
    weights = [weight for weight in [*weights_of(model), *buffers_of(model)] if weight.path in changes]
    named = {which: chosen(model, weights, which) for which in [*moved, *still]}
    absent = [which for which, found in named.items() if not found]
    if absent:
        raise fault(
            "weights of the model",
            expected=f"weights of {some(absent)}",
            got=some(dict.fromkeys(weight.layer for weight in weights)),
            cause=Said(
                "그런 층이 없거나 가중치가 없습니다.", "There is no such layer, or it has no weights."
            ),
            hint=SEE_WHAT_IS_TRAINABLE,
        )
    lazy = _layers_at_rest([weight for which in moved for weight in named[which]], changes)
    restless = [weight for which in still for weight in named[which] if changes[weight.path]]
    if lazy or restless:
        raise fault(
            "one training step · 학습 한 걸음",
            expected=f"moves: {some(moved)}; stays: {some(still)}",
            got=f"stayed: {some(lazy)}; moved: {some(weight.path for weight in restless)}",
            cause=_why(model, changes, weights, lazy, restless),
            hint=SEE_WHAT_IS_TRAINABLE,
        )


def _layers_at_rest(weights: Sequence[Weight], changes: dict[str, bool]) -> list[str]:
    # PEFT keeps the head that it copied and trains beside the copy; the original takes part in nothing
    layers = dict.fromkeys(weight.layer for weight in weights if ".original_module" not in weight.path)
    moving = {weight.layer for weight in weights if changes[weight.path]}
    return [layer for layer in layers if layer not in moving]


def _keras_changes(model: Any, x: Any, y: Any) -> dict[str, bool]:
    import keras

    inputs, answers = _as_tensors(x), None if y is None else _as_tensors(y)
    if not model.built:
        model(inputs)
    weights = weights_of(model)
    before = {weight.path: weight.array() for weight in weights}
    state = [(variable, keras.ops.convert_to_numpy(variable).copy()) for variable in model.variables]
    optimizer = _fresh_optimizer(model)
    try:
        trainable = list(model.trainable_weights)
        loss_of = lambda: _keras_loss(model, inputs, answers)  # noqa: E731
        gradients = _gradients(loss_of, trainable)
        pairs = [pair for pair in zip(gradients, trainable, strict=True) if pair[0] is not None]
        if pairs:
            _apply(optimizer, pairs)
        return {weight.path: not np.array_equal(before[weight.path], weight.array()) for weight in weights}
    finally:
        for variable, value in state:
            variable.assign(value)


def _fresh_optimizer(model: Any) -> Any:
    """An optimizer with the settings of the model's own and none of its memory."""
    import keras

    own = getattr(model, "optimizer", None)
    return keras.optimizers.SGD(0.1) if own is None else type(own).from_config(own.get_config())


def _keras_loss(model: Any, inputs: Any, answers: Any) -> Any:
    import keras

    predicted = model(inputs, training=True)
    if answers is None or not getattr(model, "compiled", False) or getattr(model, "loss", None) is None:
        first = predicted[0] if isinstance(predicted, list | tuple) else predicted
        return keras.ops.mean(keras.ops.square(first))
    return model.compute_loss(x=inputs, y=answers, y_pred=predicted)


def _gradients(loss_of: Callable[[], Any], trainable: list[Any]) -> list[Any]:
    """The gradient for each trainable weight; None where the loss does not depend on it."""
    import keras

    if keras.config.backend() == "tensorflow":
        import tensorflow

        # By itself a tape watches frozen layers, too, and goes back through all of them.
        variables = [weight.value for weight in trainable]
        with tensorflow.GradientTape(watch_accessed_variables=False) as tape:
            for variable in variables:
                if variable.trainable:
                    tape.watch(variable)
            loss = loss_of()
        return list(tape.gradient(loss, variables))
    import torch

    with torch.enable_grad():
        loss = loss_of()
    tensors = [weight.value for weight in trainable]
    return (
        list(torch.autograd.grad(loss, tensors, allow_unused=True))
        if loss.requires_grad
        else [None] * len(tensors)
    )


def _apply(optimizer: Any, pairs: list[tuple[Any, Any]]) -> None:
    import keras

    gradients, weights = zip(*pairs, strict=True)
    if keras.config.backend() == "tensorflow":
        optimizer.apply(list(gradients), list(weights))
        return
    import torch

    with torch.no_grad():
        optimizer.apply(list(gradients), list(weights))


def _as_tensors(value: Any) -> Any:
    import keras

    if isinstance(value, dict):
        return {name: _as_tensors(one) for name, one in value.items()}
    array = as_array(value)
    return keras.ops.convert_to_tensor(array.astype(np.float32) if array.dtype == np.float64 else array)


def _torch_changes(model: Any, x: Any, y: Any) -> dict[str, bool]:
    import torch

    buffers = buffers_of(model)
    kept = [weight.value.detach().clone() for weight in buffers]
    with torch.random.fork_rng(devices=[]), inference_mode(model, training=True), torch.enable_grad():
        loss = _torch_loss(model, x, y)
        weights = weights_of(model)
        wanted = [weight.value for weight in weights if weight.is_trainable]
        connected = bool(wanted) and loss.requires_grad
        gradients = (
            torch.autograd.grad(loss, wanted, allow_unused=True) if connected else [None] * len(wanted)
        )
    moving = {
        id(value)
        for value, one in zip(wanted, gradients, strict=True)
        if one is not None and bool((one != 0).any())
    }
    changes = {weight.path: id(weight.value) in moving for weight in weights}
    for weight, value in zip(buffers, kept, strict=True):
        changes[weight.path] = not torch.equal(weight.value, value)
        weight.value.copy_(value)
    return changes


def _torch_loss(model: Any, x: Any, y: Any) -> Any:
    import torch

    inputs = (
        {name: _narrow(as_array(x[name])) for name in list(x.keys())}
        if hasattr(x, "keys")
        else _narrow(as_array(x))
    )
    result = call_torch(model, inputs)
    if getattr(result, "loss", None) is not None:
        return result.loss
    predicted = first_output(result)
    if y is None:
        return predicted.square().mean()
    answers = torch.as_tensor(_narrow(as_array(y))).to(predicted.device)
    if answers.is_floating_point():
        return torch.nn.functional.mse_loss(predicted.reshape(answers.shape), answers)
    return torch.nn.functional.cross_entropy(
        predicted.reshape(-1, predicted.shape[-1]), answers.reshape(-1).long()
    )


def _narrow(array: Array) -> Array:
    return array.astype(np.float32) if array.dtype == np.float64 else array


def _why(
    model: Any,
    changes: dict[str, bool],
    weights: Sequence[Weight],
    lazy: list[str],
    restless: Sequence[Weight],
) -> Said:
    if restless and lazy:
        return Said(
            "얼릴 것과 배울 것이 뒤바뀌었습니다.",
            "What should be frozen is trained, and the other way round.",
        )
    if restless and not any(weight.is_trainable for weight in restless):
        return Said(
            "BatchNormalization의 통계가 움직입니다: 그 층을 얼리거나 base를 training=False로 부르세요.",
            "Statistics of a BatchNormalization move: freeze it, or call the base with training=False.",
        )
    if restless:
        return Said(
            "base를 얼리지 않았거나, 얼린 층을 다시 켰습니다.",
            "The base was not frozen, or frozen layers were switched on again.",
        )
    resting = [weight for weight in weights if weight.layer in lazy]
    if not any(weight.is_trainable for weight in weights):
        return Said(
            "모델 전체가 얼어 있습니다. 새로 붙인 층도 배우지 않습니다.",
            "The whole model is frozen, the new layers, too.",
        )
    if not any(changes.values()):
        return _why_nothing_moves(model)
    if not any(weight.is_trainable for weight in resting):
        return Said("배워야 할 층이 얼어 있습니다.", "Layers that should learn are frozen.")
    return Said(
        "기울기가 0입니다: 출력과 이어지지 않았거나 정답이 결과를 바꾸지 못합니다.",
        "No gradient reaches them: they do not lead to the output, or the answers cannot change anything.",
    )


def _why_nothing_moves(model: Any) -> Said:
    last = layers_of(model)[-1] if layers_of(model) else None
    activation = getattr(getattr(last, "activation", None), "__name__", "")
    if activation == "softmax" and getattr(last, "units", None) == 1:
        return Said(
            "유닛이 하나인 softmax는 언제나 1이어서 아무것도 배우지 못합니다.",
            "A softmax over one unit is always 1, so nothing can be learnt.",
        )
    return Said(
        "기울기가 모두 0입니다: learning_rate가 0이거나 손실이 출력에 달려 있지 않습니다.",
        "All gradients are zero, or the learning rate is.",
    )
