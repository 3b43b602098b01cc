"""What other tools call the keys of a spec, and which of their settings need no key here."""

from collections.abc import Collection, Mapping

from nettool.diagnostics.caller import by_caller
from nettool.spec.keys.key import Key
from nettool.spec.keys.path_kind import PathKind
from nettool.spec.yaml.tree import Pair, Scalar

_ON_COMMAND_LINE: Mapping[str, str] = {
    **dict.fromkeys(("verbose", "verbosity"), "`nettool train --quiet` prints less"),
    **dict.fromkeys(
        ("device", "devices", "gpu", "gpus", "accelerator"), "the command line says it: `--device gpu:0`"
    ),
    **dict.fromkeys(
        ("log_dir", "output_dir", "save_dir", "logdir"),
        "runs lie below `runs/`, or where `--runs-dir` says",
    ),
    **dict.fromkeys(("backend", "framework"), "the command line says it: `--backend jax`"),
}
_IN_PYTHON: Mapping[str, str] = {
    **dict.fromkeys(("verbose", "verbosity"), "`nettool.train` shows what `on_event` shows"),
    **dict.fromkeys(
        ("device", "devices", "gpu", "gpus", "accelerator"), '`nettool.train` takes it: `device="gpu:0"`'
    ),
    **dict.fromkeys(
        ("log_dir", "output_dir", "save_dir", "logdir"),
        "runs lie below `runs/`, or where `runs_dir` says",
    ),
    **dict.fromkeys(("backend", "framework"), '`nettool.train` takes it: `backend="jax"`'),
}
NEEDLESS: Mapping[str, str] = {
    "shuffle": "each epoch has an order of its own",
    **dict.fromkeys(
        ("checkpoint", "checkpoints", "save_best_only", "save_best", "model_checkpoint"),
        "a run keeps its best model and its last one",
    ),
    **dict.fromkeys(("workers", "num_workers"), "images are read by several processes as it is"),
    "steps_per_epoch": "an epoch is every training sample once",
    **_ON_COMMAND_LINE,
}
"""Settings that a spec does not have, and why it needs none."""


def needless(key: str) -> str | None:
    """Why a spec needs no such key, in words for who called; None for any other key."""
    reason = NEEDLESS.get(key)
    return None if reason is None else by_caller(command_line=reason, python=_IN_PYTHON.get(key, reason))


def meant_key(pair: Pair, legal: Collection[str]) -> str | None:
    """The legal key that another tool's word stands for; None where `legal` are no declared keys.

    Of several, a path shows by its end which one it belongs to.
    """
    word = pair.key.text.lower()
    declared: Mapping[str, object] = legal if isinstance(legal, Mapping) else {}
    choices = {name: each for name, each in declared.items() if word in getattr(each, "others", ())}
    if len(choices) > 1 and isinstance(pair.value, Scalar):
        written = pair.value.text
        return max(choices, key=lambda name: _likeness(choices[name], written))
    return next(iter(choices), None)


def _likeness(declared: object, written: str) -> int:
    kind = declared.kind if isinstance(declared, Key) else None
    return kind.likeness(written) if isinstance(kind, PathKind) else -1
