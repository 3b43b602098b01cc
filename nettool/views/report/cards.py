"""Samples as cards: the input, the true class and the predicted ones, with their probabilities."""

from collections.abc import Iterable
from html import escape

from nettool.record.files.observations import Png, SeenClasses, SeenImages, SeenSample


def sample_cards(samples: Iterable[SeenSample], seen: SeenClasses) -> str:
    """A card for each; empty when there are none."""
    told = "\n".join(_card(sample, seen) for sample in samples)
    return f'<div class="cards">\n{told}\n</div>' if told else ""


def image_cards(seen: SeenImages) -> str:
    """The target above the prediction, a card for each sample."""
    told = "\n".join(
        f'<figure class="card pair">{_image(wanted, "the target")}{_image(given, "the prediction")}</figure>'
        for wanted, given in seen.pairs
    )
    return f'<div class="cards">\n{told}\n</div>' if told else ""


def _card(sample: SeenSample, seen: SeenClasses) -> str:
    said = sample.ranked[0][0] if sample.ranked else ""
    is_right = said == sample.wanted
    images = "".join(_image(image, f"a sample of the class {sample.wanted}") for image in sample.images)
    words = f'<p class="words">{escape(sample.words)}</p>' if sample.words else ""
    bars = "\n".join(
        _bar(name, value, seen, is_wanted=name == sample.wanted) for name, value in sample.ranked
    )
    sign, outcome = ("✓", "right") if is_right else ("✗", "wrong")
    return (
        f'<figure class="card {outcome}"><div class="images">{images}</div>{words}'
        f"<figcaption>true <b>{escape(sample.wanted)}</b><br>"
        f"{sign} predicted <b>{escape(said)}</b></figcaption><ol>{bars}</ol>"
        f'<p class="quiet number">sample {sample.number}</p></figure>'
    )


def _bar(name: str, value: float | None, seen: SeenClasses, *, is_wanted: bool) -> str:
    if value is None:
        return f"<li>{escape(name)} <span>–</span></li>"
    width = f' style="--s:{min(max(value, 0.0), 1.0):.1%}"' if seen.are_probabilities else ""
    wanted = ' class="wanted"' if is_wanted else ""
    return f"<li{wanted}{width}>{escape(name)} <span>{value:.2f}</span></li>"


def _image(png: Png, words: str) -> str:
    return f'<img src="data:image/png;base64,{escape(png)}" alt="{escape(words)}">'
