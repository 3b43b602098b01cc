"""A spec as an object: read and checked, shown, drawn, built."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.api.pictures import Picture, Text, inline
from nettool.diagnostics.diagnostic import Diagnostic
from nettool.jobs.spec.loaded_spec import LoadedSpec, load_spec
from nettool.jobs.spec_or_run import chosen_graph

if TYPE_CHECKING:
    from nettool.api.data import Data
    from nettool.engine.devices.start import Backend
    from nettool.engine.model.model_type import Model
    from nettool.views.diagram.drawn import Direction

Overrides = Mapping[str, object]
"""Values by their paths in a spec, such as `{"train.epochs": 3}`."""


class Spec:
    """A spec that was found sound. `nettool.load` makes it; in a notebook it shows its picture and table.

    `warnings` are what the check found that is no error, each with code, message and place.
    """

    def __init__(self, loaded: LoadedSpec) -> None:
        self._loaded = loaded

    @property
    def name(self) -> str:
        """The spec's name, which its runs have too."""
        return self._loaded.plan.graph.name

    @property
    def path(self) -> Path:
        """The file that it was read from."""
        return self._loaded.path

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What the check found that is no error."""
        return self._loaded.warnings

    @property
    def parameters(self) -> int | None:
        """How many weights the network has, trained or not; None when only Keras can say it."""
        return self._loaded.plan.graph.parameter_count

    @property
    def resolved(self) -> str:
        """The spec as YAML with every default filled in and the overrides applied."""
        return self._loaded.plan.resolved

    @property
    def loaded(self) -> LoadedSpec:
        """The checked plan itself, for who works on nettool."""
        return self._loaded

    def summary(self, view: str | None = None) -> Text:
        """The network as a table: each node's layer, output shape, parameters and multiply-adds.

        `view` names one of the spec's `views`. Shapes are without the axis of the samples; multiply-adds are
        for one sample. Raises CallError when there is no such view.
        """
        from nettool.views.terminal.summary import summary_text

        plan = self._loaded.plan
        return Text(summary_text(chosen_graph(plan, view), training=plan.training))

    def plot(
        self,
        path: str | Path | None = None,
        *,
        depth: int | None = None,
        view: str | None = None,
        shapes: bool = True,
        parameters: bool = False,
        multiply_adds: bool = False,
        direction: Direction = "top-down",
        legend: bool = True,
    ) -> Picture:
        """Draw the network; a notebook shows the picture.

        `path` is a file to write besides: its ending (.svg, .png, .pdf, .dot, .mmd, .html) says the form.
        `depth` opens so many levels of blocks, None all of them. `direction` is `top-down` or `left-right`.

        Raises CallError for an ending that says no form, when there is no such view, and when the network is
        too large for a .png or .pdf; OSError when the file cannot be written.
        """
        from nettool.jobs.spec.draw_network import draw_network, form_of
        from nettool.record.disk.atomic import write_bytes
        from nettool.views.diagram.drawn import Look

        graph = chosen_graph(self._loaded.plan, view)
        look = Look(depth, shapes, parameters, multiply_adds, direction, legend)
        if path is not None:
            write_bytes(Path(path), draw_network(graph, form_of(Path(path)), look))
        return Picture(lambda: draw_network(graph, "svg", look), self.name)

    def build(
        self,
        *,
        backend: Backend | None = None,
        device: str | None = None,
        allow_code: bool = False,
    ) -> Model:
        """The network as a new `keras.Model`, its weights drawn with the spec's `train.seed`.

        Layers are named by the nodes' addresses, and its inputs and outputs are in the spec's order. It is
        not compiled. `backend` is `tensorflow` or `jax`, `device` `auto`, `cpu` or `gpu:0`. `allow_code`
        lets the spec's own Python files be run.

        Raises SpecError for code that was not allowed, BuildFailed where Keras refuses a node, and CallError
        for a backend that is not installed.
        """
        from nettool.api.asked import engine_options
        from nettool.jobs.spec.build import build

        return build(self._loaded.plan, engine_options(backend, device, allow_code=allow_code))

    def load_data(self, *, data_dir: str | Path | None = None, offline: bool = False) -> Data:
        """The spec's data, divided as a training divides them: `.train`, `.validation`, `.test`.

        Files are looked for in `data_dir`, then where the command line looks; a data set that is not there is
        downloaded unless `offline`.

        Raises CallError for a spec without `data`, and DataError when the data are not to be had or
        malformed.
        """
        from nettool.api.data import load_data

        return load_data(self._loaded.plan, data_dir, offline=offline)

    def __repr__(self) -> str:
        count = "" if self.parameters is None else f", {self.parameters:,} parameters"
        warned = f", {len(self.warnings)} warnings" if self.warnings else ""
        return f"<nettool.Spec {self.name}{count}{warned}>"

    def _repr_html_(self) -> str:
        """The picture, where it is quick to draw, above the table."""
        from nettool.views.diagram.drawn import diagram_size, readable_depth

        graph = self._loaded.plan.graph
        depth = readable_depth(graph)
        picture = inline(self.plot(depth=depth)) if diagram_size(graph, depth).is_quick else ""
        warnings = "".join(
            f"<p>warning {escape(each.code)}: {escape(each.message)}</p>" for each in self.warnings
        )
        return f"{picture}{self.summary()._repr_html_()}{warnings}"


def load(path: str | Path, overrides: Overrides | None = None, *, data: str | None = None) -> Spec:
    """Read and check a spec file; nothing is built, written or downloaded.

    `overrides` are values by their paths, as `--set` takes them on the command line: `{"train.epochs": 3}`.
    `data` names a data set that takes the place of the spec's own.

    Raises SpecError with every mistake that was found: `diagnostics` has them with code, place and advice,
    and its text shows them as `nettool validate` does.
    """
    return Spec(load_spec(Path(path), assignments(overrides), data))


def as_spec(spec: Spec | str | Path) -> Spec:
    """The spec itself, or the one in the file. Raises SpecError."""
    return spec if isinstance(spec, Spec) else load(spec)


def build(spec: Spec | str | Path, *, backend: Backend | None = None, allow_code: bool = False) -> Model:
    """A new `keras.Model` of a spec, or of a spec file: `Spec.build`."""
    return as_spec(spec).build(backend=backend, allow_code=allow_code)


def load_data(spec: Spec | str | Path, *, data_dir: str | Path | None = None, offline: bool = False) -> Data:
    """The data of a spec, or of a spec file: `Spec.load_data`."""
    return as_spec(spec).load_data(data_dir=data_dir, offline=offline)


def assignments(overrides: Overrides | None) -> tuple[str, ...]:
    """As on the command line: `train.epochs=3`."""
    return tuple(f"{path}={_yaml(value)}" for path, value in (overrides or {}).items())


def _yaml(value: object) -> str:
    """In one line; JSON is YAML, but for numbers such as 1e-05, which YAML wants a dot in."""
    if isinstance(value, float):
        text = repr(value)
        return text.replace("e", ".0e", 1) if "e" in text and "." not in text else text
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(key))}: {_yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    return json.dumps(value, ensure_ascii=False, default=str)
