"""The outputs that give a class, asked about a set of the data: which samples do they classify wrongly?"""

from collections.abc import Iterator
from dataclasses import dataclass

from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.jobs.call_error import CallError
from nettool.jobs.inspect.inspected_data import InspectedData
from nettool.views.inspect.classified import Classified, classified
from nettool.views.inspect.thumbnails import Thumbnail
from nettool.views.predictions.prediction import AnswerForm


@dataclass(frozen=True, slots=True, eq=False)
class ClassifiedOutput:
    """What an output says of each sample; `is_one_of_several` where the network has other outputs."""

    classified: Classified
    is_one_of_several: bool
    data: InspectedData

    @property
    def title(self) -> str:
        """The network's name, and the output's where there are others."""
        name = self.data.model.plan.graph.name
        return f"{name}: {self.classified.output}" if self.is_one_of_several else name

    def thumbnails(self, some: Classified) -> tuple[Thumbnail, ...]:
        """What those samples look like."""
        return self.data.thumbnails(some.numbers)


def forms_of_classes(data: InspectedData, of: str | None) -> tuple[AnswerForm, ...]:
    """Those of the outputs that give a class, or of the one called `of`. Raises CallError without one."""
    forms = tuple(form for form in data.model.forms if form.gives == "class")
    names = [form.output for form in forms]
    if not names:
        raise CallError(
            "no output of the network gives a class; `activations` and `embedding` look at any node"
        )
    if of is not None and of not in names:
        advice = did_you_mean(of, names) or f"classes are given by {listing(names)}"
        raise CallError(f"no output `{of}` gives a class: {advice}", argument="of")
    return tuple(form for form in forms if of in (None, form.output))


def classified_outputs(data: InspectedData, forms: tuple[AnswerForm, ...]) -> Iterator[ClassifiedOutput]:
    """What the outputs of these forms say of all samples. Raises DataError."""
    from nettool.jobs.predict.node_outputs import node_outputs

    outputs = node_outputs(data.model, data.part, [form.output for form in forms])
    is_one_of_several = len(data.model.plan.graph.outputs) > 1
    for form in forms:
        assert form.field is not None
        true = data.part.columns[form.field.name].array()
        yield ClassifiedOutput(classified(outputs[form.output], form, true), is_one_of_several, data)
