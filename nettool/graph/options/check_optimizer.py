"""The optimizer of `train:`: its name, its options, and those that Keras does not take together."""

from collections.abc import Mapping

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.graph.options.check_options import check_options
from nettool.graph.options.class_advice import class_advice
from nettool.graph.options.option_values import option_values
from nettool.spec.train.optimizer import Optimizer
from nettool.spec.yaml.located import Name, Option
from nettool.spec.yaml.tree import part
from nettool.vocabulary.keras_names import canonical, optimizers

CLIPPING = ("clipnorm", "clipvalue", "global_clipnorm")


def check_optimizer(name: Name, written: Mapping[str, Option], findings: Findings) -> Optimizer | None:
    """The optimizer, or None (and diagnostics)."""
    before = findings.error_count
    found = canonical("optimizers", name.value)
    if found is None:
        help_text = class_advice("optimizers", name.value, in_mapping=bool(written))
        findings.add(Diagnostic("NT404", f"there is no optimizer `{name.value}`", name.span, help=help_text))
        return None
    values = option_values(written, {}, findings)
    if values.keys() == written.keys():
        check_options("optimizers", found, optimizers()[found], written, values, findings)
    if findings.error_count > before:
        return None
    _check_clipping(found, written, values, findings)
    _check_pieces(written, values, findings)
    return Optimizer(found, values)


def _check_clipping(
    owner: str, written: Mapping[str, Option], values: Mapping[str, object], findings: Findings
) -> None:
    said = [written[key] for key in CLIPPING if values.get(key) is not None]
    if len(said) > 1:
        first, second = said[0], said[1]
        findings.add(
            Diagnostic(
                "NT214",
                f"`{owner}` clips gradients in one way, not by `{first.name.value}` and "
                f"`{second.name.value}` at once",
                second.name.span,
                labels=(Label(first.name.span, "first here"),),
                help="keep one of them",
            )
        )


def _check_pieces(written: Mapping[str, Option], values: Mapping[str, object], findings: Findings) -> None:
    """A piecewise constant learning rate has one value more than boundaries."""
    rate = values.get("learning_rate")
    if not isinstance(rate, Mapping):
        return
    boundaries, pieces = rate.get("boundaries"), rate.get("values")
    if isinstance(boundaries, list) and isinstance(pieces, list) and len(pieces) != len(boundaries) + 1:
        place = part(written["learning_rate"].value, ("values",))
        findings.add(
            Diagnostic(
                "NT214",
                f"{len(boundaries)} {'boundary makes' if len(boundaries) == 1 else 'boundaries make'} "
                f"{len(boundaries) + 1} pieces, but `values` has {len(pieces)}",
                place.span,
                help="give a learning rate for before the first boundary, between them, and after the last",
            )
        )
