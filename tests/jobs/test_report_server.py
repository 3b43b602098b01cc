"""The server of a run that is watched: who may ask, for what, and what comes of faults."""

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from small_runs import EPOCHS, NOON, write_run

from nettool.jobs.report_run import report_run
from nettool.jobs.watch import ReportServer
from nettool.record.events.events import EpochEnded
from nettool.record.files.metrics_file import MetricsFile, metrics_path
from nettool.record.files.status import end, status_path
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.lock import locked


@pytest.fixture
def run(tmp_path: Path) -> Iterator[RunDirectory]:
    """One that goes on: two epochs are over."""
    going = write_run(tmp_path, state=None, epochs=EPOCHS[:2])
    (going.path / "model.html").write_text("the network")
    with locked(going):
        yield going


@pytest.fixture
def server(run: RunDirectory) -> Iterator[ReportServer]:
    watched = ReportServer(run)
    yield watched
    watched.close()


def asked(server: ReportServer, path: str, method: str = "GET", host: str | None = None) -> tuple[int, str]:
    """The status and the content of what is at a path behind the token."""
    where = urlsplit(server.address)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=5)
    connection.request(method, where.path + path, headers={"Host": host or where.netloc})
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, content


def epoch(run: RunDirectory, number: int) -> None:
    """Another epoch is over."""
    metrics = MetricsFile(run)
    metrics.begin_with(
        EpochEnded(each, 9, EPOCHS[min(each, 3) - 1], 0.001, 1.0) for each in range(1, number + 1)
    )


def state(server: ReportServer) -> dict[str, object]:
    found: dict[str, object] = json.loads(asked(server, "state")[1])
    return found


def test_the_address_is_of_this_machine_and_cannot_be_guessed(server: ReportServer) -> None:
    where = urlsplit(server.address)
    assert where.hostname == "127.0.0.1"
    assert len(where.path.strip("/")) == 32


def test_the_report_is_drawn_anew_when_an_epoch_is_over(run: RunDirectory, server: ReportServer) -> None:
    assert "It is still running: 2 epochs are over." in asked(server, "")[1]
    assert state(server) == state(server) == {"number": 1, "is_over": False}
    epoch(run, 3)
    assert state(server) == {"number": 2, "is_over": False}
    assert "It is still running: 3 epochs are over." in asked(server, "")[1]


def test_the_page_may_ask_its_server_and_no_other(server: ReportServer) -> None:
    page = asked(server, "")[1]
    assert "connect-src 'self'; base-uri 'none'" in page
    assert "default-src 'none'" in page


def test_the_page_of_the_network_is_there_too(server: ReportServer) -> None:
    assert asked(server, "model.html") == (200, "the network")


@pytest.mark.parametrize(
    "path", ["status.json", "report.html", "../status.json", "%2e%2e/status.json", "state/", "?", "a/b", "/"]
)
def test_nothing_else_of_the_run_can_be_had(path: str, server: ReportServer) -> None:
    assert asked(server, path) == (404, "There is nothing here.\n")


@pytest.mark.parametrize("path", ["/", "/state", "/model.html", "/x/", "", "//", "/\u00e9/"])
def test_without_the_token_there_is_nothing(path: str, server: ReportServer) -> None:
    where = urlsplit(server.address)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=5)
    connection._encode_request = lambda request: request.encode("latin-1")  # type: ignore[attr-defined]
    connection.request("GET", path or "/")
    assert connection.getresponse().status == 404
    connection.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:127.0.0.1", " "])
def test_who_asks_under_another_name_gets_nothing(host: str, server: ReportServer) -> None:
    assert asked(server, "", host=host)[0] == 404
    assert asked(server, "", host=f"localhost:{urlsplit(server.address).port}")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_only_get_is_answered(method: str, server: ReportServer) -> None:
    assert asked(server, "", method)[0] == 501


def test_a_file_that_is_damaged_meanwhile_leaves_the_page_before(
    run: RunDirectory, server: ReportServer, capfd: pytest.CaptureFixture[str]
) -> None:
    before = asked(server, "")
    metrics_path(run).write_text("epoch,loss\n1,")
    assert asked(server, "") == before
    assert state(server)["number"] == 1
    epoch(run, 3)
    assert state(server)["number"] == 2
    assert capfd.readouterr() == ("", "")


def test_a_run_that_cannot_be_read_at_all_is_said_to_the_browser_alone(
    run: RunDirectory, server: ReportServer, capfd: pytest.CaptureFixture[str]
) -> None:
    status_path(run).write_text("{")
    status, words = asked(server, "")
    assert status == 503
    assert "status.json is damaged" in words
    assert capfd.readouterr() == ("", "")


def test_it_is_over_once_its_report_is_there_or_nobody_holds_it(tmp_path: Path) -> None:
    run = write_run(tmp_path, state=None)
    with locked(run):
        server = ReportServer(run)
        assert not server.is_over
        end(run, "finished", NOON)
        assert not server.is_over
        report_run(run)
        assert server.is_over
    server.close()
    killed = write_run(tmp_path, name="killed", state=None)
    server = ReportServer(killed)
    assert server.is_over
    assert "Its process ended without a word" in asked(server, "")[1]
    server.close()


def test_the_end_is_waited_for_only_where_a_page_is_open(server: ReportServer) -> None:
    server.wait_until_end_is_shown(60)
    asked(server, "")
    asked(server, "end")
    server.wait_until_end_is_shown(60)


@pytest.mark.parametrize("kind", ["a pipe", "a device", "larger than memory"])
def test_a_page_of_the_network_that_is_no_page_is_not_waited_for(
    kind: str, run: RunDirectory, server: ReportServer
) -> None:
    page = run.path / "model.html"
    page.unlink()
    if kind == "a pipe":
        os.mkfifo(page)
    elif kind == "a device":
        page.symlink_to("/dev/zero")
    else:
        with page.open("wb") as file:
            file.truncate(1 << 42)
    status, words = asked(server, "model.html")
    assert status == 503
    assert "model.html is damaged" in words


def test_clients_that_say_nothing_take_no_more_than_their_share(server: ReportServer) -> None:
    where = urlsplit(server.address)
    before = threading.active_count()
    silent = [socket.create_connection((where.hostname, where.port), timeout=5) for _ in range(32)]
    refused = socket.create_connection((where.hostname, where.port), timeout=5)
    assert refused.recv(1) == b""
    assert threading.active_count() <= before + 32
    for each in (*silent, refused):
        each.close()
    for _ in range(100):
        try:
            assert asked(server, "")[0] == 200
            break
        except OSError:
            time.sleep(0.05)
    else:
        pytest.fail("they have gone, and there is still no room")
