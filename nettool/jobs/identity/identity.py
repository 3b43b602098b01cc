"""What a run's states belong to: its spec (but for the number of epochs), its data, the versions at work."""

from collections.abc import Iterable
from pathlib import Path

from nettool.data.load import Loaded
from nettool.data.used_file import UsedFile
from nettool.engine.devices.backend import further_packages
from nettool.engine.devices.machine import machine
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.identity.saved_spec import code_checksums, spec_changes, spec_checksum
from nettool.record.checkpoints.training_state import Identity
from nettool.record.files.provenance import DataFile, installed_versions, read_provenance
from nettool.record.run_damaged import CannotResume
from nettool.record.run_directory import RunDirectory

_MOST = 3
"""Changes that are named one by one."""


def identity_of(plan: TrainablePlan, loaded: Loaded) -> Identity:
    """The identity of a run of this plan on these data."""
    data, former = _checksums(loaded)
    resolved = plan.resolved
    return Identity(
        spec_checksum(resolved, plan.python),
        data,
        installed_versions(further_packages()),
        former=former,
        machine=machine(),
        resolved=resolved,
        code=code_checksums(plan.python),
    )


def check_identity(
    saved: Identity, present: Identity, plan: TrainablePlan, run: RunDirectory
) -> tuple[str, ...]:
    """Notes on what may keep a resumed run from coming to the same bits; the plan is that of the run.

    Raises CannotResume when the spec or the data are no longer those that were trained on, and RunDamaged.
    """
    changes = spec_changes(saved, plan, run)
    if changes:
        more = f" (and {len(changes) - _MOST} more)" if len(changes) > _MOST else ""
        raise CannotResume(
            f"the spec in {run.path} is not the one that was trained so far: "
            f"{'; '.join(changes[:_MOST])}{more}. Undo the change, or train it as a new run"
        )
    changed = sorted(saved.other_data(present))
    if changed:
        raise CannotResume(
            f"the data are not those that were trained on so far: {', '.join(changed)} differs (by its "
            "checksum); bring back what it was, or train a new run"
        )
    versions = tuple(
        f"the run was saved with {name} {before} and resumes with {now}: it may not come to the same bits"
        for name, before, now in saved.other_versions(present)
    )
    machines = saved.other_machine(present)
    if not machines:
        return versions
    return (
        *versions,
        f"the machine is another one ({', '.join(machines)}): it may not come to the same bits",
    )


def other_files(run: RunDirectory, loaded: Loaded) -> tuple[str, ...]:
    """The names of data files that are not as the run had them. Raises RunDamaged."""
    recorded: dict[str, str] = {}
    for each in _recorded(run):
        recorded[each.name] = " ".join(filter(None, (recorded.get(each.name), each.checksum)))
    data, former = _checksums(loaded)
    known = {name: checksum for name, checksum in recorded.items() if name in data}
    present = Identity("", {name: data[name] for name in known}, {}, former)
    return Identity("", known, {}).other_data(present)


def same_files(run: RunDirectory, loaded: Loaded) -> tuple[str, ...]:
    """The names of data files that the run had, too, whatever they were called. Raises RunDamaged."""
    recorded = {each.checksum for each in _recorded(run)} - {""}
    return tuple(Path(file.path).name for file in loaded.files if file.checksum in recorded)


def _recorded(run: RunDirectory) -> tuple[DataFile, ...]:
    came = read_provenance(run)
    return () if came is None else came.data_files


def _checksums(loaded: Loaded) -> tuple[dict[str, str], dict[str, str]]:
    """Of the data files, by name; and what earlier versions recorded, where that is something else."""
    data = _by_name((file, file.checksum) for file in loaded.files)
    former = _by_name((file, file.checksum if file.former is None else file.former) for file in loaded.files)
    return data, {name: checksum for name, checksum in former.items() if checksum != data[name]}


def _by_name(checksums: Iterable[tuple[UsedFile, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for file, checksum in checksums:
        name = Path(file.path).name
        # Files of one name, from several folders, stand for each other in one entry.
        found[name] = " ".join(filter(None, (found.get(name), checksum)))
    return found
