"""How far an accuracy that was measured on few samples can be trusted."""

from math import sqrt

from nettool.record.files.observations import Observations, SeenClasses

FEW_SAMPLES = 1000
"""Below so many an interval is shown; from there on it is at most 3 points to either side."""

_DEVIATIONS = 1.959963984540054
"""How many standard deviations to either side hold 95 % of a normal distribution."""


def wilson_interval(right: int, total: int) -> tuple[float, float]:
    """The shares from `low` to `high` (0 to 1) that fit `right` of `total` samples at a level of 95 %.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927), pages 209–212; without correction for continuity. Raises
    ValueError unless 0 <= right <= total and there is a sample.
    """
    if not 0 <= right <= total or not total:
        raise ValueError(f"{right} of {total} is no share")
    share, square = right / total, _DEVIATIONS**2 / total
    middle = (share + square / 2) / (1 + square)
    half = sqrt(square * share * (1 - share) + square**2 / 4) / (1 + square)
    low = 0.0 if right == 0 else max(middle - half, 0.0)
    return low, 1.0 if right == total else min(middle + half, 1.0)


def interval_text(right: int, total: int, digits: int = 4) -> str:
    """`0.7522 to 0.8362`; empty where there are many samples, or none."""
    if not 0 < total < FEW_SAMPLES:
        return ""
    low, high = wilson_interval(right, total)
    return f"{low:.{digits}f} to {high:.{digits}f}"


def right_and_total(seen: SeenClasses) -> tuple[int, int]:
    """How many samples were classified correctly, and how many there were."""
    if seen.by_class:
        return sum(each.right for each in seen.by_class), sum(each.true for each in seen.by_class)
    return sum(row[number] for number, row in enumerate(seen.matrix)), sum(map(sum, seen.matrix))


def are_independent(seen: SeenClasses, observed: Observations) -> bool:
    """Whether each test sample has one class: several classes of a sample depend on each other."""
    return right_and_total(seen)[1] <= observed.samples.get("test", 0)


def accuracy_interval(seen: SeenClasses, observed: Observations) -> str:
    """That of an output's accuracy on the test set, if its samples are few and independent; else empty."""
    return interval_text(*right_and_total(seen)) if are_independent(seen, observed) else ""


def metric_interval(name: str, value: float, observed: Observations | None) -> str:
    """That of a metric on the test set; empty for what is no share of an output's samples."""
    if observed is None or not name.endswith("accuracy"):
        return ""
    for each in observed.classes:
        right, total = right_and_total(each)
        is_named = len(observed.classes) == 1 or name.startswith(f"{each.output}_")
        if is_named and total and abs(right / total - value) < 0.5 / total:
            return accuracy_interval(each, observed)
    return ""
