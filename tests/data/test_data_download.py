"""Downloads, from a server on this machine: whole and right, or not at all."""

import io
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import small_files as files

from nettool.cli.main import cli
from nettool.cli.output.error_handler import guarded
from nettool.data.builtin.catalogue import DATA_SETS, DataSet
from nettool.data.builtin.obtain import obtain
from nettool.data.builtin.published import Download, FileLayout, PublishedFile
from nettool.data.failure import DataMissing
from nettool.data.formats.checksums import file_checksum
from nettool.data.formats.one_at_a_time import one_at_a_time
from nettool.data.place import Place

Say = Callable[[str], None]


@dataclass
class Server:
    """What it answers by path (status, body, announced length), and the paths and ranges that were asked for.

    `knows_ranges`: whether it answers with the range that was asked for, `breaks_off`: after so many bytes of
    the next answer it hangs up.
    """

    url: str = ""
    answers: dict[str, tuple[int, bytes, int]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ranges: list[str | None] = field(default_factory=list)
    knows_ranges: bool = True
    breaks_off: int | None = None

    def serve(self, name: str, data: bytes) -> None:
        self.answers[f"/{name}"] = (200, data, len(data))


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            asked_range = self.headers["Range"]
            told.ranges.append(asked_range)
            status, body, announced = told.answers.get(self.path, (404, b"", 0))
            if status == 200 and asked_range and told.knows_ranges:
                first = int(asked_range.removeprefix("bytes=").removesuffix("-"))
                status, whole = (206 if first < len(body) else 416), len(body)
                body = body[first:]
                announced = len(body)
                self.send_response(status)
                self.send_header("Content-Range", f"bytes {first}-{whole - 1}/{whole}")
            else:
                self.send_response(status)
            self.send_header("Content-Length", str(announced))
            self.end_headers()
            with suppress(ConnectionError):  # whoever asked has enough
                self.wfile.write(body[: told.breaks_off])
            told.breaks_off = None

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        told.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        yield told
        http.shutdown()
        thread.join()


EXPECTED = files.small("mnist")


def published(server: Server, tmp_path: Path, train: int = 40) -> tuple[DataSet, bytes]:
    """MNIST as if a small mnist.npz on the server were the published one; and that file's bytes."""
    files.write_npz(tmp_path / "made.npz", *files.small("mnist", train))
    data = (tmp_path / "made.npz").read_bytes()
    file = PublishedFile("mnist.npz", file_checksum(tmp_path / "made.npz"))
    (tmp_path / "made.npz").unlink()
    download = Download(f"{server.url}/mnist.npz", file, len(data))
    server.serve("mnist.npz", data)
    return replace(DATA_SETS["mnist"], layouts=(FileLayout("npz", ((file,),)),), downloads=(download,)), data


def cached(tmp_path: Path) -> list[str]:
    return sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())


def test_a_download_is_used_kept_and_not_repeated(
    server: Server, tmp_path: Path, said: list[str], say: Say, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset, data = published(server, tmp_path)
    for _ in range(2):
        obtained = obtain(dataset, Place(), say, progress=True)
        np.testing.assert_array_equal(obtained.train.images, EXPECTED[0].images)
        assert [file.state for file in obtained.files] == ["verified"]
    assert server.asked == ["/mnist.npz"]
    assert cached(tmp_path) == ["cache/mnist/mnist.npz"]
    size = f"{len(data) / 1e3:.1f} kB"
    assert said == [f"downloading mnist.npz of mnist ({size}) from {server.url}/mnist.npz"]
    assert capsys.readouterr() == ("", ""), "no bar where there is no terminal"


def test_only_the_files_that_lack_are_fetched(
    server: Server, tmp_path: Path, said: list[str], say: Say
) -> None:
    files.write_idx(tmp_path / "made", *files.small("fashion_mnist"))
    downloads = []
    for name in files.IDX_NAMES:
        path = tmp_path / "made" / f"{name}.gz"
        server.serve(path.name, path.read_bytes())
        file = PublishedFile(path.name, file_checksum(path))
        downloads.append(Download(f"{server.url}/{path.name}", file, path.stat().st_size))
    (tmp_path / "cache" / "fashion_mnist").mkdir(parents=True)
    (tmp_path / "made" / downloads[0].file.name).rename(
        tmp_path / "cache" / "fashion_mnist" / downloads[0].file.name
    )
    form = FileLayout("idx", tuple((download.file,) for download in downloads))
    dataset = replace(DATA_SETS["fashion_mnist"], layouts=(form,), downloads=tuple(downloads))
    obtained = obtain(dataset, Place(), say, progress=False)
    np.testing.assert_array_equal(obtained.test.images, files.small("fashion_mnist")[1].images)
    assert server.asked == [f"/{download.file.name}" for download in downloads[1:]]
    assert len(said) == 3


def test_a_bar_is_drawn_on_a_terminal(
    server: Server, tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    dataset, _ = published(server, tmp_path)
    obtain(dataset, Place(), say, progress=True)
    drawn = sys.stderr.getvalue()
    assert "mnist.npz" in drawn
    assert "━" in drawn


@pytest.mark.parametrize(
    ("status", "change", "reason"),
    [
        (404, "none", "the server answered 404 Not Found"),
        (503, "none", "the server answered 503 Service Unavailable"),
        (200, "altered", "what came is not the published file (its checksum differs)"),
        (200, "short", "the network cannot be reached, or the connection broke off"),
    ],
)
def test_a_download_that_fails_leaves_nothing_and_says_why(
    server: Server, tmp_path: Path, say: Say, status: int, change: str, reason: str
) -> None:
    dataset, data = published(server, tmp_path)
    body = {"none": data, "altered": data[:-1] + b"?", "short": data[:1000]}[change]
    server.answers["/mnist.npz"] = (status, body, len(data))
    with pytest.raises(DataMissing) as told:
        obtain(dataset, Place(), say, progress=False)
    assert told.value.message == f"mnist.npz of mnist could not be downloaded: {reason}"
    assert f"published at: {server.url}/mnist.npz" in told.value.details
    assert server.asked == ["/mnist.npz"]
    assert list(tmp_path.iterdir()) == [], "not even a folder"


@pytest.mark.parametrize("is_announced", [False, True])
def test_a_download_without_end_stops_at_the_published_size(
    server: Server, tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch, is_announced: bool
) -> None:
    """Ten million bytes more, whether or not the server says how many it sends."""
    dataset, data = published(server, tmp_path)
    body = b"?" + data[1:] + bytes(10_000_000)
    server.answers["/mnist.npz"] = (200, body, len(body) if is_announced else 10**15)
    real, largest = Path.unlink, [0]

    def unlink(self: Path, missing_ok: bool = False) -> None:
        largest[0] = max(largest[0], self.stat().st_size)
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(DataMissing, match=r"what came is not the published file \(its checksum differs\)"):
        obtain(dataset, Place(), say, progress=False)
    assert largest == [len(data)]
    assert cached(tmp_path) == []


def test_what_comes_after_the_published_file_is_left_out(server: Server, tmp_path: Path, say: Say) -> None:
    dataset, data = published(server, tmp_path)
    server.serve("mnist.npz", data + bytes(1_000_000))
    obtain(dataset, Place(), say, progress=False)
    assert (tmp_path / "cache" / "mnist" / "mnist.npz").read_bytes() == data


@dataclass(frozen=True)
class BrokenOff:
    """A download of which the first half came."""

    dataset: DataSet
    data: bytes
    part: Path


@pytest.fixture
def broken_off(server: Server, tmp_path: Path, say: Say, said: list[str]) -> BrokenOff:
    dataset, data = published(server, tmp_path, train=600)
    server.breaks_off = len(data) // 2
    with pytest.raises(DataMissing) as told:
        obtain(dataset, Place(), say, progress=False)
    part = tmp_path / "cache" / "mnist" / "mnist.npz.part"
    came = part.read_bytes()
    assert data.startswith(came)
    assert len(data) / 4 < len(came) < len(data)
    assert told.value.message == (
        "mnist.npz of mnist could not be downloaded: the network cannot be reached, or the connection broke "
        f"off; {len(came) / 1e3:.1f} kB of it are kept, and the next attempt resumes there"
    )
    assert cached(tmp_path) == ["cache/mnist/mnist.npz.part"]
    said.clear()
    return BrokenOff(dataset, data, part)


def test_a_download_that_broke_off_goes_on_where_it_was(
    server: Server, tmp_path: Path, say: Say, said: list[str], broken_off: BrokenOff
) -> None:
    came = broken_off.part.stat().st_size
    obtain(broken_off.dataset, Place(), say, progress=False)
    assert server.ranges == [None, f"bytes={came}-"]
    assert cached(tmp_path) == ["cache/mnist/mnist.npz"]
    assert (tmp_path / "cache" / "mnist" / "mnist.npz").read_bytes() == broken_off.data
    size = f"{len(broken_off.data) / 1e3:.1f} kB"
    assert said == [
        f"downloading the rest of mnist.npz of mnist ({came / 1e3:.1f} kB of {size} are here) "
        f"from {server.url}/mnist.npz"
    ]


def test_a_server_that_knows_no_ranges_sends_everything_again(
    server: Server, tmp_path: Path, say: Say, broken_off: BrokenOff
) -> None:
    server.knows_ranges = False
    obtain(broken_off.dataset, Place(), say, progress=False)
    assert cached(tmp_path) == ["cache/mnist/mnist.npz"]


def test_a_download_that_only_lacked_its_name_gets_it(
    server: Server, tmp_path: Path, say: Say, broken_off: BrokenOff
) -> None:
    broken_off.part.write_bytes(broken_off.data)
    obtain(broken_off.dataset, Place(), say, progress=False)
    assert cached(tmp_path) == ["cache/mnist/mnist.npz"]


@pytest.mark.parametrize("size", [1_000, 10_000_000])
def test_a_partial_file_of_something_else_is_fetched_anew_at_once(
    size: int, server: Server, tmp_path: Path, say: Say, broken_off: BrokenOff
) -> None:
    broken_off.part.write_bytes(b"?" * size)
    obtain(broken_off.dataset, Place(), say, progress=False)
    assert server.ranges == [None, f"bytes={size}-", None]
    assert cached(tmp_path) == ["cache/mnist/mnist.npz"]


def test_a_refusal_loses_nothing_of_what_came_before(server: Server, say: Say, broken_off: BrokenOff) -> None:
    came = broken_off.part.read_bytes()
    server.answers["/mnist.npz"] = (503, b"", 0)
    with pytest.raises(DataMissing, match=r"the server answered 503 Service Unavailable; .* are kept"):
        obtain(broken_off.dataset, Place(), say, progress=False)
    assert broken_off.part.read_bytes() == came


def test_offline_nothing_is_asked_even_of_a_download_that_is_half_there(
    server: Server, say: Say, broken_off: BrokenOff, no_network: None
) -> None:
    server.asked.clear()
    with pytest.raises(DataMissing, match="the files of mnist are not on this machine"):
        obtain(broken_off.dataset, Place(offline=True), say, progress=False)
    assert server.asked == []


def test_two_that_start_together_fetch_a_file_once(
    server: Server, tmp_path: Path, say: Say, said: list[str]
) -> None:
    dataset, _ = published(server, tmp_path)
    (tmp_path / "cache" / "mnist").mkdir(parents=True)
    with one_at_a_time(tmp_path / "cache" / "mnist", lambda: None):
        second = threading.Thread(target=obtain, args=(dataset, Place(), say, False))
        second.start()
        while not said:
            time.sleep(0.01)
        (tmp_path / "cache" / "mnist" / "mnist.npz").write_bytes(server.answers["/mnist.npz"][1])
    second.join()
    assert said == ["another process is downloading mnist: waiting for it"]
    assert server.asked == []


HOLDER = """
import filelock, sys, time
if sys.argv[2] == "elsewhere":
    sys.modules["fcntl"] = None
from pathlib import Path
from nettool.data.formats.one_at_a_time import one_at_a_time
with one_at_a_time(Path(sys.argv[1]), lambda: None):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("system", ["here", "elsewhere"])
def test_a_folder_is_held_by_one_process_and_by_none_that_is_dead(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if system == "elsewhere":
        import filelock

        assert filelock.lock_descriptor is not None
        monkeypatch.setitem(sys.modules, "fcntl", None)
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path), system], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    waited = []

    def waiting() -> None:
        waited.append(holder.poll())
        holder.kill()

    with one_at_a_time(tmp_path, waiting):
        assert waited == [None]
    holder.wait()
    holder.stdout.close()
    assert list(tmp_path.iterdir()) == []


def fetch(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = guarded(lambda: cli.main(["data", "fetch", *arguments], standalone_mode=False))
    return code, *capsys.readouterr()


def test_the_command_fetches_once_goes_on_and_says_where(
    server: Server,
    tmp_path: Path,
    broken_off: BrokenOff,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(DATA_SETS, "mnist", broken_off.dataset)
    came = broken_off.part.stat().st_size
    told = f"mnist: in {tmp_path / 'cache' / 'mnist'}\n"
    code, out, err = fetch("mnist", capsys=capsys)
    assert (code, out) == (0, told)
    assert err.startswith(f"downloading the rest of mnist.npz of mnist ({came / 1e3:.1f} kB of ")
    assert fetch("mnist", capsys=capsys) == (0, told, "")
    assert server.asked == ["/mnist.npz"] * 2


def test_the_command_ends_with_4_when_a_server_refuses(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset, _ = published(server, tmp_path)
    server.answers.clear()
    monkeypatch.setitem(DATA_SETS, "mnist", dataset)
    code, out, err = fetch("mnist", capsys=capsys)
    assert (code, out) == (4, "")
    assert "error: mnist.npz of mnist could not be downloaded: the server answered 404 Not Found\n" in err


def test_without_a_network_the_failure_is_told(server: Server, tmp_path: Path, say: Say) -> None:
    dataset, _ = published(server, tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/mnist.npz"
    dataset = replace(dataset, downloads=(replace(dataset.downloads[0], url=address),))
    with pytest.raises(DataMissing, match="the network cannot be reached, or the connection broke off"):
        obtain(dataset, Place(), say, progress=False)


def test_a_damaged_file_in_the_cache_is_fetched_anew(server: Server, tmp_path: Path, say: Say) -> None:
    dataset, data = published(server, tmp_path)
    (tmp_path / "cache" / "mnist").mkdir(parents=True)
    (tmp_path / "cache" / "mnist" / "mnist.npz").write_bytes(data[:1000])
    obtain(dataset, Place(), say, progress=False)
    assert (tmp_path / "cache" / "mnist" / "mnist.npz").read_bytes() == data


def test_a_cache_that_cannot_be_written_is_told(server: Server, tmp_path: Path, say: Say) -> None:
    dataset, _ = published(server, tmp_path)
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(DataMissing, match=r"mnist\.npz of mnist could not be downloaded: "):
        obtain(dataset, Place(), say, progress=False)
    assert server.asked == []


def test_before_downloading_it_is_said_that_the_user_s_folder_has_no_files(
    server: Server, tmp_path: Path, said: list[str], say: Say
) -> None:
    dataset, _ = published(server, tmp_path)
    obtain(dataset, Place(tmp_path / "typo"), say, progress=False)
    assert said[0] == f"no complete files of mnist in {tmp_path}/typo, which is not a folder (`data_dir`)"
    assert server.asked == ["/mnist.npz"]
