from nettool.api.open_run import open_run as open_run
from nettool.api.run import Run as Run
from nettool.api.spec import Spec as Spec
from nettool.api.spec import build as build
from nettool.api.spec import load as load
from nettool.api.spec import load_data as load_data
from nettool.api.train import train as train
from nettool.data.failure import DataError as DataError
from nettool.diagnostics.diagnostic import SpecError as SpecError
from nettool.engine.failures import BuildFailed as BuildFailed
from nettool.engine.failures import OutOfMemory as OutOfMemory
from nettool.engine.failures import TrainingFailed as TrainingFailed
from nettool.engine.failures import UserCodeFailed as UserCodeFailed
from nettool.jobs.call_error import CallError as CallError
from nettool.record.run_damaged import CannotRecord as CannotRecord
from nettool.record.run_damaged import CannotResume as CannotResume
from nettool.record.run_damaged import RunDamaged as RunDamaged
from nettool.record.runs.lock import RunInUse as RunInUse

__all__: list[str]
__version__: str
