"""Identity, Masking and TFSMLayer: what belongs to no other family."""

from nettool.layers.layer import SAME_SHAPE, Layer, same_shape, traits

LAYERS = (
    Layer(
        name="Identity",
        meaning="passes its input on as it is",
        shape_words=SAME_SHAPE,
        rule=same_shape,
        mask="passes",
        traits=traits(
            *("same numbers", "same places", "same range", "same values", "step by step"),
        ),
    ),
    Layer(
        name="Masking",
        meaning="marks the steps that hold a certain value as missing",
        shape_words=SAME_SHAPE,
        rule=same_shape,
        mask="makes",
    ),
    Layer(
        name="TFSMLayer",
        meaning="a model saved by TensorFlow, as one layer",
        left_to_keras="its shapes stand in a saved model, which only TensorFlow can read",
        multiply_adds=None,
        example={"filepath": "saved_model"},
    ),
)
