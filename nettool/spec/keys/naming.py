"""Mappings that name their class otherwise than a spec does: `{type: Adam}`, `{Adam: {…}}`, or not at all."""

from nettool.spec.yaml.flow import as_written, pair_as_written, yaml_flow
from nettool.spec.yaml.tree import Mapping, Pair, Scalar

NAMING = ("name", "type", "class", "class_name", "kind")
"""Keys under which other tools name the class of a thing."""


def named_by(table: Mapping, word: str, default: str | None = None) -> str | None:
    """The mapping with the name under `word`, which comes first; None if no name can be found in it.

    `default` is the name where the mapping holds nothing but options.
    """
    keys = NAMING[1:] if word == "layer" else NAMING  # a layer's `name` is that of its node
    naming = next((pair for pair in table.pairs if pair.key.text in keys and _is_text(pair)), None)
    rest = [pair for pair in table.pairs if pair is not naming]
    if naming is not None:
        return _mapping(word, as_written(naming.value), rest)
    if len(table.pairs) == 1 and (isinstance(table.pairs[0].value, Mapping) or _is_empty(table.pairs[0])):
        value = table.pairs[0].value
        return _mapping(
            word, yaml_flow(table.pairs[0].key.text), [*value.pairs] if isinstance(value, Mapping) else []
        )
    return None if default is None else _mapping(word, default, rest)


def _is_text(pair: Pair) -> bool:
    return isinstance(pair.value, Scalar) and isinstance(pair.value.value, str)


def _is_empty(pair: Pair) -> bool:
    return isinstance(pair.value, Scalar) and pair.value.value is None


def _mapping(word: str, name: str, rest: list[Pair]) -> str:
    return f"{{{', '.join([f'{word}: {name}', *map(pair_as_written, rest)])}}}"
