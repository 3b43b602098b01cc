"""A layer as one record: all that nettool knows of it, written in the file of its family."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from nettool.kinds.kind import Kind
from nettool.layers.inner import Inner
from nettool.layers.outcome import Outcome, Refusal, Shape
from nettool.layers.products import Formula, no_products
from nettool.layers.reading import Options
from nettool.vocabulary.keras_names import OptionDefinition, layers

Inputs = Literal["one", "many", "two", "arguments"]
"""How a call takes its inputs: one, a list of one or more, a list of two, or arguments one by one."""

Rule = Callable[[tuple[Shape, ...], Options], Outcome | Refusal | None]
"""From the inputs' shapes and all options (defaults filled in) to the outcome; None if it knows none."""

InferInner = Callable[[Inner, tuple[Shape, ...]], Outcome | Refusal | None]
"""What a layer inside another makes of inputs of these shapes."""

NestedRule = Callable[[tuple[Shape, ...], Options, InferInner], Outcome | Refusal | None]
"""The rule of a layer that holds others, which asks what these give."""

Treatment = Literal["makes", "passes", "merges", "stops", "reads", "ends"]
"""What a layer does with a mask.

makes:  there is one after it, whatever came before
passes: there is one after it if its first input has one
merges: there is one after it if all its inputs have one
stops:  there is none after it, and it looks at none itself
reads:  it leaves the filling out, and passes the mask on
ends:   it leaves the filling out, and makes one answer of all steps
"""

Trait = Literal[
    "any scale",
    "augmentation",
    "cell",
    "channels last on a CPU",
    "mixes samples",
    "no dilation on a CPU",
    "random",
    "same numbers",
    "same places",
    "same range",
    "same values",
    "step by step",
    "TensorFlow only",
    "weights at each input",
]
"""What other parts of nettool ask about a layer.

any scale:       it works with inputs of any scale, and gives the layers after it small numbers
augmentation:    it changes images at random while training, each for itself: `augment` may name it
channels last on a CPU: TensorFlow (2.21) cannot train it there with `data_format: channels_first`
no dilation on a CPU: TensorFlow (2.21) cannot compute it there with a `dilation_rate` above 1
cell:            it is one step of a recurrent layer and no layer by itself
mixes samples:   it mixes images of different samples, and should mix their labels too
random:          it changes values at random, while training only
same numbers:    it gives the very numbers that it gets: it needs no memory of its own
same places:     each number stands where the number that it was made from stood
same range:      its values lie between the least and the largest that it gets
same values:     its values are those that it gets, at most moved, or changed at random while training
step by step:    it treats each step of a sequence by itself, and hands a mask on
TensorFlow only: Keras (3.15) cannot compute it with another backend (as augmentation it can be used, since
                 batches are made by TensorFlow)
weights at each input: it uses its weights once at each place of its input, not of its output
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """A layer that a spec may name.

    meaning:       one line on what it does
    shape_words:   what it does to the shape of its input, the batch left out; None where only Keras knows
    rule:          the same for the computer; `nested_rule` for a layer that holds others
    left_to_keras: why it has neither of them
    inputs:        how a call takes its inputs
    example:       the options that an example shows, all that are required among them
    kinds:         the kinds of those options for which the kind by name is not the right one
    multiply_adds: how many products it sums up; None where no formula knows it
    mask:          what it does with a mask, or how that follows from its options
    mixes_steps:   whether it makes what it gives out of all steps without using a mask, from its options and
                   the number of axes of its output, the batch left out; None: it does not
    masked_by:     the layer that does much the same and can use a mask, where this one cannot
    activation:    Keras's name of the activation function that it is
    sign:          what stands for it in a drawing
    other_names:   what other tools call it, in lower case
    """

    name: str
    meaning: str
    shape_words: str | None = None
    rule: Rule | None = None
    nested_rule: NestedRule | None = None
    left_to_keras: str | None = None
    inputs: Inputs = "one"
    example: Mapping[str, object] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    multiply_adds: Formula | None = no_products
    mask: Treatment | Callable[[Options], Treatment] = "stops"
    mixes_steps: Callable[[Options, int], bool] | None = None
    masked_by: str | None = None
    activation: str | None = None
    sign: str | None = None
    other_names: tuple[str, ...] = ()
    traits: frozenset[Trait] = frozenset()

    @property
    def options(self) -> Mapping[str, OptionDefinition]:
        """All its options, in Keras's order."""
        return layers()[self.name].options

    @property
    def has_rule(self) -> bool:
        """Whether nettool knows what it does to shapes."""
        return self.rule is not None or self.nested_rule is not None


def traits(*names: Trait) -> frozenset[Trait]:
    """These traits."""
    return frozenset(names)


def same_shape(shapes: tuple[Shape, ...], options: Options) -> Outcome:
    """The rule of a layer that gives the shape that it gets."""
    return Outcome(shapes[0])


def always(options: Options, rank: int) -> bool:
    """For `mixes_steps` of a layer that does so whatever its options are."""
    return True


SAME_SHAPE = "the shape stays"
"""The same in words."""
