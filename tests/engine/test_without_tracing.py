"""A smoke run traces nothing where nothing is won by it, and what it runs in comes back afterwards."""

from pathlib import Path

import pytest

from nettool.front_end import load

pytestmark = pytest.mark.keras

SOUND = """
inputs: {x: [4]}
nodes: {y: {layer: Dense, units: 1}}
outputs: [y]
losses: {y: mse}
"""
OPEN = SOUND.replace("x: [4]", "x: [null, 4]").replace("{y:", "{mean: {layer: GlobalMaxPooling1D}, y:", 1)


@pytest.mark.parametrize(("text", "is_traced"), [(SOUND, False), (OPEN, True)], ids=["fixed", "open"])
def test_steps_are_traced_only_where_sizes_are_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, is_traced: bool
) -> None:
    import tensorflow as tf

    from nettool.engine.train import training
    from nettool.jobs.spec import smoke

    seen = []

    def watched(*arguments: object, **options: object) -> object:
        seen.append(tf.config.functions_run_eagerly())
        return training.train(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(smoke, "train", watched)
    path = tmp_path / "s.yaml"
    path.write_text(text)
    plan, _ = load(path)
    assert smoke.smoke(plan).loss is not None
    assert seen == [not is_traced]
    assert tf.config.functions_run_eagerly() is False
