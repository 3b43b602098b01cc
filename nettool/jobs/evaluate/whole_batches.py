"""A network that is built for batches of one size takes whole batches only: is there one?"""

from nettool.data.column import Part
from nettool.data.failure import DataError
from nettool.data.sources.source import SET_NAMES, PartName
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.events.event_text import samples_text


def fills_a_batch(plan: TrainablePlan, part: Part) -> bool:
    """Whether the network can be fed with anything of this part."""
    return len(part) >= (plan.graph.batch_size or 1)


def require_a_batch(plan: TrainablePlan, part: Part, name: PartName) -> None:
    """Raise DataError when the part, the `name` set of the data, is not enough for one batch."""
    if not fills_a_batch(plan, part):
        raise DataError(_too_few(plan, part, name), ("give the input a smaller `batch_size`",))


def left_out(plan: TrainablePlan, part: Part) -> int:
    """How many samples of the part, its last ones, are too few for another batch."""
    return len(part) % (plan.graph.batch_size or 1)


def left_out_note(plan: TrainablePlan, part: Part, name: PartName) -> str | None:
    """Says which samples of the part, the `name` set of the data, are not used; None when all are."""
    rest = left_out(plan, part)
    if not rest:
        return None
    if not fills_a_batch(plan, part):
        return f"{_too_few(plan, part, name)}: nothing is measured on it"
    are_left_out = "is left out" if rest == 1 else "are left out"
    which = "others in each epoch" if name == "train" else "the last ones"
    return (
        f"{rest:,} of the {len(part):,} samples of the {SET_NAMES[name]} {are_left_out} ({which}), since the "
        f"network takes whole batches of {plan.graph.batch_size:,}"
    )


def _too_few(plan: TrainablePlan, part: Part, name: PartName) -> str:
    return (
        f"the {SET_NAMES[name]} has {samples_text(len(part))}, not enough for one batch of the "
        f"{plan.graph.batch_size:,} that the network is built for"
    )
