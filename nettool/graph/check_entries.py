"""Each entry by itself: does its layer exist, has it these options, may they have these values?"""

from collections.abc import Iterator

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import listing, nearest
from nettool.graph.check_application import check_application
from nettool.graph.check_lookup import check_lookup
from nettool.graph.check_value import check_value
from nettool.graph.layer_advice import option_advice, unknown_layer
from nettool.graph.option_values import has_expression
from nettool.graph.user_code import check_user_entry, user_class
from nettool.layers.catalogue import catalogue, merge_names
from nettool.layers.definition import LayerDefinition
from nettool.spec.document import Document, Entry, Option
from nettool.spec.meant import paired
from nettool.spec.tree import plain
from nettool.vocabulary.other_names import other_option


def check_entries(document: Document, findings: Findings) -> frozenset[int]:
    """Report what is wrong with single entries; the `id`s of those that something is wrong with."""
    unsound: set[int] = set()
    for entry in _all_entries(document):
        before = findings.error_count
        if entry.sound and entry.kind in ("layer", "merge"):
            _check(entry, document, findings)
        if entry.sound and entry.kind == "application":
            check_application(entry, findings)
        if findings.error_count > before:
            unsound.add(id(entry))
    return frozenset(unsound)


def _all_entries(document: Document) -> Iterator[Entry]:
    yield from document.entries
    for block in (*document.blocks.values(), *document.models.values()):
        yield from block.entries


def _check(entry: Entry, document: Document, findings: Findings) -> None:
    name = entry.target.value
    own = user_class(document, name) if entry.kind == "layer" else None
    if own is not None:
        check_user_entry(entry, *own, findings)
        return
    definition = catalogue().get(name)
    if definition is None:
        findings.add(unknown_layer(entry, document))
        return
    if entry.kind == "merge" and name not in merge_names():
        findings.add(
            Diagnostic(
                "NT211",
                f"`{name}` does not merge: it is an ordinary layer",
                entry.target.span,
                help=f"write `layer: {name}`; the merges are {listing(merge_names())}",
            )
        )
        return
    for option in entry.options.values():
        _check_option(definition, entry, option, findings)
    check_lookup(entry, document, findings)
    for needed, option_definition in definition.options.items():
        if option_definition.required and needed not in entry.options:
            _missing(entry, needed, findings)


def _check_option(definition: LayerDefinition, entry: Entry, option: Option, findings: Findings) -> None:
    key = option.name.value
    if key not in definition.options:
        help_text = option_advice(definition, entry, key)
        message = f"`{definition.name}` has no option `{key}`"
        findings.add(Diagnostic("NT212", message, option.name.span, help=help_text))
    elif not has_expression(option):
        check_value("layers", definition.name, option, plain(option.value), findings)


def _missing(entry: Entry, needed: str, findings: Findings) -> None:
    unknown = [written for written in entry.options if written not in _legal_options(entry)]
    if any(
        nearest(written, [needed])
        or other_option(written, [needed])
        or (paired(written) or [""])[0] == needed
        for written in unknown
    ):
        return  # A misspelt option was reported already; this one is what was meant.
    findings.add(
        Diagnostic(
            "NT213",
            f"`{entry.name.value}` does not say `{needed}`, which `{entry.target.value}` needs",
            entry.target.span,
            help=f"add `{needed}: …`",
        )
    )


def _legal_options(entry: Entry) -> frozenset[str]:
    """The options that the entry's layer has."""
    definition = catalogue().get(entry.target.value)
    return frozenset() if definition is None else frozenset(definition.options)
