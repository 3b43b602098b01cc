"""A spec file, read and checked; light, since commands that only look begin with it."""

from dataclasses import dataclass, replace
from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, Severity
from nettool.front_end import load
from nettool.graph.plan import Plan


@dataclass(frozen=True, slots=True)
class LoadedSpec:
    """The plan of a spec file, the warnings about it, and how it was asked for.

    `overrides` are assignments such as `train.epochs=3`; `data` names the data set that takes the place of
    the spec's own.
    """

    path: Path
    plan: Plan
    warnings: tuple[Diagnostic, ...] = ()
    overrides: tuple[str, ...] = ()
    data: str | None = None


def load_spec(path: Path, overrides: tuple[str, ...] = (), data: str | None = None) -> LoadedSpec:
    """Read and check a spec file. Raises SpecError with every mistake that was found."""
    plan, warnings = load(path, overrides, data)
    return LoadedSpec(path, plan, warnings, overrides, data)


def with_severity(diagnostics: tuple[Diagnostic, ...], *, strict: bool) -> tuple[Diagnostic, ...]:
    """The diagnostics; when `strict`, all of them errors."""
    if not strict:
        return diagnostics
    return tuple(replace(diagnostic, severity=Severity.ERROR) for diagnostic in diagnostics)
