"""Decodes images before they are asked for, in the seconds in which a training has nothing else to do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from math import prod
from queue import Empty, SimpleQueue

import numpy as np

from nettool.data.column import Rows
from nettool.data.images.decode_images import Form
from nettool.data.images.decoders import Decoders
from nettool.data.images.decoding import decoder_count
from nettool.data.images.kept_images import KeptImages

_BYTES_AT_ONCE = 2 << 20
_MOST_AT_ONCE = 256
"""So many images are a task: many small ones, for while TensorFlow is imported Python seldom lets a thread
have its turn; few large ones, for whoever asks for an image waits until a process has finished its task."""


class Ahead:
    """Fills the room for the images of `paths`, as far as it is told to; whoever asks for one goes first."""

    def __init__(self, paths: Sequence[str], form: Form, kept: KeptImages) -> None:
        self._paths = paths
        self._form = form
        self._kept = kept
        self._was_told = np.zeros(len(paths), bool)
        self._tasks: SimpleQueue[Rows] = SimpleQueue()

    def bring(self, rows: Rows, decoders: Decoders, done: Callable[[], None]) -> None:
        """Decode these rows in the background; nothing waits for it. `done` is called after every task."""
        new = rows[~self._was_told[rows]]
        self._was_told[new] = True
        at_once = max(1, min(_MOST_AT_ONCE, _BYTES_AT_ONCE // prod(self._form.shape)))
        for start in range(0, len(new), at_once):
            self._tasks.put(new[start : start + at_once])
        for _ in range(decoder_count() if len(new) else 0):
            threading.Thread(
                target=self._work, args=(decoders, done), name="images ahead", daemon=True
            ).start()

    def _work(self, decoders: Decoders, done: Callable[[], None]) -> None:
        while True:
            try:
                rows = self._kept.missing(self._tasks.get_nowait())
            except Empty:
                return
            if len(rows):
                paths = [self._paths[row] for row in rows.tolist()]
                images = decoders.decode(paths, self._form, is_urgent=False)
                if images is not None:  # or whoever asks for them will hear why
                    self._kept.put(rows, images)
                    done()
