"""Names of classes as short as there is room for, still told apart."""

from collections.abc import Callable, Sequence


def short_names(names: Sequence[str], most: int) -> list[str]:
    """At most so many letters of each: the beginning, or what tells more of them apart.

    That may be the end, or the beginning and the end without the middle.
    """
    forms: tuple[Callable[[str], str], ...] = (
        lambda name: f"{name[: most - 1]}…",
        lambda name: f"…{name[1 - most :]}",
        lambda name: f"{name[: most - 1 - most // 2]}…{name[-(most // 2) :]}",
    )
    tried = [[name if len(name) <= most else form(name) for name in names] for form in forms]
    return max(tried, key=lambda shown: len(set(shown)))
