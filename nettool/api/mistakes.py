"""The samples that a run's model classifies wrongly, as arrays and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nettool.api.arguments import count_of
from nettool.api.pictures import Picture, inline
from nettool.data.sources.source import SET_NAMES, PartName
from nettool.diagnostics.suggest import counted, listing
from nettool.jobs.call_error import CallError
from nettool.jobs.inspect.classified_outputs import ClassifiedOutput, classified_outputs, forms_of_classes
from nettool.jobs.inspect.inspected_data import inspected_data

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nettool.jobs.open_run import OpenRun
    from nettool.jobs.run_options import RunOptions
    from nettool.views.inspect.classified import Classified

_DRAWN = 24


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Mistakes:
    """The wrong predictions of one output on one set of the data, the surest first; `len` is their number.

    `samples` is how many there are in the set, and `classes` are the names of the classes. All arrays are of
    (mistakes,): `rows` (int64) are the places of the samples in the set, so that `data.test["image"][rows]`
    are their images; `true` and `predicted` (int64) are numbers of classes; `values` (float64) say how sure
    the network is of the predicted class, as a probability from 0 to 1 where `are_probabilities`, else as the
    output's own number.
    """

    output: str
    part: PartName
    samples: int
    classes: tuple[str, ...]
    rows: NDArray[np.int64]
    true: NDArray[np.int64]
    predicted: NDArray[np.int64]
    values: NDArray[np.float64]
    are_probabilities: bool
    _found: ClassifiedOutput
    _surest: Classified

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def share(self) -> float:
        """Of the samples, those that are classified wrongly, from 0 to 1."""
        return len(self) / self.samples

    def plot(self, count: int = _DRAWN) -> Picture:
        """Draw the `count` surest: each sample, what the network says, and what is true.

        Raises CallError when there is no mistake, and for another `count` than a whole number of at least 1.
        """
        most = count_of("count", count)
        if not len(self):
            raise CallError(f"{self._words()}: there is nothing to draw")
        import numpy as np

        some = self._surest.take(np.arange(min(most, len(self))))
        title = f"{self._found.title}: {self._words()}"
        return Picture(lambda: self._drawn(some, title), title)

    def _drawn(self, some: Classified, title: str) -> bytes:
        from nettool.views.inspect.mistakes import draw_mistakes

        return draw_mistakes(some, self._found.thumbnails(some), title, "the surest first", ("svg",))["svg"]

    def _words(self) -> str:
        return f"{counted(len(self), 'mistake')} in {self.samples:,} samples of the {SET_NAMES[self.part]}"

    def __repr__(self) -> str:
        return f"<nettool.Mistakes of {self.output}: {self._words()}>"

    def _repr_html_(self) -> str:
        """The surest of them as a picture."""
        return inline(self.plot()) if len(self) else f"<p>{self._words()}</p>"


def mistakes(run: OpenRun, part: PartName, of: str | None, options: RunOptions) -> Mistakes:
    """Those of the output `of`, which need not be named where there is one alone.

    Raises CallError when no such output gives a class, and what `inspected_data` raises.
    """
    data = inspected_data(run, part, options)
    forms = forms_of_classes(data, of)
    if len(forms) > 1:
        names = [form.output for form in forms]
        raise CallError(f"{listing(names)} give a class each: name one, such as `of={names[0]!r}`")
    (found,) = classified_outputs(data, forms)
    from nettool.views.inspect.classified import most_confident_mistakes

    every = found.classified
    surest = most_confident_mistakes(every, len(every))
    return Mistakes(
        output=every.output,
        part=part,
        samples=len(every),
        classes=every.classes,
        rows=surest.numbers,
        true=surest.true,
        predicted=surest.predicted,
        values=surest.values[range(len(surest)), surest.predicted],
        are_probabilities=every.are_probabilities,
        _found=found,
        _surest=surest,
    )
