"""Each entry by itself: does its layer exist, has it these options, may they have these values?"""

from collections.abc import Iterator

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import listing, nearest
from nettool.graph.options.check_application import check_application
from nettool.graph.options.check_value import check_value
from nettool.graph.options.layer_advice import option_advice, unknown_layer
from nettool.graph.options.option_values import has_expression
from nettool.graph.options.user_code import check_user_entry, user_class
from nettool.kinds.kind import LARGEST, is_whole
from nettool.layers.catalogue import catalogue, merge_names
from nettool.layers.layer import Layer
from nettool.spec.document import Document
from nettool.spec.network.entries import Entry
from nettool.spec.network.expressions import is_expression
from nettool.spec.yaml.located import Option
from nettool.spec.yaml.meant import paired
from nettool.spec.yaml.tree import Sequence, Tree, plain
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


def _check_option(definition: Layer, entry: Entry, option: Option, findings: Findings) -> None:
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


_OF_TEXTS = frozenset({"StringLookup", "TextVectorization"})
_WITH_VOCABULARY = frozenset({"IntegerLookup", "StringLookup"})


def check_lookup(entry: Entry, document: Document, findings: Findings) -> None:
    """Report a layer of texts, which nothing can feed, and one without the vocabulary that Keras asks for."""
    layer = entry.target.value
    invert = entry.options.get("invert")
    takes_numbers = invert is not None and plain(invert.value) is True
    # A layer of the user's own may make texts.
    if layer in _OF_TEXTS and not takes_numbers and not document.python:
        findings.add(
            Diagnostic(
                "NT217",
                f"`{entry.name.value}` needs texts, but data are numbers in nettool",
                entry.target.span,
                help="number the words in the data, starting from 1, and use an Embedding: "
                "for example `{layer: Embedding, input_dim: 1000, output_dim: 16}`",
            )
        )
    elif layer in _WITH_VOCABULARY and "vocabulary" not in entry.options:
        findings.add(
            Diagnostic(
                "NT213",
                f"`{entry.name.value}` does not say `vocabulary`, which `{layer}` needs",
                entry.target.span,
                help="add `vocabulary: …`, a list, or a file with one on each line",
            )
        )
    elif layer == "IntegerLookup":
        wrong = _wrong_number(entry.options["vocabulary"].value)
        if wrong is not None:
            what, place = wrong
            findings.add(Diagnostic("NT214", f"`vocabulary` of `IntegerLookup` {what}", place.span))


def _wrong_number(vocabulary: Tree) -> tuple[str, Tree] | None:
    """What Keras would refuse or cut off in a list of numbers, and where it stands."""
    if not isinstance(vocabulary, Sequence):
        return None
    if not vocabulary.items:
        return "must have at least one number", vocabulary
    seen = set()
    for item in vocabulary.items:
        number = plain(item)
        if isinstance(number, str) and is_expression(number):
            continue
        if not is_whole(number) or abs(number) > LARGEST:
            return "must be made of whole numbers", item
        if number in seen:
            return f"must have each number once, not {number} twice", item
        seen.add(number)
    return None
