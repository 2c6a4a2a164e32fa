"""Checks a Keras config against lists of built-in names before Keras sees it.

Every `class_name` must be on the list of its group, and is looked up where that group lives: the `module`
that the config claims only has to be one of Keras's own, and is then replaced. So no config can name code.
Left out on purpose: layers that carry code (Lambda, TFSMLayer, TorchModuleWrapper, JaxLayer, FlaxLayer), that
can read files (StringLookup and its kin, TextVectorization), and state with a batch dimension (`stateful`).
"""

from typing import Any

from autograder.errors import EvidenceError
from autograder.evidence.nodes import shown

MAX_CONFIG_DEPTH = 80


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DIMENSIONS = [f"{kind}{n}D" for n in (1, 2, 3) for kind in (
    "Conv", "ConvLSTM", "MaxPooling", "AveragePooling", "GlobalMaxPooling", "GlobalAveragePooling", "Cropping",
    "ZeroPadding", "UpSampling", "SpatialDropout", "AdaptiveAveragePooling", "AdaptiveMaxPooling",
)]  # fmt: skip
LAYERS = frozenset(_DIMENSIONS) | _names("""
    InputLayer Dense EinsumDense Embedding Activation Masking Identity Flatten Reshape Permute RepeatVector
    Conv1DTranspose Conv2DTranspose Conv3DTranspose DepthwiseConv1D DepthwiseConv2D SeparableConv1D SeparableConv2D
    LSTM GRU SimpleRNN LSTMCell GRUCell SimpleRNNCell StackedRNNCells RNN Bidirectional TimeDistributed
    BatchNormalization LayerNormalization GroupNormalization UnitNormalization RMSNormalization
    Dropout GaussianDropout GaussianNoise AlphaDropout ActivityRegularization
    Add Subtract Multiply Average Maximum Minimum Concatenate Dot
    Attention AdditiveAttention MultiHeadAttention GroupQueryAttention
    ReLU LeakyReLU PReLU ELU Softmax Rescaling Resizing CenterCrop
    RandomFlip RandomRotation RandomZoom RandomTranslation RandomContrast RandomBrightness RandomCrop
""")
_BUILT = LAYERS | {"Sequential", "Model"}
OPTIMIZERS = _names("SGD RMSprop Adam AdamW Adadelta Adagrad Adamax Nadam Ftrl Adafactor Lion Lamb Muon")
_SHARED = _names("""
    MeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError CosineSimilarity
    BinaryCrossentropy CategoricalCrossentropy SparseCategoricalCrossentropy Poisson KLDivergence Hinge
    SquaredHinge CategoricalHinge LogCoshError
""")
GROUPS: dict[str, frozenset[str]] = {
    "keras": _names("Sequential Model DTypePolicy"),
    "keras.layers": LAYERS,
    "keras.optimizers": OPTIMIZERS,
    "keras.optimizers.schedules": _names("""
        ExponentialDecay PiecewiseConstantDecay PolynomialDecay InverseTimeDecay CosineDecay CosineDecayRestarts
    """),
    "keras.losses": _SHARED | _names("Huber LogCosh BinaryFocalCrossentropy CategoricalFocalCrossentropy"),
    "keras.metrics": _SHARED
    | _names("""
        RootMeanSquaredError Accuracy BinaryAccuracy CategoricalAccuracy SparseCategoricalAccuracy
        TopKCategoricalAccuracy SparseTopKCategoricalAccuracy AUC Precision Recall F1Score R2Score
        TruePositives TrueNegatives FalsePositives FalseNegatives Mean
    """),
    "keras.initializers": _names("""
        Zeros Ones Constant RandomNormal RandomUniform TruncatedNormal VarianceScaling GlorotNormal GlorotUniform
        HeNormal HeUniform LecunNormal LecunUniform Orthogonal Identity
    """),
    "keras.regularizers": _names("L1 L2 L1L2 OrthogonalRegularizer"),
    "keras.constraints": _names("MaxNorm NonNeg UnitNorm MinMaxNorm"),
}
FUNCTIONS = _names("""
    relu relu6 elu selu gelu silu swish sigmoid hard_sigmoid tanh softmax log_softmax softplus softsign linear
    exponential leaky_relu mish
    mean_squared_error mean_absolute_error mean_absolute_percentage_error mean_squared_logarithmic_error
    binary_crossentropy categorical_crossentropy sparse_categorical_crossentropy kl_divergence poisson
    cosine_similarity huber log_cosh hinge squared_hinge categorical_hinge
    binary_accuracy categorical_accuracy sparse_categorical_accuracy
""")


def checked_config(config: object, depth: int = 0) -> Any:
    """A copy of the config that names nothing but built-in classes, each in its own place.

    Raises:
        EvidenceError: it names something else, or is nested too deep.
    """
    if depth > MAX_CONFIG_DEPTH:
        raise EvidenceError("a Keras config nested too deep")
    if isinstance(config, list):
        return [checked_config(one, depth + 1) for one in config]
    if not isinstance(config, dict):
        return config
    if config.get("stateful") is True:
        raise EvidenceError("a Keras layer with stateful=True does not cross; build it without")
    # Compile settings are carried apart; nested models repeat theirs here.
    parts = {key: checked_config(part, depth + 1) for key, part in config.items() if key != "compile_config"}
    for key in ("layer", "backward_layer"):  # a wrapper builds what it wraps, and would build it twice
        if isinstance(parts.get(key), dict):
            parts[key].pop("build_config", None)
    return {**parts, **_located(config)} if "class_name" in config else parts


def build_steps(config: object) -> int:
    """How many calls of layers it takes to build what a checked config describes.

    A Sequential looks through its layers for each that it is given, and a model within a model runs through all
    of its layers each time that it is called: a small config can so ask for more steps than anyone can wait for.
    """
    if not isinstance(config, dict):
        return sum(map(build_steps, config)) if isinstance(config, list) else 0
    inside = sum(map(build_steps, config.values()))
    name, own = config.get("class_name"), config.get("config")
    if name not in _BUILT or not isinstance(own, dict):
        return inside
    calls, layers = config.get("inbound_nodes"), own.get("layers")
    times = max(1, len(calls)) if isinstance(calls, list) else 1
    if name == "Sequential" and isinstance(layers, list):
        times *= max(1, len(layers))
    return times * (1 + inside)


def _located(config: dict[str, Any]) -> dict[str, Any]:
    """The fields that say which class or function is meant, naming Keras's own."""
    name, module = config["class_name"], config.get("module")
    if name == "__keras_tensor__":
        return {}
    if name == "function":
        function = config.get("config")
        if isinstance(function, str) and function in FUNCTIONS and _is_own(module):
            return {"module": "builtins", "registered_name": "function"}
        raise EvidenceError(f"the function {shown(function)} is none of Keras's own")
    if isinstance(name, str) and isinstance(module, str) and isinstance(config.get("config"), dict):
        if (module, name) == ("keras.src.models.functional", "Functional"):
            return {"class_name": "Model", "module": "keras", "registered_name": None}
        if module.startswith("keras.src.") and name in OPTIMIZERS:  # as Keras on torch names them
            return {"module": "keras.optimizers", "registered_name": None}
        if name in GROUPS.get(module, ()):
            return {"registered_name": None}
    raise EvidenceError(f"{shown(name)} of {shown(module)} is not a built-in Keras class that crosses")


def _is_own(module: object) -> bool:
    return isinstance(module, str) and (module == "builtins" or module.startswith("keras."))
