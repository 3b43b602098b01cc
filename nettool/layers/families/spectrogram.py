"""STFTSpectrogram and MelSpectrogram: sound as a picture of its frequencies over time."""

from nettool.kinds.kind import Word
from nettool.kinds.list_kinds import Optional
from nettool.layers.layer import Layer, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.reading import Options, flag, number_of
from nettool.layers.spatial import known_channels, places, split, too_small
from nettool.vocabulary.layer_options import POSITIVE


def stft_spectrogram(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """fft_length / 2 + 1 frequencies for each channel and frame; kernels (frame_length, 1, frequencies).

    Without `fft_length` it is the next power of two; without `frame_step` frames overlap by half.
    """
    frame = number_of(options, "frame_length")
    step = frame // 2 if options["frame_step"] is None else number_of(options, "frame_step")
    fft = 1 << (frame - 1).bit_length() if options["fft_length"] is None else number_of(options, "fft_length")
    spatial = split("STFTSpectrogram", 1, shapes[0], options)
    if isinstance(spatial, Refusal):
        return spatial
    channels = known_channels(spatial)
    if isinstance(channels, Refusal):
        return channels
    padding = str(options["padding"])
    refusal = _wrong_frames(frame, step, fft)
    refusal = refusal or (too_small(spatial, (frame,), "frame_length") if padding == "valid" else None)
    if refusal is not None:
        return refusal
    parts = [part for part, other in (("real", "imag"), ("imag", "real")) if options["mode"] != other]
    weights = tuple(Weight(f"{part}_kernel", (frame, 1, fft // 2 + 1)) for part in parts)
    frequencies = (fft // 2 + 1) * (2 if options["mode"] == "stft" else 1)
    (frames,) = places(spatial.lengths, (frame,), (step,), padding)
    if not flag(options, "expand_dims"):
        return Outcome(spatial.shape((frames,), channels * frequencies), weights)
    return Outcome(spatial.shape((frames, frequencies), channels), weights)


def mel_spectrogram(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """`num_mel_bins` pitches by frames, one for every `sequence_stride` samples and one more."""
    (shape,) = shapes
    if len(shape) != 1:
        return Refusal(
            f"needs samples of sound in one row, but gets {shape_text(shape)}",
            label="MelSpectrogram needs 1 axis",
            help="put a Flatten before it",
            parties=(0,),
            kind="rank",
        )
    fft, stride = number_of(options, "fft_length"), number_of(options, "sequence_stride")
    length = options["sequence_length"]
    if length is not None and number_of(options, "sequence_length") > fft:
        return Refusal(
            f"cannot look at {length} samples at a time with an `fft_length` of {fft}",
            label="longer than `fft_length`",
            help=f"write at most {fft}, or a larger `fft_length`",
            option="sequence_length",
            kind="option",
        )
    (samples,) = shape
    bins = number_of(options, "num_mel_bins")
    if samples is None:
        return Outcome((bins, None))
    return _unclear_frames(samples, fft, stride) or Outcome((bins, samples // stride + 1))


def _wrong_frames(frame: int, step: int, fft: int) -> Refusal | None:
    if not 1 <= step <= frame:
        return Refusal(
            f"cannot go on by {step} samples with frames of {frame}",
            label="frames must overlap or touch",
            help="write a `frame_step` from 1 to `frame_length`",
            option="frame_step",
            kind="option",
        )
    if fft < frame:
        return Refusal(
            f"cannot look at frames of {frame} samples with an `fft_length` of {fft}",
            label="shorter than its frames",
            help=f"write at least {frame}, or leave `fft_length` out",
            option="fft_length",
            kind="option",
        )
    return None


def _unclear_frames(samples: int, fft: int, stride: int) -> Refusal | None:
    """Keras mirrors half an `fft_length` at both ends; what it promises is (samples + 1) / stride + 1."""
    if samples <= fft // 2:
        return Refusal(
            f"needs more than {fft // 2} samples, but gets {samples}",
            label="shorter than its window",
            help="write a smaller `fft_length`",
            option="fft_length",
            parties=(0,),
            kind="size",
        )
    if (samples + 1) % stride:
        return None
    return Refusal(
        f"cannot take {samples} samples by {stride}: Keras counts a frame more than there is",
        label="miscounted in Keras",
        help=f"give it {samples + 1} samples, or another `sequence_stride`",
        option="sequence_stride",
        parties=(0,),
        kind="size",
    )


LAYERS = (
    Layer(
        name="MelSpectrogram",
        meaning="turns sound into a picture of its pitches, spaced as we hear them",
        shape_words="(samples) → (num_mel_bins, samples / sequence_stride + 1)",
        rule=mel_spectrogram,
        multiply_adds=None,
    ),
    Layer(
        name="STFTSpectrogram",
        meaning="turns sound into a picture of its frequencies over time",
        shape_words="(samples, channels) → (frames, channels × (fft_length / 2 + 1)), twice as many for "
        "`mode: stft`; with `expand_dims: true` (frames, frequencies, channels)",
        rule=stft_spectrogram,
        multiply_adds=None,
        kinds={
            "fft_length": Optional(POSITIVE),
            "mode": Word(("log", "magnitude", "psd", "real", "imag", "angle", "stft")),
        },
        traits=traits("channels last on a CPU"),
    ),
)
