"""Which backend a run is gone on with: its own."""

from nettool.engine.start import BACKENDS, Backend
from nettool.record.provenance import read_provenance
from nettool.record.run_directory import RunDirectory


def backend_of(run: RunDirectory) -> Backend:
    """The backend that the run was trained on; TensorFlow where it does not say so."""
    try:
        said = (read_provenance(run) or {}).get("backend")
    except ValueError:
        said = None
    return next((each for each in BACKENDS if each == said), "tensorflow")
