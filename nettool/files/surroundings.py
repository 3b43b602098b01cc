"""Keeps the machine's own settings out: the spec says how to train, not a file in a home folder.

What can change a run's numbers and is left as it is (`WATCHED`) belongs to what a run records of its machine.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from io import StringIO
from types import ModuleType
from typing import Any

DROPPED = (
    "JAX_DEBUG_INFS",
    "JAX_DEBUG_NANS",
    "JAX_DEFAULT_MATMUL_PRECISION",
    "JAX_DEFAULT_PRNG_IMPL",
    "JAX_DISABLE_JIT",
    "JAX_ENABLE_CUSTOM_PRNG",
    "JAX_ENABLE_X64",
    "JAX_NUMPY_DTYPE_PROMOTION",
    "JAX_NUMPY_RANK_PROMOTION",
    "JAX_RANDOM_SEED_OFFSET",
    "JAX_THREEFRY_PARTITIONABLE",
    "KERAS_MAX_EPOCHS",
    "KERAS_MAX_STEPS_PER_EPOCH",
    "KERAS_NNX_ENABLED",
    "MPLBACKEND",
    "PYTHONWARNINGS",
    "TF_AUTO_MIXED_PRECISION_GRAPH_REWRITE_LEVEL",
    "TF_AUTO_MIXED_PRECISION_GRAPH_REWRITE_SIMULATE_GPU",
    "TF_ENABLE_AUTO_MIXED_PRECISION",
    "TF_USE_LEGACY_KERAS",
)
"""Variables that the libraries obey and that would overrule a spec."""

_OF_NOTEBOOKS = ("module://matplotlib_inline.backend_inline", "module://ipympl.backend_nbagg", "inline")
"""What a notebook's process sets MPLBACKEND to, so that it shows pictures."""

WATCHED = (
    *("CUBLAS_", "CUDA_", "CUDNN_", "DNNL_", "JAX_", "KMP_", "MKL_", "NVIDIA_TF32_", "OMP_", "ONEDNN_"),
    *("OPENBLAS_", "TF_AUTO_", "TF_CUDNN_", "TF_DETERMINISTIC_", "TF_DISABLE_", "TF_ENABLE_", "TF_FORCE_"),
    *("TF_GPU_", "TF_NUM_", "TF_USE_", "TF_XLA_", "XLA_"),
)
"""Beginnings of the names of variables that say how something is computed. Not `TF_` or `NVIDIA_` alone:
other programs keep secrets under such names, and what is found here is written into a run."""

_UNWATCHED = ("CUDA_PATH", "CUDA_HOME", "JAX_COMPILATION_CACHE_", "JAX_COORDINATOR_")
"""What does not change any number."""

USER_CODE = "nettool_user_code"
"""The package that Python files of specs are modules of."""

_HUSHED = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
"""What Python hushes by itself."""


def shut_out() -> None:
    """Drop variables, and let Keras and matplotlib find their settings files empty. Again does nothing.

    To be called before these libraries are imported. A notebook's matplotlib stays the notebook's.
    """
    for name in overruling_variables():
        del os.environ[name]
    if sys.warnoptions:
        _take_no_warning_for_an_error()
    if not any(isinstance(finder, _EmptySettings) for finder in sys.meta_path):
        sys.meta_path.insert(0, _EmptySettings())


def overruling_variables() -> tuple[str, ...]:
    """Those of `DROPPED` that are set; not the one with which a notebook shows pictures."""
    return tuple(
        name
        for name in DROPPED
        if name in os.environ and not (name == "MPLBACKEND" and os.environ[name] in _OF_NOTEBOOKS)
    )


def hush_libraries() -> None:
    """Let no library warn in words of its own; code of the user's still does, and with `-W` all do."""
    if sys.warnoptions:
        return
    import warnings

    warnings.simplefilter("ignore")
    warnings.filterwarnings("default", module=rf"{USER_CODE}\b")
    for category in _HUSHED:
        warnings.simplefilter("ignore", category)


def watched_variables() -> dict[str, str]:
    """The variables that are set and that numbers may depend on, by name."""
    return {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith(WATCHED) and not name.startswith(_UNWATCHED)
    }


def _take_no_warning_for_an_error() -> None:
    import warnings

    if any(action == "error" for action, *_ in warnings.filters):
        sys.warnoptions.clear()  # processes that decode images would be given them
        warnings.resetwarnings()
        for category in _HUSHED:
            warnings.simplefilter("ignore", category)


def _open_nothing(*_: object, **__: object) -> StringIO:
    return StringIO()


def _open_first_only() -> Callable[..., Any]:
    """Of what matplotlib reads as it is imported, the first file has its own defaults, the next a user's."""
    opened: list[object] = []

    def opening(path: str, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as `open`
        opened.append(path)
        return open(path, *arguments, **named) if len(opened) == 1 else StringIO()  # noqa: PTH123

    return opening


_OPENS: Mapping[str, Callable[[], Callable[..., Any]]] = {
    "keras.src.backend.config": lambda: _open_nothing,
    "tensorflow.python.keras.backend": lambda: _open_nothing,
    "matplotlib": _open_first_only,
}
"""By module: what stands in it for `open`. A file may be damaged, or a pipe that nobody writes to."""


class _EmptySettings:
    """Finds the modules that read a settings file while they are imported."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in _OPENS:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def execute_without(module: ModuleType) -> None:
                vars(module)["open"] = _OPENS[fullname]()
                try:
                    execute(module)
                finally:
                    del vars(module)["open"]

            spec.loader.exec_module = execute_without  # type: ignore[method-assign]
        return spec
