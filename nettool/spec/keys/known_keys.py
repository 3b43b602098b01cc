"""The keys of a mapping: those that it can have, and what to do about each other one."""

from collections.abc import Callable, Collection, Container

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import COMMAND_LINE
from nettool.diagnostics.suggest import listing, nearest
from nettool.spec.keys.other_words import meant_key
from nettool.spec.yaml.meant import paired
from nettool.spec.yaml.tree import Mapping, Pair


def known_keys(
    tree: Mapping,
    legal: Collection[str],
    what: str,
    findings: Findings,
    advice: str | Callable[[Pair], str | None] | None = None,
) -> dict[str, Pair]:
    """The pairs whose key is legal; each other key is an error, and `advice` says what to do.

    `legal` are names, or keys as they are declared.
    """
    pairs: dict[str, Pair] = {}
    written = {pair.key.text for pair in tree.pairs}
    for pair in tree.pairs:
        if pair.key.text in legal:
            pairs[pair.key.text] = pair
        else:
            help_text = _on_unknown_key(pair, written, legal, pairs, advice)
            notes = (f"its keys are {listing(legal, at_most=20)}",)
            message = f"{what} has no key `{pair.key.text}`"
            findings.add(Diagnostic("NT201", message, pair.key.span, notes=notes, help=help_text))
    return pairs


def _on_unknown_key(
    pair: Pair,
    present: Container[str],
    legal: Collection[str],
    pairs: dict[str, Pair],
    advice: str | Callable[[Pair], str | None] | None,
) -> str | None:
    """What to do about a key that is not legal; where another was meant, its value is read as that one's."""
    written = pair.key.text
    unseparated = paired(written)
    if unseparated is not None and unseparated[0] in legal and unseparated[0] not in present:
        return f"write `{unseparated[0]}: {unseparated[1]}`"
    meant = meant_key(pair, legal)
    if meant is not None and meant in present:
        return _already_there(pair, meant)
    found = advice(pair) if callable(advice) and meant is None else None
    if found is not None:
        return found
    rest = [name for name in legal if name not in present]
    meant = meant or nearest(written, rest)
    if meant is not None:
        # Read on as if it had been written right, so that this stays the only complaint about it.
        pairs.setdefault(meant, pair)
        return f"did you mean `{meant}`?"
    meant = nearest(written, [name for name in legal if name in present])
    if meant is not None:
        return _already_there(pair, meant)
    return None if callable(advice) else advice


def _already_there(pair: Pair, meant: str) -> str:
    """The key that was meant is in the spec: one of the two is too many, unless this one overrides it."""
    if pair.key.span.source.name == COMMAND_LINE:
        return f"did you mean `{meant}`?"
    return f"leave `{pair.key.text}` out: `{meant}` says it"
