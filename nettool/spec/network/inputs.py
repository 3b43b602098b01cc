"""The section `inputs`: what goes into the network."""

from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Findings
from nettool.kinds.kind import Name as NameKind
from nettool.kinds.kind import Whole, Word
from nettool.kinds.list_kinds import Shape
from nettool.spec.keys.key import key
from nettool.spec.keys.read_section import read_table
from nettool.spec.keys.tree_kinds import At
from nettool.spec.keys.values import mapping, new_name
from nettool.spec.yaml.flow import as_written
from nettool.spec.yaml.located import Located, Name
from nettool.spec.yaml.tree import Mapping, Pair, Tree, plain

DTYPE = Word(("float32", "float16", "float64", "bfloat16", "int32", "int64", "uint8", "bool"))
SHAPE = At(Shape())


@dataclass(frozen=True, slots=True)
class InputEntry:
    """An input of the network; `shape_key` is what its shape stands under."""

    name: Name
    shape: Located[tuple[int | None, ...]] | None = key(
        SHAPE,
        meaning="The lengths of the axes, the batch left out; null for any length.",
        example="[28, 28, 1]",
        others=("input_shape", "input_size", "dim", "dims"),
        needed=True,
    )
    dtype: str = key(
        DTYPE,
        default="float32",
        meaning="The type of its numbers.",
        example="int32",
        others=("type", "datatype"),
    )
    batch_size: int | None = key(
        Whole(1),
        meaning="A fixed number of samples in a batch, for layers that must know it.",
        example="16",
        others=("bs", "batch", "batchsize", "minibatch_size"),
    )
    field: Name | None = key(
        At(NameKind()),
        meaning="The field of the data that feeds it.",
        example="words",
        usual="the field of the input's own name, or the only one that can be meant",
    )
    shape_key: str = "shape"


def read_inputs(tree: Tree, findings: Findings) -> tuple[InputEntry, ...]:
    """The network's inputs, in the order of the file."""
    is_shape = SHAPE.kind.accepts(plain(tree))
    advice = f"give it a name: write `inputs: {{image: {as_written(tree)}}}`" if is_shape else None
    table = mapping(tree, "inputs", findings, advice)
    if table is None:
        return ()
    return tuple(_input(pair, findings) for pair in table.pairs)


def _input(pair: Pair, findings: Findings) -> InputEntry:
    name = new_name(pair.key, "an input", findings)
    if not isinstance(pair.value, Mapping):
        return InputEntry(name, read_shape(pair.value, name.value, findings), shape_key=name.value)
    owner = f"the input `{name.value}`"
    return read_table(InputEntry, pair.value, owner, findings, None, name.span, name=name).value


def read_shape(tree: Tree, what: str, findings: Findings) -> Located[tuple[int | None, ...]] | None:
    """The lengths of a shape, the batch left out; None is any length."""
    found = SHAPE.read(tree, what, findings)
    return found if isinstance(found, Located) else None
