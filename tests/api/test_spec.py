"""A spec as an object: what `nettool.load` gives, and how it is shown."""

from pathlib import Path

import pytest

import nettool
from nettool.diagnostics.diagnostic import Severity

SPEC = """
data: digits
inputs: {image: [64]}
nodes:
  hidden: {layer: Dense, units: 8, activation: relu}
  label: {layer: Dense, units: 10, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
metrics: {label: accuracy}
train: {epochs: 2, batch_size: 64}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "small.yaml"
    file.write_text(SPEC)
    return file


def test_it_knows_its_name_its_parameters_and_its_file(path: Path) -> None:
    spec = nettool.load(path)
    assert (spec.name, spec.parameters, spec.path, spec.warnings) == ("small", 610, path, ())
    assert repr(spec) == "<nettool.Spec small, 610 parameters>"


def test_a_path_may_be_text(path: Path) -> None:
    assert nettool.load(str(path)).path == path


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("train.epochs", 7, "epochs: 7"),
        ("nodes.hidden.activation", "tanh", "activation: tanh"),
        ("train.optimizer", {"optimizer": "Adam", "learning_rate": 1e-05}, "learning_rate: 1.0e-05"),
        ("train.deterministic", True, "deterministic: true"),
        ("nodes.hidden.kernel_initializer", None, "kernel_initializer: null"),
    ],
)
def test_overrides_are_values_of_python(path: Path, name: str, value: object, line: str) -> None:
    assert line in nettool.load(path, {name: value}).resolved


def test_another_data_set_takes_the_place_of_the_spec_s_own(path: Path) -> None:
    assert "digits" not in nettool.load(path, data="mnist").resolved.partition("inputs")[0]


def test_every_mistake_is_in_the_error_with_its_place(path: Path) -> None:
    path.write_text(SPEC.replace("units: 8", "unit: 8").replace("accuracy", "acuracy"))
    with pytest.raises(nettool.SpecError) as caught:
        nettool.load(path)
    found = caught.value.diagnostics
    assert [each.span.line for each in found if each.span is not None] == [5, 9]
    text = str(caught.value)
    assert f"{path}:5" in text
    assert "did you mean `units`?" in text
    assert all(each.message in text for each in found)


def test_an_override_of_nothing_is_a_mistake_in_the_spec(path: Path) -> None:
    with pytest.raises(nettool.SpecError, match="did you mean `units`"):
        nettool.load(path, {"nodes.hidden.unit": 3})


def test_a_file_that_is_not_there_is_a_mistake_in_the_spec(tmp_path: Path) -> None:
    with pytest.raises(nettool.SpecError, match="missing"):
        nettool.load(tmp_path / "missing.yaml")


def test_warnings_stop_nothing_and_are_kept(path: Path) -> None:
    path.write_text(SPEC.replace("units: 10, activation: softmax", "units: 10"))
    warnings = nettool.load(path).warnings
    assert warnings
    assert {each.severity for each in warnings} == {Severity.WARNING}
    assert str(warnings[0]).startswith(f"{path}:6:3: warning {warnings[0].code}: ")
    assert warnings[0].code in nettool.load(path)._repr_html_()


def test_the_summary_is_a_table_that_shows_itself(path: Path) -> None:
    summary = nettool.load(path).summary()
    assert "hidden" in summary
    assert "610" in summary
    assert repr(summary) == str(summary)
    assert summary._repr_html_().startswith("<pre")


def test_a_view_that_is_not_there_is_named(path: Path) -> None:
    with pytest.raises(nettool.CallError, match="no view `head`"):
        nettool.load(path).summary("head")


def test_a_plot_is_a_picture_and_a_file(path: Path, tmp_path: Path) -> None:
    picture = nettool.load(path).plot(tmp_path / "net.svg")
    assert (tmp_path / "net.svg").read_text() == picture.svg
    assert "<svg" in picture._repr_svg_()
    nettool.load(path).plot(tmp_path / "net.mmd")
    assert "flowchart" in (tmp_path / "net.mmd").read_text()


def test_volumes_and_a_difference_are_pictures_and_files(path: Path, tmp_path: Path) -> None:
    spec, other = nettool.load(path), nettool.load(path, {"nodes.hidden.activation": "tanh"})
    volumes = spec.plot_volumes(tmp_path / "boxes.svg", depth=0)
    assert (tmp_path / "boxes.svg").read_text() == volumes.svg
    assert "square root" in volumes.svg and "square root" not in spec.plot_volumes(legend=False).svg
    difference = other.plot_difference(spec, tmp_path / "difference.svg")
    assert (tmp_path / "difference.svg").read_text() == difference.svg
    assert "~ hidden" in difference.svg
    with pytest.raises(nettool.CallError, match="volumes are drawn as svg, png or pdf, not as html"):
        spec.plot_volumes(tmp_path / "boxes.html")
    with pytest.raises(nettool.CallError, match=r"`before` must be a spec from `nettool\.load`"):
        spec.plot_difference("other.yaml")  # type: ignore[arg-type]


def test_an_ending_that_says_no_form_is_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(nettool.CallError, match=r"net\.jpg.*\.svg"):
        nettool.load(path).plot(tmp_path / "net.jpg")


def test_a_notebook_shows_picture_and_table(path: Path) -> None:
    html = nettool.load(path)._repr_html_()
    assert html.index("data:image/svg+xml;base64,") < html.index("<pre")


def test_the_data_are_arrays_by_field(path: Path) -> None:
    data = nettool.load(path).load_data()
    assert (len(data.train), len(data.validation), len(data.test)) == (1298, 144, 355)
    assert data.train.fields == ("image", "label")
    assert data.test["image"].shape == (355, 8, 8, 1)
    assert data.test.scaled("image").shape == (355, 64)
    assert data.test["image"].max() > 1
    assert data.test.scaled("image").max() <= 1
    assert data.test.classes("label") == tuple("0123456789")
    assert repr(data) == "<nettool.Data: 1,298 training, 144 validation and 355 test samples>"
    with pytest.raises(nettool.CallError, match="no field `picture`: there is image, label"):
        data.test["picture"]


def test_a_spec_without_data_has_none_to_load(path: Path) -> None:
    path.write_text(
        "inputs: {x: [4]}\nnodes: {y: {layer: Dense, units: 1}}\noutputs: [y]\n",
    )
    with pytest.raises(nettool.CallError, match="`small` has no `data`"):
        nettool.load_data(path)


def test_data_that_are_not_there_are_a_data_error(path: Path, tmp_path: Path) -> None:
    path.write_text(SPEC.replace("data: digits", "data: {arrays: missing.npz}"))
    with pytest.raises(nettool.DataError, match=r"missing\.npz"):
        nettool.load_data(path)
