"""The part of a located value that a path leads to."""

import pytest

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Source
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import part

TEXT = "{regularizer: L3, cells: [{units: 8}, {unit: 9}], size: $size}"


@pytest.mark.parametrize(
    ("path", "at_key", "marked"),
    [
        ((), False, TEXT),
        (("regularizer",), False, "L3"),
        (("regularizer",), True, "regularizer"),
        (("cells", 1, "unit"), False, "9"),
        (("cells", 1, "unit"), True, "unit"),
        (("cells", 1), False, "{unit: 9}"),
        (("size", 0), False, "$size"),
        (("missing", "too"), True, TEXT),
    ],
)
def test_a_path_leads_as_far_as_the_text_goes(path: tuple[str | int, ...], at_key: bool, marked: str) -> None:
    tree = parse(Source("spec", TEXT), Findings())
    assert tree is not None
    span = part(tree, path, at_key=at_key).span
    assert TEXT[span.column - 1 : span.end_column - 1] == marked
