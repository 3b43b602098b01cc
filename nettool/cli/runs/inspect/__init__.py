"""`nettool inspect`: a look into what a run has learned. A file of this folder for each command.

A file offers a command when it defines one of its own name: `weights.py` defines `weights`. The others are
what the commands share.
"""

from importlib import import_module
from pathlib import Path

import click

from nettool.cli.options.common import run_argument


@click.group(subcommand_metavar="VERB …")
@run_argument
def inspect(run: str) -> None:
    """Look into a trained network: weights, filters, activations, mistakes.

    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.
    Pictures go into the run's plots/ unless -o says otherwise.

    \b
      nettool inspect lenet filters conv_1
      nettool inspect lenet activations conv_1 conv_2 --image 4
    """  # noqa: D301 - click reads the backspace as "do not wrap what follows"


for _name in sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")):
    _command = getattr(import_module(f"{__name__}.{_name}"), _name, None)
    if isinstance(_command, click.Command):
        inspect.add_command(_command)
