"""`nettool plot`: what is written where, in which form, and what its options change."""

import re
from html import unescape
from pathlib import Path

import pytest
from command_line import run

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


@pytest.mark.parametrize(("depth", "boxes"), [(0, 13), (1, 29), (2, 57), (3, 141), (4, 177)])
def test_a_depth_draws_so_many_boxes(depth: int, boxes: int) -> None:
    assert drawn(RESNET50, "--depth", str(depth)).count('class="node"') == boxes


def test_what_stands_on_a_node_can_be_chosen() -> None:
    plain = drawn(RESNET, "--no-shapes", "--no-legend")
    assert "(30, 30, 32)" not in plain and "896 parameters" not in plain and "■" not in plain
    full = drawn(RESNET, "--parameters", "--multiply-adds")
    assert all(text in full for text in ("(30, 30, 32)", "896 parameters", "778 k mult-adds", "■"))
    assert "223,242 parameters, 29 M multiply-adds" in full


def test_the_way_of_the_data_can_be_turned() -> None:
    down, right = drawn(RESNET), drawn(RESNET, "--direction", "left-right")
    assert size(down)[0] < size(down)[1]
    assert size(right)[0] > size(right)[1]


def size(svg: str) -> tuple[float, float]:
    found = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg)
    assert found is not None
    return float(found[1]), float(found[2])
