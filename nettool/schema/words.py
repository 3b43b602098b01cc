"""What each key of a spec is for, in a few words that an editor shows beside it."""

from collections.abc import Mapping

SECTION_MEANINGS: Mapping[str, str] = {
    "name": "The network's name, and the folder of its runs. Default: the file's name.",
    "data": "What it is trained on: a data set's name, or a mapping.",
    "inputs": "What goes in: a shape by name (the batch left out, null for any length), or a mapping.",
    "blocks": "Sub-graphs with options; each use has weights of its own.",
    "models": "Sub-graphs that are one layer: each use has the same weights.",
    "views": "Sub-models over the same weights, by name.",
    "include": "Files beside this one (or in folders below) whose blocks and models may be used here.",
    "python": "Files beside this one with layers of your own; they are run only with `--allow-code`.",
    "nodes": "The graph: an entry for each layer. Without `from`, an entry is fed by the one above it.",
    "merges": "Entries that bring branches together; the graph is the same wherever an entry stands.",
    "outputs": "Which nodes come out.",
    "losses": "What is made small, by output: a loss's name, a mapping, or a list of them.",
    "metrics": "What is measured, by output: a metric's name, a mapping, or a list of them.",
    "train": "How it is trained.",
    "expect": "Claims that are checked: `parameters: 3466`, `test_accuracy: at least 0.94`.",
    "meta": "Free notes: anything.",
}

KIND_MEANINGS: Mapping[str, str] = {
    "layer": "A Keras layer by its class name; its options stand beside it.",
    "merge": "A layer that brings branches together, by its class name.",
    "block": "A use of a block, with fresh weights; the block's options stand beside it.",
    "model": "A use of a model, with the weights that all its uses share.",
    "application": "A ready-made network of keras.applications, as one node.",
    "reuse": "The very layer of another node again, with the same weights.",
}

ENTRY_MEANINGS: Mapping[str, str] = {
    "from": "What feeds it: a name or a list of names. Default in `nodes`: the entry above.",
    "repeat": "A chain of so many copies, each with weights of its own.",
    "weights": "Literal values by the weight's name: `{kernel: [[1, 0], [0, 1]], bias: [0, 0]}`.",
}

WRAPPED_MEANING = "What a wrapper wraps: {layer: LSTM, units: 32}."

APPLICATION_WEIGHTS = (
    "imagenet: what it has learnt on ImageNet, downloaded when it is built; "
    "a .h5 file beside the spec; null: none yet."
)

BLOCK_MEANINGS: Mapping[str, str] = {
    "options": "Options with their defaults; nothing after the name means that each use must say it.",
    "inputs": "Names for what goes in.",
    "nodes": "The entries of the block; they see its inputs and one another.",
    "merges": "Entries of the block that bring branches together.",
    "outputs": "Which of its nodes come out.",
}

INPUT_MEANINGS: Mapping[str, str] = {
    "shape": "The lengths of the axes, the batch left out; null for any length.",
    "dtype": "The type of its numbers. Default: float32.",
    "batch_size": "A fixed number of samples in a batch.",
    "field": "The field of the data that feeds it. Default: the one of the input's own name.",
}

VIEW_MEANINGS: Mapping[str, str] = {
    "inputs": "Where the view begins: inputs or nodes.",
    "outputs": "Which nodes come out of it.",
}

OBJECTIVE_MEANINGS: Mapping[str, str] = {
    "weight": "What the loss counts in the sum. Default: 1.",
    "target": "The field of the data that is aimed at. Default: the one named like the output.",
    "name": "What its figure is called.",
    "between": "Two nodes that are compared with each other, instead of an output with a target.",
}

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
