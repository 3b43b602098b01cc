"""What there is to know of a layer: its meaning, its options, what it does to shapes, an example."""

import textwrap
from collections.abc import Iterator

from nettool.kinds.kind import Kind, Word
from nettool.kinds.list_kinds import Optional
from nettool.layers.catalogue import LAYERS_BY_FAMILY, catalogue, example_entry, family_of
from nettool.layers.layer import Layer
from nettool.layers.option_kinds import kind_of
from nettool.spec.yaml.flow import yaml_flow
from nettool.views.terminal.table import page_width
from nettool.vocabulary.keras_names import aliases, definitions
from nettool.vocabulary.named_kind import Named

UNKNOWN_SHAPE = "known once Keras builds it"


def layer_list_text(width: int | None = None) -> str:
    """All layers by family, each with what it does."""
    parts = []
    for family, members in _families().items():
        names = max(len(each.name) for each in members)
        lines = [_folded(f"  {each.name:<{names}}  ", each.meaning, width) for each in members]
        parts.append("\n".join([family, *lines]))
    return "\n\n".join(parts)


def layer_list_facts() -> list[dict[str, object]]:
    """The same as data."""
    return [
        {"name": each.name, "family": family, "meaning": each.meaning}
        for family, members in _families().items()
        for each in members
    ]


def layer_page_text(name: str, width: int | None = None) -> str:
    """The page of a layer, by its class name. Raises KeyError for one that there is not."""
    definition = catalogue()[name]
    parts = [
        f"{name} ({family_of(name)})\n" + _folded("", definition.meaning, width),
        "\n".join(_option_lines(definition, width)),
        *_name_lists(definition, width),
        _folded("shape    ", shape_words(definition), width),
        _folded("example  ", f"{name.lower()}_1: {yaml_flow(example_entry(name))}", width),
    ]
    others = [alias for alias, target in aliases("layers").items() if target == name]
    if others:
        parts.append(f"Keras also calls it {', '.join(others)}; a spec calls it {name}.")
    return "\n\n".join(parts)


def layer_page_facts(name: str) -> dict[str, object]:
    """The same as data. Raises KeyError for a layer that there is not."""
    definition = catalogue()[name]
    return {
        "name": name,
        "family": family_of(name),
        "meaning": definition.meaning,
        "inputs": definition.inputs,
        "options": [
            {
                "name": option.name,
                "required": option.required,
                "default": option.default,
                "takes": kind_of("layers", name, option.name).description,
                "choices": list(kind_of("layers", name, option.name).choices),
            }
            for option in definition.options.values()
        ],
        "shape": definition.shape_words,
        "example": example_entry(name),
    }


def shape_words(definition: Layer) -> str:
    """What the layer does to shapes, or that only Keras knows."""
    return definition.shape_words or UNKNOWN_SHAPE


def _families() -> dict[str, list[Layer]]:
    """The layers by family, families and layers in alphabetical order, what fits nowhere else last."""
    names = sorted(LAYERS_BY_FAMILY, key=lambda family: (family == "other", family))
    return {name: sorted(LAYERS_BY_FAMILY[name], key=lambda layer: layer.name) for name in names}


def _option_lines(definition: Layer, width: int | None) -> Iterator[str]:
    rows = [
        (
            option.name,
            "(needed)" if option.required else yaml_flow(option.default),
            kind_of("layers", definition.name, option.name).description,
        )
        for option in definition.options.values()
    ]
    head = ("option", "default", "takes")
    names, defaults = (max(len(row[column]) for row in [head, *rows]) for column in (0, 1))
    for name, default, takes in [head, *rows]:
        yield _folded(f"{name:<{names}}  {default:<{defaults}}  ", takes, width)


def _name_lists(definition: Layer, width: int | None) -> list[str]:
    """What "the name of an activation" and the like may be, where a layer's options ask for it."""
    lists: dict[str, tuple[str, ...]] = {}
    for option in definition.options:
        lists |= _named(kind_of("layers", definition.name, option))
    return [_folded(f"{title}: ", ", ".join(names), width, 2) for title, names in lists.items()]


def _named(kind: Kind) -> dict[str, tuple[str, ...]]:
    if isinstance(kind, Optional):
        return _named(kind.kind)
    if isinstance(kind, Word) and kind.what:
        return {f"{kind.what.removeprefix('the name of an ').removeprefix('the name of a ')}s": kind.words}
    if isinstance(kind, Named) and kind.bare:
        return {kind.family: tuple(definitions(kind.family))}
    return {}


def _folded(beginning: str, text: str, width: int | None, indent: int | None = None) -> str:
    """The text after its beginning, broken at the page's width and indented to where it began."""
    margin = " " * (len(beginning) if indent is None else indent)
    return textwrap.fill(
        text,
        page_width(width),
        initial_indent=beginning,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
