"""The sections of a spec whose keys are declared, and the dataclass that declares them."""

from collections.abc import Iterator

from nettool.spec.key import Key, keys_of
from nettool.spec.read_section import Nested
from nettool.spec.training import Training

SECTION_KEYS: dict[str, type] = {"train": Training}


def declared_keys() -> Iterator[tuple[str, Key]]:
    """All keys, each with the path to it: `train.early_stopping.patience`."""
    for name, section in SECTION_KEYS.items():
        yield from _below(name, section)


def section_at(path: str) -> type:
    """What declares the keys of a section, or of one within it. Raises KeyError for a path to none."""
    name, *inner = path.split(".")
    section = SECTION_KEYS[name]
    for step in inner:
        kind = keys_of(section)[step].kind
        if not isinstance(kind, Nested):
            raise KeyError(path)
        section = kind.section
    return section


def _below(path: str, section: type) -> Iterator[tuple[str, Key]]:
    for name, key in keys_of(section).items():
        yield f"{path}.{name}", key
        if isinstance(key.kind, Nested):
            yield from _below(f"{path}.{name}", key.kind.section)
