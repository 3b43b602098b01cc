"""What `mistakes` and `samples` share: the outputs that give a class, asked about a part of the data."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from nettool.cli.runs.inspect.inspected_data import looked_at
from nettool.cli.runs.inspect.options import Inspected
from nettool.diagnostics.suggest import did_you_mean, listing

if TYPE_CHECKING:
    from nettool.cli.runs.inspect.inspected_data import InspectedData
    from nettool.views.inspect.classified import Judged
    from nettool.views.inspect.thumbnails import Face

of_option = click.option(
    "--of", "output_name", metavar="NODE", help="Only this one of the outputs that give a class."
)


@dataclass(frozen=True, slots=True, eq=False)
class JudgedOutput:
    """An output's answers; `parts` are what tells its picture from those of other outputs."""

    judged: "Judged"
    title: str
    parts: tuple[str, ...]
    data: "InspectedData"

    def faces(self, some: "Judged") -> "tuple[Face, ...]":
        """What those samples look like."""
        return self.data.faces(some.numbers)


def judged_outputs(look: Inspected) -> Iterator[JudgedOutput]:
    """Those of the network, or the one that `--of` names; a usage error when there is none."""
    data = looked_at(look)
    from nettool.jobs.predict.node_outputs import node_outputs
    from nettool.views.inspect.classified import judged

    forms = [form for form in data.opened.forms if form.gives == "class"]
    names = [form.output for form in forms]
    wanted = look.output_name
    if not names:
        raise click.UsageError(
            "no output of the network gives a class; `activations` and `embedding` look at any node"
        )
    if wanted is not None and wanted not in names:
        advice = did_you_mean(wanted, names) or f"classes are given by {listing(names)}"
        raise click.UsageError(f"--of: no output `{wanted}` gives a class: {advice}")
    if wanted is None and look.output is not None and len(names) > 1:
        raise click.UsageError(
            f"{listing(names)} give a class each: say --of which one goes to {look.output}"
        )
    chosen = [form for form in forms if wanted in (None, form.output)]
    answers = node_outputs(data.opened, data.part, [form.output for form in chosen])
    for form in chosen:
        assert form.field is not None
        right = data.part.columns[form.field.name].array()
        several = len(data.opened.plan.graph.outputs) > 1
        title = f"{data.opened.plan.graph.name}: {form.output}" if several else data.opened.plan.graph.name
        parts = ((form.output,) if several else ()) + data.stem_parts
        yield JudgedOutput(judged(answers[form.output], form, right), title, parts, data)
