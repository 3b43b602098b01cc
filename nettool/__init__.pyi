from nettool.api.run import Run as Run
from nettool.api.run import open_run as open_run
from nettool.api.spec import Spec as Spec
from nettool.api.spec import build as build
from nettool.api.spec import load as load
from nettool.api.spec import load_data as load_data
from nettool.api.train import train as train
from nettool.data.failure import DataError as DataError
from nettool.diagnostics.diagnostic import SpecError as SpecError
from nettool.jobs.call_error import CallError as CallError

__all__: list[str]
__version__: str
