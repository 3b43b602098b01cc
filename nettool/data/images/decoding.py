"""Who decodes: the thread that asks, several threads, or processes of their own where there is much to do."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from nettool.data.column import Rows
from nettool.data.images.decode_images import ImageFormat, decode_images
from nettool.data.images.decoders import Decoders
from nettool.data.images.kept_images import Images
from nettool.data.process_limits import processors

_IMAGES_A_TASK = 64
"""So few that they are shared out evenly; so many that handing them on costs nothing to speak of."""

_IMAGES_A_BATCH = 256
"""So few are one thread's work: TensorFlow's threads ask for several batches at a time, and handing them on
to others costs a tenth."""

WORTH_PROCESSES = 2_000
"""Images. To start the processes takes as long as decoding some hundred small ones."""

_MOST_PROCESSES = 8
"""Each takes about 35 MB."""


class Decoding:
    """Decodes the images of `count` files, for any number of threads."""

    def __init__(self, count: int) -> None:
        self._is_worth_processes = count >= WORTH_PROCESSES and processors() > 1
        self._asked = 0
        self._decoders: Decoders | None = None
        self._lock = threading.Lock()

    def decode(self, paths: Sequence[str], target: ImageFormat, images: Images, places: Rows) -> None:
        """Decode these files into `images`, at these places. Raises DataError as `decode_images` does."""
        self._asked += len(paths)
        # So many that somebody wants more than to look at a few.
        decoders = self.decoders() if self._asked >= _IMAGES_A_BATCH else self._decoders

        def run(task: slice) -> None:
            decoded = None if decoders is None else decoders.decode(paths[task], target)
            if decoded is None:
                decode_images(paths[task], target, images, places[task])
            else:
                images[places[task]] = decoded

        tasks = [slice(start, start + _IMAGES_A_TASK) for start in range(0, len(paths), _IMAGES_A_TASK)]
        for _ in (map if len(paths) <= _IMAGES_A_BATCH else workers().map)(run, tasks):
            pass

    def decoders(self) -> Decoders | None:
        """Processes, started if there are none yet; None where they are not worth it."""
        if not self._is_worth_processes:
            return None
        with self._lock:
            if self._decoders is None:
                self._decoders = Decoders(decoder_count())
            return self._decoders

    def rest(self) -> None:
        """Nothing is left to do for now: let the processes go."""
        with self._lock:
            if self._decoders is not None:
                self._decoders.end()
            self._decoders, self._asked = None, 0


def decoder_count() -> int:
    """How many processes decode."""
    return min(processors(), _MOST_PROCESSES)


@cache
def workers() -> ThreadPoolExecutor:
    """Threads, one pool for all. They leave Python's lock, but more than processors would queue for it."""
    return ThreadPoolExecutor(processors(), "images")
