"""Counts beyond any machine are refused where they are written."""

import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source

SPEC = """
data: {{random: {{a: {{shape: [{shape}]}}, y: {{shape: [1]}}}}, samples: {samples}}}
inputs: {{a: [{size}]}}
nodes: {{d: {{layer: Dense, units: {units}}}}}
outputs: [d]
losses: {{d: {{loss: mse, target: y}}}}
train: {{epochs: {epochs}, batch_size: {batch}, seed: {seed}}}
"""
USUAL = {"shape": 4, "samples": 50, "size": 4, "units": 1, "epochs": 1, "batch": 8, "seed": 1}


@pytest.mark.parametrize("name", USUAL)
@pytest.mark.parametrize("number", [10**20, 10**400])
def test_a_huge_number_is_refused(name: str, number: int) -> None:
    with pytest.raises(SpecError) as refused:
        load_source(Source("s.yaml", SPEC.format(**{**USUAL, name: number})), "s")
    assert refused.value.diagnostics[0].span is not None


def test_usual_numbers_are_not() -> None:
    load_source(Source("s.yaml", SPEC.format(**USUAL)), "s")
