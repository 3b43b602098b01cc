"""Specs that nobody would write: made up from the language's own words, or gallery files with damage done to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.render import render_all
from nettool.diagnostics.source import Source
from nettool.front_end import load_source

CONFIGS = Path(__file__).parents[2] / "configs"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(CONFIGS.glob("*.yaml"))]

SECTIONS = (
    *("name", "data", "inputs", "blocks", "models", "nodes", "merges", "outputs", "losses", "metrics"),
    *("train", "expect", "views", "include", "meta", "python"),
)
KEYS = (
    *SECTIONS,
    *("layer", "merge", "block", "model", "reuse", "application", "from", "repeat", "weights", "options"),
    *("shape", "dtype", "field", "batch_size", "units", "filters", "kernel_size", "strides", "padding"),
    *(
        "activation",
        "rate",
        "axis",
        "axes",
        "target_shape",
        "pool_size",
        "input_dim",
        "output_dim",
        "trainable",
    ),
    *("kernel_initializer", "kernel_regularizer", "return_sequences", "dataset", "task", "classes", "limit"),
    *("resize", "pad", "channels", "fit", "optimizer", "epochs", "validation_split", "seed", "learning_rate"),
    *(
        "loss",
        "metric",
        "weight",
        "target",
        "between",
        "parameters",
        "test_accuracy",
        "kernel",
        "bias",
        "cell",
    ),
    *(
        "a",
        "b",
        "fc",
        "conv",
        "x",
        "image",
        "label",
        "a.b",
        "b.1.fc",
        "b.99999999999",
        "<<",
        "",
        "²",
        "ünïcode",
    ),
)
LAYERS = (
    *("Dense", "Conv1D", "Conv2D", "Conv3D", "SeparableConv2D", "DepthwiseConv2D", "Conv2DTranspose", "LSTM"),
    *(
        "GRU",
        "SimpleRNN",
        "RNN",
        "Bidirectional",
        "TimeDistributed",
        "Embedding",
        "Flatten",
        "Reshape",
        "Permute",
    ),
    *("RepeatVector", "MaxPooling2D", "AveragePooling1D", "GlobalAveragePooling2D", "BatchNormalization"),
    *(
        "LayerNormalization",
        "GroupNormalization",
        "Dropout",
        "Activation",
        "Softmax",
        "PReLU",
        "Add",
        "Concatenate",
    ),
    *("Dot", "Subtract", "Average", "ZeroPadding2D", "Cropping2D", "UpSampling2D", "MultiHeadAttention"),
    *(
        "Attention",
        "EinsumDense",
        "Rescaling",
        "Resizing",
        "Discretization",
        "Hashing",
        "LSTMCell",
        "Identity",
    ),
)
WORDS = (
    *(
        "relu",
        "softmax",
        "same",
        "valid",
        "causal",
        "glorot_uniform",
        "l2",
        "adam",
        "mse",
        "accuracy",
        "digits",
    ),
    *(
        "mnist",
        "categorical_crossentropy",
        "float32",
        "string",
        "VGG16",
        "$a",
        "$filters",
        "$(2 * a)",
        "$(",
        "$",
    ),
    *(
        "$(a // 0)",
        "$(9**9**9)",
        "at least 0.5",
        "a",
        "b",
        "fc",
        "conv",
        "x",
        "image",
        "label",
        "b.1.fc",
        "a.a.a",
    ),
    *(
        "../a.yaml",
        "/etc/passwd",
        "ab,bc->ac",
        "Größe",
        "\u202e",
        "\U0001f600",
        "1" * 5000,
        "b." + "9" * 5000,
    ),
)
NUMBERS = (0, 1, 2, 3, 5, 8, 28, -1, -3, 10**9, 10**15, 10**99, 2**63, 0.0, 0.5, 1e308, -1e-308, 2.5)
PLAIN = ("null", "true", "false", ".inf", "-.inf", ".nan", "0o17", "0xff", "1e-3", "+1", "~", "[]", "{}")
DAMAGE = "{}[]:,-&*!|>'\"%@`#?\t\n\r \0\x07\ufeff\u2028é1a$.~"


@dataclass(frozen=True)
class Case:
    """A spec's text with assignments as on the command line."""

    text: str
    overrides: tuple[str, ...] = ()


def case(number: int, seed: int) -> Case:
    """The case of a number: the same one at each run."""
    random = Random(f"{seed} {number}")
    kind = number % 4
    if kind == 0:
        return Case(_made_up(random))
    if kind == 1:
        return Case(_damaged(random, random.choice(TEXTS)))
    if kind == 2:
        return Case(_rearranged(random, random.choice(TEXTS)))
    return Case(random.choice(TEXTS), tuple(_assignment(random) for _ in range(random.randint(1, 3))))


def told(tried: Case) -> str:
    """What the checker says of a case, in full; anything but a SpecError comes through."""
    try:
        plan, warnings = load_source(Source("case.yaml", tried.text), "case", tried.overrides)
    except SpecError as error:
        assert error.diagnostics
        return render_all(error.diagnostics)
    return plan.resolved + render_all(warnings)


def _made_up(random: Random) -> str:
    """A mapping of sections, most of them in their right form down to some depth."""
    sections = [section for section in SECTIONS if random.random() < 0.45]
    needed = [section for section in ("inputs", "nodes", "outputs") if random.random() < 0.95]
    names = list(dict.fromkeys([*needed, *sections]))
    return "\n".join(f"{name}: {_section(random, name)}" for name in names) + "\n"


def _section(random: Random, name: str) -> str:
    if random.random() < 0.1:
        return _value(random, 3)
    if name == "inputs":
        shapes = ("[8]", "[28, 28, 1]", "[null, 8]", "[null]", "[]", "[4, 4, 4, 2]", _value(random, 2))
        return _mapping((_key(random), random.choice(shapes)) for _ in range(random.randint(1, 2)))
    if name in ("nodes", "merges"):
        return _nodes(random)
    if name in ("blocks", "models"):
        return _mapping((_key(random), _block(random)) for _ in range(random.randint(1, 3)))
    if name in ("outputs", "include", "python"):
        return "[" + ", ".join(_word(random) for _ in range(random.randint(1, 2))) + "]"
    return _mapping((_key(random), _value(random, 2)) for _ in range(random.randint(0, 3)))


def _block(random: Random) -> str:
    parts = [("inputs", "[x]"), ("nodes", _nodes(random)), ("outputs", f"[{_word(random)}]")]
    parts += [("options", "{a: 3, filters: null}")] if random.random() < 0.5 else []
    return _mapping(part for part in parts if random.random() < 0.95)


def _nodes(random: Random) -> str:
    return _mapping((_key(random), _entry(random)) for _ in range(random.randint(1, 5)))


def _entry(random: Random) -> str:
    kind = random.choice(("layer",) * 6 + ("merge", "block", "model", "reuse", "application"))
    target = random.choice(LAYERS) if kind in ("layer", "merge") else _word(random)
    parts = [(kind, target)]
    parts += [("from", random.choice((_word(random), "[a, b]", "x")))] if random.random() < 0.5 else []
    parts += [("units", "4"), ("filters", "$filters")][: random.randint(0, 2)]
    parts += [(random.choice(KEYS), _value(random, 2)) for _ in range(random.randint(0, 3))]
    return _mapping(dict(parts).items())


def _value(random: Random, depth: int) -> str:
    choice = random.random()
    if depth > 0 and choice < 0.15:
        return "[" + ", ".join(_value(random, depth - 1) for _ in range(random.randint(0, 4))) + "]"
    if depth > 0 and choice < 0.3:
        return _mapping((random.choice(KEYS), _value(random, depth - 1)) for _ in range(random.randint(0, 3)))
    if depth > 0 and choice < 0.32:
        return "[" * random.choice((5, 49, 60)) + "1" + "]" * random.choice((5, 49, 60))
    if choice < 0.55:
        return str(random.choice(NUMBERS))
    return random.choice(PLAIN) if choice < 0.7 else _word(random)


def _word(random: Random) -> str:
    word = random.choice((*WORDS, *LAYERS)) if random.random() < 0.4 else random.choice(("a", "b", "fc", "x"))
    return f'"{word}"' if random.random() < 0.5 else word


def _key(random: Random) -> str:
    return random.choice(("a", "b", "fc", "conv", "x")) if random.random() < 0.9 else random.choice(KEYS)


def _mapping(pairs: Iterable[tuple[str, str]]) -> str:
    return "{" + ", ".join(f'"{key}": {value}' for key, value in pairs) + "}"


def _damaged(random: Random, text: str) -> str:
    """A text with some characters changed, dropped or added."""
    letters = list(text)
    for _ in range(random.randint(1, 6)):
        place = random.randrange(len(letters))
        letters[place : place + random.randint(0, 2)] = random.choices(DAMAGE, k=random.randint(0, 2))
    return "".join(letters)


def _rearranged(random: Random, text: str) -> str:
    """A text with lines dropped, doubled, moved, indented otherwise or taken from another file."""
    lines = text.split("\n")
    for _ in range(random.randint(1, 5)):
        place = random.randrange(len(lines))
        line = lines[place]
        other = random.choice(random.choice(TEXTS).split("\n"))
        words = line.split(" ")
        random.shuffle(words)
        lines[place : place + 1] = random.choice(
            (
                [],
                [line, line],
                ["  " + line],
                [line[1:]],
                [other],
                [line, other],
                [" ".join(words)],
                [line[: len(line) // 2]],
            )
        )
        lines = lines or [""]
    return "\n".join(lines)


def _assignment(random: Random) -> str:
    known = (
        "train.epochs",
        "nodes.fc.units",
        "data.limit",
        "inputs.image",
        "outputs.0",
        "losses.label",
        "nodes",
    )
    made = ".".join(random.choice((*KEYS, "0", "1", "9" * 5000)) for _ in range(random.randint(1, 4)))
    path = random.choice(known) if random.random() < 0.5 else made
    return random.choice((f"{path}={_value(random, 3)}",) * 9 + (path,))
