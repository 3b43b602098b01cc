"""`augment:` → layers by name, with their options."""

from collections.abc import Mapping as Options
from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.keys.key import TreeKind
from nettool.spec.keys.values import text
from nettool.spec.yaml.located import Name, Option, located
from nettool.spec.yaml.tree import Mapping, Sequence, Tree

_EXAMPLE = "`{layer: RandomFlip, mode: horizontal}`"


@dataclass(frozen=True, slots=True)
class AugmentEntry:
    """A layer that changes images while training, with its options."""

    layer: Name
    options: Options[str, Option]


class Augment(TreeKind):
    """Layers that change images at random: names or mappings, one or a list of them."""

    @property
    def description(self) -> str:
        """What each of them is."""
        return "made of layers such as `{layer: RandomFlip, mode: horizontal}`"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The layers in their order; a single one needs no list."""
        items = tree.items if isinstance(tree, Sequence) else (tree,)
        read = [_layer(item, what, findings) for item in items]
        return tuple(entry for entry in read if entry is not None)


def _layer(tree: Tree, what: str, findings: Findings) -> AugmentEntry | None:
    """A layer by its name, or a mapping with its options."""
    if not isinstance(tree, Mapping):
        name = text(tree, what, findings, Augment().description)
        return None if name is None else AugmentEntry(name, {})
    named = tree.get("layer")
    if named is None:
        help_text = f"for example {_EXAMPLE}"
        findings.add(Diagnostic("NT202", f"an entry of `{what}` names no `layer`", tree.span, help=help_text))
        return None
    name = text(named, "layer", findings)
    pairs = [pair for pair in tree.pairs if pair.key.text != "layer"]
    options = {pair.key.text: Option(located(pair.key), pair.value) for pair in pairs}
    return None if name is None else AugmentEntry(name, options)
