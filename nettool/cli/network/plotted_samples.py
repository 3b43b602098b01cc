"""The samples of a run that `plot` shows on the nodes of a page, and the options that choose them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from nettool.cli.options.common import allow_code_option, checkpoint_option, data_dir_option, offline_option
from nettool.data.sources.source import PARTS, PartName

if TYPE_CHECKING:
    from nettool.record.checkpoints.model_files import Checkpoint
    from nettool.record.run_directory import RunDirectory
    from nettool.views.page.sample_tiles import SampleTiles

_NEED_IMAGE = ("part", "checkpoint", "data_dir", "offline", "allow_code")

_image_option = click.option(
    "--image",
    "images",
    multiple=True,
    metavar="I|FILE",
    help="For a page of a run: show on every node what it gives for this sample, its number in the part of "
    "the data or a file as `predict` takes them (repeatable, at most 12).",
)
_part_option = click.option(
    "--part",
    type=click.Choice(PARTS),
    default="test",
    show_default=True,
    help="Which part of the run's data --image is from.",
)


@dataclass(frozen=True, slots=True)
class PlottedSamples:
    """What the options say of samples; `images` is empty where none is asked for."""

    images: tuple[str, ...]
    part: PartName
    checkpoint: "Checkpoint"
    data_dir: Path | None
    offline: bool
    allow_code: bool

    def require_use(self, form: str, *, is_changed: bool) -> None:
        """Raise UsageError where the options would change nothing in a drawing of this form.

        `is_changed` says that the network drawn is not that of the run.
        """
        if self.images and form != "html":
            raise click.UsageError("`--image` shows samples on a page: write `-o net.html`")
        if self.images and is_changed:
            raise click.UsageError(
                "`--image` asks the run's trained model, and `--set` and `--data` make another network"
            )
        context = click.get_current_context()
        for name in () if self.images else _NEED_IMAGE:
            if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                raise click.UsageError(
                    f"`--{name.replace('_', '-')}` needs `--image`: it is about the samples"
                )

    def tiles(self, run: "RunDirectory | None", subject: str) -> "tuple[SampleTiles, ...]":
        """What all nodes of the run give for the samples; starts TensorFlow only where there are any.

        Raises UsageError for a spec that is no run, and what `sample_flow` raises.
        """
        if not self.images:
            return ()
        if run is None:
            raise click.UsageError(f"`--image` needs a trained run, and `{subject}` is a spec")
        from nettool.cli.options.engine_options import engine_options
        from nettool.cli.output.listeners import print_notes
        from nettool.cli.output.output import Output
        from nettool.data.place import Place
        from nettool.jobs.inspect.sample_flow import sample_flow
        from nettool.jobs.open_run import OpenRun
        from nettool.jobs.run_options import RunOptions

        engine = engine_options(allow_code=self.allow_code, output=Output())
        options = RunOptions(place=Place(self.data_dir, self.offline), engine=engine, on_event=print_notes)
        return sample_flow(OpenRun(run, subject, self.checkpoint), self.part, self.images, options)


def sample_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose samples; the command gets them as its `samples`."""

    @wraps(command)
    def with_samples(
        *arguments: Any,  # noqa: ANN401
        images: tuple[str, ...],
        part: PartName,
        checkpoint: "Checkpoint",
        data_dir: Path | None,
        offline: bool,
        allow_code: bool,
        **named: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        samples = PlottedSamples(images, part, checkpoint, data_dir, offline, allow_code)
        return command(*arguments, samples=samples, **named)

    options = (
        _image_option,
        _part_option,
        checkpoint_option,
        data_dir_option,
        offline_option,
        allow_code_option,
    )
    made: Callable[..., Any] = with_samples
    for option in reversed(options):
        made = option(made)
    return made
