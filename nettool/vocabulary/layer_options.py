"""The kinds of the layers' options by option name; the exceptions stand with the layers."""

from collections.abc import Mapping

from nettool.kinds.kind import Anything, Flag, Kind, Number, Text, Whole, Word
from nettool.kinds.list_kinds import Either, ListOf, Optional, Permutation, Sizes, TargetShape
from nettool.vocabulary.keras_names import activations

ANYTHING = Anything()
FLAG = Flag()
TEXT = Text()
WHOLE = Whole()
POSITIVE = Whole(1)
NUMBER = Number()
SHARE = Number(0, 1)
AT_LEAST_ZERO = Number(0)
ABOVE_ZERO = Number(0, above=True)
AXES = Either((WHOLE, ListOf(WHOLE, "whole numbers", fewest=1)))
ACTIVATION = Optional(Word(activations(), "the name of an activation"))
DATA_FORMAT = Optional(Word(("channels_last", "channels_first")))
VALID_OR_SAME = Word(("valid", "same"))
SHARE_OR_RANGE = Either((SHARE, ListOf(SHARE, "such numbers", count=2)))
SIGNED_SHARE = Number(-1, 1)
SIGNED_OR_RANGE = Either((SIGNED_SHARE, ListOf(SIGNED_SHARE, "such numbers", count=2)))
ZOOM = Number(-1, 1, above=True)
ZOOM_OR_RANGE = Either((ZOOM, ListOf(ZOOM, "such numbers", count=2)))
BITS = Whole(1, 8)
NUMBER_OR_NUMBERS = Either((NUMBER, ListOf(NUMBER, "numbers", fewest=1)))
TENSOR_TYPES = (
    *("float32", "float16", "bfloat16", "float64"),
    *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool", "string"),
)
DTYPE = Optional(Word((*TENSOR_TYPES, "mixed_float16", "mixed_bfloat16"), "the name of a data type"))
FLOATS = Optional(Word(("float16", "bfloat16", "float32", "float64"), "the name of a type of fractions"))
COUNTED_OR_CODED = Word(("int", "one_hot", "multi_hot", "count", "tf_idf"))
CODED = Word(("int", "one_hot", "multi_hot", "count"))

BY_NAME: Mapping[str, Kind] = {
    **dict.fromkeys(("activation", "recurrent_activation"), ACTIVATION),
    **dict.fromkeys(("filters", "units", "input_dim", "output_dim", "depth_multiplier", "n"), POSITIVE),
    **dict.fromkeys(("num_heads", "key_dim", "head_dim", "num_query_heads", "num_key_value_heads"), POSITIVE),
    **dict.fromkeys(
        ("height", "width", "bins", "num_bins", "num_chains", "chain_depth", "num_ops"), POSITIVE
    ),
    **dict.fromkeys(
        ("max_number", "power_iterations", "fft_length", "frame_length", "sequence_stride"), POSITIVE
    ),
    **dict.fromkeys(("sampling_rate", "num_mel_bins", "groups"), POSITIVE),
    **dict.fromkeys(
        ("value_dim", "lora_rank", "sliding_window", "num_tokens", "max_tokens"), Optional(POSITIVE)
    ),
    **dict.fromkeys(("frame_step", "sequence_length", "output_sequence_length"), Optional(POSITIVE)),
    **dict.fromkeys(("rate", "stddev", "dropout", "recurrent_dropout"), SHARE),
    **dict.fromkeys(("momentum", "renorm_momentum"), SHARE),
    **dict.fromkeys(("epsilon", "negative_slope", "threshold", "l1", "l2"), AT_LEAST_ZERO),
    **dict.fromkeys(("min_freq", "top_db", "mag_exp", "min_power", "ref_power", "clip_limit"), AT_LEAST_ZERO),
    **dict.fromkeys(("max_value", "max_freq"), Optional(AT_LEAST_ZERO)),
    **dict.fromkeys(("lora_alpha", "logit_soft_cap"), Optional(NUMBER)),
    **dict.fromkeys(("alpha", "fill_value", "mask_value"), NUMBER),
    **dict.fromkeys(("factor", "x_factor", "y_factor", "sigma", "scale"), SHARE_OR_RANGE),
    **dict.fromkeys(("addition_factor", "threshold_factor"), SHARE_OR_RANGE),
    **dict.fromkeys(("height_factor", "width_factor"), SIGNED_OR_RANGE),
    **dict.fromkeys(("contrast_factor", "hue_factor"), Optional(SHARE_OR_RANGE)),
    **dict.fromkeys(("brightness_factor", "saturation_factor"), Optional(SIGNED_OR_RANGE)),
    **dict.fromkeys(("kernel_size", "strides", "pool_size", "size", "output_size"), Sizes(2)),
    **dict.fromkeys(("dilation_rate", "tile_grid_size"), Sizes(2)),
    **dict.fromkeys(("dtype", "reverse_dtype"), DTYPE),
    **dict.fromkeys(("equation", "filepath", "call_endpoint", "encoding"), TEXT),
    **dict.fromkeys(("call_training_endpoint", "bias_axes"), Optional(TEXT)),
    **dict.fromkeys(("mean", "variance", "vocabulary", "idf_weights", "mask_token", "oov_token"), ANYTHING),
    **dict.fromkeys(("salt", "ngrams", "renorm_clipping"), ANYTHING),
    "attention_axes": Optional(AXES),
    "axes": Either((WHOLE, ListOf(WHOLE, "whole numbers", count=2))),
    "axis": AXES,
    "bin_boundaries": Optional(ListOf(NUMBER, "numbers", fewest=1)),
    "data_format": DATA_FORMAT,
    "dims": Permutation(),
    "fill_mode": Word(("constant", "nearest", "reflect", "wrap")),
    "flash_attention": Optional(FLAG),
    "gptq_unpacked_column_size": Optional(POSITIVE),
    "interpolation": Word(("bilinear", "nearest")),
    "merge_mode": Optional(Word(("concat", "sum", "mul", "ave"))),
    "noise_shape": Optional(ListOf(Optional(POSITIVE), "positive whole numbers or null", fewest=1)),
    "num_oov_indices": Whole(0),
    "offset": NUMBER_OR_NUMBERS,
    "oov_method": Word(("floormod", "farmhash")),
    "output_mode": COUNTED_OR_CODED,
    "output_shape": Optional(
        Either((POSITIVE, ListOf(Optional(POSITIVE), "positive whole numbers", fewest=1)))
    ),
    "padding": VALID_OR_SAME,
    "scaling": Optional(Word(("density", "spectrum"))),
    "quantization_config": Optional(Word(("int8", "int4", "float8"))),
    "score_mode": Word(("dot", "concat")),
    "seed": Optional(WHOLE),
    "shared_axes": Optional(Either((POSITIVE, ListOf(POSITIVE, "positive whole numbers")))),
    "split": Optional(Word(("whitespace", "character"))),
    "standardize": Optional(Word(("lower_and_strip_punctuation", "lower", "strip_punctuation"))),
    "target_shape": TargetShape(),
    "use_cudnn": Either((Word(("auto",)), FLAG)),
    "value_range": ListOf(NUMBER, "numbers", count=2),
    "vocabulary_dtype": Word(("int64", "int32")),
    "window": Optional(TEXT),
}

SPATIAL = ("kernel_size", "strides", "pool_size", "dilation_rate", "size", "output_size")
"""Options with one number for each axis of a layer that has its rank in its name (`Conv2D`)."""
