"""Each key of each gallery file misspelt, removed, doubled or of another kind: refused in place, or different.

Here one mutant in twenty; `python tests/mutation/all_mutants.py` tries them all.
"""

from pathlib import Path

import pytest
from mutants import OTHER_KINDS, Mutant, complaint, mutants, resolved_spec

CONFIGS = Path(__file__).parents[2] / "configs"
STEP = 20


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_mutant_is_refused_in_its_place_or_means_something_else(path: Path) -> None:
    text, resolved = resolved_spec(path)
    sample = list(mutants(text))[len(text) % STEP :: STEP]
    assert sample
    found = {str(mutant): complaint(mutant, path, resolved) for mutant in sample}
    assert {mutant: problem for mutant, problem in found.items() if problem is not None} == {}


def test_every_key_is_changed_in_every_way() -> None:
    texts = {str(mutant): mutant.text for mutant in mutants("nodes: {fc: {layer: Dense}}")}
    assert len(texts) == 3 * (3 + len(OTHER_KINDS))
    assert {name: text for name, text in texts.items() if name.startswith("nodes.fc.layer")} == {
        "nodes.fc.layer misspelt": '{"nodes": {"fc": {"lyaer": "Dense"}}}',
        "nodes.fc.layer removed": '{"nodes": {"fc": {}}}',
        "nodes.fc.layer doubled": '{"nodes": {"fc": {"layer": "Dense", "layer": "Dense"}}}',
        "nodes.fc.layer is a text": '{"nodes": {"fc": {"layer": "surplus"}}}',
        "nodes.fc.layer is a number": '{"nodes": {"fc": {"layer": 17}}}',
        "nodes.fc.layer is a list": '{"nodes": {"fc": {"layer": [1, "two"]}}}',
        "nodes.fc.layer is a mapping": '{"nodes": {"fc": {"layer": {"some": "thing"}}}}',
        "nodes.fc.layer is nothing": '{"nodes": {"fc": {"layer": null}}}',
        "nodes.fc.layer is a truth": '{"nodes": {"fc": {"layer": true}}}',
    }


def test_a_checker_that_shrugs_is_found_out() -> None:
    path = CONFIGS / "digits_mlp.yaml"
    text, resolved = resolved_spec(path)
    unharmed = Mutant(("nodes", "fc"), "misspelt", text)
    assert complaint(unharmed, path, resolved) == "accepted and without effect"
    assert complaint(Mutant(("nodes",), "doubled", text), path, "") == "a key that stands twice is accepted"
