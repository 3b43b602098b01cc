"""All origins of data, and the one that a `data:` section names."""

from collections.abc import Mapping as Table
from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.suggest import listing
from nettool.spec.data.origins import own_origins
from nettool.spec.data.origins.dataset import DatasetOrigin
from nettool.spec.data.origins.origin import Origin, name_of
from nettool.spec.keys.key import Key, keys_of
from nettool.spec.yaml.tree import Mapping, Pair


def origins() -> Table[str, type[Origin]]:
    """All origins, by the key that names them."""
    known: tuple[type[Origin], ...] = (DatasetOrigin, *own_origins.OWN_ORIGINS)
    return {name_of(each): each for each in known}


def companions() -> Table[str, str]:
    """The keys that go with one origin alone, each with the key that names it."""
    return {name: key for key, each in origins().items() for name in keys_of(each) if name != key}


def origin_keys() -> Table[str, Key]:
    """The keys of all origins: first those that name one, then those that go with it."""
    declared = {name: each for origin in origins().values() for name, each in keys_of(origin).items()}
    return {name: declared[name] for name in (*origins(), *companions())}


def read_origin(tree: Mapping, keys: Table[str, Pair], folder: Path, findings: Findings) -> Origin | None:
    """The one origin of a `data:` section, or None (and diagnostics). Relative paths start at `folder`."""
    known = origins()
    named = [name for name in keys if name in known]
    if not named:
        help_text = f"for example `dataset: mnist`; data come from one of {listing(known)}"
        message = "`data` does not say where the data come from"
        findings.add(Diagnostic("NT202", message, tree.span, help=help_text))
        return None
    if len(named) > 1:
        findings.add(_two_origins([keys[name] for name in named]))
        return None
    (origin,) = named
    for name, goes_with in companions().items():
        if name in keys and goes_with != origin:
            message = f"`{name}` goes with `{goes_with}`, not with `{origin}`"
            findings.add(Diagnostic("NT201", message, keys[name].key.span))
    return known[origin].read(keys, folder, findings)


def _two_origins(named: list[Pair]) -> Diagnostic:
    return Diagnostic(
        "NT204",
        f"`data` comes from two places: {listing(pair.key.text for pair in named)}",
        named[1].key.span,
        labels=(Label(named[0].key.span, "the first"),),
        help="keep one of them",
    )
