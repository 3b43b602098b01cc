"""`dataset`: a data set that nettool knows by name. A name alone in the place of the section means it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.kinds.kind import Name as NameKind
from nettool.spec.data.origins.origin import Origin
from nettool.spec.data.origins.own_origins import origin_of_path, path_origins
from nettool.spec.keys.key import key
from nettool.spec.keys.tree_kinds import At
from nettool.spec.keys.values import text
from nettool.spec.yaml.located import Name
from nettool.spec.yaml.tree import Tree

if TYPE_CHECKING:
    from nettool.data.sources.source import DataSource

DATASET = "dataset"
"""The key that a lone name is short for."""


class DataSetName(NameKind):
    """The name of a data set; whether there is one of that name is found when it is asked for."""


@dataclass(frozen=True, slots=True)
class DatasetOrigin(Origin):
    """A data set that nettool knows by name."""

    name: Name = key(
        At(DataSetName()),
        name=DATASET,
        meaning="A data set that nettool knows, by name.",
        example="mnist",
        others=("name",),
    )

    def source(self, findings: Findings) -> DataSource | None:
        """The published data set, or None (and a diagnostic) where there is none of that name."""
        from nettool.data.builtin.catalogue import DATA_SETS
        from nettool.data.sources.built_in import BuiltIn

        name = self.name.value
        if name in DATA_SETS:
            return BuiltIn(name)
        own = listing(path_origins())
        help_text = _path_advice(name) or did_you_mean(name, DATA_SETS)
        help_text = help_text or f"there are {listing(DATA_SETS)}; data of your own are one of {own}"
        findings.add(Diagnostic("NT501", f"there is no data set `{name}`", self.name.span, help=help_text))
        return None


def named_alone(tree: Tree, findings: Findings) -> DatasetOrigin | None:
    """The data set that a name in the place of the whole section means."""
    wanted = "the name of a data set, or a mapping such as `{folder: pets}`"
    name = text(tree, "data", findings, wanted)
    return None if name is None else DatasetOrigin(name.span, name)


def _path_advice(written: str) -> str | None:
    """For a path in the place of a name: under which key it belongs."""
    origin = origin_of_path(written)
    if "://" in written:
        return f"data are read from files: download it, and write `data: {{{origin}: FILE}}`"
    return None if origin is None else f"a file or folder of your own: write `data: {{{origin}: {written}}}`"
