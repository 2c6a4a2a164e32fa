"""Torch modules come back as modules: transformers' models, adapters around them, plain layers."""

import copy
import json
import time

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
peft = pytest.importorskip("peft")

from transformers import BertConfig, ViTConfig  # noqa: E402

from autograder.errors import EvidenceError  # noqa: E402
from autograder.evidence import encode_models, settings  # noqa: E402
from autograder.evidence.decode import decode  # noqa: E402
from autograder.evidence.encoder import Encoder  # noqa: E402

BERT = {
    "vocab_size": 60,
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "max_position_embeddings": 40,
}
VIT = {
    "hidden_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "image_size": 16,
    "patch_size": 8,
    "id2label": {0: "tabby, tabby cat", 1: "개"},
    "label2id": {"tabby, tabby cat": 0, "개": 1},
}
IDS = torch.tensor([[2, 5, 9, 3], [2, 7, 3, 0]])
PIXELS = torch.linspace(-1, 1, 2 * 3 * 16 * 16).reshape(2, 3, 16, 16)


def classifier(**changes):
    torch.manual_seed(0)
    return transformers.BertForSequenceClassification(BertConfig(**BERT, num_labels=3, **changes))


def sent(value):
    encoder = Encoder()
    return json.loads(json.dumps(encoder.variable(value))), encoder.arrays


def across(value):
    node, arrays = sent(value)
    return decode(node, arrays, name="model")


def is_same(found, model, *inputs):
    """The same class, tensors, flags and modes, and the same outputs."""
    assert type(found) is type(model)
    ours, theirs = dict(found.named_parameters()), dict(model.named_parameters())
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)
    assert {n: p.requires_grad for n, p in ours.items()} == {n: p.requires_grad for n, p in theirs.items()}
    assert [m.training for m in found.modules()] == [m.training for m in model.modules()]
    with torch.no_grad():
        found, model = found.eval(), copy.deepcopy(model).eval()
        outputs = [one(*inputs) for one in (found, model)]
    ours, theirs = (one if torch.is_tensor(one) else one[0] for one in outputs)
    return torch.equal(ours, theirs)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("BertModel", {}),
        ("BertModel", {"add_pooling_layer": False}),
        ("BertForMaskedLM", {}),
        ("BertForSequenceClassification", {}),
    ],
)
def test_a_bert_comes_back_with_its_parts_and_outputs(name, options):
    model = getattr(transformers, name)(BertConfig(**BERT), **options)
    assert is_same(across(model), model, IDS)


@pytest.mark.parametrize("name", ["ViTModel", "ViTForImageClassification"])
def test_a_vit_comes_back_with_its_parts_and_outputs(name):
    model = getattr(transformers, name)(ViTConfig(**VIT))
    found = across(model)
    assert is_same(found, model, PIXELS)
    assert found.config.to_dict() == model.config.to_dict()
    assert found.config.id2label[1] == "개"


def test_shared_tensors_stay_shared():
    model = transformers.BertForMaskedLM(BertConfig(**BERT))
    found = across(model)
    assert found.cls.predictions.decoder.weight is found.bert.embeddings.word_embeddings.weight
    assert found.num_parameters() == model.num_parameters()


def test_flags_and_modes_come_back_one_by_one():
    model = classifier().train()
    model.bert.eval()
    for parameter in model.bert.encoder.layer[0].parameters():
        parameter.requires_grad_(False)
    assert is_same(across(model), model, IDS)


def test_a_rebuilt_model_can_be_trained_and_each_is_its_own():
    node, arrays = sent(classifier())
    first, second = (decode(node, arrays, name="model") for _ in range(2))
    loss = first(IDS, labels=torch.tensor([0, 2])).loss
    loss.backward()
    torch.optim.SGD(first.parameters(), lr=0.1).step()
    assert is_same(second, classifier(), IDS)
    assert not torch.equal(first.classifier.weight, second.classifier.weight)


def adapted(*, use_dora=False, task_type="SEQ_CLS", **changes):
    torch.manual_seed(1)
    config = peft.LoraConfig(
        r=4,
        target_modules=["query", "value"],
        use_dora=use_dora,
        task_type=task_type,
        lora_dropout=0.1,
        **changes,
    )
    model = peft.get_peft_model(classifier(), config)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.3)
    return model


@pytest.mark.parametrize("use_dora", [False, True])
@pytest.mark.parametrize("task", ["SEQ_CLS", None])
def test_an_adapted_model_comes_back_with_its_adapters(use_dora, task):
    model = adapted(use_dora=use_dora, task_type=task)
    found = across(model)
    assert is_same(found, model, IDS)
    assert found.get_nb_trainable_parameters() == model.get_nb_trainable_parameters()
    assert found.peft_config["default"].to_dict() == model.peft_config["default"].to_dict()
    assert found.active_adapters == ["default"]


@pytest.mark.parametrize("use_dora", [False, True])
def test_a_rebuilt_adapter_merges_to_the_same_outputs(use_dora):
    model = adapted(use_dora=use_dora).eval()
    merged = across(model).merge_and_unload()
    assert type(merged) is transformers.BertForSequenceClassification
    assert torch.allclose(merged(IDS).logits, model(IDS).logits, atol=1e-5)
    with across(model).disable_adapter():
        pass


def test_merged_and_disabled_adapters_come_back_as_such():
    model = adapted().eval()
    before = model(IDS).logits
    model.merge_adapter()
    found = across(model)
    assert is_same(found, model, IDS)
    found.unmerge_adapter()
    assert torch.allclose(found.eval()(IDS).logits, before, atol=1e-5)
    model.unmerge_adapter()
    with model.disable_adapter():
        assert is_same(across(model), model, IDS)


def test_several_adapters_come_back_and_the_active_one_is_active():
    model = adapted()
    model.add_adapter("second", peft.LoraConfig(r=2, target_modules=["key"], task_type="SEQ_CLS"))
    model.set_adapter("second")
    found = across(model)
    assert is_same(found, model, IDS)
    assert found.active_adapters == ["second"]


def test_a_model_whose_adapters_were_unloaded_says_so(collected):
    model = adapted()
    model.merge_and_unload()
    evidence = collected({"model": model})
    assert "unloaded" in repr(evidence.value("model"))


@pytest.mark.parametrize("pooler", [True, False])
def test_a_bare_model_can_be_adapted_too(pooler):
    base = transformers.BertModel(BertConfig(**BERT), add_pooling_layer=pooler)
    config = peft.LoraConfig(target_modules=["query"], task_type="FEATURE_EXTRACTION")
    model = peft.get_peft_model(base, config)
    assert is_same(across(model), model, IDS)


def test_a_model_that_adapters_were_put_into_says_so(collected):
    base = classifier()
    peft.get_peft_model(base, peft.LoraConfig(target_modules=["query"]))
    assert "ask for the PEFT model" in repr(collected({"base": base}).value("base"))


@pytest.mark.parametrize(
    "config",
    [
        BertConfig(**BERT, num_labels=4),
        ViTConfig(**VIT, attn_implementation="eager"),
        peft.LoraConfig(
            r=8, target_modules=["query", "value"], use_dora=True, modules_to_save=["classifier"]
        ),
        peft.LoraConfig(target_modules="all-linear", task_type=peft.TaskType.SEQ_CLS),
    ],
    ids=lambda config: type(config).__name__,
)
def test_configurations_come_back(config):
    found = across(config)
    assert type(found) is type(config)
    assert found.to_dict() == config.to_dict()


def layers():
    torch.manual_seed(0)
    return torch.nn.Sequential(
        torch.nn.Embedding(10, 4, padding_idx=0),
        torch.nn.Flatten(),
        torch.nn.Sequential(torch.nn.Linear(16, 6, bias=False), torch.nn.LayerNorm(6), torch.nn.GELU()),
        torch.nn.Dropout(0.5),
        torch.nn.Linear(6, 2),
        torch.nn.Softmax(dim=-1),
    )


def test_plain_layers_come_back():
    model = layers()
    model[0].weight.requires_grad_(False)
    assert is_same(across(model), model, IDS)
    assert is_same(across(model[4]), model[4], torch.ones(1, 6))


def test_names_given_to_layers_stay():
    from collections import OrderedDict

    model = torch.nn.Sequential(OrderedDict(hidden=torch.nn.Linear(3, 2), out=torch.nn.ReLU()))
    assert [name for name, _ in across(model).named_children()] == ["hidden", "out"]


class Net(torch.nn.Module):
    pass


class Bert(transformers.BertModel):
    pass


@pytest.mark.parametrize(
    "make",
    [
        Net,
        lambda: Bert(BertConfig(**BERT)),
        lambda: torch.nn.Sequential(Net()),
        lambda: torch.nn.LSTM(2, 3),
        lambda: transformers.BertForTokenClassification(BertConfig(**BERT)),
        lambda: torch.nn.Linear(2, 2).to(torch.bfloat16),
        lambda: peft.LoraConfig(target_modules=["query"], rank_pattern={"query": 2}),
        lambda: transformers.GPT2Config(),
    ],
)
def test_what_is_not_on_the_list_does_not_cross(collected, make):
    assert collected({"model": make()}).status("model") == "unsupported"


def test_a_checkpoints_origin_is_told():
    model = classifier()
    model.config.name_or_path = "google/vit-base-patch16-224"
    assert across(model).config.name_or_path == "google/vit-base-patch16-224"


def fields_of(node: dict) -> list:
    return node["config"]["fields"]["items"]


def put(pairs: list, key: str, value: dict | None) -> None:
    pairs[:] = [pair for pair in pairs if pair[0]["value"] != key]
    if value is not None:
        pairs.append([{"kind": "str", "value": key}, value])


def number(value: int) -> dict:
    return {"kind": "int", "value": value}


def text(value: str) -> dict:
    return {"kind": "str", "value": value}


def config_attack(key, value):
    return lambda node: put(fields_of(node), key, value)


def node_attack(**changes):
    return lambda node: node.update(changes)


def tensor_attack(**changes):
    return lambda node: node["tensors"][0].update(changes)


MODEL_ATTACKS = {
    "another class": node_attack(**{"class": "GPT2Model"}),
    "a class by its place": node_attack(**{"class": "transformers.BertModel"}),
    "no class": node_attack(**{"class": None}),
    "a class of another configuration": node_attack(**{"class": "ViTModel"}),
    "a class with other tensors": node_attack(**{"class": "BertForMaskedLM"}),
    "no configuration": node_attack(config=None),
    "a configuration of another kind": node_attack(config={"kind": "none"}),
    "a configuration that is none": lambda node: node["config"].update({"class": "AutoConfig"}),
    "settings that are none": lambda node: node["config"].update(fields={"kind": "list", "items": []}),
    "a field that there is not": config_attack("auto_map", text("evil.py")),
    "a field of another class": config_attack("image_size", number(8)),
    "code": config_attack("trust_remote_code", {"kind": "bool", "value": True}),
    "a huge width": config_attack("hidden_size", number(2**40)),
    "a larger width": config_attack("hidden_size", number(2**20)),
    "a large vocabulary": config_attack("vocab_size", number(2**24)),
    "no width": config_attack("hidden_size", number(0)),
    "a width that is no number": config_attack("hidden_size", text("16")),
    "too many layers": config_attack("num_hidden_layers", number(10**6)),
    "more layers": config_attack("num_hidden_layers", number(3)),
    "fewer layers": config_attack("num_hidden_layers", number(1)),
    "heads that do not divide": config_attack("num_attention_heads", number(3)),
    "another activation": config_attack("hidden_act", text("__import__")),
    "dropout over one": config_attack("hidden_dropout_prob", number(2)),
    "dropout that is none": config_attack("hidden_dropout_prob", {"kind": "float", "value": "nan"}),
    "labels that are none": config_attack("id2label", text("a")),
    "mixed labels": config_attack("id2label", {"kind": "dict", "items": [[text("a"), text("b")]]}),
    "a path": config_attack("name_or_path", text("/etc/passwd")),
    "a path upwards": config_attack("name_or_path", text("../../x")),
    "another attention": config_attack("attn_implementation", text("kernels-community/x")),
    "a problem of another type": config_attack("problem_type", text("x")),
    "padding outside": config_attack("pad_token_id", number(60)),
    "no tensors": node_attack(tensors=[]),
    "tensors that are none": node_attack(tensors={"a": 1}),
    "a tensor that is none": node_attack(tensors=[None]),
    "a tensor twice": lambda node: node["tensors"].append(node["tensors"][0]),
    "a tensor less": lambda node: node["tensors"].pop(),
    "a tensor under another name": tensor_attack(name="bert.extra"),
    "a tensor without a name": tensor_attack(name=None),
    "a tensor without data": tensor_attack(array=None),
    "no flag": tensor_attack(trainable=None),
    "a flag that is none": tensor_attack(trainable=1),
    "no mode": node_attack(training=None),
    "modes that are none": node_attack(other_mode=[3]),
    "a part that there is not": node_attack(other_mode=["bert.extra"]),
    "adapters that are none": node_attack(adapters=[]),
}


@pytest.mark.parametrize("attack", MODEL_ATTACKS)
def test_a_model_that_claims_anything_else_is_refused_at_once(attack):
    node, arrays = sent(classifier())
    MODEL_ATTACKS[attack](node)
    started = time.monotonic()
    with pytest.raises(EvidenceError, match="model: malformed evidence"):
        decode(node, arrays, name="model")
    assert time.monotonic() - started < 5


def test_a_tensor_of_another_shape_or_type_is_refused():
    node, arrays = sent(classifier())
    for changed in (np.zeros((60, 17), "float32"), np.zeros((60, 16), "int64")):
        name = node["tensors"][0]["array"]["array"]
        told = {"kind": "array", "array": name, "dtype": changed.dtype.name, "shape": list(changed.shape)}
        node["tensors"][0]["array"] = told
        with pytest.raises(EvidenceError, match="has the shape"):
            decode(node, {**arrays, name: changed}, name="model")


def lora_attack(key, value):
    return lambda node: put(node["adapters"]["configs"][0][1]["fields"]["items"], key, value)


def adapter_attack(**changes):
    return lambda node: node["adapters"].update(changes)


LORA_ATTACKS = {
    "another class": adapter_attack(**{"class": "PeftMixedModel"}),
    "no adapters": adapter_attack(configs=[]),
    "adapters without settings": adapter_attack(configs=[["default", None]]),
    "an adapter without a name": adapter_attack(configs=[[None, None]]),
    "a name with a dot": lambda node: node["adapters"]["configs"][0].__setitem__(0, "a.b"),
    "too many adapters": lambda node: node["adapters"].update(configs=node["adapters"]["configs"] * 9),
    "another adapter active": adapter_attack(active=["other"]),
    "an active one that is no name": adapter_attack(active=[["default"]]),
    "another adapter merged": adapter_attack(merged=["other"]),
    "another rank": lora_attack("r", number(5)),
    "no rank": lora_attack("r", number(0)),
    "a huge rank": lora_attack("r", number(10**9)),
    "a pattern for modules": lora_attack("target_modules", text("(a+)+$")),
    "modules that are not there": lora_attack("target_modules", {"kind": "list", "items": [text("nothing")]}),
    "other modules": lora_attack("target_modules", {"kind": "list", "items": [text("key")]}),
    "modules to save elsewhere": lora_attack("modules_to_save", {"kind": "list", "items": [text("encoder")]}),
    "DoRA": lora_attack("use_dora", {"kind": "bool", "value": True}),
    "another bias": lora_attack("bias", text("some")),
    "another task": lora_attack("task_type", text("CAUSAL_LM")),
    "an initialisation with files": lora_attack("init_lora_weights", text("corda")),
    "a setting that there is not": lora_attack("megatron_config", {"kind": "dict", "items": []}),
    "settings for layers": lora_attack("layers_to_transform", text("0")),
    "settings that are none": lambda node: node["adapters"]["configs"][0][1].update(fields=None),
}


@pytest.mark.parametrize("attack", LORA_ATTACKS)
def test_adapters_that_claim_anything_else_are_refused_at_once(attack):
    node, arrays = sent(adapted())
    LORA_ATTACKS[attack](node)
    started = time.monotonic()
    with pytest.raises(EvidenceError, match="model: malformed evidence"):
        decode(node, arrays, name="model")
    assert time.monotonic() - started < 5


def tree_attack(at, **changes):
    return lambda node: node["tree"]["children"][at][1].update(changes)


LAYER_ATTACKS = {
    "no tree": node_attack(tree=None),
    "another class": tree_attack(4, **{"class": "Module"}),
    "code": tree_attack(4, **{"class": "functional.eval"}),
    "no settings": tree_attack(4, settings=None),
    "settings of another class": lambda node: node["tree"]["children"][4][1].update(
        settings=node["tree"]["children"][0][1]["settings"]
    ),
    "a huge layer": lambda node: put(
        node["tree"]["children"][4][1]["settings"]["items"], "in_features", number(10**9)
    ),
    "a larger layer": lambda node: put(
        node["tree"]["children"][4][1]["settings"]["items"], "in_features", number(7)
    ),
    "layers within a layer": lambda node: node["tree"]["children"][4][1].update(
        children=node["tree"]["children"][5:]
    ),
    "no children": node_attack(tree={"class": "Sequential", "settings": {"kind": "dict", "items": []}}),
    "a layer without a name": lambda node: node["tree"]["children"][4].__setitem__(0, ""),
    "a layer with a dot": lambda node: node["tree"]["children"][4].__setitem__(0, "a.b"),
    "a name twice": lambda node: node["tree"]["children"][4].__setitem__(0, "5"),
    "half a pair": lambda node: node["tree"]["children"][4].pop(),
    "too many layers": lambda node: node["tree"]["children"].extend(
        [f"l{at}", node["tree"]["children"][5][1]] for at in range(600)
    ),
    "no tensors": node_attack(tensors=None),
}


@pytest.mark.parametrize("attack", LAYER_ATTACKS)
def test_layers_that_claim_anything_else_are_refused_at_once(attack):
    node, arrays = sent(layers())
    LAYER_ATTACKS[attack](node)
    with pytest.raises(EvidenceError, match="model: malformed evidence"):
        decode(node, arrays, name="model")


def test_every_setting_that_crosses_has_a_check():
    fields = {key for names in encode_models.CONFIG_FIELDS.values() for key in names}
    assert {*fields, "attn_implementation"} == set(settings.MODEL_SETTINGS)
    assert set(encode_models.LORA_FIELDS) == set(settings.LORA_SETTINGS)
    named = {key for names in encode_models.TORCH_LAYERS.values() for key in names}
    assert named == set(settings.LAYER_SETTINGS)


@pytest.mark.parametrize(
    "value", [None, True, 2.5, 10**500, float("nan"), "x" * 300, [], {}, (1,), {1: 2}, b""]
)
def test_a_check_of_a_setting_never_raises(value):
    tables = (settings.MODEL_SETTINGS, settings.LORA_SETTINGS, settings.LAYER_SETTINGS)
    for check in [check for table in (*tables, settings.PROCESSOR_SETTINGS) for check in table.values()]:
        assert check(value) in (True, False)
