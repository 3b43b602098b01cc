"""The gallery: exact parameter counts, and the tables that the documents print for six of its networks."""

import re
from pathlib import Path

import pytest

from nettool.front_end import load
from nettool.views.terminal.summary import summary_facts, summary_text

CONFIGS = Path(__file__).parents[2] / "configs"
PRINTED = Path(__file__).parent / "printed"
PARAMETERS = {
    "autoencoder": 28_241,
    "autoencoder_nested": 28_241,
    "beads": 1_403,
    "cifar10_fast": 1_973_788,
    "conv_dense": 78_154,
    "custom_dense": 50,
    "custom_rnn": 2_657,
    "digit_difference": 47_658,
    "digits_cnn": 38_026,
    "digits_mlp": 3_466,
    "edge_filters": 1_033,
    "ensemble": 387,
    "feature_extraction": 143_667_240,
    "frozen_backbone": 20_029_514,
    "inception": 790_246,
    "inception_aux": 87_822,
    "iris": 131,
    "lenet": 7_044,
    "lenet5": 61_706,
    "merges": 3_060,
    "mnist_mlp": 55_050,
    "mobilenet_v2": 3_538_984,
    "multi_branch": 135_082,
    "multi_input": 55_050,
    "multi_output": 59_860,
    "residual": 77_382,
    "residual_projection": 298_858,
    "resnet": 223_242,
    "resnet20": 271_098,
    "resnet50": 25_636_712,
    "same_digit": 64_385,
    "shared_embedding": 128_000,
    "tickets": 1_392_097,
    "two_networks": 128_609,
    "vgg16": 138_357_544,
}
FIXED = {
    "cifar10_fast": 2_460,
    "edge_filters": 43,
    "digits_cnn": 256,
    "resnet20": 1_376,
    "resnet50": 53_120,
    "mobilenet_v2": 34_112,
}
"""What training leaves alone: moving means and variances of BatchNormalization, and the fixed kernels."""

Row = tuple[str, str, int]


def test_every_config_is_counted_here() -> None:
    assert sorted(PARAMETERS) == sorted(path.stem for path in CONFIGS.glob("*.yaml"))


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_config_opens_with_what_it_is_and_what_it_teaches(name: str) -> None:
    text = (CONFIGS / f"{name}.yaml").read_text(encoding="utf-8")
    assert re.match(r"# \w.*\n(# .*\n)*# Teaches: [\w`]", text)


def test_resnet_50_is_short() -> None:
    assert len((CONFIGS / "resnet50.yaml").read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize(("name", "parameters"), PARAMETERS.items())
def test_a_config_is_sound_expects_its_count_and_has_it(name: str, parameters: int) -> None:
    plan, warnings = load(CONFIGS / f"{name}.yaml")
    assert warnings == ()
    if plan.python or any(node.application for node in plan.graph.nodes):
        assert (
            plan.graph.parameter_count is None
        )  # only Keras can count these: smoke runs and test_applications
    else:
        assert (plan.graph.parameter_count, plan.graph.trainable_parameter_count) == (
            parameters,
            parameters - FIXED.get(name, 0),
        )
    assert [expectation.value for expectation in plan.expectations if expectation.metric == "parameters"] == [
        parameters
    ]


@pytest.mark.parametrize("name", [path.stem for path in sorted(PRINTED.glob("*.txt"))])
def test_every_layer_is_as_the_document_prints_it(name: str) -> None:
    """Same layers, shapes and counts; the order of parallel branches is each tool's own."""
    plan, _ = load(CONFIGS / f"{name}.yaml")
    facts = summary_facts(plan.graph)
    nodes = facts["nodes"]
    assert isinstance(nodes, list)
    ours = [(node["layer"], shape(node["output_shape"]), node["parameters"]) for node in nodes]
    rows, total = printed(name)
    assert sorted(ours) == sorted(rows)
    assert facts["parameters"] == total


@pytest.mark.parametrize("name", [path.stem for path in sorted(PRINTED.glob("*.txt"))])
def test_what_feeds_each_layer_is_as_the_document_prints_it(name: str) -> None:
    """The document's names are given to our nodes in the order of equal rows; the edges must then agree."""
    text = (PRINTED / f"{name}.txt").read_text(encoding="utf-8")
    theirs = sorted(
        (match[2], match[3], sorted(kinds(text)[source] for source in match[5].split(", ") if source))
        for match in LINE.finditer(text)
    )
    plan, _ = load(CONFIGS / f"{name}.yaml")
    by_name = plan.graph.by_name
    ours = sorted(
        (
            node.operation,
            shape([None, *(node.shape or ())]),
            sorted(
                f"{by_name[each].operation} {shape([None, *(by_name[each].shape or ())])}"
                for each in node.inputs
            ),
        )
        for node in plan.graph.nodes
    )
    assert ours == theirs


@pytest.mark.parametrize("name", ["multi_branch", "resnet"])
def test_the_summary_is_a_golden(name: str) -> None:
    golden = Path(__file__).parent / "summary" / f"{name}.txt"
    plan, _ = load(CONFIGS / f"{name}.yaml")
    assert summary_text(plan.graph).rstrip("\n") == golden.read_text(encoding="utf-8").rstrip("\n")


LINE = re.compile(r"^(\w+) \((\w+)\) (\(.*?\)) ([\d,]+) ?\|(.*)$", re.MULTILINE)


def printed(name: str) -> tuple[list[Row], int]:
    text = (PRINTED / f"{name}.txt").read_text(encoding="utf-8")
    rows = [(match[2], match[3], int(match[4].replace(",", ""))) for match in LINE.finditer(text)]
    total = re.search(r"^Total params: ([\d,]+)$", text, re.MULTILINE)
    assert total is not None
    return rows, int(total[1].replace(",", ""))


def kinds(text: str) -> dict[str, str]:
    return {match[1]: f"{match[2]} {match[3]}" for match in LINE.finditer(text)}


def shape(lengths: object) -> str:
    assert isinstance(lengths, list)
    texts = ["None" if length is None else str(length) for length in lengths]
    return f"({', '.join(texts)})"
