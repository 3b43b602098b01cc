"""The page of all runs: the settings in which they differ, the axes through them, the table."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from math import inf, nan
from pathlib import Path

import pytest
from small_runs import NOON

from nettool.record.run_directory import RunDirectory
from nettool.record.run_summary import RunSummary
from nettool.views.runs_page.axes import axis_of
from nettool.views.runs_page.page import ListedRun, runs_page
from nettool.views.runs_page.settings import Setting, varying_settings

NODES = {"hidden": {"layer": "Dense", "units": 32}, "digit": {"layer": "Dense", "units": 10}}


def spec(**train: object) -> dict[str, object]:
    return {"nodes": NODES, "train": {"optimizer": {"optimizer": "Adam"}, "seed": 0, **train}}


def listed(number: int, **changes: object) -> ListedRun:
    summary = RunSummary(
        RunDirectory(Path(f"runs/net/{number}")),
        f"net/{number}",
        "finished",
        NOON + timedelta(minutes=number),
    )
    return ListedRun(replace(summary, **changes), {})  # type: ignore[arg-type]


def test_only_settings_that_differ_are_columns_the_usual_ones_first() -> None:
    one = spec(batch_size=32, optimizer={"optimizer": "Adam", "learning_rate": 0.1, "clipnorm": 1.0})
    other = spec(batch_size=64, optimizer={"optimizer": "SGD", "learning_rate": 0.1})
    assert varying_settings([one, other]) == (
        Setting("batch_size", (32, 64)),
        Setting("optimizer", ("Adam", "SGD")),
        Setting("clipnorm", (1.0, None)),
    )


def test_of_a_schedule_the_rate_that_it_begins_with_stands_beside_plain_rates() -> None:
    schedule = {"schedule": "CosineDecay", "initial_learning_rate": 0.2}
    one, other = spec(optimizer={"learning_rate": schedule}), spec(optimizer={"learning_rate": 0.1})
    found = {setting.name: setting.values for setting in varying_settings([one, other])}
    assert found["learning_rate"] == (0.2, 0.1)
    assert found["learning_rate.schedule"] == ("CosineDecay", None)
    assert len(found) == 2


def test_of_networks_only_what_all_have_is_a_setting_and_how_many_nodes() -> None:
    wide = {**spec(), "nodes": {**NODES, "hidden": {"layer": "Dense", "units": 64}}}
    deep = {**wide, "nodes": {**NODES, "more": {"layer": "Dense", "units": 8}}}
    assert varying_settings([spec(), wide]) == (Setting("hidden.units", (32, 64)),)
    assert varying_settings([spec(), deep]) == (Setting("nodes", (2, 3)),)
    assert varying_settings([spec(), {}, wide]) == (Setting("hidden.units", (32, None, 64)),)


def test_true_is_not_one() -> None:
    assert varying_settings([spec(x=True), spec(x=1)]) == (Setting("x", (True, 1)),)
    assert varying_settings([spec(), spec()]) == varying_settings([spec()]) == varying_settings([]) == ()


def test_numbers_have_places_in_their_order_and_few_of_them_are_all_named() -> None:
    axis = axis_of(Setting("batch_size", (32, None, 64, 16, nan, inf, 10**400)))
    assert axis is not None
    low, high = axis.places[3], axis.places[2]
    assert axis.places[1] is None and axis.places[4:] == (None,) * 3
    assert low is not None and high is not None and axis.places[0] is not None
    assert 0 < low < axis.places[0] < high < 1
    assert [text for text, _ in axis.marks] == ["16", "32", "64"]


def test_numbers_over_powers_of_ten_stand_on_a_logarithmic_axis() -> None:
    axis = axis_of(Setting("learning_rate", (1e-4, 1e-3, 1e-2, 1e-1)))
    assert axis is not None and axis.scale is not None
    assert axis.scale.is_logarithmic
    places = [place for place in axis.places if place is not None]
    apart = [above - below for below, above in pairwise(places)]
    assert apart == pytest.approx([apart[0]] * 3)


def test_words_stand_apart_and_too_many_have_no_axis() -> None:
    axis = axis_of(Setting("optimizer", ("SGD", "Adam", None, "SGD", True)))
    assert axis is not None
    assert axis.marks == (("Adam", 1 / 6), ("SGD", 0.5), ("True", 5 / 6))
    assert axis.places == (0.5, 1 / 6, None, 0.5, 5 / 6)
    assert axis_of(Setting("monitor", tuple(f"m{number}" for number in range(13)))) is None
    assert axis_of(Setting("none", (None, None))) is None


@pytest.mark.parametrize("count", [0, 1])
def test_no_run_and_a_single_one_have_a_page_without_lines(count: int) -> None:
    page = runs_page([listed(number, test={"accuracy": 0.5}) for number in range(count)], "runs")
    assert "<svg" not in page
    assert ("There are no runs." in page) == (count == 0)
    assert page.count("<tr data-run=") == count


def test_every_run_is_a_row_and_a_line_the_best_drawn_last() -> None:
    accuracies = (0.5, 0.9, 0.7)
    runs = [
        replace(listed(number, test={"loss": 1.0, "accuracy": each}), spec=spec(batch_size=2**number))
        for number, each in enumerate(accuracies)
    ]
    page = runs_page(runs, "runs")
    assert re.findall(r'<path class="run" data-run="(\d)".*?--rank: (\d+)%', page) == [
        ("0", "0"),
        ("2", "50"),
        ("1", "100"),
    ]
    assert re.findall(r'data-value="(.*?)">0\.\d000</td>', page) == ["0.5", "0.9", "0.7"]


def test_a_line_goes_below_an_axis_on_which_it_has_no_value() -> None:
    specs = (spec(batch_size=1), spec(), spec(batch_size=2))
    runs = [
        replace(listed(number, test={"accuracy": 0.1 * number}), spec=each)
        for number, each in enumerate(specs)
    ]
    page = runs_page(runs, "runs")
    heights = {
        number: [float(height) for height in re.findall(r" ([\d.]+)", path)]
        for number, path in re.findall(r'<path class="run" data-run="(\d)" d="(.*?)"', page)
    }
    assert heights["1"][0] > heights["0"][0] > heights["2"][0]
    assert all(len(each) == 2 for each in heights.values())


def test_of_a_loss_the_least_is_the_best_and_what_is_not_known_is_grey() -> None:
    runs = [
        replace(listed(number, **facts), spec=spec(batch_size=2**number))
        for number, facts in enumerate(
            (
                {"test": {"loss": 0.5}, "better": {"loss": "min"}},
                {"test": {"loss": 0.1}},
                {"test": {"loss": nan}},
            )
        )
    ]
    page = runs_page(runs, "runs")
    assert re.findall(r'class="(run[ \w]*)" data-run="(\d)"[^>]*?(?:--rank: (\d+)%)?">', page) == [
        ("run unknown", "2", ""),
        ("run", "0", "0"),
        ("run", "1", "100"),
    ]


def test_names_are_no_markup_and_the_page_fetches_nothing() -> None:
    evil = "</script><script>alert(1)</script>"
    runs = [
        replace(
            listed(number, label=evil, spec=evil, test={evil: 0.5 + number}),
            spec=spec(evil=evil * number),
            report="a b",
        )
        for number in range(2)
    ]
    page = runs_page(
        [replace(run, spec={**run.spec, "data": {evil: number}}) for number, run in enumerate(runs)], evil
    )
    assert "alert(1)</script" not in page
    assert page.count("<script>") == 1
    assert set(re.findall(r"\w+://[^\s\"'<]+", page)) <= {"http://www.w3.org/2000/svg"}
