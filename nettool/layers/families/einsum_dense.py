"""EinsumDense: a dense layer whose axes are named by letters in an equation."""

import re
from dataclasses import dataclass
from string import ascii_lowercase

from nettool.layers.layer import Layer
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.products import LayerCall, times
from nettool.layers.reading import Options, listed

_FORMS = (
    r"()([a-zA-Z]+)(),([a-zA-Z]+)->([a-zA-Z]+)",
    r"(\.{3})([a-zA-Z]+)(),([a-zA-Z]+)->\.{3}([a-zA-Z]+)",
    r"()([a-zA-Z]{2,})(\.{3}),([a-zA-Z]+)->([a-zA-Z]+)\.{3}",
)
"""As in Keras: no blanks, and dots on the same side of what comes in and of what goes out."""


@dataclass(frozen=True, slots=True)
class Equation:
    """The letters of `abc,cd->abd`; dots stand for axes that pass through, at the left or the right."""

    inputs: str
    kernel: str
    outputs: str
    dots_left: bool
    dots_right: bool


def einsum_dense(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal | None:
    """Kernel and bias by the letters, as in keras/src/layers/core/einsum_dense.py.

    `output_shape` has a length for each letter behind the batch; null takes the input's, but is null in
    what Keras promises.
    """
    if options["lora_rank"] is not None or options["quantization_config"] is not None:
        return None
    equation = _equation(str(options["equation"]))
    if isinstance(equation, Refusal):
        return equation
    batched: Shape = (None, *shapes[0])
    skipped = len(batched) - len(equation.inputs)
    dots = equation.dots_left or equation.dots_right
    if skipped < 0 or (skipped > 0 and not dots):
        return _wrong_rank(equation, shapes[0])
    full = _output(equation, batched, skipped, options)
    if isinstance(full, Refusal):
        return full
    front = skipped if equation.dots_left else 0
    incoming = dict(zip(equation.inputs, batched[front:], strict=False))
    outgoing = dict(zip(equation.outputs, full[front:], strict=False))
    refusal = _unequal(incoming, outgoing)
    if refusal is not None:
        return refusal
    kernel = _known("kernel", [outgoing.get(letter, incoming.get(letter)) for letter in equation.kernel])
    if isinstance(kernel, Refusal):
        return kernel
    bias = _bias(equation, outgoing, skipped, options)
    if isinstance(bias, Refusal):
        return bias
    return Outcome(full[1:], (kernel, *bias))


def _equation(text: str) -> Equation | Refusal:
    match = next((found for form in _FORMS if (found := re.fullmatch(form, text))), None)
    if match is None:
        return _refused(
            f"has an equation of no known form: {text}",
            "not an equation",
            "write letters for axes, the batch too: `abc,cd->abd`; dots stand for any axes: `...x,xy->...y`",
        )
    left, inputs, right, kernel, outputs = match.groups()
    for letters in (inputs, kernel, outputs):
        if len(set(letters)) < len(letters):
            return _refused(
                f"names an axis twice: {letters}", "a letter twice", "give each axis its own letter"
            )
    unknown = set(outputs) - set(inputs) - set(kernel) or set(kernel) - set(inputs) - set(outputs)
    if unknown:
        letter = min(unknown)
        return _refused(
            f"names an axis `{letter}` that is in one part of the equation only",
            f"`{letter}` has no counterpart",
            "an axis of the kernel comes in or goes out, and what goes out comes in or is in the kernel",
        )
    return Equation(inputs, kernel, outputs, bool(left), bool(right))


def _output(equation: Equation, batched: Shape, skipped: int, options: Options) -> Shape | Refusal:
    asked = listed(options["output_shape"])
    through = batched[1:skipped] if equation.dots_left else batched[len(batched) - skipped :]
    if equation.dots_left and through != through[::-1]:
        return _turned_round(equation, batched, asked)
    full = (batched[0], *through, *asked) if equation.dots_left else (batched[0], *asked, *through)
    if len(full) == len(equation.outputs) + skipped:
        return full
    needed = len(equation.outputs) - (0 if equation.dots_left and skipped else 1)
    return Refusal(
        f"needs an `output_shape` of {needed} lengths: each axis of `{equation.outputs}` but the batch",
        label=f"{len(asked)} lengths",
        help="write null for a length that is the input's",
        option="output_shape",
        kind="option",
    )


def _turned_round(equation: Equation, batched: Shape, asked: tuple[int, ...]) -> Refusal:
    """Keras takes the axes that pass through dots in the reverse order, and builds what follows wrongly."""
    taken = equation.inputs + equation.kernel + equation.outputs
    free = "".join(each for each in ascii_lowercase if each not in taken)
    dots = free[: len(batched) - len(equation.inputs)]
    shape = [*[None] * (len(dots) - 1), *asked]
    spelt = f"{dots}{equation.inputs},{equation.kernel}->{dots}{equation.outputs}"
    shown = str(shape).replace("None", "null")
    return Refusal(
        f"cannot take {len(dots) - 1} axes of different lengths for its dots: Keras reverses their order",
        label=f"the dots stand for {shape_text(batched[1 : len(dots)])}",
        help=f'write a letter for each axis: `equation: "{spelt}", output_shape: {shown}`',
        option="equation",
        parties=(0,),
        kind="option",
    )


def _unequal(incoming: dict[str, int | None], outgoing: dict[str, int | None]) -> Refusal | None:
    for letter, length in incoming.items():
        asked = outgoing.get(letter)
        if asked is not None and asked != length:
            got = "varies" if length is None else f"is {length}"
            return Refusal(
                f"asks for {asked} along `{letter}`, which {got} in what it gets",
                label=f"`{letter}` differs",
                help="write null: that axis passes through as it comes",
                option="output_shape",
                kind="option",
            )
    return None


def _bias(
    equation: Equation, outgoing: dict[str, int | None], skipped: int, options: Options
) -> tuple[Weight, ...] | Refusal:
    axes = options["bias_axes"]
    if axes is None:
        return ()
    letters = str(axes)
    if not letters or set(letters) - set(equation.outputs):
        return Refusal(
            f"cannot have a bias along `{letters}`",
            label="not among the axes that go out",
            help=f"`bias_axes` are letters of `{equation.outputs}`",
            option="bias_axes",
            kind="option",
        )
    behind = equation.outputs[min(equation.outputs.find(letter) for letter in letters) :]
    lengths = [outgoing[letter] if letter in letters else 1 for letter in behind]
    bias = _known("bias", lengths + [1] * (0 if equation.dots_left else skipped))
    return bias if isinstance(bias, Refusal) else (bias,)


def _known(name: str, lengths: list[int | None]) -> Weight | Refusal:
    known = tuple(length for length in lengths if length is not None)
    if len(known) == len(lengths):
        return Weight(name, known)
    return Refusal(
        f"needs to know every length of its {name}",
        label="a length that varies",
        help=f"leave what varies, and the batch, out of the {name}, or write its length in `output_shape`",
        option="equation",
        kind="size",
    )


def _wrong_rank(equation: Equation, shape: Shape) -> Refusal:
    count = len(equation.inputs) - 1
    return Refusal(
        f"is written for {count} axes beside the batch, but gets {shape_text(shape)}",
        label=f"`{equation.inputs}` has {count} axes beside the batch",
        help="write one letter for each axis, the batch first, or dots for those that pass through",
        option="equation",
        parties=(0,),
        kind="rank",
    )


def _refused(message: str, label: str, advice: str) -> Refusal:
    return Refusal(message, label=label, help=advice, option="equation", kind="option")


def multiply_adds(call: LayerCall) -> int | None:
    """One product for each choice of a place along every axis that the equation names or passes through."""
    incoming, kernel = str(call.options["equation"]).split("->")[0].split(",")
    batched = (1, *call.shapes[0])
    letters = incoming.replace(".", "")
    named = batched[len(batched) - len(letters) :] if incoming.startswith(".") else batched[: len(letters)]
    known = dict(zip(letters, named, strict=True))
    fresh = [
        length for letter, length in zip(kernel, call.weights[0].shape, strict=True) if letter not in known
    ]
    return times(*call.shapes[0], *fresh)


LAYERS = (
    Layer(
        name="EinsumDense",
        meaning="a dense layer whose sums are written as an Einstein equation",
        shape_words="the axes that the equation names after `->`, as long as `output_shape` says",
        rule=einsum_dense,
        multiply_adds=multiply_adds,
        example={"equation": "abc,cd->abd", "output_shape": [None, 64]},
        masked_by="Dense",
    ),
)
