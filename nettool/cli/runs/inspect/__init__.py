"""`nettool inspect`: a look into what a run has learned."""

import click

from nettool.cli.options.complete import runs
from nettool.cli.runs.inspect.activations import activations
from nettool.cli.runs.inspect.embedding import embedding
from nettool.cli.runs.inspect.filters import filters
from nettool.cli.runs.inspect.mistakes import mistakes
from nettool.cli.runs.inspect.samples import samples
from nettool.cli.runs.inspect.weights import weights


@click.group(subcommand_metavar="VERB …")
@click.argument("run", metavar="RUN", shell_complete=runs)
def inspect(run: str) -> None:
    """Look into a trained network: weights, filters, activations, mistakes.

    RUN is a run directory, a name (its newest run), NAME/STAMP, or `latest` for the newest run of all.
    Pictures go into the run's plots/ unless -o says otherwise.

    \b
      nettool inspect lenet filters conv_1
      nettool inspect lenet activations conv_1 conv_2 --image 4
    """  # noqa: D301 - click reads the backspace as "do not wrap what follows"


for command in (weights, filters, activations, samples, mistakes, embedding):
    inspect.add_command(command)
