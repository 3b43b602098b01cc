"""The command group and its entry point. Nothing here imports TensorFlow: `--help` answers at once."""

import gc
import sys

import click

from nettool import __version__
from nettool.cli.lazy_group import LazyGroup, Section
from nettool.cli.output.error_handler import guarded
from nettool.cli.output.streams import prepare_streams
from nettool.files.surroundings import hush_libraries, shut_out

_SECTIONS = {
    "Learn": Section(
        "learn",
        {"lesson": "List ten lessons for students, or start one: files and steps."},
    ),
    "Write and check a spec": Section(
        "spec",
        {
            "new": "Write a spec called NAME, started from a template.",
            "validate": "Check specs: every mistake and warning, at its place.",
            "show": "Print a spec with every default filled in, as YAML.",
            "layers": "Show the layers by family, or one with options and rule.",
            "explain": "Say what a code such as NT311 means and how to correct it.",
            "schema": "Print the JSON Schema of specs, for editors.",
        },
    ),
    "Look at the network and its data": Section(
        "network",
        {
            "summary": "Show each node's layer, shape, parameters and cost.",
            "plot": "Draw the graph of a network, or a page of it.",
            "data": "Look at data sets, and at the data of any spec.",
        },
    ),
    "Train and measure": Section(
        "training",
        {
            "train": "Train a spec, evaluate it, and keep everything in a run.",
            "evaluate": "Measure a run's saved model on the test set of its data.",
            "predict": "Show what a run's model answers for new samples.",
            "reproduce": "Repeat a finished run, and compare what it comes to.",
        },
    ),
    "Look at runs": Section(
        "runs",
        {
            "runs": "List the runs; rename, remove or open one.",
            "watch": "Watch a run that goes on, in a browser.",
            "report": "Make the page of a run again, report.html.",
            "inspect": "Look into a trained network: its filters, its mistakes.",
            "compare": "Compare runs: their specs, results and curves.",
        },
    ),
}


@click.group(
    cls=LazyGroup,
    sections=_SECTIONS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="nettool")
def cli() -> None:
    """Draw a neural network as a YAML graph; check, look at, train and record it.

    \b
    First steps:
      nettool validate configs/digits_cnn.yaml    is it sound?
      nettool plot configs/digits_cnn.yaml        a picture of it
      nettool train configs/digits_cnn.yaml       train it; all goes to runs/
    """  # noqa: D301 - click reads the backspace as "do not wrap what follows"


def _command() -> int | None:
    code: int | None = cli.main(prog_name="nettool", standalone_mode=False)
    sys.stdout.flush()
    return code


def main() -> None:
    """The console script: run a command and leave with its exit code."""
    prepare_streams()
    hush_libraries()
    shut_out()
    code = guarded(_command)
    # Everything goes with the process: Python need not search all of it for garbage once more.
    gc.freeze()
    sys.exit(code)
