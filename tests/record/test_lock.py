"""One process at a time in a run directory."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import filelock
import pytest
from small_runs import write_run

from nettool.record.events.log import log_path
from nettool.record.files import status
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.effective_status import effective_status
from nettool.record.runs.lock import RunInUse, is_held, locked
from nettool.record.runs.rename_and_remove import remove_run, rename_run

pytest.importorskip("fcntl")

HOLDER = """
import sys, time
from datetime import datetime
from pathlib import Path
from nettool.record.files import status
from nettool.record.runs.lock import locked
from nettool.record.run_directory import RunDirectory
run = RunDirectory(Path(sys.argv[1]))
with locked(run):
    status.start(run, datetime(2025, 3, 1))
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_process_is_told_who_holds_the_run_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(RunInUse) as told, locked(run):
        pass
    assert str(told.value) == (
        f"{tmp_path} is being used by another process (number {holder.pid}): wait until it has ended, or stop it"
    )
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    with locked(run):
        taken_up = status.restart(run, datetime(2025, 3, 2))
    assert (taken_up.state, taken_up.pid, taken_up.started) == ("running", os.getpid(), "2025-03-01T00:00:00")


def started(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A process of that program, which has said its first line."""
    process = subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


LOOKER = """
import sys
from pathlib import Path
from nettool.record.runs.lock import is_held
from nettool.record.run_directory import RunDirectory
run = RunDirectory(Path(sys.argv[1]))
print("held", flush=True)
while True:
    is_held(run)
"""


def test_a_run_begins_and_resumes_however_many_look_at_it(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    log_path(run).touch()
    lookers = [started(LOOKER, str(tmp_path)) for _ in range(3)]
    try:
        for _ in range(300):
            with locked(run):
                assert is_held(run)
    finally:
        for looker in lookers:
            ended(looker)


def test_who_looks_is_not_taken_for_a_run(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    log_path(run).touch()
    lookers = [started(LOOKER, str(tmp_path)) for _ in range(3)]
    try:
        assert not any(is_held(run) for _ in range(3000))
    finally:
        for looker in lookers:
            ended(looker)


FLOCK = """
import fcntl, sys, time
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
print("held", flush=True)
time.sleep(60)
"""


def test_a_lock_of_an_earlier_version_counts_and_it_sees_ours(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    earlier = started(FLOCK, str(log_path(run)))
    assert is_held(run)
    with pytest.raises(RunInUse), locked(run):
        pass
    ended(earlier)
    assert not is_held(run)
    with locked(run):
        refused = subprocess.run([sys.executable, "-c", FLOCK, str(log_path(run))], capture_output=True)
        assert b"BlockingIOError" in refused.stderr


def test_a_link_in_the_place_of_the_log_is_not_followed(tmp_path: Path) -> None:
    run, outside = RunDirectory(tmp_path / "run"), tmp_path / "outside"
    run.path.mkdir()
    outside.write_text("kept")
    log_path(run).symlink_to(outside)
    with pytest.raises(OSError), locked(run):
        pass
    assert is_held(run), "it cannot be found out"
    assert outside.read_text() == "kept"
    log_path(run).unlink()
    log_path(run).symlink_to(tmp_path / "new")
    with pytest.raises(OSError), locked(run):
        pass
    assert not (tmp_path / "new").exists()


READ_ONLY = """
import fcntl, os, sys
from pathlib import Path
from nettool.record.runs.lock import is_held
from nettool.record.run_directory import RunDirectory
if os.getuid() == 0:
    os.setuid(65534)
path = Path(sys.argv[1])
try:
    (path / "new").touch()
except PermissionError:
    print(is_held(RunDirectory(path)), os.listdir(path))
"""


def test_a_run_that_may_only_be_read_tells_whether_it_is_held() -> None:
    with TemporaryDirectory() as folder:
        run = RunDirectory(Path(folder))
        log_path(run).touch(0o444)
        run.path.chmod(0o555)

        def look() -> bytes:
            return subprocess.run(
                [sys.executable, "-c", READ_ONLY, folder], capture_output=True, check=True
            ).stdout

        assert look() == b"False ['train.log']\n"
        holder = started(FLOCK.replace('"a"', '"r"'), str(log_path(run)))
        assert look() == b"True ['train.log']\n"
        ended(holder)
        run.path.chmod(0o755)


# The other system's branch, with a lock that is taken by `filelock` alone.
ELSEWHERE = "import filelock, sys\nsys.modules['fcntl'] = None\n"


def test_without_fcntl_a_killed_run_is_known_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = RunDirectory(tmp_path)
    assert filelock.lock_descriptor is not None
    monkeypatch.setitem(sys.modules, "fcntl", None)
    assert not is_held(run)
    holder = started(ELSEWHERE + HOLDER, str(tmp_path))
    saying = status.read_status(run)
    assert saying is not None
    assert effective_status(run, saying) == "running"
    with pytest.raises(RunInUse), locked(run):
        pass
    ended(holder)
    assert effective_status(run, saying) == "killed"
    lookers = [started(ELSEWHERE + LOOKER, str(tmp_path)) for _ in range(2)]
    for _ in range(100):
        with locked(run):
            pass
    for looker in lookers:
        ended(looker)
    assert not log_path(run).exists(), "a locked file could not be written to"


def test_without_fcntl_a_run_is_renamed_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = write_run(tmp_path, state=None)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    moved = rename_run(run, "kept")
    with locked(moved), pytest.raises(RunInUse):
        remove_run(moved)
    remove_run(moved)
    assert list(tmp_path.iterdir()) == []
