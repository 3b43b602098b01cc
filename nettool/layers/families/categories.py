"""Numbers of classes and bins, and what they are written as: a number, or a row of zeros and ones."""

from nettool.kinds.kind import Word
from nettool.kinds.list_kinds import Optional
from nettool.layers.layer import SAME_SHAPE, Layer, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options, flag, number_of
from nettool.vocabulary.layer_options import ANYTHING, CODED, POSITIVE


def category_encoding(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """A row of `num_tokens` for each number (`one_hot`) or for all numbers of a sample."""
    (shape,) = shapes
    if options["num_tokens"] is None:
        return _refused("needs `num_tokens`", "how many classes?", "add `num_tokens: …`", None)
    width = number_of(options, "num_tokens")
    if options["output_mode"] == "one_hot":
        refusal = _open_axis(shape, width, "use in its place") or _sparse_row(options)
        return refusal or Outcome(_one_hot(shape, width))
    refusal = _sparse_row(options)
    return refusal or (Outcome((width,)) if len(shape) == 1 else _not_a_row("CategoryEncoding", shape))


def discretization(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The number of its bin for each number, or rows over bins: one more than there are boundaries."""
    (shape,) = shapes
    boundaries = options["bin_boundaries"]
    if not isinstance(boundaries, list) or options["num_bins"] is not None:
        return _refused(
            "needs `bin_boundaries`: with `num_bins` they would have to be learned from data first",
            "which boundaries?",
            "write the boundaries, rising: `bin_boundaries: [0, 0.5, 1]`, and no `num_bins`",
            None if options["num_bins"] is None else "num_bins",
        )
    width = len(boundaries) + 1
    if options["output_mode"] == "int":
        return _sparse(options) or Outcome(shape)
    if options["output_mode"] == "one_hot":
        refusal = _open_axis(shape, width, "leave `output_mode` out, and put behind it")
        return refusal or _sparse_row(options) or Outcome(_one_hot(shape, width))
    if not shape:
        return _not_a_row("Discretization", shape)
    refusal = _sparse_row(options) if len(shape) > 1 else None
    return refusal or Outcome((*shape[1:], width))


def hashing(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The number of its bin for each word or number, or a row over `num_bins`."""
    (shape,) = shapes
    if options["output_mode"] == "int":
        return _sparse(options) or _not_whole(options) or Outcome(shape)
    row = (*shape[:-1], number_of(options, "num_bins"))
    if options["output_mode"] != "one_hot":
        return Outcome(row) if len(shape) == 1 else _not_a_row("Hashing", shape)
    if shape[-1:] == (1,) and shape[-2:-1] != (1,):
        return _sparse_row(options) or Outcome(row)
    return Refusal(
        f"needs a last axis of length 1 for `one_hot`, but gets {shape_text(shape)}",
        label="Keras replaces the last axis",
        help=f"put `reshaped: {{layer: Reshape, target_shape: {[*shape, 1]}}}` before it"
        if None not in shape
        else None,
        parties=(0,),
        kind="rank",
    )


def hashed_crossing(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """One bin for each pair, as a number or as a row over `num_bins`."""
    one, other = shapes
    if one == other and one in ((), (1,)):
        row = (number_of(options, "num_bins"),)
        if options["output_mode"] == "int":
            return Outcome(one)
        return _sparse_row(options) or Outcome(row)
    return Refusal(
        f"needs one number or word from each side, but gets {shape_text(one)} and {shape_text(other)}",
        label="HashedCrossing needs (1,) and (1,)",
        help="give both inputs the shape [1]",
        parties=(0, 1),
        kind="merge",
    )


def _one_hot(shape: Shape, width: int) -> Shape:
    """A last axis of length 1 is replaced; otherwise there is an axis more."""
    return (*shape[:-1], width) if shape[-1:] == (1,) else (*shape, width)


def _open_axis(shape: Shape, width: int, advice: str) -> Refusal | None:
    """Keras (3.15) asks whether the last length is 1, and stops in training where it is not known."""
    if shape[-1:] != (None,):
        return None
    return Refusal(
        f"needs a last axis of a fixed length for `one_hot`, but gets {shape_text(shape)}",
        label="a length that is only known when data come",
        help=f"{advice} `{{layer: Embedding, input_dim: {width}, output_dim: {width}, "
        "embeddings_initializer: identity, trainable: false}`, which gives the same rows for class numbers",
        parties=(0,),
        kind="size",
    )


def _not_a_row(layer: str, shape: Shape) -> Refusal:
    return Refusal(
        f"counts the numbers of a sample, which must be a row, but gets {shape_text(shape)}",
        label=f"{layer} needs 1 axis",
        help="put a Flatten before it, or write `output_mode: one_hot` for a row for each number",
        parties=(0,),
        kind="rank",
    )


def _sparse(options: Options) -> Refusal | None:
    if not flag(options, "sparse"):
        return None
    return _refused(
        "cannot give numbers of bins as a sparse tensor", "sparse numbers", "leave `sparse` out", "sparse"
    )


def _sparse_row(options: Options) -> Refusal | None:
    """Keras (3.15) counts the samples for such rows, which a graph of TensorFlow's does not know."""
    if not flag(options, "sparse"):
        return None
    return _refused(
        "cannot make sparse rows: Keras stops where the number of samples is not fixed",
        "sparse rows",
        "leave `sparse` out",
        "sparse",
    )


def _not_whole(options: Options) -> Refusal | None:
    if options["dtype"] in (None, "int32", "int64"):
        return None
    return _refused(
        f"cannot number its bins in {options['dtype']}",
        "not a type for numbers of bins",
        "leave `dtype` out, or write int64",
        "dtype",
    )


def _refused(message: str, label: str, advice: str, option: str | None) -> Refusal:
    return Refusal(message, label=label, help=advice, option=option, kind="option")


LAYERS = (
    Layer(
        name="Discretization",
        meaning="sorts numbers into bins",
        shape_words=f"{SAME_SHAPE}; with `one_hot` a last axis over the bins, one more than boundaries",
        rule=discretization,
        example={"bin_boundaries": [0.0, 0.5, 1.0]},
        kinds={"num_bins": Optional(POSITIVE), "output_mode": CODED},
    ),
    Layer(
        name="CategoryEncoding",
        meaning="turns class numbers into rows of zeros and ones",
        shape_words="(…) class numbers → (num_tokens), or (…, num_tokens) for `output_mode: one_hot`",
        rule=category_encoding,
        example={"num_tokens": 10},
        kinds={"output_mode": Word(("multi_hot", "one_hot", "count"))},
    ),
    Layer(
        name="Hashing",
        meaning="sorts words or numbers into bins by their hash",
        shape_words=f"{SAME_SHAPE}; for `one_hot` the last axis, of length 1, becomes num_bins",
        rule=hashing,
        example={"num_bins": 64},
        kinds={"mask_value": ANYTHING, "output_mode": CODED},
        traits=traits("TensorFlow only"),
    ),
    Layer(
        name="HashedCrossing",
        meaning="sorts pairs of features into bins by their hash",
        shape_words="(1) and (1) → (1) with `output_mode: int`, (num_bins) with `one_hot`",
        rule=hashed_crossing,
        inputs="two",
        example={"num_bins": 64},
        kinds={"output_mode": Word(("int", "one_hot"))},
        traits=traits("TensorFlow only"),
    ),
)
