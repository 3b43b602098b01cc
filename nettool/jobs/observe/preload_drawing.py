"""Load what pictures need while the network trains, which leaves Python idle."""

from contextlib import suppress
from threading import Thread

from nettool.views.charts.chart import blank_chart, chart_files


class PreloadDrawing:
    """Begins once the training is well under way; nothing is drawn before `wait` returns."""

    def __init__(self) -> None:
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Load matplotlib, its fonts and its ways to draw, in a thread; a second call does nothing."""
        if self._thread is None:
            # Who interrupts the training does not wait for it.
            self._thread = Thread(target=_draw_something, name="ready to draw", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Until it is done, if it was begun."""
        if self._thread is not None:
            self._thread.join()


def _draw_something() -> None:
    # What cannot be drawn is reported where the picture is drawn.
    with suppress(Exception), blank_chart(1, 1, "x") as chart:
        chart.subplots()
        chart_files(chart, ("svg", "png"))
