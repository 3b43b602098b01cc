"""`inputs:` → what goes in: shapes, dtypes, fields of the data."""

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.spec.document import InputEntry
from nettool.spec.known_keys import known_keys
from nettool.spec.located import Located
from nettool.spec.meant import mended
from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree, plain
from nettool.spec.values import mapping, new_name, text, whole_number, wrong_value
from nettool.spec.yaml_flow import as_written

INPUT_KEYS = ("shape", "dtype", "batch_size", "field")
DTYPES = ("float32", "float16", "float64", "bfloat16", "int32", "int64", "uint8", "bool")


def read_inputs(tree: Tree, findings: Findings) -> tuple[InputEntry, ...]:
    """The network's inputs, in the order of the file."""
    advice = (
        f"give it a name: write `inputs: {{image: {as_written(tree)}}}`" if _is_shape(plain(tree)) else None
    )
    table = mapping(tree, "inputs", findings, advice)
    if table is None:
        return ()
    return tuple(_input(pair, findings) for pair in table.pairs)


def _input(pair: Pair, findings: Findings) -> InputEntry:
    name = new_name(pair.key, "an input", findings)
    if not isinstance(pair.value, Mapping):
        shape = read_shape(pair.value, name.value, findings)
        return InputEntry(name, shape, "float32", None, shape_key=name.value)
    keys = known_keys(pair.value, INPUT_KEYS, f"the input `{name.value}`", findings)
    if "shape" not in keys:
        findings.add(
            Diagnostic(
                "NT202",
                f"the input `{name.value}` has no `shape`",
                name.span,
                help="for example `shape: [28, 28, 1]`, the batch left out",
            )
        )
    shape = read_shape(keys["shape"].value, "shape", findings) if "shape" in keys else None
    field = text(keys["field"].value, "field", findings) if "field" in keys else None
    dtype = text(keys["dtype"].value, "dtype", findings) if "dtype" in keys else None
    if dtype is not None and dtype.value not in DTYPES:
        wrong_value(findings, keys["dtype"].value, "dtype", "one of " + ", ".join(DTYPES))
        dtype = None
    size = keys.get("batch_size")
    batch_size = None if size is None else whole_number(size.value, "batch_size", 1, findings)
    return InputEntry(name, shape, "float32" if dtype is None else dtype.value, field, batch_size)


def read_shape(tree: Tree, what: str, findings: Findings) -> Located[tuple[int | None, ...]] | None:
    """The lengths of a shape, the batch left out; None is any length."""
    wanted = "a list of lengths such as [28, 28, 1] (null: any length), the batch left out"
    if not isinstance(tree, Sequence):
        wrong_value(findings, tree, what, wanted, accepts=_is_shape)
        return None
    lengths: list[int | None] = []
    for item in tree.items:
        value = item.value if isinstance(item, Scalar) else ""
        if value is None or (type(value) is int and value > 0):
            lengths.append(value)
        else:
            meant = mended(plain(tree), _is_shape)
            advice = None if meant is None else f"write `{what}: {meant}`"
            wrong_value(findings, item, what, "made of positive whole numbers (null: any length)", advice)
            return None
    return Located(tuple(lengths), tree.span)


def _is_shape(value: object) -> bool:
    return isinstance(value, list) and all(item is None or (type(item) is int and item > 0) for item in value)
