"""Whatever is wrong with a file of a run, every command answers, and `nettool runs` lists the other runs.

Here some hundred commands, the same ones at each run; `python tests/fuzz/many_runs.py` tries as many as one likes.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from run_cases import HEAVY, LIGHT, Command, cases, train_base

pytestmark = pytest.mark.keras


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train_base(tmp_path_factory.mktemp("base"))


@pytest.mark.parametrize(("commands", "count"), [(LIGHT, 120), (HEAVY, 5)], ids=["light", "heavy"])
def test_every_command_answers(
    commands: Sequence[Command], count: int, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tried = list(cases(base, tmp_path, commands, Random(0), count))
    assert len(tried) == 2 * count
    assert not [str(case) for case in tried if case.wrong]
