"""Samples projected to two numbers each: principal components, or t-SNE."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Method = Literal["pca", "tsne"]
_PERPLEXITY = 30.0
"""scikit-learn's own default; a few samples allow less."""

_DIRECTIONS_BEFORE = 50
"""t-SNE of more numbers takes so many principal directions (van der Maaten and Hinton 2008, section 4.2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """`points` of (samples, 2), and in words how they came about.

    `shares` are those of the variance along each axis; None where the axes mean nothing.
    """

    points: NDArray[np.float64]
    shares: tuple[float, float] | None
    description: str


def project(values: NDArray[Any], method: Method, seed: int) -> Projection:
    """The projection of (samples, …); equal values and seeds give equal points.

    Raises ValueError, in the user's words, for fewer than three samples and for numbers that are not finite.
    """
    rows = values.reshape(len(values), -1).astype(np.float64)
    if len(rows) < 3:
        raise ValueError(f"{len(rows)} samples are too few for a picture of how they lie")
    if not np.isfinite(rows).all():
        raise ValueError("what the node gives holds NaN or infinity")
    return _principal(rows, seed) if method == "pca" else _neighbours(rows, seed)


def _principal(rows: NDArray[np.float64], seed: int) -> Projection:
    directions = min(2, rows.shape[1])
    points, shares = _components(rows, directions, seed)
    if directions == 1:
        points = np.concatenate([points, np.zeros_like(points)], axis=1)
        shares = np.array([*shares, 0.0])
    return Projection(points, (float(shares[0]), float(shares[1])), "principal components")


def _neighbours(rows: NDArray[np.float64], seed: int) -> Projection:
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    before = ""
    if rows.shape[1] > _DIRECTIONS_BEFORE:
        directions = min(_DIRECTIONS_BEFORE, len(rows))
        rows, _ = _components(rows, directions, seed)
        before = f" of {directions} principal components"
    perplexity = min(_PERPLEXITY, (len(rows) - 1) / 3)
    # scikit-learn starts from the first two principal components, which one number for each sample lacks.
    start = "pca" if rows.shape[1] > 1 else "random"
    # Several threads add up in whatever order they end, and wait for each other where the machine is busy.
    with threadpool_limits(1):
        found = TSNE(perplexity=perplexity, init=start, random_state=seed).fit_transform(rows)
    description = f"t-SNE{before}, perplexity {perplexity:.3g}, seed {seed}"
    return Projection(found.astype(np.float64), None, description)


def _components(
    rows: NDArray[np.float64], directions: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The samples along that many principal directions, and each direction's share of the variance."""
    from sklearn.decomposition import PCA

    # Samples that are all the same have no variance to be shared.
    with np.errstate(invalid="ignore", divide="ignore"):
        found = PCA(directions, random_state=seed).fit(rows)
    return found.transform(rows), np.nan_to_num(found.explained_variance_ratio_)
