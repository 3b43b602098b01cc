"""A run's report in a browser while the run goes on: a small server that this machine alone can reach."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from threading import Event, Lock, Semaphore, Thread

from nettool.record.disk.run_file import read_file
from nettool.record.files.metrics_file import metrics_path
from nettool.record.files.observations import observations_path
from nettool.record.files.pictures import model_page_path
from nettool.record.files.provenance import provenance_path
from nettool.record.files.report_file import report_path
from nettool.record.files.results import results_path
from nettool.record.files.status import read_status, status_path
from nettool.record.run_directory import RunDirectory
from nettool.record.run_report import read_report
from nettool.record.runs.find_run import run_label
from nettool.record.runs.lock import is_held
from nettool.views.report.page import live_report_page

_LOOPBACK = "127.0.0.1"
_TOKEN_BYTES = 24
_MOST_AT_ONCE = 32
"""Requests that are answered at a time; a page has one or two."""
_SECONDS_FOR_THE_END = 3.0
"""A page asks every second."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_Request = socket | tuple[bytes, socket]
_Answer = Callable[[str, str], tuple[str, bytes] | None]
"""From the host and the path that are asked for to the kind and the content of what is there."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A page, the state of the files that it was drawn from, and whether the run was over by then."""

    files: tuple[tuple[int, int], ...] = ()
    number: int = 0
    page: bytes = b""
    is_over: bool = False


class ReportServer:
    """Serves the report of a run, drawn anew whenever the run's files have changed and a page asks.

    Nothing that goes wrong with a request reaches who runs the server. Raises OSError where there is no port.
    """

    def __init__(self, run: RunDirectory) -> None:
        self._run = run
        self._token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._shown = _Shown()
        self._drawing = Lock()
        self._has_shown_end = Event()
        self._server = _Server((_LOOPBACK, 0), _Handler)
        self._server.answer = self._answer
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the page is; who does not know it cannot guess it."""
        return f"http://{_LOOPBACK}:{self._server.server_port}/{self._token}/"

    @property
    def is_over(self) -> bool:
        """Whether the run has ended, its report included."""
        return _is_over(self._run)

    def wait_until_end_is_shown(self, seconds: float = _SECONDS_FOR_THE_END) -> None:
        """Give a page so much time to fetch the finished report; none is waited for where none ever asked."""
        if self._shown.number:
            self._has_shown_end.wait(seconds)

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, host: str, path: str) -> tuple[str, bytes] | None:
        """The kind and content of what is asked for; None for everything that is not the run's.

        The name that the browser knows the server by must be this machine's: no page from elsewhere can ask
        under a name of its own (DNS rebinding).
        """
        port = self._server.server_port
        _, token, name = [*path.split("/", 2), "", ""][:3]
        if host not in (f"{_LOOPBACK}:{port}", f"localhost:{port}"):
            return None
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            return None
        if name == "":
            return "text/html", self._drawn().page
        if name == "state":
            shown = self._drawn()
            state = {"number": shown.number, "is_over": shown.is_over}
            return "application/json", json.dumps(state).encode()
        if name == "end":
            self._has_shown_end.set()
            return "application/json", b"{}"
        if name == model_page_path(self._run).name:
            return "text/html", read_file(model_page_path(self._run))
        return None

    def _drawn(self) -> _Shown:
        """The newest page; the one before where a file is just being written, or damaged."""
        with self._drawing:
            # What has ended is asked first: what is drawn then has all that the run came to.
            is_over, files = _is_over(self._run), _state_of_files(self._run)
            if (files, is_over) != (self._shown.files, self._shown.is_over) or not self._shown.page:
                try:
                    report = read_report(self._run, run_label(self._run), datetime.now().astimezone())
                    number = self._shown.number + 1
                    page = live_report_page(report, number).encode()
                    self._shown = _Shown(files, number, page, is_over)
                except (ValueError, OSError):
                    if not self._shown.page:
                        raise
            return self._shown


def _is_over(run: RunDirectory) -> bool:
    """Whether no process holds the run; where there are no locks, whether its report was drawn at its end."""
    if not is_held(run):
        return True
    status, report = read_status(run), report_path(run)
    if status is None or status.state == "running" or not report.exists():
        return False
    return report.stat().st_mtime_ns >= status_path(run).stat().st_mtime_ns


def _state_of_files(run: RunDirectory) -> tuple[tuple[int, int], ...]:
    paths = (
        metrics_path(run),
        status_path(run),
        provenance_path(run),
        results_path(run),
        observations_path(run),
        model_page_path(run),
        report_path(run),
    )
    return tuple(map(_state_of_file, paths))


def _state_of_file(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


class _Server(ThreadingHTTPServer):
    """Requests are answered in threads that end with the process."""

    daemon_threads = True
    answer: _Answer

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._room = Semaphore(_MOST_AT_ONCE)

    def process_request(self, request: _Request, client_address: tuple[str, int]) -> None:
        """Refuse whoever comes while too many are answered: a training opens files, too."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # there is no thread for it
            self._room.release()
            raise

    def process_request_thread(self, request: _Request, client_address: tuple[str, int]) -> None:
        """Answer, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle is no news."""


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and nothing else."""

    server: _Server
    timeout = 10

    def do_GET(self) -> None:
        """The answer, or that there is none."""
        status, kind, content = HTTPStatus.OK, "text/plain", b""
        try:
            answer = self.server.answer(self.headers.get("Host", ""), self.path)
        except Exception as error:  # whatever it is, the training goes on
            status, content = HTTPStatus.SERVICE_UNAVAILABLE, f"{error}\n".encode()
        else:
            if answer is None:
                status, content = HTTPStatus.NOT_FOUND, b"There is nothing here.\n"
            else:
                kind, content = answer
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", f"{len(content)}")
        self.end_headers()
        self.wfile.write(content)

    def version_string(self) -> str:
        """Who answers."""
        return "nettool"

    def log_message(self, format: str, *args: object) -> None:
        """The terminal belongs to the training."""
