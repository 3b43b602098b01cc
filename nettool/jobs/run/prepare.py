"""Everything that is there before a run writes anything: the data, the built network, what they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from nettool.data.formats.checksums import file_checksum
from nettool.data.load import Loaded
from nettool.data.transforms.samples import limit
from nettool.data.used_file import UsedFile
from nettool.diagnostics.caller import override
from nettool.engine.compile.objectives import require_objectives
from nettool.engine.compile.optimizer import require_optimizer
from nettool.engine.compile.supported import require_possible
from nettool.engine.compile.training_length import training_length
from nettool.engine.devices.devices import on_all_devices
from nettool.engine.devices.out_of_memory import memory_for
from nettool.engine.devices.process_setup import begin
from nettool.engine.model.build_model import build_model
from nettool.engine.model.keras_check import check_agreement, completed
from nettool.engine.model.model_type import Model
from nettool.graph.complete_plan import complete_plan
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.clock import Clock
from nettool.jobs.evaluate.whole_batches import require_a_batch
from nettool.jobs.identity.identity import identity_of
from nettool.jobs.preflight import smaller_layers
from nettool.jobs.run.early_data import load_for_training
from nettool.jobs.run.experiment import Experiment
from nettool.record.checkpoints.training_state import Identity
from nettool.record.events.event_text import samples_text


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What is there before anything is written."""

    plan: TrainablePlan
    loaded: Loaded
    identity: Identity
    model: Model
    clock: Clock


def prepare(experiment: Experiment) -> Prepared:
    """Load the data and build the network. Raises DataError, BuildFailed, NotPossible, OutOfMemory."""
    clock = Clock()
    plan = experiment.plan
    with memory_for("the data", f"{override('data.limit', 'N')} takes only N samples of each part"):
        with experiment.waiting("loading the data"):
            loaded = None if experiment.early is None else experiment.early.loaded()
        if loaded is None:
            loaded = load_for_training(plan, experiment.place, progress=experiment.progress)
        if plan.training.overfit is not None:
            loaded = only_few(loaded, plan.training.overfit, plan.training.batch_size)
    require_a_batch(plan, loaded.train, "train")
    require_possible(plan, len(loaded.train))
    require_objectives(plan)
    require_optimizer(plan, training_length(plan, len(loaded.train)))
    clock.lap("data")
    begin(plan.training)
    parameters = plan.graph.parameter_count
    weights = "its weights" if parameters is None else f"{parameters:,} parameters"
    with (
        experiment.waiting("building the network"),
        memory_for(f"the network, {weights}", smaller_layers()),
        on_all_devices(),
    ):
        model = build_model(plan.graph)
    check_agreement(plan.graph, model)
    whole = complete_plan(plan, completed(plan.graph, model))
    clock.lap("build")
    loaded = replace(loaded, files=(*loaded.files, *_named_files(plan)))
    return Prepared(whole, loaded, identity_of(plan, loaded), model, clock)


def _named_files(plan: TrainablePlan) -> Iterator[UsedFile]:
    for file in plan.named_files:
        yield UsedFile(str(file.path), file_checksum(file.path), "own", former="")


STEPS_PER_EPOCH = 50
"""At least: an epoch of one step would be little learning between much measuring."""


def only_few(loaded: Loaded, count: int, batch_size: int) -> Loaded:
    """The first samples of the training set as training and validation set, and no test set.

    An epoch goes through them several times.
    """
    few = limit(loaded.train, count)
    times = max(1, -(-STEPS_PER_EPOCH * batch_size // max(1, len(few))))
    first = samples_text(len(few))
    note = f"overfit: the first {first} of the training set, {times:,} times in each epoch"
    return replace(
        loaded,
        train=few.take(np.tile(np.arange(len(few)), times)),
        validation=few,
        test=loaded.test.take(np.arange(0)),
        notes=(*loaded.notes, note),
    )
