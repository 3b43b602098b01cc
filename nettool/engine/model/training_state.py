"""A model's variables as a training state keeps them, and back: everything that its next step depends on."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
from keras.src.backend.common.global_state import get_global_attribute
from keras.src.random.seed_generator import GLOBAL_SEED_GENERATOR, global_seed_generator
from numpy.typing import NDArray

from nettool.engine.devices.backend import backend
from nettool.record.checkpoints.training_state import NamedArrays
from nettool.record.run_damaged import CannotResume

_NUMBER = re.compile(r"_\d+")


Reading = Callable[[Sequence[keras.Variable]], NamedArrays]
"""Gives the values of variables: `copies`, or `views`."""


def copies(variables: Sequence[keras.Variable]) -> NamedArrays:
    """The variables' values as they are now."""
    return tuple((variable.path, _copy(variable)) for variable in variables)


def views(variables: Sequence[keras.Variable]) -> NamedArrays:
    """The same, to be looked at until the variables change: without a copy, where there is a way."""
    return tuple((variable.path, _view(variable)) for variable in variables)


def arrays_of(model: keras.Model, *, within_epoch: bool, reading: Reading = copies) -> dict[str, NamedArrays]:
    """A compiled model's variables, by group; copies of them, unless something else reads them.

    `model` holds the weights, the layers' other state (averages of BatchNormalization) and the seeds of their
    random draws, which no `.keras` file has; `optimizer` also the loss scale of mixed precision; `draws` the
    seed of what draws without one of its own; `metrics`, within an epoch, the running sums.
    """
    groups = {
        "model": model.variables,
        "optimizer": model.optimizer.variables,
        "draws": _unowned_draws(),
        "metrics": model.metrics_variables if within_epoch else [],
    }
    return {group: reading(variables) for group, variables in groups.items()}


def put_back(model: keras.Model, arrays: Mapping[str, NamedArrays]) -> None:
    """Give a compiled model with a built optimizer these values, but for its metrics' sums.

    Raises CannotResume when they do not fit its variables.
    """
    require_variables(model, arrays)
    _assign(model.variables, arrays["model"])
    _assign(model.optimizer.variables, arrays["optimizer"])
    if arrays["draws"]:
        _assign([global_seed_generator().state], arrays["draws"])


def put_back_metrics(model: keras.Model, arrays: Mapping[str, NamedArrays]) -> None:
    """Give the metrics, which must have been used once, their sums back. Raises CannotResume as above."""
    _require_alike("metrics' state", model.metrics_variables, arrays["metrics"])
    _assign(model.metrics_variables, arrays["metrics"])


def require_variables(model: keras.Model, arrays: Mapping[str, NamedArrays]) -> None:
    """Raise CannotResume where arrays of a state do not fit a compiled model with a built optimizer."""
    for what, variables, group in (
        ("network", model.variables, "model"),
        ("optimizer", model.optimizer.variables, "optimizer"),
    ):
        _require_alike(what, variables, arrays[group])
        _require_names(what, variables, arrays[group])
    if arrays["draws"]:
        _require_alike("random state", [global_seed_generator().state], arrays["draws"])


@contextmanager
def for_a_while(model: keras.Model, arrays: Mapping[str, NamedArrays]) -> Iterator[None]:
    """Give the model other values and then its own again."""
    present = arrays_of(model, within_epoch=False)
    put_back(model, arrays)
    try:
        yield
    finally:
        put_back(model, present)


def _unowned_draws() -> list[keras.Variable]:
    generator = get_global_attribute(GLOBAL_SEED_GENERATOR)
    return [] if generator is None else [generator.state]


def _copy(variable: keras.Variable) -> NDArray[Any]:
    values = np.asarray(variable)
    # TensorFlow has copied them already, JAX shows its own.
    return values if values.flags.owndata else values.copy()


def _view(variable: keras.Variable) -> NDArray[Any]:
    if backend() == "tensorflow":
        from nettool.engine.devices import on_tensorflow

        return on_tensorflow.view(variable.value)
    return np.asarray(variable)


def _assign(variables: Sequence[keras.Variable], arrays: NamedArrays) -> None:
    for variable, (_, values) in zip(variables, arrays, strict=True):
        variable.assign(values)


def _require_names(what: str, variables: Sequence[keras.Variable], arrays: NamedArrays) -> None:
    """Two arrays of one shape may stand in each other's place."""
    for variable, (name, _) in zip(variables, arrays, strict=True):
        if _unnumbered(variable.path) != _unnumbered(name):
            raise CannotResume(
                f"the saved {what} is another one than this: it has `{name}` where `{variable.path}` is "
                "needed; another version of Keras or of nettool may have saved it"
            )


def _unnumbered(name: str) -> str:
    """Without the numbers that Keras gives anew in each process."""
    return _NUMBER.sub("", name)


def _require_alike(what: str, variables: Sequence[keras.Variable], arrays: NamedArrays) -> None:
    needed = [tuple(variable.shape) for variable in variables]
    found = [values.shape for _, values in arrays]
    types = [str(values.dtype) for _, values in arrays]
    if needed == found and types != [variable.dtype for variable in variables]:
        raise CannotResume(
            f"the saved {what} has other number types than this one: {', '.join(sorted(set(types)))}"
        )
    if needed != found:
        raise CannotResume(
            f"the saved {what} has other shapes than this one: {found} where {needed} are needed; "
            "another version of Keras or of nettool may have saved it"
        )
