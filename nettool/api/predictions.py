"""What a run's model predicts for the values of a program."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from nettool.api.data import arrays_of
from nettool.jobs.at_work import at_work
from nettool.jobs.predict.predict_arrays import predict_arrays

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from nettool.api.data import Samples
    from nettool.jobs.open_run import OpenRun
    from nettool.jobs.run_options import EngineOptions

_CALLER_OF_PREDICT = 3
"""Calls up to the line of the program that asked."""


def predictions(
    run: OpenRun,
    options: EngineOptions,
    x: ArrayLike | Samples | Mapping[str, ArrayLike],
    batch_size: int | None,
) -> dict[str, NDArray[np.generic]]:
    """The predictions of each output, with a warning where samples were changed. See `Run.predict`."""
    run.require_model()
    with at_work():
        plan, preparation = run.prepared_network
        model = run.ask(plan, preparation, options, batch_size)
        predicted, remarks = predict_arrays(model, preparation, arrays_of(x))
    for remark in remarks:
        warnings.warn(remark, stacklevel=_CALLER_OF_PREDICT)
    return predicted
