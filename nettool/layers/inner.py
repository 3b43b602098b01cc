"""A layer inside another: `{layer: LSTM, units: 8}` as the value of an option."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from nettool.layers.outcome import Refusal
from nettool.layers.reading import Options
from nettool.vocabulary.keras_names import canonical, layers


@dataclass(frozen=True, slots=True)
class Inner:
    """A layer by its class name, with the options that were written and those that it then has."""

    name: str
    written: Options

    @property
    def options(self) -> Options:
        """All options, the defaults filled in."""
        return {name: option.default for name, option in layers()[self.name].options.items()} | dict(
            self.written
        )

    def with_options(self, **changed: object) -> "Inner":
        """The same layer with other values of some options."""
        return Inner(self.name, {**self.written, **changed})


def inner_layer(value: object) -> Inner:
    """The layer that a mapping describes, which has passed its kind."""
    mapping = cast(Mapping[str, object], value)
    written = {name: each for name, each in mapping.items() if name != "layer"}
    return Inner(canonical("layers", str(mapping["layer"])) or str(mapping["layer"]), written)


def inside(refusal: Refusal, inner: Inner, option: str, *steps: int) -> Refusal:
    """The refusal of an inner layer as one of the layer that holds it under `option`, there after `steps`."""
    within = (*steps, *([] if refusal.option is None else [refusal.option]), *refusal.within)
    return replace(
        refusal, message=f"holds {inner.name}, which {refusal.message}", option=option, within=within
    )
