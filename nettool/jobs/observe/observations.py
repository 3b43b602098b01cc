"""What a report will need of the network and the data, put into the run while both are there."""

import sys
from functools import partial

from nettool.data.column import Part
from nettool.data.load import Loaded
from nettool.engine.model.model_type import Model
from nettool.engine.model.weights import layer_weights
from nettool.graph.input_images import images_by_input
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.observe.classes import observe_classes
from nettool.jobs.observe.kept_predictions import KeptPredictions, NumberPredictions
from nettool.jobs.observe.numbers import observe_numbers
from nettool.jobs.observe.optional_steps import OptionalSteps
from nettool.jobs.observe.reconstructions import observe_reconstructions
from nettool.record.files.observations import Observations, SeenNumbers, write_observations
from nettool.record.files.pictures import write_plot
from nettool.record.run_directory import RunDirectory
from nettool.views.inspect.filters import draw_filters
from nettool.views.inspect.kernel import Kernels, chosen
from nettool.views.inspect.kernel_forms import first_image_kernel, kernel_form


def keep_observations(
    run: RunDirectory,
    plan: TrainablePlan,
    loaded: Loaded,
    model: Model,
    seen: KeptPredictions | None,
    optional: OptionalSteps,
) -> None:
    """Write observations.json and the picture of the first filters, as far as they can be made.

    `seen` was shown the answers to the test part; it is None when that was not measured.
    """
    part = loaded.test
    samples: dict[str, int] = {name: len(each) for name, each in loaded.parts.items()}
    classes, numbers = ((), ()) if seen is None else (seen.classes, seen.numbers)
    what = "what the report shows of `{}`".format
    found_classes = [
        optional.attempt(what(each.form.output), partial(observe_classes, plan, part, each))
        for each in classes
    ]
    found_numbers = [
        optional.attempt(what(each.form.output), partial(_observe_numbers, plan, part, each))
        for each in numbers
    ]
    images = None
    if seen is not None:
        make = partial(observe_reconstructions, plan, part, model)
        images = optional.attempt("the reconstructions of the report", make)
    observations = Observations(
        samples,
        peak_memory(),
        tuple(each for each in found_classes if each is not None),
        tuple(number for each in found_numbers for number in each or ()),
        images or (),
        optional.attempt("the picture of the first filters", partial(_draw_filters, run, plan, model)),
    )
    optional.attempt("observations.json", partial(write_observations, run, observations))


def _observe_numbers(plan: TrainablePlan, part: Part, seen: NumberPredictions) -> tuple[SeenNumbers, ...]:
    return tuple(observe_numbers(plan, part, seen.form, seen.answers))


def _draw_filters(run: RunDirectory, plan: TrainablePlan, model: Model) -> str | None:
    """The address of the first convolution over images, once its filters are drawn; None without one."""
    first = first_image_kernel(layer_weights(model, plan.graph))
    if first is None:
        return None
    kernels = kernel_form(plan.graph, first, images_by_input(plan))
    if not isinstance(kernels, Kernels):
        return None
    # The report needs the SVG alone; a PNG would take as long again.
    pictures = draw_filters(chosen(kernels, None, None), plan.graph.name, ("svg",))
    write_plot(run, "filters", "svg", pictures["svg"])
    return first.node


def peak_memory() -> int | None:
    """In bytes; None where the operating system does not say."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return None
    # Linux counts in units of 1,024 bytes, macOS in bytes.
    return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
