"""IntegerLookup, StringLookup and TextVectorization: numbers and words by their place in a vocabulary."""

from nettool.layers.layer import Layer, traits
from nettool.vocabulary.layer_options import COUNTED_OR_CODED

_LEFT_TO_KERAS = "its vocabulary may stand in a file, or must be learned from data"

LAYERS = (
    Layer(
        name="IntegerLookup",
        meaning="numbers the whole numbers of a vocabulary",
        left_to_keras=_LEFT_TO_KERAS,
        multiply_adds=None,
        example={"vocabulary": [10, 20, 30]},
        traits=traits("TensorFlow only"),
    ),
    Layer(
        name="StringLookup",
        meaning="the words of a vocabulary for their numbers, with `invert: true`",
        left_to_keras=_LEFT_TO_KERAS,
        multiply_adds=None,
        example={"vocabulary": ["cat", "dog"], "invert": True},
        traits=traits("TensorFlow only"),
    ),
    Layer(
        name="TextVectorization",
        meaning="texts as sequences of word numbers; cannot be used: a network is fed numbers",
        left_to_keras=_LEFT_TO_KERAS,
        multiply_adds=None,
        kinds={"output_mode": COUNTED_OR_CODED},
        traits=traits("TensorFlow only"),
    ),
)
