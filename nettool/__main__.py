"""The beginning of the program: the console script, and `python -m nettool`."""

import gc
import sys


def main() -> None:
    """Load the command line and run it; Ctrl-C is quiet from the first moment on."""
    # In a process of a second circular garbage may lie; `start_engine` turns the search for it on again.
    gc.disable()
    try:
        from nettool.cli.main import main as run
    except KeyboardInterrupt:
        # What tells errors and knows exit codes was about to be loaded.
        sys.stderr.write("\nerror: interrupted\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
