"""Opening a page or a folder in the program that the machine has for it."""

import os
import shutil
import sys

import click


def opened(what: str) -> bool:
    """Open a path or an address; False where there is no screen or no program."""
    return _has_opener() and click.launch(what) == 0


def opened_here(address: str) -> bool:
    """Open an address that only this machine reaches; False, too, where the reader sits at another one."""
    is_elsewhere = any(os.environ.get(name) for name in ("CI", "SSH_CONNECTION", "SSH_TTY"))
    return not is_elsewhere and opened(address)


def _has_opener() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return has_screen and shutil.which("xdg-open") is not None
