"""A run's metrics for TensorBoard, in the folders `train` and `validation` as Keras has them."""

from pathlib import Path

import tensorflow as tf

from nettool.record.events.events import EpochEnded
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX


class TensorBoardFiles:
    """Writes `epoch_loss`, `epoch_accuracy` … and the learning rate after each epoch (counted from 1).

    Nothing but TensorFlow is needed to write, TensorBoard to read: `tensorboard --logdir FOLDER`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[str, tf.summary.SummaryWriter] = {}

    def add(self, ended: EpochEnded) -> None:
        """One epoch."""
        trained = {
            name: value for name, value in ended.metrics.items() if not name.startswith(VALIDATION_PREFIX)
        }
        validated = {
            name.removeprefix(VALIDATION_PREFIX): value
            for name, value in ended.metrics.items()
            if name.startswith(VALIDATION_PREFIX)
        }
        self._write("train", {**trained, "learning_rate": ended.learning_rate}, ended.epoch)
        if validated:
            self._write("validation", validated, ended.epoch)

    def _write(self, part: str, metrics: dict[str, float], epoch: int) -> None:
        if part not in self._writers:
            self._writers[part] = tf.summary.create_file_writer(str(self._folder / part))
        writer = self._writers[part]
        with writer.as_default():
            for name, value in metrics.items():
                tf.summary.write(f"epoch_{name}", tf.constant(value, tf.float32), epoch, _scalar())
        writer.flush()


def _scalar() -> tf.compat.v1.SummaryMetadata:
    """What marks a value for TensorBoard's page of scalars; `tf.summary.scalar` needs TensorBoard itself."""
    metadata = tf.compat.v1.SummaryMetadata()
    metadata.plugin_data.plugin_name = "scalars"
    metadata.data_class = 1  # DATA_CLASS_SCALAR in TensorFlow's summary.proto
    return metadata
