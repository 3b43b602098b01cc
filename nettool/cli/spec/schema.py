"""`nettool schema`: the spec language as JSON Schema, for editors."""

import json
from pathlib import Path

import click

from nettool.cli.command import command
from nettool.cli.output.output_file import write_output


@command(examples=("nettool schema -o nettool.schema.json",))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to.  [default: standard output]",
)
@click.option("--events", "of_events", is_flag=True, help="Of the events that --json prints, instead.")
def schema(output: Path | None, of_events: bool) -> None:
    """Print the JSON Schema of specs, by which editors complete, explain and mark.

    Write it to a file, and name that file in a spec's first line:
    `# yaml-language-server: $schema=nettool.schema.json`
    """
    if of_events:
        _of_events(output)
        return
    from nettool.schema.spec_schema import spec_schema

    text = json.dumps(spec_schema(), ensure_ascii=False, separators=(",", ":")) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    write_output(output, text.encode())
    click.echo(f"wrote {output}; it is switched on by a spec's first line:")
    click.echo(f"# yaml-language-server: $schema={output}")


def _of_events(output: Path | None) -> None:
    from nettool.cli.output.json_event import VERSION
    from nettool.jobs.event_schema import event_schema

    text = json.dumps(event_schema(VERSION), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    write_output(output, text.encode())
    click.echo(f"wrote {output}")
