"""What an output that gives a class said of the test part: all in a matrix, some sample by sample."""

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.column_names import column_names
from nettool.engine.evaluation import ClassPredictions
from nettool.graph.plan import Plan
from nettool.jobs.spread_rows import spread_rows
from nettool.record.observations import SeenClasses, SeenSample
from nettool.views.confusion import confusion_matrix
from nettool.views.inside.faces import faces
from nettool.views.inside.judged import Judged, judged, most_confident_mistakes
from nettool.views.predictions.answer_form import AnswerForm
from nettool.views.small_png import small_png

_SAMPLES_SHOWN, _MISTAKES_SHOWN = 12, 12
_RANKS = 3


def observe_classes(
    plan: Plan, part: Part, form: AnswerForm, found: ClassPredictions, answers: NDArray[np.float32]
) -> SeenClasses:
    """`answers` are the numbers that the output gave, of which `found` are the classes.

    Samples and mistakes are left out where the output gives more than one class for a sample.
    """
    count = len(found.classes)
    matrix = confusion_matrix(found.right, found.given.clip(0, count - 1), count)
    counts = tuple(tuple(map(int, row)) for row in matrix)
    if form.gives != "class":
        return SeenClasses(found.output, found.classes, counts)
    every = judged(answers, form, found.right)
    some = every.take(spread_rows(len(every), _SAMPLES_SHOWN))
    worst = most_confident_mistakes(every, _MISTAKES_SHOWN)
    samples, mistakes = (_samples(plan, part, chosen) for chosen in (some, worst))
    return SeenClasses(found.output, found.classes, counts, every.are_probabilities, samples, mistakes)


def _samples(plan: Plan, part: Part, chosen: Judged) -> tuple[SeenSample, ...]:
    binding = plan.binding
    if binding is None or not len(chosen):
        return ()
    fields = [binding.field(name) for name in dict.fromkeys(each.field for each in binding.inputs)]
    looks = faces(part.take(chosen.numbers), fields, column_names(plan.data))
    return tuple(
        SeenSample(
            int(chosen.numbers[row]),
            tuple(small_png(image) for image in face.images),
            "\n".join(face.lines),
            chosen.classes[chosen.right[row]],
            _ranked(chosen, row),
        )
        for row, face in enumerate(looks)
    )


def _ranked(chosen: Judged, row: int) -> tuple[tuple[str, float], ...]:
    """The given class, then those that come next."""
    values = chosen.values[row]
    order = [int(chosen.given[row])]
    order += [int(rank) for rank in np.argsort(-values, kind="stable") if rank != order[0]]
    return tuple((chosen.classes[rank], float(values[rank])) for rank in order[:_RANKS])
