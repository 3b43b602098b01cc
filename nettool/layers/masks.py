"""How each layer treats a mask: what goes with a sequence and says which of its steps are only filling."""

from typing import Literal, cast

from nettool.layers.inner import inner_layer
from nettool.layers.reading import Options, listed
from nettool.vocabulary.keras_names import WRAPPED

Treatment = Literal["makes", "passes", "merges", "stops", "reads", "ends"]
"""What a layer does with a mask.

makes:  there is one after it, whatever came before
passes: there is one after it if its first input has one
merges: there is one after it if all its inputs have one
stops:  there is none after it, and it looks at none itself
reads:  it leaves the filling out, and passes the mask on
ends:   it leaves the filling out, and makes one answer of all steps
"""

_PASS = frozenset(
    {
        *("Activation", "ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax", "Identity", "Dense"),
        *("ActivityRegularization", "Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise"),
        *("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
        *("BatchNormalization", "LayerNormalization", "GroupNormalization", "UnitNormalization"),
        *("Normalization", "Rescaling", "TimeDistributed"),
    }
)
_MERGE = frozenset({"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"})
_RECURRENT = frozenset({"SimpleRNN", "LSTM", "GRU", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"})

ATTENTION = frozenset({"Attention", "AdditiveAttention", "MultiHeadAttention", "GroupQueryAttention"})
"""They leave out what is filling in values and keys; the mask of the query, their first input, goes on."""

WITHOUT_MASK = frozenset({"GlobalMaxPooling1D", "AdaptiveMaxPooling1D", "AdaptiveAveragePooling1D"})
"""Layers that make few answers of all steps and cannot leave any out."""


_OVER_AXES = frozenset({"LayerNormalization", "UnitNormalization", "RMSNormalization"})


def treatment(layer: str, options: Options) -> Treatment:
    """What a layer (a class name) does with a mask; `options` are the written ones at least."""
    if layer == "Masking" or (layer.endswith("Embedding") and options.get("mask_zero")):
        return "makes"
    if layer in _PASS:
        return "passes"
    if layer in _MERGE:
        return "merges"
    if layer in ATTENTION:
        return "reads"
    if layer in _RECURRENT:
        return "reads" if options.get("return_sequences") else "ends"
    if layer == "Bidirectional":
        return treatment("RNN", inner_layer(options[WRAPPED]).written)
    return "ends" if layer == "GlobalAveragePooling1D" else "stops"


def joins_sequences(options: Options, rank: int) -> bool:
    """Whether a Concatenate puts sequences one behind the other, not their steps side by side."""
    return cast(int, options.get("axis", -1)) not in (-1, rank)


def mixes_steps(layer: str, options: Options, rank: int) -> bool:
    """Whether a layer that uses no mask makes what it gives out of all steps; `rank` leaves the batch out."""
    if layer in _OVER_AXES:
        return not {1, -rank}.isdisjoint(listed(options.get("axis", -1))) and rank > 1
    return layer in WITHOUT_MASK or layer == "GroupNormalization"


def turns_steps(layer: str, options: Options) -> bool:
    """Whether a layer gives the steps the other way round: Keras (3.15) hands the mask on as it was."""
    return layer in _RECURRENT and bool(options.get("go_backwards")) and bool(options.get("return_sequences"))
