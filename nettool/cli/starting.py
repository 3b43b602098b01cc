"""Starting the engine takes seconds: on a terminal, people see what they are waiting for."""

import sys

from nettool.engine.start import start


def start_engine(*, is_silent: bool) -> None:
    """Load TensorFlow and Keras; unless silent, say so on a terminal until it is done."""
    if is_silent or not sys.stderr.isatty():
        start()
        return
    from rich.console import Console

    with Console(stderr=True).status("starting TensorFlow"):
        start()
