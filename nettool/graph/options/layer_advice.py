"""What to write for a layer that there is not, and for an option that a layer does not have."""

from collections.abc import Mapping

from nettool.diagnostics.diagnostic import Diagnostic
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.options.check_options import near_option
from nettool.graph.options.class_advice import meant_class
from nettool.graph.options.user_code import user_class_names
from nettool.layers.catalogue import catalogue, merge_names
from nettool.layers.layer import Layer
from nettool.spec.document import Document
from nettool.spec.network.entries import Entry
from nettool.spec.yaml.flow import as_written, yaml_flow
from nettool.vocabulary.keras_names import activations, canonical
from nettool.vocabulary.other_names import FOLLOWS, other_option

_CODE = frozenset(
    {
        *("lambda", "layer", "wrapper", "module", "custom", "customlayer", "function", "operation"),
        *("torchmodulewrapper", "jaxlayer", "flaxlayer", "tfsmlayer", "kerastensor"),
    }
)
"""Layers that are made of code, in lower case."""
_WHOLES = frozenset({"sequential", "model", "functional"})
_INPUTS = frozenset({"input", "inputlayer", "inputs"})


def unknown_layer(entry: Entry, document: Document) -> Diagnostic:
    """What is said of an entry whose layer or merge Keras does not have."""
    name = entry.target.value
    help_text = _advice(entry, document) or (
        f"the merges are {listing(merge_names())}"
        if entry.kind == "merge"
        else "use the class name of a Keras layer: `Dense`, `Conv2D`, `MaxPooling2D` …"
    )
    return Diagnostic("NT210", f"there is no {entry.kind} `{name}`", entry.target.span, help=help_text)


def option_advice(definition: Layer, entry: Entry, key: str) -> str | None:
    """What to do about an option that the entry's layer does not have."""
    if key in FOLLOWS:
        return f"leave `{key}` out: it follows from what feeds the node"
    if key == "name":
        return f"leave `name` out: `{entry.name.value}` is the layer's name"
    function = entry.target.value.lower()
    if key in ("units", "filters") and function in activations():
        layer = "Dense" if key == "units" else "Conv2D"
        return f"write `{_entry_line(entry, layer, {'activation': function})}`"
    other = other_option(key, ("from", *definition.options))
    if other == "from":
        return "did you mean `from`?" if entry.sources is None else f"leave `{key}` out: `from` says it"
    return near_option(key, definition.options)


def _advice(entry: Entry, document: Document) -> str | None:
    name = entry.target.value
    word = name.rpartition(".")[2].lower()
    own = user_class_names(document)
    if entry.kind == "layer" and did_you_mean(name, own) is None:
        if word in _CODE:
            line = _entry_line(entry, "MyLayer", keep_options=False)
            return (
                "a spec holds no code, but it can name a file with a layer of your own, a Python class: "
                f"write `{line}`, with `python: my_layers.py` at the top of the spec"
            )
        if word in _INPUTS:
            return f"leave `{entry.name.value}` out: what goes in stands under `inputs`"
        if word in _WHOLES:
            return "layers stand under `nodes`, one after the other, without something around them"
        if word in activations() and meant_class("layers", name) is None and _differs(word):
            return f"write `{_entry_line(entry, 'Activation', {'activation': word})}`"
    also = canonical("layers", name)
    meant = also if also is not None else meant_class("layers", name)
    if isinstance(meant, Mapping):
        options = {key: value for key, value in meant.items() if key != "layer"}
        return f"write `{_entry_line(entry, str(meant['layer']), options)}`"
    if meant is not None and (entry.kind == "layer" or meant in merge_names()):
        return f"did you mean `{meant}`?"
    return did_you_mean(name, merge_names() if entry.kind == "merge" else (*own, *catalogue()))


def _differs(word: str) -> bool:
    """Whether no layer has this name in other letters: Softmax and ReLU are layers, too."""
    return all(name.lower() != word for name in catalogue())


def _entry_line(
    entry: Entry, layer: str, options: Mapping[str, object] | None = None, *, keep_options: bool = True
) -> str:
    """The entry with another layer; what it says besides stays."""
    pairs = [f"layer: {layer}", *(f"{key}: {yaml_flow(value)}" for key, value in (options or {}).items())]
    if entry.sources is not None:
        names = [name.value for name in entry.sources]
        pairs.append(f"from: {yaml_flow(names[0] if len(names) == 1 else names)}")
    if keep_options:
        pairs += [f"{key}: {as_written(each.value)}" for key, each in entry.options.items()]
    return f"{entry.name.value}: {{{', '.join(pairs)}}}"
