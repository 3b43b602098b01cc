"""A group whose help lists its commands by what one does with them."""

from collections.abc import Mapping, Sequence

import click


class Sectioned(click.Group):
    """Commands in titled sections, in the order given; the sections stand in `sections`."""

    sections: Mapping[str, Sequence[click.Command]] = {}

    def add_sections(self, sections: Mapping[str, Sequence[click.Command]]) -> None:
        """Add the commands of all sections."""
        self.sections = sections
        for commands in sections.values():
            for command in commands:
                self.add_command(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A list for each section, all with names of one width."""
        width = max(len(name) for name in self.commands)
        room = formatter.width - 6 - width
        for title, commands in self.sections.items():
            rows = [(f"{command.name:{width}}", command.get_short_help_str(room)) for command in commands]
            with formatter.section(title):
                formatter.write_dl(rows)
