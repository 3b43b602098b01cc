"""What tests of several packages share."""

import gc
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from own_files import write_own_files

# The same examples each time, however slow the machine: what fails, fails for whoever runs it again.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


def pytest_collection_finish() -> None:
    """Python's search for circular garbage leaves out the thousands of tests, as it does Keras.

    Keras is loaded by nettool when the first test needs it: without what training never asks for.
    """
    assert "keras" not in sys.modules, "a test file imports Keras when it is collected: import it in the test"
    gc.freeze()


@pytest.fixture(scope="session")
def own_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with small data of a user's own, which no test changes."""
    folder = tmp_path_factory.mktemp("own")
    write_own_files(folder)
    return folder
