"""SpectralNormalization: a layer round another, whose weights it keeps from stretching what comes in."""

from nettool.layers.families.wrappers import RECURRENT_OPTIONS
from nettool.layers.inner import inner_layer, inside
from nettool.layers.layer import InferInner, Layer
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight
from nettool.layers.products import LayerCall
from nettool.layers.reading import Options
from nettool.vocabulary.keras_names import WRAPPED


def spectral_normalization(
    shapes: tuple[Shape, ...], options: Options, infer: InferInner
) -> Outcome | Refusal | None:
    """The layer's shape and weights, and a vector u (1, last axis of the kernel) that is not trained."""
    inner = inner_layer(options[WRAPPED])
    outcome = infer(inner, shapes)
    if isinstance(outcome, Refusal):
        return inside(outcome, inner, WRAPPED)
    if outcome is None:
        return None
    normalized = next((weight for weight in outcome.weights if weight.name in ("kernel", "embeddings")), None)
    if normalized is None or RECURRENT_OPTIONS & set(inner.options) or WRAPPED in inner.options:
        return Refusal(
            f"cannot normalize {inner.name}, which has no kernel of its own",
            label="no kernel",
            help="put it round a layer with a kernel: Dense, EinsumDense, a convolution or an Embedding",
            option=WRAPPED,
            kind="option",
        )
    others = tuple(weight for weight in outcome.weights if weight is not normalized)
    direction = Weight("vector_u", (1, normalized.shape[-1]), trainable=False)
    return Outcome(outcome.shape, (normalized, direction, *others))


def multiply_adds(call: LayerCall) -> int | None:
    """As the layer inside."""
    return call.count_inner(inner_layer(call.options[WRAPPED]), call.shapes)


LAYERS = (
    Layer(
        name="SpectralNormalization",
        meaning="keeps the largest stretch of another layer's weights at 1",
        shape_words="as the wrapped layer's",
        nested_rule=spectral_normalization,
        multiply_adds=multiply_adds,
        example={"of": {"layer": "Dense", "units": 32}},
    ),
)
