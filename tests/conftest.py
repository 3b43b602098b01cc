"""What tests of several packages share."""

from pathlib import Path

import pytest
from own_files import write_own_files


@pytest.fixture(scope="session")
def own_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with small data of a user's own, which no test changes."""
    folder = tmp_path_factory.mktemp("own")
    write_own_files(folder)
    return folder
