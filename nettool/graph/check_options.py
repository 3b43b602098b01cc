"""The options of a loss, a metric or an optimizer: are they its own, and may they have these values?"""

from collections.abc import Mapping

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.check_value import check_value
from nettool.spec.document import Option
from nettool.vocabulary.keras_names import Definition, Family
from nettool.vocabulary.other_names import other_option


def check_options(
    family: Family,
    owner: str,
    definition: Definition | None,
    written: Mapping[str, Option],
    values: Mapping[str, object],
    findings: Findings,
) -> None:
    """Report options that a loss, metric or optimizer does not have, or cannot have with that value."""
    legal = {} if definition is None else definition.options
    for key, option in written.items():
        if key in legal:
            check_value(family, owner, option, values[key], findings)
        else:
            other = other_option(key, legal)
            help_text = did_you_mean(key, legal) if other is None else f"did you mean `{other}`?"
            help_text = help_text or (f"its options are {listing(legal)}" if legal else None)
            message = f"`{owner}` has no option `{key}`"
            findings.add(Diagnostic("NT212", message, option.name.span, help=help_text))
