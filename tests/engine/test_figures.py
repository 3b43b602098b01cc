import pytest
from engine_plans import graph, input_node, loss, metric, node, plan

from nettool.engine.compile.metric_names import in_order, metric_names, plain_number
from nettool.graph.bind.binding import Binding
from nettool.graph.trainable_plan import TrainablePlan

NOTHING = Binding((), (), ())


def two_heads(*losses: str, **metrics: str) -> TrainablePlan:
    network = graph(
        input_node("x", (8,)),
        node("left", "Dense", "x", units=2),
        node("right", "Dense", "x", units=2),
        outputs=["left", "right"],
    )
    return plan(
        network,
        losses=[loss(output, "MeanSquaredError") for output in losses],
        metrics=[metric(output, name) for output, name in metrics.items()],
        binding=NOTHING,
    )


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (two_heads("left", "right"), ("loss", "left_loss", "right_loss")),
        (
            two_heads("right", "left", right="mae", left="mse"),
            ("loss", "right_loss", "left_loss", "right_mae", "left_mse"),
        ),
        (two_heads("left", left="mae"), ("loss", "left_mae")),
    ],
)
def test_several_outputs_put_their_names_before_their_figures(
    made: TrainablePlan, names: tuple[str, ...]
) -> None:
    assert metric_names(made) == names


def test_one_output_has_plain_names() -> None:
    network = graph(input_node("x", (8,)), node("y", "Dense", "x", units=2), outputs=["y"])
    made = plan(
        network,
        losses=[loss("y", "MeanSquaredError")],
        metrics=[metric("y", "MeanAbsoluteError", "mae"), metric("y", "MeanSquaredError", "mse")],
        binding=NOTHING,
    )
    assert metric_names(made) == ("loss", "mae", "mse")


def test_validation_follows_training_in_the_same_order() -> None:
    figures = {"val_accuracy": 0.5, "val_loss": 2.0, "accuracy": 0.25, "other": 1.0, "loss": 3.0}
    assert list(in_order(("loss", "accuracy"), figures)) == ["loss", "accuracy", "val_loss", "val_accuracy"]


def test_a_float32_is_shown_as_the_shortest_number_that_means_it() -> None:
    assert plain_number(0.009999999776482582) == 0.01
    assert plain_number(float("inf")) == float("inf")
