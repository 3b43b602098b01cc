"""Dense: the rule of the fully connected layer."""

from nettool.layers.layer import Layer, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.products import LayerCall, times
from nettool.layers.reading import Options, flag, number_of


def dense(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal | None:
    """The last axis becomes `units`; kernel (inputs, units), bias (units,)."""
    (shape,) = shapes
    if options["lora_rank"] is not None or options["quantization_config"] is not None:
        return None
    if not shape:
        return Refusal(
            "needs at least one axis beside the batch, but gets ()",
            label="Dense needs an axis of features",
            help="give the input the shape [1]",
            parties=(0,),
            kind="rank",
        )
    inputs, units = shape[-1], number_of(options, "units")
    if inputs is None:
        return Refusal(
            f"needs to know how long the last axis is, but gets {shape_text(shape)}",
            label="a length that varies",
            help="its kernel has weights for each place on the last axis: "
            "give the input fixed lengths, or average over what varies (GlobalAveragePooling1D, 2D)",
            parties=(0,),
            kind="size",
        )
    bias = (Weight("bias", (units,)),) if flag(options, "use_bias") else ()
    return Outcome((*shape[:-1], units), (Weight("kernel", (inputs, units)), *bias))


def multiply_adds(call: LayerCall) -> int | None:
    """Each number that comes out sums over the last axis of what comes in."""
    return times(*call.shape, call.shapes[0][-1])


LAYERS = (
    Layer(
        name="Dense",
        meaning="every output is a weighted sum of all inputs, plus a bias",
        shape_words="(…, features) → (…, units): the last axis becomes units",
        rule=dense,
        multiply_adds=multiply_adds,
        example={"units": 64, "activation": "relu"},
        mask="passes",
        traits=traits("step by step"),
        other_names=("linear", "fullyconnected", "fully_connected", "fc", "innerproduct"),
    ),
)
