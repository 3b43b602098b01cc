"""A run from the moment when its directory exists: train, measure, and keep everything in it."""

from dataclasses import dataclass

from nettool.data.column import Part
from nettool.data.load import Loaded
from nettool.engine.callbacks.stop_on_request import StopSignal
from nettool.engine.evaluation import class_predictions
from nettool.engine.extent import extent_of
from nettool.engine.history import History
from nettool.engine.measurement import Measurement, measure
from nettool.engine.model import Model
from nettool.engine.one_device import on_one_device
from nettool.engine.tensorboard_files import TensorBoardFiles
from nettool.engine.training import train
from nettool.graph.plan import Plan
from nettool.graph.settings import Training
from nettool.jobs.claims import INTERRUPTED, check_claims, counts
from nettool.jobs.clock import Clock
from nettool.jobs.confusions import write_confusions
from nettool.jobs.describe import describe, describe_resumption
from nettool.jobs.experiment import Experiment, Finished
from nettool.jobs.keep import RunKeeper
from nettool.jobs.keep_observations import keep_observations
from nettool.jobs.observe import observed_outputs
from nettool.jobs.ready_to_draw import ReadyToDraw
from nettool.jobs.reconstructions import write_reconstructions
from nettool.jobs.taken_up import TakenUp
from nettool.jobs.whole_batches import fills_a_batch, left_out_note
from nettool.record.events import (
    EpochEnded,
    Evaluated,
    Event,
    Figures,
    Listener,
    Note,
    RunResumed,
    RunStarted,
)
from nettool.record.log import TrainLog
from nettool.record.metrics_file import MetricsFile
from nettool.record.pictures import write_plot
from nettool.record.results import Best, Claim, Results, write_results
from nettool.record.run_directory import RunDirectory, require_present
from nettool.record.shown_path import shown
from nettool.record.training_state import Identity
from nettool.views.curves import draw_curves


@dataclass(frozen=True, slots=True)
class Recorder:
    """Carries one run through; `plan` is the experiment's, with every shape known."""

    experiment: Experiment
    plan: Plan
    training: Training
    loaded: Loaded
    identity: Identity
    run: RunDirectory
    listener: Listener
    clock: Clock
    taken_up: TakenUp | None = None

    def record(self, model: Model, stop: StopSignal) -> Finished:
        """Train and evaluate the model; raises what the engine raises, CannotResume, and OSError."""
        part, held_out = self.loaded.train, self.loaded.validation
        metrics = MetricsFile(self.run)
        board = TensorBoardFiles(self.run.path / "tensorboard") if self.training.tensorboard else None
        if self.taken_up is None:
            describe(self.run, self.experiment, self.plan, self.training.seed, self.loaded)
            self.clock.lap("describing")
            self._announce(part, held_out)
        else:
            self._announce(part, held_out)
            self._take_up(self.taken_up)
            metrics.begin_with(self.taken_up.state.history)

        drawing = ReadyToDraw()

        def heard(event: Event) -> None:
            if isinstance(event, EpochEnded):
                # The first epoch is when Python is busy itself.
                drawing.begin()
                metrics.add(event)
                if board is not None:
                    board.add(event)
            self.hear(event)

        validation = held_out if len(held_out) and fills_a_batch(self.plan, held_out) else None
        keeper = RunKeeper(self.run, self.loaded.preparation, self.identity)
        start = None if self.taken_up is None else self.taken_up.state
        history = train(model, self.plan, part, validation, heard, stop, keeper, start)
        model = on_one_device(model, self.plan.graph)
        drawing.wait()
        self.clock.lap("training")
        is_measured = not history.interrupted and fills_a_batch(self.plan, self.loaded.test)
        measured = self._test(model) if is_measured else None
        require_present(self.run)
        self._draw_curves(history)
        test, answers = ({}, None) if measured is None else (measured.figures, measured.answers)
        keep_observations(self.run, self.plan, self.loaded, model, answers, self.hear)
        self.clock.lap("plots")
        claims = self._claims(history, test)
        write_results(self.run, self._results(history, test, claims))
        return Finished(self.run, "interrupted" if history.interrupted else "finished", claims)

    def hear(self, event: Event) -> None:
        """Keep what happened, and pass it on."""
        TrainLog(self.run)(event)
        self.listener(event)

    def _take_up(self, taken_up: TakenUp) -> None:
        """Say and note from where the run goes on, and how far."""
        experiment, position = self.experiment, taken_up.state.position
        self.hear(RunResumed(position.epoch, position.step))
        for note in taken_up.notes:
            self.hear(Note(note))
        describe_resumption(self.run, experiment, position, self.training.epochs, extends=taken_up.extends)
        self.clock.timings["training"] = round(taken_up.state.seconds, 3)
        self.clock.lap("describing")

    def _announce(self, part: Part, held_out: Part) -> None:
        samples = {"train": len(part), "validation": len(held_out), "test": len(self.loaded.test)}
        self.hear(
            RunStarted(
                self.experiment.name,
                shown(self.run.path),
                {name: count for name, count in samples.items() if count},
                self.plan.graph.parameter_count or 0,
                extent_of(self.plan, len(part)).epochs,
                self.training.batch_size,
                self.experiment.trial,
            )
        )
        for note in self.loaded.notes:
            self.hear(Note(note))
        for name, each in (("validation", held_out), ("test", self.loaded.test)):
            if len(each) and not fills_a_batch(self.plan, each):
                self.hear(Note(left_out_note(self.plan, each, name)))

    def _test(self, model: Model) -> Measurement:
        part = self.loaded.test
        kept = observed_outputs(self.plan, self.loaded.preparation)
        measured = measure(model, self.plan, part, keep=kept)
        seconds = self.clock.lap("test")
        self.hear(Evaluated("test", len(part), measured.figures, seconds))
        write_confusions(self.run, self.plan, class_predictions(self.plan, part, measured.answers))
        write_reconstructions(self.run, self.plan, part, model)
        self.clock.lap("plots")
        return measured

    def _draw_curves(self, history: History) -> None:
        if history.rows:
            for form, picture in draw_curves(history.rows, self.experiment.name).items():
                write_plot(self.run, "curves", form, picture)
        self.clock.lap("plots")

    def _claims(self, history: History, test: Figures) -> tuple[Claim, ...]:
        final = history.rows[-1] if history.rows else {}
        measured = {
            **counts(self.plan),
            **final,
            **{f"test_{name}": value for name, value in test.items()},
        }
        unchecked = INTERRUPTED if history.interrupted else self.experiment.unchecked
        return check_claims(self.plan, measured, unchecked)

    def _results(self, history: History, test: Figures, claims: tuple[Claim, ...]) -> Results:
        rows = {int(row["epoch"]): row for row in history.rows}
        best = history.best_epoch
        return Results(
            epochs=len(rows),
            parameters=self.plan.graph.parameter_count,
            final=history.rows[-1] if rows else {},
            best=None if best is None else Best(best, history.best_figure, rows[best]),
            test=test,
            timings=self.clock.timings,
            expectations=claims,
        )
