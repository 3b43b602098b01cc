"""What each key of a spec is for, in a few words that an editor shows beside it."""

from collections.abc import Mapping

WRAPPED_MEANING = "What a wrapper wraps: {layer: LSTM, units: 32}."

APPLICATION_WEIGHTS = (
    "imagenet: what it has learned on ImageNet, downloaded when it is built; "
    "a .h5 file beside the spec; null: none yet."
)

PART_MEANINGS: Mapping[str, str] = {
    "train": "What is learned from.",
    "validation": "What is measured while it learns.",
    "test": "What is measured at the end.",
}

AUGMENT_LAYER = "Which layer it is; its options stand beside it."
