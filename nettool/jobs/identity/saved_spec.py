"""The spec that a saved state was trained with, held against a plan: does everything still mean the same?"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import yaml

from nettool.diagnostics.diagnostic import Findings, TooManyErrors
from nettool.diagnostics.source import Source
from nettool.graph.override_comments import set_by_caller
from nettool.graph.plan import Plan
from nettool.record.checkpoints.training_state import Identity
from nettool.record.disk.run_file import read_text
from nettool.record.files.spec_files import resolved_path
from nettool.record.run_directory import RunDirectory
from nettool.spec.network.python_file import PythonFile
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import Mapping as Table
from nettool.spec.yaml.tree import Tree
from nettool.views.comparison.differences import ABSENT, is_same, value_text

_LONGEST = 60
_UNNAMED = "its resolved.yaml, or a Python file of it, was changed"
"""All that can be said of a state that holds nothing but the checksum of its spec."""


def spec_checksum(resolved: str, python: Sequence[PythonFile]) -> str:
    """Of what resolved.yaml says, but for the number of epochs, and of the spec's Python files."""
    facts = [_spec(resolved), [(file.name, file.text) for file in python]]
    return "sha256:" + hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()


def code_checksums(python: Sequence[PythonFile]) -> dict[str, str]:
    """Of each Python file of a spec, by its name."""
    return {file.name: "sha256:" + hashlib.sha256(file.text.encode()).hexdigest() for file in python}


def spec_changes(saved: Identity, plan: Plan, run: RunDirectory) -> tuple[str, ...]:
    """What of the run's spec means something else in the plan than when the state was saved, in words.

    The plan was read from the run. What its resolved.yaml does not say may have got a default since: that is
    no change. Raises RunDamaged and OSError.
    """
    code = code_checksums(plan.python)
    names = dict.fromkeys((*saved.code, *code)) if saved.code or saved.resolved else {}
    changed = tuple(f"`{name}` was changed" for name in names if saved.code.get(name) != code.get(name))
    if changed:
        return changed
    text = _saved_text(saved, plan, run)
    if text is None:
        return () if saved.spec == spec_checksum(plan.resolved, plan.python) else (_UNNAMED,)
    written = _spec(read_text(resolved_path(run)))
    return tuple(_changes(_spec(text), _spec(plan.resolved), written, ""))


def resumed_identity(saved: Identity, present: Identity, plan: Plan, run: RunDirectory) -> Identity:
    """That of the states that a resumed run saves: its spec is the one it began with, as it was written."""
    text = _saved_text(saved, plan, run)
    return present if text is None else replace(present, spec=saved.spec, resolved=text)


def with_epochs(resolved: str, epochs: int) -> str | None:
    """The text of a resolved.yaml with another number of epochs, as a command set it.

    None when there is none in it.
    """
    tree = _tree(resolved)
    train = tree.get("train") if isinstance(tree, Table) else None
    before = train.get("epochs") if isinstance(train, Table) else None
    if before is None:
        return None
    lines = resolved.split("\n")
    line, start, end = before.span.line - 1, before.span.column - 1, before.span.end_column - 1
    rest = lines[line][end:]
    comment = "" if rest else f"  # {set_by_caller()}"
    lines[line] = f"{lines[line][:start]}{epochs}{comment}{rest}"
    return "\n".join(lines)


def _saved_text(saved: Identity, plan: Plan, run: RunDirectory) -> str | None:
    """resolved.yaml as it was when the state was saved; None when nobody knows.

    States of earlier versions hold its checksum alone, so it is known as long as the file was not changed.
    A state may come from anyone: a text that nettool would not read as a spec is not unfolded.
    """
    text = saved.resolved or read_text(resolved_path(run))
    is_known = _tree(text) is not None and spec_checksum(text, plan.python) == saved.spec
    return text if is_known else None


def _tree(text: str) -> Tree | None:
    """The text as located YAML; None where it is too much, too deep, or wrong."""
    findings = Findings()
    with suppress(TooManyErrors):
        tree = parse(Source("resolved.yaml", text), findings)
        return None if findings.has_errors else tree
    return None


def _changes(was: object, now: object, written: object, path: str) -> Iterator[str]:
    """Of the saved spec, that of the plan, and the one in the run's file: the smallest parts that differ."""
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys((*was, *now)):
            parts = (was.get(key, ABSENT), now.get(key, ABSENT), _part(written, key))
            yield from _changes(*parts, f"{path}.{key}" if path else str(key))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for number, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _changes(one, other, _part(written, number), f"{path}[{number + 1}]")
    elif not is_same(was, now) and not (was is ABSENT and written is ABSENT):
        before = "was not there" if was is ABSENT else f"was {value_text(was, _LONGEST)}"
        after = "is gone" if now is ABSENT else f"is {value_text(now, _LONGEST)} now"
        yield f"`{path}` {before} and {after}"


def _part(of: object, key: Any) -> object:  # noqa: ANN401 - a key, or the place in a list
    if isinstance(of, Mapping):
        return of.get(key, ABSENT)
    return of[key] if isinstance(of, list) and isinstance(key, int) and key < len(of) else ABSENT


def _spec(resolved: str) -> dict[str, Any]:
    """What it says, but for the number of epochs: more of them can follow."""
    facts = _facts(resolved)
    _section(facts, "train").pop("epochs", None)
    return facts


def _facts(resolved: str) -> dict[str, Any]:
    try:
        facts = yaml.load(resolved, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _section(facts: dict[str, Any], name: str) -> dict[str, Any]:
    section = facts.get(name)
    return section if isinstance(section, dict) else {}
