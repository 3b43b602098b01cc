"""Embedding and ReversibleEmbedding: numbers of words become vectors."""

from nettool.layers.layer import Layer, Treatment, traits
from nettool.layers.outcome import Outcome, Shape, Weight
from nettool.layers.reading import Options, flag, number_of


def embedding(shapes: tuple[Shape, ...], options: Options) -> Outcome | None:
    """A vector of `output_dim` for each number, from a table of `input_dim` rows."""
    if options["lora_rank"] is not None or options["quantization_config"] is not None:
        return None
    rows, width = number_of(options, "input_dim"), number_of(options, "output_dim")
    return Outcome((*shapes[0], width), (Weight("embeddings", (rows, width)),))


def reversible_embedding(shapes: tuple[Shape, ...], options: Options) -> Outcome:
    """As Embedding; with `tie_weights: false` a second table (output_dim, input_dim) for the way back."""
    rows, width = number_of(options, "input_dim"), number_of(options, "output_dim")
    tables = [Weight("embeddings", (rows, width))]
    if not flag(options, "tie_weights"):
        tables.append(Weight("reverse_embeddings", (width, rows)))
    return Outcome((*shapes[0], width), tuple(tables))


def zero_mask(options: Options) -> Treatment:
    """With `mask_zero` a 0 is filling."""
    return "makes" if options.get("mask_zero") else "stops"


_LOOKED_UP = "(…) whole numbers → (…, output_dim)"

LAYERS = (
    Layer(
        name="Embedding",
        meaning="looks up a learned vector for every whole number",
        shape_words=_LOOKED_UP,
        rule=embedding,
        example={"input_dim": 10_000, "output_dim": 64},
        mask=zero_mask,
        traits=traits("any scale"),
    ),
    Layer(
        name="ReversibleEmbedding",
        meaning="as Embedding; its way back, to scores, cannot be used: take a Dense",
        shape_words=_LOOKED_UP,
        rule=reversible_embedding,
        example={"input_dim": 10_000, "output_dim": 64},
        mask=zero_mask,
    ),
)
