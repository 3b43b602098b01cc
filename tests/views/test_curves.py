import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from math import inf, nan

import pytest

from nettool.views.charts.curve_panel import best_row, curve_names, run_panels
from nettool.views.charts.curves import draw_curves
from nettool.vocabulary.metric_directions import Direction

ROWS = (
    {"epoch": 1, "loss": 0.9, "accuracy": 0.5, "val_loss": 1.0, "val_accuracy": 0.4, "learning_rate": 0.1},
    {"epoch": 2, "loss": 0.6, "accuracy": 0.7, "val_loss": 0.7, "val_accuracy": 0.6251, "learning_rate": 0.1},
    {"epoch": 3, "loss": 0.4, "accuracy": 0.8, "val_loss": 0.8, "val_accuracy": 0.6, "learning_rate": 0.1},
)
BETTER: Mapping[str, Direction] = {"loss": "min", "accuracy": "max"}
SVG = "{http://www.w3.org/2000/svg}"


def words(svg: bytes) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_each_figure_has_one_panel_with_its_validation_beside() -> None:
    assert curve_names(ROWS) == ("loss", "accuracy")


def test_a_figure_that_is_only_validated_has_a_panel_too() -> None:
    assert curve_names(({"epoch": 1, "loss": 1.0, "val_f1": 0.5},)) == ("loss", "f1")


def test_the_picture_names_its_panels_and_its_best_values_in_words() -> None:
    said = words(draw_curves(ROWS, BETTER, "toy_resnet", ("svg",))["svg"])
    for word in ("toy_resnet", "loss", "accuracy", "training", "validation (best ringed)", "0.7", "0.6251"):
        assert word in said
    assert said.count("epoch") == 2


def test_epochs_are_whole_numbers_even_when_there_is_only_one() -> None:
    said = words(draw_curves(ROWS[:1], BETTER, forms=("svg",))["svg"])
    assert said[said.index("epoch") - 1] == "1"
    assert not {"0.8", "0.9", "1.1", "1.2"} & set(said[: said.index("epoch")])


def test_one_epoch_is_drawn_as_dots() -> None:
    svg = draw_curves(ROWS[:1], BETTER, forms=("svg",))["svg"].decode()
    assert svg.count("<use ") >= 2 * 3


def test_without_validation_the_training_figure_is_ringed() -> None:
    rows = [{"epoch": epoch, "loss": 1 / epoch} for epoch in range(1, 4)]
    said = words(draw_curves(rows, BETTER, forms=("svg",))["svg"])
    assert "training (best ringed)" in said
    assert "0.3333" in said


def test_a_loss_that_went_to_nan_is_told_in_words() -> None:
    rows = [{"epoch": epoch, "loss": nan, "val_loss": inf} for epoch in (1, 2)]
    assert "no finite value" in words(draw_curves(rows, BETTER, forms=("svg",))["svg"])


def test_a_loss_over_powers_of_ten_is_drawn_on_a_scale_that_says_so() -> None:
    rows = [{"epoch": epoch, "loss": 10.0**-epoch, "accuracy": 1 - 10.0**-epoch} for epoch in range(1, 5)]
    said = words(draw_curves(rows, BETTER, forms=("svg",))["svg"])
    assert {"loss (logarithmic)", "accuracy", "0.001"} <= set(said)


def test_of_many_epochs_only_values_between_gaps_have_a_dot() -> None:
    rows = [{"epoch": epoch, "loss": nan if epoch in (4, 6) else 1 / epoch} for epoch in range(1, 31)]
    (panel,) = run_panels(rows, {})
    assert [(line.kind, line.dots) for line in panel.lines] == [("training", (4,))]
    dotted, plain = (
        draw_curves(each, {}, forms=("svg",))["svg"].count(b"<use ") for each in (rows, rows[6:])
    )
    assert dotted > plain


def test_no_figures_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no metrics"):
        draw_curves((), {})


def test_the_same_figures_give_the_same_bytes() -> None:
    first, second = draw_curves(ROWS, BETTER, "a"), draw_curves(ROWS, BETTER, "a")
    assert first == second
    assert first["png"].startswith(b"\x89PNG")


def test_names_with_dollar_signs_are_no_formulas() -> None:
    assert "a $x_1$ b" in words(draw_curves(ROWS, BETTER, "a $x_1$ b", ("svg",))["svg"])


@pytest.mark.parametrize(
    ("direction", "values", "row"),
    [
        ("min", (3.0, 1.0, 2.0), 1),
        ("max", (0.1, 0.9, 0.9), 1),
        ("min", (nan, 2.0, 3.0), 1),
        ("max", (inf, 0.5), 1),
        ("min", (nan, -inf), None),
        (None, (1.0, 2.0), None),
    ],
)
def test_the_best_row_is_the_first_best_finite_one(
    direction: Direction | None, values: tuple[float, ...], row: int | None
) -> None:
    assert best_row(values, direction) == row


def test_the_ring_goes_by_what_a_metric_is_not_by_what_it_is_called() -> None:
    rows = [
        {"epoch": 1, "loss": 1.0, "off_by": 0.125, "area_under_error_curve": 0.5},
        {"epoch": 2, "loss": 1.0, "off_by": 0.75, "area_under_error_curve": 0.875},
    ]
    better: Mapping[str, Direction] = {"loss": "min", "off_by": "min", "area_under_error_curve": "max"}
    said = words(draw_curves(rows, better, forms=("svg",))["svg"])
    assert {"0.125", "0.875"} <= set(said)
    assert "0.125" not in words(draw_curves(rows, {}, forms=("svg",))["svg"])
