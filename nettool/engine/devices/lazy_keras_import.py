"""Import Keras and TensorFlow without what they bring along and training never asks for."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any

LATER = frozenset({"keras.wrappers", "keras.visualization", "keras.src.visualization"})
"""Run when something in them is used: they import scikit-learn, and matplotlib's pyplot."""

ONLY_AS_BACKEND = "jax"
"""Keras on TensorFlow, and TensorFlow itself, import it where it is installed and do without it elsewhere."""


@contextmanager
def lean_import(backend: str) -> Iterator[None]:
    """While it lasts, Keras and TensorFlow are imported without the rest. What was loaded before stays.

    Python's search for circular garbage rests meanwhile, and leaves out what was imported from then on.
    """
    is_searching = gc.isenabled()
    gc.disable()
    finder = _Later()
    sys.meta_path.insert(0, finder)
    is_absent = backend != ONLY_AS_BACKEND and ONLY_AS_BACKEND not in sys.modules
    if is_absent:
        sys.modules[ONLY_AS_BACKEND] = None  # type: ignore[assignment] # Python's way to say: not installed
    try:
        yield
    finally:
        if is_absent:
            del sys.modules[ONLY_AS_BACKEND]
        sys.meta_path.remove(finder)
        gc.freeze()
        if is_searching:
            gc.enable()


class _Later(MetaPathFinder):
    """Finds the modules that can wait."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in LATER:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _WhenUsed(spec.loader)
        return spec


class _WhenUsed(Loader):
    """Runs a module's code when a name in it is asked for.

    The standard library's LazyLoader does so also when a file's name is asked for, which `inspect` asks of
    all modules that there are.
    """

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__getattr__"] = _running(module, self._loader)


def _running(module: ModuleType, loader: Loader) -> Callable[[str], Any]:
    lock = RLock()
    begun: list[bool] = []

    def asked(name: str) -> Any:  # noqa: ANN401 - whatever the module holds
        is_name = not name.startswith("__") or name == "__all__"
        with lock:
            if is_name and not begun:
                begun.append(True)
                loader.exec_module(module)
        if name in vars(module):
            return vars(module)[name]
        raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

    return asked
