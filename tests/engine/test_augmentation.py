"""Augmented batches: what goes through the layers, what does not, and that nothing depends on history."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from augmented_batches import FLIP, TRANSLATE, Batches, augmented, colours, digest, epoch, two_inputs

from nettool.data.column import Column, Part
from nettool.data.request import Augmentation
from nettool.data.scale import Scale, fraction_of

pytestmark = pytest.mark.keras

PROGRAM = Path(__file__).parent / "augmented_batches.py"
RANDOM_LAYERS: dict[str, dict[str, object]] = {
    "AugMix": {},
    "RandAugment": {},
    "RandomBrightness": {"factor": 0.3},
    "RandomColorDegeneration": {"factor": 0.5},
    "RandomColorJitter": {"brightness_factor": 0.2, "contrast_factor": 0.2, "hue_factor": 0.2},
    "RandomContrast": {"factor": 0.5},
    "RandomElasticTransform": {"factor": 0.9, "scale": 0.9},
    "RandomErasing": {"factor": 0.9},
    "RandomFlip": {"mode": "horizontal"},
    "RandomGaussianBlur": {"factor": 0.9},
    "RandomGrayscale": {"factor": 0.5},
    "RandomHue": {"factor": 0.5},
    "RandomInvert": {"factor": 0.5},
    "RandomPerspective": {"factor": 0.9},
    "RandomPosterization": {"factor": 4},
    "RandomRotation": {"factor": 0.2},
    "RandomSaturation": {"factor": 0.5},
    "RandomSharpness": {"factor": 0.5},
    "RandomShear": {"x_factor": 0.3, "y_factor": 0.3},
    "RandomTranslation": {"height_factor": 0.2, "width_factor": 0.2},
    "RandomZoom": {"height_factor": 0.2},
    "Solarization": {"threshold_factor": 0.5},
}


@pytest.fixture(scope="module")
def plain() -> Batches:
    """The second epoch without augmentation."""
    return epoch(augmented(), colours(24), [1])[0]


@pytest.mark.parametrize("layer", RANDOM_LAYERS)
def test_every_random_layer_gives_equal_batches_for_equal_epochs_and_others_for_others(
    layer: str, plain: Batches
) -> None:
    made = augmented(Augmentation(layer, RANDOM_LAYERS[layer]))
    first = epoch(made, colours(24), [0, 1, 0])
    again = epoch(made, colours(24), [1])
    assert digest(first[0]) == digest(first[2])
    assert digest(first[1]) == digest(again[0])
    changes = [x - y for (x, _), (y, _) in zip(first[1], plain, strict=True)]
    assert any(np.abs(change).max() > 0 for change in changes)
    # AugMix and some others draw once for a batch, but no two batches are changed alike.
    assert digest([(change, change) for change in changes[:1]]) != digest([(c, c) for c in changes[1:2]])


def test_a_flip_mirrors_about_half_of_the_images_other_ones_in_each_epoch() -> None:
    part = colours(400)
    mirrored = []
    for batches in epoch(augmented(FLIP), part, [0, 1], batch_size=50):
        x, rows = (np.concatenate(values) for values in zip(*batches, strict=True))
        stored = part.columns["image"].array()[rows].astype(np.float32) / np.float32(255)
        is_mirrored = np.array([not np.array_equal(*pair) for pair in zip(x, stored, strict=True)])
        assert np.array_equal(x[is_mirrored], stored[is_mirrored][:, :, ::-1])
        assert 150 < is_mirrored.sum() < 250
        mirrored.append(set(rows[is_mirrored]))
    assert 50 < len(mirrored[0] & mirrored[1]) < 150


def test_two_seeds_and_two_layers_of_one_kind_draw_differently() -> None:
    part = colours(64)
    one = epoch(augmented(FLIP), part, [0])[0]
    assert digest(one) != digest(epoch(augmented(FLIP, seed=1), part, [0])[0])
    twice = epoch(augmented(FLIP, FLIP), part, [0])[0]
    plain = epoch(augmented(), part, [0])[0]
    assert digest(twice) != digest(plain)


def test_a_seed_of_a_layer_s_own_takes_the_place_of_the_training_s() -> None:
    own = replace(FLIP, options={**FLIP.options, "seed": 5})
    # With one order and two training seeds.
    found = [epoch(augmented(own, seed=seed), colours(32), [3], order_seed=7)[0] for seed in (0, 1)]
    assert digest(found[0]) == digest(found[1])


@pytest.mark.parametrize("layers", [(FLIP, TRANSLATE), (Augmentation("AugMix"),)], ids=["affine", "AugMix"])
def test_batches_are_equal_to_the_byte_whatever_ran_before_and_however_many_are_made_at_once(
    layers: tuple[Augmentation, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    import keras

    from nettool.engine.input import prefetch as pipeline

    part, made = colours(96), augmented(*layers)
    expected = [digest(batches) for batches in epoch(made, part, [0, 1, 2])]
    for parallel in (1, 7):
        monkeypatch.setattr(pipeline, "PARALLEL_BATCHES", parallel)
        keras.utils.set_random_seed(parallel)
        keras.layers.RandomFlip()(np.zeros((2, 4, 4, 3)), training=True)
        assert [digest(batches) for batches in epoch(made, part, [2])] == expected[2:]


def test_making_a_feed_does_not_move_anyone_s_random_numbers() -> None:
    import random

    import keras

    drawn = []
    for layers in ((), (FLIP, TRANSLATE, Augmentation("AugMix"))):
        keras.utils.set_random_seed(3)
        epoch(augmented(*layers), colours(8), [0])
        drawn.append((random.random(), np.random.random(), float(keras.random.uniform(()))))
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("backend", ["tensorflow", "jax"])
def test_two_processes_give_equal_batches_whatever_keras_computes_with(backend: str) -> None:
    if find_spec(backend) is None:
        pytest.skip("jax is not installed (pip install 'nettool[jax]')")
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "7"}
    told = subprocess.run([sys.executable, PROGRAM, backend], capture_output=True, text=True, env=environment)
    assert told.returncode == 0, told.stderr
    mine = [digest(batches) for batches in epoch(augmented(FLIP, TRANSLATE), colours(96), [4, 5])]
    assert json.loads(told.stdout) == mine


def test_two_inputs_draw_for_themselves_and_targets_stay_as_they_are() -> None:
    part = colours(64)
    ((x, y), *_) = epoch(two_inputs(FLIP), part, [0], batch_size=64)[0]
    rows = np.random.default_rng([0, 0]).permutation(64)
    stored = part.columns["image"].array()[rows].astype(np.float32) / np.float32(255)
    left, right = ([not np.array_equal(*pair) for pair in zip(each, stored, strict=True)] for each in x)
    assert 16 < sum(left) < 48
    assert 16 < sum(right) < 48
    assert left != right
    assert np.array_equal(y, stored)


def test_validation_and_answers_are_not_augmented() -> None:
    from nettool.engine.input.input_pipeline import evaluation_pipeline, inference_pipeline

    part, made = colours(8), augmented(FLIP, TRANSLATE)
    stored = part.columns["image"].array().astype(np.float32) / np.float32(255)
    ((x, _),) = evaluation_pipeline(made, part, 8).dataset.as_numpy_iterator()
    ((again,),) = inference_pipeline(made, part, 8).dataset.as_numpy_iterator()
    assert np.array_equal(x, stored)
    assert np.array_equal(again, stored)


BRIGHTER = Augmentation("RandomBrightness", {"factor": [0.2, 0.2]})


@pytest.mark.parametrize(
    ("stored", "highest", "scale", "expected"),
    [
        (np.uint8(100), 255.0, fraction_of(255.0), 151 / 255),
        (np.uint8(100), 255.0, Scale((100.0, 100.0, 100.0), (2.0, 2.0, 4.0)), [25.5, 25.5, 12.75]),
        (np.float32(0.5), 1.0, fraction_of(1.0), 0.7),
        (np.uint8(240), 255.0, Scale(), 255.0),
    ],
    ids=["fraction", "standard", "stored as fractions", "as stored"],
)
def test_layers_see_values_up_to_255_and_scaling_comes_after_them(
    stored: Any, highest: float, scale: Scale, expected: Any
) -> None:
    values = np.full((4, 6, 6, 3), stored)
    part = Part({"image": Column(values, scale=scale), "row": Column(np.arange(4))})
    ((x, _),) = epoch(augmented(BRIGHTER, highest=highest), part, [0])[0]
    assert x == pytest.approx(np.broadcast_to(np.float32(expected), x.shape), rel=1e-5)


def test_an_input_of_bytes_gets_rounded_values_without_overflow() -> None:
    values = np.stack([np.full((6, 6, 3), value, np.uint8) for value in (9, 240)])
    part = Part({"image": Column(values, scale=fraction_of(255.0)), "row": Column(np.arange(2))})
    made = augmented(Augmentation("RandomBrightness", {"factor": [0.1, 0.1]}), dtype="uint8")
    ((x, rows),) = epoch(made, part, [0])[0]
    assert x.dtype == np.uint8
    assert dict(zip(rows.tolist(), x[:, 0, 0, 0].tolist(), strict=True)) == {0: 34, 1: 255}
