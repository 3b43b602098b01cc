"""The numbers that a layer has learned, for those who look at them without knowing Keras."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class LayerWeights:
    """A layer's variables by name (`kernel`, `bias` …), in Keras's order; `node` is its address.

    A layer within a ready-made network has an address within that network's node.
    """

    node: str
    operation: str
    variables: Mapping[str, NDArray[Any]]
