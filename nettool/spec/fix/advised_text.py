"""The text of a spec after what the help texts of its diagnostics say was done."""

from collections.abc import Sequence

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Source
from nettool.spec.fix.advice import NO_SPACE, first_quoted, followed, names_a_line
from nettool.spec.fix.text_changes import NotInText, changed, marked_change, text_changes
from nettool.spec.yaml.flow import flow
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import Tree, plain


def advises(source: Source, diagnostic: Diagnostic) -> bool:
    """Whether its help text names the very line to write into this text, and leaves the reader no choice."""
    span = diagnostic.span
    return span is not None and span.source is source and names_a_line(diagnostic.help or "")


def advised_text(source: Source, diagnostics: Sequence[Diagnostic]) -> str | None:
    """The text after all of it was done; comments and layout stay.

    None where it cannot be done: it would take a comment away, something else would change as well, or one
    help text would write over what another one has written.
    """
    spaces = [
        marked_change(source, each.span, first_quoted(each))
        for each in diagnostics
        if each.code == NO_SPACE and each.span is not None
    ]
    tree = parse(source, Findings())
    if tree is None:
        return changed(source.text, spaces) if len(spaces) == len(diagnostics) else None
    others = [each for each in diagnostics if each.code != NO_SPACE]
    new, in_other_order = _all_followed(tree, others), _all_followed(tree, others[::-1])
    if new is None or in_other_order is None or plain(new) != plain(in_other_order):
        return None
    try:
        text = changed(source.text, (*spaces, *text_changes(source, tree, new)))
    except NotInText:
        return None
    read = parse(Source(source.name, text), Findings())
    return text if read is not None and flow(read) == flow(new) and text != source.text else None


def _all_followed(tree: Tree, diagnostics: Sequence[Diagnostic]) -> Tree | None:
    for diagnostic in diagnostics:
        following = followed(tree, diagnostic)
        if following is None:
            return None
        tree = following
    return tree
