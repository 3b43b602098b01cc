"""Standard streams that are closed, full, or that nobody reads any more; a terminal that is closed."""

import _thread
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from nettool.cli.output.streams import _guarded as guarded_stream

NETTOOL = (sys.executable, "-m", "nettool")
SPEC = """
name: small
data: {dataset: digits, limit: 100}
inputs: {image: [8, 8, 1]}
nodes:
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
train: {epochs: 3, batch_size: 16}
"""
LIGHT = (
    *("--help", "--version", "validate small.yaml", "show small.yaml", "layers", "layers Dense"),
    *("explain", "explain NT311", "schema", "summary small.yaml", "train --help"),
    *(
        "plot small.yaml --format svg -o /dev/stdout",
        "data list",
        "data info small.yaml",
        "runs",
        "runs --json",
    ),
)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SPEC)
    Path("wrong.yaml").write_text(SPEC.replace("units: 10", "units: ten"))


def unread() -> int:
    """A pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


@pytest.mark.parametrize("command", LIGHT)
def test_a_command_that_nobody_reads_ends_as_other_tools_do(command: str) -> None:
    """As `yes | true`: the shell shows 141, 128 and the number of SIGPIPE; nothing is said."""
    ended = subprocess.run([*NETTOOL, *command.split()], stdout=unread(), stderr=subprocess.PIPE, check=False)
    assert (ended.returncode, ended.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full"])
@pytest.mark.parametrize(("command", "code"), [("validate small.yaml", 0), ("validate wrong.yaml", 2)])
def test_streams_that_are_closed_change_nothing_else(command: str, code: int, closed: str) -> None:
    script = f'"$0" -m nettool {command} {closed}'
    ended = subprocess.run(["sh", "-c", script, sys.executable], capture_output=True, text=True, check=False)
    assert ended.returncode == code
    assert "Traceback" not in ended.stdout + ended.stderr
    assert ("units" in ended.stderr) == (code == 2 and closed == ">&-")


def test_errors_that_nobody_reads_are_still_errors() -> None:
    assert subprocess.run([*NETTOOL, "validate", "wrong.yaml"], stderr=unread(), check=False).returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no such device")
def test_output_that_finds_no_room_is_an_error() -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([*NETTOOL, "layers"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 1
    assert ended.stderr.decode() == "error: cannot use `standard output`: No space left on device\n"


def test_a_line_that_ctrl_c_falls_into_is_written_once() -> None:
    """Python hears of Ctrl-C when the system has written, before the buffer knows how much."""
    reading, writing = os.pipe()
    filling = 0
    os.set_blocking(writing, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            filling += os.write(writing, b"." * 4096)
    os.set_blocking(writing, True)
    stream = guarded_stream(None, writing, is_needed=True)
    read: list[bytes] = []

    def interrupt_and_read() -> None:
        time.sleep(0.1)
        _thread.interrupt_main()
        while got := os.read(reading, 1 << 16):
            read.append(got)

    reader = threading.Thread(target=interrupt_and_read)
    reader.start()
    with pytest.raises(KeyboardInterrupt):
        print("a line", file=stream, flush=True)
    print("another line", file=stream, flush=True)
    stream.close()
    os.close(writing)
    reader.join()
    os.close(reading)
    assert b"".join(read)[filling:] == b"a line\nanother line\n"


def test_no_file_that_is_opened_becomes_standard_output() -> None:
    script = '"$0" -m nettool plot small.yaml -o small.svg >&- 2>&-'
    assert subprocess.run(["sh", "-c", script, sys.executable], check=False).returncode == 0
    svg = Path("small.svg").read_text()
    assert svg.startswith("<?xml")
    assert svg.rstrip().endswith("</svg>")


def state(name: str = "small") -> tuple[str, str]:
    folder = Path("runs", name, "latest")
    return json.loads((folder / "status.json").read_text())["state"], (folder / "train.log").read_text()


@pytest.mark.keras
@pytest.mark.parametrize("streams", [">&- 2>&-", ">/dev/full 2>/dev/full", "2>&1 | head -1"])
def test_a_training_goes_on_whoever_reads_it(streams: str) -> None:
    script = f'set -o pipefail; "$0" -m nettool train small.yaml {streams}'
    command = ["bash", "-c", script, sys.executable]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    ended, log = state()
    assert ended == "finished"
    assert "epoch 3/3" in log
    assert "could not" not in log
    assert Path("runs/small/latest/report.html").exists()


@pytest.mark.keras
def test_a_terminal_that_is_closed_saves_the_run() -> None:
    """The system says so, and the shell once more."""
    process = subprocess.Popen(
        [*NETTOOL, "train", "small.yaml", "--epochs", "100000", "--json"], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    next(line for line in process.stdout if b"epoch_ended" in line)
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGHUP)
    process.stdout.close()
    assert process.wait(60) == 130
    ended, log = state()
    assert ended == "interrupted"
    assert "finished" not in log
    assert Path("runs/small/latest/report.html").exists()


@pytest.mark.keras
def test_nohup_keeps_a_run_going() -> None:
    script = "trap '' HUP; exec \"$0\" -m nettool train small.yaml --set train.epochs=15 --json"
    process = subprocess.Popen(["sh", "-c", script, sys.executable], stdout=subprocess.PIPE)
    assert process.stdout is not None
    next(line for line in process.stdout if b"epoch_ended" in line)
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert state()[0] == "finished"


@pytest.mark.parametrize(
    ("size", "known"), [("80", "80"), ("1", "1"), ("0", None), ("²", None), ("-3", None)]
)
def test_a_size_that_no_terminal_has_is_left_to_the_terminal(
    size: str, known: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library that draws the bars of a training would end in an error."""
    from nettool.cli.output.streams import _drop_impossible_size

    for name in ("COLUMNS", "LINES"):
        monkeypatch.setenv(name, size)
    _drop_impossible_size()
    assert [os.environ.get(name) for name in ("COLUMNS", "LINES")] == [known, known]
