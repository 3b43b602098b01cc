"""The table of the origins for data of the user's own, and which of them a path belongs to."""

from nettool.spec.data.origins.arrays import ArraysOrigin
from nettool.spec.data.origins.folder import FolderOrigin
from nettool.spec.data.origins.origin import Origin, name_of
from nettool.spec.data.origins.random_values import RandomOrigin
from nettool.spec.data.origins.table import TableOrigin
from nettool.spec.keys.key import keys_of
from nettool.spec.keys.path_kind import PathKind

OWN_ORIGINS: tuple[type[Origin], ...] = (ArraysOrigin, FolderOrigin, TableOrigin, RandomOrigin)
"""A new one needs a line here, and nothing else beside its own file."""


def path_origins() -> dict[str, PathKind]:
    """The origins that a path names, by their keys."""
    kinds = {name_of(each): keys_of(each)[name_of(each)].kind for each in OWN_ORIGINS}
    return {name: kind for name, kind in kinds.items() if isinstance(kind, PathKind)}


def origin_of_path(written: str) -> str | None:
    """The key of `data` that a path belongs to, as far as a text shows that it is a path."""
    likeness = {name: kind.likeness(written) for name, kind in path_origins().items()}
    likeliest = max(likeness, key=lambda name: likeness[name])
    return likeliest if likeness[likeliest] > 0 or "/" in written else None
