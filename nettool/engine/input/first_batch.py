"""What the inputs of a network get of some samples at the beginning of a training."""

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.engine.input.epoch_order import EpochOrder, epoch_order
from nettool.engine.input.input_pipeline import training_pipeline
from nettool.engine.input.unread_samples import noted_errors_raised
from nettool.graph.trainable_plan import TrainablePlan


@noted_errors_raised()
def first_inputs(plan: TrainablePlan, part: Part, seed: int) -> dict[str, NDArray[np.generic]]:
    """By input: the values of all samples of the part, augmented as in training, in the part's own order."""
    count = len(part)
    size = plan.graph.batch_size or count
    # A network for batches of one size leaves out samples that do not fill one: the last batch is filled up.
    whole = part.take(np.resize(np.arange(count), -(-count // size) * size))
    order = EpochOrder(seed, len(whole))
    order.begin(0)
    own_order = np.argsort(epoch_order(seed, 0, len(whole)))[:count]
    batches = [_each(values) for values, *_ in training_pipeline(plan, whole, size, order).dataset]
    return {
        name: np.concatenate([batch[place] for batch in batches])[own_order]
        for place, name in enumerate(plan.graph.inputs)
    }


def _each(values: object) -> list[NDArray[np.generic]]:
    """One tensor, or a tuple of them, as arrays."""
    return [np.asarray(each) for each in (values if isinstance(values, tuple) else (values,))]
