"""spec.yaml and resolved.yaml: what the user wrote, byte for byte, and what it came to."""

from pathlib import Path, PurePath

from nettool.record.disk.atomic import write_text
from nettool.record.run_directory import RunDirectory

RESOLVED = "resolved.yaml"


def spec_path(run: RunDirectory) -> Path:
    """Where the spec is, as it was written."""
    return run.path / "spec.yaml"


def resolved_path(run: RunDirectory) -> Path:
    """Where the spec is with every default filled in and the overrides applied."""
    return run.path / RESOLVED


def write_code(run: RunDirectory, name: str, text: str) -> None:
    """Keep a Python file of the spec, under the name by which the spec knows it."""
    path = run.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, text)


def keep_file(run: RunDirectory, name: PurePath, path: Path) -> None:
    """Keep a copy of a file that the spec names, under the name by which resolved.yaml knows it."""
    import shutil

    kept = run.path / name
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, kept)


def write_resolved(run: RunDirectory, resolved: str) -> None:
    """Keep what the spec comes to now that the run is to go further."""
    write_text(resolved_path(run), resolved)


def write_spec_files(run: RunDirectory, text: str, resolved: str) -> None:
    """Keep both forms of the spec."""
    write_text(spec_path(run), text)
    write_text(resolved_path(run), resolved)
