"""`nettool validate --watch`: checked at once, at each save, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

BROKEN = "inputs: {image: [64]}\nnodes: {digit: {layer: Dense, unit: 10}}\noutputs: [digit]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT is sent to a process")
def test_a_save_is_checked_and_what_was_printed_stays(tmp_path: Path) -> None:
    spec = tmp_path / "net.yaml"
    spec.write_text(BROKEN)
    process = subprocess.Popen(
        [sys.executable, "-m", "nettool", "validate", "--watch", "net.yaml"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    try:
        lines = iter(process.stdout)
        assert next(lines) == "error[NT212]: `Dense` has no option `unit`\n"
        assert any(line == "note: checked again at each save; Ctrl-C ends this\n" for line in lines)
        # At once, as editors save: between the steps of a slower save a busy machine may look.
        saved = tmp_path / "saved"
        saved.write_text(BROKEN.replace("unit:", "units:"))
        saved.replace(spec)
        assert [next(lines), next(lines)[8:], next(lines)] == [
            "\n",
            "  saved: net.yaml\n",
            "net.yaml: sound, 1 node, 650 parameters\n",
        ]
        time.sleep(1)  # a signal within the write of a line would have the line written twice
        process.send_signal(signal.SIGINT)
        assert (process.wait(10), list(lines)) == (130, ["\n"])
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
