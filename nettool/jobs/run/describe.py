"""Writes what is known of a run before its first step: enough to repeat it."""

from datetime import datetime
from pathlib import Path

from nettool.data.load import Loaded
from nettool.diagnostics.caller import by_caller
from nettool.engine.devices.backend import backend, further_packages
from nettool.engine.devices.devices import devices_in_use, gpu_names
from nettool.engine.devices.machine import machine
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.identity.saved_spec import with_epochs
from nettool.jobs.run.experiment import Experiment
from nettool.record.disk.run_file import read_text
from nettool.record.events.position import Position
from nettool.record.files.commit import commit_of
from nettool.record.files.hardware import this_machine
from nettool.record.files.pictures import write_model_page, write_model_picture
from nettool.record.files.preparation_file import write_preparation
from nettool.record.files.provenance import (
    DataFile,
    Provenance,
    Resumption,
    add_resumption,
    installed_versions,
    write_provenance,
)
from nettool.record.files.run_request import request_facts
from nettool.record.files.spec_files import (
    keep_file,
    resolved_path,
    write_code,
    write_resolved,
    write_spec_files,
)
from nettool.record.files.summary_file import write_summary
from nettool.record.run_directory import RunDirectory
from nettool.views.diagram.draw_diagram import draw_diagram
from nettool.views.diagram.drawn import Look
from nettool.views.diagram.fit_page import most_closed_size
from nettool.views.graph_page.page import network_page
from nettool.views.terminal.summary import summary_text


def describe(run: RunDirectory, experiment: Experiment, plan: TrainablePlan, loaded: Loaded) -> None:
    """The spec, as it was and with all defaults; its code; what was done to the data; where it all came from.

    `plan` is the experiment's, with every shape known.
    """
    write_spec_files(run, plan.text, plan.resolved)
    for file in plan.python:
        write_code(run, file.name, file.text)
    for named in plan.named_files:
        if named.kept is not None:
            keep_file(run, named.kept, named.path)
    write_preparation(run, loaded.preparation)
    write_summary(run, summary_text(plan.graph, training=plan.training))
    files = tuple(DataFile(Path(file.path).name, file.checksum, file.state) for file in loaded.files)
    write_provenance(
        run,
        Provenance(
            **request_facts(experiment.request),
            spec=experiment.spec,
            overrides=experiment.overrides,
            seed=plan.training.seed,
            commit=commit_of(Path.cwd()),
            versions=installed_versions(further_packages()),
            hardware=this_machine(gpu_names()),
            data={"dataset": plan.data.source.name, "notes": list(loaded.notes)},
            data_files=files,
            unchecked=experiment.unchecked,
            backend=backend(),
            devices=devices_in_use(),
            machine=machine(),
        ),
    )


def draw_network(run: RunDirectory, plan: TrainablePlan) -> None:
    """The network as a page, and as a picture, its blocks closed where it would not fit a page.

    Raises ValueError where the picture would keep the training waiting.
    """
    write_model_page(run, network_page(plan.graph, losses=plan.losses))
    size = most_closed_size(plan.graph, Look())
    if not size.is_quick:
        draws = by_caller(command_line="`nettool plot` draws it", python="`Spec.plot()` draws it")
        raise ValueError(f"laying out {size.nodes:,} nodes would take long ({draws})")
    write_model_picture(run, draw_diagram(plan.graph, "svg", losses=plan.losses))


def describe_resumption(
    run: RunDirectory, experiment: Experiment, position: Position, epochs: int, *, extends: bool
) -> None:
    """From where the run resumes, and with what; the spec as well where the run `extends` to more epochs."""
    if extends:
        extended = with_epochs(read_text(resolved_path(run)), epochs)
        write_resolved(run, experiment.plan.resolved if extended is None else extended)
    resumption = Resumption(
        **request_facts(experiment.request),
        time=datetime.now().astimezone().isoformat(timespec="seconds"),
        epochs=position.epoch,
        steps=position.step,
        until=epochs,
        commit=commit_of(Path.cwd()),
        versions=installed_versions(further_packages()),
        devices=devices_in_use(),
        machine=machine(),
    )
    add_resumption(run, resumption, experiment.unchecked)
