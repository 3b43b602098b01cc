"""One process at a time in a run directory."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from nettool.record.files import status
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.lock import RunInUse, locked

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
