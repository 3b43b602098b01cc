"""A key of the language is declared in one place, and everything that knows keys knows it from there."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from test_docs import generate

from nettool.cli.main import cli
from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.kinds.kind import Whole
from nettool.schema.spec_schema import spec_schema
from nettool.spec.keys.key import key, keys_of
from nettool.spec.sections import SECTION_KEYS, declared_keys, section_at
from nettool.spec.train.training import Training

PACKAGE = Path(__file__).parents[2] / "nettool"
SPEC = """
inputs: {{image: [64]}}
nodes: {{digit: {{layer: Dense, units: 10, activation: softmax}}}}
outputs: [digit]
losses: {{digit: categorical_crossentropy}}
train: {{{train}}}
"""


@dataclass(frozen=True, slots=True)
class WithScratch(Training):
    """`train` with one key more."""

    scratch: int = key(Whole(2), default=4, meaning="A scratch key.", example="8", others=("scribble",))


@pytest.fixture
def with_scratch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nettool.spec.read_document.Training", WithScratch)
    monkeypatch.setitem(SECTION_KEYS, "train", WithScratch)


@pytest.mark.usefixtures("with_scratch")
def test_a_declared_key_is_read_and_written() -> None:
    plan = load_source(Source("spec", SPEC.format(train="scratch: 8")), "spec")[0]
    assert isinstance(plan.training, WithScratch)
    assert plan.training.scratch == 8
    assert "scratch: 8" in plan.resolved
    assert "scratch: 4" in load_source(Source("spec", SPEC.format(train="")), "spec")[0].resolved


@pytest.mark.usefixtures("with_scratch")
@pytest.mark.parametrize(
    ("train", "message", "advice"),
    [
        ("scratch: 1", "`scratch` must be a whole number of at least 2, not 1", None),
        (
            'scratch: "8"',
            "`scratch` must be a whole number of at least 2, not the text `8`",
            "write `scratch: 8`",
        ),
        ("scrath: 8", "`train` has no key `scrath`", "did you mean `scratch`?"),
        ("scribble: 8", "`train` has no key `scribble`", "did you mean `scratch`?"),
    ],
)
def test_what_is_wrong_with_a_declared_key_is_said(train: str, message: str, advice: str | None) -> None:
    with pytest.raises(SpecError) as refused:
        load_source(Source("spec", SPEC.format(train=train)), "spec")
    (found,) = refused.value.diagnostics
    assert (found.message, found.help) == (message, advice)


@pytest.mark.usefixtures("with_scratch")
def test_a_declared_key_is_in_the_schema_the_docs_and_the_completion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = spec_schema()["properties"]["train"]["properties"]["scratch"]
    assert form == {"description": "A scratch key. Default: `4`.", "type": "integer", "minimum": 2}
    assert "| `scratch: 8` | `4` | A scratch key. |" in generate.keys(section_at("train"))
    monkeypatch.chdir(tmp_path)
    Path("net.yaml").write_text(SPEC.format(train="epochs: 2"), encoding="utf-8")
    proposed = ShellComplete(cli, {}, "nettool", "C").get_completions(
        ["summary", "net.yaml", "--set"], "train.s"
    )
    assert [(each.value, each.help) for each in proposed] == [
        ("train.seed=", keys_of(Training)["seed"].meaning),
        ("train.scratch=", "A scratch key."),
    ]


def test_every_key_has_a_meaning_in_one_sentence_and_an_example() -> None:
    for path, declared in declared_keys():
        assert declared.meaning.endswith("."), path
        assert declared.meaning.count(". ") == 0, path
        assert declared.example, path


LISTED_ELSEWHERE = {
    frozenset(
        {"epochs", "batch_size", "seed", "limit_steps", "overfit"}
    ): "options of `train` for these keys",
    frozenset(
        {"options", "inputs", "nodes", "merges", "outputs"}
    ): "the forms of a block's keys in the JSON Schema",
    frozenset({"inputs", "nodes", "merges"}): "sections that the drawing of a difference shows",
    frozenset({"batch_size", "epochs", "optimizer", "seed"}): "settings that a page of runs shows first",
    frozenset({"inputs", "nodes", "merges", "outputs"}): "sections of a spec, which blocks have too",
    frozenset({"task", "pairs_per_sample", "derive", "normalize", "augment"}): "what `--data NAME` keeps",
    frozenset(
        {"test_split", "fit", "pairs_per_sample", "derive", "normalize", "augment"}
    ): "what resolved.yaml says otherwise than as the value of a data request",
    frozenset({"classes", "limit", "test_split"}): "what decides which samples a part has",
    frozenset({"classes", "highest", "kind"}): "what arrays say of a field; the data package knows no spec",
    frozenset({"dtype", "highest", "kind", "shape"}): "what random values say of a field; likewise",
    frozenset({"classes", "dtype", "kind"}): "likewise",
    frozenset({"dtype", "kind", "shape"}): "the form of a field in preparation.json",
    frozenset({"classes", "dtype", "highest", "kind", "shape"}): "the facts of a field in a table",
    frozenset({"epochs", "best", "seed"}): "facts of a run, under the names of its JSON",
}
"""Keys of one section that are listed together for another reason."""


def test_no_other_file_lists_the_keys_of_a_section() -> None:
    """A list of three or more of a section's keys is a second place to edit when one is added."""
    sections = {*_sections()}
    found = {
        f"{path.relative_to(PACKAGE)}:{line} {sorted(listed)}"
        for path in PACKAGE.rglob("*.py")
        for line, words in _lists_of_words(path)
        for section in sections
        if len(listed := frozenset(words & keys_of(section).keys())) >= 3 and listed not in LISTED_ELSEWHERE
    }
    assert not found


def _sections() -> Iterator[type]:
    for path in (*SECTION_KEYS, *(path for path, _ in declared_keys())):
        try:
            yield section_at(path)
        except KeyError:
            continue


def _lists_of_words(path: Path) -> Iterator[tuple[int, set[str]]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            parts = list(node.elts)
        elif isinstance(node, ast.Dict):
            parts = [part for part in node.keys if part is not None]
        else:
            continue
        words = {
            part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
        }
        if words:
            yield node.lineno, words
