"""`nettool plot`: what is written where, in which form, and what its options change."""

import json
import re
import time
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from command_line import run
from small_runs import write_run

from nettool.record.checkpoints.states import save_state
from nettool.record.checkpoints.training_state import Identity, TrainingState
from nettool.record.events.events import EpochEnded
from nettool.record.events.position import Position
from nettool.record.run_directory import RunDirectory

CONFIGS = Path(__file__).parents[2] / "configs"
RESNET = str(CONFIGS / "resnet.yaml")
RESNET50 = str(CONFIGS / "resnet50.yaml")
BEGINNINGS = {
    "svg": b"<?xml",
    "png": b"\x89PNG",
    "pdf": b"%PDF",
    "dot": b"digraph",
    "mermaid": b"---\ntitle: ",
    "html": b"<!doctype html>",
}


@pytest.mark.parametrize(("form", "beginning"), BEGINNINGS.items())
def test_the_ending_says_the_format_and_so_does_the_option(
    form: str, beginning: bytes, tmp_path: Path
) -> None:
    by_ending, by_option = tmp_path / f"net.{form}", tmp_path / "net.picture"
    assert run("plot", RESNET, "-o", str(by_ending)).out == f"drew {by_ending}\n"
    assert run("plot", RESNET, "-o", str(by_option), "--format", form).out == f"drew {by_option}\n"
    assert by_ending.read_bytes().startswith(beginning)
    assert by_option.read_bytes() == by_ending.read_bytes() or form == "pdf"


def test_without_a_name_the_picture_is_called_after_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("plot", RESNET).out == "drew toy_resnet.svg\n"
    assert run("plot", RESNET, "--format", "mermaid").out == "drew toy_resnet.mmd\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["toy_resnet.mmd", "toy_resnet.svg"]


def test_a_dash_is_the_standard_output() -> None:
    assert run("plot", RESNET, "-o", "-", "--format", "dot").out.startswith("digraph")
    assert run("plot", RESNET, "-o", "-").out.startswith("<?xml")


def drawn(*arguments: str) -> str:
    return unescape(run("plot", *arguments, "-o", "-").out)


@pytest.mark.parametrize(
    ("depth", "each", "once"), [("0", 13, 13), ("1", 29, 21), ("2", 57, 49), ("all", 177, 97)]
)
def test_a_depth_draws_so_many_boxes_and_a_loss(depth: str, each: int, once: int) -> None:
    def count(repeats: str) -> int:
        return drawn(RESNET50, "--depth", depth, "--repeats", repeats).count('class="node"') - 1

    assert (count("each"), count("once")) == (each, once)


def test_what_stands_on_a_node_can_be_chosen() -> None:
    plain = drawn(RESNET, "--no-shapes", "--no-legend")
    assert "(30, 30, 32)" not in plain and "896 parameters" not in plain and "■" not in plain
    full = drawn(RESNET, "--parameters", "--multiply-adds")
    assert all(text in full for text in ("(30, 30, 32)", "896 parameters", "778 k mult-adds", "■"))
    assert "223,242 parameters, 29 M multiply-adds" in full


def test_the_way_of_the_data_can_be_turned() -> None:
    down, right = (drawn(RESNET, "--depth", "all", "--direction", way) for way in ("top-down", "left-right"))
    assert size(down)[0] < size(down)[1]
    assert size(right)[0] > size(right)[1]


def size(svg: str) -> tuple[float, float]:
    found = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg)
    assert found is not None
    return float(found[1]), float(found[2])


def keep_weights(run_directory: RunDirectory) -> None:
    arrays = (("hidden/kernel", np.linspace(-1, 3, 2048).reshape(64, 32)),)
    history = tuple(EpochEnded(number, 2, {}, 0.1, 1.0) for number in (1, 2))
    groups = {"model": arrays, "optimizer": (), "draws": (), "metrics": ()}
    state = TrainingState(Position(2), groups, history=history)
    save_state(run_directory, state, Identity("", {}, {}), is_best=True)


def test_the_page_of_a_run_has_its_weights_unless_the_network_is_another(tmp_path: Path) -> None:
    keep_weights(write_run(tmp_path))
    of_run = ("plot", "digits_mlp", "--runs-dir", str(tmp_path), "--format", "html", "-o", "-")
    page = run(*of_run).out
    assert "those of the run's best epoch (2)" in page
    assert '"lowest":"−1"' in page
    assert '"lowest"' not in run(*of_run, "--set", "nodes.hidden.units=16").out


def test_the_page_of_a_run_without_weights_is_that_of_its_spec(tmp_path: Path) -> None:
    write_run(tmp_path)
    page = run("plot", "latest", "--runs-dir", str(tmp_path), "--format", "html", "-o", "-").out
    assert '"weights_of":""' in page


def network_of(nodes: list[str], merges: list[str] | None = None) -> str:
    parts = ["name: long", "inputs: {x: [4]}", "nodes:", *nodes]
    return "\n".join([*parts, *(["merges:", *merges] if merges else []), "outputs: [y]\n"])


def test_a_png_that_nobody_could_read_is_refused_and_an_svg_drawn(tmp_path: Path) -> None:
    spec = tmp_path / "long.yaml"
    chain = [f"  d{number}: {{layer: Dense, units: 4}}" for number in range(320)]
    spec.write_text(network_of([*chain, "  y: {layer: Dense, units: 4}"]))
    ended = run("plot", str(spec), "--depth", "all", "-o", str(tmp_path / "long.png"))
    assert (ended.code, ended.out) == (2, "")
    assert "longer than the 32,767 pixels that a PNG can have; `-o net.svg` has no such limit" in ended.err
    assert "--depth" not in ended.err.split("Error:")[1]
    assert not (tmp_path / "long.png").exists()
    assert run("plot", str(spec), "--depth", "all", "-o", str(tmp_path / "long.svg")).err == ""
    assert run("plot", str(spec), "-o", str(tmp_path / "long.png")).err == ""


def test_edges_that_cross_many_layers_are_laid_out_within_seconds(tmp_path: Path) -> None:
    """50 down, 50 up, each with a way across: 13 s of searching for the best places before."""
    down = [f"  c{number}: {{layer: Dense, units: 4}}" for number in range(50)]
    up = [
        f"  d{number}: {{layer: Dense, units: 4, from: {f's{number - 1}' if number else 'c49'}}}"
        for number in range(50)
    ]
    across = [f"  s{number}: {{merge: Add, from: [d{number}, c{49 - number}]}}" for number in range(50)]
    spec = tmp_path / "across.yaml"
    spec.write_text(network_of([*down, *up, "  y: {layer: Dense, units: 4, from: s49}"], across))
    before = time.process_time()
    assert run("plot", str(spec), "-o", str(tmp_path / "across.svg")).code == 0
    assert time.process_time() - before < 6


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_page_counts_what_validate_counts(path: Path) -> None:
    html = run("plot", str(path), "--format", "html", "-o", "-").out
    data = re.search(r'<script type="application/json" id="network">(.*?)</script>', html)
    assert data is not None
    totals = dict(json.loads(data[1])["facts"])
    validated = re.search(
        r": sound, ([\d,]+) nodes?(?:, ([\d,]+) parameters)?$", run("validate", str(path)).out
    )
    assert validated is not None
    assert (totals["nodes"], totals["parameters"]) == (validated[1], validated[2] or "?")


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_feature_maps_are_drawn_as_boxes(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"net.{form}"
    assert run("plot", RESNET, "--style", "volumes", "-o", str(path)).out == f"drew {path}\n"
    assert path.read_bytes().startswith(BEGINNINGS[form])


def test_boxes_have_as_many_open_levels_as_a_slide_holds_or_as_was_asked() -> None:
    of_itself, closed = (
        drawn(RESNET50, "--style", "volumes"),
        drawn(RESNET50, "--style", "volumes", "--depth", "0"),
    )
    assert (of_itself.count('class="node"'), closed.count('class="node"')) == (17, 9)
    assert "bottleneck" in of_itself and "bottleneck" not in closed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "html"), "volumes are drawn as svg, png or pdf, not as html"),
        (("--format", "mermaid"), "volumes are drawn as svg, png or pdf, not as mermaid"),
        (
            ("--direction", "left-right"),
            "`--direction` is not for `--style volumes`: leave it out",
        ),
        (("--no-shapes",), "`--shapes/--no-shapes` is not for `--style volumes`: leave it out"),
    ],
)
def test_what_boxes_cannot_show_is_said(arguments: tuple[str, ...], message: str) -> None:
    ended = run("plot", RESNET, "--style", "volumes", *arguments, "-o", "-")
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


def test_more_boxes_than_a_picture_holds_are_refused_in_one_sentence(tmp_path: Path) -> None:
    spec = tmp_path / "long.yaml"
    chain = [f"  d{number}: {{layer: Dense, units: {4 + number % 2}}}" for number in range(320)]
    spec.write_text(network_of([*chain, "  y: {layer: Dense, units: 7}"]))
    ended = run("plot", str(spec), "--style", "volumes", "-o", "-")
    assert (ended.code, ended.out) == (2, "")
    assert "a picture of volumes has at most 300 boxes, and this network needs 322" in ended.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--image", "0"), "`--image` shows samples on a page: write `-o net.html`"),
        (("--image", "0", "-o", "x.html"), f"`--image` needs a trained run, and `{RESNET}` is a spec"),
        (("--part", "train", "-o", "x.html"), "`--part` needs `--image`"),
        (
            ("--image", "0", "-o", "x.html", "--set", "train.epochs=2"),
            "`--image` asks the run's trained model, and `--set` and `--data` make another network",
        ),
    ],
)
def test_what_says_nothing_without_samples_is_refused(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run("plot", RESNET, *arguments)
    assert (ended.code, message in ended.err) == (2, True), ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "dot", "mermaid"])
def test_two_networks_are_drawn_over_each_other(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"net.{form}"
    ended = run("plot", "--diff", RESNET, str(CONFIGS / "residual.yaml"), "-o", str(path))
    assert ended.out == f"drew {path}\n"
    assert re.search(r"note: nodes: \d+ added, .*; parameters 223,242 → 77,382 \(−145,860\)\n", ended.err)
    assert path.read_bytes().startswith(BEGINNINGS[form])


def test_overrides_are_for_the_second_network_and_other_sections_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = str(CONFIGS / "digits_mlp.yaml")
    monkeypatch.chdir(tmp_path)
    ended = run(
        "plot", "--diff", spec, spec, "--set", "nodes.hidden_1.activation=tanh", "--set", "train.epochs=3"
    )
    assert (ended.code, ended.out) == (0, "drew digits_mlp_diff.svg\n")
    drawing = unescape((tmp_path / "digits_mlp_diff.svg").read_text())
    assert "~ hidden_1" in drawing and "activation relu → tanh" in drawing
    assert "elsewhere: train.epochs 30 → 3" in drawing
    assert "alone" not in ended.err
    other = run("plot", "--diff", RESNET, spec, "--set", "train.epochs=3", "-o", "-")
    assert other.err.startswith(f"note: --set changes {spec} alone, not {RESNET}\n")
    same = run("plot", "--diff", spec, spec, "-o", "-")
    assert "note: the networks are the same; parameters 3,466 (unchanged)\n" in same.err


def test_the_mistakes_of_both_are_shown(tmp_path: Path) -> None:
    specs = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for spec, word in zip(specs, ("Dence", "Danse"), strict=True):
        spec.write_text(network_of([f"  y: {{layer: {word}, units: 4}}"]))
    ended = run("plot", "--diff", *map(str, specs), "-o", "-")
    assert (ended.code, ended.out) == (2, "")
    assert "`Dence`" in ended.err and "`Danse`" in ended.err and "2 errors" in ended.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "html"), "a difference is drawn as svg, png, pdf, dot or mermaid, not as html"),
        (("--style", "volumes"), "`--style` is not for `--diff`: leave it out"),
        (("--parameters",), "`--parameters/--no-parameters` is not for `--diff`: leave it out"),
    ],
)
def test_what_a_difference_cannot_show_is_said(arguments: tuple[str, ...], message: str) -> None:
    ended = run("plot", "--diff", RESNET, RESNET, *arguments, "-o", "-")
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


def test_a_run_can_be_either_of_the_two(tmp_path: Path) -> None:
    write_run(tmp_path)
    of_run = ("plot", "--diff", str(CONFIGS / "digits_mlp.yaml"), "digits_mlp", "--runs-dir", str(tmp_path))
    ended = run(*of_run, "--format", "mermaid", "-o", "-")
    assert (ended.code, ended.out[:3]) == (0, "---")
