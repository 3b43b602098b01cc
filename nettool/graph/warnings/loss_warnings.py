"""Warnings about a loss: do the values that its output gives mean what the loss takes them for?"""

from collections.abc import Callable

from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.diagnostics.source import Span
from nettool.graph.check.last_function import SHARES, LastFunction
from nettool.graph.objectives import Loss
from nettool.graph.warnings.subject import Subject, warning
from nettool.vocabulary.keras_names import layers

_ONE_OF_MANY = ("CategoricalCrossentropy", "CategoricalFocalCrossentropy", "SparseCategoricalCrossentropy")
_YES_OR_NO = ("BinaryCrossentropy", "BinaryFocalCrossentropy")
_CLASS_LOSSES = (*_ONE_OF_MANY, *_YES_OR_NO)
_SIGMOIDS = frozenset({"sigmoid", "hard_sigmoid", "sparse_sigmoid"})
_RECTIFIERS = frozenset({"relu", "relu6"})
_NEVER_BELOW_ZERO = frozenset({"exponential", "softplus", "squareplus", "sparse_plus"})

LossWarning = Callable[[Subject, Loss, LastFunction], Diagnostic | None]


def activated_logits(subject: Subject, loss: Loss, last: LastFunction) -> Diagnostic | None:
    """Softmax or sigmoid before a loss that applies it itself."""
    if not _takes_logits(loss) or last.name not in _SIGMOIDS | SHARES:
        return None
    return warning(
        "NT410",
        f"`{loss.output}` ends in {last.name}, but its loss expects logits, the values before {last.name}",
        _place(subject, last),
        f"{last.name} here",
        (Label(_logits_span(subject, loss), "takes logits"),),
        _one_of_two(last),
    )


def rectified_answer(subject: Subject, loss: Loss, last: LastFunction) -> Diagnostic | None:
    """ReLU at the end of a classifier."""
    if last.name not in _RECTIFIERS or loss.name not in _CLASS_LOSSES:
        return None
    logits, shares = "logits need no activation: delete it", _activate(last, _wanted(loss))
    return warning(
        "NT413",
        f"`{loss.output}` ends in {last.name}: the scores of its classes cannot go below 0",
        _place(subject, last),
        labels=(Label(loss.span, "a classifier's loss"),),
        advice=logits if _takes_logits(loss) else shares,
    )


def separate_classes(subject: Subject, loss: Loss, last: LastFunction) -> Diagnostic | None:
    """Sigmoids, each for itself, under a loss for one class out of many."""
    if last.name not in _SIGMOIDS or loss.name not in _ONE_OF_MANY:
        return None
    return warning(
        "NT412",
        f"`{loss.output}` has a {last.name} for each class, but `{loss.name}` needs probabilities that "
        "sum to 1",
        _place(subject, last),
        labels=(Label(loss.span, "one class out of many"),),
        advice=f"{_activate(last, 'softmax')}; where several classes may hold at once, the loss is "
        "`binary_crossentropy`",
    )


def shares_taken_apart(subject: Subject, loss: Loss, last: LastFunction) -> Diagnostic | None:
    """A softmax under a loss that asks each unit for itself. Of two units it comes to the same."""
    shape = last.node.shape
    if last.name not in SHARES or loss.name not in _YES_OR_NO or shape is None or (shape[-1] or 0) < 3:
        return None
    return warning(
        "NT417",
        f"the probabilities of `{loss.output}` sum to 1, but `{loss.name}` treats each of its "
        f"{shape[-1]} units separately",
        _place(subject, last),
        f"{last.name} here",
        (Label(loss.span, "yes or no for each unit"),),
        f"write `{loss.output}: categorical_crossentropy` under `losses:`; where several classes may hold at "
        "once, the activation is `sigmoid`",
    )


def no_probabilities(subject: Subject, loss: Loss, last: LastFunction) -> Diagnostic | None:
    """Any numbers where the loss takes probabilities."""
    allowed = _SIGMOIDS | SHARES | (_NEVER_BELOW_ZERO if loss.name in _ONE_OF_MANY else frozenset())
    if loss.name not in _CLASS_LOSSES or _takes_logits(loss) or last.name in allowed:
        return None
    ending = "has no activation" if last.name == "linear" else f"ends in {last.name}"
    return warning(
        "NT411",
        f"`{loss.output}` {ending}, but `{loss.name}` takes probabilities",
        _place(subject, last),
        "gives any numbers",
        (Label(loss.span, "takes probabilities"),),
        f"{_activate(last, _wanted(loss))}, or give the loss `from_logits: true`",
    )


LOSS_WARNINGS: tuple[LossWarning, ...] = (
    activated_logits,
    rectified_answer,
    separate_classes,
    shares_taken_apart,
    no_probabilities,
)
"""At most one of them speaks of a loss: the first."""


def _takes_logits(loss: Loss) -> bool:
    return loss.options.get("from_logits") is True


def _one_of_two(last: LastFunction) -> str:
    """What goes where an activation stands before a loss that applies it itself."""
    if last.node.operation == "Activation" or "activation" not in layers()[last.node.operation].options:
        return f"delete one of the two: `{last.node.name}` or `from_logits`"
    return "leave `activation` out, or `from_logits` at the loss"


def _activate(last: LastFunction, function: str) -> str:
    """What the last layer is to say; one that is no more than its function becomes an Activation."""
    definition = layers().get(last.node.operation)
    if definition is None or "activation" in definition.options:
        return f"write `activation: {function}`"
    return f"write `layer: Activation` and `activation: {function}`"


def _wanted(loss: Loss) -> str:
    return "softmax" if loss.name in _ONE_OF_MANY else "sigmoid"


def _place(subject: Subject, last: LastFunction) -> Span:
    return subject.option_span(last.node, "activation")


def _logits_span(subject: Subject, loss: Loss) -> Span:
    written = subject.written(loss)
    option = None if written is None else written.options.get("from_logits")
    return loss.span if option is None else option.name.span
