"""`weights: {kernel: [[…]]}`: literal values of a layer's weights, held against the shapes that it has."""

from collections.abc import Mapping as Table

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.layers.outcome import Weight, shape_text
from nettool.spec.network.entries import Entry
from nettool.spec.yaml.tree import Mapping, Scalar, Sequence, Tree, plain

_CODE = "NT216"
_LARGEST = 3.4e38
"""What a float32 can hold: a larger number would be infinite."""


def literal_weights(
    entry: Entry, weights: tuple[Weight, ...] | None, findings: Findings
) -> Table[str, object]:
    """The values by weight, as nested lists; what does not fit is reported.

    Axes of length 1 may be left out: a 3×3 table serves as a kernel of shape (3, 3, 1, 1). Where the weights
    are not known (no rule for the layer), Keras will see whether they fit.
    """
    tree = entry.values
    if tree is None or entry.kind == "application":
        return {}
    if entry.kind not in ("layer", "merge"):
        message = f"`{entry.name.value}` is a {entry.kind}: literal weights belong to a layer"
        findings.add(Diagnostic(_CODE, message, tree.span))
        return {}
    if not isinstance(tree, Mapping):
        advice = "for example `weights: {kernel: [[1, 0], [0, 1]], bias: [0, 0]}`"
        message = "`weights` must be a mapping of a weight's name to its values"
        findings.add(Diagnostic(_CODE, message, tree.span, help=advice))
        return {}
    shapes = None if weights is None else {weight.name: weight.shape for weight in weights}
    values: dict[str, object] = {}
    for pair in tree.pairs:
        name = pair.key
        if shapes is not None and name.text not in shapes:
            known = f"its weights are {listing(shapes)}" if shapes else "it has none"
            message = f"`{entry.target.value}` has no weight `{name.text}` here"
            help_text = did_you_mean(name.text, shapes) or known
            findings.add(Diagnostic(_CODE, message, name.span, help=help_text))
        elif (wrong := _not_a_number(pair.value)) is not None:
            is_number = isinstance(wrong, Scalar) and type(wrong.value) in (int, float)
            what = (
                f"numbers from -{_LARGEST:.1e} to {_LARGEST:.1e}"
                if is_number
                else "numbers in lists of equal length"
            )
            message = f"`{name.text}` must be made of {what}"
            findings.add(Diagnostic(_CODE, message, wrong.span))
        else:
            if shapes is not None:
                _check_shape(name.text, pair.value, shapes[name.text], entry, findings)
            values[name.text] = plain(pair.value)
    return values


def _not_a_number(tree: Tree) -> Tree | None:
    """The first part that keeps a value from being a table of numbers."""
    if isinstance(tree, Scalar):
        value = tree.value
        return None if isinstance(value, int | float) and _is_weight(value) else tree
    if not isinstance(tree, Sequence) or not tree.items:
        return tree
    first = _lengths(tree.items[0])
    for item in tree.items:
        wrong = _not_a_number(item)
        if wrong is not None:
            return wrong
        if _lengths(item) != first:
            return item
    return None


def _is_weight(value: float) -> bool:
    return not isinstance(value, bool) and abs(value) <= _LARGEST


def _lengths(tree: Tree) -> tuple[int, ...]:
    if isinstance(tree, Sequence) and tree.items:
        return (len(tree.items), *_lengths(tree.items[0]))
    return ()


def _check_shape(name: str, tree: Tree, shape: tuple[int, ...], entry: Entry, findings: Findings) -> None:
    given = _lengths(tree)
    if given == shape or [n for n in given if n != 1] == [n for n in shape if n != 1]:
        return
    findings.add(
        Diagnostic(
            _CODE,
            f"`{name}` of `{entry.name.value}` is {shape_text(shape)}, "
            f"but its values are {shape_text(given)}",
            tree.span,
            labels=(Label(entry.name.span, f"needs {shape_text(shape)}"),),
        )
    )
