"""The located tree → the document: every section read, every mistake of form found."""

from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Source, Span
from nettool.spec.data.section import read_data
from nettool.spec.document import Document
from nettool.spec.keys.known_keys import known_keys
from nettool.spec.keys.plain_name import plain_name
from nettool.spec.keys.read_section import read_section
from nettool.spec.keys.values import mapping, names, text
from nettool.spec.misplaced import misplaced
from nettool.spec.network.blocks import read_blocks, read_sections, unique_names
from nettool.spec.network.include import Shared, add_blocks, read_includes
from nettool.spec.network.inputs import InputEntry, read_inputs
from nettool.spec.network.python_file import read_python
from nettool.spec.network.views import read_views
from nettool.spec.sections import SECTIONS
from nettool.spec.train.expect import read_expect
from nettool.spec.train.objectives import read_objectives
from nettool.spec.train.training import Training
from nettool.spec.yaml.located import Name
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Tree


def read_document(
    source: Source, tree: Tree | None, default_name: str, folder: Path | None, findings: Findings
) -> Document | None:
    """The document of a tree; None when it is no spec at all.

    `default_name` stands in for `name`; `folder` is where included files may lie (None: nowhere), and where
    relative paths of data start (None: the working folder).
    """
    if tree is None or (isinstance(tree, Scalar) and tree.value is None):
        if not findings.has_errors:
            findings.add(_nothing_there(source))
        return None
    root = mapping(tree, "a spec", findings)
    if root is None:
        return None
    keys = known_keys(root, SECTIONS, "a spec", findings, misplaced(root, ""))
    inputs = read_inputs(keys["inputs"].value, findings) if "inputs" in keys else ()
    shared = read_includes(keys["include"].value, folder, findings) if "include" in keys else Shared({}, {})
    blocks, models = shared.blocks, shared.models
    if "blocks" in keys:
        add_blocks(blocks, read_blocks(keys["blocks"].value, findings), findings)
    if "models" in keys:
        add_blocks(models, read_blocks(keys["models"].value, findings, are_models=True), findings)
    entries = read_sections(keys, findings)
    _names_are_unique(inputs, [entry.name for entry in entries], findings)
    _needed_sections(root, keys, findings)
    return Document(
        source=source,
        tree=root,
        name=_name(keys, default_name, findings),
        inputs=inputs,
        blocks=blocks,
        models=models,
        entries=entries,
        outputs=names(keys["outputs"].value, "outputs", findings) if "outputs" in keys else None,
        losses=read_objectives(keys["losses"].value, "losses", findings, root) if "losses" in keys else (),
        metrics=read_objectives(keys["metrics"].value, "metrics", findings, root)
        if "metrics" in keys
        else (),
        data=read_data(keys["data"].value, folder, findings, misplaced(root, "data"))
        if "data" in keys
        else None,
        train=read_section(Training, keys["train"].value, "train", findings, misplaced(root, "train"))
        if "train" in keys
        else None,
        expect=read_expect(keys["expect"].value, findings) if "expect" in keys else (),
        views=read_views(keys["views"].value, findings) if "views" in keys else (),
        python=read_python(keys["python"].value, folder, findings) if "python" in keys else (),
    )


def _nothing_there(source: Source) -> Diagnostic:
    return Diagnostic(
        "NT202",
        "the spec is empty",
        Span(source, 1, 1, 1, 2),
        help="a spec has at least `inputs`, `nodes` and `outputs`",
    )


def _name(keys: dict[str, Pair], default_name: str, findings: Findings) -> str:
    if "name" not in keys:
        return default_name
    name = text(keys["name"].value, "name", findings)
    if name is None:
        return default_name
    if not all(letter.isascii() and (letter.isalnum() or letter in "_-.") for letter in name.value) or (
        not name.value[0].isalnum()
    ):
        findings.add(
            Diagnostic(
                "NT206",
                f"`{name.value}` cannot be the name of a spec",
                name.span,
                help="a folder below runs/ has this name, so it is made of a to z, digits, `_`, `-` and "
                f"`.`: call it `{plain_name(name.value, 'network')}`",
            )
        )
    return name.value


def _names_are_unique(inputs: tuple[InputEntry, ...], entries: list[Name], findings: Findings) -> None:
    given = [(entry.name, "an input") for entry in inputs] + [(name, "a node") for name in entries]
    unique_names(given, findings)


def _needed_sections(root: Mapping, keys: dict[str, Pair], findings: Findings) -> None:
    examples = {
        "inputs": "for example `inputs: {image: [28, 28, 1]}`",
        "nodes": "for example `nodes: {fc: {layer: Dense, units: 10}}`",
    }
    for section, example in examples.items():
        if section not in keys and not (section == "nodes" and "merges" in keys):
            start = Span(
                root.span.source, root.span.line, root.span.column, root.span.line, root.span.column + 1
            )
            findings.add(Diagnostic("NT202", f"the spec has no `{section}`", start, help=example))
