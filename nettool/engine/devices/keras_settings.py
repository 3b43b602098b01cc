"""The settings of Keras that hold for the whole process."""

from __future__ import annotations

from dataclasses import dataclass

import keras


@dataclass(frozen=True, slots=True)
class KerasSettings:
    """What a new process has, unless said otherwise."""

    floatx: str = "float32"
    image_data_format: str = "channels_last"
    epsilon: float = 1e-07
    dtype_policy: str | keras.DTypePolicy = "float32"

    @staticmethod
    def now() -> KerasSettings:
        """Those that hold at the moment."""
        config = keras.config
        return KerasSettings(
            config.floatx(), config.image_data_format(), config.epsilon(), config.dtype_policy()
        )

    def use(self) -> None:
        """Let them hold from now on."""
        keras.config.set_floatx(self.floatx)
        keras.config.set_image_data_format(self.image_data_format)
        keras.config.set_epsilon(self.epsilon)
        keras.config.set_dtype_policy(self.dtype_policy)
