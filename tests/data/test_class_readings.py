"""A number can be a class's name or its position: names come first, and what means two classes is refused."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from array_sources import arrays_of, described, npz

from nettool.data.failure import DataError
from nettool.data.field import FieldDescription
from nettool.data.transforms.choose_classes import ClassNames
from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.plan import Plan

MONTHS = tuple(str(month) for month in range(1, 13))
SPEC = """
data:
  table: months.csv
  columns: {x: [a], kind: {column: kind, as: label}}
inputs: {x: [1]}
nodes:
  kind: {layer: Dense, units: 12, activation: softmax}
outputs: [kind]
losses: {kind: categorical_crossentropy}
"""


@pytest.mark.parametrize("written", ["1", "12", 12, "villa", 0])
def test_a_name_comes_before_a_number(written: str | int) -> None:
    names = (*MONTHS, "villa")
    expected = names.index(str(written)) if str(written) in names else int(written)
    assert ClassNames(names).number(written) == expected


@pytest.mark.parametrize("names", [MONTHS, tuple("0123"), ("3", "1", "0"), ("a", "b"), ("-1", "0", "1")])
@pytest.mark.parametrize("written", range(-1, 13))
def test_two_readings_are_found_where_they_differ(names: tuple[str, ...], written: int) -> None:
    by_name = [name for name in names if name == str(written)]
    by_number = list(names[written : written + 1]) if written >= 0 else []
    differ = by_name and by_number and by_name != by_number
    assert ClassNames(names).two_readings(written) == ((by_name[0], by_number[0]) if differ else None)
    assert ClassNames(names).two_readings(str(written)) is None


def months(folder: Path, *overrides: str) -> Plan:
    (folder / "months.csv").write_text("a,kind\n" + "".join(f"{n},{n % 12 + 1}\n" for n in range(24)))
    return load_source(Source("spec.yaml", SPEC), "spec", overrides, folder=folder)[0]


@pytest.mark.parametrize(
    "override", ["data.classes=[1, 2]", "train.class_weights={1: 2}", "train.class_weights={kind: {2: 2}}"]
)
def test_a_spec_cannot_leave_the_choice_open(tmp_path: Path, override: str) -> None:
    with pytest.raises(SpecError, match=r"can mean two classes: the one named") as raised:
        months(tmp_path, override, *(["nodes.kind.units=2"] if "classes" in override[:12] else []))
    assert {found.code for found in raised.value.diagnostics} <= {"NT503", "NT607"}


def test_a_number_in_quotes_is_a_name(tmp_path: Path) -> None:
    plan = months(tmp_path, 'data.classes=["1", "12"]', "nodes.kind.units=2", 'train.class_weights={"12": 3}')
    assert plan.binding is not None
    assert plan.binding.field("kind").classes == ("1", "12")
    assert plan.training is not None
    assert plan.training.class_weights == {None: {"12": 3.0}}


def test_a_class_is_not_weighed_twice(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="`0` and `1` are the same class of `kind`"):
        months(tmp_path, 'train.class_weights={"1": 2, 0: 3}')


@pytest.mark.parametrize(
    ("labels", "classes", "expected"),
    [
        ([1, 12, 3], MONTHS, [0, 11, 2]),  # 12 can only be a name
        ([0, 1, 2], ("a", "b", "c"), [0, 1, 2]),
        ([0, 1, 2], ("0", "1", "2"), [0, 1, 2]),
        ([3, 5, 5], ("3", "5"), [0, 1, 1]),
        ([True, False], ("True", "False"), [0, 1]),
        ([0, 1, 1], ("3", "5"), [0, 1, 1]),
    ],
)
def test_whole_numbers_are_names_where_all_of_them_are(
    tmp_path: Path, labels: list[Any], classes: tuple[str, ...], expected: list[int]
) -> None:
    values = np.array(labels)
    source = described(
        npz(tmp_path / "a.npz", x=np.zeros((len(values), 2)), y=values),
        FieldDescription("y", classes=classes),
    )
    assert arrays_of(source)["train"]["y"].tolist() == expected


def test_labels_that_mean_two_classes_are_refused(tmp_path: Path) -> None:
    source = described(
        npz(tmp_path / "a.npz", x=np.zeros((3, 2)), y=np.array([1, 2, 11])),
        FieldDescription("y", classes=MONTHS),
    )
    with pytest.raises(DataError, match=r"named `1`, or number 1 counted from 0, which is named `2`"):
        source.statement()
