"""What other tools call the keys of a spec, and which of their settings need no key here."""

from collections.abc import Collection, Mapping

from nettool.spec.tree import Pair, Scalar

_MEANT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("csv", "tsv", "csv_file"), ("table",)),
    **dict.fromkeys(("npz", "npy", "numpy", "array"), ("arrays",)),
    **dict.fromkeys(("dir", "directory", "images", "image_dir", "data_dir"), ("folder",)),
    **dict.fromkeys(("path", "file", "filename", "source"), ("folder", "table", "arrays")),
    "name": ("dataset", "column"),
    **dict.fromkeys(("augmentation", "augmentations", "data_augmentation"), ("augment",)),
    **dict.fromkeys(("num_classes", "n_classes"), ("classes",)),
    **dict.fromkeys(("normalise", "normalization", "normalisation"), ("normalize",)),
    **dict.fromkeys(("image_size", "img_size", "target_size", "size"), ("resize",)),
    **dict.fromkeys(("test_size", "test_fraction"), ("test_split",)),
    **dict.fromkeys(("max_samples", "n_samples", "num_samples"), ("samples", "limit")),
    **dict.fromkeys(("input_shape", "input_size"), ("shape",)),
    **dict.fromkeys(("dim", "dims"), ("shape",)),
    **dict.fromkeys(("type", "datatype"), ("kind", "as", "dtype")),
    "max": ("highest",),
}
"""What a word may stand for: the first that the mapping in which it stands can have."""

NEEDLESS: Mapping[str, str] = {
    "shuffle": "each epoch has an order of its own",
    **dict.fromkeys(("verbose", "verbosity"), "`nettool train --quiet` prints less"),
    **dict.fromkeys(
        ("checkpoint", "checkpoints", "save_best_only", "save_best", "model_checkpoint"),
        "a run keeps its best model and its last one",
    ),
    **dict.fromkeys(
        ("device", "devices", "gpu", "gpus", "accelerator"), "the command line says it: `--device gpu:0`"
    ),
    **dict.fromkeys(("workers", "num_workers"), "images are read by several processes as it is"),
    "steps_per_epoch": "an epoch is every training sample once",
    **dict.fromkeys(
        ("log_dir", "output_dir", "save_dir", "logdir"),
        "runs lie below `runs/`, or where `--runs-dir` says",
    ),
    **dict.fromkeys(("backend", "framework"), "the command line says it: `--backend jax`"),
}
"""Settings that a spec does not have, and why it needs none."""

FOREIGN_KEYS = frozenset({*_MEANT, *NEEDLESS})
"""All of them."""

_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "arrays": (".npz", ".npy"),
    "table": (".csv", ".tsv"),
    "folder": (".zip", ".tar", ".gz"),
}


def meant_key(pair: Pair, legal: Collection[str]) -> str | None:
    """The legal key that another tool's word stands for; `legal` may be keys as they are declared."""
    word = pair.key.text.lower()
    if isinstance(legal, Mapping):
        choices = [name for name, declared in legal.items() if word in declared.others]
    else:
        choices = [key for key in _MEANT.get(word, ()) if key in legal]
    if len(choices) > 1 and isinstance(pair.value, Scalar):
        found = origin_of(pair.value.text)
        return found if found in choices else choices[0]
    return choices[0] if choices else None


def anywhere_meant(word: str) -> tuple[str, ...]:
    """The keys of any section that a word may stand for."""
    return _MEANT.get(word.lower(), ())


def origin_of(written: str) -> str | None:
    """Under which key of `data` a path belongs, as far as it shows that it is one."""
    kind = next((key for key, ends in _ENDINGS.items() if written.lower().endswith(ends)), None)
    return "folder" if kind is None and "/" in written else kind
