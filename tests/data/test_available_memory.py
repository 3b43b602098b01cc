"""How much memory is left to a process."""

import subprocess
import sys

import pytest

LIMITED = """
import resource
from nettool.data.process_limits import _of_system, available_memory
limit = 1 << 30
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
left = available_memory()
assert 0 < left < limit
print(left, _of_system())
held = bytearray(64 << 20)
assert available_memory() <= left - (64 << 20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limit, or do not tell")
def test_a_limit_of_the_process_counts() -> None:
    subprocess.run([sys.executable, "-c", LIMITED], check=True, capture_output=True)
