"""The kinds of the options of everything but layers: losses, metrics, optimizers, initializers and so on."""

from collections.abc import Mapping
from functools import cache

from nettool.kinds.kind import Flag, Kind, NamePart, Number, Whole, Word
from nettool.kinds.list_kinds import Either, ListOf, Optional
from nettool.kinds.step_count import StepCount
from nettool.vocabulary import keras_names
from nettool.vocabulary.keras_names import Family
from nettool.vocabulary.layer_options import (
    ABOVE_ZERO,
    ACTIVATION,
    ANYTHING,
    AT_LEAST_ZERO,
    AXES,
    FLOATS,
    NUMBER,
    NUMBER_OR_NUMBERS,
    POSITIVE,
    SHARE,
    WHOLE,
)
from nettool.vocabulary.named_kind import Named

LOSSES: Mapping[str, Kind] = {
    **dict.fromkeys(("label_smoothing", "alpha"), SHARE),
    **dict.fromkeys(("beta", "gamma", "margin"), AT_LEAST_ZERO),
    "axis": Optional(AXES),
    "delta": ABOVE_ZERO,
    "dtype": FLOATS,
    "ignore_class": Optional(WHOLE),
    "q": Number(0.0, 1.0, above=True, below=True),
    "reduction": Word(("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight")),
}

METRICS: Mapping[str, Kind] = {
    **dict.fromkeys(("label_smoothing", "recall", "precision", "sensitivity", "specificity"), SHARE),
    **dict.fromkeys(("k", "num_classes"), POSITIVE),
    **dict.fromkeys(("top_k", "num_labels"), Optional(POSITIVE)),
    **dict.fromkeys(("class_id", "ignore_class"), Optional(WHOLE)),
    "average": Optional(Word(("micro", "macro", "weighted"))),
    "axis": AXES,
    "beta": ABOVE_ZERO,
    "class_aggregation": Optional(Word(("uniform_average", "variance_weighted_average"))),
    "curve": Word(("ROC", "PR")),
    "dtype": FLOATS,
    "label_weights": Optional(ListOf(NUMBER, "numbers", fewest=1)),
    "num_regressors": WHOLE,
    "num_thresholds": Whole(2),
    "summation_method": Word(("interpolation", "minoring", "majoring")),
    "target_class_ids": ListOf(WHOLE, "whole numbers", fewest=1),
    "threshold": Optional(NUMBER),
    "thresholds": Optional(SHARE),
}

OPTIMIZERS: Mapping[str, Kind] = {
    **dict.fromkeys(
        ("beta_1", "beta_2", "adam_beta_1", "adam_beta_2", "rho", "momentum", "ema_momentum"), SHARE
    ),
    **dict.fromkeys(("epsilon", "epsilon_1", "epsilon_2", "clip_threshold", "beta"), AT_LEAST_ZERO),
    **dict.fromkeys(("initial_accumulator_value", "adam_weight_decay", "adam_lr_ratio"), AT_LEAST_ZERO),
    **dict.fromkeys(("l1_regularization_strength", "l2_regularization_strength"), AT_LEAST_ZERO),
    **dict.fromkeys(("l2_shrinkage_regularization_strength", "rms_rate"), AT_LEAST_ZERO),
    **dict.fromkeys(("beta_2_decay", "learning_rate_power", "muon_a", "muon_b", "muon_c"), NUMBER),
    **dict.fromkeys(("clipnorm", "clipvalue", "global_clipnorm", "loss_scale_factor"), Optional(ABOVE_ZERO)),
    "ema_overwrite_frequency": Optional(POSITIVE),
    "gradient_accumulation_steps": Optional(Whole(2)),
    "exclude_layers": Optional(ListOf(NamePart(), "layer names")),
    "ns_steps": POSITIVE,
    "warmup_steps": StepCount(0),
    "weight_decay": Optional(AT_LEAST_ZERO),
}

SCHEDULES: Mapping[str, Kind] = {
    **dict.fromkeys(("initial_learning_rate", "end_learning_rate", "alpha"), AT_LEAST_ZERO),
    **dict.fromkeys(("decay_rate", "power", "t_mul", "m_mul"), AT_LEAST_ZERO),
    "boundaries": ListOf(StepCount(0), "steps or epochs", fewest=1),
    "decay_steps": Optional(StepCount(1)),
    "first_decay_steps": StepCount(1),
    "warmup_steps": StepCount(0),
    "values": ListOf(AT_LEAST_ZERO, "numbers", fewest=2),
    "warmup_target": Optional(AT_LEAST_ZERO),
}

INITIALIZERS: Mapping[str, Kind] = {
    **dict.fromkeys(("gain", "mean", "minval", "maxval"), NUMBER),
    **dict.fromkeys(("input_axes", "output_axes"), Optional(AXES)),
    "distribution": Word(("truncated_normal", "untruncated_normal", "uniform", "normal")),
    "mode": Word(("fan_in", "fan_out", "fan_avg")),
    "scale": ABOVE_ZERO,
    "scaling": Optional(Word(("density", "spectrum"))),
    "seed": Optional(WHOLE),
    "side": Word(("real", "imag")),
    "stddev": AT_LEAST_ZERO,
    "value": NUMBER_OR_NUMBERS,
    "window": ANYTHING,
}

REGULARIZERS: Mapping[str, Kind] = {
    **dict.fromkeys(("l1", "l2", "factor"), AT_LEAST_ZERO),
    "mode": Word(("rows", "columns")),
}

CONSTRAINTS: Mapping[str, Kind] = {
    **dict.fromkeys(("max_value", "min_value"), AT_LEAST_ZERO),
    "axis": AXES,
    "rate": SHARE,
}

APPLICATIONS: Mapping[str, Kind] = {
    **dict.fromkeys(("dropout", "dropout_rate"), SHARE),
    **dict.fromkeys(("classes", "depth_multiplier"), POSITIVE),
    "alpha": ABOVE_ZERO,
    "classifier_activation": ACTIVATION,
    "pooling": Optional(Word(("avg", "max"))),
}

BY_FAMILY: Mapping[Family, Mapping[str, Kind]] = {
    "losses": LOSSES,
    "metrics": METRICS,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "initializers": INITIALIZERS,
    "regularizers": REGULARIZERS,
    "constraints": CONSTRAINTS,
    "applications": APPLICATIONS,
}

BY_CLASS: Mapping[tuple[Family, str, str], Kind] = {
    ("losses", "CategoricalFocalCrossentropy", "alpha"): NUMBER_OR_NUMBERS,
    ("metrics", "AUC", "thresholds"): Optional(ListOf(SHARE, "numbers from 0 to 1", fewest=1)),
    ("metrics", "BinaryIoU", "threshold"): NUMBER,
    ("metrics", "BinaryAccuracy", "threshold"): NUMBER,
    ("optimizers", "AdamW", "weight_decay"): AT_LEAST_ZERO,
    ("optimizers", "Ftrl", "learning_rate_power"): Number(highest=0.0),
    ("optimizers", "Lion", "beta_1"): Number(0.0, 1.0, above=True),
    ("optimizers", "Muon", "weight_decay"): AT_LEAST_ZERO,
}


@cache
def training_kind_of(family: Family, class_name: str, option_name: str) -> Kind:
    """The kind of an option. Raises KeyError for an option that the class does not have."""
    definition = keras_names.definitions(family)[class_name].options[option_name]
    special = BY_CLASS.get((family, class_name, option_name))
    if special is not None:
        return special
    if option_name == "learning_rate" and family == "optimizers":
        return Either((ABOVE_ZERO, Named("schedules", "schedule", training_kind_of, bare=False)))
    if isinstance(definition.default, bool):
        return Flag()
    return BY_FAMILY[family][option_name]


INITIALIZER = Named("initializers", "initializer", training_kind_of)
REGULARIZER = Named("regularizers", "regularizer", training_kind_of)
CONSTRAINT = Named("constraints", "constraint", training_kind_of)
