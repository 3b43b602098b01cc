"""A run as an object: what it came to, its model, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nettool.api.asked import engine_options, place
from nettool.api.comparison import RunComparison, compared
from nettool.api.interrupt import stoppable
from nettool.api.pictures import framed
from nettool.api.progress import default_listener
from nettool.api.spec import Overrides, Spec, assignments
from nettool.jobs.open_run import OpenRun
from nettool.jobs.run_options import RunOptions
from nettool.jobs.spec.loaded_spec import load_spec
from nettool.jobs.spec_or_run import required_run
from nettool.record.disk.json_form import plain_facts
from nettool.record.files.metrics_file import read_metrics
from nettool.record.files.results import read_results
from nettool.record.files.run_request import RunRequest
from nettool.record.files.spec_files import resolved_path
from nettool.record.files.status import read_status
from nettool.record.runs.effective_status import effective_status
from nettool.record.runs.find_run import run_label

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from nettool.api.mistakes import Mistakes
    from nettool.data.sources.source import PartName
    from nettool.engine.devices.start import Backend
    from nettool.engine.model.model_type import Model
    from nettool.record.checkpoints.model_files import Checkpoint
    from nettool.record.events.events import Listener
    from nettool.record.run_directory import RunDirectory


class Run:
    """A run, running or over. `nettool.train` and `nettool.open_run` give it; a notebook shows its report.

    What is read of its files is read when it is asked for, so it is what the run has come to by then. A file
    that is damaged raises RunDamaged, which says what can still be used.
    """

    def __init__(self, directory: RunDirectory) -> None:
        self._directory = directory

    @property
    def name(self) -> str:
        """What it is called: `<name>/<date-time>`, as the command line takes it."""
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
        """A row for each epoch: `epoch`, `loss` and metrics, the same with `val_`, rate and seconds."""
        return read_metrics(self._directory)

    @property
    def results(self) -> Mapping[str, Any]:
        """What came out, as in results.json: `final`, `best` and `test` by name; empty before the end."""
        results = read_results(self._directory)
        return {} if results is None else plain_facts(results)

    @property
    def spec(self) -> Spec:
        """The spec as it was trained, with every default. Raises SpecError when it is not sound."""
        return Spec(load_spec(resolved_path(self._directory)))

    def model(
        self, checkpoint: Checkpoint = "last", *, backend: Backend | None = None, allow_code: bool = False
    ) -> Model:
        """The saved `keras.Model`, as it was after the `last` step or after the `best` epoch.

        It takes scaled values, (samples, …) for each input: `Samples.scaled` gives them. Raises CallError
        when the run holds no such model, SpecError for code that was not allowed.
        """
        run = self._open(checkpoint)
        run.require_model()
        plan, preparation = run.prepared_network
        return run.ask(plan, preparation, engine_options(backend, allow_code=allow_code)).model

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

        `data` names another data set, `overrides` change paths of `data` alone; both are treated as the run's
        own data were. Raises CallError, SpecError, and DataError when the data are not to be had.
        """
        from nettool.jobs.evaluate.evaluate import evaluate

        options = RunOptions(
            place=place(data_dir, offline=offline), engine=engine_options(allow_code=allow_code)
        )
        run = OpenRun(self._directory, self.name, checkpoint)
        changed = assignments(overrides)
        return evaluate(run, options, part=part, overrides=changed, data=data).metrics

    def predict(
        self,
        x: ArrayLike | Mapping[str, ArrayLike],
        *,
        checkpoint: Checkpoint = "last",
        batch_size: int | None = None,
        allow_code: bool = False,
    ) -> dict[str, NDArray[np.generic]]:
        """What the saved model answers for new samples: an array of (samples, …) by output.

        `x` is an array of (samples, …) for a network that takes one field, else arrays by field. Values are
        as the run's data store them; they are scaled as those were. Classes come as what the output gives
        for each, numbers in the unit of the target.

        Raises DataError for arrays of another shape or kind, and CallError when the run holds no such model.
        """
        run = self._open(checkpoint)
        run.require_model()
        plan, preparation = run.prepared_network
        model = run.ask(plan, preparation, engine_options(allow_code=allow_code), batch_size)
        from nettool.jobs.predict.predict_arrays import predict_arrays

        return predict_arrays(model, preparation, x)

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

        options = RunOptions(
            place=place(data_dir, offline=offline), engine=engine_options(None, device, allow_code=allow_code)
        )
        return mistakes(self._open(checkpoint), part, of, options)

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
        """Resume exactly where the run stopped, to its end; or to so many `epochs` in all.

        Raises CallError when there is nothing left to train, CannotResume when spec or data are not those of
        the training, RunInUse when another process trains it, and what `nettool.train` raises.
        """
        from nettool.jobs.train.resume import resume

        more = () if epochs is None else ("--epochs", str(epochs))
        options = RunOptions(
            place=place(data_dir, offline=offline),
            engine=engine_options(None, device, allow_code=allow_code),
            request=RunRequest(command=("train", "--resume", self.name, *more)),
            on_event=on_event or default_listener(),
            stoppable=stoppable,
        )
        return Run(resume(self._open(), epochs, options).run)

    def compare(self, *others: Run) -> RunComparison:
        """Put the run beside others: what differs in their specs, their results, and their curves.

        Raises CallError without another run, and for more than can be distinguished.
        """
        return compared({each.name: each._directory for each in (self, *others)})

    def report(self) -> Path:
        """Write the run's report.html again, and say where it is."""
        from nettool.jobs.report_run import report_run

        return report_run(self._directory)

    def _open(self, checkpoint: Checkpoint = "last") -> OpenRun:
        return OpenRun(self._directory, self.name, checkpoint)

    def __repr__(self) -> str:
        return f"<nettool.Run {self.name}, {self.status}>"

    def _repr_html_(self) -> str:
        """The run's report, a page of its own."""
        from nettool.record.run_report import read_report
        from nettool.views.report.page import report_page

        now = datetime.now().astimezone()
        return framed(report_page(read_report(self._directory, self.name, now)), f"report of {self.name}")


def open_run(name: str | Path = "latest", *, runs_dir: str | Path = "runs") -> Run:
    """A run by its directory, its name (the newest run of it), `name/date-time`, or `latest` of all.

    Raises CallError when there is none.
    """
    return Run(required_run(str(name), Path(runs_dir), lambda _: None))
