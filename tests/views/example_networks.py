"""Networks built by hand, as the front end would: enough of each kind to look at."""

from nettool.diagnostics.source import Source, Span
from nettool.graph.network import Graph, Group, Node
from nettool.layers.outcome import Shape, Weight

SPAN = Span(Source("example.yaml", ""), 1, 1, 1, 1)


def node(
    name: str,
    operation: str,
    shape: Shape | None,
    *inputs: str,
    weights: tuple[tuple[int, ...], ...] = (),
    frozen: tuple[tuple[int, ...], ...] = (),
    owner: str | None = None,
    groups: tuple[Group, ...] = (),
    **options: object,
) -> Node:
    """A node whose weights are given by their shapes alone: kernels first, the bias last."""
    names = ("kernel", *(["recurrent_kernel"] if len(weights) > 2 else []), "bias")
    variables = [Weight(name, shape) for name, shape in zip(names, weights, strict=False)]
    variables += [Weight(f"frozen_{number}", shape, trainable=False) for number, shape in enumerate(frozen)]
    return Node(name, operation, options, inputs, SPAN, shape, tuple(variables), owner, groups=groups)


def conv(name: str, shape: Shape, source: str, channels: int, kernel: int = 3, **more: object) -> Node:
    """A 2D convolution with a bias."""
    filters = shape[-1]
    assert filters is not None
    weights = ((kernel, kernel, channels, filters), (filters,))
    options = {"filters": filters, "kernel_size": kernel, "activation": "relu"} | more
    return node(name, "Conv2D", shape, source, weights=weights, **options)  # type: ignore[arg-type]


def dense(name: str, units: int, source: str, width: int, activation: str = "relu", **more: object) -> Node:
    """A dense layer with a bias."""
    weights = ((width, units), (units,))
    return node(name, "Dense", (units,), source, weights=weights, units=units, activation=activation, **more)  # type: ignore[arg-type]


def resnet() -> Graph:
    nodes = [
        node("img", "InputLayer", (32, 32, 3)),
        conv("conv_1", (30, 30, 32), "img", 3),
        conv("conv_2", (28, 28, 64), "conv_1", 32),
        node("pool", "MaxPooling2D", (9, 9, 64), "conv_2", pool_size=3),
    ]
    source = "pool"
    for number in (1, 2):
        address = f"res.{number}"
        groups = (Group(address, "residual"),)
        shape = (9, 9, 64)
        nodes += [
            conv(f"{address}.conv_a", shape, source, 64, padding="same", groups=groups),
            conv(f"{address}.conv_b", shape, f"{address}.conv_a", 64, padding="same", groups=groups),
            node(f"{address}.sum", "Add", shape, f"{address}.conv_b", source, groups=groups),
        ]
        source = f"{address}.sum"
    nodes += [
        conv("conv_3", (7, 7, 64), source, 64),
        node("mean", "GlobalAveragePooling2D", (64,), "conv_3"),
        dense("fc", 256, "mean", 64),
        node("drop", "Dropout", (256,), "fc", rate=0.5),
        dense("label", 10, "drop", 256, "softmax"),
    ]
    return Graph("toy_resnet", tuple(nodes), ("img",), ("label",))


def multi_input() -> Graph:
    nodes = (
        node("left", "InputLayer", (784,)),
        node("right", "InputLayer", (784,)),
        node("both", "Add", (784,), "left", "right"),
        dense("hidden_1", 64, "both", 784),
        dense("hidden_2", 64, "hidden_1", 64),
        dense("difference", 10, "hidden_2", 64, "softmax"),
    )
    return Graph("multi_input", nodes, ("left", "right"), ("difference",))


def inception() -> Graph:
    nodes = [node("img", "InputLayer", (64, 64, 3)), conv("stem", (64, 64, 16), "img", 3, padding="same")]
    source, channels, side = "stem", 16, 64
    for address, filters in (("mix_1", 16), ("mix_2", 32)):
        outer = Group(address, "stage")
        groups = (outer, Group(f"{address}.module", "inception"))
        prefix = f"{address}.module."
        shape = (side, side, filters)
        same = {"padding": "same", "groups": groups}
        nodes += [
            conv(f"{prefix}one", shape, source, channels, 1, **same),
            conv(f"{prefix}three_reduce", shape, source, channels, 1, **same),
            conv(f"{prefix}three", shape, f"{prefix}three_reduce", filters, 3, **same),
            conv(f"{prefix}five_reduce", shape, source, channels, 1, **same),
            conv(f"{prefix}five", shape, f"{prefix}five_reduce", filters, 5, **same),
            node(
                f"{prefix}pool",
                "MaxPooling2D",
                (side, side, channels),
                source,
                groups=groups,
                pool_size=3,
                strides=1,
                padding="same",
            ),
            conv(f"{prefix}pool_reduce", shape, f"{prefix}pool", channels, 1, **same),
            node(
                f"{prefix}join",
                "Concatenate",
                (side, side, 4 * filters),
                f"{prefix}one",
                f"{prefix}three",
                f"{prefix}five",
                f"{prefix}pool_reduce",
                groups=groups,
            ),
            node(
                f"{address}.shrink",
                "MaxPooling2D",
                (side // 2, side // 2, 4 * filters),
                f"{prefix}join",
                groups=(outer,),
                pool_size=2,
            ),
        ]
        source, channels, side = f"{address}.shrink", 4 * filters, side // 2
    size = side * side * channels
    nodes += [node("flat", "Flatten", (size,), source), dense("label", 6, "flat", size, "softmax")]
    return Graph("inception", tuple(nodes), ("img",), ("label",))


def shared_tower() -> Graph:
    nodes = (
        node("left", "InputLayer", (None,)),
        node("right", "InputLayer", (None,)),
        node(
            "embed", "Embedding", (None, 128), "left", weights=((1000, 128),), input_dim=1000, output_dim=128
        ),
        node("embed_again", "Embedding", (None, 128), "right", owner="embed", input_dim=1000, output_dim=128),
        node("read_left", "LSTM", (32,), "embed", weights=((128, 128), (32, 128), (128,)), units=32),
        node("read_right", "LSTM", (32,), "embed_again", owner="read_left", units=32),
        node("apart", "Subtract", (32,), "read_left", "read_right"),
        node("norm", "BatchNormalization", (32,), "apart", weights=((32,), (32,)), frozen=((32,), (32,))),
        dense("same", 1, "norm", 32, "sigmoid"),
        dense("topic", 4, "norm", 32, "softmax"),
    )
    return Graph("shared_tower", nodes, ("left", "right"), ("same", "topic"))


def long_chain(length: int = 36) -> Graph:
    nodes = [node("start", "InputLayer", (64,))]
    for number in range(1, length + 1):
        nodes.append(dense(f"hidden_{number}", 64, nodes[-1].name, 64))
    return Graph("long_chain", tuple(nodes), ("start",), (nodes[-1].name,))


def odd_names() -> Graph:
    nodes = (
        node('a "b" <c> & d', "InputLayer", (2,)),
        node("with:port", "Mystery", None, 'a "b" <c> & d'),
        node("größe", "Dense", (1,), "with:port", units=1, activation={"activation": "LeakyReLU"}),
    )
    return Graph('odd "<names>" & more', nodes, (nodes[0].name,), ("größe",))
