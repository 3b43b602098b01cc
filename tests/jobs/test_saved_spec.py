"""The spec of a saved state held against that of the run: what has changed is named, what is new is not."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from nettool.front_end import load
from nettool.graph.plan import Plan
from nettool.jobs.identity.saved_spec import (
    code_checksums,
    resumed_identity,
    spec_changes,
    spec_checksum,
    with_epochs,
)
from nettool.record.checkpoints.training_state import Identity
from nettool.record.run_directory import RunDirectory

SPEC = """
name: small
python: layers.py
inputs: {x: [4]}
nodes:
  fc: {layer: Dense, units: 2}
  own: {layer: Twice}
outputs: [own]
losses:
  own: [{loss: mse}, {loss: mae, weight: 0.5}]
data: {random: {x: {shape: [4]}, own: {shape: [2]}}, samples: 4}
train: {epochs: 3, early_stopping: {}}
"""
CODE = """
import keras

class Twice(keras.layers.Layer):
    def call(self, inputs):
        return 2 * inputs
"""


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    (tmp_path / "layers.py").write_text(CODE)
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "resolved.yaml").write_text(load(tmp_path / "spec.yaml")[0].resolved)
    return RunDirectory(tmp_path)


def plan_of(run: RunDirectory) -> Plan:
    return load(run.path / "resolved.yaml")[0]


def written(run: RunDirectory) -> str:
    return (run.path / "resolved.yaml").read_text()


def rewrite(run: RunDirectory, before: str, after: str) -> None:
    assert before in written(run)
    (run.path / "resolved.yaml").write_text(written(run).replace(before, after, 1))


def saved(run: RunDirectory) -> Identity:
    """As a state of the run as it stands says it."""
    plan = plan_of(run)
    text = written(run)
    checksum = spec_checksum(text, plan.python)
    return Identity(checksum, {}, {}, resolved=text, code=code_checksums(plan.python))


def formerly(identity: Identity) -> Identity:
    """As a state of an earlier version says it."""
    return Identity(identity.spec, {}, {})


def test_what_was_saved_is_unchanged(run: RunDirectory) -> None:
    identity = saved(run)
    assert spec_changes(identity, plan_of(run), run) == ()
    assert spec_changes(formerly(identity), plan_of(run), run) == ()


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("use_bias: true", "use_bias: false", "`nodes.fc.use_bias` was true and is false now"),
        ("weight: 0.5", "weight: 0.25", "`losses.own[2].weight` was 0.5 and is 0.25 now"),
        ("patience: 5", "patience: 6", "`train.early_stopping.patience` was 5 and is 6 now"),
        (
            "  epochs: 3\n",
            "  epochs: 3\n  limit_steps: 2\n",
            "`train.limit_steps` was not there and is 2 now",
        ),
        ("samples: 4", "samples: 5", "`data.samples` was 4 and is 5 now"),
    ],
)
def test_a_change_is_named_by_its_key(run: RunDirectory, before: str, after: str, change: str) -> None:
    identity = saved(run)
    rewrite(run, before, after)
    assert spec_changes(identity, plan_of(run), run) == (change,)
    assert spec_changes(formerly(identity), plan_of(run), run) == (
        "its resolved.yaml, or a Python file of it, was changed",
    )


def test_what_is_gone_is_named(run: RunDirectory) -> None:
    identity = saved(run)
    text = yaml.safe_load(written(run))
    del text["train"]["early_stopping"]
    (run.path / "resolved.yaml").write_text(yaml.safe_dump(text, sort_keys=False))
    (change,) = spec_changes(identity, plan_of(run), run)
    assert change.startswith("`train.early_stopping` was {monitor: ")
    assert change.endswith(" and is gone")


@pytest.mark.parametrize("is_former", [False, True])
@pytest.mark.parametrize("key", ["  deterministic: false\n", "  precision: float32\n", "use_bias: true, "])
def test_a_key_that_is_newer_than_the_state_is_no_change(
    run: RunDirectory, key: str, is_former: bool
) -> None:
    rewrite(run, key, "")
    identity = formerly(saved(run)) if is_former else saved(run)
    assert key.strip(" ,\n") in plan_of(run).resolved
    assert spec_changes(identity, plan_of(run), run) == ()
    kept = resumed_identity(identity, replace(saved(run), spec="", resolved=""), plan_of(run), run)
    assert (kept.spec, kept.resolved) == (identity.spec, written(run))
    assert spec_changes(kept, plan_of(run), run) == ()


def test_another_meaning_of_the_same_text_is_named(run: RunDirectory) -> None:
    identity, plan = saved(run), plan_of(run)
    assert plan.training is not None
    other = replace(plan, training=replace(plan.training, deterministic=True))
    for each in (identity, formerly(identity)):
        assert spec_changes(each, other, run) == ("`train.deterministic` was false and is true now",)


def test_what_is_written_differently_is_no_change(run: RunDirectory) -> None:
    identity = saved(run)
    rewrite(run, "  deterministic: false\n", "")
    rewrite(run, "name: small", "name: small  # the smallest")
    for each in (identity, formerly(identity)):
        assert spec_changes(each, plan_of(run), run) == ()
        kept = resumed_identity(each, replace(identity, spec="now"), plan_of(run), run)
        assert kept.spec == (identity.spec if each is identity else "now")


def test_changed_code_is_named(run: RunDirectory) -> None:
    identity = saved(run)
    (run.path / "layers.py").write_text(CODE.replace("2 *", "3 *"))
    assert spec_changes(identity, plan_of(run), run) == ("`layers.py` was changed",)
    assert spec_changes(formerly(identity), plan_of(run), run) == (
        "its resolved.yaml, or a Python file of it, was changed",
    )


def test_a_state_of_another_spec_is_not_that_of_the_run(run: RunDirectory) -> None:
    assert spec_changes(replace(saved(run), spec="sha256:0"), plan_of(run), run) == (
        "its resolved.yaml, or a Python file of it, was changed",
    )


def test_more_epochs_change_nothing_else(run: RunDirectory) -> None:
    identity, text = saved(run), written(run)
    more = with_epochs(text, 12)
    assert more == text.replace("epochs: 3", "epochs: 12  # set in Python")
    assert with_epochs(more, 13) == more.replace("epochs: 12", "epochs: 13")
    (run.path / "resolved.yaml").write_text(more)
    assert plan_of(run).training is not None
    for each in (identity, formerly(identity)):
        assert spec_changes(each, plan_of(run), run) == ()
    meant = "meta: {epochs: 3}\ntrain: {epochs: 3}\n"
    assert with_epochs(meant, 4) == "meta: {epochs: 3}\ntrain: {epochs: 4}\n"
    assert with_epochs("name: x\n", 4) is None


def test_a_saved_text_that_unfolds_without_end_is_one_that_nobody_knows(run: RunDirectory) -> None:
    before = saved(run)
    folds = "".join(
        f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 10)}]\n" for number in range(1, 12)
    )
    hostile = replace(before, resolved=f"a0: &a0 [x]\n{folds}", spec="sha256:another")
    assert spec_changes(hostile, plan_of(run), run) == (
        "its resolved.yaml, or a Python file of it, was changed",
    )


def test_another_number_of_epochs_costs_one_reading() -> None:
    notes = "".join(f"  note_{number}: {{epochs: 1}}\n" for number in range(20_000))
    text = f"meta:\n{notes}train:\n  epochs: 3\n"
    assert with_epochs(text, 5) == f"meta:\n{notes}train:\n  epochs: 5  # set in Python\n"
