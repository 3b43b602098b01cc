"""Whether an input of whole numbers, or the Embeddings that it feeds, can take the numbers of a field."""

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.data.values.within_type import check_within
from nettool.graph.network import Graph


def check_input(graph: Graph, name: str, dtype: str, field: Field, part: Part) -> None:
    """Raises DataError for numbers that would wrap around, and for negative ones in an Embedding."""
    column = part.columns[field.name]
    if not len(part):
        return
    rows = [each.name for each in graph.nodes if each.operation == "Embedding" and name in each.inputs]
    if rows:
        whole = dtype if dtype.removeprefix("u").startswith("int") else "int64"
        check_within(field.name, column, f"`{rows[0]}`, an Embedding,", whole, lowest=0)
    elif dtype.removeprefix("u").startswith("int"):
        check_within(field.name, column, f"the input `{name}` of {dtype}", dtype)
