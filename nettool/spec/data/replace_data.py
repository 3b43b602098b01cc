"""`--data NAME`: another data set in the place of the spec's own, fitted to the network."""

from nettool.diagnostics.source import COMMAND_LINE, Source, Span
from nettool.spec.data.origins.dataset import DATASET
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree

_KEPT = ("task", "pairs_per_sample", "derive", "normalize", "augment")


def replace_data(tree: Tree, name: str) -> Tree:
    """The spec's tree with this data set; what is asked of the data but for their size stays as it is.

    That is the task, the number of classes, derived fields, and how images are normalized and augmented.
    """
    if not isinstance(tree, Mapping):
        return tree
    prefix = "--data "
    source = Source(COMMAND_LINE, prefix + name)
    span = Span(source, 1, len(prefix) + 1, 1, len(prefix) + len(name) + 1)

    def pair(key: str, value: Tree) -> Pair:
        return Pair(Scalar(key, key, span), value)

    pairs = [pair(DATASET, Scalar(name, name, span)), pair("fit", Scalar(True, "true", span))]
    old = tree.get("data")
    if isinstance(old, Mapping):
        pairs += [each for each in old.pairs if each.key.text in _KEPT]
        classes = old.get("classes")
        if isinstance(classes, Sequence):
            count = len(classes.items)
            pairs.append(pair("classes", Scalar(count, str(count), classes.span)))
        elif classes is not None:
            pairs.append(pair("classes", classes))
    new = pair("data", Mapping(tuple(pairs), span))
    if old is None:
        return Mapping((*tree.pairs, new), tree.span)
    return Mapping(tuple(new if each.key.text == "data" else each for each in tree.pairs), tree.span)
