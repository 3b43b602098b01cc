"""What other tools call Keras's options and classes, but for layers: for each word what a spec writes."""

import re
from collections.abc import Container, Mapping

from nettool.vocabulary.keras_names import Family

CROSS_ENTROPIES = frozenset(
    {
        *("crossentropy", "cross_entropy", "crossentropyloss", "cross_entropy_loss", "ce", "xent"),
        *("nll", "nllloss", "nll_loss", "log_loss", "logloss", "softmax_crossentropy"),
    }
)
"""The loss whose name says nothing of how many classes there are."""

_LOSSES: Mapping[str, object] = {
    **dict.fromkeys(("bceloss", "binary_cross_entropy", "binary_cross_entropy_loss"), "binary_crossentropy"),
    **{
        key: {"loss": "BinaryCrossentropy", "from_logits": True}
        for key in ("bcewithlogitsloss", "bce_with_logits")
    },
    **dict.fromkeys(
        (
            "mseloss",
            "mse_loss",
            "l2",
            "l2loss",
            "l2_loss",
            "squared_error",
            "rmse",
            "root_mean_squared_error",
        ),
        "mse",
    ),
    **dict.fromkeys(("l1loss", "mae_loss", "l1", "l1_loss", "absolute_error"), "mae"),
    **dict.fromkeys(("smoothl1loss", "smooth_l1", "smooth_l1_loss", "huberloss"), "huber"),
    **dict.fromkeys(("kl", "kldivloss", "kl_div", "kl_loss"), "kl_divergence"),
    **dict.fromkeys(("focal", "focal_loss", "focalloss"), "categorical_focal_crossentropy"),
    **dict.fromkeys(("dice_loss", "diceloss"), "dice"),
}
_METRICS: Mapping[str, object] = {
    **{key: {"metric": "F1Score", "average": "macro"} for key in ("f1", "f1score", "f_1", "f1-score")},
    **dict.fromkeys(("rmse", "root_mse"), "root_mean_squared_error"),
    **dict.fromkeys(("roc_auc", "auroc", "roc", "rocauc", "auc_roc"), "auc"),
    **{key: {"metric": "AUC", "curve": "PR"} for key in ("pr_auc", "auprc", "average_precision")},
    **dict.fromkeys(("r2", "r_2", "r_squared"), "r2_score"),
    **dict.fromkeys(("sensitivity", "tpr"), "recall"),
    "ppv": "precision",
    **dict.fromkeys(("mean_error", "l1"), "mae"),
    **dict.fromkeys(("l2", "squared_error"), "mse"),
    "pearson": "pearson_correlation",
}
_OPTIMIZERS: Mapping[str, object] = {
    **{key: {"optimizer": "SGD", "momentum": 0.9} for key in ("momentum", "sgdm")},
    **dict.fromkeys(("gd", "gradient_descent", "gradientdescent"), "sgd"),
    **dict.fromkeys(("rms", "rms_prop"), "rmsprop"),
}
_INITIALIZERS: Mapping[str, object] = {
    **dict.fromkeys(("xavier", "xavier_uniform", "xavieruniform", "glorot"), "glorot_uniform"),
    **dict.fromkeys(("xavier_normal", "xaviernormal"), "glorot_normal"),
    **dict.fromkeys(("kaiming", "kaiming_normal", "he"), "he_normal"),
    "kaiming_uniform": "he_uniform",
    "gaussian": "random_normal",
    "lecun": "lecun_normal",
}
_REGULARIZERS: Mapping[str, object] = {
    **dict.fromkeys(("ridge", "weight_decay", "l_2"), "l2"),
    **dict.fromkeys(("lasso", "l_1"), "l1"),
    **dict.fromkeys(("elastic_net", "l1_l2"), "l1l2"),
}
_BY_FAMILY: Mapping[Family, Mapping[str, object]] = {
    "losses": _LOSSES,
    "metrics": _METRICS,
    "optimizers": _OPTIMIZERS,
    "initializers": _INITIALIZERS,
    "regularizers": _REGULARIZERS,
}
_TOP = re.compile(r"top_?-?([0-9]{1,3})(_acc|_accuracy)?")

_OPTIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("out_features", "neurons", "hidden_size", "hidden_units", "num_units"), ("units",)),
    **dict.fromkeys(("n_units", "hidden_dim", "num_hidden", "nodes"), ("units",)),
    **dict.fromkeys(("size", "output_size", "out"), ("units", "pool_size")),
    **dict.fromkeys(("output_dim", "features"), ("units", "filters")),
    **dict.fromkeys(("out_channels", "channels", "num_filters", "n_filters", "kernels"), ("filters",)),
    **dict.fromkeys(("stride", "step"), ("strides",)),
    **dict.fromkeys(("kernel", "kernel_shape", "filter_size", "window"), ("kernel_size", "pool_size")),
    **dict.fromkeys(("kernel_size", "pool", "window_size"), ("pool_size",)),
    "dilation": ("dilation_rate",),
    **dict.fromkeys(("p", "prob", "probability", "dropout", "dropout_rate", "drop_prob"), ("rate",)),
    **dict.fromkeys(("act", "nonlinearity", "activation_fn", "act_fn"), ("activation",)),
    "bias": ("use_bias",),
    "pad": ("padding",),
    "eps": ("epsilon",),
    **dict.fromkeys(("vocab_size", "num_embeddings", "vocabulary_size"), ("input_dim",)),
    **dict.fromkeys(("embedding_dim", "embed_dim", "embedding_size"), ("output_dim",)),
    **dict.fromkeys(("heads", "n_heads", "nhead"), ("num_heads",)),
    "shape": ("target_shape",),
    **dict.fromkeys(("regularizer", "kernel_reg", "weight_regularizer"), ("kernel_regularizer",)),
    **dict.fromkeys(
        ("initializer", "init", "weight_init", "kernel_init", "weight_initializer"), ("kernel_initializer",)
    ),
    **dict.fromkeys(("constraint", "weight_constraint"), ("kernel_constraint",)),
    **dict.fromkeys(("lr", "learningrate", "initial_learning_rate", "eta"), ("learning_rate",)),
    **dict.fromkeys(("wd", "decay"), ("weight_decay",)),
    **dict.fromkeys(("input", "inputs", "bottom", "inbound", "source", "sources"), ("from",)),
    **dict.fromkeys(("layer", "cell", "wrapped"), ("of",)),
}
FOLLOWS = frozenset({"input_shape", "batch_input_shape", "in_features", "in_channels", "input_size"})
"""Options of other tools for what follows from the input."""


def other_class(family: Family, written: str) -> object | None:
    """What a spec writes for a class of another tool's: a name, or a mapping; None for other words.

    For layers see `nettool.layers.catalogue.other_layer`.
    """
    word = written.lower()
    top = _TOP.fullmatch(word) if family == "metrics" else None
    if top is not None:
        return {"metric": "TopKCategoricalAccuracy", "k": int(top[1])}
    return _BY_FAMILY.get(family, {}).get(word)


def other_option(written: str, legal: Container[str]) -> str | None:
    """The legal option that another tool's word stands for."""
    return next((each for each in _OPTIONS.get(written.lower(), ()) if each in legal), None)
