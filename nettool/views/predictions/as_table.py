"""Predictions as a table for people: on a terminal with bars, in a pipe without."""

from collections.abc import Iterator

from nettool.diagnostics.printable import one_line
from nettool.views.predictions.number_text import percent, short
from nettool.views.predictions.prediction import (
    Answer,
    Answered,
    AnswerForm,
    ClassAnswer,
    ImageAnswer,
    Prediction,
    Ranked,
)

_BAR = 16
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_MOST_NUMBERS = 8
_GAP = "  "
_PERCENT = 6
_SCORE = 9


class AsTable:
    """Columns of fixed width, so that a row can be written as soon as its sample is answered."""

    def __init__(self, answered: Answered, *, has_bars: bool, width: int | None = None) -> None:
        self._answered = answered
        self._has_bars = has_bars
        self._has_next = True
        self._name = max(len("sample"), answered.longest_name)
        if width is not None and has_bars and self._width() > width:
            self._has_bars = False
        if width is not None and self._width() > width:
            self._has_next = False

    def head(self) -> str:
        """The names of the columns."""
        names = ["sample".ljust(self._name)]
        for form in self._answered.forms:
            if form.gives == "class":
                names.append(form.output.ljust(self._class_width(form)))
                names.append(self._value_head(form))
                names += ["next".ljust(self._next_width(form))] if self._ranks(form) > 1 else []
            else:
                names.append(form.output.rjust(_SCORE) if form.gives == "numbers" else form.output)
        return _GAP.join(names).rstrip() + "\n"

    def line(self, prediction: Prediction) -> str:
        """A row."""
        cells = [str(prediction.sample).ljust(self._name)]
        for form, answer in zip(self._answered.forms, prediction.answers, strict=True):
            cells += self._cells(form, answer)
        return _GAP.join(map(one_line, cells)).rstrip() + "\n"

    def _cells(self, form: AnswerForm, answer: Answer) -> Iterator[str]:
        if isinstance(answer, ClassAnswer):
            best, *others = answer.ranked
            yield best.name.ljust(self._class_width(form))
            yield self._value(best.value, is_share=answer.are_probabilities)
            if self._ranks(form) > 1:
                yield ", ".join(_with_value(each, answer) for each in others).ljust(self._next_width(form))
        elif isinstance(answer, ImageAnswer):
            yield answer.path or "×".join(map(str, answer.pixels.shape))
        else:
            numbers = answer.values.reshape(-1)
            shown = [short(value).rjust(_SCORE) for value in numbers[:_MOST_NUMBERS].tolist()]
            yield " ".join(shown) + (f" … {len(numbers):,} numbers" if len(numbers) > _MOST_NUMBERS else "")

    def _width(self) -> int:
        """The columns of the longest row of classes."""
        widths = [self._name]
        for form in self._answered.forms:
            if form.gives == "class":
                widths += [self._class_width(form), len(self._value_head(form))]
                widths += [self._longest_next(form)] if self._ranks(form) > 1 else []
            else:
                widths.append(max(_SCORE, len(form.output)))
        return sum(widths) + len(_GAP) * (len(widths) - 1)

    def _value(self, value: float, *, is_share: bool) -> str:
        if not is_share:
            return short(value).rjust(_SCORE)
        text = percent(value).rjust(_PERCENT)
        return f"{_bar(value)} {text}" if self._has_bars else text

    def _value_head(self, form: AnswerForm) -> str:
        if not form.has_probabilities:
            return "score".rjust(_SCORE)
        return "probability".ljust(_BAR + 1 + _PERCENT) if self._has_bars else "prob.".rjust(_PERCENT)

    def _ranks(self, form: AnswerForm) -> int:
        classes = 0 if form.field is None else len(form.field.classes)
        lone_score = form.is_yes_or_no and not form.has_probabilities
        return 1 if lone_score or not self._has_next else min(self._answered.top, classes)

    def _class_width(self, form: AnswerForm) -> int:
        classes = () if form.field is None else form.field.classes
        return max(len(form.output), *(len(one_line(name)) for name in classes), 0)

    def _next_width(self, form: AnswerForm) -> int:
        """Only where another output follows does the width matter, and then the longest names decide."""
        return 0 if form is self._answered.forms[-1] else self._longest_next(form)

    def _longest_next(self, form: AnswerForm) -> int:
        classes = () if form.field is None else form.field.classes
        longest = sorted((len(one_line(name)) for name in classes), reverse=True)
        ranks = self._ranks(form) - 1
        value = _PERCENT if form.has_probabilities else _SCORE
        return sum(longest[:ranks]) + ranks * (value + 1) + 2 * (ranks - 1)


def _with_value(ranked: Ranked, answer: ClassAnswer) -> str:
    return f"{ranked.name} {percent(ranked.value) if answer.are_probabilities else short(ranked.value)}"


def _bar(share: float) -> str:
    eighths = round(max(0.0, min(1.0, share)) * _BAR * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(_BAR)
