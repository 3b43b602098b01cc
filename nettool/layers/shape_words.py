"""What each layer does to the shape of its input, in words; the batch axis is left out throughout.

The words stand beside the rules, and a test asks for them wherever there is a rule.
"""

from collections.abc import Mapping

_LENGTHS = {1: "steps", 2: "height, width", 3: "depth, height, width"}
_SAME = "the shape stays"


def _window(span: str) -> str:
    return (
        f"each length becomes floor((length - {span}) / stride) + 1 with `padding: valid` and "
        "ceil(length / stride) with `padding: same`"
    )


_REACH = "dilation × (kernel - 1) + 1"


def _convolution(rank: int) -> str:
    causal = " or `causal`" if rank == 1 else ""
    return f"({_LENGTHS[rank]}, channels) → ({_LENGTHS[rank]}, filters); {_window(f'({_REACH})')}{causal}"


def _depthwise(rank: int) -> str:
    return (
        f"({_LENGTHS[rank]}, channels) → ({_LENGTHS[rank]}, channels × depth_multiplier); "
        f"{_window(f'({_REACH})')}"
    )


def _transposed(rank: int) -> str:
    return (
        f"({_LENGTHS[rank]}, channels) → ({_LENGTHS[rank]}, filters); each length becomes length × stride "
        "with `padding: same` and (length - 1) × stride + max(reach, stride) with `padding: valid`, "
        f"where reach is {_REACH}"
    )


def _pooling(rank: int) -> str:
    return (
        f"({_LENGTHS[rank]}, channels) → ({_LENGTHS[rank]}, channels); {_window('pool')}; "
        "without `strides` the stride is the pool's size"
    )


def _global_pooling(rank: int) -> str:
    kept = ", ".join("1" for _ in range(rank))
    return f"({_LENGTHS[rank]}, channels) → (channels), or ({kept}, channels) with `keepdims: true`"


def _adaptive_pooling(rank: int) -> str:
    return f"({_LENGTHS[rank]}, channels) → (*output_size, channels)"


def _recurrent_convolution(rank: int) -> str:
    return (
        f"(steps, {_LENGTHS[rank]}, channels) → ({_LENGTHS[rank]}, filters), or (steps, {_LENGTHS[rank]}, "
        f"filters) with `return_sequences: true`; {_window(f'({_REACH})')}"
    )


def _resized(rank: int, how: str) -> str:
    return f"({_LENGTHS[rank]}, channels) → ({_LENGTHS[rank]}, channels); each length {how}"


_MERGED = "inputs of equal shapes → that shape; a length of 1 spreads over the other's, aligned at their ends"
_SEQUENCE = "(steps, features) → (units), or (steps, units) with `return_sequences: true`"
_CELL = "one step of a recurrent layer: taken along the steps by RNN, not a layer by itself"
_ATTENTION = "query (…, steps, features) and value (…, places, channels) → (…, steps, channels)"
_LOOKED_UP = "(…) whole numbers → (…, output_dim)"
_HEADS = (
    "query (…, steps, features) and value (…, places, channels) → (…, steps, features), "
    "or the last axis as `output_shape` says"
)
_PIECE = "(height, width, channels) → (`height`, `width`, channels)"

SHAPE_WORDS: Mapping[str, str] = {
    "Dense": "(…, features) → (…, units): the last axis becomes units",
    "EinsumDense": "the axes that the equation names after `->`, as long as `output_shape` says",
    **{f"Conv{rank}D": _convolution(rank) for rank in (1, 2, 3)},
    **{f"Conv{rank}DTranspose": _transposed(rank) for rank in (1, 2, 3)},
    **{f"SeparableConv{rank}D": _convolution(rank) for rank in (1, 2)},
    **{f"DepthwiseConv{rank}D": _depthwise(rank) for rank in (1, 2)},
    **{f"{kind}Pooling{rank}D": _pooling(rank) for kind in ("Max", "Average") for rank in (1, 2, 3)},
    **{
        f"Global{kind}Pooling{rank}D": _global_pooling(rank)
        for kind in ("Max", "Average")
        for rank in (1, 2, 3)
    },
    **{
        f"Adaptive{kind}Pooling{rank}D": _adaptive_pooling(rank)
        for kind in ("Max", "Average")
        for rank in (1, 2, 3)
    },
    **dict.fromkeys(
        ("BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization"), _SAME
    ),
    **dict.fromkeys(("UnitNormalization", "Normalization", "Masking", "Identity", "Rescaling"), _SAME),
    **dict.fromkeys(("Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise"), _SAME),
    **dict.fromkeys(("ActivityRegularization", "Activation"), _SAME),
    **dict.fromkeys(("ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax"), _SAME),
    **{f"SpatialDropout{rank}D": f"{_SAME}: ({lengths}, channels)" for rank, lengths in _LENGTHS.items()},
    "SpectralNormalization": "as the wrapped layer's",
    "Flatten": "(a, b, …) → (a × b × …)",
    "Reshape": "(…) → target_shape, with as many numbers; -1 stands for whatever is left",
    "Permute": "(a, b, …) → the same lengths in the order of `dims`, counted from 1",
    "RepeatVector": "(features) → (n, features)",
    **{f"UpSampling{rank}D": _resized(rank, "becomes length × size") for rank in (1, 2, 3)},
    **{f"ZeroPadding{rank}D": _resized(rank, "grows by its two paddings") for rank in (1, 2, 3)},
    **{f"Cropping{rank}D": _resized(rank, "shrinks by its two croppings") for rank in (1, 2, 3)},
    "Embedding": _LOOKED_UP,
    "ReversibleEmbedding": _LOOKED_UP,
    **dict.fromkeys(("SimpleRNN", "LSTM", "GRU"), _SEQUENCE),
    **{f"ConvLSTM{rank}D": _recurrent_convolution(rank) for rank in (1, 2, 3)},
    **dict.fromkeys(("SimpleRNNCell", "LSTMCell", "GRUCell", "StackedRNNCells"), _CELL),
    "RNN": "(steps, features) → the cell's units, or (steps, units) with `return_sequences: true`",
    "Bidirectional": "the wrapped layer's shape, with a last axis twice as long for `merge_mode: concat`",
    "TimeDistributed": "(steps, …) → (steps, …) with the wrapped layer's shape after the steps",
    "Attention": _ATTENTION,
    "AdditiveAttention": _ATTENTION,
    "MultiHeadAttention": _HEADS,
    "GroupQueryAttention": _HEADS,
    **dict.fromkeys(("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"), _MERGED),
    "Concatenate": "inputs that are equal but along `axis` → that shape, the lengths along `axis` added up",
    "Dot": "two inputs → the axes of both without the one of each that `axes` names; (1) if none is left",
    "Resizing": _PIECE,
    "CenterCrop": _PIECE,
    "RandomCrop": _PIECE,
    **dict.fromkeys(
        ("RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "RandomShear"), _SAME
    ),
    **dict.fromkeys(("RandomPerspective", "RandomElasticTransform", "RandomErasing"), _SAME),
    **dict.fromkeys(("RandomBrightness", "RandomContrast", "RandomSaturation", "RandomHue"), _SAME),
    **dict.fromkeys(("RandomColorJitter", "RandomColorDegeneration", "RandomGrayscale"), _SAME),
    **dict.fromkeys(("RandomInvert", "RandomPosterization", "RandomSharpness", "RandomGaussianBlur"), _SAME),
    "Equalization": "none: Keras cannot build it within a network",
    **dict.fromkeys(("Solarization", "AutoContrast", "AugMix", "RandAugment"), _SAME),
    **dict.fromkeys(("CutMix", "MixUp", "ContrastLimitedAdaptiveHistogramEqualization"), _SAME),
    "Discretization": f"{_SAME}; with `one_hot` a last axis over the bins, one more than boundaries",
    "MaxNumBoundingBoxes": _SAME,
    "Pipeline": "as its layers make it, one after the other",
    "Hashing": f"{_SAME}; for `one_hot` the last axis, of length 1, becomes num_bins",
    "HashedCrossing": "(1) and (1) → (1) with `output_mode: int`, (num_bins) with `one_hot`",
    "STFTSpectrogram": "(samples, channels) → (frames, channels × (fft_length / 2 + 1)), twice as many for "
    "`mode: stft`; with `expand_dims: true` (frames, frequencies, channels)",
    "MelSpectrogram": "(samples) → (num_mel_bins, samples / sequence_stride + 1)",
    "CategoryEncoding": "(…) class numbers → (num_tokens), or (…, num_tokens) for `output_mode: one_hot`",
}
"""The words by layer; a layer may be missing as long as it has no rule."""
