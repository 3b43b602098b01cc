"""A run from the moment when its directory exists: train, measure, and keep everything in it."""

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from nettool.data.load import Loaded
from nettool.data.sources.source import PartName
from nettool.engine.compile.training_length import training_length
from nettool.engine.evaluate.measurement import measure
from nettool.engine.model.model_type import Model
from nettool.engine.model.one_device import on_one_device
from nettool.engine.stop_signal import Stopped, StopSignal
from nettool.engine.train.history import History
from nettool.engine.train.tensorboard_files import TensorBoardFiles
from nettool.engine.train.training import train
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.clock import Clock
from nettool.jobs.evaluate.whole_batches import fills_a_batch, left_out, left_out_note
from nettool.jobs.identity.trained_on import keep_trained_on
from nettool.jobs.observe.kept_predictions import KeptPredictions, no_predictions
from nettool.jobs.observe.optional_steps import OptionalSteps, harmless, report_when_slow
from nettool.jobs.observe.pictures import Recorded, draw_pictures
from nettool.jobs.observe.preload_drawing import PreloadDrawing
from nettool.jobs.run.checkpoints import RunCheckpoints
from nettool.jobs.run.describe import describe, describe_resumption, draw_network
from nettool.jobs.run.expectations import INTERRUPTED, checked_expectations, counts
from nettool.jobs.run.experiment import Experiment, Finished, Resumed
from nettool.jobs.run.notes import data_notes, training_notes
from nettool.record.checkpoints.training_state import Identity
from nettool.record.events.events import (
    EpochEnded,
    Evaluated,
    Event,
    Listener,
    Metrics,
    Note,
    RunResumed,
    RunStarted,
)
from nettool.record.events.log import TrainLog
from nettool.record.files.metrics_file import MetricsFile
from nettool.record.files.results import Best, CheckedExpectation, Results, write_results
from nettool.record.files.split_file import split_path
from nettool.record.run_directory import RunDirectory, require_present
from nettool.record.shown_path import shown


@dataclass(frozen=True, slots=True)
class Recorder:
    """Carries one run through; `plan` is the experiment's, with every shape known."""

    experiment: Experiment
    plan: TrainablePlan
    loaded: Loaded
    identity: Identity
    run: RunDirectory
    listener: Listener
    clock: Clock
    resumed: Resumed | None = None

    def record(self, model: Model, stop: StopSignal) -> tuple[Finished, Recorded]:
        """Train and measure the model, and write the results: nothing is drawn or looked at before.

        Raises what the engine raises, CannotResume, and OSError.
        """
        training_set, validation_set = self.loaded.train, self.loaded.validation
        metrics = MetricsFile(self.run)
        board = TensorBoardFiles(self.run.path / "tensorboard") if self.plan.training.tensorboard else None
        if self.resumed is None:
            describe(self.run, self.experiment, self.plan, self.loaded)
            self._announce()
            harmless("the picture of the network", partial(draw_network, self.run, self.plan), self.report)
            self.clock.lap("describing")
        else:
            self._announce()
            self._resume(self.resumed)
            metrics.begin_with(self.resumed.state.history)
        self._keep_trained_on()

        drawing = PreloadDrawing()

        def on_event(event: Event) -> None:
            if isinstance(event, EpochEnded):
                # The first epoch is when Python is busy itself.
                drawing.begin()
                metrics.add(event)
                if board is not None:
                    board.add(event)
            self.report(event)

        has_validation = len(validation_set) > 0 and fills_a_batch(self.plan, validation_set)
        validation = validation_set if has_validation else None
        checkpoints = RunCheckpoints(self.run, self.loaded.preparation, self.identity)
        start = None if self.resumed is None else self.resumed.state
        history = train(
            model,
            self.plan,
            training_set,
            validation,
            listener=on_event,
            stop=stop,
            checkpoints=checkpoints,
            start=start,
        )
        model = on_one_device(model, self.plan.graph)
        drawing.wait()
        self.clock.lap("training")
        is_stopped, seen, evaluated = history.interrupted, None, None
        if not is_stopped and fills_a_batch(self.plan, self.loaded.test):
            seen = no_predictions(self.plan, self.loaded.preparation)
            try:
                evaluated = self._test(model, seen, stop)
            except Stopped:
                is_stopped, seen = True, None
            except BaseException:
                # What the training came to is kept, whatever happened to the measuring.
                with suppress(OSError):
                    self._write_results(history, {}, ())
                raise
        test = {} if evaluated is None else evaluated.metrics
        expectations = self._expectations(history, test, is_stopped=is_stopped)
        results = self._write_results(history, test, expectations)
        if evaluated is not None:
            with suppress(OSError):
                TrainLog(self.run)(evaluated)
        finished = Finished(self.run, "interrupted" if is_stopped else "finished", expectations, results.best)
        return finished, Recorded(self.run, results, history, model, seen)

    def show(self, recorded: Recorded, optional: OptionalSteps) -> None:
        """Draw and observe what is safe already; nothing that goes wrong with it is raised."""
        draw_pictures(recorded, self.experiment.name, self.plan, self.loaded, optional)
        self.clock.lap("plots")
        with suppress(OSError):
            require_present(self.run)
            write_results(self.run, replace(recorded.results, timings=self.clock.timings))

    def report(self, event: Event) -> None:
        """Keep what happened, and pass it on."""
        TrainLog(self.run)(event)
        self.listener(event)

    def _resume(self, resumed: Resumed) -> None:
        """Report from where the run resumes, and how far it goes."""
        experiment, position = self.experiment, resumed.state.position
        self.report(RunResumed(position.epoch, position.step))
        for note in resumed.notes:
            self.report(Note(note))
        describe_resumption(
            self.run, experiment, position, self.plan.training.epochs, extends=resumed.extends
        )
        self.clock.timings["training"] = round(resumed.state.seconds, 3)
        self.clock.lap("describing")

    def _announce(self) -> None:
        parts = self.loaded.parts
        self.report(
            RunStarted(
                self.experiment.name,
                shown(self.run.path),
                samples={name: len(each) for name, each in parts.items() if len(each)},
                parameters=self.plan.graph.parameter_count or 0,
                epochs=training_length(self.plan, len(parts["train"])).epochs,
                batch_size=self.plan.training.batch_size,
                trial=self.experiment.trial,
            )
        )
        notes = (*data_notes(self.plan, parts["train"]), *training_notes(self.plan, len(parts["train"])))
        for note in (*self.loaded.notes, *notes):
            self.report(Note(note))
        names: tuple[PartName, ...] = ("validation", "test", "train")
        for name in names:
            rest = left_out_note(self.plan, parts[name], name)
            if rest is not None:
                self.report(Note(rest))

    def _keep_trained_on(self) -> None:
        """Once, and before the first step: a run that is killed has it, too."""
        if split_path(self.run).exists():
            return
        keep = partial(keep_trained_on, self.run, self.plan, self.loaded)
        for note in harmless("the list of the training samples", keep, self.report) or ():
            self.report(Note(note))
        self.clock.lap("describing")

    def _test(self, model: Model, seen: KeptPredictions, stop: StopSignal) -> Evaluated:
        """Measured, and said on the screen; the log has it once the results are safe."""
        part = self.loaded.test
        with report_when_slow("measuring on the test set", self.listener):
            metrics = measure(model, self.plan, part, seeing=seen.seeing, stop=stop)
        rest = left_out(self.plan, part)
        evaluated = Evaluated("test", len(part) - rest, metrics, self.clock.lap("test"), rest)
        self.listener(evaluated)
        return evaluated

    def _expectations(
        self, history: History, test: Metrics, *, is_stopped: bool
    ) -> tuple[CheckedExpectation, ...]:
        final = history.rows[-1] if history.rows else {}
        measured = {
            **counts(self.plan),
            **final,
            **{f"test_{name}": value for name, value in test.items()},
        }
        unchecked = INTERRUPTED if is_stopped else self.experiment.unchecked
        return checked_expectations(self.plan, measured, unchecked)

    def _write_results(
        self, history: History, test: Metrics, expectations: tuple[CheckedExpectation, ...]
    ) -> Results:
        require_present(self.run)
        rows = {int(row["epoch"]): row for row in history.rows}
        best = history.best_epoch
        results = Results(
            epochs=len(rows),
            parameters=self.plan.graph.parameter_count,
            final=history.rows[-1] if rows else {},
            best=None if best is None else Best(best, history.monitor, rows[best]),
            test=test,
            timings=self.clock.timings,
            expectations=expectations,
            better=self.plan.better,
        )
        write_results(self.run, results)
        return results
