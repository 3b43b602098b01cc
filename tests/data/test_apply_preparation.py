"""Other data for a trained network: the same figures, the same classes, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.prediction.apply_preparation import apply_preparation
from nettool.data.prediction.preparation import Preparation
from nettool.data.request import DataRequest
from nettool.data.scale import Scale
from nettool.data.sources.source import Statement

IMAGE = Field("image", "image", (8, 8, 1), "uint8", 255.0)
STANDARD = Scale((51.0,), (25.5,))


def label(*classes: str) -> Field:
    return Field("label", "label", (), "int64", classes=classes)


@dataclass(frozen=True)
class Stated:
    """A source of which only the statement is asked for."""

    fields: tuple[Field, ...]
    name: str = "pets"

    def statement(self) -> Statement:
        return Statement(self.fields, {"train": 5})


def request(*fields: Field) -> DataRequest:
    return DataRequest(Stated(fields))  # type: ignore[arg-type]


def prepared(*classes: str) -> Preparation:
    return Preparation((IMAGE, label(*classes)), {"image": STANDARD, "label": Scale()})


USED = ("image", "label")


def test_data_like_the_run_s_own_are_left_alone() -> None:
    asked, own = request(IMAGE, label("cat", "dog")), prepared("cat", "dog")
    alike = apply_preparation(asked, own, USED)
    assert (alike.request, alike.preparation, alike.notes) == (asked, own, ())


@pytest.mark.parametrize("theirs", [("dog", "cat"), ("ant", "dog", "cat")])
def test_classes_get_the_numbers_that_the_network_knows(theirs: Sequence[str]) -> None:
    alike = apply_preparation(request(IMAGE, label(*theirs)), prepared("cat", "dog"), USED)
    assert alike.request.classes == ("cat", "dog")
    assert alike.notes == ("of the classes of pets, those that the network knows are taken, by their names",)


def test_classes_of_other_names_are_matched_by_number_and_it_is_said() -> None:
    asked = request(IMAGE, label("0", "1"))
    alike = apply_preparation(asked, prepared("cat", "dog"), USED)
    assert alike.request == asked
    assert alike.notes == (
        "`label` has other classes in pets (0, 1) than the network knows (cat, dog): "
        "they are matched by their numbers",
    )


@pytest.mark.parametrize("theirs", [("cat",), ("cat", "ant"), ("ant", "bee", "fly")])
def test_classes_whose_numbers_would_mean_others_are_refused(theirs: Sequence[str]) -> None:
    with pytest.raises(DataError, match="`label` of pets lacks classes that the network knows") as caught:
        apply_preparation(request(IMAGE, label(*theirs)), prepared("cat", "dog"), USED)
    assert caught.value.details == ("the network knows cat, dog", f"pets has {', '.join(theirs)}")


def test_images_of_fractions_are_scaled_as_if_they_were_bytes() -> None:
    fractions = replace(IMAGE, dtype="float32", highest=1.0)
    alike = apply_preparation(request(fractions, label("a")), prepared("a"), USED)
    assert alike.preparation.scales["image"] == Scale((51.0 / 255,), (25.5 / 255,))


def test_a_field_that_the_run_did_not_have_is_refused() -> None:
    photo = replace(IMAGE, name="photo")
    with pytest.raises(DataError, match="trained without a field `photo`") as caught:
        apply_preparation(request(photo, label("a")), prepared("a"), ("photo", "label"))
    assert caught.value.details == ("it was trained on `image`, `label`",)


def test_a_field_of_another_kind_is_refused() -> None:
    vector = Field("image", "vector", (64,), "float32")
    with pytest.raises(
        DataError, match="`image` of pets holds a vector, where the network was trained with another kind"
    ):
        apply_preparation(request(vector, label("a")), prepared("a"), USED)


def test_fields_that_nobody_uses_do_not_matter() -> None:
    asked = request(IMAGE, label("a"), Field("price", "vector", (1,), "float32"))
    assert apply_preparation(asked, prepared("a"), USED).notes == ()
