"""A run watched in a browser while it goes on: its address is said and opened, and it ends with the run."""

from pathlib import Path

import click

from nettool.cli.output.note import note
from nettool.cli.output.opener import opened_here
from nettool.jobs.watch import ReportServer
from nettool.record.events.events import Event, Listener, RunStarted
from nettool.record.run_directory import RunDirectory


class Watching:
    """A listener that lets a browser see the run, and passes every event on to `listener`."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._server: ReportServer | None = None

    def __call__(self, event: Event) -> None:
        """Begin with the run; what goes wrong is a note, and the training goes on."""
        self._listener(event)
        if isinstance(event, RunStarted) and self._server is None:
            try:
                self._server = watched(RunDirectory(Path(event.directory).resolve()))
            except OSError as error:
                note(f"the run cannot be watched: {error.strerror or error}; it goes on")

    def end(self) -> None:
        """Once the run is over: let a page fetch the finished report, then answer no more."""
        if self._server is not None:
            self._server.wait_until_end_is_shown()
            self._server.close()


def watched(run: RunDirectory) -> ReportServer:
    """Serve the run's report; its address goes to standard error, and into a browser where there is one."""
    server = ReportServer(run)
    click.echo(f"watch it at {server.address}", err=True)
    opened_here(server.address)
    return server
