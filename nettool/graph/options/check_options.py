"""The options of a loss, a metric or an optimizer: are they its own, and may they have these values?"""

from collections.abc import Collection, Mapping

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.options.check_value import check_value
from nettool.spec.yaml.located import Option
from nettool.spec.yaml.meant import paired
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
            message = f"`{owner}` has no option `{key}`"
            findings.add(Diagnostic("NT212", message, option.name.span, help=near_option(key, legal)))


def near_option(written: str, legal: Collection[str]) -> str | None:
    """The help text for an option that there is not: the one that was meant, or all there are."""
    pair = paired(written)
    if pair is not None and pair[0] in legal:
        return f"write `{pair[0]}: {pair[1]}`"
    if written.isdecimal():
        return "a decimal number is written with a point, such as `0.001`, not with a comma"
    other = other_option(written, legal)
    help_text = did_you_mean(written, legal) if other is None else f"did you mean `{other}`?"
    return help_text or (f"its options are {listing(legal)}" if legal else None)
