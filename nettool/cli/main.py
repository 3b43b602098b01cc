"""The command group and its entry point. Nothing here imports TensorFlow: `--help` answers at once."""

import gc
import sys

import click

from nettool import __version__
from nettool.cli.boundary import guarded
from nettool.cli.compare import compare
from nettool.cli.data import data
from nettool.cli.evaluate import evaluate
from nettool.cli.explain import explain
from nettool.cli.inspect import inspect
from nettool.cli.layers import layers
from nettool.cli.new import new
from nettool.cli.plot import plot
from nettool.cli.predict import predict
from nettool.cli.report import report
from nettool.cli.reproduce import reproduce
from nettool.cli.runs import runs
from nettool.cli.schema import schema
from nettool.cli.sectioned import Sectioned
from nettool.cli.show import show
from nettool.cli.summary import summary
from nettool.cli.train import train
from nettool.cli.validate import validate


@click.group(
    cls=Sectioned, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="nettool")
def cli() -> None:
    """Draw a neural network as a YAML graph; check, look at, train and record it.

    \b
    First steps:
      nettool validate configs/digits_cnn.yaml    is it sound?
      nettool plot configs/digits_cnn.yaml        a picture of it
      nettool train configs/digits_cnn.yaml       train it; everything goes to runs/
    """  # noqa: D301 - click reads the backspace as "do not wrap what follows"


cli.add_sections(
    {
        "Write and check a spec": (new, validate, show, layers, explain, schema),
        "Look at the network and its data": (summary, plot, data),
        "Train and measure": (train, evaluate, predict, reproduce),
        "Look at runs": (runs, report, inspect, compare),
    }
)


def main() -> None:
    """The console script: run a command and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show `→` or `×` shows `?`, instead of ending in an error.
            stream.reconfigure(errors="replace")
    code = guarded(lambda: cli.main(prog_name="nettool", standalone_mode=False))
    # Everything goes with the process: Python need not search all of it for garbage once more.
    gc.freeze()
    sys.exit(code)
