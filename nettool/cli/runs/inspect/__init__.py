"""`nettool inspect`: a look into what a run has learned. A file of this folder for each command.

A file offers a command when it defines one of its own name: `weights.py` defines `weights`. The others are
what the commands share.
"""

from importlib import import_module
from pathlib import Path

import click

from nettool.cli.options.common import run_argument


class _Inspect(click.Group):
    """Takes the verb before the run, too: so `inspect VERB --help` is the verb's help, without a run."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's, with the run first."""
        if args and args[0] in self.commands:
            if any(each in ctx.help_option_names for each in args):
                args = ["RUN", *args]
            elif len(args) > 1 and args[1] not in self.commands:
                args = [args[1], args[0], *args[2:]]
        return super().parse_args(ctx, args)


@click.group(cls=_Inspect, subcommand_metavar="VERB …")
@run_argument
def inspect(run: str) -> None:
    """Look into a trained network: weights, filters, activations, mistakes.

    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.
    Pictures go into the run's plots/ unless -o says otherwise.

    \b
      nettool inspect digits_cnn filters stem
      nettool inspect digits_cnn activations stem mean --image 4
    """  # noqa: D301 - click reads the backspace as "do not wrap what follows"


for _name in sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")):
    _command = getattr(import_module(f"{__name__}.{_name}"), _name, None)
    if isinstance(_command, click.Command):
        inspect.add_command(_command)
