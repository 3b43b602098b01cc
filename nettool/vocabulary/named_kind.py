"""The kind of an option that names another thing of Keras: an initializer, a regularizer, a schedule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nettool.kinds.fault import Fault, value_text
from nettool.kinds.kind import Kind
from nettool.vocabulary import keras_names
from nettool.vocabulary.keras_names import Definition, Family

_NOT_BY_NAME_ALONE = {("initializers", "Constant"): "value"}
"""What Keras makes with its defaults, but not from the name alone, and the option that must be said."""

KindOf = Callable[[Family, str, str], Kind]


@dataclass(frozen=True, slots=True)
class Named(Kind):
    """A name of a family (`he_normal`), or a mapping: `{initializer: HeNormal, seed: 3}`.

    `word` is the key under which a mapping says the name; `kind_of` tells the kinds of the options beside it.
    `bare` is False where Keras does not take the name alone.
    """

    family: Family
    word: str
    kind_of: KindOf
    bare: bool = True

    @property
    def description(self) -> str:
        """The name, or the mapping."""
        mapping = f"a mapping {{{self.word}: name, option: value}}"
        return f"the name of {_article(self.word)} or {mapping}" if self.bare else mapping

    @property
    def choices(self) -> tuple[str, ...]:
        """The names by which Keras knows the family's members."""
        return (*keras_names.definitions(self.family), *keras_names.aliases(self.family))

    def accepts(self, value: object) -> bool:
        """Whether nothing is wrong with it."""
        return self.fault(value) is None

    def fault(self, value: object) -> Fault | None:
        """What is wrong with the name or with the mapping's options."""
        if self.bare and isinstance(value, str) and value:
            return self._fault(value, {}, ()) or self._alone_fault(value)
        if not isinstance(value, dict):
            return Fault(f"must be {self.description}, not {value_text(value)}")
        name = value.get(self.word)
        if not isinstance(name, str) or not name:
            return Fault(f"must say its name under `{self.word}`: {{{self.word}: name, option: value}}")
        options = {key: inner for key, inner in value.items() if key != self.word}
        return self._fault(name, options, (self.word,))

    def _alone_fault(self, written: str) -> Fault | None:
        name = keras_names.canonical(self.family, written) or written
        option = _NOT_BY_NAME_ALONE.get((self.family, name))
        if option is None:
            return None
        return Fault(f"must say `{option}` as well: {{{self.word}: {name}, {option}: …}}")

    def _fault(self, written: str, options: Mapping[str, object], place: tuple[str, ...]) -> Fault | None:
        """`place` is where the name stands."""
        name = keras_names.canonical(self.family, written)
        if name is None:
            message = f"must name {_article(self.word)}; Keras has none called {value_text(written)}"
            return Fault(message, place, self._choices_like(written))
        definition = keras_names.definitions(self.family)[name]
        return self._option_fault(definition, options) or _missing_fault(definition, options, place)

    def _choices_like(self, written: str) -> tuple[str, ...]:
        """The names, short ones first where a short one was written."""
        classes, short = keras_names.definitions(self.family), keras_names.aliases(self.family)
        return (*short, *classes) if written.islower() else (*classes, *short)

    def _option_fault(self, definition: Definition, options: Mapping[str, object]) -> Fault | None:
        for option, value in options.items():
            if option not in definition.options:
                message = f"gives `{option}`, which is no option of {definition.name}"
                return Fault(message, (option,), (*definition.options,), at_key=True)
            fault = self.kind_of(self.family, definition.name, option).fault(value)
            if fault is not None:
                return fault.inside(option, f"cannot be made: its `{option}`")
        return None


def _missing_fault(
    definition: Definition, options: Mapping[str, object], place: tuple[str, ...]
) -> Fault | None:
    missing = [
        each.name for each in definition.options.values() if each.required and each.name not in options
    ]
    if not missing:
        return None
    names = " and ".join(f"`{name}`" for name in missing)
    return Fault(f"must say {names}, which {definition.name} needs", place)


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
