"""Values that an option may have, as its kind says: bounds, whole numbers for fractions, lists, null and names."""

from collections.abc import Mapping
from functools import singledispatch
from random import Random

from nettool.kinds.kind import Anything, Exactly, Flag, Kind, Number, Text, Whole, Word
from nettool.kinds.list_kinds import Either, ListOf, Margins, Optional, Permutation, Sizes, TargetShape
from nettool.kinds.step_count import StepCount
from nettool.layers.option_kinds import kind_of
from nettool.vocabulary.keras_names import Definition, Family, definitions
from nettool.vocabulary.named_kind import Named

NUMBERS: tuple[float, ...] = (
    0,
    1,
    -1,
    2,
    3,
    5,
    0.0,
    1.0,
    -1.0,
    0.5,
    0.25,
    -0.5,
    1e-7,
    1e-30,
    2.5,
    100,
    1000.0,
)
ODD = (0, 1, -1, 0.5, True, "auto", "hann", [1, 2], [0.5], [], {"a": 1}, None)


def options_of(family: Family, name: str, draws: Random, share: float = 0.5) -> dict[str, object]:
    """Some options of a class, the required ones among them, each with a value of its kind."""
    return {
        option.name: legal_value(kind_of(family, name, option.name), draws)
        for option in definitions(family)[name].options.values()
        if option.required or draws.random() < share
    }


@singledispatch
def legal_value(kind: Kind, draws: Random) -> object:
    """A value that the kind accepts."""
    raise TypeError(f"nobody has said which values {type(kind).__name__} has")


@legal_value.register
def _(kind: Anything, draws: Random) -> object:
    return draws.choice(ODD)


@legal_value.register
def _(kind: Flag, draws: Random) -> object:
    return draws.random() < 0.5


@legal_value.register
def _(kind: Whole, draws: Random) -> object:
    bounds = [each for each in (kind.lowest, kind.highest) if each is not None]
    return draws.choice([each for each in (*bounds, 0, 1, 2, 3, 5, -1, -2, 40) if kind.accepts(each)])


@legal_value.register
def _(kind: Exactly, draws: Random) -> object:
    return kind.number


@legal_value.register
def _(kind: Number, draws: Random) -> object:
    return draws.choice([each for each in (kind.lowest, kind.highest, *NUMBERS) if kind.accepts(each)])


@legal_value.register
def _(kind: Text, draws: Random) -> object:
    return draws.choice(("a", "abc"))


@legal_value.register
def _(kind: Word, draws: Random) -> object:
    return draws.choice(kind.words)


@legal_value.register
def _(kind: Optional, draws: Random) -> object:
    return None if draws.random() < 0.25 else legal_value(kind.kind, draws)


@legal_value.register
def _(kind: Either, draws: Random) -> object:
    return legal_value(draws.choice(kind.kinds), draws)


@legal_value.register
def _(kind: ListOf, draws: Random) -> object:
    length = draws.randint(kind.fewest, kind.fewest + 2) if kind.count is None else kind.count
    return [legal_value(kind.kind, draws) for _ in range(length)]


@legal_value.register
def _(kind: Sizes, draws: Random) -> object:
    one = Whole(kind.lowest)
    if draws.random() < 0.5:
        return legal_value(one, draws)
    return [legal_value(one, draws) for _ in range(kind.rank)]


@legal_value.register
def _(kind: Margins, draws: Random) -> object:
    pair = Sizes(2, lowest=0)
    if kind.rank == 1:
        return legal_value(pair, draws)
    return draws.choice((0, 1, [legal_value(pair, draws) for _ in range(kind.rank)]))


@legal_value.register
def _(kind: TargetShape, draws: Random) -> object:
    return draws.choice(([-1], [3], [-1, 1], []))


@legal_value.register
def _(kind: Permutation, draws: Random) -> object:
    axes = list(range(1, draws.randint(1, 3) + 1))
    draws.shuffle(axes)
    return axes


@legal_value.register
def _(kind: StepCount, draws: Random) -> object:
    return draws.choice((kind.lowest, kind.lowest + 1, 7, 1000, "1 epoch", "0.5 epochs", "2 epochs"))


@legal_value.register
def _(kind: Named, draws: Random) -> object:
    """Named alone, or with options; what wraps another one stays out."""
    if kind.bare and draws.random() < 0.2:
        return draws.choice(kind.choices)
    named: Mapping[str, Definition] = definitions(kind.family)
    plain = [name for name in named if kind.family != "layers" or name in ("Dense", "LSTM", "GRUCell")]
    name = draws.choice(plain)
    return {kind.word: name, **options_of(kind.family, name, draws)}
