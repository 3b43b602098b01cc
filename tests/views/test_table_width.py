"""Tables of the terminal within its width: what gives way first, and what stays whole."""

from datetime import datetime
from pathlib import Path

import pytest

from nettool.front_end import load
from nettool.record.files.results import Best
from nettool.record.run_directory import RunDirectory
from nettool.record.run_summary import RunSummary
from nettool.views.runs.listing import runs_table
from nettool.views.terminal.summary import summary_text
from nettool.views.terminal.table import table

CONFIGS = sorted((Path(__file__).parents[2] / "configs").glob("*.yaml"))
ROWS = [
    ("name", "layer", "count", "from"),
    ("first.block.convolution_1", "SeparableConv2D", "1,234,567", "input_1, input_2, input_3"),
    ("second", "Dense", "10", ""),
]


def test_a_table_that_fits_is_as_it_is_without_a_width() -> None:
    assert table(ROWS, [2], width=120, expendable=[3]) == table(ROWS, [2])


def test_expendable_columns_go_one_after_the_other() -> None:
    assert "from" not in table(ROWS, [2], width=60, expendable=[3, 1])[0]
    assert table(ROWS, [2], width=40, expendable=[3, 1])[0].split() == ["name", "count"]


def test_the_longest_text_is_shortened_first_and_the_name_last() -> None:
    assert table(ROWS, [2], width=70) == [
        "name                       layer                count  from",
        "first.block.convolution_1  SeparableConv2D  1,234,567  input_1, input…",
        "second                     Dense                   10",
    ]
    assert table(ROWS, [2], width=50) == [
        "name              layer           count  from",
        "first.bl…ution_1  Separable…  1,234,567  input_1,…",
        "second            Dense              10",
    ]


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("spec", CONFIGS, ids=lambda path: path.stem)
def test_no_row_of_a_summary_is_wider_than_the_terminal(spec: Path, width: int) -> None:
    plan, _ = load(spec)
    whole = summary_text(plan.graph, expanded=True).splitlines()
    lines = summary_text(plan.graph, expanded=True, width=width).splitlines()
    assert len(lines) == len(whole)
    assert [line for line in lines[:-8] if len(line) > width] == []
    end = whole[2].index("parameters") + len("parameters")
    costs = slice(end, whole[2].index("mult-adds") + len("mult-adds"))
    for narrow, line in zip(lines[4:-8], whole[4:-8], strict=True):
        # Numbers and shapes are whole: each stands in the narrow table, too, but for the costs, which may go.
        line = line if "mult-adds" in lines[2] else line[: costs.start] + line[costs.stop :]
        numbers = [word for word in line.split() if word.strip("(),").replace(",", "").isdigit()]
        assert [word for word in narrow.split() if word in numbers] == numbers


def summary(label: str, **facts: object) -> RunSummary:
    path = Path("runs", label)
    return RunSummary(RunDirectory(path), label, "finished", datetime(2026, 3, 1, 12), **facts)  # type: ignore[arg-type]


RUNS = [
    summary(
        "residual_projection/20260301-120000-2",
        trial="3 of 30 epochs",
        epochs=30,
        parameters=1_234_567,
        data="cifar10",
        best=Best(19, "val_loss", {"val_loss": 0.0263}),
        test={"loss": 0.02, "accuracy": 0.9912, "label_accuracy": 0.5},
        seconds=3_723.0,
    ),
    summary("a/20260301-120000"),
]


@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_no_row_of_the_runs_is_wider_than_the_terminal(width: int) -> None:
    lines = runs_table(RUNS, width).splitlines()
    assert [line for line in lines if len(line) > width] == []
    assert "finished, trial" in lines[1]
    assert "1,234,567" in lines[1] or "parameters" not in lines[0]


def test_a_wide_table_of_runs_has_all_there_is() -> None:
    assert runs_table(RUNS).splitlines()[0].split() == (
        ["run", "when", "status", "epochs", "best", "(epoch)", "test", "time", "parameters", "data"]
    )
