"""Embedding: numbers of words become vectors."""

from nettool.layers.outcome import Outcome, Shape, Weight
from nettool.layers.reading import Options, number_of


def embedding(shapes: tuple[Shape, ...], options: Options) -> Outcome | None:
    """A vector of `output_dim` for each number, from a table of `input_dim` rows."""
    if options["lora_rank"] is not None or options["quantization_config"] is not None:
        return None
    rows, width = number_of(options, "input_dim"), number_of(options, "output_dim")
    return Outcome((*shapes[0], width), (Weight("embeddings", (rows, width)),))


RULES = {"Embedding": embedding}
