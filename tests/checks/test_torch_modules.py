"""torch, transformers and PEFT modules, with no Keras in sight."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from autograder import checks  # noqa: E402

Message = Callable[..., str]
X = np.random.default_rng(0).random((6, 3))
Y = np.array([0, 1, 0, 1, 1, 0])
WORDS = {"input_ids": np.arange(24).reshape(4, 6) % 90, "attention_mask": np.ones((4, 6), int)}


def plain() -> Any:
    """12 + 4 + 8 + 10 parameters."""
    return torch.nn.Sequential(
        torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Dropout(0.5), torch.nn.Linear(4, 2)
    )


def bert() -> Any:
    transformers = pytest.importorskip("transformers")
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    config = transformers.BertConfig(vocab_size=90, max_position_embeddings=16, num_labels=2, **sizes)
    return transformers.BertForSequenceClassification(config)


def lora(**options: Any) -> Any:
    peft = pytest.importorskip("peft")
    modules = options.pop("target_modules", ["query", "value"])
    config = peft.LoraConfig(task_type="SEQ_CLS", r=2, target_modules=modules, **options)
    return peft.get_peft_model(bert(), config)


def test_layers_and_parameters_of_a_module_are_its_childrens() -> None:
    model = plain()
    checks.expect_layers(model, ["Linear", "BatchNorm1d", "Dropout", "Linear"])
    checks.expect_parameters(model, [("Linear", 16), ("BatchNorm1d", 8), ("Linear", 10)])
    checks.expect_parameter_total(model, 34, trainable=34)
    checks.expect_all_trainable(model, 34)


def test_frozen_parameters_are_counted_apart(message: Message) -> None:
    model = plain()
    for parameter in model[0].parameters():
        parameter.requires_grad = False
    checks.expect_trainable_tensors(model, trainable=4, frozen=2)
    checks.expect_parameter_total(model, 34, trainable=18)
    checks.expect_layer_trainable(model, {0: False, "1": True, 3: True})
    assert checks.trainable_by_layer(model) == [("0", False), ("1", True), ("3", True)]
    assert "still trained" in message(checks.expect_layer_trainable, model, {3: False})


def test_a_step_moves_what_requires_a_gradient_and_the_statistics(message: Message) -> None:
    model = plain()
    for parameter in model[0].parameters():
        parameter.requires_grad = False
    checks.expect_step_moves(model, X, Y, moved=(1, 3), still=(0,))
    changes = checks.step_changes(model, X, Y)
    assert changes["1.running_mean"]
    assert not changes["0.weight"]
    assert "stayed: 0" in message(checks.expect_step_moves, model, X, Y, moved=(0,))


def test_a_module_comes_out_of_a_step_as_it_went_in() -> None:
    model = plain()
    model.eval()
    model[2].train()
    model[3].bias.grad = torch.ones(2)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    state = torch.random.get_rng_state()
    checks.step_changes(model, X, Y)
    assert torch.equal(torch.random.get_rng_state(), state)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert [module.training for module in model] == [False, False, True, False]
    assert torch.equal(model[3].bias.grad, torch.ones(2))
    assert model[0].weight.grad is None


@pytest.mark.parametrize("answers", [Y, np.zeros((6, 2)), None])
def test_a_step_takes_labels_numbers_or_nothing(answers: object) -> None:
    checks.expect_step_moves(plain(), X, answers, moved=(3,))


def test_outputs_are_without_dropout_and_leave_the_mode_alone() -> None:
    model = plain()
    first = checks.outputs(model, X)
    np.testing.assert_array_equal(first, checks.outputs(model, X))
    assert first.shape == (6, 2)
    assert model.training
    assert checks.accuracy(model, X, first.argmax(axis=1)) == 1


def test_a_transformers_model_gives_its_logits_and_steps_on_its_own_loss() -> None:
    model = bert()
    assert checks.outputs(model, WORDS).shape == (4, 2)
    assert 0 <= checks.accuracy(model, WORDS, [0, 1, 1, 0]) <= 1
    with_labels = checks.step_changes(model, {**WORDS, "labels": np.array([0, 1, 1, 0])}, None)
    assert with_labels == checks.step_changes(model, WORDS, [0, 1, 1, 0])


def test_what_a_tokenizer_returns_goes_in_as_it_is() -> None:
    transformers = pytest.importorskip("transformers")
    encoded = transformers.BatchEncoding({name: value.tolist() for name, value in WORDS.items()})
    model = bert()
    np.testing.assert_allclose(checks.outputs(model, encoded), checks.outputs(model, WORDS), atol=1e-6)
    checks.expect_step_moves(model, encoded, [0, 1, 1, 0], moved=("classifier",))


def test_lora_moves_its_adapters_and_the_head_only(message: Message) -> None:
    model = lora()
    checks.expect_step_moves(
        model,
        WORDS,
        [0, 1, 1, 0],
        moved=("lora_B", "classifier"),
        still=("base_layer", "embeddings", "original_module"),
    )
    # A has no gradient while B is 0
    assert "lora_A" in message(checks.expect_step_moves, model, WORDS, [0, 1, 1, 0], moved=("lora_A",))


def test_lora_on_other_modules_has_no_adapter_where_one_is_asked_for(message: Message) -> None:
    said = message(
        checks.expect_step_moves, lora(target_modules=["dense"]), WORDS, [0, 1, 1, 0], moved=("query/lora_B",)
    )
    assert "no such layer" in said


def test_a_base_that_is_trained_beside_its_adapters_is_named(message: Message) -> None:
    model = lora()
    for parameter in model.base_model.model.bert.embeddings.parameters():
        parameter.requires_grad = True
    said = message(
        checks.expect_step_moves, model, WORDS, [0, 1, 1, 0], moved=("lora_B",), still=("embeddings",)
    )
    assert "The base was not frozen" in said


def test_the_parameters_of_lora_are_those_peft_prints() -> None:
    model = lora()
    trainable, total = model.get_nb_trainable_parameters()
    checks.expect_parameter_total(model, total, trainable=trainable)


def test_two_modules_are_compared_weight_by_weight(message: Message) -> None:
    one, other = plain(), plain()
    other.load_state_dict(one.state_dict())
    checks.expect_same_weights(one, other)
    with torch.no_grad():
        other[3].weight += 0.01
    assert "3.weight" in message(checks.expect_same_weights, other, one)
    checks.expect_same_weights(other, one, but=("3/weight",))
    assert checks.same_structure(one, other)


def test_keras_settings_of_a_torch_module_are_not_there(message: Message) -> None:
    assert "not compiled" in message(checks.expect_optimizer, plain(), "Adam")
    assert "not compiled" in message(checks.expect_learning_rate, plain(), 1e-3)
    assert "no such layer" in message(checks.expect_activation, plain(), -1, "softmax")
