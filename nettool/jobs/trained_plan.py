"""A run that is to be used: its plan, with its data or without a look at them, and what was done to them."""

from collections.abc import Sequence

from nettool.data.failure import DataError
from nettool.data.prediction.preparation import Preparation
from nettool.front_end import load, load_network
from nettool.graph.bind_as_trained import bind_as_trained
from nettool.graph.plan import Plan
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.files.preparation_file import preparation_path, read_preparation
from nettool.record.files.spec_files import resolved_path
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory


def run_plan(run: RunDirectory, overrides: Sequence[str] = (), data: str | None = None) -> Plan:
    """The plan with its data, `overrides` and other `data` applied as `load` does.

    Where the data are on this machine, it is one that `trainable` takes.

    Raises SpecError, and RunDamaged when the spec of the run has lost what every training needs.
    """
    plan, _ = load(resolved_path(run), overrides, data)
    if plan.document.data is None:
        raise _lost(run, "data")
    if not plan.losses:
        raise _lost(run, "losses")
    if plan.training is None:
        raise _lost(run, "train")
    return plan


def trained_plan(run: RunDirectory) -> tuple[TrainablePlan, Preparation]:
    """The plan, bound to the fields that the run was trained on; the files it was trained on may be gone.

    Raises SpecError, RunDamaged when what the run says cannot be read, or its spec has lost its data, and
    DataError when the run does not say what was done to its data.
    """
    plan = load_network(resolved_path(run))
    preparation = read_preparation(run)
    if preparation is None:
        raise DataError(
            f"the run does not say what was done to its data: there is no `{preparation_path(run)}`",
            ("train it again, and the file is written",),
        )
    return _bound(run, plan, preparation), preparation


def known_plan(run: RunDirectory) -> tuple[Plan, Preparation | None]:
    """The same; of a run that does not say what was done to its data, the plan of its network alone.

    Raises SpecError and RunDamaged.
    """
    plan = load_network(resolved_path(run))
    preparation = read_preparation(run)
    return (plan, None) if preparation is None else (_bound(run, plan, preparation), preparation)


def _bound(run: RunDirectory, plan: Plan, preparation: Preparation) -> TrainablePlan:
    if plan.document.data is None:
        raise _lost(run, "data")
    if plan.training is None:
        raise _lost(run, "train")
    return bind_as_trained(plan, plan.document.data, plan.training, preparation.fields)


def _lost(run: RunDirectory, section: str) -> RunDamaged:
    return RunDamaged(resolved_path(run), f"it must have the `{section}` of the training")
