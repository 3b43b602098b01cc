"""`--set`: values from the command line, with the places of the command line."""

import pytest

from nettool.diagnostics.caller import on_command_line
from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.render import render
from nettool.diagnostics.source import Source
from nettool.spec.overrides import apply_override, parse_override
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import plain

SPEC = """
data: mnist
nodes:
  fc: {layer: Dense, units: 10}
outputs: [fc, other]
train: {epochs: 5, optimizer: adam}
"""


def overridden(text: str) -> tuple[object, list[str]]:
    findings = Findings()
    tree = parse(Source("spec.yaml", SPEC), findings)
    override = parse_override(text, "--set", findings)
    if override is not None:
        tree = apply_override(tree, override, findings)
    return plain(tree) if tree is not None else None, [render(each) for each in findings.in_file_order()]


@pytest.mark.parametrize(
    ("text", "section", "value"),
    [
        ("train.epochs=3", "train", {"epochs": 3, "optimizer": "adam"}),
        (
            "train.optimizer.learning_rate=1e-2",
            "train",
            {"epochs": 5, "optimizer": {"optimizer": "adam", "learning_rate": 0.01}},
        ),
        ("data.limit=100", "data", {"dataset": "mnist", "limit": 100}),
        ("data={dataset: digits, fit: true}", "data", {"dataset": "digits", "fit": True}),
        ("nodes.fc.units=12", "nodes", {"fc": {"layer": "Dense", "units": 12}}),
        ("outputs.1=fc2", "outputs", ["fc", "fc2"]),
        ("expect.parameters=7", "expect", {"parameters": 7}),
        ("name=", "name", None),
        ("name=a=b", "name", "a=b"),
    ],
)
def test_an_override_puts(text: str, section: str, value: object) -> None:
    tree, complaints = overridden(text)
    assert complaints == []
    assert isinstance(tree, dict)
    assert tree[section] == value


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "train.epochs",
            "error[NT901]: `train.epochs` is not an assignment\n --> command line:1:7\n  |\n"
            "1 | --set train.epochs\n  |       ^^^^^^^^^^^^\n"
            "  = help: write `--set path=value`, for example `--set train.epochs=3`",
        ),
        (
            "outputs.2=x",
            "error[NT902]: `outputs` is a list of 2: there is no `2` in it\n --> command line:1:15\n  |\n"
            "1 | --set outputs.2=x\n  |               ^\n  = help: items count from 0",
        ),
        (
            "train.epochs.more=1",
            "error[NT902]: `train.epochs` is one value: there is no `more` in it\n --> command line:1:20\n  |\n"
            "1 | --set train.epochs.more=1\n  |                    ^^^^",
        ),
        (
            "train.epochs=[1",
            "error[NT101]: a `[` is not closed: a `,` or a `]` is missing\n --> command line:1:20\n  |\n"
            "1 | --set train.epochs=[1\n  |                    ^ opened here",
        ),
    ],
)
def test_a_bad_override_points_at_the_command_line(text: str, complaint: str) -> None:
    with on_command_line():
        assert overridden(text)[1] == [complaint]
