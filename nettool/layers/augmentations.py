"""The layers that change images at random while training, each sample for itself: what `augment:` names."""

from nettool.layers import image_preprocessing

_RANDOM_BY_OTHER_NAMES = ("AugMix", "RandAugment", "Solarization")

AUGMENTATIONS: tuple[str, ...] = tuple(
    name for name in image_preprocessing.RULES if name.startswith("Random") or name in _RANDOM_BY_OTHER_NAMES
)

MIXING = ("CutMix", "MixUp")
"""Layers that mix samples and must change their labels accordingly."""
