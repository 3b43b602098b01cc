"""Lookup layers: what they look up must be in the spec, and a network here is fed numbers, no texts."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.kinds.kind import LARGEST, is_whole
from nettool.spec.document import Document, Entry
from nettool.spec.expressions import is_expression
from nettool.spec.tree import Sequence, Tree, plain

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
                f"`{entry.name.value}` takes texts, but a network is fed numbers here",
                entry.target.span,
                help="number the words in the data, from 1 on, and look these numbers up: "
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
