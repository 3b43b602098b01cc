"""A run that is to be used: its facts, its plan, what was done to its data, and its saved model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.data.prediction.preparation import Preparation
from nettool.diagnostics.caller import option
from nettool.engine.devices.device_choice import AUTO, DeviceChoice, device_choice
from nettool.engine.devices.start import BACKENDS, Backend, loaded_backend
from nettool.engine.failures import NotPossible
from nettool.front_end import load, load_network
from nettool.graph.plan import Plan
from nettool.graph.trainable_plan import TrainablePlan, bind_as_trained
from nettool.jobs.call_error import CallError
from nettool.jobs.preflight import one_device, require_permission, start_engine
from nettool.jobs.run_options import EngineOptions
from nettool.record.checkpoints.model_files import Checkpoint, model_path
from nettool.record.files.preparation_file import no_preparation, read_preparation
from nettool.record.files.provenance import Provenance, read_provenance
from nettool.record.files.spec_files import resolved_path
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.find_run import run_label
from nettool.spec.network.python_file import PythonFile
from nettool.spec.train.training import Training

if TYPE_CHECKING:
    from nettool.jobs.predict.loaded_model import LoadedModel


@dataclass(frozen=True, eq=False)
class OpenRun:
    """A run, what the caller calls it, and which of its two models is meant.

    Each file is read when it is first asked for, and once.
    """

    directory: RunDirectory
    name: str
    checkpoint: Checkpoint = "last"

    @property
    def label(self) -> str:
        """Its name on the command line: `<name>/<stamp>`."""
        return run_label(self.directory)

    @property
    def model_file(self) -> Path:
        """The file of its model, whether it is there or not."""
        return model_path(self.directory, self.checkpoint)

    @cached_property
    def provenance(self) -> Provenance | None:
        """What run.json says; None when there is none. Raises RunDamaged and OSError."""
        return read_provenance(self.directory)

    @property
    def spec(self) -> str:
        """The file of the spec that was trained; of a run that does not say it, that of its own spec."""
        return str(resolved_path(self.directory)) if self.provenance is None else self.provenance.spec

    @property
    def backend(self) -> Backend:
        """What the run was trained on; TensorFlow where run.json does not say it."""
        came = self._readable_provenance()
        return next((each for each in BACKENDS if came is not None and each == came.backend), "tensorflow")

    @property
    def devices(self) -> DeviceChoice:
        """Where the run was trained; `auto` where run.json does not say it."""
        came = self._readable_provenance()
        if came is None or not came.devices:
            return AUTO
        numbers = ",".join(name.rpartition(":")[2] for name in came.devices)
        try:
            return device_choice(f"{came.devices[0].partition(':')[0]}:{numbers}")
        except ValueError:
            return AUTO

    @cached_property
    def plan(self) -> Plan:
        """The plan with the run's own data; where these are on this machine, one that `trainable` takes.

        Raises SpecError, and RunDamaged when the run's spec lacks what every training needs.
        """
        return self.plan_with()

    @property
    def training(self) -> Training:
        """The settings of the training. Raises what `plan` raises."""
        training = self.plan.training
        if training is None:
            raise self._lost("train")
        return training

    def plan_with(self, overrides: Sequence[str] = (), data: str | None = None) -> Plan:
        """The same with `overrides` and other `data`, as `load` applies them."""
        plan, _ = load(resolved_path(self.directory), overrides, data)
        if plan.document.data is None:
            raise self._lost("data")
        if not plan.losses:
            raise self._lost("losses")
        if plan.training is None:
            raise self._lost("train")
        return plan

    @cached_property
    def network(self) -> tuple[Plan, Preparation | None]:
        """The plan without a look at the data, which may be gone, bound to the fields of the training.

        Of a run that does not say what was done to its data, the plan has no binding, and None comes with it.
        Raises SpecError, and RunDamaged when a file cannot be read or the run's spec lacks its data.
        """
        plan = load_network(resolved_path(self.directory))
        preparation = read_preparation(self.directory)
        return (plan, None) if preparation is None else (self._bound(plan, preparation), preparation)

    @property
    def prepared_network(self) -> tuple[TrainablePlan, Preparation]:
        """The same. Raises DataError when the run does not say what was done to its data."""
        plan, preparation = self.network
        if preparation is None or not isinstance(plan, TrainablePlan):
            raise no_preparation(self.directory)
        return plan, preparation

    def require_model(self) -> None:
        """Raise CallError when the run does not hold the model."""
        if not self.model_file.is_file():
            raise CallError(f"the run `{self.name}` holds no `{self.checkpoint}` model: {self.model_file}")

    def start(self, plan: Plan, options: EngineOptions) -> None:
        """Start the engine to use a model of the run: on its backend, on one device, with the plan's code.

        Raises SpecError for code that was not allowed, and what `start_engine` raises.
        """
        require_permission(plan.python, is_allowed=options.allow_code)
        backend = options.backend or loaded_backend() or self.backend
        start_engine(plan.python, replace(options, backend=backend, device=one_device(options.device)))

    def start_training(self, python: tuple[PythonFile, ...], options: EngineOptions) -> tuple[str, ...]:
        """Start the engine to train as the run was trained, but for the device where one is asked for.

        Notes on what may keep it from coming to the same bits. Raises what `start_engine` raises.
        """
        before = self.devices
        device = options.device or before
        try:
            start_engine(python, replace(options, backend=self.backend, device=device))
        except NotPossible as problem:
            if options.device is not None or before == AUTO:
                raise
            raise NotPossible(
                f"the run was on {before}: {problem}; {option('device')} says where else, perhaps not to the "
                "same bits"
            ) from problem
        from nettool.engine.devices.devices import devices_in_use

        present = devices_in_use()
        if before == AUTO or before.names == present:
            return ()
        now = ", ".join(present)
        return (f"the run was on {before}, and is on {now} now: it may not come to the same bits",)

    def ask(
        self,
        plan: TrainablePlan,
        preparation: Preparation,
        options: EngineOptions,
        batch_size: int | None = None,
    ) -> "LoadedModel":
        """Start the engine and open the model, to be asked about samples that were prepared so."""
        self.start(plan, options)
        with options.waiting("building the network"):
            from nettool.jobs.predict.loaded_model import open_model

            return open_model(self.model_file, plan, preparation, batch_size)

    def _bound(self, plan: Plan, preparation: Preparation) -> TrainablePlan:
        if plan.document.data is None:
            raise self._lost("data")
        if plan.training is None:
            raise self._lost("train")
        return bind_as_trained(plan, plan.document.data, plan.training, preparation.fields)

    def _readable_provenance(self) -> Provenance | None:
        try:
            return self.provenance
        except ValueError:
            return None

    def _lost(self, section: str) -> RunDamaged:
        return RunDamaged(resolved_path(self.directory), f"it must have the `{section}` of the training")
