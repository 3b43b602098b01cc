"""Keys that a section does not have, but another one does, or that are said otherwise: the line to write."""

from collections.abc import Callable

from nettool.spec.data.origins.dataset import DATASET
from nettool.spec.data.section import data_keys
from nettool.spec.keys.key import keys_of
from nettool.spec.keys.other_words import meant_key, needless
from nettool.spec.train.by_output import by_output
from nettool.spec.train.callbacks import in_place_of_callbacks
from nettool.spec.train.monitoring import EarlyStopping
from nettool.spec.train.optimizer import DEFAULT_OPTIMIZER
from nettool.spec.train.training import Training
from nettool.spec.yaml.flow import as_written, pair_as_written
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Tree

Advisor = Callable[[Pair], str | None]

_RATE = "learning_rate"
_OPTIMIZER_OPTIONS = {
    **{key: key for key in (_RATE, "momentum", "nesterov", "weight_decay", "clipnorm", "clipvalue")},
    **dict.fromkeys(("lr", "learningrate", "initial_learning_rate", "eta"), _RATE),
    "wd": "weight_decay",
}
"""What people write beside the optimizer, and what its option is called."""
_OBJECTIVES = {"loss": "losses", "losses": "losses", "metric": "metrics", "metrics": "metrics"}
_SCHEDULES = ("scheduler", "schedule", "lr_scheduler", "lr_schedule", "learning_rate_schedule")
_PRECISIONS = ("mixed_precision", "amp", "fp16")
_RATE_FIRST = "0.001"
_NOTES = ("notes", "note", "description", "comment", "comments", "author", "authors", "tags", "version")


def misplaced(root: Mapping, section: str) -> Advisor:
    """Who says of an unknown key of a section (`""`: of the whole spec) what is to be written, or None."""
    return lambda pair: _Advice(root, section, pair).text()


class _Advice:
    def __init__(self, root: Mapping, section: str, pair: Pair) -> None:
        self._root = root
        self._section = section
        self._pair = pair
        self._key = pair.key.text

    def text(self) -> str | None:
        """The advice; every `write` in it names a whole key and value."""
        key = self._key
        if key in _NOTES and not self._section:
            return f"your own notes belong to `meta`: `meta: {{{key}: …}}`"
        if key in _OPTIMIZER_OPTIONS:
            return self._option(_OPTIMIZER_OPTIONS[key], as_written(self._pair.value))
        if key in _SCHEDULES:
            return self._schedule()
        if key in _OBJECTIVES and (self._section or self._root.get(_OBJECTIVES[key]) is not None):
            return self._objective(_OBJECTIVES[key])
        if key == "callbacks":
            return in_place_of_callbacks(self._pair.value, self._under("train"))
        stopping = keys_of(EarlyStopping)
        option = key if key in stopping else meant_key(self._pair, stopping)
        if option is not None:
            return self._stopping(option)
        if key in _PRECISIONS:
            return self._precision()
        reason = needless(key)
        if reason is not None:
            return f"leave `{key}` out: {reason}"
        return self._elsewhere()

    def _elsewhere(self) -> str | None:
        """For a key of another section: that section, unless it says it already."""
        train, data = keys_of(Training), data_keys()
        meant = (meant_key(self._pair, train), meant_key(self._pair, data))
        for key in (self._key, *(each for each in meant if each is not None)):
            if key in train and self._section != "train":
                return self._under_section("train", key)
            if key in data and self._section == "train":
                return self._under_section("data", key)
            if key in data and not self._section and self._root.get("data") is not None:
                return self._under_section("data", key)
        return None

    def _under_section(self, home: str, key: str) -> str:
        there, value = self._root.get(home), as_written(self._pair.value)
        if isinstance(there, Mapping) and there.get(key) is not None:
            return f"leave `{self._key}` out: `{home}` says `{key}`"
        if isinstance(there, Scalar):
            line = f"`{home}: {{{DATASET}: {as_written(there)}, {key}: {value}}}`"
            return f"it belongs to `{home}`: write {line}" + (
                f" beside `{self._section}`" if self._section else ""
            )
        return f"it belongs to `{home}`: write `{key}: {value}` under `{home}`"

    def _write(self, key: str, value: str) -> str:
        return f"write `{key}: {value}`{self._under('train')}"

    def _under(self, home: str) -> str:
        return "" if self._section == home else f" under `{home}`"

    def _option(self, option: str, value: str) -> str:
        """The optimizer as it is written, with one option more."""
        train = self._root.get("train")
        written: Tree | None = train.get("optimizer") if isinstance(train, Mapping) else None
        if isinstance(written, Mapping):
            if written.get(option) is not None:
                return f"leave `{self._key}` out: the optimizer says `{option}`"
            known = [pair_as_written(pair) for pair in written.pairs]
        else:
            known = [f"optimizer: {DEFAULT_OPTIMIZER if written is None else as_written(written)}"]
        optimizer = f"{{{', '.join([*known, f'{option}: {value}'])}}}"
        return f"it is an option of the optimizer: {self._write('optimizer', optimizer)}"

    def _stopping(self, option: str) -> str:
        """Early stopping as it is written, with one option more."""
        train = self._root.get("train")
        written = train.get("early_stopping") if isinstance(train, Mapping) else None
        known = written.pairs if isinstance(written, Mapping) else ()
        if any(pair.key.text == option for pair in known):
            return f"leave `{self._key}` out: `early_stopping` says `{option}`"
        options = [*map(pair_as_written, known), f"{option}: {as_written(self._pair.value)}"]
        return self._write("early_stopping", f"{{{', '.join(options)}}}")

    def _schedule(self) -> str:
        value = self._pair.value
        words = value.text.lower() if isinstance(value, Scalar) else ""
        example = f"{{schedule: CosineDecay, initial_learning_rate: {_RATE_FIRST}}}"
        if "cosine" in words:
            return self._option(_RATE, example)
        return f"the learning rate of the optimizer can be a schedule: for example `learning_rate: {example}`"

    def _objective(self, section: str) -> str:
        if self._root.get(section) is not None:
            return f"leave `{self._key}` out: the section `{section}` says it"
        line = by_output(self._root, section, self._pair.value)
        return f"{section} are a section of their own: write `{line}` beside `{self._section}`"

    def _precision(self) -> str:
        value = self._pair.value
        if isinstance(value, Scalar) and value.value is False:
            return f"leave `{self._key}` out: the precision is float32 as it is"
        kind = "mixed_bfloat16" if isinstance(value, Scalar) and "bf" in value.text else "mixed_float16"
        return self._write("precision", kind)
