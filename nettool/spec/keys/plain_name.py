"""A name in the letters that names may have: `dígito` as `digito`, `my flat` as `my_flat`."""

import re
import unicodedata

_OTHERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "ł": "l", "Ł": "L", "đ": "d", "ı": "i"}
)


def plain_name(written: str, otherwise: str) -> str:
    """The nearest name that starts with a letter; `otherwise` where none of its letters can stay."""
    letters = unicodedata.normalize("NFKD", written.translate(_OTHERS))
    ascii_only = "".join(letter for letter in letters if not unicodedata.combining(letter))
    name = re.sub(r"[^A-Za-z0-9_-]+", "_", ascii_only).strip("_-")
    digits = re.match(r"[0-9]*[_-]*", name)
    first = digits[0].rstrip("_-") if digits is not None else ""
    rest = name[len(digits[0]) :] if digits is not None else name
    if not rest:
        return f"{otherwise}_{first}" if first else otherwise
    return f"{rest}_{first}" if first else rest
