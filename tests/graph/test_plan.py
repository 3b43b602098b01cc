"""What is known of a spec: as long as something is missing it is a plan, then one that can be trained."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.plan import Plan
from nettool.graph.trainable_plan import TrainablePlan, trainable
from nettool.spec.train.training import Training

NETTOOL = Path(__file__).parents[2] / "nettool"
SPEC = """
inputs: {image: [64]}
nodes: {digit: {layer: Dense, units: 10, activation: softmax}}
outputs: [digit]
losses: {digit: categorical_crossentropy}
data: digits
train: {epochs: 3}
"""


def plan() -> Plan:
    return load_source(Source("spec", SPEC), "spec")[0]


def test_a_whole_spec_can_be_trained() -> None:
    found = trainable(plan())
    assert isinstance(found, TrainablePlan)
    assert found.training.epochs == 3
    assert [each.field for each in found.binding.targets] == ["label"]
    assert found.resolved == plan().resolved


@pytest.mark.parametrize("section", ["data", "losses", "train"])
def test_what_is_missing_is_named(section: str) -> None:
    text = "\n".join(line for line in SPEC.splitlines() if not line.startswith(section))
    with pytest.raises(SpecError) as refused:
        trainable(load_source(Source("spec", text), "spec")[0])
    (found,) = refused.value.diagnostics
    assert found.code == "NT603"
    assert found.message == f"to be trained the spec needs `{section}`"


def test_a_plan_that_lost_its_settings_is_refused() -> None:
    with pytest.raises(SpecError, match="to be trained the spec needs `train`"):
        trainable(replace(plan(), training=None))


def test_the_resolved_spec_is_that_of_the_plan_as_it_is_now() -> None:
    other = replace(plan(), training=Training(epochs=7, seed=3))
    assert "epochs: 7" in other.resolved
    assert "seed: 3" in other.resolved
    assert "\ntrain:" not in replace(plan(), training=None).resolved


def test_which_way_is_better_is_decided_in_one_place() -> None:
    measured = "metrics: {digit: [accuracy, mse, {metric: F1Score, average: macro, name: f}]}\n"
    found = load_source(Source("spec", SPEC + measured), "spec")[0].better
    assert found == {"loss": "min", "accuracy": "max", "mse": "min", "f": "max"}
    assert list(found) == ["loss", "accuracy", "mse", "f"]
    asking = {
        str(path.relative_to(NETTOOL))
        for path in NETTOOL.rglob("*.py")
        if re.search(r"\bdirection_of\(", path.read_text()) and path.name != "metric_directions.py"
    }
    assert asking == {"graph/check/metric_names.py", "record/directions.py"}, (
        "the plan, and runs that kept no results"
    )


def test_what_trains_or_measures_takes_a_plan_that_can_be_trained() -> None:
    files = [*(NETTOOL / "engine").rglob("*.py")]
    assert len(files) > 50
    for path in files:
        tree = ast.parse(path.read_text())
        names = {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
        }
        assert "Plan" not in names, path
        may_be_missing = r"\b(Training|Binding|DataRequest|Declaration) \| None"
        assert not re.search(may_be_missing, path.read_text()), path
    for path in (*files, *(NETTOOL / "jobs").rglob("*.py"), *(NETTOOL / "cli").rglob("*.py")):
        assert "a plan without" not in path.read_text(), path
