"""nettool: draw a neural network as a YAML graph; check, look at, train and record it.

Every name but the version is imported when it is first used, so `import nettool` itself costs nothing.
`__init__.pyi` says what they are, for type checkers.
"""

__version__ = "0.2.0"

_HOMES = {
    "CallError": "nettool.jobs.call_error",
    "DataError": "nettool.data.failure",
    "Run": "nettool.api.run",
    "Spec": "nettool.api.spec",
    "SpecError": "nettool.diagnostics.diagnostic",
    "build": "nettool.api.spec",
    "load": "nettool.api.spec",
    "load_data": "nettool.api.spec",
    "open_run": "nettool.api.run",
    "train": "nettool.api.train",
}
"""The module that defines each name."""

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    """Import what is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module `nettool` has no `{name}`")
    from importlib import import_module

    found: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
