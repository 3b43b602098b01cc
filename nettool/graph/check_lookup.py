"""Lookup layers: what they look up must be in the spec, and a network here is fed numbers, no texts."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.document import Document, Entry
from nettool.spec.tree import plain

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
