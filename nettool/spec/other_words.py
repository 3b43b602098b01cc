"""What other tools call the keys of a spec, and which of their settings need no key here."""

from collections.abc import Collection, Mapping

from nettool.spec.tree import Pair, Scalar

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

_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "arrays": (".npz", ".npy"),
    "table": (".csv", ".tsv"),
    "folder": (".zip", ".tar", ".gz"),
}


def meant_key(pair: Pair, legal: Collection[str]) -> str | None:
    """The legal key that another tool's word stands for; None where `legal` are no declared keys.

    Of several, a path shows which origin it is of.
    """
    word = pair.key.text.lower()
    declared = legal if isinstance(legal, Mapping) else {}
    choices = [name for name, each in declared.items() if word in each.others]
    if len(choices) > 1 and isinstance(pair.value, Scalar):
        found = origin_of(pair.value.text) or "folder"
        return found if found in choices else choices[0]
    return choices[0] if choices else None


def origin_of(written: str) -> str | None:
    """Under which key of `data` a path belongs, as far as it shows that it is one."""
    kind = next((key for key, ends in _ENDINGS.items() if written.lower().endswith(ends)), None)
    return "folder" if kind is None and "/" in written else kind
