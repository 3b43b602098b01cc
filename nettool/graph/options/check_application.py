"""`application: VGG19`: is there such a ready-made network, and has it these options?"""

from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.options.check_options import near_option
from nettool.graph.options.check_value import check_value
from nettool.graph.options.named_files import PUBLISHED
from nettool.graph.options.option_values import has_expression
from nettool.spec.network.entries import Entry
from nettool.spec.yaml.tree import Scalar, Tree, kind_name, plain
from nettool.vocabulary.keras_names import applications

ALSO = ("trainable",)


def check_application(entry: Entry, findings: Findings) -> None:
    """Report an unknown network, an option it does not have, and weights that are neither."""
    definition = applications().get(entry.target.value)
    if definition is None:
        message = f"Keras has no application `{entry.target.value}`"
        help_text = did_you_mean(entry.target.value, applications()) or f"it has {listing(applications())}"
        findings.add(Diagnostic("NT210", message, entry.target.span, help=help_text))
        return
    legal = (*definition.options, *ALSO)
    for key, option in entry.options.items():
        if key not in legal:
            message = f"`{definition.name}` has no option `{key}`"
            findings.add(Diagnostic("NT212", message, option.name.span, help=near_option(key, legal)))
        elif not has_expression(option):
            value = plain(option.value)
            if key in definition.options:
                check_value("applications", definition.name, option, value, findings)
            elif not isinstance(value, bool):
                message = f"`{key}` must be true or false, not {kind_name(option.value)}"
                findings.add(Diagnostic("NT214", message, option.value.span))
    weights = entry.values
    if weights is None:
        message = f"`{entry.name.value}` does not say `weights`"
        help_text = f"add `weights: {PUBLISHED}` (downloaded when it is built) or `weights: null` (none yet)"
        findings.add(Diagnostic("NT213", message, entry.target.span, help=help_text))
    elif not isinstance(weights, Scalar) or not isinstance(weights.value, str | None):
        message = f"`weights` of an application must be `{PUBLISHED}`, a file of weights, or null"
        findings.add(Diagnostic("NT214", message, weights.span))
    elif weights.value not in (None, PUBLISHED) and not Path(str(application_weights(weights))).is_file():
        message = f"there is no file of weights `{weights.text}` beside the spec"
        help_text = did_you_mean(weights.text, (PUBLISHED,)) or f"write `{PUBLISHED}` or null for none yet"
        findings.add(Diagnostic("NT214", message, weights.span, help=help_text))


def application_weights(weights: Tree) -> object:
    """What Keras is told: null, `imagenet`, or the path of a file that the spec names from its folder."""
    value = plain(weights)
    if not isinstance(value, str) or value == PUBLISHED:
        return value
    return str(Path(weights.span.source.name).parent / value)
