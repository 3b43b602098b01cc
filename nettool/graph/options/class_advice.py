"""What to write for a class that Keras does not have: another tool's name, a call, or nearly a name."""

import ast
import re
from collections.abc import Mapping

from nettool.diagnostics.suggest import did_you_mean
from nettool.layers.catalogue import other_layer
from nettool.spec.yaml.flow import yaml_flow
from nettool.vocabulary.keras_names import FAMILY_WORDS, Family, aliases, canonical, definitions
from nettool.vocabulary.other_names import other_class

_PATH = re.compile(r"([A-Za-z_]\w*\.)+([A-Za-z_]\w*)")
_LONGEST_CALL = 300


def class_advice(
    family: Family, written: str, also: tuple[str, ...] = (), *, in_mapping: bool = False
) -> str | None:
    """The help text: a short name (`mse`) where a short one was written. `also` are further legal names.

    `in_mapping` says that options stand beside the name.
    """
    meant = meant_class(family, written)
    if isinstance(meant, str):
        return f"did you mean `{meant}`?"
    if meant is not None:
        pairs = " and ".join(f"`{key}: {yaml_flow(value)}`" for key, value in meant.items())
        return f"write {pairs}" if in_mapping else f"write `{yaml_flow(meant)}`"
    names = [*definitions(family), *also]
    short = [*aliases(family)]
    return did_you_mean(written, [*short, *names] if written.islower() else [*names, *short])


def meant_class(family: Family, written: str) -> str | Mapping[str, object] | None:
    """The name or the mapping that another tool's name, its path or a call stands for."""
    path = _PATH.fullmatch(written)
    last = written if path is None else path[2]
    if path is not None and canonical(family, last) is not None:
        return last
    found = other_layer(last) if family == "layers" else other_class(family, last)
    if isinstance(found, str | Mapping):
        return found
    return _called(family, written) if "(" in written and len(written) <= _LONGEST_CALL else None


def _called(family: Family, written: str) -> str | Mapping[str, object] | None:
    """`Adam(0.01)` or `l2(l2=0.01)` as the name, or as the mapping with its options."""
    try:
        call = ast.parse(written, mode="eval").body
        if not isinstance(call, ast.Call):
            return None
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        known = canonical(family, name)
        if known is None:
            return None
        options = [*definitions(family)[known].options]
        values = dict(zip(options, map(ast.literal_eval, call.args), strict=False))
        values |= {each.arg: ast.literal_eval(each.value) for each in call.keywords if each.arg in options}
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    return {FAMILY_WORDS[family]: known, **values} if values else name
