"""What training monitors: when it ends early, when the learning rate is reduced, which epoch is the best."""

from dataclasses import dataclass
from typing import Literal

from nettool.diagnostics.diagnostic import Findings
from nettool.kinds.kind import Flag, Name, Number, Whole, Word
from nettool.spec.keys.key import key, keys_of
from nettool.spec.keys.known_keys import known_keys
from nettool.spec.keys.read_section import Nested
from nettool.spec.keys.values import text, wrong_value
from nettool.spec.yaml.tree import Mapping, Scalar, Tree

Mode = Literal["auto", "min", "max"]

_EPOCHS = Whole(0)
_AMOUNT = Number(0.0)
_METRIC = Name("the name of a metric or a loss, such as `val_accuracy`")


@dataclass(frozen=True, slots=True)
class Monitored:
    """A metric or a loss of the run, and whether less or more of it is better.

    Once the spec has been checked, `monitor` is one that the run will have, and `mode` is min or max.
    """

    monitor: str = key(
        _METRIC,
        default="val_loss",
        meaning="The metric or loss that is monitored.",
        example="val_accuracy",
        usual="`val_loss`, or `loss` without a validation set",
    )
    mode: Mode = key(
        Word(("auto", "min", "max")),
        default="auto",
        meaning="Whether less (min) or more (max) is better; auto: as nettool knows it of the metric.",
        example="max",
    )


@dataclass(frozen=True, slots=True)
class EarlyStopping(Monitored):
    """Training ends after `patience` epochs without an improvement of more than `min_delta`.

    With `restore_best` the network ends with the weights of its best epoch, whether it was stopped or not.
    """

    patience: int = key(
        _EPOCHS,
        default=5,
        meaning="Training ends after so many epochs without an improvement.",
        example="3",
    )
    min_delta: float = key(
        _AMOUNT,
        default=0.0,
        meaning="A smaller change is no improvement.",
        example="0.01",
        others=("delta", "threshold", "min_change"),
    )
    restore_best: bool = key(
        Flag(),
        default=True,
        meaning="The network ends with the weights of its best epoch.",
        example="false",
        others=("restore_best_weights",),
    )


@dataclass(frozen=True, slots=True)
class ReduceLearningRate(Monitored):
    """After `patience` epochs without an improvement the learning rate is multiplied by `factor`.

    Defaults as those of Keras's ReduceLROnPlateau. `cooldown` epochs after that do not count.
    """

    factor: float = key(
        Number(0.0, 1.0, below=True),
        default=0.1,
        meaning="The learning rate is multiplied by this.",
        example="0.5",
    )
    patience: int = key(
        _EPOCHS,
        default=10,
        meaning="The learning rate is reduced after so many epochs without an improvement.",
        example="3",
    )
    min_delta: float = key(
        _AMOUNT,
        default=1e-4,
        meaning="A smaller change is no improvement.",
        example="0.01",
        others=("delta", "threshold", "min_change"),
    )
    min_learning_rate: float = key(
        _AMOUNT,
        default=0.0,
        meaning="The learning rate does not become smaller than this.",
        example="1e-6",
        others=("min_lr",),
    )
    cooldown: int = key(
        _EPOCHS,
        default=0,
        meaning="So many epochs after a reduction do not count.",
        example="2",
    )


class Monitoring(Nested):
    """`early_stopping` and `reduce_learning_rate`: mappings whose keys may all be left out."""

    def advice(self, tree: Tree, what: str) -> str | None:
        """What to write instead of `true`, of a patience alone, or of a metric alone."""
        if not isinstance(tree, Scalar):
            return None
        if tree.value is False or tree.value is None:
            return f"leave `{what}` out, or write `{what}: {{}}` for the defaults"
        if type(tree.value) is int:
            return f"write `{what}: {{patience: {tree.text}}}`"
        if isinstance(tree.value, str):
            return f"write `{what}: {{monitor: {tree.text}}}`"
        return f"write `{what}: {{}}` for the defaults"


class Best(Nested):
    """`best: val_accuracy`, or a mapping that also says which way is better."""

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """What is monitored."""
        if not isinstance(tree, Mapping):
            name = text(tree, what, findings, _METRIC.description)
            return None if name is None else Monitored(name.value)
        if "monitor" not in known_keys(tree, keys_of(self.section), what, Findings()):
            wanted = "the name of a metric or a loss, or `{monitor: val_accuracy, mode: max}`"
            wrong_value(findings, tree, what, wanted)
        return super().read(tree, what, findings)
