"""What a run would be: everything up to the first step, and nothing written."""

from nettool.engine.compile.compile_model import build_optimizer, compile_model
from nettool.engine.compile.training_length import training_length
from nettool.engine.devices.memory import estimated_memory
from nettool.engine.model.user_layers import blaming_user_code
from nettool.jobs.run.experiment import Experiment
from nettool.jobs.run.prepare import prepare
from nettool.jobs.train.planned_run import DryRun


def dry_run(experiment: Experiment) -> DryRun:
    """Load the data, build and compile the network. Raises what a run raises before its directory is made."""
    with blaming_user_code(experiment.plan.python):
        prepared = prepare(experiment)
        plan, loaded, training = prepared.plan, prepared.loaded, prepared.plan.training
        compile_model(prepared.model, plan, len(loaded.train))
        build_optimizer(prepared.model)
        extent, parts = training_length(plan, len(loaded.train)), loaded.parts
        return DryRun(
            experiment.name,
            parameters=prepared.model.count_params(),
            samples={name: len(part) for name, part in parts.items() if len(part)},
            batch_size=training.batch_size,
            steps=extent.steps,
            epochs=extent.epochs,
            optimizer={"optimizer": training.optimizer.name, **training.optimizer.options},
            precision=training.precision,
            memory=estimated_memory(prepared.model, plan.graph, training.batch_size, tuple(parts.values())),
            notes=loaded.notes,
        )
