"""Files that a spec names: found beside it, called by one name from there, and refused where they are none."""

import os
from pathlib import Path

import pytest
import yaml

from nettool.diagnostics.diagnostic import SpecError
from nettool.front_end import load
from nettool.graph.plan import Plan

TAIL = """
  f: {layer: Flatten}
  d: {layer: Dense, units: 1}
outputs: [d]
"""


def plan_of(folder: Path, nodes: str, before: str = "") -> Plan:
    for name in ("v.txt", "sub/v.txt", "w.weights.h5", "sub/w.weights.h5", "outside.h5"):
        (folder / "specs" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "specs" / name).write_text("1\n5\n")
    (folder / "specs" / "outside.h5").rename(folder / "outside.h5")
    path = folder / "specs" / "a.yaml"
    path.write_text(f"{before}\ninputs: {{x: {{shape: [32, 32, 3]}}}}\nnodes:\n{nodes}{TAIL}")
    return load(path)[0]


def named(plan: Plan, folder: Path) -> dict[str, str | None]:
    return {
        os.path.relpath(file.path, folder / "specs"): None if file.kept is None else str(file.kept)
        for file in plan.named_files
    }


def test_weights_and_vocabularies_are_named_from_the_folder_of_the_spec(tmp_path: Path) -> None:
    (tmp_path / "specs" / "sub").mkdir(parents=True)
    (tmp_path / "specs" / "sub" / "b.yaml").write_text(
        "blocks:\n  b:\n    inputs: [x]\n    nodes:\n"
        "      n: {application: MobileNet, weights: w.weights.h5, include_top: false}\n"
        "      m: {layer: IntegerLookup, vocabulary: v.txt}\n    outputs: [m]\n"
    )
    plan = plan_of(
        tmp_path,
        "  l: {layer: TimeDistributed, of: {layer: IntegerLookup, vocabulary: v.txt}}\n"
        "  t: {block: b}\n"
        "  k: {layer: IntegerLookup, vocabulary: [1, 5]}\n",
        "include: sub/b.yaml",
    )
    assert named(plan, tmp_path) == {
        "v.txt": "v.txt",
        "sub/w.weights.h5": "sub/w.weights.h5",
        "sub/v.txt": "sub/v.txt",
    }
    resolved = yaml.safe_load(plan.resolved)
    inner = resolved["blocks"]["b"]["nodes"]
    assert inner["n"]["weights"] == "sub/w.weights.h5"
    assert inner["m"]["vocabulary"] == "sub/v.txt"
    assert resolved["nodes"]["l"]["of"]["vocabulary"] == "v.txt"
    assert resolved["nodes"]["k"]["vocabulary"] == [1, 5]

    # A folder with resolved.yaml and what is kept is enough to find everything again.
    run = tmp_path / "run"
    for file in plan.named_files:
        assert file.kept is not None
        (run / file.kept).parent.mkdir(parents=True, exist_ok=True)
        (run / file.kept).write_bytes(file.path.read_bytes())
    (run / "resolved.yaml").write_text(plan.resolved)
    again = load(run / "resolved.yaml")[0]
    assert again.resolved == plan.resolved
    assert [file.kept for file in again.named_files] == [file.kept for file in plan.named_files]


def test_weights_elsewhere_are_named_by_their_whole_path(tmp_path: Path) -> None:
    node = "  n: {application: MobileNet, weights: ../outside.h5, include_top: false}\n"
    plan = plan_of(tmp_path, node)
    assert named(plan, tmp_path) == {"../outside.h5": None}
    assert yaml.safe_load(plan.resolved)["nodes"]["n"]["weights"] == str(tmp_path / "outside.h5")


@pytest.mark.parametrize("weights", ["imagenet", "null"])
def test_published_weights_and_none_are_no_files(tmp_path: Path, weights: str) -> None:
    node = f"  n: {{application: MobileNet, weights: {weights}, include_top: false}}\n"
    assert plan_of(tmp_path, node).named_files == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("../outside.h5", "`../outside.h5` is not in the spec's own folder"),
        ("/etc/passwd", "`/etc/passwd` is not in the spec's own folder"),
        ("link.txt", "`link.txt` is not in the spec's own folder"),
        ("pipe.txt", "`pipe.txt` cannot be a vocabulary: it is a pipe"),
        ("sub", "`sub` cannot be a vocabulary: it is a folder"),
        ("none.txt", "there is no vocabulary `none.txt` beside the spec"),
    ],
)
@pytest.mark.parametrize(
    "layer", ["{layer: IntegerLookup, vocabulary: %s}", "{layer: TimeDistributed, of: %s}"]
)
def test_a_vocabulary_is_a_file_beside_the_spec(tmp_path: Path, written: str, told: str, layer: str) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "link.txt").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "specs" / "pipe.txt")
    lookup = f"{{layer: IntegerLookup, vocabulary: {written}}}"
    with pytest.raises(SpecError) as caught:
        plan_of(tmp_path, f"  n: {layer % (written if 'of' not in layer else lookup)}\n")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("NT214", told)
