"""What a report will need of the network and the data, put into the run while both are there."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nettool.data.load import Loaded
from nettool.engine.model import Model
from nettool.engine.weights import layer_weights
from nettool.graph.plan import Plan
from nettool.jobs.observe import observe
from nettool.record.events import Listener, Note
from nettool.record.observations_file import write_observations
from nettool.record.pictures import write_plot
from nettool.record.run_directory import RunDirectory
from nettool.views.inside.filters import draw_filters
from nettool.views.inside.kernel import Kernels, chosen
from nettool.views.inside.kernel_forms import first_image_kernel, kernel_form


def keep_observations(
    run: RunDirectory,
    plan: Plan,
    loaded: Loaded,
    model: Model,
    answers: Mapping[str, NDArray[np.float32]] | None,
    hear: Listener,
) -> None:
    """Write observations.json and the picture of the first filters.

    `answers` are those to the test part, None when it was not measured. A run is no worse without all this:
    what goes wrong is told as a note.
    """
    try:
        seen = observe(plan, loaded, model, answers)
        write_observations(run, replace(seen, filters=_draw_filters(run, plan, model)))
    except Exception as error:
        hear(Note(f"the report will show no samples: {error or type(error).__name__}"))


def _draw_filters(run: RunDirectory, plan: Plan, model: Model) -> str | None:
    """The address of the first convolution over images, once its filters are drawn; None without one."""
    first = first_image_kernel(layer_weights(model, plan.graph))
    if first is None or plan.binding is None:
        return None
    images = {
        each.input: field.shape
        for each in plan.binding.inputs
        if (field := plan.binding.field(each.field)).kind == "image"
    }
    kernels = kernel_form(plan.graph, first, images)
    if not isinstance(kernels, Kernels):
        return None
    # The report needs the SVG alone; a PNG would take as long again.
    pictures = draw_filters(chosen(kernels, None, None), plan.graph.name, ("svg",))
    write_plot(run, "filters", "svg", pictures["svg"])
    return first.node
