"""The section `views`: sub-models over the same weights."""

from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Findings
from nettool.spec.keys.key import key
from nettool.spec.keys.read_section import read_table
from nettool.spec.keys.tree_kinds import Names
from nettool.spec.keys.values import mapping, new_name
from nettool.spec.yaml.located import Name
from nettool.spec.yaml.tree import Tree


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """A sub-model: what it takes and what it gives."""

    name: Name
    inputs: tuple[Name, ...] = key(
        Names(),
        default=(),
        meaning="Where the view begins: inputs or nodes.",
        example="[image]",
        needed=True,
    )
    outputs: tuple[Name, ...] = key(
        Names(),
        default=(),
        meaning="Which nodes come out of it.",
        example="[code]",
        needed=True,
    )


def read_views(tree: Tree, findings: Findings) -> tuple[ViewEntry, ...]:
    """The sub-models, in the order of the file; those of which something is missing or wrong are left out."""
    table = mapping(tree, "views", findings)
    if table is None:
        return ()
    found: list[ViewEntry] = []
    for pair in table.pairs:
        name = new_name(pair.key, "a view", findings)
        body = mapping(pair.value, name.value, findings)
        if body is not None:
            owner = f"the view `{name.value}`"
            found.append(read_table(ViewEntry, body, owner, findings, None, name.span, name=name).value)
    return tuple(view for view in found if view.inputs and view.outputs)
