"""What a run's states belong to: its spec (but for the number of epochs), its data, the versions at work."""

import hashlib
import json
from pathlib import Path

import yaml

from nettool.data.load import Loaded
from nettool.engine.backend import further_packages
from nettool.graph.plan import Plan
from nettool.record.cannot_resume import CannotResume
from nettool.record.provenance import installed_versions
from nettool.record.training_state import Identity


def identity_of(plan: Plan, loaded: Loaded) -> Identity:
    """The identity of a run of this plan on these data."""
    return Identity(_spec_checksum(plan), _data_checksums(loaded), installed_versions(further_packages()))


def check_identity(saved: Identity, present: Identity, directory: Path) -> tuple[str, ...]:
    """Notes on what may keep a run from going on to the same bits.

    Raises CannotResume when the spec or the data are no longer those that were trained on.
    """
    if saved.spec != present.spec:
        raise CannotResume(
            f"the spec in {directory} is not the one that was trained so far (its resolved.yaml, or a Python "
            "file of it, was changed): undo the change, or train it as a new run"
        )
    changed = sorted(
        name for name in {*saved.data, *present.data} if saved.data.get(name) != present.data.get(name)
    )
    if changed:
        raise CannotResume(
            f"the data are not those that were trained on so far: {', '.join(changed)} differs (by its "
            "checksum); bring back what it was, or train a new run"
        )
    return tuple(
        f"the run was saved with {name} {before} and goes on with {present.versions.get(name)}: "
        "it may not come to the same bits"
        for name, before in saved.versions.items()
        if present.versions.get(name) != before
    )


def _spec_checksum(plan: Plan) -> str:
    spec = yaml.load(plan.resolved, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    spec.get("train", {}).pop("epochs", None)
    facts = [spec, [(file.name, file.text) for file in plan.python]]
    return "sha256:" + hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()


def _data_checksums(loaded: Loaded) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in loaded.files:
        name = Path(file.path).name
        # Files of one name, from several folders, stand for each other in one entry.
        found[name] = " ".join(filter(None, (found.get(name), file.checksum)))
    return found
