"""Every gallery config builds, agrees with Keras and trains a few steps."""

from pathlib import Path

import pytest

from nettool.front_end import load

pytestmark = pytest.mark.keras

CONFIGS = sorted((Path(__file__).parents[1] / "configs").glob("*.yaml"))
BUILT_ONLY = {
    "feature_extraction": "it has no loss: its layers are looked at; counted in tests/engine/test_applications.py",
    "resnet50": "10 seconds and 1.4 GB",
    "vgg16": "15 seconds and 4 GB",
}
"""Built and compared with Keras's own in tests/gallery/test_classics.py; why they are not trained here."""


@pytest.mark.parametrize(
    "path", [path for path in CONFIGS if path.stem not in BUILT_ONLY], ids=lambda path: path.stem
)
def test_a_gallery_config_passes_a_smoke_run(path: Path) -> None:
    from nettool.engine.model.user_layers import load_user_layers
    from nettool.jobs.spec.smoke import smoke

    plan, _ = load(path)
    load_user_layers(plan.python)
    (expected,) = (
        expectation.value for expectation in plan.expectations if expectation.metric == "parameters"
    )
    assert smoke(plan).parameters == expected
