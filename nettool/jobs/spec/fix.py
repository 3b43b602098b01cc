"""A spec mended by its own diagnostics: what their advice says is done, checked, and kept where it helps."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, Severity, SpecError
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.jobs.spec.loaded_spec import LoadedSpec, with_severity
from nettool.spec.fix.advised_text import advised_text, advises

_MOST_CHECKS = 200
"""Of the spec as it would be: whoever has more mistakes than these can mend runs it again."""
_MOST_FOLLOWING = 5
"""Mistakes that come to light one after the other when one is mended."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A text of a spec, what is wrong with it, and the spec itself where it can be read."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    spec: LoadedSpec | None

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What is wrong, without warnings."""
        return tuple(each for each in self.diagnostics if each.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Fix:
    """A spec before and after its mistakes were mended; both are the same where none could be."""

    before: Checked
    after: Checked

    @property
    def is_any(self) -> bool:
        """Whether there is anything to write."""
        return self.after.source.text != self.before.source.text

    @property
    def count(self) -> int:
        """How many errors are gone."""
        return len(self.before.errors) - len(self.after.errors)


def fix_spec(
    path: Path, text: str, overrides: tuple[str, ...] = (), data: str | None = None, *, strict: bool = False
) -> Fix:
    """Mend the text of a spec file, which is not written; when `strict`, warnings are mended as errors are.

    Each change is one that the help text of a diagnostic names in full. It is kept only if the spec has fewer
    errors then, and none of a new kind.
    """

    def check(text: str) -> Checked:
        source = Source(str(path), text)
        try:
            plan, warnings = load_source(source, path.stem, overrides, data, path.parent)
        except SpecError as error:
            return Checked(source, with_severity(error.diagnostics, strict=strict), None)
        spec = LoadedSpec(path, plan, warnings, overrides, data)
        return Checked(source, with_severity(warnings, strict=strict), spec)

    before = check(text)
    return Fix(before, _Rounds(check).mended(before))


@dataclass(slots=True)
class _Rounds:
    """Changes are tried all at once, then in halves: a large spec is checked a few times, not for each."""

    check: Callable[[str], Checked]
    checks: int = 0
    refused: set[tuple[str, str]] = field(default_factory=set)

    def mended(self, now: Checked) -> Checked:
        """The spec after as many rounds as make it better."""
        has_changed = False
        while self.checks < _MOST_CHECKS:
            advice = [each for each in _advice(now) if _key(each) not in self.refused]
            better = self._better(now, advice) if advice else None
            if better is not None:
                now, has_changed = better, True
            elif has_changed and self.refused:
                # What did not help may help now.
                self.refused, has_changed = set(), False
            elif not advice or not has_changed:
                break
        return now

    def _better(self, now: Checked, advice: Sequence[Diagnostic]) -> Checked | None:
        """The spec after some of the advice; those that are refused alone are remembered."""
        if self.checks >= _MOST_CHECKS:
            return None
        after = self._after(now, advice)
        if after is not None and _all_gone(now, after, advice):
            return after
        if len(advice) == 1:
            better = None if after is None else self._with_following(now, after, advice[0])
            if better is None:
                self.refused.add(_key(advice[0]))
            return better
        middle = len(advice) // 2
        return self._better(now, advice[:middle]) or self._better(now, advice[middle:])

    def _with_following(self, now: Checked, after: Checked, mended: Diagnostic) -> Checked | None:
        """What one change leads to: a better spec at once, or after what came to light was mended as well."""
        known = set(map(_key, now.errors))
        for _ in range(_MOST_FOLLOWING):
            if _is_gone(now, after, mended) and _is_better(now, after):
                return after
            new = next((each for each in _advice(after) if _key(each) not in known), None)
            following = None if new is None else self._after(after, [new])
            if new is None or following is None:
                return None
            known.add(_key(new))
            after = following
        return None

    def _after(self, now: Checked, advice: Sequence[Diagnostic]) -> Checked | None:
        """The spec after the advice was followed; None where it cannot be."""
        text = advised_text(now.source, advice)
        if text is None:
            return None
        self.checks += 1
        return self.check(text)


def _advice(now: Checked) -> list[Diagnostic]:
    return [each for each in now.errors if advises(now.source, each)]


def _key(diagnostic: Diagnostic) -> tuple[str, str]:
    return (diagnostic.code, diagnostic.message)


def _all_gone(before: Checked, after: Checked, advice: Sequence[Diagnostic]) -> bool:
    """Whether nothing new came to light, and all that was to be mended is."""
    old, new = Counter(map(_key, before.errors)), Counter(map(_key, after.errors))
    mended = Counter(_key(diagnostic) for diagnostic in advice)
    return new <= old - mended


def _is_gone(before: Checked, after: Checked, mended: Diagnostic) -> bool:
    key = _key(mended)
    return sum(_key(each) == key for each in after.errors) < sum(_key(each) == key for each in before.errors)


def _is_better(before: Checked, after: Checked) -> bool:
    kinds = {each.code for each in before.errors}
    return len(after.errors) < len(before.errors) and all(each.code in kinds for each in after.errors)
