"""What each key of a spec is for, in a few words that an editor shows beside it."""

from collections.abc import Mapping

WRAPPED_MEANING = "What a wrapper wraps: {layer: LSTM, units: 32}."

APPLICATION_WEIGHTS = (
    "imagenet: what it has learnt on ImageNet, downloaded when it is built; "
    "a .h5 file beside the spec; null: none yet."
)

DATA_MEANINGS: Mapping[str, str] = {
    "dataset": "A data set that nettool knows, by name.",
    "arrays": "NumPy files of your own: an .npz, or .npy files by field; or these by part.",
    "folder": "Images of your own: a folder (or .zip, .tar) with a folder for each class, by part or not.",
    "table": "CSV files of your own: one, or one for each part. `columns` says what they hold.",
    "random": "Made-up values of these fields.",
    "fields": "What the arrays do not tell of themselves.",
    "columns": "The fields, and the columns that each is made of.",
    "samples": "How many samples are made up. Default: 1000.",
    "task": "classify: the fields as they are. pairs: left, right, same and difference.",
    "classes": "How many classes (the first ones), or which, by name or number.",
    "limit": "Only the first so many samples of each part.",
    "test_split": "The share of the samples that becomes the test set where there is none. Default: 0.2.",
    "resize": "Height and width in pixels, or one number for both; bilinear.",
    "crop": "To this height and width, the middle is kept.",
    "pad": "To this height and width, the image in the middle of black.",
    "channels": "1 (grey) or 3 (colour).",
    "fit": "true: resize and channels as the network's input needs them.",
    "pairs_per_sample": "How many pairs are made for each sample of the training part. Default: 1.",
    "derive": "New fields by name, each with a value for each class of another field.",
    "normalize": "unit (0 to 1), standard (mean 0, deviation 1) or none; for all inputs, or by field.",
    "augment": "Layers that change the images of the training part at random.",
}

PART_MEANINGS: Mapping[str, str] = {
    "train": "What is learned from.",
    "validation": "What is watched while learning.",
    "test": "What is measured at the end.",
}

FIELD_MEANINGS: Mapping[str, str] = {
    "kind": "image, label, vector or sequence.",
    "shape": "The lengths of the axes, the samples left out; null for any length.",
    "dtype": "The type of its numbers.",
    "classes": "The names of a label's classes, in the order of their numbers; or how many.",
    "highest": "The value that stands for 1 in an image; the greatest number in a sequence.",
}

COLUMN_MEANINGS: Mapping[str, str] = {
    "column": "The column's name; for numbers, a list makes one vector of several.",
    "as": "number, label, image (file names) or sequence (whole numbers, spaces between). Default: number.",
}

DERIVED_MEANINGS: Mapping[str, str] = {
    "from": "The label that it is looked up by.",
    "values": "A value for each class, in their order or by name. Words make a label, numbers a vector.",
}

AUGMENT_LAYER = "Which layer it is; its options stand beside it."
