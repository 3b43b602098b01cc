"""A network that is built for batches of one size takes whole batches only: is there one?"""

from nettool.data.column import Part
from nettool.data.failure import DataError
from nettool.graph.plan import Plan


def fills_a_batch(plan: Plan, part: Part) -> bool:
    """Whether the network can be fed with anything of this part."""
    return len(part) >= (plan.graph.batch_size or 1)


def require_a_batch(plan: Plan, part: Part, name: str) -> None:
    """Raise DataError when the part, `name` of the data, is not enough for one batch."""
    if not fills_a_batch(plan, part):
        raise DataError(_too_few(plan, part, name), ("give the input a smaller `batch_size`",))


def left_out_note(plan: Plan, part: Part, name: str) -> str:
    """Says that nothing is measured on a part that is not enough for one batch."""
    return f"{_too_few(plan, part, name)}: nothing is measured on it"


def _too_few(plan: Plan, part: Part, name: str) -> str:
    samples = f"{len(part):,} {'sample' if len(part) == 1 else 'samples'}"
    return (
        f"the {name} part has {samples}, not enough for one batch of the {plan.graph.batch_size:,} "
        "that the network is built for"
    )
