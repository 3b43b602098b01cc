"""Several processes that decode images, shared by the threads that want some."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Sequence

from nettool.data.images.decode_images import ImageFormat
from nettool.data.images.decoder import Decoder
from nettool.data.images.kept_images import Images


class Decoders:
    """So many processes, started in the background; until one of them is ready, nobody waits for it."""

    def __init__(self, count: int) -> None:
        self._state = _State(count)
        # A thread that still reads from a process when Python ends would keep it from ending.
        self.end = weakref.finalize(self, self._state.end)
        for _ in range(count):
            threading.Thread(target=self._state.start_one, name="image decoder", daemon=True).start()

    def decode(self, paths: Sequence[str], target: ImageFormat, *, is_urgent: bool = True) -> Images | None:
        """The images of these files; None when no process could decode them, and who asks hears why.

        What is not urgent waits until the first process is ready, and for everything that is urgent.
        """
        decoder = self._state.borrow() if is_urgent else self._state.borrow_idle()
        if decoder is None:
            return None
        try:
            images = decoder.decode(paths, target)
        except OSError:  # it was ended, or killed for want of memory
            self._state.lost(decoder)
            return None
        self._state.give_back(decoder)
        return images


class _State:
    """Which processes there are, and which have nothing to do."""

    def __init__(self, starting: int) -> None:
        self._changed = threading.Condition()
        self._starting = starting
        self._running: set[Decoder] = set()
        self._free: list[Decoder] = []
        self._urgent = 0
        self._has_ended = False

    def start_one(self) -> None:
        try:
            decoder = Decoder()
        except OSError:  # no more processes are allowed: there is one less
            decoder = None
        with self._changed:
            self._starting -= 1
            if decoder is not None and not self._has_ended:
                self._running.add(decoder)
                self._free.append(decoder)
                decoder = None
            self._changed.notify_all()
        if decoder is not None:
            decoder.end()

    def borrow(self) -> Decoder | None:
        """One that is free, waited for; None when there are none."""
        with self._changed:
            self._urgent += 1
            self._changed.wait_for(lambda: self._free or not self._running)
            self._urgent -= 1
            return self._free.pop() if self._free else None

    def borrow_idle(self) -> Decoder | None:
        """One that nobody waits for, not even to be started; None when there are none."""
        with self._changed:
            self._changed.wait_for(
                lambda: (self._free and not self._urgent) or not (self._running or self._starting)
            )
            return self._free.pop() if self._free else None

    def give_back(self, decoder: Decoder) -> None:
        with self._changed:
            if decoder in self._running:
                self._free.append(decoder)
            self._changed.notify_all()

    def lost(self, decoder: Decoder) -> None:
        decoder.end()
        with self._changed:
            self._running.discard(decoder)
            self._changed.notify_all()

    def end(self) -> None:
        """End all of them, now: a thread that waits for one of them gets none."""
        with self._changed:
            self._has_ended = True
            free, self._free = self._free, []
            busy = self._running.difference(free)
            self._running.clear()
            self._changed.notify_all()
        for decoder in free:
            decoder.end()
        for decoder in busy:
            decoder.kill()
