"""Every name of Keras with nothing said beside it: Keras makes the thing, or the checker refuses it at its place."""

import json

import pytest
from constructions import BATCH, WORDS, Construction, checked, is_made_or_refused_in_place

from nettool.graph.plan import Plan
from nettool.layers.catalogue import catalogue, example_entry, family_of
from nettool.layers.families import image_preprocessing, random_images
from nettool.vocabulary.keras_names import Family, activations, aliases, definitions

pytestmark = pytest.mark.keras

REFUSED = {
    # A figure for each class, options that cannot be guessed, and shapes that the layer here does not have.
    *("F1Score", "FBetaScore", "IoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU", "CTC"),
    *("PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity", "SpecificityAtSensitivity"),
    *("CosineDecay", "CosineDecayRestarts", "ExponentialDecay", "InverseTimeDecay"),
    *("PiecewiseConstantDecay", "PolynomialDecay", "STFT"),
}


def spec(family: Family, written: object) -> str:
    """A spec with the thing in its place."""
    dense: dict[str, object] = {"layer": "Dense", "units": 3, "activation": "softmax"}
    loss: object = "mse"
    metrics: dict[str, object] = {}
    train: dict[str, object] = {"epochs": 2, "batch_size": BATCH}
    if family == "losses":
        loss = written
    elif family == "metrics":
        loss, metrics = "categorical_crossentropy", {"d": written}
    elif family == "optimizers":
        train["optimizer"] = written
    elif family == "schedules":
        train["optimizer"] = {"optimizer": "SGD", "learning_rate": written}
    else:
        dense[f"kernel_{WORDS[family]}"] = written
    parts = {"nodes": {"d": dense}, "losses": {"d": loss}, "metrics": metrics, "train": train}
    return json.dumps({"inputs": {"a": [3]}, "outputs": ["d"], **parts})


@pytest.mark.parametrize("family", WORDS)
def test_what_is_named_and_accepted_is_made(family: Family) -> None:
    for name in dict.fromkeys([*definitions(family), *aliases(family)]):
        known = aliases(family).get(name, name)
        for written in (name, {WORDS[family]: name}):
            plan = checked(spec(family, written))
            if isinstance(plan, Plan):
                assert is_made_or_refused_in_place(Construction(family, known, {}), plan), written
                assert known not in REFUSED
            else:
                by_name_alone = family == "schedules" or known == "Constant"
                assert known in REFUSED or (by_name_alone and isinstance(written, str)), plan
                assert any(code in plan for code in ("NT213", "NT214", "NT314", "NT508")), plan


def test_every_activation_is_made() -> None:
    from nettool.engine.model.build_model import build_model

    refused = []
    for name in activations():
        plan = checked(
            f"inputs: {{a: [4]}}\nnodes: {{d: {{layer: Dense, units: 4, activation: {name}}}}}\noutputs: [d]"
        )
        if isinstance(plan, Plan):
            build_model(plan.graph)
        else:
            refused.append(name)
    assert refused == ["glu"]


SHAPES = {
    "1D": "[12, 4]",
    **dict.fromkeys(("2D", "2DTranspose", "ConvLSTM1D"), "[12, 12, 4]"),
    **dict.fromkeys(("3D", "3DTranspose", "ConvLSTM2D"), "[12, 12, 12, 4]"),
    "ConvLSTM3D": "[4, 9, 9, 9, 4]",
    **dict.fromkeys(("RepeatVector", "Dense", "Embedding", "HashedCrossing", "CategoryEncoding"), "[1]"),
    "GroupNormalization": "[12, 64]",
    "MelSpectrogram": "[4096]",
    "STFTSpectrogram": "[4096, 1]",
    "Reshape": "[56, 56]",
    "EinsumDense": "[12, 4]",
    "Pipeline": "[24, 24, 3]",
}


WITH_RULE = {name for name, layer in catalogue().items() if layer.has_rule}
IMAGE_LAYERS = {layer.name for layer in (*image_preprocessing.LAYERS, *random_images.LAYERS)}


@pytest.mark.parametrize(
    "name", sorted(WITH_RULE - {"CutMix", "MixUp", "MaxNumBoundingBoxes", "Equalization"})
)
def test_every_layer_is_made_with_its_defaults(name: str) -> None:
    from nettool.engine.model.build_model import build_model

    entry = {"from": "left", **example_entry(name)}
    found = [shape for ending, shape in SHAPES.items() if name.endswith(ending)]
    shape = found[-1] if found else "[224, 224, 3]" if name in IMAGE_LAYERS else "[12, 4]"
    both = isinstance(entry["from"], list)
    whole = family_of(name) == "embedding" or name in (
        "HashedCrossing",
        "Hashing",
        "CategoryEncoding",
    )
    dtype = "int64" if whole else "float32"
    inputs = ", ".join(
        f"{each}: {{shape: {shape}, dtype: {dtype}}}" for each in (["left", "right"] if both else ["left"])
    )
    plan = checked(f"inputs: {{{inputs}}}\nnodes: {json.dumps({'it': entry})}\noutputs: [it]\n")
    assert isinstance(plan, Plan), plan
    build_model(plan.graph)
