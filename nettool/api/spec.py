"""A spec as an object: read and checked, shown, drawn, built."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from nettool.api.arguments import path_of, require_made_by, require_one_of, text_of, wrong_kind
from nettool.api.drawings import open_levels, save_drawing
from nettool.api.overrides import Overrides, assignments
from nettool.api.pictures import Picture, Text, inline
from nettool.diagnostics.diagnostic import Diagnostic
from nettool.jobs.spec.loaded_spec import LoadedSpec, load_spec
from nettool.jobs.spec_or_run import chosen_graph

if TYPE_CHECKING:
    from nettool.api.data import Data
    from nettool.engine.devices.start import Backend
    from nettool.engine.model.model_type import Model
    from nettool.graph.network import Graph
    from nettool.views.diagram.drawn import Depth, Direction, Slide


class Spec:
    """A spec without mistakes. `nettool.load` makes it; a notebook shows it as a picture and a table.

    `warnings` are what the check found that is not an error, each with code, message and place.
    """

    __slots__ = ("__weakref__", "_loaded")

    def __init__(self, loaded: LoadedSpec) -> None:
        require_made_by("nettool.load", loaded, LoadedSpec)
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
        """What the check found that is not an error."""
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
        """The checked plan itself, for those who work on nettool."""
        return self._loaded

    def summary(self, view: str | None = None) -> Text:
        """The network as a table: each node's layer, output shape, parameters and multiply-adds.

        `view` names one of the spec's `views`. Shapes do not have the axis of the samples. Multiply-adds are
        for one sample. Raises CallError when there is no such view.
        """
        from nettool.views.terminal.summary import summary_text

        return Text(summary_text(self._graph(view), training=self._loaded.plan.training))

    def plot(
        self,
        path: str | Path | None = None,
        *,
        depth: Depth | None = None,
        view: str | None = None,
        shapes: bool = True,
        parameters: bool = False,
        multiply_adds: bool = False,
        direction: Direction | None = None,
        legend: bool = True,
        repeats_once: bool | None = None,
        slide: Slide | None = None,
    ) -> Picture:
        """Draw the network; a notebook shows the picture.

        With `path`, the drawing is also written to this file. Its ending is the form: .svg, .png, .pdf, .dot,
        .mmd or .html. `depth` is the number of levels of blocks that are open, or `all`. `direction` is
        `top-down` or `left-right`. With None, nettool chooses both so that the picture can be read on a page.
        Equal blocks in a row are drawn once, except with `repeats_once=False` or `depth="all"`. For a
        `slide` of `16:9` or `4:3` a long network is drawn in rows.

        Raises CallError for a wrong argument, for another ending, when there is no such view, and when the
        network is too large for a .png or .pdf; OSError when the file cannot be written.
        """
        from nettool.jobs.spec.draw_network import draw_network
        from nettool.views.diagram.drawn import Direction, Look, Slide

        graph = self._graph(view)
        losses = self._loaded.plan.losses if view is None else ()
        levels = open_levels(depth)
        if direction is not None:
            require_one_of("direction", direction, get_args(Direction))
        if slide is not None:
            require_one_of("slide", slide, get_args(Slide))
        look = Look(levels, shapes, parameters, multiply_adds, direction, legend, repeats_once, slide)
        save_drawing(path, lambda form: draw_network(graph, form, look, losses=losses))
        return Picture(lambda: draw_network(graph, "svg", look, losses=losses), self.name)

    def plot_volumes(
        self,
        path: str | Path | None = None,
        *,
        depth: Depth | None = None,
        view: str | None = None,
        legend: bool = True,
    ) -> Picture:
        """Draw feature maps as boxes whose size is their shape, as `nettool plot --style volumes` does.

        The file's ending is .svg, .png or .pdf. Raises CallError as `plot` does, and for too many boxes.
        """
        from nettool.jobs.spec.draw_volumes import draw_volumes

        graph, levels = self._graph(view), open_levels(depth)
        save_drawing(path, lambda form: draw_volumes(graph, form, levels, legend=legend))
        return Picture(lambda: draw_volumes(graph, "svg", levels, legend=legend), self.name)

    def plot_difference(
        self, before: Spec, path: str | Path | None = None, *, depth: Depth | None = None, legend: bool = True
    ) -> Picture:
        """Draw this network over another one: what is added, removed, changed, renamed since `before`.

        The file's ending is .svg, .png, .pdf, .dot or .mmd. Raises CallError as `plot` does.
        """
        from nettool.jobs.spec.draw_difference import compared_networks, draw_difference
        from nettool.views.comparison.difference_units import DifferenceLook

        if not isinstance(before, Spec):
            raise wrong_kind("before", before, "a spec from `nettool.load`")
        plans = before._loaded.plan, self._loaded.plan
        difference = compared_networks(*plans, (plans[0].graph, plans[1].graph))
        look, title = DifferenceLook(open_levels(depth), legend=legend), f"{before.name} → {self.name}"
        save_drawing(path, lambda form: draw_difference(difference, form, title, look))
        return Picture(lambda: draw_difference(difference, "svg", title, look), title)

    def build(
        self,
        *,
        backend: Backend | None = None,
        device: str | None = None,
        allow_code: bool = False,
    ) -> Model:
        """The network as a new `keras.Model`. The spec's `train.seed` decides its first weights.

        The layers have the addresses of the nodes as their names. Inputs and outputs are in the spec's order.
        The model is not compiled. `backend` is `tensorflow` or `jax`. `device` is `auto`, `cpu` or `gpu:0`.
        With `allow_code`, the spec's own Python files may be run.

        Raises SpecError for code that was not allowed, BuildFailed when Keras refuses a node, UserCodeFailed,
        and CallError for a wrong argument or a backend or device that is not there.
        """
        from nettool.api.options import engine_options
        from nettool.jobs.at_work import at_work
        from nettool.jobs.spec.build import build

        with at_work():
            return build(self._loaded.plan, engine_options(backend, device, allow_code=allow_code))

    def load_data(self, *, data_dir: str | Path | None = None, offline: bool = False) -> Data:
        """The spec's data, divided as for a training: `.train`, `.validation`, `.test`.

        nettool looks for files in `data_dir`, then where the command line looks. It downloads a data set that
        is missing, but not with `offline=True`.

        Raises CallError for a spec without `data` and for a wrong argument, and DataError when the data are
        missing or malformed.
        """
        from nettool.api.data import load_data

        return load_data(self._loaded.plan, data_dir, offline=offline)

    def _graph(self, view: str | None) -> Graph:
        return chosen_graph(self._loaded.plan, None if view is None else text_of("view", view))

    def __repr__(self) -> str:
        count = "" if self.parameters is None else f", {self.parameters:,} parameters"
        warned = f", {len(self.warnings)} warnings" if self.warnings else ""
        return f"<nettool.Spec {self.name}{count}{warned}>"

    def _repr_html_(self) -> str:
        """The picture, where it is quick to draw, above the table."""
        from nettool.views.diagram.drawn import Look
        from nettool.views.diagram.fit_page import most_closed_size

        size = most_closed_size(self._loaded.plan.graph, Look())
        picture = inline(self.plot()) if size.is_quick else ""
        warnings = "".join(
            f"<p>warning {escape(each.code)}: {escape(each.message)}</p>" for each in self.warnings
        )
        return f"{picture}{self.summary()._repr_html_()}{warnings}"


def load(path: str | Path, overrides: Overrides | None = None, *, data: str | None = None) -> Spec:
    """Read and check a spec file. This builds, writes and downloads nothing.

    `overrides` are values by their paths in the spec: `{"train.epochs": 3}`. Values are plain ones of Python
    or of NumPy. `data` names a data set that replaces the one of the spec.

    Raises SpecError with every mistake that was found: `diagnostics` has them with code, place and advice,
    and its text has a line for each. Raises CallError for an argument of a wrong kind.
    """
    file = path_of("path", path)
    other = None if data is None else text_of("data", data)
    return Spec(load_spec(file, assignments(overrides), other))


def as_spec(spec: Spec | str | Path) -> Spec:
    """The spec itself, or the one in the file. Raises SpecError."""
    return spec if isinstance(spec, Spec) else load(spec)


def build(spec: Spec | str | Path, *, backend: Backend | None = None, allow_code: bool = False) -> Model:
    """A new `keras.Model` of a spec, or of a spec file: `Spec.build`."""
    return as_spec(spec).build(backend=backend, allow_code=allow_code)


def load_data(spec: Spec | str | Path, *, data_dir: str | Path | None = None, offline: bool = False) -> Data:
    """The data of a spec, or of a spec file: `Spec.load_data`."""
    return as_spec(spec).load_data(data_dir=data_dir, offline=offline)
