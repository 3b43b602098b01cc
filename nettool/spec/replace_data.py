"""`--data NAME`: another data set in the place of the spec's own, fitted to the network."""

from nettool.diagnostics.source import COMMAND_LINE, Source, Span
from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree


def replace_data(tree: Tree, name: str) -> Tree:
    """The spec's tree with this data set; its task and the number of its classes stay as they are."""
    if not isinstance(tree, Mapping):
        return tree
    prefix = "--data "
    source = Source(COMMAND_LINE, prefix + name)
    span = Span(source, 1, len(prefix) + 1, 1, len(prefix) + len(name) + 1)

    def pair(key: str, value: Tree) -> Pair:
        return Pair(Scalar(key, key, span), value)

    pairs = [pair("dataset", Scalar(name, name, span)), pair("fit", Scalar(True, "true", span))]
    old = tree.get("data")
    if isinstance(old, Mapping):
        task = old.get("task")
        classes = old.get("classes")
        pairs += [pair("task", task)] if task is not None else []
        if isinstance(classes, Sequence):
            count = len(classes.items)
            pairs.append(pair("classes", Scalar(count, str(count), classes.span)))
        elif classes is not None:
            pairs.append(pair("classes", classes))
    new = pair("data", Mapping(tuple(pairs), span))
    if old is None:
        return Mapping((*tree.pairs, new), tree.span)
    return Mapping(tuple(new if each.key.text == "data" else each for each in tree.pairs), tree.span)
