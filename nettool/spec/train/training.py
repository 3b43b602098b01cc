"""The section `train`: how a network is trained. Each key stands here, and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nettool.kinds.kind import Flag, Number, Whole, Word
from nettool.kinds.time_span import TimeSpan
from nettool.spec.keys.key import key
from nettool.spec.train.class_weights import ClassWeights, Weights
from nettool.spec.train.monitoring import Best, EarlyStopping, Monitored, Monitoring, ReduceLearningRate
from nettool.spec.train.optimizer import Optimizer, OptimizerKind

Precision = Literal["float32", "mixed_float16", "mixed_bfloat16"]

LARGEST_SEED = 2**32 - 1

_COUNT = Whole(1)
_PRECISION = Word(
    ("float32", "mixed_float16", "mixed_bfloat16"),
    others=(
        *((word, "float32") for word in ("fp32", "float", "single", "32")),
        *((word, "mixed_float16") for word in ("fp16", "float16", "half", "16", "mixed", "16-mixed")),
        *((word, "mixed_bfloat16") for word in ("bf16", "bfloat16", "bf16-mixed")),
    ),
)


@dataclass(frozen=True, slots=True)
class Training:
    """How to train. `validation_split` is the share of the training set that is left for validation.

    `class_weights` are by output, None standing for all that aim at a label. `best` decides which epoch is
    the best (None: the lowest loss). `max_time` is in seconds; `limit_steps` counts steps, `overfit` samples.
    """

    optimizer: Optimizer = key(
        OptimizerKind(),
        made=Optimizer,
        meaning="A Keras optimizer by its name, or a mapping with its name and options.",
        example="{optimizer: SGD, learning_rate: 0.02, momentum: 0.5}",
        usual="`Adam`",
        others=("opt", "optim"),
    )
    epochs: int = key(
        _COUNT,
        default=10,
        meaning="How often all training samples are used.",
        example="20",
        others=("num_epochs", "n_epochs", "max_epochs", "nb_epoch"),
    )
    batch_size: int = key(
        _COUNT,
        default=32,
        meaning="The samples of one step; the last batch of an epoch may be smaller.",
        example="64",
        others=("bs", "batch", "batchsize", "minibatch_size"),
    )
    validation_split: float = key(
        Number(0.0, 1.0, below=True),
        default=0.1,
        meaning="The share of the training set that is left for validation, drawn by the seed; 0 for none.",
        example="0.2",
        others=(
            *("val_split", "valid_split", "validation", "validation_data", "valid_size"),
            *("validation_fraction", "val_size", "val_fraction"),
        ),
    )
    class_weights: Mapping[str | None, Weights] = key(
        ClassWeights(),
        made=dict,
        meaning="How much samples count in the loss by their class: balanced, numbers, or these by output.",
        example="{cat: 2, dog: 1}",
    )
    early_stopping: EarlyStopping | None = key(
        Monitoring(EarlyStopping),
        default=None,
        meaning="Training ends when a metric does not improve any more; {} for the defaults.",
        example="{monitor: val_loss, patience: 5}",
        others=("early_stop", "earlystopping"),
    )
    reduce_learning_rate: ReduceLearningRate | None = key(
        Monitoring(ReduceLearningRate),
        default=None,
        meaning="The learning rate is reduced when a metric does not improve any more; {} for the defaults.",
        example="{factor: 0.5, patience: 3}",
        others=("reduce_lr", "reduce_lr_on_plateau", "reduce_on_plateau"),
    )
    best: Monitored | None = key(
        Best(Monitored),
        default=None,
        meaning="The metric or loss that decides which epoch is the best.",
        example="val_accuracy",
        usual="what `early_stopping` monitors, otherwise `val_loss`",
    )
    precision: Precision = key(
        _PRECISION,
        default="float32",
        meaning="The type of the numbers within the network; mixed: computed in 16 bits, weights in 32.",
        example="mixed_bfloat16",
    )
    max_time: float | None = key(
        TimeSpan(),
        default=None,
        meaning="Training ends after the step in which this time is over.",
        example="1 h 30 min",
        others=("time_limit", "timeout", "max_duration"),
    )
    limit_steps: int | None = key(
        _COUNT,
        default=None,
        meaning="At most so many steps: whole epochs, or the first steps of one.",
        example="100",
        others=("max_steps", "steps"),
    )
    overfit: int | None = key(
        _COUNT,
        default=None,
        meaning="Overfit check: train and validate on the same few samples, so many.",
        example="20",
    )
    tensorboard: bool = key(
        Flag(),
        default=False,
        meaning="Also write the metrics for TensorBoard, into the run's folder `tensorboard`.",
        example="true",
    )
    deterministic: bool = key(
        Flag(),
        default=False,
        meaning="Refuse operations that may differ between two runs on one machine.",
        example="true",
    )
    seed: int = key(
        Whole(0, LARGEST_SEED),
        default=0,
        meaning="Decides the initial weights, the validation set, the order of every epoch, and Dropout.",
        example="1",
        others=("random_seed", "random_state"),
    )
