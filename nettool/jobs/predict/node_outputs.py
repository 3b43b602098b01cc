"""What the nodes of a saved model give for samples, as whole arrays."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.engine.evaluate.predictions import answers, node_reader
from nettool.jobs.predict.loaded_model import LoadedModel


def node_outputs(loaded: LoadedModel, part: Part, nodes: Sequence[str]) -> dict[str, NDArray[np.generic]]:
    """What these nodes give for the samples of a part, arrays of (samples, …) by address.

    Raises DataError, and ValueError for an address that no layer has.
    """
    reader = node_reader(loaded.model, loaded.plan.graph, tuple(dict.fromkeys(nodes)))
    batches = list(answers(reader, loaded.plan, part, loaded.batch_size))
    return {name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}
