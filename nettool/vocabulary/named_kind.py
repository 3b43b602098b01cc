"""The kind of an option that names another thing of Keras: an initializer, a regularizer, a schedule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nettool.vocabulary import keras_names
from nettool.vocabulary.keras_names import Definition, Family
from nettool.vocabulary.kinds import Kind, value_text

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
        return self.problem(value) is None

    def problem(self, value: object) -> str | None:
        """What is wrong with the name or with the mapping's options."""
        if self.bare and isinstance(value, str):
            return self._problem(value, {})
        if not isinstance(value, dict):
            return f"must be {self.description}, not {value_text(value)}"
        name = value.get(self.word)
        if not isinstance(name, str):
            return f"must say its name under `{self.word}`: {{{self.word}: name, option: value}}"
        return self._problem(name, {key: inner for key, inner in value.items() if key != self.word})

    def _problem(self, written: str, options: Mapping[str, object]) -> str | None:
        name = keras_names.canonical(self.family, written)
        if name is None:
            return f"must name {_article(self.word)}; Keras has none called '{written}'"
        definition = keras_names.definitions(self.family)[name]
        return self._option_problem(definition, options) or _missing_problem(definition, options)

    def _option_problem(self, definition: Definition, options: Mapping[str, object]) -> str | None:
        for option, value in options.items():
            if option not in definition.options:
                return f"gives `{option}`, which is no option of {definition.name}"
            problem = self.kind_of(self.family, definition.name, option).problem(value)
            if problem is not None:
                return f"cannot be made: its `{option}` {problem}"
        return None


def _missing_problem(definition: Definition, options: Mapping[str, object]) -> str | None:
    missing = [
        each.name for each in definition.options.values() if each.required and each.name not in options
    ]
    if not missing:
        return None
    return "must say " + " and ".join(f"`{name}`" for name in missing) + f", which {definition.name} needs"


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
