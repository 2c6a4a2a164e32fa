"""Rebuilds torch modules: plain layers, models of transformers, LoRA and DoRA adapters around these.

A module is first made without memory, on torch's `meta` device, from settings that are checked here one by one. What it
asks for, by name and shape, must be what the evidence holds; only then do the tensors take their places. Classes come
from the tables below; nothing is looked up elsewhere by a name that the evidence gives, and nothing is loaded.
"""

import warnings
from collections.abc import Callable, Mapping
from typing import Any

from autograder.errors import EvidenceError
from autograder.evidence.documents import one_line
from autograder.evidence.encode_models import ADAPTED, CONFIG_FIELDS, MODELS, TORCH_LAYERS
from autograder.evidence.nodes import Decode, Decoder, Node, shown
from autograder.evidence.settings import (
    LAYER_SETTINGS,
    LORA_SETTINGS,
    MODEL_SETTINGS,
    NAME,
    Check,
)

MAX_LAYERS = 500  # of plain layers, one within the other or beside it
MAX_ADAPTERS = 8


def _fields(decoder: Decoder, found: object, checks: Mapping[str, Check], what: str) -> dict[str, Any]:
    """Settings by name, each checked; a setting that is not listed is refused."""
    fields = decoder.decode(found)
    if not isinstance(fields, dict):
        raise decoder.wrong(f"expected the settings of {what}, found {shown(fields)}")
    for key, value in fields.items():
        check = checks.get(key)
        if check is None or not check(value):
            raise decoder.wrong(f"{what} with {shown(key)} = {shown(value)} does not cross")
    return fields


def _made(decoder: Decoder, what: str, make: Callable[[], Any]) -> Any:
    """What `make` makes, without memory for its tensors."""
    import torch

    try:
        with torch.device("meta"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return make()
    except EvidenceError:
        raise
    except Exception as error:  # a library checks what it is given, with errors of many types
        raise decoder.wrong(f"{what} cannot be rebuilt: {one_line(str(error), 200)}") from None


def _layers(decoder: Decoder, node: Node) -> Any:
    tree = _checked_tree(decoder, node.get("tree"), [MAX_LAYERS])
    return _filled(decoder, node, _made(decoder, "a torch layer", lambda: _from_tree(tree)))


def _checked_tree(decoder: Decoder, node: object, left: list[int]) -> Node:
    if not isinstance(node, dict):
        raise decoder.wrong(f"expected a layer, found {shown(node)}")
    left[0] -= 1
    name, children = decoder.text(node, "class"), decoder.items(node, "children", at_most=max(left[0], 0))
    if name not in TORCH_LAYERS or (children and name != "Sequential"):
        raise decoder.wrong(f"a layer {shown(name)} with {len(children)} layers in it does not cross")
    settings = _fields(decoder, node.get("settings"), LAYER_SETTINGS, name)
    if set(settings) != set(TORCH_LAYERS[name]):
        raise decoder.wrong(f"{name} with other settings than it has")
    inside: dict[str, Node] = {}
    for pair in children:
        if not isinstance(pair, list) or len(pair) != 2 or not NAME(pair[0]):
            raise decoder.wrong(f"expected a name and a layer, found {shown(pair)}")
        inside[pair[0]] = _checked_tree(decoder, pair[1], left)
    if len(inside) != len(children):
        raise decoder.wrong("two layers have the same name")
    return {"class": name, "settings": settings, "children": inside}


def _from_tree(tree: Node) -> Any:
    import torch

    layer = getattr(torch.nn, tree["class"])(**tree["settings"])
    for name, child in tree["children"].items():
        layer.add_module(name, _from_tree(child))
    return layer


def _config(decoder: Decoder, node: object) -> Any:
    if not isinstance(node, dict) or node.get("kind") != "transformers_config":
        raise decoder.wrong(f"expected a configuration, found {shown(node)}")
    name = decoder.text(node, "class")
    if name not in CONFIG_FIELDS:
        raise decoder.wrong(f"{shown(name)} is not a configuration that crosses")
    fields = _fields(decoder, node.get("fields"), MODEL_SETTINGS, name)
    if not set(fields) <= {*CONFIG_FIELDS[name], "attn_implementation"}:
        raise decoder.wrong(f"{name} with a field that it does not have")
    import transformers

    return _made(decoder, name, lambda: getattr(transformers, name)(**fields))


def _model(decoder: Decoder, node: Node) -> Any:
    name, config = decoder.text(node, "class"), _config(decoder, node.get("config"))
    if MODELS.get(name) != type(config).__name__:
        raise decoder.wrong(f"{shown(name)} with a {type(config).__name__} is not a model that crosses")
    import transformers

    options: dict[str, bool] = {}
    if name in ("ViTModel", "BertModel"):
        names = [one.get("name") for one in decoder.items(node, "tensors") if isinstance(one, dict)]
        options["add_pooling_layer"] = any(".pooler." in f".{one}" for one in names)
    model = _made(decoder, name, lambda: getattr(transformers, name)(config, **options))
    if node.get("adapters") is not None:
        return _adapted(decoder, node, model)
    return _filled(decoder, node, model)


def _lora_config(decoder: Decoder, node: object) -> Any:
    if not isinstance(node, dict) or node.get("kind") != "lora_config":
        raise decoder.wrong(f"expected a LoraConfig, found {shown(node)}")
    fields = _fields(decoder, node.get("fields"), LORA_SETTINGS, "LoraConfig")
    import peft

    return _made(decoder, "LoraConfig", lambda: peft.LoraConfig(**fields))


def _adapted(decoder: Decoder, node: Node, base: Any) -> Any:
    found = node["adapters"]
    if not isinstance(found, dict) or found.get("class") not in ADAPTED:
        raise decoder.wrong(f"{shown(found)} are not adapters that cross")
    configs: dict[str, Any] = {}
    for pair in decoder.items(found, "configs", at_most=MAX_ADAPTERS):
        if not isinstance(pair, list) or len(pair) != 2 or not NAME(pair[0]):
            raise decoder.wrong(f"expected an adapter's name and settings, found {shown(pair)}")
        configs[pair[0]] = _lora_config(decoder, pair[1])
    active, merged = (decoder.items(found, key, at_most=MAX_ADAPTERS) for key in ("active", "merged"))
    if not configs or not all(isinstance(one, str) and one in configs for one in [*active, *merged]):
        raise decoder.wrong("its adapters are not those that it names")
    model = _made(decoder, "a PEFT model", lambda: _wrapped(found["class"], base, configs))
    try:
        model.base_model.set_adapter(active)
        for layer in model.modules():
            if hasattr(layer, "merged_adapters") and hasattr(layer, "base_layer"):
                layer.merged_adapters = list(merged)
                layer._disable_adapters = found.get("disabled") is True
    except Exception as error:  # as above
        raise decoder.wrong(f"its adapters cannot be set: {one_line(str(error), 200)}") from None
    return _filled(decoder, node, model)


def _wrapped(name: str, base: Any, configs: Mapping[str, Any]) -> Any:
    """The base with its adapters in; what an adapter starts from is of no account, for its tensors follow."""
    import peft

    model = None
    for adapter, config in configs.items():
        kept = {key: getattr(config, key) for key in ("init_lora_weights", "modules_to_save")}
        config.init_lora_weights, config.modules_to_save = False, list(kept["modules_to_save"] or ()) or None
        config.base_model_name_or_path = base.name_or_path or None
        if model is None:
            model = getattr(peft, name)(base, config, adapter_name=adapter)
        else:
            model.add_adapter(adapter, config)
        for key, value in kept.items():
            setattr(config, key, value)
    return model


def _filled(decoder: Decoder, node: Node, module: Any) -> Any:
    """The module with the evidence's tensors in the places of its own, which must be the same ones."""
    import torch

    places = {**dict(module.named_parameters()), **dict(module.named_buffers())}
    given: dict[int, Any] = {}
    for entry in decoder.items(node, "tensors"):
        name = decoder.text(entry, "name") if isinstance(entry, dict) else ""
        place = places.pop(name, None)
        if place is None:
            raise decoder.wrong(f"a tensor {shown(name)} that the module does not have, or has once only")
        array = decoder.weight(entry.get("array"))
        is_parameter, flag = isinstance(place, torch.nn.Parameter), entry.get("trainable")
        if array.shape != tuple(place.shape) or (array.dtype.kind == "f") != place.dtype.is_floating_point:
            raise decoder.wrong(f"{name} has the shape {tuple(place.shape)}, and the evidence {array.shape}")
        if is_parameter != isinstance(flag, bool):
            raise decoder.wrong(f"{shown(flag)} is not the trainable flag of {name}")
        tensor = torch.from_numpy(array)
        given[id(place)] = torch.nn.Parameter(tensor, requires_grad=flag) if is_parameter else tensor
    if places:
        raise decoder.wrong(f"the module's {shown(min(places))} is not in the evidence")
    for part in module.modules():
        for tensors in (part._parameters, part._buffers):
            tensors.update({key: given[id(one)] for key, one in tensors.items() if one is not None})
    _set_modes(decoder, node, module)
    return module


def _set_modes(decoder: Decoder, node: Node, module: Any) -> None:
    parts, training = dict(module.named_modules()), node.get("training")
    if type(training) is not bool:
        raise decoder.wrong(f"{shown(training)} is not a mode of a module")
    for part in parts.values():
        part.training = training
    for name in decoder.items(node, "other_mode"):
        if not isinstance(name, str) or name not in parts:
            raise decoder.wrong(f"{shown(name)} is no part of the module")
        parts[name].training = not training


TORCH_KINDS: dict[str, Decode] = {
    "torch_layers": _layers,
    "transformers_config": _config,
    "transformers_model": _model,
    "lora_config": _lora_config,
}
