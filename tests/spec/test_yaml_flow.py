"""What is written on one line reads back as the same."""

import yaml
from hypothesis import given
from hypothesis import strategies as st

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Source
from nettool.spec.yaml.flow import yaml_flow
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import plain

_TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXTS
    | st.sampled_from(
        ["1e-3", "yes", "null", "~", "-", "- a", "a: b", "#", "x y", "$(2 * f)", "0x1f", "1_000", "="]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)


@given(_VALUES)
def test_flow_style_reads_back_as_it_was(value: object) -> None:
    findings = Findings()
    tree = parse(Source("flow.yaml", f"value: {yaml_flow(value)}\n"), findings)
    assert not findings.has_errors, findings.in_file_order()
    assert tree is not None
    assert plain(tree) == {"value": value}


def test_specs_are_written_as_people_write_them() -> None:
    entry = {"layer": "Conv2D", "kernel_size": [3, 3], "use_bias": False, "data_format": None, "rate": 0.5}
    text = yaml_flow(entry)
    assert text == "{layer: Conv2D, kernel_size: [3, 3], use_bias: false, data_format: null, rate: 0.5}"
    assert yaml.safe_load(text) == entry
