"""What other tools call the keys of a spec, and which of their settings need no key here."""

from collections.abc import Collection, Mapping

from nettool.diagnostics.caller import by_caller
from nettool.spec.keys.key import Key
from nettool.spec.keys.path_kind import PathKind
from nettool.spec.yaml.tree import Pair, Scalar

_WITHOUT_NEED: Mapping[str, str] = {
    "shuffle": "each epoch has an order of its own",
    **dict.fromkeys(
        ("checkpoint", "checkpoints", "save_best_only", "save_best", "model_checkpoint"),
        "a run keeps its best model and its last one",
    ),
    **dict.fromkeys(("workers", "num_workers"), "several processes read images in any case"),
    "steps_per_epoch": "an epoch is every training sample once",
}
_CALLER_SAYS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("verbose", "verbosity"), ("`nettool train --quiet` prints less", "`on_event` decides what is shown")
    ),
    **dict.fromkeys(
        ("device", "devices", "gpu", "gpus", "accelerator"),
        ("the command line says it: `--device gpu:0`", '`nettool.train` takes it: `device="gpu:0"`'),
    ),
    **dict.fromkeys(
        ("log_dir", "output_dir", "save_dir", "logdir"),
        (
            "runs lie below `runs/`, or where `--runs-dir` says",
            "runs lie below `runs/`, or where `runs_dir` says",
        ),
    ),
    **dict.fromkeys(
        ("backend", "framework"),
        ("the command line says it: `--backend jax`", '`nettool.train` takes it: `backend="jax"`'),
    ),
}
"""Who trains says these: in words for the command line, and for Python."""

NEEDLESS = frozenset({*_WITHOUT_NEED, *_CALLER_SAYS})
"""Settings that a spec does not have."""


def needless(key: str) -> str | None:
    """Why a spec needs no such key, in words for who called; None for any other key."""
    if key in _CALLER_SAYS:
        command_line, python = _CALLER_SAYS[key]
        return by_caller(command_line=command_line, python=python)
    return _WITHOUT_NEED.get(key)


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
