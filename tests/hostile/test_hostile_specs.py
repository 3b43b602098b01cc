"""Specs that are meant to take the checker down: each is refused in a few lines and long before a second is over."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nettool.diagnostics.diagnostic import MOST_ERRORS, Diagnostic, SpecError
from nettool.diagnostics.render import render_all
from nettool.diagnostics.source import Source
from nettool.front_end import load, load_source

PASS_ON = "blocks: {pass: {inputs: [x], outputs: [x]}}\n"


def told(text: str, *overrides: str, folder: Path | None = None) -> tuple[Diagnostic, ...]:
    """The errors of a text, shown as people would see them."""
    with pytest.raises(SpecError) as raised:
        load_source(Source("hostile.yaml", text), "hostile", overrides, folder=folder)
    assert render_all(raised.value.diagnostics)
    assert all(found.span is not None for found in raised.value.diagnostics)
    return raised.value.diagnostics


def dense(units: str) -> str:
    return f"inputs: {{a: [8]}}\nnodes: {{fc: {{layer: Dense, units: {units}}}}}\noutputs: [fc]\n"


def with_meta(text: str) -> str:
    return dense("3") + "meta:\n" + text


def alias_bomb() -> str:
    lines = ["  - &a0 [1, 1]", *(f"  - &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    return with_meta("\n".join(lines))


def alias_tower() -> str:
    lines = ["  - &a0 [1]", *(f"  - &a{n} [*a{n - 1}]" for n in range(1, 1_200))]
    return with_meta("\n".join(lines))


def nested_blocks(count: int) -> str:
    first = "  b0: {inputs: [x], nodes: {fc: {layer: Dense, from: x, units: 8}}, outputs: [fc]}"
    blocks = [
        f"  b{n}: {{inputs: [x], nodes: {{in: {{block: b{n - 1}, from: x}}}}, outputs: [in]}}"
        for n in range(1, count)
    ]
    nodes = f"nodes: {{all: {{block: b{count - 1}}}}}"
    return "\n".join(["inputs: {a: [8]}", "blocks:", first, *blocks, nodes, "outputs: [all]"])


def doubling_blocks(count: int) -> str:
    first = "  b0: {inputs: [x], nodes: {fc: {layer: Dense, from: x, units: 8}}, outputs: [fc]}"
    blocks = [
        f"  b{n}: {{inputs: [x], nodes: {{l: {{block: b{n - 1}, from: x}}, r: {{block: b{n - 1}}}}}, outputs: [r]}}"
        for n in range(1, count)
    ]
    nodes = f"nodes: {{all: {{block: b{count - 1}}}}}"
    return "\n".join(["inputs: {a: [8]}", "blocks:", first, *blocks, nodes, "outputs: [all]"])


def reuses_in_a_circle(count: int) -> str:
    nodes = [f"  n{n}: {{reuse: n{(n + 1) % count}}}" for n in range(count)]
    return "\n".join(["inputs: {a: [8]}", "nodes:", *nodes, f"outputs: [n{count - 1}]"])


def blocks_that_only_pass_on(count: int, first: str) -> str:
    nodes = [f"  n{n}: {{block: pass, from: {first if n == 0 else f'n{n - 1}'}}}" for n in range(count)]
    return "\n".join(["inputs: {a: [8]}", PASS_ON + "nodes:", *nodes, f"outputs: [n{count - 1}]"])


def a_ring(count: int) -> str:
    nodes = [f"  n{n}: {{layer: Dense, units: 8, from: n{(n + 1) % count}}}" for n in range(count)]
    return "\n".join(["inputs: {a: [8]}", "nodes:", *nodes, "outputs: [n0]"])


def many_views(count: int) -> str:
    nodes = [f"  n{n}: {{layer: Dense, units: 8}}" for n in range(count)]
    views = [f"  v{n}: {{inputs: [a], outputs: [n{n}]}}" for n in range(count)]
    return "\n".join(["inputs: {a: [8]}", "nodes:", *nodes, f"outputs: [n{count - 1}]", "views:", *views])


SPECS: dict[str, tuple[Callable[[], str], str]] = {
    "aliases that stand for a trillion values": (alias_bomb, "NT106"),
    "aliases that make a tower": (alias_tower, "NT106"),
    "lists in lists": (lambda: with_meta("  " + "[" * 100_000 + "]" * 100_000), "NT106"),
    "mappings in mappings": (lambda: with_meta("  " + "{a: " * 100_000), "NT106"),
    "dashes in dashes": (lambda: with_meta("  " + "- " * 100_000), "NT106"),
    "two million values": (lambda: with_meta("  [" + "1," * 2_000_000 + "1]"), "NT106"),
    "a Python object": (lambda: with_meta('  !!python/object/apply:os.system ["true"]'), "NT105"),
    "a control character": (lambda: with_meta("  \x07"), "NT102"),
    "a null byte": (lambda: dense("\0"), "NT102"),
    "a billion billion units": (lambda: dense("1" + "0" * 18), "NT318"),
    "a number of 90 digits": (lambda: dense("9" * 90), "NT214"),
    "a number of a million digits": (lambda: dense("9" * 1_000_000), "NT214"),
    "a billion copies": (lambda: dense("8, repeat: 1000000000"), "NT205"),
    "copies of copies of copies": (lambda: nested_blocks(4).replace("from: x}", "from: x, repeat: 1000}"), "NT309"),
    "blocks in blocks, deep": (lambda: nested_blocks(5_000), "NT309"),
    "blocks in blocks, doubling": (lambda: doubling_blocks(45), "NT309"),
    "a tower of powers": (lambda: dense("$(9**9**9**9)"), "NT215"),
    "a power of a power": (lambda: dense("$((999**16)**16)"), "NT215"),
    "a formula of a million letters": (lambda: dense("$(" + "1+" * 500_000 + "1)"), "NT215"),
    "a formula that calls": (lambda: dense("$(__import__('os').system('true'))"), "NT215"),
    "a circle of reuses": (lambda: reuses_in_a_circle(10_000), "NT316"),
    "blocks that pass on what is not there": (lambda: blocks_that_only_pass_on(5_000, "nobody"), "NT301"),
    "a ring of nodes": (lambda: a_ring(10_000), "NT310"),
    "a thousand views of a long network": (lambda: many_views(3_000), "NT309"),
    "a list of a hundred thousand outputs": (lambda: dense("3").replace("[fc]", "[" + "fc," * 100_000 + "fc]"), "NT402"),
    "a line of four million letters": (lambda: "inputs: {a: " + "x" * 3_900_000 + "}", "NT205"),
    "a key of four million letters": (lambda: "? " + "x" * 3_900_000 + "\n: 1", "NT104"),
    "an unknown name of a million letters": (lambda: dense("3") + "views: {v: {inputs: [a], outputs: [" + "f." * 500_000 + "f]}}", "NT205"),
    "an address of many digits": (lambda: dense("3, repeat: 2").replace("[fc]", "[fc." + "1" * 900 + "]"), "NT302"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPECS)
def test_a_hostile_spec_is_refused(name: str) -> None:
    text, code = SPECS[name]
    assert code in {found.code for found in told(text())}


def test_what_is_said_stays_short() -> None:
    for name in ("a ring of nodes", "a line of four million letters", "an address of many digits"):
        text = render_all(told(SPECS[name][0]()))
        assert len(text) < 20_000, name


@pytest.mark.parametrize("count", [100_000])
def test_a_key_that_stands_there_many_times_is_told_a_thousand_times(count: int) -> None:
    diagnostics = told("inputs: {a: [8]}\nnodes:\n" + "  fc: {layer: Dense, units: 3}\n" * count)
    assert len(diagnostics) == MOST_ERRORS
    assert "there may be more" in diagnostics[-1].notes[-1]


@pytest.mark.parametrize("values", ["[w]", "{0: w}", "{x: w}"])
def test_fields_looked_up_from_a_hundred_thousand_classes_are_told_in_a_line(values: str) -> None:
    fields = ", ".join(f"d{n}: {{from: label, values: {values}}}" for n in range(900))
    random = "{a: {shape: [8]}, label: {classes: 100000}}"
    begun = time.process_time()
    diagnostics = told(dense("3") + f"data: {{random: {random}, derive: {{{fields}}}}}\n")
    assert time.process_time() - begun < 5  # a minute, where each went through all classes
    assert len(diagnostics) == 900
    assert max(len(f"{found.message} {found.help}") for found in diagnostics) < 800


def test_labels_of_as_many_classes_share_their_names() -> None:
    labels = ", ".join(f"l{n}: {{classes: 100000}}" for n in range(50))
    text = dense("3") + f"data: {{random: {{a: {{shape: [8]}}, {labels}}}, samples: 50}}\n"
    plan, _ = load_source(Source("labels.yaml", text), "labels")
    assert plan.declaration is not None
    assert len({id(field.classes) for field in plan.declaration.fields if field.classes}) == 1


def test_thousands_of_wrong_names_are_told_with_suggestions() -> None:
    nodes = [f"  number_{n}: {{layer: Dense, units: 8, from: nomber_{n}}}" for n in range(5_000)]
    diagnostics = told("\n".join(["inputs: {a: [8]}", "nodes:", *nodes, "outputs: [number_1]"]))
    assert len(diagnostics) == MOST_ERRORS
    assert all(found.help is not None for found in diagnostics)


def test_blocks_that_only_pass_on_are_followed_however_many_there_are() -> None:
    plan, _ = load_source(
        Source("long.yaml", blocks_that_only_pass_on(5_000, "a").replace("outputs: [n", "outputs: [fc]  # n"
        ).replace("nodes:\n  n0", "nodes:\n  fc: {layer: Dense, units: 3, from: n4999}\n  n0")), "long"
    )  # fmt: skip
    assert plan.graph.by_name["fc"].inputs == ("a",)


def test_a_long_chain_of_reuses_is_one_layer() -> None:
    nodes = [f"  n{n}: {{reuse: n{n - 1}}}" for n in range(1, 5_000)]
    text = "\n".join(
        ["inputs: {a: [8]}", "nodes:", "  n0: {layer: Dense, units: 8}", *nodes, "outputs: [n4999]"]
    )
    plan, _ = load_source(Source("chain.yaml", text), "chain")
    assert plan.graph.parameter_count == 72


def test_a_file_of_fifty_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(SpecError) as raised:
        load(path)
    assert [found.code for found in raised.value.diagnostics] == ["NT100"]


@pytest.mark.parametrize(
    "name", ["../blocks.yaml", "/etc/passwd", "in/../../blocks.yaml", "link.yaml", "a\\0b"]
)
def test_no_file_outside_the_folder_is_included(name: str, tmp_path: Path) -> None:
    (tmp_path / "blocks.yaml").write_text("blocks: {}")
    folder = tmp_path / "specs"
    (folder / "in").mkdir(parents=True)
    (folder / "link.yaml").symlink_to(tmp_path / "blocks.yaml")
    codes = {found.code for found in told(dense("3") + f'include: ["{name}"]\n', folder=folder)}
    assert codes == {"NT109"}


@pytest.mark.parametrize(
    ("override", "code"),
    [
        ("a." * 100_000 + "a=1", "NT902"),
        ("outputs." + "1" * 5_000 + "=a", "NT902"),
        ("meta=" + "[" * 100_000, "NT106"),
        ("meta={" + "a: 1, " * 5_000 + "}", "NT103"),
        ("nodes.fc.units=" + "9" * 10_000, "NT214"),
    ],
)
def test_a_hostile_override_is_refused(override: str, code: str) -> None:
    assert code in {found.code for found in told(dense("3"), override)}
