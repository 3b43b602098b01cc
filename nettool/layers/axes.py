"""Axes by number: counted as Keras counts them, with the batch as axis 0 and -1 for the last."""

from nettool.layers.outcome import Refusal, Shape, shape_text


def position(axis: int, shape: Shape, *, option: str = "axis", batch: bool = False) -> int | Refusal:
    """Where an axis is in a shape without the batch; -1 for the batch itself if `batch` allows it."""
    rank = len(shape) + 1
    if not -rank <= axis < rank:
        return Refusal(
            f"has no axis {axis}: it gets {shape_text(shape)}",
            label=f"`{option}` is out of range",
            help=_legal(rank, batch),
            option=option,
            kind="option",
        )
    found = axis % rank - 1
    if found < 0 and not batch:
        return Refusal(
            f"cannot work along axis {axis}, which is the batch",
            label=f"`{option}` is the batch",
            help=_legal(rank, batch),
            option=option,
            kind="option",
        )
    return found


def positions(
    axes: tuple[int, ...], shape: Shape, *, option: str = "axis", batch: bool = False
) -> tuple[int, ...] | Refusal:
    """Where several axes are in a shape without the batch; a refusal if one of them is named twice."""
    found = [position(axis, shape, option=option, batch=batch) for axis in axes]
    refusal = next((place for place in found if isinstance(place, Refusal)), None)
    if refusal is not None:
        return refusal
    places = tuple(place for place in found if not isinstance(place, Refusal))
    if len(set(places)) == len(places):
        return places
    return Refusal(
        f"names an axis twice: {list(axes)}",
        label="an axis twice",
        help="-1 is the last axis",
        option=option,
        kind="option",
    )


def length(axis: int, shape: Shape, *, option: str = "axis") -> int | Refusal:
    """How long an axis is; a refusal if it is the batch, does not exist or varies."""
    found = position(axis, shape, option=option)
    if isinstance(found, Refusal):
        return found
    size = shape[found]
    if size is None:
        return Refusal(
            f"needs to know how long axis {axis} is, but gets {shape_text(shape)}",
            label="a length that varies",
            help="it has a weight for each place on that axis: give the input a fixed length there",
            parties=(0,),
            kind="size",
        )
    return size


def _legal(rank: int, batch: bool) -> str:
    lowest = 0 if batch else 1
    if rank <= lowest:
        return "its input has no axis beside the batch"
    return f"axes count from {lowest} to {rank - 1} here, and -1 is the last one"
