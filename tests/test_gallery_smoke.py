"""Every gallery config builds, agrees with Keras and trains a few steps."""

from pathlib import Path

import pytest

from nettool.load import load

pytestmark = pytest.mark.keras

CONFIGS = sorted((Path(__file__).parents[1] / "configs").glob("*.yaml"))


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_a_gallery_config_passes_a_smoke_run(path: Path) -> None:
    from nettool.jobs.smoke import smoke

    plan, _ = load(path)
    assert smoke(plan).parameters == plan.graph.parameter_count
