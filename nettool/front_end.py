"""Spec file → plan: the front end as one short function."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, Findings, SpecError, TooManyErrors
from nettool.diagnostics.source import Source
from nettool.graph.document_to_plan import check
from nettool.graph.plan import Plan
from nettool.spec.data.replace_data import replace_data
from nettool.spec.overrides import apply_override, parse_override
from nettool.spec.read_document import read_document
from nettool.spec.train.training import Training
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.source_file import read_source


def load(
    path: Path, overrides: Sequence[str] = (), data: str | None = None
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan of a spec file and the warnings about it.

    `overrides` are assignments such as `train.epochs=3`; `data` names a data set that takes the place of the
    spec's own and is fitted to the network. Raises SpecError with every mistake that was found.
    """
    return load_source(read_source(path, or_pipe=True), path.stem, overrides, data, path.parent)


def load_network(path: Path) -> Plan:
    """The plan of a spec file whose `data` section is read, but not checked: the data may be gone.

    The plan has neither data nor binding, its document has the section. Raises SpecError.
    """
    findings = Findings()
    source = read_source(path, or_pipe=True)
    plan = document = None
    with _no_garbage_search(), suppress(TooManyErrors):
        document = read_document(source, parse(source, findings), path.stem, path.parent, findings)
        plan = None if document is None else check(replace(document, data=None), findings)
    if plan is None or document is None or findings.has_errors:
        raise SpecError(findings.in_file_order())
    return replace(plan, document=document)


def written_training(text: str, folder: Path) -> Training | None:
    """The `train` section of a spec's text as it stands, without overrides; None where it has none.

    Other sections may be wrong, and what they include gone.
    """
    findings = Findings()
    source = Source("spec.yaml", text)
    document = None
    with _no_garbage_search(), suppress(TooManyErrors):
        document = read_document(source, parse(source, findings), "spec", folder, findings)
    return None if document is None or document.train is None else document.train.value


def load_source(
    source: Source,
    default_name: str,
    overrides: Sequence[str] = (),
    data: str | None = None,
    folder: Path | None = None,
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan of a text; raises SpecError as `load` does. Files are included from `folder`, if from any."""
    findings = Findings()
    plan = None
    with _no_garbage_search(), suppress(TooManyErrors):
        tree = parse(source, findings)
        if tree is not None and data is not None:
            tree = replace_data(tree, data)
        for text in overrides:
            override = parse_override(text, "--set", findings)
            if override is not None:
                tree = apply_override(tree, override, findings)
        document = read_document(source, tree, default_name, folder, findings)
        plan = None if document is None else check(document, findings)
    if plan is None or findings.has_errors:
        raise SpecError(findings.in_file_order())
    return plan, findings.in_file_order()


@contextmanager
def _no_garbage_search() -> Iterator[None]:
    """Put off Python's search for circular garbage: a spec's many small parts are none.

    The search takes a quarter of the time. What can pile up is bounded, as the size of a spec is.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
