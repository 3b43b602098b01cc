"""What is wrong with a value, and with which part of it."""

import json
import math
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Fault:
    """`message` is a phrase that completes "`units` ...".

    `path` leads to the part at fault by keys and item numbers (empty: the whole value); with `at_key` it is
    the last key itself. `choices` are the names that would be legal there, if names are.
    """

    message: str
    path: tuple[str | int, ...] = ()
    choices: tuple[str, ...] = ()
    at_key: bool = False

    def inside(self, step: str | int, words: str) -> "Fault":
        """The same fault, seen from the value that holds this one at `step`; `words` come before it."""
        return replace(self, message=f"{words} {self.message}", path=(step, *self.path))


def value_text(value: object) -> str:
    """A value as people write it in a spec, cut when it is long."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float) and not math.isfinite(value):
        text = ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    else:
        text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _quoted(text: str) -> str:
    """A text in backquotes; one that looks like another value (a quoted "3") is called a text."""
    folded = " ".join(text.split())
    shown = f"`{folded if len(folded) <= 60 else folded[:57] + '...'}`"
    try:
        json.loads(text)
    except ValueError:
        return shown if folded else "an empty text"
    return f"the text {shown}"
