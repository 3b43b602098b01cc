"""What the spec of a run came to, as plain values."""

from collections.abc import Mapping

from nettool.diagnostics.diagnostic import Findings, SpecError, TooManyErrors
from nettool.record.files.spec_files import resolved_path
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.source_file import read_source
from nettool.spec.yaml.tree import plain


def resolved_spec(run: RunDirectory) -> Mapping[str, object]:
    """resolved.yaml read; empty when the run did not come so far. Raises RunDamaged."""
    path = resolved_path(run)
    if not path.exists():
        return {}
    try:
        tree = parse(read_source(path), Findings())
    except (SpecError, TooManyErrors):
        tree = None
    values = None if tree is None else plain(tree)
    if not isinstance(values, Mapping):
        raise RunDamaged(path, "it must be YAML, with a mapping")
    return values
