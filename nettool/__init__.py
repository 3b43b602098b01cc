"""nettool: draw a neural network as a YAML graph; check, look at, train and record it.

Every name but the version is imported when it is first used, so `import nettool` itself costs nothing.
`__init__.pyi` says what they are, for type checkers.
"""

import sys

__version__ = "0.2.0"

_HOMES = {
    "BuildFailed": "nettool.engine.failures",
    "CallError": "nettool.jobs.call_error",
    "CannotRecord": "nettool.record.run_damaged",
    "CannotResume": "nettool.record.run_damaged",
    "DataError": "nettool.data.failure",
    "OutOfMemory": "nettool.engine.failures",
    "Run": "nettool.api.run",
    "RunDamaged": "nettool.record.run_damaged",
    "RunInUse": "nettool.record.runs.lock",
    "Spec": "nettool.api.spec",
    "SpecError": "nettool.diagnostics.diagnostic",
    "TrainingFailed": "nettool.engine.failures",
    "UserCodeFailed": "nettool.engine.failures",
    "build": "nettool.api.spec",
    "load": "nettool.api.spec",
    "load_data": "nettool.api.spec",
    "open_run": "nettool.api.open_run",
    "train": "nettool.api.train",
}
"""The module that defines each name."""

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    """Import what is asked for."""
    if name not in _HOMES:
        # With `name` and `obj`, Python adds which name may be meant.
        raise AttributeError(f"module `nettool` has no `{name}`", name=name, obj=sys.modules[__name__])
    from importlib import import_module

    found: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*(name for name in globals() if name.startswith("__")), *_HOMES})
