"""`augment:` → layers that change training images: does each exist, has it these options, will it do?"""

from nettool.data.field import Field
from nettool.data.request import Augmentation
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.options.check_options import check_options
from nettool.graph.options.option_values import option_values
from nettool.layers.catalogue import catalogue, layers_with
from nettool.layers.infer import infer
from nettool.layers.outcome import Outcome, Refusal, shape_text
from nettool.spec.data.augment import AugmentEntry
from nettool.spec.yaml.tree import part
from nettool.vocabulary.keras_names import canonical, layers


def check_augment(entries: tuple[AugmentEntry, ...], findings: Findings) -> tuple[Augmentation, ...]:
    """The layers with their options; those that something is wrong with are reported and left out."""
    checked = [_checked(entry, findings) for entry in entries]
    return tuple(each for each in checked if each is not None)


def _checked(entry: AugmentEntry, findings: Findings) -> Augmentation | None:
    name = entry.layer.value
    if name not in layers_with("augmentation"):
        findings.add(_unknown(entry))
        return None
    before = findings.error_count
    values = option_values(entry.options, {}, findings)
    definition = layers()[name]
    if values.keys() == entry.options.keys():
        check_options("layers", name, definition, entry.options, values, findings)
    for option in definition.options.values():
        if option.required and option.name not in entry.options and findings.error_count == before:
            message = f"`{name}` under `augment` does not say `{option.name}`, which it needs"
            findings.add(Diagnostic("NT213", message, entry.layer.span, help=f"add `{option.name}: …`"))
    return Augmentation(name, values) if findings.error_count == before else None


def _unknown(entry: AugmentEntry) -> Diagnostic:
    name, span = entry.layer.value, entry.layer.span
    if name in layers_with("mixes samples"):
        message = f"`{name}` mixes samples and would have to mix their labels, too"
        help_text = "`augment` holds layers that change each image by itself"
        return Diagnostic("NT503", message, span, help=help_text)
    if name in catalogue():
        message = f"`{name}` does not change images at random while training"
        names = listing(sorted(layers_with("augmentation")), at_most=30)
        help_text = f"write it among the `nodes`; `augment` holds {names}"
        return Diagnostic("NT503", message, span, help=help_text)
    also = canonical("layers", name)
    meant = did_you_mean(name, layers_with("augmentation")) if also is None else f"did you mean `{also}`?"
    return Diagnostic("NT210", f"there is no layer `{name}`", span, help=meant)


def check_images(entries: tuple[AugmentEntry, ...], fields: tuple[Field, ...], findings: Findings) -> None:
    """Report layers that cannot change the images among the fields that feed a network, or change their size.

    Each entry must be sound by itself.
    """
    images = [field for field in fields if field.kind == "image"]
    if entries and not images:
        message = "`augment` changes images, but no image feeds the network"
        findings.add(Diagnostic("NT503", message, entries[0].layer.span))
    for entry in entries:
        options = option_values(entry.options, {}, findings)
        for image in images:
            outcome = infer(entry.layer.value, (image.shape,), options)
            if isinstance(outcome, Refusal):
                findings.add(_refused(entry, outcome, image))
            elif isinstance(outcome, Outcome) and outcome.shape != image.shape:
                findings.add(_resized(entry, outcome, image))


def _refused(entry: AugmentEntry, refusal: Refusal, image: Field) -> Diagnostic:
    option = None if refusal.option is None else entry.options.get(refusal.option)
    return Diagnostic(
        "NT503",
        f"`{entry.layer.value}` {refusal.message}",
        entry.layer.span if option is None else part(option.value, refusal.within).span,
        notes=(f"`{image.name}` is {shape_text(image.shape)}",),
        help=None if option is None else refusal.help,
    )


def _resized(entry: AugmentEntry, outcome: Outcome, image: Field) -> Diagnostic:
    return Diagnostic(
        "NT503",
        f"`{entry.layer.value}` makes {shape_text(outcome.shape)} of `{image.name}`, which is "
        f"{shape_text(image.shape)}",
        entry.layer.span,
        help="under `augment` images keep their size: RandomTranslation and RandomZoom do; "
        "for another size there are `resize`, `crop` and `pad`",
    )
