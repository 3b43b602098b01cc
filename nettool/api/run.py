"""A run as an object: its results, its model, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nettool.api.arguments import count_of, require_made_by, require_one_of, text_of, wrong_kind
from nettool.api.comparison import RunComparison, compared
from nettool.api.interrupt import stoppable
from nettool.api.options import engine_options, looking_options, place
from nettool.api.overrides import Overrides, assignments
from nettool.api.pictures import framed
from nettool.api.progress import listener
from nettool.api.spec import Spec
from nettool.data.sources.source import SET_NAMES, PartName
from nettool.jobs.at_work import at_work
from nettool.jobs.open_run import OpenRun
from nettool.jobs.run_options import RunOptions
from nettool.jobs.spec.loaded_spec import load_spec
from nettool.record.disk.json_form import plain_facts
from nettool.record.files.metrics_file import read_metrics
from nettool.record.files.results import read_results
from nettool.record.files.run_request import RunRequest
from nettool.record.files.spec_files import resolved_path
from nettool.record.files.status import read_status
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.effective_status import effective_status
from nettool.record.runs.find_run import run_label

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from nettool.api.data import Samples
    from nettool.api.mistakes import Mistakes
    from nettool.engine.devices.start import Backend
    from nettool.engine.model.model_type import Model
    from nettool.record.checkpoints.model_files import Checkpoint
    from nettool.record.events.events import Listener


class Run:
    """A run that goes on or has ended; a notebook shows its report.

    `nettool.train` and `nettool.open_run` give it. Each attribute reads the run's files when you use it, so
    it is always up to date. A damaged file raises RunDamaged.
    """

    __slots__ = ("__weakref__", "_directory")

    def __init__(self, directory: RunDirectory) -> None:
        require_made_by("nettool.open_run", directory, RunDirectory)
        self._directory = RunDirectory(directory.path.absolute())

    @property
    def name(self) -> str:
        """`<name>/<date-time>`, as on the command line."""
        return run_label(self._directory)

    @property
    def path(self) -> Path:
        """Its directory."""
        return self._directory.path

    @property
    def status(self) -> str:
        """`running`, `finished`, `interrupted`, `failed` or `killed`."""
        status = read_status(self._directory)
        return "running" if status is None else effective_status(self._directory, status)

    @property
    def metrics(self) -> tuple[Mapping[str, float], ...]:
        """A row for each epoch: `epoch`, `loss` and metrics, the same with `val_`, and `learning_rate`."""
        return tuple({**row, "epoch": int(row["epoch"])} for row in read_metrics(self._directory))

    @property
    def results(self) -> Mapping[str, Any]:
        """The content of results.json, with `final`, `best` and `test`; empty before the end."""
        results = read_results(self._directory)
        return {} if results is None else plain_facts(results)

    @property
    def spec(self) -> Spec:
        """The spec as it was trained, with every default. Raises SpecError when it has mistakes."""
        return Spec(load_spec(resolved_path(self._directory)))

    def model(
        self, checkpoint: Checkpoint = "last", *, backend: Backend | None = None, allow_code: bool = False
    ) -> Model:
        """The saved `keras.Model`, from after the `last` step or after the `best` epoch.

        It takes scaled values, (samples, …) for each input: `Samples.scaled` gives them. Raises CallError
        when the run has no such model or an argument is wrong, SpecError for code that was not allowed.
        """
        run, options = self._open(checkpoint), engine_options(backend, allow_code=allow_code)
        run.require_model()
        with at_work():
            plan, preparation = run.prepared_network
            return run.ask(plan, preparation, options).model

    def evaluate(
        self,
        part: PartName = "test",
        *,
        checkpoint: Checkpoint = "last",
        data: str | None = None,
        overrides: Overrides | None = None,
        data_dir: str | Path | None = None,
        offline: bool = False,
        allow_code: bool = False,
    ) -> dict[str, float]:
        """Loss and metrics of the saved model on a part of its data: `train`, `validation` or `test`.

        `data` names another data set. `overrides` may change only paths in `data`. Other data are prepared as
        the run's own were. Raises CallError also without such a model, SpecError, DataError for missing data.
        """
        from nettool.jobs.evaluate.evaluate import evaluate

        require_one_of("part", part, tuple(SET_NAMES))
        other = None if data is None else text_of("data", data)
        options = looking_options(None, data_dir, offline=offline, allow_code=allow_code)
        run, changed = self._open(checkpoint), assignments(overrides)
        with at_work():
            return evaluate(run, options, part=part, overrides=changed, data=other).metrics

    def predict(
        self,
        x: ArrayLike | Samples | Mapping[str, ArrayLike],
        *,
        checkpoint: Checkpoint = "last",
        batch_size: int | None = None,
        allow_code: bool = False,
    ) -> dict[str, NDArray[np.generic]]:
        """Predictions of the saved model for new samples: for each output an array of (samples, …).

        `x` is an array of (samples, …) if the network takes one field; else it is a mapping from fields to
        arrays, or `Samples`. Values are as the run's data store them, and are scaled in the same way. Images
        of another size are resized, with a warning. `x` may also be one sample, without the axis of the
        samples. For classes the output has one value for each class. Numbers have the unit of the target.

        Raises DataError for arrays of another shape or kind and for none, and CallError when the run has no
        such model or an argument is wrong.
        """
        from nettool.api.predictions import predictions

        size = None if batch_size is None else count_of("batch_size", batch_size)
        return predictions(self._open(checkpoint), engine_options(allow_code=allow_code), x, size)

    def mistakes(
        self,
        part: PartName = "test",
        *,
        of: str | None = None,
        checkpoint: Checkpoint = "last",
        data_dir: str | Path | None = None,
        offline: bool = False,
        device: str | None = None,
        allow_code: bool = False,
    ) -> Mistakes:
        """The samples of a set (`train`, `validation` or `test`) that the model classifies wrongly.

        They come as arrays of (mistakes,), the surest first: `rows` are their places in the set, `true` and
        `predicted` numbers of classes, `values` how sure the network is, as probabilities from 0 to 1. A
        notebook shows them as a picture. `of` names the output where several give a class.

        Raises CallError when no such output gives a class, or the run holds no such model; SpecError for code
        that was not allowed, and DataError when the data are not to be had.
        """
        from nettool.api.mistakes import mistakes

        require_one_of("part", part, tuple(SET_NAMES))
        output = None if of is None else text_of("of", of)
        options = looking_options(device, data_dir, offline=offline, allow_code=allow_code)
        with at_work():
            return mistakes(self._open(checkpoint), part, output, options)

    def resume(
        self,
        epochs: int | None = None,
        *,
        on_event: Listener | None = None,
        data_dir: str | Path | None = None,
        offline: bool = False,
        device: str | None = None,
        allow_code: bool = False,
    ) -> Run:
        """Continue the training exactly where it stopped. `epochs` is the number of all epochs of the run.

        Raises CallError when there is nothing left to train, CannotResume when the spec or the data have
        changed, RunInUse when another process trains the run, and what `nettool.train` raises.
        """
        from nettool.jobs.train.resume import resume

        total = None if epochs is None else count_of("epochs", epochs)
        more = () if total is None else ("--epochs", str(total))
        options = RunOptions(
            place=place(data_dir, offline=offline),
            engine=engine_options(None, device, allow_code=allow_code),
            request=RunRequest(command=("train", "--resume", self.name, *more)),
            on_event=listener(on_event),
            stoppable=stoppable,
        )
        with at_work():
            return Run(resume(self._open(), total, options).run)

    def compare(self, *others: Run) -> RunComparison:
        """Compare the run with others: the differences of the specs, the results, and the curves.

        Raises CallError without another run, and for more than eight.
        """
        for each in others:
            if not isinstance(each, Run):
                raise wrong_kind("others", each, "runs, such as `nettool.open_run` gives")
        return compared({each.name: each._directory for each in (self, *others)})

    def report(self) -> Path:
        """Write the run's report.html again; the result is its path."""
        from nettool.jobs.report_run import report_run

        return report_run(self._directory)

    def _open(self, checkpoint: Checkpoint = "last") -> OpenRun:
        require_one_of("checkpoint", checkpoint, ("last", "best"))
        return OpenRun(self._directory, self.name, checkpoint)

    def __repr__(self) -> str:
        try:
            status = self.status
        except (RunDamaged, OSError):
            status = "damaged"
        return f"<nettool.Run {self.name}, {status}>"

    def _repr_html_(self) -> str:
        """The run's report, a page of its own."""
        from nettool.record.run_report import read_report
        from nettool.views.report.page import report_page

        report = read_report(self._directory, self.name, datetime.now().astimezone())
        return framed(report_page(report), f"report of {self.name}")
