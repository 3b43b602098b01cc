"""Whether a layer's weights can be made as its options ask: initializers that fit, a type that holds them."""

from nettool.layers.outcome import Refusal, Weight
from nettool.layers.reading import Options
from nettool.vocabulary.keras_names import canonical

_OPTION_OF = {
    "depthwise_kernel": "depthwise_initializer",
    "pointwise_kernel": "pointwise_initializer",
    "recurrent_kernel": "recurrent_initializer",
}

_TYPES_WITHOUT_WEIGHTS = ("bool", "string")


def starting_values(weights: tuple[Weight, ...], options: Options) -> Refusal | None:
    """The refusal of the first weight that cannot be made; None if all can."""
    if weights and options.get("dtype") in _TYPES_WITHOUT_WEIGHTS:
        return Refusal(
            f"cannot have weights of type {options['dtype']}",
            label="not a type for weights",
            help="leave `dtype` out, or write float32",
            option="dtype",
            kind="option",
        )
    return next((refusal for weight in weights if (refusal := _refused(weight, options)) is not None), None)


def predictable(options: Options) -> bool:
    """Whether no initializer depends on the weight's shape in a way that only Keras knows."""
    return not any(_exotic(value) for name, value in options.items() if name.endswith("_initializer"))


def _exotic(written: object) -> bool:
    details = written if isinstance(written, dict) else {}
    if details.get("input_axes") is not None or details.get("output_axes") is not None:
        return True
    return isinstance(details.get("value"), list)


def _initializer(written: object) -> str | None:
    name = written.get("initializer") if isinstance(written, dict) else written
    return canonical("initializers", name) if isinstance(name, str) else None


def _refused(weight: Weight, options: Options) -> Refusal | None:
    option = _OPTION_OF.get(weight.name, f"{weight.name}_initializer")
    if option not in options and weight.name == "kernel":
        option = "depthwise_initializer"
    if option not in options:
        return None
    initializer = _initializer(options[option])
    rank = len(weight.shape)
    if initializer == "Identity" and rank != 2:
        needed = "exactly 2 axes"
    elif initializer == "Orthogonal" and rank < 2:
        needed = "at least 2 axes"
    elif initializer == "STFT" and not (rank == 3 and weight.shape[1] == 1 and weight.shape[2] > 1):
        needed = "a shape such as (frames, 1, frequencies)"
    else:
        return None
    return Refusal(
        f"cannot start its {weight.name}, of shape {weight.shape}, with {initializer}",
        label=f"{initializer} needs {needed}",
        help="use another initializer, such as glorot_uniform for kernels and zeros for biases",
        option=option,
        kind="option",
    )
