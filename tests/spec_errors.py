"""The errors of a spec that is written in a test."""

from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source


def errors_of(text: str, folder: Path | None = None) -> tuple[Diagnostic, ...]:
    """None where it is sound. `folder` is where it stands, beside its data."""
    try:
        load_source(Source("small.yaml", text), "small", folder=folder)
    except SpecError as error:
        return error.diagnostics
    return ()
